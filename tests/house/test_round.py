"""Who may write what, and when: every route that writes in a dialogue, at every time of its round.

What the table says is carried out: by everybody it names, at each time, with the form as the page sends it.
Phases tell residents where a dialogue stands and close nothing by themselves. What closes is the state of the
dialogue (draft, published, ended), and the last day of a board, a survey or a meeting's sign-ups, which here are
those of the collecting.
"""

import io
import re
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event

from dialogue.web import access, transaction
from dialogue.web.access import Door
from dialogue.web.permissions import ALLOWED, Role
from tests.house.round import QUERIES, SENT, Round, Time
from tests.house.world import contents, signed_in
from tests.support.client import SAME_SITE, filled_in

# When: + open, - shut, in the order draft, before collecting, collecting, deciding, acting, closed early, ended.
# Who: at the desk by role, where an administrator may whatever one of them may; others by the key that they hold.
TABLE = [
    # What residents give, until the last day of where they give it.
    (
        "-++----",
        "anybody",
        "boards.send boards.support comments.send meetings.send_sign_up similar.support_instead surveys.answer",
    ),
    ("-++++--", "anybody", "helping.join_in"),
    ("-++++--", "follow code", "boards.change comments.change"),
    # What they say of what was done, and what is theirs to take back, at any time.
    ("-++++++", "anybody", "helped.answer"),
    (
        "+++++++",
        "follow code",
        "followup.leave_address followup.remove_address followup.say_helped followup.tell followup.withdraw",
    ),
    # Owners tell of their actions whatever becomes of the dialogue.
    (
        "+++++++",
        "mailed link",
        "action_files.by_link action_files.remove_by_link action_links.by_link action_links.new_link "
        "helping_links.cancel helping_links.edit helping_links.take_off passing.answer passing.new_link",
    ),
    ("-++++--", "mailed link", "helping_links.new"),
    ("-++++++", "mailed link", "patrols.was_there"),
    # The dialogue itself.
    ("+------", "organiser", "dialogues.publish"),
    ("-++++--", "organiser", "dialogues.close"),
    ("-----++", "organiser", "dialogues.reopen"),
    ("+++++--", "organiser", "setting_up.basics setting_up.framework setting_up.plan"),
    ("+++++--", "leader", "dialogues.promise"),
    ("+++++++", "organiser", "dialogues.checklist dialogues.remove_member dialogues.team group_codes.make"),
    # What the team writes down for residents.
    ("+++++--", "organiser facilitator", "boards_desk.enter groups.note groups.write_notes"),
    ("+++++--", "organiser", "cards.hand_on cards.of_board cards.print_sheet entering.begin"),
    ("+++++--", "organiser facilitator", "card_typing.enter card_typing.enter_again"),
    ("+++++++", "organiser facilitator", "card_typing.card card_typing.remove"),
    ("+++++--", "organiser facilitator", "films.of_board"),
    ("+++++++", "organiser facilitator", "films.forget"),
    ("+++++++", "organiser facilitator", "groups.group groups.take_back run_sheet.begin"),
    ("+++----", "organiser", "registrations.add"),
    ("---++-+", "organiser", "meeting_desk.report registrations.attendance surveys_desk.take_in"),
    ("+++--+-", "organiser", "meeting_desk.cancel surveys_desk.move"),
    # Boards, meetings and surveys are kept, also to put right what stays public.
    (
        "+++++++",
        "organiser",
        "boards_desk.board boards_desk.new boards_desk.of_meeting boards_desk.show_column boards_desk.stage "
        "boards_desk.times run_sheet.anew "
        "card_typing.attach cards.throw_away cards.type_twice entering.arrange entering.rows entering.throw_away entering.undo exporting.answer exporting.begin "
        "moderation.publish moderation.send_back moderation.undo words.decide "
        "groups.distribute groups.edit groups.groups meeting_desk.edit meeting_desk.new "
        "registrations.cancel run_sheet.item run_sheet.move run_sheet.new run_sheet.remove "
        "survey_links.change survey_links.new survey_links.turn surveys_desk.about surveys_desk.arrange "
        "surveys_desk.new surveys_desk.new_question surveys_desk.question",
    ),
    # What is held is dealt with by the duty officer, who here is the organiser.
    ("+++++++", "organiser", "moderation.hold duty.hand_over duty.give_back reading.hold"),
    (
        "+++++++",
        "organiser",
        "reading.publish reading.redact reading.same reading.send_back reading.skip reading.take "
        "reading.undo",
    ),
    ("-++++++", "organiser", "posters_desk.of_dialogue posters_desk.poster"),
    ("+++++++", "organiser", "posters_desk.place posters_desk.retire posters_desk.take_off"),
    # The chain goes on until everybody has an answer, and an answer can come late.
    (
        "+++++++",
        "organiser",
        "aside.leave_out aside.take_in aside.undo brief_quotes.choose brief_quotes.of_theme brief_quotes.remove "
        "briefs.send briefs.send_to_more briefs.words condense.all_themes condense.mark condense.merge "
        "condense.move condense.place condense.regroup condense.restore condense.retire condense.split "
        "suggest.accept suggest.name "
        "condense.theme patrols.change patrols.end patrols.note patrols.renew",
    ),
    (
        "+++++++",
        "organiser leader",
        "bodies.add bodies.change bodies.restore bodies.retire briefs.outcome decide.decide decide.hear "
        "decide.publish decide.publish_all passing.ask_again passing.note",
    ),
    ("+++++++", "organiser", "actions.edit"),
    ("-++++++", "organiser", "actions.propose decide.propose"),
    (
        "+++++++",
        "organiser leader partner",
        "action_files.at_desk action_files.remove_at_desk actions.action helping_desk.cancel helping_desk.edit "
        "helping_desk.take_off round.one round.update work.move",
    ),
    ("-++++--", "organiser leader partner", "helping_desk.new"),
]

