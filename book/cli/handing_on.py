"""The command that hands a guide's films on to other programs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli import completing
from book.cli.frame import cli, shown
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen

_STANDARD_OUTPUT = Path("-")


@cli.command()
@click.argument("wanted", metavar="FORMAT", shell_complete=completing.exporters)
@click.argument(
    "file", required=False, default=_STANDARD_OUTPUT, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--edition",
    default="",
    metavar="NAME",
    shell_complete=completing.editions,
    help="Only the films of an edition of guide.toml, by name or slug.",
)
@click.option(
    "--spoilers", is_flag=True, help="With plots and unreviewed texts, in formats that keep them apart."
)
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there already.")
@shown
def export(
    screen: Screen, root: Path, wanted: str, file: Path, edition: str, spoilers: bool, overwrite: bool
) -> ExitCode:
    """Hand the guide's films on to another program, without what gives them away.

    FORMAT is csv, jsonl, jsonld or letterboxd, or what installed packages offer. Without FILE, or with -, the
    films go to standard output. Reviewed texts go along; unreviewed ones, and such as check doubts, do not.
    """
    from book.console_findings import number
    from book.exporting import export_films

    piped = file == _STANDARD_OUTPUT
    if piped and screen.as_json:
        raise click.UsageError("With --json, standard output has the report. Name a file for the films.")
    screen = replace(screen, aside=piped)
    place = None if piped else file
    with screen.watching() as track:
        handout = export_films(
            root, wanted, place, edition=edition, spoilers=spoilers, overwrite=overwrite, track=track
        )
    if handout.content is None:
        told = ["Nothing was written: an export wants a guide without errors."]
        return screen.tell(told, ExitCode.FINDINGS, findings=handout.findings)
    if piped:
        sys.stdout.buffer.write(handout.content)
        sys.stdout.buffer.flush()
    films = number(handout.films, "film")
    return screen.tell(
        [films if piped else f"{films} in {file}"],
        findings=handout.findings,
        files=[file] if place else [],
        facts={"films": handout.films, "format": wanted},
    )
