"""Who plays whom, as a plot tells it: "Ben Sanderson, portrayed by Nicolas Cage" or "Ben (Nicolas Cage)".

Only what cannot be mistaken is taken: a wrong role in print is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from book.model import CastMember


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAYED_BY = re.compile(r"(?:\bwho\s+is\s+|\bis\s+)?\b(?P<verb>portrayed|played|voiced)\s+by\s+")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*\.?")
_NICKNAME = re.compile(r"[\"“‘'][^\W\d_]+[\"”’']")
_WITH_FULL_STOP = _words(
    "Dr. Mr. Mrs. Ms. Prof. Capt. Col. Gen. Lt. Sgt. Cpl. Maj. Rev. Fr. St. Jr. Sr. Det."
)
_PARTICLES = _words("de del della di da du la le van von der den ter bin ibn al of the")

# Capitals that a sentence gives its first word; none of these begins a name.
_OPENERS = _words("""
    A After All Along Also Although Among An And Another As At Because Before Both But By Despite During
    Each Eventually Finally First For From Has He Her Here His However If In Inside Instead Is It Its Just
    Later Like Meanwhile Most My Near Next No Not Now On Once One Only Or Other Our Outside Over She Since
    So Some Soon Still Suddenly That The Their Then There These They This Those Though Through To Together
    Two Under Unknown Unlike Until Upon Was When Where While Who With Within Without Years""")
# Before a name these speak of a place or a time, so that two names may stand together: "in London Jim".
_PLACES = _words("at between during in inside near on outside over since through")
# Before a name these describe the person: "American Jim", "Widowed Ann".
_DESCRIBES = _words("""
    African American Arab Argentine Australian Austrian Belgian Black Brazilian British Canadian Chinese
    Colombian Cuban Czech Danish Dutch Egyptian English European Finnish French German Greek Hungarian Indian
    Iranian Irish Israeli Italian Japanese Jewish Korean Mexican Native Norwegian Pakistani Polish Portuguese
    Romanian Russian Scottish Serbian Soviet Spanish Swedish Swiss Thai Turkish Ukrainian Vietnamese Welsh
    Aging Ambitious Aspiring Divorced Elderly Ex Former Married Old Orphaned Retired Rich Single Struggling
    Successful Teenage Wealthy White Widowed Young
""")


def cast_from(paragraphs: Iterable[str]) -> tuple[CastMember, ...]:
    """Everyone whom the paragraphs call "portrayed by", "played by" or "voiced by", in order, once.

    A role is empty where no name stands before: "his landlady, portrayed by Ann Other". Without a role
    "played by" is not trusted, for it may be a tune that is played.
    """
    cast: dict[str, CastMember] = {}
    for text in paragraphs:
        for found in _PLAYED_BY.finditer(text):
            actor = _name_after(text[found.end() :])
            role = _name_before(text[: found.start()])
            if actor and (role or found["verb"] == "portrayed") and not (actor in cast and cast[actor].role):
                cast[actor] = CastMember(actor, role)
    return tuple(cast.values())


def with_roles(cast: Sequence[CastMember], plot: str) -> tuple[CastMember, ...]:
    """The cast, with roles that are missing filled in from a plot that names actors in brackets.

    "Sourdough (William Orlamond)" gives William Orlamond a role if the plot has him in brackets once.
    """
    return tuple(
        member if member.role or " " not in member.name else replace(member, role=_told(member.name, plot))
        for member in cast
    )


def _told(actor: str, plot: str) -> str:
    around = plot.split(f"({actor})")
    return _name_before(around[0]) if len(around) == 2 and around[0][-1:].isspace() else ""


def _name_after(text: str) -> str:
    """The name of two words or more that the text begins with, or nothing."""
    words: list[str] = []
    for token in text[:80].split():
        open_end = token.rstrip(',;:!?)]"”')
        word = open_end if _is_name_word(open_end) else re.sub(r"['’]s?$", "", open_end.rstrip("."))
        if not (_is_name_word(word) or (words and word in _PARTICLES)):
            break
        words.append(word)
        if word != token:
            break
    while words and words[-1] in _PARTICLES:
        words.pop()
    return " ".join(words) if len(words) > 1 else ""


def _name_before(text: str) -> str:
    """The name that the text ends with, or nothing when it may be more or less than one name."""
    tokens = text[-160:].rsplit("\n", 1)[-1].rstrip(" ,(–—").split()
    words: list[str] = []
    left = ""
    for token in reversed(tokens):
        opened = token.lstrip('(“"‘—–')
        if (
            words
            and (token[-1] in ',;:!?)]”"’—–' or _ends_sentence(token))
            and not _NICKNAME.fullmatch(token)
        ):
            break
        if not (_is_name_word(opened) or _NICKNAME.fullmatch(token) or (words and token in _PARTICLES)):
            left = token
            break
        words.insert(0, token if _NICKNAME.fullmatch(token) else opened)
        if opened != token and not _NICKNAME.fullmatch(token):
            break
    return _one_name(words, left)


def _one_name(words: Sequence[str], left: str) -> str:
    named = list(words)
    opener = ""
    while named and (named[0] in _OPENERS or named[0] in _PARTICLES):
        opener = named.pop(0)
    before = (opener or left).casefold()
    doubtful = (
        not named
        or _NICKNAME.fullmatch(named[0]) is not None
        or (len(named) > 1 and (before in _PLACES or named[0].split("-")[0] in _DESCRIBES))
    )
    return "" if doubtful else " ".join(named)


def _is_name_word(word: str) -> bool:
    if word.endswith(".") and word not in _WITH_FULL_STOP and not re.fullmatch(r"(?:[^\W\d_]\.)+", word):
        return False
    return word[:1].isupper() and _NAME_WORD.fullmatch(word) is not None and not word.endswith(("'s", "’s"))


def _ends_sentence(token: str) -> bool:
    return token.endswith(".") and not _is_name_word(token)
