"""Join painted sheets into one PDF: numbers, links, outline, labels and fonts are filled in here.

Page contents are not touched. A number that moved changes one small font object of each sheet that
prints it; a film that grew changes where its neighbours stand and nothing in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pydyf

from book import __version__
from book.findings import finding
from book.languages import language_direction
from book.model import Bookmark, Finding, GuideInfo, Manifest, Shard
from book.pdf import faces as types
from book.pdf import holes
from book.pdf.assemble import Assembly
from book.pdf.manifest import manifest_of
from book.pdf.metadata import xmp
from book.pdf.paginate import Standing
from book.pdf.sheet import FaceUse, HoleUse, Numbers, Sheet
from book.themes import Face, Figures

KIDS_A_NODE = 64  # name and page trees are cut into nodes that a reader can skip
ROOM = 64
"""A sheet's numbers are as many as a multiple of this, so that one that grows a little moves no other's: what
did not move is the same bytes as before, and is packed, read and proved once."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound book: the file, and the map of its pages."""

    file: bytes
    manifest: Manifest


def page_numbers(sheets: Sequence[Sheet], standings: Sequence[Standing]) -> dict[str, int]:
    """The printed number of every anchor's page."""
    return {
        anchor.name: standing.number + anchor.page
        for sheet, standing in zip(sheets, standings, strict=True)
        for anchor in sheet.anchors
    }


def leading_nowhere(shards: Sequence[Shard], sheets: Sequence[Sheet]) -> tuple[Finding, ...]:
    """Links and page references whose anchor is nowhere in the book; there should be none."""
    anchors = {anchor.name for sheet in sheets for anchor in sheet.anchors}
    return tuple(
        finding("F703", shard.place, f"{shard.part} leads to {target}, which is nowhere in the book")
        for shard, sheet in zip(shards, sheets, strict=True)
        for target in dict.fromkeys((*sheet.targets, *shard.slots))
        if target not in anchors
    )


def bind(
    shards: Sequence[Shard],
    sheets: Sequence[Sheet],
    standings: Sequence[Standing],
    info: GuideInfo,
    faces: Sequence[Face],
    figures: Sequence[Figures],
    *,
    created: datetime | None = None,
    elsewhere: Mapping[str, int] | None = None,
) -> Bound:
    """One PDF of all sheets in order, and its manifest. `created` goes into the metadata when given.

    `elsewhere` are the numbers of pages that are in none of the sheets, by anchor, where these are a part of
    a book only.
    """
    binder = _Binder(sheets, standings, faces, figures, elsewhere or {})
    binder.place_fonts()
    binder.place_pages()
    for sheet, standing in zip(sheets, standings, strict=True):
        binder.place_sheet(sheet, standing)
    root = binder.finish(shards, info)
    file = binder.assembly.file(root, binder.metadata(info, created))
    return Bound(file, manifest_of(shards, sheets, standings, info))


