"""Real files of every format, faults included: what somebody who read each file by eye expects of it."""

import json
from pathlib import Path

import pytest
from test_import_formats import OURS, facts, read, told

from book.entry import read_entry, write_entry
from book.importers import read_films
from book.model import Film, Finding

REAL = Path(__file__).parent.parent.parent / "shared" / "data" / "formats"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this project")

FILES = sorted(file for file in REAL.rglob("*") if file.is_file() and file.name != "SOURCES.tsv")


def only(name: str) -> dict[str, object]:
    """The one film of a file without a finding; where it came from is left out."""
    films, findings = read(REAL / name)
    assert ([film.title for film in films[1:]], told(findings)) == ([], [])
    return {key: value for key, value in facts(films[0]).items() if key not in {"from", "synopsis", "below"}}


def texts(name: str) -> tuple[str, list[tuple[str, str]]]:
    """How the synopsis of a file's first film begins and ends, and likewise what is below the fence."""
    film = read(REAL / name)[0][0]
    told = facts(film)
    below = told.get("below", [])
    assert isinstance(below, list)
    return ends(str(told.get("synopsis", ""))), [(heading, ends(text)) for heading, text in below]


def ends(text: str) -> str:
    return f"{text[:12]} … {text[-12:]}" if text else ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_gives_entries_that_are_read_again_or_says_what_is_wrong(file: Path) -> None:
    found = list(read_films([file], OURS))
    films = [each for each in found if isinstance(each, Film)]
    findings = [each for each in found if isinstance(each, Finding)]
    assert found
    assert all(each.where.file and each.message.endswith((".", "!", "?")) for each in findings)
    for film in films:
        again, wrong = read_entry(write_entry(film), file=f"entries/{film.slug}.md")
        assert again is not None
        assert (facts(again), film.origin.reviewed) == (facts(film), False)
        assert [each.code for each in wrong if each.code not in {"F106", "F107"}] == []


# --------------------------------------------------------------------------------------- Kodi


def test_kodi_allegiant() -> None:
    assert only("kodi-nfo/Komet__kodi_v18_movie_all.nfo") == {
        "title": "Allegiant", "original": "AllegiantOriginal", "sort": "TmovieFc10", "year": 2016,
        "premiered": "2016-03-09", "minutes": 88, "countries": ["US"], "directors": ["Robert Schwentke"],
        "writers": ["Adam Cooper", "Bill Collage", "Stephen Chbosky"],
        "cast": [("Shailene Woodley", 'Beatrice "Tris" Prior'), ("Theo James", 'Tobias "Four" Eaton')],
        "genres": ["Adventure", "Science Fiction"], "spoiler_themes": ["Best Tag"], "series": "Divergent",
        "certificate": "M", "tagline": "Break the boundaries of your world", "ids": {"imdb": "tt3410834"},
    }  # fmt: skip
    assert texts("kodi-nfo/Komet__kodi_v18_movie_all.nfo") == (
        "TmovieFc02 … TmovieFc02",
        [("Plot", "Beatrice Pri … tic Welfare.")],
    )


def test_kodi_justice_league() -> None:
    assert only("kodi-nfo/bernmic__movie.nfo") == {
        "title": "Zack Snyder's Justice League", "sort": "Justice League 2", "year": 2021,
        "premiered": "2021-03-18", "minutes": 242, "countries": ["US"], "directors": ["Zack Snyder"],
        "writers": ["Chris Terrio"], "genres": ["Superhero"], "spoiler_themes": ["TV Recording"],
        "cast": [
            ("Ben Affleck", "Bruce Wayne / Batman"),
            ("Henry Cavill", "Clark Kent / Superman / Kal-El"),
            ("Gal Gadot", "Diana Prince / Wonder Woman"),
        ],
        "series": "Justice League", "certificate": "M", "ids": {"imdb": "tt12361974", "tmdb": "791373"},
    }  # fmt: skip
    assert texts("kodi-nfo/bernmic__movie.nfo") == ("Determined t … proportions.", [])


