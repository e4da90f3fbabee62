"""Calibre's Check Book without its windows; its own Python runs it: calibre-debug check_book.py -- BOOK.

Prints one JSON list of what it finds, each with its level in words, the file, the line and the message.
"""

import json
import sys

from calibre.ebooks.oeb.polish.check.base import CRITICAL, DEBUG, ERROR, INFO, WARN
from calibre.ebooks.oeb.polish.check.main import run_checks
from calibre.ebooks.oeb.polish.container import get_container

LEVELS = {DEBUG: "debug", INFO: "info", WARN: "warning", ERROR: "error", CRITICAL: "critical"}

book = get_container(sys.argv[-1], tweak_mode=True)
found = [
    {
        "level": LEVELS[problem.level],
        "file": problem.name or "",
        "line": getattr(problem, "line", None) or 0,
        "message": problem.msg,
    }
    for problem in run_checks(book)
]
print(json.dumps(found, sort_keys=True))
