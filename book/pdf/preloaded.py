"""What painting needs, imported: a fork server imports this once, and its workers begin with it.

Where Pango is missing there is nothing to import, and the first worker says so.
"""

from contextlib import suppress

import book.pdf.paint  # noqa: F401
from book.model import BookError
from book.pdf.studio import imported_weasyprint

with suppress(BookError):
    imported_weasyprint()
