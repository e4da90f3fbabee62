"""The preview as a browser meets it: who may look, what is shown, and that nobody meets a story unasked."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from book.compose import FilmComposer, compose
from book.compose_ebook import compose_ebook, compose_film_documents
from book.entry import read_entry
from book.model import Film, Finding, Place, Severity
from book.preview.bench import Bench
from book.preview.events import MOST_WAITING, Events
from book.preview.places import places_of
from book.preview.routes import application
from book.preview.serving import preview
from book.preview.standing import fail_closed, told_of
from book.themes import find_theme

HOME = "http://127.0.0.1:8420"

HARBOUR = """---
title: The Harbour Light
year: 1951
director: [Ada Quill]
cast:
  - {name: Ben Marsh, role: The keeper}
  - {name: Zelda Wren, role: The drowned wife, spoiler: true}
spoiler_themes: [faked death]
---

A keeper counts ships through a winter of fog.

# Spoilers

## Plot

The keeper's wife never drowned. She rows back on the last night.
"""

MEADOW = """---
title: Meadow, Morning
year: 1960
director: [Ada Quill]
---

Two sisters mow a meadow and speak of their mother.

# Spoilers

## Plot

The sisters burn the hay and leave.
"""

SECRETS = ("never drowned", "rows back", "Zelda Wren", "faked death", "burn the hay", "drowned wife")


def write_guide(root: Path) -> Path:
    (root / "entries").mkdir(parents=True)
    (root / "guide.toml").write_text('[guide]\ntitle = "Two Films"\n', "utf-8")
    (root / "entries" / "the-harbour-light-1951.md").write_text(HARBOUR, "utf-8")
    (root / "entries" / "meadow-morning-1960.md").write_text(MEADOW, "utf-8")
    return root


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A guide of two films; tests that change it take one of their own."""
    return Bench(write_guide(tmp_path_factory.mktemp("away") / "guide"))


@pytest.fixture
def browser(bench: Bench) -> Iterator[TestClient]:
    with browser_at(bench) as client:
        yield client


def browser_at(bench: Bench) -> TestClient:
    return TestClient(application(bench, Events(), port=8420), base_url=HOME, follow_redirects=False)


def told(browser: TestClient, address: str) -> dict[str, Any]:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


# ------------------------------------------------------------------------------------ who may look


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 200),
        ({"host": "localhost:8420"}, 200),
        ({"host": "LOCALHOST:8420"}, 200),
        ({"host": "127.0.0.1"}, 421),
        ({"host": "127.0.0.1:8421"}, 421),
        ({"host": "rebound.example:8420"}, 421),
        ({"host": "127.0.0.1:8420.rebound.example"}, 421),
        ({"host": ""}, 421),
        ({"origin": HOME}, 200),
        ({"origin": "http://localhost:8420"}, 403),
        ({"origin": "http://stranger.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://127.0.0.1:8420"}, 403),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_only_our_own_page_on_this_machine_is_answered(
    browser: TestClient, headers: dict[str, str], code: int
) -> None:
    for address in ("/", "/films", "/films/the-harbour-light-1951?view=none", "/nowhere"):
        answer = browser.get(address, headers=headers)
        assert answer.status_code == (404 if code == 200 and address == "/nowhere" else code), address


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_changed_from_a_browser(browser: TestClient, method: str) -> None:
    assert browser.request(method, "/films").status_code == 405


def test_events_are_not_told_to_a_strangers_page(browser: TestClient) -> None:
    assert browser.get("/events", headers={"origin": "http://stranger.example"}).status_code == 403


