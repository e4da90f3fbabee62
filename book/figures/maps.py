"""A map of similar films as drawings: one for each page that it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from book.figures.atlas import Sheet, Tie, weights_of
from book.figures.drawing import Cell, Drawing, Form, Label, Line, Mark, Spot
from book.figures.geometry import Box, box_around, grown, inside, meet, within
from book.figures.layout import places
from book.figures.lettering import Lettering
from book.figures.refining import Room, Window
from book.model import Chapter, Film, Slug
from book.words import Words

ON_A_SPREAD = 17
"""From so many films on, a map takes two facing pages."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a map is drawn on, in points. `gutter` is what lies between two pages, 0 for a single one.

    `head` is what a heading takes of the first page above the map, and what stays free on a second one.
    `digits` is how many digits a page number has room for, 0 where none is printed. `widest` is the length
    of a line of a title at the most.
    """

    width: float
    height: float
    gutter: float
    size: float
    digits: int
    widest: float
    head: float = 0.0


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything that the maps of a guide share. `chapters` are given forms, where there are few enough."""

    chapters: tuple[Chapter, ...]
    letters: Lettering
    words: Words


FORMS = tuple((form, filled) for form in Form for filled in (True, False))
"""Chapters are told apart by these, as long as they last."""

_LEADING = 1.12  # between the two lines of a title
_AIR = 2.4  # around a film's spot and words
_ABOVE_KEY = 10.0


def map_drawings(sheet: Sheet, name: str, paper: Paper, atlas: Atlas) -> tuple[Drawing, ...]:
    """The map of these films, page by page; empty where the paper is too small for any five of them.

    Where it is too small for all, those with the fewest ties are left out. On a spread the first drawing is
    the verso's, and the ties that run on across the gutter are cut at both its edges.
    """
    while True:
        drawn = _Plate(sheet, paper, atlas).drawings(name)
        if drawn:
            return drawn
        ties = Counter(slug for tie in sheet.ties for slug in (tie.one, tie.other))
        least = min(sheet.films, key=lambda film: (ties[film.slug], film.slug))
        rest = tuple(tie for tie in sheet.ties if not tie.has(least.slug))
        tied = {slug for tie in rest for slug in (tie.one, tie.other)}
        films = tuple(film for film in sheet.films if film.slug in tied)
        if len(films) < 2:
            return ()
        sheet = replace(
            sheet, films=films, ties=rest, left_out=sheet.left_out + len(sheet.films) - len(films)
        )


