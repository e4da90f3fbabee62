"""What nobody may meet unasked, sentence by sentence.

Texts are compared by letters and digits alone, so that hyphens at line ends, ligatures, small capitals,
typographer's quotes and page breaks make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from book.film_links import parted_at_links
from book.model import Film, Kind, Place, Section, Slug
from book.prose import events, figures, to_text

LONG_LETTERS, LONG_WORDS = 20, 4
"""From here on a sentence is nobody else's: found anywhere in the book, it is the one that was sought."""

_FEWEST_LETTERS = 4  # less than this is on any page, as a number or an initial

_HYPHEN_AT_LINE_END = re.compile("(?:[\u00ad\u0002\ufffe]|[\u2010-](?=\r?\n))\r?\n?")
_HYPHEN = re.compile(r"(?<=[^\W_])[\u2010-](?=[^\W_])")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…][\"'”’»)\]])\s+|(?<=[.!?…])\s+|(?<=[。！？])")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Col|Capt|Cpt|Gen|Maj|Sgt|Det|Rev|Prof|Hon|Gov|Sen|Mt|vs|No)\.$"
)
_MARKED_UP = re.compile(r"[*_`\[\]\\&<>#|~!]|^[ \t]*(?:[-+=]|\d+[.)])|^(?: {4}|\t)", re.MULTILINE)
# Scripts that put no blank between words: Thai, Lao, Myanmar, Khmer, kana and Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]")
_AT_LINK = "\ue000"  # no letter of any script: paper says a page number here, so what follows stands apart
_AFTER_CREDITS = {"", "none", "mid", "end", "both"}


class Reach(Enum):
    """Where a spoiler is looked for: a film's own pages, or the whole book by its words or its letters."""

    FILM = "film"
    WORDS = "words"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Spoiler:
    """A sentence, heading, theme or name that only the spoiler part may show; `place` is in the entry.

    `required`: the spoiler part must show it, and a book in which it is not found has lost it.
    """

    film: Slug
    title: str  # of the film, with its year
    place: Place
    text: str
    words: str
    reach: Reach
    required: bool = True
    spellings: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_words = self.reach is not Reach.LETTERS
        spellings = spelt(self.text) if by_words and _HYPHEN.search(self.text) else (self.words,)
        object.__setattr__(self, "spellings", spellings)

    @property
    def letters(self) -> str:
        """The words without the blanks between them."""
        return self.words.replace(" ", "")

    @property
    def spaced(self) -> bool:
        """Whether its script sets blanks between words, so that its words can be told apart."""
        return not has_unspaced(self.words)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a finished file: a page, a document, a bookmark, an attribute.

    `where` says to a reader where that is. `film` is whose page it is, if it is one's; `hidden`: only
    those who ask for spoilers get there. `body`: a whole page or document, neighbours following each
    other. `coded`: an address or a name, in which a single word proves nothing.
    A bar among the words parts what does not read on.
    """

    where: str
    words: str
    film: Slug | None = None
    hidden: bool = False
    body: bool = False
    coded: bool = False
    letters: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "letters", letters_of(self.words))

    def says(self, spoiler: Spoiler) -> bool:
        """Whether the spoiler stands here word by word, whatever its length."""
        return says(self.words, self.letters, spoiler)


def says(words: str, letters: str, spoiler: Spoiler) -> bool:
    """Whether a text holds a spoiler: a long one by its letters, a short one as words of their own."""
    if spoiler.reach is Reach.LETTERS or not spoiler.spaced:
        return spoiler.letters in letters
    return any(_stands(sought, words) for sought in spoiler.spellings)


def _stands(sought: str, words: str) -> bool:
    # Texts may be megabytes long, and a copy with blanks around it would cost more than the search.
    return (
        f" {sought} " in words
        or words.startswith(f"{sought} ")
        or words.endswith(f" {sought}")
        or words == sought
    )


def has_unspaced(text: str) -> bool:
    """Whether anything in a text is in a script that sets no blanks between words."""
    return bool(_UNSPACED.search(text))


def words_of(text: str) -> str:
    """The words of a text in lower case with one blank between them; letters and digits alone."""
    whole = _HYPHEN_AT_LINE_END.sub("", text)
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", whole).casefold()).strip()


def spelt(text: str) -> tuple[str, ...]:
    """The words of a text, and what they are read as where a line ends at a hyphen of its own."""
    hyphens = [hyphen.start() for hyphen in _HYPHEN.finditer(text)]
    broken = [f"{text[:place]}{text[place + 1 :]}" for place in hyphens]
    return tuple(dict.fromkeys(map(words_of, (text, *broken, _HYPHEN.sub("", text)))))


def letters_of(words: str) -> str:
    """The letters and digits of words, without the blanks and bars between."""
    return words.replace(" ", "").replace("|", "")


def lines_of(text: str) -> str:
    """The words of a text whose lines stand each for itself, as those of an index do, with bars between."""
    lines = _HYPHEN_AT_LINE_END.sub("", text).splitlines()
    return " | ".join(filter(None, map(words_of, lines)))


# --------------------------------------------------------------------------------- below the fence


def spoilers_of(film: Film) -> tuple[Spoiler, ...]:
    """Everything of a film that only its spoiler part may say, each once."""
    told = [
        found for section in film.spoilers if section.body.strip() for found in _of_section(film, section)
    ]
    at = film.source.at
    # Without a section there is no spoiler part that could name the themes.
    required = any(section.body.strip() for section in film.spoilers)
    for theme in film.spoiler_themes:
        told += _spoiler(film, theme, at("spoiler_themes"), Reach.WORDS, required=required)
    for member in film.cast:
        if member.spoiler:
            told += _spoiler(film, member.name, at("cast"), Reach.WORDS, required=False)
            told += _spoiler(film, member.role, at("cast"), Reach.FILM, required=False)
    if film.post_credits not in _AFTER_CREDITS:
        told += _spoiler(film, film.post_credits, at("post_credits"), Reach.FILM, required=False)
    once = {spoiler.words: spoiler for spoiler in reversed(told)}
    return tuple(reversed(once.values()))


def _of_section(film: Film, section: Section) -> Iterator[Spoiler]:
    place = Place(film.source.file, section.line)
    if section.kind is Kind.OTHER or len(words_of(section.heading).split()) >= LONG_WORDS:
        yield from _spoiler(film, section.heading, place, Reach.WORDS)
    for text in _texts(section):
        for line in re.split(f"[\n{_AT_LINK}]", plain(parted_at_links(text, _AT_LINK))):
            for sentence in _sentences(line):
                yield from _spoiler(film, sentence, _line_of(sentence, section, film), Reach.FILM)


def _sentences(line: str) -> Iterator[str]:
    """A paragraph's sentences; the full stop of Dr. or of an initial ends none."""
    begun = ""
    for piece in _SENTENCE_END.split(line):
        begun = f"{begun} {piece}" if begun else piece
        if not _ABBREVIATED.search(begun):
            yield begun
            begun = ""
    yield begun


