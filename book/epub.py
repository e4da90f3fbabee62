"""Guide -> EPUB 3.3 bytes: the only room that imports EbookLib.

EbookLib writes the container, the package file, the NCX and the zip. What goes into them is ours: the
documents are finished before they come here, and the writer below mends what EbookLib would write
otherwise, such as zip dates of today.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO

from ebooklib import epub
from lxml import etree

from book.compose_ebook import compose_ebook
from book.config import Project
from book.cover import front_cover
from book.ebook import Document, Picture, contents, fit_for_xml
from book.languages import language_direction
from book.model import BookError, Finding, Guide, GuideInfo
from book.pictures import read_cover, read_drawn_cover, read_pictures
from book.themes import Theme
from book.words import Words, words_of

STYLE = "style.css"

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that zip knows: the files of a book are as old as the book, which says so itself."""

_XML = "{http://www.w3.org/XML/1998/namespace}"


def render_epub(
    guide: Guide,
    project: Project,
    theme: Theme,
    *,
    modified: datetime,
    track: Callable[[str], None] | None = None,
) -> tuple[bytes, tuple[Finding, ...]]:
    """The finished EPUB, and what could not go into it as the writer has it.

    The same guide, theme, pictures and `modified` give the same bytes. `modified` without a time zone
    is UTC. `track` is told each film's title as its turn comes.
    """
    pictures, findings = read_pictures(guide, project.root)
    cover, more = _cover(guide.info, project, theme)
    documents = compose_ebook(guide, project, theme, pictures=pictures, track=track)
    shown = _shown(documents, pictures.values())
    style = "\n".join(theme.style("ebook", guide.info.language))
    content = _packed(guide.info, documents, [cover, *shown], style, modified)
    return content, (*findings, *more)


def _cover(info: GuideInfo, project: Project, theme: Theme) -> tuple[Picture, tuple[Finding, ...]]:
    """The writer's own cover, or one drawn from the theme."""
    findings: tuple[Finding, ...] = ()
    if project.ebook.cover:
        file = project.ebook.cover
        if file.casefold().endswith(".svg"):
            own, findings = read_drawn_cover(file, project.root, theme)
        else:
            own, findings = read_cover(file, project.root)
        if own is not None:
            return own, findings
    drawn, more = front_cover(info, theme)
    return drawn, (*findings, *more)


def _shown(documents: Sequence[Document], pictures: Iterable[Picture]) -> list[Picture]:
    """The pictures that some document shows: those of spoilers that are left out stay away as well."""
    whole = "\n".join(document.xhtml for document in documents)
    return [picture for picture in pictures if f'src="../{picture.name}"' in whole]


def _packed(
    info: GuideInfo,
    documents: Sequence[Document],
    pictures: Sequence[Picture],
    style: str,
    modified: datetime,
) -> bytes:
    """Everything in one zip; the first picture is the cover."""
    book = epub.EpubBook()
    _describe(book, info, documents, pictures)
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
    book.add_item(epub.EpubItem(_ident(STYLE), STYLE, "text/css", style.encode()))
    book.add_item(epub.EpubNcx())
    for line in contents(documents):
        below = [epub.Link(entry.name, fit_for_xml(entry.title), _ident(entry.name)) for entry in line.below]
        title = fit_for_xml(line.title)
        if below:
            book.toc.append((epub.Section(title, line.name), below))
        else:
            book.toc.append(epub.Link(line.name, title, _ident(line.name)))
    for document in documents:
        _be_well_formed(document)
    out = BytesIO()
    utc = modified.replace(tzinfo=UTC) if modified.tzinfo is None else modified.astimezone(UTC)
    _Writer(out, book, {"mtime": utc, "play_order": {"enabled": True, "start_from": 1}}).write()
    return out.getvalue()


def _be_well_formed(document: Document) -> None:
    """Raises BookError for a page that no reading system would open; a theme's template may make one."""
    try:
        etree.fromstring(document.xhtml.encode())
    except etree.XMLSyntaxError as error:
        raise BookError(
            f"The page {document.name} of the e-book is no XHTML: {error.msg}.",
            "Mend the theme's templates/ebook/, or take them away: the theme's parent has them all.",
        ) from error


