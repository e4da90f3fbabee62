"""Whatever a film holds: written out and read again it is the same film. And no file ends the program."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_import_formats import (
    BASICS,
    DIARY,
    JSON_LD,
    LIST,
    MICRODATA,
    NFO,
    OBSIDIAN,
    OMDB,
    PRINCIPALS,
    SHEET,
    ZOLA,
    facts,
    read,
)

from book.entry import read_entry, write_entry
from book.importers.record import film_of
from book.importers.text import clean_line
from book.model import CastMember, Film, Place

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf", "Co", "Zl", "Zp"))
WORDS = st.text(LETTERS, min_size=1, max_size=24).map(clean_line).filter(bool)
NAMES = st.lists(
    st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=2, max_size=12),
    max_size=4,
    unique=True,
)
TITLES = WORDS.filter(
    lambda text: text.casefold() not in {"n/a", "none", "null", "unknown", "not available", "-", "\\n"}
)
RECORDS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "year": st.integers(1880, 2030),
        "runtime_min": st.none() | st.integers(1, 900),
        "directors": NAMES,
        "writers": NAMES,
        "themes": NAMES,
        "cast": st.lists(st.fixed_dictionaries({"name": TITLES, "role": st.none() | TITLES}), max_size=4),
        "tagline": st.just("") | WORDS,
        "rating": st.just("") | TITLES,
        "ids": st.dictionaries(
            st.sampled_from(["imdb", "tmdb"]), st.from_regex(r"tt[0-9]{7}", fullmatch=True)
        ),
        "synopsis": st.text(LETTERS, max_size=200),
        "plot": st.text(LETTERS | st.just("\n"), max_size=200),
    }
)


def film(record: dict[str, Any]) -> Film:
    (found,) = (
        each for each in film_of(record, Place("a.jsonl", 1), "jsonl a.jsonl") if isinstance(each, Film)
    )
    return found


@given(RECORDS)
@settings(max_examples=150, deadline=None)
def test_an_entry_is_read_as_it_was_written(record: dict[str, Any]) -> None:
    made = film(record)
    again, _ = read_entry(write_entry(made), file=f"entries/{made.slug}.md")
    assert again is not None
    assert facts(again) == facts(made)
    assert write_entry(replace(again, slug=made.slug)) == write_entry(made)


def saved(folder: str, name: str, text: str) -> Path:
    path = Path(folder) / name
    path.write_text(text, "utf-8", newline="")
    return path


@given(st.lists(RECORDS, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_table_is_read_as_it_was_written(records: list[dict[str, Any]]) -> None:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Title", "Year", "Runtime", "Director", "Tagline"])
    for record in records:
        names = ", ".join(record["directors"])
        table.writerow([record["title"], record["year"], record["runtime_min"], names, record["tagline"]])
    with TemporaryDirectory() as folder:
        films, findings = read(saved(folder, "films.csv", out.getvalue()), wanted="spreadsheet")
    keys = ("title", "year", "runtime_min", "directors", "tagline")
    expected = [film({key: record[key] for key in keys}) for record in records]
    assert findings == []
    assert [without(facts(each)) for each in films] == [without(facts(each)) for each in expected]


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_omdb_is_read_as_it_was_written(record: dict[str, Any]) -> None:
    answer = {
        "Title": record["title"], "Year": str(record["year"]), "Runtime": f"{record['runtime_min']} min",
        "Director": ", ".join(record["directors"]) or "N/A", "imdbID": record["ids"].get("imdb", "N/A"),
        "Actors": "N/A", "Type": "movie", "Response": "True",
    }  # fmt: skip
    answer["Runtime"] = "N/A" if record["runtime_min"] is None else answer["Runtime"]
    with TemporaryDirectory() as folder:
        films, findings = read(saved(folder, "omdb.json", json.dumps(answer)))
    expected = film({key: record[key] for key in ("title", "year", "runtime_min", "directors")})
    ids = {"imdb": record["ids"]["imdb"]} if "imdb" in record["ids"] else {}
    assert findings == []
    assert [without(facts(each)) for each in films] == [without(facts(replace(expected, ids=ids)))]


def without(told: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if key != "from"}


NAMED = st.sampled_from(["a.nfo", "a.csv", "a.json", "a.md", "a.html", "a.tsv", "a"])
WHOLE = st.sampled_from(
    [NFO, DIARY, LIST, json.dumps(OMDB), BASICS, PRINCIPALS, JSON_LD, MICRODATA, OBSIDIAN, ZOLA, SHEET]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of ours with a piece taken out and another put in."""
    raw = draw(WHOLE).encode()
    start, end = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
    return raw[:start] + draw(st.binary(max_size=40)) + raw[end:]


@given(st.binary(max_size=2_000) | damaged(), NAMED)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_file_reading_it_ends_in_films_or_findings(raw: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        for wanted in ("", "kodi", "letterboxd", "notes", "omdb", "tmdb", "imdb", "schemaorg", "spreadsheet"):
            films, findings = read(path, wanted=wanted)
            assert films or findings


def test_the_made_up_records_have_casts() -> None:
    record = {"title": "M", "year": 1931, "cast": [{"name": "Cy", "role": "M"}]}
    assert film(record).cast == (CastMember("Cy", "M"),)
