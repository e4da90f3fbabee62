"""What shops ask of a guide: who made it, its series, its subjects, its numbers and its prices.

A foundation: reading takes these from guide.toml; the e-book's package file and ONIX put them into codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from book.filing import fold, transposed
from book.guide_file import LONGEST_TITLE, Table, quoted
from book.model import Contributor, Film, GuideInfo, Series
from book.people import surname_first


@dataclass(frozen=True, slots=True)
class Role:
    """A contributor's part in the codes of the trade: MARC relators, and list 17 of ONIX."""

    marc: str
    onix: str


ROLES: Mapping[str, Role] = {
    "author": Role("aut", "A01"),
    "editor": Role("edt", "B01"),
    "compiler": Role("com", "C01"),
    "translator": Role("trl", "B06"),
    "illustrator": Role("ill", "A12"),
    "photographer": Role("pht", "A13"),
    "foreword": Role("aui", "A23"),  # MARC has one code for all that stands before a text
    "introduction": Role("aui", "A24"),
    "preface": Role("aui", "A15"),
    "afterword": Role("aft", "A19"),
    "cover": Role("cov", "A36"),
    "designer": Role("bkd", "A11"),
    "contributor": Role("ctb", "A32"),
}
"""What a contributor may have done."""

CREATORS = ("author", "editor", "compiler")
"""Roles by which somebody is a book's creator; the first that anybody has is the one that counts."""

AUDIENCES: Mapping[str, str] = {"general": "01", "children": "02", "teenage": "03", "professional": "06"}
"""Whom a guide is for, with the codes of ONIX's list 28."""

STATUSES = ("forthcoming", "published")

NO_TAX = frozenset({"USD", "CAD"})
"""Currencies of countries where a price is given before tax."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as shops know it. `scheme` is BISAC, Thema, or empty for a word; `heading` may be empty."""

    scheme: str
    code: str
    heading: str = ""


_BISAC = re.compile(r"[A-Z]{3}\d{6}", re.ASCII)
_THEMA = re.compile(r"[A-Y][A-Z0-9]{0,9}|[1-6][A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*", re.ASCII)
_SCHEMES = {"BISAC": (_BISAC, "PER004030"), "Thema": (_THEMA, "ATFG")}


# ---------------------------------------------------------------------------------------- reading


def read_contributors(tables: Sequence[Table]) -> tuple[Contributor, ...]:
    """The `[[contributor]]` tables; one without a name is reported and left out."""
    found = []
    for table in tables:
        name = table.text("name", longest=LONGEST_TITLE)
        if not name and isinstance(table.values.get("name", ""), str):
            table.say("F506", "", "A contributor has no name.", 'Write name = "…" under [[contributor]].')
        roles = table.texts("role", ("author",))
        for role in roles:
            if role not in ROLES:
                table.say_unknown_word("role", role, ROLES)
        known = tuple(dict.fromkeys(role for role in roles if role in ROLES))
        one = Contributor(
            name,
            known or ("contributor",),
            table.text("file_as", longest=LONGEST_TITLE),
            table.flag("organisation", False),
        )
        table.close()
        if name:
            found.append(one)
    return tuple(found)


def with_authors(authors: Sequence[str], contributors: Iterable[Contributor]) -> tuple[str, ...]:
    """The authors' names for the title page: those listed, then contributors who are authors as well."""
    more = (each.name for each in contributors if "author" in each.roles)
    return tuple(dict.fromkeys((*authors, *more)))


def read_series(guide: Table) -> Series | None:
    """`series = { name, number }` of a guide; a lone text is its name."""
    if not isinstance(guide.values.get("series", {}), dict):
        name = guide.text("series", longest=LONGEST_TITLE)
        return Series(name) if name else None
    table = guide.table("series")
    series = Series(table.text("name", longest=LONGEST_TITLE), table.text("number", longest=20))
    table.close()
    return series if series.name else None


