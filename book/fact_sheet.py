"""The facts of a film as lines of YAML, key by key, in the one form in which entries are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from book.frontmatter import flow_list, flow_map, scalar
from book.model import BoxOffice, CastMember, Film, Image, Origin, Series, SimilarLink

LINE = 100
"""A list that would be longer than this, in characters, is written one item a line."""


def fact_lines(film: Film) -> dict[str, tuple[str, ...]]:
    """The lines of every key that has a value, in the order of an entry; unknown keys stand at the end.

    Two films whose lines are the same have the same facts.
    """
    wanted = {
        "title": _text("title", film.title),
        "original_title": _text("original_title", film.original_title),
        "sort_title": _text("sort_title", film.sort_title),
        "aka": _list("aka", film.aka),
        "year": _text("year", str(film.year) if film.year else ""),
        "premiered": (f"premiered: {film.premiered.isoformat()}",) if film.premiered else (),
        "runtime": _text("runtime", "" if film.runtime_min is None else str(film.runtime_min)),
        "language": _list("language", film.languages),
        "country": _list("country", film.countries),
        "director": _list("director", film.directors),
        "writer": _list("writer", film.writers),
        "cinematographer": _list("cinematographer", film.cinematographers),
        "composer": _list("composer", film.composers),
        "cast": _records("cast", [_member(member) for member in film.cast]),
        "genre": _list("genre", film.genres),
        "themes": _list("themes", film.themes),
        "spoiler_themes": _list("spoiler_themes", film.spoiler_themes),
        "series": _series(film.series),
        "certificate": _text("certificate", film.certificate),
        "rating": _text("rating", film.rating),
        "tagline": _text("tagline", film.tagline),
        "post_credits": _text("post_credits", film.post_credits),
        "box_office": _box_office(film.box_office),
        "ids": (f"ids: {flow_map(_scalars(film.ids))}",) if film.ids else (),
        "links": _labelled("links", film.links),
        "image": _image(film.image),
        "similar": _records("similar", [_link(link) for link in film.similar]),
        "leaks_ok": _labelled("leaks_ok", film.leaks_ok),
        "updated": (f"updated: {film.updated.isoformat()}",) if film.updated else (),
        "source": _origin(film.origin),
    }
    wanted |= {key: tuple(_tree(key, value)) for key, value in film.extra.items()}
    return {key: lines for key, lines in wanted.items() if lines}


def _text(key: str, text: str) -> tuple[str, ...]:
    return (f"{key}: {scalar(text)}",) if text else ()


def _list(key: str, texts: Sequence[str]) -> tuple[str, ...]:
    if not texts:
        return ()
    line = f"{key}: {flow_list(texts)}"
    return (line,) if len(line) <= LINE else _records(key, [scalar(text) for text in texts])


def _records(key: str, items: Sequence[str]) -> tuple[str, ...]:
    return (f"{key}:", *(f"  - {item}" for item in items)) if items else ()


def _scalars(pairs: Mapping[str, str]) -> dict[str, str]:
    return {key: scalar(value, flow=True) for key, value in pairs.items() if value}


def _member(member: CastMember) -> str:
    return flow_map(
        _scalars({"name": member.name, "role": member.role}) | ({"spoiler": "true"} if member.spoiler else {})
    )


def _link(link: SimilarLink) -> str:
    from book.fact_records import similar_link

    text = link.to or (f"{link.title} ({link.year})" if link.year is not None else link.title)
    understood = similar_link(text)
    if (understood.to, understood.title, understood.year) != (link.to, link.title, link.year):
        year = {} if link.year is None else {"year": str(link.year)}
        return flow_map(_scalars({"title": link.title}) | year | _scalars({"why": link.why}))
    return flow_map(_scalars({"to": text, "why": link.why})) if link.why else scalar(text)


def _series(series: Series | None) -> tuple[str, ...]:
    if series is None:
        return ()
    if not series.number:
        return _text("series", series.name)
    return (f"series: {flow_map(_scalars({'name': series.name, 'number': series.number}))}",)


def _box_office(money: BoxOffice | None) -> tuple[str, ...]:
    if money is None or (money.budget is None and money.gross is None):
        return ()
    amounts = {"budget": money.budget, "gross": money.gross}
    known = {key: str(amount) for key, amount in amounts.items() if amount is not None}
    return (f"box_office: {flow_map(known | {'currency': scalar(money.currency, flow=True)})}",)


def _labelled(key: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    pairs = [f"  {scalar(label, flow=True)}: {scalar(text)}" for label, text in texts.items()]
    return (f"{key}:", *pairs) if pairs else ()


def _image(image: Image | None) -> tuple[str, ...]:
    if image is None:
        return ()
    parts = {"file": image.file, "alt": image.alt, "credit": image.credit}
    line = f"image: {flow_map(_scalars(parts))}"
    if len(line) <= LINE:
        return (line,)
    return ("image:", *(f"  {key}: {scalar(text)}" for key, text in parts.items() if text))


def _origin(origin: Origin) -> tuple[str, ...]:
    if origin == Origin():
        return ()
    known = _scalars({"imported": origin.imported, "digest": origin.digest})
    return (f"source: {flow_map(known | {'reviewed': str(origin.reviewed).lower()})}",)


def _tree(key: str, value: object, indent: str = "") -> list[str]:
    """A value of a key that nobody knows: text, None, and lists and dicts of such."""
    name = f"{indent}{scalar(key, flow=True)}:"
    match value:
        case None:
            return [name]
        case Mapping() if value:
            return [name, *(line for k, v in value.items() for line in _tree(str(k), v, f"{indent}  "))]
        case list() | tuple() if value:
            return [name, *(f"{indent}  - {_flow(item)}" for item in value)]
    return [f"{name} {_flow(value)}"]


def _flow(value: object) -> str:
    match value:
        case None:
            return "~"
        case Mapping():
            return flow_map({str(key): _flow(each) for key, each in value.items()})
        case list() | tuple():
            return f"[{', '.join(map(_flow, value))}]"
    return scalar(str(value), flow=True)
