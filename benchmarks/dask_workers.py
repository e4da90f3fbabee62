"""A Dask cluster on this machine while it is measured: a scheduler, and workers of one thread each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGIN_S = 60
"""Dask is imported by every process, which takes seconds, and many on a busy machine."""

_ALL_THERE = """
import sys
from distributed import Client
with Client(sys.argv[1], set_as_default=False) as client:
    client.wait_for_workers(int(sys.argv[2]), timeout=60)
"""


@contextmanager
def workers(count: int, away: Path) -> Iterator[str]:
    """The address of a new scheduler with so many new workers, all of them there; gone at the end."""
    told = away / f"scheduler-{count}.json"
    told.unlink(missing_ok=True)
    scheduler = ("scheduler", "--host=127.0.0.1", "--port=0", f"--scheduler-file={told}")
    with _running(*scheduler, within=away):
        address = _address(told)
        local = f"--local-directory={away / 'dask'}"
        hired = ("worker", address, f"--nworkers={count}", "--nthreads=1", local)
        with _running(*hired, within=away):
            subprocess.run([sys.executable, "-c", _ALL_THERE, address, str(count)], check=True)
            yield address


@contextmanager
def _running(program: str, *words: str, within: Path) -> Iterator[None]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *words, "--no-dashboard"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=within, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        finally:
            process.terminate()


def _address(told: Path) -> str:
    """What a scheduler has written of itself, once it has."""
    for _ in range(BEGIN_S * 10):
        if told.exists() and told.read_text("utf-8").rstrip().endswith("}"):
            return str(json.loads(told.read_text("utf-8"))["address"])
        time.sleep(0.1)
    sys.exit("No Dask scheduler began.")
