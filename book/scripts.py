"""What a title in another script reads like in Latin letters, or in kana.

A reading by machine is a guess: it finds a film its place, and a writer who knows better says so with
`sort_title` or `aka`. Scripts that leave out vowels (Arabic, Hebrew, those of India) are not attempted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from book.languages import primary

_READABLE = frozenset({"CYRILLIC", "GREEK", "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "ARMENIAN", "GEORGIAN"})
_KANA = re.compile(r"[\u3041-\u30ff]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
_SPOKEN_OTHERWISE = {"は": "wa", "へ": "e", "を": "o"}
_PARTICLES = frozenset({*"のはがをにへとでもやかねよ", "から", "まで", "より"})
_ROMAJI = re.compile(r"(?:(?:kk|ss|tt|pp|tch|[kgnhbmpr]y|ch|sh|ts|[kgsztdnhbpmyrwjf])?[aeiou]|n)+")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


def script_of(text: str) -> str:
    """The script of a text's first letter, as Unicode calls it: LATIN, CYRILLIC, CJK; a digit is Latin.

    Empty where nothing in the text is a letter or a digit.
    """
    first = next((sign for sign in text if sign.isalnum()), "")
    if not first:
        return ""
    return "LATIN" if first.isdigit() else unicodedata.name(first, "").split(" ")[0].split("-")[0]


def romanised(text: str, language: str) -> str:
    """The text in Latin letters; empty where it has them already, or where its script cannot be read so.

    `language` is what the text is in, for Chinese and Japanese share their signs.
    """
    if script_of(text) not in _READABLE:
        return ""
    if primary(language) == "ja" or _KANA.search(text):
        return _capital(_japanese(text))
    if any(unicodedata.name(sign, "").startswith("CJK UNIFIED") for sign in text):
        return _capital(" ".join(pinyin(text).split()))
    from anyascii import anyascii

    if any(unicodedata.name(sign, "").startswith("HANGUL") for sign in text):
        words = anyascii(unicodedata.normalize("NFC", text)).split()
        return _capital(" ".join(word.lower() for word in words))
    return _capital(re.sub(r"(?<=[a-z])['`]", "", anyascii(unicodedata.normalize("NFC", text))))


def is_romaji(text: str) -> bool:
    """Whether the words are Japanese in Latin letters, to look at: every syllable is one of theirs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in letters if sign.isalpha() and not unicodedata.combining(sign))
    return _ROMAJI.fullmatch(plain) is not None


def pinyin(text: str) -> str:
    """The text with every Chinese sign as its syllable, without tones; all else stays."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text))


def kana(text: str) -> str:
    """The text as it is read aloud in Japanese, in full-sized hiragana; what is not Japanese stays."""
    if not re.search(r"[\u3041-\u30ff\u3400-\u9fff]", text):
        return text
    read = "".join(str(word["hira"]) for word in _kakasi().convert(text))
    return unicodedata.normalize("NFC", read).replace("ー", "").translate(_SMALL)


def _japanese(text: str) -> str:
    words: list[str] = []
    previous = ""
    for word in _kakasi().convert(text):
        written, read = str(word["orig"]), str(word["hepburn"])
        if written in _SPOKEN_OTHERWISE:
            read = _SPOKEN_OTHERWISE[written]
        ending = _HIRAGANA.fullmatch(written) and written not in _PARTICLES
        if ending and words and previous.isalnum() and previous not in _PARTICLES:
            words[-1] += read
        elif any(sign.isalnum() for sign in read):
            words.append(read.strip())
        previous = written
    # Long vowels without their mark, as film books print them: Tokyo monogatari.
    return re.sub(r"(?<=o)[ou]|(?<=u)u", "", " ".join(words)).replace("  ", " ")


@lru_cache(maxsize=1)
def _kakasi() -> Any:
    import pykakasi

    return pykakasi.kakasi()  # type: ignore[no-untyped-call]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
