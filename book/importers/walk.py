"""What was named on the command line -> files: folders and archives are walked, and remembered by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from book.findings import finding
from book.importers.archive import files_in, is_archive, unpack
from book.model import Film, Finding, Place


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be imported; `shown` is what people call it, `within` the folder or archive that held it.

    `within` is empty for a file that was named itself.
    """

    path: Path
    shown: str
    within: str = ""


def gather(paths: Iterable[Path], stack: ExitStack) -> tuple[list[Found], list[Finding]]:
    """Every file of the paths, in order. Archives are unpacked into folders that `stack` takes away."""
    found: list[Found] = []
    findings: list[Finding] = []
    for path in paths:
        name = path.as_posix()
        if path.is_dir():
            files = [Found(file, file.as_posix(), name) for file in files_in(path)]
            if not files:
                findings.append(finding("F801", Place(name), f"{path.name} is a folder without files."))
        else:
            files = [Found(path, name)]
        for each in files:
            inside = _unpacked(each, stack)
            if isinstance(inside, Finding):
                findings.append(inside)
            else:
                found += inside
    return found, findings


def _unpacked(file: Found, stack: ExitStack) -> list[Found] | Finding:
    """The files of an archive; any other file is itself. A workbook is an archive that is not unpacked."""
    if not file.path.is_file() or file.path.suffix.casefold() in {".xlsx", ".xlsm"}:
        return [file]
    try:
        with file.path.open("rb") as opened:
            head = opened.read(4)
    except OSError:
        return [file]  # whoever chooses its importer says why
    if not is_archive(head):
        return [file]
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="filmguide-")))
    files = unpack(file.path, folder)
    if isinstance(files, Finding):
        return files
    return [
        Found(each, f"{file.shown}/{each.relative_to(folder).as_posix()}", file.shown) for each in files
    ] or finding("F801", Place(file.shown), f"{file.path.name} is an archive without files.")


def told_of(told: Film | Finding, files: Sequence[Found]) -> Film | Finding:
    """The same, with the names that people know in place of those of unpacked files."""
    names = {each.path.as_posix(): each.shown for each in files}
    if isinstance(told, Finding):
        file = told.where.file
        return replace(told, where=Place(names[file], told.where.line)) if file in names else told
    file = told.source.file
    return (
        replace(told, source=replace(told.source, file=names[file]))
        if names.get(file, file) != file
        else told
    )


def passed_over(within: str, files: Sequence[Found]) -> Finding:
    """What is said of the files of one folder or archive that nobody knows."""
    kinds = Counter(each.path.suffix.casefold() or each.path.name for each in files)
    listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(8))
    several = "1 file was" if len(files) == 1 else f"{len(files)} files were"
    return finding(
        "F812",
        Place(within),
        f"{several} passed over, as no importer knows them: {listed}.",
        f"The first is {files[0].shown}; name it by itself to learn more.",
    )
