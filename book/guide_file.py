"""guide.toml as a writer typed it: tables that know their lines, and say what they cannot read.

A Table is asked for its keys one by one. What it has and nobody asked for is reported at the end, and
so is every value of the wrong kind; the default takes its place, so that all faults show together.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from book.desk import brief
from book.findings import finding
from book.model import Finding, Place
from book.prose import clean

LONGEST, LONGEST_TITLE = 4_000, 200
"""Characters of a text, and of a title or a name: more would fill a page by itself."""

_COUNT = re.compile(r"\[\d+\]")
_HEAD = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_SIGNS = re.compile(r'"""|' + r"'''" + r"""|"(?:[^"\\]|\\.)*"|'[^']*'|[\[\]{}#]""")


class Table:
    """A table of guide.toml. `path` is its dotted name, empty for the whole file.

    Asking for a key marks it as known. Findings of a table and of the tables in it collect in one list.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        path: str,
        lines: Mapping[str, int],
        findings: list[Finding],
        file: str = "guide.toml",
    ) -> None:
        self.values, self.path, self.lines, self.findings, self.file = values, path, lines, findings, file
        self._asked: list[str] = []

    def text(self, key: str, default: str = "", *, longest: int = LONGEST) -> str:
        """A text on one line; a number that was typed without quotation marks will do."""
        value = self._value(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is None or isinstance(value, str):
            return self._fitting(key, value or "", longest) or default
        self._wrong(key, "a text", f'{key} = "…"')
        return default

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; a lone text is a list of one."""
        value = self._value(key)
        if value is None:
            return default
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(item, str) for item in values):
            return tuple(filter(None, (self._fitting(key, item, LONGEST_TITLE) for item in values)))
        self._wrong(key, "a list of texts", f'{key} = ["…", "…"]')
        return default

    def word(self, key: str, words: Sequence[str], default: str = "") -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value in words or value == default:
            return value
        self.say_unknown_word(key, value, words)
        return default

    def number(self, key: str, default: int, allowed: range) -> int:
        """A whole number within a range."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        self._wrong(key, f"a whole number from {allowed[0]} to {allowed[-1]}", f"{key} = {default}")
        return default

    def numbers(self, key: str, names: Sequence[str]) -> dict[str, float]:
        """Some of these names with numbers that are not negative."""
        table = self.table(key)
        numbers = {}
        for name in names:
            number = table._value(name)
            if isinstance(number, (int, float)) and not isinstance(number, bool) and 0 <= number < 10**9:
                numbers[name] = float(number)
            elif number is not None:
                table._wrong(name, "a number from 0 up", f"{name} = 1.5")
        table.close()
        return numbers

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._value(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, "true or false", f"{key} = {str(default).lower()}")
        return default

    def day(self, key: str) -> date | None:
        """A date, in quotation marks or without."""
        value = self._value(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value is None or value == "":
            return value or None
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:  # the 31st of June; said below
                pass
        self._wrong(key, "a day that a calendar has", f"{key} = 2026-01-31")
        return None

    def table(self, key: str) -> Table:
        """A table of its own, empty where there is none."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, "a table", f"[{self._name(key)}]")
            value = None
        return self.within(value or {}, self._name(key))

    def tables(self, key: str) -> list[Table]:
        """The tables of a list, such as every [[chapter]]."""
        value = self._value(key)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [self.within(item, f"{self._name(key)}[{number}]") for number, item in enumerate(value)]
        if value is not None:
            self._wrong(key, "a list of tables", f"[[{self._name(key)}]]")
        return []

    def within(self, values: Mapping[str, Any], path: str) -> Table:
        """A table inside of this one, whose dotted name is known; its findings collect here."""
        return Table(values, path, self.lines, self.findings, self.file)

    def own_keys(self) -> tuple[str, ...]:
        """The keys as typed, of a table whose keys are the writer's to name, such as currencies."""
        return tuple(self.values)

    def knows(self, key: str) -> None:
        """Mark a key as known that need not be there."""
        self._asked.append(key)

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.values.keys() - set(self._asked):
            near = difflib.get_close_matches(key.casefold().replace("-", "_"), self._asked, n=1, cutoff=0.6)
            table = f"[{_COUNT.sub('', self.path)}]" if self.path else "guide.toml"
            hint = f"Did you mean {near[0]}?" if near else f"{table} knows {', '.join(self._asked)}."
            self.say("F501", key, f"{brief(key)} is not a key of {table} that filmguide knows.", hint)

    def say(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Note a finding at a key, or at the table where the key is empty."""
        self.findings.append(finding(code, Place(self.file, self.line(key)), message, hint))

    def say_unknown_word(self, key: str, value: str, words: Iterable[str]) -> None:
        """Report a word that is none of those known."""
        known = list(words)
        near = difflib.get_close_matches(value.casefold(), known, n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]}?" if near else f"Write one of {', '.join(known)}."
        message = f"{self._shown(key)} has {quoted(value)}, which filmguide does not know."
        self.say("F502", key, message, hint)

    def line(self, key: str = "") -> int:
        """The line of a key, or of the nearest thing around it; 0 when nothing has one."""
        name = self._name(key) if key else self.path
        while name and name not in self.lines:
            name = name.rpartition(".")[0]
        return self.lines.get(name, 0)

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _shown(self, key: str) -> str:
        return _COUNT.sub("", self._name(key))

    def _value(self, key: str) -> Any:
        self._asked.append(key)
        return self.values.get(key)

    def _fitting(self, key: str, value: str, longest: int) -> str:
        """The text without line breaks and controls; one that no page has room for is reported."""
        text = " ".join(clean(value).split())
        if len(text) > longest:
            message = f"{self._shown(key)} is {len(text):,} characters long; there is room for {longest:,}."
            self.say("F502", key, message, f"Shorten it: {text[:30].strip()}…")
        return text[:longest]

    def _wrong(self, key: str, wanted: str, example: str) -> None:
        value = self.values[key]
        message = f"{self._shown(key)} is {quoted(value)}, and wants {wanted}."
        self.say("F502", key, message, f"Write {example}")


def quoted(value: object) -> str:
    """A value as it was typed, or its beginning."""
    shown = str(value).lower() if isinstance(value, (bool, date, time)) else repr(value)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def read_toml(text: str, file: str, findings: list[Finding]) -> Table | None:
    """The whole file as a table; None, with a finding, where it is not TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Before Python 3.14 the line is only in the words of the error.
        where = re.search(r"\(at line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        lines = text.split("\n")
        shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
        message = f"This line cannot be read: {shown}" if shown else "The file breaks off here."
        hint = "Look for a missing quotation mark, bracket or comma, or for a name that stands twice."
        findings.append(finding("F507", Place(file, line), message, hint))
        return None
    except (RecursionError, ValueError):  # brackets in brackets in brackets; a number of thousands of digits
        message = "A value is so deep or so large that it means nothing."
        findings.append(finding("F507", Place(file), message, "Take it out."))
        return None
    return Table(values, "", lines_of(text), findings, file)


def lines_of(text: str) -> dict[str, int]:
    """The lines, from 1, of every table and key by dotted name; tables of a list are counted: chapter[0]."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, until, depth = "", "", 0
    for number, line in enumerate(text.split("\n"), 1):
        rest = line
        if until:
            _, closed, rest = line.partition(until)
            if not closed:
                continue
            until = ""
        elif depth == 0 and (head := _HEAD.fullmatch(line.rstrip("\r"))):
            table = _dotted(head[2])
            if head[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                lines.setdefault(table, number)
                table = f"{table}[{counts[table]}]"
            lines.setdefault(table, number)
            continue
        elif depth == 0 and (key := _KEY.match(line)):
            name = _dotted(key[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
            rest = line[key.end() :]
        for sign in _SIGNS.finditer(rest):
            mark = sign.group()
            if mark == "#":
                break
            if mark in {'"""', "'''"}:
                if mark not in rest[sign.end() :]:
                    until = mark
                break
            depth = max(depth + (mark in "[{") - (mark in "]}"), 0) if len(mark) == 1 else depth
    return lines


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
