"""How long a guide takes to build, beside what else could have built it; docs/speed.md explains every row.

Run it with the interpreter that has filmguide, or with `nox -s bench`:

    python benchmarks/speed.py                          100 and 1,000 real films from ../shared/data
    python benchmarks/speed.py --made 100               films that never were: needs no files
    python benchmarks/speed.py --one-document           WeasyPrint alone as well: minutes and gigabytes
    python benchmarks/speed.py --cluster                one Dask worker against two as well
    python benchmarks/speed.py --films --scale          10,000 films against 1,000, and nothing else

Wants psutil; Typst (PyPI: typst) and pandoc (PyPI: pypandoc_binary) take part where they are installed.
Commands are typed as a writer types them, and their time has the start of the interpreter in it.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import speed_table as table
from dask_workers import workers
from edits import PLOT, SYNOPSIS, lengthened, reworded
from figures import Row, Run, Scale, Size, Whole
from made_films import as_lines
from watched import run

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared" / "data"
FILMS, MANY_FILMS = SHARED / "films-1000.jsonl", SHARED / "films-10000.jsonl.gz"
RIVALS = Path(__file__).with_name("rivals.py")

FORMATS = ("pdf", "epub")
PAGES_LONGER = 2
WORDS_A_PAGE = 380
MOST_TRIES = 8


def say(words: str) -> None:
    """What goes on, beside the table: on standard error."""
    print(words, file=sys.stderr, flush=True)


def filmguide() -> list[str]:
    """The command as a writer has it: the script beside the interpreter, if there is one."""
    script = shutil.which("filmguide", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "book.cli"]


def pandoc() -> str:
    """Where pandoc is: on the path or in a package; empty where it is not."""
    if found := shutil.which("pandoc"):
        return found
    if importlib.util.find_spec("pypandoc") is None:
        return ""
    import pypandoc  # type: ignore[import-not-found, import-untyped, unused-ignore]

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return ""


# --------------------------------------------------------------------------------------- guides


def real_films(count: int, source: Path) -> str:
    """So many of a file's films as JSON Lines, from all parts of it alike."""
    content = source.read_bytes()
    lines = (gzip.decompress(content) if source.suffix == ".gz" else content).decode().splitlines()
    if count > len(lines):
        sys.exit(f"{source.name} has {len(lines):,} films only; --made {count} makes as many as you like.")
    return "".join(f"{lines[place * len(lines) // count]}\n" for place in range(count))


