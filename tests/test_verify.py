"""The proof: a finished file with one spoiler moved to a wrong place does not pass, wherever that is."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import film

from book.build import build_guide
from book.cache import Cache
from book.cli import cli
from book.model import CastMember, Chapter, Guide, GuideInfo, Kind, Manifest, Section
from book.open_words import OpenWords
from book.reading import read_guide
from book.sentences import Passage, Reach, lines_of, plain, spoilers_of, words_of
from book.verify import Verdict, read_manifest, verify_file, verify_files
from book.verify_known import Rest
from book.verify_promise import Promise, promise_of
from book.verify_seeking import leaks

SECRET = "The lighthouse keeper of Kestrel Bay was his own brother all along."
ENTRIES = {
    "kestrel-bay-1961": f"""---
title: Kestrel Bay
year: 1961
director: Ann Author
similar: [{{to: the-long-ferry-1972, why: Also by the sea}}]
spoiler_themes: [mistaken brothers]
cast:
  - {{name: Paula Guest, role: The visitor}}
  - {{name: Hidden Twinname, role: The brother, spoiler: true}}
---
A visitor comes to a lighthouse. Nobody there will speak to her at first, and fog lies on the bay.

# Spoilers

## Plot

{SECRET} She finds the letters that prove it, and burns them "for good" in the lamp.

{{story}}

## Timeline

- 0:12 | The visitor comes ashore with one suitcase.
- 1:40 [1931] | The elder brother drowns in the sound.

## Who it was

### The keeper

He jumps.

## Characters

- The keeper (Hidden Twinname): a man who answers to a dead man's name.
""",
    "the-long-ferry-1972": """---
title: The Long Ferry
year: 1972
director: Bo Maker
---
Two strangers share a crossing. The film begins in Ostend.

# Spoilers

## Ending explained

Neither of the two strangers ever leaves the boat. The film begins in Ostend.
""",
    "nothing-to-hide-1980": """---
title: Nothing to Hide
year: 1980
director: Cy Helm
---
A gardener grows a pear tree, and that is all that there is to it.
""",
}
# Longer than a page, so that sentences run over page breaks.
STORY = " ".join(
    f"On night {n} of that winter the lamp went out at {n} past nine once more." for n in range(90)
)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide of three films and both its books, made once."""
    root = tmp_path_factory.mktemp("guide")
    (root / "entries").mkdir()
    (root / "guide.toml").write_text('[guide]\ntitle = "Three"\ndescription = "Three films by the sea."\n')
    for slug, text in ENTRIES.items():
        (root / "entries" / f"{slug}.md").write_text(text.replace("{story}", STORY), "utf-8")
    report = build_guide(root, jobs=1)
    assert [(verdict.file, verdict.kept) for verdict in report.verdicts] == [
        ("three.pdf", True),
        ("three.epub", True),
    ]
    return root


@pytest.fixture(scope="module", params=["a first look", "a look after the good book"])
def promise(
    request: pytest.FixtureRequest, guide: Path, manifest: Manifest, tmp_path_factory: pytest.TempPathFactory
) -> Promise:
    """What the books are held to; where the good ones were seen before, only what differs is looked at."""
    reading = read_guide(guide)
    assert reading.guide is not None
    if request.param == "a first look":
        return promise_of(reading.guide)
    known = promise_of(reading.guide, Cache(tmp_path_factory.mktemp("kept")))
    for name, mode in (("three.pdf", "page"), ("three.epub", "linked")):
        assert verify_file(known, manifest, name, (guide / "build" / name).read_bytes(), mode).kept
    return known


@pytest.fixture(scope="module")
def manifest(guide: Path) -> Manifest:
    read = read_manifest((guide / "build" / "three.manifest.json").read_bytes())
    assert read is not None
    return read


