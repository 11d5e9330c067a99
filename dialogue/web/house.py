"""The application: a Flask that is closed by default, speaks the language of the path and commits once."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import IO, Any
from urllib.parse import urlencode

import flask
import structlog
from flask import Flask, Response, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, IntegerConverter, Map
from werkzeug.utils import cached_property

from dialogue.base import i18n, text
from dialogue.base.db import Database
from dialogue.base.errors import NotAllowed
from dialogue.base.files import FileStore, data_dir
from dialogue.base.listening import Hub
from dialogue.config import Settings
from dialogue.web import access, errors, pagecache, security, transaction
from dialogue.web.assets import asset_url
from dialogue.web.limits import Limits
from dialogue.web.live import Messages
from dialogue.web.permissions import Actor
from dialogue.web.rooms import Room

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
# The largest form of the house has some four hundred fields.
MOST_FIELDS = 1000
LARGEST_KEY = 2**31 - 1
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})


class LanguageConverter(BaseConverter):
    """The first part of every page's path."""

    regex = "|".join(i18n.LANGUAGES)


class Request(flask.Request):
    """A request whose form holds nothing that a database cannot keep, and whose files never lie on the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        # Werkzeug would put a large one into a temporary file. What a camera wrote into a picture is to be
        # forgotten, and how much a view takes is limited.
        return io.BytesIO()

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """What was sent, without the one letter that PostgreSQL refuses in a text."""
        sent = super().form
        if not any("\0" in value for _name, value in sent.items(multi=True)):
            return sent
        return ImmutableMultiDict([(name, value.replace("\0", "")) for name, value in sent.items(multi=True)])


class KeyConverter(IntegerConverter):
    """The key of a row: no larger than a database can hold."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_KEY)


