"""Pictures and covers as the e-book has them: upright, in sRGB, small enough, and nothing but pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from conftest import film
from PIL import Image as Pixels
from PIL import ImageCms, ImageDraw

from book import pictures
from book.cache import Cache
from book.ebook import Picture
from book.model import Chapter, Guide, GuideInfo, Image
from book.pictures import Grade, jpeg, read_cover, read_drawn_cover, read_pictures
from book.themes import find_theme

ROOT = Path(__file__).parent.parent


def guide_with(*files: str) -> Guide:
    films = tuple(film(f"Film {n}", 2000, image=Image(file, "It")) for n, file in enumerate(files))
    return Guide(GuideInfo("A Guide"), (), (Chapter("first", "First", films),), (), {})


def opened(picture: Picture) -> Pixels.Image:
    return Pixels.open(BytesIO(picture.content))


def shown(file: str, root: Path) -> Pixels.Image:
    found, findings = read_pictures(guide_with(file), root)
    assert findings == ()
    return opened(found[file])


def noise(width: int, height: int) -> Pixels.Image:
    return Pixels.effect_noise((width, height), 90).convert("RGB")


def near(pixel: object, wanted: tuple[int, ...], by: int = 6) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, wanted, strict=True))


def test_a_picture_stands_upright_and_loses_what_the_camera_noted(tmp_path: Path) -> None:
    notes = Pixels.Exif()
    notes[0x0112] = 6  # to be turned by a quarter
    notes[0x010F] = "Camera"
    Pixels.new("RGB", (40, 20), "navy").save(tmp_path / "a.jpg", exif=notes, comment=b"where it was taken")
    turned = shown("a.jpg", tmp_path)
    assert turned.size == (20, 40)
    assert not turned.getexif()
    assert "comment" not in turned.info


def test_a_profile_is_heeded_and_then_left_out(tmp_path: Path) -> None:
    wide = ImageCms.createProfile("LAB")  # the profile that is furthest from a screen's, and in every Pillow
    lab = ImageCms.ImageCmsProfile(wide).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Pixels.new("RGB", (20, 20), (200, 30, 30)).save(tmp_path / "own.png", icc_profile=srgb)
    Pixels.new("RGB", (20, 20), (200, 30, 30)).save(tmp_path / "foreign.png", icc_profile=lab)
    for name in ("own.png", "foreign.png"):  # a profile of another kind than the picture changes nothing
        kept = shown(name, tmp_path)
        assert near(kept.convert("RGB").getpixel((5, 5)), (200, 30, 30))
        assert "icc_profile" not in kept.info


def test_a_picture_for_a_press_comes_back_through_its_profile(tmp_path: Path) -> None:
    press = ROOT / "book" / "press" / "profiles" / "coated-240.icc"
    screen = ImageCms.createProfile("sRGB")
    tones = Pixels.new("RGB", (20, 20), (120, 80, 60))
    inks = ImageCms.profileToProfile(tones, screen, str(press), outputMode="CMYK")
    assert inks is not None
    inks.save(tmp_path / "inks.jpg", icc_profile=press.read_bytes(), quality=95)
    inks.save(tmp_path / "bare.jpg", quality=95, icc_profile=None)
    assert near(shown("inks.jpg", tmp_path).getpixel((5, 5)), (120, 80, 60), by=10)
    assert not near(shown("bare.jpg", tmp_path).getpixel((5, 5)), (120, 80, 60), by=10)


def test_a_press_picture_becomes_one_for_screens(tmp_path: Path) -> None:
    Pixels.new("CMYK", (20, 20), (0, 255, 255, 0)).save(tmp_path / "red.jpg")
    kept = shown("red.jpg", tmp_path)
    assert (kept.format, kept.mode) == ("JPEG", "RGB")
    assert near(kept.getpixel((5, 5)), (254, 0, 0), by=12)


def test_sixteen_bits_of_grey_keep_their_tones(tmp_path: Path) -> None:
    Pixels.new("I;16", (20, 20), 32768).save(tmp_path / "deep.png")
    assert shown("deep.png", tmp_path).convert("L").getpixel((5, 5)) in range(126, 131)


def test_what_lets_the_paper_through_goes_on_doing_so(tmp_path: Path) -> None:
    clear = Pixels.new("P", (20, 20), 1)
    clear.info["transparency"] = 1
    clear.save(tmp_path / "clear.gif", transparency=1)
    assert shown("clear.gif", tmp_path).getchannel("A").getextrema() == (0, 0)


def test_a_large_clear_picture_is_laid_on_white_rather_than_kept_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES_OF_A_PICTURE", 20_000)
    loud = noise(200, 200).convert("RGBA")
    loud.putalpha(Pixels.effect_noise((200, 200), 90))
    loud.save(tmp_path / "clear.png")
    assert shown("clear.png", tmp_path).format == "JPEG"


def test_pictures_are_made_smaller_together_until_all_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jpg", "b.jpg"):
        noise(1000, 500).save(tmp_path / name)
    monkeypatch.setattr(pictures, "GRADES", (Grade(800, 88), Grade(400, 80), Grade(200, 70)))
    sizes = {}
    for most in (10_000_000, 400_000, 0):
        monkeypatch.setattr(pictures, "MOST_BYTES", most)
        found, _ = read_pictures(guide_with("a.jpg", "b.jpg"), tmp_path)
        sizes[most] = [opened(picture).width for picture in found.values()]
    assert sizes == {10_000_000: [800, 800], 400_000: [400, 400], 0: [200, 200]}


def test_a_drawing_of_an_entry_is_painted_in_its_own_shape(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="10" height="10"/></svg>'
    (tmp_path / "half.svg").write_text(svg)
    found, findings = read_pictures(guide_with("half.svg"), tmp_path, find_theme("classic", ROOT))
    assert findings == ()
    painted = opened(found["half.svg"]).convert("L")
    assert painted.size == (1600, 800)
    assert [painted.getpixel((x, 400)) for x in (10, 1590)] == [0, 255]


def test_a_picture_is_fitted_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    noise(60, 40).save(tmp_path / "a.jpg")
    first, _ = read_pictures(guide_with("a.jpg"), tmp_path, cache=cache)
    asked: list[str] = []
    whole = pictures.open_picture

    def open_picture(file: str, root: Path) -> Pixels.Image:
        asked.append(file)
        return whole(file, root)

    monkeypatch.setattr(pictures, "open_picture", open_picture)
    again, _ = read_pictures(guide_with("a.jpg"), tmp_path, cache=cache)
    assert (again, asked) == (first, [])
    Pixels.new("RGB", (60, 40), "navy").save(tmp_path / "a.jpg")
    other, _ = read_pictures(guide_with("a.jpg"), tmp_path, cache=cache)
    assert asked == ["a.jpg"]
    assert other != first


# ------------------------------------------------------------------------------------------ covers


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        ((1600, 2560), []),
        ((1000, 1500), []),
        ((624, 1000), ["F783"]),
        ((1600, 1600), ["F784"]),
        ((800, 2560), ["F784"]),
        ((600, 600), ["F783", "F784"]),
    ],
)
def test_a_cover_has_size_and_shape(size: tuple[int, int], codes: list[str], tmp_path: Path) -> None:
    Pixels.new("RGB", size).save(tmp_path / "cover.png")
    cover, findings = read_cover("cover.png", tmp_path)
    assert cover is not None
    assert [found.code for found in findings] == codes


def test_a_cover_of_nothing_but_noise_is_less_than_two_megabytes(tmp_path: Path) -> None:
    noise(1600, 2560).save(tmp_path / "cover.png")
    cover, _ = read_cover("cover.png", tmp_path)
    assert cover is not None
    assert opened(cover).size == (1600, 2560)
    assert len(cover.content) <= 2_000_000


def test_the_same_picture_gives_the_same_bytes() -> None:
    drawn = Pixels.new("RGB", (200, 100), "white")
    ImageDraw.Draw(drawn).ellipse((10, 10, 190, 90), fill="red")
    assert jpeg(drawn) == jpeg(drawn.copy())


def test_a_drawn_cover_is_painted_once_unless_it_shows_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def drawn(file: str, *_: object) -> Pixels.Image:
        painted.append(file)
        return Pixels.new("RGB", (16, 26))

    monkeypatch.setattr(pictures, "_drawn", drawn)
    theme, cache = find_theme("classic", ROOT), Cache(tmp_path / "cache")
    (tmp_path / "alone.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>')
    (tmp_path / "with.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><image href="a.png"/></svg>')
    for _ in range(2):
        covers = [read_drawn_cover(file, tmp_path, theme, cache=cache) for file in ("alone.svg", "with.svg")]
        assert [findings for _, findings in covers] == [(), ()]
    assert painted == ["alone.svg", "with.svg", "with.svg"]