@pytest.fixture(scope="module")
def verify(guide: Path, promise: Promise, manifest: Manifest) -> Callable[..., Verdict]:
    """The verdict on a book of this guide: verify("pdf"), or on other bytes in its place."""

    def look(suffix: str, content: bytes | None = None, mode: str = "") -> Verdict:
        name = f"three.{suffix}"
        content = (guide / "build" / name).read_bytes() if content is None else content
        return verify_file(promise, manifest, name, content, mode or {"pdf": "page"}.get(suffix, "linked"))

    return look


Verify = Callable[..., Verdict]


# ---------------------------------------------------------------------------------- books that are right


@pytest.mark.parametrize("suffix", ["pdf", "epub"])
def test_a_book_as_it_was_built_shows_every_spoiler_and_none_elsewhere(verify: Verify, suffix: str) -> None:
    verdict = verify(suffix)
    assert verdict.findings == ()
    assert verdict.found == verdict.sought > len(STORY.split("."))


def test_both_books_are_verified_at_once(guide: Path, promise: Promise, manifest: Manifest) -> None:
    files = {file.name: file.read_bytes() for file in sorted((guide / "build").glob("three.*"))}
    verdicts = verify_files(promise.guide, manifest, files, pdf_mode="page", epub_mode="linked")
    assert [(verdict.file, verdict.kept) for verdict in verdicts] == [
        ("three.epub", True),
        ("three.pdf", True),
    ]


# --------------------------------------------------------------------------- one spoiler in a wrong place

Pdf = pikepdf.Pdf


def overlaid(pdf: Pdf, number: int, text: str, height: int) -> None:
    """Words set onto a finished page, its place counted from 1, in a face that every reader has."""
    page = pdf.pages[number - 1]
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    name = page.add_resource(face, pikepdf.Name.Font)
    page.contents_add(f"q BT {name} 6 Tf 30 {height} Td ({text}) Tj ET Q".encode(), prepend=False)


def safe_page(manifest: Manifest, slug: str = "kestrel-bay-1961") -> int:
    return next(film.safe[0] for film in manifest.films if film.slug == slug)


def on_the_safe_page(pdf: Pdf, manifest: Manifest) -> None:
    overlaid(pdf, safe_page(manifest), SECRET, 300)


def in_another_films_page(pdf: Pdf, manifest: Manifest) -> None:
    overlaid(pdf, safe_page(manifest, "nothing-to-hide-1980"), SECRET, 300)


def in_a_running_head(pdf: Pdf, manifest: Manifest) -> None:
    overlaid(pdf, safe_page(manifest), SECRET, 640)


def in_capitals(pdf: Pdf, manifest: Manifest) -> None:
    overlaid(pdf, safe_page(manifest), SECRET.upper(), 300)


def in_a_bookmark(pdf: Pdf, manifest: Manifest) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = SECRET


def in_an_annotation(pdf: Pdf, manifest: Manifest) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String(SECRET)
    )
    page = pdf.pages[safe_page(manifest) - 1]
    page.Annots = pdf.make_indirect(pikepdf.Array([*page.get("/Annots", []), note]))


def in_an_alternative_text(pdf: Pdf, manifest: Manifest) -> None:
    words = f"/Span <</ActualText ({SECRET})>> BDC EMC".encode()
    pdf.pages[safe_page(manifest) - 1].contents_add(words, prepend=False)


def in_an_element_of_the_structure(pdf: Pdf, manifest: Manifest) -> None:
    figure = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt=pikepdf.String(SECRET)
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=pdf.make_indirect(figure)))


def in_the_information(pdf: Pdf, manifest: Manifest) -> None:
    pdf.docinfo["/Subject"] = SECRET


def in_the_metadata(pdf: Pdf, manifest: Manifest) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = SECRET


def in_a_page_label(pdf: Pdf, manifest: Manifest) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=pikepdf.String(SECRET))])


def in_a_destination(pdf: Pdf, manifest: Manifest) -> None:
    pikepdf.NameTree(pdf.Root.Names.Dests)[SECRET] = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])


