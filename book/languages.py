"""Languages and countries as writers and film databases name them -> BCP 47 tags, ISO 3166 codes.

A foundation. What is read are English names; the tables below hold those where film people and the
standards disagree, and the names met most, so that the large registers are opened only for the rest.
What is printed are names in the language of the guide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from book.words import marked

if TYPE_CHECKING:
    from book.words import Words

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")

_LANGUAGES = {
    "aboriginal": "aus", "afrikaans": "af", "aramaic": "arc", "american sign language": "ase", "arabic": "ar",
    "assyrian neo-aramaic": "aii", "azerbaijani": "az", "bengali": "bn", "bosnian": "bs",
    "brazilian sign language": "bzs", "british sign language": "bfi", "bulgarian": "bg", "cantonese": "yue",
    "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "estonian": "et", "farsi": "fa", "filipino": "fil", "finnish": "fi", "flemish": "nl-BE",
    "french": "fr", "french sign language": "fsl", "gaelic": "gd", "gallegan": "gl", "georgian": "ka",
    "german": "de", "german sign language": "gsg", "greek": "el", "greenlandic": "kl", "gujarati": "gu",
    "hebrew": "he", "hindi": "hi", "hokkien": "nan", "hungarian": "hu", "ibo": "ig", "icelandic": "is",
    "indonesian": "id", "irish": "ga", "irish gaelic": "ga", "italian": "it", "japanese": "ja",
    "japanese sign language": "jsl", "kannada": "kn", "khmer": "km", "klingon": "tlh", "korean": "ko",
    "kriolu": "kea", "kurdish": "ku", "kyrgyz": "ky", "latin": "la", "latvian": "lv", "lithuanian": "lt",
    "macedonian": "mk", "malay": "ms", "malayalam": "ml", "mandarin": "cmn", "mandarin chinese": "cmn",
    "maori": "mi", "marathi": "mr", "maya": "myn", "middle english": "enm", "min nan": "nan",
    "nahuatl": "nah", "nepali": "ne", "no dialogue": "zxx", "no language": "zxx", "none": "zxx",
    "north american indian": "nai", "norwegian": "no", "nyanja": "ny", "occitan": "oc", "old english": "ang",
    "panjabi": "pa", "pashto": "ps", "persian": "fa", "polish": "pl", "polynesian": "map",
    "portuguese": "pt", "brazilian portuguese": "pt-BR", "punjabi": "pa", "pushto": "ps", "romanian": "ro",
    "romany": "rom", "russian": "ru", "ryukyuan": "ryu", "saami": "smi", "sami": "smi",
    "scottish gaelic": "gd", "serbian": "sr", "serbo-croatian": "sh", "shanghainese": "wuu",
    "sign language": "sgn", "sign languages": "sgn", "silent": "zxx", "sinhalese": "si", "sioux": "dak",
    "slovak": "sk", "slovene": "sl", "slovenian": "sl", "southern sotho": "st", "spanish": "es",
    "swahili": "sw", "swedish": "sv", "swiss german": "gsw", "tagalog": "tl", "tamil": "ta", "telugu": "te",
    "thai": "th", "tibetan": "bo", "tok pisin": "tpi", "tongan": "to", "turkish": "tr", "ukrainian": "uk",
    "urdu": "ur", "uyghur": "ug", "valencian": "ca-valencia", "vietnamese": "vi", "welsh": "cy",
    "yiddish": "yi",
}  # fmt: skip

# ISO 3166-3 keeps the codes of countries that are no more: SU, YU, DD, CS. A film of West Germany is DE,
# for that state kept its code. CS was Czechoslovakia's before it was, for three years, Serbia and
# Montenegro's; that one stays with Yugoslavia, as in most film databases.
_COUNTRIES = {
    "america": "US", "argentina": "AR", "australia": "AU", "austria": "AT", "belgium": "BE", "bolivia": "BO",
    "bosnia": "BA", "brazil": "BR", "britain": "GB", "bulgaria": "BG", "burma": "MM", "canada": "CA",
    "cape verde": "CV", "ceylon": "LK", "chile": "CL", "china": "CN", "congo": "CG",
    "croatia": "HR", "cuba": "CU",
    "czech republic": "CZ", "czechia": "CZ", "czechoslovakia": "CS", "denmark": "DK", "east germany": "DD",
    "east timor": "TL", "egypt": "EG", "england": "GB", "federal republic of yugoslavia": "YU",
    "finland": "FI", "france": "FR", "gdr": "DD", "german democratic republic": "DD", "germany": "DE",
    "great britain": "GB", "greece": "GR", "holland": "NL", "hong kong": "HK", "hungary": "HU",
    "iceland": "IS", "india": "IN", "iran": "IR", "ireland": "IE", "israel": "IL", "italy": "IT",
    "ivory coast": "CI", "japan": "JP", "korea": "KR", "kosovo": "XK", "kyrgyz republic": "KG",
    "laos": "LA", "libyan arab jamahiriya": "LY", "macao": "MO", "macau": "MO", "macedonia": "MK",
    "mexico": "MX", "moldova": "MD", "netherlands": "NL", "new zealand": "NZ", "north korea": "KP",
    "northern ireland": "GB", "norway": "NO", "palestine": "PS", "persia": "IR", "poland": "PL",
    "portugal": "PT", "republic of macedonia": "MK", "romania": "RO", "russia": "RU", "scotland": "GB",
    "serbia and montenegro": "YU", "south africa": "ZA", "south korea": "KR", "soviet union": "SU",
    "spain": "ES", "swaziland": "SZ", "sweden": "SE", "switzerland": "CH", "syria": "SY", "taiwan": "TW",
    "tanzania": "TZ", "the netherlands": "NL", "turkey": "TR", "u.k.": "GB", "u.s.": "US", "u.s.a.": "US",
    "u.s.s.r.": "SU", "uk": "GB", "united kingdom": "GB", "united states": "US",
    "united states of america": "US", "usa": "US", "ussr": "SU", "vatican": "VA", "venezuela": "VE",
    "vietnam": "VN", "wales": "GB", "west germany": "DE", "xc": "CS", "xg": "DD", "yugoslavia": "YU",
    "zaire": "ZR",
}  # fmt: skip


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language given as a tag or by its English name; None when nobody knows it.

    A tag comes back in its usual spelling (pt_br -> pt-BR), and the shorter one where ISO 639 has two.
    """
    name = " ".join(text.split()).casefold()
    if name in _LANGUAGES:
        return _LANGUAGES[name]
    if len(name) < 4:  # too short for a name that is not in the table
        return _tag(name)
    return _named_language(name) or (_tag(name) if _TAG.fullmatch(name) else None)


