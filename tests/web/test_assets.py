"""The built stylesheet and script, the vendored files behind them, and the contrast of the theme."""

import gzip
import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest

from dialogue.web import assets

VENDOR = assets.STATIC / "vendor"
# WCAG 2.2: 1.4.3 for text, 1.4.11 for the edges of fields and what shows a state.
TEXT, EDGE = 4.5, 3.0
SURFACES = ("background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover")
PAIRS = [
    *(("text-default", surface, TEXT) for surface in SURFACES),
    *(("text-subtle", surface, TEXT) for surface in SURFACES),
    *(("border-default", surface, EDGE) for surface in SURFACES[:3]),
    *(("base-contrast-default", f"base-{state}", TEXT) for state in ("default", "hover", "active")),
]
COLOURS = ("accent", "brand1", "neutral", "info", "success", "warning", "danger")


@pytest.fixture
def static(tmp_path: Path) -> Path:
    root = tmp_path / "static"
    shutil.copytree(assets.STATIC, root, ignore=shutil.ignore_patterns(assets.BUILT))
    return root


def built(root: Path, name: str, manifest: assets.Manifest) -> bytes:
    return (root / assets.BUILT / manifest.files[name]).read_bytes()


def test_the_same_sources_give_the_same_files(static: Path) -> None:
    first = assets.build(static)
    contents = {path.name: path.read_bytes() for path in (static / assets.BUILT).iterdir()}
    shutil.rmtree(static / assets.BUILT)

    assert assets.build(static) == first
    assert {path.name: path.read_bytes() for path in (static / assets.BUILT).iterdir()} == contents


def test_a_change_of_a_source_changes_the_name_and_the_old_file_goes_in_time(static: Path) -> None:
    before = assets.build(static).files["app.css"]
    source = static / "css" / "button.css"
    source.write_text(source.read_text() + ".ds-button { cursor: help; }\n")

    after = assets.build(static).files["app.css"]

    assert after != before
    old = static / assets.BUILT / before
    assert old.exists()

    os.utime(old, (0, 0))
    assets.build(static)
    assert not old.exists()


def test_the_compressed_copy_holds_the_same_bytes(static: Path) -> None:
    manifest = assets.build(static)
    for name in ("app.css", "app.js"):
        packed = static / assets.BUILT / f"{manifest.files[name]}.gz"
        assert gzip.decompress(packed.read_bytes()) == built(static, name, manifest)


def test_the_first_view_is_small(static: Path) -> None:
    manifest = assets.build(static)
    sizes = {name: len(gzip.compress(built(static, name, manifest), 9)) for name in ("app.css", "app.js")}
    font = len(built(static, "hanken-grotesk.woff2", manifest))

    assert sizes["app.js"] < 45_000
    # The page itself has the rest of the 120 kB.
    assert sizes["app.css"] + sizes["app.js"] + font < 90_000
    assert font < 40_000


def test_the_stylesheet_asks_no_other_host_and_names_only_built_files(static: Path) -> None:
    manifest = assets.build(static)
    css = built(static, "app.css", manifest).decode()
    addresses = re.findall(r'url\(["\']?([^"\')]+)', css)

    assert {address for address in addresses if not address.startswith("data:")} == {
        manifest.files["hanken-grotesk.woff2"],
        manifest.files["hanken-grotesk-sami.woff2"],
    }


def test_every_behaviour_stands_in_its_own_block_of_the_script(static: Path) -> None:
    script = assets.script(static)
    sources = list((static / "js").glob("*.js"))

    assert len(re.findall(r"^\{.*", script, flags=re.MULTILINE)) >= len(sources)
    for source in sources:
        assert not re.search(r"\beval\(|\.innerHTML|\bimport\b|\.style\b", source.read_text()), source.name


def test_our_style_uses_logical_properties_and_colours_from_the_theme() -> None:
    physical = re.compile(
        r"(margin|padding|border)-(left|right)\b|^\s+(left|right):|text-align:\s*(left|right)", re.M
    )
    for source in assets.style_sources(assets.STATIC):
        text = source.read_text()
        assert not physical.search(text), source.name
        if source.stem not in {"colours", "sizes"}:
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", text), source.name


def test_every_vendored_file_is_the_one_that_was_taken_in() -> None:
    lines = (VENDOR / "CHECKSUMS.txt").read_text().splitlines()
    expected = {
        name: digest for digest, name in (line.split("  ") for line in lines if not line.startswith("#"))
    }
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS.txt"
    }

    assert found == expected


def test_nothing_unused_is_vendored() -> None:
    parts = {path.stem for path in (VENDOR / "designsystemet").glob("*.css")}
    assert parts == set(assets.DESIGNSYSTEMET)


def test_a_name_that_was_not_built_says_what_to_do() -> None:
    assets.build()
    with pytest.raises(assets.AssetsMissing, match="dialogue assets"):
        assets.asset_url("nothing.css")
    assert assets.asset_url("app.css").startswith("/static/built/app.")


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_keeps_contrast(scheme: str, colour: str) -> None:
    tokens = theme(scheme)
    for front, back, least in PAIRS:
        for owner in {colour, "neutral"} if not back.startswith("base") else {colour}:
            ratio = contrast(tokens[f"{colour}-{front}"], tokens[f"{owner}-{back}"])
            assert ratio >= least, f"{front} of {colour} on {back} of {owner}: {ratio:.2f}"


def test_dark_by_choice_and_dark_by_device_are_the_same() -> None:
    text = (assets.STATIC / "css" / "colours.css").read_text()
    device = text[text.index("prefers-color-scheme: dark") : text.index('[data-color-scheme="dark"]')]
    assert colours(device) == theme("dark")


def theme(scheme: str) -> dict[str, str]:
    """The colour tokens of one scheme, by name without the prefix."""
    text = (assets.STATIC / "css" / "colours.css").read_text()
    start = text.index(f'[data-color-scheme="{scheme}"]')
    return colours(text[start : text.index("}", start)])


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--ds-color-([a-z0-9-]+): (#[0-9a-f]{6});", text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
