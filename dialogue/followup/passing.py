"""Passing on: the organisation that something was passed on to says whether it has taken it.

It answers by a signed link in the mail that asks it. The link opens one decision and names the address that it
was mailed to, so it dies when the address is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.links import address_mark
from dialogue.base import audit, clock, outbox, signed_links, workdays
from dialogue.base.db import Database
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import Translated, _, in_all_languages, lazy
from dialogue.config import settings
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.followup import mail, rules
from dialogue.followup.models import Decision, DecisionOutcome, PassState, Theme, ThemeDecision
from dialogue.people.models import User
from dialogue.places.models import Organisation
from dialogue.web.permissions import Actor, Permission

LONGEST_REPLY = 600
REMINDED_AFTER = timedelta(days=14)
ANSWERS = (PassState.CONFIRMED, PassState.REFUSED)
_PURPOSE = "passed on"


@dataclass(frozen=True)
class Opened:
    """What a link opens: the decision with its themes, and whether the link has grown too old to be used."""

    decision: Decision
    organisation: Organisation
    themes: Sequence[Theme]
    has_expired: bool

    @property
    def is_in_force(self) -> bool:
        """Whether it has not been decided anew."""
        return bool(self.themes)


def ask(session: Session, decision: Decision) -> None:
    """Ask the organisation that a decision was passed on to, when it has become public.

    One without an address is asked by somebody of the team, who notes what it says.
    """
    if decision.outcome is not DecisionOutcome.PASS_ON or decision.passed_to_id is None:
        return
    decision.pass_state = PassState.ASKED
    decision.pass_asked_at = clock.now()
    _note(session, decision, "", None, is_public=False)
    session.flush()
    _write(session, decision)


def token_of(decision: Decision) -> str:
    """What stands in the link with which the organisation answers."""
    organisation = _receiver(decision)
    return signed_links.sign(
        settings().secret_key,
        _PURPOSE,
        [decision.code, address_mark(organisation.id, organisation.email), str(organisation.id)],
    )


def opened(session: Session, token: str) -> Opened:
    """What a link opens. Raises NotFound for one that was not made here, or not for this address."""
    signed = signed_links.read(settings().secret_key, _PURPOSE, token)
    code, mark, organisation_id = signed.content
    found = session.scalars(
        select(Decision)
        .where(Decision.code == code, Decision.released_at.is_not(None))
        .options(
            joinedload(Decision.body),
            joinedload(Decision.passed_to),
            joinedload(Decision.by),
            joinedload(Decision.dialogue).joinedload(Dialogue.organiser),
        )
    ).one_or_none()
    if found is None or found.passed_to is None or str(found.passed_to_id) != organisation_id:
        raise NotFound
    if address_mark(found.passed_to.id, found.passed_to.email) != mark:
        raise NotFound
    return Opened(found, found.passed_to, themes_of(session, found), signed.has_expired)


def themes_of(session: Session, decision: Decision) -> Sequence[Theme]:
    """The themes about which a decision is in force."""
    return session.scalars(
        select(Theme)
        .join(ThemeDecision, ThemeDecision.theme_id == Theme.id)
        .where(ThemeDecision.decision_id == decision.id, ThemeDecision.removed_at.is_(None))
        .order_by(Theme.position, Theme.id)
    ).all()


def answer(session: Session, found: Opened, state: PassState, reply: str) -> None:
    """The organisation has taken it, or says that it is not theirs; the same answer again changes nothing.

    Raises Invalid, and Closed when it has been decided anew or somebody answered otherwise before.
    """
    decision = found.decision
    _take_hold(session, decision)
    if not themes_of(session, decision):
        raise Closed(lazy("This has been decided anew, so you need not answer."))
    if decision.pass_state in ANSWERS and decision.pass_state is not state:
        raise Closed(lazy("This has been answered already. Write to those who asked you if it is wrong."))
    _answer(session, decision, state, reply, None)


def note_answer(session: Session, actor: Actor, decision: Decision, state: PassState, reply: str) -> None:
    """Somebody of the team writes down what the organisation has said. Raises NotAllowed, Invalid, Closed when
    nothing was passed on."""
    actor.require(Permission.DECIDE, decision.dialogue.scope())
    _take_hold(session, decision)
    if decision.pass_state is None:
        raise Closed(lazy("This has not been passed on to anybody."))
    audit.record(session, actor.user_id, "note answer", "decision", decision.id, decision.dialogue_id)
    _answer(session, decision, state, reply, actor.user_id)


def ask_again(session: Session, actor: Actor, decision: Decision) -> bool:
    """Send the question once more, at most once a day; return whether there is an address to send it to.

    Raises NotAllowed, Closed when it has been answered.
    """
    actor.require(Permission.DECIDE, decision.dialogue.scope())
    if decision.pass_state is not PassState.ASKED:
        raise Closed(lazy("There is nothing left to answer."))
    send_again(session, decision)
    return bool(_receiver(decision).email)


def send_again(session: Session, decision: Decision) -> None:
    """Send a fresh link to the organisation's own address, at most once a day, whoever asks for it."""
    _write(session, decision, f"passed on {decision.id} {decision.passed_to_id} {clock.today()}")


