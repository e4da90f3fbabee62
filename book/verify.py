"""Looks at finished files and proves what we promise: spoilers where they may be, all of them, and nowhere
else.

What a file holds is read by `verify_pdf` and `verify_epub`, with other libraries than those that wrote it.
Here it is compared with what the entries say. What cannot be read fails.
"""

from __future__ import annotations

import json
import os.path
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from book.cache import Cache
from book.ebook import file_stems
from book.findings import finding
from book.model import Finding, Guide, Manifest, PageFact, Pages, Place, Severity, Slug, Zone
from book.sentences import (
    Passage,
    Spoiler,
)
from book.verify_epub import open_epub
from book.verify_known import digests_of, known_of, recall, remember, rest_of
from book.verify_pages import Top, compare_pages, tops_of
from book.verify_pdf import open_pdf
from book.verify_promise import Promise, promise_of
from book.verify_seeking import leaks, lost
from book.verify_web import open_site
from book.workers import ALONE, Hands

SHOWN_OF_A_CODE = 20
"""How many findings of a code are told in full; a file that is wrong throughout is wrong in thousands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at one file came to. `sought` spoilers were looked for, `found` are in the file.

    A spoiler-free file (`mode` omit) is right when none is found; every other when all are.
    """

    file: str
    mode: str
    films: int
    sought: int
    found: int
    findings: tuple[Finding, ...]

    @property
    def kept(self) -> bool:
        """Whether the file keeps the promise."""
        return not any(found.severity is Severity.ERROR for found in self.findings)


def verify_files(
    guide: Guide,
    manifest: Manifest | None,
    files: Mapping[str, bytes],
    *,
    pdf_mode: str,
    epub_mode: str,
    cache: Cache | None = None,
    hands: Hands = ALONE,
) -> tuple[Verdict, ...]:
    """A verdict on every PDF and EPUB among the files, by name; `manifest` is that of the PDF.

    The modes are places as in `[spoilers]` of guide.toml. Long files are read by all `hands`.
    """
    promise = promise_of(guide, cache, hands)
    modes = {".pdf": pdf_mode, ".epub": epub_mode}
    looks = {
        name: look_at(promise, manifest, name, content, modes[suffix_of(name)])
        for name, content in files.items()
        if suffix_of(name) in modes
    }
    beside = any(suffix_of(name) == ".epub" for name in looks)
    tops = next((look.tops() for name, look in looks.items() if beside and suffix_of(name) == ".pdf"), {})
    return tuple(beside_the_pdf(look.verdict, files[name], tops) for name, look in looks.items())


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at one file came to; of a PDF, also how its numbered pages begin, by their labels."""

    verdict: Verdict
    tops: Callable[[], Mapping[str, Top]]


def look_at(promise: Promise, manifest: Manifest | None, name: str, content: bytes, mode: str) -> Look:
    """The verdict on one file, a PDF or an EPUB by its name, with what another may be held against."""
    passages, findings = _opened(promise, manifest, name, content, mode)

    def tops() -> Mapping[str, Top]:
        return tops_of(passages, manifest) if manifest and suffix_of(name) == ".pdf" else {}

    return Look(_judged(promise, name, mode, passages, findings), tops)


def verify_file(promise: Promise, manifest: Manifest | None, name: str, content: bytes, mode: str) -> Verdict:
    """The verdict on one file by itself."""
    return look_at(promise, manifest, name, content, mode).verdict


def verify_site(promise: Promise, name: str, files: Mapping[str, bytes], mode: str) -> Verdict:
    """The verdict on a site, given all its files by their names from its root.

    `mode` is omit, or any place that an e-book's spoilers may have.
    """
    stems = file_stems(film.slug for film in promise.guide.films)
    passages, findings = open_site(name, files, {stem: Slug(slug) for slug, stem in stems.items()}, mode)
    return _judged(promise, name, mode, passages, findings)


def beside_the_pdf(verdict: Verdict, content: bytes, tops: Mapping[str, Top]) -> Verdict:
    """The verdict on an EPUB with where it has the PDF's pages elsewhere; on any other file as it was."""
    if suffix_of(verdict.file) != ".epub" or not tops:
        return verdict
    wrong = _some(tuple(compare_pages(verdict.file, content, tops)), verdict.file)
    return replace(verdict, findings=(*verdict.findings, *wrong))


