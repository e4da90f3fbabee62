"""Fonts that an e-book brings along: cut to its letters, and only as their makers allow."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from conftest import film
from fontTools.ttLib import TTFont
from lxml import etree
from test_epub import WHEN, checked

from book.config import EbookPlan, Project
from book.ebook import Document
from book.ebook_fonts import Font, ebook_fonts, encryption, obfuscated
from book.epub import identifier, render_epub
from book.model import BookError, Chapter, Guide, GuideInfo, Matter, Zone
from book.themes import Face, Theme, find_theme

ROOT = Path(__file__).parent.parent
CLASSIC = find_theme("classic", ROOT)


def document(text: str) -> Document:
    return Document("a.xhtml", "A", f"<p title='unseen Ж'>{text}</p>", Zone.SAFE)


def letters(font: Font) -> str:
    known = TTFont(BytesIO(font.content)).getBestCmap()
    return "".join(sign for sign in map(chr, sorted(known)) if sign.isalpha())


def with_faces(*faces: Face) -> Theme:
    return replace(CLASSIC, faces=faces)


def restricted(tmp_path: Path, rights: int) -> Face:
    """The theme's own face, as a maker would sell it who sets these bits of OS/2.fsType."""
    font = TTFont(CLASSIC.faces[0].path)
    font["OS/2"].fsType = rights
    font.save(tmp_path / "own.ttf")
    return Face("Text", tmp_path / "own.ttf")


def test_a_font_has_the_letters_of_the_book_and_no_others() -> None:
    fonts = ebook_fonts(CLASSIC, [document("Cab &amp; 東京")], "", "urn:x")
    assert {(font.family, font.weight, font.style): letters(font) for font in fonts.files} == {
        ("Text", 400, "normal"): "Cab",
        ("Text", 700, "normal"): "Cab",
        ("Text", 400, "italic"): "Cab",
        ("Text", 700, "italic"): "Cab",
        ("Han", 400, "normal"): "京東",
    }
    assert all(font.name.endswith(".otf" if font.family == "Han" else ".ttf") for font in fonts.files)
    assert 'body { font-family: "Text", "Han", serif; }' in fonts.css
    assert "SIL OPEN FONT LICENSE" in fonts.licences.upper()
    assert fonts.findings == ()


def test_a_family_that_the_style_sheet_names_comes_along() -> None:
    modern = find_theme("modern", ROOT)
    families = [
        {font.family for font in ebook_fonts(modern, [document("Cab")], style, "urn:x").files}
        for style in ("h1 { font-family: sans-serif; }", "h1 { font-family: Sign, sans-serif; }")
    ]
    assert families == [{"Text"}, {"Text", "Sign"}]


@pytest.mark.parametrize(
    ("rights", "hidden", "codes"),
    [(0, [False, False], []), (0x0004, [True, True], []), (0x0002, [], ["F785"]), (0x0200, [], ["F785"])],
)
def test_what_a_maker_forbids_is_not_done(
    rights: int, hidden: list[bool], codes: list[str], tmp_path: Path
) -> None:
    fonts = ebook_fonts(with_faces(restricted(tmp_path, rights)), [document("Cab")], "", "urn:x")
    assert [font.hidden for font in fonts.files] == hidden
    assert [found.code for found in fonts.findings] == codes


def test_a_font_that_must_stay_whole_does(tmp_path: Path) -> None:
    (font, _) = ebook_fonts(with_faces(restricted(tmp_path, 0x0100)), [document("Cab")], "", "urn:x").files
    assert len(letters(font)) > 500


def test_a_theme_may_ask_for_obfuscation_and_name_the_licence(tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "own"
    folder.mkdir(parents=True)
    shutil.copy(CLASSIC.faces[0].path, folder / "own.ttf")
    (folder / "licence.txt").write_text("Ask the maker.")
    row = '[[faces]]\nfamily = "Text"\nfile = "own.ttf"\nobfuscate = true\nlicence = "licence.txt"\n'
    (folder / "theme.toml").write_text(f'extends = "classic"\n{row}[[figures]]\nface = "Text"\n')
    fonts = ebook_fonts(find_theme("own", tmp_path), [document("Cab")], "", "urn:x")
    assert [font.hidden for font in fonts.files] == [True, True]
    assert fonts.licences == "own.ttf\n\nAsk the maker."
    (folder / "licence.txt").unlink()
    with pytest.raises(BookError, match=r"names a licence that is not there: licence\.txt"):
        find_theme("own", tmp_path)


def test_obfuscating_twice_gives_the_font_back() -> None:
    content = bytes(range(256)) * 8
    once = obfuscated(content, "urn:uuid:1 2")
    assert (once[:1040] != content[:1040], once[1040:]) == (True, content[1040:])
    assert obfuscated(once, " urn:uuid:12\n") == content


def test_only_hidden_fonts_are_named_as_such() -> None:
    plain = Font("fonts/a.ttf", "font/ttf", b"", "A", 400, "normal")
    assert encryption([plain], "EPUB") == ""
    told = etree.fromstring(
        encryption([plain, replace(plain, name="fonts/b.ttf", hidden=True)], "EPUB").encode()
    )
    assert [each.get("URI") for each in told.iter("{*}CipherReference")] == ["EPUB/fonts/b.ttf"]


@pytest.mark.parametrize("rights", [0, 0x0008])
def test_epubcheck_has_nothing_against_the_fonts_of_an_ebook(rights: int, tmp_path: Path) -> None:
    info = GuideInfo("A Guide")
    guide = Guide(info, (Matter("toc", "toc"),), (Chapter("first", "First", (film("One", 1990),)),), (), {})
    project = Project(ROOT, info, ebook=EbookPlan(fonts=True))
    theme = with_faces(restricted(tmp_path, rights))
    content, findings = render_epub(guide, project, theme, modified=WHEN)
    assert findings == ()
    with zipfile.ZipFile(BytesIO(content)) as book:
        font = book.read("EPUB/fonts/text-400.ttf")
        assert ("META-INF/encryption.xml" in book.namelist()) is bool(rights)
    TTFont(BytesIO(obfuscated(font, identifier(info)) if rights else font))
    told = [(code, severity) for code, severity, _ in checked(content, tmp_path)]
    # There are fonts, says the one; and they cannot be looked into where they are obfuscated, the other.
    assert set(told) <= {("CSS-028", "USAGE"), ("RSC-004", "INFO")}