def test_kodi_alien() -> None:
    alien = only("kodi-nfo/Komet__kodi_v18_Alien_1979.nfo")
    cast = alien.pop("cast")
    assert isinstance(cast, list)
    assert (cast[0], cast[5], cast[-1], len(cast)) == (
        ("Tom Skerritt", "Arthur Koblenz Dallas"),
        ("Ian Holm", "Ash"),
        ("Eddie Powell", "Alien (uncredited)"),
        10,
    )
    assert alien == {
        "title": "Alien", "year": 1979, "premiered": "1979-05-25", "minutes": 117, "countries": ["US"],
        "directors": ["Ridley Scott"], "writers": ["Dan O'Bannon"], "genres": ["Horror", "Science Fiction"],
        "series": "Alien", "certificate": "R", "tagline": "In space no one can hear you scream.",
        "ids": {"imdb": "tt0078748", "tmdb": "348"},
    }  # fmt: skip


def test_kodi_files_without_a_title_or_a_year_say_so() -> None:
    names = ["AlexBlackmore__movie", "Komet__kodi_v18_movie_empty", "jellyfin__CommunityRating_Comma"]
    films, findings = read(*(REAL / "kodi-nfo" / f"{name}.nfo" for name in names))
    assert (films, told(findings)) == (
        [],
        [
            ("F805", 2, "The film on line 2 has no title."),
            ("F805", 2, "The film on line 2 has no title."),
            ("F805", 2, "Test Movie has no year."),
        ],
    )


# --------------------------------------------------------------------------------- Letterboxd


def test_letterboxd_list() -> None:
    films, findings = read(REAL / "letterboxd/patrickmjones__lists_zatoichi.csv")
    assert [(film.title, film.year, film.ids, film.source.lines["title"]) for film in films] == [
        ("The Tale of Zatoichi", 1962, {"letterboxd": "1JMq"}, 6),
        ("The Tale of Zatoichi Continues", 1962, {"letterboxd": "1JMg"}, 7),
        ("Zatoichi", 2003, {"letterboxd": "2aMs"}, 8),
        ("Zatoichi: The Last", 2010, {"letterboxd": "qLm"}, 9),
    ]
    assert findings == []


def test_letterboxd_ratings_and_diary() -> None:
    ratings, _ = read(REAL / "letterboxd/melvincarvalho__ratings.csv")
    assert [(film.title, film.year, film.rating) for film in ratings[:6]] == [
        ("The Incredible Hulk", 2008, "4"),
        ("Her", 2013, "5"),
        ("The Dark Knight Rises", 2012, "5"),
        ("Mad Max: Fury Road", 2015, "5"),
        ("Bad Boys for Life", 2020, "5"),
        ("The Tomorrow War", 2021, "4.5"),
    ]
    diary, _ = read(REAL / "letterboxd/AgosVenezia__diary.csv")
    assert [(film.title, film.year, film.rating, dict(film.ids)) for film in (*diary[:3], diary[-1])] == [
        ("No Hard Feelings", 2023, "4.5", {}),
        ("The Wonderful Story of Henry Sugar", 2023, "4.5", {}),
        ("Red, White & Royal Blue", 2023, "3", {}),
        ("Rodríguez y el cambio climático", 2017, "3", {}),
    ]


def test_letterboxd_an_empty_watchlist_says_so() -> None:
    assert [each.code for each in read(REAL / "letterboxd/melvincarvalho__watchlist.csv")[1]] == ["F811"]


def test_a_spreadsheet_kept_by_hand() -> None:
    films, findings = read(REAL / "letterboxd/cadenramey__letterboxd.csv")
    assert findings == []
    assert [(film.title, film.year, film.rating) for film in films[:6]] == [
        ("Smile", 2022, ""),
        ("Triangle of Sadness", 2022, ""),
        ("M3GAN", 2022, ""),
        ("Bama Rush", 2023, "0.5"),
        ("Spider-Man: Across the Spider-Verse", 2023, "4.5"),
        ("Asteroid City", 2023, "3"),
    ]


