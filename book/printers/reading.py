"""Profiles as they are written: ours, a guide's own in printers/, and [printer.NAME] in guide.toml.

Each layer is read over the one below it, so that a layer says only what it changes, and a mistake in it is
shown at its own line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from book.choices import PROFILES, printer_names
from book.desk import brief
from book.guide_file import Table, quoted, read_toml
from book.model import BookError, Finding, UsageError
from book.printers.lengths import length_mm, size_mm
from book.printers.profile import (
    EDGES,
    FORBIDDEN,
    INKS,
    STANDARDS,
    Barcode,
    Binding,
    Bleed,
    FileRule,
    Gutter,
    Margins,
    PageLimit,
    PageRule,
    Paper,
    Printer,
    Source,
    SpineRule,
    SpineStep,
    TrimRange,
    Trust,
    WrapRule,
)

DEFAULT = "kdp-paperback"
"""The printer of a guide that names none."""


@dataclass(frozen=True, slots=True)
class PrinterTables:
    """The `[printer.NAME]` tables of guide.toml as they were typed, read when their printer is asked for."""

    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


def read_printer_tables(printers: Table) -> PrinterTables:
    """What guide.toml changes of printers; each name is looked at when it is asked for."""
    values = {}
    for name in printers.own_keys():
        printers.knows(name)
        value = printers.values.get(name)
        if isinstance(value, dict):
            values[name] = value
        else:
            message = f"printer.{name} is {quoted(value)}, and wants a table."
            printers.say("F502", name, message, f"Write [printer.{name}]")
    return PrinterTables(values, printers.lines)


def find_printer(
    name: str, root: Path, tables: PrinterTables | None = None
) -> tuple[Printer, tuple[Finding, ...]]:
    """The printer of that name for the guide at `root`, changed by its table in guide.toml.

    UsageError where there is none of that name; what cannot be read is a finding, and the figure below stays.
    """
    findings: list[Finding] = []
    printer = Printer(name)
    for table in reversed(_layers(name, root, findings)):
        printer = read_over(printer, table)
    if tables and name in tables.values:
        own = Table(tables.values[name], f"printer.{name}", tables.lines, findings)
        printer = read_over(printer, own)
    return replace(printer, name=name), tuple(findings)


def _layers(name: str, root: Path, findings: list[Finding]) -> list[Table]:
    """The file of that name and those that it extends, itself first."""
    layers: list[Table] = []
    seen: list[Path] = []
    wanted = name
    while wanted:
        # A guide's own file may have the name of ours and extend it.
        path = next((each for each in _paths(wanted, root) if each not in seen), None)
        if path is None:
            raise _unknown(wanted, name, root, seen)
        seen.append(path)
        own = path.parent != PROFILES
        file = f"printers/{path.name}"
        try:
            table = read_toml(path.read_text(encoding="utf-8-sig"), file, findings)
        except (OSError, UnicodeDecodeError) as error:
            raise BookError(
                f"{file} cannot be read as a text in UTF-8.", "Save it as plain text in UTF-8."
            ) from error
        if table is None:
            if not own:
                raise BookError(f"The printer {wanted} of filmguide is damaged.", "Install filmguide anew.")
            break
        layers.append(table)
        wanted = table.text("extends")
    return layers


def _paths(name: str, root: Path) -> list[Path]:
    if "/" in name or "\\" in name or len(name) > 100 or name.startswith("."):
        return []
    return [
        path for path in (root / "printers" / f"{name}.toml", PROFILES / f"{name}.toml") if path.is_file()
    ]


def _unknown(wanted: str, name: str, root: Path, seen: Sequence[Path]) -> UsageError:
    if seen and wanted in {path.stem for path in seen}:
        return UsageError(f"The printer {name} extends itself.", f"Mend extends in printers/{name}.toml.")
    known = printer_names(root)
    near = get_close_matches(wanted, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return UsageError(f"There is no printer called {brief(wanted)}.", hint)


# ------------------------------------------------------------------------------------- one layer


def read_over(below: Printer, table: Table) -> Printer:
    """The printer below with everything that the table says of it."""
    table.knows("extends")
    sources = dict(below.sources) | _sources(table.table("sources"))
    source_of = dict(below.source_of)

    def part(key: str) -> Table:
        """A table of the profile; where its figures come from is noted."""
        found = table.table(key)
        named = found.text("source")
        if named and named not in sources:
            found.say_unknown_word("source", named, sources)
        if named or found.values:
            source_of[key] = named
        return found

    trims, margins, bleed, pages = part("trims"), part("margins"), part("bleed"), part("pages")
    spine, wrap, barcode, file = part("spine"), part("wrap"), part("barcode"), part("file")
    printer = Printer(
        name=below.name,
        title=table.text("title", below.title),
        binding=Binding(table.word("binding", [each.value for each in Binding], below.binding.value)),
        trims=_trims(trims, below.trims),
        custom=_custom(trims, below.custom),
        papers=_papers(table, below.papers, sources),
        margins=Margins(
            outside_mm=_length(margins, "outside", below.margins.outside_mm),
            bleed_outside_mm=_length(margins, "outside_with_bleed", below.margins.bleed_outside_mm),
            gutters=_gutters(margins, below.margins.gutters),
            slack_mm=_length(margins, "slack", below.margins.slack_mm),
        ),
        bleed=Bleed(
            width_mm=_length(bleed, "width", below.bleed.width_mm),
            edges=_words(bleed, "edges", EDGES, below.bleed.edges),
        ),
        pages=PageRule(
            multiple=pages.number("multiple", below.pages.multiple, range(1, 65)),
            last_blank=pages.flag("last_blank", below.pages.last_blank),
            most_blank=pages.number("most_blank_in_a_row", below.pages.most_blank, range(100)),
        ),
        spine=SpineRule(
            extra_mm=_length(spine, "extra", below.spine.extra_mm),
            steps=_steps(spine, below.spine.steps),
            text_from=spine.number("text_from_pages", below.spine.text_from, range(10_000)),
            clear_mm=_length(spine, "clear", below.spine.clear_mm),
        ),
        wrap=WrapRule(
            edge_mm=_length(wrap, "edge", below.wrap.edge_mm),
            board_wider_mm=_length(wrap, "board_wider", below.wrap.board_wider_mm),
            board_taller_mm=_length(wrap, "board_taller", below.wrap.board_taller_mm),
            hinge_mm=_length(wrap, "hinge", below.wrap.hinge_mm),
            flap_mm=_length(wrap, "flap", below.wrap.flap_mm),
            fold_mm=_length(wrap, "fold", below.wrap.fold_mm),
            safety_mm=_length(wrap, "safety", below.wrap.safety_mm),
        ),
        barcode=_barcode(barcode, below.barcode),
        file=_file(file, below.file),
        sources=sources,
        source_of=source_of,
    )
    for each in (trims, margins, bleed, pages, spine, wrap, barcode, file, table):
        each.close()
    return printer


def _sources(table: Table) -> dict[str, Source]:
    sources = {}
    for name in table.own_keys():
        row = table.table(name)
        trust = row.word("trust", [each.value for each in Trust], Trust.OWN.value)
        sources[name] = Source(row.text("what"), row.text("seen"), Trust(trust))
        row.close()
    return sources


def _trims(table: Table, below: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    if "sizes" not in table.values:
        table.knows("sizes")
        return below
    return tuple(size for text in table.texts("sizes") if (size := _size(table, "sizes", text)))


def _custom(table: Table, below: TrimRange | None) -> TrimRange | None:
    ends = table.texts("custom")
    if "custom" in table.values and not ends:
        return None
    sizes = [size for text in ends if (size := _size(table, "custom", text))]
    if len(sizes) == 2:
        return TrimRange(sizes[0], sizes[1])
    if ends and len(ends) == len(sizes):
        table.say("F502", "custom", "custom has not two sizes.", 'Write custom = ["4x6in", "8.5x11.69in"]')
    return below


def _papers(table: Table, below: tuple[Paper, ...], sources: Mapping[str, Source]) -> tuple[Paper, ...]:
    """The papers below, each as the table changes it, without those that are gone and with new ones."""
    papers = {(paper.name, paper.ink): paper for paper in below}
    for row in table.tables("paper"):
        name, ink = row.text("name"), row.word("ink", INKS, INKS[0])
        old = papers.get((name, ink), Paper(name, ink, 0.0, ()))
        source = row.text("source", old.source)
        if source and source not in sources:
            row.say_unknown_word("source", source, sources)
        page_mm = _length(row, "page", old.page_mm)
        if row.flag("gone", False):
            papers.pop((name, ink), None)
        elif not name:
            row.say("F502", "", "A paper has no name.", 'Write name = "cream" under [[paper]]')
        elif not page_mm:
            row.say("F502", "", f"The paper {name} has no thickness.", 'Write page = "0.0025in"')
        else:
            papers[name, ink] = Paper(name, ink, page_mm, _limits(row, old.limits), source)
        row.close()
    return tuple(papers.values())


def _limits(row: Table, below: tuple[PageLimit, ...]) -> tuple[PageLimit, ...]:
    """Limits of a paper: `pages = [24, 828]`, and rows of `[[paper.less]]` for some trims."""
    of_all = tuple(limit for limit in below if not limit.trims)
    some = tuple(limit for limit in below if limit.trims)
    pages = _range(row, "pages")
    rows = row.tables("less")
    some = () if "less" in row.values else some
    for each in rows:
        trims = tuple(size for text in each.texts("trims") if (size := _size(each, "trims", text)))
        least, most = _range(each, "pages") or (0, 0)
        some += (PageLimit(least, most, trims),)
        each.close()
    return (*some, *((PageLimit(*pages),) if pages else of_all))


def _range(table: Table, key: str) -> tuple[int, int] | None:
    value = table.values.get(key)
    table.knows(key)
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value):
        return value[0], value[1]
    table.say(
        "F502",
        key,
        f"{key} is {quoted(value)}, and wants the least and the most.",
        f"Write {key} = [24, 828]",
    )
    return None


def _gutters(table: Table, below: tuple[Gutter, ...]) -> tuple[Gutter, ...]:
    """`inside`, a table from a count of pages to the least margin of a book of that many or more."""
    return tuple(Gutter(pages, width) for pages, width in _by_pages(table, "inside")) or below


def _steps(table: Table, below: tuple[SpineStep, ...]) -> tuple[SpineStep, ...]:
    return tuple(SpineStep(pages, width) for pages, width in _by_pages(table, "widths")) or below


def _by_pages(table: Table, key: str) -> list[tuple[int, float]]:
    rows = table.table(key)
    found = []
    for pages in rows.own_keys():
        if pages.isdecimal() and len(pages) < 6:
            found.append((int(pages), _length(rows, pages, 0.0)))
        else:
            rows.knows(pages)
            message = f"{pages} under [{rows.path}] is no count of pages."
            rows.say("F502", pages, message, f'Write e.g. {key} = {{ 24 = "0.375in" }}')
    return sorted(found)


def _barcode(table: Table, below: Barcode) -> Barcode:
    size = table.text("size")
    width, height = (_size(table, "size", size) if size else None) or (below.width_mm, below.height_mm)
    return Barcode(width, height, _length(table, "clear", below.clear_mm))


def _file(table: Table, below: FileRule) -> FileRule:
    black = table.values.get("rich_black")
    table.knows("rich_black")
    rich = below.rich_black
    if isinstance(black, list) and len(black) == 4 and all(type(each) is int for each in black):
        rich = (black[0], black[1], black[2], black[3])
    elif black is not None:
        message = f"rich_black is {quoted(black)}, and wants four percentages."
        table.say("F502", "rich_black", message, "Write rich_black = [60, 40, 40, 100]")
    return FileRule(
        standard=table.word("standard", STANDARDS, below.standard),
        cover_standard=table.word("cover_standard", STANDARDS, below.cover_standard),
        colour=table.word("colour", ("grey", "cmyk", "rgb"), below.colour),
        cover_colour=table.word("cover_colour", ("cmyk", "rgb"), below.cover_colour),
        picture_ppi=table.number("picture_ppi", below.picture_ppi, range(2_401)),
        ink_percent=table.number("ink_percent", below.ink_percent, range(401)),
        rich_black=rich,
        least_grey_percent=table.number("least_grey_percent", below.least_grey_percent, range(101)),
        least_type_pt=_points(table, "least_type", below.least_type_pt),
        least_line_pt=_points(table, "least_line", below.least_line_pt),
        most_bytes=table.number("most_megabytes", below.most_bytes // 10**6, range(10_001)) * 10**6,
        forbidden=_words(table, "forbidden", FORBIDDEN, below.forbidden),
    )


# ------------------------------------------------------------------------------------ one value


def _length(table: Table, key: str, below: float) -> float:
    typed = table.text(key)
    if not typed:
        return below
    length = length_mm(typed)
    if length is None:
        message = f"{key} is {quoted(typed)}, which is no length."
        table.say("F502", key, message, f'Write {key} = "0.125in" or "3mm"')
    return below if length is None else length


def _points(table: Table, key: str, below_pt: float) -> float:
    return _length(table, key, below_pt / 72 * 25.4) * 72 / 25.4


def _size(table: Table, key: str, text: str) -> tuple[float, float] | None:
    size = size_mm(text)
    if size is None:
        message = f"{key} has {quoted(text)}, which is no size."
        table.say("F502", key, message, 'Write width and height, e.g. "6x9in" or "152x229mm"')
    return size


def _words(table: Table, key: str, known: Sequence[str], below: frozenset[str]) -> frozenset[str]:
    if key not in table.values:
        table.knows(key)
        return below
    words = table.texts(key)
    for word in words:
        if word not in known:
            table.say_unknown_word(key, word, known)
    return frozenset(words) & set(known)
