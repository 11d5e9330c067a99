"""Pictures that go with ideas of the demo, drawn here: no photograph, and nobody in them."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = (1200, 800)


def draw(name: str) -> bytes:
    """A drawing as the file that a phone would send."""
    # Loaded only where the demo is, since every process would carry it.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    picture = Image.new("RGB", SIZE, "#14202e")
    DRAWINGS[name](ImageDraw.Draw(picture))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _quay(brush: "ImageDraw") -> None:
    """The way from the quay to the bridge, with one lamp at its far end."""
    brush.rectangle((0, 470, 1200, 800), fill="#0c1622")
    for place, y in enumerate(range(500, 800, 40)):
        brush.line((60 * (place % 3), y, 1200 - 90 * (place % 2), y), fill="#1d3247", width=6)
    brush.polygon(((0, 800), (420, 800), (760, 470), (700, 470)), fill="#3b3f45")
    brush.arc((640, 250, 1300, 700), 180, 360, fill="#55606b", width=26)
    brush.rectangle((640, 440, 1200, 474), fill="#55606b")
    _lamp(brush, 1040, 250, 440, is_lit=True)
    _lamp(brush, 560, 380, 640, is_lit=False)
    _lamp(brush, 300, 420, 800, is_lit=False)


def _underpass(brush: "ImageDraw") -> None:
    """The underpass by the school: one lamp of three is lit."""
    brush.rectangle((0, 0, 1200, 800), fill="#8b8f86")
    brush.rectangle((0, 0, 1200, 160), fill="#6f7f57")
    brush.pieslice((180, 150, 1020, 1050), 180, 360, fill="#22262b")
    brush.rectangle((180, 600, 1020, 800), fill="#22262b")
    brush.polygon(((180, 800), (1020, 800), (680, 560), (520, 560)), fill="#3d4248")
    for x, is_lit in ((360, False), (600, True), (840, False)):
        if is_lit:
            brush.polygon(((x - 30, 290), (x + 30, 290), (x + 150, 640), (x - 150, 640)), fill="#4a4a3e")
        brush.rounded_rectangle((x - 60, 262, x + 60, 292), 14, fill="#ffe9a8" if is_lit else "#4b5157")


def _lamp(brush: "ImageDraw", x: int, top: int, foot: int, *, is_lit: bool) -> None:
    brush.line((x, top, x, foot), fill="#7b858f", width=12)
    if is_lit:
        brush.ellipse((x - 90, top - 80, x + 90, top + 100), fill="#3f4436")
    brush.ellipse((x - 26, top - 26, x + 26, top + 26), fill="#ffe9a8" if is_lit else "#2c3947")


DRAWINGS: dict[str, Callable[["ImageDraw"], None]] = {"quay": _quay, "underpass": _underpass}
