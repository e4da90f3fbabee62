"""The guide's own words in every language: whole catalogues, and nothing printed that is not in them."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from conftest import film
from lxml import etree, html

from book.compose import compose
from book.compose_ebook import compose_ebook
from book.config import read_project
from book.epub import render_epub
from book.formats import edition_time
from book.languages import country_name, language_name
from book.matter import how_to_use
from book.model import BoxOffice, Kind, Section, Series, Shard
from book.outcome import Reading
from book.reading import read_guide
from book.themes import find_theme
from book.wording import cited, credits, day_in_words, enumerated, facts, heading, listed
from book.words import DOMAIN, LOCALE, blanks, languages, words_in

ROOT = Path(__file__).parent.parent
OURS = ("de", "es", "fr", "it", "ja", "pt")

# ----------------------------------------------------------------------------------- the catalogues

Key = tuple[str, str]
"""A message by its context, which may be empty, and its English."""


@cache
def in_use() -> frozenset[Key]:
    """Every message of code and templates, collected as translators' tools do."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    found = [
        (context or "", message if isinstance(message, str) else message[0])
        for folder in ("book", "styles")
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder, methods, keywords=DEFAULT_KEYWORDS | {"marked": None}
        )
    ]
    return frozenset(found)


def catalogue(path: Path) -> Catalog:
    return read_po(StringIO(path.read_text("utf-8")), abort_invalid=True)


def shipped(language: str) -> Catalog:
    return catalogue(LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po")


def keys(messages: Catalog) -> set[Key]:
    return {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in messages
        if message.id
    }


def strings(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def test_there_is_a_catalogue_for_each_language_we_promise() -> None:
    assert languages() == OURS


@pytest.mark.parametrize("language", ["", *OURS])
def test_a_catalogue_has_every_message_and_no_other(language: str) -> None:
    theirs = keys(shipped(language) if language else catalogue(LOCALE / f"{DOMAIN}.pot"))
    hint = "collect them anew with: nox -s words"
    assert (sorted(in_use() - theirs), sorted(theirs - in_use())) == ([], []), hint


@pytest.mark.parametrize("language", OURS)
def test_every_message_is_translated_whole(language: str) -> None:
    faults = []
    for message in shipped(language):
        if not message.id:
            continue
        wanted = {blank for each in strings(message.id) for blank in blanks(each)}
        said = strings(message.string)
        broken = any(
            "<" in each or "&" in each or each.count("\n") != strings(message.id)[0].count("\n")
            for each in said
        )
        if message.fuzzy or not all(said) or broken or any(set(blanks(each)) != wanted for each in said):
            faults.append((message.id, message.string))
    assert faults == []


def test_a_blank_that_is_none_is_seen() -> None:
    assert blanks("100 %% of %(title)s, %d % and %(number)d") == ("%(title)s", "%d", "% ", "%(number)d")


def test_a_region_goes_by_its_language_and_a_strange_one_by_english() -> None:
    said = [words_in(tag).gettext("Contents") for tag in ("en", "pt-BR", "de-CH", "pl", "x-none")]
    assert said == ["Contents", "Sumário", "Inhalt", "Contents", "Contents"]


def test_english_knows_all_it_says() -> None:
    assert {message for _, message in in_use()} <= set(words_in("en").all)


# ----------------------------------------------------------------- what a language decides by itself


def test_a_day_is_written_as_in_the_language() -> None:
    said = {tag: day_in_words(date(1995, 10, 27), words_in(tag)) for tag in ("en", "en-US", "de", "ja", "pl")}
    assert said == {
        "en": "27 October 1995",
        "en-US": "October 27, 1995",
        "de": "27. Oktober 1995",
        "ja": "1995年10月27日",
        "pl": "27 października 1995",
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "$49,800,000 on a budget of $4,000,000"),
        ("de", "49.800.000\xa0$ bei einem Budget von 4.000.000\xa0$"),
        ("fr", "49\u202f800\u202f000\xa0$US pour un budget de 4\u202f000\u202f000\xa0$US"),
        ("ja", "$49,800,000（製作費$4,000,000）"),
    ],
)
def test_money_is_written_as_in_the_language(language: str, said: str) -> None:
    words = words_in(language)
    took = film("A", 1990, box_office=BoxOffice(4_000_000, 49_800_000))
    assert credits(took, "", words, after_credits=True) == [(words.gettext("Box office"), (said,))]


