"""The text of an entry, taken apart at its headings: synopsis, safe sections, the fence, spoilers.

The text is read by blocks only, so a heading within a closed block of code is no heading. Wherever it is
doubtful whether the fence stands, it stands: what follows belongs to the spoilers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.findings import finding
from book.model import Finding, Kind, Place, Section

_WORDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SYNOPSIS: (
        "synopsis", "the synopsis", "summary", "premise", "the premise", "logline", "inhalt", "résumé",
        "synopse", "sinopsis", "sinossi", "sinopse", "あらすじ", "synopsis sans spoilers",
    ),
    Kind.MORE: (
        "more about", "more about the film", "about the film", "more", "mehr zum film",
        "mehr über den film", "à propos du film", "en savoir plus", "más sobre la película",
        "di più sul film", "mais sobre o filme", "作品情報",
    ),
    Kind.PLOT: (
        "plot", "the plot", "full plot", "the full plot", "plot summary", "plot synopsis", "full synopsis",
        "story", "the story", "the whole story", "full story", "handlung", "die handlung", "intrigue",
        "l'intrigue", "histoire", "l'histoire", "argumento", "trama", "la trama", "enredo",
        "ストーリー", "物語",
    ),
    Kind.ENDING: (
        "ending", "the ending", "ending explained", "the ending explained", "the end", "the end explained",
        "finale", "das ende", "ende", "das ende erklärt", "ende erklärt", "fin", "la fin",
        "la fin expliquée", "final", "el final", "final explicado", "el final explicado", "il finale",
        "finale spiegato", "il finale spiegato", "o final", "結末", "結末の解説",
    ),
    Kind.TIMELINE: (
        "timeline", "the timeline", "chronology", "zeitleiste", "zeittafel", "chronologie", "cronología",
        "línea de tiempo", "cronologia", "linha do tempo", "時系列", "年表",
    ),
    Kind.CHARACTERS: (
        "characters", "the characters", "figuren", "die figuren", "charaktere", "personnages",
        "les personnages", "personajes", "los personajes", "personaggi", "i personaggi", "personagens",
        "os personagens", "登場人物",
    ),
    Kind.SETTINGS: (
        "settings", "setting", "the setting", "the settings", "locations", "places", "schauplätze",
        "die schauplätze", "orte", "lieux", "les lieux", "décors", "escenarios", "lugares", "ambientazione",
        "ambientazioni", "luoghi", "cenários", "舞台",
    ),
    Kind.THEMES: (
        "themes", "the themes", "themes and symbols", "symbols", "themes and motifs", "themen",
        "themen und symbole", "thèmes", "les thèmes", "thèmes et symboles", "temas", "temas y símbolos",
        "temi", "temi e simboli", "temas e símbolos", "テーマ", "主題",
    ),
    Kind.POST_CREDITS: (
        "post credits", "post credits scene", "post credits scenes", "post credit", "post credit scene",
        "after the credits", "mid credits", "mid credits scene", "credits scene", "credits scenes",
        "nach dem abspann", "abspannszene", "scène post générique", "après le générique",
        "escena poscréditos", "poscréditos", "escenas poscréditos", "escena postcréditos",
        "dopo i titoli di coda", "scena dopo i titoli di coda", "cena pós créditos", "pós créditos",
        "エンドロール後",
    ),
}  # fmt: skip
_KINDS = {wording: kind for kind, wordings in _WORDINGS.items() for wording in wordings}

_TELLING = re.compile(r"\b(?:plot|endings?|twists?)\b")
# In a heading of any wording (Alternate endings, Plot holes) these do not promise a safe text.

_FENCES = frozenset({"spoiler", "spoilers", "ネタバレ"})
_A_SPOILER = re.compile(r"\bspoilers?\b|ネタバレ", re.IGNORECASE)
_NO_SPOILER = re.compile(
    r"\b(?:no|non|not|never|without|free of|sans|ohne|senza|sin|sem)\b.*spoiler"
    r"|spoiler\w*[- ]?(?:free|frei)\b|ネタバレ(?:なし|無し)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[ \t]*#{1,}[ \t]*(?:spoilers?|ネタバレ)\W*", re.IGNORECASE)
_ALONE = re.compile(
    r"[\s*_~=\-–—!\[(<>]*(?:spoilers?|ネタバレ)(?:\s+(?:ahead|below|follow|warning|alert))?[\s*_~=\-–—!\])<>:.#]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines of an entry, from 0 through the file, `end` excluded; together they leave no line out.

    `text_start` is where the lines of the body begin, behind a heading. A piece without a section is
    the fence, or blank.
    """

    start: int
    text_start: int
    end: int
    section: Section | None = None
    fence: bool = False
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an entry: its pieces in the order of the file, and what they make of a film."""

    pieces: tuple[Piece, ...]
    synopsis: Section
    safe: tuple[Section, ...]
    spoilers: tuple[Section, ...]
    fence_line: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading in lines from 0 through the file; `nested` in a list or a quotation."""

    start: int
    end: int
    level: int
    words: str
    nested: bool


