"""Jobs side by side, and what becomes of them when a worker dies, hangs, or is no longer wanted."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import book
from book.build import build_guide
from book.cache import Cache, Kept, key_of
from book.crew import Crew, JobLostError
from book.findings import finding
from book.model import BookError, GuideInfo, Place
from book.progress import Step
from book.workers import FEW, JobsLostError, Strand, pool, run_all, weave

NOWHERE = Place()
UNIX = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


@dataclass(frozen=True)
class Reel:
    name: str
    seconds: float = 0.0
    place: Place = NOWHERE


def play(reel: Reel) -> str:
    time.sleep(reel.seconds)
    return f"{reel.name} played"


def tear(reel: Reel) -> str:
    if reel.name == "Nosferatu":
        raise BookError("The film tore.")
    return play(reel)


def burn(reel: Reel) -> str:
    if reel.name == "Nosferatu":
        os.kill(os.getpid(), signal.SIGKILL)
    return play(reel)


def burn_once(reel: Reel) -> str:
    """Leaves the worker dead the first time, a note beside the reel telling that there was one."""
    if reel.name == "Nosferatu" and not Path(reel.place.file).exists():
        Path(reel.place.file).touch()
        os._exit(9)
    return play(reel)


def drown(reel: Reel) -> str:
    if reel.name == "Nosferatu":
        raise MemoryError
    return play(reel)


def leave_a_file(reel: Reel) -> str:
    return tempfile.mkdtemp()


class TornError(Exception):
    def __init__(self, reel: str, at_s: int) -> None:
        super().__init__(f"{reel} tore at {at_s} s")


def tear_strangely(reel: Reel) -> str:
    raise TornError(reel.name, 7)


def where(reel: Reel) -> int:
    return os.getpid()


def begun(workers: Crew | None) -> Crew:
    """A crew that has a worker already, so that even a few jobs go there."""
    assert workers is not None
    workers.submit(where, REELS[0]).result()
    return workers


NAMES = ["Metropolis", "Nosferatu", "Vampyr"]
REELS = (Reel("Metropolis", 0.05), Reel("Nosferatu"), Reel("Vampyr"))
PLAYED = ["Metropolis played", "Nosferatu played", "Vampyr played"]


def test_without_an_executor_the_work_is_done_here_in_order() -> None:
    assert run_all(play, REELS) == PLAYED
    assert set(run_all(where, REELS)) == {os.getpid()}


def test_a_pool_gives_the_results_in_the_order_of_the_jobs_from_processes_of_its_own() -> None:
    with pool(2) as workers:
        assert run_all(play, REELS, executor=begun(workers)) == PLAYED
        assert os.getpid() not in run_all(where, REELS, executor=begun(workers))


def test_any_executor_will_do() -> None:
    executor: Executor
    with ThreadPoolExecutor(3) as executor:
        assert run_all(play, REELS, executor=executor) == PLAYED


def test_one_worker_is_this_process() -> None:
    with pool(1) as workers:
        assert workers is None


def test_no_jobs_give_no_results() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert run_all(play, (), executor=executor) == []


def test_each_step_names_the_film_that_is_at_work() -> None:
    steps: list[Step] = []
    run_all(play, REELS, track=steps.append, stage="play")
    assert steps == [
        Step("play", "Metropolis", 0, 3),
        Step("play", "Nosferatu", 1, 3),
        Step("play", "Vampyr", 2, 3),
        Step("play", "", 3, 3),
    ]


@pytest.mark.parametrize("side_by_side", [False, True])
def test_an_error_comes_out_as_it_is_with_a_note_that_names_the_job(side_by_side: bool) -> None:
    with ThreadPoolExecutor(2) as executor, pytest.raises(BookError) as caught:
        run_all(tear, REELS, executor=executor if side_by_side else None)
    assert (caught.value.message, caught.value.__notes__) == ("The film tore.", ["at work on Nosferatu"])


def test_an_error_in_another_process_names_the_job_too() -> None:
    with pytest.raises(BookError) as caught, pool(2) as workers:
        run_all(tear, REELS, executor=begun(workers))
    assert (caught.value.message, caught.value.__notes__[-1]) == ("The film tore.", "at work on Nosferatu")


def test_an_error_that_does_not_travel_comes_out_in_its_own_words() -> None:
    with pytest.raises(RuntimeError, match=r"TornError: \w+ tore at 7 s") as caught, pool(2) as workers:
        run_all(tear_strangely, REELS, executor=begun(workers))
    assert "raise TornError(reel.name, 7)" in str(caught.value.__cause__)


@contextmanager
def crew(**options: float) -> Iterator[Crew]:
    workers = Crew(2, **options)  # type: ignore[arg-type]
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


@UNIX
def test_a_worker_that_dies_costs_its_job_one_more_try_and_the_others_nothing(tmp_path: Path) -> None:
    reels = [Reel(name, place=Place(str(tmp_path / "burnt"))) for name in NAMES]
    with pool(2) as workers:
        assert run_all(burn_once, reels, executor=begun(workers)) == PLAYED
    assert (tmp_path / "burnt").exists()


@UNIX
@pytest.mark.parametrize("task", [burn, drown])
def test_a_job_that_kills_twice_is_a_finding_after_all_others_are_done(
    task: Callable[[Reel], str], tmp_path: Path
) -> None:
    reels = [Reel(name, 0.2, Place(f"entries/{name}.md")) for name in NAMES]
    played = Kept[Reel, str](Cache(tmp_path), lambda reel: key_of(reel.name))

    with pytest.raises(JobsLostError) as caught, pool(2) as workers:
        run_all(task, reels, executor=begun(workers), kept=played)

    how = "two workers died at it, one after the other (most often memory runs out)"
    assert [(each.code, each.where, each.message) for each in caught.value.findings] == [
        ("F704", Place("entries/Nosferatu.md"), f"Nosferatu could not be laid out: {how}")
    ]
    assert [played.get(reel) for reel in reels] == [PLAYED[0], None, PLAYED[2]]


def test_a_job_that_does_not_end_is_given_up() -> None:
    # Twelve seconds, so that on a busy machine the others are done, and a worker begun, within them.
    reels = [Reel("Metropolis"), Reel("Sátántangó", 600), Reel("Vampyr")]
    with pytest.raises(JobsLostError) as caught, crew(longest_s=12) as workers:
        run_all(play, reels, executor=begun(workers))
    assert [each.message for each in caught.value.findings] == [
        "Sátántangó could not be laid out: it was not done after 0.2 minutes"
    ]


def test_a_strand_may_go_on_without_a_result_that_is_lost() -> None:
    heard: list[str] = []

    def strand() -> Strand[Reel, str]:
        for name in NAMES:
            with suppress(JobLostError):
                heard.append((yield Reel(name)))

    with pytest.raises(JobsLostError), crew() as workers:
        weave(drown, [strand()], executor=begun(workers))
    assert heard == [PLAYED[0], PLAYED[2]]


@UNIX
def test_a_worker_that_was_killed_at_rest_is_not_missed() -> None:
    with crew() as workers:
        os.kill(workers.submit(where, REELS[0]).result(), signal.SIGKILL)
        assert run_all(play, REELS, executor=workers) == PLAYED


def test_a_worker_is_replaced_after_so_many_jobs() -> None:
    with crew(jobs_a_worker=2) as workers:
        pids = [workers.submit(where, REELS[0]).result() for _ in range(6)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4] == pids[5]


def test_where_nothing_is_to_do_no_worker_begins(tmp_path: Path) -> None:
    kept = Kept[Reel, str](Cache(tmp_path), lambda reel: key_of(reel.name))
    run_all(play, REELS, kept=kept)
    with crew() as workers:
        assert run_all(play, REELS, executor=workers, kept=kept) == PLAYED
        assert not workers.started


def test_a_few_jobs_and_a_strand_that_is_alone_are_done_here() -> None:
    def strand(length: int) -> Strand[Reel, int]:
        for number in range(length):
            pids.append((yield Reel(str(number))))

    here = os.getpid()
    pids: list[int] = []
    with crew() as workers:
        weave(where, [strand(9)], executor=workers)
        assert run_all(where, [Reel(str(number)) for number in range(FEW)], executor=workers) == [here] * FEW
        assert (pids, workers.started) == ([here] * 9, False)

        assert here not in run_all(where, [Reel(str(number)) for number in range(FEW + 1)], executor=workers)
        assert here not in run_all(where, REELS[:1], executor=workers)


def test_what_workers_leave_on_the_disk_goes_with_them() -> None:
    with pool(2) as workers:
        folders = run_all(leave_a_file, REELS, executor=begun(workers))
        assert all(Path(folder).is_dir() for folder in folders)
    assert not any(Path(folder).parent.exists() for folder in folders)


def test_leaving_a_pool_by_ctrl_c_does_not_wait_for_the_work() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), pool(2) as workers:
        assert workers is not None
        run_all(where, REELS, executor=begun(workers))
        workers.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20


def test_what_was_kept_is_not_done_again(tmp_path: Path) -> None:
    done: list[str] = []

    def develop(reel: Reel) -> GuideInfo:
        done.append(reel.name)
        return GuideInfo(reel.name)

    kept = Kept[Reel, GuideInfo](Cache(tmp_path), lambda reel: key_of(reel.name))
    first = run_all(develop, REELS[:2], kept=kept)
    again = run_all(develop, REELS, kept=kept)
    assert [info.title for info in (*first, *again)] == [*NAMES[:2], *NAMES]
    assert done == NAMES


def test_strands_that_were_begun_get_on_before_others_begin() -> None:
    class Lanes(ThreadPoolExecutor):
        lanes = 2

    begun: list[str] = []

    def strand(name: str) -> Strand[str, str]:
        for number in range(4):
            begun.append(f"{name}{number}")
            yield name

    with Lanes(2) as executor:
        weave(str.upper, [strand(name) for name in "abcdef"], executor=executor)
    assert len(begun) == 6 * 4
    # Three are under way or wait for one of two lanes; the next begins when one of them has come to its end.
    assert min(map(begun.index, ("a3", "b3", "c3"))) < begun.index("d0")


@pytest.mark.parametrize("workers", [0, 3])
def test_a_strand_knows_its_last_result_before_its_next_job(workers: int) -> None:
    heard: list[str] = []

    def strand(*seconds: float) -> Strand[Reel, str]:
        said = ""
        for length in seconds:
            said = yield Reel(f"{said}{length}", length)
        heard.append(said)

    with ThreadPoolExecutor(workers) if workers else nullcontext() as executor:
        weave(play, [strand(0.02, 0.01), strand(0.0)], executor=executor)
    assert sorted(heard) == ["0.0 played", "0.02 played0.01 played"]


# ------------------------------------------------------------------------------- the whole command


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Forty films in one chapter, so that there is work for a while."""
    root = tmp_path / "guide"
    (root / "entries").mkdir(parents=True)
    (root / "guide.toml").write_text('[guide]\ntitle = "Forty"\n[chapters]\nby = "title"\n')
    for n in range(40):
        text = (
            f"---\ntitle: Film {n}\nyear: 1980\n---\nIt rains.\n\n# Spoilers\n\n## Plot\n\nIt ends so{n}.\n"
        )
        (root / "entries" / f"film-{n}-1980.md").write_text(text)
    return root


