"""Where spoilers stand in the printed book: [spoilers] pdf = page, overleaf, back, omit."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.build import build_guide

MODES = ("page", "overleaf", "back", "omit")
LENGTHS = (1, 9, 3, 14, 1, 6)  # paragraphs of a plot, so that parts end on rectos and on versos
SIGNS = {"front": "f", "chapter": "c", "safe": "s", "warning": "s", "spoiler": "x", "back": "b", "blank": "-"}

ENTRY = """---
title: Film {n}
year: {year}
director: Ann Author
themes: [rain]
spoiler_themes: [secretly{n}twins]
cast:
  - {{name: Actor {n}, role: A guest}}
  - {{name: Hidden{n}, role: The twin, spoiler: true}}
---
{synopsis}

# Spoilers

## Plot

{plot}
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, Any]]]:
    """The same six films in two chapters, built once in every mode: the PDF and its manifest."""
    root = tmp_path_factory.mktemp("guide")
    (root / "entries").mkdir()
    (root / "guide.toml").write_text('[guide]\ntitle = "Six"\n')
    for n, length in enumerate(LENGTHS):
        plot = "\n\n".join(
            f"Ending{n} comes in part {k}. {'It is told at length here. ' * 25}" for k in range(length)
        )
        synopsis = "\n\n".join(["Rain falls on a small town. " * 30] * (1 + n % 3))
        text = ENTRY.format(n=n, year=1985 + 3 * n, synopsis=synopsis, plot=plot)
        (root / "entries" / f"film-{n}-{1985 + 3 * n}.md").write_text(text)
    made = {}
    for mode in MODES:
        report = build_guide(root, formats=["pdf"], out=root / mode, spoilers=mode, jobs=1)
        assert (report.stopped, report.findings) == (False, ())
        pdf, manifest = report.files
        made[mode] = (pdf, json.loads(manifest.read_text("utf-8")))
    return made


def spreads(manifest: dict[str, Any]) -> list[str]:
    """Verso and recto of every opening, a letter a page."""
    pages = " " + "".join(SIGNS[page["zone"]] for page in manifest["pages"])
    return [pages[start : start + 2] for start in range(0, len(pages), 2)]


def texts(pdf: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_on_a_page_of_their_own_behind_the_warning(books: dict[str, Any]) -> None:
    _, manifest = books["page"]
    for film in manifest["films"]:
        assert film["spoilers"][0] == film["safe"][-1] + 1
        assert film["warning"] == film["safe"][-1]


def test_overleaf_no_spread_holds_both_spoilers_and_what_is_safe(books: dict[str, Any]) -> None:
    pdf, manifest = books["overleaf"]
    assert [spread for spread in spreads(manifest) if "x" in spread and set(spread) - set("x-")] == []
    assert "---" not in "".join(spreads(manifest))
    for film in manifest["films"]:
        assert film["spoilers"][0] % 2 == 0  # a verso, in a file whose first page is a recto
    said = {
        texts(pdf)[page["number"] - 1].strip() for page in manifest["pages"][10:] if page["zone"] == "blank"
    }
    assert said <= {
        "",
        "The story continues overleaf. It tells the ending.",
        "The next film begins overleaf.",
        "The next chapter begins overleaf.",
    }
    assert len(said) >= 3


def test_the_other_modes_do_mix_them(books: dict[str, Any]) -> None:
    """The check above can fail."""
    assert [spread for spread in spreads(books["page"][1]) if set(spread) == {"s", "x"}] != []


def test_at_the_back_in_the_order_of_the_book_and_by_page_number_both_ways(books: dict[str, Any]) -> None:
    pdf, manifest = books["back"]
    films, pages, words = manifest["films"], manifest["pages"], texts(pdf)
    firsts = [film["spoilers"][0] for film in films]
    assert firsts == sorted(firsts)
    assert firsts[0] > max(film["safe"][-1] for film in films)
    for film in films:
        there, here = film["spoilers"][0], film["safe"][0]
        assert f"included: page\xa0{pages[there - 1]['label']}" in words[film["warning"] - 1]
        assert f"the film: page\xa0{pages[here - 1]['label']}" in words[there - 1]


def test_left_out_nothing_of_them_is_in_the_file(books: dict[str, Any]) -> None:
    pdf, manifest = books["omit"]
    assert [film["spoilers"] for film in manifest["films"]] == [[]] * 6
    with pikepdf.open(pdf) as opened:
        outline = [item.title for item in opened.open_outline().root]
        everything = " ".join([*texts(pdf), *outline, *map(str, opened.docinfo.values())])
        names = [str(name) for name, _ in pikepdf.NameTree(opened.Root.Names.Dests).items()]
    for word in ("Ending", "twins", "Hidden", "Spoilers", "spoilers"):
        assert word not in everything
        assert not any(word in name for name in names)


@pytest.mark.parametrize("mode", ["page", "overleaf", "back"])
def test_spoilers_stand_on_spoiler_pages_alone(books: dict[str, Any], mode: str) -> None:
    pdf, manifest = books[mode]
    for page, text in zip(manifest["pages"], texts(pdf), strict=True):
        told = any(word in text for word in ("Ending", "twins"))
        assert told is (page["zone"] == "spoiler")
    for n in range(6):
        assert sum(f"Ending{n} " in text for text in texts(pdf)) >= 1
