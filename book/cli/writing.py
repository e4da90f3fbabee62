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
    "--from",
    "wanted",
    default="",
    metavar="NAME",
    help="The importer, by name. [default: the one that knows the file]",
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would become of each film; write nothing.")
@shown
def import_(screen: Screen, root: Path, paths: tuple[Path, ...], wanted: str, dry: bool) -> ExitCode:
    """Bring in films from other programs' files, folders and archives.

    What several files say of one film comes together in one entry, field by field. An entry that you have
    touched is never overwritten; you are told what would have changed.
    """
    from book.importing import import_films

    with screen.watching() as track:
        intake = import_films(root, paths, wanted=wanted, dry=dry, track=track)
    return screen.close_import(intake, dry=dry)


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "dry", is_flag=True, help="Write nothing; end with 1 if an entry is not in form.")
@click.option("--diff", "differences", is_flag=True, help="Write nothing; show each line that would change.")
@shown
def fmt(screen: Screen, root: Path, files: tuple[Path, ...], dry: bool, differences: bool) -> ExitCode:
    """Put entries in their one canonical form: these files, or all of the guide's.

    No word is lost, nor a note behind a #. An entry about which there is a doubt stays as it is, and you are
    told.
    """
    from book.formatting import format_entries

    with screen.watching() as track:
        tidying = format_entries(root, files, dry=dry or differences, track=track)
    lines = list(tidying.diff) if differences else [str(file) for file in tidying.files]
    fate = "not in form" if dry or differences else "put in form"
    lines.append(f"{len(tidying.files)} of {tidying.looked_at} entries {fate}.")
    code = ExitCode.FINDINGS if dry and tidying.files else ExitCode.DONE
    facts = {"entries": tidying.looked_at, "diff": list(tidying.diff)}
    return screen.tell(lines, code, findings=tidying.findings, files=tidying.files, facts=facts)


@cli.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", "dry", is_flag=True, help="Say which files would change; write nothing.")
@shown
def mv(screen: Screen, root: Path, old: str, new: str, dry: bool) -> ExitCode:
    """Give a film another slug: rename its entry, and change every link to it.

    Links in similar, in texts and in guide.toml follow. If one file cannot be changed, none is.
    """
    from book.renaming import rename_film

    renaming = rename_film(root, old, new, dry=dry)
    fate = "would be" if dry else "is"
    lines = [f"{old} {fate} {renaming.entry}", *map(str, renaming.files), *renaming.told]
    facts = {"told": list(renaming.told)}
    return screen.tell(lines, files=[renaming.entry, *renaming.files], facts=facts)
