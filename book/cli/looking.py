"""Commands that look at a guide and its books, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli import completing
from book.cli.frame import cli, format_option, shown, strict_option
from book.model import ExitCode

if TYPE_CHECKING:
    from book.console import Screen


@cli.command()
@format_option
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
@click.argument("film", required=False, shell_complete=completing.films)
@click.option(
    "--explain",
    nargs=2,
    metavar="A B",
    shell_complete=completing.films,
    help="Show what makes two films alike, term by term.",
)
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


@cli.command()
@click.argument("film", required=False, shell_complete=completing.films)
@shown
def todo(screen: Screen, root: Path, film: str | None) -> ExitCode:
    """Say what each film still wants: sections, a review, a picture. FILM is a slug.

    The film with most to do stands first.
    """
    from book.reckoning import what_is_missing

    films, findings = what_is_missing(root, film or "")
    lines = []
    for each in films:
        wants = [
            *each.missing,
            *([] if each.reviewed else ["review"]),
            *([] if each.picture else ["picture"]),
        ]
        ending = f"wants {', '.join(wants)}" if wants else "has everything"
        lines.append(f"{each.share:4.0%} {each.slug}, {each.words:,} words: {ending}")
    return screen.tell(lines, findings=findings, facts={"films": [each.facts for each in films]})


@cli.command()
@shown
def stats(screen: Screen, root: Path) -> ExitCode:
    """Say how large the guide is: films, words, decades, and how much of it is done."""
    from dataclasses import asdict

    from book.reckoning import figures_of

    figures, findings = figures_of(root)
    lines = [
        f"{figures.films:7,} films",
        f"{figures.words:7,} words",
        f"{figures.reviewed:7,} reviewed",
        f"{figures.pictures:7,} with a picture",
        f"{figures.complete:7,} with everything",
        *(f"{count:7,} of the {decade}s" for decade, count in figures.decades.items()),
    ]
    return screen.tell(lines, findings=findings, facts=asdict(figures))
