"""Pictures: only what is seen of them is kept; the rest is refused in words that say what to do."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from dialogue.base import pictures
from dialogue.base.errors import Invalid
from dialogue.boards import picturing

SECRET = b"Secret Camera"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Secret Camera</x:xmpmeta>'


def picture(kind="JPEG", size=(400, 300), mode="RGB", colour=None, **how):
    image = Image.new(mode, size, colour if colour is not None else 128)
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def camera(orientation=6):
    """What a phone writes beside a picture: where, with what, how it was held, and what was cut away."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (59.0, 16.0, 0.0), 3: "E", 4: (10.0, 24.0, 0.0)}
    return exif


@pytest.fixture
def store(house):
    return house.files


def opened(store, address):
    return Image.open(io.BytesIO(store.get(address)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_is_kept_and_it_stands_upright(store, kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    how = {"comment": SECRET} if kind == "JPEG" else {}
    content = picture(
        kind, exif=camera(), icc_profile=profile, **({"xmp": XMP} if kind != "PNG" else {}), **how
    )
    assert SECRET in content
    kept = picturing.keep(store, content)
    assert (kept.width, kept.height) == (300, 400)
    for address in (kept.full, kept.small):
        assert SECRET not in store.get(address)
        with opened(store, address) as after:
            assert after.format == "JPEG"
            assert not after.getexif()
            assert not {"icc_profile", "xmp", "exif", "comment"} & set(after.info)


def test_it_is_kept_in_two_sizes(store):
    kept = picturing.keep(store, picture(size=(4000, 2000)))
    with opened(store, kept.full) as full, opened(store, kept.small) as small:
        assert full.size == (kept.width, kept.height) == (picturing.FULL_SIDE, picturing.FULL_SIDE // 2)
        assert small.size == (picturing.SMALL_SIDE, picturing.SMALL_SIDE // 2)


def test_the_same_picture_sent_again_is_the_same(store):
    content = picture(exif=camera())
    assert picturing.keep(store, content) == picturing.keep(store, content)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("CMYK", (0, 255, 255, 0), (255, 0, 0)),
        ("L", 90, (90, 90, 90)),
        ("1", 1, (255, 255, 255)),
    ],
)
def test_other_colours_look_as_they_did(store, mode, colour, seen):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    kept = picturing.keep(store, picture(kind, mode=mode, colour=colour))
    with opened(store, kept.full) as after:
        assert all(abs(one - other) < 12 for one, other in zip(after.getpixel((5, 5)), seen, strict=True))


def test_sixteen_bits_of_grey_do_not_become_white(store):
    kept = picturing.keep(store, picture("PNG", mode="I;16", colour=0x4000))
    with opened(store, kept.full) as after:
        assert abs(after.getpixel((5, 5))[0] - 0x40) < 4


def test_what_is_seen_through_lies_on_white(store):
    kept = picturing.keep(store, picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)))
    with opened(store, kept.full) as after:
        assert after.getpixel((5, 5)) == (255, 255, 255)


def test_a_profile_that_says_nothing_sensible_is_no_obstacle(store):
    assert picturing.keep(store, picture(icc_profile=b"nonsense" * 20)).width == 400


def test_what_was_hidden_behind_a_picture_is_gone(store):
    content = picture() + b"PK\x03\x04<script>alert(1)</script>"
    kept = picturing.keep(store, content)
    assert b"script" not in store.get(kept.full) + store.get(kept.small)


def moving(kind):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def bomb():
    """A small file that says that it has a thousand million points."""
    header = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
REFUSED = {
    "a moving PNG": (moving("PNG"), "moves"),
    "a moving WebP": (moving("WEBP"), "moves"),
    "a GIF": (moving("GIF"), "JPEG, PNG or WebP"),
    "a bomb": (bomb(), "too large"),
    "half a JPEG": (picture(size=(900, 900))[:2000], "cannot be read"),
    "half a PNG": (picture("PNG", mode="L", size=(900, 900))[:300], "cannot be read"),
    "the beginning of a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "cannot be read"),
    "a JPEG of a thousand scans": (picture() + pictures._SCAN * 1000, "cannot be read"),
    "HEIC": (HEIC, "screenshot"),
    "a drawing with a script": (SVG, "JPEG, PNG or WebP"),
    "a page": (b"<html><script>alert(1)</script>", "JPEG, PNG or WebP"),
    "a PDF": (b"%PDF-1.7\n" + b"0" * 100, "JPEG, PNG or WebP"),
    "nothing": (b"", "JPEG, PNG or WebP"),
    "too much": (picture() + b"\0" * picturing.LARGEST, "larger than"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_is_refused_with_words_that_say_what_to_do(store, name):
    content, words = REFUSED[name]
    before = sum(1 for _file in store.root.rglob("*"))
    with pytest.raises(Invalid) as refused:
        picturing.keep(store, content)
    assert refused.value.field == "picture"
    assert words in refused.value.message.message
    assert sum(1 for _file in store.root.rglob("*")) == before
