"""guide.toml -> Project. Every default stands in the dataclasses below, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from book.covers.plan import CoverPlan, read_cover
from book.editions import EPUB_PLACES, PDF_PLACES, EditionPlan, SpoilerPlan
from book.findings import finding
from book.guide_file import LONGEST_TITLE, Table, quoted, read_toml
from book.guide_info import read_editions, read_info
from book.index_plan import CHECKLIST, INDEXES, IndexPlan, read_index_plan
from book.matter import DRAWN, PAGES, is_text
from book.model import BookError, Finding, GuideInfo, Place, Source, UsageError
from book.press_plan import PressPlan, read_press_plan
from book.printers.reading import DEFAULT as PRINTER
from book.printers.reading import PrinterTables, read_printer_tables
from book.reach import LARGEST_TEXT, leads_out, whole_file
from book.retail import read_prices
from book.tracks import TrackPlan, read_track
from book.trims import read_trim
from book.warning import read_warning
from book.words import read_own_words


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A `[[chapter]]` table: films by hand (slugs or globs), or a query, or both.

    `where` maps genre, theme, director, country, language, decade, year or series to the values that
    are wanted; a film is chosen when it has one value of every key. `line` is the table's, from 1.
    """

    title: str
    films: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""  # year, title, director, or empty: the order given (by year for a query)
    intro: str = ""  # a Markdown file, relative to the project
    line: int = 0


@dataclass(frozen=True, slots=True)
class SimilarPlan:
    """How many similar films a film shows, and what counts for how much (empty: our own weights).

    `use_plots` lets stories count, and so may give one away; `embeddings` wants a package of its own.
    """

    limit: int = 6
    weights: Mapping[str, float] = field(default_factory=dict)
    use_plots: bool = False
    embeddings: bool = False


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """The printed page: trim in millimetres. With `qr`, the links of a film have QR codes.

    The three other lengths are what a printer asks for, none for the screen: the least margins at the spine
    and at the other edges, and how far a picture that bleeds reaches beyond the trim.
    """

    theme: str = "classic"
    trim_width_mm: float = 152.4
    trim_height_mm: float = 228.6
    paper: str = "cream"
    ink: str = "black"
    bleed: bool = False
    qr: bool = False
    inside_mm: float = 0.0
    outside_mm: float = 0.0
    bleed_mm: float = 0.0
    printer: str = PRINTER
    prices: Mapping[str, str] = field(default_factory=dict)  # where print has its own


@dataclass(frozen=True, slots=True)
class EbookPlan:
    """The e-book; `cover` is a picture relative to the project, empty for one drawn from the theme.

    `fonts` brings the theme's own along.
    """

    theme: str = "classic"
    cover: str = ""
    fonts: bool = False
    prices: Mapping[str, str] = field(default_factory=dict)  # where the e-book has its own


@dataclass(frozen=True, slots=True)
class MatterPlan:
    """Front and back matter in order: words that we know, or Markdown files relative to the project."""

    front: tuple[str, ...] = ("half-title", "title", "copyright", "toc", "how-to-use")
    back: tuple[str, ...] = ("indexes",)


@dataclass(frozen=True, slots=True)
class Project:
    """A guide's folder and everything that guide.toml says about it."""

    root: Path
    info: GuideInfo
    chapters: tuple[ChapterPlan, ...] = ()
    chapters_by: str = ""  # decade, genre, director, country, title, year; used when chapters is empty
    spoilers: SpoilerPlan = field(default=SpoilerPlan())
    editions: tuple[EditionPlan, ...] = ()  # none: the guide is its own only edition
    tracks: tuple[TrackPlan, ...] = ()
    similar: SimilarPlan = SimilarPlan()
    indexes: IndexPlan = field(default=IndexPlan())
    print: PrintPlan = PrintPlan()
    ebook: EbookPlan = EbookPlan()
    cover: CoverPlan = field(default=CoverPlan())
    printers: PrinterTables = field(default_factory=PrinterTables)
    prices: Mapping[str, str] = field(default_factory=dict)  # by ISO 4217 currency, as typed
    press: PressPlan = field(default=PressPlan())
    matter: MatterPlan = MatterPlan()
    cache_limit: int = 2_000_000_000  # bytes
    source: Source = field(default=Source("guide.toml"))  # lines by dotted key: "guide.title", "print.trim"

    @property
    def entries_dir(self) -> Path:
        """The folder that holds one Markdown file per film."""
        return self.root / "entries"

    @property
    def index_plan(self) -> IndexPlan:
        """The indexes to build: those asked for, and the checklist where it has a place of its own."""
        apart = (CHECKLIST,) if CHECKLIST in self.matter.back else ()
        return replace(self.indexes, include=tuple(dict.fromkeys((*self.indexes.include, *apart))))

    @property
    def own_edition(self) -> EditionPlan:
        """The guide as its own only edition, where it has no others."""
        return EditionPlan(self.info.title, self.info.slug, self.spoilers)

    def as_edition(self, plan: EditionPlan) -> Project:
        """The same guide under an edition's name; its films are for `selection` to choose."""
        info = replace(
            self.info,
            edition=" · ".join(filter(None, (plan.name, self.info.edition))),
            cover_line=plan.cover_line,
            isbn_print=plan.isbn_print,
            isbn_ebook=plan.isbn_ebook,
            slug=plan.slug,
        )
        ebook = replace(self.ebook, cover=plan.cover or self.ebook.cover)
        return replace(self, info=info, spoilers=plan.spoilers, ebook=ebook)


