"""What readers who cannot see an e-book's pages, or not well, need to know of it: found out, never claimed.

The vocabulary is schema.org's for accessibility (W3C Community Group, 2023); what makes a book conform is
EPUB Accessibility 1.1 with WCAG 2.2 at level AA, as far as a program can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from book.ebook import Document, Picture
from book.model import GuideInfo
from book.words import Words

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The wording that the standard itself prescribes, letter by letter."""

CERTIFIER = "filmguide"
"""Who has looked: this program, for the faults below."""

_XHTML, _SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_COLOURED = re.compile(
    r"(?<![-\w])(?:color|background|background-color)\s*:\s*+(?!inherit|currentcolor|transparent)", re.I
)
_SCOPES = {"col", "row", "colgroup", "rowgroup"}
_STILLED = re.compile(r"(?<![-\w])(?:font-size|width)\s*:\s*[\d.]+(?:px|pt|cm|mm|in)\b", re.I)


def accessibility_facts(
    info: GuideInfo, documents: Sequence[Document], pictures: Sequence[Picture], style: str, words: Words
) -> list[tuple[str, str]]:
    """Properties of the package file and their values, in the order in which they are written.

    The first of the `pictures` is the cover, which shows nothing that the title page does not say.
    """
    whole = [document.xhtml for document in documents]
    drawn = any("<figure" in text and "<svg" in text for text in whole)
    pictured = len(pictures) > 1
    described = not any('alt=""' in text for text in whole)
    told = any('class="in-words"' in text for text in whole)
    rows = [("accessMode", "textual")]
    if pictured or drawn:
        rows.append(("accessMode", "visual"))
    rows.append(("accessModeSufficient", "textual" if described else "textual,visual"))
    features = {
        "tableOfContents": any("nav" in document.properties for document in documents),
        "structuralNavigation": all("<h1" in text or 'epub:type="cover"' in text for text in whole),
        "readingOrder": True,  # of the spine and of each page, both of them texts one after the other
        "displayTransformability": not _STILLED.search(style),
        "alternativeText": described,
        "longDescription": drawn and told,
        "index": any(document.landmark == "index" for document in documents),
        "pageNavigation": any(document.breaks for document in documents),
        "pageBreakMarkers": any(document.breaks for document in documents),
    }
    rows += [("accessibilityFeature", name) for name, there in features.items() if there]
    moving = any(picture.media_type == "image/gif" for picture in pictures)
    rows.append(("accessibilityHazard", "unknown" if moving else "none"))
    rows.append(("accessibilitySummary", _summary(words, features, pictured=pictured or drawn)))
    told_to_all = [(f"schema:{key}", value) for key, value in rows]
    if not any(faults(documents, style)):
        told_to_all += [("dcterms:conformsTo", STANDARD), ("a11y:certifiedBy", CERTIFIER)]
    return told_to_all


def _summary(words: Words, features: dict[str, bool], *, pictured: bool) -> str:
    _ = words.gettext
    said = [
        _("Text to be enlarged, recoloured or read aloud, with headings, contents and links to lead the way.")
    ]
    if pictured:
        all_described = features["alternativeText"]
        said.append(
            _("Every picture is described.") if all_described else _("Some pictures have no description.")
        )
    if features["pageNavigation"]:
        said.append(_("The pages of the printed book are marked and listed."))
    return " ".join(said)


# -------------------------------------------------------------------------------------------- faults


def faults(documents: Sequence[Document], style: str) -> Iterator[str]:
    """What keeps a book from conforming, as far as a program can see it: a sentence for each fault."""
    if _COLOURED.search(style):
        yield "The style sheet sets colours, whose contrast nobody has measured in a reader's own light."
    if _STILLED.search(style):
        yield "The style sheet sets sizes that a reader cannot change."
    for document in documents:
        tree = etree.fromstring(document.xhtml.encode())
        for fault in (*_of_the_page(tree), *_of_headings(tree), *_of_what_is_seen(tree), *_of_tables(tree)):
            yield f"{document.name}: {fault}"


def _of_the_page(tree: etree._Element) -> Iterator[str]:
    if not tree.get("lang") or tree.get("lang") != tree.get(_XML_LANG):
        yield "the page does not say its language"
    if not (tree.findtext(f"{_XHTML}head/{_XHTML}title") or "").strip():
        yield "the page has no title"
    idents = [element.get("id") for element in tree.iter(etree.Element) if element.get("id")]
    if len(idents) != len(set(idents)):
        yield "two places have one id"


def _of_headings(tree: etree._Element) -> Iterator[str]:
    """Headings that leave a level out, and a page of text without a first one."""
    last = 0
    for element in tree.iter(*(f"{_XHTML}h{level}" for level in range(1, 7))):
        level = int(_name(element)[1])
        if not _words(element):
            yield "a heading is empty"
        if level > last + 1:
            yield f"a heading of level {level} follows one of level {last}"
        last = level
    if not last and not any(True for _ in tree.iter(f"{_XHTML}img")):
        yield "the page has no heading"


def _of_what_is_seen(tree: etree._Element) -> Iterator[str]:
    for image in tree.iter(f"{_XHTML}img"):
        if not (image.get("alt") or "").strip():
            yield f"the picture {image.get('src')} is not described"
    for drawing in tree.iter(f"{_SVG}svg"):
        named = drawing.get("aria-label") or drawing.findtext(f"{_SVG}title")
        if drawing.get("aria-hidden") != "true" and not named:
            yield "a drawing is not described"
    for link in tree.iter(f"{_XHTML}a"):
        pictured = any(image.get("alt") for image in link.iter(f"{_XHTML}img"))
        if not (_words(link) or link.get("aria-label") or pictured):
            yield f"the link to {link.get('href')} has no words"


def _of_tables(tree: etree._Element) -> Iterator[str]:
    for table in tree.iter(f"{_XHTML}table"):
        heads = list(table.iter(f"{_XHTML}th"))
        if not heads or not all(head.get("scope") in _SCOPES for head in heads):
            yield "a table does not say which cells are headings, and of what"
        elif not all(map(_words, heads)):
            yield "a heading of a table is empty"


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