# These write in no dialogue: what they are about, by the first word of the route or the whole.
ELSEWHERE = {
    "people": "one's own account",
    "keepers": "accounts",
    "places": "places and organisations",
    "goals": "plans",
    "kept": "one's own filters",
    "actions.choices": "what an organisation wants for all its actions",
    "action_links.choices": "what an organisation wants for all its actions",
    "action_links.new_list": "an organisation's list of all its actions",
    "action_links.stop_weekly_list_now": "an organisation's list of all its actions",
    "reading.renew": "for how long somebody reads an idea",
    "followup.enter": "only shows the way",
    "followup.unsubscribe_now": "one's own address",
    "posters_desk.new": "a poster hangs before it serves a dialogue",
    "similar.look": "only asks, with a session that cannot write",
    "setting_up.new": "there is no dialogue yet",
    "setting_up.drip": "there is no dialogue yet",
}
# What was typed beside is shown again at once: a redirect would lose it.
SHOWN_AGAIN = {"similar.support_instead"}
HELD = {Door.PUBLIC: "anybody", Door.FOLLOW_CODE: "follow code", Door.MAIL_LINK: "mailed link"}
# Who looked is noted, whatever came of it.
LEAVE_OUT = frozenset({"audit_entry"})


@dataclass(frozen=True)
class Entry:
    """What the table says of a route."""

    times: str
    who: frozenset[str]

    def is_open(self, at, who):
        return who in self.who and self.times[list(Time).index(at)] == "+"


def entries():
    found = {}
    for times, who, routes in TABLE:
        holders = {who} if who in HELD.values() else set(who.split())
        found |= {route: Entry(times, frozenset(holders)) for route in routes.split()}
    return found


def writes(house):
    """Every route that takes a form and writes in a dialogue."""
    return [
        rule
        for rule in sorted(house.url_map.iter_rules(), key=lambda rule: rule.endpoint)
        if "POST" in (rule.methods or ())
        and rule.endpoint not in ELSEWHERE
        and rule.endpoint.split(".")[0] not in ELSEWHERE
    ]


def test_the_table_names_every_route_that_writes_in_a_dialogue_once(house):
    named = [route for _times, _who, routes in TABLE for route in routes.split()]
    assert sorted(named) == [rule.endpoint for rule in writes(house)]
    assert all(re.fullmatch("[+-]{7}", times) and "+" in times for times, _who, _routes in TABLE)


def test_what_is_said_to_write_elsewhere_is_there(house):
    routes = {rule.endpoint for rule in house.url_map.iter_rules()}
    assert ELSEWHERE.keys() <= routes | {route.split(".")[0] for route in routes}


