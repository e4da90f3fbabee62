"""Lay a shard out with WeasyPrint and take it apart again: Shard + Setting -> Sheet.

Two things are not left to it. Fonts: a sheet names the glyphs
it uses of each face, and `bind` embeds every face once for the whole book. Page numbers: they are
laid out as holes of the right width (see `holes`) and filled in by `bind`.

WeasyPrint's version is pinned in pyproject.toml, because `build_fonts_dictionary` is replaced and
`generate_pdf` is called here; tests compare the bound book with WeasyPrint's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pydyf

from book.findings import finding
from book.model import Finding, Setting, Shard
from book.pdf import columns, dissect, holes
from book.pdf.brisk import brisk
from book.pdf.gate import GUIDE
from book.pdf.sheet import FaceUse, HoleUse, Run, Sheet
from book.pdf.spelling import spelt_out
from book.pdf.structure import structure_of
from book.pdf.studio import Press, Studio, imported_weasyprint, listening, press_for, replaced

_SLOT = re.compile(r'(<span class="slot") data-to="([^"]+)">(</span>)')
_ROMAN = re.compile(r'(<span class="roman" data-to="#([^"]+)">)(</span>)')
_INTERNAL = re.compile(r'href="#([^"]+)"')


def paint(shard: Shard, setting: Setting, studio: Studio) -> Sheet:
    """Lay the shard out as it will stand in the book, its page numbers still open."""
    expected = 8 + len(shard.html) // 1_500
    while True:
        runs = _runs(shard, setting, expected)
        press = press_for(shard.css, studio, holes.room_for(runs), False)
        with brisk(imported_weasyprint()):
            document, logged = _render(shard, setting, studio, press, runs)
            if shard.carried:
                document.pages = document.pages[1:]
            if len(document.pages) <= expected or shard.numbering != "arabic":
                return _sheet(shard, document, runs, studio, press, logged)
        expected = len(document.pages) + 8


def measure(shard: Shard, setting: Setting, studio: Studio) -> columns.Measures:
    """Lay a stretch of an index out to learn the room that its page leaves, and how high its lines are."""
    runs = _runs(shard, setting, 1)
    press = press_for(shard.css, studio, holes.room_for(runs), False)

    def laid_out(html: str) -> Any:
        return _render(replace(shard, html=html), setting, studio, press, runs)[0]

    room = dissect.room_for_columns(laid_out(columns.to_learn_the_room(shard.html)))
    return columns.Measures(room, dissect.heights(laid_out(columns.to_be_measured(shard.html, room))))


def paint_job(studio: Studio, job: tuple[Shard, Setting]) -> Sheet:
    """`paint` as a worker is handed it."""
    return paint(*job, studio)


def layout_job(studio: Studio, job: tuple[Shard, Setting]) -> Sheet | columns.Measures:
    """`paint`, or `measure` where a shard is only to be measured, as a worker is handed them."""
    return measure(*job, studio) if job[0].measured else paint(*job, studio)


def _runs(shard: Shard, setting: Setting, page_count: int) -> tuple[Run, ...]:
    folios = range(setting.first, setting.first + page_count) if shard.numbering == "arabic" else ()
    return holes.runs_for(shard.slots, setting.digits, (len(str(number)) for number in folios))


# ------------------------------------------------------------------------------------ laying out


def _render(
    shard: Shard, setting: Setting, studio: Studio, press: Press, runs: tuple[Run, ...]
) -> tuple[Any, list[str]]:
    weasyprint = imported_weasyprint()
    by_anchor = {run.anchor: holes.characters(run) for run in runs if run.anchor}
    html = _SLOT.sub(lambda m: m[1] + ">" + by_anchor.get(unquote(m[2]), "") + m[3], shard.html)
    html = _ROMAN.sub(lambda m: m[1] + setting.romans.get(unquote(m[2]), "") + m[3], html)
    html = _INTERNAL.sub(rf'href="{dissect.LINK_SCHEME}\1"', html)
    folios = [holes.characters(run) for run in runs if not run.anchor]
    style = weasyprint.CSS(
        string=_setting_css(shard, setting, folios),
        font_config=press.fonts,
        counter_style=(counters := weasyprint.css.counters.CounterStyle()),
    )
    press.fetcher.gate.refused.clear()
    with listening() as logged:
        document = weasyprint.HTML(string=html, base_url=GUIDE, url_fetcher=press.fetcher).render(
            font_config=press.fonts, counter_style=counters, stylesheets=[*press.css, style]
        )
    return document, logged


def _setting_css(shard: Shard, setting: Setting, folios: list[str]) -> str:
    side = setting.side.across if shard.carried else setting.side
    css = f"html{{break-before:{side.value}}}"
    if shard.carried:  # what opened the first piece on a recto is of no account
        css += ":root body>:first-child{break-before:auto!important}"
    if shard.numbering == "roman":
        first = setting.first - shard.carried
        css += "@counter-style folio{system:extends lower-roman}"
        return css + (f"@page:first{{counter-reset:page {first}}}" if first > 1 else "")
    if shard.carried:  # the page that is left away is none of those that are counted
        css += "@page:first{counter-reset:page 0}"
    symbols = " ".join(f'"{text}"' for text in folios)
    return css + f"@counter-style folio{{system:fixed;symbols:{symbols}}}"


# ----------------------------------------------------------------------------------- taking apart


def _sheet(
    shard: Shard, document: Any, runs: tuple[Run, ...], studio: Studio, press: Press, logged: list[str]
) -> Sheet:
    uses: list[tuple[int, Any]] = []

    def stub_fonts(pdf: Any, fonts: Any, compress: bool, subset: bool, options: Any) -> Any:
        stubs = pydyf.Dictionary()
        for font in fonts.values():
            stub = pydyf.Dictionary({"Type": "/Font"})
            pdf.add_object(stub)
            uses.append((stub.number, font))
            stubs[font.hash] = stub.reference
        return stubs

    weasyprint = imported_weasyprint()
    document.fonts = dissect.Fonts()
    bookmarks = dissect.bookmarks(document)
    dissect.join_link_areas(document)
    for page in document.pages:
        page.bookmarks = []
    streams: list[Any] = []
    unspoken: list[frozenset[int]] = []
    tagged = weasyprint.pdf.add_tags

    def keep_streams(pdf: Any, document: Any, version: Any, page_streams: Any) -> None:
        streams.extend(page_streams)
        unspoken.extend(map(dissect.unspoken, page_streams))
        tagged(pdf, document, version, page_streams)

    spelt = spelt_out(weasyprint.draw.text.draw_first_line, weasyprint.text.ffi.ffi)
    with (
        listening() as painting,
        replaced(weasyprint.pdf, "build_fonts_dictionary", stub_fonts),
        replaced(weasyprint.pdf, "add_tags", keep_streams),
        replaced(weasyprint.pdf.fonts, "get_hb_object_data", press.file_of),
        replaced(weasyprint.draw.text, "draw_first_line", spelt),
    ):
        pdf = weasyprint.pdf.generate_pdf(
            document, None, 1, **{**weasyprint.DEFAULT_OPTIONS, "pdf_tags": True}
        )
    structure = structure_of(pdf, shard.name, streams, unspoken)
    targets = dissect.name_destinations(pdf, dissect.link_words(document))
    families = {row.family for row in studio.figures}
    faces = tuple(dissect.face_use(number, font) for number, font in uses if font.family not in families)
    supplied = {number for number, _ in uses} | {pdf.pages.number, structure.above}
    block, packed = dissect.objects(pdf, supplied)
    return Sheet(
        name=shard.name,
        size=len(pdf.objects) - 1,
        block=block,
        streams=packed,
        pages=tuple(pdf.pages["Kids"][::3]),
        pages_root=pdf.pages.number,
        boxes=dissect.boxes(pdf),
        structure=structure,
        faces=faces,
        holes=tuple(
            HoleUse(number, font.family, tuple(sorted(font.to_unicode)), next(iter(font.widths.values()), 0))
            for number, font in uses
            if font.family in families
        ),
        runs=tuple(run for run in runs if run.page < len(document.pages)),
        anchors=dissect.anchors(document),
        bookmarks=bookmarks,
        targets=targets,
        findings=_findings(
            shard, faces, [*logged, *painting], {**press.refused, **press.fetcher.gate.refused}
        ),
        openings=dissect.openings(document),
    )


def _findings(
    shard: Shard, faces: tuple[FaceUse, ...], logged: list[str], refused: Mapping[str, str]
) -> tuple[Finding, ...]:
    """What the writer should know: characters that no face has, what could not be read or was kept out."""
    lost = sorted({text for face in faces for text in face.missing.values()})
    found = []
    if lost:
        shown = " ".join(f"{text} (U+{ord(text):04X})" for text in lost[:8])
        found.append(
            finding(
                "F701",
                shard.place,
                f"no face of the theme has {shown}{' and more' if len(lost) > 8 else ''}",
                "write it another way, or add a face that has it to the theme",
            )
        )
    for address, why in sorted(refused.items()):
        message = f"{shard.name} shows {address.removeprefix(GUIDE)}, which {why}; it is kept out of the book"
        found.append(finding("F705", shard.place, message, "mend the entry, or the theme that asks for it"))
    kept_out = {_named(address) for address in refused}
    lost_pictures = dict.fromkeys(filter(None, map(_lost_picture, logged)))
    for picture in (each for each in lost_pictures if each not in kept_out):
        message = f"the picture {picture} could not be drawn, and its place is empty"
        found.append(finding("F702", shard.place, message, "open it in another program and save it anew"))
    return tuple(found)


def _lost_picture(message: str) -> str:
    """The file name of a picture that WeasyPrint says it could not load; empty for any other message."""
    match = re.match(r"Failed to load image at ['\"]([^'\"]+)['\"]", message)
    return _named(match[1]) if match else ""


def _named(address: str) -> str:
    """The file's own name in an address."""
    return unquote(urlsplit(address).path).rpartition("/")[2]