PDF_LEAKS = {
    on_the_safe_page: "page 8",
    in_another_films_page: "page 19",
    in_a_running_head: "page 8",
    in_capitals: "page 8",
    in_a_bookmark: f"the bookmark “{SECRET}”",
    in_an_annotation: "an annotation on page 8",
    in_an_alternative_text: "the alternative text on page 8",
    in_an_element_of_the_structure: "an alternative text",
    in_the_information: "the document information (Subject)",
    in_the_metadata: "the XMP metadata",
    in_a_page_label: "a page label",
    in_a_destination: "a named destination",
}


def changed_pdf(guide: Path, change: Callable[[Pdf, Manifest], None], manifest: Manifest) -> bytes:
    out = BytesIO()
    with pikepdf.open(guide / "build" / "three.pdf") as pdf:
        change(pdf, manifest)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("change", PDF_LEAKS, ids=lambda change: change.__name__)
def test_a_spoiler_in_a_pdf(
    change: Callable[[Pdf, Manifest], None], guide: Path, verify: Verify, manifest: Manifest
) -> None:
    findings = verify("pdf", changed_pdf(guide, change, manifest)).findings
    told = [(found.code, found.where.file, found.message) for found in findings]
    where = PDF_LEAKS[change].replace("page 8", f"page {safe_page(manifest)} (numbered")
    where = where.replace("page 19", f"page {safe_page(manifest, 'nothing-to-hide-1980')} (numbered")
    assert {(code, file) for code, file, _ in told} == {("F904", "entries/kestrel-bay-1961.md")}
    assert f"“{SECRET}” gives Kestrel Bay (1961) away in {where}" in "\n".join(
        message for _, _, message in told
    )


def changed_epub(guide: Path, file: str, old: str, new: str) -> bytes:
    """The e-book with words of one of its files replaced; `old` must be there."""
    out = BytesIO()
    with zipfile.ZipFile(guide / "build" / "three.epub") as book, zipfile.ZipFile(out, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            if name == f"EPUB/{file}":
                assert old in content.decode()
                content = content.decode().replace(old, new, 1).encode()
            copy.writestr(name, content)
    return out.getvalue()


SAFE = "films/kestrel-bay-1961.xhtml"


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        (SAFE, "A visitor comes", f"{SECRET} A visitor comes", f"EPUB/{SAFE}"),
        (SAFE, "A visitor comes", f"<em>{SECRET[:9]}</em>{SECRET[9:]}", f"EPUB/{SAFE}"),
        (SAFE, "<section", f"<!-- {SECRET} --><section", f"EPUB/{SAFE}"),
        (SAFE, "<p ", f'<p title="{SECRET}" ', f"the attribute title of <p> in EPUB/{SAFE}"),
        (SAFE, "<p ", f'<img alt="{SECRET}" src=""/><p ', f"the attribute alt of <img> in EPUB/{SAFE}"),
        (SAFE, "<p ", f'<p id="{SECRET}" ', f"names and addresses in EPUB/{SAFE}"),
        ("content.opf", "Three films by the sea.", SECRET, "EPUB/content.opf"),
        ("nav.xhtml", "Kestrel Bay", SECRET, "EPUB/nav.xhtml"),
        ("toc.ncx", "Kestrel Bay", SECRET, "EPUB/toc.ncx"),
        ("style.css", "", f"p::after {{ content: '{SECRET}' }}", "EPUB/style.css"),
    ],
)
def test_a_spoiler_in_an_epub(file: str, old: str, new: str, where: str, guide: Path, verify: Verify) -> None:
    (found,) = verify("epub", changed_epub(guide, file, old, new)).findings
    assert (found.code, found.where.file) == ("F904", "entries/kestrel-bay-1961.md")
    assert found.message == f"“{SECRET}” gives Kestrel Bay (1961) away in {where} of three.epub."