def let_in(house, route):
    """Whom the door lets in, which is the same at all times; what they may do there is narrower."""
    entrance = access.of(house, route)
    if entrance.door in HELD:
        return {HELD[entrance.door]}
    return {role.value for role in Role if ALLOWED[role] & set(entrance.permissions)}


def test_nobody_is_named_whom_the_door_would_not_let_in(house):
    for route, entry in entries().items():
        assert entry.who <= let_in(house, route), route


@pytest.fixture
def written(house, monkeypatch):
    """The tables that the request just made has written to; what it wrote is forgotten at once."""
    tables, kept = [], []

    def note(_connection, cursor, statement, *_rest):
        found = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', statement)
        # What a statement gives back is counted only when it is fetched.
        if found and (cursor.rowcount or " RETURNING " in statement):
            tables.append(found[1])

    def forget():
        if "session" in transaction.g and transaction.request.method not in transaction.SAFE_METHODS:
            transaction.g.session.flush()
            kept.extend(table for table in tables if table not in LEAVE_OUT)
            transaction.g.session.rollback()

    def take():
        found = list(kept)
        tables.clear()
        kept.clear()
        return found

    monkeypatch.setattr(transaction, "commit", forget)
    event.listen(house.database.engine, "after_cursor_execute", note)
    yield take
    event.remove(house.database.engine, "after_cursor_execute", note)


def test_a_write_is_open_at_its_times_to_its_people_and_else_refused_in_clear_words(house, make, written):
    world = Round(make, house)
    world.stand_at(Time.COLLECTING)
    people = {name: signed_in(house, user) for name, user in world.people.items()}
    people |= dict.fromkeys(HELD.values(), (house.test_client(), {}))
    table = entries()
    forms = {rule.endpoint: form_of(world, rule, people["organiser"][0]) for rule in writes(house)}
    wrong = []
    for at in Time:
        world.stand_at(at)
        before = contents(house.database, LEAVE_OUT)
        for rule in writes(house):
            for who in sorted(let_in(house, rule.endpoint) & people.keys()):
                browser, token = people[who]
                came = send(house, world, rule, browser, forms[rule.endpoint] | token, written)
                expected = "open" if table[rule.endpoint].is_open(at, who) else "refused"
                if came != expected:
                    wrong.append(f"{at}: {rule.endpoint} by {who}: {came}, not {expected}")
        assert contents(house.database, LEAVE_OUT) == before, at
    assert wrong == [], "\n".join(wrong)


def form_of(world, rule, browser):
    """What is sent while the page is open: what stands in its form, and what is filled in."""
    address = world.address(rule) + QUERIES.get(rule.endpoint, "")
    filled = SENT.get(rule.endpoint, {})
    filled = filled(world) if callable(filled) else filled
    on_page = {}
    if filled:
        page = BeautifulSoup(browser.get(address).text, "html.parser")
        for form in page.select("main form[method=post]"):
            if form.get("action", "").partition("#")[0] in {"", address}:
                on_page = filled_in(form)
                break
    return {**on_page, "submission_key": "x", "confirmed": "yes", **filled}


def send(house, world, rule, browser, form, written):
    """Send a form: "open" when something was written, "refused" when that was said, else what came."""
    house.limits = type(house.limits)(house.settings.secret_key)
    address = world.address(rule) + QUERIES.get(rule.endpoint, "")
    written()
    for _again in range(2):
        data = {
            name: (io.BytesIO(value), "plan.pdf") if isinstance(value, bytes) else value
            for name, value in form.items()
        }
        answer = browser.post(address, data=data, headers=SAME_SITE)
        # A device that was not known is given its cookie, and sends the same once more.
        if answer.status_code != 307:
            break
        address = answer.location
    tables = written()
    with browser.session_transaction() as cookie:
        flashed = [kind for kind, _text in cookie.pop("_flashes", [])]
    if tables:
        is_right = answer.status_code == (200 if rule.endpoint in SHOWN_AGAIN else 302)
        return "open" if is_right else f"{answer.status_code}, and yet written to {tables}"
    if answer.status_code in {403, 404, 409}:
        return "refused" if "<h1" in answer.text else f"{answer.status_code} without a page"
    if answer.status_code == 422 and re.search("error-summary|ds-alert|Go to the front page", answer.text):
        return "refused"
    return (
        "refused" if answer.status_code == 302 and "error" in flashed else f"{answer.status_code} {flashed}"
    )
