"""A guide and its finished files -> ONIX: what `filmguide onix` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from book.config import Project
from book.editions import EditionPlan
from book.findings import finding
from book.formats import edition_time
from book.model import Finding, Guide, Manifest, Severity
from book.onix import onix
from book.progress import Step, Track, untold
from book.reading import editions_of, read_guide
from book.retail import subjects_of
from book.shelf import be_writable, put_all
from book.verify import read_manifest


@dataclass(frozen=True, slots=True)
class Listing:
    """The files that were written, none where the guide has errors, and what shops will miss in them."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def list_guide(
    root: Path, *, version: str = "3.0", out: Path | None = None, track: Track = untold
) -> Listing:
    """Write SLUG.onix.xml for every edition beside its finished files, from which it takes pages and access.

    `out` is where those files are, build/ in the guide's folder unless it is given. Raises BookError.
    """
    folder = out or root / "build"
    reading = read_guide(root, track=track)
    if reading.guide is None:
        errors = (found for found in reading.findings if found.severity is Severity.ERROR)
        return Listing((), tuple(errors))
    be_writable(folder, root)
    files: dict[Path, bytes] = {}
    findings: list[Finding] = []
    for plan, project, guide in editions_of(reading):
        track(Step("list", plan.slug))
        stem = folder / guide.info.slug
        manifest = _manifest(stem.with_name(f"{stem.name}.manifest.json"), guide)
        epub = _read(stem.with_name(f"{stem.name}.epub")) if "epub" in plan.formats else None
        files[stem.with_name(f"{stem.name}.onix.xml")] = onix(
            guide, project, manifest, version, edition_time(guide), epub=epub, formats=plan.formats
        )
        findings += _missing(plan, project, guide, manifest, epub)
    put_all(files)
    return Listing(tuple(files), tuple(dict.fromkeys(findings)))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _manifest(path: Path, guide: Guide) -> Manifest | None:
    """The manifest of the guide's own book; one of another title counts for nothing."""
    content = _read(path)
    manifest = read_manifest(content) if content else None
    return manifest if manifest is not None and manifest.title == guide.info.title else None


def _missing(
    plan: EditionPlan, project: Project, guide: Guide, manifest: Manifest | None, epub: bytes | None
) -> Iterator[Finding]:
    """What shops ask for and nobody has told them."""
    info, where = guide.info, project.source.at("guide")
    schemes = {subject.scheme for subject in subjects_of(info)}
    printed, digital = "pdf" in plan.formats, "epub" in plan.formats
    prices = (project.print.prices if printed else {}), (project.ebook.prices if digital else {})
    isbns = [
        key
        for key, there, isbn in (("print", printed, info.isbn_print), ("ebook", digital, info.isbn_ebook))
        if there and not isbn
    ]
    asked = {
        f"an ISBN ({' and '.join(isbns)})": (
            not isbns,
            f'isbn = {{ {isbns[0] if isbns else "print"} = "…" }}',
        ),
        "a description": (bool(info.description), 'description = "…"'),
        "a subject of BISAC": ("BISAC" in schemes, '[subjects] bisac = ["PER004030"]'),
        "a subject of Thema": ("Thema" in schemes, '[subjects] thema = ["ATFG"]'),
        "a price": (bool(project.prices) or any(prices), 'price = { USD = "24.95" }'),
        "the day of publication": (info.published is not None, "published = 2026-01-31"),
    }
    for what, (there, example) in asked.items():
        if not there:
            yield finding("F786", where, f"Shops will ask for {what}.", f"Write {example}")
    if printed and manifest is None:
        message = f"Nobody knows how many pages {info.slug} has, for its PDF is not there."
        yield finding("F786", where, message, "Build it first: filmguide build")
    if digital and epub is None:
        message = f"Nobody knows how accessible {info.slug}.epub is, for it is not there."
        yield finding("F786", where, message, "Build it first: filmguide build")
