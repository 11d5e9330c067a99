"""What the room of surveys declares."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base import clock, i18n
from dialogue.base.i18n import _, lazy, ngettext
from dialogue.dialogues.models import ContributionKind, Dialogue
from dialogue.surveys import jobs, playbook, queries, rules, views, views_desk, views_links
from dialogue.surveys.models import Survey, SurveyState
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, Job, Offer, Part, Room
from dialogue.web.sources import Outside, Source

SHOWN = 5


def offers(session: Session, dialogue: Dialogue) -> Sequence[Offer]:
    """Surveys that can be answered, and results that everybody may read."""
    made = []
    today = clock.today()
    for survey in queries.of_dialogue(session, dialogue.id):
        link = next((collector for collector in survey.collectors if rules.is_open(collector, today)), None)
        if link is not None:
            made.append(
                Offer(
                    kind="survey",
                    title=str(survey.title),
                    detail=_("Until %(date)s", date=i18n.show_date(survey.closes_on))
                    if survey.closes_on
                    else "",
                    url=url_for("surveys.form", code=link.code),
                    label=_("Answer the survey"),
                    is_open=True,
                )
            )
        elif rules.results_are_public(survey, today):
            made.append(
                Offer(
                    kind="results",
                    title=str(survey.title),
                    detail=_("What those who answered said, in numbers."),
                    url=url_for("surveys.public_results", code=survey.code),
                    label=_("See the results"),
                    is_open=False,
                )
            )
    return made


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The dialogue's surveys; who may only read goes to the results."""
    may_manage = actor.may(Permission.MANAGE_SURVEYS, dialogue.scope())
    way = "surveys_desk.survey" if may_manage else "surveys_desk.survey_results"
    may_open = may_manage or actor.may(Permission.READ_RESULTS, dialogue.scope())
    return Part(
        heading=lazy("Surveys"),
        items=[
            DeskItem(
                str(survey.title),
                url_for(way, code=survey.code) if may_open else None,
                detail=_state(survey),
            )
            for survey in queries.of_dialogue(session, dialogue.id)
        ],
        add_url=url_for("surveys_desk.new", code=dialogue.code) if may_manage else None,
        add_label=lazy("Make a survey"),
        empty=lazy("No survey yet. A few questions reach those who cannot come to a meeting."),
    )


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """Surveys that are still drafts while their dialogue collects."""
    if not actor.has(Permission.MANAGE_SURVEYS):
        return []
    drafts = queries.forgotten_drafts(session, actor, clock.today())
    if not drafts:
        return []
    return [
        DeskCard(
            key="surveys",
            heading=lazy("Surveys to publish"),
            items=[
                DeskItem(
                    str(survey.title),
                    url_for("surveys_desk.survey", code=survey.code),
                    detail=str(survey.dialogue.title),
                )
                for survey in drafts[:SHOWN]
            ],
            count=len(drafts),
        )
    ]


def outside(session: Session, dialogue: Dialogue) -> Sequence[Outside]:
    """The surveys that are over and whose open answers have not been taken in."""
    over = [
        survey for survey in queries.of_dialogue(session, dialogue.id) if rules.is_over(survey, clock.today())
    ]
    counts = queries.outside(session, [survey.id for survey in over]) if over else {}
    return [
        Outside(
            str(survey.title),
            counts[survey.id],
            url_for("surveys_desk.survey_results", code=survey.code, _anchor="open-answers"),
        )
        for survey in over
        if survey.id in counts
    ]


def _answers(number: int) -> str:
    return ngettext("%(num)s answer in a survey", "%(num)s answers in surveys", number)


def _state(survey: Survey) -> str:
    over = rules.is_over(survey, clock.today())
    return str(SurveyState.CLOSED.label if over else survey.state.label)


def _make(session: Session, dialogue: Any, specification: Any) -> None:
    playbook.make(session, dialogue, specification)


room = Room(
    "surveys",
    blueprints=(views.blueprint, views_desk.blueprint, views_links.blueprint),
    # It looks every hour and has something to do once a day, so that a restart does not put it off.
    jobs=(Job("shuffle answers", timedelta(hours=1), jobs.shuffle),),
    desk_cards=(desk_cards,),
    offers=(offers,),
    parts=(part,),
    playbook_parts={"survey": _make},
    sources=(
        Source(
            ContributionKind.ANSWER,
            counted=_answers,
            texts=queries.source_texts,
            holds=queries.holds_words,
            # Whoever answered was promised that only the team reads it.
            is_shown=False,
            needs=Permission.READ_RESULTS,
            outside=outside,
        ),
    ),
)
