"""Links to films within a text: typed in double brackets, judged, and led to pages, never to spoilers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import film

from book.build import build_guide
from book.check import check
from book.compose import compose
from book.compose_ebook import compose_ebook
from book.config import Project
from book.film_links import FilmLink, film_links, linked_films, with_links
from book.model import Chapter, Film, Finding, Guide, GuideInfo, Kind, Place, Section
from book.prose import to_html, to_text
from book.reading import editions_of, read_guide
from book.sentences import spoilers_of
from book.themes import find_theme

ROOT = Path(__file__).parent.parent
VERTIGO = film("Vertigo", 1958)
SHELF: dict[str, Film] = {VERTIGO.slug: VERTIGO}


def leading(text: str, title: str = "Vertigo") -> str:
    """The text's links as Markdown has them when a film of this title is all there is."""
    return with_links(text, {VERTIGO.slug: replace(VERTIGO, title=title)})


# ------------------------------------------------------------------------------------------- in the text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("As in [[vertigo-1958]].", [FilmLink("vertigo-1958", "", 1)]),
        ("Or\n\n- [[ vertigo-1958 | the *Hitchcock* ]]", [FilmLink("vertigo-1958", "the *Hitchcock*", 3)]),
        (r"| [[vertigo-1958\|it]] |", [FilmLink("vertigo-1958", "it", 1)]),
        ("`[[vertigo-1958]]` and ``a ` [[b]]``", []),
        ("```\n[[vertigo-1958]]\n\n```\n[[alien-1979]]", [FilmLink("alien-1979", "", 5)]),
        (r"\[[vertigo-1958]] [vertigo-1958] [[two\nlines]] [[]]".replace("\\n", "\n"), []),
    ],
)
def test_a_link_is_a_slug_in_double_brackets_and_perhaps_words(typed: str, found: list[FilmLink]) -> None:
    assert list(film_links(typed)) == found


def test_a_film_goes_by_its_title_or_by_the_writers_words() -> None:
    html = to_html(leading("Like [[vertigo-1958]], or [[Vertigo-1958|the *Hitchcock*]]."))
    assert html == (
        '<p>Like <a href="film:vertigo-1958" class="film title">Vertigo</a>, '
        'or <a href="film:vertigo-1958" class="film">the <em>Hitchcock</em></a>.</p>\n'
    )


@pytest.mark.parametrize(
    "title", ["M*A*S*H", "[REC]", "8 < 9 & `x`", "a_b_c", r"Back\slash", "{.x}", "~~No~~"]
)
def test_no_title_is_taken_for_markdown(title: str) -> None:
    assert to_text(leading("See [[vertigo-1958]] again", title)) == f"See {title} again"


def test_an_exclamation_before_a_link_makes_no_picture() -> None:
    assert to_text(leading("Wow![[vertigo-1958]]")) == "Wow!Vertigo"


def test_a_link_that_leads_nowhere_leaves_its_words() -> None:
    assert leading("[[alien-1979|that one]] and [[alien-1979]]") == "that one and alien-1979"


@pytest.mark.parametrize("address", ["film:vertigo-1958--spoilers", "film:#x", "film:../x", "film:a b"])
def test_no_address_leads_to_a_spoiler(address: str) -> None:
    assert "<a" not in to_html(f"[x](<{address}>)")


def test_no_line_moves() -> None:
    text = "One\n\n[[vertigo-1958|two\nlines]]\n\n[[vertigo-1958]]"
    assert leading(text).count("\n") == text.count("\n")


# --------------------------------------------------------------------------------------------- judged


def judged(body: str, **texts: str) -> list[Finding]:
    alien = film("Alien", 1979, synopsis=Section(Kind.SYNOPSIS, "", body, 6, 6))
    project = Project(ROOT, GuideInfo("A Guide"))
    found = check((alien, VERTIGO), project, texts, this_year=2026)
    return [each for each in found if each.code == "F306"]


def test_an_unknown_film_is_told_with_its_line_and_the_film_that_was_meant() -> None:
    (found,) = judged("A crew.\n\nAs in [[vertigo]] and [[vertigo-1958]].")
    assert found.where == Place("entries/alien-1979.md", 8)
    assert found.message == "alien-1979 links to vertigo, which is not in the guide."
    assert found.hint == "Did you mean [[vertigo-1958]]?"


@pytest.mark.parametrize("slug", ["vertigo-1958--spoilers", "vertigo-1958#spoilers", "vertigo-1958/plot"])
def test_a_link_to_a_spoiler_part_is_none(slug: str) -> None:
    (found,) = judged(f"As in [[{slug}]].")
    assert found.hint == "Did you mean [[vertigo-1958]]?"


def test_the_texts_around_the_films_are_judged_too() -> None:
    (found,) = judged("A crew.", **{"texts/foreword.md": "# Foreword\n\nSee [[nothing-like-it-1900]]."})
    assert found.where == Place("texts/foreword.md", 3)
    assert "without brackets" in found.hint


# ------------------------------------------------------------------------------------- in print and on screen

LINKED = "Height, as in [[vertigo-1958]] or [[vertigo-1958|the Hitchcock]]."


