"""How many records a second each importer reads, and how many films a second an import of them writes.

Run it with the interpreter that has filmguide: `.venv/bin/python benchmarks/imports.py [RECORDS]`
"""

import csv
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from book.importers import importers, read_films
from book.importing import import_films
from book.model import Film

RECORDS = 5_000
PEOPLE = ("Ann Other", "Bo Third", "Cy Fourth", "Di Fifth", "Eve Sixth")
BLURB = "A ferry crosses at night, and nobody on it knows who is at the helm. " * 4


def omdb(number: int) -> dict[str, str]:
    """An answer of OMDb's size."""
    return {
        "Title": f"The Ferry {number}", "Year": str(1920 + number % 100), "Rated": "PG-13",
        "Released": "09 May 1961", "Runtime": "97 min", "Genre": "Drama, Sci-Fi, Crime",
        "Director": PEOPLE[number % 5], "Writer": "Ann Other (story), Bo Third (screenplay by)",
        "Actors": ", ".join(PEOPLE), "Plot": BLURB, "Language": "Greek, English", "Country": "Greece, UK",
        "BoxOffice": "$1,234,567", "imdbID": f"tt{number:07}", "Type": "movie", "Response": "True",
    }  # fmt: skip


def tmdb(number: int) -> dict[str, object]:
    """Details with credits appended."""
    cast = [{"name": name, "character": f"Role {place}", "order": place} for place, name in enumerate(PEOPLE)]
    return {
        "title": f"The Ferry {number}", "original_title": f"To Feribot {number}", "id": number,
        "release_date": f"{1920 + number % 100}-05-09", "runtime": 97, "overview": BLURB, "poster_path": None,
        "original_language": "el", "production_countries": [{"iso_3166_1": "GR"}],
        "genres": [{"id": 18, "name": "Drama"}],
        "credits": {"cast": cast, "crew": [{"name": PEOPLE[number % 5], "job": "Director"}]},
    }  # fmt: skip


def made(folder: Path, count: int) -> Iterator[tuple[str, Path]]:
    """The files, each of as many films, with what they are called in the table."""
    numbers = range(count)
    path = folder / "films.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(["Title", "Year", "Runtime", "Director", "Cast", "Genre", "Synopsis"])
        for number in numbers:
            year, director = 1920 + number % 100, PEOPLE[number % 5]
            sheet.writerow([f"The Ferry {number}", year, 97, director, ", ".join(PEOPLE), "Drama", BLURB])
    yield "CSV (spreadsheet)", path
    path = folder / "watched.csv"
    lines = [f"2024-01-01,The Ferry {n},{1920 + n % 100},https://boxd.it/x{n}" for n in numbers]
    path.write_text("\n".join(["Date,Name,Year,Letterboxd URI", *lines]), "utf-8")
    yield "CSV (Letterboxd)", path
    path = folder / "title.basics.tsv"
    heads = ["tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "endYear"]
    heads += ["runtimeMinutes", "genres"]
    rows = [
        "\t".join(
            [f"tt{n:07}", "movie", f"The Ferry {n}", "F", "0", str(1920 + n % 100), r"\N", "97", "Drama"]
        )
        for n in numbers
    ]
    path.write_text("\n".join(["\t".join(heads), *rows]), "utf-8")
    yield "TSV (IMDb)", path
    for name, record in (("OMDb", omdb), ("TMDB", tmdb)):
        yield f"JSON ({name})", _json(folder / f"{name}.json", record, count)


def _json(path: Path, record: Callable[[int], object], count: int) -> Path:
    path.write_text(json.dumps([record(number) for number in range(count)]), "utf-8")
    return path


def main() -> None:
    """Print a line for each format: records a second read, and films a second imported and imported again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    print(f"{count:,} records   read/s   imported/s   again/s")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for label, path in made(folder, count):
            guide = folder / f"guide {label.replace('/', ' ')}"
            guide.mkdir()
            (guide / "guide.toml").write_text('[guide]\ntitle = "T"\n')
            began = time.perf_counter()
            films = sum(isinstance(each, Film) for each in read_films([path], importers()[0]))
            assert films == count
            rates = [count / (time.perf_counter() - began)]
            for _ in range(2):
                began = time.perf_counter()
                import_films(guide, [path])
                rates.append(count / (time.perf_counter() - began))
            print(f"{label:18}" + "".join(f"{rate:>11,.0f}" for rate in rates))


if __name__ == "__main__":
    main()
