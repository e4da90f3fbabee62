"""A bound PDF made ready for a printer. `press` is the door; `impose` puts pages on sheets for home."""

from book.press.pressing import press
from book.press.ticket import Ticket, kind_of

__all__ = ["Ticket", "kind_of", "press"]