# --------------------------------------------------------------------------------------- OMDb


def test_omdb_one_answer() -> None:
    assert only("omdb-json/dfpires__omdb.json") == {
        "title": "The Avengers", "year": 2012, "premiered": "2012-05-04", "minutes": 143,
        "languages": ["en", "ru", "hi"], "countries": ["US"], "directors": ["Joss Whedon"],
        "writers": ["Joss Whedon", "Zak Penn"],
        "cast": [("Robert Downey Jr.", ""), ("Chris Evans", ""), ("Scarlett Johansson", "")],
        "genres": ["Action", "Adventure", "Science Fiction"], "certificate": "PG-13",
        "money": (None, 623357910), "ids": {"imdb": "tt0848228"},
    }  # fmt: skip
    assert only("omdb-json/Shivam2094__movie.json") == {
        "title": "Batman Begins", "year": 2005, "ids": {"imdb": "tt0372784"}
    }  # fmt: skip


def test_omdb_one_answer_a_line() -> None:
    films, findings = read(REAL / "omdb-json/alex-morikado__omdb.json")
    told_of = {key: value for key, value in facts(films[0]).items() if key != "synopsis"}
    assert told_of == {
        "title": "Toy Story", "year": 1995, "premiered": "1995-11-22", "minutes": 81, "languages": ["en"],
        "countries": ["US"], "directors": ["John Lasseter"],
        "writers": [
            "John Lasseter", "Pete Docter", "Andrew Stanton", "Joe Ranft", "Joss Whedon", "Joel Cohen",
            "Alec Sokolow",
        ],
        "cast": [("Tom Hanks", ""), ("Tim Allen", ""), ("Don Rickles", ""), ("Jim Varney", "")],
        "genres": ["Animation", "Adventure", "Comedy", "Family", "Fantasy"], "certificate": "G",
        "ids": {"imdb": "tt0114709"}, "links": {"Official site": "http://www.disney.com/ToyStory"},
        "from": "omdb alex-morikado__omdb.json",
    }  # fmt: skip
    assert told(findings) == [("F810", 1, "OMDb gave no film here, and said: Incorrect IMDb ID.")]


def test_omdb_a_list_of_everything_loses_no_record() -> None:
    films, findings = read(REAL / "omdb-json/adityadev31__omdb.json")
    records = json.loads((REAL / "omdb-json/adityadev31__omdb.json").read_text("utf-8"))
    assert len(films) + len(findings) == len(records)
    assert told(findings)[0] == (
        "F810",
        0,
        "Episode dated 24 January 2007 is an episode of a series, and was left out.",
    )


# --------------------------------------------------------------------------------------- TMDB

FIGHT_CLUB = {
    "title": "Fight Club", "year": 1999, "premiered": "1999-10-12", "minutes": 139, "languages": ["en"],
    "genres": ["Drama"], "tagline": "How much can you know about yourself if you've never been in a fight?",
    "money": (63000000, 100853753), "ids": {"imdb": "tt0137523", "tmdb": "550"},
}  # fmt: skip


def test_tmdb_details() -> None:
    assert only("tmdb-json/adamayoung__movie.json") == FIGHT_CLUB | {"countries": ["US"]}
    assert only("tmdb-json/cejast__movie.json") == {
        "title": "Deadpool", "year": 2016, "premiered": "2016-02-09", "minutes": 108, "languages": ["en"],
        "countries": ["US"], "genres": ["Comedy", "Adventure", "Action", "Science Fiction"],
        "tagline": "Witness the beginning of a happy ending", "money": (58000000, None),
        "ids": {"imdb": "tt1431045", "tmdb": "293660"},
        "links": {"Official site": "http://www.foxmovies.com/movies/deadpool"},
    }  # fmt: skip


