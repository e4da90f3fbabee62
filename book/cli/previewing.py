"""The command that shows the guide in a browser while it is being written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.frame import cli, shown, theme_option
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=None,
    metavar="N",
    help="Where to listen. [default: 8420, or any that is free]",
)
@click.option("--open", "opened", is_flag=True, help="Show it in your browser at once.")
@theme_option
@shown
def preview(screen: Screen, root: Path, port: int | None, opened: bool, theme: str) -> ExitCode:
    """Show the guide in a browser while you write, until Ctrl-C.

    A film is painted anew whenever you save it. Its spoilers are hidden until you ask for them. Nobody but
    you, on this machine, can look at the preview.
    """
    from book.preview.serving import preview

    with screen.watching() as track:
        ready = preview(root, port=port, theme=theme, opened=opened, track=track)
    screen.tell(
        [f"The preview is at {ready.address} until you press Ctrl-C."], facts={"address": ready.address}
    )
    ready.serve()
    return ExitCode.DONE
