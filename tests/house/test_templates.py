"""Laws over every template."""

import re

import pytest
from jinja2 import nodes

from dialogue.base.files import data_dir

ROOT = data_dir("templates")
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
PAGES = [name for name in TEMPLATES if name.endswith(".html")]


def code(repository) -> str:
    return "\n".join(path.read_text() for path in (repository / "dialogue").rglob("*.py"))


def test_every_template_is_used(repository):
    everything = code(repository) + "\n".join((ROOT / name).read_text() for name in TEMPLATES)
    unused = []
    for name in TEMPLATES:
        # A mail is named without its folder and its ending, or by the occasion that is its file's name.
        plain = name.removeprefix("mail/")
        names = {name, plain, plain.removesuffix(".md"), name.rsplit("/", 1)[-1].rsplit(".", 1)[0]}
        if not name.startswith("mail/"):
            names = {name, name.rsplit("/", 1)[-1]}
        if not any(f'"{written}"' in everything for written in names):
            unused.append(name)
    assert unused == []


def test_every_macro_is_used():
    sources = {name: (ROOT / name).read_text() for name in PAGES}
    unused = []
    for name, source in sources.items():
        for macro in re.findall(r"{%-? *macro (\w+)", source):
            uses = sum(len(re.findall(rf"\b{macro}\b", text)) for text in sources.values())
            if uses < 2:
                unused.append(f"{name}: {macro}")
    assert unused == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_can_be_read_by_the_engine(name, built_house):
    assert built_house.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_holds_no_style_and_no_script(name):
    source = (ROOT / name).read_text()
    if name == "mail/_frame.html":
        pytest.skip("mail programs know no style sheets of ours")
    assert " style=" not in source
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"\son(click|load|submit|change|input|error|focus|blur|key\w+|mouse\w+)=", source)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_person_wrote_is_never_trusted_as_markup(name, built_house):
    """``|safe`` stands only behind a translated sentence of our own."""
    source = (ROOT / name).read_text()
    if name == "components/icon.html":
        pytest.skip("its drawings are our own and stand in the same file")
    for before in re.findall(r"([^|{]*)\|\s*safe\b", source):
        assert re.search(r"""\b(_|ngettext)\(""", before), f"{name}: {before.strip()}|safe"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_site_comes_from_the_router(name):
    source = (ROOT / name).read_text()
    wrong = re.findall(r"""(?:href|action)="(/(?!static/)[^"]*)""", source)
    assert not wrong


def test_every_sentence_in_a_page_can_be_translated(built_house):
    """Words that stand between tags without ``_()``; figures, signs and names of the product are no words."""
    found = []
    for name in PAGES:
        if name.startswith("mail/"):
            continue
        tree = built_house.jinja_env.parse((ROOT / name).read_text())
        for data in tree.find_all(nodes.TemplateData):
            text = re.sub(r"<!--.*?-->|<[^>]*>|<[^>]*$|^[^<]*>", " ", data.data, flags=re.S)
            for words in re.findall(r"[A-Za-zÆØÅæøå]{4,}(?: [A-Za-zÆØÅæøå]{2,})+", text):
                found.append(f"{name}: {words}")
    assert found == []
