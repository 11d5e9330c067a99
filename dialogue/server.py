"""The web server: gunicorn, started from our own command with our own settings."""

import gc
import threading
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication

from dialogue import scheduler
from dialogue.web.house import House

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


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


def options(host: str, port: int, workers: int, threads: int) -> dict[str, Any]:
    """How gunicorn serves any application of ours."""
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
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
    # Connections made before the processes part must not be shared between them.
    house.database.engine.dispose()
    # What is loaded by now stays: the processes share its memory, and none looks through it for garbage.
    gc.collect()
    gc.freeze()

    def parted(_server: object, _worker: object) -> None:
        house.database.engine.dispose(close=False)

    def begin_jobs(_worker: object) -> None:
        if workers == 1:
            scheduler.start(house)

    def ready(_server: object) -> None:
        threading.Timer(0, _announce, (host, port, house.settings.demo)).start()

    hooks = {"post_fork": parted, "post_worker_init": begin_jobs, "when_ready": ready}
    Server(house, options(host, port, workers, house.settings.threads) | hooks).run()


def _announce(host: str, port: int, demo: bool) -> None:
    click.echo(f"\nDialogue is ready: http://{host}:{port}/")
    if demo:
        click.echo("Demo. Nobody reads this. Do not write real information.")
        click.echo("Sign in at /nb/sign-in with the password dialogue-demo as one of")
        for name in ("police", "municipality", "facilitator", "partner", "leader", "admin"):
            click.echo(f"  {name}@demo.example")
    click.echo("Stop with Ctrl-C.")
