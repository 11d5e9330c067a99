"""What the history says of actions, in every language at once."""

from collections.abc import Callable
from datetime import date

from dialogue.base.i18n import LANGUAGES, Translated, _, show_date, speaking


def everywhere(make: Callable[[], str]) -> Translated:
    """What a function says in each language."""
    texts = {}
    for code in LANGUAGES:
        with speaking(code):
            texts[code] = make()
    return Translated(texts)


def accepted(owner: Translated, due_on: date) -> Translated:
    """That the owner has said yes."""
    return everywhere(
        lambda: _("%(owner)s has said yes, and will do it by %(date)s.", owner=owner, date=show_date(due_on))
    )


def asks_for(owner: Translated, day: date) -> Translated:
    """That the owner offers another date."""
    return everywhere(
        lambda: _("%(owner)s asks for another date: %(date)s.", owner=owner, date=show_date(day))
    )


def agreed(day: date) -> Translated:
    """That a new date holds."""
    return everywhere(lambda: _("The new date is %(date)s.", date=show_date(day)))


def kept(day: date) -> Translated:
    """That the old date stands."""
    return everywhere(lambda: _("The date is still %(date)s.", date=show_date(day)))


def asked(owner: Translated, day: date) -> Translated:
    """That an organisation is asked."""
    return everywhere(lambda: _("%(owner)s is asked to do it by %(date)s.", owner=owner, date=show_date(day)))


def begun() -> Translated:
    """That the work has begun."""
    return everywhere(lambda: _("The work has begun."))


def reopened() -> Translated:
    """That it was not finished after all."""
    return everywhere(lambda: _("It is not finished after all, and the work goes on."))


def shown() -> Translated:
    """That everybody can see it from here on."""
    return everywhere(lambda: _("Everybody can see the action now."))


def hidden() -> Translated:
    """That only those who work with it can see it from here on."""
    return everywhere(lambda: _("Only the team and the owner can see the action now."))