def test_a_currency_without_a_sign_stands_apart_from_its_sum() -> None:
    took = film("A", 1990, box_office=BoxOffice(9_000_000, None, "FRF"))
    assert credits(took, "", words_in("en"), after_credits=True)[0][1] == ("a budget of FRF\xa09,000,000",)


def test_names_are_listed_as_in_the_language() -> None:
    names = ["A", "B", "C"]
    said = {
        tag: (listed(names, words_in(tag)), enumerated(names, words_in(tag))) for tag in ("en", "de", "ja")
    }
    assert said == {
        "en": ("A, B and C", "A, B, C"),
        "de": ("A, B und C", "A, B, C"),
        "ja": ("A／B／C", "A／B／C"),
    }


def test_facts_are_said_in_the_language_of_the_guide() -> None:
    facts_of = film("A", 1979, countries=("US", "SU", "FI"), languages=("en", "zxx"), runtime_min=1)
    assert facts(facts_of, words_in("de")) == [
        "1979",
        "USA, Sowjetunion, Finnland",
        "Englisch, ohne Dialog",
        "1 Minute",
    ]
    assert facts(facts_of, words_in("en")) == [
        "1979", "United States, Soviet Union, Finland", "English, No dialogue", "1 minute",
    ]  # fmt: skip


def test_countries_and_languages_have_names_where_nobody_brought_words() -> None:
    words = words_in("pl")
    assert [country_name(code, words) for code in ("US", "FR", "SU", "Freedonia")] == [
        "Stany Zjednoczone", "Francja", "Soviet Union", "Freedonia",
    ]  # fmt: skip
    assert [language_name(tag, words) for tag in ("pt-BR", "Dothraki")] == ["portugalski", "Dothraki"]


def test_labels_are_the_trades_own() -> None:
    crew = film("A", 1990, directors=("D",), writers=("W",), cinematographers=("P",), composers=("C",))
    said = {
        tag: [label for label, _ in credits(crew, "", words_in(tag), after_credits=True)]
        for tag in ("en", "de", "fr", "ja")
    }
    assert said == {
        "en": ["Directed by", "Written by", "Photographed by", "Music by"],
        "de": ["Regie", "Drehbuch", "Kamera", "Musik"],
        "fr": ["Réalisation", "Scénario", "Image", "Musique"],
        "ja": ["監督", "脚本", "撮影", "音楽"],
    }


def test_what_is_said_elsewhere_is_left_out_of_the_credits() -> None:
    crew = film("A", 1990, directors=("D",), series=Series("S", "2"))
    assert credits(crew, "", words_in("de"), after_credits=True, less=["director"]) == [
        ("Reihe", ("S, Teil 2",))
    ]


def test_an_english_heading_of_ours_is_translated_and_a_writers_is_not() -> None:
    sections = (
        Section(Kind.PLOT, "Plot", "…"),
        Section(Kind.PLOT, "Ce qui arrive", "…"),
        Section(Kind.OTHER, "Plot", ""),
    )
    assert [heading(section, words_in("fr")) for section in sections] == [
        "L’intrigue",
        "Ce qui arrive",
        "Plot",
    ]
    assert [heading(section, words_in("en")) for section in sections[:1]] == ["Plot"]


def test_a_title_is_cited_as_in_the_language() -> None:
    assert cited("羅生門", words_in("ja")) == "<cite>『羅生門』</cite>"
    assert cited("Tom & Viv", words_in("fr")) == "<cite>Tom &amp; Viv</cite>"


def test_how_to_use_the_book_says_where_the_spoilers_are() -> None:
    said = {place: how_to_use(words_in("en"), place) for place in ("page", "back", "omit")}
    assert "from the next page on" in said["page"]
    assert "the page at the back of the book" in said["back"]
    assert "warning" not in said["omit"]


