"""Facts: the front matter of an entry."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
    "F101": Code(
        "unreadable title",
        ERROR,
        "There is a title that YAML does not see, because it begins with a sign such as #.",
        'Put the title in quotation marks: title: "#Alive"',
    ),
    "F102": Code(
        "unreadable year",
        ERROR,
        "A year is not a number.",
        "Write four digits, e.g. year: 1995; leave out what is not sure.",
    ),
    "F103": Code(
        "value of another shape",
        ERROR,
        "A key has a list where it wants one text, or names with values where it wants a list.",
        "Write the value as docs/entries.md shows; a text with a colon wants quotation marks.",
    ),
    "F104": Code(
        "unreadable date",
        ERROR,
        "A date is not a day that filmguide can read.",
        "Write year, month and day: 1995-10-27",
    ),
    "F105": Code(
        "unreadable running time",
        ERROR,
        "A running time is not a number of minutes.",
        "Write whole minutes: runtime: 111",
    ),
    "F106": Code(
        "unknown language",
        WARNING,
        "A language is neither a BCP 47 tag nor an English name; it is kept and printed as typed.",
        "Write its English name or its tag, e.g. French or fr.",
    ),
    "F107": Code(
        "unknown country",
        WARNING,
        "A country is neither an ISO 3166 code nor an English name; it is kept and printed as typed.",
        "Write its English name or its two letters, e.g. France or FR.",
    ),
    "F108": Code(
        "unreadable money",
        ERROR,
        "A budget or a gross is not an amount, or a currency has not three letters.",
        "Write box_office: {budget: 4000000, gross: 49800000, currency: USD}",
    ),
    "F109": Code(
        "value that is not one of those known",
        ERROR,
        "A key takes one of a few words, and has another.",
        "Write one of the words that the finding names.",
    ),
    "F110": Code(
        "missing title",
        ERROR,
        "The front matter gives the film no title.",
        "Add the line title: with the film's name.",
    ),
    "F111": Code(
        "missing year",
        ERROR,
        "The front matter gives the film no year.",
        "Add the line year: with the four digits of its first release.",
    ),
    "F112": Code(
        "impossible year",
        ERROR,
        "The year lies before the first moving pictures (1874) or more than five years ahead.",
        "Write the four digits of the film's first release.",
    ),
    "F113": Code(
        "impossible running time",
        WARNING,
        "The running time is less than a minute or more than fifteen hours.",
        "Write the running time in whole minutes, or with a unit, e.g. 2 h 8 min.",
    ),
    "F114": Code(
        "premiere far from the year",
        WARNING,
        "The premiere lies more than two years from the film's year; one of the two is probably mistyped.",
        "Mend the one that is wrong; if both are right, as for a shelved film, let them stand.",
    ),
    "F115": Code(
        "title too long",
        ERROR,
        "A title has more than 200 characters and would fill a page by itself.",
        "Shorten the title; a subtitle may open the synopsis instead.",
    ),
    "F116": Code(
        "slug without its year",
        WARNING,
        "The file name does not end with the film's year, which tells remakes apart and keeps links clear.",
        "Rename the file, and with it the similar links that point to it.",
    ),
    "F117": Code(
        "empty synopsis",
        WARNING,
        "The entry has no synopsis, so a reader would learn nothing before the spoiler warning.",
        "Write a paragraph or two straight after the front matter.",
    ),
    "F118": Code(
        "not yet reviewed",
        WARNING,
        "The entry was imported and nobody has read it since; its synopsis may tell more than it should.",
        "Read the entry, then set reviewed: true under source.",
    ),
    "F119": Code(
        "unsafe link",
        ERROR,
        "A link among the facts is not an address on the web.",
        "Write a whole address that begins with https://.",
    ),
    "F120": Code(
        "fact too long",
        ERROR,
        "A value in the front matter has more than 2,000 characters: a text or a picture was pasted in.",
        "Shorten it, or move the text below the front matter.",
    ),
}
