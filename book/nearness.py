"""Nearness of texts: TF-IDF over words, and static word embeddings where the guide asks for them.

Words are those that a text has itself; nothing is looked up anywhere. A word counts for more the fewer texts
have it, and each further time that one text says it counts for less.
"""

from __future__ import annotations

import importlib.util
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from book.languages import primary
from book.leak_words import LEAK_WORDS
from book.titles import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

EMBEDDINGS = "wordllama"
"""The package that brings word embeddings within its wheel."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+|<[^>]*>")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{2,}")
# Japanese, Chinese and Thai set no spaces between words; two signs in a row tell about as much as a word.
_MANY = 1000
_FEW, _RARE = 3, 0.02  # in a small guide three texts are few, in a large one every fiftieth
_COMMON = 0.3  # in a guide of many films, a word in this share of texts is small, whatever the language


@dataclass(frozen=True)
class Texts:
    """The texts of all films as rows of length 1 over words in order of the alphabet; empty texts are 0."""

    rows: csr_matrix
    words: tuple[str, ...]

    def nearness(self, one: int, other: int) -> float:
        """The cosine of two texts, from 0 to 1."""
        return float(self.rows[[one]].multiply(self.rows[[other]]).sum())

    def is_rare(self, word: str) -> bool:
        """Whether so few texts have this word of theirs that it tells something of those which do."""
        column = bisect_left(self.words, word)
        return bool(self._holders[column] <= max(_FEW, _RARE * self.rows.shape[0]))

    @cached_property
    def _holders(self) -> NDArray[np.intp]:
        import numpy as np

        return np.bincount(self.rows.indices, minlength=len(self.words))

    def in_common(self, one: int, other: int, count: int) -> tuple[tuple[str, float], ...]:
        """The folded words that bring two texts nearest, each with its share of the cosine."""
        both = self.rows[[one]].multiply(self.rows[[other]]).tocoo()
        found = sorted(zip(-both.data, both.col, strict=True))[:count]
        return tuple((self.words[column], -float(minus)) for minus, column in found)


def read_texts(texts: Sequence[str], language: str) -> Texts:
    """TF-IDF of the texts, which are in the guide's language for the most part."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(
        analyzer=_Reader(_small_words(language)),
        sublinear_tf=True,
        min_df=2 if len(texts) >= _MANY else 1,  # there a word alone is mostly a slip or a name
        max_df=_COMMON if len(texts) >= _MANY else 1.0,
    )
    try:
        rows = vectors.fit_transform(texts)
    except ValueError:  # not one word in any text
        return Texts(csr_matrix((len(texts), 0)), ())
    return Texts(rows.tocsr(), tuple(vectors.get_feature_names_out()))


def read_meanings(texts: Sequence[str], language: str) -> NDArray[np.float64]:
    """What the texts speak of, as rows of length 1: words of one meaning lie near each other.

    Each word's embedding counts as much as its TF-IDF. What all texts have in common is taken out, or any two
    would look alike. Needs the package EMBEDDINGS, and no network.
    """
    import numpy as np
    import wordllama

    read = read_texts(texts, language)
    if not read.words:
        return np.zeros((len(texts), 1))
    # The package seeks its own tokenizer in a folder that it does not have, and would then download it.
    within = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=within, disable_download=True)
    words = np.asarray(model.embed(list(read.words), norm=False), dtype=np.float64)
    rows = np.asarray(read.rows @ words)
    if len(texts) >= _MANY:
        rows -= rows.mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float64)


def embeddings_are_there() -> bool:
    """Whether the package of word embeddings is installed."""
    return importlib.util.find_spec(EMBEDDINGS) is not None


def words_of(text: str) -> list[str]:
    """The words of a Markdown text, folded, in order."""
    plain = fold(_ADDRESS.sub(" ", text))
    words: list[str] = _WORD.findall(_UNSPACED.sub(" ", plain))
    for run in _UNSPACED.findall(plain):
        words += [run[place : place + 2] for place in range(len(run) - 1)]
    return words


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text's words without the small ones of its language."""

    small: frozenset[str]

    def __call__(self, text: str) -> list[str]:
        return [word for word in words_of(text) if word not in self.small]


def _small_words(language: str) -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    ours = LEAK_WORDS.get(primary(language))
    own = ours.plain if ours else frozenset()
    if primary(language) == "en":
        own = own | ENGLISH_STOP_WORDS
    return frozenset(map(fold, own))
