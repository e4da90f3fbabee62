"""Commands that look at a guide and its books, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.frame import cli, shown, strict_option
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


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

    Opens each PDF, EPUB or folder of a site and seeks every sentence from below the fence: all of them must
    be in the spoiler parts, and none anywhere else. An EPUB named together with its PDF is also held to the
    PDF's pages.
    """
    from book.proving import prove

    with screen.watching() as track:
        proof = prove(root, files, spoilers=spoilers or "", track=track)
    return screen.close_proof(proof)


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
