"""A document of the e-book as a page of the web: the same words in HTML, with links that lead on there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from markupsafe import Markup

from book.ebook import Document
from book.model import Zone

HOME = "index.html"

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "{http://www.idpf.org/2007/ops}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_XLINK = "{http://www.w3.org/1999/xlink}"


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of the site. `body` is what stands within its frame; `facts` are JSON-LD, if there are any.

    `noindex` keeps search engines off. `kind` is its class, `name` its file from the site's root.
    """

    name: str
    title: str
    body: Markup
    kind: str
    description: str = ""
    og_type: str = "website"
    facts: Markup | None = None
    noindex: bool = False
    search: bool = False


def file_of(document: Document) -> str:
    """The file of a document in the site; the contents are the home page."""
    if "nav" in document.properties:
        return HOME
    return f"{posixpath.splitext(document.name)[0]}.html"


def body_of(document: Document, files: dict[str, str]) -> Markup:
    """The inside of a document's body as HTML; `files` are those of all documents in the site, by name."""
    root = etree.fromstring(document.xhtml.encode())
    body = root.find(f"{{{_XHTML}}}body")
    assert body is not None, "a document has a body"
    plain = _plain(body)
    for link in plain.iter("a"):
        target = link.get("href", "")
        if target and ":" not in target.partition("/")[0] and not target.startswith("#"):
            _lead_on(link, target, document, files)
    parts = [plain.text or "", *(html.tostring(child, encoding="unicode") for child in plain)]
    return Markup("".join(parts).strip())


def _lead_on(link: etree._Element, target: str, document: Document, files: dict[str, str]) -> None:
    """Lets a link to another document lead to its file; one to a story, behind the warning there."""
    path, mark, fragment = target.partition("#")
    folder = posixpath.dirname(document.name)
    name = posixpath.normpath(posixpath.join(folder, path))
    file = files.get(name)
    if file is None:
        # What only a book has, such as its cover: its words are left.
        link.tag = "span"
        link.attrib.pop("href")
        return
    here = posixpath.relpath(file, folder or ".")
    if file.startswith("spoilers/") and document.zone is not Zone.SPOILER:
        link.set("rel", "nofollow")
        mark, fragment = "#", fragment or "story"
    link.set("href", f"{here}{mark}{fragment}")


def _plain(element: etree._Element) -> html.HtmlElement:
    """An element without namespaces and without what only e-books know."""
    made = html.Element(etree.QName(element).localname, dict(_marks(element)))
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            copied = _plain(child)
            made.append(copied)
            copied.tail = child.tail
        elif child.tail:  # a remark; what follows it stays
            if len(made):
                made[-1].tail = (made[-1].tail or "") + child.tail
            else:
                made.text = (made.text or "") + child.tail
    return made


def _marks(element: etree._Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        name = str(key)
        if name.startswith((_OPS, _XML)):
            continue
        yield name.removeprefix(_XLINK), str(value)
