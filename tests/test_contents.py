"""Contents of many pages are dealt out to pages by us, painted in pieces, and lead where they say."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import film
from test_bind import page, slot

from book.compose import compose
from book.config import PrintPlan, Project
from book.model import Chapter, Guide, GuideInfo, Matter, Shard, Side, Zone, roman, slots_in
from book.page_plan import page_css
from book.pdf import layout as laying_out
from book.pdf.bind import Bound, bind
from book.pdf.layout import Job, Layout, lay_out
from book.pdf.paint import layout_job
from book.pdf.studio import Studio
from book.themes import find_theme
from book.workers import weave

PROJECT = Path(__file__).parent.parent
FILMS, A_CHAPTER = 180, 2

Made = tuple[Layout, Bound, list[str]]
"""A book as it was laid out and bound, and the names of all that was painted for it."""


def contents() -> str:
    lines = [
        '<p class="line matter"><a href="#foreword">Foreword</a><span class="dots"></span>'
        '<span class="roman" data-to="#foreword"></span></p>'
    ]
    for n in range(FILMS):
        if n % A_CHAPTER == 0:
            lines.append(
                f'<p class="line chapter"><a href="#film-{n}">Chapter {n}</a>{slot(f"film-{n}")}</p>'
            )
        dots = f'<span class="dots"></span>{slot(f"film-{n}")}'
        lines.append(f'<p class="line film"><a href="#film-{n}">Film {n}</a>{dots}</p>')
    return '<div class="columns lines" style="columns:1">\n' + "\n".join(lines) + "\n</div>"


def books(theme_name: str) -> Made:
    """A book with contents, a foreword behind them and films of a page each."""
    theme = find_theme(theme_name, PROJECT)
    css = (page_css(PrintPlan(), theme), *theme.cascade("print.css"))
    listed = page(f'<section class="contents" id="contents"><h1>Contents</h1>{contents()}</section>')
    foreword = page('<section class="text" id="foreword"><h1>Foreword</h1><p>See films.</p></section>')
    sections = "".join(
        f'<section style="break-before:page" id="film-{n}"><p>This is film {n}.</p></section>'
        for n in range(FILMS)
    )
    html = page(sections)
    of_front = {"css": css, "zone": Zone.FRONT, "opens": Side.RECTO, "numbering": "roman"}
    shards = [
        Shard("front", page('<section class="half-title"><p>Nine</p></section>'), **of_front),  # type: ignore[arg-type]
        Shard("front+contents", listed, slots=slots_in(listed), **of_front),  # type: ignore[arg-type]
        Shard("front+texts", foreword, **of_front),  # type: ignore[arg-type]
        Shard("films", html, css, slots_in(html), Zone.CHAPTER, opens=Side.RECTO),
    ]
    studio = Studio(PROJECT, theme.faces, theme.figures)
    painted: list[str] = []

    def paint(job: Job) -> object:
        painted.append(job[0].name + ("?" if job[0].measured else ""))
        return layout_job(studio, job)

    layout = lay_out(shards, lambda strands, _: weave(paint, strands))  # type: ignore[arg-type]
    bound = bind(
        layout.shards, layout.sheets, layout.standings, GuideInfo("Nine"), theme.faces, theme.figures
    )
    return layout, bound, painted


@pytest.fixture(scope="module", params=["classic", "modern", "large-print"])
def made(request: pytest.FixtureRequest) -> Made:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(laying_out, "PAGES_A_PIECE", 2)
        return books(request.param)


def pages_of_contents(made: Made) -> list[tuple[str, str]]:
    """Label and text of each page of the contents."""
    layout, bound, _ = made
    pdf = pypdfium2.PdfDocument(bound.file)
    texts = []
    for shard, sheet, standing in zip(layout.shards, layout.sheets, layout.standings, strict=True):
        if shard.name.startswith("front+contents"):
            for number in range(standing.first, standing.first + sheet.page_count):
                text = pdf[number].get_textpage().get_text_range()
                texts.append((bound.manifest.pages[number].label, text.replace("\r\n", "\n")))
    return texts


def test_every_film_has_one_line_with_the_number_of_its_page(
    made: Made,
) -> None:
    text = "\n".join(page for _, page in pages_of_contents(made))
    lines = re.findall(r"^Film (\d+)[ .]*?(\d+)$", text, re.MULTILINE)
    anchors = made[1].manifest.anchors
    labels = [page.label for page in made[1].manifest.pages]
    assert lines == [(str(n), labels[anchors[f"film-{n}"] - 1]) for n in range(FILMS)]


def test_contents_are_painted_in_pieces_and_their_folios_go_on(made: Made) -> None:
    layout, _, painted = made
    counts = [
        sheet.page_count
        for shard, sheet in zip(layout.shards, layout.sheets, strict=True)
        if shard.part == "front" and "contents" in shard.name
    ]
    assert len(counts) > 1
    assert max(counts) <= 2
    assert "front+contents?" in painted
    pages = pages_of_contents(made)
    assert [label for label, _ in pages] == [roman(number) for number in range(3, 3 + len(pages))]
    assert [label for label, text in pages if not re.search(rf"^{label}$", text, re.MULTILINE)] == []


def test_a_chapter_never_stands_last_on_a_page(made: Made) -> None:
    for label, text in pages_of_contents(made):
        lines = [line for line in text.splitlines() if line.strip() not in {"", label}]
        assert not lines[-1].startswith("Chapter")


def test_roman_numbers_are_those_of_the_pages_that_they_lead_to(
    made: Made,
) -> None:
    _, bound, _ = made
    label = bound.manifest.pages[bound.manifest.anchors["foreword"] - 1].label
    first = pages_of_contents(made)[0][1]
    assert re.search(rf"^Foreword[ .]*{label}$", first, re.MULTILINE)
    assert label not in {"i", "iii"}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (["title"], [("front", Side.RECTO)]),
        (["toc"], [("front+contents", Side.RECTO)]),
        (["title", "toc"], [("front", Side.RECTO), ("front+contents", Side.RECTO)]),
        (
            ["title", "toc", "how-to-use"],
            [("front", Side.RECTO), ("front+contents", Side.RECTO), ("front+texts", Side.RECTO)],
        ),
    ],
)
def test_front_matter_is_parted_at_the_contents(front: list[str], expected: list[tuple[str, Side]]) -> None:
    matters = tuple(Matter(kind, kind, kind.title()) for kind in front)
    guide = Guide(GuideInfo("One"), matters, (Chapter("c", "C", (film("Alien", 1979),)),), (), {})
    shards = compose(guide, Project(PROJECT, guide.info), find_theme("classic", PROJECT))
    parted = [(shard.name, shard.opens) for shard in shards if shard.numbering == "roman"]
    assert parted == expected
