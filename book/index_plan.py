"""What guide.toml says under [indexes]: which ones, in whose alphabet, and who is filed otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from book.alphabets import RULES
from book.guide_file import Table, quoted
from book.languages import language_tag

CHECKLIST = "checklist"
"""An index, and a piece of the back matter where it is named there."""

INDEXES = (
    "similar", "title", "director", "cast", "writer", "cinematographer", "composer", "genre", "theme", "year",
    "decade", "country", "language", "series", "certificate", "rating", CHECKLIST,
)  # fmt: skip
NUMERALS = ("first", "spoken")


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """The indexes in order, and how they are filed.

    `numerals` is first or spoken. `collation` is the tag of the language whose alphabet counts, empty for
    the guide's own. `names` gives headings by name, for people whom no rule files right.
    """

    include: tuple[str, ...] = ("similar", "title", "director")
    numerals: str = "first"
    collation: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def read_index_plan(table: Table, include: tuple[str, ...]) -> IndexPlan:
    """The plan from its table, less the list of indexes, which is read already."""
    names = table.table("names")
    plan = IndexPlan(
        include=include,
        numerals=table.word("numerals", NUMERALS, IndexPlan().numerals),
        collation=_collation(table),
        names={name: heading for name in names.own_keys() if (heading := names.text(name))},
    )
    names.close()
    return plan


def _collation(table: Table) -> str:
    typed = table.text("collation")
    known = next((tag for tag in RULES if tag.casefold() == typed.casefold()), None)
    tag = known or language_tag(typed) or ""
    if typed and not tag:
        message = f"indexes.collation is {quoted(typed)}, which is no language."
        table.say("F502", "collation", message, 'Write its tag, e.g. "sv", or "de-u-co-phonebk".')
    return tag
