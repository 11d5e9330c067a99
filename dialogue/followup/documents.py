"""Documents on paper. Typst weighs as much as the rest of a worker together, so it is loaded when the first
document is made."""

import json
from collections.abc import Mapping
from typing import Any

from dialogue.base.files import data_dir
from dialogue.base.i18n import _, speaking


def brief_pdf(content: Mapping[str, Any]) -> bytes:
    """The one-page brief as a tagged PDF (PDF/UA-1), in the language of its content.

    The content reaches the document as data only, so nothing in it is read as markup.
    """
    import typst  # noqa: PLC0415 - see above

    with speaking(content["language"]):
        labels = {
            "heading": _("Decision brief"),
            "say": _("What people say"),
            "propose": _("What we propose"),
            "who": _("Who"),
            "missing": _("Not in this brief"),
            "none": _("Not written yet"),
        }
    return typst.compile(
        data_dir("templates") / "followup" / "brief.typ",
        format="pdf",
        sys_inputs={"content": json.dumps(content), "labels": json.dumps(labels)},
        pdf_standards="ua-1",
        # The fonts that Typst brings along; what a machine has installed must not change a document.
        ignore_system_fonts=True,
    )
