"""The theme's faces cut down to the letters of the book, for an e-book that brings its own.

Off unless asked for: readers choose their own type, and most like it that way. What a font's maker forbids is
not done; where the licence wants the font hidden from copying, it is obfuscated as EPUB says.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from book.cache import Cache, Kept, engine, key_of
from book.ebook import Document
from book.findings import finding
from book.model import Finding, Place
from book.slugs import ascii_words
from book.themes import Face, Theme

REGULAR, BOLD = 400, 700

_FORBIDDEN = 0x0002  # OS/2.fsType: no embedding at all
_LIMITED = 0x0004 | 0x0008  # for preview and print, or for editing: not to be taken out again
_WHOLE_ONLY = 0x0100
_BITMAPS_ONLY = 0x0200

_ALWAYS = "0123456789-‐•…“”‘’"  # what a reading system adds: numbers of lists, hyphens, bullets
_KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright and licence among them
_TABLES = {"OTTO": (".otf", "font/otf")}
_OBFUSCATED_BYTES = 1040


@dataclass(frozen=True, slots=True)
class Font:
    """A font file of the e-book. `weight` is a number as in CSS; `hidden` says that it is obfuscated."""

    name: str
    media_type: str
    content: bytes
    family: str
    weight: int
    style: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Fonts:
    """Everything that fonts bring into the e-book: files, the style sheet that names them, licences."""

    files: tuple[Font, ...] = ()
    css: str = ""
    licences: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """One file to be made of a face: these letters in one weight."""

    face: Face
    letters: str
    weight: int


def ebook_fonts(
    theme: Theme, documents: Iterable[Document], style: str, identifier: str, *, cache: Cache | None = None
) -> Fonts:
    """The theme's first family, those that `style` names, and for what these lack the families behind them.

    `identifier` is the book's, which obfuscation goes by.
    """
    letters = _letters(documents)
    files: list[Font] = []
    licences: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for face, wanted, weights in _plan(theme, letters, style):
        rights = _rights(face)
        if rights & (_FORBIDDEN | _BITMAPS_ONLY):
            message = f"the font {face.path.name} of the theme {theme.name} must not be embedded in an e-book"
            hint = "ask its maker for a licence that allows it, or set fonts = false under [ebook]"
            findings.append(finding("F785", Place("guide.toml"), message, hint))
            continue
        hidden = face.obfuscate or bool(rights & _LIMITED)
        licences.setdefault(_licence(face), []).append(face.path.name)
        for weight in weights:
            content = _made(_Cut(face, "" if rights & _WHOLE_ONLY else wanted, weight), cache)
            suffix, media_type = _TABLES.get(content[:4].decode("latin-1"), (".ttf", "font/ttf"))
            name = "-".join(filter(None, (face.family, str(weight), face.style.replace("normal", ""))))
            if hidden:
                content = obfuscated(content, identifier)
            file = f"fonts/{ascii_words(name)}{suffix}"
            files.append(Font(file, media_type, content, face.family, weight, face.style, hidden))
    told = "\n\n".join(f"{', '.join(names)}\n\n{text}" for text, names in licences.items())
    return Fonts(tuple(files), _css(theme, files), told, tuple(findings))


def obfuscated(content: bytes, identifier: str) -> bytes:
    """The font with its first 1,040 bytes mixed with the book's identifier; done twice it is as it was."""
    key = hashlib.sha1(re.sub(r"[\x20\x09\x0d\x0a]", "", identifier).encode(), usedforsecurity=False).digest()
    head = bytes(byte ^ key[place % len(key)] for place, byte in enumerate(content[:_OBFUSCATED_BYTES]))
    return head + content[_OBFUSCATED_BYTES:]


def encryption(files: Sequence[Font], folder: str) -> str:
    """META-INF/encryption.xml for the fonts that are obfuscated, empty where none is."""
    rows = "".join(
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        f'<enc:CipherData><enc:CipherReference URI="{folder}/{file.name}"/></enc:CipherData>'
        "</enc:EncryptedData>\n"
        for file in files
        if file.hidden
    )
    if not rows:
        return ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
        f' xmlns:enc="http://www.w3.org/2001/04/xmlenc#">\n{rows}</encryption>\n'
    )


# ------------------------------------------------------------------------------- which face has what


