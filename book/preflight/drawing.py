"""What is drawn on the pages, held to a printer's figures: fonts, numbers, pictures, type and lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from book.model import Finding
from book.preflight.asked import Asked, Look, counted, on_pages
from book.preflight.contents import Colour, Drawn

_REPORT = "Build the file anew; if that does not help, please report it."
_ROUNDING_PPI = 1.0
_ROUNDING_PT = 0.01


def fonts(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """Every font in the file, every one of the theme's, and no letter that its font lacks."""
    loose: dict[str, list[int]] = defaultdict(list)
    foreign: dict[str, list[int]] = defaultdict(list)
    undrawn: list[int] = []
    names = set()
    for page in drawn:
        for font, codes in page.codes.items():
            names.add(font.name)
            if not font.embedded and not font.drawn_here:
                loose[font.name].append(page.number)
            if asked.families and not font.is_of(asked.families):
                foreign[font.name].append(page.number)
            if font.undrawn(codes):
                undrawn.append(page.number)
    findings: list[Finding] = []
    for name, pages in sorted(loose.items()):
        message = (
            f"The font {name} on {on_pages(pages)} is not in {asked.name}; a printer would take another."
        )
        findings.append(
            asked.wrong("F965", message, "Use a font file that may be embedded, in a theme of your own.")
        )
    for name, pages in sorted(foreign.items()):
        message = f"The font {name} on {on_pages(pages)} of {asked.name} is none of the theme's."
        findings.append(
            asked.wrong("F965", message, "Name it in theme.toml, or take it out of the theme's CSS.")
        )
    if undrawn:
        message = f"{asked.name} shows empty boxes for letters that the font lacks, on {on_pages(undrawn)}."
        findings.append(asked.wrong("F965", message, "Write them another way, or add a face that has them."))
    return Look(
        "fonts", f"{counted(len(names), 'font')}, all in the file" if not loose else "", tuple(findings)
    )


def references(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """No page number that was left out."""
    empty = [page.number for page in drawn if page.empty]
    count = sum(page.empty for page in drawn)
    if not empty:
        return Look("references", "every number is printed")
    message = f"{asked.name} leaves out {counted(count, 'page number')}, on {on_pages(empty)}."
    return Look("references", f"{count} left out", (asked.wrong("F972", message, _REPORT),))


def pictures(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """Every picture fine enough for the size at which it stands."""
    least = asked.printer.file.picture_ppi
    placed = [(each, page.number) for page in drawn for each in page.pictures]
    if not placed:
        return Look("pictures", "none")
    coarsest = min(each.ppi for each, _ in placed)
    told = f"{counted(len(placed), 'picture')}, the coarsest with {coarsest:.0f} ppi"
    coarse = [(each, number) for each, number in placed if each.ppi < least - _ROUNDING_PPI]
    if not coarse:
        return Look("pictures", told, ())
    worst, number = min(coarse, key=lambda pair: pair[0].ppi)
    width, height = (side / 72 for side in worst.sides)
    where = on_pages([number for _, number in coarse])
    message = (
        f"{asked.name} has pictures of fewer than {least} ppi on {where}; "
        f"the one on page {number} has {worst.ppi:.0f} ({worst.pixels[0]:,} × {worst.pixels[1]:,} pixels on "
        f"{width:.1f} × {height:.1f} in)."
    )
    hint = f"Bring it with {width * least:,.0f} × {height * least:,.0f} pixels, or show it smaller."
    return Look("pictures", told, (asked.wrong("F966", message, hint),))


def type_sizes(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """No type smaller than the printer can print."""
    least = asked.printer.file.least_type_pt
    sizes = {page.number: min(min(each) for each in page.type.values()) for page in drawn if page.type}
    if not sizes:
        return Look("type", "none")
    smallest = min(sizes.values())
    small = [number for number, size in sizes.items() if size < least - _ROUNDING_PT]
    told = f"the smallest has {smallest:g} pt"
    if not small:
        return Look("type", told)
    message = (
        f"{asked.name} has type of {smallest:g} pt on {on_pages(small)}; the printer wants {least:g} pt."
    )
    return Look("type", told, (asked.wrong("F975", message, "Make it larger in the theme's CSS."),))


def lines(asked: Asked, drawn: Sequence[Drawn]) -> Look:
    """No line thinner than the printer can print, and no grey that is too light for it."""
    rule = asked.printer.file
    known = {}
    for page in drawn:
        # On a cover the bars of the barcode are rectangles too, and as thin as they must be.
        strokes = [*page.lines.items(), *(() if asked.wrap else page.rules.items())]
        widths = [width for width, of in strokes if any(map(_shows, of))]
        if widths:
            known[page.number] = min(widths)
    thin = [number for number, width in known.items() if width < rule.least_line_pt - _ROUNDING_PT]
    findings: list[Finding] = []
    if thin:
        message = (
            f"{asked.name} has lines of {min(known.values()):.2g} pt on {on_pages(thin)}; "
            f"the printer wants {rule.least_line_pt:g} pt."
        )
        findings.append(
            asked.wrong("F975", message, "Make them thicker in the theme's CSS, or in the drawing.")
        )
    faint = [
        page.number
        for page in drawn
        if any(_is_faint(each, rule.least_grey_percent) for each in page.colours)
    ]
    if faint:
        message = f"{asked.name} has grey of less than {rule.least_grey_percent}% on {on_pages(faint)}."
        findings.append(asked.wrong("F976", message, "Make it darker, or leave it white."))
    told = f"the thinnest has {min(known.values()):.2g} pt" if known else "none"
    return Look("lines", told, tuple(findings))


def _shows(colour: Colour) -> bool:
    """Whether it is anything else than the white of paper."""
    return colour not in {Colour("grey", (1.0,)), Colour("rgb", (1.0,) * 3), Colour("cmyk", (0.0,) * 4)}


def _is_faint(colour: Colour, least_percent: int) -> bool:
    return (
        colour.kind == "grey"
        and len(colour.parts) == 1
        and 0 < 100 * (1 - colour.parts[0]) < least_percent - 0.5
    )
