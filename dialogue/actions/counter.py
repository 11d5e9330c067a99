"""The counter at which steps are taken: the forms of one action's page, at the desk and by mail link alike."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from dialogue.actions import handing, operations, pausing, rules
from dialogue.actions.forms_steps import form_for
from dialogue.actions.forms_wishes import StepForm
from dialogue.actions.models import Action
from dialogue.actions.rules import Side, Someone, Step
from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import Lazy, lazy
from dialogue.base.revisions import Changed
from dialogue.places.models import Organisation
from dialogue.web.forms import Paragraphs, hidden_number, sent

OPERATIONS: Mapping[Step, Callable[..., None]] = {
    Step.ACCEPT: operations.accept,
    Step.SUGGEST_DATE: operations.suggest_date,
    Step.DECLINE: operations.decline,
    Step.START: operations.start,
    Step.REOPEN: operations.reopen,
    Step.REPORT: operations.report,
    Step.FINISH: operations.finish,
    Step.ACCEPT_DATE: operations.accept_suggested_date,
    Step.KEEP_DATE: operations.keep_date,
    Step.PROPOSE_ANEW: operations.propose_anew,
    Step.SHOW: operations.show,
    Step.WITHDRAW: operations.withdraw,
    Step.AS_PLANNED: operations.as_planned,
    Step.HAND_OVER: handing.hand_over,
    Step.OFFER: handing.offer,
    Step.KEEP_IT: handing.keep_it,
    Step.AGREE_OFFER: handing.agree_offer,
    Step.REFUSE_OFFER: handing.refuse_offer,
    Step.FORGET_PERSON: handing.forget_person,
    Step.SNOOZE: pausing.snooze,
}

# What is said when a step has been taken.
SAID: Mapping[Step, Lazy] = {
    Step.ACCEPT: lazy("Thank you. Your yes is noted, and those who asked are told."),
    Step.SUGGEST_DATE: lazy("The date you suggest is noted, and those who asked are told."),
    Step.DECLINE: lazy("Your no is noted, and those who asked are told."),
    Step.START: lazy("It is noted that the work has begun."),
    Step.REOPEN: lazy("It is noted that the work goes on."),
    Step.REPORT: lazy("What you told is saved."),
    Step.FINISH: lazy("The outcome is saved. Thank you for the work."),
    Step.ACCEPT_DATE: lazy("The new date holds, and the owner is told."),
    Step.KEEP_DATE: lazy("The date stands, and the owner is told."),
    Step.PROPOSE_ANEW: lazy("The question is asked."),
    Step.SHOW: lazy("Who can see the action is saved."),
    Step.WITHDRAW: lazy("The question is taken back."),
    Step.AS_PLANNED: lazy("Thank you. Residents can read that it goes as planned."),
    Step.HAND_OVER: lazy("It is handed over. They get a mail with a link of their own."),
    Step.OFFER: lazy("Those who asked are told. It stays with you until they have answered."),
    Step.KEEP_IT: lazy("You keep it."),
    Step.AGREE_OFFER: lazy("They are asked, and the one who had it is told."),
    Step.REFUSE_OFFER: lazy("It stays where it is, and the owner is told."),
    Step.FORGET_PERSON: lazy("The name and the address are erased."),
    Step.SNOOZE: lazy("The reminders pause until then."),
}
# After these the link that was used leads nowhere any more.
ENDS_LINK = frozenset({Step.HAND_OVER, Step.FORGET_PERSON})


class Counter:
    """The steps that somebody can take with an action now, each with its form.

    The step that is sent, or that the address names, is ``chosen``; its form keeps what was typed.
    """

    def __init__(self, who: Someone, action: Action, owners: list[Organisation]) -> None:
        self.who = who
        self.action = action
        self._owners = owners
        self.chosen = named_step()
        self.forms: dict[Step, StepForm] = {}
        if request.method == "POST":
            if self.chosen is None or self.chosen not in OPERATIONS:
                raise NotFound
            self.form: StepForm | None = self._form(self.chosen, request.form)
        else:
            self.form = None

    def take(self, session: Session) -> bool:
        """Take the step that was sent; False when something has to be put right first."""
        if self.form is None or self.chosen is None or not sent(self.form):
            return False
        try:
            seen = hidden_number(self.form.revision)
            OPERATIONS[self.chosen](session, self.who, self.action, seen, **self.form.values())
            return True
        except DomainError as error:
            self.form.refuse(error)
            if isinstance(error, Changed):
                # They are told now, so what they send next is sent knowingly.
                self.form.revision.data = str(self.action.revision)
            return False

    def offer(self) -> None:
        """Make the forms of every step that can be taken now, for the page."""
        for step in rules.steps(self.who, self.action):
            if step not in OPERATIONS:
                continue  # It has a page of its own.
            is_sent = self.form is not None and step is self.chosen
            self.forms[step] = self.form if is_sent and self.form else self._form(step, None)

    @property
    def organiser_steps(self) -> list[tuple[Step, StepForm]]:
        """The organiser's steps with their forms."""
        if Side.ORGANISER not in rules.sides(self.who, self.action):
            return []
        return [
            (step, form) for step, form in self.forms.items() if Side.ORGANISER in rules.MOVES[step].sides
        ]

    @property
    def owner_steps(self) -> list[tuple[Step, StepForm]]:
        """The owner's steps with their forms, without those that stand among the organiser's already."""
        elsewhere = dict(self.organiser_steps)
        return [(step, form) for step, form in self.forms.items() if step not in elsewhere]

    @property
    def status(self) -> int:
        """The page's status: 422 when something sent has to be put right."""
        return 422 if self.form is not None else 200

    @property
    def homeless(self) -> list[str]:
        """What was typed into a form that is not on the page any more, so that it can be copied."""
        if self.form is None or self.chosen in self.forms:
            return []
        return [field.data for field in self.form if isinstance(field, Paragraphs) and field.data]

    def _form(self, step: Step, sent_values: Any) -> StepForm:
        form = form_for(step, self.who, self.action)(
            sent_values, prefix=f"{step.value}-", data={"revision": str(self.action.revision)}
        )
        form.prepare(self.action, self._owners)
        return form


def named_step() -> Step | None:
    """The step that the address names."""
    named = request.args.get("step", "")
    return Step(named) if named in {step.value for step in Step} else None
