"""Names that a writer can type: films, editions, themes, printers, importers, exporters.

A foundation that opens no book and loads no library, since shells ask here at every press of the Tab key.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PROFILES = Path(__file__).parent / "printers" / "profiles"
"""The printers that come with filmguide, a file each."""

DOORS: Mapping[str, tuple[str, ...]] = {
    "kdp": ("kdp-paperback",),
    "ingram": ("ingramspark",),
    "lulu": ("lulu",),
    "home": ("home",),
    "all": ("kdp-paperback", "ingramspark", "lulu", "home"),
}
"""Short names of printers for packing; every other is asked for by its own."""


def film_slugs(root: Path) -> tuple[str, ...]:
    """The films of the guide by the names of their entries, sorted; nothing is read."""
    return tuple(sorted(file.stem for file in (root / "entries").glob("*.md")))


def edition_names(root: Path) -> tuple[str, ...]:
    """The editions in guide.toml by name and by slug as typed; none where it cannot be read."""
    import tomllib

    try:
        tables = tomllib.loads((root / "guide.toml").read_text("utf-8-sig")).get("edition", [])
    except (OSError, ValueError, RecursionError):
        return ()
    rows = [table for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    typed = [row.get(key) for row in rows for key in ("name", "slug")]
    return tuple(dict.fromkeys(name for name in typed if isinstance(name, str) and name))


def theme_names(root: Path) -> tuple[str, ...]:
    """Every theme that a guide can ask for, sorted."""
    own = {path.parent.name for path in (root / "styles").glob("*/theme.toml")}
    return tuple(sorted(own | set(_offered("book.themes"))))


def printer_names(root: Path) -> tuple[str, ...]:
    """Every printer that a guide can ask for, sorted: ours and those in its own printers/."""
    files = (*PROFILES.glob("*.toml"), *(root / "printers").glob("*.toml"))
    return tuple(sorted({file.stem for file in files}))


def importer_names() -> tuple[str, ...]:
    """Every importer that is installed, sorted, loaded or not."""
    return tuple(sorted(_offered("book.importers")))


def exporter_names() -> tuple[str, ...]:
    """Every exporter that is installed, sorted, loaded or not."""
    return tuple(sorted(_offered("book.exporters")))


def _offered(group: str) -> set[str]:
    """The names that installed packages offer in a group of entry points."""
    from importlib.metadata import entry_points

    return {point.name for point in entry_points(group=group)}
