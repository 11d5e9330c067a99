"""Forms in which residents write free text."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField

from dialogue.base.i18n import lazy
from dialogue.residents import guard
from dialogue.residents.guard import Finding, FindingKind
from dialogue.web.forms import Form


class GuardedForm(Form):
    """A form whose free texts are checked when it is sent.

    ``guarded`` names those fields (a form made at run time may set it on itself). With something found it
    is not valid until the writer has changed it or ticked ``send_anyway``: ``sent(form)`` is False, and
    ``findings`` says what was found. The template shows ``{{ guard_warning(form) }}`` of
    ``components/guard.html`` inside the form, which holds the tick box; without findings it shows nothing.
    """

    guarded: tuple[str, ...] = ()
    # Those of them that ask for the writer's own name, where a name is what should stand.
    own_name: tuple[str, ...] = ()
    # Whether the writer may send what was found all the same; else it must be changed.
    may_insist = True

    send_anyway = BooleanField(lazy("Send it anyway. A person reads it before it is shown."))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.findings: list[Finding] = []

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check each field, then what was written freely."""
        right = super().validate(*args, **values)
        # A text that is too long comes back in any case, so it is not worth the work.
        texts = [name for name in self.guarded if not self[name].errors]
        self.findings = [finding for name in texts for finding in self._found_in(name)]
        return right and (not self.findings or self.insists)

    def _found_in(self, name: str) -> Iterable[Finding]:
        found = guard.check_all(self[name].data)
        return [one for one in found if name not in self.own_name or one.kind is not FindingKind.PERSON]

    @property
    def insists(self) -> bool:
        """Whether the writer has looked at what was found and sends it as it is."""
        return self.may_insist and bool(self.send_anyway.data)

    @property
    def found(self) -> list[tuple[FindingKind, str]]:
        """What was found, each thing once."""
        return list(dict.fromkeys((finding.kind, finding.text) for finding in self.findings))

    @property
    def tells_of_crime(self) -> bool:
        """Whether the writer must be told where a crime is reported."""
        return any(finding.kind is FindingKind.CRIME for finding in self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether something has to be put right, or looked at once more."""
        return super().has_errors or bool(self.findings and not self.insists)
