"""Entries, themes and pictures reach what is in the guide's folder, and nothing else anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from gettext import NullTranslations
from pathlib import Path

import pytest
from hostile import DRAWING, command, put_drawing, put_entry, put_theme, small_guide
from PIL import Image

from book import bounds
from book.build import check_guide
from book.cache import Cache
from book.check_pictures import LARGEST_BYTES, LARGEST_PIXELS
from book.drawings import MOST_PARTS, drawing_fault, reaches
from book.model import BookError, Finding, Place
from book.pdf import gate
from book.pdf.gate import GUIDE, Gate, KeptOutError
from book.reading import cache_of
from book.shelf import be_writable
from book.themes import find_theme, templates
from book.workers import JobsLostError, run_all

SECRET = "words-that-nobody-may-see"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(f"---\ntitle: {SECRET}\nyear: 1991\n---\n{SECRET}\n", "utf-8")
    Image.new("RGB", (8, 8), "red").save(outside / "secret.png")
    return small_guide(tmp_path / "guide")


def found(guide: Path) -> list[tuple[str, str]]:
    """Code and file of every finding of a check."""
    return [(finding.code, finding.where.file) for finding in check_guide(guide).findings]


# ------------------------------------------------------------------------------------------ drawings


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "has a script in it"),
        ('<rect onclick="alert(1)"/>', "has a script in it"),
        ('<a href="java&#10;script:alert(1)"><rect/></a>', "asks for java script:alert(1)"),
        ('<image href="https://example.org/x.png"/>', "asks for https://example.org/x.png"),
        ('<image href="//example.org/x.png"/>', "asks for //example.org/x.png"),
        ('<image href="file:///etc/passwd"/>', "asks for file:///etc/passwd"),
        ('<image href="../../x.png"/>', "asks for ../../x.png"),
        ('<use href="other.svg#part"/>', "asks for other.svg#part"),
        ('<image href="data:image/svg+xml;base64,AA"/>', "asks for data:image/svg+xml;base64,AA"),
        ('<style>@import "x.css";</style>', "asks for x.css"),
        (r"<style>rect{fill:u\72l(https://example.org/)}</style>", "asks for https://example.org/"),
        ('<rect style="fill:url(https://example.org/f)"/>', "asks for https://example.org/f"),
        ('<g id="a"><use href="#a"/></g>', "shows its own parts more than 50,000 times"),
        ("<g/>" * (MOST_PARTS + 1), "has more than 50,000 shapes"),
    ],
)
def test_a_drawing_may_only_draw(inside: str, fault: str) -> None:
    assert drawing_fault(DRAWING.format(inside).encode()) == fault


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="stroke:url(#g)"/>',
        '<image href="photo.jpg"/><image href="data:image/png;base64,AAAA"/>',
        '<a href="https://example.org/"><text>read on</text></a>',
        '<g id="leaf"><path d="M0 0h9"/></g>' + '<use href="#leaf"/>' * 200,
    ],
)
def test_what_drawing_programs_write_is_no_fault(inside: str) -> None:
    assert drawing_fault(DRAWING.format(inside).encode()) == ""


def test_a_name_for_a_long_address_is_no_fault_and_an_entity_from_elsewhere_is() -> None:
    names = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY x {}>]>'
    assert drawing_fault((names.format('"http://ns.adobe.com/"') + DRAWING.format("")).encode()) == ""
    for entity in ('SYSTEM "file:///etc/passwd"', '"<script/>"', '"&#38;y;"'):
        assert "more than a word" in drawing_fault((names.format(entity) + DRAWING.format("&x;")).encode())


def test_shapes_ten_times_ten_times_over_are_counted_before_they_are_drawn() -> None:
    tens = "".join(f'<g id="b{n}">' + f'<use href="#b{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
    bomb = DRAWING.format(f'<rect id="b0"/>{tens}<use href="#b8"/>')
    assert drawing_fault(bomb.encode()) == "shows its own parts more than 50,000 times"


def test_a_drawing_that_does_more_is_a_finding_that_names_the_film(guide: Path) -> None:
    put_drawing(guide, "two", DRAWING.format("<script/>"))
    assert found(guide) == [("F406", "entries/two-1991.md")]


# ------------------------------------------------------------------------------------ files and links


def test_a_link_out_of_the_guide_is_not_followed(guide: Path) -> None:
    (guide / "entries" / "secret-1991.md").symlink_to(guide.parent / "outside" / "secret.md")
    (guide / "images" / "secret.png").symlink_to(guide.parent / "outside" / "secret.png")
    put_entry(guide, "two", front="image: {file: images/secret.png, alt: Red}\n")
    (guide / "whole-disk").symlink_to("/")
    assert found(guide) == [("F009", "entries/secret-1991.md"), ("F402", "entries/two-1991.md")]


def test_a_folder_of_entries_elsewhere_is_a_finding(guide: Path) -> None:
    (guide / "entries").rename(guide.parent / "entries")
    (guide / "entries").symlink_to(guide.parent / "entries")
    assert found(guide) == [("F009", "entries")]


def test_books_and_cache_are_never_put_behind_a_link(guide: Path) -> None:
    (guide / "build").symlink_to(guide.parent / "outside")
    with pytest.raises(BookError, match="leads out of the guide's folder"):
        be_writable(guide / "build", guide)
    with pytest.raises(BookError, match="leads out of the guide's folder"):
        cache_of(guide)


def test_a_cache_takes_away_only_what_it_has_put_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put("ab" + "0" * 62, b"kept")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / ("f" * 62)).write_text("a letter home")
    (tmp_path / "cache" / "cd").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "cache" / "ab" / "letter.txt").write_text("a letter home")
    cache.prune(0)
    left = sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert left == ["letter.txt"]
    assert (tmp_path / "elsewhere" / ("f" * 62)).exists()


# ----------------------------------------------------------------------------------- what is painted


@pytest.fixture
def opened(guide: Path) -> Gate:
    return Gate(guide, ())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:9/x.png", "lies outside of the guide"),
        ("https://example.org/", "lies outside of the guide"),
        ("ftp://example.org/x", "lies outside of the guide"),
        ("file:///etc/passwd", "lies outside of the guide"),
        (f"{GUIDE}../../etc/passwd", "lies outside of the guide"),
        (f"{GUIDE}images/link.png", "lies outside of the guide"),
        (f"{GUIDE}guide.toml", "is no picture that a book can hold"),
        (f"{GUIDE}images/script.ps", "is no picture that a book can hold"),
        (f"{GUIDE}images/drawing.svg", "has a script in it"),
        (f"{GUIDE}images/vast.png", "has more than 60 million pixels"),
        ("data:image/png;base64," + "A" * 5_000_001, "is larger than 5 MB"),
        ("data:text/plain,x", "is no picture that a book can hold"),
    ],
)
def test_the_painter_opens_nothing_else(url: str, why: str, opened: Gate, guide: Path) -> None:
    images = guide / "images"
    (images / "link.png").symlink_to(guide.parent / "outside" / "secret.png")
    (images / "script.ps").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n")
    (images / "drawing.svg").write_text(DRAWING.format("<script/>"))
    Image.new("1", (9_000, 7_000)).save(images / "vast.png")
    with pytest.raises(KeptOutError, match=why.replace("(", r"\(")):
        opened.open(url)
    assert [*opened.refused.values()] == [why]


def test_the_painter_opens_pictures_of_the_guide(opened: Gate, guide: Path) -> None:
    Image.new("RGB", (8, 8)).save(guide / "images" / "x.png")
    url, content, _ = opened.open(f"{GUIDE}images/x.png")
    assert url == (guide / "images" / "x.png").resolve().as_uri()
    assert content == (guide / "images" / "x.png").read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_the_painter_waits_for_no_pipe(opened: Gate, guide: Path) -> None:
    os.mkfifo(guide / "images" / "pipe.png")
    with pytest.raises(OSError, match="it is no file"):
        opened.open(f"{GUIDE}images/pipe.png")


def test_the_painter_and_the_check_have_the_same_limits() -> None:
    assert (gate.MOST_BYTES, gate.MOST_PIXELS) == (LARGEST_BYTES, LARGEST_PIXELS)


# -------------------------------------------------------------------------------------------- themes


def test_a_style_sheet_that_sends_for_something_is_a_finding_for_each(guide: Path) -> None:
    style = '@import "https://example.org/a.css";\n@font-face{font-family:X;src:url(//example.org/f.ttf)}\n'
    put_theme(guide, print_css=style, ebook_css='body{background:url("paper.png")}')
    assert found(guide) == [
        ("F509", "styles/borrowed/ebook.css"),
        ("F509", "styles/borrowed/print.css"),
        ("F509", "styles/borrowed/print.css"),
    ]


def test_a_style_sheet_may_show_pictures_of_the_guide_in_print_and_bring_small_ones_along(
    guide: Path,
) -> None:
    inside = "body{background:url(data:image/png;base64,AAAA)} a{mask:url(#x)}"
    put_theme(guide, print_css="body{background:url(images/paper.png)}", ebook_css=inside)
    assert found(guide) == []
    assert reaches(inside) == []


@pytest.mark.parametrize(
    "line",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<img src="https://example.org/x.png"/>',
        '<img src="file:///etc/passwd"/>',
        '<link rel="stylesheet" href="//example.org/x.css"/>',
        '<iframe src="x"></iframe>',
    ],
)
def test_a_template_that_sends_for_something_or_runs_is_a_finding(line: str, guide: Path) -> None:
    put_theme(guide, templates__ebook__film_xhtml=f"<p>x</p>\n{line}")
    assert set(found(guide)) == {("F509", "styles/borrowed/templates/ebook/film.xhtml")}


def test_a_template_may_have_links_that_readers_follow(guide: Path) -> None:
    put_theme(guide, templates__ebook__film_xhtml='<p><a href="https://example.org/">more</a></p>')
    assert found(guide) == []


def test_a_theme_that_leads_elsewhere_is_a_finding(guide: Path) -> None:
    folder = put_theme(guide)
    (folder / "ebook.css").symlink_to(guide.parent / "outside" / "secret.md")
    assert found(guide) == [("F508", "guide.toml")]


@pytest.mark.parametrize(
    "wanted", ['licence = "../../../outside/secret.md"', 'file = "../../../outside/x.ttf"']
)
def test_a_theme_names_no_file_outside_of_it(wanted: str, guide: Path) -> None:
    face = 'family = "Text"\nfile = "fontpkg_eb_garamond:files/EBGaramond[wght].ttf"\n'
    face = face.partition("file")[0] if wanted.startswith("file") else face
    put_theme(guide, toml=f'extends = "classic"\n[[faces]]\n{face}{wanted}\n')
    assert found(guide) == [("F508", "guide.toml")]


@pytest.fixture
def set_by(guide: Path) -> object:
    def page(template: str, **values: object) -> str:
        put_theme(guide, templates__print__page_html=template)
        theme = find_theme("borrowed", guide)
        return str(templates(theme, NullTranslations()).get_template("print/page.html").render(**values))

    return page


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__.os.system('false') }}",
        "{{ root.joinpath('/etc/passwd').read_text() }}",
        "{{ root.write_text('x') }}",
        "{{ found.append(1) }}",
        "{{ ('x' * 1000000000) | length }}",
        "{{ 'x' | center(9000000000) }}",
        "{{ 9 ** 999999999 }}",
        "{% include '../../../outside/secret.md' %}",
    ],
)
def test_a_strangers_template_gets_at_nothing(template: str, set_by: object, guide: Path) -> None:
    with pytest.raises(BookError, match=r"template|not done"):
        assert callable(set_by) and set_by(template, root=guide, found=[])


def test_a_strangers_template_without_an_end_is_taken_off(
    set_by: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.sandbox.LONGEST_S", 0.5)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(BookError, match=r"print/page\.html was not done"):
        assert callable(set_by) and set_by(loop)


def test_our_own_themes_are_not_held_back(guide: Path) -> None:
    assert find_theme("modern", guide).strange == ()


# ---------------------------------------------------------------------------------- time and memory


def for_ever(job: str) -> str:
    while job == "two":
        with suppress(Exception):  # as a library does that makes the best of everything
            time.sleep(0.001)
    return job


def too_deep(job: str) -> str:
    return too_deep(job) if job == "two" else job


def too_large(job: str) -> str:
    return "x" * 2_000_000_000 if job == "two" else job


def lost(task: object) -> tuple[Finding, ...]:
    """The findings of three jobs, of which the second is hostile."""
    with pytest.raises(JobsLostError) as caught:
        run_all(task, ["one", "two", "three"])  # type: ignore[arg-type]
    return caught.value.findings


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FILMGUIDE_SHARD_SECONDS", "0.5")
    monkeypatch.setenv("FILMGUIDE_SHARD_MB", "1000")
    yield


def test_a_job_without_an_end_is_a_finding_that_names_it(little: None) -> None:
    (one,) = lost(for_ever)
    assert (one.code, one.where, one.message.partition(":")[0]) == (
        "F704",
        Place(),
        "two could not be laid out",
    )


def test_a_job_that_goes_too_deep_is_a_finding(little: None) -> None:
    assert [finding.message for finding in lost(too_deep)] == [
        "two could not be laid out: something in it is nested too deeply"
    ]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what memory is in use")
def test_a_job_that_wants_all_the_memory_is_a_finding(little: None) -> None:
    assert [finding.message for finding in lost(too_large)] == ["two could not be laid out: memory runs out"]


def test_nothing_is_thrown_once_the_work_is_done() -> None:
    for _ in range(50):
        with bounds.in_time(0.2):
            pass
    time.sleep(0.4)
    with pytest.raises(bounds.OutOfTimeError), bounds.in_time(0.1):
        time.sleep(0.3)
    time.sleep(0.2)


# ------------------------------------------------------------------------------------ the whole way


def test_what_is_done_in_time_can_be_profiled() -> None:
    code = (
        "import cProfile\nfrom book.bounds import in_time\n"
        "def job():\n    with in_time(60): return sum(range(9))\n"
        "print(cProfile.Profile().runcall(job))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "36\n"


def test_a_strangers_guide_is_built_without_a_word_of_what_lies_outside(guide: Path) -> None:
    """What no check foresees, the painter keeps out, and says of which film."""
    page = '{% set at = "htt" ~ "p://127.0.0.1:9/x.png" %}<section id="{{ film.slug }}"><img src="{{ at }}">'
    put_theme(guide, templates__print__film_html=page)
    told = command("-C", guide, "build", "pdf", "--no-verify", "--json", within=guide)
    assert "F705" in told.of("entries/one-1991.md"), told.said
