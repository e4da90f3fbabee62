import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from book.adopt import Change, Fate, carry_out, plan_import, standing_entries
from book.entry import read_entry, write_entry
from book.model import BookError, CastMember, Film, Kind, Origin, Place, Section, Slug, Source


def write(film: Film) -> str:
    """An entry in miniature: as much of one as importing looks at."""
    facts = {"title": film.title, "year": film.year, "ids": dict(film.ids), "directors": film.directors}
    facts |= {"cast": [asdict(member) for member in film.cast], "reviewed": film.origin.reviewed}
    plot = film.spoilers[0].body if film.spoilers else ""
    lines = [json.dumps(facts), f"imported: {film.origin.imported}", f"digest: {film.origin.digest}"]
    return "\n".join(["---", *lines, "---", film.synopsis.body, "# Spoilers", plot, ""])


def read(slug: Slug, text: str) -> Film | None:
    if not text.startswith("---") or "{" not in text:
        return None
    _, facts, imported, digest, _, synopsis, _, plot, *_ = text.splitlines()
    known: dict[str, Any] = json.loads(facts)
    return Film(
        slug,
        known["title"],
        known["year"],
        directors=tuple(known["directors"]),
        cast=tuple(CastMember(**member) for member in known["cast"]),
        ids=known["ids"],
        origin=Origin(imported.partition(": ")[2], known["reviewed"], digest.partition(": ")[2]),
        synopsis=Section(Kind.SYNOPSIS, "", synopsis, 6, 6),
        spoilers=(Section(Kind.PLOT, "Plot", plot, 8, 8),) if plot else (),
    )


def film(title: str, year: int, plot: str = "They part.", **facts: Any) -> Film:
    given: dict[str, Any] = {
        "directors": ("Ann Other",),
        "origin": Origin("jsonl films.jsonl", reviewed=False),
        "synopsis": Section(Kind.SYNOPSIS, "", "They meet."),
        "spoilers": (Section(Kind.PLOT, "Plot", plot),),
        "source": Source("films.jsonl", {"title": 1}),
    }
    return Film(Slug(f"{title.lower()}-{year}"), title, year, **(given | facts))


def plan(*films: Film, existing: Mapping[Slug, str] | None = None) -> tuple[Change, ...]:
    return plan_import(films, existing or {}, read=read, write=write)


def after(*films: Film) -> dict[Slug, str]:
    """The folder of entries once the films were imported."""
    return {change.slug: change.text for change in plan(*films)}


def fates(changes: tuple[Change, ...]) -> list[tuple[Fate, str]]:
    return [(change.fate, change.slug) for change in changes]


def test_a_film_without_an_entry_gets_one_with_its_own_digest() -> None:
    change = plan(film("Ferry", 1961))[0]
    digest = change.text.partition("digest: ")[2][:13]
    signed = replace(film("Ferry", 1961), origin=Origin("jsonl films.jsonl", False, digest))
    assert change == Change(
        Fate.NEW, Slug("ferry-1961"), "Ferry", 1961, Place("films.jsonl", 1), text=write(signed)
    )


def test_importing_again_changes_nothing() -> None:
    ferry, tram = film("Ferry", 1961), film("Tram", 1954)
    assert fates(plan(ferry, tram, existing=after(ferry, tram))) == [
        (Fate.SAME, "ferry-1961"),
        (Fate.SAME, "tram-1954"),
    ]


def test_an_untouched_entry_is_brought_up_to_date() -> None:
    older = after(film("Ferry", 1961, "They part."))
    newer = film("Ferry", 1961, "They stay.", cast=(CastMember("Di Fifth"),))
    change = plan(newer, existing=older)[0]
    assert (change.fate, change.differs) == (Fate.UPDATED, ("cast", "Plot"))
    assert fates(plan(newer, existing={change.slug: change.text})) == [(Fate.SAME, "ferry-1961")]


def test_an_entry_that_a_writer_has_touched_is_left_and_the_differences_are_named() -> None:
    touched = {
        slug: text.replace("They meet.", "A man meets a woman.")
        for slug, text in after(film("Ferry", 1961)).items()
    }
    change = plan(film("Ferry", 1961, "They stay."), existing=touched)[0]
    assert (change.fate, change.text, change.differs) == (Fate.LEFT, "", ("Synopsis", "Plot"))


def test_an_entry_marked_as_reviewed_is_the_writer_s() -> None:
    reviewed = {
        slug: text.replace('"reviewed": false', '"reviewed": true')
        for slug, text in after(film("Ferry", 1961)).items()
    }
    assert fates(plan(film("Ferry", 1961, "They stay."), existing=reviewed)) == [(Fate.LEFT, "ferry-1961")]


def test_an_entry_of_the_writer_s_own_is_left() -> None:
    own = {Slug("ferry-1961"): write(film("Ferry", 1961, "In my own words.", origin=Origin()))}
    change = plan(film("Ferry", 1961), existing=own)[0]
    assert (change.fate, change.differs) == (Fate.LEFT, ("Plot",))


def test_what_a_writer_added_is_no_difference() -> None:
    richer = film("Ferry", 1961, cast=(CastMember("Di Fifth", "Maro"),), origin=Origin())
    assert fates(plan(film("Ferry", 1961), existing={richer.slug: write(richer)})) == [
        (Fate.SAME, "ferry-1961")
    ]


def test_line_endings_are_no_touch() -> None:
    windows = {slug: text.replace("\n", "\r\n") for slug, text in after(film("Ferry", 1961)).items()}
    assert fates(plan(film("Ferry", 1961), existing=windows)) == [(Fate.SAME, "ferry-1961")]
    assert fates(plan(film("Ferry", 1961, "They stay."), existing=windows)) == [(Fate.UPDATED, "ferry-1961")]


