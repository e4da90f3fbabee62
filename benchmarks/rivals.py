"""The same book for other programs: sources for Typst and pandoc, and WeasyPrint in one document.

Called by speed.py, each in a process of its own, so that what is measured is theirs alone:

    python rivals.py sources GUIDE INTO         INTO/guide.typ and INTO/guide.md
    python rivals.py one-document GUIDE PDF     what filmguide would be without binding page numbers late
    python rivals.py typst SOURCE PDF           the whole of what a Typst user waits for

What filmguide does beyond laying out (checks, looking at the finished file) is not asked of the others.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # to compile with Typst, nothing of ours must be loaded
    from book.model import Chapter, Film, Guide, Index, IndexEntry, Section

TYPST_BOOK = r"""
#set document(title: [TITLE])
#set page(width: 6in, height: 9in, numbering: "i",
  margin: (top: 22.4mm, bottom: 24mm, inside: 20.6mm, outside: 17.5mm))
#set text(font: ("EB Garamond", "Noto Serif", "Noto Sans CJK TC", "Frank Ruhl Libre", "Noto Sans Arabic",
  "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Tamil", "Noto Sans Telugu"),
  size: 10.3pt, lang: LANGUAGE, hyphenate: true,
  number-type: "old-style", top-edge: 0.75em, bottom-edge: -0.25em)
#set par(justify: true, leading: 3.1pt, spacing: 3.1pt, first-line-indent: 1.2em)
#set heading(outlined: true)
#show heading: set text(weight: "regular", hyphenate: false)
#show heading.where(level: 1): set text(size: 28pt)
#show heading.where(level: 2): set text(size: 25pt)
#show heading.where(level: 3): it => block(above: 13.4pt, below: 4pt, smallcaps(text(size: 10.8pt, it.body)))
#show heading.where(level: 4): it => block(above: 9pt, below: 1.5pt, emph(text(size: 10.3pt, it.body)))
#let where(slug) = context link(label(slug), str(counter(page).at(label(slug)).first()))
#let heads(verso, recto) = context {
  set text(size: 9pt)
  if calc.even(counter(page).get().first()) { smallcaps(verso) } else { align(right, emph(recto)) }
}
#let opener(slug, title, films) = {
  pagebreak(weak: true, to: "odd")
  [#heading(level: 1, title) #label(slug)]
  v(27pt)
  for (film, name) in films {
    block(spacing: 3.1pt)[#link(label(film), name) #box(width: 1fr, repeat[ .]) #where(film)]
  }
  pagebreak()
}
#let film(slug, chapter, title, by, brief, rows, safe, similar, told) = page(header: heads(chapter, title))[
  #heading(level: 2, title) #label(slug)
  #emph(by)
  #block(width: 100%, stroke: (y: 0.6pt), inset: (y: 5pt), above: 12pt, below: 13.4pt)[
    #set text(size: 9pt)
    #set par(justify: false, first-line-indent: 0pt)
    #brief
    #table(columns: (22%, 1fr), stroke: none, inset: (x: 0pt, y: 0.5pt),
      ..rows.map(row => (emph(row.at(0)), row.at(1))).flatten())
  ]
  #safe
  #if similar.len() > 0 {
    heading(level: 3, outlined: false)[Films like it]
    set text(size: 9.6pt)
    set par(justify: false, first-line-indent: 0pt)
    table(columns: (1fr, 2.6em), inset: (x: 0pt, y: 1.6pt),
      stroke: (x, y) => if y > 0 { (top: 0.3pt) }, align: (left, right),
      ..similar.map(like => (
        if like.at(0) == none { like.at(1) } else { link(label(like.at(0)), like.at(1)) },
        if like.at(0) == none [–] else { where(like.at(0)) })).flatten())
  }
  #if told != none {
    block(width: 100%, breakable: false, stroke: 0.6pt, inset: 8pt, above: 15pt)[
      #set align(center)
      #set par(first-line-indent: 0pt)
      #smallcaps[Spoilers ahead] \ From the next page on everything is told, \
      the ending of #emph(title) included.
    ]
    pagebreak()
    block(width: 100%, stroke: (bottom: 0.6pt), below: 12pt)[#smallcaps[Spoilers] #h(1fr) #emph(title)]
    told
  }
]
#let index(slug, title, body) = {
  pagebreak(weak: true)
  [#heading(level: 1, title) #label(slug)]
  set text(size: 8.8pt)
  set par(justify: false, first-line-indent: 0pt, hanging-indent: 2.4em, leading: 2.6pt, spacing: 2.6pt)
  columns(2, gutter: 16pt, body)
}
#align(center)[#v(24%) #text(size: 34pt)[TITLE]]
#pagebreak(to: "odd")
#outline(depth: 2)
#pagebreak(to: "odd")
#set page(numbering: "1")
#counter(page).update(1)
"""


# ---------------------------------------------------------------------------------------- Typst


def typst_source(guide: Guide) -> str:
    """The guide for Typst: contents, chapters, films with page references, warnings, plots, indexes.

    Texts are set as paragraphs and headings; other marks of Markdown leave their words behind.
    """
    head = TYPST_BOOK.replace("TITLE", _typst(guide.info.title))
    parts = [head.replace("LANGUAGE", json.dumps(guide.info.language.partition("-")[0]))]
    for chapter in guide.chapters:
        films = "".join(f"({json.dumps(film.slug)}, [{_typst(film.title)}])," for film in chapter.films)
        parts.append(f"#opener({json.dumps(chapter.slug)}, [{_typst(chapter.title)}], ({films}))\n")
        parts += [_typst_film(film, chapter, guide) for film in chapter.films]
    for matter in guide.back:
        if matter.index:
            lines = "".join(_typst_index(matter.index))
            parts.append(f"#index({json.dumps(matter.slug)}, [{_typst(matter.title)}], [\n{lines}])\n")
    return "".join(parts)


def _typst(text: str) -> str:
    """The text with nothing in it that Typst would take for a mark; typographer's quotes stay as they are."""
    return re.sub(r"([\\`#$*_<>@~\[\]=\-+/\"'.:;()])", r"\\\1", text)


