"""The guide's own words in its language: what stands on a page and no writer wrote.

English stands in the code and the templates; `locale/` holds a catalogue for each other language, read
as translators write it, so that nothing has to be compiled. A guide's folder may bring a catalogue of
its own, words.po, whose words go before ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from book.findings import finding
from book.model import Finding, GuideInfo, Place
from book.reach import leads_out

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages import Catalog

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "filmguide"
OWN = "words.po"
"""The catalogue that a guide's folder may hold, beside guide.toml."""

LARGEST_BYTES = 1_000_000

_SOURCE = "source"  # the domain of the catalogue that says every message in its own words
_BLANK = re.compile(r"%(?:\((\w+)\))?(.?)", re.DOTALL)


def marked(message: str) -> str:
    """The message as it is: marks one that stands in a table as ours to translate."""
    return message


class Words(GNUTranslations):
    """Asked with gettext, ngettext and pgettext; English where no catalogue has an answer.

    `language` is the guide's tag, whether a catalogue speaks it or not; `all` is every message as these
    catalogues say it, with its blanks.
    """

    def __init__(self, language: str, catalogue: Catalog, fallback: Words | None = None) -> None:
        from babel.messages.mofile import write_mo

        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        super().__init__(compiled)
        self.language = language
        self.all: tuple[str, ...] = tuple(_said(catalogue))
        self._known = frozenset(message.id for message in catalogue if message.id and message.string)
        if catalogue.domain == _SOURCE:
            self._known = frozenset()
        if fallback is not None:
            self.add_fallback(fallback)
            self.all += fallback.all
            self._known |= fallback._known

    def know(self, message: str) -> bool:
        """Whether somebody translated the message, if only into the same words."""
        return message in self._known

    @property
    def locale(self) -> Locale:
        """How dates, sums and lists are written in the guide's language, catalogue or not."""
        return locale_of(self.language)


def words_of(info: GuideInfo) -> Words:
    """The words of a guide, its own catalogue's before ours."""
    return words_in(info.language, info.own_words)


@lru_cache(maxsize=64)
def words_in(language: str, own: str = "") -> Words:
    """The words for a BCP 47 tag: those of pt for pt-BR, and English where there is no catalogue.

    `own` is the text of a guide's words.po, in which reading found nothing to mend.
    """
    file = _shipped(language)
    words = Words(language, _catalogue(file.read_text("utf-8"), language) if file else _english())
    return Words(language, _catalogue(own, language), words) if own else words


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a BCP 47 tag, or of its language alone; English where nobody knows it."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalogue of ours; English needs none."""
    return tuple(sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def _shipped(language: str) -> Path | None:
    names = (language.replace("-", "_"), language.partition("-")[0])
    files = (LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in names)
    return next((file for file in files if file.is_file()), None)


def _catalogue(text: str, language: str = "en") -> Catalog:
    """The catalogue, which counts as its header says, or else as its language does."""
    from babel.messages.pofile import read_po

    locale = str(locale_of(language))
    catalogue = read_po(StringIO(text), locale=locale, ignore_obsolete=True, abort_invalid=True)
    if catalogue.locale is None:  # its header names a language that nobody knows, and Babel would not count
        catalogue.locale = locale
    return catalogue


def _english() -> Catalog:
    """Every message of ours in its own words, from the template that translators begin with."""
    from babel.messages import Catalog

    english = Catalog(locale="en", domain=_SOURCE)
    for message in _catalogue((LOCALE / f"{DOMAIN}.pot").read_text("utf-8")):
        if message.id:
            english.add(message.id, message.id, context=message.context)
    return english


def _said(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            strings = (message.string,) if isinstance(message.string, str) else message.string or ()
            yield from filter(None, strings)


# ------------------------------------------------------------------------- a guide's own catalogue


def read_own_words(root: Path, language: str, asked: Place) -> tuple[str, tuple[Finding, ...]]:
    """The text of the guide's words.po, empty where it has none or a broken one, and what to mend.

    A guide in a language that nobody has words in is told so, at the place that asks for the language.
    """
    path = root / OWN
    if not path.is_file():
        known = language.partition("-")[0] == "en" or _shipped(language)
        return "", () if known else (_missing(language, asked),)
    try:
        if leads_out(path, root):
            return "", (_broken(0, "It lies outside of the guide's folder."),)
        text = path.read_text("utf-8-sig") if path.stat().st_size <= LARGEST_BYTES else None
    except UnicodeDecodeError as error:
        return "", (_broken(0, f"It is no text in UTF-8: byte {error.start + 1} cannot be read."),)
    except OSError as error:
        return "", (_broken(0, f"It cannot be opened: {error.strerror}."),)
    if text is None:
        return "", (_broken(0, "It is larger than a megabyte, which all our words are not."),)
    wrong = tuple(_wrong_in(text, language))
    return "" if wrong else text, wrong


def _wrong_in(text: str, language: str) -> Iterator[Finding]:
    from babel.messages.pofile import PoFileError

    try:
        catalogue = _catalogue(text, language)
        Words(language, catalogue)
    except PoFileError as error:
        yield _broken((error.lineno or 0) + 1, f"{error}.")
        return
    except (AssertionError, AttributeError, IndexError, LookupError, TypeError, ValueError) as error:
        # Babel and gettext have no error of their own for a header or a plural rule that means nothing.
        yield _broken(0, f"{error}." if str(error) else "It is no catalogue of messages.")
        return
    for message in catalogue:
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        known = {blank for each in ids for blank in blanks(each)}
        for string in strings if ids[0] else ():
            for blank in blanks(string):
                if blank not in known:
                    shown = ", ".join(sorted(known - {"%%"})) or "none at all"
                    said = f"{blank} is no blank of “{ids[0][:60]}”, which has {shown}."
                    yield _broken(message.lineno or 0, said)


def blanks(message: str) -> tuple[str, ...]:
    """What a message leaves open, such as %(title)s; a lone percent sign is among them."""
    return tuple(match.group() for match in _BLANK.finditer(message) if match.group() != "%%")


def _broken(line: int, said: str) -> Finding:
    hint = "Mend it with an editor for .po files, or take words.po away: then our own words are used."
    return finding("F522", Place(OWN, line), f"words.po cannot be used. {said}", hint)


def _missing(language: str, asked: Place) -> Finding:
    said = f"filmguide has no words of its own in {locale_name(language)}, so its headings stay English."
    hint = f"Bring a catalogue: {OWN} beside guide.toml. docs/languages.md says how."
    return finding("F521", asked, said, hint)


def locale_name(language: str) -> str:
    """The English name of a tag's language, or the tag itself."""
    from babel import Locale

    return str(Locale("en").languages.get(language.partition("-")[0], language))
