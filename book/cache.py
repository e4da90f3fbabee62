"""What is kept from build to build, under the hash of everything that went into it."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache as once
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from book.model import BookError
from book.shelf import put

Job = TypeVar("Job")
Result = TypeVar("Result")

CACHE = Path("build", ".cache")
"""In the guide's folder: what earlier builds made, kept under the hash of what went into it."""

_OURS = re.compile(r"[0-9a-f]{2}|[0-9a-f]{62}")
"""Names of folders and files of a cache."""

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
        path = self._path(key)
        try:
            if not path.is_file():  # a pipe would keep us waiting
                return None
            kept = path.read_bytes()
        except OSError:
            return None
        digest, content = kept[:DIGEST_LENGTH], kept[DIGEST_LENGTH:]
        if digest != _digest(key, content):
            return None
        with suppress(OSError):
            os.utime(path)  # when it was last of use: what nobody wants goes first
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep these bytes. A cache that cannot be written to is an empty cache, not a broken build."""
        with suppress(BookError):
            # Not lasting: what a power cut damages, the digest shows.
            put(self._path(key), _digest(key, content) + content, lasting=False)

    def prune(self, limit: int) -> None:
        """Take away what has been of no use for longest until `limit` bytes are left."""
        files = []
        for folder in self.folder.glob("??"):
            # Only what has our names: a stranger's guide may have put a link to other folders here.
            if folder.is_symlink() or not _OURS.fullmatch(folder.name):
                continue
            with suppress(OSError):
                files += [
                    (entry.stat(follow_symlinks=False), entry.path)
                    for entry in os.scandir(folder)
                    if _OURS.fullmatch(entry.name) or entry.name.endswith(".part")
                ]
        total = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda file: (file[0].st_mtime_ns, file[1])):
            if total <= limit:
                break
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108  # thousands of them
                total -= stat.st_size

    def clear(self) -> int:
        """Take everything away; how many bytes that was. OSError where something may not be taken."""
        size = sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
        if self.folder.exists():
            shutil.rmtree(self.folder)
        return size

    def _path(self, key: str) -> Path:
        # 256 folders keep each one short enough for file systems that search them line by line.
        return self.folder / key[:2] / key[2:]


@dataclass(frozen=True)
class Kept(Generic[Job, Result]):
    """Results of one kind of job, kept under the jobs' keys; without a cache nothing is."""

    cache: Cache | None
    key: Callable[[Job], str]

    def get(self, job: Job) -> Result | None:
        """The result of the same job done before; None where there is none, or none that can be read."""
        content = self.cache.get(self.key(job)) if self.cache else None
        return None if content is None else cast("Result | None", unpack(content))

    def put(self, job: Job, result: Result) -> None:
        """Keep a result."""
        if self.cache:
            self.cache.put(self.key(job), pack(result))

    def do(self, task: Callable[[Job], Result], job: Job) -> Result:
        """The result, from a job that is done only if it was not done before."""
        known = self.get(job)
        if known is None:
            known = task(job)
            self.put(job, known)
        return known


def pack(value: object) -> bytes:
    """Values of ours as bytes."""
    content = io.BytesIO()
    _Plainly(content, 5).dump(value)
    return content.getvalue()


def unpack(content: bytes) -> Any:
    """The values; None where the bytes hold anything else.

    A guide may come from a stranger, cache and all, and a pickle may name any function there is. So
    only dates and our own frozen values and enums are made from it.
    """
    try:
        return _Ours(io.BytesIO(content)).load()
    except (
        pickle.UnpicklingError,
        EOFError,
        AttributeError,
        ImportError,
        LookupError,
        TypeError,
        ValueError,
    ):
        return None


class _Plainly(pickle.Pickler):
    """Python 3.11 began by pickling an enum through getattr, which nobody should have to trust."""

    def reducer_override(self, value: object) -> Any:
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Ours(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = (
            super().find_class(module, name) if module == "datetime" or module.startswith("book.") else None
        )
        if found is date or (
            isinstance(found, type)
            and found.__module__.startswith("book.")
            and (is_dataclass(found) or issubclass(found, Enum))
        ):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")


@once
def engine() -> str:
    """What makes the book: our own code and themes, and the releases of the libraries that it leans on.

    Another engine may set another page, so this goes into every key.
    """
    whole = hashlib.sha256()
    package = Path(__file__).parent
    # In a checkout the themes lie beside the package, in a wheel within it.
    for folder in (package, package.parent / "styles"):
        for file in sorted(folder.rglob("*")):
            if "__pycache__" not in file.parts and file.is_file():
                whole.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    themes = {point.dist.name for point in entry_points(group="book.themes") if point.dist}
    for name in sorted({*_libraries("filmguide", set()), *themes}):
        whole.update(f"{name} {version(name)}\n".encode())
    return whole.hexdigest()


def _libraries(package: str, seen: set[str]) -> list[str]:
    """Every installed package that ours needs, directly or not, sorted."""
    for need in requires(package) or ():
        if "extra ==" in need:
            continue
        name = re.split(r"[^\w.-]", need, maxsplit=1)[0].lower()
        if name not in seen:
            try:
                version(name)
            except PackageNotFoundError:
                continue
            seen.add(name)
            _libraries(name, seen)
    return sorted(seen)


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