def test_the_same_film_from_another_file_is_the_same() -> None:
    other = film("Ferry", 1961, origin=Origin("jsonl more.jsonl", reviewed=False))
    assert fates(plan(other, existing=after(film("Ferry", 1961)))) == [(Fate.SAME, "ferry-1961")]


def test_one_importer_does_not_overwrite_what_another_brought() -> None:
    page = film("Ferry", 1961, "They stay.", origin=Origin("page ferry.txt", reviewed=False))
    assert fates(plan(page, existing=after(film("Ferry", 1961)))) == [(Fate.LEFT, "ferry-1961")]


def test_an_entry_that_cannot_be_read_is_left() -> None:
    change = plan(film("Ferry", 1961), existing={Slug("ferry-1961"): "--- broken"})[0]
    assert (change.fate, change.differs) == (Fate.LEFT, ("all, as the entry cannot be read",))


def test_two_films_of_one_title_and_year_keep_apart_and_find_their_entries_again() -> None:
    one, two = film("Ferry", 1961, ids={"tmdb": "1"}), film("Ferry", 1961, ids={"tmdb": "2"})
    entries = after(one, two)
    assert list(entries) == ["ferry-1961", "ferry-1961-2"]
    assert fates(plan(two, one, existing=entries)) == [(Fate.SAME, "ferry-1961-2"), (Fate.SAME, "ferry-1961")]


def test_films_of_one_title_and_year_without_ids_are_told_apart_by_their_directors() -> None:
    one, two = film("Ferry", 1961), film("Ferry", 1961, directors=("Bo Third",))
    again = film("Ferry", 1961, directors=("bo third", "Cy Fourth"))
    assert fates(plan(one, two, again)) == [
        (Fate.NEW, "ferry-1961"),
        (Fate.NEW, "ferry-1961-2"),
        (Fate.REPEATED, "ferry-1961-2"),
    ]


def test_a_film_that_comes_twice_counts_once() -> None:
    ferry = film("Ferry", 1961, ids={"imdb": "tt1"})
    assert fates(plan(ferry, film("Boat", 1961, ids={"imdb": "tt1"}))) == [
        (Fate.NEW, "ferry-1961"),
        (Fate.REPEATED, "ferry-1961"),
    ]


def test_a_renamed_entry_is_found_by_its_ids_and_stays_renamed() -> None:
    ferry = film("Ferry", 1961, ids={"imdb": "tt1"})
    renamed = {
        Slug("the-ferry-1961"): after(ferry)[Slug("ferry-1961")],
        Slug("tram-1954"): write(film("Tram", 1954)),
    }
    assert fates(plan(ferry, existing=renamed)) == [(Fate.SAME, "the-ferry-1961")]


def test_a_name_that_differs_only_in_capitals_is_taken() -> None:
    other = write(film("Ferry", 1961, directors=("Bo Third",)))
    assert fates(plan(film("Ferry", 1961), existing={Slug("Ferry-1961"): other})) == [
        (Fate.NEW, "ferry-1961-2")
    ]


def test_only_new_and_updated_entries_are_written(tmp_path: Path) -> None:
    ferry, tram = film("Ferry", 1961), film("Tram", 1954)
    carry_out(plan(ferry, tram), tmp_path)
    mine = tmp_path / "tram-1954.md"
    mine.write_text(mine.read_text("utf-8") + "Mine.", "utf-8")
    again = plan(
        film("Ferry", 1961, "They stay."),
        film("Tram", 1954, "It stops."),
        existing=standing_entries(tmp_path),
    )
    assert carry_out(again, tmp_path) == (tmp_path / "ferry-1961.md",)
    assert {slug: "They stay." in text for slug, text in standing_entries(tmp_path).items()} == {
        "ferry-1961": True,
        "tram-1954": False,
    }
    assert mine.read_text("utf-8").endswith("Mine.")


def test_a_binary_file_among_the_entries_does_not_stop_the_import(tmp_path: Path) -> None:
    (tmp_path / "ferry-1961.md").write_bytes(b"\x89PNG\xff\x00")
    assert fates(plan(film("Ferry", 1961), existing=standing_entries(tmp_path))) == [
        (Fate.LEFT, "ferry-1961")
    ]


def test_a_folder_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ferry-1961.md").mkdir()
    with pytest.raises(BookError, match=r"ferry-1961\.md could not be written"):
        carry_out(plan(film("Ferry", 1961)), tmp_path)


def test_no_folder_holds_no_entries(tmp_path: Path) -> None:
    assert standing_entries(tmp_path / "none") == {}


def test_entries_as_they_are_really_written_are_known_again_and_brought_up_to_date() -> None:
    def really_read(slug: Slug, text: str) -> Film | None:
        return read_entry(text, file=f"entries/{slug}.md")[0]

    def replan(plot: str, existing: Mapping[Slug, str]) -> tuple[Change, ...]:
        return plan_import([film("Ferry", 1961, plot)], existing, read=really_read, write=write_entry)

    new = {change.slug: change.text for change in replan("They part.", {})}
    touched = {slug: text.replace("They meet.", "They meet at sea.") for slug, text in new.items()}

    assert fates(replan("They part.", new)) == [(Fate.SAME, "ferry-1961")]
    assert fates(replan("They marry.", new)) == [(Fate.UPDATED, "ferry-1961")]
    assert fates(replan("They marry.", touched)) == [(Fate.LEFT, "ferry-1961")]
