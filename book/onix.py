"""A guide as the book trade's message: ONIX for Books 3.0 or 3.1, one product for each format.

A product is written as tuples, (element, content), in the order that ONIX wants; elements without content are
left out. Codes are those of its code lists. Nothing is claimed that the finished files do not bear out: page
counts come from the manifest, accessibility from the EPUB itself.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import langcodes
from lxml import etree

from book.config import Project
from book.editions import FORMATS
from book.filing import split_article
from book.model import BookError, Guide, GuideInfo, Manifest
from book.onix_access import accessibility_codes
from book.retail import AUDIENCES, NO_TAX, ROLES, credited, isbn13, safe_keywords, subjects_of

VERSIONS = ("3.0", "3.1")
LONGEST_SHORT_TEXT = 350
"""Characters of a short description, by the code list itself."""

LONGEST_KEYWORDS = 500

Node = tuple[str, "str | Sequence[Node] | None"]
"""An element: its text, its children, or None for one that says everything by being there."""

_SCHEMES = {"BISAC": "10", "Thema": "93"}
_QUALIFIERS = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
"""Thema's codes that begin with a digit qualify others: place, language, time, education, age, style."""


@dataclass(frozen=True, slots=True)
class Product:
    """One format of a guide: `kind` is pdf, which stands for the printed book, or epub."""

    kind: str
    isbn: str
    reference: str
    prices: Mapping[str, str]

    @property
    def form(self) -> str:
        """List 150: a paperback, or a file to be downloaded."""
        return "BC" if self.kind == "pdf" else "ED"


def onix(
    guide: Guide,
    project: Project,
    manifest: Manifest | None,
    version: str,
    sent: datetime,
    *,
    epub: bytes | None = None,
    formats: Sequence[str] = FORMATS,
    cover_link: str = "",
) -> bytes:
    """The message about one edition of a guide, the same bytes for the same input.

    `manifest` is that of the bound book, None where nobody knows its pages, and `epub` the finished file.
    `sent` without a time zone is UTC; what is published after it is forthcoming, unless guide.toml says
    otherwise. `cover_link` is where the cover may be fetched. Raises BookError for another version.
    """
    if version not in VERSIONS:
        raise BookError(f"There is no ONIX {version} here.", f"Ask for {' or '.join(VERSIONS)}.")
    sent = sent.replace(tzinfo=UTC) if sent.tzinfo is None else sent.astimezone(UTC)
    sheet = _Sheet(guide, project, manifest, sent, epub, cover_link, _products(guide, project, formats))
    namespace = f"http://ns.editeur.org/onix/{version}/reference"
    root = etree.Element(f"{{{namespace}}}ONIXMessage", nsmap={None: namespace}, release=version)  # type: ignore[dict-item]
    _write(root, [("Header", list(sheet.header()))], namespace)
    for product in sheet.products:
        _write(root, [("Product", list(sheet.product(product)))], namespace)
    text: bytes = etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)
    return text


def _products(guide: Guide, project: Project, formats: Sequence[str]) -> tuple[Product, ...]:
    info = guide.info
    # By slug and title alone, so that a record with an ISBN still updates the one that had none.
    name = uuid.uuid5(uuid.NAMESPACE_DNS, f"filmguide/{info.slug}/{info.title}")
    known = {
        "pdf": (info.isbn_print, project.print.prices),
        "epub": (info.isbn_ebook, project.ebook.prices),
    }
    return tuple(
        Product(kind, isbn13(isbn), f"{name}-{'print' if kind == 'pdf' else 'epub'}", own or project.prices)
        for kind, (isbn, own) in known.items()
        if kind in formats
    )


def _write(parent: etree._Element, nodes: Sequence[Node], namespace: str) -> None:
    for name, content in nodes:
        if content is not None and not content:
            continue
        element = etree.SubElement(parent, f"{{{namespace}}}{name}")
        if isinstance(content, str):
            element.text = _fit(content)
        elif content is not None:
            _write(element, content, namespace)


