"""The commands: options in, one call, the result shown. Heavy imports stand inside the commands.

Every command ends in an exit code of `book.model.ExitCode`; docs/commands.md says what each means.
"""

from __future__ import annotations

import functools
import io
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book import __version__
from book.model import BookError, ExitCode
from book.progress import Clock

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


def shown(function: Callable[..., ExitCode]) -> Callable[..., None]:
    """Gives a command the options of SHOWING, a Screen made from them, and the guide's folder."""

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

        screen = Screen(str(context.command.name), as_json, quiet, plain, verbose)
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


@cli.command()
@click.argument("directory", type=FOLDER)
@click.option("--title", default="", help="The guide's title.")
@click.option("--author", default="", help="Who writes it.")
@shown
def new(screen: Screen, root: Path, directory: Path, title: str, author: str) -> ExitCode:
    """Begin a guide in a folder, with one entry to learn from.

    Asks for title and author where they are not given and there is somebody to ask.
    """
    from book.scaffold import TITLE, new_guide

    folder = root / directory
    if sys.stdin.isatty() and not (screen.as_json or screen.quiet):
        title = title or click.prompt("Title", default=TITLE, err=True)
        author = author or click.prompt("Author", default="", show_default=False, err=True)
    files = new_guide(folder, title=title, author=author)
    return screen.tell(
        [f"A guide begins in {folder}. Next: filmguide -C {folder} add TITLE --year YEAR"], files=files
    )


@cli.command()
@click.argument("title")
@click.option("--year", type=int, required=True, help="The year of the film's first showing.")
@shown
def add(screen: Screen, root: Path, title: str, year: int) -> ExitCode:
    """Begin a film's entry, with every heading ready to be written under."""
    from book.scaffold import add_entry

    file = add_entry(root, title, year)
    return screen.tell([f"Write on in {file}"], files=[file])


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "wanted", default="", help="The importer, by name. [default: the one that knows the file]"
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would become of each film; write nothing.")
@shown
def import_(screen: Screen, root: Path, paths: tuple[Path, ...], wanted: str, dry: bool) -> ExitCode:
    """Bring in films from other programs' files.

    An entry that you have touched is never overwritten; you are told what would have changed.
    """
    from book.importing import import_films

    with screen.watching() as track:
        intake = import_films(root, paths, wanted=wanted, dry=dry, track=track)
    return screen.close_import(intake, dry=dry)


@cli.command()
@strict_option
@shown
def check(screen: Screen, root: Path, strict: bool) -> ExitCode:
    """Read every entry and say what to mend. Writes nothing."""
    from book.build import check_guide

    with screen.watching() as track:
        report = check_guide(root, strict=strict, track=track)
    return screen.close(report)


