"""Filing: articles, surnames, letters and their order."""

from __future__ import annotations

import pytest
from conftest import film

from book.languages import country_name, language_name
from book.titles import (
    file_under,
    heading,
    letter,
    sort_key,
    surname_first,
    title_languages,
    transposed,
)


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Third Man", "en", "Third Man, The"),
        ("A Man Escaped", "fr", "Man Escaped, A"),
        ("A nous la liberté", "fr", "A nous la liberté"),
        ("La strada", "it", "Strada, La"),
        ("L'avventura", "it", "Avventura, L'"),
        ("L’Atalante", "fr", "Atalante, L’"),
        ("Die Brücke", "de", "Brücke, Die"),
        ("Die Hard", "en", "Die Hard"),
        ("El sur", "es", "Sur, El"),
        ("O lucky Brasil", "pt", "Lucky Brasil, O"),
        ("Det sjunde inseglet", "sv", "Sjunde inseglet, Det"),
        ("De lift", "nl", "Lift, De"),
        ("A tanú", "hu", "Tanú, A"),
        ("A.I. Artificial Intelligence", "en", "A.I. Artificial Intelligence"),
        ("The", "en", "The"),
        ("Therese", "en", "Therese"),
        ("八月の狂詩曲", "ja", "八月の狂詩曲"),
    ],
)
def test_a_leading_article_is_set_behind_the_title(title: str, language: str, filed: str) -> None:
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


def test_the_writers_sort_title_wins() -> None:
    assert file_under(film("The The Movie", 1999, sort_title="The The Movie")) == "The The Movie"


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Mike Figgis", "Figgis, Mike"),
        ("D. W. Griffith", "Griffith, D. W."),
        ("Robert Downey Jr.", "Downey, Robert, Jr."),
        ("Robert Downey, Jr.", "Downey, Robert, Jr."),
        ("Harry Morgan III", "Morgan, Harry, III"),
        ("Lars von Trier", "Trier, Lars von"),
        ("Hans van den Berg", "Berg, Hans van den"),
        ("Josef von Sternberg", "Sternberg, Josef von"),
        ("Gus Van Sant", "Van Sant, Gus"),
        ("Robert De Niro", "De Niro, Robert"),
        ("Vittorio De Sica", "De Sica, Vittorio"),
        ("Guillermo del Toro", "del Toro, Guillermo"),
        ("Álex de la Iglesia", "Iglesia, Álex de la"),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Jan de Bont", "Bont, Jan de"),
        ("Jill St. John", "St. John, Jill"),
        ("Al Pacino", "Pacino, Al"),
        ("Wong Kar-wai", "Wong Kar-wai"),
        ("Bong Joon-ho", "Bong Joon-ho"),
        ("Zhang Yimou", "Zhang Yimou"),
        ("Kim Novak", "Novak, Kim"),
        ("Wayne Wang", "Wang, Wayne"),
        ("Catherine Zeta-Jones", "Zeta-Jones, Catherine"),
        ("The Wachowskis", "Wachowskis, The"),
        ("Björk", "Björk"),
        ("黒澤明", "黒澤明"),
        ("Kurosawa, Akira", "Kurosawa, Akira"),
        ("", ""),
    ],
)
def test_people_are_filed_by_surname(name: str, filed: str) -> None:
    assert surname_first(name) == filed


def test_headings_stand_in_the_order_a_reader_expects() -> None:
    shelf = [
        "$",
        "8½",
        "9",
        "12 Angry Men",
        "(500) Days of Summer",
        "2001: A Space Odyssey",
        "20,000 Leagues Under the Sea",
        "Ällä",
        "Alma",
        "Éclair",
        "Lee, Ang",
        "Lee, Spike",
        "Leeds, Zoe",
        "Łódź",
        "M*A*S*H",
        "Newark",
        "New York",
        "Ocean's Eleven",
        "Ørsted",
        "Scarface (1932)",
        "Scarface (1983)",
        "Scarface Returns",
        "Third Man, The",
        "Иваново детство",
        "七人の侍",
    ]
    assert sorted(set(shelf), key=sort_key) == shelf


def test_a_heading_is_sorted_past_its_article_when_its_language_is_known() -> None:
    assert sort_key("The Third Man", "en")[:2] == sort_key("Third Man")[:2]


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Ällä", "A"),
        ("(500) Days of Summer", "0–9"),
        ("$", "#"),
        ("", "#"),
        ("Йод", "И"),
        ("七人の侍", "漢字"),
        ("あの夏", "あ"),
        ("기생충", "ㄱ"),
        ("Øst", "O"),
    ],
)
def test_a_heading_stands_under_its_letter(words: str, group: str) -> None:
    assert letter(sort_key(words)) == group


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
