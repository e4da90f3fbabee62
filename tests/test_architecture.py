"""The house keeps its shape: imports point one way, and heavy or licensed guests stay in their rooms."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent

_COMMANDS = r"book\.(cli(\.\w+)?|console)"

COMPOSERS = {
    f"book.{name}"
    for name in [
        "build",
        "covering",
        "exporting",
        "formats",
        "formatting",
        "importing",
        "likening",
        "listing",
        "preview",
        "proving",
        "reading",
        "reckoning",
        "relating",
        "release",
        "renaming",
    ]
} | {f"book.preview.{source.stem}" for source in (PROJECT / "book" / "preview").glob("*.py")}
"""They call the stages one after the other, and are called by the commands."""

STAGES = {
    "read": r"book\.entries",
    "check": r"book\.check(_\w+)?",
    "relate": r"book\.(relate|likeness|kinship|reasons)",
    "arrange": r"book\.(arrange|indexes)",
    "compose": r"book\.compose(_\w+)?",
    "paint": r"book\.pdf\.paint",
    "bind": r"book\.pdf\.bind",
    "epub": r"book\.epub",
    "web": r"book\.web(_\w+)?",
    "onix": r"book\.onix(_\w+)?",
    "verify": r"book\.verify(_\w+)?",
    "preflight": r"book\.preflight(\.\w+)?",
    "import": r"book\.(adopt|importers(\.\w+)?)",
    "export": r"book\.exporters(\.\w+)?",
}
"""The rooms of a film's journey. What they hand on are values; none of them calls another."""

DOORS = {("epub", "compose"), ("web", "compose")}
"""The exceptions: documents of an e-book and of a site need no painting, so they are composed where they are
packed."""

_FOUNDATIONS = r"book\.(model(\.\w+)?|findings(\.\w+)?|progress|shelf|cache|pango|reach)"

ROOMS = {
    "weasyprint": r"book\.pdf\..*",
    "pydyf": r"book\.pdf\..*",
    "pikepdf": r"book\.(verify_(objects|pdf|strings|texts|walk)|press\..*|covers\.finish|preflight\..*)",
    "zint": r"book\.covers\.barcode",
    "segno": r"book\.qr",
    "zxingcpp": r"book\.preflight\.wrapping",
    "ebooklib": r"book\.epub",
    "extruct": r"book\.importers\.schemaorg",
    "openpyxl": r"book\.importers\.spreadsheet",
    "rich": r"book\.console",
    "click": r"book\.cli(\.\w+)?",
    "starlette": r"book\.preview\.\w+",
    "uvicorn": r"book\.preview\.serving",
    "anyio": r"book\.preview\.serving",
    "watchfiles": r"book\.watching",
    "tinycss2": r"book\.drawings",
    "sklearn": r"book\.nearness",
    "wordllama": r"book\.nearness",
    "scipy": r"book\.(likeness|nearness)",
    "distributed": r"book\.cluster",
    "dask": r"book\.cluster",
}
"""Which module may import which guest. Dask comes in only where --scheduler is read."""


def module(source: Path) -> str:
    parts = source.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(source): source for source in sorted((PROJECT / "book").rglob("*.py"))}


def imported(name: str) -> Iterator[str]:
    """Full names of what a module imports, in functions too, but not what only a type checker reads."""
    source = MODULES[name]
    waiting: list[ast.AST] = [ast.parse(source.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                home = [*name.split("."), *([""] if source.name == "__init__.py" else [])]
                base = ".".join(filter(None, [*home[: -node.level], base]))
            for alias in node.names:
                yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
        else:
            waiting.extend(ast.iter_child_nodes(node))


COMMANDS = {name for name in MODULES if re.fullmatch(_COMMANDS, name)}

FOUNDATIONS = {name for name in MODULES if re.fullmatch(_FOUNDATIONS, name)}

OURS = {name: set(imported(name)) & MODULES.keys() - {name, "book"} for name in MODULES}


def crossings(importers: Set[str], guests: Set[str]) -> list[str]:
    """Imports that should not be, each as "importer -> guest"."""
    return [f"{name} -> {guest}" for name in sorted(importers) for guest in sorted(OURS[name] & guests)]


def test_only_the_commands_know_the_terminal() -> None:
    assert crossings(MODULES.keys() - COMMANDS, COMMANDS) == []


def test_a_stage_does_not_know_who_calls_it() -> None:
    assert crossings(MODULES.keys() - COMMANDS - COMPOSERS, COMMANDS | COMPOSERS) == []


def test_stages_do_not_call_one_another() -> None:
    stage_of = {name: stage for name in MODULES for stage, room in STAGES.items() if re.fullmatch(room, name)}
    across = [
        f"{name} -> {guest}"
        for name, stage in stage_of.items()
        for guest in sorted(OURS[name] & stage_of.keys())
        if stage_of[guest] != stage and (stage, stage_of[guest]) not in DOORS
    ]
    assert across == []


def test_a_foundation_stands_on_foundations_alone() -> None:
    assert crossings(FOUNDATIONS, MODULES.keys() - FOUNDATIONS) == []


def test_the_model_imports_nothing_of_ours() -> None:
    assert {needed for name in MODULES if name.startswith("book.model") for needed in OURS[name]} <= {
        name for name in MODULES if name.startswith("book.model")
    }


def test_no_imports_go_round_in_a_circle() -> None:
    left = dict(OURS)
    while free := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize(("guest", "room"), ROOMS.items(), ids=ROOMS)
def test_a_guest_stays_in_its_room(guest: str, room: str) -> None:
    hosts = {name for name in MODULES if guest in {there.split(".")[0] for there in imported(name)}}
    assert [name for name in sorted(hosts) if not re.fullmatch(room, name)] == []


def test_importing_the_commands_brings_in_nothing_heavy() -> None:
    code = "import sys, book.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"weasyprint", "ebooklib", "lxml", "rich", "jinja2", "yaml", "markdown_it", "PIL", "fontTools"}
    heavy |= {"rapidfuzz", "pycountry", "langcodes", "uharfbuzz", "multiprocessing", "distributed"}
    heavy |= {"numpy", "scipy", "sklearn", "babel", "starlette", "uvicorn", "anyio", "watchfiles"}
    assert heavy & set(loaded.split()) == set()


def test_modules_are_named_in_words_of_the_trade() -> None:
    vague = {"manager", "helper", "helpers", "handler", "handlers", "util", "utils", "data", "process"}
    assert [name for name in MODULES if vague & set(re.split(r"[._]", name))] == []


def test_nothing_runs_on_import() -> None:
    """Statements at the top of a module define; a bare call there would act."""
    acts = [
        f"{name}: {ast.unparse(node)}"
        for name, source in MODULES.items()
        for node in ast.parse(source.read_text("utf-8")).body
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    ]
    assert acts == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name
        for name, source in MODULES.items()
        if not ast.get_docstring(ast.parse(source.read_text("utf-8")))
    ]
    assert silent == []


def test_every_dependency_has_its_reason() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    extras = settings["project"]["optional-dependencies"].values()
    wanted = [
        *settings["build-system"]["requires"],
        *settings["project"]["dependencies"],
        *(package for extra in extras for package in extra),
    ]
    reasons = (PROJECT / "docs" / "dependencies.md").read_text("utf-8")
    names = {re.split(r"[<>=!~\[; ]", package)[0] for package in wanted}
    assert sorted(name for name in names if f"| `{name}` |" not in reasons) == []


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(PROJECT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