class _Binder:
    """The book while it is being put together; used once."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        standings: Sequence[Standing],
        faces: Sequence[Face],
        figures: Sequence[Figures],
        elsewhere: Mapping[str, int],
    ) -> None:
        self.assembly = Assembly()
        self._sheets, self._standings = sheets, standings
        self._faces, self._figures = faces, {row.family: row for row in figures}
        self._numbers = {**elsewhere, **page_numbers(sheets, standings)}
        self._moves: dict[int, Numbers] = {}  # a sheet's first page -> its object numbers here
        self._document = self.assembly.take()  # the element that holds every sheet's
        self._parts: list[int] = []
        self._leaves: list[tuple[int, int, int]] = []  # first key, count and number of a parent tree's leaf
        self._key = 0
        self._pages: list[int] = []  # every page's object number, in order
        self._own: set[tuple[int, int]] = set()  # a sheet's first page, and a font object of its alone
        self._fonts: dict[types.FaceKey, int] = {}
        self._figure_keys: dict[str, types.FaceKey] = {}  # by the figures' family
        self._descriptors: dict[types.FaceKey, tuple[int, types.Fitted]] = {}

    # ------------------------------------------------------------------------------------ pages

    def place_pages(self) -> None:
        """Number the objects of every sheet and hang its pages, and blank ones, into one tree."""
        take, nodes, self._root = self.assembly.take, [], self.assembly.take()
        size = self._sheets[0].boxes
        for sheet, standing in zip(self._sheets, self._standings, strict=True):
            first = take(_roomy(sheet.size + standing.blanks))
            for blank in range(first + sheet.size, first + sheet.size + standing.blanks):
                nodes.append((blank, 1, b"<</Type /Page/Parent %d 0 R" + size + b"/Resources <<>>>>"))
                self._pages.append(blank)
            moves = np.arange(sheet.size + 1, dtype=np.int32) + (first - 1)
            for use in sheet.faces:
                if (standing.first, use.number) not in self._own:
                    moves[use.number] = self._fonts[types.key_of(use)]
            moves[sheet.structure.above] = self._document
            self._moves[standing.first] = moves
            self._pages += moves[list(sheet.pages)].tolist()
            kids = b" ".join(b"%d 0 R" % moves[page] for page in sheet.pages)
            body = b"<</Type /Pages/Parent %%d 0 R/Kids [%s]/Count %d>>" % (kids, len(sheet.pages))
            nodes.append((moves[sheet.pages_root], len(sheet.pages), body))
        groups = [nodes[start : start + KIDS_A_NODE] for start in range(0, len(nodes), KIDS_A_NODE)]
        uppers = []
        for group in groups:
            upper = take()
            uppers.append((upper, sum(count for _, count, _ in group)))
            for number, _, body in group:
                self.assembly.put(number, body % upper)
            kids = b" ".join(b"%d 0 R" % number for number, _, _ in group)
            self.assembly.put(
                upper,
                b"<</Type /Pages/Parent %d 0 R/Kids [%s]/Count %d>>" % (self._root, kids, uppers[-1][1]),
            )
        kids = b" ".join(b"%d 0 R" % upper for upper, _ in uppers)
        self.assembly.put(
            self._root, b"<</Type /Pages/Kids [%s]/Count %d>>" % (kids, sum(count for _, count in uppers))
        )

    def place_sheet(self, sheet: Sheet, standing: Standing) -> None:
        """Copy a sheet's objects, their references renumbered, and supply its font objects."""
        moves = self._moves[standing.first]
        self.assembly.put_block(sheet.block, moves, self._key)
        for number, part in sheet.streams:
            self.assembly.put(int(moves[number]), part.moved(moves.__getitem__), part.stream)
        self._parts.append(int(moves[sheet.structure.part]))
        self._leaves.append((self._key, sheet.structure.keys, int(moves[sheet.structure.leaf])))
        self._key += _roomy(sheet.structure.keys)
        for use in sheet.faces:
            if (standing.first, use.number) in self._own:
                self._put_font(int(moves[use.number]), use)
        filled = holes.filling(sheet.runs, self._numbers, standing.number)
        for hole in sheet.holes:
            self._put_holes(int(moves[hole.number]), hole, filled)

    # ------------------------------------------------------------------------------------ fonts

    def place_fonts(self) -> None:
        """Embed every face that the book uses, once."""
        gathered = types.gather(use for sheet in self._sheets for use in sheet.faces)
        self._own = {
            (standing.first, use.number)
            for sheet, standing in zip(self._sheets, self._standings, strict=True)
            for use in sheet.faces
            if not gathered[types.key_of(use)].serves(use)
        }
        for family in dict.fromkeys(use.family for sheet in self._sheets for use in sheet.holes):
            types.add_digits(gathered, self._figures[family])
            self._figure_keys[family] = types.figures_key(self._figures[family])
        files = types.files_by_hash(self._faces)
        for key, face in gathered.items():
            fitted = types.fit(files[key[0]], key, face)
            descriptor = self._descriptor(fitted)
            self._descriptors[key] = (descriptor, fitted)
            text = self.assembly.add_stream(types.to_unicode(face.glyphs))
            self._fonts[key] = self._font(
                self.assembly.take(), key, b"/W " + types.widths_array(face.widths), text, b"/Identity"
            )

    def _descriptor(self, fitted: types.Fitted) -> int:
        packed = types.packed(fitted.file)
        kind = b"/Subtype /OpenType" if fitted.opentype else b"/Length1 %d" % len(fitted.file)
        file = self.assembly.add(b"<</Filter /FlateDecode%s/Length %d>>" % (kind, len(packed)), packed)
        entries = pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{fitted.name}",
                **fitted.descriptor,
                "FontFile3" if fitted.opentype else "FontFile2": f"{file} 0 R",
            }
        )
        return self.assembly.add(entries.data)

    def _font(self, number: int, key: types.FaceKey, widths: bytes, text: int, glyph_map: bytes) -> int:
        descriptor, fitted = self._descriptors[key]
        name, kind = fitted.name.encode("ascii"), b"0" if fitted.opentype else b"2"
        inner = self.assembly.add(
            b"<</Type /Font/Subtype /CIDFontType%s/BaseFont /%s"
            b"/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>%s"
            b"%s/FontDescriptor %d 0 R>>"
            % (kind, name, b"" if fitted.opentype else b"/CIDToGIDMap " + glyph_map, widths, descriptor)
        )
        return self.assembly.put(
            number,
            b"<</Type /Font/Subtype /Type0/BaseFont /%s/Encoding /Identity-H"
            b"/DescendantFonts [%d 0 R]/ToUnicode %d 0 R>>" % (name, inner, text),
        )

    def _put_font(self, number: int, use: FaceUse) -> None:
        """A font object of the sheet's own, for one whose codes say what no other sheet's do."""
        key = types.key_of(use)
        said = {code: drawn.text for code, drawn in use.drawn.items()}
        text = self.assembly.add_stream(types.to_unicode({**use.glyphs, **use.missing, **said}))
        table = self.assembly.add_stream(types.glyph_map(use, self._descriptors[key][1].made))
        widths = b"/W " + types.widths_array(use.widths)
        self._font(number, key, widths, text, b"%d 0 R" % table)

    def _put_holes(self, number: int, use: HoleUse, filled: Mapping[int, int]) -> None:
        figures = self._figures[use.family]
        digits = holes.digits_of(figures)
        key = self._figure_keys[use.family]
        shown = {hole: str(filled[hole]) if hole in filled else " " for hole in use.glyphs}
        text = self.assembly.add_stream(types.to_unicode(shown))
        table = self.assembly.add_stream(types.hole_map(filled, use.glyphs, digits, types.blank_of(figures)))
        self._font(number, key, b"/DW %d" % use.width, text, b"%d 0 R" % table)

    # ----------------------------------------------------------------------------- around the pages

    def finish(self, shards: Sequence[Shard], info: GuideInfo) -> int:
        """The catalog, with named destinations, outline and page labels; its object number."""
        entries = pydyf.Dictionary(
            {
                "Type": "/Catalog",
                "Pages": f"{self._root} 0 R",
                "Names": pydyf.Dictionary({"Dests": f"{self._destinations()} 0 R"}),
                "PageLabels": self._labels(shards),
                "Lang": pydyf.String(info.language),
                "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
                "StructTreeRoot": f"{self._structure()} 0 R",
                "Metadata": f"{self._xmp(info)} 0 R",
                "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true", **_progression(info)}),
                "PageMode": "/UseOutlines",
            }
        )
        outline = self._outline()
        if outline:
            entries["Outlines"] = f"{outline} 0 R"
        return self.assembly.add(entries.data)

    def metadata(self, info: GuideInfo, created: datetime | None) -> int:
        """The information dictionary's object number."""
        entries = {
            "Title": info.title,
            "Author": ", ".join(info.authors),
            "Subject": info.description,
            "Keywords": ", ".join((*info.subjects, *info.keywords)),
            "Creator": f"filmguide {__version__}",
            "Producer": f"filmguide {__version__}",
            "CreationDate": created.strftime("D:%Y%m%d%H%M%SZ") if created else "",
        }
        strings = {key: pydyf.String(value) for key, value in entries.items() if value}
        return self.assembly.add(pydyf.Dictionary(strings).data)

    def _destinations(self) -> int:
        """The name tree of every anchor, sorted by the bytes of its name."""
        places: dict[bytes, bytes] = {}
        for sheet, standing in zip(self._sheets, self._standings, strict=True):
            for anchor in sheet.anchors:
                page = self._pages[standing.first + anchor.page]
                place = b"[%d 0 R /XYZ %.2f %.2f 0]" % (page, anchor.x, anchor.y)
                places.setdefault(_name(anchor.name), place)
        names = sorted(places)
        kids = []
        for start in range(0, len(names), KIDS_A_NODE):
            group = names[start : start + KIDS_A_NODE]
            pairs = b" ".join(b"<%s> %s" % (name.hex().encode(), places[name]) for name in group)
            limits = b"<%s> <%s>" % (group[0].hex().encode(), group[-1].hex().encode())
            kids.append(self.assembly.add(b"<</Limits [%s]/Names [%s]>>" % (limits, pairs)))
        return self.assembly.add(b"<</Kids [%s]>>" % b" ".join(b"%d 0 R" % kid for kid in kids))

    def _structure(self) -> int:
        """The root of the structure tree, which holds the sheets' parts one after the other."""
        root = self.assembly.take()
        kids = b" ".join(b"%d 0 R" % part for part in self._parts)
        self.assembly.put(self._document, b"<</Type /StructElem/S /Document/P %d 0 R/K [%s]>>" % (root, kids))
        nodes = []
        for start in range(0, len(self._leaves), KIDS_A_NODE):
            group = [leaf for leaf in self._leaves[start : start + KIDS_A_NODE] if leaf[1]]
            if group:
                last = group[-1][0] + group[-1][1] - 1
                below = b" ".join(b"%d 0 R" % number for _, _, number in group)
                nodes.append(self.assembly.add(b"<</Limits [%d %d]/Kids [%s]>>" % (group[0][0], last, below)))
        parents = self.assembly.add(b"<</Kids [%s]>>" % b" ".join(b"%d 0 R" % node for node in nodes))
        entries = (parents, self._key, self._document)
        return self.assembly.put(
            root,
            b"<</Type /StructTreeRoot/ParentTree %d 0 R/ParentTreeNextKey %d/K [%d 0 R]>>" % entries,
        )

    def _xmp(self, info: GuideInfo) -> int:
        """What the file says of itself to machines, PDF/UA-1 (ISO 14289-1) among it."""
        packet = xmp(info).encode()
        return self.assembly.add(b"<</Type /Metadata/Subtype /XML/Length %d>>" % len(packet), packet)

    def _labels(self, shards: Sequence[Shard]) -> pydyf.Dictionary:
        numbers, last = pydyf.Array(), ""
        for shard, standing in zip(shards, self._standings, strict=True):
            if shard.numbering != last:
                last = shard.numbering
                style = "/r" if last == "roman" else "/D"
                numbers += [standing.first, pydyf.Dictionary({"S": style})]
        return pydyf.Dictionary({"Nums": numbers})

    def _outline(self) -> int:
        marks = [
            (standing.first + mark.page, mark)
            for sheet, standing in zip(self._sheets, self._standings, strict=True)
            for mark in sheet.bookmarks
        ]
        if not marks:
            return 0
        root = self.assembly.take()
        first, last, shown = self._outline_level(marks, root)
        return self.assembly.put(
            root, b"<</Type /Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, shown)
        )

    def _outline_level(self, marks: Sequence[tuple[int, Bookmark]], parent: int) -> tuple[int, int, int]:
        """Write marks and what lies below them: first and last object, and how many lines are open.

        A mark takes in all that follow it with a deeper level.
        """
        starts = [
            index
            for index, (_, mark) in enumerate(marks)
            if mark.level <= min(other.level for _, other in marks[: index + 1])
        ]
        numbers = [self.assembly.take() for _ in starts]
        shown = len(starts)
        for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(marks)], strict=True)):
            page, mark = marks[start]
            entries: dict[str, object] = {
                "Title": pydyf.String(mark.label),
                "Parent": f"{parent} 0 R",
                "Dest": f"[{self._pages[page]} 0 R /XYZ {mark.x:.2f} {mark.y:.2f} 0]",
            }
            if place:
                entries["Prev"] = f"{numbers[place - 1]} 0 R"
            if place + 1 < len(numbers):
                entries["Next"] = f"{numbers[place + 1]} 0 R"
            if end > start + 1:
                first, last, below = self._outline_level(marks[start + 1 : end], numbers[place])
                shown += below if mark.open else 0
                entries |= {"First": f"{first} 0 R", "Last": f"{last} 0 R"}
                entries["Count"] = below if mark.open else -below
            self.assembly.put(numbers[place], pydyf.Dictionary(entries).data)
        return numbers[0], numbers[-1], shown


def _progression(info: GuideInfo) -> Mapping[str, str]:
    """What tells a reader of the file to set the pages of a spread from right to left, if they want that."""
    return {"Direction": "/R2L"} if language_direction(info.language) == "rtl" else {}


def _roomy(count: int) -> int:
    return -(-count // ROOM) * ROOM


def _name(anchor: str) -> bytes:
    """An anchor's name as links spell it, so that both sides are the same bytes."""
    try:
        return anchor.encode("ascii")
    except UnicodeEncodeError:
        return b"\xfe\xff" + anchor.encode("utf-16-be")
