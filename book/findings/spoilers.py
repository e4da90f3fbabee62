"""Spoilers: what stands on the wrong side of the fence."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F201": Code(
        "no fence",
        WARNING,
        "The entry has no heading # Spoilers, so all of it counts as safe and nothing tells the story.",
        "Add a line # Spoilers and below it the sections that tell everything.",
    ),
    "F202": Code(
        "spoiler above the fence",
        ERROR,
        "A plot, ending, timeline or post-credits section stands where every reader would meet it.",
        "Move the section below the heading # Spoilers.",
    ),
    "F203": Code(
        "empty spoiler part",
        WARNING,
        "Nothing stands below the heading # Spoilers.",
        "Write at least a ## Plot below it, or take the heading out.",
    ),
    "F204": Code(
        "sentence from the ending",
        WARNING,
        "A text above the fence says what the last third of the plot says, in its words or nearly.",
        'Move it below the fence, or say why it may stand: leaks_ok: {"the words": the reason}',
    ),
    "F205": Code(
        "death told",
        WARNING,
        "A text above the fence says that somebody dies, which the plot tells later than in its opening.",
        'Leave the death out, or say why it may stand: leaks_ok: {"the words": the reason}',
    ),
    "F206": Code(
        "culprit told",
        WARNING,
        "A text above the fence, or a role, says who did it, which the plot tells late.",
        'Leave the name out, or say why it may stand: leaks_ok: {"the words": the reason}',
    ),
    "F207": Code(
        "twist told",
        WARNING,
        "A text above the fence reveals what the plot reveals: who somebody is, or what is not as it seemed.",
        'Leave it to the story, or say why it may stand: leaks_ok: {"the words": the reason}',
    ),
    "F208": Code(
        "ending told",
        WARNING,
        "A text above the fence says how things come out, and the last third of the plot says the same.",
        'Stop before the end, or say why it may stand: leaks_ok: {"the words": the reason}',
    ),
    "F209": Code(
        "name from the spoiler part",
        WARNING,
        "A name stands above the fence that the story brings up late, or that cast marks with spoiler: true.",
        'Leave the name out, or say why it may stand: leaks_ok: {"the name": the reason}',
    ),
    "F210": Code(
        "keyword from the spoiler part",
        WARNING,
        "A keyword for shops is a spoiler_theme of a film; it is left out of all that shops are told.",
        "Take the keyword out; if everybody may read it, move it to the film's themes.",
    ),
}
