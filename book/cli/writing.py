"""Commands of whoever writes a guide: its folder and its entries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli import completing
from book.cli.frame import FOLDER, cli, shown
from book.model import ExitCode, UsageError

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@click.argument("directory", type=FOLDER)
@click.option("--title", default="", help="The guide's title.")
@click.option("--author", default="", help="Who writes it.")
@click.option("--language", default="", metavar="TAG", help="The guide's language, e.g. fr. [default: en]")
@click.option("--trim", default="", metavar="SIZE", help="The size of a page, e.g. A5. [default: 6x9in]")
@click.option(
    "--theme",
    default="",
    metavar="NAME",
    shell_complete=completing.themes,
    help="How the books look. [default: classic]",
)
@click.option("--yes", "--no-input", "silent", is_flag=True, help="Ask nothing, even in a terminal.")
@shown
def new(screen: Screen, root: Path, directory: Path, silent: bool, **given: str) -> ExitCode:
    """Begin a guide in a folder, with one entry to learn from.

    Asks for what is not given, where there is somebody to ask.
    """
    from book.scaffold import new_guide, stands_free

    folder = root / directory
    if sys.stdin.isatty() and not (silent or screen.as_json or screen.quiet):
        stands_free(folder)  # before anybody answers five questions for nothing
        given = _asked(given, folder)
    files = new_guide(folder, **given)
    return screen.tell(
        [f"A guide begins in {folder}. Next: filmguide -C {folder} add TITLE --year YEAR"], files=files
    )


def _asked(given: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What was given, and the answers to all else; each question comes again until its answer makes sense."""
    from book import scaffold
    from book.choices import theme_names

    usual = scaffold.Beginning()
    themes = ", ".join(theme_names(folder))
    questions: Mapping[str, tuple[str, str, Callable[[str], str]]] = {
        "title": ("Title", usual.title, str),
        "author": ("Author", usual.author, str),
        "language": ("Language", usual.language, scaffold.sound_language),
        "trim": ("Size of a page", usual.trim, scaffold.sound_trim),
        "theme": (f"Theme ({themes})", usual.theme, lambda typed: scaffold.sound_theme(typed, folder)),
    }

    def sound(check: Callable[[str], str], typed: str) -> str:
        try:
            return check(typed)
        except UsageError as error:
            raise click.UsageError(f"{error} {error.hint}") from error

    return {
        key: given[key]
        or click.prompt(
            question, default=default, show_default=bool(default), value_proc=partial(sound, check), err=True
        )
        for key, (question, default, check) in questions.items()
    }


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
    shell_complete=completing.importers,
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
@click.argument("old", shell_complete=completing.films)
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
