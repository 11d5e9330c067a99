"""Which reasons fit which outcome."""

import pytest

from dialogue.base.errors import Invalid
from dialogue.followup import rules
from dialogue.followup.models import DecisionOutcome, DecisionReason

NO = (DecisionOutcome.NOT_NOW, DecisionOutcome.NOT_FORWARD)


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_every_outcome_has_reasons_and_may_have_another(outcome):
    assert DecisionReason.OTHER in rules.REASONS[outcome]
    assert len(rules.REASONS[outcome]) > 2


def test_every_reason_fits_some_outcome():
    assert set().union(*rules.REASONS.values()) == set(DecisionReason)


@pytest.mark.parametrize("outcome", NO)
def test_that_many_want_it_is_no_reason_for_a_no(a_round, outcome):
    assert DecisionReason.WANTED not in rules.REASONS[outcome]
    with pytest.raises(Invalid) as refused:
        a_round.decide(a_round.theme(), outcome, reason=DecisionReason.WANTED)
    assert refused.value.field == "reason"


def test_that_it_would_not_be_safe_is_no_reason_for_a_yes(a_round):
    with pytest.raises(Invalid):
        a_round.decide(a_round.theme(), reason=DecisionReason.SAFETY)


def test_the_form_says_which_reasons_fit_which_outcome(client, make, a_round):
    theme = a_round.theme()
    client.sign_in(make.user())
    options = client.get(f"/en/desk/themes/{theme.code}/decide").html.select("#reason option")
    fits = {option["value"]: set(option.get("data-fits", "").split()) for option in options}
    assert fits["wanted"] == {"take_up", "residents"}
    assert fits["law"] == {"pass_on", "not_now", "not_forward"}
    assert fits["other"] == {outcome.value for outcome in DecisionOutcome}
