"""How long `filmguide --help` takes, start of the interpreter included: the median of nine runs.

Run it with the interpreter that has filmguide: `.venv/bin/python benchmarks/start.py`
"""

import statistics
import subprocess
import sys
import time

RUNS = 9


def seconds(*command: str) -> float:
    """The wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the medians of --help and of an interpreter that does nothing."""
    shown = statistics.median(seconds(sys.executable, "-m", "book.cli", "--help") for _ in range(RUNS))
    bare = statistics.median(seconds(sys.executable, "-c", "") for _ in range(RUNS))
    print(f"filmguide --help {shown:.3f} s, bare interpreter {bare:.3f} s (medians of {RUNS})")


if __name__ == "__main__":
    main()
