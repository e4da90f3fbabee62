import pickletools
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import pytest

from book.cache import Cache, key_of, pack, unpack
from book.model import Film, Severity, Slug, Zone

KEY = key_of("Vertigo", 1958)


class Stock(Enum):
    NITRATE = "nitrate"
    ACETATE = "acetate"


@dataclass(frozen=True)
class Reel:
    number: int
    stock: Stock


@dataclass(frozen=True)
class Can:
    number: int
    stock: Stock


def test_what_was_put_is_got(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"a sheet")
    assert Cache(tmp_path).get(KEY) == b"a sheet"


def test_nothing_is_kept_for_an_unknown_key_or_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert Cache(tmp_path).get(KEY) is None
    assert Cache(tmp_path / "nowhere").get(KEY) is None


def test_empty_bytes_are_kept_too(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"")
    assert Cache(tmp_path).get(KEY) == b""


@pytest.mark.parametrize("damage", [b"", b"short", bytes(40)])
def test_a_damaged_file_is_a_miss_and_is_replaced(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"a sheet")
    kept = the_file(tmp_path)
    kept.write_bytes(damage)
    assert cache.get(KEY) is None
    cache.put(KEY, b"a sheet")
    assert cache.get(KEY) == b"a sheet"


def test_one_changed_letter_is_a_miss(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"a sheet")
    kept = the_file(tmp_path)
    kept.write_bytes(kept.read_bytes().replace(b"sheet", b"sheep"))
    assert Cache(tmp_path).get(KEY) is None


def test_a_file_under_another_key_is_a_miss(tmp_path: Path) -> None:
    cache, other = Cache(tmp_path), key_of("Rear Window", 1954)
    cache.put(KEY, b"a sheet")
    stray = tmp_path / other[:2] / other[2:]
    stray.parent.mkdir(exist_ok=True)
    the_file(tmp_path).rename(stray)
    assert cache.get(other) is None


def test_a_cache_that_cannot_be_written_to_is_an_empty_cache(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = Cache(tmp_path / "cache")
    cache.put(KEY, b"a sheet")
    assert cache.get(KEY) is None


def test_equal_values_have_one_key() -> None:
    assert key_of(Reel(1, Stock.NITRATE), {"a": (1, 2)}) == key_of(Reel(1, Stock.NITRATE), {"a": [1, 2]})


def test_no_two_of_these_are_alike() -> None:
    film = Film(Slug("vertigo-1958"), "Vertigo", 1958)
    different: list[tuple[object, ...]] = [
        (),
        ((),),
        ("",),
        ("", ""),
        ("ab", "c"),
        ("a", "bc"),
        (("a",), "bc"),
        ("1",),
        (b"1",),
        (1,),
        (1.0,),
        (True,),
        (None,),
        ("None",),
        (date(1958, 5, 9),),
        (datetime(1958, 5, 9),),
        ("1958-05-09",),
        ({"a": 1, "b": 2},),
        ({"b": 2, "a": 1},),
        (("a", 1, "b", 2),),
        ({"a": {"b": 2}},),
        (frozenset({"a"}),),
        (Stock.NITRATE,),
        ("nitrate",),
        (Stock.ACETATE,),
        (Reel(1, Stock.NITRATE),),
        (Can(1, Stock.NITRATE),),
        (film,),
        (Film(Slug("vertigo-1958"), "Vertigo", 1958, tagline="5 sheet 1:"),),
    ]
    assert len({key_of(*parts) for parts in different}) == len(different)


def test_a_key_is_the_same_in_another_process_whatever_the_order_of_a_set() -> None:
    here = key_of("Vertigo", frozenset({"vertigo", "guilt", "love"}), ("a", 1.5, None))
    values = "'Vertigo', {'love', 'vertigo', 'guilt'}, ['a', 1.5, None]"
    code = f"from book.cache import key_of; print(key_of({values}))"
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env()
    )
    assert there.stdout.strip() == here


def test_a_value_without_plain_content_has_no_key() -> None:
    with pytest.raises(TypeError, match="has no plain content"):
        key_of(object())


def env() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7"}


def the_file(folder: Path) -> Path:
    (kept,) = [path for path in folder.rglob("*") if path.is_file()]
    return kept


def test_a_packed_value_names_nothing_but_our_own_classes() -> None:
    """Python 3.11.2 would name builtins.getattr for an enum, and unpacking would rightly refuse it."""
    told = [
        argument
        for opcode, argument, _ in pickletools.genops(pack((Zone.SAFE, Severity.ERROR)))
        if opcode.name in {"SHORT_BINUNICODE", "GLOBAL"}
    ]

    assert told == ["book.model.pages", "Zone", "safe", "book.model.mistakes", "Severity", "error"]
    assert unpack(pack((Zone.SAFE, Severity.ERROR))) == (Zone.SAFE, Severity.ERROR)
