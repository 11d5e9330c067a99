"""One stylesheet and one script, built from the sources in ``dialogue/static``.

Every built file carries a digest of its content in its name, so it may be cached for ever, and lies
beside a compressed copy. The same sources always give the same bytes.
"""

import gzip
import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin

STATIC = Path(__file__).resolve().parent.parent / "static"
BUILT = "built"
URL = "/static/built/"

# The parts of Designsystemet that our components use; base comes first, the rest stands alone.
DESIGNSYSTEMET = (
    "base",
    "alert",
    "button",
    "card",
    "details",
    "dialog",
    "error-summary",
    "field",
    "fieldset",
    "input",
    "label",
    "skip-link",
    "table",
    "tag",
    "validation-message",
)
# What every component builds on, in this order; the components follow by name, paper comes last.
FOUNDATION = ("font", "colours", "sizes", "elements", "layout")
LAST = ("print",)
# A server that still runs, and a page that is still open, need the files they were made with.
KEPT_FOR = timedelta(days=7)
# Already compressed; a second time would only make it larger.
COMPRESSED = frozenset({".woff2"})


class AssetsMissing(RuntimeError):
    """The built files are not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has not been built. Run: dialogue assets")


@dataclass(frozen=True)
class Manifest:
    """The name that pages use ("app.css") and the file that holds it now ("app.1f3a….css")."""

    files: Mapping[str, str]


def build(root: Path = STATIC) -> Manifest:
    """Build what lies in this static folder into its folder ``built`` and say what it is called there.

    Several processes may build at once: each file is put in its place in one step.
    """
    output = root / BUILT
    output.mkdir(exist_ok=True)
    files: dict[str, str] = {}
    for source in [*sorted((root / "fonts").glob("*.woff2")), *sorted((root / "icons").glob("*.svg"))]:
        files[source.name] = _write(output, source.name, source.read_bytes())
    files["app.css"] = _write(output, "app.css", stylesheet(root, files).encode())
    files["app.js"] = _write(output, "app.js", script(root).encode())
    _replace(output / "manifest.json", json.dumps(files, indent=1, sort_keys=True).encode())
    _remove_others(output, files)
    _manifest.cache_clear()
    return Manifest(files)


def asset_url(name: str) -> str:
    """The address of a built file by its plain name. Raises AssetsMissing when it is not there."""
    files = _manifest(STATIC).files
    if name not in files:
        raise AssetsMissing(name)
    return URL + files[name]


def stylesheet(root: Path, files: Mapping[str, str]) -> str:
    """Designsystemet and our plain elements in cascade layers, then our sources, which win without a fight.

    Elements lie under Designsystemet's components: a link that is a button keeps the button's colour.
    """
    vendor = root / "vendor" / "designsystemet"
    parts = [f"/*! Designsystemet, MIT licence: {URL.removesuffix('built/')}vendor/designsystemet/LICENSE */"]
    parts.append("@layer base,elements,components;")
    for name in DESIGNSYSTEMET:
        layer = "base" if name == "base" else "components"
        parts.append(f"@layer {layer}{{{(vendor / f'{name}.css').read_text().strip()}}}")
    for source in style_sources(root):
        rules = rcssmin.cssmin(source.read_text())
        parts.append(f"@layer elements{{{rules}}}" if source.stem == "elements" else rules)
    text = "\n".join(parts) + "\n"
    for name, built in files.items():
        text = text.replace(f"../fonts/{name}", built)
    return text


def style_sources(root: Path) -> list[Path]:
    """Our own style sources in the order in which they are joined."""
    folder = root / "css"
    fixed = {*FOUNDATION, *LAST}
    components = sorted(path.stem for path in folder.glob("*.css") if path.stem not in fixed)
    return [folder / f"{name}.css" for name in (*FOUNDATION, *components, *LAST)]


def script(root: Path) -> str:
    """All behaviours after each other, each in a block of its own so that names do not meet."""
    blocks = (f"{{{rjsmin.jsmin(path.read_text())}}}" for path in sorted((root / "js").glob("*.js")))
    return '"use strict";\n' + "\n".join(blocks) + "\n"


@lru_cache
def _manifest(root: Path) -> Manifest:
    path = root / BUILT / "manifest.json"
    if not path.is_file():
        raise AssetsMissing(path.name)
    return Manifest(json.loads(path.read_text()))


def _write(output: Path, name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    built = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    _replace(output / built, content)
    if f".{suffix}" not in COMPRESSED:
        _replace(output / f"{built}.gz", gzip.compress(content, 9, mtime=0))
    return built


def _replace(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _remove_others(output: Path, files: Mapping[str, str]) -> None:
    kept = {"manifest.json", *files.values(), *(f"{built}.gz" for built in files.values())}
    oldest = time.time() - KEPT_FOR.total_seconds()
    for path in output.iterdir():
        if path.name not in kept and not path.name.startswith(".") and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
