"""A finished site's words with the places where they stand, read from its files as a browser reads them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree, html

from book.findings import finding
from book.model import Finding, Place, Slug
from book.sentences import Passage, lines_of, words_of
from book.verify_epub import SAID, text_of

_NOT_TEXT = {".jpg", ".jpeg", ".png", ".ttf", ".otf", ".woff", ".woff2"}
_CODE = {".css", ".js", ".txt"}  # a licence is no code, but a single word of it proves as little
_SPOILERS = "spoilers/"


def open_site(
    name: str, files: Mapping[str, bytes], stems: Mapping[str, Slug], mode: str
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """All the words of a site, and what is wrong with it apart from them; none where it cannot be read.

    `stems` are the films by the file names, without suffix, of their pages.
    """
    site = _Site(files, stems, mode)
    if "index.html" not in files:
        said = f"{name} has no index.html, and so is no site."
        return (), (finding("F901", Place(name), said, "Name the folder that index.html is in."),)
    try:
        trees = {file: _tree(content) for file, content in files.items() if _suffix(file) == ".html"}
        passages = [passage for file in files for passage in site.passages(file, trees.get(file))]
    except (etree.ParserError, etree.XMLSyntaxError, UnicodeDecodeError, ValueError) as error:
        said = f"{name} cannot be read as a site: {error}"
        return (), (finding("F901", Place(name), said, "Build it anew."),)
    misplaced = (sentence for file, tree in trees.items() for sentence in site.misplaced(file, tree))
    hint = "Build it anew; a theme's own templates/web/ may be to blame."
    return tuple(passages), tuple(finding("F906", Place(name), said, hint) for said in misplaced)


def _suffix(file: str) -> str:
    return posixpath.splitext(file)[1].lower()


def _tree(content: bytes) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    return html.document_fromstring(content, parser=parser)


@dataclass(frozen=True, slots=True)
class _Site:
    """Whose page is whose, by folder and file name."""

    files: Mapping[str, bytes]
    stems: Mapping[str, Slug]
    mode: str

    def film(self, file: str) -> Slug | None:
        folder, _, rest = file.partition("/")
        return self.stems.get(posixpath.splitext(rest)[0]) if folder in {"films", "spoilers"} else None

    def passages(self, file: str, tree: html.HtmlElement | None) -> Iterator[Passage]:
        """The words of a file: its text whole, what attributes say one by one, names all together."""
        yield Passage(f"the file name {file}", words_of(file), coded=True)
        film, hidden = self.film(file), file.startswith(_SPOILERS) and self.mode != "omit"
        if tree is None:
            if _suffix(file) not in _NOT_TEXT:
                text = self.files[file].decode("utf-8")
                # A script tells the search of every film: its strings are words that a reader may meet.
                yield Passage(file, lines_of(text), film, coded=_suffix(file) in _CODE)
                if _suffix(file) == ".js":
                    yield from self._told_by(file, text)
            return
        yield Passage(file, lines_of(text_of(tree)), film, hidden, body=True)
        if hidden:
            return
        for script in tree.iter("script"):
            for told in _strings(
                script.text_content() if script.get("type") == "application/ld+json" else ""
            ):
                yield Passage(f"what {file} tells search engines", words_of(told), film)
        coded = []
        for element in tree.iter(etree.Element):
            for key, value in element.attrib.items():
                if str(key) in SAID:
                    yield Passage(f"the attribute {key} of <{element.tag}> in {file}", words_of(value), film)
                else:
                    coded.append(unquote(str(value)))
        yield Passage(f"names and addresses in {file}", words_of("\n".join(coded)), film, coded=True)

    def _told_by(self, file: str, text: str) -> Iterator[Passage]:
        """What a script says of each film, a line for each."""
        for line in text.splitlines():
            told = line.strip().rstrip(",")
            if told.startswith("[") and told.endswith("]") and len(told) > 2:
                row = json.loads(told)
                film = self.film(str(row[0]))
                for each in row[1:]:
                    yield Passage(f"what {file} says of {row[0]}", words_of(str(each)), film)

    def misplaced(self, file: str, tree: html.HtmlElement) -> Iterator[str]:
        """Where spoilers do not stand apart: where there should be none, found by engines, led to."""
        own = file.startswith(_SPOILERS)
        if own and self.mode == "omit":
            yield f"the site should be without spoilers, and {file} is theirs."
        if own and not any(
            "noindex" in (meta.get("content") or "")
            for meta in tree.iter("meta")
            if meta.get("name") == "robots"
        ):
            yield f"{file} does not ask search engines to leave it out."
        home = posixpath.dirname(file)
        for link in tree.iter("a"):
            path = unquote((link.get("href") or "").partition("#")[0])
            if "://" in path or not path:
                continue
            target = posixpath.normpath(posixpath.join(home, path))
            if not target.startswith(_SPOILERS) or target == file:
                continue
            if self.film(file) is None or self.film(file) != self.film(target):
                yield f"{file} leads to {target}, where only the warning below its own film may lead."


def _strings(text: str) -> Iterator[str]:
    """Every string of a piece of JSON."""
    waiting: list[object] = [json.loads(text)] if text.strip() else []
    while waiting:
        match waiting.pop():
            case str() as told:
                yield told
            case list() as several:
                waiting.extend(several)
            case dict() as named:
                waiting.extend(named.values())
