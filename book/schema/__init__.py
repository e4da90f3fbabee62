"""Schemas of entries and of guide.toml, by which editors complete and check keys while a writer types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from book.schema.of_entries import entry_schema
from book.schema.of_guides import guide_schema
from book.schema.shapes import Schema

SCHEMAS: Mapping[str, Callable[[], Schema]] = {"entry": entry_schema, "guide": guide_schema}
"""What there is a schema of."""

FOLDER = PurePosixPath(".filmguide")
"""Where a guide keeps them, so that editors find them without a network."""


def schema_text(name: str) -> str:
    """The schema of that name as a file has it."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[PurePosixPath, str]:
    """The schemas by where they stand in a guide's folder."""
    return {FOLDER / f"{name}.schema.json": schema_text(name) for name in SCHEMAS}
