"""The web server: gunicorn, started from our own command with our own settings."""

import gc
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication

from dialogue import scheduler
from dialogue.web.house import House

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn around one application; it reads no command line and no file of its own."""

    def __init__(self, application: "WSGIApplication", options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options; gunicorn calls this."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> "WSGIApplication":
        """The application; gunicorn calls this."""
        return self._application


# Connections that wait for their next request, besides those that are answered.
KEPT_OPEN = 1000


def options(host: str, port: int, workers: int, threads: int) -> dict[str, Any]:
    """How gunicorn serves any application of ours."""
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_connections": threads + KEPT_OPEN,
        "worker_class": "gthread",
        "preload_app": True,
        "keepalive": 5,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def run(house: House, host: str, port: int, workers: int) -> None:
    """Serve until stopped. With one process the jobs run inside it; with more, in ``dialogue worker``."""

    def begin_jobs(_worker: object) -> None:
        if workers == 1:
            scheduler.start(house)

    # Each open page holds a thread, made when it comes; nearly all of them wait.
    threads = house.settings.threads + house.settings.streams
    _serve(
        house,
        options(host, port, workers, threads),
        begin_jobs,
        lambda: threading.Timer(0, _announce, (host, port, house.settings.demo)).start(),
    )


def run_live(house: House, host: str, port: int, streams: int) -> None:
    """Serve until stopped, in one process that holds very many open connections and runs no job. The libraries of
    Python must have been made ready for it before (``dialogue.live_server``)."""
    house.hub.allow(streams)
    chosen = options(host, port, 1, 1) | {
        "worker_class": "gevent",
        "worker_connections": streams + KEPT_OPEN,
    }
    _serve(house, chosen, lambda _worker: None, lambda: _announce(host, port, house.settings.demo))


def _serve(
    house: House, chosen: dict[str, Any], begin: Callable[[object], None], announce: Callable[[], None]
) -> None:
    # Connections made before the processes part must not be shared between them.
    house.database.engine.dispose()
    # What is loaded by now stays: the processes share its memory, and none looks through it for garbage.
    gc.collect()
    gc.freeze()

    def parted(_server: object, _worker: object) -> None:
        house.database.engine.dispose(close=False)

    def begun(worker: Any) -> None:
        # Open pages come back to the next process, so the one that stops need not wait for them.
        house.hub.run_while(lambda: worker.alive)
        begin(worker)

    def ready(_server: object) -> None:
        announce()

    hooks = {"post_fork": parted, "post_worker_init": begun, "when_ready": ready}
    Server(at_most(house.settings.threads, house), chosen | hooks).run()


def at_most(number: int, application: "WSGIApplication") -> "WSGIApplication":
    """The application, making so many answers at a time. What is sent afterwards, such as the messages to an open
    page, holds nobody up."""
    turn = threading.BoundedSemaphore(number)

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with turn:
            return application(environ, start_response)

    return serve


def _announce(host: str, port: int, demo: bool) -> None:
    click.echo(f"\nDialogue is ready: http://{host}:{port}/")
    if demo:
        click.echo("Demo. Nobody reads this. Do not write real information.")
        click.echo("Sign in at /nb/sign-in with the password dialogue-demo as one of")
        for name in ("police", "municipality", "facilitator", "partner", "leader", "admin"):
            click.echo(f"  {name}@demo.example")
    click.echo("Stop with Ctrl-C.")
