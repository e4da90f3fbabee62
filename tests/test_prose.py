"""What a writer types in Markdown comes out as safe, well-formed and well-set prose."""

from __future__ import annotations

import pytest
from lxml import etree

from book.model import Place
from book.prose import (
    Characters,
    Event,
    Figure,
    Timeline,
    check_text,
    events,
    figures,
    inline_html,
    pictures,
    title_html,
    to_html,
    to_text,
)
from book.quotes import typeset

NASTY = (
    "<script>alert(1)</script>",
    "a <br> b <img src=x onerror=alert(1)> <!-- c -->",
    "[x](javascript:alert(1)) [y](data:text/html,x) [z](file:///etc/passwd) [w](vbscript:x)",
    '![a"<](images/a.jpg "t<")\n![b](../b.jpg)',
    '[x]{onclick=alert(1) style="color:red" .a #b lang="<"}',
    "{#a onclick=x}\n# One\n\n{#a}\n# Two",
    "x[^1] y[^1]\n\n[^1]: Note & *more*\n\n    two",
    "| a | b |\n|:-:|--|\n| <b> | & |",
    "a  \nb\\\nc\n\n---\n\n***",
    "``` <b>\n<i>\n```\n\n    & <\n",
    "NUL \x00 bell \x07 half \ud800 nonchar \ufffe",
    "&lt;b&gt; &amp; &#0; &nbsp; &bogus;",
    "> 1. - deep\n>    - deeper\n\n- [ ] task",
    "^[inline] [^missing] [link][nowhere]",
)


def as_xml(html: str) -> etree._Element:
    return etree.fromstring(f"<div>{html}</div>".encode())


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_comes_out_as_well_formed_xml_that_runs_nothing(text: str) -> None:
    root = as_xml(to_html(text, prefix="f-"))

    allowed = {"class", "id", "lang", "dir", "href", "src", "alt", "title", "role", "scope", "start"}
    assert {name for element in root.iter() for name in element.attrib} <= allowed
    assert not root.xpath("//script|//iframe|//style|//b|//i")
    assert all(href.startswith(("#f-", "https://")) for href in root.xpath("//@href"))
    assert all(str(ident).startswith("f-") for ident in root.xpath("//@id"))
    assert len(root.xpath("//@id")) == len(set(root.xpath("//@id")))


def test_raw_html_is_printed_sign_by_sign() -> None:
    assert to_html("a <b>bold</b> & more") == "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; more</p>\n"


def test_the_highest_heading_of_a_text_takes_the_level_it_is_given() -> None:
    assert to_html("### Cast\n\n#### Leads", top=4) == "<h4>Cast</h4>\n<h5>Leads</h5>\n"
    assert to_html("#### Low\n\n# High", top=3) == "<h3>Low</h3>\n<h3>High</h3>\n"


def test_no_heading_leaves_out_a_level() -> None:
    assert to_html("# Cast\n\n###### Far below\n\n## Back", top=3) == (
        "<h3>Cast</h3>\n<h4>Far below</h4>\n<h4>Back</h4>\n"
    )


def test_the_headings_of_a_table_say_that_they_head_columns() -> None:
    rows = to_html("| | 1932 |\n|--|--|\n| Length | 93 |").split("\n")
    assert rows[2:5] == ["<tr>", "<td></td>", '<th scope="col">1932</th>']


def test_a_link_that_leads_nowhere_keeps_its_words() -> None:
    text = "[one](javascript:x) [two](other.html) [three](#gone) [four](https://[) [five](https://a.org)"

    assert to_html(text) == '<p>one two three four <a href="https://a.org">five</a></p>\n'


def test_a_link_within_a_text_follows_its_target_under_the_prefix() -> None:
    html = to_html("[here](#x)\n\n{#x}\nThere", prefix="alien-1979-")

    assert html == '<p><a href="#alien-1979-w-x">here</a></p>\n<p id="alien-1979-w-x">There</p>\n'


def test_a_picture_stays_only_within_the_project() -> None:
    text = "![one](images/a%20b.jpg) ![two](../x.jpg) ![three](http://x.org/a.jpg) ![four](/a.jpg)"

    assert to_html(text) == '<p><img src="images/a%20b.jpg" alt="one" /> two three four</p>\n'
    assert pictures(text) == (("images/a b.jpg", "one"),)


def test_footnotes_of_two_films_do_not_meet() -> None:
    html = to_html("See[^1].\n\n[^1]: There.", prefix="a-") + to_html("See[^1].\n\n[^1]: Here.", prefix="b-")

    assert as_xml(html).xpath("//@id") == ["a-noteref-1", "a-note-1", "b-noteref-1", "b-note-1"]
    assert as_xml(html).xpath("//@href") == ["#a-note-1", "#a-noteref-1", "#b-note-1", "#b-noteref-1"]


def test_a_column_is_aligned_by_a_class() -> None:
    assert as_xml(to_html("|a|\n|-:|\n|1|")).xpath("//td/@class") == ["align-right"]


def test_a_word_of_another_language_is_marked() -> None:
    assert to_html("*[La strada]{lang=it .slot}*") == '<p><em><span lang="it">La strada</span></em></p>\n'


