"""Entries in canonical form: one shape, every word, the same film, and nothing left to do the second time."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import strategies
import yaml
from conftest import film
from hypothesis import given, settings
from hypothesis import strategies as st

from book.canon import canonical
from book.entry import read_entry, write_entry
from book.formatting import format_entries
from book.model import CastMember, Film, SimilarLink, Source, UsageError
from book.scaffold import EXAMPLE, add_entry, new_guide

PROJECT = Path(__file__).parent.parent
FILE = "entries/ferry-1961.md"


def told(text: str) -> Film | None:
    """The film of an entry with every line taken out, since lines move."""
    film, _ = read_entry(text, file=FILE)
    if film is None:
        return None

    def loose(section):  # type: ignore[no-untyped-def]
        return replace(section, line=0, body_line=0)

    return replace(
        film,
        synopsis=loose(film.synopsis),
        safe=tuple(map(loose, film.safe)),
        spoilers=tuple(map(loose, film.spoilers)),
        similar=tuple(replace(link, line=0) for link in film.similar),
        fence_line=film.fence_line and 1,
        source=Source(FILE),
    )


def form(text: str) -> str:
    canon = canonical(text, file=FILE)
    assert canon.doubt == ""
    return canon.text


notes = st.sampled_from(["", "", "  # a note", "   # note: with a colon"])
facts = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["original_title", "tagline", "certificate"]), strategies.line),
        st.tuples(st.sampled_from(["genre", "themes", "aka"]), st.just("[Drama,  'War',\"Sea\"]")),
        st.tuples(
            st.just("director"), st.sampled_from(["Ann Other", "A, B", "\n  - A\n  # of whom?\n  - B"])
        ),
        st.tuples(st.just("runtime"), st.sampled_from(["111", "1h51", "two hours"])),
        st.tuples(st.just("cast"), st.sampled_from(["[A: Joe, {name: 'B', role: C}]", "A (as B)", "[[A]]"])),
        st.tuples(st.just("series"), st.sampled_from(["{name: S, number: 2}", "S", "{number: 3}"])),
        st.tuples(st.sampled_from(["mood", "Kept", "year"]), st.sampled_from(["blue", "{a: [1, 2]}", ""])),
    ),
    max_size=6,
)
above = st.sampled_from(["", "# on top\n\n", "# of the title\n", "\n\n"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """Entries as people type them, wholesome and not."""
    rows = [("title", "Ferry"), ("year", "1961"), *draw(facts)]
    front = "".join(f"{key}: {value}{draw(notes)}\n" for key, value in draw(st.permutations(rows)))
    text = f"---\n{draw(above)}{front}---\n{draw(strategies.text)}\n# Spoilers\n{draw(strategies.text)}"
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), "\ufeff" + text]))


@settings(max_examples=150, deadline=None)
@given(entries())
def test_form_keeps_the_film_and_every_word_and_has_nothing_to_do_twice(text: str) -> None:
    canon = canonical(text, file=FILE)
    assert told(canon.text) == told(text)
    assert Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", canon.text)) == Counter()
    assert canonical(canon.text, file=FILE).text == canon.text
    assert not canon.doubt or canon.text == text


@settings(max_examples=60, deadline=None)
@given(entries())
def test_what_was_written_is_read_as_the_same_film(text: str) -> None:
    once = read_entry(text, file=FILE)[0]
    if once is not None:
        written = write_entry(once)
        assert write_entry(told(written) or once) == written


def test_facts_stand_in_one_order_and_shape_with_their_notes() -> None:
    text = (
        "---\n# Seen at the harbour\n\nyear: 1961   # or 1962?\n# as the poster has it\ntitle:  'Ferry'\n"
        "mood: blue\ngenre: [Drama,'War' ]\nruntime: 1h51\n---\n"
        "All aboard.\n## More about\nA ship.\n\n\n# Spoilers\n"
        "## Plot\nIt sinks.  \nSlowly."
    )
    assert form(text) == (
        "---\n# Seen at the harbour\n\n# as the poster has it\ntitle: Ferry\nyear: 1961   # or 1962?\n"
        "runtime: 1h51\ngenre: [Drama, War]\nmood: blue\n---\n\nAll aboard.\n\n## More about\n\nA ship.\n\n"
        "# Spoilers\n\n## Plot\n\nIt sinks.  \nSlowly.\n"
    )


def test_a_note_within_a_list_keeps_the_list_as_it_is() -> None:
    text = "---\ntitle: Ferry\nyear: 1961\ncast:\n  - 'A'   # who?\n  - B\n---\n\nAll aboard.\n"
    assert form(text) == text


@pytest.mark.parametrize(
    ("front", "doubt"),
    [
        ("title: Ferry\nyear: 1961\nyear: 1962\n", "year stands here twice."),
        ("{title: Ferry, year: 1961}\n", "The facts stand in braces."),
        ("title: Ferry\nyear: 1961\nwriter: &Ann B\n", "A value begins with &, which means something else"),
    ],
)
def test_what_leaves_a_doubt_stays_as_it_is(front: str, doubt: str) -> None:
    text = f"---\n{front}---\nAll aboard.\n"
    canon = canonical(text, file=FILE)
    assert (canon.text, canon.doubt[: len(doubt)]) == (text, doubt)


def test_a_guide_is_put_in_form_once_and_looked_at_without_a_trace(tmp_path: Path) -> None:
    new_guide(tmp_path)
    entry = add_entry(tmp_path, "Ferry", 1961)
    (tmp_path / "entries" / "bad-1960.md").write_text("no facts\n", "utf-8")
    before = entry.read_bytes()
    planned = format_entries(tmp_path, dry=True)
    assert entry.read_bytes() == before
    done = format_entries(tmp_path)
    assert (done.files, done.diff) == (planned.files, planned.diff)
    assert [(left.code, left.where.file) for left in done.findings] == [("F850", "entries/bad-1960.md")]
    assert format_entries(tmp_path).files == ()
    assert (tmp_path / "entries" / f"{EXAMPLE}.md").is_file()


def test_only_entries_are_put_in_form(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no entry"):
        format_entries(tmp_path, [tmp_path / "guide.toml"])


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("sign", "?!:,#&*-@`%'\"\\|>")
def test_what_is_in_form_is_the_same_to_every_reader_of_yaml(sign: str, loader: type) -> None:
    """The one in pure Python reads some signs within braces otherwise than the one in C."""
    words = f"Who {sign} they{sign}"
    ferry = film(
        "Ferry",
        1961,
        cast=(CastMember(f"Ann{sign}", words),),
        similar=(SimilarLink(to="ferry-1961", why=words),),
    )
    facts = yaml.load(write_entry(ferry).split("---\n")[1], loader)
    assert facts["cast"] == [{"name": f"Ann{sign}", "role": words}]
    assert facts["similar"] == [{"to": "ferry-1961", "why": words}]


def test_the_sample_guide_is_in_form() -> None:
    assert format_entries(PROJECT, dry=True).files == ()
