"""Bytes kept from build to build under the hash of everything that went into them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from book.model import BookError
from book.shelf import put

DIGEST_LENGTH = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of kept bytes. Losing it costs time and never a book: any trouble with a file is a miss.

    Several programs may use one folder at once: a file appears whole, and the same key always stands
    for the same bytes.
    """

    folder: Path

    def get(self, key: str) -> bytes | None:
        """The bytes put under this key; None if there are none, or if the file was damaged."""
        try:
            kept = self._path(key).read_bytes()
        except OSError:
            return None
        digest, content = kept[:DIGEST_LENGTH], kept[DIGEST_LENGTH:]
        return content if digest == _digest(key, content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep these bytes. A cache that cannot be written to is an empty cache, not a broken build."""
        with suppress(BookError):
            # Not lasting: what a power cut damages, the digest shows.
            put(self._path(key), _digest(key, content) + content, lasting=False)

    def _path(self, key: str) -> Path:
        # 256 folders keep each one short enough for file systems that search them line by line.
        return self.folder / key[:2] / key[2:]


def key_of(*parts: object) -> str:
    """One name for these values: 64 hexadecimal digits, the same in every process and on every machine.

    Takes plain values, dates, enums, sequences, mappings, sets and dataclasses, nested as deep as you
    like. Order counts, in mappings too: a writer's links are printed in the order they were typed. Raises
    TypeError for anything else, because an object known only by its address would never be found again.
    """
    whole = hashlib.sha256()
    for piece in _pieces(parts):
        whole.update(piece)
    return whole.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    """The value spelled out so that no two values read alike: a tag, a length, then the content."""
    match value:
        case None | bool():
            yield _tagged("constant", repr(value).encode())
        case Enum():  # before the plain values, for an IntEnum is an int too
            yield _tagged("enum", f"{_type_name(value)}.{value.name}".encode())
        case int() | float():
            yield _tagged(type(value).__name__, repr(value).encode())
        case str():
            yield _tagged("str", value.encode("utf-8", "surrogatepass"))
        case bytes():
            yield _tagged("bytes", value)
        case date():  # a datetime is one too; its isoformat says so
            yield _tagged(type(value).__name__, value.isoformat().encode())
        case Mapping():
            yield _tagged("mapping", str(len(value)).encode())
            for key, item in value.items():
                yield from _pieces(key)
                yield from _pieces(item)
        case Set():
            yield _tagged("set", str(len(value)).encode())
            yield from sorted(b"".join(_pieces(item)) for item in value)
        case Sequence():
            yield _tagged("sequence", str(len(value)).encode())
            for item in value:
                yield from _pieces(item)
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield _tagged("dataclass", _type_name(value).encode())
            for field in fields(value):
                yield from _pieces(getattr(value, field.name))
        case _:
            raise TypeError(f"{_type_name(value)} has no plain content to make a key of")


def _tagged(tag: str, content: bytes) -> bytes:
    return b"%s %d:%s" % (tag.encode(), len(content), content)


def _type_name(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _digest(key: str, content: bytes) -> bytes:
    """The key goes in, so that a file under another's name is a miss as well."""
    return hashlib.sha256(key.encode() + content).digest()
