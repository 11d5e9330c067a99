"""Mails: what is quick about them changes nothing in them."""

import pytest

from dialogue.base import letters, plain_markdown
from dialogue.base.i18n import LANGUAGES, speaking

BODY = """Noen ord er nok, «og» de som ga ideene, får se det. 12\u00a0345 kr

## Lys langs stien

- [Fra 1. mai](https://dialog.example.org/nb/actions/by-link/abc.def-ghi_jkl), 1. mai 2027
- og 3 til

[Slik minner vi på](https://dialog.example.org/nb/actions/how-we-remind)
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", ["Snart frist: Lys", "A & B <c> \"d\" 'e'", "5\u00a0saker"])
def test_a_mail_of_few_elements_looks_as_if_its_style_had_been_worked_out(language, subject):
    little = plain_markdown.html(BODY)
    with speaking(language):
        assert letters._framed_little(subject, little) == letters._framed(subject, little)
