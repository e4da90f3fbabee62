"""guide.toml, its chapters and tracks."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F501": Code(
        "unknown key in guide.toml",
        WARNING,
        "guide.toml has a key or a table that filmguide does not know; nothing comes of it.",
        "Mend the spelling, or take it out.",
    ),
    "F502": Code(
        "unreadable value in guide.toml",
        ERROR,
        "A key of guide.toml has a value of the wrong kind, or a word that filmguide does not know.",
        "Write a value of the kind that the finding names.",
    ),
    "F503": Code(
        "impossible trim",
        ERROR,
        "The trim is not a size, or a size that no book has.",
        'Write width and height, e.g. trim = "6x9in", "152x229mm" or "A5".',
    ),
    "F504": Code(
        "wrong ISBN",
        WARNING,
        "The digits of an ISBN do not fit each other: one is mistyped or missing.",
        "Compare it with the letter of your ISBN agency.",
    ),
    "F505": Code(
        "unknown language of the guide",
        ERROR,
        "The guide's language is neither a BCP 47 tag nor an English name; hyphens and quotes need it.",
        'Write its tag, e.g. language = "en".',
    ),
    "F506": Code(
        "no title in guide.toml",
        ERROR,
        "The guide, or a chapter of it, has no title.",
        'Write title = "…" under [guide] or [[chapter]].',
    ),
    "F507": Code(
        "broken guide.toml",
        ERROR,
        "guide.toml is not valid TOML, so nothing in it could be read.",
        "Mend the line that is named; texts stand in quotation marks, lists in square brackets.",
    ),
    "F508": Code(
        "theme out of order",
        ERROR,
        "guide.toml names a theme that is not there, or one whose theme.toml or fonts cannot be used.",
        "Name one of the themes that the finding lists, or mend the theme's own files in styles/.",
    ),
    "F509": Code(
        "theme that reaches out",
        ERROR,
        "A theme that is not one of ours asks for something outside of the guide's folder, such as an "
        "address on the web, or puts a script into pages; readers would send for it whenever they open "
        "the book.",
        "Copy what it asks for into the theme, or take the line out of its style sheet or template.",
    ),
    "F510": Code(
        "chapter part empty",
        WARNING,
        "A chapter's query, or a glob in its list, selects no film.",
        "Widen the query, mend its spelling, or take it out.",
    ),
    "F511": Code(
        "film of a chapter not found",
        ERROR,
        "A chapter lists a slug that no entry has.",
        "Mend the slug, or add the entry.",
    ),
    "F512": Code(
        "film in no chapter",
        WARNING,
        "No chapter takes the film; it is set in a last chapter, More films.",
        "List it in a chapter, or widen a chapter's query.",
    ),
    "F513": Code(
        "film in two chapters",
        WARNING,
        "Two chapters select the same film; it is set in the first of them only.",
        "Take it out of one of the two.",
    ),
    "F514": Code(
        "text missing",
        ERROR,
        "A text that guide.toml names for a chapter or as front or back matter is not there.",
        "Mend the path, which counts from the guide's folder, or write the text.",
    ),
    "F515": Code(
        "text outside the guide",
        ERROR,
        "A text's path leads out of the guide's folder, where no other machine would find it.",
        "Copy the text into the guide, for instance into texts/.",
    ),
    "F516": Code(
        "text unreadable",
        ERROR,
        "A text that guide.toml names is not plain text in UTF-8, or is larger than a megabyte.",
        "Save it as plain text in UTF-8.",
    ),
    "F517": Code(
        "editions clash",
        ERROR,
        "Two editions have one ISBN, or files of one name.",
        "Give each edition a name, a slug and ISBNs of its own.",
    ),
    "F518": Code(
        "edition names no film",
        ERROR,
        "A slug or a glob in an edition's films fits no film of the guide.",
        "Mend it, or take it out.",
    ),
    "F521": Code(
        "no words in this language",
        WARNING,
        "filmguide has no words of its own in the language of the guide: headings and labels stay English.",
        "Bring a catalogue, words.po beside guide.toml; languages.md says how.",
    ),
    "F522": Code(
        "broken words.po",
        ERROR,
        "The guide's own catalogue of words cannot be read, or one of its messages has a blank, such as "
        "%(title)s, that its original does not have.",
        "Mend the line that is named, or take words.po away.",
    ),
    "F523": Code(
        "warning with an unknown blank",
        ERROR,
        "The warning under [spoilers] has something in braces other than {title}, or words for a language "
        "that nobody knows.",
        "Write {title} where the film's title belongs, and nothing else in braces.",
    ),
    "F530": Code(
        "path of one film",
        WARNING,
        "A [[track]] table leads through fewer than two films of the guide, so that its path is not printed.",
        "List its films, or mend the name of its series.",
    ),
    "F531": Code(
        "path to an unknown film",
        ERROR,
        "A [[track]] table lists a slug that no entry has.",
        "Mend the slug; it is the entry's file name without its ending.",
    ),
    "F532": Code(
        "order of the story unknown",
        ERROR,
        "A [[track]] table goes by the story of a series, but no entry says when its film is set.",
        "List the films in that order yourself.",
    ),
    "F533": Code(
        "paths not printed",
        WARNING,
        "There are [[track]] tables, but neither front nor back under [matter] has the word tracks.",
        'Write back = ["tracks", "indexes"] under [matter].',
    ),
    "F540": Code(
        "no subject code",
        WARNING,
        "Under [subjects], bisac or thema has something that does not look like a code of theirs; it is left "
        "out.",
        'Look the code up, and write bisac = ["PER004030"] or thema = ["ATFG"]; plain words are keywords.',
    ),
    "F541": Code(
        "one ISBN for two formats",
        WARNING,
        "The printed book and the e-book have one ISBN. Shops know a format by its own, and drop one of two.",
        "Give the e-book an ISBN of its own, or none.",
    ),
}
