"""guide.toml as its readers ask for it: every key, its sort of value, its words, its range, its default.

The readers of guide.toml are run over tables that note what they are asked. So a key cannot be read without
standing in the schema, nor stand there without being read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.config import project_of
from book.guide_file import LONGEST, LONGEST_TITLE, Table
from book.printers.profile import Printer
from book.printers.reading import read_over
from book.schema.shapes import Schema

ANY = "*"
"""Stands in a path for a key that the writer names."""

_COUNT = re.compile(r"\[\d+\]")

OTHERWISE: Mapping[str, Any] = {
    "guide": {"series": "a text"},
    "spoilers": {"warning": {}},
    "edition": [{"spoilers": {}}],
    "track": [{"films": [{}]}],
    "printer": {
        ANY: {
            "trims": {"sizes": [], "custom": []},
            "paper": [{"name": "cream", "page": "0.1mm", "less": [{}]}],
            "bleed": {"edges": []},
            "file": {"forbidden": []},
        }
    },
}
"""Values by which readers that look at a value first are led the other way."""


@dataclass
class Asked:
    """What readers have asked for, by dotted path; tables of a list have [] behind their name.

    `shapes` are the sorts of value of a key in the order asked, none for a key that is only known. `tables`
    are the paths of tables, `closed` those in which no other key is allowed.
    """

    shapes: dict[str, list[Schema]] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def note(self, path: str, shape: Schema | None = None) -> None:
        """Note a key, with a sort of value that it takes."""
        known = self.shapes.setdefault(_path(path), [])
        if shape is not None and shape not in known:
            known.append(shape)


class AskedTable(Table):
    """A table that notes what is asked of it, and has an answer even where nothing is written."""

    def __init__(self, asked: Asked, values: Mapping[str, Any], path: str = "") -> None:
        super().__init__(values, path, {}, [])
        self._notes = asked
        asked.tables.add(_path(path))

    def within(self, values: Mapping[str, Any], path: str) -> AskedTable:
        """A table inside of this one."""
        return AskedTable(self._notes, values, path)

    def own_keys(self) -> tuple[str, ...]:
        """One key that stands for all."""
        return (ANY,)

    def text(self, key: str, default: str = "", *, longest: int = LONGEST) -> str:
        """A text; a number will do."""
        shape: Schema = {"type": ["string", "number"], "maxLength": longest}
        self._notes.note(self._name(key), shape | ({"default": default} if default else {}))
        return super().text(key, default, longest=longest)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts, or one."""
        item: Schema = {"type": "string", "maxLength": LONGEST_TITLE}
        shape: Schema = {"type": ["array", "string"], "items": item, "maxLength": LONGEST_TITLE}
        self._notes.note(self._name(key), shape | ({"default": list(default)} if default else {}))
        return super().texts(key, default)

    def word(self, key: str, words: Sequence[str], default: str = "") -> str:
        """One of a few words."""
        shape: Schema = {"enum": list(words)}
        self._notes.shapes.setdefault(_path(self._name(key)), [])
        found = super().word(key, words, default)
        # Its text is a word, and nothing else.
        self._notes.shapes[_path(self._name(key))] = [shape | ({"default": default} if default else {})]
        return found

    def number(self, key: str, default: int, allowed: range) -> int:
        """A whole number within a range."""
        shape: Schema = {"type": "integer", "minimum": allowed[0], "maximum": allowed[-1], "default": default}
        self._notes.note(self._name(key), shape)
        return super().number(key, default, allowed)

    def numbers(self, key: str, names: Sequence[str]) -> dict[str, float]:
        """Some of these names with numbers that are not negative."""
        for name in names:
            self._notes.note(self._name(f"{key}.{name}"), {"type": "number", "minimum": 0})
        return super().numbers(key, names)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        self._notes.note(self._name(key), {"type": "boolean", "default": default})
        return super().flag(key, default)

    def day(self, key: str) -> Any:
        """A date."""
        # Editors show a schema the dates of TOML as texts.
        self._notes.note(self._name(key), {"type": "string", "format": "date"})
        return super().day(key)

    def table(self, key: str) -> Table:
        """A table of its own."""
        self._notes.note(self._name(key))
        return super().table(key)

    def tables(self, key: str) -> list[Table]:
        """The tables of a list, of which there is always one."""
        self._notes.note(self._name(key))
        return super().tables(key) or [self.within({}, f"{self._name(key)}[0]")]

    def knows(self, key: str) -> None:
        """Note a key that need not be there."""
        self._notes.note(self._name(key))
        super().knows(key)

    def close(self) -> None:
        """Note that the table has no other keys."""
        self._notes.closed.add(_path(self.path))


def _path(name: str) -> str:
    return _COUNT.sub("[]", name)


def asked_of_a_guide() -> Asked:
    """Everything that the readers of guide.toml ask for, printers' tables included."""
    asked = Asked()
    for values in ({}, OTHERWISE):
        whole = AskedTable(asked, values)
        project_of(whole, Path())
        read_over(Printer(ANY), whole.table("printer").table(ANY))
    return asked