@pytest.mark.parametrize(
    "spoiler",
    ["mistaken brothers", "Hidden Twinname", "He jumps.", "The keeper", "Who it was", "The brother"],
)
def test_short_spoilers_are_met_as_whole_words_on_their_own_films_pages(
    spoiler: str, guide: Path, verify: Verify
) -> None:
    shown = changed_epub(guide, SAFE, "A visitor comes", f"So: {spoiler} A visitor comes")
    part_of_a_word = changed_epub(guide, SAFE, "A visitor comes", f"un{spoiler.rstrip('.')}ly")
    assert [found.code for found in verify("epub", shown).findings] == ["F904"]
    assert verify("epub", part_of_a_word).findings == ()


def test_a_theme_and_a_name_are_met_anywhere_and_a_short_sentence_is_not(guide: Path, verify: Verify) -> None:
    def with_words(words: str) -> list[str]:
        return [
            f.code
            for f in verify("epub", changed_epub(guide, "nav.xhtml", "Nothing to Hide", words)).findings
        ]

    assert with_words("On mistaken brothers") == ["F904"]
    assert with_words("With Hidden Twinname") == ["F904"]
    assert with_words("And he jumps") == []


def test_css_may_use_a_word_that_is_a_theme_but_may_not_set_it_on_the_page(guide: Path) -> None:
    told = film("Kestrel Bay", 1961, spoilers=(), spoiler_themes=("float",))
    sought = Guide(GuideInfo("One"), (), (Chapter("c", "C", (told,)),), (), {})

    def with_css(css: str) -> list[str]:
        files = {"three.epub": changed_epub(guide, "style.css", "", css)}
        verdict = verify_files(sought, None, files, pdf_mode="omit", epub_mode="omit")
        return [f.message for f in verdict[0].findings if "style.css" in f.message]

    assert with_css("/* no float here */ p { float: left }") == []
    assert with_css("p::after { content: 'float' }") == [
        "“float” gives Kestrel Bay (1961) away in EPUB/style.css of three.epub."
    ]


def test_a_films_title_may_stand_on_any_page_though_a_theme_says_the_same() -> None:
    told = film("Kestrel Bay", 1961, spoiler_themes=("long ferry",))
    info = GuideInfo("Two")
    guide = Guide(info, (), (Chapter("c", "C", (told, film("The Long Ferry", 1972))),), (), {})
    theme = next(spoiler for spoiler in spoilers_of(told) if spoiler.reach is Reach.WORDS)
    assert promise_of(guide).open.hold(theme, told.slug)


