"""Whether a file opens, what a printer forbids in it, and whether it says what its standard wants it to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf

from book.preflight.asked import Asked, Look, counted, on_pages
from book.preflight.contents import Drawn

_VERSIONS = {"x-1a:2001": ("1.3",), "x-3:2002": ("1.3",), "x-4": ("1.4", "1.5", "1.6")}
_WORDS = {"x-1a:2001": "PDF/X-1:2001", "x-3:2002": "PDF/X-3:2002", "x-4": "PDF/X-4"}


def opened(asked: Asked, content: bytes) -> tuple[pikepdf.Pdf | None, Look]:
    """The file taken apart, and how that went; None where nothing else can be looked at."""
    again = "Build the file anew; if that does not help, please report it."
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError:
        message = f"{asked.name} is locked with a password."
        found = asked.wrong("F960", message, "Save it without one: no printer can open it.")
        return None, Look("opens", "locked with a password", (found,))
    except pikepdf.PdfError as error:
        found = asked.wrong("F960", f"{asked.name} cannot be opened: {_first(str(error))}.", again)
        return None, Look("opens", "cannot be opened", (found,))
    told = [str(each) for each in (*pdf.get_warnings(), *pdf.check_pdf_syntax())]
    findings = []
    if told:
        more = f" (and {len(told) - 1:,} more faults)" if len(told) > 1 else ""
        findings.append(asked.wrong("F960", f"{asked.name} is damaged: {_first(told[0])}{more}.", again))
    if pdf.is_encrypted:
        hint = "Save it without encryption: a printer must be able to change it."
        findings.append(asked.wrong("F960", f"{asked.name} is encrypted.", hint))
    most = asked.printer.file.most_bytes
    size = f"{len(content) / 1e6:.1f} MB" if len(content) >= 100_000 else f"{len(content) / 1e3:.0f} kB"
    if most and len(content) > most:
        message = f"{asked.name} has {size}, and the printer takes {most / 1e6:,.0f} MB."
        findings.append(
            asked.wrong("F960", message, "Use smaller pictures, or part the guide into editions.")
        )
    if not len(pdf.pages):
        findings.append(asked.wrong("F960", f"{asked.name} has no page.", again))
        return None, Look("opens", "no page", tuple(findings))
    said = f"PDF {pdf.pdf_version}, {counted(len(pdf.pages), 'page')}, {size}"
    return pdf, Look("opens", said, tuple(findings))


def forbidden(asked: Asked, pdf: pikepdf.Pdf, drawn: Sequence[Drawn]) -> Look:
    """What the printer will not have in a file: annotations, outline, scripts, attachments and the like."""
    there: dict[str, str] = {}  # what -> in words, with pages
    root: Any = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    noted = [number for number, page in enumerate(pdf.pages, 1) if len(page.obj.get("/Annots", ()))]
    if noted or "/AcroForm" in root:
        there["annotations"] = f"links or notes on {on_pages(noted)}" if noted else "fields to be filled in"
    if "/First" in root.get("/Outlines", {}):
        there["outline"] = "an outline"
    acting = [number for number, page in enumerate(pdf.pages, 1) if "/AA" in page.obj]
    if acting or "/AA" in root or "/JavaScript" in names or _is_action(root.get("/OpenAction")):
        there["scripts"] = "a script, or something else that acts by itself"
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        there["attachments"] = "an attached file"
    if "/OCProperties" in root:
        there["layers"] = "layers that can be switched off"
    veiled = [each.number for each in drawn if each.veils]
    if veiled:
        kinds = sorted({veil for each in drawn for veil in each.veils})
        there["transparency"] = f"{kinds[0]} on {on_pages(veiled)}"
    hints = {
        "transparency": "Take opacity, blending and colours with an alpha out of the theme's CSS.",
    }
    findings = tuple(
        asked.wrong("F969", f"{asked.name} has {words}; the printer takes none.", hints.get(what, _REBUILD))
        for what, words in there.items()
        if asked.forbids(what)
    )
    wanted = [
        what for what in sorted(asked.printer.file.forbidden) if what not in {"rgb", "encryption", "marks"}
    ]
    return Look("nothing forbidden", f"looked for {', '.join(wanted) or 'nothing'}", findings)


_REBUILD = "Build the file for this printer; a PDF for screens is not for print."


def _is_action(action: Any) -> bool:
    """Whether opening the file does more than show a page."""
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) != "/GoTo"


def standard(asked: Asked, pdf: pikepdf.Pdf) -> Look:
    """The keys of PDF/X, its output intent and the file's identifier."""
    wanted = asked.standard
    if not wanted:
        return Look("PDF/X", "not asked for")
    faults = tuple(_against(wanted, pdf))
    findings = tuple(
        asked.wrong("F970", f"{asked.name} is no {_WORDS[wanted]}: {fault}.", _REBUILD) for fault in faults
    )
    return Look("PDF/X", f"{_WORDS[wanted]}, {_condition(pdf) or 'no printing condition'}", findings)


