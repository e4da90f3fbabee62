import tomllib
from operator import attrgetter
from pathlib import Path

import pytest
import yaml

from book.config import load_project, read_project
from book.formatting import format_entries
from book.model import UsageError
from book.scaffold import EXAMPLE, add_entry, new_guide

HEADINGS = [
    "## More about",
    "# Spoilers",
    "## Plot",
    "## Ending explained",
    "## Timeline",
    "## Characters",
    "## Settings",
    "## Themes",
    "## Post-credits",
]


def parts(path: Path) -> tuple[dict[str, object], list[str], str]:
    """An entry's front matter, its headings down to ##, and the text that is left."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    headings = [line for line in body.splitlines() if line.startswith(("# ", "## "))]
    return yaml.safe_load(front), headings, body


def test_a_new_guide_has_a_plan_an_example_and_a_place_for_books(tmp_path: Path) -> None:
    folder = tmp_path / "my guide"
    files = new_guide(folder, title='Ships & "Ferries"', author="Ann Öther")
    assert [str(file.relative_to(folder)) for file in files] == [
        "guide.toml",
        f"entries/{EXAMPLE}.md",
        "build/.gitkeep",
        ".gitignore",
        ".filmguide/entry.schema.json",
        ".filmguide/guide.schema.json",
    ]
    assert all(file.is_file() for file in files)
    plan = tomllib.loads((folder / "guide.toml").read_text("utf-8"))
    assert plan["guide"] == {"title": 'Ships & "Ferries"', "authors": ["Ann Öther"], "language": "en"}
    assert plan["chapters"] == {"by": "decade"}


def test_a_guide_needs_neither_title_nor_author_to_begin(tmp_path: Path) -> None:
    new_guide(tmp_path)
    plan = tomllib.loads((tmp_path / "guide.toml").read_text("utf-8"))
    assert (plan["guide"]["title"], plan["guide"]["authors"]) == ("My Film Guide", [])


def test_a_guide_is_begun_in_the_language_the_size_and_the_look_that_are_asked_for(tmp_path: Path) -> None:
    new_guide(tmp_path, language="Portuguese", trim="a5", theme="modern")
    project, findings = load_project(tmp_path)
    assert findings == ()
    assert project.info.language == "pt"
    assert (project.print.trim_width_mm, project.print.trim_height_mm) == (148, 210)
    assert (project.print.theme, project.ebook.theme) == ("modern", "modern")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"language": "Quenyish"}, "Quenyish is no language"),
        ({"trim": "huge"}, "huge is no size of a book"),
        ({"trim": "1x1in"}, "1x1in is no size of a book"),
        ({"theme": "clasic"}, "There is no theme called clasic"),
    ],
)
def test_a_wish_that_cannot_be_had_begins_no_guide(
    wish: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=message):
        new_guide(tmp_path / "guide", **wish)
    assert not (tmp_path / "guide").exists()


def test_what_is_begun_without_a_wish_is_what_reading_takes_for_silence(tmp_path: Path) -> None:
    new_guide(tmp_path)
    begun, _ = load_project(tmp_path)
    silent, _ = read_project('[guide]\ntitle = "My Film Guide"\n', tmp_path)
    parts_of = attrgetter("print", "ebook", "spoilers", "similar", "indexes", "matter", "info.language")
    assert parts_of(begun) == parts_of(silent)


def test_everything_that_is_begun_is_in_canonical_form(guide: Path) -> None:
    add_entry(guide, "Yes: “No” # 1", 1961)
    assert format_entries(guide, dry=True).files == ()


def test_the_example_fills_every_section_of_an_entry(tmp_path: Path) -> None:
    new_guide(tmp_path)
    facts, headings, body = parts(tmp_path / "entries" / f"{EXAMPLE}.md")
    assert (facts["title"], facts["year"], headings) == ("The Lamplighter's Daughter", 1957, HEADINGS)
    assert all(section.partition("\n")[2].strip() for section in body.split("\n## ")[1:])


def test_a_guide_that_stands_is_not_begun_again(tmp_path: Path) -> None:
    (tmp_path / "guide.toml").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="has a guide already"):
        new_guide(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["guide.toml"]


def test_files_that_stand_in_the_folder_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine", "utf-8")
    assert tmp_path / ".gitignore" not in new_guide(tmp_path)
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine"


def test_a_file_is_no_folder_for_a_guide(tmp_path: Path) -> None:
    (tmp_path / "guide").write_text("", "utf-8")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        new_guide(tmp_path / "guide")


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    new_guide(tmp_path)
    return tmp_path


def test_a_film_is_added_with_every_heading_and_no_words_but_its_own(guide: Path) -> None:
    path = add_entry(guide, "Yes: “No” # 1\n", 1961)
    facts, headings, body = parts(path)
    assert path == guide / "entries" / "yes-no-1-1961.md"
    assert {key: value for key, value in facts.items() if value} == {"title": "Yes: “No” # 1", "year": 1961}
    assert headings == HEADINGS
    assert "".join(line for line in body.splitlines() if line not in HEADINGS) == ""


@pytest.mark.parametrize(
    "title", ["null", "1984", 'Back\\slash "and" quotes', "{curly}", "😀 Ferry", "A\x07B\x85C"]
)
def test_any_title_can_be_read_back(guide: Path, title: str) -> None:
    facts, _, _ = parts(add_entry(guide, title, 1984))
    assert str(facts["title"]) == title.replace("\x07", " ").replace("\x85", " ")


def test_a_film_is_never_added_over_its_entry(guide: Path) -> None:
    path = add_entry(guide, "Ferry", 1961)
    path.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=r"Ferry \(1961\) has an entry already: entries/ferry-1961\.md"):
        add_entry(guide, "Ferry", 1961)
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("title", "year", "message"),
    [("", 1961, "needs a title"), (" \n", 1961, "needs a title"), ("Ferry", 61, "61 is no year of a film")],
)
def test_a_film_needs_a_title_and_a_year(guide: Path, title: str, year: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        add_entry(guide, title, year)


def test_a_film_is_added_to_a_guide_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no guide\.toml"):
        add_entry(tmp_path, "Ferry", 1961)
    assert list(tmp_path.iterdir()) == []
