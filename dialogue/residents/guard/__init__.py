"""The free-text guard: what should not stand in something that residents write. Pure.

``check(text)`` finds it, ``check_all(*texts)`` what its writer must look at, in several texts at once,
``segments(text)`` cuts a text into marked and plain pieces for whoever reads it before it is shown. It looks at
writing only, so it may be wrong both ways: the writer is told at once and may send it all the same, and then a
person reads it first. What is least sure (``Confidence.LOW``) stops nobody, and is marked for readers only.

How a feature uses it:

* The form inherits ``dialogue.residents.forms.GuardedForm`` and names its free texts in ``guarded``. Sent
  with something found, it is not valid: the page comes back with 422, ``form.findings`` and a box to send it
  anyway, which ``{{ guard_warning(form) }}`` of ``components/guard.html`` shows above the fields.
* The operation itself asks ``check_all(...)``, and lets what has findings wait for a moderator, also where
  nothing else waits.
* The moderator's page shows ``{{ marked_text(segments) }}`` of the same component.

How well it finds what it should is measured in ``tests/residents/test_guard_lines.py``.
"""

from dialogue.residents.guard.checking import Segment, check, check_all, segments
from dialogue.residents.guard.findings import Confidence, Finding, FindingKind
from dialogue.residents.guard.numbers import is_national_id

__all__ = [
    "Confidence",
    "Finding",
    "FindingKind",
    "Segment",
    "check",
    "check_all",
    "is_national_id",
    "segments",
]
