"""Handing a guide's films on to other programs."""

from book.findings.code import WARNING, Code

CODES = {
    "F860": Code(
        "not handed on",
        WARNING,
        "A text above the fence was left out of an export: the entry is not reviewed, or check doubts it, or "
        "a sentence of it stands below the fence as well.",
        "Review the entry, or answer the doubt. With --spoilers nothing is left out, in formats that keep "
        "the story apart.",
    ),
    "F861": Code(
        "exporter missing",
        WARNING,
        "An exporter that an installed package offers cannot be loaded; the others work.",
        "Update the package or take it away.",
    ),
    "F862": Code(
        "rating not handed on",
        WARNING,
        "A rating cannot be put on the other program's scale, so the film was exported without it.",
        'Write ratings as numbers, and under [guide] what they count up to: rating_scale = "10"',
    ),
}
