"""The web edition: whole, quiet about the story, and the same wherever its folder lies."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from finished import PROJECT
from lxml import html
from test_preview import SECRETS, write_guide

from book.build import build_guide
from book.model import BookError, Guide
from book.proving import prove
from book.reading import read_guide
from book.shelf import put_folder
from book.themes import find_theme
from book.verify import verify_site
from book.verify_promise import promise_of
from book.web import render_site

Files = Mapping[str, bytes]


def site_of(root: Path, *, spoilers: str = "") -> tuple[Guide, dict[str, bytes]]:
    reading = read_guide(root)
    assert reading.guide is not None, reading.findings
    project = reading.project
    if spoilers:
        project = replace(project, spoilers=project.spoilers.with_place(spoilers))
    theme = find_theme(project.ebook.theme, root)
    files, findings = render_site(reading.guide, project, theme)
    assert findings == ()
    return reading.guide, files


@pytest.fixture(scope="module")
def guide_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_guide(tmp_path_factory.mktemp("away") / "guide")


@pytest.fixture(scope="module", params=["two films", "the sample guide"])
def made(request: pytest.FixtureRequest, guide_folder: Path) -> tuple[Guide, dict[str, bytes]]:
    """A guide and its site: a small one that tests know by heart, and one with pictures, maps and indexes."""
    return site_of(guide_folder if request.param == "two films" else PROJECT)


@pytest.fixture(scope="module")
def small(guide_folder: Path) -> tuple[Guide, dict[str, bytes]]:
    return site_of(guide_folder)


def pages(files: Files) -> Iterator[tuple[str, html.HtmlElement]]:
    for name, content in files.items():
        if name.endswith(".html"):
            yield name, html.document_fromstring(content.decode("utf-8"))


def links(files: Files) -> Iterator[tuple[str, str, str]]:
    """Every link within the site: its page, the file it leads to, and the place there or nothing."""
    for name, page in pages(files):
        for link in page.iter("a"):
            href = unquote(link.get("href"))
            if not re.match(r"\w+:", href):
                path, _, place = href.partition("#")
                yield (
                    name,
                    posixpath.normpath(
                        posixpath.join(posixpath.dirname(name), path or posixpath.basename(name))
                    ),
                    place,
                )


def test_every_link_leads_somewhere(made: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = made
    places = {name: {one.get("id") for one in page.iter() if one.get("id")} for name, page in pages(files)}
    dead = [
        (page, file, at)
        for page, file, at in links(files)
        if file not in files or (at and at not in places[file])
    ]
    assert dead == []


def test_every_film_and_its_story_are_reached_from_the_first_page(
    made: tuple[Guide, dict[str, bytes]],
) -> None:
    guide, files = made
    ways: dict[str, set[str]] = {}
    for page, file, _ in links(files):
        ways.setdefault(page, set()).add(file)
    reached, waiting = set[str](), ["index.html"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting += ways.get(page, set()) - reached
    unreached = {name for name in files if name.endswith(".html")} - reached
    assert unreached == {"search.html"}  # to which the form leads
    assert len([page for page in reached if page.startswith("films/")]) == len(guide.films)


def test_stories_are_told_on_their_own_pages_alone(small: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = small
    safe = {
        name: content.decode("utf-8", "replace")
        for name, content in files.items()
        if not name.startswith("spoilers/")
    }
    told = [
        (name, secret)
        for name, text in safe.items()
        for secret in SECRETS
        if secret.casefold() in text.casefold()
    ]
    assert told == []
    assert "never drowned" in files["spoilers/the-harbour-light-1951.html"].decode()


def test_the_promise_is_kept_by_the_same_proof_as_a_books(made: tuple[Guide, dict[str, bytes]]) -> None:
    guide, files = made
    verdict = verify_site(promise_of(guide), "web/guide/", files, "linked")
    assert verdict.findings == ()
    assert verdict.found == verdict.sought > 0


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        (
            "search-index.js",
            "harbour light",
            "harbour light never drowned. She rows back on the last night",
            "F904",
        ),
        ("index.html", "</main>", "<p>The keeper’s wife never <b>drowned</b>.</p></main>", "F904"),
        ("films/the-harbour-light-1951.html", "</h1>", '</h1><img alt="Zelda Wren" src="../x.jpg">', "F904"),
        (
            "films/the-harbour-light-1951.html",
            '"@type":"Movie"',
            '"@type":"Movie","keywords":"faked death"',
            "F904",
        ),
        ("index.html", "</main>", '<a href="spoilers/meadow-morning-1960.html">more</a></main>', "F906"),
        ("spoilers/meadow-morning-1960.html", "noindex", "index", "F906"),
        ("spoilers/meadow-morning-1960.html", "burn the hay", "go home", "F905"),
    ],
)
def test_a_site_that_breaks_the_promise_is_found_out(
    small: tuple[Guide, dict[str, bytes]], file: str, before: str, after: str, code: str
) -> None:
    guide, files = small
    text = files[file].decode()
    assert before in text
    broken = {**files, file: text.replace(before, after, 1).encode()}
    verdict = verify_site(promise_of(guide), "web/guide/", broken, "linked")
    assert {found.code for found in verdict.findings} == {code}


def test_a_site_without_spoilers_has_none(guide_folder: Path) -> None:
    guide, files = site_of(guide_folder, spoilers="omit")
    whole = "\n".join(content.decode("utf-8", "replace") for content in files.values()).casefold()
    assert [name for name in files if "spoilers" in name] == []
    assert [secret for secret in SECRETS if secret.casefold() in whole] == []
    assert verify_site(promise_of(guide), "web/guide/", files, "omit").findings == ()
    _, told = site_of(guide_folder)
    assert "F906" in {
        found.code for found in verify_site(promise_of(guide), "web/guide/", told, "omit").findings
    }


def test_search_engines_and_shared_links_are_told_of_films_and_not_of_stories(
    small: tuple[Guide, dict[str, bytes]],
) -> None:
    _, files = small
    by_name = dict(pages(files))

    def said(page: str) -> dict[str, str]:
        metas = by_name[page].iter("meta")
        return {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}

    film = said("films/the-harbour-light-1951.html")
    assert film["og:title"] == "The Harbour Light"
    assert film["og:description"] == film["description"] == "A keeper counts ships through a winter of fog."
    assert "robots" not in film
    told = said("spoilers/the-harbour-light-1951.html")
    assert told["robots"] == "noindex, nofollow"
    assert not [key for key in told if key and key.startswith("og:")]
    (script,) = by_name["films/the-harbour-light-1951.html"].xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text) == {
        "@context": "https://schema.org",
        "@type": "Movie",
        "name": "The Harbour Light",
        "datePublished": "1951",
        "description": "A keeper counts ships through a winter of fog.",
        "director": [{"@type": "Person", "name": "Ada Quill"}],
        "actor": [{"@type": "Person", "name": "Ben Marsh"}],
    }


def test_what_a_writer_types_cannot_end_a_script(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    entry = guide / "entries" / "meadow-morning-1960.md"
    text = entry.read_text("utf-8").replace("[Ada Quill]", '["</script><b>Ada"]')
    entry.write_text(text, "utf-8")
    _, files = site_of(guide)
    page = html.document_fromstring(files["films/meadow-morning-1960.html"].decode())
    (script,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["director"] == [{"@type": "Person", "name": "</script><b>Ada"}]
    assert page.xpath("//b[contains(., 'Ada')]") == []


def test_whoever_comes_to_a_story_from_elsewhere_meets_the_warning_first(
    small: tuple[Guide, dict[str, bytes]],
) -> None:
    _, files = small
    page = files["spoilers/the-harbour-light-1951.html"].decode()
    assert page.index("doc-notice") < page.index('id="story"') < page.index("never drowned")
    film = files["films/the-harbour-light-1951.html"].decode()
    assert 'href="../spoilers/the-harbour-light-1951.html#story" rel="nofollow"' in film


def test_nothing_is_loaded_from_elsewhere(made: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = made
    asked = []
    for name, page in pages(files):
        for element in page.iter("link", "script", "img", "iframe", "source", "form", "object"):
            asked += [(name, element.get(key, "")) for key in ("src", "href", "action", "data", "srcset")]
    outside = [(name, address) for name, address in asked if re.match(r"\w+:|/", address)]
    assert outside == []
    here = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        for name, address in asked
        if address
    }
    assert here - files.keys() == set()
    style = files["style.css"].decode()
    named = re.findall(r"url\([\"']?([^\"')]+)", style)
    assert "@import" not in style
    assert {unquote(address) for address in named} - files.keys() == set()


def test_pages_are_valid_html(made: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = made
    for name, content in files.items():
        if name.endswith(".html"):
            parser = html5lib.HTMLParser(strict=False)
            parser.parse(content.decode("utf-8"))
            assert [(name, place, code) for place, code, _ in parser.errors] == []


def test_ids_are_given_once(made: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = made
    for name, page in pages(files):
        given = [one.get("id") for one in page.iter() if one.get("id")]
        assert sorted(set(given)) == sorted(given), name


def test_the_search_form_is_hidden_until_a_script_shows_it(made: tuple[Guide, dict[str, bytes]]) -> None:
    _, files = made
    forms = [form for _, page in pages(files) for form in page.iter("form")]
    assert forms
    assert all(form.get("hidden") is not None for form in forms)


def test_the_same_guide_gives_the_same_bytes(
    guide_folder: Path, small: tuple[Guide, dict[str, bytes]]
) -> None:
    assert site_of(guide_folder)[1] == small[1]


# ----------------------------------------------------------------------------------------- building


def test_a_build_puts_each_edition_into_a_folder_of_its_own(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    with (guide / "guide.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[edition]]\nname = "Whole"\n\n[[edition]]\nname = "Sampler"\nspoilers = "omit"\n')
    report = build_guide(guide, formats=("web",))
    assert [file.relative_to(guide).as_posix() for file in report.files] == [
        "build/web/two-films-whole/index.html",
        "build/web/two-films-sampler/index.html",
    ]
    assert (guide / "build/web/two-films-whole/spoilers").is_dir()
    assert not (guide / "build/web/two-films-sampler/spoilers").exists()
    assert [(verdict.mode, verdict.kept) for verdict in report.verdicts] == [("linked", True), ("omit", True)]
    again = build_guide(guide, formats=("web",))
    assert (again.unchanged, again.files) == (True, report.files)


def test_a_site_that_would_leak_is_not_put_in_place(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    assert build_guide(guide, formats=("web",)).files
    before = {file: file.read_bytes() for file in (guide / "build" / "web").rglob("*.html")}
    leaky = guide / "styles" / "leaky"
    (leaky / "templates" / "web").mkdir(parents=True)
    (leaky / "theme.toml").write_text('title = "Leaky"\nextends = "classic"\n', "utf-8")
    (leaky / "templates" / "web" / "search.html").write_text(
        "<h1>The sisters burn the hay and leave.</h1>", "utf-8"
    )
    report = build_guide(guide, formats=("web",), theme="leaky")
    assert report.stopped
    assert "F904" in {found.code for found in report.findings}
    assert {file: file.read_bytes() for file in (guide / "build" / "web").rglob("*.html")} == before


def test_verify_looks_at_a_folder_as_it_stands(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    (site,) = (file.parent for file in build_guide(guide, formats=("web",)).files)
    (verdict,) = prove(guide, [site]).verdicts
    assert (verdict.file, verdict.kept) == ("two-films/", True)
    page = site / "films" / "meadow-morning-1960.html"
    text = page.read_text("utf-8").replace("</h1>", "</h1><p>The sisters burn the hay and leave.</p>")
    page.write_text(text, "utf-8")
    (verdict,) = prove(guide, [site]).verdicts
    assert [found.code for found in verdict.findings] == ["F904"]
    (verdict,) = prove(guide, [tmp_path]).verdicts
    assert [found.code for found in verdict.findings] == ["F901"]  # a folder, and no site


def test_a_film_that_is_gone_leaves_no_page_behind(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    build_guide(guide, formats=("web",))
    (guide / "entries" / "meadow-morning-1960.md").unlink()
    build_guide(guide, formats=("web",))
    left = [file.name for file in (guide / "build" / "web").rglob("meadow*")]
    assert left == []
    assert [folder.name for folder in (guide / "build" / "web").iterdir()] == ["two-films"]


def test_a_folder_is_put_in_place_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    put_folder(folder, {"a/one.html": b"1", "two.html": b"2"})
    put_folder(folder, {"two.html": b"3"})
    assert {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} == {
        "two.html"
    }
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(BookError, match="could not be written"):
        put_folder(folder, {"three.html": b"4"})
    assert [file.read_bytes() for file in folder.iterdir()] == [b"3"]
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_no_folder_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", "utf-8")
    with pytest.raises(BookError, match="could not be written"):
        put_folder(tmp_path / "site", {"index.html": b""})
    assert (tmp_path / "site").read_text("utf-8") == "mine"


@pytest.mark.parametrize("theme", ["classic", "modern", "large-print"])
def test_every_theme_of_ours_has_a_site(tmp_path: Path, theme: str) -> None:
    guide = write_guide(tmp_path / "guide")
    report = build_guide(guide, formats=("web",), theme=theme)
    assert not report.stopped
    style = (guide / "build/web/two-films/style.css").read_text("utf-8")
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style
    shutil.rmtree(guide)
