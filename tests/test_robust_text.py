"""Films in every script, and words longer than any line: no ink outside the type area, no glyph missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import Ended, command, put_entry, small_guide
from type_area import outside

TEXTS = {
    "arabic": ("الناصر صلاح الدين", "يعيش صلاح الدين في القاهرة ويحلم بتحرير المدينة. " * 6),
    "hebrew": ("שבע ברכות", "סיפור על משפחה גדולה ועל סוד ישן שאיש אינו מספר. " * 6),
    "japanese": ("東京物語、あるいは長い題名を持つ映画についての物語", "老いた夫婦が子供たちを訪ねる。" * 12),
    "chinese": ("重庆森林", "两个警察在香港的夜里相继失恋。" * 15),
    "korean": ("기생충", "가난한 가족이 부유한 집에 들어간다. " * 12),
    "thai": ("ลุงบุญมีระลึกชาติ", "ลุงบุญมีป่วยหนักและเลือกที่จะใช้ช่วงสุดท้ายของชีวิตกับคนที่รัก" * 5),
    "hindi": ("पाथेर पांचाली", "एक गरीब परिवार गाँव में रहता है। " * 12),
    "tamil": ("நாயகன்", "ஒரு மனிதன் நகரத்தில் வாழ்கிறான். " * 10),
    "telugu": ("శంకరాభరణం", "ఒక సంగీత విద్వాంసుడు గ్రామంలో నివసిస్తాడు. " * 8),
    "greek": ("Το λιβάδι που δακρύζει", "Μια οικογένεια προσφύγων χτίζει ένα χωριό. " * 8),
    "parted": ("Cafe\u0301 A\u030angstro\u0308m", "Re\u0301sume\u0301 nai\u0308ve. " * 20),
    "marks": ("Z\u0301\u0316\u0301 Marks", "A\u0301\u0302\u0303\u0304 stack of marks. " * 10),
    "one-word": ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauer", "x" * 180 + " and more."),
    "address": ("An Address", "https://example.org/" + "averylongaddress/" * 10),
    "long-title": ("The Never Quite Finished History of a House and " * 3 + "a Door", "It stands. " * 9),
    "capitals": ("W" * 60, "M" * 150),
    "unseen": ("Ze\u200bro \u200dWi\u2060dth", "\u202eA man walks.\u202c Soft\u00adhy\u00adphen. " * 20),
    "code": ("Code", "`" + "a_very_long_identifier_" * 8 + "`\n\n    " + "unbroken" * 30),
    "table": ("A Table", "| word " * 14 + "|\n" + "|---" * 14 + "|\n" + "| longerword " * 14 + "|\n"),
    "families": ("Families", "A family 👩\u200d👩\u200d👧 of ☃ and 𝔘."),
}  # fmt: skip


@pytest.fixture(scope="module", params=["classic", "modern"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, Ended]:
    """The guide, its theme, and how its build ended."""
    root = small_guide(tmp_path_factory.mktemp("robust") / "guide")
    for name, (title, text) in TEXTS.items():
        put_entry(root, name, title=f"'{title}'", safe=text, told=text)
    words = ("build", "pdf", "--theme", request.param, "--json")
    return root, request.param, command("-C", root, *words, within=root, seconds=300)


def test_every_sign_of_a_living_script_has_a_glyph(built: tuple[Path, str, Ended]) -> None:
    _, _, ended = built
    lost = {each["file"]: each["message"] for each in ended.told()["findings"] if each["code"] == "F701"}
    assert ended.code == 0, ended.said[-2000:]
    assert set(lost) == {"entries/families-1991.md"}, lost


def test_no_ink_stands_outside_of_the_type_area(built: tuple[Path, str, Ended]) -> None:
    root, name, _ = built
    assert outside(root, name) == []
