"""Guide -> EPUB 3.3 bytes: the only room that imports EbookLib.

EbookLib writes the container, the package file, the NCX and the zip. What goes into them is ours: the
documents are finished before they come here, and the writer below mends what EbookLib would write
otherwise, such as zip dates of today.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from ebooklib import epub
from lxml import etree

from book.accessibility import accessibility_facts
from book.cache import Cache, Kept, engine, key_of
from book.compose_ebook import compose_ebook
from book.config import Project
from book.cover import front_cover
from book.drawings import reaches
from book.ebook import Document, Picture, contents, fit_for_xml
from book.ebook_fonts import Fonts, ebook_fonts, encryption
from book.ebook_parts import in_parts
from book.languages import language_direction
from book.model import BookError, Finding, Guide, GuideInfo, PrintedPage
from book.package_facts import package_facts
from book.page_list import page_breaks
from book.pictures import read_cover, read_drawn_cover, read_pictures
from book.retail import isbn13, safe_keywords
from book.themes import Theme
from book.words import words_of
from book.workers import ALONE, Hands

STYLE = "style.css"
LICENCES = "META-INF/font-licences.txt"

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that zip knows: the files of a book are as old as the book, which says so itself."""

_FROM_ELSEWHERE = etree.XPath(
    "//*[local-name()='script' or local-name()='iframe' or local-name()='object' or local-name()='embed'"
    " or local-name()='base' or local-name()='form'] | //@*[starts-with(local-name(), 'on')]"
    " | (//@src | //@poster | //@data | //@srcset | //*[local-name()='link' or local-name()='image']/@*"
    "[local-name()='href'])[contains(., ':') or starts-with(., '/')]"
)
"""What would run in a reading system, or send for something, wherever a page has it from."""

_XML = "{http://www.w3.org/XML/1998/namespace}"


def render_epub(
    guide: Guide,
    project: Project,
    theme: Theme,
    *,
    modified: datetime,
    pages: Sequence[PrintedPage] = (),
    cache: Cache | None = None,
    hands: Hands = ALONE,
    track: Callable[[str], None] | None = None,
) -> tuple[bytes, tuple[Finding, ...]]:
    """The finished EPUB, and what could not go into it as the writer has it.

    The same guide, theme, pictures, `pages` and `modified` give the same bytes. `modified` without a time
    zone is UTC. `pages` are those of the printed book made with it, none where there is no such book.
    `track` is told each film's title as its turn comes. Pictures, the cover and fonts are kept in the cache.
    """
    info = replace(guide.info, keywords=safe_keywords(guide.info, guide.films))
    pictures, findings = read_pictures(guide, project.root, theme, cache=cache)
    cover, of_cover = ebook_cover(info, project, theme, cache)
    documents = compose_ebook(
        guide, project, theme, pictures=pictures, pages=pages, track=track, cache=cache, hands=hands
    )
    documents = in_parts(documents, words_of(info))
    shown = _shown(documents, pictures.values())
    style = "\n".join(theme.style("ebook", info.language))
    for address in reaches(style):
        raise BookError(
            f"The e-book's style sheet of the theme {theme.name} asks for {address[:80]}.",
            "Take the line out: an e-book has fonts and pictures of its own only.",
        )
    fonts = Fonts()
    if project.ebook.fonts:
        fonts = ebook_fonts(theme, documents, style, identifier(info), cache=cache)
    content = _packed(info, documents, [cover, *shown], fonts, fonts.css + style, modified)
    return content, (*findings, *of_cover, *fonts.findings)


def ebook_cover(
    info: GuideInfo, project: Project, theme: Theme, cache: Cache | None
) -> tuple[Picture, tuple[Finding, ...]]:
    """The writer's own cover, or one drawn from the theme."""
    findings: tuple[Finding, ...] = ()
    if project.ebook.cover:
        file = project.ebook.cover
        if file.casefold().endswith(".svg"):
            own, findings = read_drawn_cover(file, project.root, theme, cache=cache)
        else:
            own, findings = read_cover(file, project.root)
        if own is not None:
            return own, findings

    def key(info: GuideInfo) -> str:
        words = (info.title, info.subtitle, info.authors, info.cover_line, info.publisher, info.language)
        return key_of("cover", engine(), theme.name, theme.key, words)

    kept = Kept[GuideInfo, tuple[Picture, tuple[Finding, ...]]](cache, key)
    drawn, more = kept.do(lambda info: front_cover(info, theme), info)
    return drawn, (*findings, *more)


