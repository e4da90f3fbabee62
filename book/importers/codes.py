"""English names of languages and countries -> BCP 47 tags and ISO 3166-1 codes.

The names are those that film databases use, which are not always the standards' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

# Where databases and ISO 639 disagree, or where film people mean one language and ISO names many.
_LANGUAGES = {
    "american sign language": "ase",
    "assyrian neo-aramaic": "aii",
    "brazilian sign language": "bzs",
    "british sign language": "bfi",
    "cantonese": "yue",
    "chinese": "zh",
    "farsi": "fa",
    "filipino": "fil",
    "flemish": "nl-BE",
    "french sign language": "fsl",
    "gaelic": "gd",
    "gallegan": "gl",
    "german sign language": "gsg",
    "greek": "el",
    "greenlandic": "kl",
    "hokkien": "nan",
    "ibo": "ig",
    "irish gaelic": "ga",
    "japanese sign language": "jsl",
    "khmer": "km",
    "kyrgyz": "ky",
    "malay": "ms",
    "mandarin": "cmn",
    "maori": "mi",
    "middle english": "enm",
    "min nan": "nan",
    "nepali": "ne",
    "no language": "zxx",
    "none": "zxx",
    "norwegian": "no",
    "nyanja": "ny",
    "occitan": "oc",
    "old english": "ang",
    "pashto": "ps",
    "persian": "fa",
    "punjabi": "pa",
    "pushto": "ps",
    "romany": "rom",
    "saami": "smi",
    "scottish gaelic": "gd",
    "serbo-croatian": "sh",
    "shanghainese": "wuu",
    "silent": "zxx",
    "sinhalese": "si",
    "southern sotho": "st",
    "swahili": "sw",
    "swiss german": "gsw",
    "tok pisin": "tpi",
    "uyghur": "ug",
    "valencian": "ca-valencia",
}

# Everyday names; the withdrawn codes are those of ISO 3166-3, as old films need them.
_COUNTRIES = {
    "america": "US",
    "bolivia": "BO",
    "bosnia": "BA",
    "burma": "MM",
    "cape verde": "CV",
    "congo": "CG",
    "czech republic": "CZ",
    "czechoslovakia": "CS",
    "east germany": "DD",
    "england": "GB",
    "federal republic of yugoslavia": "YU",
    "great britain": "GB",
    "holland": "NL",
    "iran": "IR",
    "ivory coast": "CI",
    "kosovo": "XK",
    "kyrgyz republic": "KG",
    "laos": "LA",
    "libyan arab jamahiriya": "LY",
    "macao": "MO",
    "macau": "MO",
    "macedonia": "MK",
    "moldova": "MD",
    "north korea": "KP",
    "northern ireland": "GB",
    "palestine": "PS",
    "republic of macedonia": "MK",
    "russia": "RU",
    "scotland": "GB",
    "serbia and montenegro": "YU",
    "south korea": "KR",
    "korea": "KR",
    "soviet union": "SU",
    "swaziland": "SZ",
    "syria": "SY",
    "taiwan": "TW",
    "tanzania": "TZ",
    "the netherlands": "NL",
    "turkey": "TR",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "u.k.": "GB",
    "ussr": "SU",
    "vatican": "VA",
    "venezuela": "VE",
    "vietnam": "VN",
    "wales": "GB",
    "west germany": "DE",
    "yugoslavia": "YU",
}


def language_tag(name: str) -> str:
    """The BCP 47 tag of a language named in English, the shorter one where ISO 639 has two.

    A name that is not known stays as it is typed, and so does what is a tag already.
    """
    return _languages().get(name.strip().casefold(), name.strip())


def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country named in English; an unknown name stays as typed."""
    return _countries().get(name.strip().casefold(), name.strip())


@cache
def _languages() -> Mapping[str, str]:
    import pycountry

    return _by_name(pycountry.languages, ("alpha_2", "alpha_3")) | _LANGUAGES


@cache
def _countries() -> Mapping[str, str]:
    import pycountry

    return _by_name(pycountry.countries, ("alpha_2",)) | _COUNTRIES


def _by_name(places: Iterable[object], codes: Sequence[str]) -> dict[str, str]:
    """Every name of each place or language in lower case, with the first code that it has."""
    found: dict[str, str] = {}
    for each in places:
        code = next(str(getattr(each, kind)) for kind in codes if hasattr(each, kind))
        for kind in ("name", "common_name", "inverted_name", "official_name"):
            if hasattr(each, kind):
                found.setdefault(str(getattr(each, kind)).casefold(), code)
    return found