def remind(database: Database) -> int:
    """Remind once, after a fortnight, each organisation that has not answered; return how many mails."""
    if not workdays.is_working_time(clock.now()):
        return 0
    with database.reading() as session:
        waiting = session.scalars(select(Decision.id).where(_is_to_be_reminded())).all()
    return sum(_remind(database, decision_id) for decision_id in waiting)


def is_unconfirmed() -> ColumnElement[bool]:
    """The condition on Decision that it was passed on, is in force, and nobody has confirmed it."""
    return Decision.pass_state.in_((PassState.ASKED, PassState.REFUSED)) & exists().where(
        ThemeDecision.decision_id == Decision.id, ThemeDecision.removed_at.is_(None)
    )


def _is_to_be_reminded() -> ColumnElement[bool]:
    return (
        is_unconfirmed()
        & (Decision.pass_state == PassState.ASKED)
        & (Decision.pass_asked_at <= clock.now() - REMINDED_AFTER)
        & Decision.pass_reminded_at.is_(None)
        & exists().where(Organisation.id == Decision.passed_to_id, Organisation.email != "")
    )


def _remind(database: Database, decision_id: int) -> bool:
    with database.writing() as session:
        still = select(Decision).where(Decision.id == decision_id, _is_to_be_reminded()).with_for_update()
        decision = session.scalars(still).one_or_none()
        if decision is None:
            return False
        decision.pass_reminded_at = clock.now()
        _write(session, decision, is_reminder=True)
        return True


def _answer(session: Session, decision: Decision, state: PassState, reply: str, actor_id: int | None) -> None:
    if state not in ANSWERS:
        raise Invalid(lazy("Choose an answer."), "state")
    if len(reply) > LONGEST_REPLY:
        raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_REPLY), "reply")
    if (decision.pass_state, decision.pass_reply) == (state, reply):
        return
    before = decision.pass_state
    decision.pass_state, decision.pass_reply = state, reply
    if before is not state:
        decision.pass_answered_at = clock.now()
        _note(session, decision, before.value if before else "", actor_id, is_public=True)
    session.flush()
    contributions.raise_version(session, decision.dialogue_id)
    decider = session.get(User, decision.by_id) if decision.by_id else None
    if state is PassState.REFUSED and decider is not None and decider.is_active and actor_id != decider.id:
        letter = mail.passing_refused(decider.language, decision, _title(session, decision, decider.language))
        outbox.queue(session, decider.email, letter)


def _write(
    session: Session, decision: Decision, once: str | None = None, *, is_reminder: bool = False
) -> None:
    organisation = _receiver(decision)
    if organisation.email:
        language = organisation.language
        link = f"{settings().public_url}/{language}/passed-on/{token_of(decision)}"
        title = _title(session, decision, language)
        letter = mail.passed_on(language, decision, title, link, is_reminder=is_reminder)
        outbox.queue(session, organisation.email, letter, once=once)


def _title(session: Session, decision: Decision, language: str) -> str:
    return ", ".join(theme.title.pick(language).text for theme in themes_of(session, decision))


def _receiver(decision: Decision) -> Organisation:
    if decision.passed_to is None:
        raise NotFound
    return decision.passed_to


def _take_hold(session: Session, decision: Decision) -> None:
    """Of two who answer at once, the second sees what the first one said."""
    session.execute(select(Decision.id).where(Decision.id == decision.id).with_for_update())
    session.refresh(decision, ["pass_state", "pass_reply", "pass_answered_at"])


def _note(
    session: Session, decision: Decision, before: str, actor_id: int | None, *, is_public: bool
) -> None:
    state = decision.pass_state
    contributions.note_change(
        session,
        decision.dialogue_id,
        (rules.SUBJECTS[decision.body.power], decision.id),
        (before, state.value if state else ""),
        actor_id=actor_id,
        public_text=_words(decision) if is_public else None,
        is_public=is_public,
    )


def _words(decision: Decision) -> Translated:
    name = _receiver(decision).name
    if decision.pass_state is PassState.CONFIRMED:
        return in_all_languages(lambda: _("%(organisation)s has taken it.", organisation=name))
    return in_all_languages(lambda: _("%(organisation)s says that it is not theirs.", organisation=name))