# ------------------------------------------------------------------------------------- whole guides

ENTRY = """\
---
title: {title}
original_title: Ω {title}
year: {year}
premiered: {year}-10-27
runtime: {minutes}
language: [en, zxx]
country: [US, FR]
director: [Νίκη Α, Πάρις Β{director}]
writer: [Κλειώ Γ]
cinematographer: [Ίων Δ]
composer: [Ζωή Ε]
aka: [Άλλος τίτλος {year}]
cast:
  - {{name: Ηβη Ζ, role: Κόρη}}
  - {{name: Θεόκλεια Η, role: Γριά, spoiler: true}}
genre: [δράμα]
themes: [μνήμη]
spoiler_themes: [απώλεια]
series: {{name: Τριλογία, number: {number}}}
rating: 3
post_credits: {after}
box_office: {{budget: 4000000, gross: 49800000, currency: EUR}}
similar:
  - {{to: {other}, why: το ίδιο θέμα}}
  - Πέραν (1984)
updated: 2024-11-16
---
Μια γυναίκα γυρίζει στην πόλη.

## More about

Γυρίστηκε τον χειμώνα.

# Spoilers

## Plot

Βρίσκει δουλειά στον κινηματογράφο της πόλης.

## Ending explained

Ο μηχανικός προβολής έχει πεθάνει εδώ και χρόνια.

## Timeline

- 0:12 | Φτάνει με το τρένο στην πόλη.
- 1:40 [1968] | Μένει ολομόναχη στην αίθουσα.

## Characters

### Κόρη

Πιστεύει πάντα όσα βλέπει εκείνη.
"""
GUIDE = """\
[guide]
title = "Ταινίες"
subtitle = "Οδηγός"
authors = ["Άννα", "Βίων", "Γη"]
publisher = "Εκδόσεις"
language = "{language}"
rating_scale = "5"
published = 2026-01-31
isbn = {{ print = "978-3-16-148410-0", ebook = "978-1-4028-9462-6" }}

[chapters]
by = "decade"

[indexes]
include = [
  "similar", "title", "director", "writer", "cast", "genre", "theme", "year", "country", "language", "series",
  "cinematographer", "composer",
]
{more}
"""
SLUGS = ("alpha-1988", "beta-1995", "gamma-2004")


def guide(root: Path, language: str, more: str = "", own: str = "") -> Reading:
    """A guide of three films in which the writer used no Latin letter, read and arranged."""
    (root / "entries").mkdir()
    (root / "guide.toml").write_text(GUIDE.format(language=language, more=more), "utf-8")
    if own:
        (root / "words.po").write_text(own, "utf-8")
    for number, (slug, title) in enumerate(zip(SLUGS, ("Άλφα", "Βήτα", "Γάμμα"), strict=True), 1):
        entry = ENTRY.format(
            title=title,
            year=slug[-4:],
            minutes=(1, 97, 111)[number - 1],
            director=", Ρέα Γ" if number == 1 else "",
            number=number,
            other=SLUGS[number % 3],
            after=("mid", "end", "both")[number - 1],
        )
        (root / "entries" / f"{slug}.md").write_text(entry, "utf-8")
    return read_guide(root)


def composed(reading: Reading) -> tuple[tuple[Shard, ...], dict[str, str]]:
    """The printed pages, and the e-book's by name."""
    assert reading.guide is not None, reading.findings
    theme = find_theme("classic", ROOT)
    ebook = compose_ebook(reading.guide, reading.project, theme, pictures={})
    shards = compose(reading.guide, reading.project, theme)
    return shards, {document.name: document.xhtml for document in ebook}


_SPOKEN = (
    "alt",
    "title",
    "aria-label",
    "data-chapter",
    "data-title",
    "data-verso",
    "data-recto",
    "data-continued",
)


def texts(page: str) -> Iterator[str]:
    """Everything that a page shows or says aloud."""
    root = html.fromstring(page.encode())
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag != "style":
            yield element.text or ""
            yield from (element.get(key, "") for key in _SPOKEN)
        yield element.tail or ""


