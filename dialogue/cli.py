"""The command ``dialogue``."""

import importlib.util
import os
import signal
import sys
import threading

import click

from dialogue import catalogues, config, scheduler, server
from dialogue.app import create_app
from dialogue.base import i18n, schema, search
from dialogue.base.errors import DomainError
from dialogue.config import ConfigurationError
from dialogue.demo import operations as demo_operations
from dialogue.goals.loading import load_plans
from dialogue.people import operations as people
from dialogue.places import loading
from dialogue.web import assets as web_assets
from dialogue.web.house import House
from dialogue.web.permissions import Grant, Role, ScopeKind


@click.group()
def cli() -> None:
    """Dialogue: from a resident's idea to what came of it."""


def main() -> None:
    """Run the command; what is wrong with the configuration, or not allowed, is said in a plain sentence."""
    try:
        cli()
    except ConfigurationError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except DomainError as error:
        with i18n.speaking("en"):
            click.echo(str(error.message), err=True)
        sys.exit(1)


def _house() -> House:
    return create_app()


@cli.command()
def check() -> None:
    """Find what is wrong with the configuration and say how to mend it."""
    settings = config.settings()
    found = config.problems(settings)
    if not found:
        house = _house()
        found = schema.problems(house.database)
        if not settings.demo and not found:
            found = demo_operations.leftovers(house.database)
    for problem in found:
        click.echo(f"- {problem}")
    click.echo("The configuration is in order." if not found else f"{len(found)} to mend.")
    sys.exit(1 if found else 0)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", type=int, help="Processes; more than one needs a `dialogue worker` beside them.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the pages."""
    house = _house()
    refuse_unsafe(house)
    server.run(house, host, port, workers or house.settings.workers)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--streams", default=5000, show_default=True, help="Most open pages at once.")
def live(host: str, port: int, streams: int) -> None:
    """Hold the connections of open pages, beside `dialogue serve`; needs the extra `realtime`."""
    if importlib.util.find_spec("gevent") is None:
        raise click.ClickException(
            "This needs the extra realtime. Install it, for example: dialogue[realtime]"
        )
    # In a process of its own, since it has to change Python's libraries before anything has been loaded.
    os.execv(  # noqa: S606 - this same program; nothing of it is anybody's but the operator's
        sys.executable,
        [sys.executable, "-m", "dialogue.live_server", host, str(port), str(streams)],
    )


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def start(host: str, port: int) -> None:
    """Make everything ready, load the demo once, and serve: what ./run calls."""
    web_assets.build()
    catalogues.compile_changed()
    os.environ.setdefault("DIALOGUE_PUBLIC_URL", f"http://{host}:{port}")
    house = _house()
    refuse_unsafe(house, fresh=True)
    _upgrade(house)
    if house.settings.demo:
        demo_operations.load_once(house, click.echo)
    server.run(house, host, port, house.settings.workers)


def refuse_unsafe(house: House, *, fresh: bool = False) -> None:
    """Raise ConfigurationError when production would start with what is only for the demo."""
    found = config.problems(house.settings)
    if not house.settings.demo and not found and not fresh:
        found = demo_operations.leftovers(house.database)
    if found:
        raise ConfigurationError("\n".join(["Not started:", *(f"- {problem}" for problem in found)]))


@cli.command()
def worker() -> None:
    """Run the jobs: send mail, remind, tell residents, clean up. Several may run; one of them acts."""
    house = _house()
    refuse_unsafe(house)
    running = scheduler.start(house)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    click.echo("The worker runs. Ctrl-C ends it.")
    ended.wait()
    running.shutdown()


@cli.group()
def demo() -> None:
    """The demo's data."""


@demo.command("load")
def demo_load() -> None:
    """Load the demo, unless it is there."""
    demo_operations.load_once(_house(), click.echo)


@cli.command()
def assets() -> None:
    """Build the stylesheet and the script from their sources."""
    for name, built in web_assets.build().files.items():
        click.echo(f"{name} → {built}")


@cli.group()
def user() -> None:
    """People with an account."""


@user.command("create")
@click.argument("email")
@click.option("--name", required=True)
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default="administrator", show_default=True
)
@click.option("--scope", "kind", type=click.Choice([kind.value for kind in ScopeKind]), default="everything")
@click.option("--scope-id", type=int)
@click.option("--language", default="nb", show_default=True)
def user_create(email: str, name: str, role: str, kind: str, scope_id: int | None, language: str) -> None:
    """Make an account and print the one-time address that invites its owner."""
    house = _house()
    with house.database.writing() as session:
        made = people.create_user(
            session, email, name, language, [Grant(Role(role), ScopeKind(kind), scope_id)]
        )
        click.echo(people.invitation_address(session, made))


@user.command("link")
@click.argument("email")
def user_link(email: str) -> None:
    """Print a one-time sign-in address for an account."""
    house = _house()
    with house.database.writing() as session:
        click.echo(people.sign_in_address(session, email))


@cli.group()
def places() -> None:
    """Police districts and municipalities."""


@places.command("load")
def places_load() -> None:
    """Load the country's places; can be run again and keeps what was edited."""
    with _house().database.writing() as session:
        click.echo(loading.load_places(session))


@cli.group()
def goals() -> None:
    """Plans and their goals."""


@goals.command("load")
def goals_load() -> None:
    """Load the country's plans; can be run again and keeps what was edited."""
    with _house().database.writing() as session:
        click.echo(load_plans(session))


@cli.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema up to date."""
    _upgrade(_house())


@db.command("downgrade")
@click.argument("revision")
def db_downgrade(revision: str) -> None:
    """Take the schema back to a revision, or to `base`."""
    schema.downgrade(_house().database, revision)


@db.command("revision")
@click.argument("title")
def db_revision(title: str) -> None:
    """Write a migration from the difference between the models and the database."""
    click.echo(schema.revision(_house().database, title))


def _upgrade(house: House) -> None:
    """Bring the schema up to date, and let what is older than the search index be found."""
    schema.upgrade(house.database)
    with house.database.writing() as session:
        if search.is_empty(session):
            search.rebuild(session, _documents(house))


def _documents(house: House) -> list[search.Documents]:
    return [documents for room in house.rooms for documents in room.documents]


@cli.group("search")
def search_group() -> None:
    """The index that search finds by."""


@search_group.command("rebuild")
def search_rebuild() -> None:
    """Make the search index anew from what is there."""
    house = _house()
    with house.database.writing() as session:
        count = search.rebuild(session, _documents(house))
    search.tidy(house.database)
    click.echo(f"{count} documents can be found.")


@cli.group()
def messages() -> None:
    """The catalogues of translations."""


@messages.command("extract")
def messages_extract() -> None:
    """Bring every catalogue to what the sources say, and say what still needs words."""
    for code in catalogues.LANGUAGES:
        missing = catalogues.update(code)
        click.echo(f"{code}: {len(missing)} to translate")
        for sentence in missing:
            click.echo(f"  {sentence}")


@messages.command("compile")
def messages_compile() -> None:
    """Compile the catalogues that have changed."""
    catalogues.compile_changed()


if __name__ == "__main__":
    main()
