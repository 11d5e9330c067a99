"""Pictures that people send: only what is seen of them is kept, upright and in ordinary colours.

What a camera writes besides (where, when, with what, what was cut away) is left out, since the points alone are
written anew. Whatever cannot be read to its end, moves, or would fill the memory is refused in words that say what
to do.
"""

import io
import threading
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import filetype

from dialogue.base.errors import Invalid
from dialogue.base.i18n import lazy

if TYPE_CHECKING:
    from PIL import Image

JPEG, PNG, WEBP = "JPEG", "PNG", "WEBP"
_KINDS = {"image/jpeg": JPEG, "image/png": PNG, "image/apng": PNG, "image/webp": WEBP}
# How many points a picture may have. The best phones' cameras give 50 million; of a JPEG fewer are read at once.
_MOST_POINTS = {JPEG: 64_000_000, PNG: 40_000_000, WEBP: 40_000_000}
# A JPEG is read anew for each of its scans. Cameras and programs write a dozen; thousands are there to keep us busy.
_MOST_SCANS = 100
_SCAN = b"\xff\xda"
_QUALITY = 82
# Exif 2.3, 4.6.4: what the camera writes of how it was held, and how Pillow turns such a picture
# (FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM, TRANSPOSE, ROTATE_270, TRANSVERSE, ROTATE_90).
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
# The points of one picture may fill much of the memory, so that others of this process wait for it.
_one_at_a_time = threading.Semaphore()


def kind_of(content: bytes) -> str | None:
    """JPEG, PNG or WEBP, told by the content, never by a name; None for anything else."""
    return _KINDS.get(filetype.guess_mime(content) or "")


def is_from_a_new_phone(content: bytes) -> bool:
    """Whether it is a picture in HEIC or AVIF, which phones write and not everybody can open."""
    return filetype.guess_mime(content) in {"image/heic", "image/heif", "image/avif"}


def upright(
    content: bytes, side: int, field: str, kinds: Collection[str] = (JPEG, PNG, WEBP)
) -> "Image.Image":
    """The picture as it was seen, in RGB or RGBA, at most so many points on its longer side, and nothing else of it.

    Slow, so it is called while nobody waits for the database. Raises Invalid at the form's field.
    """
    # Loaded only where a picture is sent, since every process would carry it.
    from PIL import Image  # noqa: PLC0415

    kind = kind_of(content)
    if kind is None or kind not in kinds or content.count(_SCAN) > _MOST_SCANS:
        raise _unreadable(field)
    with _one_at_a_time:
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as opened:
                if opened.width * opened.height > _MOST_POINTS[kind]:
                    raise _too_large(field)
                # A JPEG of several pictures is one that a phone took of the same thing; the first is meant.
                if kind != JPEG and getattr(opened, "is_animated", False):
                    raise Invalid(lazy("This picture moves. Choose one that stands still."), field)
                return _seen(opened, side)
        except Image.DecompressionBombError:
            raise _too_large(field) from None
        except (OSError, ValueError, SyntaxError, EOFError):
            raise _unreadable(field) from None


def written(picture: "Image.Image", kind: str) -> bytes:
    """The picture as a file. A JPEG has no glass in it: what was seen through is white."""
    from PIL import Image  # noqa: PLC0415

    if kind == JPEG and picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, (255, 255, 255))
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    file = io.BytesIO()
    picture.save(
        file, kind, optimize=True, **({"quality": _QUALITY, "progressive": True} if kind == JPEG else {})
    )
    return file.getvalue()


def smaller(picture: "Image.Image", side: int) -> "Image.Image":
    """A copy with at most so many points on its longer side."""
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def _seen(opened: Any, side: int) -> "Image.Image":
    from PIL import Image  # noqa: PLC0415

    # How the camera was held stands in what is left out, so the picture is turned.
    turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
    colours = opened.info.get("icc_profile")
    # Of a JPEG only as many points are read as will be needed.
    opened.draft("RGB", (side, side))
    seen_through = "A" in opened.getbands() or "transparency" in opened.info
    plain = _eight_bits(opened)
    if plain.mode == "P" or (seen_through and plain.mode != "RGBA"):
        plain = plain.convert("RGBA" if seen_through else "RGB")
    # Made smaller before anything else, and not copied: it may fill the memory as it is.
    plain.thumbnail((side, side))
    plain = _ordinary_colours(plain, colours, "RGBA" if seen_through else "RGB")
    turned = plain if turn is None else plain.transpose(Image.Transpose(turn))
    return Image.frombytes(turned.mode, turned.size, turned.tobytes())


def _eight_bits(picture: Any) -> Any:
    """Grey in 16 bits is cut off at white when it is converted plainly, so it is scaled first."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture


def _ordinary_colours(picture: Any, profile: bytes | None, mode: str) -> Any:
    """The same colours in sRGB, which every screen expects where a picture says nothing else."""
    from PIL import ImageCms  # noqa: PLC0415

    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ordinary = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, own, ordinary, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that says nothing sensible is as good as none.
            pass
    return picture if picture.mode == mode else picture.convert(mode)


def _too_large(field: str) -> Invalid:
    return Invalid(lazy("The picture is too large. Make it smaller, or take a screenshot of it."), field)


def _unreadable(field: str) -> Invalid:
    return Invalid(lazy("The picture cannot be read. Choose it once more, or try another one."), field)
