"""How well `check` tells leaking synopses from clean ones: precision, recall and F1 by half and by kind.

Run it with the interpreter that has filmguide: `python benchmarks/leaks.py`. With the name of a half,
`python benchmarks/leaks.py tuning`, it also lists what was missed and what was a false alarm.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "tests")]

from labelled import HALVES, Labelled, accused, labelled, score, verdict  # noqa: E402


def main() -> None:
    """Print the table, and the mistakes in the half that is named."""
    halves = {half: labelled(half) for half in HALVES}
    for name, some in {**halves, "both": [one for half in halves.values() for one in half]}.items():
        print(f"{name}: {len(some)} synopses, {sum(one.leaks for one in some)} with a leak")
        got = score(some)
        print(f"  precision {got.precision:.3f}  recall {got.recall:.3f}  F1 {got.f1:.3f}")
        for kind, members in _by_kind(some):
            part = score(members)
            if members[0].leaks:
                print(f"  {kind:24} found {part.found} of {len(members)}")
            else:
                print(f"  {kind:24} false alarms {part.false} of {len(members)}")
    for half in sys.argv[1:]:
        for one in halves[half]:
            if verdict(one) in {"missed", "false"}:
                print(f"\n{verdict(one)}: {one.film.title} ({one.kind}): {one.words or 'clean'}")
                print("\n".join(f"  accused: {text}" for text in accused(one)))


def _by_kind(some: list[Labelled]) -> list[tuple[str, list[Labelled]]]:
    kinds: dict[tuple[bool, str], list[Labelled]] = defaultdict(list)
    for one in some:
        kinds[not one.leaks, one.kind if one.leaks else f"clean, {one.kind}"].append(one)
    return [(kind, members) for (_, kind), members in sorted(kinds.items())]


if __name__ == "__main__":
    main()
