"""Every rule that a guide must keep before it is arranged; what breaks one is a finding.

Reading reports what it cannot read; the rules here judge what was read. Each looks at the whole guide
and yields what it finds, so that all of it is shown in one pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from book.cache import Cache
from book.check_chapters import chapters_select_films, editions_select_films, films_stand_in_one_chapter
from book.check_facts import (
    entry_was_reviewed,
    fence_stands,
    films_are_distinct,
    premiere_fits_the_year,
    runtime_is_possible,
    slug_ends_with_the_year,
    synopsis_is_there,
    title_is_there,
    year_is_possible,
)
from book.check_leaks import intros_give_nothing_away, stories_are_not_given_away
from book.check_links import embeddings_are_installed, links_lead_to_films, similar_links_lead_somewhere
from book.check_pictures import (
    cover_can_be_printed,
    pictures_can_be_printed,
    pictures_of_texts_can_be_printed,
)
from book.check_shops import keywords_keep_spoilers, shops_are_told_no_story
from book.check_themes import themes_can_be_used
from book.check_tracks import story_order_is_known, tracks_are_printed, tracks_lead_through_films
from book.config import Project
from book.model import Film, Finding
from book.proofs import Proofs, Rule, of_each
from book.selection import catalogue
from book.workers import ALONE, Hands

LEAKS = ("F204", "F205", "F206", "F207", "F208", "F209")

RULES: tuple[Rule, ...] = (
    Rule(("F006",), films_are_distinct),
    Rule(("F110", "F115"), of_each(title_is_there)),
    Rule(("F111", "F112"), of_each(year_is_possible)),
    Rule(("F113",), of_each(runtime_is_possible)),
    Rule(("F114",), of_each(premiere_fits_the_year)),
    Rule(("F116",), of_each(slug_ends_with_the_year)),
    Rule(("F117",), of_each(synopsis_is_there)),
    Rule(("F118",), of_each(entry_was_reviewed)),
    Rule(("F201", "F202", "F203"), of_each(fence_stands)),
    Rule(LEAKS, stories_are_not_given_away),
    Rule(LEAKS, intros_give_nothing_away),
    Rule(LEAKS, shops_are_told_no_story),
    Rule(("F210",), keywords_keep_spoilers),
    Rule(("F301", "F302", "F303", "F304"), of_each(similar_links_lead_somewhere)),
    Rule(("F305",), embeddings_are_installed),
    Rule(("F306",), links_lead_to_films),
    Rule(("F401", "F402", "F403", "F404", "F405", "F406"), of_each(pictures_can_be_printed)),
    Rule(("F401", "F402", "F403", "F404", "F405", "F406"), pictures_of_texts_can_be_printed),
    Rule(("F401", "F402", "F403", "F404", "F406"), cover_can_be_printed),
    Rule(("F508", "F509"), themes_can_be_used),
    Rule(("F510", "F511"), chapters_select_films),
    Rule(("F512", "F513"), films_stand_in_one_chapter),
    Rule(("F518",), editions_select_films),
    Rule(("F530", "F531"), tracks_lead_through_films),
    Rule(("F532",), story_order_is_known),
    Rule(("F533",), tracks_are_printed),
)


def check(
    films: Sequence[Film],
    project: Project,
    texts: Mapping[str, str] | None = None,
    *,
    this_year: int,
    cache: Cache | None = None,
    hands: Hands = ALONE,
) -> tuple[Finding, ...]:
    """All that the rules find, in the order of files, lines and codes.

    `texts` are those beside the films, by file. `this_year` is the year of the calendar, by which a
    film's year is judged. What takes long to find out of a film is found out by all `hands`, and kept in the
    cache.
    """
    proofs = Proofs(films, project, this_year, catalogue(films), texts or {}, cache, hands)
    found = (finding for rule in RULES for finding in rule.look(proofs))
    return tuple(sorted(found, key=lambda finding: finding.order))