@contextmanager
def typed(*words: str, within: Path) -> Iterator[subprocess.Popen[str]]:
    """A command as the console script runs it, with a folder of its own for passing files."""
    script = within / "filmguide-script" / "run.py"
    script.parent.mkdir()
    script.write_text("from book.cli import main\nif __name__ == '__main__':\n    main()\n")
    (within / "passing").mkdir()
    env = {**os.environ, "PYTHONPATH": str(Path(book.__file__).parent.parent)}
    env["TMPDIR"] = str(within / "passing")
    with subprocess.Popen(
        [sys.executable, str(script), *words],
        cwd=within,
        env=env,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that Ctrl-C reaches all of its processes, and none of ours
    ) as command:
        yield command


def at_work(within: Path) -> list[int]:
    """The processes of a typed command."""
    mark = f"TMPDIR={within / 'passing'}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it never came about")


LINUX = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are not listed here")


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_stopped_takes_everything_with_it(
    how: signal.Signals, guide: Path, tmp_path: Path
) -> None:
    with typed("-C", str(guide), "build", "pdf", "--jobs", "2", within=tmp_path) as command:
        wait_for(lambda: any((tmp_path / "passing").glob("*/weasyprint-*")))
        stopped = time.monotonic()
        os.killpg(command.pid, how) if how is signal.SIGINT else command.kill()
        _, said = command.communicate(timeout=20)
        took = time.monotonic() - stopped
        if how is signal.SIGINT:
            assert (command.returncode, took < 5) == (3, True)
            assert said.splitlines()[-1].startswith("filmguide: Stopped, as you asked")
            assert "Traceback" not in said
    wait_for(lambda: not at_work(tmp_path))
    assert files_in(tmp_path / "passing") == []
    assert [file for file in files_in(guide / "build") if not file.startswith(".cache/")] == []
    assert [file for file in files_in(guide / "build") if file.endswith(".part")] == []


@LINUX
@pytest.mark.slow
def test_workers_import_nothing_from_the_folder_that_the_command_was_typed_in(
    guide: Path, tmp_path: Path
) -> None:
    for entry in sorted((guide / "entries").iterdir())[8:]:
        entry.unlink()
    for name in ("multiprocessing", "book", "weasyprint", "pickle"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'taken-over')!r}, 'w').close()\n")
    with typed("-C", str(guide), "build", "pdf", "--jobs", "2", "--quiet", within=tmp_path) as command:
        command.communicate(timeout=200)
    assert (command.returncode, (tmp_path / "taken-over").exists()) == (0, False)


def test_a_build_that_lost_a_part_ends_with_its_finding_and_writes_nothing(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = finding("F704", Place("entries/film-7-1980.md"), "film-7-1980 could not be laid out: …")

    def weave(*_: object, **__: object) -> None:
        raise JobsLostError([lost])

    monkeypatch.setattr("book.workers.weave", weave)
    report = build_guide(guide, formats=["pdf"], out=tmp_path / "out")
    assert (report.stopped, report.findings, report.files) == (True, (lost,), ())
    assert not (tmp_path / "out").exists()