def test_a_web_socket_is_not_opened_for_anybody(bench: Bench) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/events", "headers": [(b"host", b"127.0.0.1:8420")]}
    asyncio.run(application(bench, Events(), port=8420)(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_every_answer_says_what_may_be_done_with_it(browser: TestClient) -> None:
    pages = ["/", "/preview.js", "/films", "/nowhere", "/ebook/films/meadow-morning-1960.xhtml"]
    answers = [browser.get(page) for page in pages] + [browser.get("/", headers={"host": "other"})]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe-inline" not in policy.partition("style-src")[0]
        assert "http" not in policy
    assert "sandbox allow-same-origin" in answers[4].headers["content-security-policy"]
    assert "allow-scripts" not in answers[4].headers["content-security-policy"]


def test_the_server_listens_on_this_machine_alone(tmp_path: Path) -> None:
    ready = preview(write_guide(tmp_path / "guide"), port=0)
    try:
        assert ready._socket.getsockname()[0] == "127.0.0.1"
        assert ready.address == f"http://127.0.0.1:{ready._socket.getsockname()[1]}/"
        assert ready._socket.family == socket.AF_INET
    finally:
        ready.close()


# ----------------------------------------------------------------------- nothing beside the guide


@pytest.mark.parametrize(
    "address",
    [
        "/guide.toml",
        "/../guide.toml",
        "/..%2fguide.toml",
        "/%2e%2e/guide.toml",
        "/static/preview.js",
        "/preview.js/../../bench.py",
        "/entries/the-harbour-light-1951.md",
        "/films/..%2f..%2fguide.toml",
        "/films/%00",
        "/ebook/films/..%2f..%2f..%2fguide.xhtml",
        "/ebook/images/..%2f..%2fguide.toml",
        "/ebook/images/%2fetc%2fpasswd",
        "/pages/..%2f..%2f/0.png",
        "/pages/nothing/0.png",
        "//etc/passwd",
        "/%2fetc/passwd",
    ],
)
def test_no_address_leads_to_a_file_of_the_disk(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_an_entry_that_leads_out_of_the_guide_is_not_opened(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    outside = tmp_path / "private.md"
    outside.write_text(MEADOW.replace("Two sisters", "Private sisters"), "utf-8")
    (guide / "entries" / "private-1960.md").symlink_to(outside)
    with browser_at(Bench(guide)) as browser:
        film = told(browser, "/films/private-1960")
        assert [found["code"] for found in film["findings"]] == ["F009"]
        assert "pages" not in film
        assert "Private" not in browser.get("/search?q=private").text.replace("private-1960", "")


def test_a_folder_of_entries_that_leads_out_of_the_guide_is_not_opened(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    (guide / "entries").rename(tmp_path / "elsewhere")
    (guide / "entries").symlink_to(tmp_path / "elsewhere")
    bench = Bench(guide)
    assert bench.take_in({bench.root / "entries" / "meadow-morning-1960.md"}).films == frozenset()
    assert bench.table.rows == {}


def test_a_picture_that_leads_out_of_the_guide_is_not_shown(tmp_path: Path) -> None:
    from PIL import Image

    guide = write_guide(tmp_path / "guide")
    Image.new("RGB", (400, 300), "red").save(tmp_path / "private.png")
    (guide / "still.png").symlink_to(tmp_path / "private.png")
    entry = guide / "entries" / "meadow-morning-1960.md"
    entry.write_text(MEADOW.replace("year: 1960", "year: 1960\nimage: still.png"), "utf-8")
    with browser_at(Bench(guide)) as browser:
        document = told(browser, "/films/meadow-morning-1960?view=ebook")["document"]
        assert "<img" not in browser.get(document).text


# ----------------------------------------------------------------------------------------- spoilers


def test_no_answer_tells_the_story_before_somebody_asks(browser: TestClient) -> None:
    slugs = [row["slug"] for row in told(browser, "/films")["rows"]]
    addresses = ["/", "/films", "/search?q=the", "/search?q=drowned", "/search?q=keeper"]
    addresses += [f"/films/{slug}?view={view}" for slug in slugs for view in ("book", "ebook", "none")]
    addresses += [f"/ebook/films/{slug}.xhtml" for slug in slugs]
    whole = "\n".join(browser.get(address).text for address in addresses)
    assert [secret for secret in SECRETS if secret.casefold() in whole.casefold()] == []


def test_pages_that_tell_the_story_are_shown_to_those_who_ask(browser: TestClient) -> None:
    hidden = told(browser, "/films/the-harbour-light-1951?view=book")
    shown = told(browser, "/films/the-harbour-light-1951?view=book&spoilers=shown")
    assert hidden["hidden"] == len(shown["pages"]) - len(hidden["pages"]) > 0
    assert shown["hidden"] == 0
    assert {page["zone"] for page in hidden["pages"]} <= {"safe", "warning"}
    behind = shown["pages"][-1]
    assert behind["zone"] == "spoiler"
    unasked = behind["src"].partition("?")[0]
    assert browser.get(unasked).status_code == 403
    assert browser.get(f"{unasked}?spoilers=yes").status_code == 403
    picture = browser.get(behind["src"])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")


def test_the_e_books_spoilers_are_shown_to_those_who_ask(browser: TestClient) -> None:
    assert browser.get("/ebook/spoilers/the-harbour-light-1951.xhtml").status_code == 403
    film = told(browser, "/films/the-harbour-light-1951?view=ebook&spoilers=shown")
    assert "never drowned" in browser.get(film["spoilers"]).text
    assert told(browser, "/films/the-harbour-light-1951?view=ebook")["spoilers"] is None


def test_search_finds_a_story_only_where_it_is_asked_to(browser: TestClient) -> None:
    def found(question: str) -> list[str]:
        return [hit["slug"] for hit in told(browser, f"/search?q={question}")["hits"]]

    assert found("winter fog") == ["the-harbour-light-1951"]
    assert found("quill") == ["the-harbour-light-1951", "meadow-morning-1960"]
    assert found("rows back") == found("zelda") == found("faked") == []
    assert found("rows back&spoilers=shown") == ["the-harbour-light-1951"]
    assert found("zelda&spoilers=shown") == ["the-harbour-light-1951"]
    assert found("") == found("%20") == []


def test_a_plot_above_the_fence_is_treated_as_the_story_it_is(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    strayed = MEADOW.replace("# Spoilers\n\n## Plot", "## Plot")
    (guide / "entries" / "meadow-morning-1960.md").write_text(strayed, "utf-8")
    with browser_at(Bench(guide)) as browser:
        film = told(browser, "/films/meadow-morning-1960")
        assert "F202" in [found["code"] for found in film["findings"]]
        assert film["hidden"] > 0
        assert "burn the hay" not in browser.get("/ebook/films/meadow-morning-1960.xhtml").text
        assert told(browser, "/search?q=burn hay")["hits"] == []


def entry(text: str) -> Film:
    film, _ = read_entry(text, file="entries/x.md")
    assert film is not None
    return fail_closed(film)


@pytest.mark.parametrize(
    ("code", "line", "message", "veiled"),
    [
        ("F118", 2, "nobody has reviewed it yet.", False),
        ("F204", 11, "The synopsis tells what the end tells.", True),
        ("F306", 18, "[[somewhere]] is not in the guide.", True),  # it stands below the fence
        ("F103", 4, "The keeper's wife never drowned. is no country.", True),
        ("F103", 4, "zelda wren is no country.", True),
        ("F103", 4, "Ada Quill is no country.", False),
    ],
)
def test_a_finding_that_may_tell_the_story_keeps_its_words_back(
    code: str, line: int, message: str, veiled: bool
) -> None:
    found = Finding(code, Place("entries/x.md", line), message, "Mend it.", Severity.WARNING)
    (hidden,) = told_of([found], entry(HARBOUR), spoilers=False)
    (shown,) = told_of([found], entry(HARBOUR), spoilers=True)
    assert (hidden.veiled, hidden.message) == (veiled, "" if veiled else message)
    assert (shown.veiled, shown.message, shown.line) == (False, message, line)


# --------------------------------------------------------------------------------- what a save does


def test_a_save_is_taken_in_film_by_film(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    bench = Bench(guide)
    file = guide.resolve() / "entries" / "meadow-morning-1960.md"
    with browser_at(bench) as browser:
        before = told(browser, "/films/meadow-morning-1960")["pages"]
        revision = told(browser, "/films")["revision"]
        file.write_text(MEADOW.replace("Two sisters", "Three sisters"), "utf-8")
        change = bench.take_in({file})
        assert (change.films, change.everything) == ({"meadow-morning-1960"}, False)
        assert [row["slug"] for row in told(browser, f"/films?since={revision}")["rows"]] == []
        after = told(browser, "/films/meadow-morning-1960")["pages"]
        assert before[0]["src"] != after[0]["src"]
        assert "Three sisters" in browser.get("/ebook/films/meadow-morning-1960.xhtml").text


def test_a_save_without_a_change_repaints_nothing(bench: Bench) -> None:
    file = bench.root / "entries" / "meadow-morning-1960.md"
    file.write_text(MEADOW, "utf-8")
    assert bench.take_in({file}).films == frozenset()


def test_films_come_go_and_are_renamed(tmp_path: Path) -> None:
    bench = Bench(write_guide(tmp_path / "guide"))
    entries = bench.root / "entries"

    def listed() -> list[tuple[str, str]]:
        return [(row.slug, row.title) for row in bench.table.rows.values()]

    new = entries / "dusk-1940.md"
    new.write_text(MEADOW.replace("Meadow, Morning", "Dusk").replace("1960", "1940"), "utf-8")
    bench.take_in({new})
    assert listed() == [
        ("dusk-1940", "Dusk"),
        ("the-harbour-light-1951", "The Harbour Light"),
        ("meadow-morning-1960", "Meadow, Morning"),
    ]
    old = entries / "the-harbour-light-1951.md"
    old.unlink()
    (entries / "meadow-morning-1960.md").write_text(MEADOW.replace("Morning", "Noon"), "utf-8")
    bench.take_in({old, entries / "meadow-morning-1960.md"})
    assert listed() == [("dusk-1940", "Dusk"), ("meadow-morning-1960", "Meadow, Noon")]


def test_an_entry_that_breaks_is_listed_with_what_is_wrong_and_mended_again(tmp_path: Path) -> None:
    bench = Bench(write_guide(tmp_path / "guide"))
    file = bench.root / "entries" / "meadow-morning-1960.md"
    with browser_at(bench) as browser:
        file.write_text("no entry at all", "utf-8")
        bench.take_in({file})
        film = told(browser, "/films/meadow-morning-1960")
        assert film["errors"] > 0
        assert "pages" not in film
        file.write_text(MEADOW, "utf-8")
        bench.take_in({file})
        assert told(browser, "/films/meadow-morning-1960")["pages"]


def test_what_the_rules_say_follows_a_save(tmp_path: Path) -> None:
    bench = Bench(write_guide(tmp_path / "guide"))
    file = bench.root / "entries" / "meadow-morning-1960.md"
    file.write_text(MEADOW.replace("speak of", "speak of [[nothing-1900]] and"), "utf-8")
    bench.take_in({file})
    assert bench.check() == {"meadow-morning-1960"}
    with browser_at(bench) as browser:
        codes = [found["code"] for found in told(browser, "/films/meadow-morning-1960")["findings"]]
        assert "F306" in codes
    assert bench.check() == frozenset()


def test_similar_films_are_sought_again_when_it_is_quiet(tmp_path: Path) -> None:
    bench = Bench(write_guide(tmp_path / "guide"))
    file = bench.root / "entries" / "meadow-morning-1960.md"
    file.write_text(MEADOW.replace("director: [Ada Quill]", "directors: [Somebody Else]"), "utf-8")
    bench.take_in({file})
    assert bench.relate() == {"the-harbour-light-1951", "meadow-morning-1960"}
    assert bench.relate() == frozenset()


def test_guide_toml_changes_everything_and_a_broken_one_leaves_what_was(tmp_path: Path) -> None:
    bench = Bench(write_guide(tmp_path / "guide"))
    settings = bench.root / "guide.toml"
    settings.write_text('[guide]\ntitle = "Both Films"\n', "utf-8")
    assert bench.take_in({settings}).everything
    assert bench.table.guide.info.title == "Both Films"
    revision = bench.table.revision
    settings.write_text('[guide]\ntitle = "Both Films"\n[print]\ntheme = "none such"\n', "utf-8")
    with pytest.raises(Exception, match="none such"):
        bench.take_in({settings})
    assert (bench.table.guide.info.title, bench.table.revision) == ("Both Films", revision)


def test_a_film_is_composed_alone_as_it_is_in_the_whole_book(bench: Bench) -> None:
    guide, project = bench.table.guide, bench.table.project
    theme = find_theme("classic", bench.root)
    shards = {shard.name: shard for shard in compose(guide, project, theme)}
    documents = {document.name: document for document in compose_ebook(guide, project, theme, pictures={})}
    composer = FilmComposer(guide, project, theme)
    for film in guide.films:
        assert composer.film(guide, film.slug) == (shards[film.slug], None)
        alone = compose_film_documents(guide, project, theme, film.slug, pictures={})
        assert alone == tuple(documents[f"{part}/{film.slug}.xhtml"] for part in ("films", "spoilers"))


@pytest.mark.parametrize("place", ["page", "overleaf", "back", "omit"])
def test_spoilers_stand_apart_wherever_the_book_has_them(tmp_path: Path, place: str) -> None:
    guide = write_guide(tmp_path / "guide")
    with (guide / "guide.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[spoilers]\npdf = "{place}"\n')
    with browser_at(Bench(guide)) as browser:
        hidden = told(browser, "/films/the-harbour-light-1951")
        shown = told(browser, "/films/the-harbour-light-1951?spoilers=shown")
    zones = [page["zone"] for page in shown["pages"]]
    assert zones == ["warning", "spoiler"] if place != "omit" else ["safe"]
    assert [page["zone"] for page in hidden["pages"]] == zones[:1]


# ------------------------------------------------------------------------------------------- places


def test_films_stand_where_the_last_build_put_them(bench: Bench, tmp_path: Path) -> None:
    manifest = tmp_path / "guide.manifest.json"
    pages = [{"number": number, "label": str(number - 4)} for number in range(1, 20)]
    films = [{"slug": "meadow-morning-1960", "safe": [12], "spoilers": [13, 14]}]
    anchors = {"meadow-morning-1960": 12, "meadow-morning-1960--spoilers": 13}
    manifest.write_text(json.dumps({"pages": pages, "films": films, "anchors": anchors}), "utf-8")
    places = places_of(bench.table.guide, manifest)
    meadow, harbour = (places.spots[slug] for slug in ("meadow-morning-1960", "the-harbour-light-1951"))
    assert (meadow.number, meadow.side.value, meadow.pages, meadow.known) == (8, "verso", 3, True)
    assert (harbour.number, harbour.known) == (2, False)
    assert places.numbers["meadow-morning-1960--spoilers"] == 9


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"pages": 3}', '{"pages": [], "films": [{}], "anchors": {}}']
)
def test_a_map_that_cannot_be_read_leaves_estimates(bench: Bench, tmp_path: Path, content: str) -> None:
    manifest = tmp_path / "guide.manifest.json"
    manifest.write_text(content, "utf-8")
    assert not any(spot.known for spot in places_of(bench.table.guide, manifest).spots.values())


# ------------------------------------------------------------------------------------------- events


def test_a_page_that_does_not_listen_is_asked_to_load_everything_anew() -> None:
    async def heard() -> list[str]:
        events = Events()
        listening = events.listen({"revision": 1})
        said = [await anext(listening)]
        for number in range(MOST_WAITING + 5):
            events.tell("pages", {"revision": number, "films": []})
        said.append(await anext(listening))
        events.close()
        return said

    hello, first = asyncio.run(heard())
    assert "event: hello" in hello
    assert first.startswith("event: anew")


def test_the_server_says_goodbye_when_it_ends() -> None:
    async def heard() -> list[str]:
        events = Events()
        listening = events.listen({})
        said = [await anext(listening)]
        events.close()
        return said + [more async for more in listening]

    assert len(asyncio.run(heard())) == 1
