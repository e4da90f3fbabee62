"""What an editor says of the keys of [printer.NAME], by dotted path as in guide_keys."""

from __future__ import annotations

from collections.abc import Mapping

from book.printers.lengths import LENGTH, SIZE
from book.printers.profile import EDGES, FORBIDDEN
from book.schema.shapes import Schema, Words, each, one_of, pattern

_LENGTH: Schema = {"type": "string", "pattern": pattern(LENGTH, empty=True)}
_SHEETS = each({"type": "string", "pattern": pattern(SIZE)})
_BY_PAGES: Schema = {"propertyNames": {"pattern": r"^\d{1,5}$"}}
_PAGES: Schema = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
_SOURCE = Words("The name of a table under sources that says where these figures come from.")

PRINTER: Mapping[str, Words] = {
    "printer": Words(
        "Figures of a printer's profile that you know better; each table has the profile's name."
    ),
    "printer.*": Words("What this guide changes of the profile of that name."),
    "printer.*.extends": Words(
        "The profile that this one starts from; it counts in files of printers/ alone."
    ),
    "printer.*.title": Words("What the printer is called."),
    "printer.*.binding": Words("paperback, case for printed boards, or jacket."),
    "printer.*.sources": Words("Where figures come from, so that somebody can look them up again."),
    "printer.*.sources.*": Words("One source of figures."),
    "printer.*.sources.*.what": Words("The page or the template, in words.", ("Template of my printer",)),
    "printer.*.sources.*.seen": Words("The month in which somebody looked.", ("2026-11",)),
    "printer.*.sources.*.trust": Words("How near the figures are to the printer's own words."),
    "printer.*.trims": Words("The sizes of page that the printer takes."),
    "printer.*.trims.sizes": Words("The sizes, width before height; none for any.", (["6x9in"],), _SHEETS),
    "printer.*.trims.custom": Words(
        "The least and the most of a size of your own; an empty list for none.",
        (["4x6in", "8.5x11in"],),
        _SHEETS,
    ),
    "printer.*.trims.source": _SOURCE,
    "printer.*.paper": Words("A paper of this printer, or a change to one."),
    "printer.*.paper[].name": Words("What the paper is called.", ("cream", "white")),
    "printer.*.paper[].ink": Words("The ink that goes with it."),
    "printer.*.paper[].page": Words("How thick a page is: half a leaf.", ("0.0025in",), _LENGTH),
    "printer.*.paper[].pages": Words("The least and the most pages of a book.", ([24, 828],), _PAGES),
    "printer.*.paper[].less": Words("Other limits for some trims."),
    "printer.*.paper[].less[].trims": Words(
        "The trims to which these limits apply.", (["8.5x11in"],), _SHEETS
    ),
    "printer.*.paper[].less[].pages": Words(
        "The least and the most pages at these trims.", ([24, 590],), _PAGES
    ),
    "printer.*.paper[].gone": Words("true takes the paper away."),
    "printer.*.paper[].source": _SOURCE,
    "printer.*.margins": Words("The least margins that the printer asks for."),
    "printer.*.margins.outside": Words("At the outer edges.", ("0.25in",), _LENGTH),
    "printer.*.margins.outside_with_bleed": Words(
        "At the outer edges of a book with bleed.", ("0.375in",), _LENGTH
    ),
    "printer.*.margins.inside": Words(
        "At the spine, by the number of pages from which it holds.",
        ({"24": "0.375in", "151": "0.5in"},),
        _BY_PAGES,
    ),
    "printer.*.margins.inside.*": Words(
        "The margin at the spine of books with so many pages or more.", ("0.5in",), _LENGTH
    ),
    "printer.*.margins.slack": Words("What is added to each margin, to be safe.", ("1mm",), _LENGTH),
    "printer.*.margins.source": _SOURCE,
    "printer.*.bleed": Words("How pictures reach beyond the edge."),
    "printer.*.bleed.width": Words("How far they reach.", ("0.125in",), _LENGTH),
    "printer.*.bleed.edges": Words(
        "The edges that have bleed.", (["top", "foot", "outside"],), one_of(EDGES)
    ),
    "printer.*.bleed.source": _SOURCE,
    "printer.*.pages": Words("What the printer asks of the number of pages."),
    "printer.*.pages.multiple": Words("The number of pages must be a multiple of this."),
    "printer.*.pages.last_blank": Words("true wants the last page blank, for the printer's own mark."),
    "printer.*.pages.most_blank_in_a_row": Words("How many blank pages may follow each other."),
    "printer.*.pages.source": _SOURCE,
    "printer.*.spine": Words("How the width of the spine is reckoned."),
    "printer.*.spine.extra": Words("What boards or glue add to the pages.", ("0.06in",), _LENGTH),
    "printer.*.spine.widths": Words(
        "The width by the number of pages from which it holds.", ({"24": "6mm"},), _BY_PAGES
    ),
    "printer.*.spine.widths.*": Words("The width of books with so many pages or more.", ("6mm",), _LENGTH),
    "printer.*.spine.text_from_pages": Words("The number of pages from which a spine may have words."),
    "printer.*.spine.clear": Words("How far words keep from the edges of the spine.", ("0.0625in",), _LENGTH),
    "printer.*.spine.source": _SOURCE,
    "printer.*.wrap": Words("The sheet that goes round the book."),
    "printer.*.wrap.edge": Words("The bleed around it, or what a case turns in.", ("0.125in",), _LENGTH),
    "printer.*.wrap.board_wider": Words("How much wider than the page a board is.", ("5mm",), _LENGTH),
    "printer.*.wrap.board_taller": Words("How much taller than the page a board is.", ("6mm",), _LENGTH),
    "printer.*.wrap.hinge": Words("The width of the groove beside the spine.", ("10mm",), _LENGTH),
    "printer.*.wrap.flap": Words("The width of a jacket's flap.", ("80mm",), _LENGTH),
    "printer.*.wrap.fold": Words("What the fold of a flap takes up.", ("3mm",), _LENGTH),
    "printer.*.wrap.safety": Words("How far words keep from cuts and folds.", ("0.25in",), _LENGTH),
    "printer.*.wrap.source": _SOURCE,
    "printer.*.barcode": Words("The field of the barcode."),
    "printer.*.barcode.size": Words(
        "Its width and height.", ("2x1.2in",), {"type": "string", "pattern": pattern(SIZE, empty=True)}
    ),
    "printer.*.barcode.clear": Words("How far it keeps from spine and foot.", ("0.25in",), _LENGTH),
    "printer.*.barcode.source": _SOURCE,
    "printer.*.file": Words("What the printer's machine asks of the file."),
    "printer.*.file.standard": Words("The PDF/X standard of the inside; empty where any sound PDF will do."),
    "printer.*.file.cover_standard": Words("The PDF/X standard of the cover."),
    "printer.*.file.colour": Words("The colours of the inside."),
    "printer.*.file.cover_colour": Words("The colours of the cover."),
    "printer.*.file.picture_ppi": Words("The least resolution of pictures, in pixels an inch."),
    "printer.*.file.ink_percent": Words("The most ink on one spot, all inks together; 0 for no limit."),
    "printer.*.file.rich_black": Words(
        "The four inks of a deep black, in percent: cyan, magenta, yellow, black.",
        ([60, 40, 40, 100],),
        {"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4},
    ),
    "printer.*.file.least_grey_percent": Words("The lightest grey that still prints."),
    "printer.*.file.least_type": Words("The smallest type that prints well.", ("6pt",), _LENGTH),
    "printer.*.file.least_line": Words("The finest line that prints.", ("0.25pt",), _LENGTH),
    "printer.*.file.most_megabytes": Words("The largest file that is taken; 0 for no limit."),
    "printer.*.file.forbidden": Words("What must not be in the file.", (["layers"],), one_of(FORBIDDEN)),
    "printer.*.file.source": _SOURCE,
}
