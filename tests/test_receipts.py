"""A second build does only what changed, and makes the very same book."""

from pathlib import Path

import pytest

from book.build import build_guide, clean_guide
from book.cache import CACHE, Cache, pack, unpack
from book.model import GuideInfo, Zone
from book.outcome import Report
from book.progress import Step
from book.verify import read_manifest

ENTRY = """---
title: Film {n}
year: {year}
director: Ann Author
similar: [{{to: film-{other}-{other_year}, why: Also by the sea}}]
---
Fog lies on the bay.

# Spoilers

## Plot

The keeper of light {n} was his own brother all along. {more}
"""


def entry(root: Path, n: int, *, more: str = "") -> Path:
    other = (n + 1) % 4
    file = root / "entries" / f"film-{n}-{1960 + n}.md"
    file.write_text(ENTRY.format(n=n, year=1960 + n, other=other, other_year=1960 + other, more=more))
    return file


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide of four films, not built yet."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "Four"\n[matter]\nfront = ["toc"]\nback = []\n')
    for n in range(4):
        entry(tmp_path, n)
    return tmp_path


def build(guide: Path) -> tuple[Report, list[str]]:
    """The report of a build of the PDF, and the names of the shards that were painted for it."""
    painted: list[str] = []

    def listen(step: Step) -> None:
        if step.stage == "paint" and step.subject:
            painted.append(step.subject)

    return build_guide(guide, formats=["pdf"], jobs=1, track=listen), painted


def test_with_nothing_changed_nothing_is_done_and_everything_is_said_again(guide: Path) -> None:
    first, _ = build(guide)
    book = (guide / "build" / "four.pdf").read_bytes()
    again, painted = build(guide)
    assert (again.unchanged, painted) == (True, [])
    assert (again.pages, again.findings, again.verdicts, again.files) == (
        first.pages,
        first.findings,
        first.verdicts,
        first.files,
    )
    assert (guide / "build" / "four.pdf").read_bytes() == book


def test_an_edit_paints_its_film_alone_and_gives_the_book_that_a_first_build_gives(
    guide: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    build(guide)
    entry(guide, 2, more="She tells nobody.")
    report, painted = build(guide)
    assert (set(painted), report.unchanged) == ({"film-2-1962"}, False)

    warm = (guide / "build" / "four.pdf").read_bytes()
    clean_guide(guide)
    build(guide)
    assert (guide / "build" / "four.pdf").read_bytes() == warm


def page_of(guide: Path, film: str) -> int:
    return read_manifest((guide / "build" / "four.manifest.json").read_bytes()).anchors[film]


@pytest.mark.parametrize(
    ("paragraphs", "longer", "painted_again"),
    [
        pytest.param(13, 1, ["film-7-1967", "film-8-1968", "film-9-1969"], id="those of its chapter turn"),
        pytest.param(18, 2, ["film-7-1967"], id="nothing changes sides"),
    ],
)
def test_a_film_that_grew_paints_what_changes_sides_up_to_the_next_chapter_and_no_index(
    paragraphs: int, longer: int, painted_again: list[str], guide: Path
) -> None:
    text = (guide / "guide.toml").read_text().replace("back = []", 'back = ["indexes"]')
    (guide / "guide.toml").write_text(text)
    for n in range(4, 14):
        entry(guide, n)
    _, everything = build(guide)
    before = page_of(guide, "film-9-1969")
    assert {"index-title", "chapter-1960s", "chapter-1970s"} <= set(everything)
    entry(guide, 7, more="\n\n".join(["She tells nobody, for who would listen to her? " * 8] * paragraphs))
    _, painted = build(guide)
    assert sorted(set(painted)) == painted_again
    assert page_of(guide, "film-9-1969") - before == longer

    warm = (guide / "build" / "four.pdf").read_bytes()
    clean_guide(guide)
    build(guide)
    assert (guide / "build" / "four.pdf").read_bytes() == warm


def test_a_change_of_options_or_style_paints_everything(guide: Path) -> None:
    _, everything = build(guide)
    own = guide / "styles" / "own"
    own.mkdir(parents=True)
    (own / "theme.toml").write_text('extends = "classic"\n')
    (own / "print.css").write_text("p { color: #111 }\n")
    (guide / "guide.toml").write_text((guide / "guide.toml").read_text() + '[print]\ntheme = "own"\n')
    assert set(build(guide)[1]) == set(everything)
    (guide / "guide.toml").write_text((guide / "guide.toml").read_text() + 'trim = "A5"\n')
    assert set(build(guide)[1]) == set(everything)


def test_another_engine_paints_everything(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, everything = build(guide)
    for module in ("book.cache", "book.receipts", "book.pdf.kept", "book.entries", "book.relating"):
        monkeypatch.setattr(f"{module}.engine", lambda: "another release of WeasyPrint")
    assert set(build(guide)[1]) == set(everything)


@pytest.mark.parametrize("change", ["deleted", "altered"])
def test_a_book_that_was_touched_is_made_again(guide: Path, change: str) -> None:
    build(guide)
    file = guide / "build" / "four.pdf"
    book = file.read_bytes()
    if change == "deleted":
        file.unlink()
    else:
        file.write_bytes(book + b"%")
    report, painted = build(guide)
    assert (report.unchanged, painted, file.read_bytes() == book) == (False, [], True)


def test_a_picture_that_changed_paints_its_film(guide: Path) -> None:
    (guide / "images").mkdir()
    picture = guide / "images" / "a.svg"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="{}" height="9"/></svg>'
    )
    picture.write_text(drawing.format(9))
    file = entry(guide, 1)
    file.write_text(file.read_text().replace("Fog lies", "![A bar](images/a.svg)\n\nFog lies"))
    build(guide)
    picture.write_text(drawing.format(12))
    assert set(build(guide)[1]) == {"film-1-1961"}


def test_a_damaged_cache_costs_time_and_no_book(guide: Path) -> None:
    build(guide)
    book = (guide / "build" / "four.pdf").read_bytes()
    for kept in (guide / CACHE).rglob("*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes()[:-3] + b"???")
    report, painted = build(guide)
    assert (report.unchanged, len(set(painted)) > 4) == (False, True)
    assert (guide / "build" / "four.pdf").read_bytes() == book


def test_the_cache_keeps_to_its_limit_and_gives_up_what_was_of_no_use_for_longest(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for name in "abc":
        cache.put(name * 64, bytes(100))
    assert cache.get("a" * 64) is not None
    cache.prune(300)
    assert [cache.get(name * 64) is not None for name in "abc"] == [True, False, True]


def test_only_values_of_ours_are_read_back() -> None:
    class Stranger:
        def __reduce__(self) -> tuple[object, ...]:
            return print, ("I could have been anything",)

    values = (GuideInfo("Four"), Zone.SAFE, {"a": (1, frozenset({"b"}))}, None)
    assert unpack(pack(values)) == values
    assert unpack(pack(Stranger())) is None
    assert unpack(b"no pickle") is None
