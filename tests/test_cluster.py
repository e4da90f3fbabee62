"""Pages laid out by a Dask cluster: the same bytes, whatever becomes of its workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import book
from book.build import build_guide
from book.cluster import Cluster, cluster
from book.config import PrintPlan
from book.model import BookError, Setting, Shard, Side
from book.page_plan import page_css
from book.pdf.paint import paint_job
from book.pdf.studio import Studio
from book.pdf.travel import travelling
from book.progress import Step, Track, untold
from book.themes import find_theme
from book.workers import JobsLostError, run_all

distributed: Any = pytest.importorskip("distributed")

PACKAGE = Path(book.__file__).parent
ENTRY = """---
title: Film {n}
year: {year}
director: Ann Author
image: {{file: images/{picture}, alt: A field}}
---
{synopsis}

# Spoilers

## Plot

{plot}
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">
<rect width="40" height="20" fill="tan"/><image href="fields/barley.png" width="20" height="20"/></svg>"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six films of different lengths; every other picture is a drawing that holds another."""
    root = tmp_path_factory.mktemp("guide")
    (root / "guide.toml").write_text('[guide]\ntitle = "Six"\n[indexes]\ninclude = []\n')
    (root / "entries").mkdir()
    (root / "images" / "fields").mkdir(parents=True)
    Image.new("RGB", (60, 40), "olive").save(root / "images" / "a field.png")
    Image.new("RGB", (20, 20), "gold").save(root / "images" / "fields" / "barley.png")
    (root / "images" / "drawn.svg").write_text(DRAWING)
    for n in range(6):
        plot = "\n\n".join(
            f"Ending{n} comes in part {k}. {'It goes on. ' * 40}" for k in range(1 + n * n % 9)
        )
        picture = ("a field.png", "drawn.svg")[n % 2]
        text = ENTRY.format(n=n, year=1980 + n, picture=picture, synopsis="It rains. " * 60, plot=plot)
        (root / "entries" / f"film-{n}-{1980 + n}.md").write_text(text)
    return root


def built(guide: Path, away: Path, *, track: Track = untold, **how: Any) -> bytes:
    """The PDF of a build that finds nothing in the cache."""
    shutil.rmtree(guide / "build", ignore_errors=True)
    report = build_guide(guide, formats=["pdf"], out=away, verified=False, track=track, **how)
    assert (report.stopped, [each.code for each in report.findings]) == (False, [])
    return report.files[0].read_bytes()