def _typst_film(film: Film, chapter: Chapter, guide: Guide) -> str:
    rows = "".join(f"([{_typst(label)}], [{_typst(value)}])," for label, value in _rows(film, guide))
    likes = []
    for also in guide.see_also.get(film.slug, ()):
        year = f" ({also.year})" if also.year else ""
        slug = json.dumps(also.to) if also.to else "none"
        likes.append(f"({slug}, [#emph[{_typst(also.title)}]{_typst(year)} #h(1em) {_typst(also.reason)}]),")
    safe = _typst_prose([film.synopsis, *film.safe], guide)
    told = f"[{_typst_prose(film.spoilers, guide)}]" if film.spoilers else "none"
    return (
        f"#film({json.dumps(film.slug)}, [{_typst(chapter.title)}], [{_typst(film.title)}],"
        f" [{_typst(', '.join(film.directors))}], [{_typst(_brief(film, guide))}],\n"
        f" ({rows}), [{safe}], ({''.join(likes)}), {told})\n"
    )


def _typst_prose(sections: Iterable[Section], guide: Guide) -> str:
    from book.prose import to_text

    language, parts = guide.info.language, []
    for title, body in _headed(sections, guide):
        if title:
            parts.append(f"#heading(level: 3, outlined: false)[{_typst(title)}]")
        for block in re.split(r"\n\s*\n", body):
            words = "\\ ".join(_typst(line) for line in to_text(block, language).splitlines())
            parts.append(f"#heading(level: 4, outlined: false)[{words}]" if block[:1] == "#" else words)
    return "\n\n".join(parts)


def _typst_index(index: Index) -> Iterator[str]:
    for group in index.groups:
        if group.letter:
            yield f"#block(above: 11pt, below: 3pt, text(size: 12pt)[{_typst(group.letter)}])\n\n"
        for entry in group.entries:
            yield f"{_typst(entry.heading)}{_typst_numbers(entry)}\n\n"
            for sub in entry.sub:
                yield f"#h(1.2em) {_typst(sub.heading)}{_typst_numbers(sub)}\n\n"


def _typst_numbers(entry: IndexEntry) -> str:
    see = f", #emph[see] {_typst(entry.see)}" if entry.see else ""
    return "".join(f", #where({json.dumps(target.film)})" for target in entry.targets) + see


# --------------------------------------------------------------------------------------- pandoc


def pandoc_source(guide: Guide) -> str:
    """The guide as one Markdown text for pandoc: chapters, films with links, spoilers, indexes as lists."""
    parts = [f"---\ntitle: {json.dumps(guide.info.title)}\nlang: {guide.info.language}\n---\n"]
    for chapter in guide.chapters:
        parts.append(f"# {_marked(chapter.title)} {{#{chapter.slug}}}\n")
        for film in chapter.films:
            parts += _pandoc_film(film, guide)
    for matter in guide.back:
        if matter.index:
            parts.append(f"# {_marked(matter.title)} {{#{matter.slug}}}\n")
            parts += _pandoc_index(matter.index)
    return "\n".join(parts)


def _marked(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!<>$~^|@\"'])", r"\\\1", text)


def _pandoc_film(film: Film, guide: Guide) -> Iterator[str]:
    yield f"## {_marked(film.title)} {{#{film.slug}}}\n"
    yield f"{_marked(_brief(film, guide))}\n"
    for label, value in _rows(film, guide):
        yield f"*{_marked(label)}* {_marked(value)}\n"
    yield from _pandoc_prose([film.synopsis, *film.safe], guide)
    likes = guide.see_also.get(film.slug, ())
    if likes:
        yield "### Films like it {.unlisted .unnumbered}\n"
    for also in likes:
        title = f"*{_marked(also.title)}* ({also.year})"
        yield f"- {f'[{title}](#{also.to})' if also.to else title} {_marked(also.reason)}"
    if film.spoilers:
        yield f"\n[Spoilers ahead](#{film.slug}--spoilers)\n"
        yield f"## {_marked(film.title)}: spoilers {{#{film.slug}--spoilers .unlisted}}\n"
        yield from _pandoc_prose(film.spoilers, guide)