def _shown(documents: Sequence[Document], pictures: Iterable[Picture]) -> list[Picture]:
    """The pictures that some document shows: those of spoilers that are left out stay away as well."""
    whole = "\n".join(document.xhtml for document in documents)
    return [picture for picture in pictures if f'src="../{picture.name}"' in whole]


def _packed(
    info: GuideInfo,
    documents: Sequence[Document],
    pictures: Sequence[Picture],
    fonts: Fonts,
    style: str,
    modified: datetime,
) -> bytes:
    """Everything in one zip; the first picture is the cover."""
    for document in documents:
        _be_well_formed(document)
    book = epub.EpubBook()
    _describe(book, info, documents, pictures, style)
    for document in documents:
        item = epub.EpubItem(
            uid=_ident(document.name),
            file_name=document.name,
            media_type="application/xhtml+xml",
            content=document.xhtml.encode(),
        )
        item.properties = list(document.properties)
        item.is_linear = document.linear
        book.add_item(item)
        if document.in_spine:
            book.spine.append(item)
    for picture in pictures:
        item = epub.EpubItem(_ident(picture.name), picture.name, picture.media_type, picture.content)
        item.properties = ["cover-image"] if picture is pictures[0] else []
        book.add_item(item)
    for font in fonts.files:
        book.add_item(epub.EpubItem(_ident(font.name), font.name, font.media_type, font.content))
    book.add_item(epub.EpubItem(_ident(STYLE), STYLE, "text/css", style.encode()))
    book.add_item(epub.EpubNcx())
    for line in contents(documents):
        below = [epub.Link(entry.name, fit_for_xml(entry.title), _ident(entry.name)) for entry in line.below]
        title = fit_for_xml(line.title)
        if below:
            book.toc.append((epub.Section(title, line.name), below))
        else:
            book.toc.append(epub.Link(line.name, title, _ident(line.name)))
    book.pages = list(page_breaks(documents))
    out = BytesIO()
    utc = modified.replace(tzinfo=UTC) if modified.tzinfo is None else modified.astimezone(UTC)
    beside = {LICENCES: fonts.licences, "META-INF/encryption.xml": encryption(fonts.files, book.FOLDER_NAME)}
    _Writer(out, book, {"mtime": utc, "play_order": {"enabled": True, "start_from": 1}}).write_with(beside)
    return out.getvalue()


def _be_well_formed(document: Document) -> None:
    """Raises BookError for a page that no reading system would open; a theme's template may make one."""
    try:
        page = etree.fromstring(document.xhtml.encode())
    except etree.XMLSyntaxError as error:
        raise BookError(
            f"The page {document.name} of the e-book is no XHTML: {error.msg}.",
            "Mend the theme's templates/ebook/, or take them away: the theme's parent has them all.",
        ) from error
    found: Any = _FROM_ELSEWHERE(page)
    if found:
        what = (
            f"asks for {found[0]}"
            if isinstance(found[0], str)
            else f"has a {etree.QName(found[0]).localname}"
        )
        raise BookError(
            f"The page {document.name} of the e-book {what}, which no page of a book may.",
            "Mend the theme's templates/ebook/, or take them away: the theme's parent has them all.",
        )


def _ident(name: str) -> str:
    """An id for the manifest and the NCX from a file name, of which no two are alike."""
    return "id-" + name.replace("/", ".")


# ------------------------------------------------------------------------------------- metadata


def identifier(info: GuideInfo) -> str:
    """What tells the book from every other: its ISBN, or else an UUID that follows from slug and title."""
    isbn = isbn13(info.isbn_ebook)
    if isbn:
        return f"urn:isbn:{isbn}"
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"filmguide/{info.slug}/{info.title}").urn