@dataclass
class Desk:
    """A guide in a folder, and the commands that are typed there."""

    guide: Path
    last: dict[str, Any] = field(default_factory=dict)
    """The --json object of the last command."""

    @classmethod
    def with_films(cls, guide: Path, lines: str) -> Desk:
        """A new guide with the films and nothing else."""
        desk = cls(guide)
        run([*filmguide(), "new", guide, "--title", "A Thousand Evenings"], within=guide.parent)
        for example in (guide / "entries").iterdir():
            example.unlink()
        films = guide.with_suffix(".jsonl")
        films.write_text(lines, "utf-8")
        desk.type("import", films)
        return desk

    def type(self, *words: object) -> Run:
        """Do a command of filmguide's in the guide."""
        done = run([*filmguide(), "-C", self.guide, *words, "--json"], within=self.guide.parent)
        self.last = json.loads(done.said)
        return done

    def forget(self) -> None:
        """Back to a guide that was never built."""
        self.type("clean")
        for suffix in (".pdf", ".epub", ".manifest.json"):
            for file in (self.guide / "build").glob(f"*{suffix}"):
                file.unlink()

    def manifest(self) -> dict[str, Any]:
        """The map of the PDF that was built last."""
        (file,) = (self.guide / "build").glob("*.manifest.json")
        return dict(json.loads(file.read_text("utf-8")))

    def middle(self) -> Path:
        """The entry nearest to the middle of the book that can be edited in every way."""
        films = [film["slug"] for film in self.manifest()["films"]]
        for slug in sorted(films, key=lambda film: abs(films.index(film) - len(films) // 2)):
            entry = self.guide / "entries" / f"{slug}.md"
            try:
                for section in (PLOT, SYNOPSIS):
                    reworded(entry.read_text("utf-8"), section, 0)
            except ValueError:
                continue
            return entry
        sys.exit("No entry has both a synopsis and a plot.")


# ------------------------------------------------------------------------------------ measuring


@dataclass
class Bench:
    """One size of guide: a desk, and what was measured at it, by row."""

    desk: Desk
    away: Path
    runs: dict[Row, list[Run]] = field(default_factory=dict)
    pages: dict[Row, int] = field(default_factory=dict)
    absent: dict[Row, str] = field(default_factory=dict)
    phases: dict[Row, list[dict[str, float]]] = field(default_factory=dict)
    edits: int = 0  # each is another, so that no build finds its work done by an earlier one
    longer_by_words: int = PAGES_LONGER * WORDS_A_PAGE

    def keep(self, row: Row, done: Run, pages: int | None = None) -> None:
        """Write a figure down."""
        self.runs.setdefault(row, []).append(done)
        if pages:
            self.pages[row] = pages
        say(f"    {row.words}: {done.seconds:.2f} s, {done.all_mb:,.0f} MB")

    def build(self, format_: str) -> Run:
        """One build of ours; a stopwatch at each stage costs it nothing."""
        return self.desk.type("build", format_, "--profile")

    def keep_ours(self, row: Row, done: Run) -> None:
        """Write a figure of ours down, and the seconds of its stages."""
        self.keep(row, done, self.desk.last["pages"])
        self.phases.setdefault(row, []).append(self.desk.last["phases"])

    def round(self) -> None:
        """Measure everything but WeasyPrint alone, once."""
        for format_ in FORMATS:
            self.desk.forget()
            self.keep_ours(Row.of(format_, "cold"), self.build(format_))
            self.keep_ours(Row.of(format_, "same"), self.build(format_))
            if not self.desk.last["unchanged"]:
                sys.exit("A build with nothing changed did not know it.")
            if format_ == "pdf":
                entry = self.desk.middle()
            for name, edited, gain in self._edits():
                self.keep_ours(Row.of(format_, name), self._edit(entry, edited, format_, gain))
        self._typst()
        self._pandoc()

    def _edits(self) -> Iterator[tuple[str, Callable[[str, int], str], int]]:
        yield "plot", lambda text, seed: reworded(text, PLOT, seed), 0
        yield "synopsis", lambda text, seed: reworded(text, SYNOPSIS, seed), 0
        yield "longer", lambda text, seed: lengthened(text, self.longer_by_words, seed), PAGES_LONGER

    def _edit(self, entry: Path, edited: Callable[[str, int], str], format_: str, gain: int) -> Run:
        """Time the build after an edit; one that does not add as many pages as it should is taken back."""
        text = entry.read_text("utf-8")
        try:
            for _ in range(MOST_TRIES):
                self.desk.type("build", format_)
                before = self.desk.last["pages"]
                self.edits += 1
                entry.write_text(edited(text, self.edits), "utf-8")
                done = self.build(format_)
                gained = self.desk.last["pages"] - before if format_ == "pdf" else gain
                if gained == gain:
                    return done
                if gain:
                    self.longer_by_words += (gain - gained) * WORDS_A_PAGE // 3
            sys.exit(f"No edit of {entry.name} changes the book by {gain} pages.")
        finally:
            entry.write_text(text, "utf-8")

    # ------------------------------------------------------------------------------------ rivals

    def prepare(self) -> None:
        """Write the sources for the others from the guide; nobody's time."""
        run([sys.executable, RIVALS, "sources", self.desk.guide, self.away], within=self.away)

    def _typst(self) -> None:
        if importlib.util.find_spec("typst") is None:
            self.absent[Row.TYPST] = "not there: pip install typst"
            return
        fonts = sorted({str(path.parent) for path in faces()})
        command = [sys.executable, RIVALS, "typst", "guide.typ", "typst.pdf", "--fonts", *fonts]
        self.keep(Row.TYPST, run(command, within=self.away), page_count(self.away / "typst.pdf"))

    def _pandoc(self) -> None:
        program = pandoc()
        if not program:
            self.absent[Row.PANDOC] = "not there: pip install pypandoc_binary"
            return
        # One file a chapter and a film, as ours.
        command = [program, "guide.md", "--output=pandoc.epub", "--split-level=2", "--toc", "--toc-depth=2"]
        self.keep(Row.PANDOC, run(command, within=self.away))

    def on_cluster(self) -> None:
        """A cold PDF laid out by one Dask worker, and by two, each new: nothing is with them yet."""
        for row, count in ((Row.DASK_ONE, 1), (Row.DASK_TWO, 2)):
            self.desk.forget()
            with workers(count, self.away) as address:
                self.keep_ours(row, self.desk.type("build", "pdf", "--profile", "--scheduler", address))

    def one_document(self) -> None:
        """WeasyPrint alone, untagged and tagged, once."""
        self.desk.type("build", "pdf")
        first = next(page["number"] for page in self.desk.manifest()["pages"] if page["label"] == "1")
        for row, flags in ((Row.WHOLE, []), (Row.WHOLE_TAGGED, ["--tagged"])):
            self.desk.forget()  # reading and relating are part of it
            pdf = self.away / "whole.pdf"
            command = [sys.executable, RIVALS, "one-document", self.desk.guide, pdf, "--first-arabic", first]
            self.keep(row, run([*command, *flags], within=self.away), page_count(pdf))


def faces() -> list[Path]:
    """The font files of the classic theme."""
    from book.themes import find_theme

    return [face.path for face in find_theme("classic", PROJECT).faces]


def page_count(pdf: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(pdf))


def measured(count: int, lines: str, asked: argparse.Namespace) -> Size:
    """Everything about a guide of so many films."""
    with tempfile.TemporaryDirectory() as away:
        say(f"{count:,} films: importing")
        bench = Bench(Desk.with_films(Path(away, "guide"), lines), Path(away))
        bench.prepare()
        dasks = importlib.util.find_spec("distributed") is not None
        for number in range(asked.runs):
            say(f"  round {number + 1} of {asked.runs}")
            bench.round()
            if asked.cluster and dasks:
                bench.on_cluster()
        why = "not there: pip install distributed" if asked.cluster else "not run: --cluster"
        if not (asked.cluster and dasks):
            bench.absent |= dict.fromkeys((Row.DASK_ONE, Row.DASK_TWO), why)
        if asked.one_document:
            say("  WeasyPrint alone")
            bench.one_document()
        else:
            bench.absent |= dict.fromkeys((Row.WHOLE, Row.WHOLE_TAGGED), "not run: --one-document")
        return Size(count, bench.runs, bench.pages, bench.absent, bench.phases)


def measured_scale(counts: Sequence[int], films: Callable[[int], str]) -> Scale:
    """A cold PDF and a cold EPUB of each size, once, looked through for spoilers as every build is."""
    guides: list[Whole] = []
    for count in counts:
        with tempfile.TemporaryDirectory() as away:
            say(f"{count:,} films: importing")
            desk = Desk.with_films(Path(away, "guide"), films(count))
            pdf = desk.type("build", "pdf")
            pages = desk.last["pages"]
            say(f"    cold PDF: {pdf.seconds:.1f} s, {pdf.all_mb:,.0f} MB")
            desk.forget()
            epub = desk.type("build", "epub")
            say(f"    cold EPUB: {epub.seconds:.1f} s, {epub.all_mb:,.0f} MB")
            guides.append(Whole(count, pages, pdf, epub))
    return Scale(tuple(guides))


# ----------------------------------------------------------------------------------------- main


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--films", type=int, nargs="*", metavar="N", help="guides of so many real films [default: 100 1000]")
    add("--made", type=int, nargs="+", metavar="N", help="guides of so many made-up films instead")
    add("--runs", type=int, default=3, metavar="N", help="rounds, whose medians count [default: 3]")
    add("--one-document", action="store_true", help="WeasyPrint alone as well, once")
    add("--cluster", action="store_true", help="one Dask worker against two as well")
    add(
        "--scale",
        type=int,
        nargs="*",
        metavar="N",
        help="cold PDFs of two sizes against each other [default: 1000 10000]",
    )
    add("--out", type=Path, metavar="FILE", help="write the table there, between its marks if it has them")
    add("--note", default="", help="a sentence above the table, on what else the machine did")
    asked = parser.parse_args()
    if asked.films is None:
        asked.films = [] if asked.made else [100, 1000]
    return asked


def main() -> None:
    """Measure, print the table, and keep it where asked."""
    asked = options()
    before = table.machine()
    sizes: list[Size] = []
    if asked.films and not FILMS.exists():
        say(f"The real films are not at hand ({FILMS}): skipped. Try --made 100.")
        asked.films = []
    for count in asked.films:
        sizes.append(measured(count, real_films(count, FILMS), asked))
    for count in asked.made or ():
        sizes.append(measured(count, as_lines(count), asked))
    scale, made = None, asked.made is not None or not MANY_FILMS.exists()
    if asked.scale is not None:
        films = as_lines if made else lambda count: real_films(count, MANY_FILMS)
        scale = measured_scale(asked.scale or (1000, 10_000), films)
    if not sizes and scale is None:
        return
    source = "made-up" if asked.made or (made and not sizes) else "real"
    page = table.report(sizes, scale, before=before, pandoc=pandoc(), source=source, note=asked.note)
    print(page)
    if asked.out:
        table.put(page, asked.out)


if __name__ == "__main__":
    main()
