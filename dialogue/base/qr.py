"""QR codes."""

from base64 import b64encode
from io import BytesIO

import segno


def svg(address: str) -> bytes:
    """The QR code of an address as an SVG picture."""
    picture = BytesIO()
    # Medium correction: a fold or a stain on a poster does not hurt, and the squares stay large. On white, so
    # that it can be read from a dark screen too. Without a size of its own it grows with the paper.
    segno.make_qr(address, error="m").save(picture, kind="svg", border=4, light="#fff", omitsize=True)
    return picture.getvalue()


def data_uri(address: str) -> str:
    """The same picture as it can stand in a page itself, for an address that must have no picture of its own."""
    return f"data:image/svg+xml;base64,{b64encode(svg(address)).decode()}"
