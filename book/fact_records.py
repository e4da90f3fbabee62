"""Facts of several parts: cast, series, money, links, similar films, and where the entry came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from book.desk import Desk, brief, once, one_line, parts, phrase, shape, truth
from book.fact_values import names, one_text
from book.fact_values import year as year_of
from book.frontmatter import Items, Node, Pairs, Scalar, shown
from book.model import BoxOffice, CastMember, Image, Origin, Series, SimilarLink
from book.prose import safe_link

# Letters somewhere, or digits that end in a year: 2046-2004 is a film, 1984 only a title.
_SLUG = re.compile(r"(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*|\d+(?:-\d+)*-\d{4}")
_TITLE_AND_YEAR = re.compile(r"(?P<title>.+?)\s*\((?P<year>\d{4})\)")
MONEY = re.compile(
    r"(?P<sign>[$€£¥]|[A-Z]{3}\s)?\s*(?P<number>\d[\d,. _’']*?)\s*"
    r"(?P<scale>k|m|mio|million|millions|bn|billion)?\.?\s*(?P<code>[A-Z]{3})?",
)
_SCALES = {"k": 10**3, "m": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_AS = re.compile(r"\s+as\s+")

PARTS: Mapping[str, tuple[str, ...]] = {
    "cast": ("name", "role", "spoiler"),
    "series": ("name", "number"),
    "image": ("file", "alt", "credit"),
    "similar": ("to", "why", "title", "year"),
    "source": ("imported", "digest", "reviewed"),
    "box_office": ("budget", "gross", "currency"),
}
"""The keys within a fact of several parts."""


def similar_link(text: str, line: int = 0, why: str = "") -> SimilarLink:
    """A similar film from one text: a slug, or a title with perhaps a year in brackets."""
    if _SLUG.fullmatch(text):
        return SimilarLink(to=text, why=why, line=line)
    match = _TITLE_AND_YEAR.fullmatch(text)
    if match is None:
        return SimilarLink(title=text, why=why, line=line)
    return SimilarLink(title=match["title"], year=int(match["year"]), why=why, line=line)


def cast(name: str, node: Node, desk: Desk) -> tuple[CastMember, ...]:
    """Performers, each {name, role, spoiler}, "Name as Role", a name, or name: role."""
    if isinstance(node, Pairs):
        if any(key.text == "name" for key, _ in node.pairs):
            return tuple(_member(node, desk))
        return tuple(CastMember(key.text, phrase(value)) for key, value in once(node, desk))
    if isinstance(node, Scalar):
        return tuple(map(_told, names(name, node, desk)))
    return tuple(member for item in node.items for member in _member(item, desk))


def _member(node: Node, desk: Desk) -> Iterable[CastMember]:
    if isinstance(node, Scalar):
        return () if node.absent else (_told(one_line(node.text)),)
    if isinstance(node, Items):
        desk.say("F103", node.line, "cast has a list within the list.", "Write {name: …, role: …}.")
        return ()
    known = PARTS["cast"]
    pairs = once(node, desk)
    if len(pairs) == 1 and pairs[0][0].text not in known:
        return (CastMember(pairs[0][0].text, phrase(pairs[0][1])),)  # - Nicolas Cage: Ben Sanderson
    found = parts(node, known, "cast", desk)
    if not phrase(found.get("name")):
        desk.say("F103", node.line, "Someone in cast has no name.", "Write {name: …, role: …}.")
        return ()
    # Where the writer's word cannot be read, the part is treated as a spoiler.
    spoiler = truth("spoiler", found["spoiler"], desk, unread=True) if "spoiler" in found else False
    return (CastMember(phrase(found["name"]), phrase(found.get("role")), spoiler),)


def _told(text: str) -> CastMember:
    name, *role = _AS.split(text, maxsplit=1)
    return CastMember(name, role[0] if role else "")


def series(name: str, node: Node, desk: Desk) -> Series | None:
    """{name, number}, or the name alone."""
    if not isinstance(node, Pairs):
        text = one_text(name, node, desk)
        return Series(text) if text else None
    found = parts(node, PARTS["series"], "series", desk)
    if "name" not in found:
        if "number" in found:
            desk.say("F109", node.line, "series has a number and no name.", "Write {name: …, number: 2}.")
        return None
    return Series(phrase(found["name"]), phrase(found.get("number")))


def ids(name: str, node: Node, desk: Desk) -> dict[str, str] | None:
    """A film's names in other places: {imdb: tt0113627}."""
    if not isinstance(node, Pairs):
        desk.say("F103", node.line, "ids is not a list of names and numbers.", "Write {imdb: tt0113627}.")
        return None
    return {key.text: phrase(value) for key, value in once(node, desk) if phrase(value)}


def links(name: str, node: Node, desk: Desk) -> dict[str, str]:
    """Labels and web addresses; an address without a label is called by its host."""
    links = {}
    for label, value, line in _labelled(node, desk):
        if safe_link(value):
            links[label or re.sub(r"^www\.", "", value.split("/")[2])] = value
        elif value:
            desk.say(
                "F119",
                line,
                f"The link to {brief(value)} is not an address on the web.",
                "Write a whole address that begins with https://.",
            )
    return links