def test_tmdb_details_with_everything_appended() -> None:
    assert only("tmdb-json/adamayoung__movie-details-append-response.json") == FIGHT_CLUB | {
        "directors": ["David Fincher"], "cast": [("Edward Norton", "The Narrator")], "certificate": "R",
        "spoiler_themes": ["dual identity", "based on novel or book"], "similar": [("Se7en", 1995)],
        "ids": {"imdb": "tt0137523", "tmdb": "550", "wikidata": "Q190050"},
    }  # fmt: skip


def test_tmdb_a_film_without_a_date_and_lists_by_page() -> None:
    films, findings = read(REAL / "tmdb-json/adamayoung__movie-blank-homepage-release-date.json")
    assert (films, told(findings)) == ([], [("F805", 0, "Chariots of Fire has no year.")])
    films, findings = read(REAL / "tmdb-json/hjmccabe__popular_movies.json")
    assert (films[0].title, films[0].genres, len(films), findings) == (
        "Frozen II",
        ("Animation", "Music", "Family"),
        160,
        [],
    )


# --------------------------------------------------------------------------------------- IMDb


def test_imdb_films_of_both_tables() -> None:
    films, findings = read(*sorted((REAL / "imdb-tsv").glob("*title.*.tsv")))
    by_id = {film.ids["imdb"]: film for film in films}
    some = [by_id[number] for number in ("tt0000001", "tt0000005", "tt0000009", "tt9806258")]
    assert [(film.title, film.year, film.runtime_min, film.genres) for film in some] == [
        ("Carmencita", 1894, 1, ("Documentary", "Short")),
        ("Blacksmith Scene", 1893, 1, ("Comedy", "Short")),
        ("Miss Jerry", 1894, 45, ("Romance",)),
        ("Shadowtown", 2020, 84, ("Drama", "Mystery", "Thriller")),
    ]
    assert ("F805", 4, "Rogue has no year.") in told(findings)
    assert ("F811", 0) in [(each.code, each.where.line) for each in findings]
    rows = sum(
        len(file.read_text("utf-8").splitlines()) - 1 for file in (REAL / "imdb-tsv").glob("*basics.tsv")
    )
    assert len(films) + sum(each.code in {"F805", "F810"} for each in findings) == rows


# --------------------------------------------------------------------------------- schema.org


def test_saved_pages() -> None:
    assert only("jsonld-html/StegSchreck__allocine_movie_details_page.html") == {
        "title": "Fight Club", "year": 1999, "minutes": 139, "directors": ["David Fincher"],
        "writers": ["Jim Uhls", "Chuck Palahniuk"], "music": ["The Dust Brothers", "Brian Richards"],
        "cast": [("Brad Pitt", ""), ("Edward Norton", ""), ("Helena Bonham Carter", ""), ("Meat Loaf", "")],
        "genres": ["Thriller", "Drame"],
    }  # fmt: skip
    assert only("jsonld-html/StegSchreck__filmaffinity_movie_details_page.html") == {
        "title": "Ghost in the Shell", "year": 1995, "minutes": 83, "directors": ["Mamoru Oshii"],
        "genres": ["Animation", "Science Fiction", "Action"],
    }  # fmt: skip
    assert only("jsonld-html/StegSchreck__metacritic_movie_details_page.html") == {
        "title": "Fight Club", "year": 1999, "premiered": "1999-10-15", "minutes": 139,
        "directors": ["David Fincher"], "cast": [("Edward Norton", "")], "certificate": "TV-MA",
        "genres": ["Drama", "Thriller", "Crime"],
    }  # fmt: skip


def test_a_page_without_the_words_of_schema_org_is_unknown() -> None:
    assert [
        each.code for each in read(REAL / "jsonld-html/StegSchreck__listal_movie_details_page.html")[1]
    ] == ["F803"]


