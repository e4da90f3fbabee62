"""What painting needs, imported: a fork server imports this once, and its workers begin with it.

Where Pango is missing there is nothing to import, and the first worker says so.
"""

from contextlib import suppress

from book.model import BookError
from book.pdf.paint import _weasyprint

with suppress(BookError):
    _weasyprint()
