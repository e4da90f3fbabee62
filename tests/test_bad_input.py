"""Whatever lies in a guide's folder: a finding or a book, never a traceback, and never for long."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hostile import GUIDE, Ended, command, put_entry, small_guide, without_powers

WORDS = ("river", "train", "city", "letter", "winter", "garden", "stone", "window", "night", "doctor")


def prose(words: int) -> str:
    chosen = random.Random(words)
    return " ".join(chosen.choice(WORDS) for _ in range(words))


OPEN, CLOSE = b"---\ntitle: A\nyear: 1991\n", b"\n---\nA.\n"
TOP = OPEN + CLOSE + b"\n# Spoilers\n\n"

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "utf16": ("---\ntitle: A\nyear: 1991\n---\nA.\n".encode("utf-16"), "F002"),
    "utf16-without-mark": ("---\ntitle: A\n---\n".encode("utf-16-le"), "F002"),
    "noise": (random.Random(5).randbytes(5_000), "F002"),
    "nul": (b"---\ntitle: A\x00\nyear: 1991\n---\nA.\n", "F002"),
    "half-a-letter": ("---\ntitle: A\n---\n\ud800".encode("utf-8", "surrogatepass"), "F002"),
    "empty": (b"", "F003"),
    "blank": (b"  \n\n ", "F003"),
    "dashes": (b"---\n---\n" * 2_000, "F110"),
    "five-megabytes": (b"---\ntitle: A\nyear: 1991\n---\n" + b"All the night. " * 350_000, "F005"),
    "nested-list": (TOP + b"\n".join(b"  " * n + b"- x" for n in range(3_000)), "F005"),
    "broken-yaml": (b"---\ntitle: [A\nyear: 1991\n---\nA.\n", "F003"),
    "anchors": (
        b"---\ntitle: A\nyear: 1991\nthemes: &a [x, x]\ngenre: [*a, *a, *a, *a, *a, *a]\n---\nA.\n",
        "F003",
    ),
    "deep-lists": (OPEN + b"themes: " + b"[" * 20_000 + b"]" * 20_000 + CLOSE, "F003"),
    "deep-names": (OPEN + b"themes: " + b"{a: " * 5_000 + b"}" * 5_000 + CLOSE, "F003"),
    "python": (b"---\ntitle: !!python/object/apply:os.system ['false']\nyear: 1991\n---\nA.\n", "F003"),
    "year-of-no-sense": (b"---\ntitle: A\nyear: 19e3\n---\nA.\n", "F102"),
    "year-far-off": (b"---\ntitle: A\nyear: 99999\n---\nA.\n", "F112"),
    "title-of-400": (b"---\ntitle: " + b"Long " * 80 + b"\nyear: 1991\n---\nA.\n", "F115"),
    "word-of-100000": (TOP + b"x" * 100_000 + b"\n", "F605"),
    "paragraph-of-900-kB": (TOP + prose(140_000).encode(), "F605"),
    "brackets": (TOP + b"[" * 20_000 + b"\n", "F605"),
    "quotes": (TOP + b">" * 5_000 + b" x\n", "F605"),
    "script": (b"---\ntitle: A\nyear: 1991\n---\n<script>alert(1)</script>\n", "F601"),
    "escaping": (b"---\ntitle: A\nyear: 1991\nimage: {file: ../../x.png, alt: x}\n---\nA.\n", "F402"),
    "absolute": (b"---\ntitle: A\nyear: 1991\nimage: {file: /etc/passwd, alt: x}\n---\nA.\n", "F402"),
    "on-the-web": (b"---\ntitle: A\nyear: 1991\n---\n![x](http://127.0.0.1:9/x.png)\n", "F402"),
    "unseen-signs": (b"---\ntitle: A\nyear: 1991\n---\nA\x01 man\x08 walks.\n", "F603"),
}  # fmt: skip


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """What `check` says of all of them in one guide."""
    root = small_guide(tmp_path_factory.mktemp("bad") / "guide")
    for name, (content, _) in BAD_FILES.items():
        (root / "entries" / f"{name}-1991.md").write_bytes(content)
    (root / "entries" / "folder-1991.md").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "entries" / "pipe-1991.md")
        (root / "entries" / "device-1991.md").symlink_to("/dev/zero")
        (root / "entries" / "circle-1991.md").symlink_to("circle-1991.md")
        (root / "entries" / "outside-1991.md").symlink_to("/etc/passwd")
        (root / "entries" / "inside").symlink_to("..")
        (root / "itself").symlink_to(".")
        (root / "entries" / "odd\nname\x1b-1991.md").write_text("---\ntitle: A\nyear: 1991\n---\nA.\n")
    return command("-C", root, "check", "--json", within=root)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_its_fault(name: str, checked: Ended) -> None:
    assert BAD_FILES[name][1] in checked.of(f"entries/{name}-1991.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", ["folder", "pipe", "device", "circle", "outside"])
def test_what_is_no_file_of_the_guide_is_never_opened(name: str, checked: Ended) -> None:
    assert checked.of(f"entries/{name}-1991.md") == {"F009"}


def test_the_good_film_among_them_has_no_fault(checked: Ended) -> None:
    assert (checked.code, checked.of("entries/one-1991.md")) == (1, set())


# ------------------------------------------------------------------------------- awkward, and allowed


AWKWARD = {
    "unseen": {"title": "\u200b\u200bZero\u200dWidth\ufeff", "safe": "A\u200b\u200c\u2060 man\ufeff."},
    "turned-round": {"title": "\u202eevil\u202c film", "safe": "\u202e" * 200 + "A man \u2066\u2067 walks."},
    "marks": {"told": "Z" + "\u0301\u0316" * 300 + " is a letter."},
    "controls": {"safe": "A man\x02 walks\x7f in.", "told": "He\x0c dies\x0b there."},
    "families": {"told": "👩‍👩‍👧‍👦🏳️‍🌈 " * 60},
    "rows": {"told": "|" + "1|" * 40 + "\n|" + "-|" * 40 + "\n" + ("|" + "1|" * 40 + "\n") * 4},
    "notes": {"told": "\n\n".join(f"Word[^{n}]\n\n[^{n}]: {n} {n} {n}" for n in range(60))},
    "open-comment": {"told": "<!-- " * 500},
    "ticks": {"told": " ".join("`" * n for n in range(1, 100))},
    "stars": {"told": "*a **b " * 2_000},
    "empty-lines": {"told": "\n" * 100_000 + "He dies."},
    "old-line-ends": {"told": "One\rtwo\r\nthree\u2028four\u2029five\x85six"},
}  # fmt: skip


def test_awkward_films_make_a_book_that_keeps_the_promise(tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    for name, parts in AWKWARD.items():
        put_entry(root, name, **parts)
    built = command("-C", root, "build", "--json", within=tmp_path)
    assert built.code == 0, built.said[-2000:]
    assert [verdict["kept"] for verdict in built.told()["verdicts"]] == [True, True]


# ---------------------------------------------------------------------------------- folders and settings


def test_a_folder_without_entries_or_with_a_file_in_their_place_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "guide.toml").write_text(GUIDE, "utf-8")
    assert command("-C", tmp_path, "check", "--json", within=tmp_path).codes() == {"F001"}
    (tmp_path / "entries").write_text("not a folder")
    assert command("-C", tmp_path, "check", "--json", within=tmp_path).codes() == {"F009"}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[guide\ntitle = ", id="broken"),
        pytest.param("[guide]\n".encode("utf-16"), id="utf-16"),
        pytest.param(random.Random(3).randbytes(3_000), id="noise"),
        pytest.param(b"[guide]\ntitle = " + b"[" * 30_000, id="deep"),
        pytest.param(b"[guide]\ntitle = 1e999\nauthors = [[[]]]\n", id="numbers"),
        pytest.param(b'[guide]\ntitle = "' + b"A" * 3_000_000 + b'"\n', id="three megabytes"),
        pytest.param(
            b'[guide]\ntitle = "A"\n[[chapter]]\ntitle = "B"\nfilms = ["[!"]\nsort = 3\n', id="glob"
        ),
        pytest.param(b'[guide]\ntitle = "A"\nslug = "../../x"\n', id="slug"),
        pytest.param(b'[guide]\ntitle = "A"\n[print]\ntheme = "../../x"\n', id="theme"),
    ],
)
def test_a_bad_guide_file_is_a_finding_or_a_sentence(settings: bytes, tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    (root / "guide.toml").write_bytes(settings)
    assert command("-C", root, "check", "--json", within=tmp_path).code in {1, 3}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", ["guide.toml", "words.po"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_settings_that_are_no_file_do_not_keep_us_waiting(name: str, kind: str, tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    (root / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(root / name)
    else:
        (root / name).symlink_to("/dev/zero")
    assert command("-C", root, "check", "--json", within=tmp_path, seconds=30).code in {0, 3}


def test_a_closed_folder_is_a_finding(tmp_path: Path) -> None:
    root = small_guide(tmp_path / "guide")
    (root / "entries").chmod(0)
    try:
        ended = command("-C", root, "check", "--json", within=tmp_path, before=without_powers())
    finally:
        (root / "entries").chmod(0o755)
    assert ended.codes() == {"F009"}
