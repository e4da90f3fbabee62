"""What a shell offers at the Tab key: the guide's own films, editions, themes and printers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from book import choices

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _folder(context: click.Context) -> Path:
    """The guide's folder as far as it is typed; commands have not run yet."""
    return Path(context.find_root().params.get("folder") or ".")


def _offering(names: Callable[[Path], Iterable[str]]) -> Complete:
    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        return [name for name in names(_folder(context)) if name.startswith(begun)]

    return complete


def _printers_to_pack_for(root: Path) -> Iterable[str]:
    return sorted({*choices.DOORS, *choices.printer_names(root)})


def _exporters(_: Path) -> Iterable[str]:
    return choices.exporter_names()


def _importers(_: Path) -> Iterable[str]:
    return choices.importer_names()


films = _offering(choices.film_slugs)
editions = _offering(choices.edition_names)
themes = _offering(choices.theme_names)
printers = _offering(choices.printer_names)
packing = _offering(_printers_to_pack_for)
exporters = _offering(_exporters)
importers = _offering(_importers)
