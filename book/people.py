"""How a person's name is filed: by surname, where there is one, as the person's own language has it.

A name says most of it by itself: capitals, hyphens, particles. What it does not say, the languages of the
person's films may: Italian keeps its particles in front, French and Dutch put them behind. Whoever is filed
otherwise all the same, as a library's authority file would record, stands in `AUTHORITY` or in guide.toml.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from book.filing import fold
from book.languages import primary

AUTHORITY: tuple[str, ...] = (
    # Two surnames, of which the first looks like a second forename.
    "Baron Cohen, Sacha", "Bonham Carter, Helena", "Fernán Gómez, Fernando", "Gordon Green, David",
    "Lloyd Webber, Andrew", "Scott Thomas, Kristin", "Vaughan Williams, Ralph", "Villa-Lobos, Heitor",
    "Henckel von Donnersmarck, Florian", "Kore-eda, Hirokazu",
    # English, though a particle is in small letters.
    "da Costa, Morton", "de Havilland, Olivia", "de Mille, Agnes", "de Wilde, Brandon", "du Maurier, Daphne",
    # Stage names that are one name.
    "Bad Bunny", "Busta Rhymes", "Cedric the Entertainer", "Chaka Khan", "Daft Punk", "Fatboy Slim",
    "Flying Lotus", "Ice Cube", "Larry the Cable Guy", "Massive Attack", "Meat Loaf", "Method Man", "Mos Def",
    "Nine Inch Nails", "Pink Floyd", "Popol Vuh", "Rin Tin Tin", "Snoop Dogg", "Stepin Fetchit",
    "Tangerine Dream",
    # Family names first that no rule can tell from a forename.
    "Bae Doona", "Fan Bingbing", "Ge You", "Im Sang-soo", "King Hu", "Li Bingbing", "Lou Ye", "Lu Chuan",
    "Mei Lanfang", "Ning Hao", "Pema Tseden", "Ruan Lingyu", "Shu Qi", "Sun Honglei", "Tang Wei", "Yim Ho",
)  # fmt: skip
"""Headings of well-known people whom the rules below would file elsewhere, as they are printed."""


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_AFTER_SURNAME = _each("filho neto junior júnior sobrinho fils père")

_IN_FRONT = _each("""
    del della delle dello dell degli dei di du des la le lo el zum zur vom am im st st. saint san santa
""")
_BEHIND = _each("""
    von zu van der den de af av ten ter te 't het op in aan do dos da das d und bin ibn al bint
""")
_PARTICLES = _IN_FRONT | _BEHIND
_CAPITAL_PARTICLES = _each("""
    De Del Della Delle Dello Di Da Do Dos Das Du Des La Le Lo El Las Los Von Van Der Den Ter Ten St St.
    Saint San Santa Zu Zur Mac Mc Ó Ní Nic Ben Abu Abd Bin Ap Fitz Vom Af Av
""")
_TITLES = _each("""
    mr mr. mrs mrs. miss dr dr. queen lady lord dj mc lil lil' madame mademoiselle monsieur professor captain
""")
_SEVERAL = _each("brothers sisters family orchestra ensemble quartet band")

_HISPANIC = _each("es ca gl eu")
_SPANISH = _each("""
    alonso alvarez blanco castro diaz garcia ibarra marin molina moreno munoz ortiz ramos romero rubio ruiz
    sanz serrano torres vargas vazquez vega
""")
_SECOND_FORENAMES = _each("""
    alberto alejandro ana andres angel antonia antonio carlos carmen cesar cruz daniel david diego eduardo
    elena emilio enrique ernesto eugenia felipe fernando francisco gabriel guillermo gustavo hugo ignacio
    isabel james javier jesus john jorge jose juan julio leon lou luis luisa manuel marcos maria mario martin
    miguel pablo paul pedro pilar rafael ramon ricardo roberto rosa santiago sergio teresa tomas vicente
    victor victoria
