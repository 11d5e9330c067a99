"""What the history says of actions, in every language at once."""

from datetime import date

from dialogue.base.i18n import Translated, _, in_all_languages, show_date


def accepted(owner: Translated, due_on: date) -> Translated:
    """That the owner has said yes."""
    return in_all_languages(
        lambda: _("%(owner)s has said yes, and will do it by %(date)s.", owner=owner, date=show_date(due_on))
    )


def asks_for(owner: Translated, day: date) -> Translated:
    """That the owner offers another date."""
    return in_all_languages(
        lambda: _("%(owner)s asks for another date: %(date)s.", owner=owner, date=show_date(day))
    )


def agreed(day: date) -> Translated:
    """That a new date holds."""
    return in_all_languages(lambda: _("The new date is %(date)s.", date=show_date(day)))


def kept(day: date) -> Translated:
    """That the old date stands."""
    return in_all_languages(lambda: _("The date is still %(date)s.", date=show_date(day)))


def asked(owner: Translated, day: date) -> Translated:
    """That an organisation is asked."""
    return in_all_languages(
        lambda: _("%(owner)s is asked to do it by %(date)s.", owner=owner, date=show_date(day))
    )


def begun() -> Translated:
    """That the work has begun."""
    return in_all_languages(lambda: _("The work has begun."))


def reopened() -> Translated:
    """That it was not finished after all."""
    return in_all_languages(lambda: _("It is not finished after all, and the work goes on."))


def shown() -> Translated:
    """That everybody can see it from here on."""
    return in_all_languages(lambda: _("Everybody can see the action now."))


def hidden() -> Translated:
    """That only those who work with it can see it from here on."""
    return in_all_languages(lambda: _("Only the team and the owner can see the action now."))
