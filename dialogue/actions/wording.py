"""What the history says of actions, in every language at once."""

from datetime import date

from dialogue.base.i18n import Lazy, Translated, _, in_all_languages, show_date


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


def as_planned() -> Translated:
    """That it goes as planned."""
    return in_all_languages(lambda: _("It goes as planned."))


def handed_over(owner: Translated) -> Translated:
    """That somebody else there looks after it; without their name, which is theirs."""
    return in_all_languages(lambda: _("Somebody else at %(owner)s looks after it now.", owner=owner))


def person_left(owner: Translated) -> Translated:
    """That nobody there is named any more."""
    return in_all_languages(lambda: _("Mails go to the shared address of %(owner)s now.", owner=owner))


def offers(owner: Translated, to: Translated) -> Translated:
    """That the owner would hand it over to another organisation."""
    return in_all_languages(lambda: _("%(owner)s would hand it over to %(to)s.", owner=owner, to=to))


def keeps(owner: Translated) -> Translated:
    """That the owner keeps it after all."""
    return in_all_languages(lambda: _("%(owner)s keeps it after all.", owner=owner))


def stays(owner: Translated) -> Translated:
    """That the organiser leaves it where it is."""
    return in_all_languages(lambda: _("It stays with %(owner)s.", owner=owner))


def paused(until: date) -> Translated:
    """That nobody is reminded before a day."""
    return in_all_languages(lambda: _("No reminders before %(date)s.", date=show_date(until)))


def edited(names: list[Lazy]) -> Translated:
    """Which parts were written anew."""
    return in_all_languages(lambda: _("Changed: %(parts)s.", parts=", ".join(str(name) for name in names)))


def file_added(name: str) -> Translated:
    """That a file was put with it."""
    return in_all_languages(lambda: _("File added: %(name)s", name=name))


def file_removed(name: str) -> Translated:
    """That a file was taken away."""
    return in_all_languages(lambda: _("File removed: %(name)s", name=name))