""")

_FAMILY_FIRST = _each("""
    bong chen cheung chiang choi chow diao feng gong hou hsiao hsu huang hwang jia jiang kwon leung liu
    nguyen pham tian tran tsai tsui wang wong xie xu yuen zhang zhao zheng zhou zhu
""")
# Only names that no western forename shares: Kim Novak and Lou Costello are filed the usual way.
_FAMILY_IN_ITS_FILMS = _each("""
    anh bae bai bui cao chang cho dang deng do du fan fei gao ge guo ha han he hu im jeong jo jung kang kim
    le lee li lin lou lu ma moon ngo ning park peng ryoo seo shin son song sun tang vu wei wu xia yan yang ye
    yin yoo yoon yu zeng
""")
# These are forenames elsewhere, but not of people in films of their own language.
_FAMILY_FIRST_LANGUAGES = _each("cmn ko nan vi yue zh")


@dataclass(frozen=True)
class People:
    """The headings of everybody in a guide. `headings` is by folded name, and holds exceptions only."""

    headings: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "en"

    def heading(self, name: str) -> str:
        """How the name is filed and printed."""
        known = self.headings.get(_plain(name))
        return known or surname_first(name, self.languages.get(_plain(name), ()), self.language)


def with_particle(heading: str) -> str:
    """The heading under which a reader may look who takes the particle for the surname's beginning.

    "von Trier, Lars" for "Trier, Lars von"; empty for a heading without a particle behind.
    """
    surname, comma, forenames = heading.partition(", ")
    words = forenames.split(", ")[0].split()
    start = len(words)
    while start > 1 and _is_particle(words[start - 1]) and words[start - 1][:1].islower():
        start -= 1
    if not comma or start == len(words):
        return ""
    rest = forenames.removeprefix(" ".join(words))
    return f"{' '.join(words[start:])} {surname}, {' '.join(words[:start])}{rest}"


def people(
    credits: Iterable[tuple[str, tuple[str, ...]]], given: Mapping[str, str], language: str = "en"
) -> People:
    """Who is who, from names with the languages of each film that credits them.

    `given` are headings by name from guide.toml. Languages stand with the commonest first.
    """
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for name, languages in credits:
        spoken[_plain(name)].update(map(primary, languages[:1]))
    headings = dict(_AUTHORITY) | {_plain(name): heading for name, heading in given.items()}
    ordered = {
        name: tuple(sorted(counts, key=lambda tag: (-counts[tag], tag))) for name, counts in spoken.items()
    }
    return People(headings, ordered, language)


def surname_first(name: str, languages: tuple[str, ...] = (), guide_language: str = "en") -> str:
    """A person's name as it is filed: "Figgis, Mike", "Trier, Lars von", "De Niro, Robert".

    `languages` are those of the person's films, the commonest first. A particle in capitals belongs to the
    surname; in small letters, von, van, de, af and the Portuguese dos go behind the forename, and del, di,
    du and la stay. Names of one word, stage names, names that put the family first already (Wong Kar-wai,
    Zhang Yimou) and names with a comma are left as they are.
    """
    if _plain(name) in _AUTHORITY:
        return _AUTHORITY[_plain(name)]
    words = name.split()
    suffix = ""
    if len(words) > 2 and _SUFFIX.match(words[-1]):
        suffix = f", {words.pop()}"
        words[-1] = words[-1].rstrip(",")
    if len(words) < 2 or "," in " ".join(words):
        return name
    own = languages[0] if languages else ""
    if words[0].casefold() == "the":
        return f"{' '.join(words[1:])}, {words[0]}"
    if _is_one_name(words) or _family_comes_first(words, own, guide_language):
        return name
    start = _surname(words, own)
    forename, surname = " ".join(words[:start]), " ".join(words[start:])
    if (tied := re.match(r"(?:al-|el-|d['’])(?=[^\W\d_])", surname)) and own != "it":  # Haifaa al-Mansour
        forename, surname = f"{forename} {tied[0]}", surname[tied.end() :]
    return f"{surname}, {forename}{suffix}"


def _is_one_name(words: list[str]) -> bool:
    """A stage name, or several people in one: Mr. T, 50 Cent, Coen Brothers, Powell and Pressburger."""
    small = [word.casefold() for word in words]
    if small[-1] in _SEVERAL:
        return True
    if not {"and", "&", "feat.", "featuring", "+", "/"}.isdisjoint(small):
        return True
    if small[0] in _TITLES and len(words) == 2:
        return True
    return any(sign.isdigit() for word in words for sign in word)


def _surname(words: list[str], own: str) -> int:
    """The place of the word with which the surname begins, as it is filed."""
    last = len(words) - 1
    start = last
    if words[last].casefold() in _AFTER_SURNAME and last > 1:
        start -= 1
    start = _with_first_surname(words, start, own)
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    if start == 1 and words[0].casefold() in {"de", "del", "la", "von", "van"} and words[0].islower():
        return 0
    # Particles in small letters follow the forename, all but the Italian ones and those with an article.
    while start < last and words[start] in _BEHIND and own != "it":
        start += 1
        if start < last and words[start - 1] == "de" and words[start] in {"la", "las", "los"}:
            start += 1  # Spanish: "Iglesia, Álex de la"
    return min(start, last)


def _with_first_surname(words: list[str], start: int, own: str) -> int:
    """One word further to the front where two surnames stand together, as Spanish has them."""
    if start > 2 and words[start - 1].casefold() in {"y", "i"} and words[start - 2][:1].isupper():
        return start - 2
    if start < 2 or _is_particle(words[start]):
        return start
    before, after = fold(words[start - 1]), words[start]
    if _hyphenated(after) and start == len(words) - 1:  # Tony Leung Chiu-wai
        return start - 1
    if before in _FAMILY_FIRST and start == len(words) - 1:
        return start - 1
    if start >= 3 and fold(words[start - 2]) in _FAMILY_FIRST:  # Tony Leung Chiu Wai
        return start - 2
    patronymic = len(before) > 4 and before.endswith("ez") and before not in {"inez"}
    if patronymic or (before in _SPANISH and (own in _HISPANIC or not words[start - 1].isascii())):
        return start - 1
    # In a Spanish film, three words of which the second is no forename are a forename and two surnames.
    if own in _HISPANIC and start == 2 and len(before) > 2 and before not in _SECOND_FORENAMES:
        return 2 if _is_particle(words[1]) else 1
    return start


def _is_particle(word: str) -> bool:
    bare = word.rstrip("’'")
    return bare in _PARTICLES or word in _CAPITAL_PARTICLES


def _family_comes_first(words: list[str], own: str, guide_language: str) -> bool:
    if guide_language == "hu" and own == "hu":  # a Hungarian writes Tarr Béla; only others turn him round
        return True
    first, second = fold(words[0]), fold(words[1])
    if len(words) == 2 and _hyphenated(words[1]) and "-" not in words[0]:  # Wong Kar-wai, Bong Joon-ho
        return own != "ja"
    if len(words) == 2 and second in _FAMILY_FIRST:
        return False
    if len(words) > 3:
        return False
    return first in _FAMILY_FIRST or (own in _FAMILY_FIRST_LANGUAGES and first in _FAMILY_IN_ITS_FILMS)


def _hyphenated(word: str) -> bool:
    """Kar-wai and Joon-ho, but not Zeta-Jones or al-Mansour."""
    return re.fullmatch(r"[^\W\d_]{3,}-[^\W\d_]+|[A-Z][^\W\d_]-[^\W\d_]+", word) is not None and (
        word.partition("-")[2][0].islower()
    )


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def _turned(heading: str) -> str:
    surname, _, forename = heading.partition(", ")
    return f"{forename} {surname}".strip()


_AUTHORITY = {_plain(_turned(heading)): heading for heading in AUTHORITY}
