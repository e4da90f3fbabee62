"""What printers ask for: their profiles as values, and the sums that follow from them.

A profile is a TOML file in `profiles/`, or in a guide's own `printers/`; guide.toml may change figures of it.
"""

from book.choices import printer_names
from book.printers.figures import (
    allows_spine_text,
    full_page_count,
    inside_margin_mm,
    outside_margin_mm,
    page_count_allowed,
    page_limits,
    page_size_mm,
    spine_formula,
    spine_mm,
    takes_trim,
)
from book.printers.profile import (
    Barcode,
    Binding,
    Bleed,
    FileRule,
    Gutter,
    Margins,
    PageLimit,
    PageRule,
    Paper,
    Printer,
    Source,
    SpineRule,
    SpineStep,
    TrimRange,
    Trust,
    WrapRule,
)
from book.printers.reading import DEFAULT, find_printer
from book.printers.wraps import Box, Wrap, wrap_of

__all__ = [
    "DEFAULT",
    "Barcode",
    "Binding",
    "Bleed",
    "Box",
    "FileRule",
    "Gutter",
    "Margins",
    "PageLimit",
    "PageRule",
    "Paper",
    "Printer",
    "Source",
    "SpineRule",
    "SpineStep",
    "TrimRange",
    "Trust",
    "Wrap",
    "WrapRule",
    "allows_spine_text",
    "find_printer",
    "full_page_count",
    "inside_margin_mm",
    "outside_margin_mm",
    "page_count_allowed",
    "page_limits",
    "page_size_mm",
    "printer_names",
    "spine_formula",
    "spine_mm",
    "takes_trim",
    "wrap_of",
]
