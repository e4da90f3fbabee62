"""Files that nobody should open: refused in one sentence, in little time and memory."""

import gzip
import json
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_import_formats import read, told

from book.importers import jsonl
from book.importers.opening import LARGEST_BYTES

SECONDS = 5
MEGABYTES = 300


@contextmanager
def bounded() -> Iterator[None]:
    """Fails when what is done within takes long, or much memory."""
    tracemalloc.start()
    began = time.perf_counter()
    try:
        yield
        seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seconds < SECONDS
    assert peak < MEGABYTES * 1_000_000


def archive(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def test_a_small_archive_that_would_fill_a_disk_is_not_opened(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.zip", **{"films.csv": b"0" * 20_000_000})
    with bounded():
        films, findings = read(bomb)
    assert (films, told(findings)) == (
        [],
        [
            (
                "F809",
                0,
                "bomb.zip holds films.csv, which would grow to 20 megabytes out of nearly nothing, and was "
                "not opened.",
            )
        ],
    )


def test_a_workbook_is_an_archive_and_may_be_a_bomb_as_well(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.xlsx", **{"xl/worksheets/sheet1.xml": b" " * 20_000_000})
    assert [each.code for each in read(bomb)[1]] == ["F809"]


def test_an_archive_that_says_less_than_it_holds_is_not_believed(tmp_path: Path) -> None:
    path = archive(tmp_path / "liar.zip", **{"films.csv": b"a,b\n" * 1_000_000})
    raw = path.read_bytes().replace(struct.pack("<L", 4_000_000), struct.pack("<L", 400))
    path.write_bytes(raw)
    with bounded():
        films, findings = read(path)
    assert (films, [each.code for each in findings]) == ([], ["F802"])


@pytest.mark.parametrize("name", ["../../outside.csv", "/etc/outside.csv", "..\\outside.csv", "C:\\x.csv"])
def test_an_archive_with_a_name_outside_of_it_is_not_opened(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    films, findings = read(archive(folder / "a.zip", **{name: b"Title,Year\nM,1931\n", "b.csv": b"x"}))
    assert (films, [each.code for each in findings]) == ([], ["F809"])
    assert not list(tmp_path.rglob("outside.csv"))
    assert "would lie outside it" in findings[0].message


def test_a_locked_and_a_broken_archive_are_told(tmp_path: Path) -> None:
    broken = archive(tmp_path / "broken.zip", **{"films.csv": b"Title,Year\nM,1931\n"})
    broken.write_bytes(broken.read_bytes()[:60])
    assert told(read(broken)[1]) == [("F802", 0, "broken.zip is an archive, but broken or cut short.")]


def test_xml_that_defines_entities_is_not_read(tmp_path: Path) -> None:
    ten = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "bomb.nfo"
    path.write_text(f'<!DOCTYPE movie [<!ENTITY a0 "lol">{ten}]><movie><title>&a11;</title></movie>')
    with bounded():
        films, findings = read(path)
    assert (films, [each.code for each in findings]) == ([], ["F809"])


def test_xml_that_asks_for_a_file_of_ours_does_not_get_it(tmp_path: Path) -> None:
    path = tmp_path / "spy.nfo"
    path.write_text(
        '<!DOCTYPE movie [<!ENTITY a SYSTEM "file:///etc/hostname">]><movie><title>&a;</title>'
        "<year>1961</year></movie>"
    )
    assert [each.code for each in read(path)[1]] == ["F809"]


def test_a_table_of_ten_million_columns_is_not_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(b"Title,Year" + b",x" * 10_000_000 + b"\nM,1931\n")
    with bounded():
        films, findings = read(path, wanted="spreadsheet")
    assert (films, [each.code for each in findings]) == ([], ["F809"])
    assert [each.code for each in read(path)[1]] == ["F809"]


@pytest.mark.parametrize(
    "name", ["imdb", "kodi", "letterboxd", "notes", "omdb", "schemaorg", "spreadsheet", "tmdb"]
)
def test_a_binary_file_is_refused_by_every_importer_even_when_it_is_asked_for_by_name(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(bytes(range(256)) * 4_000)
    films, findings = read(path, wanted=name)
    assert (films, told(findings)) == ([], [("F802", 0, "film.mkv is not text.")])


def test_a_file_of_two_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "films.json"
    with path.open("wb") as file:
        file.write(b'[{"Title": "M", "Response": "True"}')
        file.truncate(2_000_000_000)  # sparse: it takes no room on the disk
    with bounded():
        films, findings = read(path)
    limit = LARGEST_BYTES // 1_000_000
    assert (films, told(findings)) == (
        [],
        [("F809", 0, f"films.json is larger than {limit} megabytes, and was not opened.")],
    )


def test_brackets_within_brackets_do_not_end_the_program(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('[{"Title": "M", "Type": ' + "[" * 200_000)
    assert [each.code for each in read(path)[1]] == ["F804"]
    path.write_text("---\na: " + "[" * 50_000 + "\n---\n")
    assert [each.code for each in read(path, wanted="notes")[1]] == ["F804"]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Title,Year\nM,1931\n"Tram,1954\n' + "x,y\n" * 100_000)
    films, findings = read(path)
    assert ([film.title for film in films], [(each.code, each.where.line) for each in findings]) == (
        ["M"],
        [("F804", 3)],
    )


def test_yaml_that_grows_is_bounded(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    path = tmp_path / "M.md"
    path.write_text("\n".join(["---", *lines, "year: 1931", "genre: *a11", "---"]))
    with bounded():
        films, _ = read(path)
    assert [film.title for film in films] == ["M"]


def test_lines_that_pack_into_nothing_are_not_read_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MOST_BYTES", 10_000_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 50_000_000))
    with bounded():
        films, findings = read(path)
    assert (films, told(findings)) == (
        [],
        [("F809", 100_001, "bomb.jsonl.gz has no end, and was not read on.")],
    )


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.jsonl", "\n"), ("a.csv", " "), ("a.md", "---\na: b\n---\n\n"), ("a.md", "<!-- "), ("a.md", "{% "),
        ("a.md", "[["), ("a.md", "!["), ("a.nfo", "http://"), ("a.nfo", "<movie>"), ("a.html", "<a \""),
        ("a.json", '{"Title": "'), ("a.csv", "Title,"), ("a.md", "a:: "),
    ],
)  # fmt: skip
def test_no_piece_repeated_a_hundred_thousand_times_takes_long(tmp_path: Path, name: str, piece: str) -> None:
    path = tmp_path / name
    head = "---\ntitle: M\nyear: 1931\n---\n" if name == "a.md" else ""
    path.write_text(head + piece * 100_000)
    wanted = {"a.nfo": "kodi", "a.md": "notes", "a.html": "schemaorg", "a.json": "omdb"}.get(name, "")
    began = time.perf_counter()
    for asked in ("", wanted):
        read(path, wanted=asked)
    assert time.perf_counter() - began < 2 * SECONDS


def test_a_folder_is_walked_and_what_nobody_knows_is_counted(tmp_path: Path) -> None:
    (tmp_path / "M (1931)").mkdir()
    (tmp_path / "M (1931)" / "M.nfo").write_text("<movie><title>M</title><year>1931</year></movie>")
    (tmp_path / "M (1931)" / "poster.jpg").write_bytes(b"\xff\xd8\xff\0")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "film.json").write_text(json.dumps({"Title": "M", "Year": "1931", "imdbID": "tt1"}))
    films, findings = read(tmp_path)
    assert [film.origin.imported for film in films] == ["kodi M.nfo", "omdb film.json"]
    assert told(findings) == [("F812", 0, "1 file was passed over, as no importer knows them: 1 .jpg.")]


def test_a_file_without_films_says_so(tmp_path: Path) -> None:
    (tmp_path / "watchlist.csv").write_text("Date,Name,Year,Letterboxd URI\r\n")
    assert told(read(tmp_path / "watchlist.csv")[1]) == [("F811", 0, "watchlist.csv holds no films.")]
