"""How a librarian files a title or a name: articles transposed, surnames first, letter by letter.

Filing is letter by letter, as in most film guides: spaces and punctuation count for nothing up to a
comma or a bracket, accents and capitals are folded, numbers stand before A in the order of their value.
A foundation: check, arrange and indexes all file by it.
"""

from __future__ import annotations

import re
import unicodedata

from book.languages import primary
from book.model import Film

SortKey = tuple[int, tuple[str, ...], str]
"""Shelf (symbols 0, numbers 1, Latin letters 2, other scripts 3), folded parts, the heading itself."""

ARTICLES: dict[str, tuple[str, ...]] = {
    "ca": ("el", "la", "els", "les", "l'", "un", "una"),
    "da": ("den", "det", "de", "en", "et"),
    "de": ("der", "die", "das", "ein", "eine"),
    "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "lo", "un", "una"),
    "fr": ("le", "la", "les", "l'", "un", "une"),
    "hu": ("a", "az", "egy"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'"),
    "nb": ("den", "det", "de", "en", "et", "ei"),
    "nl": ("de", "het", "een", "'t"),
    "no": ("den", "det", "de", "en", "et", "ei"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "sv": ("den", "det", "de", "en", "ett"),
}
"""Leading articles in the nominative, which filing passes over, by primary language subtag."""

_TELLTALES: dict[str, tuple[str, ...]] = {
    "es": ("de", "del", "que", "mi"),
    "fr": ("de", "du", "des", "et", "nous", "aux", "au"),
    "it": ("di", "del", "della", "nel"),
    "pt": ("de", "do", "da", "que"),
}
# "A nous la liberté" opens with a French preposition, not an English article; "A Man Escaped", also a
# French film, does not. A small word of the film's own language further on tells the two apart.

_OPENING_VERBS = {"en": ("die", "den")}
# An English film in a German or Swedish guide: Die Hard, Den of Thieves.

_STANDALONE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
)
# Letters that Unicode does not take apart into a base letter and a mark.

_INITIAL_HANGUL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_TRAILING = frozenset({"von", "zu", "van", "der", "den", "de", "af", "av"})
_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "delle", "di", "da", "du", "des"}
    | {"la", "le", "el", "ten", "ter", "st", "st."}
)
_SMALL_PARTICLES = frozenset({"zu", "af", "av", "al", "do", "dos", "bin", "ibn"})  # capitals: forenames
_FAMILY_FIRST = frozenset(
    {"chen", "diao", "feng", "gong", "hou", "huang", "jia", "jiang", "leung", "liu", "tian", "tsai"}
    | {"tsui", "wang", "wong", "xie", "xu", "zhang", "zhao", "zhou", "zhu"}
)
# Only names that no western forename shares: Kim Novak and Lou Costello are filed the usual way.


def fold(text: str) -> str:
    """The text in lower case, without marks, with `ø` as `o` and so on; spaces and signs stay."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_STANDALONE)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def split_article(title: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The title's leading article (with its apostrophe, as written) and the rest; ("", title) without one.

    The articles of every language given are known; a title that is nothing but an article has none.
    """
    known = {article for tag in languages for article in ARTICLES.get(primary(tag), ())}
    match = re.match(r"(['’]t(?=\s)|\w+['’](?=\w)|\w+(?=\s))\s*(?=\S)", title)
    if match is None:
        return "", title
    article = match.group(1)
    if article.casefold().replace("’", "'") not in known:
        return "", title
    return article, title[match.end() :]


def transposed(title: str, languages: tuple[str, ...]) -> str:
    """The title as it is filed: "The Third Man" becomes "Third Man, The", "L'avventura" "Avventura, L'"."""
    article, rest = split_article(title, languages)
    return f"{rest[0].upper()}{rest[1:]}, {article}" if article else title


def title_languages(film: Film, title: str, guide_language: str) -> tuple[str, ...]:
    """The languages that a title of this film may be in, so that its article can be told.

    An original title is in the film's own language. Any other may be in that or in the guide's, and
    only the first of a film's languages counts: a line of German spoken in it makes no German title.
    A title under which it went elsewhere may be in any language that its small words give away.
    """
    own = primary(film.languages[0]) if film.languages else primary(guide_language)
    words = fold(title).split() or [""]
    if own != primary(guide_language) and (
        title == film.original_title or words[0] in _OPENING_VERBS.get(own, ())
    ):
        return (own,)
    went_elsewhere = title in film.aka and title != film.title
    spoken = tuple(
        tag for tag in _TELLTALES if (went_elsewhere or tag == own) and _sounds_like(tag, words[1:])
    )
    # A lone letter is an article in one language and a preposition in the next.
    return spoken if spoken and len(words[0]) == 1 else (own, guide_language, *spoken)


