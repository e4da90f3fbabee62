"""The warning before spoilers where the writer words it: `warning` under [spoilers] in guide.toml."""

from __future__ import annotations

import re

from book.guide_file import Table
from book.languages import language_tag, primary

TITLE = "{title}"
"""Where the film's title goes."""

_BRACED = re.compile(r"\{[^{}]*\}?|\}")


def read_warning(spoilers: Table, language: str) -> str:
    """The writer's own warning in a language, from one text or a table of them; empty where there is none.

    A text for pt is taken for pt-BR. Whatever else stands in braces is reported, in every language.
    """
    if not isinstance(spoilers.values.get("warning"), dict):
        return _sound(spoilers, "warning")
    table = spoilers.table("warning")
    worded = {}
    for key in table.own_keys():
        tag = language_tag(key)
        if tag is None:
            message = f"{key} under [{table.path}] is no language."
            table.say("F523", key, message, 'Write its tag, e.g. warning = { en = "…", pt-BR = "…" }')
        worded[tag or key] = _sound(table, key)
    table.close()
    return worded.get(language) or worded.get(primary(language), "")


def _sound(table: Table, key: str) -> str:
    """The text, empty where something in it is in braces that means nothing."""
    text = table.text(key)
    for braced in _BRACED.findall(text):
        if braced != TITLE:
            message = f"The warning has {braced}, which stands for nothing."
            table.say("F523", key, message, f"Write {TITLE} where the film's title belongs.")
            return ""
    return text
