"""The schema of guide.toml, drawn from what its readers ask for."""

from __future__ import annotations

from book.schema.asking import ANY, Asked, asked_of_a_guide
from book.schema.guide_keys import GUIDE, HANDED_DOWN, NEEDED
from book.schema.shapes import DIALECT, Schema, described, either


def guide_schema() -> Schema:
    """The whole. Raises KeyError for a key that readers ask for and GUIDE has no words on."""
    asked = asked_of_a_guide()
    return {
        "$schema": DIALECT,
        "title": "guide.toml of filmguide",
        "description": "What a film guide is called and how it is arranged.",
        **_table(asked, ""),
    }


def _table(asked: Asked, path: str) -> Schema:
    """The table at a path: its own keys, and what becomes of others."""
    prefix = f"{path}." if path else ""
    own = [key[len(prefix) :] for key in asked.shapes if key.startswith(prefix)]
    keys = [key for key in dict.fromkeys(own) if key and "." not in key and "[" not in key]
    found: Schema = {"type": "object"}
    named = {key: _key(asked, prefix + key) for key in keys if key != ANY}
    needed = [key for key in named if prefix + key in NEEDED]
    found |= {"properties": named} if named else {}
    found |= {"required": needed} if needed else {}
    if ANY in keys:
        return found | {"additionalProperties": _key(asked, prefix + ANY)}
    return found | ({"additionalProperties": False} if path in asked.closed else {})


def _key(asked: Asked, path: str) -> Schema:
    """The value of a key, of whatever sorts it may be."""
    shapes = [dict(shape) for shape in asked.shapes[path]]
    default = next((shape["default"] for shape in shapes if "default" in shape), None)
    for shape in shapes:
        shape.pop("default", None)
    if f"{path}[]" in asked.tables:
        item = _table(asked, f"{path}[]")
        items = either(*(shape["items"] for shape in shapes if "items" in shape), item)
        shapes = [shape | {"items": items} for shape in shapes] or [{"type": "array", "items": items}]
    if path in asked.tables:
        shapes.append(_table(asked, path))
    whole = described(either(*shapes) if shapes else {}, GUIDE[path])
    if default is not None and not path.startswith(HANDED_DOWN):
        whole.setdefault("default", default)
    return whole