class House(Flask):
    """The application and what every request needs of it."""

    request_class = Request

    def __init__(self, settings: Settings, rooms: tuple[Room, ...]) -> None:
        super().__init__("dialogue", template_folder=str(data_dir("templates")), static_folder=None)
        self.settings = settings
        self.rooms = rooms
        self.database = Database(settings.database, pool_size=settings.threads + 4)
        self.files = FileStore(settings.instance_dir / "files")
        self.pages = pagecache.PageCache()
        self.hub = Hub(self.database, settings.streams)
        self.messages = Messages()
        self.limits = Limits(settings.secret_key)
        # Who holds a sign-in token; set by the room of people, which this layer does not know.
        self.find_actor: Callable[[Session, str], Actor | None] = lambda _session, _token: None
        self.config.update(
            SECRET_KEY=settings.secret_key,
            SESSION_COOKIE_NAME="dialogue",
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_COOKIE_SECURE=settings.secure,
            PERMANENT_SESSION_LIFETIME=timedelta(days=1),
            MAX_CONTENT_LENGTH=LARGEST_BODY,
            MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
            MAX_FORM_PARTS=500,
            TEMPLATES_AUTO_RELOAD=False,
        )
        self.url_map.converters |= {"lang": LanguageConverter, "int": KeyConverter}
        self.url_map.strict_slashes = False
        if settings.trusted_proxies:
            hops = settings.trusted_proxies
            self.wsgi_app = ProxyFix(self.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
        self._prepare_templates()
        errors.register(self)
        for room in rooms:
            for blueprint in room.blueprints:
                self.register_blueprint(blueprint)
        self.before_request(_enter)
        self.after_request(_leave)
        self.teardown_request(lambda _error: transaction.close())
        self.url_value_preprocessor(_take_language)
        self.url_defaults(_give_language)
        access.check_every_route(self)

    def dispatch_request(self) -> flask.typing.ResponseReturnValue:
        """Answer, and commit what was written before the response leaves unless it tells of an error."""
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            transaction.commit()
        return response

    def log_exception(self, exc_info: Any) -> None:
        """Note an error that even the error page could not tell of, without the address, which may be a key."""
        log.error("no error page", endpoint=request.endpoint, exc_info=exc_info)

    def _prepare_templates(self) -> None:
        self.jinja_env.add_extension("jinja2.ext.i18n")
        self.jinja_env.add_extension("jinja2.ext.do")
        self.jinja_env.trim_blocks = True
        self.jinja_env.lstrip_blocks = True
        self.jinja_env.globals.update(
            **i18n.template_globals(),
            asset=asset_url,
            csrf_token=security.csrf_token,
            submission_key=pagecache.submission_key,
            in_language=_in_language,
            languages=list(i18n.LANGUAGES.items()),
            demo=self.settings.demo,
        )
        self.jinja_env.filters.update(
            tr=str,
            date=i18n.show_date,
            day=i18n.show_day,
            period=i18n.show_period,
            datetime=i18n.show_datetime,
            clock=i18n.show_time,
            begun_large=i18n.begun_large,
            markdown=lambda source: text.markdown(str(source)),
            number=i18n.number,
            percent=i18n.percent,
            shorten=lambda source, longest=120: text.shorten(str(source), longest),
        )
        self.context_processor(self._values_of_page)

    def _values_of_page(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "lang": i18n.language(),
            "text_direction": "rtl" if i18n.language() in RIGHT_TO_LEFT else "ltr",
        }
        found = g.get("actor")
        if found is not None:
            values["actor"] = found
            values["desk_menu"] = [
                (item.key, str(item.label), url_for(item.endpoint))
                for room in self.rooms
                for item in room.menu
                if not item.permissions or any(found.has(permission) for permission in item.permissions)
            ]
        return values


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    best = None
    if values is not None:
        best = values.pop("lang", None)
    i18n.speak(best or request.accept_languages.best_match(list(i18n.LANGUAGES), i18n.DEFAULT_LANGUAGE))


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and transaction.house().url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = i18n.language()


def _in_language(code: str) -> str:
    """The address of this same page in another language."""
    if request.endpoint is None:
        return f"/{code}/"
    path = url_for(request.endpoint, **{**(request.view_args or {}), "lang": code})
    # The query stays a query: among a route's values its names could mean something of their own.
    query = urlencode(g.get("query", request.args))
    return f"{path}?{query}" if query else path


def _enter() -> Response | None:
    """What happens before any view: who comes, may they, and is a POST really theirs."""
    if request.endpoint is None:
        return None
    house = transaction.house()
    entrance = access.of(house, request.endpoint)
    if entrance is None:
        raise NotAllowed
    g.access = entrance
    # Only what comes with a file may be larger: of words alone, nobody writes that much.
    has_file = request.mimetype == "multipart/form-data"
    larger = access.largest_body(house, request.endpoint) if has_file else None
    request.max_content_length = larger or LARGEST_BODY
    _check_readable()
    if entrance.needs_sign_in:
        g.sign_in_token = flask.session.get("token")
        g.actor = house.find_actor(transaction.session(), g.sign_in_token) if g.sign_in_token else None
        if g.actor is None:
            return redirect_to_sign_in()
        if entrance.permissions and not any(g.actor.has(permission) for permission in entrance.permissions):
            raise NotAllowed
    if not security.is_safe_method():
        if entrance.door is not access.Door.MACHINE:
            security.check_origin()
        if entrance.needs_sign_in:
            security.check_token()
        security.check_limits(entrance)
        if "confirm_question" in request.form and request.form.get("confirmed") != "yes":
            return _ask_first()
    return None


def _check_readable() -> None:
    """Refuse what nobody types and no page sends. Raises BadRequest, RequestEntityTooLarge."""
    if not security.is_safe_method() and sum(map(len, request.form.listvalues())) > MOST_FIELDS:
        raise RequestEntityTooLarge
    asked = [*(request.view_args or {}).values(), *request.args.values()]
    if any("\0" in str(value) for value in asked):
        raise BadRequest


def _ask_first() -> Response:
    """The question that a script would have asked, on a page of its own: what was sent is sent again with a yes.

    The question stands in the form that was sent, which has passed the check of where it comes from.
    """
    asked = {"confirm_question", "confirm_text", "confirm_yes", "confirmed"}
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in asked]
    return flask.make_response(
        flask.render_template("errors/confirm.html", kept=kept, sent=request.form, back=security.came_from())
    )


def redirect_to_sign_in() -> Response:
    """Ask for sign-in and come back here afterwards."""
    back = request.full_path.rstrip("?") if security.is_safe_method() else None
    return flask.make_response(redirect(url_for("people.sign_in", next=back)))


def actor() -> Actor:
    """The signed-in person of this request. Raises NotAllowed on a page that needs no sign-in."""
    found = g.get("actor")
    if not isinstance(found, Actor):
        raise NotAllowed
    return found


def _leave(response: Response) -> Response:
    return security.add_headers(response, g.get("access"))
