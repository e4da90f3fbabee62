"""Real films with spoilers in every place there is: each sentence where it may be, and none elsewhere."""

from pathlib import Path

import pytest
from finished import filmguide, imported

pytestmark = pytest.mark.slow

PLACES = [("pdf", "page"), ("pdf", "overleaf"), ("pdf", "back"), ("pdf", "omit")]
PLACES += [("epub", "linked"), ("epub", "inline"), ("epub", "omit")]


@pytest.fixture(scope="module", params=["films-60.jsonl", "films-1000.jsonl"])
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide of real films, not built yet."""
    return imported(request.param, tmp_path_factory.mktemp("guide"))


@pytest.mark.parametrize(("suffix", "place"), PLACES)
def test_every_spoiler_is_found_where_it_may_be_and_none_elsewhere(
    guide: Path, suffix: str, place: str, tmp_path: Path
) -> None:
    told = filmguide("-C", guide, "build", suffix, "--spoilers", place, "--out", tmp_path, within=tmp_path)
    (verdict,) = told["verdicts"]
    assert (verdict["mode"], verdict["kept"]) == (place, True)
    assert verdict["sought"] > 1_000
    assert verdict["found"] == (0 if place == "omit" else verdict["sought"])
