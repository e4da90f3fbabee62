"""A bound PDF put right for a printer: boxes, inks, pictures, fonts, and nothing that only screens know.

What cannot be put right is a finding, by page; a printer would refuse the file, or print something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from book.findings import finding
from book.model import Finding, Place
from book.press.boxes import move_places, moved, page_boxes, set_boxes
from book.press.contents import Terms, in_inks
from book.press.inks import Inks, printed
from book.press.pictures import convert_pictures
from book.press.standard import NEITHER_STREAMS_NOR, VERSIONS, declare
from book.press.ticket import Ticket
from book.printers import Bleed

SHOWN_PAGES = 8  # in a finding; the others are counted

_SCREEN_ONLY = (
    "/StructTreeRoot",
    "/MarkInfo",
    "/PageMode",
    "/ViewerPreferences",
    "/Lang",
    "/OpenAction",
    "/AA",
)
"""Entries of the catalog that are for readers of the file, not of the book."""

_OF_A_PAGE = ("/StructParents", "/Tabs", "/AA", "/Group", "/Thumb", "/B", "/PieceInfo", "/LastModified")


def press(pdf: bytes, ticket: Ticket) -> tuple[bytes, tuple[Finding, ...]]:
    """The file as its printer wants it, and what in it could not be put right.

    The same file and ticket give the same bytes. Raises pikepdf.PdfError where `pdf` is none.
    """
    with pikepdf.open(BytesIO(pdf)) as book:
        sheet = _Sheet(book, ticket)
        sheet.strip()
        sheet.append_blanks()
        sheet.put_pages_right()
        sheet.convert_pictures()
        declare(book, ticket)
        return sheet.saved(), sheet.findings()


@dataclass
class _Sheet:
    """A book while it is made ready. `seen` are objects that were put right already, with what they use."""

    book: pikepdf.Pdf
    ticket: Ticket
    inks: Inks = field(init=False)
    page: int = 0
    pictures: dict[tuple[int, int], pikepdf.Stream] = field(default_factory=dict)
    seen: dict[tuple[int, int], Any] = field(default_factory=dict)
    wrong: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # code and words -> pages

    def __post_init__(self) -> None:
        self.inks = self.ticket.inks

    # ----------------------------------------------------------------------------- what is taken out

    def strip(self) -> None:
        """Take out what the printer forbids, and what only a screen has a use for."""
        root: Any = self.book.Root
        forbids = self.ticket.forbids
        entries = list(_SCREEN_ONLY)
        if forbids("outline"):
            entries.append("/Outlines")
        if forbids("annotations"):
            entries.append("/AcroForm")
        if forbids("layers"):
            entries.append("/OCProperties")
        for entry in entries:
            if entry in root:
                del root[entry]
        names = root.get("/Names")
        if names is not None:
            for entry, what in (("/JavaScript", "scripts"), ("/EmbeddedFiles", "attachments")):
                if entry in names and forbids(what):
                    del names[entry]
        if "/AF" in root and forbids("attachments"):
            del root["/AF"]

    def append_blanks(self) -> None:
        """Blank pages at the end."""
        for _ in range(self.ticket.blanks):
            page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary())
            page.MediaBox = pikepdf.Array([0, 0, 1, 1])
            self.book.pages.append(pikepdf.Page(self.book.make_indirect(page)))

    # ---------------------------------------------------------------------------------- page by page

    def put_pages_right(self) -> None:
        """Boxes, colours, and whatever a page uses."""
        ticket = self.ticket
        bleed = ticket.printer.bleed if ticket.bleeds else Bleed()
        moves: dict[tuple[int, int], tuple[float, float]] = {}
        for number, each in enumerate(self.book.pages, start=1):
            page, self.page = each.obj, number
            across, up = set_boxes(page, *page_boxes(ticket.trim_mm, bleed, number))
            if across or up:
                moves[page.objgen] = across, up
            for entry in _OF_A_PAGE:
                if entry in page:
                    del page[entry]
            self._annotations(page, across, up)
            terms = self._resources(page.get("/Resources"))
            content = page.get("/Contents")
            if content is not None:
                page.Contents = self._stream(moved(_joined(content), across, up), terms)
        if moves:
            move_places(self.book, moves)

    def _annotations(self, page: Any, across: float, up: float) -> None:
        """Links and the like: out with them, or moved with the page."""
        if "/Annots" not in page:
            return
        if self.ticket.forbids("annotations"):
            del page["/Annots"]
            return
        for note in page.Annots:
            for entry in ("/StructParent", "/StructParents"):
                if entry in note:
                    del note[entry]
            if across or up:
                x0, y0, x1, y1 = map(float, note.Rect)
                note.Rect = pikepdf.Array(
                    [round(part, 4) for part in (x0 + across, y0 + up, x1 + across, y1 + up)]
                )

    def _stream(self, content: bytes, terms: Terms) -> Any:
        painted = in_inks(content, terms, self.inks)
        for words in painted.left:
            self._report("F721", words)
        # Compressed while saving, which is done outside of Python.
        return self.book.make_stream(painted.content)

    # ------------------------------------------------------------------------------ what a page uses

    def _resources(self, resources: Any) -> Terms:
        """Put right everything that a page or a form uses; what the names in its contents mean."""
        if resources is None:
            return Terms()
        key = resources.objgen
        if resources.is_indirect and key in self.seen:
            terms: Terms
            terms, wrong = self.seen[key]
            for each in wrong:
                self._report(*each)
            return terms
        before = {each: len(pages) for each, pages in self.wrong.items()}
        spaces = {str(name): _kind(space) for name, space in _items(resources.get("/ColorSpace"))}
        terms = Terms(spaces, self._idle(resources.get("/ExtGState")))
        # The contents will no longer name them. The tables may be shared, so that others take their place.
        _keep(
            resources, "/ColorSpace", [name for name, kind in spaces.items() if kind in {"pattern", "other"}]
        )
        states = [str(name) for name, _ in _items(resources.get("/ExtGState"))]
        _keep(resources, "/ExtGState", [name for name in states if name not in terms.idle])
        for _, thing in _items(resources.get("/XObject")):
            self._thing(thing)
        for _, pattern in _items(resources.get("/Pattern")):
            if isinstance(pattern, pikepdf.Stream):
                self._form(pattern)
            elif "/Shading" in pattern:
                self._shading(pattern.Shading)
        for _, shading in _items(resources.get("/Shading")):
            self._shading(shading)
        for _, font in _items(resources.get("/Font")):
            self._font(font)
        if resources.is_indirect:
            self.seen[key] = (
                terms,
                [each for each, pages in self.wrong.items() if len(pages) > before.get(each, 0)],
            )
        return terms

    def _idle(self, states: Any) -> frozenset[str]:
        """The graphic states that change nothing; others are told of where nothing may be seen through."""
        idle = set()
        for name, state in _items(states):
            veiled = [entry for entry in ("/ca", "/CA") if float(state.get(entry, 1)) < 1]
            if str(state.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}:
                veiled.append("/BM")
            if str(state.get("/SMask", "/None")) != "/None":
                veiled.append("/SMask")
            if veiled and self.ticket.forbids("transparency"):
                self._report("F720", "something that can be seen through")
            elif not veiled and not set(state.keys()) - {"/Type", "/ca", "/CA", "/BM", "/SMask", "/AIS"}:
                idle.add(str(name))
        return frozenset(idle)

    def _thing(self, thing: Any) -> None:
        match str(thing.get("/Subtype")):
            case "/Image":
                self.pictures[thing.objgen] = thing
            case "/Form":
                self._form(thing)

    def _form(self, form: Any) -> None:
        """A piece of a page that stands for itself: a drawing, or a pattern."""
        if form.objgen in self.seen:
            return
        self.seen[form.objgen] = None
        terms = self._resources(form.get("/Resources"))
        if "/Group" in form and self.ticket.forbids("transparency"):
            del form["/Group"]
        for entry in ("/StructParents", "/StructParent"):
            if entry in form:
                del form[entry]
        painted = in_inks(form.read_bytes(), terms, self.inks)
        for words in painted.left:
            self._report("F721", words)
        form.write(painted.content)

    def _shading(self, shading: Any) -> None:
        """A gradient between two colours, or several; other kinds are left as they are, and told of."""
        if shading.objgen != (0, 0):
            if shading.objgen in self.seen:
                return
            self.seen[shading.objgen] = None
        kind = _kind(shading.ColorSpace)
        if kind == "grey" or (kind == "rgb" and self.inks.kind == "rgb"):
            return
        function = shading.get("/Function")
        if (
            kind not in {"rgb", "cmyk"}
            or not isinstance(function, pikepdf.Dictionary)
            or not _two_ends(function)
        ):
            self._report("F721", "a gradient of an unusual kind")
            return
        for part in _pieces(function):
            for end in ("/C0", "/C1"):
                default = [0] if end == "/C0" else [1]
                colour = tuple(float(value) for value in part.get(end, default))
                part[end] = pikepdf.Array([round(value, 4) for value in _in_full(colour, self.inks)])
        shading.ColorSpace = pikepdf.Name.DeviceGray if self.inks.kind == "grey" else pikepdf.Name.DeviceCMYK
        if "/Background" in shading:
            del shading["/Background"]

    def _font(self, font: Any) -> None:
        """PDF 1.3 does not know OpenType: of such a face only its outlines are embedded then."""
        if font.objgen in self.seen or self.ticket.printer.file.standard not in NEITHER_STREAMS_NOR:
            return
        self.seen[font.objgen] = None
        for inner in font.get("/DescendantFonts", []):
            descriptor = inner.get("/FontDescriptor")
            file = descriptor.get("/FontFile3") if descriptor is not None else None
            if file is not None and str(file.get("/Subtype")) == "/OpenType":
                with TTFont(BytesIO(file.read_bytes()), lazy=True) as face:
                    file.write(face.reader["CFF "])
                file.Subtype = pikepdf.Name.CIDFontType0C

    # ----------------------------------------------------------------------------------- at the end

    def convert_pictures(self) -> None:
        """Every picture, once."""
        opaque = self.ticket.forbids("transparency")
        for words in convert_pictures(self.pictures.values(), self.inks, opaque=opaque):
            self._report("F722", words)

    def saved(self) -> bytes:
        """The file's bytes; its identifier follows from them."""
        standard = self.ticket.printer.file.standard
        plain = standard in NEITHER_STREAMS_NOR
        mode = pikepdf.ObjectStreamMode
        if "/ID" in self.book.trailer:
            del self.book.trailer["/ID"]  # it was the screen edition's
        out = BytesIO()
        self.book.save(
            out,
            force_version=VERSIONS.get(standard, "1.7"),
            object_stream_mode=mode.disable if plain else mode.generate,
            compress_streams=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
        return out.getvalue()

    def _report(self, code: str, words: str) -> None:
        pages = self.wrong.setdefault((code, words), [])
        if self.page not in pages[-1:]:
            pages.append(self.page)

    def findings(self) -> tuple[Finding, ...]:
        """What could not be put right, each with its pages."""
        name = self.ticket.name
        told = []
        for (code, words), pages in self.wrong.items():
            if code == "F722":
                told.append(
                    finding(code, Place(name), f"A picture of {name} could not be converted, {words}.")
                )
                continue
            shown = ", ".join(map(str, pages[:SHOWN_PAGES]))
            more = f" and {len(pages) - SHOWN_PAGES:,} more" if len(pages) > SHOWN_PAGES else ""
            pages_word = "page" if len(pages) == 1 else "pages"
            told.append(finding(code, Place(name), f"{name} has {words} on {pages_word} {shown}{more}."))
        return tuple(told)


def _keep(resources: Any, entry: str, names: Sequence[str]) -> None:
    """Leave only these of what the resources name under an entry, and not the entry if there are none."""
    table = resources.get(entry)
    if table is not None:
        resources[entry] = pikepdf.Dictionary({name: table[name] for name in names})
        if not names:
            del resources[entry]


def _items(names: Any) -> Iterator[tuple[Any, Any]]:
    return iter([]) if names is None else iter(list(names.items()))


def _joined(content: Any) -> bytes:
    """The contents of a page, which may lie in several streams."""
    if isinstance(content, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in content)
    joined: bytes = content.read_bytes()
    return joined


_KINDS: Mapping[str, str] = {
    "/DeviceGray": "grey", "/CalGray": "grey", "/DeviceRGB": "rgb", "/CalRGB": "rgb", "/DeviceCMYK": "cmyk",
    "/Lab": "lab", "/Pattern": "pattern",
}  # fmt: skip


def _kind(space: Any) -> str:
    """What a colour space is, as `contents` knows it."""
    if isinstance(space, pikepdf.Name):
        return _KINDS.get(str(space), "other")
    if isinstance(space, pikepdf.Array) and len(space):
        head = str(space[0])
        if head == "/ICCBased":
            return {1: "grey", 3: "rgb", 4: "cmyk"}.get(int(space[1].get("/N", 0)), "other")
        return _KINDS.get(head, "other")
    return "other"


def _two_ends(function: Any) -> bool:
    """Whether a function runs from one colour to another, or joins such as do."""
    kind = int(function.get("/FunctionType", -1))
    return kind == 2 or (kind == 3 and all(_two_ends(each) for each in function.Functions))


def _pieces(function: Any) -> Iterator[Any]:
    if int(function.FunctionType) == 2:
        yield function
    else:
        for each in function.Functions:
            yield from _pieces(each)


def _in_full(colour: tuple[float, ...], inks: Inks) -> tuple[float, ...]:
    """The colour with as many parts as its inks have, for both ends of a gradient must have as many."""
    done = printed(colour, inks)
    return (0.0, 0.0, 0.0, 1 - done[0]) if inks.kind == "cmyk" and len(done) == 1 else done
