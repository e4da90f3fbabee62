"""What WeasyPrint asks of itself a hundred thousand times a film, answered sooner and in the same way.

Two questions take a sixth of its time on our pages: what a property is that no rule sets, for which it goes
through all that a set one might need, and how long a length is that is no percentage. The
answers are WeasyPrint's own, from its own tables; whatever is not as plain as that is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

_ENTWINED = frozenset({"float", "display", "position", "page"})
"""Properties whose value hangs on others, or on ancestors in a way of their own."""


@contextmanager
def brisk(weasyprint: Any) -> Iterator[None]:
    """Have WeasyPrint answer sooner for a while; its modules `css` and `layout` are imported."""
    replaced = _replacements(weasyprint)
    try:
        for owner, name, ours, _ in replaced:
            setattr(owner, name, ours)
        yield
    finally:
        for owner, name, _, its in replaced:
            setattr(owner, name, its)


Replacement = tuple[Any, str, Callable[..., Any], Callable[..., Any]]


@lru_cache(maxsize=1)
def _replacements(weasyprint: Any) -> tuple[Replacement, ...]:
    """Owner, name, our function and WeasyPrint's own."""
    style, percent = weasyprint.css.ComputedStyle, weasyprint.layout.percent
    lengths: tuple[ModuleType, ...] = (percent, weasyprint.layout.inline, weasyprint.layout.table)
    length = _length(percent, weasyprint.css.properties.Dimension)
    return (
        (style, "__missing__", _missing(plain_answers(weasyprint), style.__missing__), style.__missing__),
        *((module, "resolve_one_percentage", length, percent.resolve_one_percentage) for module in lengths),
    )


@dataclass(frozen=True, slots=True)
class PlainAnswers:
    """What properties are that no rule sets: `initial` values, what a parent has, or either by side.

    `by_side` may be set by other names, which go by the way that lines run (margin-inline-start): an initial
    value, and those names.
    """

    initial: Mapping[str, Any]
    inherited: frozenset[str]
    by_side: Mapping[str, tuple[Any, frozenset[str]]]


def plain_answers(weasyprint: Any) -> PlainAnswers:
    """WeasyPrint's tables, without what is not plain."""
    css = weasyprint.css
    values, sided = css.INITIAL_VALUES, css.PHYSICAL_FUNCTIONS
    plain = [key for key in values if key not in _ENTWINED and not key.startswith(("text_decoration_", "__"))]
    fixed = [key for key in plain if key not in css.INHERITED and key not in css.INITIAL_NOT_COMPUTED]
    return PlainAnswers(
        {key: values[key] for key in fixed if key not in sided},
        frozenset(key for key in plain if key in css.INHERITED and key not in sided),
        {
            key: (
                values[key],
                frozenset(sided[key](block="ttb", inline=way) for way in ("ltr", "rtl")),
            )
            for key in fixed
            if key in sided
        },
    )


def _missing(plain: PlainAnswers, its: Callable[..., Any]) -> Callable[..., Any]:
    initial, inherited, by_side = plain.initial, plain.inherited, plain.by_side

    def computed(style: Any, key: str) -> Any:
        if key not in style.cascaded:
            if key in initial:
                value = style[key] = initial[key]
                return value
            if key in inherited and style.parent_style is not None:
                value = style[key] = style.parent_style[key]
                return value
            if key in by_side and style.cascaded.keys().isdisjoint(by_side[key][1]):
                value = style[key] = by_side[key][0]
                return value
        return its(style, key)

    return computed


def _length(percent: Any, dimension: Any) -> Callable[..., None]:
    of_others = percent.percentage

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is dimension and value.unit is not None and value.unit != "%":
            value = value.value
        elif value is not None and value != "auto":
            value = of_others(value, box.style, refer_to)
        if value == "auto" and name in ("min_width", "min_height"):
            value = 0
        setattr(box, name, value)

    return resolve_one_percentage