def in_greek(message: str) -> str:
    """The message in letters that are not Latin, its blanks left as they are."""
    pieces = re.split(r"(%\(\w+\)[sd])", message)
    return "".join(piece if piece.startswith("%(") else re.sub("[A-Za-z]", "φ", piece) for piece in pieces)


def greek() -> str:
    """A catalogue that says everything in Greek letters."""
    made = Catalog(locale="el")
    for message in catalogue(LOCALE / f"{DOMAIN}.pot"):
        if message.id:
            plural = not isinstance(message.id, str)
            said = tuple(map(in_greek, message.id)) if plural else in_greek(str(message.id))
            made.add(message.id, said, context=message.context)
    written = BytesIO()
    write_po(written, made)
    return written.getvalue().decode()


@pytest.mark.parametrize("place", ["page", "overleaf", "back", "omit"])
def test_nothing_is_printed_that_neither_the_writer_nor_a_catalogue_says(tmp_path: Path, place: str) -> None:
    reading = guide(tmp_path, "el", f'[spoilers]\npdf = "{place}"', greek())
    assert reading.findings == ()
    shards, _ = composed(reading)
    pages = [page for shard in shards for page in (shard.html, shard.notice) if page]
    assert latin(text for page in pages for text in texts(page)) == set()
    quoted = re.findall(r'content:[^;}"]*"([^"]*)"', "".join(shards[0].css))
    assert latin(re.sub(r"\\[0-9a-f]+", "", text) for text in quoted) == set()


@pytest.mark.parametrize("place", ["linked", "inline", "omit"])
def test_nothing_is_in_the_e_book_that_neither_the_writer_nor_a_catalogue_says(
    tmp_path: Path, place: str
) -> None:
    reading = guide(tmp_path, "el", f'[spoilers]\nepub = "{place}"', greek())
    assert reading.guide is not None
    made = edition_time(reading.guide)
    content, _ = render_epub(reading.guide, reading.project, find_theme("classic", ROOT), modified=made)
    with zipfile.ZipFile(BytesIO(content)) as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith((".xhtml", ".ncx"))]
        package = etree.fromstring(book.read("EPUB/content.opf"))
    said = [text for page in pages for text in texts(page)]
    said += [element.text or "" for element in package.iter("{*}title", "{*}description", "{*}creator")]
    said += package.xpath("//*[@property='schema:accessibilitySummary']/text()")
    assert latin(said) == set()


def latin(said: Iterator[str] | list[str]) -> set[str]:
    """The words in Latin letters, but for those that are the same everywhere."""
    found = {word for text in said for word in re.findall(r"[A-Za-z]{2,}", text)}
    return found - {"ISBN"}


def test_a_hard_coded_word_would_be_seen() -> None:
    assert latin(list(texts('<p>Ένα <b data-recto="Spoilers · Άλφα">δύο</b> see</p>'))) == {"Spoilers", "see"}


@pytest.mark.parametrize("language", OURS)
def test_no_english_of_ours_is_left_in_a_guide_in_another_language(tmp_path: Path, language: str) -> None:
    shards, documents = composed(guide(tmp_path, language))
    said = " | ".join(
        text for page in (*(shard.html for shard in shards), *documents.values()) for text in texts(page)
    )
    translated = {
        english: string
        for message in shipped(language)
        for english, string in zip(strings(message.id), strings(message.string), strict=False)
    }
    left = [
        english
        for english, string in translated.items()
        if " " in english and english != string and re.search(as_filled(english), said)
    ]
    assert left == []


def as_filled(message: str) -> str:
    """What finds the message with anything in its blanks; one that is mostly blank finds nothing."""
    pieces = [re.escape(piece) for piece in re.split(r"%\(\w+\)[sd]", message)]
    fits = sum(map(str.isalpha, "".join(pieces))) >= 5
    return rf"\b{'[^|]{1,60}'.join(pieces)}" if fits else "(?!)"


