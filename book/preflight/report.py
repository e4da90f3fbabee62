"""What was looked at in finished files, as a page for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader

from book import __version__
from book.preflight.asked import Preflight


def as_json(title: str, files: Sequence[Preflight]) -> bytes:
    """The report on a guide's files: each look with what was found, and whether all of it passed."""
    whole = {
        "filmguide": __version__,
        "title": title,
        "passed": all(file.passed for file in files),
        "files": [_facts(file) for file in files],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False).encode() + b"\n"


def _facts(file: Preflight) -> dict[str, object]:
    return {
        "file": file.file,
        "kind": file.kind,
        "printer": file.printer,
        "sha256": file.sha256,
        "passed": file.passed,
        "looks": [
            {
                "name": look.name,
                "found": look.told,
                "passed": look.passed,
                "findings": [
                    {
                        "code": found.code,
                        "severity": found.severity.value,
                        "message": found.message,
                        "hint": found.hint,
                    }
                    for found in look.findings
                ],
            }
            for look in file.looks
        ],
    }


def as_html(title: str, files: Sequence[Preflight]) -> bytes:
    """The same to be read, without anything fetched from elsewhere."""
    pages = Environment(
        loader=PackageLoader("book", "templates/preflight"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = pages.get_template("report.html")
    passed = all(file.passed for file in files)
    shown = template.render(title=title, files=files, passed=passed, version=__version__)
    return shown.encode()
