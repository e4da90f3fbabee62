"""Documents of the e-book cut to a size that old readers open at once, between paragraphs or headings.

Few documents are ever so long: a film told at the length of a novella, a letter of an index of thousands.
Every link that led into such a document leads to the part that has its place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from book.ebook import Document
from book.page_list import break_id
from book.words import Words

MOST_BYTES = 300_000
"""Of one document; the contents are one file by EPUB's own rules, and may have more."""

_FRAME_BYTES = 3_000  # what head, wrappers and the links from part to part take
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CUT = {
    f"{_XHTML}{tag}"
    for tag in ("body", "section", "div", "ul", "ol", "dl", "table", "tbody", "blockquote", "aside")
}
"""What may be cut between its children."""

_HEADINGS = {f"{_XHTML}h{level}" for level in range(1, 7)}
_LINK = re.compile(r'\bhref="([^"#]*)#([^"]+)"')


def in_parts(documents: Sequence[Document], words: Words, *, most: int = MOST_BYTES) -> tuple[Document, ...]:
    """The documents, each of more than `most` bytes in as many as it takes; contents stay whole."""
    found: list[Document] = []
    moved: dict[tuple[str, str], str] = {}  # document and id -> the part that has it
    for document in documents:
        parts = [document]
        if len(document.xhtml.encode()) > most and "nav" not in document.properties:
            parts = _parts(document, words, most)
        for part in parts[1:]:
            moved |= {(document.name, ident): part.name for ident in _idents(part.xhtml)}
        found += parts
    if not moved:
        return tuple(found)
    whole = {part: name for (name, _), part in moved.items()}
    return tuple(_relinked(document, whole.get(document.name, document.name), moved) for document in found)


