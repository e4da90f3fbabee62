"""What a file says of itself: the keys of PDF/X, and the condition that it was made for.

Reference: ISO 15930-1:2001 (X-1a), ISO 15930-3:2002 (X-3), ISO 15930-7:2010 (X-4).
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from html import escape
from typing import Any

import pikepdf

from book import __version__
from book.press.inks import profile_name
from book.press.ticket import OUR_CONDITION, Ticket

VERSIONS = {"x-1a:2001": "1.3", "x-3:2002": "1.3", "x-4": "1.6"}
"""The version of PDF that each standard is written in."""

NEITHER_STREAMS_NOR = frozenset({"x-1a:2001", "x-3:2002"})
"""Standards of PDF 1.3, which knows no object streams."""

_WORDS = {"x-1a:2001": "PDF/X-1:2001", "x-3:2002": "PDF/X-3:2002", "x-4": "PDF/X-4"}


def declare(pdf: pikepdf.Pdf, ticket: Ticket) -> None:
    """Write the information dictionary, and what the standard of the printer asks for beside it.

    Nothing is said of PDF/UA any more, for a file for the press is not for reading aloud.
    """
    standard = ticket.printer.file.standard
    root: Any = pdf.Root
    for entry in ("/Metadata", "/OutputIntents"):
        if entry in root:
            del root[entry]
    _inform(pdf, ticket)
    if not standard:
        return
    root.OutputIntents = pikepdf.Array([_intent(pdf, ticket)])
    if standard == "x-4":
        packet = pdf.make_stream(_xmp(ticket).encode())
        packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        root.Metadata = pdf.make_indirect(packet)


def _inform(pdf: pikepdf.Pdf, ticket: Ticket) -> None:
    standard = ticket.printer.file.standard
    date = ticket.created.strftime("D:%Y%m%d%H%M%SZ")
    entries = {
        "/Title": ticket.title,
        "/Author": ticket.authors,
        "/Creator": f"filmguide {__version__}",
        "/Producer": f"filmguide {__version__}",
        "/CreationDate": date,
        "/ModDate": date,
        "/GTS_PDFXVersion": _WORDS.get(standard, ""),
        "/GTS_PDFXConformance": "PDF/X-1a:2001" if standard == "x-1a:2001" else "",
    }
    facts = pikepdf.Dictionary()
    for key, value in entries.items():
        if value:
            facts[key] = pikepdf.String(value)
    facts["/Trapped"] = pikepdf.Name("/False")  # nothing overlaps by a hair to hide a misprint
    pdf.trailer["/Info"] = pdf.make_indirect(facts)


def _intent(pdf: pikepdf.Pdf, ticket: Ticket) -> pikepdf.Dictionary:
    """The press that the file was made for: one that the registry knows by name, or the writer's profile."""
    intent = pikepdf.Dictionary(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFX)
    if not ticket.profile:
        intent.OutputConditionIdentifier = pikepdf.String(OUR_CONDITION)
        intent.OutputCondition = pikepdf.String("Offset printing on coated paper, ISO 12647-2:2004")
        intent.RegistryName = pikepdf.String("http://www.color.org")
        intent.Info = pikepdf.String("Coated FOGRA39 (ISO 12647-2:2004)")
        return intent
    name = profile_name(ticket.profile)
    profile = pdf.make_stream(ticket.profile)
    profile.N = 4
    intent.OutputConditionIdentifier = pikepdf.String("Custom")
    intent.OutputCondition = intent.Info = pikepdf.String(name)
    intent.DestOutputProfile = pdf.make_indirect(profile)
    return intent


def _xmp(ticket: Ticket) -> str:
    """What PDF/X-4 wants to be told in XML; the file's names follow from what it is, not from chance."""
    date = _iso(ticket.created)
    name = hashlib.sha256(f"{ticket.title}\0{ticket.authors}\0{ticket.name}\0{date}".encode()).hexdigest()
    uuid = f"uuid:{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:32]}"
    return f"""<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(ticket.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(ticket.authors)}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>filmguide {__version__}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>filmguide {__version__}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmpMM:DocumentID>{uuid}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _iso(date: datetime) -> str:
    return date.strftime("%Y-%m-%dT%H:%M:%SZ")
