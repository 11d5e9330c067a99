"""Who may do what with whose: every role at every route of the desk, on what is theirs and what is not.

The table is worked out from the permissions that a route names and from where each person's grant reaches.
Where a route is narrower than its permissions, it stands below with the reason.
"""

import pytest

from dialogue.people.queries import actor_of
from dialogue.web import access
from dialogue.web.access import Door
from dialogue.web.permissions import Permission, Role, Scope, ScopeKind
from tests.house.world import Place, contents, kind_of, signed_in

# What a denied attempt may leave: the limits of sign-ins are written before, the audit tells of a look.
LEAVE_OUT = frozenset({"audit_entry"})
SAFE = {"HEAD", "OPTIONS"}
DENIED = {403, 404}

# The thing itself is asked for first, so that those who may see it are told what else is wrong.
ALSO_NEEDED = {
    "briefs.draft": Permission.VIEW_DIALOGUE,
    "briefs.paper": Permission.VIEW_DIALOGUE,
    "briefs.frozen": Permission.VIEW_DIALOGUE,
    "briefs.pdf": Permission.VIEW_DIALOGUE,
    "briefs.docx": Permission.VIEW_DIALOGUE,
    "briefs.followed": Permission.VIEW_DIALOGUE,
    "briefs.sent_to": Permission.VIEW_DIALOGUE,
    "condense.all_themes": Permission.VIEW_DIALOGUE,
    "condense.theme": Permission.VIEW_DIALOGUE,
    "group_codes.since_last_time": Permission.VIEW_DIALOGUE,
    "meeting_desk.meeting": Permission.VIEW_DIALOGUE,
}
# For whoever leads the group, and for those who plan its meeting.
OF_A_GROUP = {
    "groups.group",
    "groups.write_notes",
    "groups.note",
    "groups.take_back",
    "run_sheet.paper",
    "run_sheet.evening",
    "run_sheet.begin",
}
# An owner and an organiser keep the files of an action; others of the team read them.
FILES_KEPT = {"action_files.at_desk", "action_files.remove_at_desk"}
# Only who looks after the whole of it.
NATIONWIDE = (Permission.MANAGE_PEOPLE, Permission.MANAGE_PLACES)
# Names of places, which are no secret.
READ_BY_ALL_KEEPERS = {"places.districts", "places.district"}
# Named by what is sent with the form rather than by the address; without it there is nothing to find.
WITHOUT_VALUES = {"boards_desk.stage", "condense.place", "condense.merge", "suggest.accept"}
# An action's owner sees it, and so does who sees its dialogue.
OF_AN_ACTION = {"action_files.open_at_desk", "actions.action", "work.move", "round.one", "round.update"}
# Filters are seen by the one who keeps them, and what is held by the duty officer, whatever others may do.
KEPT_BY_ONE = {
    "duty.give_back",
    "duty.hand_over",
    "duty.one",
    "duty.picture",
    "kept.rename",
    "kept.delete",
    "kept.open_first",
}

GRANTS = {
    "organiser of a municipality": (Role.ORGANISER, ScopeKind.MUNICIPALITY),
    "organiser of a district": (Role.ORGANISER, ScopeKind.DISTRICT),
    "organiser of an organisation": (Role.ORGANISER, ScopeKind.ORGANISATION),
    "organiser of one dialogue": (Role.ORGANISER, ScopeKind.DIALOGUE),
    "facilitator of one dialogue": (Role.FACILITATOR, ScopeKind.DIALOGUE),
    "leader of a municipality": (Role.LEADER, ScopeKind.MUNICIPALITY),
    "leader of one dialogue": (Role.LEADER, ScopeKind.DIALOGUE),
    "partner of an organisation": (Role.PARTNER, ScopeKind.ORGANISATION),
    "administrator of a municipality": (Role.ADMINISTRATOR, ScopeKind.MUNICIPALITY),
    "administrator of a district": (Role.ADMINISTRATOR, ScopeKind.DISTRICT),
    "administrator of everything": (Role.ADMINISTRATOR, ScopeKind.EVERYTHING),
}


