"""Contents of many pages are dealt out to pages by us, painted in pieces, and lead where they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
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

TEXTS = ("Foreword", "Thanks")
"""What stands behind the contents, the first of several pages and with the number of a film."""

Made = tuple[Layout, Bound, list[Job]]
"""A book as it was laid out and bound, and all that was painted for it."""


def contents(films: int = FILMS) -> str:
    lines = [
        f'<p class="line matter"><a href="#{text.lower()}">{text}</a><span class="dots"></span>'
        f'<span class="roman" data-to="#{text.lower()}"></span></p>'
        for text in TEXTS
    ]
    for n in range(films):
        if n % A_CHAPTER == 0:
            lines.append(
                f'<p class="line chapter"><a href="#film-{n}">Chapter {n}</a>{slot(f"film-{n}")}</p>'
            )
        dots = f'<span class="dots"></span>{slot(f"film-{n}")}'
        lines.append(f'<p class="line film"><a href="#film-{n}">Film {n}</a>{dots}</p>')
    return '<div class="columns lines" style="columns:1">\n' + "\n".join(lines) + "\n</div>"


def texts() -> str:
    foreword, thanks = (f'<section class="text" id="{text.lower()}"><h1>{text}</h1>' for text in TEXTS)
    pages = '<p style="break-after:page">See films.</p>' * 3 + f"<p>Or {slot('film-9')}.</p>"
    return page(f"{foreword}{pages}</section>{thanks}<p>To all.</p></section>")


def books(theme_name: str, *, longer: int | None = None) -> Made:
    """A book with contents, texts behind them and films of a page each, but for one that is longer."""
    theme = find_theme(theme_name, PROJECT)
    css = (page_css(PrintPlan(), theme), *theme.cascade("print.css"))
    listed = page(f'<section class="contents" id="contents"><h1>Contents</h1>{contents()}</section>')
    behind = texts()
    overleaf = '<p style="break-before:page">And overleaf.</p>'
    sections = "".join(
        f'<section style="break-before:page" id="film-{n}"><p>This is film {n}.</p>'
        f"{overleaf if n == longer else ''}</section>"
        for n in range(FILMS)
    )
    html = page(sections)
    of_front = {"css": css, "zone": Zone.FRONT, "opens": Side.RECTO, "numbering": "roman"}
    shards = [
        Shard("front", page('<section class="half-title"><p>Nine</p></section>'), **of_front),  # type: ignore[arg-type]
        Shard("front+contents", listed, slots=slots_in(listed), **of_front),  # type: ignore[arg-type]
        Shard("front+texts", behind, slots=slots_in(behind), **of_front),  # type: ignore[arg-type]
        Shard("films", html, css, slots_in(html), Zone.CHAPTER, opens=Side.RECTO),
    ]
    studio = Studio(PROJECT, theme.faces, theme.figures)
    painted: list[Job] = []

    def paint(job: Job) -> object:
        painted.append(job)
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


@pytest.fixture
def pieces_of_two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying_out, "PAGES_A_PIECE", 2)


def of_contents(jobs: Sequence[Job], *, measured: bool = False) -> list[Shard]:
    """The stretches of the contents that were measured, or the pieces that were painted."""
    shards = [shard for shard, _ in jobs if shard.name.startswith("front+contents")]
    return [shard for shard in shards if shard.measured is measured]


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
    assert of_contents(painted, measured=True)
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
    labels = [bound.manifest.pages[bound.manifest.anchors[text.lower()] - 1].label for text in TEXTS]
    first = pages_of_contents(made)[0][1]
    assert re.findall(r"^(Foreword|Thanks)[ .]*?([ivxl]+)$", first, re.MULTILINE) == list(
        zip(TEXTS, labels, strict=True)
    )
    assert len({"i", "iii", *labels}) == 4


def test_no_piece_is_painted_twice_for_the_roman_numbers_that_it_leads_to(made: Made) -> None:
    names = [shard.name for shard in of_contents(made[2])]
    assert len(names) == len(set(names)) > 1


def test_a_digit_more_in_a_number_paints_only_the_piece_that_prints_it(pieces_of_two_pages: None) -> None:
    _, _, before = books("classic")
    _, bound, after = books("classic", longer=97)
    assert bound.manifest.pages[bound.manifest.anchors["film-98"] - 1].label == "100"

    anew = [job for job in after if job not in before]
    pieces, stretches = of_contents(anew), of_contents(anew, measured=True)
    assert [len(pieces), len(stretches)] == [1, 1]
    assert all("#film-98" in shard.html for shard in (*pieces, *stretches))
    assert len(of_contents(after)) > 2


class _EnoughError(Exception):
    pass


@pytest.mark.parametrize(("films", "pages"), [(30, 30), (2_000, 80), (10_000, 330)])
def test_a_line_is_measured_with_a_numeral_as_long_as_any_that_its_contents_may_lead_to(
    films: int, pages: int
) -> None:
    html = page(contents(films))
    shard = Shard("front+contents", html, (), slots_in(html), Zone.FRONT, Side.RECTO, numbering="roman")
    measured: list[Job] = []

    def paint(job: Job) -> object:
        measured.append(job)
        raise _EnoughError

    with pytest.raises(_EnoughError):
        lay_out([shard], lambda strands, _: weave(paint, strands))  # type: ignore[arg-type]
    numeral = measured[0][1].romans["foreword"]
    assert len(numeral) >= max(len(roman(number)) for number in range(1, pages + 10))


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
