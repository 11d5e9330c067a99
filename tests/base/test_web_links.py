"""Links to other sites that somebody writes."""

import pytest

from dialogue.base import web_links


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://video.example.org/1", "https://video.example.org/1"),
        (" video.example.org/1?a=b#c ", "https://video.example.org/1?a=b#c"),
        ("HTTPS://Video.Example.ORG:443/A", "https://video.example.org/A"),
        ("https://blåbær.example/å", "https://xn--blbr-roah.example/å"),
        ("http://video.example.org/1", None),
        ("javascript:alert(1)", None),
        ("javascript://example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("https://user:secret@example.org/", None),
        ("https://example.org@evil.example/", None),
        ("https://localhost/", None),
        ("https://127.0.0.1/", None),
        ("https://[::1]/", None),
        ("https://2130706433/", None),
        ("https://example.org:8443/", None),
        ("https://example.org:99999999/", None),
        ("https://exa mple.org/", None),
        ("https://example.org\\@evil.example/", None),
        ('https://example.org/"onmouseover=x', None),
        ("https://example.org/\u202egnp", None),
        ("https://[", None),
        ("https://" + "a" * 64 + ".org/", None),
        ("https://example.org/" + "x" * 300, None),
        ("//example.org/x", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_browsers_send_it_or_refused(written, read):
    assert web_links.read(written) == read


def test_what_is_shown_of_it_is_its_host():
    assert web_links.host("https://www.video.example.org/watch") == "video.example.org"
