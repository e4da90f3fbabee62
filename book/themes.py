"""Find a theme, inherit from its parent, list its files and faces.

A theme is a folder with a theme.toml. It may extend another theme: a file it lacks is taken from its
parent, and its faces and figures replace the parent's only when it names some. Looked for in the
guide's own styles/, then among installed `book.themes` entry points, ours included.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from gettext import NullTranslations
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from book.model import BookError, UsageError

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Face:
    """A font file under the family name that style sheets use.

    `weight` is a CSS font-weight, empty for a variable font, which knows its weights itself.
    """

    family: str
    path: Path
    weight: str = ""
    style: str = "normal"


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
    """Margins as fractions of the trim: top and foot of its height, inner and outer of its width."""

    top: float = 0.098
    foot: float = 0.105
    inner: float = 0.135
    outer: float = 0.115


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with everything it inherits; `layers` are its folder and then its ancestors'."""

    name: str
    title: str
    layers: tuple[Path, ...]
    faces: tuple[Face, ...]
    figures: tuple[Figures, ...]
    page: PageShape = PageShape()

    def path(self, name: str) -> Path | None:
        """The file of that name, the theme's own before an ancestor's; None when nobody has it."""
        return next((layer / name for layer in self.layers if (layer / name).is_file()), None)

    def text(self, name: str) -> str:
        """The text of a file, or the empty string when nobody has it."""
        path = self.path(name)
        return path.read_text(encoding="utf-8") if path else ""

    def cascade(self, name: str) -> tuple[str, ...]:
        """The texts of a style sheet in every layer that has it, the oldest ancestor's first."""
        found = [layer / name for layer in reversed(self.layers) if (layer / name).is_file()]
        return tuple(path.read_text(encoding="utf-8") for path in found)


def shipped(name: str) -> Path:
    """The folder of a theme of ours, in an installed wheel or in a checkout."""
    inside = Path(__file__).parent / "styles" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles" / name


def theme_names(root: Path) -> tuple[str, ...]:
    """Every theme that a guide can ask for, sorted."""
    own = {path.parent.name for path in (root / "styles").glob("*/theme.toml")}
    return tuple(sorted(own | {point.name for point in entry_points(group="book.themes")}))


def find_theme(name: str, root: Path) -> Theme:
    """The theme of that name for the guide at `root`; a UsageError names the themes there are."""
    layers: list[Path] = []
    plans: list[Mapping[str, object]] = []
    wanted = name
    while wanted:
        folder = _folder(wanted, root)
        if folder in layers:
            raise UsageError(f"The theme {name} extends itself.", "mend extends in its theme.toml")
        layers.append(folder)
        plans.append(_plan(folder))
        wanted = str(plans[-1].get("extends", ""))
    faces: tuple[Face, ...] = ()
    figures: tuple[Figures, ...] = ()
    for plan, folder in zip(reversed(plans), reversed(layers), strict=True):
        faces = tuple(_face(row, folder) for row in _rows(plan, "faces")) or faces
        figures = tuple(_figures(row, faces, folder) for row in _rows(plan, "figures")) or figures
    shape = PageShape()
    for plan in reversed(plans):
        row = plan.get("page", {})
        known = {field.name for field in fields(PageShape)}
        if isinstance(row, Mapping):
            shape = replace(shape, **{key: float(row[key]) for key in known & row.keys()})
    return Theme(name, str(plans[0].get("title", name)), tuple(layers), faces, figures, shape)


def _folder(name: str, root: Path) -> Path:
    own = root / "styles" / name
    if (own / "theme.toml").is_file():
        return own
    for point in entry_points(group="book.themes", name=name):
        folder: Path = point.load()(name)
        if (folder / "theme.toml").is_file():
            return folder
    known = theme_names(root)
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    raise UsageError(f"There is no theme called {name}.", hint)


def _plan(folder: Path) -> Mapping[str, object]:
    file = folder / "theme.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(f"The theme file {file.name} of {folder.name} cannot be read: {error}") from error


def _rows(plan: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    rows = plan.get(key, ())
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


def _face(row: Mapping[str, object], folder: Path) -> Face:
    package, _, file = str(row.get("file", "")).rpartition(":")
    base = _package_folder(package, folder) if package else folder
    path = base / file
    if not path.is_file():
        raise BookError(f"The theme {folder.name} names a font that is not there: {row.get('file')}.")
    return Face(
        family=str(row.get("family", "Text")),
        path=path,
        weight=str(row.get("weight", "")),
        style=str(row.get("style", "normal")),
    )


def _package_folder(package: str, folder: Path) -> Path:
    spec = find_spec(package)
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
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader

    folders = [str(layer / "templates") for layer in theme.layers]
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folders), PackageLoader("book", "templates")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return made
