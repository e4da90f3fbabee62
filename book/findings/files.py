"""Files: what lies in the guide's folder."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F001": Code(
        "no entries",
        ERROR,
        "The folder entries/ holds no film.",
        "Add a film with filmguide add TITLE --year YEAR, or bring some in with filmguide import.",
    ),
    "F002": Code(
        "not text",
        ERROR,
        "An entry is not UTF-8 text: a picture or a word-processor file may have been named .md.",
        "Save the entry as plain text in UTF-8, or move the file out of entries/.",
    ),
    "F003": Code(
        "broken front matter",
        ERROR,
        "The lines between the two --- marks are not valid YAML, or one of the marks is missing.",
        "Mend the line that is named; text with a colon or a quotation mark wants quotation marks.",
    ),
    "F004": Code(
        "unknown key",
        WARNING,
        "The front matter has a key that filmguide does not know; it is kept but not printed.",
        "Mend the spelling, or take the key out.",
    ),
    "F005": Code(
        "entry too long",
        ERROR,
        "An entry is larger than a megabyte, which no film's text is: something else was pasted in.",
        "Cut the entry to what a reader wants to read.",
    ),
    "F006": Code(
        "duplicate film",
        ERROR,
        "Two entries have one slug, capitals aside, or one title, year and director.",
        "Take one of them out, or rename it; the year at the end tells remakes apart.",
    ),
    "F007": Code(
        "file name is not a slug",
        ERROR,
        "An entry's file name has letters that cannot stand in links and file names everywhere.",
        "Use lower-case letters a to z, digits and hyphens, e.g. leaving-las-vegas-1995.md.",
    ),
    "F008": Code(
        "repeated key",
        ERROR,
        "The front matter gives one key twice, so that one of the two values would be lost.",
        "Join the two, or take one out.",
    ),
    "F009": Code(
        "entry cannot be opened",
        ERROR,
        "A file in entries/ is there and cannot be read: it may be locked, or a folder with a film's name.",
        "Look at the file's permissions, or move it out of entries/.",
    ),
    "F010": Code(
        "heading of the highest level",
        WARNING,
        "A text has a heading with one #, which only the fence has; it is treated like one with ##.",
        "Give the heading two marks: ## More about",
    ),
    "F011": Code(
        "doubtful fence",
        WARNING,
        "Something looks like the heading # Spoilers and is not quite it; all below it is a spoiler.",
        "Write the fence on a line of its own: # Spoilers",
    ),
    "F012": Code(
        "second fence",
        WARNING,
        "The heading # Spoilers stands twice. All below the first is treated as a spoiler.",
        "Keep the first, and move what is safe above it.",
    ),
    "F013": Code(
        "code without an end",
        WARNING,
        "A block of code is opened with ``` or ~~~ and never closed; headings below it still count.",
        "Close the block with the same marks, or take them out.",
    ),
}
