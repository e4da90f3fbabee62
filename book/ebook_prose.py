"""A writer's text as an e-book can hold it: pictures and links that lead somewhere, notes that pop up.

Markdown has been made into XHTML elsewhere; what is done to it here is what only e-books need.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup

from book.ebook import Picture, fit_for_xml, web_address
from book.film_links import SCHEME

_XHTML, _OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
_TYPE, _LANG = f"{{{_OPS}}}type", "{http://www.w3.org/XML/1998/namespace}lang"
_WORTH_A_LOOK = ("<a ", "<img", " lang=")


def settle(html: str, up: str, pictures: Mapping[str, Picture]) -> Markup:
    """A fragment of prose with its pictures and links made to lead somewhere from inside an e-book.

    `up` leads from the document to the book's root. A picture that is not among `pictures` leaves its
    alternative text, and an address that no reading system would follow its words. Links to films stay as
    they are.
    """
    if not any(sign in html for sign in _WORTH_A_LOOK):
        return Markup(html)  # most texts; parsing is what takes time
    opening = f'<div xmlns="{_XHTML}" xmlns:epub="{_OPS}">'
    root = etree.fromstring(f"{opening}{fit_for_xml(html)}</div>".encode())
    for image in list(root.iter(f"{{{_XHTML}}}img")):
        picture = pictures.get(unquote(image.get("src", "")))
        if picture is None:
            _replace_by_words(image, image.get("alt", ""))
        else:
            image.set("src", up + picture.name)
    for link in list(root.iter(f"{{{_XHTML}}}a")):
        target = link.get("href", "")
        address = target if target.startswith(("#", SCHEME)) else web_address(target)
        if address:
            link.set("href", address)
        else:
            link.tag = f"{{{_XHTML}}}span"
            link.attrib.clear()
    _let_notes_pop_up(root)
    for element in root.iter(etree.Element):
        if element.get("lang"):
            element.set(_LANG, element.get("lang", ""))
    whole = etree.tostring(root, encoding="unicode")
    return Markup(whole[whole.index(">") + 1 : whole.rindex("<")])


def _let_notes_pop_up(root: etree._Element) -> None:
    """Notes in the elements by which readers know them, each with its number, which leads back to the text.

    Apple's and Kobo's readers open such a note where one stands; a reader that cannot shows it below.
    """
    for link in root.iter(f"{{{_XHTML}}}a"):
        if link.get("role") == "doc-noteref":
            link.set(_TYPE, "noteref")
    for section in list(root.iter(f"{{{_XHTML}}}section")):
        if section.get("class") != "footnotes":
            continue
        section.attrib.pop("role", "")
        section.set(_TYPE, "footnotes")
        notes = list(section.iter(f"{{{_XHTML}}}li"))
        for old in list(section):
            section.remove(old)
        for number, note in enumerate(notes, start=1):
            aside = etree.SubElement(section, f"{{{_XHTML}}}aside")
            aside.attrib.update(note.attrib)
            aside.set(_TYPE, "footnote")
            aside.set("role", "doc-footnote")
            aside.extend(deepcopy(child) for child in note)
            aside.tail = "\n"
            _number(aside, number)


def _number(aside: etree._Element, number: int) -> None:
    """Make the note's way back the number before its first word, where a tight list shows its numbers."""
    back = next((a for a in aside.iter(f"{{{_XHTML}}}a") if a.get("role") == "doc-backlink"), None)
    first = next(iter(aside), None)
    if back is None or first is None:
        return
    _replace_by_words(back, "")
    back.text, back.tail = str(number), f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, back)


def _replace_by_words(element: etree._Element, words: str) -> None:
    """Take the element out and leave words where it stood; what follows it stays."""
    left = words + (element.tail or "")
    before, parent = element.getprevious(), element.getparent()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + left
    else:
        parent.text = (parent.text or "") + left
    parent.remove(element)
