"""Commands of whoever writes a guide: its folder and its entries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.frame import FOLDER, cli, shown
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


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