# ---------------------------------------------------------------------------- the words that we know

CHAPTERS_BY = ("decade", "genre", "director", "country", "title", "year")
QUERIES = ("genre", "theme", "director", "country", "language", "decade", "year", "series")
ORDERS = ("year", "title", "director")
LIKENESSES = (
    "series", "remake", "title", "director", "writer", "cinematographer", "composer", "cast", "theme",
    "genre", "language", "country", "year", "runtime", "certificate", "budget", "synopsis", "meaning", "plot",
)  # fmt: skip
FRONT = (*PAGES, "how-to-use", *DRAWN)
BACK = ("how-to-use", *DRAWN, "indexes", CHECKLIST)
PAPERS = ("cream", "white", "groundwood")
INKS = ("black", "color", "colour", "standard-color", "standard-colour")

AMOUNT = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*([MG])B", re.ASCII | re.IGNORECASE)
"""A size on a disk: 500 MB, 2 GB."""


# --------------------------------------------------------------------------------------- reading


def load_project(root: Path) -> tuple[Project, tuple[Finding, ...]]:
    """What guide.toml says with the words.po beside it, and what in them wants mending.

    A value that cannot be read is reported and has its default, so that all faults show in one pass;
    so has all of a guide.toml that is no TOML. Raises BookError where there is no guide.toml.
    """
    path = root / "guide.toml"
    try:
        if leads_out(path, root):
            raise OSError(0, "it lies outside of the guide's folder")
        text = whole_file(path, LARGEST_TEXT).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no guide.toml in {root.resolve()}.",
            "Begin a guide with filmguide new, or name its folder with -C.",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = finding(
            "F507", Place("guide.toml", line), "This is no text in UTF-8.", "Save the file as plain text."
        )
        return Project(root, GuideInfo("")), (found,)
    except OSError as error:
        raise BookError(
            f"guide.toml cannot be opened: {error.strerror or error}.", "Look at its permissions."
        ) from error
    project, findings = read_project(text, root)
    own, more = read_own_words(root, project.info.language, project.source.at("guide.language"))
    return replace(project, info=replace(project.info, own_words=own)), (*findings, *more)


def read_project(text: str, root: Path) -> tuple[Project, tuple[Finding, ...]]:
    """The same from the text of guide.toml; the disk is not looked at."""
    findings: list[Finding] = []
    top = read_toml(text, "guide.toml", findings)
    if top is None:
        return Project(root, GuideInfo("")), tuple(findings)
    project = project_of(top, root)
    return project, tuple(sorted(findings, key=lambda each: each.order))


