"""The bodies of a dialogue: who hears about it, and whether they decide, recommend or discuss."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.actions.queries import possible_owners
from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Lazy, Translated, in_all_languages, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.rules import required_languages
from dialogue.followup import queries_bodies
from dialogue.followup.models import Body, BodyPower
from dialogue.places.models import Organisation, OrganisationKind
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_NAME = 120


@dataclass(frozen=True)
class Preset:
    """A body that many places have: its name, what it can do, and what kind of organisation it belongs to."""

    key: str
    name: Lazy
    power: BodyPower
    kind: OrganisationKind | None


PRESETS = (
    Preset(
        "action-leaders",
        lazy("The police's action leaders' meeting"),
        BodyPower.DECIDES,
        OrganisationKind.POLICE_UNIT,
    ),
    Preset("steering", lazy("The steering meeting"), BodyPower.DECIDES, OrganisationKind.POLICE_UNIT),
    Preset("police-council", lazy("The police council"), BodyPower.RECOMMENDS, None),
    Preset(
        "childhood",
        lazy("The municipality's meeting on childhood and youth"),
        BodyPower.DECIDES,
        OrganisationKind.MUNICIPAL_SERVICE,
    ),
)


@dataclass(frozen=True)
class BodyDraft:
    """A body as it is written down. ``organisation_id`` is whose decision it is."""

    name: Translated
    power: BodyPower
    organisation_id: int | None = None


def ensure(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    name: Translated,
    power: BodyPower,
    organisation_id: int | None = None,
) -> Body:
    """The body in use with this name in any language, as it is; made when there is none.

    Raises NotAllowed, Invalid.
    """
    _take_hold(session, actor, dialogue)
    for body in queries_bodies.in_use(session, dialogue.id):
        if _is_named(body, name):
            return body
    return _make(session, actor, dialogue, BodyDraft(name, power, organisation_id))


def add(
    session: Session, actor: Actor, dialogue: Dialogue, draft: BodyDraft, submission_key: str = ""
) -> Body:
    """Add a body to a dialogue; the same page sent twice adds one. Raises NotAllowed, Invalid for a name that
    another body in use has."""
    _take_hold(session, actor, dialogue)
    if submission_key and not first_time(session, submission_key, f"body\0{dialogue.id}\0{draft!r}"):
        return ensure(session, actor, dialogue, draft.name, draft.power, draft.organisation_id)
    return _make(session, actor, dialogue, draft)


def change(session: Session, actor: Actor, body: Body, draft: BodyDraft) -> None:
    """Change a body's name, organisation or power.

    Raises NotAllowed, Invalid, and Closed when its power would change what people have been told: a body that
    has decided or recommended something keeps its power.
    """
    _take_hold(session, actor, body.dialogue, body)
    _check(session, body.dialogue, draft, body)
    if draft.power is not body.power and queries_bodies.has_decided(session, body.id):
        raise Closed(
            lazy(
                "What this body has said is written down, so what it can do stays. Make another body instead."
            )
        )
    before = body.power.value
    body.name, body.power, body.organisation_id = draft.name, draft.power, draft.organisation_id
    _note(session, actor, body, (before, "changed"))


def retire(session: Session, actor: Actor, body: Body) -> None:
    """Offer a body no more; what it has said stays. Raises NotAllowed."""
    _take_hold(session, actor, body.dialogue, body)
    if body.retired_at is None:
        body.retired_at = clock.now()
        _note(session, actor, body, ("", "retired"))


def restore(session: Session, actor: Actor, body: Body) -> None:
    """Offer a body again. Raises NotAllowed, Invalid when another one has its name now."""
    _take_hold(session, actor, body.dialogue, body)
    if body.retired_at is not None:
        _check_name(session, body.dialogue, body.name, body)
        body.retired_at = None
        _note(session, actor, body, ("", "restored"))


def like(preset: Preset, dialogue: Dialogue, organisations: Iterable[Organisation]) -> BodyDraft:
    """A preset body for a dialogue: its organiser's where that fits, else of the only organisation of its kind."""
    fitting = [one for one in organisations if one.kind is preset.kind]
    ids = {one.id for one in fitting}
    organiser = dialogue.organiser_id if dialogue.organiser_id in ids else None
    only = fitting[0].id if len(fitting) == 1 else None
    return BodyDraft(in_all_languages(lambda: preset.name), preset.power, organiser or only)


def _make(session: Session, actor: Actor, dialogue: Dialogue, draft: BodyDraft) -> Body:
    _check(session, dialogue, draft)
    body = Body(dialogue=dialogue, created_at=clock.now(), **vars(draft))
    session.add(body)
    session.flush()
    _note(session, actor, body, ("", "added"))
    return body


def _take_hold(session: Session, actor: Actor, dialogue: Dialogue, body: Body | None = None) -> None:
    """Of two who add the same body at once, the second finds what the first one made."""
    actor.require(Permission.DECIDE, dialogue.scope())
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    if body is not None:
        session.refresh(body)


def _check(session: Session, dialogue: Dialogue, draft: BodyDraft, body: Body | None = None) -> None:
    if draft.name.missing(required_languages(dialogue)):
        raise Invalid(lazy("Say which body, in bokmål and nynorsk."), "name")
    if any(len(text) > LONGEST_NAME for _code, text in draft.name.texts):
        raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_NAME), "name")
    _check_name(session, dialogue, draft.name, body)
    possible = {one.id for one in possible_owners(session, dialogue)} | {dialogue.organiser_id}
    if draft.organisation_id is not None and draft.organisation_id not in possible:
        raise Invalid(lazy("Choose an organisation from the list."), "organisation")


def _check_name(session: Session, dialogue: Dialogue, name: Translated, body: Body | None) -> None:
    others = [one for one in queries_bodies.in_use(session, dialogue.id) if body is None or one.id != body.id]
    if any(_is_named(one, name) for one in others):
        raise Invalid(lazy("There is a body with this name already."), "name")


def _is_named(body: Body, name: Translated) -> bool:
    known = {(code, text.casefold()) for code, text in body.name.texts}
    return any((code, text.casefold()) in known for code, text in name.texts)


def _note(session: Session, actor: Actor, body: Body, states: tuple[str, str]) -> None:
    """Write the team's line of history; the pages that name the body are made anew."""
    contributions.note_change(
        session, body.dialogue_id, ("body", body.id), states, actor_id=actor.user_id, is_public=False
    )
    session.flush()
    contributions.raise_version(session, body.dialogue_id)
