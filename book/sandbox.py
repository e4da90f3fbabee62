"""Templates of themes that are not ours: what they may ask of the values that they are given.

Jinja2's sandbox keeps them from Python itself. Beyond that they get at no file, at no module and at nothing
that writes, and they come to an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import ModuleType
from typing import Any, ClassVar

from jinja2 import Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from book.bounds import OutOfTimeError, in_memory, in_time
from book.model import BookError

LONGEST_S = 60.0
"""Seconds for one page of a theme's; ours are done in milliseconds, the longest index in a second or two."""

MOST_BYTES = 1_000_000_000
MOST_LETTERS = 60_000_000
"""Of a page in HTML; an index of ten thousand films has a tenth of that."""

_LONGEST_TEXT = 1_000_000


class SealedTemplate(Template):
    """A template that comes to an end, and whose page has a size."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page; BookError where it is never done, or is as large as no page is."""
        with _bounded(str(self.name)):
            page = super().render(*args, **kwargs)
        if len(page) > MOST_LETTERS:
            raise BookError(
                f"The template {self.name} sets a page of {len(page) // 1_000_000} million letters.",
                "Look for something that is repeated, or take the file away: the theme's parent has one.",
            )
        return page


@contextmanager
def _bounded(name: str) -> Iterator[None]:
    """Raises BookError for a template without an end, and MemoryError for one without a size."""
    try:
        with in_time(LONGEST_S), in_memory(MOST_BYTES):
            yield
    except OutOfTimeError as error:
        raise BookError(
            f"The template {name} was not done after {LONGEST_S:.0f} seconds.",
            "Look for a loop within a loop, or take the file away: the theme's parent has one.",
        ) from error


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's own, with less to get at."""

    template_class = SealedTemplate
    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**"})  # type: ignore[misc]

    def _generate(self, source: Any, name: Any, filename: Any, defer_init: bool = False) -> str:
        """Jinja2 works out what it can while it reads a template, and so that has its bounds as well."""
        with _bounded(str(name)):
            return super()._generate(source, name, filename, defer_init)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No paths, which read and write, and nothing of a module, a class or a function."""
        if isinstance(obj, (PurePath, ModuleType, type)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums may be done, and a line of dashes drawn; a text of a billion letters is neither."""
        if operator == "**" or not all(isinstance(each, (int, float)) for each in (left, right)):
            size = max((len(each) for each in (left, right) if hasattr(each, "__len__")), default=0)
            times = max((each for each in (left, right) if isinstance(each, int)), default=0)
            if (operator == "**" and times > 1_000) or size * times > _LONGEST_TEXT:
                raise SecurityError(f"{operator} makes more than a page holds")
        return super().call_binop(context, operator, left, right)
