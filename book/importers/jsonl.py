"""JSON Lines: one film per line, plain or compressed with gzip.

A record's keys: title, year, runtime_min, languages, directors, writers, genres, cast (name, role),
synopsis, plot, keywords, tagline, countries, budget, revenue (both USD), certificate,
production_companies, release_date, original_title, imdb_id, tmdb_id, wikipedia_page_id, movielens_id.
Only title and year must be there. Plots spoil, and keywords may.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

from book.findings import finding
from book.importers.record import film_of
from book.model import Film, Finding, Place

LONGEST_LINE = 4_000_000
"""In bytes: an entry may have a megabyte, and JSON may spell one character in six."""

_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_GZIP = b"\x1f\x8b"
_FIRST_RECORD = re.compile(rb'\s*\{[^\n]*"title"\s*:[^\n]*"year"\s*:|\s*\{[^\n]*"year"\s*:[^\n]*"title"\s*:')
_OTHERS = re.compile(
    rb'^[ \t]*\{"(?:[^\n]*"imdbID"|[^\n]*"original_title"[^\n]*"(?:genre_ids|vote_count)")', re.MULTILINE
)
"""OMDb and TMDB are saved one answer a line as well, and have importers of their own."""

MOST_BYTES = 1_000_000_000
"""Beyond it nothing is read on: a billion line breaks pack into a megabyte."""


class JsonLines:
    """One JSON object per line and film."""

    name = "jsonl"
    label = "JSON Lines, one film per line"

    def recognises(self, path: Path, head: bytes) -> bool:
        """By the suffix .jsonl or .ndjson (also .gz), or by a first line with a title and a year."""
        if path.name.casefold().endswith(_SUFFIXES) and not _OTHERS.search(_unpacked(head)):
            return True
        return _FIRST_RECORD.match(_unpacked(head).removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, path: Path) -> Iterator[Film | Finding]:
        """A film for each line that holds one, and a finding for each line or fact that is amiss."""
        place = Place(path.as_posix())
        try:
            with _open(path) as file:
                yield from self._films(file, path)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield finding(
                "F802", place, f"{path.name} is compressed, but broken or cut short.", "Fetch it again."
            )
        except OSError as error:
            yield finding("F801", place, f"{path.name} cannot be read: {error.strerror}.")

    def _films(self, file: BufferedIOBase, path: Path) -> Iterator[Film | Finding]:
        origin = f"{self.name} {path.name}"
        left = MOST_BYTES
        for number, line in _lines(file):
            place = Place(path.as_posix(), number)
            left -= max(len(line), 100)  # an empty line costs time as well
            if left < 0:
                yield finding(
                    "F809", place, f"{path.name} has no end, and was not read on.", "Fetch it again."
                )
                return
            if len(line) > LONGEST_LINE:
                yield finding(
                    "F804",
                    place,
                    f"Line {number} is longer than {LONGEST_LINE // 1_000_000} megabytes, which no film is.",
                    "JSON Lines has one film on each line, and a line break after each.",
                )
            elif b"\0" in line:
                yield finding("F802", place, f"{path.name} is not text.", "JSON Lines is UTF-8 text.")
                return  # the rest of a binary file would be as many findings again
            elif line.strip():
                record = _record(line, place)
                yield from (record,) if isinstance(record, Finding) else film_of(record, place, origin)


def _open(path: Path) -> BufferedIOBase:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")


def _unpacked(head: bytes) -> bytes:
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 65_536)
    except zlib.error:
        return b""


def _lines(file: BufferedIOBase) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, from 1; of one that is too long only its beginning."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def _record(line: bytes, place: Place) -> dict[str, object] | Finding:
    try:
        record = json.loads(line.decode("utf-8").strip())
    except UnicodeDecodeError:
        return finding("F804", place, f"Line {place.line} is not UTF-8 text.", "Save the file in UTF-8.")
    except json.JSONDecodeError as error:
        return finding(
            "F804",
            place,
            f"Line {place.line} is not valid JSON: {error.msg} at character {error.colno}.",
            "Each line holds one whole film in braces, with no comma after it.",
        )
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets in brackets in brackets
        return finding("F804", place, f"Line {place.line} is not a film.", "Take the line out.")
    if not isinstance(record, dict):
        return finding(
            "F804",
            place,
            f"Line {place.line} is {_kind(record)}, not a film.",
            'Each line holds one film in braces: {"title": …, "year": …}',
        )
    return record


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