def test_plain_text_is_what_a_reader_sees() -> None:
    text = 'He said\n*"go"*[^1] & <b>\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n- [x](u)\n\n    code\n\n[^1]: Note'

    assert to_text(text) == "He said “go”1 & <b>\na\nb\n1\n2\nx\ncode\nNote"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        (
            "en",
            "\"It's the '90s,\" he says -- \"'tis 'ok'...\"",
            "“It’s the ’90s,” he says – “’tis ‘ok’…”",
        ),
        ("en", "rock 'n' roll, the dogs' bowl, 5'10\" tall", "rock ’n’ roll, the dogs’ bowl, 5′10″ tall"),
        ("en", '"A speech that goes on', "“A speech that goes on"),
        ("de", "\"Was 'hier'?\"", "„Was ‚hier‘?“"),
        ("fr", '"Oui" ! Non : "l\'été"', "«\u202fOui\u202f»\u202f! Non\u00a0: «\u202fl’été\u202f»"),
        ("es", '"Hola"', "«Hola»"),
        ("it", '"Ciao"', "«Ciao»"),
        ("pt-PT", '"Olá"', "«Olá»"),
        ("pt-BR", '"Olá"', "“Olá”"),
        ("sv", '"Hej"', "”Hej”"),
        ("ja", '彼は"雨"と言った', "彼は「雨」と言った"),
        ("xx-unknown", '"Hm"', "“Hm”"),
    ],
)
def test_quotes_are_curled_as_the_language_has_them(language: str, typed: str, printed: str) -> None:
    assert typeset(typed, language) == printed
    assert to_text(typed, language) == printed


def test_quotes_pair_across_emphasis_and_pass_over_code_and_addresses() -> None:
    text = '"*Vertigo*" `"x"` <https://a.org/b--c>'
    link = '<a href="https://a.org/b--c">https://a.org/b--c</a>'

    assert to_html(text) == f"<p>“<em>Vertigo</em>” <code>&quot;x&quot;</code> {link}</p>\n"


def test_lines_of_japanese_join_without_a_space() -> None:
    assert to_text("雨が\n降る", "ja") == "雨が降る"
    assert to_text("two\nlines", "en") == "two lines"


def test_a_title_is_never_altered() -> None:
    assert title_html("M*A*S*H & Salem's -- <Lot>...") == "M*A*S*H &amp; Salem&#x27;s -- &lt;Lot&gt;..."


def test_a_line_of_words_has_emphasis_and_links_but_no_blocks() -> None:
    assert inline_html('M*A*S*H\'s *kin*, "again"') == "M*A*S*H’s <em>kin</em>, “again”"
    assert inline_html("# <b> ![x](y.jpg) [z](javascript:1)") == "# &lt;b&gt; !x z"


def test_what_will_not_be_printed_as_meant_is_found_on_its_line() -> None:
    text = "One.\n\nTwo <b>\nthree [x](javascript:1)\nfour</b>\n\n[^2]: lost\n\nbell \x07\n\n<div>\nx\n</div>"

    found = [(each.where, each.code) for each in check_text(text, file="entries/a.md", line=10)]

    assert sorted(found) == [
        (Place("entries/a.md", 12), "F601"),
        (Place("entries/a.md", 13), "F602"),
        (Place("entries/a.md", 14), "F601"),
        (Place("entries/a.md", 16), "F604"),
        (Place("entries/a.md", 18), "F603"),
        (Place("entries/a.md", 20), "F601"),
    ]


def test_plain_words_have_no_findings() -> None:
    assert check_text("a < b, I <3 you, 5 > 4 & `<b>` [^1]\n\n[^1]: x", file="a.md") == ()


# --------------------------------------------------------------------------------------- lists


def test_a_timeline_has_times_of_two_kinds() -> None:
    body = (
        "Before.\n\n- 0:12 | Rain\n- 1:40 [1968] | A *ball*\n- 1:41 – Dash\n- 1:42 - Hyphen [a](https://a.org)\n"
        "- 0:01 [the gate] | Two\n  lines\n- No time | here\n- Nothing like it - at all\n\nAfter."
    )

    assert events(body) == Timeline(
        "Before.",
        (
            Event("0:12", "", "Rain"),
            Event("1:40", "1968", "A *ball*"),
            Event("1:41", "", "Dash"),
            Event("1:42", "", "Hyphen [a](https://a.org)"),
            Event("0:01", "the gate", "Two\nlines"),
            Event("No time", "", "here"),
            Event("", "", "Nothing like it - at all"),
        ),
        "After.",
    )


def test_a_timeline_told_in_words_stays_words() -> None:
    assert events("First this.\n\nThen that.") == Timeline("First this.\n\nThen that.", (), "")


def test_characters_stand_in_a_list() -> None:
    body = (
        "- Ben (Nicolas Cage): A writer: once.\n- **Sera** (Elisabeth Shue) — Kind.\n- Mrs X: Polite.\n"
        "- Jake (the Snake) (Mickey): Tall.\n- Nobody else\n\nThat is all."
    )

    assert figures(body) == Characters(
        "",
        (
            Figure("Ben", "Nicolas Cage", "A writer: once."),
            Figure("Sera", "Elisabeth Shue", "Kind."),
            Figure("Mrs X", "", "Polite."),
            Figure("Jake (the Snake)", "Mickey", "Tall."),
            Figure("", "", "Nobody else"),
        ),
        "That is all.",
    )


def test_characters_stand_under_headings() -> None:
    body = "Two people.\n\n### Ben (Nicolas Cage)\n\nA writer.\n\n- once\n\n### Sera\n\nKind."

    assert figures(body) == Characters(
        "Two people.", (Figure("Ben", "Nicolas Cage", "A writer.\n\n- once"), Figure("Sera", "", "Kind.")), ""
    )
