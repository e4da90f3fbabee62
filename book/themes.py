"""Find a theme, inherit from its parent, list its files and faces.

A theme is a folder with a theme.toml. It may extend another theme: a file it lacks is taken from its
parent, and its faces and figures replace the parent's only when it names some. Looked for in the
guide's own styles/, then among installed `book.themes` entry points, ours included.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from gettext import NullTranslations
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, NoReturn

from book.choices import theme_names
from book.desk import brief
from book.languages import primary
from book.model import BookError, UsageError
from book.reach import LARGEST_TEXT, leads_out

if TYPE_CHECKING:
    from jinja2 import Environment

WIDEST_MARGIN = 0.45
"""Of the page's width or height: two of them leave a line."""

SIZES: Mapping[str, tuple[float, float, float]] = {
    "type": (5, 40, 10.3),
    "measure": (15, 60, 33),
    "enlarge": (0.5, 3, 1.5),
}
"""Keys under [page] that are no margins: the least, the most, and an example."""

CJK = frozenset({"ja", "ko", "zh", "yue", "cmn"})
"""Languages whose scripts have no italics, small capitals or spaced letters."""

_TEXTS = frozenset({".css", ".html", ".svg", ".toml", ".xhtml"})
_NAME = re.compile(r"\w[\w .-]{0,99}")
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")  # how files of TrueType and OpenType begin
_FONT_HEAD = 12 + 16 * 512  # a font has some twenty tables
_TABLES = frozenset({b"cmap", b"head", b"hhea", b"hmtx", b"maxp"})


@dataclass(frozen=True, slots=True)
class Face:
    """A font file under the family name that style sheets use.

    `weight` is a CSS font-weight, empty for a variable font, which knows its weights itself. `licence` is its
    text where the theme names one; with `obfuscate`, that wants the font hidden from copying in an e-book.
    """

    family: str
    path: Path
    weight: str = ""
    style: str = "normal"
    obfuscate: bool = False
    licence: Path | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Digits of one width that page numbers are set in: a family of its own, drawn from `face`.

    `features` are OpenType tags that choose the digits (tnum for one width, onum for old style).
    """

    family: str
    face: Face
    weight: int = 400
    features: tuple[str, ...] = ("tnum",)


@dataclass(frozen=True, slots=True)
class PageShape:
    """Margins as fractions of the trim: top and foot of its height, inner and outer of its width.

    `type` is the text's size in points as the theme's style sheets have it, and `enlarge` what all their
    points are multiplied by. In a line of more than `measure` ems, eyes lose their way back to the next.
    """

    top: float = 0.098
    foot: float = 0.105
    inner: float = 0.135
    outer: float = 0.115
    type: float = 10.3
    measure: float = 33.0
    enlarge: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with everything it inherits; `layers` are its folder and then its ancestors'."""

    name: str
    title: str
    layers: tuple[Path, ...]
    faces: tuple[Face, ...]
    figures: tuple[Figures, ...]
    page: PageShape = PageShape()

    @property
    def strange(self) -> tuple[Path, ...]:
        """The folders of it that are not ours; what they ask for is looked at, and nothing is believed."""
        return tuple(layer for layer in self.layers if not _is_ours(layer))

    @property
    def key(self) -> str:
        """One name for everything in the theme's folders: another where any file of them is another."""
        whole = hashlib.sha256()
        for layer in self.layers:
            for file in sorted(path for path in layer.rglob("*") if path.is_file()):
                name = file.relative_to(layer).as_posix()
                whole.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()

    def path(self, name: str) -> Path | None:
        """The file of that name, the theme's own before an ancestor's; None when nobody has it."""
        return next((layer / name for layer in self.layers if (layer / name).is_file()), None)

    def text(self, name: str) -> str:
        """The text of a file, or the empty string when nobody has it. Raises BookError."""
        path = self.path(name)
        return _text(path) if path else ""

    def cascade(self, name: str) -> tuple[str, ...]:
        """The texts of a style sheet in every layer that has it, the oldest ancestor's first."""
        found = [layer / name for layer in reversed(self.layers) if (layer / name).is_file()]
        return tuple(map(_text, found))

    def style(self, kind: str, language: str) -> tuple[str, ...]:
        """The style sheets of print or ebook in cascade order, then those of the guide's language.

        A theme may have a sheet for a language (print.de.css) and for Chinese, Japanese and Korean
        (print.cjk.css).
        """
        tags = ("cjk", primary(language)) if primary(language) in CJK else (primary(language),)
        names = (f"{kind}.css", *(f"{kind}.{tag}.css" for tag in tags))
        return tuple(sheet for name in names for sheet in self.cascade(name))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BookError(
            f"{_named(path)} cannot be read as a text in UTF-8.", "Save it as plain text in UTF-8."
        ) from error


def _named(path: Path) -> str:
    """A theme's file as a writer knows it: classic/print.css."""
    return f"{path.parent.name}/{path.name}"