@pytest.fixture
def places(make, house):
    return Place(make, house, "own"), Place(make, house, "other")


def rules_of_the_desk(house):
    """(route, method) for each that staff can take about one thing."""
    for rule in sorted(house.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        entrance = access.of(house, rule.endpoint)
        if entrance is not None and entrance.door is Door.STAFF:
            yield from ((rule, method) for method in sorted((rule.methods or set()) - SAFE))


def scope_id(kind, place):
    return {
        ScopeKind.MUNICIPALITY: place.municipality.id,
        ScopeKind.DISTRICT: place.municipality.district_id,
        ScopeKind.ORGANISATION: place.owner.id,
        ScopeKind.DIALOGUE: place.dialogue.id,
        ScopeKind.EVERYTHING: 0,
    }[kind]


def may(actor, entrance, rule, place):  # noqa: PLR0912 - one branch for each kind of thing
    """Whether the table lets somebody use a route on the things of a place."""
    permissions = entrance.permissions
    if rule.endpoint in READ_BY_ALL_KEEPERS:
        return actor.has(permissions[0])
    if permissions[0] in NATIONWIDE:
        return actor.everywhere(permissions[0])
    if rule.arguments <= {"lang"}:
        return any(actor.has(permission) for permission in permissions)
    scope = place.dialogue.scope()
    if rule.endpoint.startswith("leader.") and rule.endpoint != "leader.flow":
        # A place is seen by those who were given the whole of it.
        here = Scope(municipality_id=place.municipality.id, district_id=place.municipality.district_id)
        if "slug" in rule.arguments:
            here = Scope(district_id=place.municipality.district_id)
        return actor.may(permissions[0], place.owner.scope() if "code" in rule.arguments else here)
    if rule.endpoint == "actions.choices":
        # An organisation chooses for itself, or whoever looks after it in its municipality does.
        speaks = place.owner.id in actor.ids(ScopeKind.ORGANISATION, (Permission.OWN_ACTIONS,))
        return speaks or actor.may(Permission.MANAGE_ORGANISATIONS, place.owner.scope_of_choices())
    if kind_of(rule) == "organisations":
        return actor.may(Permission.MANAGE_ORGANISATIONS, place.owner.scope())
    if kind_of(rule) in {"plans", "goals"}:
        here = Scope(municipality_id=place.municipality.id, district_id=place.municipality.district_id)
        return actor.may(Permission.MANAGE_ORGANISATIONS, here)
    if kind_of(rule) == "posters" or rule.endpoint == "posters_desk.of_dialogue":
        here = Scope(municipality_id=place.municipality.id, district_id=place.municipality.district_id)
        return actor.may(Permission.MANAGE_DIALOGUE, here)
    if rule.endpoint.startswith("helping_desk.") or rule.endpoint in FILES_KEPT:
        owns = actor.may(Permission.OWN_ACTIONS, place.owner.scope())
        return owns or actor.may(Permission.MANAGE_ACTIONS, scope)
    if rule.endpoint in KEPT_BY_ONE:
        return False
    if rule.endpoint in OF_AN_ACTION:
        is_owner = actor.may(Permission.OWN_ACTIONS, place.owner.scope())
        return is_owner or any(
            actor.may(one, scope) for one in (Permission.VIEW_DIALOGUE, Permission.MANAGE_ACTIONS)
        )
    if rule.endpoint in OF_A_GROUP:
        # A facilitator sees the group they lead, and this one leads none.
        permissions = (Permission.MANAGE_MEETINGS,)
    also = ALSO_NEEDED.get(rule.endpoint, permissions[0])
    return any(actor.may(permission, scope) for permission in permissions) and actor.may(also, scope)


@pytest.mark.parametrize("who", GRANTS)
def test_nobody_gets_further_than_their_grant_reaches(who, house, make, places):
    own, other = places
    role, kind = GRANTS[who]
    user = make.user(role, kind, scope_id(kind, own))
    actor = actor_of(user)
    browser, token = signed_in(house, user)
    before = contents(house.database, LEAVE_OUT)
    wrong = []
    for rule, method in rules_of_the_desk(house):
        entrance = access.of(house, rule.endpoint)
        for place in places:
            if may(actor, entrance, rule, place):
                continue
            answer = attempt(browser, token, method, place.address(rule))
            if answer.status_code not in DENIED:
                wrong.append(f"{method} {rule.rule} of the {place.name} place: {answer.status_code}")
            if method == "GET" and other.name in answer.text and place is other:
                wrong.append(f"{method} {rule.rule} tells of the other place")
    assert wrong == [], "\n".join(wrong)
    assert contents(house.database, LEAVE_OUT) == before


@pytest.mark.parametrize("who", GRANTS)
def test_everybody_gets_as_far_as_their_grant_reaches(who, house, make, places, nothing_is_kept):
    own, _other = places
    role, kind = GRANTS[who]
    user = make.user(role, kind, scope_id(kind, own))
    actor = actor_of(user)
    browser, token = signed_in(house, user)
    wrong = []
    for rule, method in rules_of_the_desk(house):
        if not may(actor, access.of(house, rule.endpoint), rule, own):
            continue
        answer = attempt(browser, token, method, own.address(rule))
        denied = {403} if rule.endpoint in WITHOUT_VALUES or is_step(rule, method) else DENIED
        if answer.status_code in denied:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == [], "\n".join(wrong)


def is_step(rule, method):
    """Whether the address must name a step or a kind, which this test leaves out."""
    return rule.endpoint in {"actions.action", "work.move", "surveys_desk.new_question"}


def attempt(browser, token, method, address):
    if method == "GET":
        return browser.get(address)
    return browser.post(
        address, data={**token, "confirmed": "yes"}, headers={"Sec-Fetch-Site": "same-origin"}
    )


def nested(own, other):
    """(address of one's own thing, what is sent with it): a form that names somebody else's part."""
    mine, theirs = own.codes, other.codes
    desk = "/en/desk"
    titles = {"title-nb": "T", "title-nn": "T"}
    due = {"due_on": "2030-01-01", "why-nb": "W", "why-nn": "W", "owner": str(other.owner.id)}
    return [
        (f"{desk}/dialogues/{mine['dialogues']}/team/{other.ids['member_id']}/remove", {}),
        (
            f"{desk}/dialogues/{mine['dialogues']}/team",
            {
                "part-nb": "P",
                "part-nn": "P",
                "organisation_id": other.owner.id,
                "email": own.facilitator.email,
                "role": "facilitator",
            },
        ),
        (f"{desk}/dialogues/{mine['dialogues']}/place", {"theme": mine["themes"], "chosen": theirs["ideas"]}),
        (f"{desk}/dialogues/{mine['dialogues']}/place", {"theme": theirs["themes"], "chosen": mine["ideas"]}),
        (f"{desk}/dialogues/{mine['dialogues']}/actions/propose", titles | due),
        (f"{desk}/decisions/{mine['decisions']}/actions/new", titles | due),
        (
            f"{desk}/actions/{mine['actions']}?step=propose-anew",
            {
                "propose-anew-owner": other.owner.id,
                "propose-anew-due_on": "2030-01-01",
                "propose-anew-revision": "2",
            },
        ),
        (f"{desk}/themes/{mine['themes']}/merge", {"target": theirs["themes"]}),
        (
            f"{desk}/themes/{mine['themes']}/split",
            {"chosen": theirs["ideas"], "new_title-nb": "T", "new_title-nn": "T"},
        ),
        (f"{desk}/themes/{mine['themes']}/mark", {"chosen": theirs["ideas"]}),
        (f"{desk}/dialogues/{mine['dialogues']}/leave-out", {"chosen": theirs["ideas"], "reason": "R"}),
        (f"{desk}/dialogues/{mine['dialogues']}/take-in", {"chosen": other.other_note}),
        (f"{desk}/themes/{mine['themes']}/regroup", {"theme": theirs["themes"], "chosen": mine["ideas"]}),
        (f"{desk}/themes/{mine['themes']}/regroup", {"theme": "", "chosen": theirs["ideas"]}),
        (
            f"{desk}/boards/{mine['boards']}/enter",
            {
                "column": other.ids["column_id"],
                "title": "T",
                "text": "T",
                "channel": "meeting",
                "language": "nb",
                "submission_key": "x",
            },
        ),
        (
            f"{desk}/meetings/{mine['meetings']}/run-sheet/{other.ids['item_id']}",
            {"minutes": "5", "activity-nb": "A", "activity-nn": "A"},
        ),
        (f"{desk}/meetings/{mine['meetings']}/run-sheet/{other.ids['item_id']}/remove", {}),
        (f"{desk}/meetings/{mine['meetings']}/run-sheet/{other.ids['item_id']}/move", {"to": "earlier"}),
        (f"{desk}/meetings/{mine['meetings']}/registrations/{other.given}/cancel", {}),
        (
            f"{desk}/meetings/{mine['meetings']}/registrations/{other.given}/attendance",
            {"status": "attended"},
        ),
        (
            f"{desk}/groups/{mine['groups']}/edit",
            {"name-nb": "N", "name-nn": "N", "name-en": "N", "facilitator": other.facilitator.id},
        ),
        (
            f"{desk}/surveys/{mine['desk/surveys']}/questions/{other.ids['question_id']}",
            {"text-nb": "T", "text-nn": "T"},
        ),
        (f"{desk}/surveys/{mine['desk/surveys']}/questions/{other.ids['question_id']}/remove", {}),
        (
            f"{desk}/organisations/{mine['organisations']}",
            {
                "kind": "school",
                "name-nb": "N",
                "name-nn": "N",
                "email": "x@example.org",
                "language": "nb",
                "place": f"m{other.municipality.id}",
            },
        ),
        (
            f"{desk}/dialogues/{mine['dialogues']}/basics",
            titles
            | {
                "question-nb": "Q",
                "question-nn": "Q",
                "area-nb": "A",
                "area-nn": "A",
                "municipality_id": other.municipality.id,
                "organiser_id": other.owner.id,
                "playbook": "x",
            },
        ),
        (
            f"/en/surveys/{mine['surveys']}",
            {
                f"q{own.ids['first_question_id']}": other.ids["option_id"],
                "submission_key": "x",
                "version": "1",
            },
        ),
        (
            f"/en/boards/{mine['boards']}/write",
            {"column": other.ids["column_id"], "title": "T", "text": "T", "submission_key": "x"},
        ),
        (f"/en/follow/{mine['follow']}/idea", {"column": other.ids["column_id"], "title": "T", "text": "T"}),
        (f"/en/follow/{mine['follow']}/withdraw/{theirs['ideas']}", {}),
        (f"/en/follow/{mine['follow']}/withdraw/{other.given}", {}),
    ]


def test_a_form_of_ones_own_cannot_name_a_part_of_somebody_elses(house, make, places):
    own, other = places
    browser, token = signed_in(house, make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, own.municipality.id))
    # The basics of a public dialogue do change; its place and organiser do not.
    may_change = {"basics"}
    for address, values in nested(own, other):
        before = contents(house.database, LEAVE_OUT)
        answer = browser.post(
            address, data={**token, **values, "confirmed": "yes"}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert answer.status_code < 500, address
        after = contents(house.database, LEAVE_OUT)
        changed = [name for name in before if before[name] != after[name]]
        if address.rsplit("/", 1)[-1] in may_change:
            rows = set(after["dialogue"]) - set(before["dialogue"])
            assert all(f"{other.municipality.id}, {other.owner.id}" not in row for row in rows)
        else:
            assert changed == [], f"{address} {values}: {answer.status_code}"


def test_results_of_one_survey_are_not_those_of_anothers_channel(house, make, places):
    own, other = places
    browser, _token = signed_in(house, make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, own.municipality.id))
    address = f"/en/desk/surveys/{own.codes['desk/surveys']}/results"
    assert browser.get(f"{address}?collector={own.codes['channels']}").status_code == 200
    assert browser.get(f"{address}?collector={other.codes['channels']}").status_code == 404
