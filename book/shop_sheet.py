"""The sheet to paste from when a book is put up for sale: what a shop's form asks for, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from book.config import Project
from book.languages import language_direction
from book.model import Guide
from book.retail import credited, safe_keywords, subjects_of

KEYWORDS = 7
"""Fields for keywords in KDP's form; other shops take fewer or one line of all."""


def sheet(project: Project, guide: Guide, pages: int) -> tuple[tuple[str, str], ...]:
    """Every field that has something in it, with its name, in the order of a shop's form."""
    info, plan = project.info, project.print
    people = credited(info)
    words = safe_keywords(info, guide.films)
    subjects = subjects_of(info)
    rows: list[tuple[str, str]] = [
        ("Title", info.title),
        ("Subtitle", info.subtitle),
        ("Series", " ".join(filter(None, (info.series.name, info.series.number))) if info.series else ""),
        ("Edition", info.edition),
        *((f"Contributor {n}", f"{who.name} ({', '.join(who.roles)})") for n, who in enumerate(people, 1)),
        ("Publisher", info.publisher),
        ("Language", info.language),
        ("Publication date", info.published.isoformat() if info.published else ""),
        ("Description", info.description),
        *((f"Keyword {n}", word) for n, word in enumerate(words[:KEYWORDS], 1)),
        ("Further keywords", "; ".join(words[KEYWORDS:])),
        *(
            (f"Category {n}", f"{_scheme(each.scheme)}{each.code} {each.heading}".strip())
            for n, each in enumerate((each for each in subjects if each.scheme), 1)
        ),
        ("ISBN, print", info.isbn_print),
        ("ISBN, e-book", info.isbn_ebook),
        ("Price, print", _prices(plan.prices or project.prices)),
        ("Price, e-book", _prices(project.ebook.prices or project.prices)),
        (
            "Trim",
            f"{plan.trim_width_mm / 25.4:.3g} × {plan.trim_height_mm / 25.4:.3g} in "
            f"({plan.trim_width_mm:g} × {plan.trim_height_mm:g} mm)",
        ),
        ("Paper and ink", f"{plan.ink} on {plan.paper}"),
        ("Binding", "at the right: pages go from right to left" if _leftward(info.language) else ""),
        ("Pages", f"{pages:,}" if pages else ""),
        ("Rights", info.rights),
    ]
    return tuple((name, text) for name, text in rows if text)


def sheet_text(project: Project, guide: Guide, pages: int) -> str:
    """The sheet as plain text: the name of a field, its content, a blank line."""
    return "\n\n".join(f"{name}\n{text}" for name, text in sheet(project, guide, pages)) + "\n"


def sheet_html(project: Project, guide: Guide, pages: int) -> str:
    """The same as a page, in which one click marks the whole of a field."""
    rows = "\n".join(
        f'<dt>{escape(name)}</dt><dd lang="{escape(project.info.language)}">{escape(text)}</dd>'
        for name, text in sheet(project, guide, pages)
    )
    return _PAGE.format(title=escape(project.info.title), rows=rows)


def _leftward(language: str) -> bool:
    return language_direction(language) == "rtl"


def _prices(prices: Mapping[str, str]) -> str:
    return ", ".join(f"{amount} {currency}" for currency, amount in prices.items())


def _scheme(scheme: str) -> str:
    return f"{scheme}: " if scheme else ""


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: for shops</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; color: #222; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
dt {{ color: #666; font-size: .85rem; margin-top: 1rem }}
dd {{ margin: 0; padding: .4rem .6rem; background: #f5f3ee; user-select: all; white-space: pre-line }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>A click marks the whole of a field.</p>
<dl>
{rows}
</dl>
</body>
</html>
"""
