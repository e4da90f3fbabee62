"""Filing: articles, alphabets, numbers, and readings of other scripts, against lists put in order by hand."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from book.alphabets import RULES, alphabet_of
from book.filing import Filing, fold, letter, sort_key, transposed
from book.scripts import romanised
from book.spoken import spoken

SHELVES = {
    "en": [
        "8½", "12 Angry Men", "(500) Days of Summer", "2001: A Space Odyssey", "20,000 Leagues Under the Sea",
        "Ällä", "Alma", "Éclair", "Lee, Ang", "Lee, Spike", "Leeds, Zoe", "Łódź", "M*A*S*H", "Newark",
        "New York", "Ocean's Eleven", "Ørsted", "resume", "Resume", "résumé", "Scarface (1932)",
        "Scarface (1983)", "Scarface Returns", "Third Man, The", "Zorro",
    ],
    "da": [
        "Apen", "Babettes gæstebud", "Cirkus", "Yrsa", "Zappa", "Zorn", "Ægteskab", "Æsel", "Ødipus", "Öga",
        "Ønsket", "Ål", "Ånd", "Aarhus by Night",
    ],
    "nb": ["Abel", "Zulu", "Ærlig talt", "Østfold", "Ål"],
    "sv": [
        "Anna", "Vaka", "Wallander", "Xenia", "Über alles", "Yrsel", "Ysild", "Zita", "Zorn", "Ådalen 31",
        "Åsa-Nisse", "Ängel", "Ävja", "Öken", "Översten",
    ],
    "fi": ["Zorro", "Åke", "Äiti", "Öinen"],
    "de": [
        "Adler", "Ämter", "Angst", "Ärger", "Fussball", "Fußballer", "Gold", "Ödipus", "Oper", "Über uns",
        "Umweg", "Zebra",
    ],
    "de-u-co-phonebk": ["Adler", "Ämter", "Äpfel", "Afrika", "Angst", "Odeon", "Ödipus", "Ofen"],
    "fr": [
        "Âge d'or, L'", "Argent, L'", "Belle et la Bête, La", "cote", "coté", "côte", "côté", "Élise",
        "Ennui, L'", "Été meurtrier, L'", "Oedipe", "Œil du malin, L'", "Orphée",
    ],
    "es": [
        "Calle mayor", "Chacal", "Nadie", "Nazarín", "Nube", "Ñaque", "Ñoño", "Ocho", "Óscar", "Zama",
    ],
    "es-u-co-trad": ["Cuba", "Chacal", "Dama", "Luna", "Llanto", "Mar"],
    "it": ["Àncora", "Aprile", "È arrivato", "Ecce bombo", "Sole", "Strada, La", "Zorro"],
    "pl": [
        "Ada", "Azyl", "Ądły", "Bal", "Cwał", "Czas", "Ćma", "Lot", "Lustro", "Łuk", "Nikt", "Noc", "Nóż",
        "Ńe", "Obława", "Ósma", "Palec", "Sól", "Sztos", "Ślepy", "Zorro", "Źle", "Żal", "Życie",
    ],
    "cs": [
        "Cena", "Cyril", "Čas", "Černý Petr", "Ďábel", "Dáma", "Hoří, má panenko", "Hra", "Chlapec", "Chyba",
        "Ikarie", "Ovoce", "Rok", "Řád", "Sedmikrásky", "Šašek", "Zelí", "Žert",
    ],
    "hu": ["Cudar", "Csalás", "Dal", "Gaz", "Gúny", "Gyerek", "Ok", "Ország", "Öröm", "Őz", "Szindbád"],
    "tr": [
        "Cennet", "Çöl", "Gelin", "Güz", "Ğ", "Hasat", "Huzur", "Ihlamur", "Işık", "İklimler", "İz", "Jale",
        "Oda", "Özgür", "Sevmek", "Susuz", "Şoför", "Umut", "Üç maymun", "Yol",
    ],
    "ro": ["Azi", "Ăsta", "Ânger", "Băiat", "Sat", "Școala", "Tata", "Țara", "Zi"],
    "ru": ["Иваново детство", "Игла", "Йод", "Калина красная", "Сталкер", "Alien"],
    "uk": ["Гора", "Ґава", "Дим", "Еней", "Євшан", "Жага", "Иже", "Ікар", "Їжак", "Йод", "Камінь"],
    "ja": ["秋日和", "生きる", "ガメラ", "七人の侍", "東京物語", "羅生門"],
    "zh": ["霸王别姬", "重庆森林", "花样年华", "Moon", "三峡好人", "卧虎藏龙"],
    "ko": ["괴물", "기생충", "버닝", "시", "올드보이"],
}  # fmt: skip
"""In the order in which a reader of the language looks them up."""


def shuffled(shelf: list[str]) -> list[str]:
    return Random(1895).sample(shelf, len(shelf))


@pytest.mark.parametrize("language", SHELVES)
def test_headings_stand_in_the_order_that_readers_of_the_language_expect(language: str) -> None:
    shelf = SHELVES[language]
    filing = Filing(language)

    assert sorted(shuffled(shelf), key=lambda heading: sort_key(heading, filing)) == shelf


def test_what_no_alphabet_of_the_guide_has_comes_first_or_last() -> None:
    shelf = ["$", "8½", "9", "Zorro", "Ψ", "Иваново детство", "七人の侍"]

    assert sorted(shuffled(shelf), key=sort_key) == shelf


@pytest.mark.parametrize("language", RULES)
def test_our_alphabets_are_those_of_unicode(language: str) -> None:
    """Pairs of short words, compared as ICU compares them; ICU itself is not needed to make a book."""
    icu = pytest.importorskip("icu")
    others = {
        "de-u-co-phonebk": "de@collation=phonebook",
        "es-u-co-trad": "es@collation=traditional",
        "sh": "hr",
        "sr-Latn": "sr_Latn",
    }
    collator = icu.Collator.createInstance(icu.Locale(others.get(language, language)))
    collator.setStrength(icu.Collator.PRIMARY)
    alphabet, filing = alphabet_of(language), Filing(language)
    first = 0x61 if alphabet.script == "LATIN" else 0x430
    plain = [chr(first + place) for place in range(26)]
    words = [
        start + end
        for start in (*plain, *alphabet.keys)
        for end in ("", plain[0], plain[25], next(iter(alphabet.keys)))
    ]
    keys = {word: sort_key(word, filing)[1] for word in words}

    assert [
        (one, other)
        for one, other in combinations(words, 2)
        if (keys[one] > keys[other]) - (keys[one] < keys[other]) != collator.compare(one, other)
    ] == []


@pytest.mark.parametrize(
    ("words", "language", "group"),
    [
        ("Ällä", "en", "A"),
        ("Ällä", "sv", "Ä"),
        ("Ällä", "de", "A"),
        ("Ångström", "sv", "Å"),
        ("Aarhus", "da", "Å"),
        ("Æsel", "sv", "Ä"),
        ("Øst", "en", "O"),
        ("Über alles", "sv", "Y"),
        ("Chlapec", "cs", "Ch"),
        ("Łódź", "pl", "Ł"),
        ("Żal", "pl", "Ż"),
        ("İklimler", "tr", "İ"),
        ("Ihlamur", "tr", "I"),
        ("Ñoño", "es", "Ñ"),
        ("Ñoño", "en", "N"),
        ("(500) Days of Summer", "en", "0–9"),
        ("$", "en", "#"),
        ("", "en", "#"),
        ("Йод", "en", "АБВ"),
        ("Йод", "ru", "Й"),
        ("Alien", "ru", "A–Z"),
        ("七人の侍", "en", "漢字"),
        ("七人の侍", "ja", "さ"),
        ("あの夏", "en", "かな"),
        ("ガメラ", "ja", "か"),
        ("花样年华", "zh", "H"),
        ("기생충", "en", "가나다"),
        ("기생충", "ko", "ㄱ"),
    ],
)
def test_a_heading_stands_under_its_letter(words: str, language: str, group: str) -> None:
    filing = Filing(language)
    assert letter(sort_key(words, filing), filing) == group


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Third Man", "en", "Third Man, The"),
        ("La La Land", "en", "La La Land"),
        ("La strada", "it", "Strada, La"),
        ("L'avventura", "it", "Avventura, L'"),
        ("L’Atalante", "fr", "Atalante, L’"),
        ("Les Enfants du paradis", "fr", "Enfants du paradis, Les"),
        ("Die Brücke", "de", "Brücke, Die"),
        ("Ein Lied von Liebe", "de", "Lied von Liebe, Ein"),
        ("Das Boot", "de", "Boot, Das"),
        ("Il posto", "it", "Posto, Il"),
        ("Gli sbandati", "it", "Sbandati, Gli"),
        ("El sur", "es", "Sur, El"),
        ("Los olvidados", "es", "Olvidados, Los"),
        ("O Pagador de Promessas", "pt", "Pagador de Promessas, O"),
        ("Os Verdes Anos", "pt", "Verdes Anos, Os"),
        ("Det sjunde inseglet", "sv", "Sjunde inseglet, Det"),
        ("De lift", "nl", "Lift, De"),
        ("Het meisje", "nl", "Meisje, Het"),
        ("'t Schaep", "nl", "Schaep, 't"),
        ("Den skaldede frisør", "da", "Skaldede frisør, Den"),
        ("A tanú", "hu", "Tanú, A"),
        ("Ο Θίασος", "el", "Θίασος, Ο"),
        ("The", "en", "The"),
        ("Therese", "en", "Therese"),
    ],
)
def test_a_leading_article_goes_behind_by_the_language_of_the_title(
    title: str, language: str, filed: str
) -> None:
    assert transposed(title, (language,)) == filed


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("12 Angry Men", "en", "twelve Angry Men"),
        ("1984", "en", "nineteen eighty-four"),
        ("2001: A Space Odyssey", "en", "two thousand and one: A Space Odyssey"),
        ("20,000 Leagues", "en", "twenty thousand Leagues"),
        ("25th Hour", "en", "twenty-fifth Hour"),
        ("8½", "en", "eight and a half"),
        ("8½", "it", "otto e mezzo"),
        ("Les 400 Coups", "fr", "Les quatre cents Coups"),
        ("3 Engel", "de", "drei Engel"),
        ("Se7en", "en", "Se7en"),
        ("10,000 BC", "en", "ten thousand BC"),
        ("3-D", "en", "three-D"),
        ("12", "xx", "12"),
    ],
)
def test_numbers_are_spoken_where_a_guide_wants_it(title: str, language: str, said: str) -> None:
    assert spoken(title, language) == said


def test_spoken_numbers_stand_among_the_words() -> None:
    spoken_aloud = Filing("en", numerals="spoken")
    shelf = ["8½", "Emma", "1984", "Tusk", "12 Angry Men"]

    assert sorted(shelf, key=lambda title: sort_key(title, spoken_aloud)) == [
        "8½", "Emma", "1984", "Tusk", "12 Angry Men",
    ]  # fmt: skip
    assert sorted(shelf, key=sort_key) == ["8½", "12 Angry Men", "1984", "Emma", "Tusk"]


@pytest.mark.parametrize(
    ("title", "language", "reads"),
    [
        ("七人の侍", "ja", "Shichinin no samurai"),
        ("東京物語", "ja", "Tokyo monogatari"),
        ("生きる", "ja", "Ikiru"),
        ("羅生門", "ja", "Rashomon"),
        ("花样年华", "zh", "Hua yang nian hua"),
        ("臥虎藏龍", "cmn", "Wo hu cang long"),
        ("기생충", "ko", "Gisaengchung"),
        ("Иваново детство", "ru", "Ivanovo detstvo"),
        ("Ο Θίασος", "el", "O Thiasos"),
        ("The Third Man", "en", ""),
        ("2046", "zh", ""),
        ("جدایی نادر از سیمین", "fa", ""),
    ],
)
def test_a_title_in_another_script_has_a_reading_where_its_script_says_one(
    title: str, language: str, reads: str
) -> None:
    assert romanised(title, language) == reads


def test_folding_keeps_signs_and_loses_marks() -> None:
    assert fold("Ærø – Łódź, ÉTÉ!") == "aero – lodz, ete!"
