"""Where shards stand in the book, by page counts alone."""

from book.model import Setting, Shard, Side
from book.pdf.paginate import Standing, setting_of, stand


def shard(name: str, *, recto: bool = False, numbering: str = "arabic", slots: tuple[str, ...] = ()) -> Shard:
    return Shard(name, "", (), slots, opens=Side.RECTO if recto else None, numbering=numbering)


FRONT = shard("front", recto=True, numbering="roman")
CHAPTER = shard("chapter", recto=True)
FILM = shard("film")


def test_shards_follow_one_another_without_gaps() -> None:
    assert stand([FILM, FILM, FILM], [3, 2, 4]) == (Standing(0, 1, 0), Standing(3, 4, 0), Standing(5, 6, 0))


def test_a_chapter_opens_on_a_recto_behind_a_blank_verso() -> None:
    assert stand([CHAPTER, CHAPTER], [3, 1])[1] == Standing(first=4, number=5, blanks=1)


def test_no_blank_page_where_the_recto_is_there_anyway() -> None:
    assert stand([CHAPTER, CHAPTER], [4, 1])[1] == Standing(first=4, number=5, blanks=0)


def test_arabic_numbers_begin_with_one_on_the_recto_after_the_front_matter() -> None:
    front, film = stand([FRONT, FILM], [7, 2])
    assert (front, film) == (Standing(0, 1, 0), Standing(8, 1, 1))
    assert film.side is Side.RECTO


def test_odd_numbers_are_rectos() -> None:
    for standing in stand([FRONT, CHAPTER, FILM, FILM, CHAPTER, FILM], [5, 1, 3, 4, 2, 1]):
        assert (standing.number % 2 == 1) is (standing.side is Side.RECTO)


def test_a_page_that_moves_within_its_digits_keeps_its_setting() -> None:
    film = shard("film", slots=("vertigo-1958",))
    digits = {"vertigo-1958": 2}
    here = setting_of(film, Standing(20, 21, 0), 3, digits)
    assert here == setting_of(film, Standing(60, 61, 0), 3, digits)
    assert here == Setting(Side.RECTO, 10, {"vertigo-1958": 2})


def test_a_page_that_changes_sides_is_set_anew() -> None:
    assert setting_of(FILM, Standing(20, 21, 0), 3, {}) != setting_of(FILM, Standing(21, 22, 0), 3, {})


def test_a_shard_that_passes_a_hundred_keeps_its_exact_number() -> None:
    assert setting_of(FILM, Standing(98, 99, 0), 3, {}) == Setting(Side.RECTO, 99, {})


def test_roman_numbers_are_laid_out_as_they_are() -> None:
    assert setting_of(FRONT, Standing(2, 3, 0), 3, {}) == Setting(Side.RECTO, 3, {})


def test_a_number_nobody_knows_yet_has_one_digit() -> None:
    film = shard("film", slots=("nowhere-1999",))
    assert setting_of(film, Standing(0, 1, 0), 1, {}).digits == {"nowhere-1999": 1}


def overleaf(*page_counts: int) -> list[str]:
    """The spreads of a chapter of two films and of the next: c, s (safe), x (spoilers), - (blank)."""
    shards = [
        CHAPTER,
        Shard("safe", "", ()),
        Shard("spoilers", "", (), opens=Side.VERSO),
        Shard("next film", "", (), turn=True),
        Shard("its spoilers", "", (), opens=Side.VERSO),
        Shard("chapter", "", (), opens=Side.RECTO, turn=True),
    ]
    pages = [" "]  # the inside of the cover, facing page one
    for standing, count, sign in zip(stand(shards, page_counts), page_counts, "csxsxc", strict=True):
        pages += ["-"] * standing.blanks + [sign] * count
    text = "".join(pages)
    return [text[start : start + 2] for start in range(0, len(text), 2)]


def test_no_spread_mixes_spoilers_with_what_is_safe() -> None:
    assert overleaf(1, 2, 2, 2, 2, 1) == [" c", "ss", "xx", "ss", "xx", "-c"]
    assert overleaf(1, 1, 1, 3, 3, 1) == [" c", "s-", "x-", "ss", "s-", "xx", "x-", "-c"]


def test_blank_pages_are_the_fewest_and_never_three_in_a_row() -> None:
    for counts in ((1, a, b, c, d, 1) for a in (1, 2) for b in (1, 2) for c in (1, 2) for d in (1, 2)):
        spreads = overleaf(*counts)
        assert all(len(set(spread) - set("- c")) < 2 and set(spread) != {"x", "c"} for spread in spreads)
        assert "---" not in "".join(spreads)
        assert "".join(spreads).count("-") == sum(count % 2 for count in counts[1:5]) + 1