def _against(wanted: str, pdf: pikepdf.Pdf) -> Iterator[str]:
    """What speaks against the standard, each as part of a sentence."""
    info: Any = pdf.trailer.get("/Info", pikepdf.Dictionary())
    declared = str(info.get("/GTS_PDFXVersion", ""))
    metadata = pdf.Root.get("/Metadata")
    packet = metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""
    if wanted == "x-4":
        said = re.search(r"GTS_PDFXVersion[^>]*>\s*([^<\s]+)|GTS_PDFXVersion=\"([^\"]+)", packet)
        declared = (said[1] or said[2]) if said else ""
    if declared != _WORDS[wanted]:
        yield f"it says {declared or 'nothing'} of itself"
    if wanted == "x-1a:2001" and str(info.get("/GTS_PDFXConformance", "")) != "PDF/X-1a:2001":
        yield "its conformance is not PDF/X-1a:2001"
    if pdf.pdf_version not in _VERSIONS[wanted]:
        yield f"it is written in PDF {pdf.pdf_version} instead of {_VERSIONS[wanted][-1]}"
    if "/ID" not in pdf.trailer:
        yield "it has no identifier"
    if not str(info.get("/Title", "")):
        yield "it has no title"
    if str(info.get("/Trapped", "")) not in {"/True", "/False"}:
        yield "it does not say whether it is trapped"
    if wanted != "x-4" and _has_object_streams(pdf):
        yield "it has streams of objects, which PDF 1.3 does not know"
    yield from _of_intents(pdf)


def _of_intents(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [each for each in pdf.Root.get("/OutputIntents", ()) if str(each.get("/S")) == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"it has {counted(len(intents), 'output intent')}" if intents else "it has no output intent"
        return
    intent = intents[0]
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield "its output intent names no printing condition"
    profile = intent.get("/DestOutputProfile")
    if profile is None and "/RegistryName" not in intent:
        yield "its output intent has neither a registry nor a profile"
    if isinstance(profile, pikepdf.Stream) and profile.read_bytes()[16:20] != b"CMYK":
        yield "the profile of its output intent is not for four inks"


def _condition(pdf: pikepdf.Pdf) -> str:
    intents: Iterable[Any] = pdf.Root.get("/OutputIntents", ())
    return next((str(each.get("/OutputConditionIdentifier", "")) for each in intents), "")


def _has_object_streams(pdf: pikepdf.Pdf) -> bool:
    return any(
        isinstance(thing, pikepdf.Stream) and str(thing.get("/Type")) in {"/ObjStm", "/XRef"}
        for thing in pdf.objects
    )


def _first(text: str) -> str:
    """The first line of what qpdf says, without the name that it has for bytes."""
    line = text.strip().splitlines()[0] if text.strip() else "no reason is given"
    return re.sub(r"^[^:]*<_io\.BytesIO[^>]*>[^:]*:?\s*", "", line).rstrip(".")