def _ident(name: str) -> str:
    """An id for the manifest and the NCX from a file name, of which no two are alike."""
    return "id-" + name.replace("/", "-").replace(".", "-")


# ------------------------------------------------------------------------------------- metadata


def identifier(info: GuideInfo) -> str:
    """What tells the book from every other: its ISBN, or else an UUID that follows from slug and title."""
    isbn = info.isbn_ebook.replace("-", "").replace(" ", "")
    weights = (1, 3) * 6 + (1,)
    if len(isbn) == 13 and isbn.isdecimal() and isbn.isascii():
        digits = map(int, isbn)
        if sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 10 == 0:
            return f"urn:isbn:{isbn}"
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"filmguide/{info.slug}/{info.title}").urn


def _describe(
    book: epub.EpubBook,
    info: GuideInfo,
    documents: Sequence[Document],
    pictures: Sequence[Picture],
) -> None:
    """Everything that a shop and a reading system ask about the book as a whole."""
    book.set_identifier(identifier(info))
    book.set_language(info.language)
    if language_direction(info.language) == "rtl":
        book.set_direction("rtl")

    def dublin(name: str, value: str, **marks: str) -> None:
        if value.strip():
            book.add_metadata("DC", name, fit_for_xml(" ".join(value.split())), marks)

    def meta(key: str, value: str, **marks: str) -> None:
        book.add_metadata("OPF", "meta", value, {"property": key, **marks})

    book.title = fit_for_xml(info.title)  # not set_title, which gives the title no id to refine
    dublin("title", info.title, id="title")
    meta("title-type", "main", refines="#title")
    if info.subtitle.strip():
        dublin("title", info.subtitle, id="subtitle")
        meta("title-type", "subtitle", refines="#subtitle")
    for number, author in enumerate((name for name in info.authors if name.strip()), start=1):
        dublin("creator", author, id=f"creator-{number}")
        meta("role", "aut", refines=f"#creator-{number}", scheme="marc:relators")
    dublin("publisher", info.publisher)
    dublin("rights", info.rights)
    dublin("description", info.description)
    for subject in info.subjects:
        dublin("subject", subject)
    dublin("date", info.published.isoformat() if info.published else "")
    for key, value in _accessibility(documents, pictures, words_of(info)):
        meta(key, value)
    book.add_metadata("OPF", "meta", "", {"name": "cover", "content": _ident(pictures[0].name)})


def _accessibility(
    documents: Sequence[Document], pictures: Sequence[Picture], words: Words
) -> list[tuple[str, str]]:
    """What somebody who cannot see the pages, or not well, needs to know: found out, never just claimed."""
    pictured = len(pictures) > 1  # the cover shows nothing that the title page does not say
    described = not any('alt=""' in document.xhtml for document in documents)
    indexed = any(document.landmark == "index" for document in documents)
    rows = [("accessMode", "textual")]
    if pictured:
        rows.append(("accessMode", "visual"))
    rows.append(("accessModeSufficient", "textual" if described else "textual,visual"))
    rows += [
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "displayTransformability"),
    ]
    if described:
        rows.append(("accessibilityFeature", "alternativeText"))
    if indexed:
        rows.append(("accessibilityFeature", "index"))
    rows.append(("accessibilityHazard", "none"))
    summary = [
        words.gettext(
            "Text to be enlarged, recoloured or read aloud, with headings, contents and links to lead the "
            "way."
        )
    ]
    if pictured and described:
        summary.append(words.gettext("Every picture is described."))
    elif pictured:
        summary.append(words.gettext("Some pictures have no description."))
    rows.append(("accessibilitySummary", " ".join(summary)))
    return [(f"schema:{key}", value) for key, value in rows]


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
        ncx: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)
        return ncx

    def write(self) -> None:
        """Write the zip, mimetype first and not compressed as the standard wants it."""
        with _DatelessZip(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
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
