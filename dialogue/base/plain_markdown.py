"""The little Markdown that our mails are written in, as HTML, in a fraction of the time of the whole language.

A day with hundreds of mails would otherwise be spent on reading Markdown. What is not this little is left to the
whole: the two give the same HTML, which a test holds.
"""

import re

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[\w./:?=&%+~-]+)\)")
# Whatever could mean something, were it not part of a link of ours.
_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>&|#!\"\t]|://|^[ ]|^[-+=:]|^\d+[.)]| $", re.MULTILINE)
_ITEM = "- "
_HEADING = "## "


def html(source: str) -> str | None:
    """The HTML of paragraphs, headings, links and lists; None where the source holds anything else."""
    blocks: list[str] = []
    before_was_list = False
    for block in re.split(r"\n(?:[ ]*\n)+", source.strip("\n")):
        lines = block.split("\n")
        is_list = all(line.startswith(_ITEM) for line in lines)
        if is_list and before_was_list:
            return None
        before_was_list = is_list
        if is_list:
            items = [_inline(line.removeprefix(_ITEM)) for line in lines]
            if not all(items):
                return None
            blocks.append("<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>")
        elif block.startswith(_HEADING) and len(lines) == 1:
            title = _inline(block.removeprefix(_HEADING))
            if not title:
                return None
            blocks.append(f"<h2>{title}</h2>")
        else:
            parts = [_inline(line) for line in lines]
            if not all(parts):
                return None
            blocks.append("<p>" + "<br>\n".join(str(part) for part in parts) + "</p>")
    return "\n".join(blocks)


def _inline(line: str) -> str | None:
    """One line with its links; None where it holds more than that, or nothing."""
    if not line.strip() or _MEANS_SOMETHING.search(_LINK.sub("x", line)):
        return None
    if any("&" in address or _MEANS_SOMETHING.search(words) for words, address in _LINK.findall(line)):
        return None
    return _LINK.sub(r'<a href="\2" rel="noopener noreferrer">\1</a>', line.strip())