def _describe(
    book: epub.EpubBook,
    info: GuideInfo,
    documents: Sequence[Document],
    pictures: Sequence[Picture],
    style: str,
) -> None:
    """Everything that a shop and a reading system ask about the book as a whole."""
    book.set_identifier(identifier(info))
    book.set_language(info.language)
    if language_direction(info.language) == "rtl":
        book.set_direction("rtl")

    def meta(key: str, value: str, **marks: str) -> None:
        book.add_metadata("OPF", "meta", value, {"property": key, **marks})

    book.title = fit_for_xml(info.title)  # not set_title, which gives the title no id to refine
    if isbn13(info.isbn_ebook):
        meta("identifier-type", "15", refines=f"#{book.IDENTIFIER_ID}", scheme="onix:codelist5")
    for fact in package_facts(info):
        if fact.name:
            book.add_metadata(
                "DC", fact.name, fit_for_xml(fact.value), {"id": fact.ident} if fact.ident else {}
            )
        else:
            marks = {"refines": f"#{fact.refines}"} if fact.refines else {}
            marks |= {"scheme": fact.scheme} if fact.scheme else {}
            marks |= {"id": fact.ident} if fact.ident else {}
            meta(fact.key, fit_for_xml(fact.value), **marks)
    if any(document.breaks for document in documents):
        book.add_metadata("DC", "source", fit_for_xml(page_source(info)))
        meta("pageBreakSource", fit_for_xml(page_source(info)))
    for key, value in accessibility_facts(info, documents, pictures, style, words_of(info)):
        meta(key, value)
    book.add_metadata("OPF", "meta", "", {"name": "cover", "content": _ident(pictures[0].name)})


def page_source(info: GuideInfo) -> str:
    """What book has the pages that the e-book names: the print ISBN, or else the PDF by its title."""
    isbn = isbn13(info.isbn_print)
    return f"urn:isbn:{isbn}" if isbn else f"{' '.join(info.title.split())} (PDF)"


# -------------------------------------------------------------------------------------- writing


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, made to say the language and to give the same bytes every time."""

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(f"{_XML}lang", self.book.language)
        if self.book.direction:
            root.set("dir", self.book.direction)
        del root.attrib["prefix"]  # only rendition, which is reserved and needs no declaring
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        root = etree.fromstring(super()._get_ncx())
        root.set(f"{_XML}lang", self.book.language)
        deep = any(isinstance(line, tuple) for line in self.book.toc)
        for depth in root.iterfind("{*}head/{*}meta[@name='dtb:depth']"):
            depth.set("content", "2" if deep else "1")
        self._add_page_list(root)
        ncx: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)
        return ncx

    def _add_page_list(self, root: etree._Element) -> None:
        """The printed pages once more, for readers that know no other list."""
        pages = self.book.pages
        if not pages:
            return
        numbers = [int(page.label) for page in pages if page.label.isdecimal()]
        facts = {"dtb:totalPageCount": len(pages), "dtb:maxPageNumber": max(numbers, default=0)}
        for name, value in facts.items():
            for told in root.iterfind(f"{{*}}head/{{*}}meta[@name='{name}']"):
                told.set("content", str(value))
        space = "{http://www.daisy.org/z3986/2005/ncx/}"
        listed = etree.SubElement(root, f"{space}pageList")
        for order, page in enumerate(pages, self._play_order["start_from"]):
            kind = "normal" if page.label.isdecimal() else "front"
            marks = {"id": f"printed-{page.label}", "type": kind, "playOrder": str(order)}
            target = etree.SubElement(listed, f"{space}pageTarget", marks)
            if kind == "normal":
                target.set("value", page.label)
            label = etree.SubElement(etree.SubElement(target, f"{space}navLabel"), f"{space}text")
            label.text = page.label
            etree.SubElement(target, f"{space}content", {"src": page.href})

    def write_with(self, beside: Mapping[str, str]) -> None:
        """Write the zip, mimetype first and not compressed as the standard wants it; `beside` by name."""
        with _DatelessZip(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            for name, text in beside.items():
                if text:
                    self.out.writestr(name, text.encode())
            self._write_opf()
            self._write_items()


class _DatelessZip(zipfile.ZipFile):
    """A zip whose bytes do not tell when and on what system it was made."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: str | bytes,  # type: ignore[override]  # all that EbookLib passes
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a file, dated to the first day there is."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = zipfile.ZipInfo(name, _ZIP_DATE)
        info.create_system = 3  # Unix
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if compress_type is None else compress_type
        super().writestr(info, data, info.compress_type, compresslevel)
