"""From idea to outcome."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from dialogue.base.tokens import new_code

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Columns that hold one of a few words, with the words before and after.
WORDS = (
    (
        "contribution",
        "kind",
        "contributionkind",
        ("idea", "registration"),
        ("idea", "registration", "note", "answer", "help"),
    ),
    (
        "contribution",
        "channel",
        "channel",
        ("web", "meeting", "school", "paper"),
        ("web", "meeting", "school", "paper", "poster"),
    ),
    (
        "action_reminder",
        "kind",
        "reminderkind",
        ("unanswered", "before", "on_due", "late"),
        ("unanswered", "before", "on_due", "late", "update_late", "awake", "leader"),
    ),
)


# What the first version has no place for, in an order in which nothing is left hanging.
NEW_KINDS = "(SELECT id FROM contribution WHERE kind IN ('note', 'answer', 'help'))"
WAITING = "(SELECT id FROM decision WHERE released_at IS NULL)"
FORGOTTEN = (
    *(
        f"DELETE FROM {table} WHERE contribution_id IN {NEW_KINDS}"
        for table in (
            "theme_contribution",
            "told",
            "brief_quote",
            "left_out",
            "group_note",
            "open_answer",
            "help_taker",
        )
    ),
    "DELETE FROM contribution WHERE kind IN ('note', 'answer', 'help')",
    "UPDATE contribution SET channel = 'web' WHERE channel = 'poster'",
    "DELETE FROM action_reminder WHERE kind IN ('update_late', 'awake', 'leader')",
    *(
        f"DELETE FROM {table} WHERE decision_id IN {WAITING}"
        for table in ("theme_decision", "decision_action")
    ),
    "DELETE FROM decision WHERE released_at IS NULL",
    "UPDATE status_change SET subject_kind = 'decision' WHERE subject_kind = 'recommendation'",
)


# The tables whose rows are moved, as they are in the middle of it.
BODY = sa.table(
    "body",
    sa.column("id", sa.Integer),
    sa.column("code", sa.String),
    sa.column("dialogue_id", sa.Integer),
    sa.column("name", sa.JSON),
    sa.column("power", sa.String),
    sa.column("created_at", sa.DateTime),
)
DECISION = sa.table(
    "decision",
    sa.column("id", sa.Integer),
    sa.column("dialogue_id", sa.Integer),
    sa.column("body", sa.JSON),
    sa.column("power", sa.String),
    sa.column("body_id", sa.Integer),
    sa.column("created_at", sa.DateTime),
    sa.column("released_at", sa.DateTime),
)
BRIEF = sa.table(
    "brief",
    sa.column("id", sa.Integer),
    sa.column("dialogue_id", sa.Integer),
    sa.column("sent_to", sa.String),
    sa.column("frozen_at", sa.DateTime),
    sa.column("content", sa.JSON),
)
SENDING = sa.table(
    "brief_sending",
    sa.column("id", sa.Integer),
    sa.column("code", sa.String),
    sa.column("brief_id", sa.Integer),
    sa.column("body_id", sa.Integer),
    sa.column("sent_at", sa.DateTime),
    sa.column("outcome", sa.String),
)
ACTION = sa.table(
    "action",
    sa.column("id", sa.Integer),
    sa.column("asked_at", sa.DateTime),
    sa.column("owner_since", sa.DateTime),
    sa.column("holder_since", sa.DateTime),
)


def upgrade() -> None:
    _make_tables()
    _add_columns()
    _move_data()
    _settle_columns()
    for table, column, name, _before, after in WORDS:
        _allow(table, column, name, after)


def _make_tables() -> None:
    op.create_table(
        "action_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.Column("opens_first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_action_view_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_view")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_action_view_user_id_name")),
    )

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_plan_validity")),
        sa.ForeignKeyConstraint(
            ["district_id"], ["police_district.id"], name=op.f("fk_plan_district_id_police_district")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_plan_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_plan_code")),
    )

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "poster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_poster_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster")),
        sa.UniqueConstraint("code", name=op.f("uq_poster_code")),
    )

    with op.batch_alter_table("poster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poster_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("area", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("code", name=op.f("uq_goal_code")),
    )

    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column(
            "power",
            sa.Enum(
                "decides",
                "recommends",
                "discusses",
                name="bodypower",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_body_dialogue_id_dialogue")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_body_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("code", name=op.f("uq_body_code")),
    )

    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_dialogue_id"), ["dialogue_id"], unique=False)

    op.create_table(
        "dialogue_figures",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("flow", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_dialogue_figures_dialogue_id_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dialogue_id", name=op.f("pk_dialogue_figures")),
    )

    op.create_table(
        "dialogue_goal",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_dialogue_goal_dialogue_id_dialogue"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_dialogue_goal_goal_id_goal")),
        sa.PrimaryKeyConstraint("dialogue_id", "goal_id", name=op.f("pk_dialogue_goal")),
    )

    with op.batch_alter_table("dialogue_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogue_goal_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "group_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("follow_code_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_group_code_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["follow_code_id"], ["follow_code.id"], name=op.f("fk_group_code_follow_code_id_follow_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_code")),
        sa.UniqueConstraint("dialogue_id", "label", name=op.f("uq_group_code_dialogue_id_label")),
        sa.UniqueConstraint("follow_code_id", name=op.f("uq_group_code_follow_code_id")),
    )

    op.create_table(
        "patrol_link",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogue.id"],
            name=op.f("fk_patrol_link_dialogue_id_dialogue"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dialogue_id", name=op.f("pk_patrol_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_patrol_link_token_hash")),
    )

    op.create_table(
        "poster_dialogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poster_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_poster_dialogue_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_poster_dialogue_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["poster_id"], ["poster.id"], name=op.f("fk_poster_dialogue_poster_id_poster")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_dialogue")),
    )

    with op.batch_alter_table("poster_dialogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poster_dialogue_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(
            "uq_poster_dialogue_present",
            ["poster_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "action_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action.id"],
            name=op.f("fk_action_attachment_action_id_action"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_action_attachment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_action_attachment_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_attachment")),
        sa.UniqueConstraint("code", name=op.f("uq_action_attachment_code")),
    )

    with op.batch_alter_table("action_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_attachment_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_contributor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action.id"],
            name=op.f("fk_action_contributor_action_id_action"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_action_contributor_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_contributor")),
        sa.UniqueConstraint(
            "action_id", "organisation_id", name=op.f("uq_action_contributor_action_id_organisation_id")
        ),
    )

    with op.batch_alter_table("action_contributor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_contributor_action_id"), ["action_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_contributor_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "brief_quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_brief_quote_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_brief_quote_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_quote")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_brief_quote_contribution_id")),
    )

    op.create_table(
        "brief_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("brief_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_brief_sending_body_id_body")),
        sa.ForeignKeyConstraint(["brief_id"], ["brief.id"], name=op.f("fk_brief_sending_brief_id_brief")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_sending")),
        sa.UniqueConstraint("brief_id", "body_id", name=op.f("uq_brief_sending_brief_id_body_id")),
        sa.UniqueConstraint("code", name=op.f("uq_brief_sending_code")),
    )

    with op.batch_alter_table("brief_sending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_brief_sending_body_id"), ["body_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_hearing_body_id_body")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_hearing_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint(
            "theme_id", "body_id", "heard_on", name=op.f("uq_hearing_theme_id_body_id_heard_on")
        ),
    )

    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "help_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("starts_local", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_help_slot_minutes")),
        sa.CheckConstraint("taken >= 0 AND taken <= wanted", name=op.f("ck_help_slot_taken")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_help_slot_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_slot")),
        sa.UniqueConstraint("code", name=op.f("uq_help_slot_code")),
    )

    with op.batch_alter_table("help_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_slot_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_slot_starts_local"), ["starts_local"], unique=False)

    op.create_table(
        "helped",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("voter_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "partly",
                "no",
                "not_noticed",
                name="help",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_helped_action_id_action")),
        sa.PrimaryKeyConstraint("action_id", "voter_hash", name=op.f("pk_helped")),
        sa.UniqueConstraint("code", name=op.f("uq_helped_code")),
        sqlite_with_rowid=False,
    )

    with op.batch_alter_table("helped", schema=None) as batch_op:
        batch_op.create_index(
            "ix_helped_unread",
            ["action_id"],
            unique=False,
            sqlite_where=sa.text("word <> '' AND is_read = 0"),
            postgresql_where=sa.text("word <> '' AND NOT is_read"),
        )

    op.create_table(
        "left_out",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_left_out_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_left_out_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out")),
    )

    with op.batch_alter_table("left_out", schema=None) as batch_op:
        batch_op.create_index(
            "uq_left_out_present",
            ["contribution_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "patrol_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("where", sa.JSON(), nullable=False),
        sa.Column("when", sa.JSON(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_patrol_wish_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_patrol_wish_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_wish")),
        sa.UniqueConstraint("code", name=op.f("uq_patrol_wish_code")),
    )

    with op.batch_alter_table("patrol_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_wish_dialogue_id"), ["dialogue_id"], unique=False)

    op.create_table(
        "regrouping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "placed",
                "taken_out",
                "merged",
                "split",
                name="regrouped",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_regrouping_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_regrouping_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_regrouping_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrouping")),
        sa.UniqueConstraint("code", name=op.f("uq_regrouping_code")),
    )

    with op.batch_alter_table("regrouping", schema=None) as batch_op:
        batch_op.create_index("ix_regrouping_last", ["dialogue_id", "by_id"], unique=False)

    op.create_table(
        "group_note",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_group_note_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["meeting_group.id"],
            name=op.f("fk_group_note_group_id_meeting_group"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_group_note_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_group_note")),
    )

    with op.batch_alter_table("group_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_note_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_note_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "help_taker",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("given_back_at", sa.DateTime(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_help_taker_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["help_slot.id"], name=op.f("fk_help_taker_slot_id_help_slot")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_help_taker")),
    )

    with op.batch_alter_table("help_taker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_taker_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "open_answer",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_open_answer_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_open_answer_question_id_question")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_open_answer")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_open_answer_answer_id")),
    )

    with op.batch_alter_table("open_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_answer_question_id"), ["question_id"], unique=False)

    op.create_table(
        "patrol_month",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 0", name=op.f("ck_patrol_month_times")),
        sa.ForeignKeyConstraint(
            ["wish_id"],
            ["patrol_wish.id"],
            name=op.f("fk_patrol_month_wish_id_patrol_wish"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("wish_id", "month", name=op.f("pk_patrol_month")),
    )


def _add_columns() -> None:
    """What is new in tables with rows: empty for those, until the data are moved."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("offered_to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offer_note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("waits_for_decision", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("person_name", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("person_email", sa.String(length=254), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("person_weekly_mail", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("holder_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("listed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("goal_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("next_update_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("waits_for", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("measure", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("measured_before", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("measured_after", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("changed", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("learned", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("snoozed_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("snooze_reason", sa.String(length=300), nullable=False, server_default="")
        )

    with op.batch_alter_table("brief", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sources", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("docx", sa.String(length=64), nullable=False, server_default=""))

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("public_from", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("released_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "pass_state",
                sa.Enum(
                    "asked",
                    "confirmed",
                    "refused",
                    name="passstate",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("pass_reply", sa.String(length=600), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("pass_asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("pass_reminded_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("pass_answered_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("by_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "channel",
                sa.Enum(
                    "web",
                    "meeting",
                    "school",
                    "paper",
                    "poster",
                    name="channel",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=False,
                server_default="web",
            )
        )

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tell_before", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("tell_before_what", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows_lateness", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("tells_leader", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column("leader_email", sa.String(length=254), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("weekly_mail", sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("going_on", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("minority", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("open_questions", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("goal_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("theme_contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_minority", sa.Boolean(), nullable=False, server_default=sa.false()))


def _move_data() -> None:
    """Bodies become rows of their own, decisions are public as they were, briefs were sent to a body."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(
            DECISION.c.id, DECISION.c.dialogue_id, DECISION.c.body, DECISION.c.power, DECISION.c.created_at
        ).order_by(DECISION.c.id)
    ).all()
    bodies: dict[tuple[int, str, str], int] = {}
    for row in rows:
        key = (row.dialogue_id, str(sorted(row.body.items())), row.power)
        if key not in bodies:
            bodies[key] = _make_body(row.dialogue_id, row.body, row.power, row.created_at)
        connection.execute(
            DECISION.update()
            .where(DECISION.c.id == row.id)
            .values(body_id=bodies[key], released_at=row.created_at)
        )
    # What a body recommends is told, but answers nobody.
    connection.execute(
        sa.text(
            "UPDATE status_change SET subject_kind = 'recommendation' WHERE subject_kind = 'decision'"
            " AND subject_id IN (SELECT id FROM decision WHERE power = 'recommends')"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE decision SET by_id = (SELECT by_id FROM theme_decision"
            " WHERE decision_id = decision.id ORDER BY theme_decision.id LIMIT 1)"
        )
    )
    for row in connection.execute(
        sa.select(BRIEF.c.id, BRIEF.c.dialogue_id, BRIEF.c.sent_to, BRIEF.c.frozen_at, BRIEF.c.content)
    ).all():
        name = {"nb": row.sent_to}
        body = _make_body(row.dialogue_id, name, "discusses", row.frozen_at)
        connection.execute(
            BRIEF.update().where(BRIEF.c.id == row.id).values(content=_with_annex(row.content))
        )
        connection.execute(
            SENDING.insert().values(
                code=new_code(), brief_id=row.id, body_id=body, sent_at=row.frozen_at, outcome=""
            )
        )
    connection.execute(ACTION.update().values(owner_since=ACTION.c.asked_at, holder_since=ACTION.c.asked_at))


def _with_annex(content: dict[str, Any]) -> dict[str, Any]:
    """A frozen page as it was, with an annex in which nothing was written."""
    themes = [
        line
        | {
            "number": place,
            "code": "",
            "annex": {
                "kinds": "",
                "going_on": "",
                "minority": "",
                "options": "",
                "open_questions": "",
                "goal": None,
                "sources": [],
                "more": line.get("total", 0),
                "quotes": [],
            },
        }
        for place, line in enumerate(content.get("themes", []), 1)
    ]
    outside = {"also": [], "unplaced": 0, "not_taken_in": 0, "aside": []}
    return content | outside | {"themes": themes, "left_out": " ".join(content.get("missing", []))}


def _make_body(dialogue_id: int, name: dict[str, str], power: str, moment: datetime) -> int:
    made = op.get_bind().execute(
        BODY.insert()
        .values(code=new_code(), dialogue_id=dialogue_id, name=name, power=power, created_at=moment)
        .returning(BODY.c.id)
    )
    return int(made.scalar_one())


def _settle_columns() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("owner_since", existing_type=sa.DateTime(), nullable=False)
        batch_op.alter_column(
            "offer_note", existing_type=sa.Text(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "waits_for_decision", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "person_name", existing_type=sa.String(length=80), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "person_email", existing_type=sa.String(length=254), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "person_weekly_mail", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column("holder_since", existing_type=sa.DateTime(), nullable=False)
        batch_op.alter_column("place", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
        batch_op.alter_column(
            "waits_for", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "measure", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "measured_before",
            existing_type=sa.String(length=60),
            existing_nullable=False,
            server_default=None,
        )
        batch_op.alter_column(
            "measured_after", existing_type=sa.String(length=60), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "changed", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "learned", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "snooze_reason", existing_type=sa.String(length=300), existing_nullable=False, server_default=None
        )
        batch_op.create_index(batch_op.f("ix_action_goal_id"), ["goal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_action_offered_to_id_organisation"), "organisation", ["offered_to_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_action_goal_id_goal"), "goal", ["goal_id"], ["id"])

    with op.batch_alter_table("brief", schema=None) as batch_op:
        batch_op.alter_column(
            "left_out", existing_type=sa.Text(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "sources", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "docx", existing_type=sa.String(length=64), existing_nullable=False, server_default=None
        )
        batch_op.drop_column("sent_to")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.alter_column(
            "at_once", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
        batch_op.create_index(batch_op.f("ix_contact_email"), ["email"], unique=False)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("body_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column(
            "is_held", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "pass_reply", existing_type=sa.String(length=600), existing_nullable=False, server_default=None
        )
        batch_op.create_index(batch_op.f("ix_decision_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_released_at"), ["released_at"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_decision_body_id_body"), "body", ["body_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_by_id_user_account"), "user_account", ["by_id"], ["id"]
        )
        batch_op.drop_constraint(op.f("ck_decision_bodypower"), type_="check")
        batch_op.drop_column("body")
        batch_op.drop_column("power")

    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.alter_column(
            "channel", existing_type=sa.String(length=24), existing_nullable=False, server_default=None
        )

    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.alter_column(
            "tell_before_what", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.alter_column(
            "leader_email", existing_type=sa.String(length=254), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "weekly_mail", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )

    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.alter_column(
            "going_on", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "minority", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "options", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "open_questions", existing_type=sa.JSON(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "revision", existing_type=sa.Integer(), existing_nullable=False, server_default=None
        )
        batch_op.create_index(batch_op.f("ix_theme_goal_id"), ["goal_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_theme_goal_id_goal"), "goal", ["goal_id"], ["id"])

    with op.batch_alter_table("theme_contribution", schema=None) as batch_op:
        batch_op.alter_column(
            "is_minority", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )


def _allow(table: str, column: str, name: str, words: Sequence[str]) -> None:
    """Let a column hold these words and no others."""
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({listed})")


def downgrade() -> None:
    _move_data_back()
    for table, column, name, before, _after in WORDS:
        _allow(table, column, name, before)
    with op.batch_alter_table("theme_contribution", schema=None) as batch_op:
        batch_op.drop_column("is_minority")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_theme_goal_id_goal"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_theme_goal_id"))
        batch_op.drop_column("revision")
        batch_op.drop_column("goal_id")
        batch_op.drop_column("open_questions")
        batch_op.drop_column("options")
        batch_op.drop_column("minority")
        batch_op.drop_column("going_on")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("weekly_mail")
        batch_op.drop_column("leader_email")
        batch_op.drop_column("tells_leader")
        batch_op.drop_column("shows_lateness")
    with op.batch_alter_table("collector", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_collector_channel"), type_="check")
        batch_op.drop_column("channel")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_column("tell_before_what")
        batch_op.drop_column("tell_before")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_by_id_user_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_decision_body_id_body"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_decision_released_at"))
        batch_op.drop_index(batch_op.f("ix_decision_body_id"))
        batch_op.drop_column("by_id")
        batch_op.drop_column("pass_answered_at")
        batch_op.drop_column("pass_reminded_at")
        batch_op.drop_column("pass_asked_at")
        batch_op.drop_column("pass_reply")
        batch_op.drop_constraint(op.f("ck_decision_passstate"), type_="check")
        batch_op.drop_column("pass_state")
        batch_op.drop_column("released_at")
        batch_op.drop_column("is_held")
        batch_op.drop_column("public_from")
        batch_op.drop_column("body_id")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_email"))
        batch_op.drop_column("told_at")
        batch_op.drop_column("at_once")
    with op.batch_alter_table("brief", schema=None) as batch_op:
        batch_op.drop_column("docx")
        batch_op.drop_column("sources")
        batch_op.drop_column("left_out")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_action_goal_id_goal"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_action_offered_to_id_organisation"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_action_goal_id"))
        batch_op.drop_column("snooze_reason")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("learned")
        batch_op.drop_column("changed")
        batch_op.drop_column("measured_after")
        batch_op.drop_column("measured_before")
        batch_op.drop_column("measure")
        batch_op.drop_column("waits_for")
        batch_op.drop_column("next_update_on")
        batch_op.drop_column("goal_id")
        batch_op.drop_column("place")
        batch_op.drop_column("listed_on")
        batch_op.drop_column("holder_since")
        batch_op.drop_column("person_weekly_mail")
        batch_op.drop_column("person_email")
        batch_op.drop_column("person_name")
        batch_op.drop_column("waits_for_decision")
        batch_op.drop_column("offer_note")
        batch_op.drop_column("offered_to_id")
        batch_op.drop_column("owner_since")
    op.drop_table("patrol_month")
    with op.batch_alter_table("open_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_answer_question_id"))
    op.drop_table("open_answer")
    with op.batch_alter_table("help_taker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_taker_slot_id"))
    op.drop_table("help_taker")
    with op.batch_alter_table("group_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_note_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_group_note_group_id"))
    op.drop_table("group_note")
    with op.batch_alter_table("regrouping", schema=None) as batch_op:
        batch_op.drop_index("ix_regrouping_last")
    op.drop_table("regrouping")
    with op.batch_alter_table("patrol_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patrol_wish_dialogue_id"))
    op.drop_table("patrol_wish")
    with op.batch_alter_table("left_out", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_left_out_present",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
    op.drop_table("left_out")
    with op.batch_alter_table("helped", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_helped_unread",
            sqlite_where=sa.text("word <> '' AND is_read = 0"),
            postgresql_where=sa.text("word <> '' AND NOT is_read"),
        )
    op.drop_table("helped")
    with op.batch_alter_table("help_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_slot_starts_local"))
        batch_op.drop_index(batch_op.f("ix_help_slot_action_id"))
    op.drop_table("help_slot")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_theme_id"))
    op.drop_table("hearing")
    with op.batch_alter_table("brief_sending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_brief_sending_body_id"))
    op.drop_table("brief_sending")
    op.drop_table("brief_quote")
    with op.batch_alter_table("action_contributor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_contributor_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_action_contributor_action_id"))
    op.drop_table("action_contributor")
    with op.batch_alter_table("action_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_attachment_action_id"))
    op.drop_table("action_attachment")
    with op.batch_alter_table("poster_dialogue", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_poster_dialogue_present",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_poster_dialogue_dialogue_id"))
    op.drop_table("poster_dialogue")
    op.drop_table("patrol_link")
    op.drop_table("group_code")
    with op.batch_alter_table("dialogue_goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogue_goal_goal_id"))
    op.drop_table("dialogue_goal")
    op.drop_table("dialogue_figures")
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_dialogue_id"))
    op.drop_table("body")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_plan_id"))
    op.drop_table("goal")
    with op.batch_alter_table("poster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poster_municipality_id"))
    op.drop_table("poster")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_plan_district_id"))
    op.drop_table("plan")
    op.drop_table("action_view")


def _move_data_back() -> None:
    """The names of bodies go back into decisions and briefs. What the first version has no word for is
    forgotten: what was given in new ways, with its links, and decisions that wait to be public."""
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(sa.Column("body", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("power", sa.VARCHAR(length=24), nullable=True))
    with op.batch_alter_table("brief") as batch_op:
        batch_op.add_column(sa.Column("sent_to", sa.VARCHAR(length=160), server_default="", nullable=False))
    connection = op.get_bind()
    for body in connection.execute(sa.select(BODY.c.id, BODY.c.name, BODY.c.power)).all():
        power = "decides" if body.power == "decides" else "recommends"
        connection.execute(
            DECISION.update().where(DECISION.c.body_id == body.id).values(body=body.name, power=power)
        )
        sent = sa.select(SENDING.c.brief_id).where(SENDING.c.body_id == body.id)
        name = body.name.get("nb") or next(iter(body.name.values()), "")
        connection.execute(BRIEF.update().where(BRIEF.c.id.in_(sent)).values(sent_to=name[:160]))
    for row in connection.execute(sa.select(BRIEF.c.id, BRIEF.c.content)).all():
        missing = [row.content["left_out"]] if row.content.get("left_out") else []
        content = row.content | {"missing": missing}
        connection.execute(BRIEF.update().where(BRIEF.c.id == row.id).values(content=content))
    for statement in FORGOTTEN:
        connection.execute(sa.text(statement))
    with op.batch_alter_table("decision") as batch_op:
        batch_op.alter_column("body", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("power", existing_type=sa.VARCHAR(length=24), nullable=False)
        batch_op.create_check_constraint(op.f("ck_decision_bodypower"), "power IN ('decides', 'recommends')")
    with op.batch_alter_table("brief") as batch_op:
        batch_op.alter_column("sent_to", existing_type=sa.VARCHAR(length=160), server_default=None)
