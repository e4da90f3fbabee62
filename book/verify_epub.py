"""A finished EPUB's words with the places where they stand: zipfile takes it apart, lxml reads it."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from book.cache import Cache, engine, key_of, pack, unpack
from book.findings import finding
from book.model import Finding, Place, Slug
from book.sentences import Passage, lines_of, words_of
from book.shares import shared_out
from book.workers import ALONE, Hands

_XML = {".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx", ".svg", ".smil"}
_NOT_TEXT = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".ttf", ".otf", ".woff", ".woff2", ".mp3", ".mp4"}
SAID = {"alt", "title", "aria-label", "aria-description", "content", "summary", "label", "placeholder"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
}
_INLINE |= {"sup", "u"}
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"""("[^"]*"|'[^']*')""")
_CONTAINER = "META-INF/container.xml"


def open_epub(
    name: str,
    content: bytes,
    stems: Mapping[str, Slug],
    mode: str,
    cache: Cache | None = None,
    hands: Hands = ALONE,
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """All the words of an EPUB, and what is wrong with it apart from them; none where it cannot be read.

    `stems` are the films by the file names, without suffix, of their documents. With a cache, documents that
    were in the last file are not taken apart again; all `hands` take many others apart.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            # By entry and not by name: of two files of one name, each reader shows another.
            files = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
            remark = archive.comment.decode("utf-8", "replace")
        package, tree = _package(dict(files))
        room = _Room(posixpath.dirname(package), stems, mode)
        passages = list(_passages(room, files, cache, hands))
        passages.append(Passage("the archive's remark", words_of(remark)))
        findings = tuple(_misplaced(name, tree, room))
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        KeyError,
    ) as error:
        return (), (
            finding(
                "F901", Place(name), f"{name} cannot be read as an EPUB: {error}", "Build the book anew."
            ),
        )
    return tuple(passages), findings


def _suffix(file: str) -> str:
    return posixpath.splitext(file)[1].lower()


def _tree(content: bytes) -> etree._Element:
    # A book from a stranger must not make us fetch anything, nor blow up in memory.
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def text_of(tree: etree._Element) -> str:
    """All text of a document, remarks included, a line for each block."""
    parts: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        ends = "" if tag in _INLINE else "\n"
        if event == "start":
            parts += [ends, " ".join(_blanks(node.text))]
        elif event == "end":
            parts += [ends, " ".join(_blanks(node.tail))]
        else:
            parts += ["\n", node.text or "", "\n", " ".join(_blanks(node.tail))]
    return "".join(parts)


def _blanks(text: str | None) -> list[str]:
    """The text in pieces that one blank joins, so that a line of the source is none of ours."""
    return re.split(r"\s+", text or "")


def _package(files: Mapping[str, bytes]) -> tuple[str, etree._Element]:
    """The name of the package document, and what it says; KeyError where there is none."""
    for root in _tree(files[_CONTAINER]).iter("{*}rootfile"):
        package = root.get("full-path", "")
        if package in files:
            return package, _tree(files[package])
    raise KeyError("it names no package document")


_Row = tuple[str, str, Slug | None, bool, bool, bool]
"""A passage as a plain row: values of ours would take three times as long to read."""


def _passages(
    room: _Room, files: Sequence[tuple[str, bytes]], cache: Cache | None, hands: Hands
) -> Iterator[Passage]:
    """The words of all files. What was in the last book as the same file of the same film is kept."""
    key = key_of("documents", engine())
    kept = unpack(cache.get(key) or b"") if cache else None
    before: Mapping[bytes, Sequence[_Row]] = kept if isinstance(kept, dict) else {}
    digests = [hashlib.sha256(room.whose(file) + content).digest() for file, content in files]
    whole = dict(zip(digests, files, strict=True))
    new = {digest: file for digest, file in whole.items() if digest not in before}
    read = dict(zip(new, shared_out(room.rows, tuple(new.values()), hands), strict=True))
    now = {digest: read[digest] if digest in read else before[digest] for digest in whole}
    if cache and now.keys() != before.keys():
        cache.put(key, pack(now))
    return (Passage(*row) for digest in digests for row in now[digest])


def _row(passage: Passage) -> _Row:
    each = passage
    return (each.where, each.words, each.film, each.hidden, each.body, each.coded)


@dataclass(frozen=True, slots=True)
class _Room:
    """Whose document is whose, by folder and file name below the package document's folder."""

    root: str
    stems: Mapping[str, Slug]
    mode: str

    def below(self, file: str) -> str:
        return posixpath.relpath(file, self.root or ".")

    def tells(self, file: str) -> bool:
        """Whether a document belongs to the spoiler zone."""
        return self.below(file).startswith("spoilers/")

    def hides(self, file: str) -> bool:
        """Whether only those who ask for spoilers get to a document."""
        return self.tells(file) and self.mode != "omit"

    def film(self, file: str) -> Slug | None:
        folder, _, rest = self.below(file).partition("/")
        stem = posixpath.splitext(rest)[0].partition("_")[0]  # film_2.xhtml is a long film's second part
        return self.stems.get(stem) if folder in {"films", "spoilers"} else None

    def whose(self, file: str) -> bytes:
        """All that a file's passages follow from, but for its content."""
        return f"{file}\0{self.film(file)}\0{self.hides(file)}\0".encode("utf-8", "surrogatepass")

    def rows(self, files: Sequence[tuple[str, bytes]]) -> list[Sequence[_Row]]:
        """The passages of each file as plain rows."""
        return [[_row(each) for each in self.passages(*file)] for file in files]

    def passages(self, file: str, content: bytes) -> Iterator[Passage]:
        """The words of a file: its text whole, what attributes say one by one, names all together."""
        yield Passage(f"the file name {file}", words_of(file), coded=True)
        film, hidden = self.film(file), self.hides(file)
        if _suffix(file) in _NOT_TEXT:
            return
        if _suffix(file) not in _XML:
            text = content.decode("utf-8", "replace")
            if _suffix(file) == ".css":
                # Its own words and remarks are code; what it sets on the page stands in quotation marks.
                for written in _STRING.findall(_REMARK.sub("", text)):
                    yield Passage(file, words_of(written), film, hidden)
                text = _STRING.sub("", text)
            yield Passage(file, words_of(text), film, hidden, coded=_suffix(file) == ".css")
            return
        tree = _tree(content)
        yield Passage(file, lines_of(text_of(tree)), film, hidden, body=_suffix(file) == ".xhtml")
        if hidden:
            return
        coded = []
        for element in tree.iter(etree.Element):
            for key, value in element.attrib.items():
                bare = str(key).rpartition("}")[2]
                if bare in SAID:
                    tag = str(element.tag).rpartition("}")[2]
                    yield Passage(f"the attribute {bare} of <{tag}> in {file}", words_of(str(value)), film)
                else:
                    coded.append(unquote(str(value)))
        yield Passage(f"names and addresses in {file}", words_of("\n".join(coded)), film, coded=True)


def _misplaced(name: str, package: etree._Element, room: _Room) -> Iterator[Finding]:
    """Where the spine does not set spoilers where the mode promises them."""

    def wrong(message: str) -> Finding:
        return finding(
            "F906", Place(name), message, "If the file is of another mode, say so with --spoilers."
        )

    hrefs = {
        item.get("id"): unquote(item.get("href", "")) for item in package.iterfind("{*}manifest/{*}item")
    }
    spine = [
        (posixpath.normpath(posixpath.join(room.root, hrefs.get(item.get("idref"), ""))), item.get("linear"))
        for item in package.iterfind("{*}spine/{*}itemref")
    ]
    linear = [place for place, (_, flow) in enumerate(spine) if flow != "no"]
    for place, (file, flow) in enumerate(spine):
        if not room.tells(file):
            continue
        if room.mode == "omit":
            yield wrong(f"{name} should be without spoilers, and {file} is theirs.")
        elif room.mode == "linked" and flow != "no":
            yield wrong(f"{file} in {name} lies in reading order, and should be reached by a link alone.")
        elif room.mode == "linked" and place < max(linear, default=0):
            yield wrong(f"{file} in {name} stands before pages that are safe to read.")
