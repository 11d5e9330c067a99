"""What somebody sends as a file: told by its content, never by its name, and pictures without what cameras
write into them."""

from dataclasses import dataclass

import filetype

from dialogue.base import pictures, text
from dialogue.base.errors import Invalid
from dialogue.base.i18n import lazy

LARGEST = 5 * 1024 * 1024
# Shown on a page or printed, more points than this on a side are not seen.
LONGEST_SIDE = 2400
LONGEST_NAME = 80

PDF = "application/pdf"
_PICTURES = {pictures.JPEG: ("image/jpeg", "jpg"), pictures.PNG: ("image/png", "png")}


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
    stem = _stem(name)
    if filetype.guess_mime(content) == PDF:
        return Upload(f"{stem}.pdf", PDF, content)
    kind = pictures.kind_of(content)
    if kind in _PICTURES:
        media_type, ending = _PICTURES[kind]
        seen = pictures.upright(content, LONGEST_SIDE, "file", _PICTURES)
        return Upload(f"{stem}.{ending}", media_type, pictures.written(seen, kind))
    raise Invalid(lazy("Choose a PDF, or a picture in PNG or JPEG."), "file")


def _stem(name: str) -> str:
    """The name without its ending and without what means something in a path or a header."""
    stem = text.tidy(name.replace("\\", "/").rsplit("/", 1)[-1]).rsplit(".", 1)[0]
    kept = "".join(letter if letter.isalnum() or letter in " -_()," else "_" for letter in stem)
    return " ".join(kept.split())[:LONGEST_NAME] or "file"
