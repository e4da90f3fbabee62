"""Bringing films in, and putting their entries in form."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F801": Code(
        "cannot be imported",
        ERROR,
        "What was to be imported is not there, is a folder, is empty or may not be read.",
        "Name the files themselves, e.g. filmguide import downloads/*.jsonl",
    ),
    "F802": Code(
        "not text",
        ERROR,
        "A file to be imported is not UTF-8 text, or is compressed and broken.",
        "Save it as plain text in UTF-8, or fetch it again.",
    ),
    "F803": Code(
        "unknown format",
        ERROR,
        "No importer recognises the file.",
        "See docs/importing.md for the formats; a Python package can add others.",
    ),
    "F804": Code(
        "broken record",
        ERROR,
        "A record cannot be read and was left out; the others were imported.",
        "Mend the line that is named and import the file again: nothing is imported twice.",
    ),
    "F805": Code(
        "film without a name",
        ERROR,
        "A record has no title or no possible year, which every film needs, and was left out.",
        "Add both and import the file again: nothing is imported twice.",
    ),
    "F806": Code(
        "fact left out",
        WARNING,
        "One fact of a record is not what it should be; the film was imported without it.",
        "Mend the record, or write the fact into the entry.",
    ),
    "F807": Code(
        "no telling what spoils",
        WARNING,
        "The page does not say where its plot begins, so all its text was put below the fence.",
        "Move what is safe to read above the heading # Spoilers.",
    ),
    "F808": Code(
        "importer missing",
        WARNING,
        "An importer that an installed package offers cannot be loaded; the others work.",
        "Update the package or take it away.",
    ),
    "F809": Code(
        "not opened",
        ERROR,
        "A file is too large, or made to do harm: a small archive that would fill a disk, a name that points "
        "outside its archive, a definition in XML that grows without end, a table of endless columns.",
        "Fetch or save it again from where it comes from; nothing of it was read.",
    ),
    "F810": Code(
        "not a film",
        WARNING,
        "A record is about a series, an episode or a game, or says that there is nothing, and was left out.",
        "Nothing need be done. Write an entry with filmguide add where the guide is to have it all the same.",
    ),
    "F811": Code(
        "read as well as it goes",
        WARNING,
        "A file is not well-formed, or lacks something that belongs to it; what could be read was imported.",
        "Compare the entry with the file, or save the file again.",
    ),
    "F812": Code(
        "passed over",
        WARNING,
        "A folder or an archive holds files that no importer knows.",
        "Name a file by itself to learn more of it; --from NAME reads it as that format.",
    ),
    "F850": Code(
        "entry not put in form",
        WARNING,
        "filmguide fmt left an entry as it is, because it cannot be read in full, or because in another form "
        "a word of it might be lost.",
        "Mend what the finding names, and ask once more.",
    ),
}
