"""The strings of a PDF's objects, wherever in them they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

_FORMAT_NAME = 12  # letters of a name: those of the format's own that are longer are no sentences either
TELLING = re.compile(rb"\(|<[0-9A-Fa-f]|/[^\s/<>\[\]()]{%d}" % _FORMAT_NAME)
"""What qpdf writes where there is a string or a long name, and now and then elsewhere."""
TOLD = re.compile(
    rb"(?:/[^\s/<>\[\]()]+\s+)?(?:\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>)|/[^\s/<>\[\]()]{%d,}" % _FORMAT_NAME,
    re.DOTALL,
)
"""The strings of an object that qpdf spells out, with the key before each, and its long names."""


def strings_in(thing: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string within an object, with the key it stands under; references are not followed."""
    if isinstance(thing, pikepdf.String):
        yield key, str(thing)
    elif isinstance(thing, pikepdf.Name):
        if len(str(thing)) > _FORMAT_NAME:
            yield key, str(thing)[1:]
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for inner, value in thing.items():
            if len(inner) > _FORMAT_NAME:
                yield key, inner[1:]
            if isinstance(value, pikepdf.Object) and not value.is_indirect and not _is_bare(value):
                yield from strings_in(value, inner)
    elif isinstance(thing, pikepdf.Array):
        for value in thing.as_list() if hasattr(thing, "as_list") else list(thing):
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from strings_in(value, key)


def _is_bare(thing: pikepdf.Object) -> bool:
    """Whether this is an object without a string or a long name, as most are: spelt out, it would show."""
    return not isinstance(thing, pikepdf.Stream) and not TELLING.search(thing.unparse(resolved=True))
