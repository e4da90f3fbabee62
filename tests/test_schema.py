"""The schemas that editors check by say what the readers do: the same keys, words, ranges and days."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from finished import imported
from jsonschema import Draft202012Validator, FormatChecker

from book.check import check
from book.cli import cli
from book.config import read_project
from book.entry import read_entry
from book.fact_records import PARTS
from book.facts import FIELDS
from book.printers.reading import find_printer, printer_names
from book.scaffold import EXAMPLE, add_entry, new_guide
from book.schema import schema_text
from book.schema.asking import ANY, asked_of_a_guide
from book.schema.guide_keys import GUIDE, HANDED_DOWN
from book.schema.reference import keys_page

PROJECT = Path(__file__).parent.parent
NAMES = ("entry", "guide")


class AsEditors(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no is a word and 1995-10-27 a text."""


AsEditors.yaml_implicit_resolvers = {}
for _tag, _expression in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
}.items():
    AsEditors.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_expression})$"), None)


def schema(name: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(schema_text(name))
    return whole


VALIDATORS = {
    name: Draft202012Validator(schema(name), format_checker=FormatChecker(["date"])) for name in NAMES
}


def refusals(name: str, value: object) -> list[str]:
    """The places in a value that a schema refuses, as JSON paths."""
    return [error.json_path for error in VALIDATORS[name].iter_errors(value)]


def front_matter(text: str) -> Any:
    return yaml.load(text.split("---\n")[1], AsEditors)


def as_json(value: Any) -> Any:
    """A value of TOML as an editor gives it to a schema: days are texts."""
    match value:
        case dict():
            return {key: as_json(each) for key, each in value.items()}
        case list():
            return [as_json(each) for each in value]
        case date():
            return value.isoformat()
    return value


def keys(part: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema by dotted path, with what the schema says of it."""
    for name, each in (part.get("properties") or {}).items():
        yield f"{path}{name}", each
        yield from keys(each, f"{path}{name}.")
    if isinstance(part.get("additionalProperties"), dict) and "description" in part["additionalProperties"]:
        yield f"{path}{ANY}", part["additionalProperties"]
        yield from keys(part["additionalProperties"], f"{path}{ANY}.")
    for other in part.get("anyOf", ()):
        yield from keys(other, path)
    if "items" in part:
        yield from keys(part["items"], f"{path.removesuffix('.')}[]." if path else "")


# ------------------------------------------------------------------------------------ as files


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_by_its_own_dialect(name: str) -> None:
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_up_to_date(name: str) -> None:
    published = (PROJECT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")
    assert published == schema_text(name), f"filmguide schema {name} > docs/schema/{name}.schema.json"


def test_the_page_of_all_keys_is_up_to_date() -> None:
    page = (PROJECT / "docs" / "keys.md").read_text("utf-8")
    make = (
        "python -c 'from book.schema.reference import keys_page; print(keys_page(), end=\"\")' > docs/keys.md"
    )
    assert page == keys_page(), make


def test_the_page_of_all_keys_has_them_all() -> None:
    listed = re.findall(r"^\| `(.+?)` \|", keys_page(), re.MULTILINE)
    whole = {path for name in NAMES for path, _ in keys(schema(name))}
    lone = {path for path in whole if path.startswith("similar.") and path.replace(".", "[].", 1) in whole}
    assert set(listed) == whole - lone


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_described_in_a_sentence(name: str) -> None:
    silent = [path for path, each in keys(schema(name)) if not re.fullmatch(r".+\.", each["description"])]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_patterns_mean_the_same_to_the_expressions_of_editors(name: str) -> None:
    """JavaScript knows no named groups of Python's kind, no flags within, and no escapes but its own."""
    for found in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema_text(name)):
        assert re.findall(r"\(\?[^:=!]|\\[^dDsSwWbB.*+?()\[\]{}|/^$\\-]", json.loads(found)) == []


# ---------------------------------------------------------------------------- the keys that are read


def test_the_schema_of_entries_has_the_facts_that_are_read_and_no_others() -> None:
    assert list(schema("entry")["properties"]) == list(FIELDS)


def test_the_schema_of_guides_has_the_keys_that_are_read_and_no_others() -> None:
    assert {path for path, _ in keys(schema("guide"))} == set(GUIDE) == set(asked_of_a_guide().shapes)


def test_no_table_of_a_guide_is_open_but_where_the_writer_names_the_keys() -> None:
    asked = asked_of_a_guide()
    free = {path.removesuffix(f".{ANY}") for path in asked.shapes if path.endswith(f".{ANY}")}
    assert asked.tables - asked.closed <= free


GUIDE_PATHS = [path for path, each in keys(schema("guide"))]


def built(path: str, value: object) -> dict[str, Any]:
    """The least guide that has a value at a path. What its tables want besides is there."""
    needed = {"contributor": "name", "chapter": "title", "edition": "name", "track": "title", "films": "film"}
    names = path.split(".")
    free = {"price": "USD", "inside": "24", "widths": "24", "printer": "kdp-paperback", "warning": "en"}
    for number, name in enumerate(names):
        if name == ANY:
            names[number] = free.get(names[number - 1], "somebody")
    whole: Any = value
    for name in reversed(names):
        if name.endswith("[]"):
            name = name.removesuffix("[]")
            beside = {needed[name]: "x"} if name in needed else {}
            whole = [{**beside, **whole} if isinstance(whole, dict) else whole]
        whole = {name: whole}
    if "paper[]" in path and isinstance(paper := whole["printer"]["kdp-paperback"]["paper"][0], dict):
        paper |= {"name": "cream", "page": "0.1mm"} | paper
    guide = whole.get("guide", {})
    return {**whole, "guide": {"title": "A Guide", **guide}} if isinstance(guide, dict) else whole


def toml(value: Any) -> str:
    """A value in the inline form of TOML."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case date():
            return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def said_of(guide: dict[str, Any], root: Path = PROJECT) -> list[str]:
    """The codes of what the readers of guide.toml find wrong with it, printers' tables included."""
    text = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in guide.items())
    project, findings = read_project(text, root)
    found = [each.code for each in findings]
    for name in project.printers.values:
        if name in printer_names(root):
            found += [each.code for each in find_printer(name, root, project.printers)[1]]
    return found


