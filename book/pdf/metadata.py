"""The XMP packet of a PDF: title, authors and the promise of PDF/UA-1."""

from __future__ import annotations

from xml.sax.saxutils import escape

from book.model import GuideInfo


def xmp(info: GuideInfo) -> str:
    """The packet as XMP 1.0 writes it, in UTF-8. Nothing of a film is in it."""
    language = escape(info.language, {'"': "&quot;"})

    def of_language(name: str, text: str) -> str:
        if not text:
            return ""
        lines = "".join(
            f'<rdf:li xml:lang="{tag}">{escape(text)}</rdf:li>' for tag in ("x-default", language)
        )
        return f"<dc:{name}><rdf:Alt>{lines}</rdf:Alt></dc:{name}>"

    def listed(name: str, kind: str, texts: tuple[str, ...]) -> str:
        lines = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts if text)
        return f"<dc:{name}><rdf:{kind}>{lines}</rdf:{kind}></dc:{name}>" if lines else ""

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        + of_language("title", info.title)
        + listed("creator", "Seq", info.authors)
        + of_language("description", info.description)
        + listed("subject", "Bag", info.subjects)
        + listed("publisher", "Bag", (info.publisher,))
        + listed("language", "Bag", (info.language,))
        + "<pdfuaid:part>1</pdfuaid:part>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