@pytest.fixture(scope="module")
def at_home(guide: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The book as this machine makes it alone."""
    return built(guide, tmp_path_factory.mktemp("home"), jobs=1)


@contextmanager
def running(*command: str, within: Path, path: Path = PACKAGE.parent) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask in a folder of its own, for as long as it is wanted."""
    env = {**os.environ, "PYTHONPATH": str(path)}
    words = [sys.executable, "-m", *command, "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, cwd=within, env=env, **quiet) as program:  # type: ignore[call-overload]
        try:
            yield program
        finally:
            program.terminate()
            program.wait(20)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler without a worker."""
    told = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with running("distributed.cli.dask_scheduler", *words, within=tmp_path):
        for _ in range(600):
            if told.exists() and told.read_text().endswith("}"):
                break
            time.sleep(0.1)
        yield json.loads(told.read_text())["address"]


def worker_in(folder: Path, scheduler: str, path: Path = PACKAGE.parent) -> Any:
    """A worker process that no nanny begins again."""
    folder.mkdir()
    words = (scheduler, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    return running("distributed.cli.dask_worker", *words, within=folder, path=path)


@contextmanager
def two_workers(scheduler: str, away: Path) -> Iterator[tuple[Any, Any]]:
    with worker_in(away / "one", scheduler) as one, worker_in(away / "two", scheduler) as two:
        with distributed.Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield one, two


# ------------------------------------------------------------------------------------ what travels


def test_a_shard_is_painted_alike_where_nothing_is_but_the_files_that_travelled(
    guide: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(guide, tmp_path / "guide")
    theme = find_theme("classic", root)
    css = (
        page_css(PrintPlan(), theme),
        *theme.cascade("print.css"),
        "h1{background:url('images/a field.png')}",
    )
    html = '<html><body><h1>Fields</h1><img src="images/drawn.svg" alt=""><img src="images/none.png" alt="">'
    job = Shard("fields", html, css), Setting(Side.RECTO, 1, {})
    studio = Studio(root.resolve(), theme.faces, theme.figures)
    at_home = paint_job(studio, job)

    task, there = travelling(studio), tmp_path / "there"
    files = task.files(job)
    for name, path in files.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there / name)
    shutil.rmtree(root)

    assert task.at(there)(job) == at_home
    assert {name for name in files if not name.startswith(".faces/")} == {
        "images/a field.png", "images/drawn.svg", "images/fields/barley.png",
    }  # fmt: skip
    studio_there: Studio = task.at(there).args[0]
    fonts = [face.path for face in (*studio_there.faces, *(row.face for row in studio_there.figures))]
    assert all(path.is_relative_to(there) for path in fonts)


def test_nothing_travels_that_is_not_the_guides_own(guide: Path, tmp_path: Path) -> None:
    root = tmp_path / "guide"
    root.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (root / "inside.png").symlink_to(tmp_path / "secret.png")
    html = (
        '<img src="../secret.png"><img src="inside.png"><a href="/etc/passwd">x</a><img src="http://a/b.png">'
    )
    assert travelling(Studio(root, (), ())).files((Shard("x", html, ()), Setting(Side.RECTO, 1, {}))) == {}


# --------------------------------------------------------------------------------------- one book


def test_two_processes_and_a_local_cluster_make_the_same_book_and_files_travel_once(
    guide: Path, at_home: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, str]] = []
    send, one_by_one = Cluster._send, threading.Lock()

    def noted(self: Cluster, worker: str, life: str, wanted: tuple[str, ...]) -> None:
        with one_by_one:  # films that go out together may ask for the same file
            sent.extend((worker, name) for name in wanted if (life, name) not in self._sent)
            send(self, worker, life, wanted)

    monkeypatch.setattr(Cluster, "_send", noted)
    assert built(guide, tmp_path, jobs=2) == at_home
    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as workers:
        assert built(guide, tmp_path, scheduler=workers.scheduler_address) == at_home
        assert len({worker for worker, _ in sent}) == 2
        # A worker may meet a picture in the second book only: which films it is handed is chance.
        assert built(guide, tmp_path, scheduler=workers.scheduler_address) == at_home
        assert len(sent) == len(set(sent))


@pytest.mark.slow
def test_the_book_comes_out_whole_when_one_of_two_workers_is_killed_half_way(
    guide: Path, at_home: bytes, tmp_path: Path, scheduler: str
) -> None:
    with two_workers(scheduler, tmp_path) as (_, victim):

        def kill_half_way(step: Step) -> None:
            if step.stage == "paint" and step.done >= 4 and victim.poll() is None:
                victim.kill()
                victim.wait()

        assert built(guide, tmp_path / "out", scheduler=scheduler, track=kill_half_way) == at_home
        assert victim.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_job_that_kills_every_worker_is_a_finding() -> None:
    def burn(reel: str) -> str:
        if reel == "Nosferatu":
            os._exit(9)
        return f"{reel} played"

    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as workers,
        pytest.raises(JobsLostError) as caught,
        cluster(workers.scheduler_address) as hired,
    ):
        run_all(burn, ["Metropolis", "Nosferatu", "Vampyr"], executor=hired)
    assert [(each.code, each.message) for each in caught.value.findings] == [
        (
            "F704",
            "Nosferatu could not be laid out: every worker died that took it on; most often memory runs out",
        )
    ]


# ----------------------------------------------------------------------------------- what stops it


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "No Dask scheduler answers at tcp://127.0.0.1:9."),
        ("nowhere", "nowhere is no address of a Dask scheduler (missing port number in address 'nowhere')."),
    ],
)
def test_a_scheduler_that_is_not_there_is_a_sentence_within_seconds(
    address: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.cluster.REACHED_IN_S", 1)
    began = time.monotonic()
    with pytest.raises(BookError) as caught, cluster(address):
        pass
    assert caught.value.message == sentence
    assert time.monotonic() - began < 10


def test_without_dask_there_is_a_line_for_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BookError, match="--scheduler needs Dask") as caught, cluster("tcp://host:8786"):
        pass
    assert caught.value.hint == "pip install 'filmguide[cluster]'"


def another_release(package: Path) -> None:
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text('"""Another."""\n\n__version__ = "0.0.1"\n')


def no_filmguide(package: Path) -> None:
    package.mkdir()
    (package / "__init__.py").write_text("")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("install", "sentence"),
    [
        (
            another_release,
            f"would set other pages: it has filmguide 0.0.1 instead of {book.__version__}, film",
        ),
        (no_filmguide, "cannot do the work of filmguide"),
    ],
)
def test_a_worker_that_would_set_other_pages_is_refused(
    install: Callable[[Path], None], sentence: str, tmp_path: Path, scheduler: str
) -> None:
    (tmp_path / "packages").mkdir()
    install(tmp_path / "packages" / "book")
    with (
        worker_in(tmp_path / "one", scheduler, tmp_path / "packages"),
        pytest.raises(BookError) as caught,
        cluster(scheduler),
    ):
        pass
    assert sentence in caught.value.message


def test_a_cluster_without_a_worker_is_a_sentence(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.cluster.WORKERS_IN_S", 0.2)
    with pytest.raises(BookError) as caught, cluster(scheduler):
        pass
    assert caught.value.message == f"The Dask scheduler at {scheduler} has no worker."
