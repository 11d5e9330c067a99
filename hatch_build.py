"""Takes what lies at the top of the repository into a wheel: templates, translations and migrations.

An editable install reads them where they are; `dialogue.base.files.data_dir()` finds them in either place.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("templates", "translations", "migrations")


class DataHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the translations next to their sources, then includes the three folders."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for source in Path(self.root, "translations").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as catalogue, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(catalogue, locale=source.parent.parent.name))
        build_data["force_include"].update({str(Path(self.root, name)): f"dialogue/{name}" for name in DATA})
