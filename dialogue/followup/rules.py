"""What fits together in a decision; pure."""

from collections.abc import Mapping

from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason

# What the history calls it. Only a body that decides answers residents, so what others recommend is apart.
SUBJECTS = {BodyPower.DECIDES: "decision", BodyPower.RECOMMENDS: "recommendation"}

_O, _R = DecisionOutcome, DecisionReason

# A yes is said because it is wanted; a no and a later are said because something stands in the way. What is
# being done already can be taken up with what people said, or need nothing more.
REASONS: Mapping[DecisionOutcome, frozenset[DecisionReason]] = {
    _O.TAKE_UP: frozenset({_R.WANTED, _R.ALREADY, _R.OTHER}),
    _O.RESIDENTS: frozenset({_R.WANTED, _R.OTHERS_TASK, _R.MONEY, _R.ALREADY, _R.OTHER}),
    _O.PASS_ON: frozenset({_R.OTHERS_TASK, _R.LAW, _R.KNOWLEDGE, _R.OTHER}),
    _O.NOT_NOW: frozenset({_R.MONEY, _R.KNOWLEDGE, _R.ALREADY, _R.SAFETY, _R.LAW, _R.OTHER}),
    _O.NOT_FORWARD: frozenset(
        {_R.OTHERS_TASK, _R.LAW, _R.MONEY, _R.ALREADY, _R.KNOWLEDGE, _R.SAFETY, _R.OTHER}
    ),
}
# What is chosen unless somebody chooses otherwise.
LIKELY: Mapping[DecisionOutcome, DecisionReason] = {
    _O.TAKE_UP: _R.WANTED,
    _O.RESIDENTS: _R.WANTED,
    _O.PASS_ON: _R.OTHERS_TASK,
}
