"""Lines with words of both directions, in every order in which they may be meant."""

from __future__ import annotations

from collections.abc import Mapping

import pypdfium2
import pytest
from test_spelling import bare, bound

from book.model import Manifest, PageFact, Zone
from book.sentences import words_of
from book.verify_lines import readings
from book.verify_pdf import open_pdf

LINES = (
    "تقرأ في جريدة Le Monde خبرًا عن البيت.",
    "في عام 1974 رأت The Night of the Hunter ثم Close Up في السينما.",
    "האם ראית את The Big Sleep או Casablanca בשנת 1946 בתל אביב?",
    "در سال ۱۹۷۴ فیلم Taxi Driver را دید و گریست.",
    "شاهد Alien 3 أمس في دار العرض",
    "بعد 20 عامًا و 30 يومًا",
    "A man says שבע ברכות (1974) and sees ليل المدينة القديمة (1990).",
    "An English line with تقرأ في جريدة inside and הבית על הגבעה too, 1974.",
    "The film باغ پنهان is Persian, and no other is.",
)


@pytest.fixture(scope="module", params=["en", "ar"])
def page(request: pytest.FixtureRequest) -> Mapping[str, object]:
    """A page of such lines, in a book of either binding."""
    file = bound(*LINES, language=request.param)
    return {
        "text": pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range(),
        "right": request.param == "ar",
    }


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_found_in_one_of_its_readings(line: str, page: Mapping[str, object]) -> None:
    read = readings(str(page["text"]), bound_right=bool(page["right"]))
    assert any(bare(line) in bare(each) for each in read)


def test_as_pdfium_has_them_most_are_not(page: Mapping[str, object]) -> None:
    assert sum(bare(line) in bare(str(page["text"])) for line in LINES) < 3


def test_a_page_that_runs_one_way_is_read_once() -> None:
    assert readings("A man walks into\r\na city, 1974.") == ("A man walks into\r\na city, 1974.",)


def test_a_line_keeps_all_its_signs() -> None:
    text = "خبرًا (1974) Le Monde عن\r\nA–B\n"
    assert {"".join(sorted(each)) for each in readings(text)} == {"".join(sorted(text))}


def test_a_page_is_sought_in_each_of_its_readings() -> None:
    """Words that PDFium turns round are words of the page all the same, and may give a story away."""
    facts = (PageFact(1, "1", Zone.FRONT, None),)
    passages, findings = open_pdf("a.pdf", bound(LINES[0]), Manifest("A Guide", facts, (), {}), "page")
    assert findings == ()
    assert [words_of(LINES[0]) in each.words for each in passages if each.body] == [False, True]