def _letters(documents: Iterable[Document]) -> frozenset[str]:
    """Every character that some page shows; what SVG letters and describes is among them."""
    shown = set(_ALWAYS)
    for document in documents:
        shown.update(html.unescape(re.sub(r"<[^>]*>", "", document.xhtml)))
    return frozenset(sign for sign in shown if sign.isprintable())


def _plan(theme: Theme, letters: frozenset[str], style: str) -> Iterable[tuple[Face, str, tuple[int, ...]]]:
    """Faces with their letters, sorted, and their weights: bold is made of families that lead only."""
    families = list(dict.fromkeys(face.family for face in theme.faces))
    leading = [family for family in families if family == families[0] or _is_named(family, style)]
    left = set(letters)
    for family in [*leading, *(family for family in families if family not in leading)]:
        faces = [face for face in theme.faces if face.family == family]
        wanted = letters if family in leading else frozenset(left)
        for face in faces:
            known = _known(face)
            own = "".join(sorted(sign for sign in wanted if ord(sign) in known))
            if not own.strip():
                continue
            left -= set(own)
            bold = family in leading and _has_weights(face)
            yield face, own, (REGULAR, BOLD) if bold else (int(face.weight or REGULAR),)


def _is_named(family: str, style: str) -> bool:
    return any(
        family in re.split(r"[\s,\"']+", value) for value in re.findall(r"font-family\s*:([^;}]*)", style)
    )


def _open(face: Face) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(face.path, lazy=True, recalcTimestamp=False)


def _known(face: Face) -> frozenset[int]:
    with _open(face) as font:
        return frozenset(font.getBestCmap())


def _has_weights(face: Face) -> bool:
    with _open(face) as font:
        return "fvar" in font and any(axis.axisTag == "wght" for axis in font["fvar"].axes)


def _rights(face: Face) -> int:
    """What the font itself says of embedding, as the bits of OS/2.fsType."""
    with _open(face) as font:
        return int(font["OS/2"].fsType) if "OS/2" in font else 0


# ----------------------------------------------------------------------------------------- making


def _made(cut: _Cut, cache: Cache | None) -> bytes:
    digest = hashlib.sha256(cut.face.path.read_bytes()).hexdigest()

    def key(cut: _Cut) -> str:
        return key_of("font", engine(), digest, cut.letters, cut.weight)

    return Kept[_Cut, bytes](cache, key).do(_subset, cut)


def _subset(cut: _Cut) -> bytes:
    """The font with these letters alone, all of them where there are none, and every axis pinned."""
    from fontTools import subset
    from fontTools.varLib import instancer

    options = subset.Options()
    options.hinting = False
    options.recalc_timestamp = False
    options.notdef_outline = True
    options.name_IDs = _KEPT_NAMES
    options.drop_tables += ["DSIG"]  # a signature of what the font no longer is
    font = subset.load_font(cut.face.path, options)
    if cut.letters:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=cut.letters)
        subsetter.subset(font)
    if "fvar" in font:
        places = {axis.axisTag: None for axis in font["fvar"].axes}
        for axis in font["fvar"].axes:
            if axis.axisTag == "wght":
                places["wght"] = min(max(cut.weight, axis.minValue), axis.maxValue)
        font = instancer.instantiateVariableFont(font, places, inplace=True)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _css(theme: Theme, files: Sequence[Font]) -> str:
    """The faces, and the body set in them; what the theme says of its own comes after."""
    if not files:
        return ""
    rules = [
        f'@font-face {{ font-family: "{file.family}"; src: url({file.name}); font-weight: {file.weight};'
        f" font-style: {file.style}; }}"
        for file in files
    ]
    there = {file.family for file in files}
    families = [family for family in dict.fromkeys(face.family for face in theme.faces) if family in there]
    stack = ", ".join(f'"{family}"' for family in families)
    return "\n".join([*rules, f"body {{ font-family: {stack}, serif; }}", ""])


def _licence(face: Face) -> str:
    """The licence's text: the theme's, one that lies by the font, or what the font says of itself."""
    if face.licence is not None:
        return face.licence.read_text("utf-8", "replace").strip()
    for folder in (face.path.parent, face.path.parent.parent):
        for file in sorted(folder.iterdir()):
            if re.fullmatch(r"(?:OFL|LICEN[CS]E)(?:\.(?:txt|md))?", file.name, re.IGNORECASE):
                return file.read_text("utf-8", "replace").strip()
    with _open(face) as font:
        names = (font["name"].getDebugName(number) for number in (0, 13, 14))
        return "\n".join(filter(None, names))
