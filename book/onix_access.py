"""What a finished EPUB says of its accessibility, in the codes of ONIX: the file is read, not its makers."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

DETAIL, HAZARD = "09", "12"
"""Types of a product form feature, from list 79."""

_FEATURES = {
    "tableOfContents": "11",
    "index": "12",
    "readingOrder": "13",
    "alternativeText": "14",
    "longDescription": "15",
    "MathML": "17",
    "printPageNumbers": "19",
    "pageBreakMarkers": "19",
    "ttsMarkup": "21",
    "highContrastDisplay": "26",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
    "pageNavigation": "41",
}
"""schema.org's words for features, with their codes in list 196."""

_NO_HAZARD = {
    "none": "00",
    "noFlashingHazard": "14",
    "noSoundHazard": "16",
    "noMotionSimulationHazard": "18",
}
"""And for hazards, in list 143."""

_CONFORMS = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[0-2]) Level (A{1,3})")
_VERSIONS = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVELS = {"A": "84", "AA": "85", "AAA": "86"}


def accessibility_codes(epub: bytes) -> tuple[tuple[str, str, str], ...]:
    """Type, code and words (or none) of every feature, in the order of the codes, each once."""
    with zipfile.ZipFile(BytesIO(epub)) as archive:
        package, name = _package(archive)
        documents = dict(_documents(archive, package, name))
    found = set(_codes(package))
    if documents and all(root.get(_LANGUAGE) for root in documents.values()):
        found.add((DETAIL, "22", ""))
    navigation = "".join(
        etree.tostring(root, encoding="unicode") for root in documents.values() if _is_nav(root)
    )
    if 'epub:type="landmarks"' in navigation:
        found.add((DETAIL, "32", ""))
    return tuple(sorted(found))


_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"


def _is_nav(root: etree._Element) -> bool:
    return any(nav.get(_TYPE) == "toc" for nav in root.iter("{*}nav"))


def _package(archive: zipfile.ZipFile) -> tuple[etree._Element, str]:
    container = _parsed(archive.read("META-INF/container.xml"))
    name = next((file.get("full-path", "") for file in container.iter("{*}rootfile")), "")
    return _parsed(archive.read(name)), name


def _documents(
    archive: zipfile.ZipFile, package: etree._Element, name: str
) -> Iterator[tuple[str, etree._Element]]:
    for item in package.iterfind("{*}manifest/{*}item"):
        if item.get("media-type") == "application/xhtml+xml":
            file = posixpath.join(posixpath.dirname(name), item.get("href", ""))
            yield file, _parsed(archive.read(file))


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _codes(package: etree._Element) -> Iterator[tuple[str, str, str]]:
    """What the package file says."""
    for meta in package.iterfind("{*}metadata/{*}meta"):
        said = " ".join((meta.text or "").split())
        match meta.get("property", ""):
            case "schema:accessibilityFeature" if said in _FEATURES:
                yield DETAIL, _FEATURES[said], ""
            case "schema:accessibilityHazard" if said in _NO_HAZARD:
                yield HAZARD, _NO_HAZARD[said], ""
            case "schema:accessibilitySummary":
                yield DETAIL, "00", said
            case "schema:accessModeSufficient" if said == "textual":
                yield DETAIL, "52", ""
            case "dcterms:conformsTo":
                yield from _conformance(said)


def _conformance(said: str) -> Iterator[tuple[str, str, str]]:
    match = _CONFORMS.search(said)
    if match:
        for code in ("04", _VERSIONS[match[1]], _LEVELS[match[2]]):
            yield DETAIL, code, ""