def _pandoc_prose(sections: Iterable[Section], guide: Guide) -> Iterator[str]:
    for title, body in _headed(sections, guide):
        if title:
            yield f"### {_marked(title)} {{.unlisted}}\n"
        yield re.sub(r"^(#{3,5}) ", r"#\1 ", body, flags=re.MULTILINE) + "\n"


def _pandoc_index(index: Index) -> Iterator[str]:
    for group in index.groups:
        if group.letter:
            yield f"\n## {_marked(group.letter)} {{.unlisted}}\n"
        for entry in group.entries:
            yield f"- {_marked(entry.heading)}{_pandoc_links(entry)}"
            for sub in entry.sub:
                yield f"    - {_marked(sub.heading)}{_pandoc_links(sub)}"


def _pandoc_links(entry: IndexEntry) -> str:
    return "".join(f", [{_marked(target.label)}](#{target.film})" for target in entry.targets)


# ------------------------------------------------------------------------------ what both print


def _brief(film: Film, guide: Guide) -> str:
    from book.wording import facts
    from book.words import words_of

    return " · ".join(facts(film, words_of(guide.info)))


def _rows(film: Film, guide: Guide) -> Sequence[tuple[str, str]]:
    """The facts beside their labels, and the cast."""
    from book.wording import credits
    from book.words import words_of

    words = words_of(guide.info)
    rows = credits(film, guide.info.rating_scale, words, after_credits=True, less=("director",))
    cast = "; ".join(f"{each.name} {each.role}".strip() for each in film.cast if not each.spoiler)
    return [(label, ", ".join(values)) for label, values in rows] + ([("With", cast)] if cast else [])


def _headed(sections: Iterable[Section], guide: Guide) -> Iterator[tuple[str, str]]:
    from book.model import Kind
    from book.wording import heading
    from book.words import words_of

    for section in sections:
        if section.body:
            own = section.kind is not Kind.SYNOPSIS
            yield (heading(section, words_of(guide.info)) if own else ""), section.body


# ------------------------------------------------------------------------------------- commands


def write_sources(folder: Path, into: Path) -> None:
    """Both sources of the guide in a folder."""
    guide = _guide(folder)
    (into / "guide.typ").write_text(typst_source(guide), "utf-8")
    (into / "guide.md").write_text(pandoc_source(guide), "utf-8")


def _guide(folder: Path) -> Guide:
    from book.reading import read_guide

    guide = read_guide(folder).guide
    if guide is None:
        raise SystemExit("The guide has errors; filmguide check names them.")
    return guide


def one_document(folder: Path, pdf: Path, first_arabic: int, tagged: bool) -> None:
    """Read the guide as a build does, then let WeasyPrint lay it out in one go with numbers of its own."""
    from book.compose import compose
    from book.pdf.paint import paint_whole
    from book.pdf.studio import Studio
    from book.reading import read_guide
    from book.themes import find_theme

    reading = read_guide(folder)
    if reading.guide is None:
        raise SystemExit("The guide has errors; filmguide check names them.")
    theme = find_theme(reading.project.print.theme, reading.project.root)
    studio = Studio(folder.resolve(), theme.faces, theme.figures)
    # The columns of indexes are left to WeasyPrint's CSS. Ours are measured first, and laying a whole book
    # out twice would flatter the comparison.
    shards = compose(reading.guide, reading.project, theme)
    pdf.write_bytes(paint_whole(shards, studio, first_arabic=first_arabic, tagged=tagged))


def typst(source: Path, pdf: Path, fonts: Sequence[Path]) -> None:
    """Compile with Typst; its files are tagged unless one asks otherwise."""
    import typst as compiler

    compiler.compile(source, output=pdf, font_paths=list(fonts), ignore_system_fonts=True)


def main() -> None:
    """Do one of the three."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = options.add_subparsers(dest="command", required=True)
    for name, places in (
        ("sources", ("guide", "into")),
        ("one-document", ("guide", "pdf")),
        ("typst", ("source", "pdf")),
    ):
        command = commands.add_parser(name)
        for place in places:
            command.add_argument(place, type=Path)
    one, other = commands.choices["one-document"], commands.choices["typst"]
    one.add_argument("--first-arabic", type=int, default=1, help="the page of the file that is page 1")
    one.add_argument("--tagged", action="store_true")
    other.add_argument("--fonts", type=Path, nargs="*", default=[])
    asked = options.parse_args()
    if asked.command == "sources":
        write_sources(asked.guide, asked.into)
    elif asked.command == "one-document":
        one_document(asked.guide, asked.pdf, asked.first_arabic, asked.tagged)
    else:
        typst(asked.source, asked.pdf, asked.fonts)


if __name__ == "__main__":
    main()
