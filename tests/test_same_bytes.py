"""The same guide gives the same files to the byte, wherever and whenever it is built."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image

import book

GUIDE = """
[guide]
title = "A Guide of Three"
authors = ["Ann Author"]
isbn = { ebook = "0-306-40615-2", print = "978-1-4028-9462-6" }
description = "About three films."
price = { USD = 9.99, EUR = 8 }
series = { name = "Guides", number = 1 }

[[contributor]]
name = "Cy de Vries"
role = ["foreword", "editor"]

[subjects]
bisac = ["PER004030"]
thema = ["ATFG", "1D"]
keywords = ["noir", "rewatching"]

[indexes]
include = ["similar", "title", "director", "cast", "genre", "theme", "year", "country"]

[ebook]
fonts = true
"""

ENTRY = """---
title: {title}
year: {year}
language: [en, fr]
country: [US, FR]
director: [Ann Other, Cy Young]
cast:
  - {{name: Bo Both, role: Ada}}
genre: [Drama, Crime]
themes: [memory, cities, trains]
image: {{file: images/{year}.png, alt: A wall}}
similar:
  - {{to: two-1992, why: Also in a city}}
---
{title} is about a city, a train and somebody who forgets.

# Spoilers

## Plot

In {title}, the train arrives.
"""

BUILD = """
import hashlib, json, os, random, sys
from pathlib import Path

shuffled = int(sys.argv[2])
scandir, listdir = os.scandir, os.listdir

class Shuffled:
    '''A folder whose files come in another order, as another file system would give them.'''

    def __init__(self, path):
        with scandir(path) as found:
            self.found = sorted(found, key=lambda entry: entry.name)
        random.Random(shuffled).shuffle(self.found)

    def __iter__(self):
        return iter(self.found)

    def __enter__(self):
        return iter(self.found)

    def __exit__(self, *of):
        return None

    def close(self):
        return None

def shuffled_names(path="."):
    names = sorted(listdir(path))
    random.Random(shuffled).shuffle(names)
    return names

if shuffled:
    os.scandir, os.listdir = Shuffled, shuffled_names

import locale
locale.setlocale(locale.LC_ALL, "")

from book.build import build_guide
from book.covering import cover_guide
from book.listing import list_guide
from book.release import package_guide

root = Path(sys.argv[1])
os.umask(int(sys.argv[5], 8))
report = build_guide(root, formats=sys.argv[3].split(","), verified=False, jobs=int(sys.argv[4]))
assert report.files, report.findings
listing = list_guide(root)
if "pdf" in sys.argv[3]:
    cover_guide(root, printer="kdp-paperback", pages=120)
    packed = package_guide(root, wanted="kdp-paperback", jobs=int(sys.argv[4]))
    assert packed.passed, packed.findings
build = root / "build"
files = {path.relative_to(build).as_posix(): path for path in build.rglob("*") if path.is_file()}
kept = {name for name in files if name.startswith(".cache/")}
files = {name: files[name] for name in sorted(files.keys() - kept)}
print(json.dumps({name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}))
"""


def laid_out(root: Path, plan: str) -> Path:
    (root / "entries").mkdir(parents=True)
    (root / "images").mkdir()
    (root / "guide.toml").write_text(plan, "utf-8")
    for title, year in (("Two", 1992), ("One", 1991), ("Three", 1993)):
        slug = f"{title.lower()}-{year}"
        own = ENTRY.format(title=title, year=year)
        similar = "similar:\n  - {to: two-1992, why: Also in a city}\n"
        (root / "entries" / f"{slug}.md").write_text(
            own.replace(similar, "") if year == 1992 else own, "utf-8"
        )
        Image.radial_gradient("L").resize((1500, 300 + year % 90)).save(root / "images" / f"{year}.png")
    return root


def built(
    root: Path,
    formats: str,
    *,
    plan: str = GUIDE,
    shuffle: int = 0,
    jobs: int = 1,
    umask: str = "022",
    **env: str,
) -> dict[str, str]:
    """The digests of everything that a build and `onix` make of the guide in a folder of its own."""
    whole = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent), **env}
    words = [str(laid_out(root, plan)), str(shuffle), formats, str(jobs), umask]
    command = [sys.executable, "-c", BUILD, *words]
    ended = subprocess.run(command, env=whole, capture_output=True, text=True, check=False, cwd=root)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, str] = json.loads(ended.stdout.splitlines()[-1])
    return told


HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
ELSEWHERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "USER": "somebody-else",
    "LOGNAME": "somebody-else",
    "HOME": "/nowhere",
    "COLUMNS": "40",
}


def test_neither_place_nor_person_nor_clock_nor_the_order_of_files_nor_workers_show(tmp_path: Path) -> None:
    one = built(tmp_path / "one", "pdf,epub,web", **HERE)
    away = tmp_path / "another place" / "ünïcode"
    other = built(away, "pdf,epub,web", shuffle=7, jobs=2, umask="077", **ELSEWHERE)
    assert other == one
    assert {".epub", ".json", ".xml", ".pdf"} <= {Path(name).suffix for name in one}
    assert any("cover" in name for name in one)


def test_the_date_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    when = "1700000000"  # 14 November 2023, 22:13:20
    root = tmp_path / "guide"
    built(root, "epub", plan=GUIDE.replace("fonts = true", ""), SOURCE_DATE_EPOCH=when, **HERE)
    content = (root / "build" / "a-guide-of-three.epub").read_bytes()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"2023-11-14T22:13:20Z" in archive.read("EPUB/content.opf")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    record = (root / "build" / "a-guide-of-three.onix.xml").read_text("utf-8")
    assert "<SentDateTime>20231114T221320Z</SentDateTime>" in record
