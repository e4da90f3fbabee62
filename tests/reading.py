"""An e-book read in a real reading program, in a browser without a window; readers/reading.mjs does it.

    read = read_in("foliate", book, away, shots=SHOTS)
    read.passed                      # the files that came up while somebody only turned pages

The reading programs tell what happened; what to make of it is the tests' to say.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from checkers import in_browser
from lxml import etree

PROGRAMS = ("foliate", "epubjs")

DAY = {"paper": "#ffffff", "ink": "#000000", "link": "#0000ee"}
NIGHT = {"paper": "#121212", "ink": "#e6e6e6", "link": "#9ec5ff"}
LOOKS = {
    f"{name}-{size}": {**colours, "size": size}
    for name, colours in {"day": DAY, "night": NIGHT}.items()
    for size in (75, 100, 200)
}
MEASURED = {"foliate": ("day-100", "day-200", "night-75"), "epubjs": ("night-100", "night-200", "day-75")}
"""Between them the programs show every look, each three: a page costs a tenth of a second in each."""

PHONE = (360, 640)
"""The narrowest window that people read in: what fits here fits everywhere."""

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass(frozen=True)
class Link:
    """A link as it stands: the `nth` of its file, counted from 0. `kind` tells like links from unlike."""

    file: str
    nth: int
    to: str
    kind: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """An EPUB opened by its own rules and not by ours. Files are named from the archive's root."""

    path: Path

    @cached_property
    def rooms(self) -> Mapping[str, bytes]:
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def package(self) -> str:
        container = etree.fromstring(self.rooms["META-INF/container.xml"])
        return str(container.find(f".//{CONTAINER}rootfile").get("full-path"))

    @cached_property
    def spine(self) -> list[tuple[str, bool]]:
        """Every file of the spine, and whether turning pages leads there."""
        root = etree.fromstring(self.rooms[self.package])
        home = posixpath.dirname(self.package)
        files = {item.get("id"): posixpath.join(home, item.get("href")) for item in root.iter(f"{OPF}item")}
        return [(files[each.get("idref")], each.get("linear") != "no") for each in root.iter(f"{OPF}itemref")]

    def document(self, file: str) -> etree._Element:
        return etree.fromstring(self.rooms[file])

    def links(self) -> Iterator[Link]:
        """The links within the book that can be seen and clicked."""
        for file in dict(self.spine):
            anchors = [each for each in self.document(file).iter() if _is_link(each)]
            for nth, anchor in enumerate(anchors):
                href = anchor.get("href")
                hidden = any(above.get("hidden") is not None for above in anchor.iterancestors())
                if hidden or ":" in href:
                    continue
                path, _, fragment = href.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
                kind = (_room(file), *_surroundings(anchor), "here" if target == file else _room(target))
                yield Link(
                    file, nth, f"{target}#{fragment}" if fragment else target, (*kind, str(bool(fragment)))
                )

    def one_of_each_kind(self) -> list[Link]:
        """The first and the last link of every kind that the book has."""
        first: dict[tuple[str, ...], Link] = {}
        last: dict[tuple[str, ...], Link] = {}
        for link in self.links():
            first.setdefault(link.kind, link)
            last[link.kind] = link
        return list(dict.fromkeys((*first.values(), *last.values())))

    def pages_out_of_order(self) -> list[str]:
        """The labels of printed pages that are listed after a later one, or that are not in the book."""
        (contents,) = (
            posixpath.join(posixpath.dirname(self.package), item.get("href"))
            for item in etree.fromstring(self.rooms[self.package]).iter(f"{OPF}item")
            if "nav" in (item.get("properties") or "").split()
        )
        files = [file for file, _ in self.spine]
        places = {
            (file, element.get("id")): (files.index(file), nth)
            for file in files
            for nth, element in enumerate(self.document(file).iter())
            if element.get("id")
        }
        out_of_order, last = [], (-1, -1)
        for nav in self.document(contents).iter(f"{XHTML}nav"):
            links = nav.iter(f"{XHTML}a") if nav.get(TYPE) == "page-list" else ()
            for link in links:
                path, _, fragment = link.get("href").partition("#")
                file = posixpath.normpath(posixpath.join(posixpath.dirname(contents), path))
                place = places.get((file, fragment), (-1, -1))
                if place <= last:
                    out_of_order.append(plain("".join(link.itertext())))
                last = max(last, place)
        return out_of_order

    def paragraphs(self, room: str) -> set[str]:
        """A folder's paragraphs that are long enough to be nobody else's; mere links are left out."""
        return {
            text
            for file in self.rooms
            if _room(file) == room and file.endswith(".xhtml")
            for block in self.document(file).iter(f"{XHTML}p", f"{XHTML}li", f"{XHTML}dd")
            if len(text := plain("".join(block.itertext()))) >= 40
            and [plain("".join(link.itertext())) for link in block.iter(f"{XHTML}a")] != [text]
        }


def _is_link(element: etree._Element) -> bool:
    # A drawing's links count as well, as they do for a[href] in the browser.
    return isinstance(element.tag, str) and etree.QName(element).localname == "a" and "href" in element.attrib


def _room(file: str) -> str:
    return posixpath.basename(posixpath.dirname(file))


def _surroundings(anchor: etree._Element) -> tuple[str, ...]:
    own = [anchor, *anchor.iterancestors(f"{XHTML}section", f"{XHTML}nav", f"{XHTML}p", f"{XHTML}figure")]
    return tuple(" ".join(filter(None, (each.get("class"), each.get("role")))) for each in own[:3])


def plain(text: str) -> str:
    """Words as they are compared: one space between them."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Shot:
    """A picture to be taken of a page."""

    name: str
    href: str
    look: str
    window: tuple[int, int] = PHONE


@dataclass(frozen=True)
class Read:
    """What came of it: `told` is what reading.mjs printed."""

    publication: Publication
    program: str
    told: Mapping[str, Any] = field(repr=False)

    @property
    def passed(self) -> list[str]:
        """The files that came up while pages were turned, in that order."""
        return [each["href"] for each in self.told["passed"]]

    def seen_amiss(self, what: str) -> list[str]:
        """Every sentence on `overflow`, on what is too `faint`, or on `broken` pictures, in any look."""
        return [
            f"{look} {file}: {sentence}"
            for look, files in self.told["measured"].items()
            for file, measured in files.items()
            for sentence in measured[what]
        ]


def read_in(program: str, book: Path, away: Path, shots: Sequence[Shot] = ()) -> Read:
    """Open a book in a program, read it, follow its links, measure every file; pictures go to `away`."""
    publication = Publication(book)
    away.mkdir(parents=True, exist_ok=True)
    wanted = {
        "book": str(book),
        "reader": program,
        "looks": LOOKS,
        "window": PHONE,
        "read": "day-100",
        "measure": MEASURED[program],
        "documents": [file for file, _ in publication.spine],
        "links": [(link.file, link.nth, link.to) for link in publication.one_of_each_kind()],
        "every_page": 10,
        "shots": [
            {
                "file": str(away / f"{shot.name}.png"),
                "href": shot.href,
                "look": shot.look,
                "window": shot.window,
            }
            for shot in shots
        ],
    }
    told = in_browser("reading.mjs", wanted, away, timeout_s=1800)
    return Read(publication, program, told)