class _Plate:
    """One map on one paper."""

    def __init__(self, sheet: Sheet, paper: Paper, atlas: Atlas) -> None:
        self._sheet, self._paper, self._atlas = sheet, paper, atlas
        self._place = {film.slug: number for number, film in enumerate(sheet.films)}
        self._ties = {_pair(tie, self._place): tie for tie in sheet.ties}
        self._count = Counter(slug for tie in sheet.ties for slug in (tie.one, tie.other))
        titles = short_titles(sheet.films)
        self._lines = [
            atlas.letters.wrapped(titles[film.slug], paper.size, paper.widest) for film in sheet.films
        ]
        number = atlas.letters.width("\N{EN SPACE}" + "0" * paper.digits, paper.size) if paper.digits else 0.0
        self._widths = [self._width(lines, number) for lines in self._lines]
        self._number = number

    def _width(self, lines: Sequence[str], number: float) -> float:
        letters, size = self._atlas.letters, self._paper.size
        *upper, last = (letters.width(line, size) for line in lines)
        return max([*upper, last + number])

    def _radius(self, film: int) -> float:
        return min(1.7 + 0.3 * self._count[self._sheet.films[film].slug], 3.8)

    def _near(self, film: int) -> float:
        """From the middle of a spot to its words; a triangle is wider than the disc it stands for."""
        return self._radius(film) * 1.1 + 1.2

    def _deep(self, film: int) -> float:
        return len(self._lines[film]) * self._paper.size * _LEADING

    # ------------------------------------------------------------------------------------- places

    def drawings(self, name: str) -> tuple[Drawing, ...]:
        paper = self._paper
        films = range(len(self._sheet.films))
        pages = self._pages()
        rooms = [
            Room(
                max(self._widths[film], 2 * self._radius(film)) / 2 + _AIR,
                self._radius(film) + _AIR,
                self._near(film) + self._deep(film) + _AIR,
            )
            for film in films
        ]
        windows = [Window(left, top, right, bottom) for left, top, right, bottom in pages]
        likeness = {pair: tie.likeness for pair, tie in self._ties.items()}
        points = places([film.slug for film in self._sheet.films], likeness, rooms, windows)
        if points is None:
            return ()
        boxes = self._labelled(points, pages)
        marks = self._marks(points, boxes)
        labels = [label for film in films for label in self._words_of(film, boxes[film])]
        key_marks, key_labels, key_deep = self._key()
        drawings = []
        for number, page in enumerate(pages):
            down = paper.head if number else 0.0
            own = [_moved(mark, -page[0], down) for mark in _cut_to(marks, page)]
            named = [_set(label, -page[0], down) for label in labels if page[0] <= label.x <= page[2]]
            deep = down + paper.height
            if number == len(pages) - 1 and key_deep:
                own += [_moved(mark, 0, deep + _ABOVE_KEY) for mark in key_marks]
                named += [_set(label, 0, deep + _ABOVE_KEY) for label in key_labels]
                deep += _ABOVE_KEY + key_deep
            drawings.append(
                Drawing(
                    name=name if number == 0 else f"{name}-{number + 1}",
                    title=self._title(),
                    description=self._description(),
                    width=paper.width,
                    height=round(deep, 2),
                    marks=tuple(own),
                    labels=tuple(named),
                    caption=self._caption(),
                    rows=self._rows() if number == 0 else (),
                )
            )
        return tuple(drawings)

    def _pages(self) -> list[Box]:
        paper = self._paper
        first = (0.0, 0.0, paper.width, paper.height)
        if not paper.gutter or len(self._sheet.films) < ON_A_SPREAD:
            return [first]
        start = paper.width + paper.gutter
        # At one level with the verso, so that a tie goes on where it was cut.
        return [first, (start, 0.0, start + paper.width, paper.height)]

    # ------------------------------------------------------------------------------------- words

    def _labelled(self, points: Sequence[tuple[float, float]], pages: Sequence[Box]) -> list[Box]:
        """The box of each film's words: below its spot, or wherever around it the fewest ties run through.

        Below there is room for all of them; another place is taken only where it is free.
        """
        films = range(len(points))
        boxes = [self._around(film, points[film])[0] for film in films]
        spots = [box_around(points[film], self._radius(film)) for film in films]
        lines = [((a, b), (points[a], points[b])) for a, b in sorted(self._ties)]

        def covered(box: Box, film: int) -> int:
            # A film's own ties are looked for where they reach its spot, and count twice.
            met = (ends for ends, (a, b) in lines if within(a, b, grown(box, 0.8)) is not None)
            return sum(2 if film in ends else 1 for ends in met)

        for _ in range(3):
            for film in films:
                page = next(page for page in pages if page[0] <= points[film][0] <= page[2])
                best, least = boxes[film], covered(boxes[film], film)
                for box in self._around(film, points[film])[1:]:
                    taken = [*(boxes[other] for other in films if other != film)]
                    taken += [spots[other] for other in films if other != film]
                    if not inside(box, page) or any(
                        meet(grown(box, 0.3 * self._paper.size), other) for other in taken
                    ):
                        continue
                    count = covered(box, film)
                    if count < least:
                        best, least = box, count
                boxes[film] = best
        return boxes

    def _around(self, film: int, point: tuple[float, float]) -> list[Box]:
        """Where words may stand, below first: above, right, left, then at the corners."""
        (x, y), w, h = point, self._widths[film], self._deep(film)
        near = self._near(film)
        aside = near * 0.8
        lefts = {"mid": x - w / 2, "right": x + near + 0.6, "left": x - near - 0.6 - w}
        tops = {"below": y + near, "above": y - near - h, "beside": y - h / 2}
        return [
            (lefts["mid"], tops["below"], lefts["mid"] + w, tops["below"] + h),
            (lefts["mid"], tops["above"], lefts["mid"] + w, tops["above"] + h),
            (lefts["right"], tops["beside"], lefts["right"] + w, tops["beside"] + h),
            (lefts["left"], tops["beside"], lefts["left"] + w, tops["beside"] + h),
            (x + aside, tops["below"] - 0.8, x + aside + w, tops["below"] - 0.8 + h),
            (x - aside - w, tops["below"] - 0.8, x - aside, tops["below"] - 0.8 + h),
            (x + aside, tops["above"] + 0.8, x + aside + w, tops["above"] + 0.8 + h),
            (x - aside - w, tops["above"] + 0.8, x - aside, tops["above"] + 0.8 + h),
        ]

    def _words_of(self, film: int, box: Box) -> list[Label]:
        size, lines = self._paper.size, self._lines[film]
        slug, middle = self._sheet.films[film].slug, (box[0] + box[2]) / 2
        labels = []
        for number, line in enumerate(lines):
            baseline = box[1] + (number + 0.8) * size * _LEADING
            last = number == len(lines) - 1
            # Centred as if the page number were there in any case: it is laid over the line later.
            labels.append(
                Label(
                    round(middle, 2),
                    round(baseline, 2),
                    line,
                    size,
                    "middle",
                    film=slug,
                    paged=last and bool(self._number),
                )
            )
        return labels

    # ------------------------------------------------------------------------------------- marks

    def _marks(self, points: Sequence[tuple[float, float]], boxes: Sequence[Box]) -> list[Mark]:
        """The ties, broken off where they meet a spot or words, and the spots."""
        marks: list[Mark] = []
        weights = weights_of(self._sheet.ties)
        for (a, b), tie in sorted(self._ties.items()):
            holes = [grown(box, 0.9) for box in boxes]
            holes += [box_around(point, self._radius(film) + 1.1) for film, point in enumerate(points)]
            marks += _broken(points[a], points[b], holes, weights[tie])
        forms = self._forms()
        for film, (x, y) in enumerate(points):
            slug = self._sheet.films[film].slug
            form, filled = forms.get(slug, FORMS[0])
            marks.append(Spot(x, y, self._radius(film), form, filled, slug))
        return marks

    def _told_apart(self) -> bool:
        return not self._sheet.chapter and 1 < len(self._atlas.chapters) <= len(FORMS)

    def _forms(self) -> Mapping[Slug, tuple[Form, bool]]:
        if not self._told_apart():
            return {}
        return {
            film.slug: FORMS[number]
            for number, chapter in enumerate(self._atlas.chapters)
            for film in chapter.films
        }

    def _key(self) -> tuple[list[Mark], list[Label], float]:
        """What the forms stand for, in columns under the map, and their height; none where all are alike."""
        if not self._told_apart():
            return [], [], 0.0
        size, letters = self._paper.size, self._atlas.letters
        named = [chapter.title for chapter in self._atlas.chapters]
        widest = max(letters.width(title, size) for title in named) + 18
        columns = max(1, min(3, int(self._paper.width / widest), len(named)))
        rows = -(-len(named) // columns)
        step = self._paper.width / columns
        marks: list[Mark] = []
        labels = []
        for number, title in enumerate(named):
            x, y = (number // rows) * step, (number % rows + 0.5) * size * 1.5
            shown = letters.wrapped(title, size, step - 14, lines=1)[0]
            marks.append(Spot(round(x + 4, 2), round(y, 2), 2.8, *FORMS[number]))
            labels.append(Label(round(x + 10, 2), round(y + size * 0.3, 2), shown, size))
        return marks, labels, rows * size * 1.5

    # --------------------------------------------------------------------------------- in words

    def _title(self) -> str:
        return self._sheet.chapter or self._atlas.words.gettext("Map of similar films")

    def _caption(self) -> str:
        _, ngettext = self._atlas.words.gettext, self._atlas.words.ngettext
        said = [_("Each film is tied to the two most like it; the heavier the line, the more alike.")]
        if self._sheet.left_out:
            left = ngettext(
                "%(number)d film is not on the map.",
                "%(number)d films are not on the map.",
                self._sheet.left_out,
            )
            said.append(left % {"number": self._sheet.left_out})
        return " ".join(said)

    def _description(self) -> str:
        words, films = self._atlas.words, {film.slug: film for film in self._sheet.films}
        most = sorted(films, key=lambda slug: (-self._count[slug], self._place[slug]))[:3]
        said = words.gettext(
            "A map of %(films)d films with %(ties)d lines between those that are alike. "
            "Most lines meet at %(most)s."
        )
        listed = ", ".join(f"{films[slug].title} ({self._count[slug]})" for slug in most)
        return said % {"films": len(films), "ties": len(self._sheet.ties), "most": listed}

    def _rows(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        _ = self._atlas.words.gettext
        films = {film.slug: film for film in self._sheet.films}
        near: dict[Slug, list[tuple[float, int, Slug]]] = {slug: [] for slug in films}
        for tie in self._sheet.ties:
            near[tie.one].append((-tie.likeness, self._place[tie.other], tie.other))
            near[tie.other].append((-tie.likeness, self._place[tie.one], tie.one))
        head = ((Cell(_("Film")),), (Cell(_("Tied to")),))
        titled = {slug: Cell(f"{film.title} ({film.year})", slug) for slug, film in films.items()}
        return (
            head,
            *(
                ((titled[slug],), tuple(titled[other] for _, _, other in sorted(others)))
                for slug, others in near.items()
            ),
        )


def short_titles(films: Sequence[Film]) -> Mapping[Slug, str]:
    """Titles as short as they may be: without a subtitle, with the year where two films share a title."""
    heads = {film.slug: _head(film.title) for film in films}
    shared = Counter(heads.values())
    short = {film.slug: heads[film.slug] if shared[heads[film.slug]] == 1 else film.title for film in films}
    again = Counter(short.values())
    return {
        film.slug: short[film.slug] if again[short[film.slug]] == 1 else f"{short[film.slug]} ({film.year})"
        for film in films
    }


def _head(title: str) -> str:
    head, colon, _ = title.partition(": ")
    return head if colon and len(head) > 3 else title


def _pair(tie: Tie, place: Mapping[Slug, int]) -> tuple[int, int]:
    a, b = sorted((place[tie.one], place[tie.other]))
    return a, b


def _broken(
    a: tuple[float, float], b: tuple[float, float], holes: Sequence[Box], weight: float
) -> list[Mark]:
    """A line from a to b without what runs through the holes; bits too short to be seen are left out."""
    gaps = sorted(filter(None, (within(a, b, hole) for hole in holes)))
    pieces, start = [], 0.0
    for enters, leaves in gaps:
        if enters > start:
            pieces.append((start, enters))
        start = max(start, leaves)
    if start < 1:
        pieces.append((start, 1.0))
    long = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5

    def at(share: float) -> tuple[float, float]:
        return round(a[0] + share * (b[0] - a[0]), 2), round(a[1] + share * (b[1] - a[1]), 2)

    return [Line(*at(first), *at(last), weight) for first, last in pieces if (last - first) * long > 1.5]


def _cut_to(marks: Sequence[Mark], page: Box) -> list[Mark]:
    """The marks that stand on a page, lines cut at its edges."""
    kept: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Line):
            a, b = (mark.x1, mark.y1), (mark.x2, mark.y2)
            found = within(a, b, grown(page, 0.01))
            if found is None:
                continue
            (x1, y1), (x2, y2) = (
                (round(a[0] + share * (b[0] - a[0]), 2), round(a[1] + share * (b[1] - a[1]), 2))
                for share in found
            )
            kept.append(replace(mark, x1=x1, y1=y1, x2=x2, y2=y2))
        elif page[0] <= mark.x <= page[2]:
            kept.append(mark)
    return kept


def _moved(mark: Mark, dx: float, dy: float) -> Mark:
    if isinstance(mark, Line):
        return replace(
            mark,
            x1=round(mark.x1 + dx, 2),
            x2=round(mark.x2 + dx, 2),
            y1=round(mark.y1 + dy, 2),
            y2=round(mark.y2 + dy, 2),
        )
    return replace(mark, x=round(mark.x + dx, 2), y=round(mark.y + dy, 2))


def _set(label: Label, dx: float, dy: float) -> Label:
    return replace(label, x=round(label.x + dx, 2), y=round(label.y + dy, 2))
