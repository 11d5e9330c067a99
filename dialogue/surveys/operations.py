"""What the team does with a survey: write it, publish it, share it, close it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, _, in_all_languages, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Dialogue
from dialogue.residents import operations as residents
from dialogue.surveys import questionnaire, rules
from dialogue.surveys.models import Collector, Survey, SurveyState, SurveyVersion
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class About:
    """What is said about a survey as a whole, and how it is run."""

    title: Translated
    intro: Translated
    note: Translated = field(default_factory=Translated)
    closes_on: date | None = None
    is_sensitive: bool = False
    results_public: bool = False


def create(session: Session, actor: Actor, dialogue: Dialogue, about: About, key: str) -> Survey:
    """Begin a survey in a dialogue, with one link for the dialogue's own page; the same page sent twice
    begins one."""
    actor.require(Permission.MANAGE_SURVEYS, dialogue.scope())
    if not residents.first_time(session, key, f"survey\0{dialogue.id}\0{about!r}"):
        newest = select(Survey).where(Survey.dialogue_id == dialogue.id).order_by(Survey.id.desc()).limit(1)
        return session.scalars(newest).one()
    return begin(session, dialogue, about)


def begin(session: Session, dialogue: Dialogue, about: About) -> Survey:
    """The same for a playbook, which has asked for the right already."""
    survey = Survey(
        dialogue=dialogue,
        **about.__dict__,
        state=SurveyState.DRAFT,
        results_shown=False,
        questions=[],
        versions=[],
        collectors=[Collector(name=in_all_languages(lambda: _("The dialogue's page")), is_open=True)],
    )
    session.add(survey)
    session.flush()
    return survey


def describe(session: Session, actor: Actor, survey: Survey, about: About) -> None:
    """Change what is said about a survey and how it is run.

    Raises Invalid for a limit of secrecy that is changed after publishing, Closed when it would let answers
    in again after the results were shown.
    """
    require(actor, survey)
    today = clock.today()
    if survey.versions and about.is_sensitive != survey.is_sensitive:
        raise Invalid(
            lazy(
                "This cannot be changed after the survey is published, because answers were given under it."
            ),
            "is_sensitive",
        )
    were_shown = rules.were_shown(survey, today)
    survey.title, survey.intro, survey.note = about.title, about.intro, about.note
    survey.closes_on, survey.is_sensitive = about.closes_on, about.is_sensitive
    survey.results_public = about.results_public
    if were_shown and not rules.is_over(survey, today):
        raise Closed(_SHOWN)
    survey.results_shown = were_shown or rules.were_shown(survey, today)
    contributions.raise_version(session, survey.dialogue_id)


def publish(session: Session, actor: Actor, survey: Survey) -> SurveyVersion:
    """Freeze the form as it is now; from here on this is what new visitors see.

    Raises Invalid when something is missing or nothing has changed, Closed when the survey is over.
    """
    require(actor, survey)
    if rules.is_over(survey, clock.today()):
        raise Closed(lazy("The survey is closed. Open it again before you publish changes."))
    form = questionnaire.draft_of(survey)
    if rules.missing(form):
        raise Invalid(lazy("Something is still missing. The list on this page says what."))
    if survey.closes_on is not None and survey.closes_on < clock.today():
        raise Invalid(lazy("The closing date has passed. Choose a later one, or none."))
    if not has_changes(survey):
        raise Invalid(lazy("Nothing has changed since it was last published."))
    version = SurveyVersion(
        number=len(survey.versions) + 1, published_at=clock.now(), form=questionnaire.freeze(form)
    )
    survey.versions.append(version)
    if survey.state is SurveyState.DRAFT:
        _move(session, actor, survey, SurveyState.OPEN)
    contributions.raise_version(session, survey.dialogue_id)
    session.flush()
    return version


def has_changes(survey: Survey) -> bool:
    """Whether the form has been edited since it was last published."""
    if not survey.versions:
        return True
    return questionnaire.freeze(questionnaire.draft_of(survey)) != survey.versions[-1].form


def close(session: Session, actor: Actor, survey: Survey) -> None:
    """Take no more answers."""
    require(actor, survey)
    if survey.state is not SurveyState.OPEN:
        raise Closed(lazy("The survey is not open."))
    _move(session, actor, survey, SurveyState.CLOSED)
    survey.results_shown = rules.were_shown(survey, clock.today())
    contributions.raise_version(session, survey.dialogue_id)


def reopen(session: Session, actor: Actor, survey: Survey) -> None:
    """Take answers again. Raises Closed when the results were shown, Invalid when its last day has passed."""
    require(actor, survey)
    if survey.state is not SurveyState.CLOSED:
        raise Closed(lazy("The survey is not closed."))
    if rules.were_shown(survey, clock.today()):
        raise Closed(_SHOWN)
    if survey.closes_on is not None and survey.closes_on < clock.today():
        raise Invalid(lazy("The closing date has passed. Choose a later one, or none."))
    _move(session, actor, survey, SurveyState.OPEN)
    contributions.raise_version(session, survey.dialogue_id)


def add_collector(
    session: Session, actor: Actor, survey: Survey, name: Translated, channel: Channel
) -> Collector:
    """A link of its own for one more channel, so that it can be seen how many answers came through it."""
    require(actor, survey)
    collector = Collector(survey=survey, name=name, channel=channel, is_open=True)
    session.add(collector)
    contributions.raise_version(session, survey.dialogue_id)
    session.flush()
    return collector


def change_collector(
    session: Session, actor: Actor, collector: Collector, name: Translated, channel: Channel
) -> None:
    """Say anew what a link is called and how answers come through it; the link stays. What was taken in before
    keeps what was said then."""
    require(actor, collector.survey)
    collector.name, collector.channel = name, channel
    contributions.raise_version(session, collector.survey.dialogue_id)


def open_collector(session: Session, actor: Actor, collector: Collector) -> None:
    """Let answers in through this link."""
    _turn(session, actor, collector, True)


def close_collector(session: Session, actor: Actor, collector: Collector) -> None:
    """Let no more answers in through this link; the other links stay open."""
    _turn(session, actor, collector, False)


def require(actor: Actor, survey: Survey) -> None:
    """Raise NotAllowed for whoever does not manage the dialogue's surveys."""
    actor.require(Permission.MANAGE_SURVEYS, survey.dialogue.scope())


def published_ids(versions: Sequence[SurveyVersion]) -> set[int]:
    """The questions that stand in a published version, and so must not be deleted."""
    return {question["id"] for version in versions for question in version.form["questions"]}


_SHOWN = lazy(
    "The results have been public, so no more answers can be added to them: the difference would show what "
    "the new ones said. Make a new survey instead."
)


def _turn(session: Session, actor: Actor, collector: Collector, is_open: bool) -> None:
    require(actor, collector.survey)
    collector.is_open = is_open
    contributions.raise_version(session, collector.survey.dialogue_id)


def _move(session: Session, actor: Actor, survey: Survey, state: SurveyState) -> None:
    contributions.note_change(
        session,
        survey.dialogue_id,
        ("survey", survey.id),
        (survey.state.value, state.value),
        actor_id=actor.user_id,
        is_public=False,
    )
    survey.state = state
