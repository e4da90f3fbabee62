"""What can go wrong, as values: findings with their places, and what stops a command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class ExitCode(IntEnum):
    """What the shell is told; documented in docs/commands.md."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    STOPPED = 3


class BookError(Exception):
    """Something stopped the build; the message is a sentence that a writer understands."""

    exit_code = ExitCode.STOPPED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BookError):
    """The command cannot be carried out as it was typed."""

    exit_code = ExitCode.USAGE


class Severity(Enum):
    """An error stops the build; a warning stops it only with --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding stands. `file` is relative to the project, with forward slashes.

    `line` counts from 1; 0 means the whole file.
    """

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


NOWHERE = Place()
"""The place of what no writer's file holds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: a stable code, the place, what is there, and what to write instead."""

    code: str
    where: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sort key: by file, then line, then code."""
        return (self.where.file, self.where.line, self.code, self.message)
