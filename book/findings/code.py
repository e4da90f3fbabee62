"""What a finding's code stands for."""

from __future__ import annotations

from dataclasses import dataclass

from book.model import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for; `meaning` and `mend` are sentences printed in docs/findings.md."""

    name: str
    severity: Severity
    meaning: str
    mend: str
