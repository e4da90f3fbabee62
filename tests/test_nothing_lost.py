"""A build that is killed, a full disk, a damaged cache: the last good books stay, the next build is right."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hostile import command, put_entry, small_guide, without_powers

import book
from book.cache import Cache
from book.model import BookError
from book.shelf import put, put_all

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither signals nor limits like these")

KILLED = int(os.environ.get("FILMGUIDE_KILLS", "5"))
"""Points of a build at which it is killed; the slow session asks for a hundred."""

FILMS = ("one", "two", "three", "four", "five", "six")


def laid_out(root: Path) -> Path:
    small_guide(root)
    for name in FILMS[1:]:
        put_entry(root, name, told=f"In {name}, the train arrives, and he remembers everything at once.")
    return root


def digests(guide: Path) -> dict[str, str]:
    """The finished files by name."""
    files = sorted(path for path in (guide / "build").iterdir() if path.is_file())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], float]:
    """A guide that was built undisturbed, its files, and how many seconds that took."""
    guide = laid_out(tmp_path_factory.mktemp("good") / "guide")
    began = time.monotonic()
    assert command("-C", guide, "build", "--quiet", "--jobs", "2", within=guide).code == 0
    return guide, digests(guide), time.monotonic() - began


@pytest.fixture(scope="module")
def changed(
    good: tuple[Path, dict[str, str], float], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The files of the same guide after a change, built undisturbed in another folder."""
    guide = tmp_path_factory.mktemp("changed") / "guide"
    shutil.copytree(good[0], guide)
    change(guide)
    assert command("-C", guide, "build", "--quiet", "--jobs", "2", within=guide).code == 0
    return digests(guide)


def change(guide: Path) -> None:
    for name in FILMS:
        put_entry(guide, name, told=f"In {name}, the train is late, and nobody remembers anything at all.")


@pytest.fixture
def guide(good: tuple[Path, dict[str, str], float], tmp_path: Path) -> Path:
    """A copy of the good guide, changed since its books were made."""
    copy = tmp_path / "guide"
    shutil.copytree(good[0], copy)
    change(copy)
    return copy


def begun(guide: Path, *words: str, **limits: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent), **limits}
    typed = [sys.executable, "-m", "book.cli", "-C", str(guide), "build", "--quiet", "--jobs", "2", *words]
    return subprocess.Popen(
        typed, cwd=guide, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def whole(guide: Path, *books: dict[str, str]) -> bool:
    """Whether every file is one of those of these builds; passing files of a killed build do not count."""
    return all(
        digest in {each.get(name) for each in books}
        for name, digest in digests(guide).items()
        if not name.endswith(".part")
    )


def finished(guide: Path) -> dict[str, str]:
    """The files after one more build, without passing ones."""
    ended = command("-C", guide, "build", "--quiet", "--jobs", "2", within=guide)
    assert ended.code == 0, ended.said
    return {name: digest for name, digest in digests(guide).items() if not name.endswith(".part")}


def test_a_build_may_be_killed_at_any_moment(
    good: tuple[Path, dict[str, str], float], changed: dict[str, str], tmp_path: Path
) -> None:
    origin, before, seconds = good
    broken = []
    # One guide for all: each build goes on with what the one before had kept when it was killed.
    guide = tmp_path / "guide"
    shutil.copytree(origin, guide)
    change(guide)
    for point in range(KILLED):
        if point % 5 == 0:  # now and then from nothing, or all work would soon be kept
            shutil.rmtree(guide / "build" / ".cache", ignore_errors=True)
        running = begun(guide)
        time.sleep(seconds * (point % 25 + 0.5) / min(KILLED, 25))
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=60)
        if not whole(guide, before, changed):
            broken.append(point)
    assert broken == []
    assert finished(guide) == changed


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="workers are found as Linux shows them")
def test_a_build_whose_worker_is_killed_like_by_a_lack_of_memory_is_right_all_the_same(
    guide: Path, changed: dict[str, str]
) -> None:
    shutil.rmtree(guide / "build" / ".cache")
    running = begun(guide)
    killed = kill_a_worker_of(running)
    said = running.communicate(timeout=120)[0].decode()
    assert (killed, running.returncode) == (True, 0), said
    assert digests(guide) == changed


def kill_a_worker_of(running: subprocess.Popen[bytes]) -> bool:
    """Kill the first process that is seen to work for another of the command's."""
    while running.poll() is None:
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError, IndexError):
                pid = int(status.parent.name)
                words = (status.parent / "cmdline").read_bytes()
                parent = int(status.read_text().split("PPid:")[1].split()[0])
                if os.getpgid(pid) == running.pid and b"forkserver" in words and parent != running.pid:
                    os.kill(pid, signal.SIGKILL)
                    return True
        time.sleep(0.05)
    return False


# ----------------------------------------------------------------------------------- disks and folders


@contextmanager
def full_disk(guide: Path, megabytes: float) -> Iterator[str]:
    """A small file system under the guide's build/ where that may be had; else none, which skips the test."""
    build = guide / "build"
    kept = guide.parent / "kept"
    shutil.copytree(build, kept)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={int(megabytes * 1024)}k", "none", str(build)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system wants root, and the right to mount one")
    try:
        for file in kept.iterdir():
            if file.is_file():
                shutil.copy(file, build)
        yield "tmpfs"
    finally:
        subprocess.run(["umount", str(build)], check=True)


