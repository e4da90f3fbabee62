"""What the e-book's package file tells a shop of the book, element by element.

Dublin Core says what a thing is; EPUB 3 refines it by further elements that point to its id: roles, headings
to file under, authorities of codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from book.filing import transposed
from book.model import GuideInfo
from book.retail import ROLES, creating_role, credited, subjects_of


@dataclass(frozen=True, slots=True)
class Fact:
    """An element of Dublin Core with a `name`, or a meta element with a `key`, which may refine an id."""

    value: str
    name: str = ""
    key: str = ""
    ident: str = ""
    refines: str = ""
    scheme: str = ""


def package_facts(info: GuideInfo) -> Iterator[Fact]:
    """Everything but identifier, language and accessibility, in the order in which it is written."""
    for fact in _facts(info):
        if fact.value.strip():
            yield fact


def _facts(info: GuideInfo) -> Iterator[Fact]:
    yield from _titles(info)
    yield from _people(info)
    yield _plain("publisher", info.publisher)
    yield _plain("rights", info.rights)
    yield _plain("description", info.description)
    yield from _subjects(info)
    yield _plain("date", info.published.isoformat() if info.published else "")
    yield from _series(info)
    yield Fact(info.edition, key="schema:bookEdition")
    yield Fact(info.audience, key="dcterms:audience")


def _plain(name: str, value: str) -> Fact:
    return Fact(" ".join(value.split()), name)


def _titles(info: GuideInfo) -> Iterator[Fact]:
    for ident, kind, text in (("title", "main", info.title), ("subtitle", "subtitle", info.subtitle)):
        title = " ".join(text.split())
        if not title:
            continue
        yield Fact(title, "title", ident=ident)
        yield Fact(kind, key="title-type", refines=ident)
        filed = transposed(title, (info.language,))
        if filed != title and kind == "main":
            yield Fact(filed, key="file-as", refines=ident)


def _people(info: GuideInfo) -> Iterator[Fact]:
    everybody = credited(info)
    creating = creating_role(everybody)
    creators = [each for each in everybody if creating in each.roles]
    others = [each for each in everybody if creating not in each.roles]
    for name, people in (("creator", creators), ("contributor", others)):
        for number, each in enumerate(people, 1):
            ident = f"{name}-{number}"
            yield Fact(" ".join(each.name.split()), name, ident=ident)
            for code in dict.fromkeys(ROLES[role].marc for role in each.roles):
                yield Fact(code, key="role", refines=ident, scheme="marc:relators")
            yield Fact(each.file_as, key="file-as", refines=ident)


def _subjects(info: GuideInfo) -> Iterator[Fact]:
    for number, subject in enumerate(subjects_of(info), 1):
        ident = f"subject-{number}" if subject.scheme else ""
        yield Fact(subject.heading or subject.code, "subject", ident=ident)
        if subject.scheme:
            yield Fact(subject.scheme, key="authority", refines=ident)
            yield Fact(subject.code, key="term", refines=ident)
    for word in info.keywords:
        yield _plain("subject", word)


def _series(info: GuideInfo) -> Iterator[Fact]:
    if info.series is None:
        return
    yield Fact(info.series.name, key="belongs-to-collection", ident="series")
    yield Fact("series", key="collection-type", refines="series")
    if re.fullmatch(r"\d+(?:\.\d+)*", info.series.number, re.ASCII):
        yield Fact(info.series.number, key="group-position", refines="series")
