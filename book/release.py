"""A guide's folder -> everything that a printer and the shops are sent: what `filmguide package` does.

The book is built, gets its cover, and is looked at as its printer will look at it. Only what passes is put
in place; the report on it always is.
"""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from book.build import build_guide
from book.choices import DOORS
from book.config import Project
from book.covering import cover_guide, wrap_for
from book.formats import edition_time
from book.model import Finding, Guide, Manifest, UsageError
from book.onix import onix
from book.outcome import has_errors, in_order
from book.preflight import Asked, Preflight, as_html, as_json, preflight
from book.preflight.fonts import family_names
from book.press import kind_of
from book.printers import Printer, find_printer
from book.progress import Step, Track, untold
from book.reading import editions_of, read_guide
from book.retail import isbn13
from book.shelf import be_writable, put_all
from book.shop_sheet import sheet_html, sheet_text
from book.themes import find_theme
from book.verify import read_manifest

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first day that zip knows, so that the same files give the same bytes


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What packing came to: sentences, the files that were put in place, and what wants mending.

    `looks` are those at all finished files, by printer; `packed` are the printers that everything passed for.
    """

    lines: tuple[str, ...]
    looks: tuple[tuple[str, Preflight], ...]
    packed: tuple[str, ...]
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether everything that was asked for can be sent."""
        return not has_errors(self.findings)


def package_guide(
    root: Path,
    *,
    wanted: str,
    out: Path | None = None,
    theme: str = "",
    editions: Sequence[str] = (),
    strict: bool = False,
    jobs: int = 0,
    track: Track = untold,
) -> PackageReport:
    """Make and look at everything for a printer and the shops, and put it into PRINTER/ in `out`.

    `wanted` is a word of DOORS or a printer's name. What does not pass is not put in place, but the report
    on it is. Raises BookError.
    """
    started = time.monotonic()
    folder = out or root / "build"
    be_writable(folder, root)
    done = [
        _packed(root, name, folder, theme, tuple(editions), strict, jobs, track)
        for name in DOORS.get(wanted, (wanted,))
    ]
    return PackageReport(
        lines=tuple(line for one in done for line in one.lines),
        looks=tuple(look for one in done for look in one.looks),
        packed=tuple(name for one in done for name in one.packed),
        findings=in_order([found for one in done for found in one.findings], strict=False),
        files=tuple(file for one in done for file in one.files),
        seconds=time.monotonic() - started,
    )


def _packed(
    root: Path,
    name: str,
    folder: Path,
    theme: str,
    editions: tuple[str, ...],
    strict: bool,
    jobs: int,
    track: Track,
) -> PackageReport:
    """All editions for one printer."""
    with tempfile.TemporaryDirectory(prefix="filmguide-") as away:
        bench = Path(away)
        built = build_guide(
            root,
            formats=("pdf", "epub"),
            out=bench,
            theme=theme,
            editions=editions,
            strict=strict,
            jobs=jobs,
            printer=name,
            track=track,
        )
        if built.stopped:
            return _stopped(built.findings)
        covers = cover_guide(root, printer=name, out=bench, theme=theme, editions=editions, track=track)
        made = in_order((*built.findings, *covers.findings), strict=strict)
        if has_errors(made):
            return _stopped(made)
        parcels = tuple(_parcels(root, name, bench, theme, editions, track))
    if not parcels:
        raise UsageError(
            "None of these editions is printed.", 'Let one have formats = ["pdf"], or leave formats out.'
        )
    shelf = folder / name
    reports = {file: content for parcel in parcels for file, content in parcel.reports.items()}
    looks = tuple((name, look) for parcel in parcels for look in parcel.looks)
    findings = in_order((*made, *(found for _, look in looks for found in look.findings)), strict=strict)
    lines = [*built.told, *covers.lines, *(line for parcel in parcels for line in parcel.lines)]
    if has_errors(findings):
        put_all({shelf / file: content for file, content in reports.items()})
        lines.append(f"Nothing for {name} was put in place but the report on it.")
        return PackageReport(
            tuple(lines), looks, (), findings, tuple(shelf / file for file in reports), built.seconds
        )
    files = {file: content for parcel in parcels for file, content in parcel.with_sums(name).items()}
    put_all({shelf / file: content for file, content in files.items()})
    return PackageReport(
        tuple(lines), looks, (name,), findings, tuple(shelf / file for file in files), built.seconds
    )