@dataclass(frozen=True, slots=True)
class _Fence:
    """Where the spoilers begin: `start` is the fence's first line, `end` the first line below it."""

    start: int
    end: int
    doubt: str = ""  # what was found instead, in words


def read_body(lines: Sequence[str], start: int, file: str) -> Body:
    """The text from line `start` on (from 0); lines come without their ends."""
    findings: list[Finding] = []
    fence = _find_fence(lines, start)
    safe_end = fence.start if fence else len(lines)
    pieces = list(_pieces(lines, start, safe_end, False, file, findings))
    if fence:
        if fence.doubt:
            findings.append(_doubtful(fence, file))
        pieces.append(Piece(fence.start, fence.end, fence.end, fence=True, spoiler=True))
        pieces += _pieces(lines, fence.end, len(lines), True, file, findings)
    synopsis = _synopsis(pieces, start)
    return Body(
        pieces=tuple(pieces),
        synopsis=synopsis,
        safe=tuple(p.section for p in pieces if p.section and not p.spoiler and p.section is not synopsis),
        spoilers=tuple(p.section for p in pieces if p.section and p.spoiler),
        fence_line=fence.start + 1 if fence else None,
        findings=tuple(findings),
    )


def kind_of(heading: str, *, spoiler: bool = False) -> Kind:
    """What a heading's wording stands for; below the fence a synopsis tells everything, as a plot does."""
    words = unicodedata.normalize("NFKC", heading).replace("’", "'").casefold()
    words = re.sub(r"\([^)]*\)|[*_`]", "", words)
    words = " ".join(
        re.sub(r"[-–—&+/:.,!?]", lambda sign: " and " if sign[0] in "&+" else " ", words).split()
    )
    kind = _KINDS.get(words, Kind.OTHER)
    if kind is Kind.OTHER and (telling := _TELLING.search(words)):
        kind = Kind.PLOT if telling.group() == "plot" else Kind.ENDING
    return Kind.PLOT if spoiler and kind is Kind.SYNOPSIS else kind


# ------------------------------------------------------------------------------------- sections


def _pieces(
    lines: Sequence[str], start: int, end: int, spoiler: bool, file: str, findings: list[Finding]
) -> Iterator[Piece]:
    """One side of the fence: the text before its first heading, then a section for every ## heading."""
    tokens = _blocks(lines[start:end], start, file, findings)
    heads = [head for head in _headings(tokens) if head.level <= 2 and not head.nested]
    first = heads[0].start if heads else end
    if first > start:
        kind = Kind.PLOT if spoiler else Kind.SYNOPSIS
        yield Piece(start, start, first, _section(lines, start, first, kind), spoiler=spoiler)
    starts = [head.start for head in heads]
    for head, until in zip(heads, [*starts[1:], end], strict=False):
        if spoiler and _is_fence(head.words):
            hint = "Take it out; everything here is below the fence already."
            message = "The heading Spoilers stands here once more."
            findings.append(finding("F012", Place(file, head.start + 1), message, hint))
        elif head.level == 1:
            hint = f"Give it two marks: ## {head.words}"
            message = f"The heading {head.words or '#'} has one mark, which only the fence # Spoilers has."
            findings.append(finding("F010", Place(file, head.start + 1), message, hint))
        kind = kind_of(head.words, spoiler=spoiler)
        section = _section(lines, head.end, until, kind, head)
        yield Piece(head.start, head.end, until, section, spoiler=spoiler)


def _section(
    lines: Sequence[str], start: int, end: int, kind: Kind, head: _Heading | None = None
) -> Section | None:
    """The section with its body in these lines; None for blank lines without a heading."""
    first = next((number for number in range(start, end) if lines[number].strip()), None)
    if first is None:
        return Section(kind, head.words, "", head.start + 1, start + 1) if head else None
    last = next(number for number in reversed(range(first, end)) if lines[number].strip())
    body = "\n".join(lines[first : last + 1])
    return Section(kind, head.words if head else "", body, (head.start if head else first) + 1, first + 1)