def test_a_guide_in_english_says_what_the_translated_ones_must_not(tmp_path: Path) -> None:
    """The search above can find something."""
    shards, documents = composed(guide(tmp_path, "en"))
    said = " | ".join(
        text for page in (*(shard.html for shard in shards), *documents.values()) for text in texts(page)
    )
    found = {
        str(message.id)
        for message in catalogue(LOCALE / f"{DOMAIN}.pot")
        if isinstance(message.id, str) and " " in message.id and re.search(as_filled(message.id), said)
    }
    assert {
        "Spoilers ahead",
        "Written by",
        "How to use this book",
        "Back to %(title)s",
        "In the story",
    } <= found


def test_japanese_pages_have_no_slant_and_titles_in_their_own_marks(tmp_path: Path) -> None:
    shards, documents = composed(guide(tmp_path, "ja"))
    page = next(shard for shard in shards if shard.name == SLUGS[0])
    assert "<cite>『Άλφα』</cite>の結末まで" in page.html
    assert "<cite>『Άλφα』</cite>の物語" in documents["films/alpha-1988.xhtml"]
    assert "font-style: normal !important" in page.css[-1]
    assert "letter-spacing: 0 !important" in page.css[-1]


def test_a_style_sheet_for_a_language_comes_last_and_for_that_language_alone() -> None:
    theme = find_theme("classic", ROOT)
    assert [len(theme.style("print", tag)) for tag in ("en", "de-AT", "zh-Hant", "ja")] == [1, 2, 2, 2]


# -------------------------------------------------------------------------------- words of the writer's

POLISH = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Spoilers ahead"
msgstr "Uwaga: <i>spoilery</i> & zakończenie"