def _fit(text: str) -> str:
    """The text without what no XML may hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything that a record is filled in from."""

    guide: Guide
    project: Project
    manifest: Manifest | None
    sent: datetime
    epub: bytes | None
    cover_link: str
    products: tuple[Product, ...]

    @property
    def info(self) -> GuideInfo:
        return self.guide.info

    @property
    def house(self) -> str:
        """Who publishes: the writer's own name where no publisher has one."""
        return self.info.publisher or ", ".join(self.info.authors) or self.info.title

    @property
    def forthcoming(self) -> bool:
        """Whether the book is still to come out."""
        if self.info.status:
            return self.info.status == "forthcoming"
        return self.info.published is not None and self.info.published > self.sent.date()

    def header(self) -> Iterator[Node]:
        """Who sends the message, and when."""
        yield "Sender", [("SenderName", self.house)]
        yield "SentDateTime", self.sent.strftime("%Y%m%dT%H%M%SZ")
        yield "DefaultLanguageOfText", _language_code(self.info.language)

    def product(self, product: Product) -> Iterator[Node]:
        """A whole record."""
        yield "RecordReference", product.reference
        yield "NotificationType", "02" if self.forthcoming else "03"
        for identifier in _identifiers(product):
            yield "ProductIdentifier", identifier
        yield "DescriptiveDetail", list(self._description(product))
        yield "CollateralDetail", list(self._collateral())
        yield "PublishingDetail", list(self._publishing())
        related = [each for each in self.products if each is not product]
        yield "RelatedMaterial", [node for each in related for node in _relation(product, each)]
        yield "ProductSupply", [("SupplyDetail", list(self._supply(product)))]

    # ------------------------------------------------------------------------- what the book is

    def _description(self, product: Product) -> Iterator[Node]:
        info = self.info
        yield "ProductComposition", "00"
        yield "ProductForm", product.form
        if product.kind == "epub":
            yield "ProductFormDetail", "E101"
            yield (
                "ProductFormFeature",
                [("ProductFormFeatureType", "15"), ("ProductFormFeatureValue", "101F")],
            )
            yield from self._accessibility()
        yield "PrimaryContentType", "10"
        if product.kind == "pdf":
            yield from _measures(self.project)
        else:
            yield "EpubTechnicalProtection", "00"
        yield from self._series()
        yield from self._title()
        yield from self._contributors()
        yield ("EditionStatement", info.edition) if info.edition else ("NoEdition", None)
        yield "Language", [("LanguageRole", "01"), *_language(info.language)]
        for kind, value, unit in self._extents(product):
            yield "Extent", [("ExtentType", kind), ("ExtentValue", value), ("ExtentUnit", unit)]
        yield from self._subjects()
        yield "Audience", [("AudienceCodeType", "01"), ("AudienceCodeValue", AUDIENCES[info.audience])]

    def _accessibility(self) -> Iterator[Node]:
        for kind, code, words in accessibility_codes(self.epub) if self.epub else ():
            yield (
                "ProductFormFeature",
                [
                    ("ProductFormFeatureType", kind),
                    ("ProductFormFeatureValue", code),
                    ("ProductFormFeatureDescription", words),
                ],
            )

    def _series(self) -> Iterator[Node]:
        series = self.info.series
        if series is None:
            return
        title = [("TitleElementLevel", "02"), ("PartNumber", series.number), *self._words(series.name)]
        yield (
            "Collection",
            [("CollectionType", "10"), ("TitleDetail", [("TitleType", "01"), ("TitleElement", title)])],
        )

    def _title(self) -> Iterator[Node]:
        title = [("TitleElementLevel", "01"), *self._words(self.info.title), ("Subtitle", self.info.subtitle)]
        yield "TitleDetail", [("TitleType", "01"), ("TitleElement", title)]

    def _words(self, title: str) -> Iterator[Node]:
        """A title with its article apart, as shops file it."""
        article, rest = split_article(title, (self.info.language,))
        if article and not article.endswith(("'", "’")):
            yield "TitlePrefix", article
            yield "TitleWithoutPrefix", rest
        else:
            yield "TitleText", title

    def _contributors(self) -> Iterator[Node]:
        if not credited(self.info):
            yield "NoContributor", None
        for number, each in enumerate(credited(self.info), 1):
            roles = [("ContributorRole", ROLES[role].onix) for role in each.roles]
            name: list[Node] = [("CorporateName", each.name)]
            if not each.organisation:
                name = [("PersonName", each.name), ("PersonNameInverted", each.file_as)]
            yield "Contributor", [("SequenceNumber", str(number)), *roles, *name]

    def _extents(self, product: Product) -> Iterator[tuple[str, str, str]]:
        """Type, value and unit of lists 23 and 24."""
        if self.manifest is not None:
            arabic = [int(page.label) for page in self.manifest.pages if page.label.isdecimal()]
            roman = [page for page in self.manifest.pages if page.label and not page.label.isdecimal()]
            filled = sum(1 for page in self.manifest.pages if page.label)
            if product.kind == "pdf":
                yield "00", str(max(arabic, default=0)), "03"
                if roman:
                    yield "03", str(len(roman)), "03"
                yield "11", str(filled), "03"
                yield "06", str(len(self.manifest.pages)), "03"
            elif any(each.kind == "pdf" for each in self.products):
                yield "08", str(filled), "03"
        if product.kind == "epub" and self.epub:
            yield "22", str(-(-len(self.epub) // 1024)), "18"

    def _subjects(self) -> Iterator[Node]:
        main: set[str] = set()
        for subject in subjects_of(self.info):
            if not subject.scheme:
                continue
            scheme = _SCHEMES[subject.scheme]
            if subject.scheme == "Thema":
                scheme = _QUALIFIERS.get(subject.code[0], scheme)
            nodes: list[Node] = [
                ("SubjectSchemeIdentifier", scheme),
                ("SubjectCode", subject.code),
                ("SubjectHeadingText", subject.heading),
            ]
            # The first of each scheme is the one that a shop shelves by.
            first = scheme in _SCHEMES.values() and scheme not in main
            main.add(scheme)
            yield "Subject", [("MainSubject", None), *nodes] if first else nodes
        words = [each.code for each in subjects_of(self.info) if not each.scheme]
        keywords = _joined((*words, *safe_keywords(self.info, self.guide.films)))
        if keywords:
            yield "Subject", [("SubjectSchemeIdentifier", "20"), ("SubjectHeadingText", keywords)]

    # ------------------------------------------------------------------ what is said and sold of it

    def _collateral(self) -> Iterator[Node]:
        for kind, text in (
            ("02", short_text(self.info.description)),
            ("03", self.info.description),
            ("37", self.info.cover_line),
        ):
            if text:
                yield "TextContent", [("TextType", kind), ("ContentAudience", "00"), ("Text", text)]
        if self.cover_link:
            version = [("ResourceForm", "02"), ("ResourceLink", self.cover_link)]
            yield (
                "SupportingResource",
                [
                    ("ResourceContentType", "01"),
                    ("ContentAudience", "00"),
                    ("ResourceMode", "03"),
                    ("ResourceVersion", version),
                ],
            )

    def _publishing(self) -> Iterator[Node]:
        yield "Publisher", [("PublishingRole", "01"), ("PublisherName", self.house)]
        # Without a date nobody can say that a book is out, but then nobody sells it either.
        yield "PublishingStatus", "02" if self.forthcoming else "04"
        if self.info.published:
            yield "PublishingDate", [("PublishingDateRole", "01"), ("Date", f"{self.info.published:%Y%m%d}")]

    def _supply(self, product: Product) -> Iterator[Node]:
        yield "Supplier", [("SupplierRole", "00"), ("SupplierName", self.house)]
        yield "ProductAvailability", "10" if self.forthcoming else "20"
        if self.forthcoming and self.info.published:
            yield "SupplyDate", [("SupplyDateRole", "08"), ("Date", f"{self.info.published:%Y%m%d}")]
        if not product.prices:
            yield "UnpricedItemType", "02"
        for currency, amount in product.prices.items():
            if not float(amount):
                yield "Price", [("UnpricedItemType", "01"), ("CurrencyCode", currency)]
                continue
            kind = "01" if currency in NO_TAX else "02"
            yield "Price", [("PriceType", kind), ("PriceAmount", amount), ("CurrencyCode", currency)]


def _identifiers(product: Product) -> list[list[Node]]:
    """The ISBN, also as the number under a barcode; a name of our own where there is none."""
    if product.isbn:
        return [[("ProductIDType", kind), ("IDValue", product.isbn)] for kind in ("03", "15")]
    own: list[Node] = [("ProductIDType", "01"), ("IDTypeName", "filmguide"), ("IDValue", product.reference)]
    return [own]


def _relation(product: Product, other: Product) -> Iterator[Node]:
    """Another format of the same guide; an e-book is also the print's own, and the other way round."""
    own = "13" if product.kind == "epub" else "27"
    identifiers: list[Node] = [("ProductIdentifier", each) for each in _identifiers(other)]
    codes: list[Node] = [("ProductRelationCode", "06"), ("ProductRelationCode", own)]
    yield "RelatedProduct", [*codes, *identifiers, ("ProductForm", other.form)]


def _measures(project: Project) -> Iterator[Node]:
    for kind, side in (("01", project.print.trim_height_mm), ("02", project.print.trim_width_mm)):
        yield (
            "Measure",
            [("MeasureType", kind), ("Measurement", f"{side:.0f}"), ("MeasureUnitCode", "mm")],
        )


def _language(tag: str) -> Iterator[Node]:
    yield "LanguageCode", _language_code(tag)
    territory = langcodes.Language.get(tag).territory or ""
    if re.fullmatch(r"[A-Z]{2}", territory):
        yield "CountryCode", territory


def _language_code(tag: str) -> str:
    """The three letters that librarians use: ger, not deu."""
    try:
        return langcodes.Language.get(tag).to_alpha3(variant="B")
    except LookupError:
        return "und"


def _joined(words: Sequence[str]) -> str:
    """Keywords in one line, as many as a shop reads."""
    line = ""
    for word in dict.fromkeys(words):
        longer = f"{line}; {word}" if line else word
        if len(longer) > LONGEST_KEYWORDS:
            break
        line = longer
    return line


def short_text(description: str) -> str:
    """As many whole sentences from the beginning as a short description has room for; empty if none."""
    if len(description) <= LONGEST_SHORT_TEXT:
        return description
    ends = [match.end() for match in re.finditer(r"[.!?…][\"”’»)]*(?=\s)|[。！？][」』]?", description)]
    fitting = [end for end in ends if end <= LONGEST_SHORT_TEXT]
    return description[: fitting[-1]] if fitting else ""
