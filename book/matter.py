"""What the words under [matter] in guide.toml stand for, and our own words on how to use the book.

A foundation: reading fetches the texts that are named there, arranging sets them in their places.
"""

from __future__ import annotations

from collections.abc import Mapping

from book.words import Words, marked

HOW_TO_USE = "texts/how-to-use.md"
"""Takes the place of our own words when it is there; nobody need name it."""

HOW_TO_USE_TITLE = marked("How to use this book")

PAGES: Mapping[str, str] = {
    "half-title": marked("Half-title"),
    "title": marked("Title page"),
    "copyright": marked("Copyright"),
    "toc": marked("Contents"),
}
"""Pages that are made rather than written, and what a table of contents calls them."""

DRAWN: Mapping[str, str] = {
    "map": marked("Map of similar films"),
    "figures": marked("The films in figures"),
    "tracks": marked("Paths through the films"),
}
"""Pages that follow from the films, left out where these have nothing to show, and their titles."""


def how_to_use(words: Words, place: str) -> str:
    """Our own words on how to use a printed book, as Markdown; `place` is where its spoilers stand."""
    _ = words.gettext
    if place == "omit":
        told = [
            _(
                "Every film in this book has its page. It opens with the facts and the people, says what "
                "the film is about without giving anything away, and ends with films that are like it."
            ),
            _("This edition gives no film away: plots and endings are not in it."),
        ]
    else:
        told = [
            _("Every film in this book has two parts, and you decide how far to read."),
            _(
                "The first part is safe. It opens with the facts and the people, says what the film is about "
                "without giving anything away, and ends with films that are like it. Read it before you "
                "choose what to watch."
            ),
            _at_the_back(words) if place == "back" else _behind_the_warning(words),
            _(
                "The second part is for afterwards. It tells the plot from first scene to last, looks at how "
                "the film ends, and goes through its characters, places and themes. It is there for the talk "
                "on the way home, and for the film that you saw years ago and remember only in part."
            ),
        ]
    told.append(
        _(
            "Similar films lead from each film to the next, with a few words on what the two have in common. "
            "The indexes at the back give no story away."
        )
        + " "
        + _("An arrow (→) behind a film says that the way leads there and not back.")
    )
    return "\n\n".join(told)


def _behind_the_warning(words: Words) -> str:
    return words.gettext(
        "Then comes a warning. It stands between the two parts of every film and means what it says: from "
        "the next page on, the whole story is told, the ending included."
    )


def _at_the_back(words: Words) -> str:
    return words.gettext(
        "Then comes a warning, and it means what it says: it names the page at the back of the book on "
        "which the whole story is told, the ending included."
    )


def is_text(word: str) -> bool:
    """Whether a word names a Markdown file rather than a page that we know."""
    return "/" in word or word.casefold().endswith(".md")