def project_of(top: Table, root: Path) -> Project:
    """The project from the whole of guide.toml; findings collect in the table."""
    guide, spoilers, similar = top.table("guide"), top.table("spoilers"), top.table("similar")
    print_, ebook, matter = top.table("print"), top.table("ebook"), top.table("matter")
    chapters, indexes = top.table("chapters"), top.table("indexes")
    cache = top.table("cache")
    width, height = read_trim(print_, (PrintPlan().trim_width_mm, PrintPlan().trim_height_mm))
    info = read_info(guide, top)
    info = replace(info, warning=read_warning(spoilers, info.language))
    plan = SpoilerPlan(
        pdf=spoilers.word("pdf", PDF_PLACES, SpoilerPlan().pdf),
        epub=spoilers.word("epub", EPUB_PLACES, SpoilerPlan().epub),
    )
    project = Project(
        root=root,
        info=info,
        chapters=tuple(map(_chapter, top.tables("chapter"))),
        chapters_by=chapters.word("by", CHAPTERS_BY),
        spoilers=plan,
        editions=read_editions(top.tables("edition"), info, plan),
        tracks=tuple(map(read_track, top.tables("track"))),
        similar=SimilarPlan(
            limit=similar.number("limit", SimilarPlan().limit, range(51)),
            weights=similar.numbers("weights", LIKENESSES),
            use_plots=similar.flag("use_plots", SimilarPlan().use_plots),
            embeddings=similar.flag("embeddings", SimilarPlan().embeddings),
        ),
        indexes=read_index_plan(indexes, _words(indexes, "include", INDEXES, IndexPlan().include)),
        print=PrintPlan(
            theme=print_.text("theme", PrintPlan().theme),
            trim_width_mm=width,
            trim_height_mm=height,
            printer=print_.text("printer", PrintPlan().printer),
            paper=print_.word("paper", PAPERS, PrintPlan().paper),
            ink=print_.word("ink", INKS, PrintPlan().ink).replace("colour", "color"),
            bleed=print_.flag("bleed", PrintPlan().bleed),
            qr=print_.flag("qr", PrintPlan().qr),
            prices=read_prices(print_),
        ),
        ebook=EbookPlan(
            theme=ebook.text("theme", EbookPlan().theme),
            cover=ebook.text("cover"),
            fonts=ebook.flag("fonts", EbookPlan().fonts),
            prices=read_prices(ebook),
        ),
        cover=read_cover(top.table("cover")),
        printers=read_printer_tables(top.table("printer")),
        prices=read_prices(guide),
        matter=MatterPlan(
            front=_words(matter, "front", FRONT, MatterPlan().front),
            back=_words(matter, "back", BACK, MatterPlan().back),
        ),
        press=read_press_plan(top.table("press")),
        cache_limit=_bytes(cache, "limit", Project(root, info).cache_limit),
        source=Source("guide.toml", top.lines),
    )
    for table in (cache, top, guide, spoilers, similar, print_, ebook, matter, chapters, indexes):
        table.close()
    return project


def _chapter(table: Table) -> ChapterPlan:
    title = table.text("title", longest=LONGEST_TITLE)
    if not title and isinstance(table.values.get("title", ""), str):
        table.say("F506", "", "A chapter has no title.", 'Write title = "…" under [[chapter]].')
    where = table.table("where")
    plan = ChapterPlan(
        title=title,
        films=table.texts("films"),
        where={key: _wishes(where, key) for key in QUERIES if key in where.values},
        sort=table.word("sort", ORDERS),
        intro=table.text("intro"),
        line=table.line(),
    )
    for key in QUERIES:
        where.knows(key)
    where.close()
    table.close()
    return plan


def _wishes(where: Table, key: str) -> tuple[str, ...]:
    """The values that a query wants, as text: decade = 1990 is "1990"."""
    value = where.values[key]
    values = value if isinstance(value, list) else [value]
    if all(isinstance(each, (str, int)) and not isinstance(each, bool) for each in values):
        return tuple(str(each).strip() for each in values)
    return where.texts(key)


def _bytes(table: Table, key: str, default: int) -> int:
    """A size such as "500 MB" or "2 GB"."""
    typed = table.text(key)
    match = AMOUNT.fullmatch(typed)
    if match:
        return int(float(match[1]) * {"M": 10**6, "G": 10**9}[match[2].upper()])
    if typed:
        table.say(
            "F502", key, f"{table.path}.{key} is {quoted(typed)}, which is no size.", f'Write {key} = "2 GB"'
        )
    return default


def _words(table: Table, key: str, known: Sequence[str], default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of words that we know, each once; in the front and back matter, files as well."""
    words: list[str] = []
    for word in table.texts(key, default):
        if word in words:
            message = f"{key} under [{table.path}] names {word} twice."
            table.say("F502", key, message, "Take one of the two out.")
        elif word in known or (known in (FRONT, BACK) and is_text(word)):
            words.append(word)
        elif known in (FRONT, BACK) and word in {*FRONT, *BACK}:
            other = "back" if known == FRONT else "front"
            message = f"{key} under [{table.path}] has {word}, which has its place at the {other} of a book."
            table.say("F502", key, message, f"Move it to {other} = […]")
        else:
            table.say_unknown_word(key, word, known)
    return tuple(words)
