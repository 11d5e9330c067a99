"""Whoever answers without an account is known by a cookie of their device, so that each is counted once."""

from flask import redirect, request
from werkzeug.wrappers import Response

from dialogue.base import tokens
from dialogue.base.errors import Closed
from dialogue.base.i18n import Lazy
from dialogue.web.security import DEVICE_COOKIE
from dialogue.web.transaction import house


def device() -> str:
    """What the device is known by; empty when it is not known yet."""
    return request.cookies.get(DEVICE_COOKIE, "")


def make_known(address: str, refusal: Lazy) -> Response:
    """Give a device its cookie and let it send the same form again, to an address that says ``again``. So two first
    clicks count once. Raises Closed with the refusal for a browser that was given it and did not keep it."""
    if "again" in request.args:
        raise Closed(refusal)
    # 307 keeps the method and what was sent.
    response = redirect(address, 307)
    secure = house().settings.secure
    response.set_cookie(DEVICE_COOKIE, tokens.new_token(), httponly=True, samesite="Lax", secure=secure)
    return response
