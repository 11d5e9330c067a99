"""The shapes in which the demo's cases are written down, apart from the loading of them."""

from dataclasses import dataclass
from datetime import date

from dialogue.base.i18n import Translated
from dialogue.boards.models import ReturnReason
from dialogue.dialogues.models import Channel, PhaseKind
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason
from dialogue.places.models import OrganisationKind
from dialogue.surveys.models import QuestionKind


def say(nb: str, nn: str, en: str) -> Translated:
    """A staff-written text in the three languages of the product."""
    return Translated(nb=nb, nn=nn, en=en)


NOTHING = Translated()


@dataclass(frozen=True)
class Body:
    """An organisation; ``local`` says whether it lies in the municipality or serves the whole district."""

    key: str
    kind: OrganisationKind
    name: Translated
    email: str = ""
    local: bool = True


@dataclass(frozen=True)
class Step:
    """One item of a run sheet."""

    minutes: int
    activity: Translated
    purpose: Translated
    responsible: Translated
    method: Translated


@dataclass(frozen=True)
class Words:
    """What somebody gave: a resident, a class or a group. ``column`` counts the board's prompts from 1.

    ``days_ago`` is counted from the day of loading, ``day`` is fixed; a case uses one of them.
    """

    column: int
    title: str
    text: str
    theme: str = ""
    language: str = "nb"
    support: int = 0
    label: str = ""
    days_ago: int = 0
    returned: ReturnReason | None = None
    note: str = ""
    waits: bool = False
    place: str = ""
    # The name of a drawing, and what it shows.
    picture: str = ""
    picture_words: str = ""
    # Held for the duty officer, and perhaps handed over by them.
    held: bool = False
    handed_over: bool = False
    # The title of the idea that it is a comment on.
    about: str = ""


@dataclass(frozen=True)
class Gathering:
    """A theme in the words of the brief."""

    key: str
    title: Translated
    people_say: Translated
    we_propose: Translated
    who: Translated


@dataclass(frozen=True)
class Ruling:
    """A decision about a theme. ``when`` is a fixed date or days from the day of loading."""

    key: str
    theme: str
    outcome: DecisionOutcome
    reason: DecisionReason
    explanation: Translated
    body: Translated
    when: date | int
    power: BodyPower = BodyPower.DECIDES
    passed_to: str = ""


@dataclass(frozen=True)
class News:
    """One update of an action."""

    when: date | int
    text: Translated
    is_public: bool = True


@dataclass(frozen=True)
class Deed:
    """An action from a decision: asked, answered, updated, ended. Dates as in Ruling; None has not happened."""

    key: str
    ruling: str
    title: Translated
    why: Translated
    owner: str
    role: Translated
    asked: date | int
    due: date | int
    accepted: date | int | None = None
    news: tuple[News, ...] = ()
    outcome: Translated = NOTHING
    ended: date | int | None = None
    new_date: int | None = None
    reply: str = ""


@dataclass(frozen=True)
class Choice:
    """One option of a question; ``weight`` is how often generated answers choose it."""

    text: Translated
    weight: float = 1.0


@dataclass(frozen=True)
class Way:
    """One link of a survey: its name, how answers come through it, and the share of the generated ones that do."""

    name: Translated
    channel: Channel = Channel.WEB
    share: float = 1.0


@dataclass(frozen=True)
class Ask:
    """One question of a survey."""

    key: str
    kind: QuestionKind
    text: Translated
    help: Translated = NOTHING
    required: bool = False
    choices: tuple[Choice, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    lowest_label: Translated = NOTHING
    highest_label: Translated = NOTHING


@dataclass(frozen=True)
class Period:
    """One phase, by fixed dates or days from the day of loading, both included."""

    kind: PhaseKind
    first: date | int
    last: date | int


@dataclass(frozen=True)
class Case:
    """A dialogue as it is set up. ``organiser`` and ``controller`` are keys of bodies; a case without
    ``published`` stays a draft without a signed promise."""

    title: Translated
    question: Translated
    purpose: Translated
    area: Translated
    note: Translated
    privacy: Translated
    contact: str
    accessibility: str
    created: date | int
    published: date | int | None
    answer_by: date | int
    periods: tuple[Period, ...]
    team: tuple[tuple[Translated, str], ...]
    organiser: str
    controller: str
    has_pupils: bool = False
    playbook: str = ""
    # The role of the account that is on duty; without it whoever sets the dialogue up.
    officer: str = ""


@dataclass(frozen=True)
class Sheet:
    """A board as it is made."""

    title: Translated
    intro: Translated
    columns: tuple[Translated, ...]
    closes: int | None = None
    places: tuple[str, ...] = ()
    takes_comments: bool = False
