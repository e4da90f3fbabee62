"""Films, see-also lists and texts become a guide in reading order; paper and screens are not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath

from book.config import Project
from book.figures.atlas import sheets
from book.figures.charts import is_counted
from book.index_plan import CHECKLIST
from book.languages import country_name
from book.matter import DRAWN, HOW_TO_USE, HOW_TO_USE_TITLE, PAGES, is_text
from book.model import Chapter, Film, Guide, Index, Matter, SeeAlso, Slug
from book.selection import decade, in_order, select
from book.slugs import ascii_words, distinct
from book.titles import SortKey, file_under, letter, sort_key, split_article, surname_first
from book.tracks import reading_paths
from book.words import Words, marked, words_of

OTHER_FILMS = marked("Other films")
"""The last chapter when films are grouped by a fact that some of them lack."""

MORE_FILMS = marked("More films")
"""The last chapter when no chapter of the writer's takes a film, so that none is lost."""


def arrange(
    films: Sequence[Film],
    see_also: Mapping[Slug, tuple[SeeAlso, ...]],
    project: Project,
    texts: Mapping[str, str],
    indexes: Sequence[Index] = (),
) -> Guide:
    """The guide in reading order. Every film stands in exactly one chapter.

    `texts` holds Markdown by its path in guide.toml; one that is missing is left out. `indexes` take
    the place of the word "indexes", in their order. Every slug in the guide is given once: films keep
    theirs, and a chapter or a text of the same name steps aside.
    """
    taken: set[str] = {film.slug for film in films}
    words = words_of(project.info)
    chapters = _numbered(_drafts(films, project, texts, words), taken)
    drawn = _drawn(chapters, see_also, project, words)
    return Guide(
        info=project.info,
        front=tuple(_matter(project.matter.front, texts, indexes, drawn, taken, words)),
        chapters=chapters,
        back=tuple(_matter(project.matter.back, texts, indexes, drawn, taken, words)),
        see_also=see_also,
    )


# ------------------------------------------------------------------------------------- chapters


@dataclass(frozen=True, slots=True)
class _Draft:
    """A chapter before it has a number and a slug."""

    title: str
    films: tuple[Film, ...]
    intro: str = ""


def _drafts(
    films: Sequence[Film], project: Project, texts: Mapping[str, str], words: Words
) -> Iterator[_Draft]:
    if project.chapters:
        return _by_hand(films, project, texts, words)
    grouping = _GROUPINGS.get(project.chapters_by, _GROUPINGS["decade"])
    return _by_fact(films, grouping, words)


def _by_hand(
    films: Sequence[Film], project: Project, texts: Mapping[str, str], words: Words
) -> Iterator[_Draft]:
    """The writer's chapters; a film that two of them select stands in the first."""
    language = project.info.language
    taken: set[Slug] = set()
    for plan in project.chapters:
        chosen = tuple(film for film in select(plan, films, language) if film.slug not in taken)
        taken.update(film.slug for film in chosen)
        yield _Draft(plan.title, chosen, texts.get(plan.intro, ""))
    rest = [film for film in films if film.slug not in taken]
    yield _Draft(words.gettext(MORE_FILMS), in_order(rest, "year", language))


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Chapters by a fact: a film's chapter (empty when unknown), the order of chapters and of films."""

    title: Callable[[Film, Words], str]
    order: Callable[[str], SortKey] = sort_key
    sort: str = "year"


def _letter_of(film: Film, words: Words) -> str:
    return letter(sort_key(file_under(film, words.language)))


def _decade_of(film: Film, words: Words) -> str:
    return words.gettext("The %(decade)ds") % {"decade": decade(film.year)} if film.year else ""


_GROUPINGS: Mapping[str, _Grouping] = {
    "decade": _Grouping(_decade_of),
    "year": _Grouping(lambda film, _: str(film.year) if film.year else "", sort="title"),
    "genre": _Grouping(lambda film, _: film.genres[0] if film.genres else ""),
    "director": _Grouping(
        lambda film, _: film.directors[0] if film.directors else "",
        lambda name: sort_key(surname_first(name)),
    ),
    "country": _Grouping(
        lambda film, words: country_name(film.countries[0], words) if film.countries else ""
    ),
    "title": _Grouping(_letter_of, sort="title"),
}