def _stopped(findings: tuple[Finding, ...]) -> PackageReport:
    return PackageReport((), (), (), findings, (), 0.0)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """An edition's files by name, with the looks at them."""

    title: str
    slug: str
    files: Mapping[str, bytes]
    looks: tuple[Preflight, ...]

    @property
    def reports(self) -> dict[str, bytes]:
        """The report on the files, for people and for programs."""
        return {
            f"{self.slug}-preflight.html": as_html(self.title, self.looks),
            f"{self.slug}-preflight.json": as_json(self.title, self.looks),
        }

    @property
    def lines(self) -> list[str]:
        """A sentence on each file that was looked at."""
        return [_verdict(look) for look in self.looks]

    def with_sums(self, printer: str) -> dict[str, bytes]:
        """Everything with a list of SHA-256 sums, and all of it as a zip."""
        files = {**self.files, **self.reports}
        rows = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
        files[f"{self.slug}-sha256.txt"] = rows.encode()
        return files | {f"{self.slug}-{printer}.zip": _zipped(files)}


def _verdict(look: Preflight) -> str:
    failed = [each.name for each in look.looks if not each.passed]
    of = f"{len(look.looks)} looks"
    if not failed:
        return f"{look.file}: passes all {of}"
    return f"{look.file}: fails {len(failed)} of {of}: {', '.join(failed)}"


def _parcels(
    root: Path, name: str, bench: Path, theme: str, names: tuple[str, ...], track: Track
) -> Iterator[_Parcel]:
    """Each printed edition: its finished files, read from the bench, and the looks at them."""
    reading = read_guide(root, theme=theme, track=track)
    if reading.guide is None:
        return  # somebody has broken an entry since it was built
    for plan, project, guide in editions_of(reading, names=names):
        if "pdf" not in plan.formats:
            continue
        slug = project.info.slug
        track(Step("preflight", slug))
        printed = bench / name
        files = {file.name: file.read_bytes() for file in sorted(printed.glob(f"{slug}-*")) if file.is_file()}
        files = {file: files[file] for file in _own(slug) if file in files}
        manifest = read_manifest(files[f"{slug}-interior.manifest.json"])
        ebook = bench / f"{slug}.epub"
        if "epub" in plan.formats and ebook.exists():
            files[ebook.name] = ebook.read_bytes()
        files |= _for_shops(guide, project, manifest, files.get(ebook.name), plan.formats)
        printer, _ = find_printer(name, project.root, project.printers)
        pages = len(manifest.pages) if manifest else 0
        inside, outside = _asked(project, printer, pages)
        looks = (preflight(files[inside.name], inside), preflight(files[outside.name], outside))
        yield _Parcel(project.info.title, slug, files, looks)


def _own(slug: str) -> tuple[str, ...]:
    """The files of an edition on the bench; another's slug may begin like this one's."""
    return (
        f"{slug}-interior.pdf",
        f"{slug}-interior.manifest.json",
        f"{slug}-cover.pdf",
        f"{slug}-front.jpg",
        f"{slug}-ebook-cover.jpg",
    )


def _for_shops(
    guide: Guide, project: Project, manifest: Manifest | None, epub: bytes | None, formats: Sequence[str]
) -> dict[str, bytes]:
    slug, pages = project.info.slug, len(manifest.pages) if manifest else 0
    return {
        f"{slug}.onix.xml": onix(
            guide, project, manifest, "3.0", edition_time(guide), epub=epub, formats=formats
        ),
        f"{slug}-metadata.txt": sheet_text(project, guide, pages).encode(),
        f"{slug}-metadata.html": sheet_html(project, guide, pages).encode(),
    }


def _asked(project: Project, printer: Printer, pages: int) -> tuple[Asked, Asked]:
    """What the printer asks of the interior and of the cover."""
    plan, slug = project.print, project.info.slug
    theme = find_theme(plan.theme, project.root)
    trim = (plan.trim_width_mm, plan.trim_height_mm)
    paper = printer.paper(plan.paper, plan.ink)
    assert paper is not None, "a cover was made for it"
    inside = Asked(
        name=f"{slug}-interior.pdf",
        printer=printer,
        trim_mm=trim,
        kind=kind_of(printer, plan),
        paper=paper,
        families=family_names(
            (face.family for face in theme.faces), dict.fromkeys(face.path for face in theme.faces)
        ),
    )
    outside = replace(
        inside,
        name=f"{slug}-cover.pdf",
        kind="rgb" if printer.file.cover_colour == "rgb" else "cmyk",
        wrap=wrap_for(project, printer, paper, pages),
        pages=pages,
        isbn=isbn13(project.info.isbn_print),
    )
    return inside, outside


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one, always in the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            facts = zipfile.ZipInfo(name, _ZIP_DATE)
            facts.compress_type = zipfile.ZIP_DEFLATED
            facts.external_attr = 0o644 << 16
            archive.writestr(facts, files[name])
    return out.getvalue()
