"""Everything for a printer and the shops in one folder, or the report that says why not."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from finished import filmguide

from book.model import UsageError
from book.preflight import Preflight
from book.reading import read_guide
from book.release import PackageReport, package_guide
from book.shop_sheet import sheet

ISBN = "978-1-4028-9462-6"
GUIDE = f"""[guide]
title = "Three Nights"
subtitle = "A Trial"
authors = ["Ada Byron"]
publisher = "Lantern Row"
description = "Three films, told without giving anything away."
isbn = {{ print = "{ISBN}" }}
price = {{ USD = "14.95" }}
published = 2026-11-22

[subjects]
bisac = ["PER004030 PERFORMING ARTS / Film / Guides"]
keywords = ["noir", "ghosts"]

[print]
paper = "cream"
"""
NAMES = [
    "three-nights-cover.pdf",
    "three-nights-ebook-cover.jpg",
    "three-nights-front.jpg",
    "three-nights-interior.manifest.json",
    "three-nights-interior.pdf",
    "three-nights-kdp-paperback.zip",
    "three-nights-metadata.html",
    "three-nights-metadata.txt",
    "three-nights-preflight.html",
    "three-nights-preflight.json",
    "three-nights-sha256.txt",
    "three-nights.epub",
    "three-nights.onix.xml",
]


def guide(root: Path, *, more: str = "") -> Path:
    """A guide of three short films, which makes 24 pages or more."""
    (root / "entries").mkdir(parents=True)
    (root / "guide.toml").write_text(GUIDE + more, "utf-8")
    for year, title in ((1931, "Harbour"), (1952, "Lanterns"), (1974, "The Ferry")):
        slug = f"{title.lower().replace(' ', '-')}-{year}"
        told = "\n\n".join(
            f"In the {n}th year somebody of {title} walks on along the river." for n in range(90)
        )
        (root / "entries" / f"{slug}.md").write_text(
            f"---\ntitle: {title}\nyear: {year}\n---\n\nWhat {title} is about, in a line.\n\n# Spoilers\n\n"
            f"## Plot\n\n{told}\n\n## Ending explained\n\nWhoever left {title} comes home.\n",
            "utf-8",
        )
    return root


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    away = tmp_path_factory.mktemp("packed")
    root = guide(away / "guide")
    told = filmguide("-C", root, "package", "--for", "kdp", "--out", away / "out", "--jobs", 1, within=away)
    return away / "out" / "kdp-paperback", told


def test_everything_that_a_printer_and_the_shops_ask_for_is_there(
    packed: tuple[Path, dict[str, Any]],
) -> None:
    folder, told = packed

    assert sorted(file.name for file in folder.iterdir()) == NAMES
    assert (told["packed"], [look["passed"] for look in told["looks"]]) == (["kdp-paperback"], [True, True])
    assert sorted(Path(file).name for file in told["files"]) == NAMES


def test_the_sums_are_those_of_the_files(packed: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = packed
    rows = [row.split("  ") for row in (folder / "three-nights-sha256.txt").read_text().splitlines()]

    assert [name for _, name in rows] == [name for name in NAMES if not name.endswith((".zip", "sha256.txt"))]
    assert [hashlib.sha256((folder / name).read_bytes()).hexdigest() for _, name in rows] == [
        sum_ for sum_, _ in rows
    ]


def test_the_zip_holds_the_same_files_and_says_nothing_of_when(packed: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = packed
    with zipfile.ZipFile(folder / "three-nights-kdp-paperback.zip") as archive:
        held = {facts.filename: facts.date_time for facts in archive.infolist()}
        same = all(archive.read(name) == (folder / name).read_bytes() for name in held)

    assert sorted(held) == [name for name in NAMES if not name.endswith(".zip")]
    assert (set(held.values()), same) == ({(1980, 1, 1, 0, 0, 0)}, True)


def test_the_report_is_that_of_the_files(packed: tuple[Path, dict[str, Any]]) -> None:
    folder, told = packed
    report = json.loads((folder / "three-nights-preflight.json").read_text("utf-8"))

    assert (report["title"], report["passed"]) == ("Three Nights", True)
    assert [file["sha256"] for file in report["files"]] == [look["sha256"] for look in told["looks"]]
    looks = {look["name"]: look["found"] for look in report["files"][1]["looks"]}
    assert looks["barcode"] == f"reads {ISBN.replace('-', '')}"
    assert "Ready to be sent." in (folder / "three-nights-preflight.html").read_text("utf-8")


def test_the_sheet_has_a_field_for_everything_that_a_form_asks_for(tmp_path: Path) -> None:
    reading = read_guide(guide(tmp_path / "guide"))
    assert reading.guide is not None

    assert sheet(reading.project, reading.guide, 36) == (
        ("Title", "Three Nights"),
        ("Subtitle", "A Trial"),
        ("Contributor 1", "Ada Byron (author)"),
        ("Publisher", "Lantern Row"),
        ("Language", "en"),
        ("Publication date", "2026-11-22"),
        ("Description", "Three films, told without giving anything away."),
        ("Keyword 1", "noir"),
        ("Keyword 2", "ghosts"),
        ("Category 1", "BISAC: PER004030 PERFORMING ARTS / Film / Guides"),
        ("ISBN, print", ISBN),
        ("Price, print", "14.95 USD"),
        ("Price, e-book", "14.95 USD"),
        ("Trim", "6 × 9 in (152.4 × 228.6 mm)"),
        ("Paper and ink", "black on cream"),
        ("Pages", "36"),
    )


def package(root: Path, **more: Any) -> PackageReport:
    return package_guide(root, wanted=more.pop("wanted", "kdp"), jobs=1, **more)


def test_what_a_printer_would_refuse_is_not_put_in_place(
    packed: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """The same printer, but for type that must be larger than any theme's smallest."""
    strict = '\n[printer.kdp-paperback.file]\nleast_type = "9pt"\n'
    root = guide(tmp_path / "guide", more=strict)

    report = package(root)

    folder = root / "build" / "kdp-paperback"
    assert sorted(file.name for file in folder.iterdir()) == [
        "three-nights-preflight.html",
        "three-nights-preflight.json",
    ]
    assert (report.passed, report.packed, {found.code for found in report.findings}) == (False, (), {"F975"})
    assert "Nothing for kdp-paperback was put in place but the report on it." in report.lines
    (interior, _) = (look for _, look in report.looks)
    assert isinstance(interior, Preflight)
    assert "Not to be sent as it is." in (folder / "three-nights-preflight.html").read_text("utf-8")


def test_a_printer_that_nobody_knows_is_a_slip_of_the_keys(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kdb"):
        package(guide(tmp_path / "guide"), wanted="kdb")


def test_a_guide_with_errors_is_not_packed(tmp_path: Path) -> None:
    root = guide(tmp_path / "guide")
    (root / "entries" / "harbour-1931.md").write_text("---\ntitle: Harbour\n---\n\nNo year.\n", "utf-8")

    report = package(root)

    assert (report.passed, report.files, (root / "build" / "kdp-paperback").exists()) == (False, (), False)
