"""An idea as the one who gave it follows it."""

from flask import get_template_attribute, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from dialogue.base import clock, tongues
from dialogue.base.i18n import _, language, ngettext, show_date, show_day
from dialogue.boards import moderation, queries, queries_comments, rules
from dialogue.boards.models import Idea
from dialogue.boards.models_reading import Redaction
from dialogue.dialogues.models import GONE, ON_DUTY, Contribution, ContributionState
from dialogue.web.rooms import FollowPart


def follow_part(session: Session, contribution: Contribution, code: str) -> FollowPart:
    """An idea as the one who gave it sees it."""
    idea = queries.idea_of(session, contribution)
    if contribution.state in {*GONE, *ON_DUTY}:
        return FollowPart(
            heading=_("Your comment") if idea.comment_on_id else _("Your idea"),
            text="",
            language=contribution.language,
            draft_key=_draft_key(idea),
            is_passed_on=contribution.state in ON_DUTY,
            has_pupils=idea.board.has_pupils,
        )
    can_change = rules.can_change(idea)
    returned = contribution.state is ContributionState.RETURNED
    if idea.comment_on_id is None:
        change, change_label, withdraw_label = "boards.change", _("Change the idea"), _("Take the idea back")
    else:
        change, change_label, withdraw_label = "comments.change", _("Change it"), _("Take the comment back")
    return FollowPart(
        heading=idea.heading,
        text=idea.rest,
        language=contribution.language,
        heading_language=contribution.language,
        same=_same(session, idea),
        facts=_facts(idea, session.get(Redaction, idea.contribution_id)),
        edit_url=url_for(change, code=code) if can_change else None,
        edit_label=_("Change it and send it again") if returned else change_label,
        withdraw_label=withdraw_label,
        withdraw_question=_("What you wrote is removed and cannot be brought back."),
        rules_url=url_for("boards.how_we_read", code=idea.board.code),
        draft_key=_draft_key(idea),
        waits=_waits(idea) if contribution.state is ContributionState.RECEIVED else None,
        shown=get_template_attribute("boards/_given.html", "given_with")(idea, "boards.own_picture", code),
    )


def _draft_key(idea: Idea) -> str:
    about = idea.comment_on
    return f"idea-{idea.board.code}" if about is None else f"comment-{about.contribution.code}"


def _waits(idea: Idea) -> tuple[str, str]:
    """For the reveal; or to be read, and by when, or that we have not kept that."""
    if idea.cleared_at is not None:
        return _("Waits to be shown"), _("Your idea is hidden until all ideas are shown together.")
    day = rules.read_by(idea.contribution.received_at)
    if day >= clock.today():
        said = _("A person reads it before it is shown, by %(day)s.", day=show_day(day))
    else:
        said = _(
            "We said that we would read it by %(day)s. It is late, and still in line.", day=show_day(day)
        )
    return _("Waits to be read"), said


def _same(session: Session, idea: Idea) -> tuple[str, str] | None:
    """The idea that says the same, while it is shown, with its page."""
    like = session.get(Idea, idea.same_as_id) if idea.same_as_id else None
    if like is None or like.published_at is None:
        return None
    return like.heading, url_for("boards.idea", code=like.contribution.code)


def _facts(idea: Idea, redaction: Redaction | None) -> list[tuple[str, str]]:
    address = url_for("boards.board", code=idea.board.code)
    facts: list[tuple[str, str]] = [
        (_("Idea board"), Markup('<a href="{}">{}</a>').format(address, idea.board.title)),
        (_("Question"), str(idea.column.title)),
    ]
    if about := queries_comments.shown_above(idea):
        link = Markup('<a href="{}" lang="{}" dir="auto">{}</a>')
        address = url_for("boards.idea", code=about.contribution.code)
        facts.append((_("Comment on"), link.format(address, about.contribution.language, about.heading)))
    if idea.contribution.language != language():
        facts.append((_("Language"), tongues.name(idea.contribution.language)))
    if idea.published_at:
        facts.append((_("Published"), show_date(idea.published_at)))
    if idea.published_at and idea.comment_on_id is None:
        facts.append(
            (_("Support"), ngettext("%(num)s supports this", "%(num)s support this", idea.support_count))
        )
    if redaction is not None:
        facts.append((_("Taken out"), moderation.taken_out(redaction.kinds)))
        facts.append((_("As you wrote it"), f"{redaction.title}\n{redaction.text}".strip()))
    if idea.return_reason:
        facts.append((_("Why it is not shown"), str(idea.return_reason.label)))
    if idea.return_note:
        facts.append((_("From the one who read it"), idea.return_note))
    return facts
