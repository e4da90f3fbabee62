"""A printer's look at finished files, taken before the printer takes it.

What a file is, is read from the file alone, with other libraries than those that made it: pikepdf for what it
says, PDFium for what it shows, zxing for its barcode. What it should be follows from the printer's profile.
"""

from book.preflight.asked import Asked, Look, Preflight
from book.preflight.looking import preflight
from book.preflight.report import as_html, as_json

__all__ = ["Asked", "Look", "Preflight", "as_html", "as_json", "preflight"]