def _synopsis(pieces: Iterable[Piece], start: int) -> Section:
    """The text above the first heading, or the first section that calls itself a synopsis."""
    synopses = [
        piece.section
        for piece in pieces
        if piece.section and not piece.spoiler and piece.section.kind is Kind.SYNOPSIS
    ]
    return synopses[0] if synopses else Section(Kind.SYNOPSIS, "", "", start + 1, start + 1)


# ------------------------------------------------------------------------------------ the fence


def _find_fence(lines: Sequence[str], start: int) -> _Fence | None:
    if not any(_A_SPOILER.search(line) for line in lines[start:]):
        return None
    tokens = _blocks(lines[start:], start, "", [])
    heads = {head.start: head for head in _headings(tokens)}
    for token in tokens:
        if token.map is None:
            continue
        if token.type == "heading_open":
            fence = _fence_in_heading(heads[token.map[0]])
        elif token.type in {"inline", "code_block"} and token.map[0] not in heads:
            fence = _fence_in_text(token, lines)
        else:
            continue
        if fence:
            return fence
    return None


def _fence_in_heading(head: _Heading) -> _Fence | None:
    if _is_fence(head.words):
        if head.nested:
            return _Fence(head.start, head.end, "stands in a list or a quotation")
        return _Fence(
            head.start, head.end, "" if head.level == 1 else f"has {head.level} marks and wants one"
        )
    if _A_SPOILER.search(head.words) and not _NO_SPOILER.search(head.words):
        return _Fence(head.start, head.start, f"is only part of a heading: {head.words}")
    return None


def _fence_in_text(token: Token, lines: Sequence[str]) -> _Fence | None:
    """A line that somebody may have meant as the fence: #Spoilers without a space, or the word alone."""
    first, end = token.map or (0, 0)
    for number in range(first, end):
        if _MARKED.fullmatch(lines[number]):
            return _Fence(number, number + 1, "is indented or lacks the space after #")
    if token.type == "inline" and end - first == 1 and _ALONE.fullmatch(token.content):
        return _Fence(first, end, "is no heading")
    return None


def _is_fence(words: str) -> bool:
    return re.sub(r"[\W_]+", "", words).casefold() in _FENCES


def _doubtful(fence: _Fence, file: str) -> Finding:
    return finding(
        "F011",
        Place(file, fence.start + 1),
        f"The word Spoilers {fence.doubt}. All below this line is treated as a spoiler.",
        "Write the fence on a line of its own: # Spoilers",
    )


# ------------------------------------------------------------------------------------- blocks


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Without HTML blocks: a stray <!-- must not hide the fence.
    return MarkdownIt("commonmark", {"html": False})


def _blocks(lines: Sequence[str], offset: int, file: str, findings: list[Finding]) -> list[Token]:
    """The blocks of these lines, with the file's line numbers from 0.

    A block of code that is never closed would swallow all headings below it. It counts as text.
    """
    tokens: list[Token] = []
    start = 0
    for _ in range(9):  # enough for a writer; and the time stays in proportion to the text
        part: list[Token] = []
        text = "\n".join(lines[start:]).replace("\x00", "\ufffd")
        _parser().block.parse(text, _parser(), {}, part)
        for token in part:
            if token.map:
                token.map = [token.map[0] + start + offset, token.map[1] + start + offset]
        cut = next((i for i, token in enumerate(part) if _is_unclosed(token, lines, offset)), None)
        tokens += part[:cut]
        if cut is None:
            break
        opening = (part[cut].map or [0])[0]
        if file:
            message = "A block of code begins here and has no end."
            hint = f"Close it with {part[cut].markup}, or take the marks out."
            findings.append(finding("F013", Place(file, opening + 1), message, hint))
        start = opening + 1 - offset
    return tokens


def _is_unclosed(token: Token, lines: Sequence[str], offset: int) -> bool:
    if token.type != "fence" or token.map is None:
        return False
    last = lines[token.map[1] - 1 - offset].strip(" \t>")
    closed = len(last) >= len(token.markup) and not last.strip(token.markup[0])
    return not closed or token.map[1] - token.map[0] < 2


def _headings(tokens: Sequence[Token]) -> Iterator[_Heading]:
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            words = " ".join(tokens[i + 1].content.split())
            yield _Heading(token.map[0], token.map[1], int(token.tag[1]), words, token.level > 0)
