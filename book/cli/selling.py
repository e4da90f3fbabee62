"""Commands that make what printers and shops are sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli import completing
from book.cli.frame import FOLDER, cli, editions_option, jobs_option, shown, strict_option, theme_option
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@click.option(
    "--printer",
    default="",
    metavar="NAME",
    shell_complete=completing.printers,
    help="A printer other than the one in guide.toml.",
)
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
@theme_option
@editions_option
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
    shell_complete=completing.packing,
    help="kdp, ingram, lulu, home or all; or any printer by its name, e.g. kdp-hardcover.",
)
@click.option("--out", type=FOLDER, help="Where PRINTER/ goes. [default: build/ in the guide's folder]")
@theme_option
@editions_option
@jobs_option
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
