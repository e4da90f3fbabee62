"""Looks at finished files and proves what we promise: spoilers where they may be, all of them, and nowhere
else.

What a file holds is read by `verify_pdf` and `verify_epub`, with other libraries than those that wrote it.
Here it is compared with what the entries say. What cannot be read fails.
"""

from __future__ import annotations

import json
import os.path
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from book.cache import Cache
from book.ebook import file_stems
from book.findings import finding
from book.model import Finding, Guide, Manifest, PageFact, Pages, Place, Severity, Slug, Zone
from book.sentences import (
    LONG_LETTERS,
    OpenWords,
    Passage,
    Reach,
    Spoiler,
    has_unspaced,
    open_words,
    spoilers_of,
)
from book.verify_epub import open_epub
from book.verify_pages import Top, compare_pages, tops_of
from book.verify_pdf import open_pdf

SHOWN_OF_A_CODE = 20
"""How many findings of a code are told in full; a file that is wrong throughout is wrong in thousands."""

_EDGE = 80  # letters of heads and folios between a page break and the text on either side of it
_BROKEN_REST = 12  # letters beyond a page break where a note stands between: fewer are on any page


@dataclass(frozen=True, slots=True)
class Promise:
    """What a guide's files are held to: its spoilers, and what is open to everybody.

    With a cache, pages that stood in the last PDF are not read again.
    """

    guide: Guide
    spoilers: tuple[Spoiler, ...]
    open: OpenWords
    cache: Cache | None = None


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


def promise_of(guide: Guide, cache: Cache | None = None) -> Promise:
    """The guide taken apart once, for any number of files."""
    told = tuple(spoiler for film in guide.films for spoiler in spoilers_of(film))
    return Promise(guide, told, open_words(guide), cache)


def verify_files(
    guide: Guide,
    manifest: Manifest | None,
    files: Mapping[str, bytes],
    *,
    pdf_mode: str,
    epub_mode: str,
    cache: Cache | None = None,
) -> tuple[Verdict, ...]:
    """A verdict on every PDF and EPUB among the files, by name; `manifest` is that of the PDF.

    The modes are places as in `[spoilers]` of guide.toml.
    """
    promise = promise_of(guide, cache)
    modes = {".pdf": pdf_mode, ".epub": epub_mode}
    looks = {
        name: look_at(promise, manifest, name, content, modes[suffix_of(name)])
        for name, content in files.items()
        if suffix_of(name) in modes
    }
    tops = next((look.tops for name, look in looks.items() if suffix_of(name) == ".pdf"), {})
    return tuple(beside_the_pdf(look.verdict, files[name], tops) for name, look in looks.items())


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at one file came to; of a PDF, also how its numbered pages begin, by their labels."""

    verdict: Verdict
    tops: Mapping[str, Top]


def look_at(promise: Promise, manifest: Manifest | None, name: str, content: bytes, mode: str) -> Look:
    """The verdict on one file, a PDF or an EPUB by its name, with what another may be held against."""
    passages, findings = _opened(promise, manifest, name, content, mode)
    tops = tops_of(passages, manifest) if manifest and suffix_of(name) == ".pdf" else {}
    return Look(_judged(promise, name, mode, passages, findings), tops)


def verify_file(promise: Promise, manifest: Manifest | None, name: str, content: bytes, mode: str) -> Verdict:
    """The verdict on one file by itself."""
    return look_at(promise, manifest, name, content, mode).verdict


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
            return open_pdf(name, content, manifest, mode, promise.cache)
        case ".epub":
            stems = file_stems(film.slug for film in promise.guide.films)
            return open_epub(name, content, {stem: Slug(slug) for slug, stem in stems.items()}, mode)
    return (), (_no_book(name),)


def _judged(
    promise: Promise, name: str, mode: str, passages: Sequence[Passage], findings: tuple[Finding, ...]
) -> Verdict:
    sought = sum(spoiler.required for spoiler in promise.spoilers)
    unread = Verdict(name, mode, len(promise.guide.films), sought, 0, ())
    if not passages:
        return replace(unread, findings=findings)
    leaks = tuple(_leaks(passages, promise))
    told = [_leak(name, spoiler, passage) for spoiler, passage in leaks]
    if mode == "omit":
        met = len({spoiler for spoiler, _ in leaks if spoiler.required})
        return replace(unread, found=met, findings=_some((*findings, *told), name))
    lost = _lost(passages, promise)
    told += [_loss(name, spoiler) for spoiler in lost]
    return replace(unread, found=sought - len(lost), findings=_some((*findings, *told), name))


def suffix_of(name: str) -> str:
    """A file name's suffix in lower case, with its dot."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122  # a name, and perhaps of no file


# ------------------------------------------------------------------------------------- where it may not be


