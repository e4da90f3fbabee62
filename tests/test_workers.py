import os
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from book.cache import Cache
from book.model import BookError
from book.progress import Step
from book.workers import pool, run_all


@dataclass(frozen=True)
class Reel:
    name: str
    seconds: float = 0.0


def play(reel: Reel) -> str:
    time.sleep(reel.seconds)
    return f"{reel.name} played"


def tear(reel: Reel) -> str:
    if reel.name == "Nosferatu":
        raise BookError("The film tore.")
    return play(reel)


def burn(reel: Reel) -> str:
    if reel.name == "Nosferatu":
        os._exit(9)
    return play(reel)


def where(reel: Reel) -> int:
    return os.getpid()


REELS = (Reel("Metropolis", 0.05), Reel("Nosferatu"), Reel("Vampyr"))
PLAYED = ["Metropolis played", "Nosferatu played", "Vampyr played"]


def test_without_an_executor_the_work_is_done_here_in_order() -> None:
    assert run_all(play, REELS) == PLAYED
    assert set(run_all(where, REELS)) == {os.getpid()}


def test_a_pool_gives_the_results_in_the_order_of_the_jobs_from_processes_of_its_own() -> None:
    with pool(2) as workers:
        assert run_all(play, REELS, executor=workers) == PLAYED
        assert os.getpid() not in run_all(where, REELS, executor=workers)


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


def test_a_job_may_be_called_by_another_name() -> None:
    steps: list[Step] = []
    run_all(play, REELS[:1], track=steps.append, name=lambda reel: reel.name.upper())
    assert [step.subject for step in steps] == ["METROPOLIS", ""]


@pytest.mark.parametrize("side_by_side", [False, True])
def test_an_error_comes_out_as_it_is_with_a_note_that_names_the_job(side_by_side: bool) -> None:
    with ThreadPoolExecutor(2) as executor, pytest.raises(BookError) as caught:
        run_all(tear, REELS, executor=executor if side_by_side else None)
    assert (caught.value.message, caught.value.__notes__) == ("The film tore.", ["at work on Nosferatu"])


def test_an_error_in_another_process_names_the_job_too() -> None:
    with pytest.raises(BookError) as caught, pool(2) as workers:
        run_all(tear, REELS, executor=workers)
    assert (caught.value.message, caught.value.__notes__[-1]) == ("The film tore.", "at work on Nosferatu")


def test_a_worker_that_dies_is_a_sentence_that_names_the_film() -> None:
    with (
        pytest.raises(BookError, match="A worker died at Nosferatu or a neighbour of it") as caught,
        pool(2) as workers,
    ):
        run_all(burn, REELS[1:], executor=workers)
    assert "--jobs 1" in caught.value.hint


def test_leaving_a_pool_by_ctrl_c_does_not_wait_for_the_work() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), pool(2) as workers:
        assert workers is not None
        run_all(where, REELS, executor=workers)
        workers.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20


def test_what_the_cache_holds_is_not_done_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    done: list[str] = []

    def develop(reel: Reel) -> bytes:
        done.append(reel.name)
        return reel.name.encode()

    def key(reel: Reel) -> str:
        return reel.name.encode().hex()

    first = run_all(develop, REELS[:2], cache=cache, key=key)
    again = run_all(develop, REELS, cache=cache, key=key)
    assert (first, again) == ([b"Metropolis", b"Nosferatu"], [b"Metropolis", b"Nosferatu", b"Vampyr"])
    assert done == ["Metropolis", "Nosferatu", "Vampyr"]


def test_results_are_packed_for_the_cache_and_unpacked_again(tmp_path: Path) -> None:
    def once() -> list[str]:
        return run_all(
            play,
            REELS,
            cache=Cache(tmp_path),
            key=lambda reel: reel.name.encode().hex(),
            pack=str.encode,
            unpack=bytes.decode,
        )

    assert once() == once() == PLAYED