TABLES = [path for path, each in keys(schema("guide")) if each.get("type") == "object"]


@pytest.mark.parametrize("path", ["", *TABLES])
def test_a_key_that_nobody_knows_is_refused_in_every_table_of_a_guide(path: str) -> None:
    if path.endswith(("names", "warning", "printer", "sources")):
        pytest.skip("the writer names the keys of this table")
    guide = built(f"{path}.nobody-knows-this" if path else "nobody-knows-this", "x")
    assert refusals("guide", guide)
    assert said_of(guide)


EXAMPLES = [(path, example) for path, each in keys(schema("guide")) for example in each.get("examples", ())]


@pytest.mark.parametrize(("path", "example"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_an_example_is_what_both_take(path: str, example: object) -> None:
    guide = built(path, example)
    assert refusals("guide", guide) == []
    assert said_of(guide) in ([], ["F502"] if path.endswith("source") else [])


DEFAULTS = [(path, each["default"]) for path, each in keys(schema("guide")) if "default" in each]


@pytest.mark.parametrize(("path", "default"), DEFAULTS, ids=[path for path, _ in DEFAULTS])
def test_a_default_is_what_is_read_where_the_key_is_not(path: str, default: object) -> None:
    without = built(path.rpartition(".")[0], {}) if not path.endswith("[]") else {}
    projects = [read_project(_text_of(guide), PROJECT) for guide in (built(path, default), without)]
    assert projects[0][1] == ()
    plain = [
        re.sub(r"source=Source\(.*?\)\)?|line=\d+|lines=\{.*?\}", "", repr(each)) for each, _ in projects
    ]
    assert plain[0] == plain[1]


def _text_of(guide: dict[str, Any]) -> str:
    return "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in guide.items())


def test_what_a_profile_or_the_guide_decides_has_no_default_of_its_own() -> None:
    assert [path for path, _ in DEFAULTS if path.startswith(HANDED_DOWN)] == []


SORTS: tuple[object, ...] = ("words", 7, 1.5, True, [], ["words"], [7], {}, {"words": "words"}, [{}], -1)
"""A value of every sort that TOML has."""

BY_REGISTER = re.compile(r"guide\.language|indexes\.collation|spoilers\.warning|.*\.source")
"""Keys whose words only a register of languages or another table of the file knows."""


@pytest.mark.parametrize("path", GUIDE_PATHS)
def test_a_value_of_the_wrong_sort_is_refused_by_both_or_by_neither(path: str) -> None:
    differing = []
    for value in SORTS:
        guide = built(path, value)
        if BY_REGISTER.fullmatch(path) and not isinstance(value, list | bool):
            continue
        if bool(refusals("guide", guide)) != bool(said_of(guide)):
            differing.append((value, refusals("guide", guide), said_of(guide)))
    assert differing == []


NAMES_OF_TABLES = [path for path in GUIDE_PATHS if re.fullmatch(r"[^*]*\b(title|name|film)", path)]


@pytest.mark.parametrize("path", NAMES_OF_TABLES)
def test_a_name_that_the_schema_demands_is_missed_by_the_reader_and_no_other(path: str) -> None:
    whole = built(path, "x")
    table = whole
    *way, last = path.split(".")
    for name in way:
        table = table[name.removesuffix("[]")]
        table = table[0] if isinstance(table, list) else table
    del table[last]
    assert bool(refusals("guide", whole)) == bool(said_of(whole))


def test_the_notes_of_a_new_guide_are_keys_that_there_are(tmp_path: Path) -> None:
    """Each table that stands there as a note does what it says once the signs before it are taken away."""
    new_guide(tmp_path)
    text = (tmp_path / "guide.toml").read_text("utf-8")
    noted = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE).replace(
        '[chapters]\nby = "decade"\n', ""
    )
    project, findings = read_project(noted, tmp_path)
    assert findings == ()
    assert (len(project.chapters), project.info.subtitle) == (2, "Forty Films for Long Winters")
    assert refusals("guide", as_json(tomllib.loads(noted))) == []


@pytest.mark.parametrize("file", ["guide.toml", "new"])
def test_a_guide_as_we_write_them_is_a_guide_by_the_schema(file: str, tmp_path: Path) -> None:
    if file == "new":
        new_guide(tmp_path, title="A Guide", author="Ann Author", language="fr", trim="A5", theme="modern")
    folder = tmp_path if file == "new" else PROJECT
    assert refusals("guide", as_json(tomllib.loads((folder / "guide.toml").read_text("utf-8")))) == []


# --------------------------------------------------------------------------------------- entries


def told_of(facts: str) -> list[str]:
    """The codes of what check finds wrong with the facts of an entry."""
    text = f"---\n{facts}---\nAll aboard.\n\n# Spoilers\n\n## Plot\n\nIt sinks.\n"
    film, findings = read_entry(text, file="entries/ferry-1961.md")
    found = list(findings)
    if film:
        project, _ = read_project('[guide]\ntitle = "A Guide"\n', PROJECT)
        found += check([film], project, this_year=2026)
    # Facts have codes from F101; what links and pictures lead to, no schema knows.
    return sorted({each.code for each in found if each.code[:2] in {"F0", "F1"}} - {"F116", "F118"})


def entry(facts: str, *without: str) -> str:
    """A front matter with these facts, and a title and a year where they have none and none is left out."""
    least = {"title": "Ferry", "year": "1961"}
    given = {line.partition(":")[0] for line in facts.splitlines()}
    rest = [f"{key}: {value}\n" for key, value in least.items() if key not in {*given, *without}]
    return "".join(rest) + facts + "\n"


def seen_by_editors(facts: str) -> list[str]:
    return refusals("entry", yaml.load(facts, AsEditors))


FAULTS = [
    "tittle: Ferry",
    "year: soon",
    "year: 61",
    "year: 1632",
    "premiered: 27 October 1961",
    "premiered: 1961-06-31",
    "updated: yesterday",
    "runtime: two hours",
    "runtime: 0",
    "runtime: 1200",
    "post_credits: maybe",
    "title: {a: b, c: d}",
    "original_title: {a: b, c: d}",
    "director: [{first: Ann, last: Author}]",
    "language: {en: yes, fr: no}",
    "cast: [{role: The captain, spoiler: true}]",
    "cast: [{name: Ann, roll: The captain}]",
    "cast: [{name: Ann, role: The captain, spoiler: perhaps}]",
    "cast: [[Ann]]",
    "series: {number: 2}",
    "series: {name: Ferries, part: 2}",
    "box_office: a lot",
    "box_office: {budget: a lot}",
    "box_office: {cost: 4000000}",
    "box_office: {budget: 4000000, currency: Dollars}",
    "ids: tt0113627",
    "links: {Site: example.org}",
    "links: {Site: 'javascript:alert(1)'}",
    "image: {alt: A ferry}",
    "image: {file: images/a.jpg, copyright: Ann}",
    "similar: [{why: Ships}, {to: x-1961}]",
    "similar: [{to: barfly-1987, because: Ships}]",
    "similar: [{title: Barfly, year: late}]",
    "similar: [[barfly-1987]]",
    "leaks_ok: [the iceberg]",
    "leaks_ok: {the iceberg: }",
    "source: {from: OMDb}",
    "source: {imported: OMDb, reviewed: perhaps}",
]
"""Slips that writers make, each in one fact."""


@pytest.mark.parametrize("fact", FAULTS)
def test_a_fault_is_refused_by_the_schema_and_by_check(fact: str) -> None:
    assert seen_by_editors(entry(fact)) != []
    assert told_of(entry(fact)) != []


@pytest.mark.parametrize("fact", ["title", "year"])
def test_what_an_entry_needs_is_missed_by_both(fact: str) -> None:
    assert seen_by_editors(entry("genre: [Drama]", fact)) == ["$"]
    assert told_of(entry("genre: [Drama]", fact)) == [{"title": "F110", "year": "F111"}[fact]]


SOUND = [
    *(f"{key}:" for key in FIELDS if key not in {"title", "year"}),
    "title: 1917",
    'title: "true"',
    "year: '1961'",
    "premiered: 1961-10-27",
    *(f"runtime: {length}" for length in ("111", '"111"', "111 min", "1h51", "1H 51M", '"1:51"', "PT1H51M")),
    "director: Ann Author",
    "director: Ann Author, Ben Writer",
    "director: [Ann Author, 50 Cent]",
    "genre: []",
    "aka: [1917, The Boat]",
    "language: [en, Cantonese]",
    "country: West Germany",
    *(f"post_credits: {word}" for word in ("none", "mid", "end", "both")),
    "cast: Ann as The captain",
    "cast: [Ann as The captain, Ben]",
    "cast: [{name: Ann, role: The captain, spoiler: true}, {Ben: The mate}]",
    "cast: {Ann: The captain, Ben: The mate}",
    "cast: [{name: Ann, role: [The captain, Herself], spoiler: no}]",
    "series: Ferries",
    "series: {name: Ferries, number: III}",
    "box_office: {budget: 4000000, gross: $1.2 million, currency: eur}",
    "ids: {imdb: tt0113627, tmdb: 451, somewhere: a-b}",
    "links: {Site: https://example.org/}",
    "links: https://example.org/",
    "links: [https://example.org/, {Site: http://example.org/}]",
    "image: images/a.jpg",
    "image: {file: images/a.jpg, alt: A ferry, credit: Ann}",
    "similar: barfly-1987",
    "similar: [Days of Wine and Roses (1962), {to: barfly-1987, why: Ships}]",
    "similar: [{title: Barfly, year: 1987}, {barfly-1987: Ships}]",
    "leaks_ok: {the iceberg: It is in every title}",
    "source: {imported: OMDb, digest: abc, reviewed: true}",
    "source: {imported: OMDb, reviewed: yes}",
    "rating: 4.5",
    "certificate: 12",
]
"""Ways to write a fact that the documentation tells of, or that people bring along."""


@pytest.mark.parametrize("fact", SOUND)
def test_a_sound_fact_is_taken_by_the_schema_and_by_check(fact: str) -> None:
    assert seen_by_editors(entry(fact)) == []
    assert told_of(entry(fact)) == []


def facts_with_examples() -> Iterator[tuple[str, object]]:
    for path, each in keys(schema("entry")):
        if "." not in path and "[" not in path:
            yield from ((path, example) for example in each.get("examples", ()))


@pytest.mark.parametrize(("key", "example"), [*facts_with_examples()])
def test_an_example_of_a_fact_is_sound(key: str, example: object) -> None:
    fact = f"{key}: {json.dumps(example)}" if key != "premiered" else f"{key}: 1961-10-27"
    assert (seen_by_editors(entry(fact)), told_of(entry(fact))) == ([], [])


@pytest.mark.parametrize("fact", sorted(PARTS))
def test_a_part_that_nobody_knows_is_refused_by_both(fact: str) -> None:
    parts = ", ".join(f"{part}: x" for part in PARTS[fact])
    unknown = f"{fact}: {{{parts}, nobody-knows-this: x}}"
    assert "F004" in told_of(entry(unknown))
    assert seen_by_editors(entry(unknown)) != []


def test_every_sample_entry_is_one_by_the_schema() -> None:
    texts = {file.name: file.read_text("utf-8") for file in sorted((PROJECT / "entries").glob("*.md"))}
    refused = {name: refusals("entry", front_matter(text)) for name, text in texts.items()}
    assert len(texts) >= 30
    assert {name: found for name, found in refused.items() if found} == {}


def test_entries_of_real_films_are_entries_by_the_schema(tmp_path: Path) -> None:
    entries = sorted((imported("films-60.jsonl", tmp_path) / "entries").glob("*.md"))
    refused = {file.name: refusals("entry", front_matter(file.read_text("utf-8"))) for file in entries}
    assert len(entries) == 60
    assert {name: found for name, found in refused.items() if found} == {}


# ------------------------------------------------------------------------------- within a guide


def test_the_first_lines_name_schemas_that_are_there(tmp_path: Path) -> None:
    """Editors look for them from the file that names them."""
    new_guide(tmp_path)
    entry = add_entry(tmp_path, "Ferry", 1961)
    named = {
        tmp_path / "guide.toml": r"#:schema (\S+)\n",
        entry: r"---\n# yaml-language-server: \$schema=(\S+)\n",
        tmp_path / "entries" / f"{EXAMPLE}.md": r"---\n# yaml-language-server: \$schema=(\S+)\n",
    }
    for file, line in named.items():
        found = re.match(line, file.read_text("utf-8"))
        assert found, file
        kind = "guide" if file.suffix == ".toml" else "entry"
        assert (file.parent / found[1]).resolve().read_text("utf-8") == schema_text(kind)


def test_entries_that_we_begin_are_entries_by_the_schema(tmp_path: Path) -> None:
    new_guide(tmp_path)
    add_entry(tmp_path, "Yes: “No” # 1", 1961)
    texts = [file.read_text("utf-8") for file in sorted((tmp_path / "entries").glob("*.md"))]
    assert [refusals("entry", front_matter(text)) for text in texts] == [[], []]


def test_a_guide_from_before_the_schemas_gets_them_with_its_next_film(tmp_path: Path) -> None:
    (tmp_path / "guide.toml").write_text('[guide]\ntitle = "Old"\n', "utf-8")
    add_entry(tmp_path, "Ferry", 1961)
    assert sorted(file.name for file in (tmp_path / ".filmguide").iterdir()) == [
        "entry.schema.json",
        "guide.schema.json",
    ]


def said(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_printed_as_it_is(name: str) -> None:
    assert said("schema", name).stdout == schema_text(name)
    assert json.loads(said("schema", name, "--json").stdout) == schema(name)


def test_schemas_of_an_older_release_are_renewed(tmp_path: Path) -> None:
    new_guide(tmp_path)
    old = tmp_path / ".filmguide" / "entry.schema.json"
    old.write_text("{}", "utf-8")
    assert said("-C", tmp_path, "schema").exit_code == 0
    assert old.read_text("utf-8") == schema_text("entry")


def test_schemas_are_put_into_guides_only(tmp_path: Path) -> None:
    assert said("-C", tmp_path, "schema").exit_code == 2
    assert list(tmp_path.iterdir()) == []
