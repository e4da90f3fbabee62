"""Slugs: a film's name in files and links, the same on every machine and in every alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from book.model import Slug

YEARS = range(1870, 2101)
"""Years that a film can have: from before the first moving pictures to well beyond the announced ones."""

TITLE_LENGTH = 80  # a file name of a readable length, far below what any file system allows

# Letters that Unicode does not take apart into a plain letter and a mark, and signs read as words.
_LATIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "å": "a", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ħ": "h", "ı": "i",
    "ł": "l", "ŋ": "ng", "¢": "c", "&": " and ", "♥": " heart ", "@": " at ",
}  # fmt: skip

# Letter for letter, as a reader would type the name; not a scholarly transliteration.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m",
    "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ђ": "dj", "у": "u",
    "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_SPELT = str.maketrans(_LATIN | _CYRILLIC | _GREEK)

_INITIALS = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")


def slug_of(title: str, year: int, ident: str = "") -> Slug:
    """The slug of a film: words of the title, then the year.

    A title of which no letter or digit can be spelt in a to z (Chinese, Arabic, or only signs) becomes
    "film-IDENT-YEAR"; `ident` is any number that belongs to the film, and may be empty.
    """
    name = _cut(ascii_words(title)) or "-".join(word for word in ("film", ascii_words(ident)) if word)
    return Slug(f"{name}-{year}")


def ascii_words(text: str) -> str:
    """The words of a text in a to z and digits, joined by hyphens; empty when nothing can be spelt."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    letters = _INITIALS.sub(lambda found: found[0].replace(".", ""), _APOSTROPHES.sub("", letters))
    spelt = "".join(map(_spell, letters))
    return "-".join(re.findall(r"[a-z0-9]+", spelt))


def _spell(letter: str) -> str:
    """A letter without its marks; 8½ and Alien³ keep their numbers apart from what stands before."""
    shape = unicodedata.decomposition(letter)
    apart = " " if shape.startswith(("<fraction>", "<super>", "<sub>")) else ""
    plain = unicodedata.normalize("NFKD", letter)
    bare = "".join(part for part in plain if not unicodedata.combining(part))
    return apart + bare.replace("⁄", " ").translate(_SPELT)


def _cut(words: str) -> str:
    if len(words) <= TITLE_LENGTH:
        return words
    whole, hyphen, _ = words[: TITLE_LENGTH + 1].rpartition("-")
    return whole if hyphen else words[:TITLE_LENGTH]


def distinct(slug: Slug, taken: Container[str]) -> Slug:
    """The slug itself, or with -2, -3 … behind it: the first that is not taken."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = Slug(f"{slug}-{number}")
    return free