def _opened(
    promise: Promise, manifest: Manifest | None, name: str, content: bytes, mode: str
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """All words of a file, and what is wrong apart from them; no words where nothing can be proved."""
    match suffix_of(name):
        case ".pdf" if manifest is None:
            return (), (_no_map(name),)
        case ".pdf" if manifest is not None:
            strangers = {film.slug for film in promise.guide.films} ^ {film.slug for film in manifest.films}
            if strangers:
                return (), (_another_guide(name, strangers),)
            return open_pdf(name, content, manifest, mode, promise.cache, promise.hands)
        case ".epub":
            stems = file_stems(film.slug for film in promise.guide.films)
            films = {stem: Slug(slug) for slug, stem in stems.items()}
            return open_epub(name, content, films, mode, promise.cache, promise.hands)
    return (), (_no_book(name),)


def _judged(
    promise: Promise, name: str, mode: str, passages: Sequence[Passage], findings: tuple[Finding, ...]
) -> Verdict:
    sought = sum(spoiler.required for spoiler in promise.spoilers)
    unread = Verdict(name, mode, len(promise.guide.films), sought, 0, ())
    if not passages:
        return replace(unread, findings=findings)
    digests = digests_of(passages)
    now = known_of(passages, digests, promise.spoilers, promise.open)
    rest = rest_of(now, recall(promise.cache, name, mode), passages, digests)
    met = tuple(leaks(passages, promise.spoilers, promise.open, rest))
    told = list(dict.fromkeys(_leak(name, spoiler, passage) for spoiler, passage in met))
    if mode == "omit":
        found = len({spoiler for spoiler, _ in met if spoiler.required})
    else:
        missed = lost(passages, promise.spoilers, rest.parts)
        told += [_loss(name, spoiler) for spoiler in missed]
        found = sought - len(missed)
    if not (findings or told):
        remember(promise.cache, name, mode, now)
    return replace(unread, found=found, findings=_some((*findings, *told), name))


def suffix_of(name: str) -> str:
    """A file name's suffix in lower case, with its dot."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122  # a name, and perhaps of no file


# ---------------------------------------------------------------------------------------------- findings


def _leak(name: str, spoiler: Spoiler, passage: Passage) -> Finding:
    return finding(
        "F904",
        spoiler.place,
        f"“{_short(spoiler.text)}” gives {spoiler.title} away in {passage.where} of {name}.",
        "Only its spoiler part may say it. If you wrote it there yourself, say it another way.",
    )


def _loss(name: str, spoiler: Spoiler) -> Finding:
    return finding(
        "F905",
        spoiler.place,
        f"“{_short(spoiler.text)}” of {spoiler.title} is not found in its spoiler part in {name}.",
        "Build the book anew if the entry has changed since; if not, please report it.",
    )


def _no_map(name: str) -> Finding:
    return finding(
        "F902",
        Place(name),
        f"There is no manifest for {name}, so nobody knows which of its pages may hold spoilers.",
        "Keep the file that ends in .manifest.json beside the PDF, or build the book anew.",
    )


def _another_guide(name: str, strangers: Iterable[str]) -> Finding:
    named = sorted(strangers)
    more = f" and {len(named) - 3} others" if len(named) > 3 else ""
    return finding(
        "F903",
        Place(name),
        f"The guide and the manifest of {name} differ in their films: {', '.join(named[:3])}{more}.",
        "Build the book anew.",
    )


def _no_book(name: str) -> Finding:
    return finding("F901", Place(name), f"{name} is neither a PDF nor an EPUB.", "Name a finished book.")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _some(findings: Sequence[Finding], name: str) -> tuple[Finding, ...]:
    """The first findings of every code, and one that counts the others."""
    kept: list[Finding] = []
    seen: Counter[str] = Counter()
    for each in findings:
        seen[each.code] += 1
        if seen[each.code] <= SHOWN_OF_A_CODE:
            kept.append(each)
    kept += [
        finding(code, Place(name), f"{name} has {count - SHOWN_OF_A_CODE:,} more findings like these.")
        for code, count in seen.items()
        if count > SHOWN_OF_A_CODE
    ]
    return tuple(kept)


# ---------------------------------------------------------------------------------------------- manifest


def read_manifest(content: bytes) -> Manifest | None:
    """A manifest as it was written beside a PDF; None where it is not one."""
    try:
        told = json.loads(content)
        return Manifest(
            title=str(told["title"]),
            pages=tuple(
                PageFact(int(page["number"]), str(page["label"]), Zone(page["zone"]), page["film"])
                for page in told["pages"]
            ),
            films=tuple(
                Pages(Slug(film["slug"]), tuple(film["safe"]), film["warning"], tuple(film["spoilers"]))
                for film in told["films"]
            ),
            anchors={str(name): int(page) for name, page in told["anchors"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
