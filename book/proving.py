"""Finished files and the guide's folder -> verdicts: what `filmguide verify` does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from book.editions import SpoilerPlan
from book.findings import finding
from book.model import Finding, Manifest, Place, Severity
from book.progress import Step, Track, untold
from book.reading import editions_of, read_guide
from book.verify import Look, Verdict, beside_the_pdf, look_at, read_manifest, suffix_of, verify_site
from book.verify_pages import Top
from book.verify_promise import Promise, promise_of


@dataclass(frozen=True, slots=True)
class Proof:
    """What verifying came to: a verdict a file, and what kept files or the guide from being read."""

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Edition:
    """What the files of one edition are held to, and where its spoilers stand."""

    promise: Promise
    spoilers: SpoilerPlan


def prove(root: Path, paths: Sequence[Path], *, spoilers: str = "", track: Track = untold) -> Proof:
    """Hold finished files to the guide in `root`, each PDF with the manifest that was written with it.

    A file goes by the edition that it is named for, and else by the guide as a whole. `spoilers` is the
    place that the files were built with, where it is not guide.toml's. A guide with errors cannot be
    built and holds nobody to anything: its errors are the findings then.
    """
    started = time.monotonic()
    reading = read_guide(root, track=track)
    if reading.guide is None:
        errors = (found for found in reading.findings if found.severity is Severity.ERROR)
        return Proof((), tuple(errors), time.monotonic() - started)
    whole = _Edition(promise_of(reading.guide), reading.project.spoilers.with_place(spoilers))
    editions = {
        plan.slug: _Edition(promise_of(guide), project.spoilers)
        for plan, project, guide in editions_of(reading, spoilers=spoilers)
        if any(plan.slug in {_slug(path), path.resolve().name} for path in paths)
    }
    read: list[Path] = []
    verdicts: list[Verdict] = []
    tops: dict[str, Mapping[str, Top]] = {}
    sites: list[Verdict] = []
    findings: list[Finding] = []
    for done, path in enumerate(paths):
        track(Step("verify", path.name, done, len(paths)))
        try:
            if path.is_dir():
                sites.append(_look_at_site(path, editions.get(path.resolve().name, whole)))
                continue
            content = path.read_bytes()
            read.append(path)
        except OSError as error:
            said = f"{path} cannot be opened: {error.strerror}."
            findings.append(finding("F901", Place(path.name), said, "Name a finished PDF, EPUB or site."))
            continue
        look = _look(path, content, editions.get(_slug(path), whole), root)
        verdicts.append(look.verdict)
        if begun := look.tops():
            tops[path.stem] = begun
    verdicts = [_beside_its_pdf(*each, tops) for each in zip(read, verdicts, strict=True)] + sites
    told = (found for verdict in verdicts for found in verdict.findings)
    return Proof(tuple(verdicts), (*findings, *told), time.monotonic() - started)


def _slug(path: Path) -> str:
    """The edition's name in a file's: the inside of a printed book has a word more."""
    return path.stem.removesuffix("-interior")


def _look(path: Path, content: bytes, edition: _Edition, root: Path) -> Look:
    if suffix_of(path.name) != ".pdf":
        return look_at(edition.promise, None, path.name, content, edition.spoilers.epub)
    look = None
    for manifest in _manifests(path, root):
        tried = look_at(edition.promise, manifest, path.name, content, edition.spoilers.pdf)
        if not any(found.code == "F903" for found in tried.verdict.findings):
            return tried
        look = look or tried
    return look or look_at(edition.promise, None, path.name, content, edition.spoilers.pdf)


def _look_at_site(folder: Path, edition: _Edition) -> Verdict:
    """The verdict on a site, in the folder that its index.html is in. OSError where a file cannot be read."""
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    return verify_site(edition.promise, f"{folder.resolve().name}/", files, edition.spoilers.epub)


def _beside_its_pdf(path: Path, verdict: Verdict, tops: Mapping[str, Mapping[str, Top]]) -> Verdict:
    """An EPUB held against the PDF of its own name, or against the only one that was named with it."""
    lone = next(iter(tops.values())) if len(tops) == 1 else {}
    own = tops.get(path.stem, lone)
    return beside_the_pdf(verdict, path.read_bytes(), own) if own else verdict


def _manifests(pdf: Path, root: Path) -> Iterator[Manifest]:
    """The manifest of the PDF's own name, and others nearby, for a book may have been renamed."""
    own = pdf.with_suffix(".manifest.json")
    others = (
        file for folder in (pdf.parent, root / "build") for file in sorted(folder.glob("*.manifest.json"))
    )
    for file in dict.fromkeys((own, *others)):
        with suppress(OSError):
            manifest = read_manifest(file.read_bytes())
            if manifest is not None:
                yield manifest