def test_a_hyphen_at_a_line_end_makes_no_spoiler_of_what_is_said_openly(tmp_path: Path) -> None:
    """A line that ends with "gun-" and the next that begins with "slinger" are read as gunslinger."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "One"\n')
    (tmp_path / "entries" / "noon-1952.md").write_text(
        "---\ntitle: Noon\nyear: 1952\nspoiler_themes: [gunslinger]\n---\n\n"
        + "A gun-slinger rides on. " * 60
        + "\n\n# Spoilers\n\n## Plot\n\nThe gunslinger dies.\n"
    )
    (verdict,) = build_guide(tmp_path, formats=("pdf",), jobs=1).verdicts
    assert verdict.findings == ()
    with pypdfium2.PdfDocument(tmp_path / "build" / "one.pdf") as pdf:
        pages = [words_of(page.get_textpage().get_text_range()) for page in pdf]
    assert any("a gunslinger rides on" in page for page in pages), "no line ends at the hyphen"


@pytest.mark.parametrize(
    ("theme", "page", "told"),
    [
        ("self-sacrifice", "a self sacrifice is made", True),
        ("self-sacrifice", "a selfsacrifice is made", True),
        ("one-against-many", "it is one againstmany here", True),
        ("one-against-many", "it is oneagainst many here", True),
        ("self-sacrifice", "himself sacrifices", False),
        ("sacrifice", "a selfsacrifice is made", False),
    ],
)
def test_a_theme_is_met_wherever_a_line_ends_within_it(theme: str, page: str, told: bool) -> None:
    own = film("Kestrel Bay", 1961, spoilers=(), spoiler_themes=(theme,))
    spoilers = spoilers_of(own)
    words, rest = OpenWords("", {}), Rest([0], (), ())
    met = [spoiler for spoiler, _ in leaks([Passage("page 1", page)], spoilers, words, rest)]
    assert met == (list(spoilers) if told else [])


def test_a_theme_of_two_films_gives_both_away_and_each_once() -> None:
    films = [film(title, 1990, spoilers=(), spoiler_themes=("love-child",)) for title in ("Anchor", "Bay")]
    spoilers = [spoiler for each in films for spoiler in spoilers_of(each)]
    page = Passage("page 1", "of a love child and of a lovechild")
    met = [spoiler for spoiler, _ in leaks([page], spoilers, OpenWords("", {}), Rest([0], (), ()))]
    assert met == spoilers


def test_what_only_meets_on_a_page_is_no_theme() -> None:
    """Below "directed by Terence Young" stands "LOVE. DESTINY. HEROES.", and no word of young love."""
    told = film("Snow Angels", 2007, spoilers=(), spoiler_themes=("young love", "one true love affair"))
    inchon = film(
        "Inchon", 1981, directors=("Terence Young",), tagline="LOVE. DESTINY.", aka=("My One True",)
    )
    other = film(
        "Alien", 1979, directors=("Ann Young",), synopsis=Section(Kind.SYNOPSIS, "", "True love.", 1, 1)
    )
    guide = Guide(GuideInfo("Three"), (), (Chapter("c", "C", (told, inchon, other)),), (), {})
    young_love, affair = spoilers_of(told)
    open_words = promise_of(guide).open
    assert open_words.hold(young_love, inchon.slug)
    assert not open_words.hold(young_love, other.slug)
    assert not open_words.hold(young_love, told.slug)
    assert not open_words.hold(young_love, None)
    assert not open_words.hold(affair, inchon.slug)


def test_a_line_may_end_within_a_word_beside_which_a_theme_goes_on() -> None:
    told = film("Kiki", 1989, spoilers=(), spoiler_themes=("seaside town",))
    fool = film(
        "Fool", 2008, synopsis=Section(Kind.SYNOPSIS, "", "Back to a sea-side town in Britain.", 1, 1)
    )
    guide = Guide(GuideInfo("Two"), (), (Chapter("c", "C", (told, fool)),), (), {})
    (theme,) = spoilers_of(told)
    assert promise_of(guide).open.hold(theme, fool.slug)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("On to the next film: Star Wars", False),
        ("Back to the film before: Star Wars | On to the next film: Star of India", False),
        ("He becomes a film star. On to the next film: Star Wars", True),
        ("On to the next film star", True),
    ],
)
def test_a_title_behind_words_of_ours_makes_no_theme_of_both(page: str, told: bool) -> None:
    hero = film("The Hero", 1966, spoilers=(), spoiler_themes=("film star",))
    others = (film("Star Wars", 1977), film("Star of India", 1954))
    guide = Guide(GuideInfo("Three"), (), (Chapter("c", "C", (hero, *others)),), (), {})
    words = " | ".join(map(words_of, page.split("|")))
    met = leaks([Passage("page 1", words)], spoilers_of(hero), promise_of(guide).open, Rest([0], (), ()))
    assert bool(list(met)) is told


def test_what_the_writer_says_above_the_fence_is_no_spoiler_there_and_one_elsewhere(
    guide: Path, verify: Verify
) -> None:
    open_sentence = "The film begins in Ostend."  # above and below the fence of The Long Ferry
    assert verify("epub").findings == ()
    moved = changed_epub(guide, SAFE, "A visitor comes", f"{open_sentence} A visitor comes")
    (found,) = verify("epub", moved).findings
    assert (found.code, found.where.file) == ("F904", "entries/the-long-ferry-1972.md")


# ----------------------------------------------------------------------------------- lost, and out of place


def test_a_sentence_that_is_gone_is_missed(guide: Path, verify: Verify) -> None:
    verdict = verify(
        "epub", changed_epub(guide, "spoilers/kestrel-bay-1961.xhtml", "night 70 of", "night 71 of")
    )
    (found,) = verdict.findings
    assert found.code == "F905"
    assert found.message.startswith(
        "“On night 70 of that winter the lamp went out at 70 past nine once more.”"
    )
    assert verdict.found == verdict.sought - 1


def test_a_pdf_page_without_its_words_is_missed(guide: Path, verify: Verify, manifest: Manifest) -> None:
    def emptied(pdf: Pdf, manifest: Manifest) -> None:
        number = next(film.spoilers[0] for film in manifest.films if film.slug == "kestrel-bay-1961")
        pdf.pages[number - 1].Contents = pdf.make_stream(b"")

    verdict = verify("pdf", changed_pdf(guide, emptied, manifest))
    assert {found.code for found in verdict.findings} == {"F905"}
    assert verdict.found < verdict.sought


def test_in_reading_order_is_not_behind_a_link_alone(guide: Path, verify: Verify) -> None:
    in_order = changed_epub(guide, "content.opf", 'linear="no"', 'linear="yes"')
    assert {found.code for found in verify("epub", in_order).findings} == {"F906"}


@pytest.mark.parametrize("suffix", ["pdf", "epub"])
def test_a_book_with_spoilers_is_no_book_without(verify: Verify, suffix: str) -> None:
    verdict = verify(suffix, mode="omit")
    assert {found.code for found in verdict.findings} == {"F904", "F906"}
    # All of them, those over page breaks too, but for the one that stands above the fence as well.
    assert verdict.found == verdict.sought - 1


def test_spoilers_on_a_spread_with_what_is_safe_are_not_overleaf(verify: Verify) -> None:
    (found, *_) = verify("pdf", mode="overleaf").findings
    assert (found.code, "face each other" in found.message) == ("F906", True)


# --------------------------------------------------------------------------------------------- fail closed


@pytest.mark.parametrize("suffix", ["pdf", "epub"])
@pytest.mark.parametrize("content", [b"", b"not a book", b"%PDF-1.7\n%%EOF", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_cannot_be_read_fails(verify: Verify, suffix: str, content: bytes) -> None:
    verdict = verify(suffix, content)
    assert ([found.code for found in verdict.findings], verdict.found) == (["F901"], 0)


def test_a_document_that_is_not_xml_fails(guide: Path, verify: Verify) -> None:
    verdict = verify("epub", changed_epub(guide, SAFE, "</body>", ""))
    assert [found.code for found in verdict.findings] == ["F901"]


def test_a_pdf_without_its_manifest_proves_nothing(guide: Path, promise: Promise) -> None:
    verdict = verify_file(promise, None, "three.pdf", (guide / "build" / "three.pdf").read_bytes(), "page")
    assert [found.code for found in verdict.findings] == ["F902"]


def test_a_manifest_that_calls_a_safe_page_a_spoiler_is_not_believed(guide: Path, promise: Promise) -> None:
    told: dict[str, Any] = json.loads((guide / "build" / "three.manifest.json").read_bytes())
    for page in told["pages"]:
        page["zone"] = "spoiler"
    manifest = read_manifest(json.dumps(told).encode())
    verdict = verify_file(
        promise, manifest, "three.pdf", (guide / "build" / "three.pdf").read_bytes(), "page"
    )
    assert [found.code for found in verdict.findings] == ["F903"]


def test_what_is_no_manifest_is_none() -> None:
    assert [read_manifest(content) for content in (b"", b"[]", b"{}", b'{"pages": 3}')] == [None] * 4


# -------------------------------------------------------------------------------------------- the sentences


def test_letters_and_digits_alone_count() -> None:
    assert words_of("“ﬁne-\r\nly” SET, e\u0301tude\u00ad\nn° 3") == "finely set étuden 3"
    assert lines_of("Fire\nEscape") == "fire | escape"


def test_sentences_end_where_a_reader_ends_them() -> None:
    japanese = "彼は最後に兄であることが分かり、灯台から身を投げた。"
    plot = f"As Dr. No leaves, J. Doe cries “Stop!” Nobody stops him *then*. {japanese}"
    told = spoilers_of(film("Kestrel Bay", 1961, spoilers=(Section(Kind.PLOT, "Plot", plot, 10, 12),)))
    assert [(spoiler.text, spoiler.reach) for spoiler in told] == [
        ("As Dr. No leaves, J. Doe cries “Stop!”", Reach.LETTERS),
        ("Nobody stops him then.", Reach.FILM),
        (japanese, Reach.LETTERS),
    ]


def test_numbers_and_initials_are_not_sought() -> None:
    told = spoilers_of(film("Kestrel Bay", 1961, spoilers=(Section(Kind.PLOT, "Plot", "1931. No.", 10, 12),)))
    assert told == ()


def test_a_plain_text_is_read_as_markdown_reads_it() -> None:
    assert plain("One\nline.\n\nAnother.") == "One line.\nAnother."


def test_names_that_the_writer_marked_need_not_be_shown() -> None:
    twin = CastMember("Hidden Twinname", spoiler=True)
    (told,) = spoilers_of(film("Kestrel Bay", 1961, cast=(twin,), spoilers=()))
    assert (told.text, told.required, told.reach) == ("Hidden Twinname", False, Reach.WORDS)


# -------------------------------------------------------------------------------------------------- the build


def test_a_book_that_gives_a_film_away_does_not_take_its_place(guide: Path, tmp_path: Path) -> None:
    leaky = guide / "styles" / "leaky" / "templates" / "ebook"
    leaky.mkdir(parents=True)
    (guide / "styles" / "leaky" / "theme.toml").write_text('extends = "classic"\n')
    (leaky / "film.xhtml").write_text(
        '{% extends "ebook/base.xhtml" %}{% block body %}<body><p>{{ film.spoilers | map(attribute="body")'
        " | join }}</p></body>{% endblock %}"
    )
    (tmp_path / "three.epub").write_text("the book of yesterday")
    report = build_guide(guide, formats=["epub"], theme="leaky", out=tmp_path, jobs=1)
    assert (report.stopped, report.files) == (True, ())
    assert "F904" in {found.code for found in report.findings}
    assert (tmp_path / "three.epub").read_text() == "the book of yesterday"

    unseen = build_guide(guide, formats=["epub"], theme="leaky", out=tmp_path, jobs=1, verified=False)
    assert (unseen.stopped, unseen.verdicts, [file.name for file in unseen.files]) == (
        False,
        (),
        ["three.epub"],
    )


# ---------------------------------------------------------------------------------------------- the command


def test_the_command_says_what_it_sought_and_found(guide: Path) -> None:
    files = [str(guide / "build" / name) for name in ("three.pdf", "three.epub")]
    ended = CliRunner().invoke(cli, ["-C", str(guide), "verify", *files, "--json"])
    told = json.loads(ended.stdout)
    assert (ended.exit_code, told["findings"]) == (0, [])
    assert [(it["file"], it["kept"], it["found"] == it["sought"]) for it in told["verdicts"]] == [
        ("three.pdf", True, True),
        ("three.epub", True, True),
    ]


def test_a_renamed_book_finds_its_manifest(guide: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "copy.pdf"
    renamed.write_bytes((guide / "build" / "three.pdf").read_bytes())
    ended = CliRunner().invoke(cli, ["-C", str(guide), "verify", str(renamed)])
    assert (ended.exit_code, "0 errors" in ended.stdout or "nothing to mend" in ended.stdout) == (0, True)


def test_the_command_fails_for_a_file_that_is_not_there_and_looks_at_the_others(guide: Path) -> None:
    files = [str(guide / "build" / name) for name in ("two.pdf", "three.epub")]
    ended = CliRunner().invoke(cli, ["-C", str(guide), "verify", *files, "--plain"])
    assert ended.exit_code == 1
    assert "F901" in ended.stdout
    assert "three.epub: " in ended.stdout
