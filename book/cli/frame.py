"""What all commands share: the group, options, and that none ends in a traceback."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book import __version__
from book.cli import completing
from book.model import BookError, ExitCode

if TYPE_CHECKING:
    from book.console import Screen

FOLDER = click.Path(path_type=Path, file_okay=False)
FOLDER_THAT_IS_THERE = click.Path(path_type=Path, file_okay=False, exists=True)
SHOWING = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."),
    click.option("--quiet", is_flag=True, help="Say only what makes the command fail."),
    click.option("--plain", is_flag=True, help="No colour, nothing that moves, signs in ASCII."),
    click.option("-v", "--verbose", is_flag=True, help="Show every finding, and the details of a fault."),
)
strict_option = click.option("--strict", is_flag=True, help="Let a warning stop the command like an error.")
theme_option = click.option(
    "--theme",
    default="",
    metavar="NAME",
    shell_complete=completing.themes,
    help="A theme other than the one that guide.toml names.",
)
editions_option = click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.editions,
    help="An edition of guide.toml, by name or slug; give it again for another. [default: all]",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Worker processes. [default: one a processor]",
)


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to show what there is to mend: for people, as one JSON document, or as notes beside the lines "
    "on GitHub. [default: text]",
)


def shown(function: Callable[..., ExitCode]) -> Callable[..., None]:
    """Gives a command the options of SHOWING, a Screen made from them, and the guide's folder.

    Where it has `format_option` as well, the Screen takes it.
    """

    @click.pass_context
    @functools.wraps(function)
    def command(
        context: click.Context,
        /,
        *,
        as_json: bool,
        quiet: bool,
        plain: bool,
        verbose: bool,
        **options: object,
    ) -> None:
        from book.console import Screen

        form = str(options.pop("form", "text"))
        if as_json and form != "text":
            raise click.UsageError(f"Choose --json or --format {form}.")
        screen = Screen(str(context.command.name), as_json, quiet, plain, verbose, form, context.obj)
        context.exit(_guarded(screen, lambda: function(screen, context.obj, **options)))

    for option in reversed(SHOWING):
        command = option(command)
    return command


def _guarded(screen: Screen, work: Callable[[], ExitCode]) -> ExitCode:
    """The work's exit code; whatever stops it is said in a sentence, never in a traceback."""
    try:
        return work()
    except BookError as error:
        return screen.stop(error)
    except (KeyboardInterrupt, click.Abort):
        return screen.stop(
            BookError("Stopped, as you asked; what stood in the folder before stands there still.")
        )
    except BrokenPipeError:  # whoever read our output has seen enough
        return ExitCode.STOPPED
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception as error:  # noqa: BLE001
        # The last resort, and the only place that catches everything: a fault of ours must not show a
        # writer a traceback, nor be lost.
        if screen.verbose:
            traceback.print_exc()
        what = "; ".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
        return screen.stop(
            BookError(
                f"This is a fault in filmguide {__version__}, not in your guide ({what}).",
                "Please report it; with -v the command shows the details that help to find it.",
            )
        )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C", "folder", type=FOLDER_THAT_IS_THERE, default=Path(), help="The guide's folder. [default: this one]"
)
@click.version_option(__version__, prog_name="filmguide")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """One Markdown file per film becomes a film guide, as PDF and as EPUB."""
    context.obj = folder