@lru_cache(maxsize=1024)
def country_code(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country given as a code or by its English name; None if unknown.

    Countries that are no more have the codes of ISO 3166-3 (SU, YU, DD, CS).
    """
    name = " ".join(text.split()).casefold()
    if name in _COUNTRIES:
        return _COUNTRIES[name]
    code = name.upper()
    if code in _COUNTRIES.values():
        return code
    return _listed_country(name, code)


def _tag(text: str) -> str | None:
    import langcodes

    if text == "sh":  # withdrawn, yet what the films of Yugoslavia are in
        return text
    if not _TAG.fullmatch(text) or not langcodes.tag_is_valid(text):
        return None
    return langcodes.standardize_tag(text)


def _named_language(name: str) -> str | None:
    return _language_names().get(name)


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """English names of ISO 639 -> tags; a name that several share goes to the one with two letters."""
    import pycountry

    names: dict[str, str] = {}
    for language in sorted(pycountry.languages, key=lambda each: not hasattr(each, "alpha_2")):
        tag = str(getattr(language, "alpha_2", language.alpha_3))
        for kind in ("name", "common_name", "inverted_name"):
            full = str(getattr(language, kind, "")).casefold()
            for name in (full, re.sub(r"\s*\([^)]*\)", "", full)):
                names.setdefault(name, tag)
    return names


def _listed_country(name: str, code: str) -> str | None:
    import pycountry

    for register in (pycountry.countries, pycountry.historic_countries):
        for country in register:
            codes = {getattr(country, "alpha_2", None), getattr(country, "alpha_3", None)}
            kinds = ("name", "common_name", "official_name")
            if code in codes or name in {str(getattr(country, kind, "")).casefold() for kind in kinds}:
                return str(country.alpha_2)
    return None


def language_or_as_typed(text: str) -> str:
    """The language's tag, or the text itself where nobody knows it."""
    return language_tag(text) or text.strip()


def country_or_as_typed(text: str) -> str:
    """The country's code, or the text itself where nobody knows it."""
    return country_code(text) or text.strip()


# ------------------------------------------------------------------------------- back to names


@lru_cache(maxsize=1024)
def country_name(code: str, words: Words | None = None) -> str:
    """The name of an ISO 3166-1 alpha-2 code in everyday words; anything else stays as it is.

    In the language of the guide's `words`; in English without them.
    """
    if words is not None:
        ours = _COUNTRIES_OF_OURS.get(code, "")
        if words.know(ours):
            return words.gettext(ours)
        if primary(words.language) != "en" and code in words.locale.territories:
            return _without_bracket(words.locale.territories[code])
    if code in _COUNTRIES_OF_OURS or code in _EVERYDAY_COUNTRIES:
        return _COUNTRIES_OF_OURS.get(code) or _EVERYDAY_COUNTRIES[code]
    import pycountry

    found = pycountry.countries.get(alpha_2=code) or pycountry.historic_countries.get(alpha_2=code)
    return _without_bracket(getattr(found, "common_name", found.name)) if found else code


@lru_cache(maxsize=1024)
def language_name(tag: str, words: Words | None = None) -> str:
    """The name of a BCP 47 tag's language; anything else stays as it is.

    In the language of the guide's `words`; in English without them.
    """
    language = primary(tag)
    if words is not None:
        ours = _LANGUAGES_OF_OURS.get(language, "")
        if words.know(ours):
            return words.gettext(ours)
        if primary(words.language) != "en" and language in words.locale.languages:
            return _without_bracket(words.locale.languages[language])
    if language in _LANGUAGES_OF_OURS or language in _EVERYDAY_LANGUAGES:
        return _LANGUAGES_OF_OURS.get(language) or _EVERYDAY_LANGUAGES[language]
    import pycountry

    if len(language) == 2:
        found = pycountry.languages.get(alpha_2=language)
    else:
        found = pycountry.languages.get(alpha_3=language) or pycountry.language_families.get(alpha_3=language)
    return _without_bracket(found.name) if found else tag


# Countries that are no more, and those that Unicode's tables call by words no film book would print.
_COUNTRIES_OF_OURS = {
    "CS": marked("Czechoslovakia"),
    "DD": marked("East Germany"),
    "GB": marked("United Kingdom"),
    "HK": marked("Hong Kong"),
    "MO": marked("Macao"),
    "PS": marked("Palestine"),
    "SU": marked("Soviet Union"),
    "US": marked("United States"),
    "YU": marked("Yugoslavia"),
    "ZR": marked("Zaire"),
}
# Languages that Unicode's tables lack, or name as a linguist would.
_LANGUAGES_OF_OURS = {
    "ase": marked("American Sign Language"),
    "bfi": marked("British Sign Language"),
    "cmn": marked("Mandarin"),
    "fsl": marked("French Sign Language"),
    "gsg": marked("German Sign Language"),
    "jsl": marked("Japanese Sign Language"),
    "sgn": marked("Sign language"),
    "zxx": marked("No dialogue"),
}
# Where the register's own English name is not what a film book would print.
_EVERYDAY_COUNTRIES = {
    "BN": "Brunei",
    "CD": "Democratic Republic of the Congo",
    "FM": "Micronesia",
    "RU": "Russia",
    "VA": "Vatican City",
    "VN": "Vietnam",
    "XK": "Kosovo",
}
_EVERYDAY_LANGUAGES = {
    "arc": "Aramaic",
    "el": "Greek",
    "kl": "Greenlandic",
    "ky": "Kyrgyz",
    "nan": "Min Nan",
    "pa": "Punjabi",
    "ps": "Pashto",
    "to": "Tongan",
    "ug": "Uyghur",
    "yue": "Cantonese",
}


def _without_bracket(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name)


def primary(tag: str) -> str:
    """The language alone of a tag: pt of pt-BR."""
    return re.split(r"[-_]", tag, maxsplit=1)[0].casefold()


def language_direction(tag: str) -> str:
    """Which way a language is written, rtl or ltr, by its usual script."""
    import langcodes

    if not langcodes.tag_is_valid(tag):
        return "ltr"
    script = langcodes.Language.get(tag).maximize().script
    return "rtl" if script in {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"} else "ltr"
