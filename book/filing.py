"""How a librarian files a heading: letter by letter, articles behind, each language by its own alphabet.

Spaces and punctuation count for nothing up to a comma or a bracket, so that "Newark" stands before "New
York" and every "Lee, …" before "Leeds". Accents and capitals only part what is otherwise alike. A foundation
with one collator, which is ours: the same guide has the same order on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from book.alphabets import AFTER, Alphabet, alphabet_of
from book.languages import primary
from book.scripts import kana, pinyin
from book.spoken import spoken

SortKey = tuple[int, tuple[str, ...], str]
"""Shelf (signs 0, numbers 1, letters of the own script 2, other scripts 3), letters, then the spelling."""


@dataclass(frozen=True, slots=True)
class Filing:
    """How the headings of a guide are put in order.

    `language` is the BCP 47 tag whose alphabet counts. `numerals`: first, numbers before A in the order of
    their value; spoken, by the words they are read in.
    """

    language: str = "en"
    numerals: str = "first"


ENGLISH = Filing()

ARTICLES: dict[str, tuple[str, ...]] = {
    "ca": ("el", "la", "els", "les", "l'", "un", "una"),
    "da": ("den", "det", "de", "en", "et"),
    "de": ("der", "die", "das", "ein", "eine"),
    "el": ("ο", "η", "το", "οι", "τα", "ένας", "μια", "μία", "ένα"),
    "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "lo", "un", "una", "unos", "unas"),
    "fr": ("le", "la", "les", "l'", "un", "une"),
    "gl": ("o", "a", "os", "as", "un", "unha"),
    "hu": ("a", "az", "egy"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'"),
    "nb": ("den", "det", "de", "en", "et", "ei"),
    "nl": ("de", "het", "een", "'t"),
    "nn": ("den", "det", "dei", "ein", "eit", "ei"),
    "no": ("den", "det", "de", "en", "et", "ei"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "sv": ("den", "det", "de", "en", "ett"),
    "yi": ("der", "di", "dos", "a", "an"),
}
"""Leading articles in the nominative, which filing passes over, by primary language subtag."""

_STANDALONE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h", "ŋ": "ng"}
    | {"ə": "e", "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": ""}
)
# Letters that Unicode does not take apart into a base letter and a mark, and marks that it calls letters.

_INITIAL_HANGUL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_KANA_ROWS = (
    "あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも",
    "やゆよ", "らりるれろ", "わをん",
)  # fmt: skip

_FOREIGN = {
    "CYRILLIC": "АБВ", "GREEK": "ΑΒΓ", "HEBREW": "אבג", "ARABIC": "ابت", "HANGUL": "가나다",
    "HIRAGANA": "かな", "KATAKANA": "かな", "CJK": "漢字", "DEVANAGARI": "अआइ", "THAI": "กขค", "LATIN": "A–Z",
}  # fmt: skip
# A few headings in a script that is not the guide's are one group, called by its first letters: a lone Н
# would be taken for an H. Those of Chinese stand as Unicode has them, by radical and stroke.


def fold(text: str) -> str:
    """The text in lower case, without marks, with `ø` as `o` and so on; spaces and signs stay."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_STANDALONE)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


# ------------------------------------------------------------------------------------- articles


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


# ---------------------------------------------------------------------------------------- order


def sort_key(heading: str, filing: Filing = ENGLISH, spoken_in: str = "") -> SortKey:
    """What to sort a heading by. Its numbers are `spoken_in` a language, if they are spoken at all.

    Headings of the same letters stand in the order of their accents, and then of their capitals, so that
    the order is total.
    """
    alphabet = alphabet_of(filing.language)
    said = spoken(heading, spoken_in or filing.language) if filing.numerals == "spoken" else heading
    read = _read(said, filing.language)
    parts = tuple(
        part for part in (_letters(each, alphabet) for each in re.split(r",\s+|(?<=\S)\s+\(", read)) if part
    )
    marks = unicodedata.normalize("NFD", heading.casefold())
    return (
        _shelf(parts, alphabet),
        parts,
        f"{marks}\0{heading.swapcase()}",
    )  # small letters go before capitals


def letters_of(heading: str) -> tuple[str, ...]:
    """The heading's letters alone: the same for headings that differ in accents, capitals and signs."""
    return sort_key(heading)[1]


def letter(key: SortKey, filing: Filing = ENGLISH) -> str:
    """What a heading stands under: "A", "0–9", "#" for signs, or "АБВ" for what is in another script."""
    shelf, parts, _ = key
    if shelf == 0:
        return "#"
    if shelf == 1:
        return "0–9"
    first = parts[0][0]
    if shelf == 3 and (script := _script(first)) in _FOREIGN:
        return _FOREIGN[script]
    if "\u1100" <= first <= "\u1112":
        return _INITIAL_HANGUL[ord(first) - 0x1100]
    row = next((row for row in _KANA_ROWS if first in row), "") if primary(filing.language) == "ja" else ""
    if row:
        return row[0]
    return alphabet_of(filing.language).initial(parts[0])


def _read(text: str, language: str) -> str:
    """The text as readers of the language look it up: Japanese by its sound, Chinese by its syllables."""
    if text.isascii():
        return text
    match primary(language):
        case "ja":
            return kana(text)
        case "zh" | "cmn" | "yue":
            return pinyin(text)
    return text


def _letters(part: str, alphabet: Alphabet) -> str:
    """Letters and digits only; numbers padded so that 12 stands before 500, and 8 before 8½."""
    apart = part
    if not part.isascii():
        apart = "".join(f" {sign}" if unicodedata.category(sign) == "No" else sign for sign in part)
    apart = re.sub(r"(?<=\d)[,.](?=\d{3}\b)", "", fold(alphabet.spelt(apart)))  # 20,000 Leagues
    padded = re.sub(r"\d+", lambda digits: digits.group().zfill(12), apart)
    # The vowels of Indian scripts are marks that take up space; without them no word is itself.
    return "".join(s for s in padded if s.isalnum() or s == AFTER or unicodedata.category(s) == "Mc")


def _shelf(parts: tuple[str, ...], alphabet: Alphabet) -> int:
    if not parts:
        return 0
    first = parts[0][0]
    if first.isdigit():
        return 1
    return 2 if _script(first) == alphabet.script else 3


def _script(sign: str) -> str:
    return "LATIN" if "a" <= sign <= "z" else unicodedata.name(sign, "").split(" ")[0]
