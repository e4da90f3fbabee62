"""The bound book against the same book laid out by WeasyPrint in one document: pages as pictures, and time.

Run it in a guide's folder, or name one: `.venv/bin/python benchmarks/one_document.py [DIR] [--theme NAME]`.
Wants the packages of the test extra. Both are laid out on one core, so the times compare.
"""

import argparse
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2
from PIL import ImageChops

from book.compose import compose
from book.pdf.bind import bind
from book.pdf.layout import lay_out
from book.pdf.paint import layout_job, paint_whole
from book.pdf.studio import Studio
from book.reading import read_guide
from book.themes import find_theme
from book.workers import weave

SCALE = 1.2  # of 72 dpi: fine enough to see a comma move


def differing_pages(one: bytes, other: bytes) -> list[int]:
    """The pages that do not look alike, counted from 1; all of them where the books differ in length."""
    pdfs = [pypdfium2.PdfDocument(file) for file in (one, other)]
    if len(pdfs[0]) != len(pdfs[1]):
        return list(range(1, max(map(len, pdfs)) + 1))
    return [
        number + 1
        for number in range(len(pdfs[0]))
        if ImageChops.difference(
            *(pdf[number].render(scale=SCALE).to_pil().convert("L") for pdf in pdfs)
        ).getbbox()
    ]


def main() -> None:
    """Print pages, differing pages, and the seconds that each way took."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", default=".", type=Path)
    options.add_argument("--theme", default="")
    asked = options.parse_args()
    reading = read_guide(asked.folder)
    if reading.guide is None:
        raise SystemExit("The guide has errors; filmguide check names them.")
    name = asked.theme or reading.project.print.theme
    project = replace(reading.project, print=replace(reading.project.print, theme=name))
    theme = find_theme(name, project.root)
    studio = Studio(project.root.resolve(), theme.faces, theme.figures)

    began = time.perf_counter()
    shards = compose(reading.guide, project, theme)
    layout = lay_out(shards, lambda strands, _: weave(partial(layout_job, studio), strands))
    facts = (layout.shards, layout.sheets, layout.standings, reading.guide.info)
    bound = bind(*facts, theme.faces, theme.figures).file
    bound_s = time.perf_counter() - began

    first = next(
        place.first
        for shard, place in zip(layout.shards, layout.standings, strict=True)
        if shard.numbering == "arabic"
    )
    began = time.perf_counter()
    whole = paint_whole(layout.shards, studio, first_arabic=first + 1)
    whole_s = time.perf_counter() - began

    pages = len(pypdfium2.PdfDocument(bound))
    print(f"{pages} pages, differing: {differing_pages(bound, whole) or 'none'}")
    print(f"bound {bound_s:.1f} s, in one document {whole_s:.1f} s; {len(bound)} and {len(whole)} bytes")


if __name__ == "__main__":
    main()