def _sounds_like(tag: str, words: list[str]) -> bool:
    """Whether a small word of the language stands among these."""
    small = {*_TELLTALES[tag], *(article for article in ARTICLES[tag] if len(article) > 1)}
    return not small.isdisjoint(words)


def file_under(film: Film, guide_language: str = "en") -> str:
    """The heading under which the film is filed: the writer's sort title, or the article transposed."""
    if film.sort_title:
        return film.sort_title
    return transposed(film.title, title_languages(film, film.title, guide_language))


def heading(film: Film, guide_language: str = "en") -> str:
    """What an index prints for the film, which may stand elsewhere: "8½" filed as "Eight and a Half".

    A sort title in the film's own words, such as "Third Man, The", is printed as the writer gave it.
    """
    plain = transposed(film.title, title_languages(film, film.title, guide_language))
    same_words = sorted(re.findall(r"\w+", fold(film.sort_title))) == sorted(re.findall(r"\w+", fold(plain)))
    return film.sort_title if same_words else plain


def sort_key(heading: str, language: str = "") -> SortKey:
    """What to sort a heading by; with a language, its leading article is passed over.

    Headings that fold to the same letters stay apart by their own spelling, so the order is total.
    """
    rest = split_article(heading, (language,))[1] if language else heading
    parts = tuple(part for part in map(_letters, re.split(r",\s+|(?<=\S)\s+\(", rest)) if part)
    return _shelf(parts), parts, heading


def title_key(film: Film, guide_language: str = "en") -> tuple[SortKey, int, str]:
    """Sort key of a film by title, remakes by year."""
    return sort_key(file_under(film, guide_language)), film.year, film.slug


def letter(key: SortKey) -> str:
    """What a heading stands under: "A", "0–9", "#" for signs, "漢字", or a letter of its own script."""
    shelf, parts, _ = key
    if shelf == 0:
        return "#"
    if shelf == 1:
        return "0–9"
    first = parts[0][0]
    if "\u1100" <= first <= "\u1112":
        return _INITIAL_HANGUL[ord(first) - 0x1100]
    if unicodedata.name(first, "").startswith("CJK UNIFIED"):
        return "漢字"  # thousands of signs, one group; Unicode already orders them by radical and stroke
    return first.upper()


def surname_first(name: str) -> str:
    """A person's name as it is filed: "Figgis, Mike", "Trier, Lars von", "De Niro, Robert".

    A particle in capitals belongs to the surname; so do del, di, da, du, la and their like in lower
    case, while von, van, de and af stay behind the forename. Names of one word, names that put the
    family first already (Wong Kar-wai, Zhang Yimou) and names with a comma are left as they are.
    """
    words = name.split()
    suffix = ""
    if len(words) > 2 and _SUFFIX.match(words[-1]):
        suffix = f", {words.pop()}"
        words[-1] = words[-1].rstrip(",")
    joined = " ".join(words)
    if len(words) < 2 or "," in joined or _family_comes_first(words):
        return name
    if words[0].casefold() == "the":
        return f"{' '.join(words[1:])}, {words[0]}"
    if words[-1].casefold() in {"brothers", "sisters"}:
        return name
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    # Lower-case particles of the Dutch and German kind, and the French de, follow the forename.
    while start < len(words) - 1 and words[start] in _TRAILING:
        start += 1
        if words[start] in {"la", "las", "los"}:  # Spanish: "Iglesia, Álex de la"
            start += 1
    start = min(start, len(words) - 1)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}{suffix}"


def _letters(part: str) -> str:
    """Letters and digits only; numbers padded so that 12 stands before 500, and 8 before 8½."""
    apart = part
    if not part.isascii():
        apart = "".join(f" {sign}" if unicodedata.category(sign) == "No" else sign for sign in part)
    apart = re.sub(r"(?<=\d)[,.](?=\d{3}\b)", "", fold(apart))  # 20,000 Leagues
    padded = re.sub(r"\d+", lambda digits: digits.group().zfill(12), apart)
    return "".join(sign for sign in padded if sign.isalnum())


def _shelf(parts: tuple[str, ...]) -> int:
    if not parts:
        return 0
    first = parts[0][0]
    if first.isdigit():
        return 1
    return 2 if "a" <= first <= "z" else 3


def _is_particle(word: str) -> bool:
    return word.casefold() in _PARTICLES or word in _SMALL_PARTICLES


def _family_comes_first(words: list[str]) -> bool:
    if len(words) != 2:
        return False
    first, second = words
    hyphenated = re.fullmatch(r"\w+-[a-z]\w*", second) is not None  # Wong Kar-wai, Bong Joon-ho
    return hyphenated or (first.casefold() in _FAMILY_FIRST and second.casefold() not in _FAMILY_FIRST)