# -------------------------------------------------------------------------------------- notes


def test_notes_of_obsidian(tmp_path: Path) -> None:
    file = tmp_path / "1917.md"  # as it was called in its vault
    file.write_bytes((REAL / "obsidian-md/FrankLawrence__1917.md").read_bytes())
    told_of = facts(read(file)[0][0])
    assert str(told_of.pop("synopsis")).endswith("straight into a deadly trap.")
    assert told_of == {
        "title": "1917", "year": 2019, "minutes": 119, "directors": ["Sam Mendes"],
        "cast": [("Dean-Charles Chapman", ""), ("George MacKay", ""), ("Daniel Mays", "")],
        "genres": ["Action", "Drama", "War"], "ids": {"imdb": "tt8579674"}, "from": "notes 1917.md",
    }  # fmt: skip
    assert only("obsidian-md/mnw1020__F1.md") == {
        "title": "F1: The Movie", "year": 2025, "premiered": "2025-06-27", "minutes": 155,
        "directors": ["Joseph Kosinski"], "genres": ["Action", "Drama", "Sport"], "rating": "7",
        "cast": [("Brad Pitt", ""), ("Damson Idris", ""), ("Javier Bardem", "")],
        "ids": {"imdb": "tt16311594"},
    }  # fmt: skip
    assert only("obsidian-md/mnw1020__Американский психопат.md") == {
        "title": "American Psycho", "year": 2000, "premiered": "2000-04-14", "minutes": 102,
        "directors": ["Mary Harron"], "genres": ["Crime", "Drama", "Horror"], "rating": "8",
        "cast": [("Christian Bale", ""), ("Justin Theroux", ""), ("Josh Lucas", "")],
        "ids": {"imdb": "tt0144084"},
    }  # fmt: skip


def test_posts_of_site_generators() -> None:
    assert only("frontmatter-md/ewintr_zola_toml__darling.md") == {
        "title": "Darling", "year": 1965, "directors": ["John Schlesinger"], "rating": "8"
    }  # fmt: skip
    assert only("frontmatter-md/justzen0_jekyll__12-angry-men.md") == {
        "title": "12 Angry Men", "year": 1957, "directors": ["Sidney Lumet"],
        "themes": ["Drama", "Courtroom Thriller"],
    }  # fmt: skip
    assert only("frontmatter-md/rajatbhagat_astro__get-out.md") == {
        "title": "Get Out", "year": 2017, "directors": ["Jordan Peele"], "genres": ["Horror", "Thriller"],
        "rating": "8",
    }  # fmt: skip
    assert only("frontmatter-md/weslen-martins_hugo__ant-man.md") == {
        "title": "Ant-Man", "year": 2015, "premiered": "2015-07-17", "minutes": 117,
        "directors": ["Peyton Reed"],
        "writers": [
            "Edgar Wright", "Joe Cornish", "Adam McKay", "Paul Rudd", "Stan Lee", "Larry Lieber", "Jack Kirby"
        ],
    }  # fmt: skip
    absurdistan = only("frontmatter-md/veithelmer_11ty__absurdistan_index_de.md")
    some = ("year", "minutes", "countries", "writers", "camera", "music")
    assert {key: absurdistan[key] for key in some} == {
        "year": 2008, "minutes": 88, "countries": ["DE", "AZ"], "camera": ["Giorgi Beridze"],
        "writers": ["Veit Helmer", "Gordan Mihić", "Zaza Buadze"], "music": ["Shigeru Umebayashi"],
    }  # fmt: skip


def test_a_note_that_does_not_name_its_film_is_named_by_its_file() -> None:
    films, findings = read(REAL / "frontmatter-md/fshowalter__2001-a-space-odyssey-1968.md")
    assert ([(film.title, film.year) for film in films], [each.code for each in findings]) == (
        [("2001 A Space Odyssey", 1968)],
        ["F811"],
    )