def shipped(name: str) -> Path:
    """The folder of a theme of ours, in an installed wheel or in a checkout."""
    inside = Path(__file__).parent / "styles" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles" / name


def _is_ours(folder: Path) -> bool:
    return folder == shipped(folder.name)


def _be_sealed(folder: Path, root: Path) -> None:
    """Raises BookError for a theme in a guide that leads out of it, or has a pipe or an endless text."""
    for path in (folder, *sorted(folder.rglob("*"))):
        fault = ""
        if leads_out(path, root):
            fault = "leads out of the guide's folder"
        elif not path.is_dir() and not path.is_file():
            fault = "is no file"
        elif path.suffix.casefold() in _TEXTS and path.is_file() and path.stat().st_size > LARGEST_TEXT:
            fault = f"is larger than {LARGEST_TEXT // 1_000_000} MB"
        if fault:
            name = path.relative_to(folder.parent).as_posix()
            raise BookError(
                f"The theme {folder.name} cannot be trusted: {name} {fault}.",
                "A theme is a folder in styles/ with all that it needs; copy in what it should have.",
            )


def find_theme(name: str, root: Path) -> Theme:
    """The theme of that name for the guide at `root`; a UsageError names the themes there are."""
    layers: list[Path] = []
    plans: list[Mapping[str, object]] = []
    wanted = name
    while wanted:
        folder = _folder(wanted, root)
        if folder.parent == root.resolve() / "styles" and not _is_ours(folder):
            _be_sealed(folder, root)
        if folder in layers:
            raise UsageError(f"The theme {name} extends itself.", "Mend extends in its theme.toml.")
        layers.append(folder)
        plans.append(_plan(folder))
        wanted = str(plans[-1].get("extends", ""))
    faces: tuple[Face, ...] = ()
    figures: tuple[Figures, ...] = ()
    for plan, folder in zip(reversed(plans), reversed(layers), strict=True):
        faces = tuple(_face(row, folder) for row in _rows(plan, "faces")) or faces
        figures = tuple(_figures(row, faces, folder) for row in _rows(plan, "figures")) or figures
    if not faces or not figures:
        raise BookError(
            f"The theme {name} has no {'figures' if faces else 'faces'} to set a book in.",
            'Let it extend another, with extends = "classic", or name some in its theme.toml.',
        )
    shape = PageShape()
    for plan, folder in zip(reversed(plans), reversed(layers), strict=True):
        shape = _page(plan, folder, shape)
    return Theme(name, str(plans[0].get("title", name)), tuple(layers), faces, figures, shape)


def _page(plan: Mapping[str, object], folder: Path, shape: PageShape) -> PageShape:
    """The margins that a theme names, the others from `shape`."""
    row = plan.get("page", {})
    margins = {}
    for key in (each.name for each in fields(PageShape)):
        value = row.get(key) if isinstance(row, Mapping) else None
        least, most, example = SIZES.get(key, (0, WIDEST_MARGIN, 0.12))
        if isinstance(value, (int, float)) and least <= value <= most:
            margins[key] = float(value)
        elif value is not None:
            wanted = "a size" if key in SIZES else "a part of the page"
            raise BookError(
                f"{folder.name}/theme.toml: {key} under [page] is {value!r}, and wants {wanted}.",
                f"Write a number from {least} to {most}, e.g. {key} = {example}",
            )
    return replace(shape, **margins)


def _folder(name: str, root: Path) -> Path:
    # No path: a theme is a folder in styles/, and a name too long for a folder is the name of none.
    own = root.resolve() / "styles" / name
    if _NAME.fullmatch(name) and (own / "theme.toml").is_file():
        return own
    for point in entry_points(group="book.themes", name=name):
        folder: Path = point.load()(name)
        if (folder / "theme.toml").is_file():
            return folder
    known = theme_names(root)
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    raise UsageError(f"There is no theme called {brief(name)}.", hint)


def _plan(folder: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_text(folder / "theme.toml"))
    except (ValueError, RecursionError) as error:
        raise BookError(
            f"{folder.name}/theme.toml cannot be read: {error}.", "Mend the line that is named."
        ) from error


