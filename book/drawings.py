"""What a drawing in SVG, or a style sheet, asks for beyond itself, and whether it would ever be done.

Nothing here draws. A drawing may bring along pictures within itself, and may show pictures beside it;
scripts, entities and addresses elsewhere are for browsers, and no book has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from lxml import etree

MOST_PARTS = 50_000
"""Shapes of a drawing, each counted as often as it is drawn: a county on a map has some thousands."""

MOST_WITHIN = 5_000_000
"""Letters of a picture that stands within a drawing or a style sheet, as data:; half a page in print."""

_PICTURE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp)[;,]", re.IGNORECASE)
_FONT = re.compile(r"data:(font/|application/(font|x-font))", re.IGNORECASE)
_BESIDE = re.compile(r"[^:\\]+\.(png|jpe?g|gif|webp)", re.IGNORECASE)


def drawing_fault(content: bytes) -> str:
    """Why a drawing is not let in, as the end of a sentence; empty for one without fault.

    Raises XMLSyntaxError for what is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    try:
        return next(_faults(root), "")
    except RecursionError:
        return "is nested too deeply"


def _faults(root: etree._Element) -> Iterator[str]:
    document = root.getroottree().docinfo.internalDTD
    entities: Any = document.iterentities() if document is not None else ()  # type: ignore[attr-defined]
    for entity in entities:
        # Drawing programs give long addresses short names in this way; those are plain words.
        if entity.content is None or re.search("[<&]", f"{entity.content}{entity.orig}"):
            yield f"has an entity, {_brief(entity.name)}, that is more than a word"
    if root.xpath("//processing-instruction('xml-stylesheet')"):
        yield "asks for a style sheet elsewhere"
    named: dict[str, etree._Element] = {}
    parts = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parts += 1
        yield from _faults_of(element)
        named.setdefault(element.get("id", ""), element)
    yield from _endless(root, named, parts)


def _faults_of(element: etree._Element) -> Iterator[str]:
    kind = etree.QName(element).localname.casefold()
    if kind == "script":
        yield "has a script in it"
    if kind == "style":
        yield from (
            f"asks for {_brief(address)}" for address in reaches("".join(map(str, element.itertext())))
        )
    for key, value in _attributes(element):
        name = etree.QName(key).localname.casefold()
        if name.startswith("on"):
            yield "has a script in it"
        elif name in {"href", "src", "base"} and not (kind == "a" and not _is_script(value)):
            if not _is_within(value.strip()):
                yield f"asks for {_brief(value)}"
        elif "(" in value or "\\" in value:
            yield from (f"asks for {_brief(address)}" for address in reaches(f"a{{a:{value}}}"))


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for key, value in element.items():
        yield str(key), str(value)


def _is_script(address: str) -> bool:
    return "script:" in re.sub(r"\s", "", address).casefold()


def _is_within(address: str) -> bool:
    """Whether an address leads to a part of the same file, a picture in it, or one beside it."""
    if address.startswith("#") or not address:
        return True
    if address[:5].casefold() == "data:":
        return len(address) <= MOST_WITHIN and _PICTURE.match(address) is not None
    beside = not address.startswith("/") and ".." not in address.split("/")
    return beside and _BESIDE.fullmatch(address) is not None


def _endless(root: etree._Element, named: dict[str, etree._Element], parts: int) -> Iterator[str]:
    """Shapes that show shapes that show shapes: ten times ten, ten times over, is never done."""
    known: dict[etree._Element, float] = {}
    under_way: set[etree._Element] = set()

    def drawn(element: etree._Element) -> float:
        if element in under_way:
            return float("inf")
        if element not in known:
            under_way.add(element)
            count = 1.0 + sum(drawn(child) for child in element if isinstance(child.tag, str))
            if etree.QName(element).localname == "use":
                targets = [value[1:] for key, value in _attributes(element) if key.endswith("href")]
                count += sum(drawn(named[target]) for target in targets if target in named)
            under_way.discard(element)
            known[element] = count
        return known[element]

    if parts > MOST_PARTS:
        yield f"has more than {MOST_PARTS:,} shapes"
    elif next(root.iter("{*}use"), None) is not None and drawn(root) > MOST_PARTS:
        yield f"shows its own parts more than {MOST_PARTS:,} times"


# ------------------------------------------------------------------------------------ style sheets


def reaches(css: str) -> list[str]:
    """The addresses that a style sheet asks for, apart from its own parts and small pictures within it."""
    return [address for address, _ in reaches_by_line(css) if not comes_along(address)]


def reaches_by_line(css: str) -> Iterator[tuple[str, int]]:
    """Every address in a style sheet, with its line from 1; RecursionError for one nested too deeply."""
    if "(" not in css and "@" not in css and "\\" not in css:
        return
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    waiting: list[Any] = list(reversed(rules))
    while waiting:
        token = waiting.pop()
        if token.type == "url":
            yield token.value, token.source_line
        elif token.type == "function" and token.lower_name in {"url", "src", "image", "image-set"}:
            for argument in token.arguments:
                if argument.type == "string":
                    yield argument.value, argument.source_line
        if token.type == "at-rule" and token.lower_at_keyword == "import":
            for part in token.prelude:
                if part.type == "string":
                    yield part.value, part.source_line
        for name in ("prelude", "content", "arguments"):
            waiting += reversed(getattr(token, name, None) or [])


def comes_along(address: str) -> bool:
    """Whether an address is a part of the same file, or a small picture or font in it."""
    address = address.strip()
    if address.startswith("#") or not address:
        return True
    small = len(address) <= MOST_WITHIN
    return small and (_PICTURE.match(address) is not None or _FONT.match(address) is not None)


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
