"""Finished files and the guide's folder -> verdicts: what `filmguide verify` does."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from book.build import read_guide
from book.config import EPUB_PLACES, PDF_PLACES
from book.findings import finding
from book.model import Finding, Manifest, Place, Severity
from book.progress import Step, Track, untold
from book.verify import Verdict, promise_of, read_manifest, suffix_of, verify_file


@dataclass(frozen=True, slots=True)
class Proof:
    """What verifying came to: a verdict a file, and what kept files or the guide from being read."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    seconds: float


def prove(root: Path, paths: Sequence[Path], *, spoilers: str = "", track: Track = untold) -> Proof:
    """Hold finished files to the guide in `root`, each PDF with the manifest that stands beside it.

    `spoilers` is the place that the files were built with, where it is not guide.toml's. A guide with
    errors cannot be built and holds nobody to anything: its errors are the findings then.
    """
    started = time.monotonic()
    reading = read_guide(root, track=track)
    if reading.guide is None:
        errors = (found for found in reading.findings if found.severity is Severity.ERROR)
        return Proof((), tuple(errors), time.monotonic() - started)
    plan = reading.project.spoilers
    modes = {
        ".pdf": spoilers if spoilers in PDF_PLACES else plan.pdf,
        ".epub": spoilers if spoilers in EPUB_PLACES else plan.epub,
    }
    promise = promise_of(reading.guide)
    verdicts: list[Verdict] = []
    findings: list[Finding] = []
    for done, path in enumerate(paths):
        track(Step("verify", path.name, done, len(paths)))
        try:
            content = path.read_bytes()
        except OSError as error:
            said = f"{path} cannot be opened: {error.strerror}."
            findings.append(finding("F901", Place(path.name), said, "Name a finished PDF or EPUB."))
            continue
        suffix = suffix_of(path.name)
        manifest = _beside(path) if suffix == ".pdf" else None
        verdicts.append(verify_file(promise, manifest, path.name, content, modes.get(suffix, "")))
    told = (found for verdict in verdicts for found in verdict.findings)
    return Proof(tuple(verdicts), (*findings, *told), time.monotonic() - started)


def _beside(pdf: Path) -> Manifest | None:
    """The manifest of a PDF; None where it is missing or is none."""
    try:
        return read_manifest(pdf.with_suffix(".manifest.json").read_bytes())
    except OSError:
        return None