def _rows(plan: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    rows = plan.get(key, ())
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


def _face(row: Mapping[str, object], folder: Path) -> Face:
    package, _, file = str(row.get("file", "")).rpartition(":")
    base = _package_folder(package, folder) if package else folder
    path = base / file
    # A package's own files may be links into an installer's cache.
    out = ".." in Path(file).parts or Path(file).is_absolute() if package else leads_out(path, base)
    if out or not path.is_file():
        raise BookError(
            f"The theme {folder.name} names a font that is not there: {row.get('file')}.",
            "Mend file under [[faces]] in its theme.toml; the path counts from the theme's folder.",
        )
    with path.open("rb") as font:
        head = font.read(_FONT_HEAD)
    if not is_font(head, path.stat().st_size):
        raise BookError(
            f"The theme {folder.name} names a font that is none, or is damaged: {row.get('file')}.",
            "Bring it whole, as TrueType or OpenType, with the ending .ttf or .otf.",
        )
    return Face(
        family=str(row.get("family", "Text")),
        path=path,
        weight=str(row.get("weight", "")),
        style=str(row.get("style", "normal")),
        obfuscate=row.get("obfuscate") is True,
        licence=_licence(row, folder),
    )


def _licence(row: Mapping[str, object], folder: Path) -> Path | None:
    """The licence that a face names, relative to the theme's folder."""
    named = str(row.get("licence", ""))
    if named and (not (folder / named).is_file() or leads_out(folder / named, folder)):
        raise BookError(
            f"The theme {folder.name} names a licence that is not there: {named}.",
            "Mend licence under [[faces]] in its theme.toml; the path counts from the theme's folder.",
        )
    return folder / named if named else None


def is_font(content: bytes, size: int = 0) -> bool:
    """Whether these bytes are a whole font, or the first of `size`: Pango dies of one that is not."""
    head = content[:12]
    rows = content[12 : 12 + 16 * int.from_bytes(head[4:6])]
    tables = [rows[at : at + 16] for at in range(0, len(rows), 16)]
    ends = [int.from_bytes(row[8:12]) + int.from_bytes(row[12:16]) for row in tables]
    names = {row[:4] for row in tables}
    return head[:4] in _FONTS and names >= _TABLES and max(ends) <= (size or len(content))


def _package_folder(package: str, folder: Path) -> Path:
    try:
        # Of a package within a package, Python would run the outer one to find it.
        spec = find_spec(package) if package.isidentifier() else None
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise BookError(
            f"The theme {folder.name} needs the font package {package}, which is not installed.",
            f"pip install {package.replace('_', '-')}",
        )
    return Path(spec.submodule_search_locations[0])


def _figures(row: Mapping[str, object], faces: tuple[Face, ...], folder: Path) -> Figures:
    family, style = str(row.get("face", "Text")), str(row.get("style", "normal"))
    face = next((face for face in faces if (face.family, face.style) == (family, style)), None)
    if face is None:
        raise BookError(f"The theme {folder.name} sets figures in {family}, which is none of its faces.")
    features = row.get("features", ["tnum"])
    weight = row.get("weight", 400)
    return Figures(
        family=str(row.get("family", "Folio")),
        face=face,
        weight=weight if isinstance(weight, int) else 400,
        features=tuple(map(str, features)) if isinstance(features, list) else ("tnum",),
    )


def templates(theme: Theme, words: NullTranslations) -> Environment:
    """Jinja2 over the theme's own templates and ours, with the guide's own words in its language."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, TemplateError
    from jinja2.debug import rewrite_traceback_stack
    from markupsafe import escape

    from book.sandbox import Sandbox

    folders = [str(layer / "templates") for layer in theme.layers]

    class Stage(Environment):
        """Says which line of which template cannot be set, whatever is wrong with it."""

        def handle_exception(self, source: str | None = None) -> NoReturn:
            error = rewrite_traceback_stack(source=source)
            places = [(Path(step.filename), step.lineno) for step in extract_tb(error.__traceback__)]
            if isinstance(error, TemplateError) and getattr(error, "filename", None):
                places.append((Path(error.filename), error.lineno))  # type: ignore[attr-defined]
            at = [(path, line) for path, line in places if any(map(path.is_relative_to, map(Path, folders)))]
            if isinstance(error, BookError) or not at:
                raise error  # a fault of ours, not of the theme
            path, line = at[-1]
            reason = (str(error) or type(error).__name__).rstrip(".")
            raise BookError(
                f"The template {_named(path)} of the theme {theme.name} cannot be set, line {line}:"
                f" {reason}.",
                "Mend the line, or take the file away: the theme's parent has one.",
            ) from error

    class Shelf(FileSystemLoader):
        """Says which template is no text."""

        def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
            try:
                return super().get_source(environment, template)
            except UnicodeDecodeError as error:
                raise BookError(
                    f"The template {template} of the theme {theme.name} is no text in UTF-8.",
                    "Save it as plain text in UTF-8.",
                ) from error

    class SealedStage(Stage, Sandbox):
        """For themes that are not ours."""

        template_class = Sandbox.template_class

    made = (SealedStage if theme.strange else Stage)(
        loader=ChoiceLoader([Shelf(folders), PackageLoader("book", "templates")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )

    def plain(message: str, said: str) -> str:
        """A translation is text: what looks like markup in it is none, unless the message has some too."""
        return said if said == message or "<" in message else escape(said)

    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: plain(message, words.gettext(message)),
        lambda one, many, number: plain(one, words.ngettext(one, many, number)),
        newstyle=True,
        pgettext=lambda context, message: plain(message, words.pgettext(context, message)),
        npgettext=lambda context, one, many, number: plain(one, words.npgettext(context, one, many, number)),
    )
    return made
