"""Every finding's code, once: what it is called, how grave it is, and what it means to a writer.

Codes are stable: they appear in --json output, in docs/findings.md and in writers' own scripts. F0 is
about files, F1 about facts, F2 about spoilers, F3 about similar films, F4 about pictures, F5 about
guide.toml and chapters, F6 about text, F7 about pages, F8 about importing, F9 about finished books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from book.model import Finding, Place, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for; `meaning` and `mend` are sentences printed in docs/findings.md."""

    name: str
    severity: Severity
    meaning: str
    mend: str


CODES: Mapping[str, Code] = {
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
        ERROR,
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
    "F301": Code(
        "similar film not found",
        ERROR,
        "A similar link names a film by a slug that no entry has.",
        "Mend the slug; name a film beyond the guide by title and year instead, e.g. Barfly (1987).",
    ),
    "F302": Code(
        "similar to itself",
        WARNING,
        "A film names itself as a similar film.",
        "Take the line out, or write which other film was meant.",
    ),
    "F303": Code(
        "similar film twice",
        WARNING,
        "A film names the same similar film more than once; only the first counts.",
        "Take one of the two out.",
    ),
    "F304": Code(
        "similar film unclear",
        WARNING,
        "A similar link gives a title that several films of the guide share; the oldest is taken.",
        "Add the year in brackets, or give the slug.",
    ),
    "F305": Code(
        "word embeddings missing",
        WARNING,
        "guide.toml asks for word embeddings, and the package that has them is not installed.",
        "Install filmguide[embeddings], or take the line out: similar films are found without them as well.",
    ),
    "F306": Code(
        "link to an unknown film",
        ERROR,
        "A text names a film in double brackets that no entry has. Such links lead to the pages of films, "
        "never to their spoilers.",
        "Mend the slug; it is the entry's file name without its ending.",
    ),
    "F401": Code(
        "picture missing",
        ERROR,
        "A picture that an entry or guide.toml names is not there.",
        "Mend the path, which counts from the guide's folder, or take the picture out.",
    ),
    "F402": Code(
        "picture outside the guide",
        ERROR,
        "A picture's path leads out of the guide's folder, where no other machine would find it.",
        "Copy the picture into the guide, for instance into images/.",
    ),
    "F403": Code(
        "picture too big",
        ERROR,
        "A picture is larger than 20 MB or 60 megapixels, more than any printer can use.",
        "Save it smaller: 3000 pixels on the long side fill any page.",
    ),
    "F404": Code(
        "not a picture",
        ERROR,
        "A file is not a picture that a book can hold.",
        "Save it as JPEG, PNG, GIF, WebP or SVG.",
    ),
    "F405": Code(
        "picture without words",
        WARNING,
        "A picture has no alt text, so readers who cannot see it learn nothing of it.",
        "Add alt: with a sentence that says what can be seen.",
    ),
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
    "F701": Code(
        "character without a face",
        WARNING,
        "A text has a character that no face of the theme can draw; the page shows an empty box for it.",
        "Write it another way, or add a face that has it to a theme of your own.",
    ),
    "F702": Code(
        "picture not drawn",
        WARNING,
        "A picture is there, but it could not be drawn on the page.",
        "Open it in another program and save it anew, as JPEG or PNG.",
    ),
    "F703": Code(
        "leads nowhere",
        ERROR,
        "A link or a page number in the finished book would lead to a place that is not in it.",
        "Mend the link that is named; if it is none of yours, please report it.",
    ),
    "F704": Code(
        "not laid out",
        ERROR,
        "Two workers died of laying out a part of the book, one after the other, most often because memory "
        "ran out; or it took more than ten minutes. The others are laid out, and kept for the next build.",
        "Look for something enormous in it, such as a picture or a text that was pasted in; then build with "
        "--jobs 1, and close what else is open.",
    ),
    "F720": Code(
        "transparency in a file for the press",
        ERROR,
        "Something on a page can be seen through, and the printer takes no transparency.",
        "Give it a solid colour: take opacity, blending and colours with an alpha out of the theme's CSS.",
    ),
    "F721": Code(
        "colour of an unusual kind",
        ERROR,
        "A colour on a page is given in a way that cannot be turned into the inks of the press.",
        "Write it as plain RGB, grey or device-cmyk() in the theme's CSS; draw gradients in a picture.",
    ),
    "F722": Code(
        "picture cannot be converted",
        ERROR,
        "A picture cannot be turned into the inks of the press.",
        "Open it in another program and save it anew, as PNG or JPEG.",
    ),
    "F723": Code(
        "no profile for the press",
        WARNING,
        "The ICC profile that [press] names is not there, or none of four inks; ours converts the book.",
        "Mend icc under [press]; the path counts from the guide's folder.",
    ),
    "F724": Code(
        "no room for the text",
        ERROR,
        "The margins that the printer asks for leave too narrow a page.",
        "Choose a larger trim, or a theme with narrower margins.",
    ),
    "F780": Code(
        "cover unreadable",
        WARNING,
        "The cover that guide.toml names cannot be read; the e-book has one drawn from its theme instead.",
        "Save the cover as JPEG or PNG inside the guide's folder, or take the line out.",
    ),
    "F781": Code(
        "letters missing on the cover",
        WARNING,
        "The title, subtitle or an author's name has a letter that no font of the theme can show.",
        "Bring a cover of your own, or write the title without it.",
    ),
    "F782": Code(
        "picture left out of the e-book",
        WARNING,
        "A picture is missing, damaged, in a form that cannot be read, or outside the guide's folder.",
        "Save it as JPEG or PNG inside the guide's folder and mend its name.",
    ),
    "F783": Code(
        "cover too small",
        WARNING,
        "The cover has fewer pixels than shops accept for an e-book.",
        "Bring a cover of 1600 by 2560 pixels.",
    ),
    "F784": Code(
        "cover of another shape",
        WARNING,
        "The e-book's cover is far from the shape of 1 to 1.6 that shops make room for: it will stand "
        "between bars, or be cut.",
        "Bring a cover of 1600 by 2560 pixels.",
    ),
    "F785": Code(
        "font kept out of the e-book",
        WARNING,
        "A font of the theme forbids to be embedded, or cannot be cut to the letters that the book has.",
        "Ask its maker for a licence for e-books, or take the line fonts = true out.",
    ),
    "F787": Code(
        "nothing to make a Kindle's file with",
        ERROR,
        "An AZW3 was asked for, which calibre makes of the EPUB, and calibre is not installed.",
        "Install calibre, or build the EPUB alone: Kindle's shop takes it as it is.",
    ),
    "F786": Code(
        "shops will ask for more",
        WARNING,
        "The record for shops could be written, but a fact is missing that they ask for.",
        "Add it to guide.toml; docs/retail.md shows how.",
    ),
    "F791": Code(
        "paper not to be had",
        ERROR,
        "The printer does not print with the ink under [print] on the paper that stands there.",
        "Write a paper and an ink that the printer has; docs/covers.md lists them.",
    ),
    "F792": Code(
        "trim not to be had",
        ERROR,
        "The printer makes no books of the size that trim under [print] gives.",
        "Write one of the printer's sizes as trim, or choose another printer.",
    ),
    "F793": Code(
        "too many pages, or too few",
        ERROR,
        "The printer does not bind so many pages, or so few, of this paper in this size.",
        "Choose another paper, trim or printer, or part the guide into editions.",
    ),
    "F794": Code(
        "too many words on the back",
        ERROR,
        "The words for the back cover do not fit between its head and the barcode, even in small type.",
        "Shorten blurb, headline or author under [cover], or the description where there is no blurb.",
    ),
    "F795": Code(
        "no room for the barcode",
        WARNING,
        "The printer's field for the barcode is smaller than the least size at which one scans, so that the "
        "back goes without.",
        'Make the field larger: size = "51x31mm" under [printer.NAME.barcode].',
    ),
    "F796": Code(
        "cover cut off",
        WARNING,
        "The writer's own cover has another shape than the printed front; a good part of it is cut off.",
        "Bring one in the shape of the trim as front under [cover], or one whose edges have one colour.",
    ),
    "F901": Code(
        "finished file unreadable",
        ERROR,
        "A file to be verified is missing, damaged, or neither a PDF nor an EPUB.",
        "Build the book anew, and name the finished file.",
    ),
    "F902": Code(
        "no manifest",
        ERROR,
        "Beside a PDF there is no manifest, which says what pages may hold spoilers; nothing can be proved.",
        "Keep the file that ends in .manifest.json beside the PDF, or build the book anew.",
    ),
    "F903": Code(
        "manifest of another book",
        ERROR,
        "A PDF, its manifest and the guide do not fit each other.",
        "Build the book anew, and move the PDF and its manifest together.",
    ),
    "F904": Code(
        "spoiler met unasked",
        ERROR,
        "A sentence, theme or name from a spoiler part stands in a finished book where everybody reads it.",
        "If the text around it is yours, say it another way; if not, please report it.",
    ),
    "F905": Code(
        "spoiler lost",
        ERROR,
        "A sentence from below the fence is not in the spoiler part of its film in a finished book.",
        "Build the book anew if the entry has changed since; if not, please report it.",
    ),
    "F906": Code(
        "spoilers out of place",
        ERROR,
        "The spoiler parts of a finished book do not stand where [spoilers] in guide.toml puts them.",
        "Say with --spoilers which place the book was built with, or build it anew.",
    ),
    "F907": Code(
        "printed page elsewhere",
        WARNING,
        "An e-book and the PDF beside it do not agree on the words with which a page begins, or the e-book's "
        "list of pages is not whole or not in order.",
        "Build both books anew, in one go; if that does not help, please report it.",
    ),
    "F960": Code(
        "printer cannot open it",
        ERROR,
        "A file for a printer is damaged, encrypted, empty, or larger than the printer takes.",
        "Build it anew for this printer, and send it as it was built.",
    ),
    "F961": Code(
        "page of another size",
        ERROR,
        "The pages of a file for a printer are not all of the size that was ordered, or their boxes do not "
        "say exactly where they are cut.",
        "Build it anew for this printer; nothing else may change its pages afterwards.",
    ),
    "F962": Code(
        "pages that cannot be bound so",
        ERROR,
        "A finished interior has more or fewer pages than the printer binds, no multiple that the printer "
        "wants, or more blank ones in a row than look meant.",
        "Choose another paper, trim or printer, or put something on the blank pages.",
    ),
    "F963": Code(
        "too near the edge",
        ERROR,
        "Ink lies in the margins that the printer wants empty, at the spine above all, where it would be "
        "lost in the fold; or type on the cover lies so near an edge that it may be cut off.",
        "Build the file for this printer; a picture that is to bleed wants {.bleed} behind it.",
    ),
    "F964": Code(
        "bleed too short",
        ERROR,
        "Something is printed over the edge of the page and ends before the edge of the sheet, so that a "
        "white line may be left when it is cut.",
        "Let it reach over the whole bleed, or keep it within the margins.",
    ),
    "F965": Code(
        "font amiss",
        ERROR,
        "A font is not in the file, is none of the theme's, or shows a box for a letter that it lacks.",
        "Use fonts that may be embedded, and name them in theme.toml.",
    ),
    "F966": Code(
        "picture too coarse",
        ERROR,
        "A picture has fewer pixels than the printer wants for the size at which it stands.",
        "Bring a larger one, or show it smaller; the printer's figure is picture_ppi under "
        "[printer.NAME.file].",
    ),
    "F967": Code(
        "colour that the press does not have",
        ERROR,
        "A file for a printer has colours of another kind than was ordered, such as RGB, or has black type "
        "made of several inks.",
        "Build it for this printer; give black in the theme's CSS as #000 or device-cmyk(0 0 0 1).",
    ),
    "F968": Code(
        "too much ink",
        ERROR,
        "More ink lies on a place than the printer's paper can hold: it would not dry.",
        "Choose lighter colours.",
    ),
    "F969": Code(
        "something forbidden in a file",
        ERROR,
        "A file has something that its printer does not take: links, an outline, scripts, attached files, "
        "layers, or anything that can be seen through.",
        "Build it for this printer; a PDF for screens is not for print.",
    ),
    "F970": Code(
        "not by its standard",
        ERROR,
        "A file does not keep to the standard of PDF/X that its printer asks for.",
        "Build it anew for this printer, and send it as it was built.",
    ),
    "F971": Code(
        "page numbers amiss",
        ERROR,
        "The labels of a finished interior are not what is printed on its pages, or right-hand pages have "
        "even numbers.",
        "Build it anew; pages were added or taken out since.",
    ),
    "F972": Code(
        "page number left out",
        ERROR,
        "A reference in a finished interior has an empty place where its page number should stand.",
        "Build it anew; if that does not help, please report it.",
    ),
    "F973": Code(
        "cover does not fit",
        ERROR,
        "A finished cover is not as large as the book is thick, or has words on a spine that is too narrow.",
        "Make it anew with filmguide cover, which counts the pages of the book as it is now.",
    ),
    "F974": Code(
        "barcode that does not scan",
        ERROR,
        "The barcode on a finished cover cannot be read, or is another book's.",
        "Make the cover anew, and leave the barcode its white field.",
    ),
    "F975": Code(
        "too fine to print",
        ERROR,
        "Type or lines in a file for a printer are smaller or thinner than the printer can print.",
        "Make them larger or thicker in the theme's CSS.",
    ),
    "F976": Code(
        "too faint to print",
        WARNING,
        "A grey is so light that the printer's press may leave it out.",
        "Make it darker, or leave it white.",
    ),
}


def finding(code: str, where: Place, message: str, hint: str = "") -> Finding:
    """A finding of a known code; its severity is the code's own."""
    return Finding(code, where, message, hint, CODES[code].severity)


_SUBJECTS = {
    "F0": "Files",
    "F1": "Facts",
    "F2": "Spoilers",
    "F3": "Similar films",
    "F4": "Pictures",
    "F5": "guide.toml and chapters",
    "F6": "Text",
    "F7": "Pages and e-books",
    "F8": "Importing",
    "F9": "Verifying finished books",
}


def findings_page() -> str:
    """Every code by subject as Markdown: docs/findings.md is this, written out."""
    lines = [
        "# Findings",
        "",
        "What filmguide may find in a guide, by code. An error stops the build; a warning does not,",
        "unless you ask for `--strict`. A code never changes its meaning.",
    ]
    for prefix, subject in _SUBJECTS.items():
        codes = sorted(code for code in CODES if code.startswith(prefix))
        if not codes:
            continue
        lines += ["", f"## {subject}"]
        for code in codes:
            told = CODES[code]
            lines += ["", f"### {code} {told.name} ({told.severity.value})", "", told.meaning, "", told.mend]
    return "\n".join(lines) + "\n"
