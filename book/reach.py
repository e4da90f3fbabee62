"""How far the files of a guide reach: into its own folder, no further, and never into a pipe."""

from __future__ import annotations

from pathlib import Path

LARGEST_TEXT = 2_000_000
"""Bytes of a settings file, a style sheet or a template; ours have a hundredth of that."""


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, with every symbolic link on its way followed, ends outside of `root`."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links that go round in a circle; no name for a file
        return True


def whole_file(path: Path, most: int) -> bytes:
    """What a file holds. Raises OSError for what is no file, such as a pipe, and for more than `most` bytes.

    A pipe would keep us waiting for ever, and a device such as /dev/zero has no end.
    """
    if path.exists() and not path.is_file():
        raise OSError("it is no file")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(f"it is larger than {most / 1_000_000:.3g} MB")
    return content
