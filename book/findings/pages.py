"""Pages, e-books, covers and what is sent to shops."""

from book.findings.code import ERROR, WARNING, Code

CODES = {
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
    "F705": Code(
        "kept out of the book",
        ERROR,
        "A page shows something outside of the guide's folder, or a picture or drawing beyond all limits. "
        "It was not opened, and its place is empty.",
        "Mend the entry that is named, or the theme's templates and style sheets.",
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
    "F786": Code(
        "shops will ask for more",
        WARNING,
        "The record for shops could be written, but a fact is missing that they ask for.",
        "Add it to guide.toml; docs/retail.md shows how.",
    ),
    "F787": Code(
        "nothing to make a Kindle's file with",
        ERROR,
        "An AZW3 was asked for, which calibre makes of the EPUB, and calibre is not installed.",
        "Install calibre, or build the EPUB alone: Kindle's shop takes it as it is.",
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
}