def _by_fact(films: Sequence[Film], grouping: _Grouping, words: Words) -> Iterator[_Draft]:
    """A chapter for every value of a fact, the films that lack it in a last one."""
    groups: dict[str, list[Film]] = {}
    for film in films:
        groups.setdefault(grouping.title(film, words), []).append(film)
    rest = groups.pop("", [])
    for title, members in sorted(groups.items(), key=lambda group: grouping.order(group[0])):
        yield _Draft(title, in_order(members, grouping.sort, words.language))
    yield _Draft(words.gettext(OTHER_FILMS), in_order(rest, grouping.sort, words.language))


def _numbered(drafts: Iterable[_Draft], taken: set[str]) -> tuple[Chapter, ...]:
    """The chapters that have films, counted from 1, each with a slug of its own.

    A slug is made from the title alone, less its article, so that links into a published book survive
    another order of chapters.
    """
    chapters: list[Chapter] = []
    for draft in drafts:
        if not draft.films:
            continue
        name = split_article(draft.title, ("en",))[1]
        # No letter of a Chinese title can be spelt in a slug; its digest is as stable as its letters.
        words = ascii_words(name) or sha256(name.encode()).hexdigest()[:8]
        slug = distinct(Slug(f"chapter-{words}"), taken)
        taken.add(slug)
        chapters.append(Chapter(slug, draft.title, draft.films, draft.intro, len(chapters) + 1))
    return tuple(chapters)


# --------------------------------------------------------------------------------------- matter


def _matter(
    named: Sequence[str],
    texts: Mapping[str, str],
    indexes: Sequence[Index],
    drawn: Mapping[str, Matter],
    taken: set[str],
    words: Words,
) -> Iterator[Matter]:
    """The pages that guide.toml has `named`; a name without a page here is passed over.

    Our own text on how to use the book is left empty: it depends on where spoilers stand.
    """

    def free(name: str) -> Slug:
        slug = distinct(Slug(name), taken)
        taken.add(slug)
        return slug

    for word in named:
        if word in {"indexes", CHECKLIST}:
            for index in indexes:
                # The checklist stands among the indexes, unless it has a place of its own.
                if (index.name == CHECKLIST and CHECKLIST in named) == (word == CHECKLIST):
                    yield Matter("index", free(f"index-{index.name}"), index.title, index=index)
        elif word in drawn:
            yield replace(drawn[word], slug=free(word))
        elif word == "how-to-use":
            title, text = _headed(texts.get(HOW_TO_USE, ""))
            yield Matter("how-to-use", free("how-to-use"), title or words.gettext(HOW_TO_USE_TITLE), text)
        elif word in PAGES:
            yield Matter(word, free(word), words.gettext(PAGES[word]))
        elif is_text(word) and word in texts:
            title, text = _headed(texts[word])
            stem = PurePosixPath(word).stem
            # "text-" keeps a foreword from taking the word of a page of ours.
            slug = free(f"text-{ascii_words(stem) or 'page'}")
            yield Matter("text", slug, title or stem.replace("-", " ").capitalize(), text)


def _drawn(
    chapters: Sequence[Chapter],
    see_also: Mapping[Slug, tuple[SeeAlso, ...]],
    project: Project,
    words: Words,
) -> Mapping[str, Matter]:
    """The pages that follow from the films, by their word, if there is anything to show on them."""
    films = tuple(film for chapter in chapters for film in chapter.films)
    paths = reading_paths(project.tracks, films, project.info.language)
    shown = {"map": bool(sheets(chapters, see_also)), "figures": is_counted(films), "tracks": bool(paths)}
    return {
        word: Matter(word, word, words.gettext(title), paths=paths if word == "tracks" else ())
        for word, title in DRAWN.items()
        if shown[word]
    }


def _headed(markdown: str) -> tuple[str, str]:
    """A text's title, from a first line that is a `#` heading, and the rest; no title without one."""
    first, _, rest = markdown.strip().partition("\n")
    if first.startswith("# "):
        return first[2:].strip().rstrip("#").strip(), rest.strip()
    return "", markdown.strip()
