"""What somebody sends as a file: told by its content, never by its name, and pictures without what cameras
write into them."""

import io
from dataclasses import dataclass

import filetype

from dialogue.base import text
from dialogue.base.errors import Invalid
from dialogue.base.i18n import lazy

LARGEST = 5 * 1024 * 1024
# A picture of more points than this is not a photo from a phone.
MOST_POINTS = 60_000_000
# Shown on a page or printed, more points than this on a side are not seen.
LONGEST_SIDE = 2400
LONGEST_NAME = 80

PDF = "application/pdf"
# Exif 2.3, 4.6.4: what the camera writes of how it was held, and how Pillow turns such a picture
# (FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM, TRANSPOSE, ROTATE_270, TRANSVERSE, ROTATE_90).
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_PICTURES = {"image/jpeg": ("JPEG", "jpg"), "image/png": ("PNG", "png")}


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its name with the ending of what it is, its media type and its content."""

    name: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes) -> Upload:
    """What was sent, as it may be kept. Slow for pictures. Raises Invalid for what is too large or is neither a
    PDF nor a picture."""
    if len(content) > LARGEST:
        raise Invalid(lazy("The file is too large. It can be at most %(size)s MB.", size=5), "file")
    found = filetype.guess_mime(content)
    stem = _stem(name)
    if found == PDF:
        return Upload(f"{stem}.pdf", PDF, content)
    if found in _PICTURES:
        kind, ending = _PICTURES[found]
        return Upload(f"{stem}.{ending}", found, _written_anew(content, kind))
    raise Invalid(lazy("Choose a PDF, or a picture in PNG or JPEG."), "file")


def _written_anew(content: bytes, kind: str) -> bytes:
    """The picture itself and nothing else: no place, no time, no camera."""
    # Loaded only where a picture is sent, since every process would carry it.
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise Invalid(lazy("The picture is too large. Make it smaller and try again."), "file")
            # How the camera was held stands in what is left out, so the picture is turned.
            turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
            seen_through = "A" in opened.getbands() or "transparency" in opened.info
            mode = "RGBA" if kind == "PNG" and seen_through else "RGB"
            # Made smaller before anything else, and not copied: it may fill the memory as it is.
            plain = opened if opened.mode == mode else opened.convert(mode)
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            turned = plain if turn is None else plain.transpose(Image.Transpose(turn))
            clean = Image.frombytes(turned.mode, turned.size, turned.tobytes())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid(lazy("The picture cannot be read. Try another one."), "file") from None
    written = io.BytesIO()
    clean.save(written, kind, optimize=True)
    return written.getvalue()


def _stem(name: str) -> str:
    """The name without its ending and without what means something in a path or a header."""
    stem = text.tidy(name.replace("\\", "/").rsplit("/", 1)[-1]).rsplit(".", 1)[0]
    kept = "".join(letter if letter.isalnum() or letter in " -_()," else "_" for letter in stem)
    return " ".join(kept.split())[:LONGEST_NAME] or "file"