def test_a_full_disk_leaves_the_old_books_whole(
    guide: Path, good: tuple[Path, dict[str, str], float]
) -> None:
    size = sum((guide / "build" / name).stat().st_size for name in good[1])
    with full_disk(guide, size / 1e6 + 0.1):
        ended = command("-C", guide, "build", "--quiet", within=guide)
        assert (ended.code, "could not be written" in ended.said) == (3, True), ended.said
        assert digests(guide) == good[1]


def test_a_limit_on_the_size_of_files_leaves_the_old_ones_whole(tmp_path: Path) -> None:
    """What a quota does, wherever nobody may mount a small file system."""
    (tmp_path / "guide.pdf").write_bytes(b"old")
    code = (
        "import resource, signal, sys; from pathlib import Path; from book.shelf import put_all\n"
        "from book.model import BookError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))\n"
        "root = Path(sys.argv[1])\n"
        "try: put_all({root / 'guide.epub': b'new', root / 'guide.pdf': b'x' * 99})\n"
        "except BookError as error: sys.exit(str(error))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=env, capture_output=True, text=True, check=False
    )
    assert "could not be written: File too large" in ended.stderr
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"guide.pdf": b"old"}


def test_a_closed_folder_is_said_before_any_work(guide: Path) -> None:
    (guide / "build").chmod(0o555)
    try:
        ended = command("-C", guide, "build", "--quiet", within=guide, before=without_powers())
    finally:
        (guide / "build").chmod(0o755)
    assert (ended.code, "closed to writing" in ended.said) == (3, True)


@pytest.mark.parametrize("refused", ["write", "fsync", "replace"])
def test_a_disk_that_says_no_at_any_step_leaves_the_old_files(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {tmp_path / "guide.pdf": b"old pages", tmp_path / "guide.epub": b"old book"}
    put_all(old)

    def no(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    where = {"write": "book.shelf._write", "fsync": "os.fsync", "replace": "pathlib.Path.replace"}
    with monkeypatch.context() as patched:
        patched.setattr(where[refused], no)
        with pytest.raises(BookError, match="No space left on device"):
            put_all(dict.fromkeys(old, b"new"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_a_finished_file_is_on_the_disk_before_it_takes_its_place_and_its_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(number: int) -> None:
        steps.append("folder written" if Path(f"/proc/self/fd/{number}").is_dir() else "file written")
        sync(number)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append("renamed")
        return replace(self, target)

    monkeypatch.setattr("os.fsync", noted_sync)
    monkeypatch.setattr("pathlib.Path.replace", noted_replace)
    put(tmp_path / "guide.pdf", b"pages")
    assert steps == ["file written", "renamed", "folder written"]


def test_what_a_killed_build_left_behind_is_taken_away_in_time(tmp_path: Path) -> None:
    old, new = tmp_path / f".{'a' * 32}.part", tmp_path / f".{'b' * 32}.part"
    for left in (old, new, tmp_path / ".my-notes.part"):
        left.write_bytes(b"half")
    os.utime(old, (1, 1))
    os.utime(tmp_path / ".my-notes.part", (1, 1))
    put(tmp_path / "guide.pdf", b"pages")
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, ".my-notes.part", "guide.pdf"]


# ----------------------------------------------------------------------------------------- the cache


def test_a_cache_damaged_in_every_file_costs_time_and_nothing_else(
    good: tuple[Path, dict[str, str], float], tmp_path: Path
) -> None:
    guide = tmp_path / "guide"
    shutil.copytree(good[0], guide)
    files = sorted(path for path in (guide / "build" / ".cache").rglob("*") if path.is_file())
    assert files
    chance = random.Random(7)
    for number, file in enumerate(files):
        content = bytearray(file.read_bytes())
        if number % 3 == 0:
            content = content[: chance.randrange(len(content))]
        elif number % 3 == 1:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        else:
            content = bytearray(chance.randbytes(len(content)))
        file.write_bytes(content)
    for finished_file in good[1]:
        (guide / "build" / finished_file).unlink()
    assert finished(guide) == good[1]


def test_folders_and_pipes_in_place_of_kept_files_are_misses(tmp_path: Path) -> None:
    cache, key = Cache(tmp_path), "ab" * 32
    (tmp_path / key[:2] / key[2:]).mkdir(parents=True)
    cache.put(key, b"kept")
    assert cache.get(key) is None
    (tmp_path / "cd").mkdir()
    os.mkfifo(tmp_path / "cd" / ("cd" * 31))
    assert cache.get("cd" * 32) is None


# ---------------------------------------------------------------------------------- two at a time


def test_two_builds_at_once_both_end_with_the_right_books(guide: Path, changed: dict[str, str]) -> None:
    with ThreadPoolExecutor(2) as both:
        ends = [
            both.submit(command, "-C", guide, "build", "--quiet", "--jobs", "1", within=guide)
            for _ in range(2)
        ]
    assert [end.result().code for end in ends] == [0, 0]
    assert digests(guide) == changed
