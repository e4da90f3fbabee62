"""The page of all keys, drawn from the schemas: what each holds, what it takes, what holds without it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from book.frontmatter import flow_map, scalar
from book.schema.asking import ANY
from book.schema.of_entries import entry_schema
from book.schema.of_guides import guide_schema
from book.schema.shapes import Schema

_HEAD = """# Every key

This page is made from the schemas of [entries](schema/entry.schema.json) and of
[guide.toml](schema/guide.schema.json), and a test holds it to them. [entries.md](entries.md) and
[guide-file.md](guide-file.md) tell the same in order, with examples; your editor shows these lines while
you type ([commands.md](commands.md#filmguide-schema)). A dot leads into a table, `[]` into each item of a
list, and `*` stands for a name of your own.
"""

_COLUMNS = "| key | what it holds | values | without it |\n|---|---|---|---|\n"

_SORTS = {
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "string": "a text",
    "object": "a table",
}


Typed = Callable[[Any], str]
"""A value as the file of the keys has it."""


def keys_page() -> str:
    """The page as Markdown."""
    guide = guide_schema()["properties"]
    parts = [_HEAD, f"## An entry\n\n{_COLUMNS}{_rows(entry_schema()['properties'], as_yaml)}"]
    for name, each in guide.items():
        parts.append(f"## {name} in guide.toml\n\n{_COLUMNS}{_rows({name: each}, as_toml)}")
    return "\n".join(parts)


def _rows(properties: Mapping[str, Schema], typed: Typed) -> str:
    return "".join(
        f"| `{path}` | {_cell(each['description'])} | {_cell(_values(each, typed))}"
        f" | {_cell(_default(each, typed))} |\n"
        for name, shape in properties.items()
        for path, each in _keys(name, shape)
    )


def _keys(path: str, shape: Schema) -> Iterator[tuple[str, Schema]]:
    """A key and those within it, in order, each once."""
    yield path, shape
    seen = set()
    for within, each in _within(path, shape):
        if within not in seen:
            seen.add(within)
            yield from _keys(within, each)


def _within(path: str, shape: Schema) -> Iterator[tuple[str, Schema]]:
    """The keys directly within a shape, through the items of a list and all that it may be."""
    items = shape.get("items", {})
    if shape.get("properties") != items.get("properties"):  # a lone item may stand for a list of one
        for name, each in shape.get("properties", {}).items():
            yield f"{path}.{name}", each
    rest = shape.get("additionalProperties")
    if isinstance(rest, dict) and "description" in rest:
        yield f"{path}.{ANY}", rest
    for other in shape.get("anyOf", ()):
        yield from _within(path, other)
    if items:
        yield from _within(f"{path}[]", items)


def _values(shape: Schema, typed: Typed) -> str:
    """What a key takes, in words; an example where a pattern would tell nobody anything."""
    if "enum" in shape:
        return ", ".join(f"`{typed(word)}`" for word in shape["enum"] if word)
    if "enum" in shape.get("items", {}):
        return f"some of {', '.join(f'`{typed(word)}`' for word in shape['items']['enum'])}"
    if shape.get("format") == "date":
        return "a date, year-month-day"
    sorts = list(dict.fromkeys(_sorts(shape)))
    if "integer" in sorts and "maximum" in shape:
        return f"a whole number from {shape['minimum']} to {shape['maximum']}{_example(shape, typed)}"
    if "boolean" in sorts:
        return _SORTS["boolean"]
    told = [_SORTS[sort] for sort in _SORTS if sort in sorts]
    return " or ".join(told) + _example(shape, typed)


def _example(shape: Schema, typed: Typed) -> str:
    examples = shape.get("examples", ())
    return f", e.g. `{typed(examples[0])}`" if examples else ""


def _sorts(shape: Schema) -> Iterator[str]:
    """The sorts of value, by their names in a schema; a text that may look like a number is a text."""
    typed: Any = shape.get("type", [])
    names = [typed] if isinstance(typed, str) else typed
    yield from (name for name in names if not (name == "number" and "string" in names))
    if not names:
        for other in shape.get("anyOf", ()):
            yield from _sorts(other)


def _default(shape: Schema, typed: Typed) -> str:
    return f"`{typed(shape['default'])}`" if "default" in shape else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def as_toml(value: Any) -> str:
    """A value as guide.toml has it, on one line."""
    match value:
        case Mapping():
            return f"{{ {', '.join(f'{_bare(key)} = {as_toml(each)}' for key, each in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else json.dumps(key, ensure_ascii=False)


def as_yaml(value: Any) -> str:
    """A value as an entry has it, on one line."""
    match value:
        case Mapping():
            return flow_map({str(key): as_yaml(each) for key, each in value.items()})
        case list() | tuple():
            return f"[{', '.join(map(as_yaml, value))}]"
    return scalar(str(value), flow=True)
