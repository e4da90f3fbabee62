"""Several sources of one film."""

from dataclasses import replace
from pathlib import Path

from test_import_formats import facts

from book.adopt import Fate, plan_import
from book.blending import Share, blend, blended, shares_of, written
from book.entry import read_entry, write_entry
from book.importing import import_films
from book.model import CastMember, Film, Kind, Origin, Section, Slug


def film(source: str, **given: object) -> Film:
    base = Film(
        Slug("the-ferry-1961"), "The Ferry", 1961, origin=Origin(source, reviewed=False), fence_line=0
    )
    return replace(base, **given)  # type: ignore[arg-type]


LETTERBOXD = film("letterboxd diary.csv", rating="4.5", themes=("fog",))
OMDB = film(
    "omdb ferry.json", runtime_min=97, directors=("Ann Other",), rating="9", ids={"imdb": "tt1"},
    cast=(CastMember("Cy"),), synopsis=Section(Kind.SYNOPSIS, "", "A ferry crosses."),
)  # fmt: skip
KODI = film("kodi ferry.nfo", cast=(CastMember("Cy", "The ferryman"),), ids={"imdb": "tt1", "tmdb": "2"})


def test_the_first_source_keeps_what_it_says_and_the_others_fill_the_gaps() -> None:
    (merged,) = blended([LETTERBOXD, OMDB, KODI])
    assert facts(merged) == {
        "title": "The Ferry", "year": 1961, "rating": "4.5", "themes": ["fog"], "minutes": 97,
        "directors": ["Ann Other"], "cast": [("Cy", "The ferryman")], "ids": {"imdb": "tt1", "tmdb": "2"},
        "synopsis": "A ferry crosses.",
        "from": "letterboxd diary.csv; omdb ferry.json (runtime, director, Synopsis); "
        "kodi ferry.nfo (cast, ids)",
    }  # fmt: skip


def test_an_origin_is_read_as_it_is_written() -> None:
    shares = (Share("letterboxd my (old) diary.csv"), Share("omdb a.json", ("runtime", "More about")))
    assert shares_of(written(shares)) == shares


def test_films_with_different_ids_stay_two_and_a_repetition_is_kept_for_the_count() -> None:
    other = replace(OMDB, ids={"imdb": "tt9"})
    assert blended([OMDB, other, OMDB]) == (OMDB, OMDB, other)


def test_nothing_comes_of_a_source_that_knows_nothing_new() -> None:
    assert blend(OMDB, film("tmdb x.json", rating="1")) == (OMDB, ())


def read(slug: Slug, text: str) -> Film | None:
    return read_entry(text, file=f"entries/{slug}.md")[0]


def planned(*films: Film, existing: dict[Slug, str]) -> tuple[list[Fate], dict[Slug, str]]:
    changes = plan_import(films, existing, read=read, write=write_entry)
    return [each.fate for each in changes], existing | {each.slug: each.text for each in changes if each.text}


def test_a_second_source_fills_an_untouched_entry_and_a_second_run_changes_nothing() -> None:
    entries: dict[Slug, str] = {}
    fates = []
    for source in (LETTERBOXD, OMDB, LETTERBOXD, OMDB, KODI, KODI, OMDB):
        told, entries = planned(source, existing=entries)
        fates += told
    assert fates[:2] == [Fate.NEW, Fate.UPDATED]
    assert fates[4] is Fate.UPDATED
    assert {*fates[2:4], *fates[5:]} <= {Fate.SAME, Fate.LEFT}
    entry = read(Slug("the-ferry-1961"), entries[Slug("the-ferry-1961")])
    assert entry is not None
    assert (entry.rating, entry.runtime_min, entry.ids) == ("4.5", 97, {"imdb": "tt1", "tmdb": "2"})


def test_a_source_renews_what_it_gave_and_leaves_what_others_gave() -> None:
    _, entries = planned(LETTERBOXD, existing={})
    _, entries = planned(OMDB, existing=entries)
    fates, entries = planned(replace(LETTERBOXD, rating="5"), existing=entries)
    entry = read(Slug("the-ferry-1961"), entries[Slug("the-ferry-1961")])
    assert entry is not None
    assert (fates, entry.rating, entry.runtime_min) == ([Fate.UPDATED], "5", 97)


def test_a_writer_s_own_words_are_never_touched_by_a_second_source() -> None:
    _, entries = planned(LETTERBOXD, existing={})
    mine = {slug: text.replace("rating: 4.5", "rating: 3") for slug, text in entries.items()}
    fates, after = planned(OMDB, existing=mine)
    assert (fates, after) == ([Fate.LEFT], mine)


def test_a_spreadsheet_s_columns_are_kept_and_may_be_put_right(tmp_path: Path) -> None:
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "T"\n')
    sheet = tmp_path / "films.csv"
    sheet.write_text("Film,Year,Stars\nThe Ferry,1961,4\n")
    dry = import_films(tmp_path, [sheet], dry=True)
    assert (dry.files, dry.columns) == ((), {"films.csv": {"Film": "title", "Year": "year", "Stars": "cast"}})
    first = import_films(tmp_path, [sheet])
    assert [file.name for file in first.files] == ["the-ferry-1961.md", "columns.toml"]
    kept = tmp_path / "columns.toml"
    kept.write_text(kept.read_text().replace('"Stars" = "cast"', '"Stars" = "rating"'))
    second = import_films(tmp_path, [sheet])
    assert "rating: 4" in (tmp_path / "entries" / "the-ferry-1961.md").read_text()
    assert [change.fate for change in second.changes] == [Fate.UPDATED]
    third = import_films(tmp_path, [sheet])
    assert (third.files, [change.fate for change in third.changes]) == ((), [Fate.SAME])
