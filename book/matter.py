"""What the words under [matter] in guide.toml stand for, and our own words on how to use the book.

A foundation: reading fetches the texts that are named there, arranging sets them in their places.
"""

from __future__ import annotations

from collections.abc import Mapping

HOW_TO_USE = "texts/how-to-use.md"
"""Takes the place of our own words when it is there; nobody need name it."""

HOW_TO_USE_TITLE = "How to use this book"
HOW_TO_USE_WORDS = """\
Every film in this book has two parts, and you decide how far to read.

The first part is safe. It opens with the facts and the people, says what the film is about without \
giving anything away, and ends with films that are like it. Read it before you choose what to watch.

Then comes a warning. It stands between the two parts of every film and means what it says: from the \
next page on, the whole story is told, the ending included.

The second part is for afterwards. It tells the plot from first scene to last, looks at how the film \
ends, and goes through its characters, places and themes. It is there for the talk on the way home, \
and for the film that you saw years ago and remember only in part.

Similar films lead from each film to the next, with a few words on what the two have in common. The \
indexes at the back are as safe as the first parts: nothing in them gives a story away.
"""

PAGES: Mapping[str, str] = {
    "half-title": "Half-title",
    "title": "Title page",
    "copyright": "Copyright",
    "toc": "Contents",
}
"""Pages that are made rather than written, and what a table of contents calls them."""


def is_text(word: str) -> bool:
    """Whether a word names a Markdown file rather than a page that we know."""
    return "/" in word or word.casefold().endswith(".md")