def _leaks(passages: Sequence[Passage], promise: Promise) -> Iterator[tuple[Spoiler, Passage]]:
    """Every spoiler in a passage that all readers meet, unless the writer said it there openly."""
    by_key: dict[str, list[Spoiler]] = defaultdict(list)
    by_word: dict[str, list[Spoiler]] = defaultdict(list)
    by_film: dict[Slug, list[Spoiler]] = defaultdict(list)
    unspaced: list[Spoiler] = []
    for spoiler in promise.spoilers:
        if spoiler.reach is Reach.LETTERS:
            # Both ends: of a sentence that a page break cuts, one is whole.
            by_key[spoiler.letters[:LONG_LETTERS]].append(spoiler)
            by_key[spoiler.letters[-LONG_LETTERS:]].append(spoiler)
        elif spoiler.reach is Reach.FILM:
            by_film[spoiler.film].append(spoiler)
        elif spoiler.spaced:
            by_word[spoiler.words.partition(" ")[0]].append(spoiler)
        else:
            unspaced.append(spoiler)
    for place, passage in enumerate(passages):
        if passage.hidden or passage.words in promise.open.names:
            continue
        met = list(_long_in(passages, place, by_key))
        met += [spoiler for spoiler in _short_in(passage, by_word) if passage.says(spoiler)]
        if has_unspaced(passage.words):
            met += [spoiler for spoiler in unspaced if passage.says(spoiler)]
        if passage.film is not None:
            own = by_film.get(passage.film, ())
            met += [spoiler for spoiler in own if not _mere_word(passage, spoiler) and passage.says(spoiler)]
        for spoiler in dict.fromkeys(met):
            if not promise.open.hold(spoiler, passage.film):
                yield spoiler, passage


def _long_in(
    passages: Sequence[Passage], place: int, by_key: Mapping[str, Sequence[Spoiler]]
) -> Iterator[Spoiler]:
    """The long sentences of a passage, and those that run on from it or into it over a page break."""
    letters, size = passages[place].letters, LONG_LETTERS
    hits = [at for at in range(len(letters) - size + 1) if letters[at : at + size] in by_key]
    for at in hits:
        for spoiler in by_key[letters[at : at + size]]:
            sought = spoiler.letters
            if sought in letters or (passages[place].body and _broken(passages, place, at, sought)):
                yield spoiler


def _broken(passages: Sequence[Passage], place: int, at: int, sought: str) -> bool:
    """Whether a sentence that begins or ends at a key goes on, or began, on the neighbouring page."""
    letters, key = passages[place].letters, at + LONG_LETTERS
    onward = sought.startswith(letters[at:key])
    beyond = place + 1 if onward else place - 1
    if not 0 <= beyond < len(passages) or not passages[beyond].body or sought in passages[beyond].letters:
        return False  # a neighbour that has the sentence whole does not need our half of it
    there = passages[beyond].letters
    if onward:
        alike = _alike(sought, letters[at : at + len(sought)])
        rest, left = sought[alike:], len(letters) - at - alike
        near = there[: len(rest) + _EDGE]
    else:
        alike = _alike(sought[::-1], letters[max(key - len(sought), 0) : key][::-1])
        rest, left = sought[: len(sought) - alike], key - alike
        near = there[-(len(rest) + _EDGE) :]
    return (left <= _EDGE and rest in near) or (len(rest) >= _BROKEN_REST and rest in there)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short_in(passage: Passage, by_word: Mapping[str, Sequence[Spoiler]]) -> Iterator[Spoiler]:
    """The short spoilers whose first word stands in the passage."""
    for word in by_word.keys() & set(passage.words.split()):
        yield from (spoiler for spoiler in by_word[word] if not _mere_word(passage, spoiler))


def _mere_word(passage: Passage, spoiler: Spoiler) -> bool:
    """Whether this would be a single word in an address, which proves nothing."""
    return passage.coded and " " not in spoiler.words


# ----------------------------------------------------------------------------------------- where it must be


def _lost(passages: Sequence[Passage], promise: Promise) -> list[Spoiler]:
    """The spoilers that their film's spoiler part does not show."""
    parts: dict[Slug, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.body and passage.hidden and passage.film is not None:
            parts[passage.film].append(passage.letters)
    drawn = set().union(*(set(passage.letters) for passage in passages))

    def stands(spoiler: Spoiler) -> bool:
        letters, pages = spoiler.letters, parts[spoiler.film]
        if _stands(letters, pages):
            return True
        # A letter that no face can draw stands nowhere in the file. F701 has said so.
        left = "".join(sign for sign in letters if sign in drawn)
        return len(letters) // 2 <= len(left) < len(letters) and _stands(left, pages)

    return [spoiler for spoiler in promise.spoilers if spoiler.required and not stands(spoiler)]


def _stands(letters: str, pages: Sequence[str]) -> bool:
    """Whether pages that follow each other show the letters, over page breaks if need be."""
    if any(letters in page for page in pages):
        return True
    for place, page in enumerate(pages[:-1]):
        least, most = 0, len(letters)
        while least < most:  # the longest beginning that the page shows
            middle = (least + most + 1) // 2
            least, most = (middle, most) if letters[:middle] in page else (least, middle - 1)
        # What follows on the page, a folio for instance, may chance to begin like the rest.
        for cut in range(least, max(least - 4, 0), -1):
            if _stands(letters[cut:], pages[place + 1 : place + 2]):
                return True
        if least and len(pages) > place + 2 and _stands(letters[least:], pages[place + 1 :]):
            return True
    return False


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
