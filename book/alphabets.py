"""In what order each language has its letters, where that differs from a to z with accents passed over.

A row reads like a rule in a dictionary's preface: "z < å < ä = æ" says that å follows z as a letter of its
own, that ä follows å, and that æ is filed as if it were ä. What no row names is filed by its plain letter:
é as e in English, ä as a in German. The rules are those of Unicode's CLDR; a test holds them against ICU.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from book.languages import primary

AFTER = "\uf8ff"
"""Stands in a key behind a letter and says: the next letter of the alphabet. It sorts behind all letters."""

_NORDIC = ("z < æ = ä < ø = ö = ő < å = aa", "y = ü = ű")
_SOUTH_SLAVIC = ("c < č < ć", "d < dž < đ", "l < lj", "n < nj", "s < š", "z < ž")

RULES: Mapping[str, tuple[str, ...]] = {
    "az": ("c < ç", "e < ə", "g < ğ", "h < x < ı", "k < q", "o < ö", "s < ş", "u < ü", "z < w"),
    "be": ("е < ё", "и < і < й", "у < ў"),
    "bg": ("и < й",),
    "bs": _SOUTH_SLAVIC,
    "cs": ("c < č", "h < ch", "r < ř", "s < š", "z < ž"),
    "da": _NORDIC,
    "de-u-co-phonebk": ("ae = ä", "oe = ö", "ue = ü"),
    "eo": ("c < ĉ", "g < ĝ", "h < ĥ", "j < ĵ", "s < ŝ", "u < ŭ"),
    "es": ("n < ñ",),
    "es-u-co-trad": ("c < ch", "l < ll", "n < ñ"),
    "et": ("s < š < z < ž", "w < õ < ä < ö < ü"),
    "fi": ("z < å < ä = æ < ö = ø", "y = ü"),
    "gl": ("n < ñ",),
    "hr": _SOUTH_SLAVIC,
    "hu": (
        "c < cs", "d < dz < dzs", "g < gy", "l < ly", "n < ny", "o < ö = ő", "s < sz", "t < ty",
        "u < ü = ű", "z < zs",
    ),
    "is": (
        "a < á", "d < ð", "e < é", "i < í", "o < ó", "u < ú", "y < ý", "z < þ < æ = ä < ö = ø < å",
    ),
    "lt": ("c < č", "i = y", "s < š", "z < ž"),
    "lv": ("c < č", "g < ģ", "i = y", "k < ķ", "l < ļ", "n < ņ", "s < š", "z < ž"),
    "mk": ("д < ѓ", "з < ѕ", "и < ј", "л < љ", "н < њ", "т < ќ", "ч < џ"),
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
    "pl": ("a < ą", "c < ć", "e < ę", "l < ł", "n < ń", "o < ó", "s < ś", "z < ź < ż"),
    "ro": ("a < ă < â", "i < î", "s < ș = ş", "t < ț = ţ"),
    "ru": ("и < й",),
    "sh": _SOUTH_SLAVIC,
    "sk": ("a < ä", "c < č", "h < ch", "o < ô", "r < ř", "s < š", "z < ž"),
    "sl": ("c < č < ć", "d < đ", "s < š", "z < ž"),
    "sq": ("c < ç", "d < dh", "e < ë", "g < gj", "l < ll", "n < nj", "r < rr", "s < sh", "t < th", "x < xh",
           "z < zh"),
    "sr": ("д < ђ", "и < ј", "л < љ", "н < њ", "т < ћ", "ч < џ"),
    "sr-Latn": _SOUTH_SLAVIC,
    "sv": ("z < å < ä = æ < ö = ø = ő", "y = ü = ű"),
    "tr": ("c < ç", "g < ğ", "h < ı", "o < ö", "s < ş", "u < ü"),
    "uk": ("г < ґ", "е < є", "и < і < ї < й"),
}  # fmt: skip
"""By BCP 47 tag, or by its language alone; a language that is not here has no letters of its own."""

_DOTLESS = frozenset({"az", "tr"})

_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "CYRILLIC": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"),
    "GREEK": ("el",),
    "HEBREW": ("he", "yi"),
    "ARABIC": ("ar", "fa", "ps", "ug", "ur"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "THAI": ("th",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "BENGALI": ("as", "bn"),
}
_SCRIPT_OF = {language: script for script, languages in _SCRIPTS.items() for language in languages}


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language that are not filed by their plain letter.

    `keys` says how each is filed, `letters` which letter a key stands for; both in small letters.
    `script` is the first word of the Unicode names of the language's own letters.
    """

    language: str
    keys: Mapping[str, str]
    letters: Mapping[str, str]
    pattern: re.Pattern[str] | None
    script: str = "LATIN"

    def lowered(self, text: str) -> str:
        """The text in small letters, composed; Turkish knows an i with and one without a dot."""
        composed = unicodedata.normalize("NFC", text)
        if primary(self.language) in _DOTLESS:
            composed = composed.replace("I", "ı").replace("İ", "i")
        return unicodedata.normalize("NFC", composed.casefold())

    def spelt(self, text: str) -> str:
        """The text in small letters, each of the alphabet's own in its key."""
        lowered = self.lowered(text.replace(AFTER, " "))
        return self.pattern.sub(lambda found: self.keys[found[0]], lowered) if self.pattern else lowered

    def initial(self, key: str) -> str:
        """The letter that a key of this alphabet begins with, as a heading over its group."""
        first = key[:1] + re.match(f"{AFTER}*", key[1:])[0]  # type: ignore[index]
        letter = self.letters.get(first, key[:1])
        if letter == "i" and primary(self.language) in _DOTLESS:
            return "İ"
        return letter[:1].upper() + letter[1:]


@lru_cache(maxsize=64)
def alphabet_of(language: str) -> Alphabet:
    """The alphabet of a BCP 47 tag, one without letters of its own where none is known."""
    rules = RULES.get(language) or RULES.get(primary(language), ())
    keys: dict[str, str] = {}
    letters: dict[str, str] = {}
    for rule in rules:
        base, *later = rule.split(" < ")
        plain, *alike = base.split(" = ")
        keys |= dict.fromkeys(alike, plain)
        for number, letter in enumerate(later, 1):
            own, *alike = letter.split(" = ")
            key = plain + AFTER * number
            keys |= dict.fromkeys((own, *alike), key)
            letters[key] = own
    if primary(language) == "hu":  # a letter of two signs is doubled by its first: össze is ö-sz-sz-e
        keys |= {letter[0] + letter: keys[letter] * 2 for letter in tuple(keys) if len(letter) > 1}
    longest_first = sorted(keys, key=lambda letter: (-len(letter), letter))
    pattern = re.compile("|".join(map(re.escape, longest_first))) if keys else None
    script = "LATIN" if language.endswith("-Latn") else _SCRIPT_OF.get(primary(language), "LATIN")
    return Alphabet(language, keys, letters, pattern, script)
