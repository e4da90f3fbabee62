"""What an editor says of every key of guide.toml, by dotted path.

[] stands after a list of tables, and * for a key that the writer names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from book.config import AMOUNT, BACK, FRONT
from book.editions import FORMATS
from book.index_plan import INDEXES
from book.printers.lengths import LENGTH
from book.retail import ROLES
from book.schema.printer_keys import PRINTER
from book.schema.shapes import Schema, Words, any_case, each, one_of, pattern
from book.trims import SIZE, TRIMS

_SIZES = re.compile(SIZE.pattern, re.IGNORECASE)  # it is given small letters alone
_FILES = re.compile(r"[^\s].*\.[mM][dD]|.*/.*")
_ISBN: Schema = {
    "type": ["string", "integer"],
    "minimum": 10**9,
    "pattern": r"^(?:(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx])?$",
}
_LENGTH: Schema = {"type": "string", "pattern": pattern(LENGTH, empty=True)}
_SLUG: Schema = {
    "type": ["string", "integer"],
    "minimum": 0,
    "maxLength": 80,
    "pattern": r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$",
}
_MONEY: Schema = {"pattern": r"^\d{1,6}(?:\.\d{1,3})?$", "minimum": 0}
_CURRENCIES: Schema = {"propertyNames": {"pattern": "^[A-Za-z]{3}$"}}
_WISH: Schema = {"type": ["string", "integer", "array"], "items": {"type": ["string", "integer"]}}
_PICTURE = "A path from the guide's folder."

GUIDE: Mapping[str, Words] = {
    "guide": Words("What the book is called, who made it, and what shops should know of it."),
    "guide.title": Words(
        "The title of the book. The one key that every guide needs.", ("Forty Winter Films",)
    ),
    "guide.subtitle": Words("The subtitle, as the title page prints it.", ("What to See When It Snows",)),
    "guide.authors": Words("Who wrote the book, in the order of the title page.", (["Ann Author"],)),
    "guide.publisher": Words("The publisher, or you, if you publish the book yourself."),
    "guide.language": Words(
        "The language of the guide as a BCP 47 tag. Hyphenation, quotation marks, labels, dates and"
        " the alphabet of the"
        " indexes follow it.",
        ("en", "fr", "pt-BR"),
    ),
    "guide.rights": Words("The line on rights for the copyright page.", ("Copyright © 2026 Ann Author",)),
    "guide.edition": Words("The edition, as the copyright page names it.", ("First edition",)),
    "guide.isbn": Words(
        "The ISBNs of the book. Each format needs one of its own; leave out what you do not have."
    ),
    "guide.isbn.print": Words(
        "The ISBN of the printed book. It becomes the barcode on the cover.", (), _ISBN
    ),
    "guide.isbn.ebook": Words("The ISBN of the e-book. Many shops ask for none.", (), _ISBN),
    "guide.description": Words(
        "What shops print beside the book: a few sentences that make somebody want it."
    ),
    "guide.subjects": Words(
        "Codes of BISAC or Thema, and words. [subjects] keeps them apart.", (["PER004030", "ATFG"],)
    ),
    "guide.series": Words("The series that the book belongs to: its name, or { name = …, number = … }."),
    "guide.series.name": Words("The name of the series."),
    "guide.series.number": Words("Which volume of the series this is.", ("2",)),
    "guide.published": Words(
        "The day on which the book comes out. It also dates the files, so that the same guide gives"
        " the same bytes.",
        ("2026-01-31",),
    ),
    "guide.status": Words("Whether the book is out. Without it, the day under published says so."),
    "guide.price": Words(
        "The price by currency, for shops and for the barcode.", ({"USD": "24.95"},), _CURRENCIES
    ),
    "guide.price.*": Words("The price in this currency, without its sign.", ("24.95",), _MONEY),
    "guide.audience": Words("Whom the guide is for, in the words of the book trade."),
    "guide.rating_scale": Words(
        "What your ratings count up to. It is printed behind each: 4 of 5.", ("5", "10")
    ),
    "guide.slug": Words(
        "The name of the files in build/, in small letters, digits and hyphens. Made from the title"
        " unless you give one.",
        ("winter-films",),
        _SLUG,
    ),
    "contributor": Words(
        "Somebody who made the book: an author of whom there is more to say, or somebody else."
    ),
    "contributor[].name": Words("The name as it should be printed.", ("Ann Author",)),
    "contributor[].role": Words("What they did, one word or several.", (), one_of(tuple(ROLES))),
    "contributor[].file_as": Words("The name as a catalogue files it. Else surname first.", ("Author, Ann",)),
    "contributor[].organisation": Words("true for a group or a firm, which has no surname."),
    "subjects": Words("What the book is about, in the codes and words by which shops shelve it."),
    "subjects.bisac": Words(
        "BISAC codes, each perhaps with its heading behind it; the main one first.",
        (["PER004030"],),
        each({"type": "string", "pattern": r"^[A-Z]{3}\d{6}(?: .*)?$"}),
    ),
    "subjects.thema": Words(
        "Thema codes, each perhaps with its heading behind it; the main one first.",
        (["ATFG"],),
        each(
            {
                "type": "string",
                "pattern": r"^(?:[A-Y][A-Z0-9]{0,9}|[1-6][A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)(?: .*)?$",
            }
        ),
    ),
    "subjects.keywords": Words(
        "Words that buyers type. One that would give a film away is left out.", (["film noir", "1940s"],)
    ),
    "chapters": Words("All chapters by one rule. Leave it out where you list chapters yourself."),
    "chapters.by": Words(
        "What films of a chapter have in common. Without it, and without [[chapter]], their decade."
    ),
    "chapter": Words("A chapter by hand. A film stands in the first chapter that takes it."),
    "chapter[].title": Words("The chapter's title.", ("Nights in the City",)),
    "chapter[].films": Words(
        "Films by the names of their files in entries/, without .md; * and ? stand for any letters.",
        (["leaving-las-vegas-1995", "taxi-driver-*"],),
    ),
    "chapter[].where": Words(
        "A query, instead of a list or besides it: films that have one of the values of every key.",
        ({"genre": "Drama", "decade": 1990},),
    ),
    "chapter[].where.genre": Words("Films of this genre, or of one of these.", ("Drama",), _WISH),
    "chapter[].where.theme": Words("Films with this theme among their safe ones.", ("addiction",), _WISH),
    "chapter[].where.director": Words("Films by this director.", ("Agnès Varda",), _WISH),
    "chapter[].where.country": Words("Films from this country, by code or English name.", ("FR",), _WISH),
    "chapter[].where.language": Words("Films in this language, by tag or English name.", ("fr",), _WISH),
    "chapter[].where.decade": Words("Films of the ten years from this one on.", (1990,), _WISH),
    "chapter[].where.year": Words("Films of this year, or of one of these.", (1995,), _WISH),
    "chapter[].where.series": Words("Films of this series.", ("Antoine Doinel",), _WISH),
    "chapter[].sort": Words(
        "The order of the films. Without it, as you list them; those of a query by year."
    ),
    "chapter[].intro": Words("A Markdown file that opens the chapter.", ("texts/nights.md",)),
    "spoilers": Words("Where the part that gives films away stands, in each format."),
    "spoilers.pdf": Words(
        "page: on a page of its own after the warning. overleaf: behind a turn of the page, so that"
        " no spread mixes safe"
        " and spoiling. back: at the back of the book. omit: nowhere."
    ),
    "spoilers.epub": Words(
        "linked: in files at the end, reached by a link. inline: right after the warning. omit: nowhere."
    ),
    "spoilers.warning": Words(
        "The warning in your own words, with {title} where the film's title belongs; or a table with"
        " one for each"
        " language.",
        ("From here on {title} is told to the end.",),
    ),
    "spoilers.warning.*": Words("The warning in this language, with {title} in it."),
    "edition": Words("One of several editions that one run builds, such as a sampler without spoilers."),
    "edition[].name": Words(
        "What the title page and the copyright page call the edition.", ("Spoiler-free sampler",)
    ),
    "edition[].slug": Words(
        "The name of the edition's files in build/. Made from the guide's and the edition's name"
        " unless you give one.",
        ("winter-sampler",),
        _SLUG,
    ),
    "edition[].spoilers": Words("Where spoilers stand in this edition, if not as under [spoilers]."),
    "edition[].spoilers.pdf": Words("Where they stand in the PDF of this edition."),
    "edition[].spoilers.epub": Words("Where they stand in the e-book of this edition."),
    "edition[].isbn": Words(
        "The ISBNs of this edition alone. The first has those of [guide] if it names none."
    ),
    "edition[].isbn.print": Words("The ISBN of this edition in print.", (), _ISBN),
    "edition[].isbn.ebook": Words("The ISBN of this edition as e-book.", (), _ISBN),
    "edition[].cover_line": Words("A line for the cover and the title page.", ("To read before you watch",)),
    "edition[].cover": Words(
        f"A picture in place of the one under [ebook]. {_PICTURE}", ("images/sampler.jpg",)
    ),
    "edition[].films": Words("The films of this edition, by slug or pattern. Else all.", (["*-195?"],)),
    "edition[].formats": Words("The formats of this edition.", (), one_of(FORMATS)),
    "track": Words(
        "A reading path: films to be seen one after the other. [matter] says where tracks are printed."
    ),
    "track[].title": Words("The heading of the path.", ("Three clocks",)),
    "track[].note": Words("A few words below the heading."),
    "track[].series": Words("All films of this series, where no films are listed.", ("Antoine Doinel",)),
    "track[].films": Words(
        "The films by slug, each perhaps as { film = …, why = … } with a line on why it stands there.",
        (["run-lola-run-1998", {"film": "memento-2000", "why": "Backwards"}],),
    ),
    "track[].films[].film": Words("The film's slug.", ("memento-2000",)),
    "track[].films[].why": Words("A line on why the film stands there. Keep it safe to read beforehand."),
    "track[].by": Words(
        "release: by premiere. number: by the numbers under series in the entries. story: as you"
        " list them, and said so."
    ),
    "similar": Words("How films lead to the films like them."),
    "similar.limit": Words(
        "How many similar films a film shows. Those that you name yourself are never cut."
    ),
    "similar.weights": Words(
        "What counts for how much. What you do not name keeps our weight; 0 takes it out.",
        ({"director": 3, "year": 0},),
    ),
    **{
        f"similar.weights.{name}": Words(f"How much {words} counts.")
        for name, words in {
            "series": "being of one series",
            "remake": "being the same story filmed again",
            "title": "a likeness of titles",
            "director": "a director in common",
            "writer": "a writer in common",
            "cinematographer": "a cinematographer in common",
            "composer": "a composer in common",
            "cast": "a performer in common",
            "theme": "a theme in common",
            "genre": "a genre in common",
            "language": "a language in common",
            "country": "a country in common",
            "year": "being of about the same time",
            "runtime": "being about as long",
            "certificate": "having the same certificate",
            "budget": "having cost about as much",
            "synopsis": "a likeness of synopses by their words",
            "meaning": "a likeness of synopses by their sense, which wants embeddings = true,",
            "plot": "a likeness of plots, which wants use_plots = true,",
        }.items()
    },
    "similar.use_plots": Words(
        "true lets plots and endings count. That two of them are near can itself give one away."
    ),
    "similar.embeddings": Words(
        'true finds synopses that say the same in other words; wants pip install "filmguide[embeddings]".'
    ),
    "indexes": Words("The indexes at the back, and how they are filed."),
    "indexes.include": Words("The indexes in their order.", (["similar", "title"],), one_of(INDEXES)),
    "indexes.numerals": Words(
        "first: numbers stand before A, by value. spoken: 12 Angry Men stands under T."
    ),
    "indexes.collation": Words(
        "The language whose alphabet counts, where it is not the guide's.", ("sv", "de-u-co-phonebk")
    ),
    "indexes.names": Words("People who are filed otherwise than they would be.", ({"Cher": "Cher"},)),
    "indexes.names.*": Words("The heading under which this person is filed.", ("Winstead, Mary Elizabeth",)),
    "print": Words("The printed book: its theme, its size, its paper and its printer."),
    "print.theme": Words(
        "How the book looks: a theme of ours, or a folder in styles/.", ("classic", "modern", "large-print")
    ),
    "print.trim": Words(
        "The size of a page, width before height, or a size that has a name.",
        ("6x9in", "5.5x8.5in", "A5", "digest"),
        {"type": "string", "pattern": pattern(_SIZES, any_case(*TRIMS), empty=True), "default": "6x9in"},
    ),
    "print.printer": Words(
        "Who prints the book: the name of a profile. It sets the inner margin, the spine and what"
        " the file must be like.",
        ("kdp-paperback", "ingramspark", "lulu", "home"),
    ),
    "print.paper": Words("The paper, which decides how thick the spine is."),
    "print.ink": Words(
        "What the inside is printed with. standard-color is cheaper, where the printer has it."
    ),
    "print.bleed": Words("true gives every page bleed. A book with a picture that bleeds has it anyway."),
    "print.qr": Words("true prints a QR code for each of a film's links."),
    "print.price": Words(
        "The price of the printed book, where it has its own.", ({"USD": "24.95"},), _CURRENCIES
    ),
    "print.price.*": Words("The price in this currency, without its sign.", ("24.95",), _MONEY),
    "ebook": Words("The e-book: its theme, its cover and its fonts."),
    "ebook.theme": Words(
        "How the e-book looks; it need not be the theme of the printed book.", ("classic", "modern")
    ),
    "ebook.cover": Words(
        f"A picture for the cover. One is drawn from the theme where there is none. {_PICTURE}",
        ("images/cover.jpg",),
    ),
    "ebook.fonts": Words("true brings the theme's fonts along. Most readers prefer to choose their own."),
    "ebook.price": Words("The price of the e-book, where it has its own.", ({"USD": "9.95"},), _CURRENCIES),
    "ebook.price.*": Words("The price in this currency, without its sign.", ("9.95",), _MONEY),
    "cover": Words("What the cover of the printed book says beside title and authors."),
    "cover.headline": Words("A line above the text on the back.", ("A film for every winter night",)),
    "cover.blurb": Words("The text on the back, in Markdown. Without it the guide's description does."),
    "cover.author": Words("A few words on who wrote the book, in Markdown."),
    "cover.shelf": Words(
        "Where a bookseller puts the book, at the foot of the back.", ("Film & Television",)
    ),
    "cover.front_flap": Words("The front flap of a jacket, in Markdown."),
    "cover.back_flap": Words("The back flap of a jacket, in Markdown."),
    "cover.front": Words(f"A picture for the printed front, where the e-book's is not the one. {_PICTURE}"),
    "cover.spine": Words("The spine's width as the printer's own template names it.", ("17.2mm",), _LENGTH),
    "cover.spine_reads": Words(
        "Which way the words on the spine run, where it is not as in the guide's language."
    ),
    "cover.price_code": Words(
        "The five digits beside the barcode, or none. Else they follow from the price.",
        ("52495", "none"),
        {
            "type": ["string", "integer"],
            "minimum": 10_000,
            "maximum": 99_999,
            "pattern": r"^(?:\d{5}|none)?$",
        },
    ),
    "press": Words("What is told to the press."),
    "press.icc": Words(
        f"Your printer's ICC profile, by which colours become inks. {_PICTURE}", ("press.icc",)
    ),
    "matter": Words("What stands before and behind the films, in order."),
    "matter.front": Words(
        "Pages before the films: words that we know, or Markdown files of yours.",
        (["title", "copyright", "toc", "texts/foreword.md"],),
        each({"anyOf": [{"enum": list(FRONT)}, {"type": "string", "pattern": pattern(_FILES)}]}),
    ),
    "matter.back": Words(
        "Pages behind the films: words that we know, or Markdown files of yours.",
        (["tracks", "indexes", "texts/about.md"],),
        each({"anyOf": [{"enum": list(BACK)}, {"type": "string", "pattern": pattern(_FILES)}]}),
    ),
    "cache": Words("What is kept between builds to make the next one quick."),
    "cache.limit": Words(
        "How much room it may take on your disk.",
        ("500 MB", "2 GB"),
        {"type": "string", "pattern": pattern(AMOUNT, empty=True)},
    ),
    **PRINTER,
}

NEEDED = frozenset(
    {
        "guide",
        "guide.title",
        "contributor[].name",
        "chapter[].title",
        "edition[].name",
        "track[].title",
        "track[].films[].film",
        "printer.*.paper[].name",
    }
)
"""Keys without which a table means nothing."""

HANDED_DOWN = ("printer.", "edition[].spoilers.")
"""Where a key that is not there takes what a profile or the guide says, and so has no default of its own."""
