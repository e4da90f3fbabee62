"""Filing films: whether a first word is an article, whose title it is, and how another script reads."""

from __future__ import annotations

import pytest
from conftest import film

from book.filing import Filing, transposed
from book.languages import country_name, language_name
from book.titles import file_under, heading, title_key, title_languages


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Third Man", "en", "Third Man, The"),
        ("A Man Escaped", "fr", "Man Escaped, A"),
        ("A nous la liberté", "fr", "A nous la liberté"),
        ("La strada", "it", "Strada, La"),
        ("La La Land", "en", "La La Land"),
        ("L’Atalante", "fr", "Atalante, L’"),
        ("Die Brücke", "de", "Brücke, Die"),
        ("Die Hard", "en", "Die Hard"),
        ("O lucky Brasil", "pt", "Lucky Brasil, O"),
        ("A tanú", "hu", "Tanú, A"),
        ("A.I. Artificial Intelligence", "en", "A.I. Artificial Intelligence"),
        ("Los lunes al sol", "es", "Lunes al sol, Los"),
        ("八月の狂詩曲", "ja", "Hachigatsu no kyoshikyoku"),
        ("Иваново детство", "ru", "Ivanovo detstvo"),
        ("جدایی نادر از سیمین", "fa", "جدایی نادر از سیمین"),
    ],
)
def test_a_film_is_filed_without_its_article_and_in_our_letters(
    title: str, language: str, filed: str
) -> None:
    assert file_under(film(title, 1960, slug="x-1960", languages=(language,))) == filed


def test_a_film_of_unknown_language_is_filed_by_the_language_of_the_guide() -> None:
    assert file_under(film("Der Pate", 1972), "de") == "Pate, Der"


def test_an_english_film_in_a_german_guide_keeps_its_verb() -> None:
    assert file_under(film("Die Hard", 1988, languages=("en",)), "de") == "Die Hard"


def test_german_spoken_somewhere_in_an_english_film_makes_no_german_title() -> None:
    assert file_under(film("Die Another Day", 2002, languages=("en", "de", "ko"))) == "Die Another Day"


@pytest.mark.parametrize(
    ("title", "filed"),
    [
        ("Les Ailes du désir", "Ailes du désir, Les"),
        ("A Man with a Camera", "Man with a Camera, A"),
        ("The Girl from a Far Land", "Girl from a Far Land, The"),
        ("A nous la liberté", "A nous la liberté"),
        ("Les Girls", "Les Girls"),
    ],
)
def test_a_title_used_elsewhere_tells_its_language_by_its_small_words(title: str, filed: str) -> None:
    here = film("Himmel", 1987, languages=("de",), aka=(title,))

    assert transposed(title, title_languages(here, title, "en")) == filed


def test_a_sort_title_in_other_words_moves_a_film_but_is_not_printed() -> None:
    number = film("8½", 1963, sort_title="Eight and a Half")
    the = film("The The", 1999, sort_title="the The")

    assert [(file_under(each), heading(each)) for each in (number, the)] == [
        ("Eight and a Half", "8½"),
        ("the The", "the The"),
    ]


def test_a_title_in_another_script_is_printed_behind_its_reading_the_writers_own_first() -> None:
    samurai = film("七人の侍", 1954, slug="a-1954", languages=("ja",))
    name = film("君の名は。", 2016, slug="b-2016", languages=("ja",), sort_title="Kimi no na wa")

    assert [heading(samurai), heading(name)] == [
        "Shichinin no samurai (七人の侍)",
        "Kimi no na wa (君の名は。)",
    ]
    assert [heading(samurai, language) for language in ("ja", "ru")] == ["七人の侍", "七人の侍"]


def test_numbers_of_an_original_title_are_spoken_in_its_language() -> None:
    aloud = Filing("en", numerals="spoken")
    here = film("8½", 1963, languages=("it",), original_title="8½")
    there = film("8 Mile", 2002, languages=("en",))

    assert [title_key(each, "en", aloud)[0][1] for each in (here, there)] == [("ottoemezzo",), ("eightmile",)]


def test_codes_are_told_in_everyday_words() -> None:
    assert [country_name(code) for code in ("US", "RU", "KR", "Freedonia")] == [
        "United States",
        "Russia",
        "South Korea",
        "Freedonia",
    ]
    assert [language_name(tag) for tag in ("en-GB", "el", "yue", "tlh-x", "Dothraki")] == [
        "English",
        "Greek",
        "Cantonese",
        "Klingon",
        "Dothraki",
    ]
