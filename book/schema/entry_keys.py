"""What an editor says of every fact of an entry, and of the parts of those that have several."""

from __future__ import annotations

from collections.abc import Mapping

from book.schema.shapes import Words

ENTRY: Mapping[str, Words] = {
    "title": Words("The title in the language of the guide.", ("Leaving Las Vegas",)),
    "original_title": Words(
        "The title as it was at home, when it differs; in its own script.", ("重慶森林",)
    ),
    "sort_title": Words(
        "Where the film files in indexes, when not under its title. Articles are transposed without it.",
        ("Eight and a Half",),
    ),
    "aka": Words("Other titles. Each has a line in the title index.", (["Hong Kong Express"],)),
    "year": Words(
        "The year of the first showing. It tells remakes apart, and stands at the end of the file's name.",
        (1995,),
    ),
    "premiered": Words("The day of the first showing: year, month, day.", ("1995-10-27",)),
    "runtime": Words(
        "How long the film is, in whole minutes. 111 min, 1h51 and PT1H51M are read as well.", (111,)
    ),
    "language": Words(
        "The languages spoken, the original one first: BCP 47 tags or English names.",
        (["en"], ["English", "Russian"]),
    ),
    "country": Words(
        "The countries that made it: ISO 3166 codes or English names. SU, YU, DD and CS are known.",
        (["US"], ["France"]),
    ),
    "director": Words("Who directed it.", (["Mike Figgis"],)),
    "writer": Words("Who wrote it.", (["Mike Figgis", "John O'Brien"],)),
    "cinematographer": Words("Who photographed it.", (["Declan Quinn"],)),
    "composer": Words("Who wrote the music.", (["Mike Figgis"],)),
    "cast": Words(
        "Who plays whom, the leading parts first. A role is safe to read unless you mark it as a spoiler.",
        ([{"name": "Nicolas Cage", "role": "Ben Sanderson"}],),
    ),
    "genre": Words("Genres, which indexes and chapters go by.", (["Drama", "Romance"],)),
    "themes": Words("Themes that are safe to know beforehand; they may stand in indexes.", (["addiction"],)),
    "spoiler_themes": Words(
        "Themes that give something away. They never leave the spoiler part.", (["sacrifice"],)
    ),
    "series": Words("The series that the film belongs to: its name, or {name: …, number: …}."),
    "certificate": Words("The certificate as it should be printed.", ("R",)),
    "rating": Words("Your own rating. guide.toml says what it counts up to.", (4.5,)),
    "tagline": Words("One line, as on a poster."),
    "post_credits": Words(
        "Whether to stay for a scene: none, mid, end or both. What happens in it goes below the fence."
    ),
    "box_office": Words(
        "What the film cost and earned, in whole units of a currency.",
        ({"budget": 4000000, "gross": 49800000, "currency": "USD"},),
    ),
    "ids": Words(
        "The film's names in other places. Imports know it again by them.", ({"imdb": "tt0113627"},)
    ),
    "links": Words(
        "Addresses on the web, each under a few words.", ({"Official site": "https://example.org/"},)
    ),
    "image": Words("A picture in the guide's folder, with what it shows and whose it is."),
    "similar": Words(
        "Films like this one: slugs, or titles with their years for films that are not in the guide.",
        (["barfly-1987", "Days of Wine and Roses (1962)"],),
    ),
    "leaks_ok": Words(
        "Words above the fence that check takes for a leak, each with the reason why they may stand.",
        ({"the iceberg": "It is in the title of every book on the subject"},),
    ),
    "updated": Words("The day on which you last changed the entry.", ("2024-11-16",)),
    "source": Words("Where the entry came from. Set reviewed: true once you have read an imported one."),
}

IDS: Mapping[str, Words] = {
    "imdb": Words("The film's number at IMDb.", ("tt0113627",)),
    "tmdb": Words("The film's number at TMDB.", (451,)),
    "letterboxd": Words("The last part of the film's address at Letterboxd."),
}
"""Places that importers know; any other may be named as well."""

PARTS_OF: Mapping[str, Mapping[str, Words]] = {
    "cast": {
        "name": Words("The performer.", ("Nicolas Cage",)),
        "role": Words("The role. Keep it safe to read before the film.", ("Ben Sanderson",)),
        "spoiler": Words("true keeps the name and the role in the spoiler part."),
    },
    "series": {
        "name": Words("The name of the series.", ("Antoine Doinel",)),
        "number": Words("The film's place in it.", (2, "III")),
    },
    "image": {
        "file": Words("The file, from the guide's folder.", ("images/leaving-las-vegas.jpg",)),
        "alt": Words("What the picture shows, for those who cannot see it. It must give nothing away."),
        "credit": Words("Whose picture it is, as it should be printed."),
    },
    "similar": {
        "to": Words("The slug of a film in the guide, or a title with its year.", ("barfly-1987",)),
        "why": Words(
            "What the two have in common, safe to read before either.",
            ("Another love story at closing time",),
        ),
        "title": Words("The title of a film outside the guide.", ("Days of Wine and Roses",)),
        "year": Words("The year of a film outside the guide.", (1962,)),
    },
    "source": {
        "imported": Words("The files that the entry came from."),
        "digest": Words("How filmguide knows that nobody has touched the entry. Leave it be."),
        "reviewed": Words("true once you have read the entry for spoilers."),
    },
    "box_office": {
        "budget": Words("What the film cost.", (4000000,)),
        "gross": Words("What it earned.", (49800000,)),
        "currency": Words("The currency of both, in three letters.", ("USD",)),
    },
}
