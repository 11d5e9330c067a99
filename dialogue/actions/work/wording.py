"""The standard sentences of a quick update, in every language at once."""

from dialogue.base.i18n import Labelled, Translated, _, in_all_languages, language, lazy


class Quick(Labelled):
    """What can be said of an action in one tap, in the words of its button."""

    ON_TRACK = "on-track", lazy("On track")
    GOES_ON = "goes-on", lazy("The work goes on")
    DELAYED = "delayed", lazy("Delayed")


def offered(is_late: bool) -> list[Quick]:
    """What can be said: of what is late, nobody says that it is on track."""
    return [Quick.GOES_ON if is_late else Quick.ON_TRACK, Quick.DELAYED]


def said(how: Quick, word: str) -> Translated:
    """What a tap says. With a word of one's own, all of it in the language it was written in: the others then
    read it as it was said, rather than half of it."""
    sentence = in_all_languages(_SENTENCES[how])
    return Translated({language(): f"{sentence.get(language())} {word}"}) if word else sentence


_SENTENCES = {
    Quick.ON_TRACK: lambda: _("It goes as planned."),
    Quick.GOES_ON: lambda: _("The work goes on."),
    Quick.DELAYED: lambda: _("It takes longer than planned. The work goes on."),
}
