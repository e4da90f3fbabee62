"""The guide's own words in its language: what stands on a page and no writer wrote.

English stands in the code and the templates; `locale/` holds a catalogue for each other language, read
as translators write it, so that nothing has to be compiled.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "filmguide"

Words = NullTranslations
"""Asked with gettext, ngettext and pgettext; English where a catalogue has no answer."""


@cache
def words_in(language: str) -> Words:
    """The words for a BCP 47 tag: those of pt for pt-BR, and English where there is no catalogue."""
    for name in (language, language.partition("-")[0]):
        file = LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        if file.is_file():
            return _compiled(file)
    return NullTranslations()


def _compiled(file: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as text:
        catalogue = read_po(text)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
