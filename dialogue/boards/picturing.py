"""The picture of an idea: made clean, kept in two sizes, and held on to while the form around it is put right."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dialogue.base import pictures, signed_links
from dialogue.base.errors import Invalid, NotFound
from dialogue.base.files import FileStore
from dialogue.base.i18n import lazy
from dialogue.boards.models import Idea
from dialogue.config import settings

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 16 * 1024 * 1024
# Points on the longer side: a whole screen, and a card on a board.
FULL_SIDE = 1600
SMALL_SIDE = 640
MEDIA_TYPE = "image/jpeg"
# Files that no row names are swept when they are older than an hour.
HELD_FOR = timedelta(minutes=50)
_PURPOSE = "picture of an idea"
FIELD = "picture"


@dataclass(frozen=True)
class Picture:
    """A picture in the store of files: the addresses of both sizes, and how large the full one is."""

    full: str
    small: str
    width: int
    height: int


def keep(files: FileStore, content: bytes) -> Picture:
    """Keep what is seen of a picture, and nothing else of what was sent. Slow. Raises Invalid."""
    seen = _cleaned(content)
    small = files.put(pictures.written(pictures.smaller(seen, SMALL_SIDE), pictures.JPEG))
    return Picture(files.put(pictures.written(seen, pictures.JPEG)), small, seen.width, seen.height)


def keep_full(files: FileStore, content: bytes) -> str:
    """The same in full size only, as the address in the store. Slow. Raises Invalid."""
    return files.put(pictures.written(_cleaned(content), pictures.JPEG))


def _cleaned(content: bytes) -> "Image.Image":
    """What is seen of a picture. Raises Invalid for what is too large or no picture that we take."""
    if len(content) > LARGEST:
        raise Invalid(
            lazy("The picture is larger than %(size)s MB. Choose a smaller one.", size=LARGEST // 1024**2),
            FIELD,
        )
    if pictures.is_from_a_new_phone(content):
        raise Invalid(
            lazy(
                "This kind of picture cannot be opened everywhere. Take a screenshot of it, and choose that."
            ),
            FIELD,
        )
    if pictures.kind_of(content) is None:
        raise Invalid(lazy("Choose a picture in JPEG, PNG or WebP. A screenshot is one."), FIELD)
    return pictures.upright(content, FULL_SIDE, FIELD)


def address(idea: Idea, size: str) -> str:
    """The address of an idea's picture in a size. Raises NotFound when it has none."""
    found = idea.picture if size == "full" else idea.picture_small
    if not found:
        raise NotFound
    return found


def token(picture: Picture) -> str:
    """What a form carries, so that a picture need not be sent again when something else has to be put right."""
    content = [picture.full, picture.small, str(picture.width), str(picture.height)]
    return signed_links.sign(settings().secret_key, _PURPOSE, content)


def held(files: FileStore, sent: str) -> Picture:
    """The picture that a form carries on. Raises Invalid when it has been held for too long."""
    try:
        signed = signed_links.read(settings().secret_key, _PURPOSE, sent, HELD_FOR)
        if signed.has_expired:
            raise NotFound
        return _read(signed.content, files)
    except (NotFound, FileNotFoundError):
        raise Invalid(lazy("Choose the picture once more. We keep it for an hour only."), FIELD) from None


def as_data(files: FileStore, picture: Picture) -> str:
    """The small picture as the address of an image that holds it; empty when its file is gone."""
    try:
        content = files.get(picture.small)
    except FileNotFoundError:
        return ""
    return f"data:{MEDIA_TYPE};base64,{base64.b64encode(content).decode()}"


def _read(content: Sequence[str], files: FileStore) -> Picture:
    full, small, width, height = content
    # Written anew, they are young again, so that nothing sweeps them before the idea names them.
    files.put(files.get(full))
    files.put(files.get(small))
    return Picture(full, small, int(width), int(height))
