"""The text of an entry."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F601": Code(
        "raw HTML",
        WARNING,
        "A text has HTML tags in it. They are printed as the signs that were typed, and do nothing.",
        "Say it in Markdown: *italics*, **bold**, [a link](https://example.org), a table.",
    ),
    "F602": Code(
        "link that leads nowhere",
        WARNING,
        "A link is not an address on the web or of a letter box; its words are printed without the link.",
        "Write a whole address that begins with https://.",
    ),
    "F603": Code(
        "control character",
        WARNING,
        "A text has a character in it that stands for no letter, usually pasted in; it is left out.",
        "Delete the character in the line that is named.",
    ),
    "F604": Code(
        "note that nothing points to",
        WARNING,
        "A footnote is written in a section whose text does not point to it, so that it is not printed.",
        "Point to it in the same section, e.g. like this[^1], or take it out.",
    ),
    "F605": Code(
        "text without a break",
        ERROR,
        "A paragraph has more than 50,000 characters, or a word more than 2,000. No reader gets through it, "
        "and setting it takes hours; most often a file was pasted in.",
        "Part the paragraph with blank lines, or take out what was pasted in.",
    ),
}
