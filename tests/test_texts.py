"""Reading the texts beside the films."""

from __future__ import annotations

from pathlib import Path

from book.config import ChapterPlan, MatterPlan, Project
from book.model import GuideInfo, Place, Source
from book.texts import read_texts


def project(root: Path, *front: str, intro: str = "") -> Project:
    chapters = (ChapterPlan("One", intro=intro, line=4),)
    source = Source("guide.toml", {"matter.front": 9})
    return Project(root, GuideInfo("A Guide"), chapters, matter=MatterPlan(front, ()), source=source)


def test_every_text_that_the_guide_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/one.md").write_bytes(b"\xef\xbb\xbfOne\r\nmore\r\n")
    (tmp_path / "foreword.md").write_text("Café", encoding="utf-8")
    (tmp_path / "texts/how-to-use.md").write_text("Read.")
    (tmp_path / "texts/unnamed.md").write_text("Nobody asks for this.")

    assert read_texts(project(tmp_path, "title", "foreword.md", intro="texts/one.md")) == (
        {"texts/one.md": "One\nmore\n", "foreword.md": "Café", "texts/how-to-use.md": "Read."},
        (),
    )


def test_faults_are_found_all_at_once_and_the_other_texts_are_read(tmp_path: Path) -> None:
    guide = tmp_path / "guide"
    guide.mkdir()
    (tmp_path / "secret.md").write_text("Not yours.")
    (guide / "good.md").write_text("Good.")
    (guide / "latin.md").write_bytes("Café".encode("latin-1"))
    (guide / "huge.md").write_bytes(b"a" * 1_000_001)
    front = ("good.md", "missing.md", "../secret.md", "latin.md", "huge.md")

    texts, findings = read_texts(project(guide, *front, intro="texts/gone.md"))

    assert texts == {"good.md": "Good."}
    assert [(it.code, it.where, it.message) for it in findings] == [
        ("F514", Place("guide.toml", 4), "texts/gone.md is not there."),
        ("F514", Place("guide.toml", 9), "missing.md is not there."),
        ("F515", Place("guide.toml", 9), "../secret.md lies outside the guide's folder."),
        ("F516", Place("guide.toml", 9), "huge.md is larger than a megabyte."),
        ("F516", Place("guide.toml", 9), "latin.md is not UTF-8 text: byte 4 cannot be read."),
    ]


def test_a_text_named_twice_is_found_once(tmp_path: Path) -> None:
    findings = read_texts(project(tmp_path, "gone.md", "gone.md", intro="gone.md"))[1]

    assert [str(it.where) for it in findings] == ["guide.toml:4"]


def test_html_in_a_text_is_found_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "foreword.md").write_text("# Hello\n\nA <b>bold</b> word.")

    texts, findings = read_texts(project(tmp_path, "foreword.md"))

    assert texts == {"foreword.md": "# Hello\n\nA <b>bold</b> word."}
    assert {(it.code, str(it.where)) for it in findings} == {("F601", "foreword.md:3")}
