"""Entries and guides as hypothesis makes them up: from sober to mad, whole files as they lie in a folder."""

from __future__ import annotations

from hypothesis import strategies as st

_AWKWARD = (
    "\u200b\u200d\ufeff\u202e\u2066\u2069\u0301\u0338\x0b\x0c\x85\u2028\xad\xa0",
    "אבשר،عربيہ漢字かなカナ한글ไทยकि",
    "👩\u200d👩\u200d👧🏳️\u200d🌈🇫🇷",
    "\\`*_{}[]()<>#+-.!|~^:;&%$@'\"/=",
    "ÀéîõüßŒœĲĳﬁŉıİſẞ",
)

letters = st.one_of(
    st.sampled_from("abcdefghij klmnopqrst uvwxyz ABC 0123"),
    st.sampled_from("".join(_AWKWARD)),
    st.characters(exclude_categories=("Cs",)),
)
words = st.text(letters, min_size=1, max_size=12)
sober_words = st.sampled_from(
    [
        "river",
        "train",
        "city",
        "letter",
        "winter",
        "garden",
        "stone",
        "window",
        "night",
        "doctor",
        "murderer",
        "sister",
        "lighthouse",
        "knife",
    ]
)
line = st.lists(st.one_of(sober_words, sober_words, words), min_size=1, max_size=14).map(" ".join)
sentence = st.lists(sober_words, min_size=4, max_size=12).map(lambda said: " ".join(said).capitalize() + ".")

block = st.one_of(
    sentence,
    sentence,
    st.lists(sentence, min_size=2, max_size=4).map(" ".join),
    line,
    st.lists(line, min_size=1, max_size=4).map(lambda rows: "\n".join(f"- {row}" for row in rows)),
    st.lists(line, min_size=1, max_size=4).map(
        lambda rows: "\n".join(f"{n}. {row}" for n, row in enumerate(rows))
    ),
    st.tuples(st.integers(1, 6), line).map(lambda head: f"{'#' * head[0]} {head[1]}"),
    st.tuples(st.integers(1, 40), line).map(lambda deep: f"{'>' * deep[0]} {deep[1]}"),
    st.tuples(st.integers(0, 30), line).map(lambda deep: f"{'  ' * deep[0]}- {deep[1]}"),
    line.map(lambda said: f"```\n{said}"),
    line.map(lambda said: f"| {said} | b |\n|---|---|\n| {said} | 1 |"),
    line.map(lambda said: f"*{said} **{said}* [{said}](#x) ![{said}](images/none.png)[^1]\n\n[^1]: {said}"),
    line.map(lambda said: f"<b>{said}</b> <script>{said}</script> {{.{said[:8]} #x}}"),
    st.sampled_from(["---", "***", "# Spoilers", "## Plot", "# spoilers!", "<!--", "~~~", "&amp;&#0;"]),
)
text = st.lists(block, max_size=6).map("\n\n".join)

_scalar = st.one_of(
    line,
    st.integers(-9, 3000).map(str),
    st.sampled_from(["", "null", "~", "true", "[]", "{}", "&a", "*a", "!!x", "|"]),
)
_keys = st.sampled_from(
    [
        "original_title",
        "sort_title",
        "aka",
        "premiered",
        "runtime",
        "language",
        "country",
        "director",
        "writer",
        "cast",
        "genre",
        "themes",
        "spoiler_themes",
        "series",
        "image",
        "similar",
        "source",
        "updated",
        "rating",
        "nonsense",
    ]
)
_value = st.one_of(
    _scalar,
    st.lists(_scalar, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.lists(_scalar, min_size=1, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
    st.tuples(_scalar, _scalar).map(lambda pair: f"{{name: {pair[0]}, role: {pair[1]}}}"),
    st.recursive(_scalar, lambda inner: inner.map(lambda item: f"[{item}]"), max_leaves=40),
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry that may be broken anywhere."""
    title, year = draw(line), draw(st.one_of(st.integers(1890, 2025).map(str), _scalar))
    facts = draw(st.lists(st.tuples(_keys, _value), max_size=5))
    front = "\n".join([f"title: {title}", f"year: {year}", *(f"{key}: {value}" for key, value in facts)])
    whole = f"---\n{front}\n---\n{draw(text)}\n\n# Spoilers\n\n{draw(text)}\n"
    if draw(st.integers(0, 4)) == 0:  # and now and then cut off, or with a piece of it repeated
        start, end = sorted(draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
        whole = whole[:end] + whole[start:]
    return whole


@st.composite
def films(draw: st.DrawFn) -> str:
    """An entry that can be built: sound facts, any text, and a story below the fence."""
    title = draw(st.lists(st.one_of(sober_words, words), min_size=1, max_size=4).map(" ".join))
    quoted = "'" + title.replace("'", "''").replace("\n", " ") + "'"
    year = draw(st.integers(1920, 2020))
    safe = draw(st.lists(st.one_of(sentence, sentence, block.filter(_is_sound)), min_size=1, max_size=3))
    told = draw(st.lists(st.one_of(sentence, sentence, block.filter(_is_sound)), min_size=1, max_size=5))
    head = f"---\ntitle: {quoted}\nyear: {year}\nthemes: [{draw(sober_words)}]\n---\n"
    return head + "\n\n".join([*safe, "# Spoilers", "## Plot", *told]) + "\n"


def _is_sound(block: str) -> bool:
    """Whether a block leaves the fence where it is, and names no picture that is not there."""
    return not any(mark in block for mark in ("spoiler", "Spoiler", "![", "```", "~~~", "---", "## Plot"))


guides = st.lists(films(), min_size=1, max_size=3)
"""The entries of a guide that can be built."""

_settings = st.sampled_from(["title", "by", "films", "where", "theme", "pdf", "limit", "slug"])

settings_files = st.lists(
    st.one_of(
        st.sampled_from(["[guide]", 'title = "A"', "[[chapter]]", "[print]", 'trim = "A5"', "[matter]"]),
        st.tuples(_settings, _scalar).map(lambda pair: f"{pair[0]} = {pair[1]}"),
        line,
    ),
    max_size=10,
).map("\n".join)
"""A guide.toml that may be broken anywhere."""
