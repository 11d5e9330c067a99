"""What happens to actions: the organiser asks, the owner answers, acts and tells what came of it."""

from dialogue.actions.operations.answering import (
    accept,
    decline,
    request_new_link,
    request_new_list,
    suggest_date,
)
from dialogue.actions.operations.asking import (
    ActionDraft,
    accept_suggested_date,
    keep_date,
    propose,
    propose_anew,
    show,
    withdraw,
)
from dialogue.actions.operations.working import Found, as_planned, finish, reopen, report, start

__all__ = [
    "ActionDraft",
    "Found",
    "accept",
    "accept_suggested_date",
    "as_planned",
    "decline",
    "finish",
    "keep_date",
    "propose",
    "propose_anew",
    "reopen",
    "report",
    "request_new_link",
    "request_new_list",
    "show",
    "start",
    "suggest_date",
    "withdraw",
]