def read_subjects(guide: Table, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and plain words: of `subjects` in [guide], told apart by their looks, then of [subjects]."""
    mixed = guide.texts("subjects")
    codes = [typed for typed in mixed if scheme_of(typed)]
    words = [typed for typed in mixed if not scheme_of(typed)]
    for scheme, (pattern, example) in _SCHEMES.items():
        key = scheme.casefold()
        for typed in table.texts(key):
            if pattern.fullmatch(typed.split(" ")[0]):
                codes.append(typed)
            else:
                message = f"{quoted(typed)} is no code of {scheme}."
                table.say("F540", key, message, f'Write {key} = ["{example}"]; plain words are keywords.')
    words += table.texts("keywords")
    table.close()
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(words))


def read_prices(table: Table) -> dict[str, str]:
    """Amounts by currency, as typed; what is no amount or no currency is reported and left out."""
    price = table.table("price")
    prices = {}
    for currency in price.own_keys():
        amount = price.text(currency)
        if not re.fullmatch(r"[A-Za-z]{3}", currency, re.ASCII):
            message = f"{currency} is no currency of three letters."
            price.say("F502", currency, message, 'Write price = { USD = "24.95" }')
        elif not re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", amount, re.ASCII):
            message = f"The price in {currency.upper()} is {quoted(amount)}."
            price.say("F502", currency, message, f'Write {currency.upper()} = "24.95"')
        else:
            prices[currency.upper()] = amount
    return prices


# ----------------------------------------------------------------------------------------- numbers


def is_isbn(number: str) -> bool:
    """Whether an ISBN of 10 or 13 digits has the check digit that it must have."""
    digits = _digits(number)
    if re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
        return digits[-1] == _check_digit(digits)
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False


def isbn13(number: str) -> str:
    """The thirteen digits of an ISBN, of ten or thirteen; empty where it is none."""
    if not is_isbn(number):
        return ""
    digits = _digits(number)
    if len(digits) == 13:
        return digits
    longer = f"978{digits[:9]}"
    return longer + _check_digit(longer)


def _digits(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper()


def _check_digit(digits: str) -> str:
    """The thirteenth digit to the first twelve."""
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits[:12]))
    return str(-total % 10)


# ------------------------------------------------------------------------- what the books say of it


def credited(info: GuideInfo) -> tuple[Contributor, ...]:
    """Everybody who made the book, authors first, each once with all roles and a heading to file under."""
    found: dict[str, Contributor] = {name: Contributor(name) for name in info.authors if name.strip()}
    for each in info.contributors:
        before = found.get(each.name)
        # An author who is listed and has a table as well is one person; the table knows more.
        roles = (*before.roles, *each.roles) if before else each.roles
        found[each.name] = replace(each, roles=tuple(dict.fromkeys(roles)))
    return tuple(_filed(each, info.language) for each in found.values())


def _filed(one: Contributor, language: str) -> Contributor:
    words = one.name.split()
    # "The Lantern Row Collective" is nobody's forename and surname, in whatever language the guide is.
    body = one.organisation or (len(words) > 2 and words[0].casefold() == "the")
    own = transposed(one.name, (language, "en")) if body else surname_first(one.name, (), language)
    return replace(one, file_as=one.file_as or own, organisation=body)


def creating_role(contributors: Sequence[Contributor]) -> str:
    """The role by which a book has its creators: its editors' where it has no author, and so on."""
    roles = {role for each in contributors for role in each.roles}
    return next((role for role in CREATORS if role in roles), "")


def scheme_of(subject: str) -> str:
    """Whose code a subject begins with, by its looks: BISAC, Thema, or empty for a word."""
    code = subject.split(" ")[0]
    return next((scheme for scheme, (pattern, _) in _SCHEMES.items() if pattern.fullmatch(code)), "")


def subjects_of(info: GuideInfo) -> tuple[Subject, ...]:
    """The codes with their schemes, BISAC before Thema, in the writer's order."""
    found = []
    for typed in info.subjects:
        code, _, heading = typed.partition(" ")
        scheme = scheme_of(typed)
        found.append(Subject(scheme, code, heading.strip()) if scheme else Subject("", typed))
    return tuple(sorted(found, key=lambda each: ["BISAC", "Thema", ""].index(each.scheme)))


def spoiling_keywords(keywords: Iterable[str], films: Sequence[Film]) -> dict[str, Film]:
    """Keywords that are a theme from a film's spoiler part, each with the film.

    What another film has among its safe themes says nothing of the first, and may stand.
    """
    known = {fold(theme) for film in films for theme in film.themes}
    hidden = {fold(theme): film for film in reversed(films) for theme in film.spoiler_themes}
    return {word: hidden[fold(word)] for word in keywords if fold(word) in hidden.keys() - known}


def safe_keywords(info: GuideInfo, films: Sequence[Film]) -> tuple[str, ...]:
    """The keywords without those that a spoiler part keeps to itself."""
    spoiling = spoiling_keywords(info.keywords, films)
    return tuple(word for word in info.keywords if word not in spoiling)
