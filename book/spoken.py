"""Numbers in the words that they are spoken in: 12 Angry Men is filed as Twelve Angry Men."""

from __future__ import annotations

import re

from book.languages import primary

_NUMBER = re.compile(
    r"(?<!\w)(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<nth>st|nd|rd|th)?(?P<half>½)?(?![^\W_½])",
    re.IGNORECASE,
)
_HALVES = {
    "da": " og en halv", "de": "einhalb", "en": " and a half", "es": " y medio", "fr": " et demi",
    "it": " e mezzo", "nb": " og en halv", "nl": "eneenhalf", "pt": " e meio", "sv": " och en halv",
}  # fmt: skip
_YEARS = range(1100, 2100)  # four figures that are read in pairs, as long as no comma parts them
_LONGEST = 15  # figures; nobody speaks a number longer than that


def spoken(text: str, language: str) -> str:
    """The text with its numbers in the words of a language; as it is where nobody knows these words."""
    if not any(sign.isdigit() for sign in text):
        return text
    return _NUMBER.sub(lambda found: _words(found, primary(language)), text)


def _words(found: re.Match[str], language: str) -> str:
    from num2words import num2words

    digits = found["whole"].replace(",", "")
    if len(digits) > _LONGEST:
        return found[0]
    number = int(digits)
    plain_year = len(digits) == 4 and "," not in found["whole"] and number in _YEARS
    kind = "ordinal" if found["nth"] else "year" if plain_year and not found["half"] else "cardinal"
    for each in (kind, "cardinal"):
        try:
            said = str(num2words(number, lang={"nb": "no", "nn": "no"}.get(language, language), to=each))
        except NotImplementedError:  # the language, or years or ordinals in it
            continue
        return said + (_HALVES.get(language, " ½") if found["half"] else "")
    return found[0]
