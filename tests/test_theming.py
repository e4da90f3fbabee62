"""The theme of the page on theming is made from its own blocks, and a book is built with it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from finished import filmguide

from book.cover import cover_svg
from book.model import GuideInfo
from book.scaffold import new_guide
from book.themes import find_theme

DOCS = Path(__file__).parent.parent / "docs"


def files_of(page: str) -> dict[str, str]:
    """The files that a page writes, by path: each block below a sentence that names one; the last counts."""
    found = {}
    end = 0
    for block in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        before = page[end : block.start()].strip().rpartition("\n\n")[2]
        end = block.end()
        if block[1] not in {"sh", "text"}:
            named = re.findall(r"`(styles/evening/[\w./]+)`", before)
            found[named[-1]] = block[2]
    return found


FILES = files_of((DOCS / "theming.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theming")
    new_guide(folder, title="Looking In", author="Ann Author")
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def test_the_page_makes_a_theme_of_these_files() -> None:
    assert sorted(FILES) == [
        "styles/evening/cover.css",
        "styles/evening/ebook.css",
        "styles/evening/print.css",
        "styles/evening/templates/cover.svg",
        "styles/evening/templates/print/chapter.html",
        "styles/evening/theme.toml",
        "styles/evening/web.css",
    ]


def test_what_the_theme_says_is_what_it_has(guide: Path) -> None:
    theme = find_theme("evening", guide)
    assert (theme.title, theme.page.outer, theme.page.type) == ("Evening", 0.13, 10)
    assert theme.style("print", "en")[-1] == FILES["styles/evening/print.css"]
    assert [layer.name for layer in theme.layers] == ["evening", "classic"]


@pytest.fixture(scope="module")
def pages(guide: Path) -> pypdfium2.PdfDocument:
    """The PDF of the guide in the theme; building it finds nothing to mend."""
    told = filmguide("-C", guide, "build", "--theme", "evening", within=guide)
    assert told["findings"] == []
    return pypdfium2.PdfDocument(guide / "build" / "looking-in.pdf")


def colours(page: pypdfium2.PdfPage) -> dict[tuple[int, ...], int]:
    """How often each colour stands on a page, a pixel a point."""
    found = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 24)
    return {colour: count for count, colour in found}


def test_a_chapter_opens_with_its_number_alone(pages: pypdfium2.PdfDocument) -> None:
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    opener = next(text for text in texts if "The 1950s" in text and text.strip().startswith("1"))
    assert "Chapter" not in opener


def test_the_warning_is_the_lit_window(pages: pypdfium2.PdfDocument) -> None:
    assert max(colours(page).get((0xF2, 0xD5, 0x8A), 0) for page in pages) > 5_000


def test_facts_stand_on_a_pale_ground(pages: pypdfium2.PdfDocument) -> None:
    assert max(colours(page).get((0xE9, 0xED, 0xF3), 0) for page in pages) > 10_000


def test_one_window_of_the_cover_is_lit(guide: Path) -> None:
    drawn = cover_svg(GuideInfo("Looking In", authors=("Ann Author",)), find_theme("evening", guide))
    windows = re.findall(r'width="160" height="220" fill="(#\w+)"', drawn)
    assert (windows.count("#f2d58a"), windows.count("#2c4a73")) == (1, 7)


def test_the_site_and_the_e_book_take_the_theme(guide: Path) -> None:
    filmguide("-C", guide, "build", "web", "--theme", "evening", within=guide)
    sheets = [file.read_text("utf-8") for file in (guide / "build").rglob("*.css")]
    assert any("--lead: #1f3a5f" in sheet for sheet in sheets)
