"""Commands that make books of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli import completing
from book.cli.frame import FOLDER, cli, editions_option, jobs_option, shown, strict_option, theme_option
from book.model import BookError, ExitCode
from book.progress import Clock

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@click.argument("format", type=click.Choice(["pdf", "epub", "azw3", "web", "all"]), default="all")
@click.option("--out", type=FOLDER, help="Where the books go. [default: build/ in the guide's folder]")
@theme_option
@click.option(
    "--spoilers",
    type=click.Choice(["page", "overleaf", "back", "linked", "inline", "omit"]),
    default=None,
    metavar="MODE",
    help="Where spoilers stand: page, overleaf or back in the PDF, linked or inline in the EPUB,"
    " omit in both.",
)
@editions_option
@click.option(
    "--no-verify",
    is_flag=True,
    help="Do not look at the finished files. It saves a little time, and nobody knows then whether a spoiler"
    " stands where it may not.",
)
@jobs_option
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Let a Dask cluster lay the pages out, by its scheduler's address, e.g. tcp://host:8786.",
)
@click.option(
    "--printer",
    default="",
    metavar="NAME",
    shell_complete=completing.printers,
    help="The PDF as a printer wants the inside of a book, e.g. kdp-paperback, in a folder of that name.",
)
@click.option(
    "--imposition",
    type=click.Choice(["booklet", "2-up"]),
    default=None,
    metavar="WAY",
    help="The pages on sheets for a printer at home as well: booklet, to be folded, or 2-up, side by side.",
)
@click.option(
    "--sheet", type=click.Choice(["a4", "letter"]), default="a4", help="The sheets for that. [default: a4]"
)
@click.option("--watch", is_flag=True, help="Build again whenever something changes, until Ctrl-C.")
@click.option("--profile", is_flag=True, help="Say how long each stage took.")
@strict_option
@shown
def build(
    screen: Screen,
    root: Path,
    format: str,
    out: Path | None,
    theme: str,
    spoilers: str | None,
    editions: tuple[str, ...],
    no_verify: bool,
    jobs: int,
    scheduler: str,
    printer: str,
    imposition: str | None,
    sheet: str,
    watch: bool,
    profile: bool,
    strict: bool,
) -> ExitCode:
    """Check the guide and typeset it: as PDF, as EPUB, or as both; as AZW3 or web site where you ask for it.

    Finished files are looked at like a stranger's before they take their places: every spoiler must stand
    where it may, and nowhere else.
    """
    from book.build import build_guide
    from book.press_plan import Imposition

    # An AZW3 is made of the EPUB, which is what can be looked at, and what Kindle's shop takes.
    formats = {"all": ("pdf", "epub"), "azw3": ("epub", "azw3")}.get(format, (format,))

    def build_once() -> ExitCode:
        with screen.watching() as track:
            clock = Clock(track)
            report = build_guide(
                root,
                formats=formats,
                out=out,
                theme=theme,
                spoilers=spoilers or "",
                editions=editions,
                strict=strict,
                verified=not no_verify,
                jobs=jobs,
                scheduler=scheduler,
                printer=printer,
                imposition=Imposition(imposition, sheet) if imposition else None,
                track=clock,
            )
        return screen.close(report, phases=clock.stop() if profile else None)

    return _again_and_again(screen, root, build_once) if watch else build_once()


def _again_and_again(screen: Screen, root: Path, build_once: Callable[[], ExitCode]) -> ExitCode:
    """Build, and build anew whenever a file of the guide changes, until somebody presses Ctrl-C."""
    from book.watching import changes

    def attempt() -> None:
        try:
            build_once()
        except BookError as error:
            screen.stop(error)

    attempt()
    for _ in changes(root):
        attempt()
    return ExitCode.STOPPED


@cli.command()
@shown
def clean(screen: Screen, root: Path) -> ExitCode:
    """Take away what earlier builds have kept to be quick. Finished books stay."""
    from book.build import clean_guide

    return screen.tell([f"{clean_guide(root) / 1e6:,.1f} MB taken away."])