# ------------------------------------------------------------------------------------- other papers


def paint_drawing(file: str, width_px: int, height_px: int, studio: Studio) -> bytes | None:
    """An SVG of the project on a page of its own, as PDF; None where it cannot be drawn.

    `file` is relative to the project; a pixel is a 96th of an inch.
    """
    weasyprint = imported_weasyprint()
    css = (
        f"@page{{size:{width_px}px {height_px}px;margin:0}}"
        f"html,body{{margin:0}}img{{display:block;width:{width_px}px;height:{height_px}px}}"
    )
    press = press_for((css,), studio, 0, True)
    html = weasyprint.HTML(
        string=f'<img src="{quote(file)}" alt="">',
        base_url=GUIDE,
        url_fetcher=press.fetcher,
    )
    press.fetcher.gate.refused.clear()
    with listening() as logged:
        pdf: bytes = html.write_pdf(font_config=press.fonts, stylesheets=list(press.css))
    return None if any(map(_lost_picture, logged)) or press.fetcher.gate.refused else pdf


def paint_whole(shards: Sequence[Shard], studio: Studio, *, first_arabic: int, tagged: bool = False) -> bytes:
    """The PDF of a whole book, laid out by WeasyPrint in one document with numbers of its own.

    `first_arabic` is the page on which arabic numbering begins, counted from 1 through the file. Indexes may
    stand in their pieces. Slow and hungry for memory; it is what a bound book is held against.
    """
    weasyprint = imported_weasyprint()
    css = (
        "@counter-style folio{system:extends decimal}.slot::after{content:target-counter(attr(data-to),page)}"
        ".roman::after{content:target-counter(attr(data-to),page,lower-roman)}"
        f"@page :nth({first_arabic}){{counter-reset:page 1}}"
    )
    press = press_for(shards[0].css, studio, 0, True)
    style = weasyprint.CSS(
        string=css,
        font_config=press.fonts,
        counter_style=(counters := weasyprint.css.counters.CounterStyle()),
    )
    html = _SLOT.sub(r'\1 data-to="#\2">\3', _joined(shards))
    document = weasyprint.HTML(string=html, base_url=GUIDE, url_fetcher=press.fetcher).render(
        font_config=press.fonts, counter_style=counters, stylesheets=[*press.css, style]
    )
    dissect.join_link_areas(document)
    pdf: bytes = document.write_pdf(pdf_tags=tagged)
    return pdf


def _joined(shards: Sequence[Shard]) -> str:
    """The HTML of all shards as one document."""
    head = shards[0].html.partition("<body>")[0]
    wholes: list[list[str]] = []
    for shard in shards:
        if shard.carried:
            wholes[-1].append(shard.html)
        else:
            wholes.append([shard.html])
    bodies = [
        columns.put_together(pieces).partition("<body>")[2].partition("</body>")[0] for pieces in wholes
    ]
    return f"{head}<body>{''.join(bodies)}</body></html>"
