"""The schema of an entry's front matter, drawn from the table of readers that reads it."""

from __future__ import annotations

from collections.abc import Mapping

from book import fact_records as records
from book import fact_values as values
from book.check_facts import FIRST_YEAR, LONGEST_RUNTIME_MIN, LONGEST_TITLE
from book.desk import NO, YES
from book.facts import FIELDS, LONGEST, READERS, Reader
from book.schema.entry_keys import ENTRY, IDS, PARTS_OF
from book.schema.shapes import DIALECT, Schema, described, either, pattern, table
from book.slugs import YEARS

NEEDED = ("title", "year")
"""Facts without which an entry is no film."""


def entry_schema() -> Schema:
    """The whole. Raises KeyError for a fact whose reader has no shape, or that ENTRY has no words on."""
    facts = {name: described(SHAPES[READERS[name]], ENTRY[name]) for name in FIELDS}
    return {
        "$schema": DIALECT,
        "title": "The facts of a film in filmguide",
        "description": "What stands between the two --- marks of an entry. Title and year must be there.",
        **table(facts, NEEDED),
    }


# A text is what was typed, whether or not it looks like a number: the film 1917 needs no quotation marks.
# What is left open is null to YAML.
_TEXT: Schema = {"type": ["string", "number", "null"], "maxLength": LONGEST}
_LIST: Schema = {"type": ["string", "number", "array", "null"], "items": _TEXT, "maxLength": LONGEST}
_DAY: Schema = {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TRUTH: Schema = {"anyOf": [{"type": "boolean"}, {"enum": [*sorted(YES | NO), 0, 1, None]}]}
_AMOUNT: Schema = {
    "type": ["integer", "number", "string", "null"],
    "minimum": 0,
    "pattern": pattern(records.MONEY),
}
_ADDRESS: Schema = {"type": ["string", "null"], "pattern": r"^\s*https?://\S+\s*$"}
_MAP: Schema = {"type": "object", "additionalProperties": _TEXT}
_YEAR: Schema = {
    "type": ["integer", "string"],
    "minimum": FIRST_YEAR,
    "maximum": YEARS[-1],
    "pattern": r"^\s*\d{4}\s*$",
}


def _parts(fact: str, shapes: Mapping[str, Schema], *needed: str) -> Schema:
    """A fact of several parts, with the keys that its reader takes. KeyError where one has no shape."""
    keys = records.PARTS[fact]
    return table({key: described(shapes[key], PARTS_OF[fact][key]) for key in keys}, needed)


def _record(fact: str, shapes: Mapping[str, Schema], *needed: str) -> Schema:
    """An item of a list: a text, a table with one of the keys needed, or a single name: what is said of it.

    It is one shape with a condition and not several to choose from, since an editor that fails at several
    offers the keys of none and names the fault of another.
    """
    whole = _parts(fact, shapes)
    single = {
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"enum": [*whole["properties"]]}},
    }
    known = {"propertyNames": {"enum": [*whole["properties"]]}}
    return {
        "type": ["string", "number", "object", "null"],
        "maxLength": LONGEST,
        "properties": whole["properties"],
        "if": single,
        "then": {"additionalProperties": _LIST},
        "else": known | {"anyOf": [{"required": [key]} for key in needed]},
    }


_CAST: Mapping[str, Schema] = {"name": _LIST, "role": _LIST, "spoiler": _TRUTH}
_MEMBER = _record("cast", _CAST, "name")
_LINK = _record("similar", {"to": _TEXT, "why": _LIST, "title": _LIST, "year": _YEAR}, "to", "title")

SHAPES: Mapping[Reader, Schema] = {
    values.title: {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST_TITLE},
    values.one_text: _TEXT,
    values.texts: _LIST,
    values.names: _LIST,
    values.languages: _LIST,
    values.countries: _LIST,
    values.year: _YEAR,
    values.runtime: {
        "type": ["integer", "string", "null"],
        "minimum": 1,
        "maximum": LONGEST_RUNTIME_MIN,
        "pattern": rf"^(?=.*\d){pattern(*values.RUNTIMES)[1:]}",
    },
    values.day: _DAY,
    values.post_credits: {"enum": [*values.POST_CREDITS, None]},
    records.cast: {
        "type": ["array", "string", "object", "null"],
        "items": _MEMBER,
        "maxLength": LONGEST,
        "if": {"required": ["name"]},  # one performer; else names with their roles
        "then": {"propertyNames": {"enum": [*_CAST]}},
        "else": {"additionalProperties": _LIST},
    },
    records.series: either(_parts("series", {"name": _TEXT, "number": _TEXT}, "name"), _TEXT),
    records.box_office: either(
        _parts(
            "box_office",
            {
                "budget": _AMOUNT,
                "gross": _AMOUNT,
                "currency": {"type": ["string", "null"], "pattern": "^[A-Za-z]{3}$"},
            },
        ),
        {"type": "null"},
    ),
    records.ids: {
        "type": ["object", "null"],
        "properties": {name: described(_TEXT, words) for name, words in IDS.items()},
        "additionalProperties": _TEXT,
    },
    records.links: either(
        {"type": "object", "additionalProperties": _ADDRESS},
        _ADDRESS,
        {"type": "array", "items": either(_ADDRESS, {"type": "object", "additionalProperties": _ADDRESS})},
    ),
    records.image: either(
        _parts("image", {"file": _TEXT, "alt": _TEXT, "credit": _TEXT}, "file"),
        {"type": ["string", "null"], "maxLength": LONGEST},
    ),
    records.similar: _LINK | {"type": ["array", "string", "object", "null"], "items": _LINK},
    records.leaks_ok: {
        "type": ["object", "null"],
        "additionalProperties": {"type": ["string", "number"], "minLength": 1},
    },
    records.origin: either(
        _parts("source", {"imported": _LIST, "digest": _TEXT, "reviewed": _TRUTH}),
        {"type": ["string", "null"], "maxLength": LONGEST},
    ),
}
"""What each reader takes, as editors understand it.

A reader forgives more: a list of one where it wants a text, a truth value where it wants a word. What `fmt`
writes, every shape takes.
"""