def guide(language: str = "en", *, with_vertigo: bool = True) -> Guide:
    alien = film(
        "Alien",
        1979,
        synopsis=Section(Kind.SYNOPSIS, "", LINKED, 6, 6),
        spoilers=(
            Section(Kind.TIMELINE, "Timeline", "- 0:12 | They quote [[vertigo-1958|the Hitchcock]].", 10, 12),
            Section(Kind.CHARACTERS, "Characters", "- Ash: the man of [[vertigo-1958]].", 14, 16),
        ),
    )
    films = linked_films((alien, VERTIGO) if with_vertigo else (alien,), SHELF)
    chapter = Chapter("space", "Space", films, number=1)
    return Guide(GuideInfo("In Space", language=language), (), (chapter,), (), {})


def printed(guide: Guide) -> str:
    shards = compose(guide, Project(ROOT, guide.info), find_theme("classic", ROOT))
    return next(shard.html for shard in shards if shard.film == "alien-1979")


def on_screen(guide: Guide, name: str = "films/alien-1979.xhtml") -> str:
    made = compose_ebook(guide, Project(ROOT, guide.info), find_theme("classic", ROOT), pictures={})
    return next(document.xhtml for document in made if document.name == name)


NUMBER = '<a class="number" href="#vertigo-1958"><span class="slot" data-to="vertigo-1958"></span></a>'
PAGE = f'<span class="at-page">, p.\N{NO-BREAK SPACE}{NUMBER}</span>'


def test_paper_names_the_page_behind_the_words() -> None:
    html = printed(guide())
    assert f'Height, as in <a href="#vertigo-1958"><cite>Vertigo</cite></a>{PAGE}' in html
    assert f'or <a href="#vertigo-1958">the Hitchcock</a>{PAGE}.' in html
    assert f'They quote <a href="#vertigo-1958">the Hitchcock</a>{PAGE}.' in html


def test_the_page_number_is_one_that_binding_fills_in() -> None:
    shards = compose(guide(), Project(ROOT, guide().info), find_theme("classic", ROOT))
    assert "vertigo-1958" in next(shard.slots for shard in shards if shard.film == "alien-1979")


def test_a_screen_leads_to_the_film_by_its_title() -> None:
    assert (
        'as in <a href="../films/vertigo-1958.xhtml"><cite>Vertigo</cite></a> '
        'or <a href="../films/vertigo-1958.xhtml">the Hitchcock</a>.'
    ) in on_screen(guide())
    told = on_screen(guide(), "spoilers/alien-1979.xhtml")
    assert 'They quote <a href="../films/vertigo-1958.xhtml">the Hitchcock</a>.' in told
    assert 'the man of <a href="../films/vertigo-1958.xhtml"><cite>Vertigo</cite></a>.' in told


def test_in_an_edition_without_the_film_the_words_stay() -> None:
    without = guide(with_vertigo=False)
    for html in (printed(without), on_screen(without)):
        assert "Height, as in <cite>Vertigo</cite> or the Hitchcock." in html


def test_a_title_has_the_marks_of_the_guides_language() -> None:
    assert "<cite>『Vertigo』</cite>" in on_screen(guide("ja"))
    assert f"S.\N{NO-BREAK SPACE}{NUMBER}" in printed(guide("de"))


def test_a_sentence_with_a_link_is_proved_in_two_pieces() -> None:
    """Paper says a page number between them, screens do not."""
    told = Section(
        Kind.PLOT, "Plot", "He falls as they do in [[vertigo-1958]] and everybody laughs at him.", 1
    )
    (alien,) = linked_films((film("Alien", 1979, spoilers=(told,)),), SHELF)
    assert [spoiler.words for spoiler in spoilers_of(alien)] == [
        "he falls as they do in vertigo",
        "and everybody laughs at him",
    ]


def test_a_guide_with_links_is_built_and_verified(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "Two"\n', "utf-8")
    films = {"vertigo-1958": "A man climbs.", "alien-1979": LINKED}
    for slug, text in films.items():
        title = slug.partition("-")[0].title()
        told = f"The end of {title}, unlike that of [[vertigo-1958]], is loud."
        entry = f"---\ntitle: {title}\nyear: {slug[-4:]}\n---\n{text}\n\n# Spoilers\n\n## Plot\n\n{told}\n"
        (tmp_path / "entries" / f"{slug}.md").write_text(entry, "utf-8")
    report = build_guide(tmp_path, jobs=1)
    assert [each.message for each in report.findings] == []
    assert len(report.verdicts) == 2


def test_an_edition_knows_the_titles_of_films_that_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    settings = '[guide]\ntitle = "Two"\n[[edition]]\nname = "Short"\nfilms = ["alien-1979"]\n'
    (tmp_path / "guide.toml").write_text(settings, "utf-8")
    for slug, text in (("vertigo-1958", "A man climbs."), ("alien-1979", "As in [[vertigo-1958]].")):
        entry = f"---\ntitle: {slug.partition('-')[0].title()}\nyear: {slug[-4:]}\n---\n{text}\n"
        (tmp_path / "entries" / f"{slug}.md").write_text(entry, "utf-8")
    ((_, _, short),) = editions_of(read_guide(tmp_path))
    assert [to_text(each.synopsis.body) for each in short.films] == ["As in Vertigo."]
    assert re.search(r"\[Vertigo\]\(film:", short.films[0].synopsis.body)
