"""The little Markdown of our mails gives what the whole language would."""

from hypothesis import example, given, strategies as st

from dialogue.base import plain_markdown, text

pieces = st.sampled_from(
    [
        "a", "Æ", "1", "1. ", "1) ", " ", "  ", "\n", "\n\n", "- ", "-", "* ", "+ ", "## ", "# ", "> ", "&", "&amp;", "<", ">",
        "[a](http://x.no/b_c-d)", "[a b](https://x.no/?a=1)", "[*a*](http://x.no)", "[a](javascript:x)", "[", "](", ")", "_", "**",
        "`", "\\", "!", '"', "'", "|", "=", "===", "---", ":", "://", "http://x.no", "\t", "    ", "“x”", "~", "{", "}",
    ]
)  # fmt: skip


@given(st.lists(pieces, max_size=14).map("".join))
@example(
    "Line\nline: [See](http://x.no/a_b-c)\n\n## Title (en)\n\n- [One](http://x.no), two\n- three\n\nLast."
)
def test_it_is_the_same_as_the_whole_or_nothing(source):
    quick = plain_markdown.html(source)
    assert quick is None or quick == text.markdown(source)


def test_a_mail_of_ours_is_of_the_little_kind():
    source = "Hi.\n\n## Lamps (nb)\n\nLate. By: 4. mars 2027\n\n[Tell](http://localhost/nb/actions/by-link/Wyx_-.a)\n"
    assert plain_markdown.html(source) is not None
