"""A sheet's share of the structure tree, from what WeasyPrint wrote into its objects.

WeasyPrint makes an element of every run of text. Runs that say nothing of their own are taken into the
element around them, which leaves a third of the objects and reads aloud the same. Running heads and
folios, which it leaves in the air, become artifacts: no reader wants them read out on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, TypeAlias

import pydyf

from book.pdf.sheet import Structure, key_field

_PLAIN = {"/Span", "/NonStruct"}  # an element of these kinds says nothing about its text
_OWN = {"A", "Alt", "ID", "ActualText", "Lang"}  # unless it has one of these

Element: TypeAlias = Any
"""A pydyf dictionary of type StructElem."""


def structure_of(pdf: Any, name: str, streams: Sequence[Any], unspoken: Sequence[Set[int]]) -> Structure:
    """Tidy the structure of a sheet and make it ready to be moved; `name` keeps its table heads apart.

    `streams` are the contents of its pages, not yet compressed, and `unspoken` the marks on each that are
    not for reading aloud. Must run before objects are serialised.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    leaf = pdf.objects[_number(root["ParentTree"])]
    part = pdf.objects[_number(root["K"][0])]
    elements = {
        thing.number: thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    }
    pages = pdf.pages["Kids"][::3]
    _silence(
        elements.values(), {b"%d 0 R" % page: marks for page, marks in zip(pages, unspoken, strict=True)}
    )
    alive = _within(part, elements)
    taken_in = _take_in(part, elements)
    _take_in_references(pdf, alive, elements)
    for element in elements.values():
        _set_apart(element, name)
    keys = _parents(leaf, streams, unspoken, taken_in, alive)
    for thing in pdf.objects:
        for entry in ("StructParents", "StructParent"):
            if isinstance(thing, pydyf.Dictionary) and entry in thing:
                thing[entry] = key_field(thing[entry])
    part["S"] = "/Part"
    for number in elements:
        if number not in alive or number in taken_in:
            pdf.objects[number].free = "f"
    return Structure(part.number, root.number, leaf.number, keys)


def _number(reference: bytes) -> int:
    return int(reference.partition(b" ")[0])


def _within(part: Element, elements: dict[int, Element]) -> set[int]:
    """The numbers of all elements below one, itself included."""
    found, waiting = {part.number}, [part]
    while waiting:
        for kid in _kids(waiting.pop(), elements):
            found.add(kid.number)
            waiting.append(kid)
    return found


def _kids(element: Element, elements: dict[int, Element]) -> Iterable[Element]:
    numbers = (_number(kid) for kid in element["K"] if isinstance(kid, bytes))
    return [elements[number] for number in numbers if number in elements]


def _silence(elements: Iterable[Element], unspoken: Mapping[bytes, Set[int]]) -> None:
    """Take marks that are not for reading aloud out of the elements, by the page that an element is on."""
    for element in elements:
        marks = unspoken.get(element.get("Pg"), frozenset())
        if marks:
            element["K"] = pydyf.Array(kid for kid in element["K"] if kid not in marks)


def _take_in(part: Element, elements: dict[int, Element]) -> dict[int, bytes]:
    """Take plain runs of text into the elements around them: what then stands for each that is gone."""
    taken_in: dict[int, bytes] = {}

    def tidy(element: Element) -> None:
        kids: list[object] = []
        for kid in element["K"]:
            below = elements.get(_number(kid)) if isinstance(kid, bytes) else None
            if below is None:
                kids.append(kid)
                continue
            tidy(below)
            plain = below["S"] in _PLAIN and not _OWN & below.keys()
            # Marked content belongs to a page; an element may name one page only.
            same_page = below.get("Pg") == element.get("Pg")
            if plain and same_page and all(isinstance(inner, int) for inner in below["K"]):
                kids += below["K"]
                taken_in[below.number] = element.reference
            else:
                kids.append(kid)
        element["K"] = pydyf.Array(kids)

    tidy(part)
    # What was taken into an element that was itself taken in stands where that one does.
    for number, around in taken_in.items():
        while _number(around) in taken_in:
            around = taken_in[_number(around)]
        taken_in[number] = around
    return taken_in


def _take_in_references(pdf: Any, alive: Set[int], elements: Mapping[int, Element]) -> None:
    """Write what leads from an element to a link into the element: a fifth of all objects is nothing else."""
    for number in alive:
        kids = elements[number]["K"]
        for place, kid in enumerate(kids):
            thing = pdf.objects[_number(kid)] if isinstance(kid, bytes) else None
            if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/OBJR":
                kids[place] = thing
                thing.free = "f"


def _set_apart(element: Element, name: str) -> None:
    """Head cells are named by ids, and an id must be one sheet's alone."""
    if "ID" in element:
        element["ID"] = pydyf.String(f"{name}-{element['ID'].string}")
    headers = element.get("A", {}).get("Headers")
    if headers:
        element["A"]["Headers"] = pydyf.Array(pydyf.String(f"{name}-{one.string}") for one in headers)


def _parents(
    leaf: Element,
    streams: Sequence[Any],
    unspoken: Sequence[Set[int]],
    taken_in: dict[int, bytes],
    alive: set[int],
) -> int:
    """Make the parent tree a leaf of a larger one; how many keys it has.

    Of a page's array, the place is the mark in its content; marks without an element become artifacts.
    """
    pairs = leaf["Nums"]
    rows = pydyf.Array()
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if key < len(streams):
            parents: list[object] = []
            loose: set[int] = set()
            for mark, parent in enumerate(value):
                if _number(parent) in alive and mark not in unspoken[key]:
                    parents.append(taken_in.get(_number(parent), parent))
                else:
                    parents.append("null")
                    loose.add(mark)
            _make_artifacts(streams[key], loose)
            rows += [key_field(key), pydyf.Array(parents)]
        else:
            rows += [key_field(key), taken_in.get(_number(value), value)]
    leaf.clear()
    keys = len(pairs) // 2
    leaf["Limits"] = pydyf.Array([key_field(0), key_field(keys - 1)])
    leaf["Nums"] = rows
    return keys


def _make_artifacts(stream: Any, loose: set[int]) -> None:
    """Marks in a page's contents, by number, become artifacts."""
    operations = stream.stream
    for place, operation in enumerate(operations):
        if operation == b"BDC" and operations[place - 1].get("MCID") in loose:
            operations[place - 2 : place + 1] = ["/Artifact", b"", b"BMC"]
