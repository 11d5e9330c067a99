"""Settings: typed, frozen, read from ``DIALOGUE_*`` variables; an unknown one is refused."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

DEMO_SECRET = "demo-secret-never-use-this-in-production"  # noqa: S105 - refused outside demo mode
MINIMUM_SECRET_LENGTH = 32


class ConfigurationError(Exception):
    """A setting is wrong; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations.

    Each field is read from the environment variable ``DIALOGUE_`` plus its name in capitals.
    """

    instance_dir: Path = Path("instance")
    database_url: str = ""
    secret_key: str = ""
    public_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    smtp_url: str = ""
    mail_from: str = "dialogue@localhost"
    trusted_proxies: int = 0
    workers: int = 1
    threads: int = 8
    streams: int = 600

    @property
    def database(self) -> str:
        """The database's address: the one configured, else a file in the instance folder."""
        return self.database_url or f"sqlite:///{(self.instance_dir / 'dialogue.db').absolute()}"

    @property
    def secure(self) -> bool:
        """Whether visitors come by https, so that cookies may be marked secure."""
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from an environment.

    Raises ConfigurationError for an unknown ``DIALOGUE_*`` variable or a value of the wrong kind.
    """
    known = {field.name: field for field in fields(Settings)}
    values: dict[str, object] = {}
    for variable, raw in environment.items():
        if not variable.startswith("DIALOGUE_") or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix("DIALOGUE_").lower()
        if name not in known:
            raise ConfigurationError(
                f"{variable} is not a setting. The settings are: "
                + ", ".join(sorted(f"DIALOGUE_{field.upper()}" for field in known))
            )
        values[name] = _parse(variable, raw, getattr(Settings, name))
    settings = Settings(**values)  # type: ignore[arg-type]
    # Every path that is put after it begins with a slash.
    settings = replace(settings, public_url=settings.public_url.rstrip("/"))
    if settings.demo and not settings.secret_key:
        settings = replace(settings, secret_key=DEMO_SECRET)
    return settings


# Read by the tests and the start script, not by the product.
NOT_SETTINGS = frozenset(
    {
        "DIALOGUE_TEST_DATABASE_URL",
        "DIALOGUE_REQUIRE_BROWSER",
        "DIALOGUE_CHROMIUM",
        "DIALOGUE_BENCH_DATABASE_URL",
    }
)


def _parse(variable: str, raw: str, default: object) -> object:
    if isinstance(default, bool):
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"", "0", "false", "no", "off"}:
            return False
        raise ConfigurationError(f"{variable} must be 1 or 0, not “{raw}”.")
    if isinstance(default, int):
        try:
            return int(raw)
        except ValueError:
            raise ConfigurationError(f"{variable} must be a whole number, not “{raw}”.") from None
    if isinstance(default, Path):
        return Path(raw)
    return raw


def problems(settings: Settings) -> list[str]:
    """What is wrong with a configuration, a sentence each that also says how to mend it."""
    found: list[str] = []
    if settings.demo:
        return found
    if not settings.secret_key:
        found.append(
            f"DIALOGUE_SECRET_KEY is missing. Set it to a random text, for example {secrets.token_hex(32)}"
        )
    elif settings.secret_key == DEMO_SECRET:
        found.append("DIALOGUE_SECRET_KEY is the demo's. Set it to a random text of your own.")
    elif len(settings.secret_key) < MINIMUM_SECRET_LENGTH:
        found.append(
            f"DIALOGUE_SECRET_KEY is shorter than {MINIMUM_SECRET_LENGTH} characters. Make it longer."
        )
    if not settings.smtp_url:
        found.append(
            "DIALOGUE_SMTP_URL is missing. Set it, for example smtp://user:password@mail.example.no:587"
        )
    if not settings.secure:
        found.append("DIALOGUE_PUBLIC_URL must start with https:// and be the address that residents use.")
    return found


_current: list[Settings] = []


def settings() -> Settings:
    """The settings of this process, read from the environment when first asked for."""
    if not _current:
        _current.append(read_settings(os.environ))
    return _current[0]


def use(chosen: Settings) -> Settings:
    """Make these the settings of this process, and return them."""
    _current[:] = [chosen]
    return chosen