def _idents(xhtml: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', xhtml)


def _relinked(document: Document, name: str, moved: dict[tuple[str, str], str]) -> Document:
    """The document with its links led to parts; `name` is what it was called when it was whole."""
    folder = posixpath.dirname(name)

    def led(link: re.Match[str]) -> str:
        file, ident = link.groups()
        target = posixpath.normpath(posixpath.join(folder, file)) if file else name
        home = moved.get((target, ident), target)
        if home == document.name:
            return f'href="#{ident}"'
        if home == target and file:
            return link.group()
        return f'href="{posixpath.relpath(home, folder or ".")}#{ident}"'

    return replace(document, xhtml=_LINK.sub(led, document.xhtml))


# ----------------------------------------------------------------------------------------- cutting


def _parts(document: Document, words: Words, most: int) -> list[Document]:
    """The document cut, the first part under its own name; whole where there is no place to cut it."""
    root = etree.fromstring(document.xhtml.encode())
    body = root.find(f"{_XHTML}body")
    if body is None:
        return [document]
    labels = {
        ident: " ".join("".join(map(str, each.itertext())).split())
        for each in body.iter(etree.Element)
        if (ident := each.get("id"))
    }
    bodies = list(_pieces(body, most - _FRAME_BYTES, words))
    if len(bodies) == 1:
        return [document]
    stem, suffix = posixpath.splitext(document.name)
    # A film's own file never has an underscore in its name.
    names = [document.name, *(f"{stem}_{number}{suffix}" for number in range(2, len(bodies) + 1))]
    parts = []
    for number, (name, piece) in enumerate(zip(names, bodies, strict=True)):
        _name_by_words(piece, labels)
        xhtml = _written(root, piece)
        title = document.title
        if number:
            of = {"number": number + 1, "count": len(bodies)}
            title = f"{document.title} ({words.gettext('part %(number)s of %(count)s') % of})"
            back = _way(names[number - 1], words.gettext("Back to the part before this one"))
            xhtml = _after_body_tag(xhtml, f"<h1>{escape(title)}</h1>\n{back}")
            xhtml = re.sub(r"<title>.*?</title>", lambda _: f"<title>{escape(title)}</title>", xhtml, count=1)  # noqa: B023
        if name != names[-1]:
            on = _way(names[number + 1], words.gettext("On to the next part"))
            xhtml = xhtml.replace("</body>", f"{on}</body>")
        parts.append(_part(document, number, name, title, xhtml))
    return parts


def _part(document: Document, number: int, name: str, title: str, xhtml: str) -> Document:
    there = set(_idents(xhtml))
    drawn = "<svg" in xhtml or "<svg:" in xhtml
    return replace(
        document,
        name=name,
        title=title,
        xhtml=xhtml,
        depth=document.depth if not number else 0,
        landmark=document.landmark if not number else "",
        properties=tuple(each for each in document.properties if each != "svg" or drawn),
        breaks=tuple(label for label in document.breaks if break_id(label) in there),
    )


def _way(name: str, said: str) -> str:
    return f'<p class="ways"><a href={quoteattr(posixpath.basename(name))}>{escape(said)}</a></p>\n'


def _after_body_tag(xhtml: str, more: str) -> str:
    return re.sub(r"<body[^>]*>", lambda tag: f"{tag.group()}\n{more}", xhtml, count=1)


def _written(root: etree._Element, body: etree._Element) -> str:
    """The page with this body, as the first one was written."""
    page = deepcopy(root)
    old = page.find(f"{_XHTML}body")
    if old is not None:
        page.replace(old, body)
    text = etree.tostring(page, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{text}\n'


def _pieces(element: etree._Element, room: int, words: Words) -> Iterator[etree._Element]:
    """The element in pieces that fit the room, each within the same wrappers; a paragraph is never cut."""
    if element.tag not in _CUT or _size(element) <= room:
        yield deepcopy(element)
        return
    groups: list[list[etree._Element]] = [[]]
    taken = 0
    for child in element:
        for piece in _pieces(child, room - 200, words):
            size = _size(piece)
            if groups[-1] and taken + size > room:
                groups.append(_headings_at_the_end(groups[-1]))
                taken = sum(map(_size, groups[-1]))
            groups[-1].append(piece)
            taken += size
    head = element.find(f"{_XHTML}thead") if element.tag == f"{_XHTML}table" else None
    count = int(element.get("start", "1"))
    heading = next((each for each in element if each.tag in _HEADINGS - {f"{_XHTML}h1"}), None)
    for number, group in enumerate(group for group in groups if group):
        shell = element.makeelement(element.tag)
        for key, value in element.items():
            if key != "id" or not number:
                shell.set(key, value)
        shell.text, shell.tail = element.text, "\n"
        if number:
            if element.tag == f"{_XHTML}ol":
                shell.set("start", str(count))
            if head is not None:
                shell.append(deepcopy(head))
            if heading is not None and element.tag == f"{_XHTML}section":
                shell.append(_again(heading, words))
        shell.extend(group)
        count += sum(each.tag == f"{_XHTML}li" for each in group)
        yield shell


def _again(heading: etree._Element, words: Words) -> etree._Element:
    """The heading of what goes on in another part, so that no level of headings is missing there."""
    copy = heading.makeelement(heading.tag)
    said = " ".join("".join(map(str, heading.itertext())).split())
    copy.text = words.gettext("%(heading)s, continued") % {"heading": said}
    copy.tail = "\n"
    return copy


def _headings_at_the_end(group: list[etree._Element]) -> list[etree._Element]:
    """Headings taken off the end of a group, to stand above what they head; not all that it has."""
    taken: list[etree._Element] = []
    while len(group) > 1 and group[-1].tag in _HEADINGS:
        taken.insert(0, group.pop())
    return taken


def _size(element: etree._Element) -> int:
    return len(etree.tostring(element, encoding="utf-8"))


def _name_by_words(body: etree._Element, labels: dict[str, str]) -> None:
    """What is named by a heading in another part is named by the heading's words."""
    there = {each.get("id") for each in body.iter(etree.Element)}
    for element in body.iter(etree.Element):
        naming = element.get("aria-labelledby", "").split()
        if naming and not there.issuperset(naming):
            del element.attrib["aria-labelledby"]
            element.set("aria-label", " ".join(labels.get(ident, "") for ident in naming).strip())
        describing = element.get("aria-describedby", "").split()
        if describing and not there.issuperset(describing):
            del element.attrib["aria-describedby"]
