"""What the team does with a dialogue: setting it up, and running it."""

from dialogue.dialogues.operations.dripping import Drip, answer_by, drip
from dialogue.dialogues.operations.running import (
    add_member,
    close,
    publish,
    remove_member,
    reopen,
    sign_promise,
    tick_checklist,
)
from dialogue.dialogues.operations.setting_up import (
    Basics,
    Framework,
    Plan,
    change_basics,
    change_framework,
    change_plan,
    finish,
    offered_notice,
    start,
)

__all__ = [
    "Basics",
    "Drip",
    "Framework",
    "Plan",
    "add_member",
    "answer_by",
    "change_basics",
    "change_framework",
    "change_plan",
    "close",
    "drip",
    "finish",
    "offered_notice",
    "publish",
    "remove_member",
    "reopen",
    "sign_promise",
    "start",
    "tick_checklist",
]
