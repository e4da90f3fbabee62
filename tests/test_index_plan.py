"""What guide.toml may say under [indexes]."""

from pathlib import Path

from book.config import Project, read_project
from book.index_plan import IndexPlan
from book.model import Finding


def read(text: str) -> tuple[Project, tuple[Finding, ...]]:
    return read_project(f'[guide]\ntitle = "A Guide"\n{text}', Path("here"))


def test_the_plan_is_read_with_alphabet_numbers_and_people() -> None:
    project, findings = read(
        '[indexes]\ninclude = ["title"]\nnumerals = "spoken"\n'
        'collation = "Swedish"\nnames = { Cher = "Cher" }\n'
    )

    assert findings == ()
    assert project.index_plan == IndexPlan(("title",), "spoken", "sv", {"Cher": "Cher"})


def test_a_collation_may_be_one_of_a_languages_several() -> None:
    project, findings = read('[indexes]\ncollation = "de-u-co-phonebk"\n')

    assert (project.indexes.collation, findings) == ("de-u-co-phonebk", ())


def test_a_checklist_with_a_place_of_its_own_is_built_whether_or_not_it_is_among_the_indexes() -> None:
    project, _ = read('[indexes]\ninclude = ["title"]\n[matter]\nback = ["checklist", "indexes"]\n')

    assert project.index_plan.include == ("title", "checklist")


def test_words_that_mean_nothing_are_findings() -> None:
    project, findings = read('[indexes]\nnumerals = "roman"\ncollation = "Klingonese"\n')

    assert [(found.code, found.where.line) for found in findings] == [("F502", 4), ("F502", 5)]
    assert project.indexes == IndexPlan()