msgid "%(number)d minute"
msgid_plural "%(number)d minutes"
msgstr[0] "%(number)d minuta"
msgstr[1] "%(number)d minuty"
msgstr[2] "%(number)d minut"
"""


def test_a_guide_may_bring_words_in_a_language_that_we_have_none_in(tmp_path: Path) -> None:
    reading = guide(tmp_path, "pl", own=POLISH)
    assert reading.findings == ()
    words = words_in("pl", POLISH)
    assert [facts(film("A", 1990, runtime_min=number), words)[1] for number in (1, 22, 97)] == [
        "1 minuta", "22 minuty", "97 minut",
    ]  # fmt: skip
    assert words.gettext("Contents") == "Contents"


def test_what_looks_like_markup_in_a_catalogue_is_text(tmp_path: Path) -> None:
    shards, documents = composed(guide(tmp_path, "pl", own=POLISH))
    for page in (
        next(shard.html for shard in shards if shard.name == SLUGS[0]),
        documents["films/alpha-1988.xhtml"],
    ):
        assert "Uwaga: &lt;i&gt;spoilery&lt;/i&gt; &amp; zakończenie" in page


def test_a_guides_own_words_go_before_ours(tmp_path: Path) -> None:
    own = 'msgid "Written by"\nmsgstr "Buch"\n\nmsgid "United States"\nmsgstr "Amerika"\n'
    words = words_in("de", own)
    assert [words.gettext(word) for word in ("Written by", "Music by")] == ["Buch", "Musik"]
    assert country_name("US", words) == "Amerika"
    shards, _ = composed(guide(tmp_path, "de", own=own))
    assert any('<th scope="row">Buch</th>' in shard.html for shard in shards)


def test_without_words_in_its_language_a_guide_is_told_so(tmp_path: Path) -> None:
    found = guide(tmp_path, "pl").findings
    assert [(each.code, str(each.where), each.message) for each in found] == [
        (
            "F521",
            "guide.toml:6",
            "filmguide has no words of its own in Polish, so its headings stay English.",
        ),
    ]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('msgid "Spoilers: %(title)s"\nmsgstr "Beware: %(film)s"\n', 1, "%(film)s is no blank of"),
        ('\nmsgid "Contents"\nmsgstr "100 % of it"\n', 2, "which has none at all"),
        ('msgid "The %(decade)ds"\nmsgstr "%(decade)f"\n', 1, "which has %(decade)d"),
        ('msgid "Contents\nmsgstr "a"\n', 1, ""),
        ("what is this?\n", 1, ""),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=import os;\\n"\n', 0, ""),
        ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n"Language: ??\\n"\n', 0, ""),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[x] "c"\n', 0, ""),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[7] "c"\n', 0, ""),
        ('msgstr "a"\n', 0, ""),
        ('msgctxt "a"\n', 0, ""),
        ('msgid "Contents"\nmsgstr "\\', 0, ""),
        ("\x00\x01", 0, ""),
    ],
)
def test_a_broken_catalogue_is_a_finding_and_no_crash(
    tmp_path: Path, content: str, line: int, said: str
) -> None:
    reading = guide(tmp_path, "de", own=content)
    found = [each for each in reading.findings if each.code == "F522"]
    if reading.guide is None:
        assert found and said in found[0].message
        assert line in (0, found[0].where.line)
    else:  # harmless: it says nothing that is asked for
        assert said == ""
        composed(reading)


def test_a_catalogue_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "words.po").write_bytes(b"\xff\xfe\x00")
    assert [each.code for each in guide(tmp_path, "de").findings] == ["F522"]


# -------------------------------------------------------------------------------------- the warning


def test_the_warning_is_the_writers_to_word(tmp_path: Path) -> None:
    shards, documents = composed(
        guide(tmp_path, "en", '[spoilers]\nwarning = "Seen {title} & \\"all\\"? *Go on*."')
    )
    page = next(shard.html for shard in shards if shard.name == SLUGS[0])
    worded = "Seen <cite>Άλφα</cite> &amp; “all”? <em>Go on</em>."
    for said in (page, documents["films/alpha-1988.xhtml"]):
        assert worded in said
        assert "everything is told" not in said
        assert "Spoilers ahead" in said


def test_at_the_back_the_writers_warning_still_names_the_page(tmp_path: Path) -> None:
    shards, _ = composed(guide(tmp_path, "de", '[spoilers]\npdf = "back"\nwarning = "Halt!"'))
    page = next(shard.html for shard in shards if shard.name == SLUGS[0])
    assert 'Seite\xa0<a class="number" href="#alpha-1988--spoilers">' in page


def test_a_warning_may_be_worded_in_several_languages() -> None:
    def warning(language: str) -> str:
        worded = '[spoilers]\nwarning = { en = "Stop", pt = "Pare" }'
        project, found = read_project(f'[guide]\ntitle = "A"\nlanguage = "{language}"\n{worded}', Path())
        assert found == ()
        return project.info.warning

    assert [warning(tag) for tag in ("en", "pt-BR", "de")] == ["Stop", "Pare", ""]


@pytest.mark.parametrize(
    ("typed", "line", "said"),
    [
        ('warning = "Of {film}"', 4, "{film}"),
        ('warning = "Of {title"', 4, "{title"),
        ('warning = "Of {}"', 4, "{}"),
        ('[spoilers.warning]\nen = "fine"\nfr = "de {titre}"', 6, "{titre}"),
        ('[spoilers.warning]\nenglisch = "fine"', 5, "englisch"),
    ],
)
def test_what_a_warning_cannot_hold_is_told_with_its_line(typed: str, line: int, said: str) -> None:
    project, found = read_project(f'[guide]\ntitle = "A"\n[spoilers]\n{typed}\n', Path())
    assert [(each.code, each.where.line) for each in found] == [("F523", line)]
    assert said in found[0].message
    assert "{film}" not in project.info.warning


def test_the_sign_above_the_warning_is_one_drawing_on_paper_and_on_screens(tmp_path: Path) -> None:
    shards, documents = composed(guide(tmp_path, "en"))
    page = next(shard.html for shard in shards if shard.name == SLUGS[0])
    drawings = [
        re.findall(r'<path fill="currentColor"[^>]* d="([^"]+)"', said)
        for said in (page, documents["films/alpha-1988.xhtml"])
    ]
    assert drawings[0] == drawings[1]
    assert len(drawings[0]) == 1
    assert "<title>Warning</title>" in page
    assert 'aria-hidden="true"' in documents["films/alpha-1988.xhtml"]
