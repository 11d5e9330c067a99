"""How a picture is sent to a browser: as what it is, and so that nothing in it can act."""

import io

from flask import request, send_file
from werkzeug.wrappers import Response

from dialogue.base.errors import NotFound
from dialogue.boards import picturing
from dialogue.web.transaction import house

# Opened on its own, it is a page of nothing but itself.
POLICY = "default-src 'none'; style-src 'none'; sandbox"


def sent_picture(address: str) -> Response:
    """The picture at an address in the store of files. Raises NotFound."""
    try:
        content = house().files.get(address)
    except FileNotFoundError:
        raise NotFound from None
    response = send_file(io.BytesIO(content), mimetype=picturing.MEDIA_TYPE, etag=address[:24])
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response.make_conditional(request)
