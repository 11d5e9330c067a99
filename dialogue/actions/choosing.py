"""The form of what an organisation chooses about lateness and mails, at the desk and by link alike."""

from sqlalchemy.orm import Session

from dialogue.actions import queries_links, wishes
from dialogue.actions.forms_wishes import PersonForm, WishesForm, chosen_wishes
from dialogue.actions.queries_links import OpenedList
from dialogue.actions.wishes import ListHolder
from dialogue.places.models import Organisation
from dialogue.web.forms import posted
from dialogue.web.permissions import Actor


def form_of(owner: Organisation) -> WishesForm:
    """The form of an organisation."""
    chosen = {
        "shows_lateness": bool(owner.shows_lateness),
        "tells_leader": bool(owner.tells_leader),
        "leader_email": owner.leader_email,
        "weekly_mail": owner.weekly_mail,
    }
    return WishesForm(posted(), data=chosen)


def form_of_list(session: Session, opened: OpenedList) -> WishesForm | PersonForm:
    """The form of whoever opened a list: one person chooses only their own mails."""
    if not opened.person:
        return form_of(opened.owner)
    return PersonForm(posted(), weekly_mail=queries_links.gets_weekly_mail(session, opened))


def save(
    session: Session, who: Actor | ListHolder, owner: Organisation, form: WishesForm | PersonForm
) -> None:
    """Keep what was chosen."""
    if isinstance(form, WishesForm):
        wishes.save(session, who, owner, chosen_wishes(form), bool(form.weekly_mail.data))
    elif isinstance(who, ListHolder):
        wishes.set_weekly_mail_of_person(session, who, bool(form.weekly_mail.data))
