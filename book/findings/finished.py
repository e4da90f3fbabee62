"""Finished books: the spoiler promise, and what printers want."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
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
