"""Takes what lies at the top of the repository into a wheel, and builds what is made from sources.

An editable install reads templates, translations and migrations where they are, and the command builds
the rest there; `dialogue.base.files.data_dir()` finds them in either place.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("templates", "translations", "migrations")


class DataHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        compile_translations(root / "translations")
        build_assets(root / "dialogue" / "web" / "assets.py")
        build_data["force_include"].update({str(root / name): f"dialogue/{name}" for name in DATA})


def compile_translations(folder: Path) -> None:
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as catalogue, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(catalogue, locale=source.parent.parent.name))


def build_assets(source: Path) -> None:
    """Runs the one module that builds style and script; the package as a whole needs Flask to be imported."""
    specification = importlib.util.spec_from_file_location("dialogue_assets", source)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    # Its dataclasses look themselves up there.
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    module.build()