@cli.command()
@click.argument("format", type=click.Choice(["pdf", "epub", "azw3", "all"]), default="all")
@click.option("--out", type=FOLDER, help="Where the books go. [default: build/ in the guide's folder]")
@click.option("--theme", default="", metavar="NAME", help="A theme other than the one that guide.toml names.")
@click.option(
    "--spoilers",
    type=click.Choice(["page", "overleaf", "back", "linked", "inline", "omit"]),
    default=None,
    metavar="MODE",
    help="Where spoilers stand: page, overleaf or back in the PDF, linked or inline in the EPUB,"
    " omit in both.",
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="An edition of guide.toml, by name or slug; give it again for another. [default: all]",
)
@click.option(
    "--no-verify",
    is_flag=True,
    help="Do not look at the finished files. It saves a little time, and nobody knows then whether a spoiler"
    " stands where it may not.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Worker processes. [default: one a processor]",
)
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
    """Check the guide and typeset it: as PDF, as EPUB, or as both; as AZW3 for Kindle where you ask for it.

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


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--spoilers",
    type=click.Choice(["page", "overleaf", "back", "linked", "inline", "omit"]),
    default=None,
    metavar="MODE",
    help="Where spoilers stand in the files, if not where guide.toml says: a mode as for build.",
)
@shown
def verify(screen: Screen, root: Path, files: tuple[Path, ...], spoilers: str | None) -> ExitCode:
    """Look at finished books for spoilers that stand where nobody asked for them.

    Opens each PDF or EPUB and seeks every sentence from below the fence: all of them must be in the spoiler
    parts, and none anywhere else. An EPUB named together with its PDF is also held to the PDF's pages.
    """
    from book.proving import prove

    with screen.watching() as track:
        proof = prove(root, files, spoilers=spoilers or "", track=track)
    return screen.close_proof(proof)


@cli.command()
@click.option("--printer", default="", metavar="NAME", help="A printer other than the one in guide.toml.")
@click.option(
    "--pages",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="How many pages the book has. [default: as many as the PDF in build/]",
)
@click.option(
    "--guides", is_flag=True, help="Draw folds, cuts and safe areas as well, in a file of their own."
)
@click.option("--out", type=FOLDER, help="Where PRINTER/ goes. [default: build/ in the guide's folder]")
@click.option("--theme", default="", metavar="NAME", help="A theme other than the one that guide.toml names.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="An edition of guide.toml, by name or slug; give it again for another. [default: all]",
)
@shown
def cover(
    screen: Screen,
    root: Path,
    printer: str,
    pages: int | None,
    guides: bool,
    out: Path | None,
    theme: str,
    editions: tuple[str, ...],
) -> ExitCode:
    """Make the cover of the printed book: back, spine and front on one sheet.

    Its spine is as wide as the pages on the printer's paper are thick. Beside the PDF for the printer stand
    pictures of the front, for shops and for the e-book.
    """
    from book.covering import cover_guide

    with screen.watching() as track:
        report = cover_guide(
            root,
            printer=printer,
            pages=pages or 0,
            guides=guides,
            out=out,
            theme=theme,
            editions=editions,
            track=track,
        )
    return screen.close_cover(report)


@cli.command()
@click.option(
    "--for",
    "wanted",
    required=True,
    metavar="PRINTER",
    help="kdp, ingram, lulu, home or all; or any printer by its name, e.g. kdp-hardcover.",
)
@click.option("--out", type=FOLDER, help="Where PRINTER/ goes. [default: build/ in the guide's folder]")
@click.option("--theme", default="", metavar="NAME", help="A theme other than the one that guide.toml names.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="An edition of guide.toml, by name or slug; give it again for another. [default: all]",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Worker processes. [default: one a processor]",
)
@strict_option
@shown
def package(
    screen: Screen,
    root: Path,
    wanted: str,
    out: Path | None,
    theme: str,
    editions: tuple[str, ...],
    jobs: int,
    strict: bool,
) -> ExitCode:
    """Make everything that a printer and the shops ask for, and look at it as the printer will.

    Interior, cover, e-book, pictures of the cover, ONIX, a sheet to paste from, SHA-256 sums, and all of it
    as a zip. If something would be refused, nothing is put in place but the report that says what it is,
    where, and how to mend it.
    """
    from book.release import package_guide

    with screen.watching() as track:
        report = package_guide(
            root,
            wanted=wanted,
            out=out,
            theme=theme,
            editions=editions,
            strict=strict,
            jobs=jobs,
            track=track,
        )
    return screen.close_package(report)


@cli.command()
@click.option(
    "--version",
    type=click.Choice(["3.0", "3.1"]),
    default="3.0",
    metavar="RELEASE",
    help="The release of ONIX: 3.0, which every shop reads, or 3.1. [default: 3.0]",
)
@click.option("--out", type=FOLDER, help="Where the books are. [default: build/ in the guide's folder]")
@shown
def onix(screen: Screen, root: Path, version: str, out: Path | None) -> ExitCode:
    """Write the record of the guide that shops and libraries read, in ONIX.

    Goes by guide.toml and the finished books, so build these first. Each edition has a file of its own.
    """
    from book.listing import list_guide

    with screen.watching() as track:
        listing = list_guide(root, version=version, out=out, track=track)
    lines = [str(file) for file in listing.files]
    code = ExitCode.DONE if listing.files else ExitCode.FINDINGS
    return screen.tell(lines, code, findings=listing.findings, files=listing.files)


@cli.command()
@click.argument("film", required=False)
@click.option("--explain", nargs=2, metavar="A B", help="Show what makes two films alike, term by term.")
@click.option("--all", "every", is_flag=True, help="The lists of all films; with --json nothing but these.")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="How long a list is. [default: as in guide.toml]"
)
@shown
def similar(
    screen: Screen,
    root: Path,
    film: str | None,
    explain: tuple[str, str] | None,
    every: bool,
    limit: int | None,
) -> ExitCode:
    """List the films like a film, with scores and reasons.

    FILM, A and B are slugs, or titles as you would write them in a similar link. Scores are from 0 to 1.
    """
    from book.likening import as_facts, as_list, compare_films, listed, similar_films, summed

    if (film is not None) + (explain is not None) + every != 1:
        raise click.UsageError("Name one film, or two with --explain, or ask for --all.")
    with screen.watching() as track:
        if explain:
            comparison = compare_films(root, *explain, track=track)
            return screen.tell(summed(comparison), facts=as_facts(comparison))
        lists = similar_films(root, film or "", limit=limit, track=track)
    found: dict[str, object] = {each.slug: as_list(lists.see_also[each.slug]) for each in lists.films}
    if every and screen.as_json:
        return screen.print_json(found)
    return screen.tell(listed(lists), facts={"similar": found})


def main() -> None:
    """The console script."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's words to programmers mean nothing to a writer
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot write an accent shows a question mark instead of failing.
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="filmguide", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except click.Abort:
        code = ExitCode.STOPPED
    except BrokenPipeError:
        # Python flushes once more at its end; what is left goes nowhere, and in silence.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.STOPPED
    sys.exit(code)


if __name__ == "__main__":
    main()
