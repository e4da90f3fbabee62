"""Rules about links to films: similar ones lead somewhere, once, and not home; those in texts as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.film_links import film_links
from book.findings import finding
from book.model import Film, Finding, Place, SimilarLink
from book.nearness import EMBEDDINGS, embeddings_are_there
from book.proofs import Proofs
from book.selection import is_slug, nearest_slug
from book.titles import sort_key


def similar_links_lead_somewhere(film: Film, proofs: Proofs) -> Iterator[Finding]:
    """Every similar link names another film, once. A title beyond the guide is welcome."""
    seen: dict[object, str] = {}
    for link in film.similar:
        where = Place(film.source.file, link.line or film.source.at("similar").line)
        meant = proofs.catalogue.meant_by(link)
        if not meant and is_slug(link.to):
            yield _lost(film, link, where, proofs)
            continue
        if len(meant) > 1:
            choice = " or ".join(other.slug for other in meant)
            yield finding(
                "F304",
                where,
                f"{film.slug} points to {link.title}, which is the title of {len(meant)} films.",
                f"Write which one is meant: {choice}.",
            )
        if meant and meant[0].slug == film.slug:
            yield finding(
                "F302", where, f"{film.slug} points to itself.", "Write which other film was meant."
            )
            continue
        target: object = meant[0].slug if meant else (sort_key(link.title or link.to)[1], link.year)
        if target in seen:
            yield finding(
                "F303",
                where,
                f"{film.slug} points to {_named(link)} twice.",
                f"Take one out; the other reads {seen[target]}.",
            )
        seen.setdefault(target, _named(link))


def links_lead_to_films(proofs: Proofs) -> Iterator[Finding]:
    """Every film that a text names in double brackets is in the guide."""
    for film in proofs.films:
        for section in (film.synopsis, *film.safe, *film.spoilers):
            at = Place(film.source.file, section.body_line)
            yield from _astray(section.body, at, film.slug, proofs)
    for file, text in sorted(proofs.texts.items()):
        yield from _astray(text, Place(file, 1), file, proofs)


def _astray(text: str, begins: Place, who: str, proofs: Proofs) -> Iterator[Finding]:
    for link in film_links(text):
        if link.slug.casefold() in proofs.catalogue.by_slug:
            continue
        # What follows the slug, as in vertigo-1958#spoilers, is no part of any: links lead to films alone.
        guess = nearest_slug(re.split(r"[#/]|--", link.slug)[0], proofs.catalogue.by_slug)
        yield finding(
            "F306",
            Place(begins.file, begins.line + link.line - 1),
            f"{who} links to {link.slug}, which is not in the guide.",
            f"Did you mean [[{guess}]]?"
            if guess
            else "Write the film's title without brackets, or add its entry.",
        )


def embeddings_are_installed(proofs: Proofs) -> Iterator[Finding]:
    """A guide that asks for word embeddings has the package that brings them."""
    if proofs.project.similar.embeddings and not embeddings_are_there():
        yield finding(
            "F305",
            proofs.project.source.at("similar.embeddings"),
            f"The guide asks for word embeddings, and {EMBEDDINGS} is not installed.",
            'Install it with pip install "filmguide[embeddings]", or take the line out.',
        )


def _lost(film: Film, link: SimilarLink, where: Place, proofs: Proofs) -> Finding:
    # The film itself is the nearest of all to a link with only the year mistyped, and never meant.
    guess = nearest_slug(link.to, (slug for slug in proofs.catalogue.by_slug if slug != film.slug))
    return finding(
        "F301",
        where,
        f"{film.slug} points to {link.to}, which is not in the guide.",
        f"Did you mean {guess}?"
        if guess
        else "A film beyond the guide goes by title and year: Barfly (1987).",
    )


def _named(link: SimilarLink) -> str:
    if link.to:
        return link.to
    return f"{link.title} ({link.year})" if link.year else link.title