def _texts(section: Section) -> Iterator[str]:
    """The Markdown of a section in the pieces that stay whole in every kind of book."""
    if section.kind is Kind.CHARACTERS:
        characters = figures(section.body)
        yield characters.before
        for figure in characters.figures:
            yield from (figure.name, figure.text)
        yield characters.after
    elif section.kind is Kind.TIMELINE:
        timeline = events(section.body)
        yield timeline.before
        yield from (event.text for event in timeline.events)
        yield timeline.after
    else:
        yield section.body


def _spoiler(
    film: Film, text: str, place: Place, reach: Reach, *, required: bool = True
) -> Iterator[Spoiler]:
    """The spoiler, unless it is too short to be told from a number or an initial."""
    words = words_of(text)
    letters = words.replace(" ", "")
    if sum(map(str.isalpha, letters)) < _FEWEST_LETTERS:
        return
    parts = len(letters) if has_unspaced(words) else words.count(" ") + 1
    if len(letters) >= LONG_LETTERS and parts >= LONG_WORDS:
        reach = Reach.LETTERS
    title = f"{film.title} ({film.year})"
    yield Spoiler(film.slug, title, place, " ".join(text.split()), words, reach, required)


def _line_of(sentence: str, section: Section, film: Film) -> Place:
    """The line that a sentence begins on, or the section's first where Markdown stands in between."""
    at = section.body.find(sentence[:24])
    return Place(film.source.file, section.body_line + section.body.count("\n", 0, max(at, 0)))


def plain(text: str) -> str:
    r"""A text without marks, paragraphs ending in "\n"; Markdown is only read where there is some."""
    if _MARKED_UP.search(text):
        return to_text(text)
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text))