def leaks_ok(name: str, node: Node, desk: Desk) -> dict[str, str] | None:
    """Words above the fence that may stand there, each with the reason why."""
    hint = f'Write {name}: {{"the words": the reason}}'
    if not isinstance(node, Pairs):
        desk.say("F103", node.line, f"{name} wants words with reasons and has {shape(node)}.", hint)
        return None
    answers = {}
    for key, value in once(node, desk):
        if phrase(value):
            answers[one_line(key.text)] = phrase(value)
        else:
            desk.say("F103", key.line, f"{brief(key.text)} has no reason why it may stand.", hint)
    return answers


def _labelled(node: Node, desk: Desk) -> Iterable[tuple[str, str, int]]:
    match node:
        case Scalar():
            return [("", one_line(node.text), node.line)]
        case Items(items=items):
            return [each for item in items for each in _labelled(item, desk)]
        case Pairs():
            return [(key.text, phrase(value), key.line) for key, value in once(node, desk)]


def image(name: str, node: Node, desk: Desk) -> Image | None:
    """{file, alt, credit}, or the file alone."""
    if not isinstance(node, Pairs):
        text = one_text(name, node, desk)
        return Image(text) if text else None
    found = parts(node, PARTS["image"], "image", desk)
    if "file" not in found:
        if found:
            desk.say(
                "F109", node.line, "image names no file.", "Write image: {file: images/name.jpg, alt: …}"
            )
        return None
    return Image(phrase(found["file"]), phrase(found.get("alt")), phrase(found.get("credit")))


def similar(name: str, node: Node, desk: Desk) -> tuple[SimilarLink, ...]:
    """{to, why}, {title, year, why}, a slug, "Title (1962)", or slug: why."""
    items = node.items if isinstance(node, Items) else (node,)
    return tuple(link for item in items for link in _link(item, desk))


def _link(node: Node, desk: Desk) -> Iterable[SimilarLink]:
    if isinstance(node, Scalar):
        return () if node.absent else (similar_link(one_line(node.text), node.line),)
    if isinstance(node, Items):
        desk.say("F103", node.line, "similar has a list within the list.", "Write {to: …, why: …}.")
        return ()
    known = PARTS["similar"]
    pairs = once(node, desk)
    if len(pairs) == 1 and pairs[0][0].text not in known:
        return (similar_link(one_line(pairs[0][0].text), node.line, phrase(pairs[0][1])),)
    found = parts(node, known, "similar", desk)
    why = phrase(found.get("why"))
    if phrase(found.get("to")):
        return (similar_link(phrase(found["to"]), node.line, why),)
    if not phrase(found.get("title")):
        desk.say("F103", node.line, "A similar film has no name.", "Write {to: barfly-1987, why: …}.")
        return ()
    year = year_of("year", found["year"], desk) if phrase(found.get("year")) else None
    return (SimilarLink(title=phrase(found["title"]), year=year, why=why, line=node.line),)


def origin(name: str, node: Node, desk: Desk) -> Origin | None:
    """{imported, digest, reviewed}, or the place of import alone."""
    if not isinstance(node, Pairs):
        return Origin(one_text(name, node, desk) or "", reviewed=False)
    found = parts(node, PARTS["source"], "source", desk)
    imported = phrase(found.get("imported"))
    # Nobody has said that an imported text was read, so it was not.
    reviewed = not imported
    if "reviewed" in found:
        reviewed = truth("reviewed", found["reviewed"], desk, unread=False)
    return Origin(imported, reviewed, phrase(found.get("digest")))


def box_office(name: str, node: Node, desk: Desk) -> BoxOffice | None:
    """{budget, gross, currency}; a currency may stand with the amounts."""
    if not isinstance(node, Pairs):
        hint = "Write box_office: {budget: 4000000, gross: 49800000, currency: USD}"
        desk.say("F108", node.line, f"box_office is {brief(shown(node))}.", hint)
        return None
    found = parts(node, PARTS["box_office"], "box_office", desk)
    currency = phrase(found.get("currency")).upper()
    if currency and not re.fullmatch(r"[A-Z]{3}", currency):
        line = found["currency"].line
        desk.say("F108", line, f"currency is {brief(currency)}.", "Write three letters, e.g. USD.")
    amounts: dict[str, int] = {}
    signs = ""
    for key in ("budget", "gross"):
        amount = money(phrase(found.get(key)))
        if amount:
            amounts[key], signs = amount[0], amount[1] or signs
        elif key in found:
            hint = f"Write whole units of the currency, e.g. {key}: 4000000"
            desk.say("F108", found[key].line, f"{key} is {brief(phrase(found[key]))}.", hint)
    return BoxOffice(amounts.get("budget"), amounts.get("gross"), currency or signs or "USD")


def money(text: str) -> tuple[int, str] | None:
    """An amount in whole units and its ISO 4217 code, empty where no sign says; None for no amount."""
    match = MONEY.fullmatch(text)
    if match is None:
        return None
    number = re.sub(r"[ _’']", "", match["number"])
    scale = 10**9 if (match["scale"] or "") in {"bn", "billion"} else _SCALES.get(match["scale"] or "", 1)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number) and scale == 1:
        number = number.replace(".", "")
    elif re.fullmatch(r"\d+,\d{1,2}", number):
        number = number.replace(",", ".")
    if not re.fullmatch(r"\d{1,15}(?:\.\d{1,9})?", number, re.ASCII):
        return None
    code = (match["code"] or match["sign"] or "").strip()
    return round(float(number) * scale), _SIGNS.get(code, code)
