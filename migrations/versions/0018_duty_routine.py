"""Hold ideas for the duty routine, read them one by one, and take something out of them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WAYS = "way IN ('control_room', 'case_system', 'other_unit', 'child_welfare')"


REASONS = ("person", "report", "insult", "off_topic", "unclear")


def upgrade() -> None:
    """Change the database to this version."""
    _allow((*REASONS, "duplicate"))
    with op.batch_alter_table("idea") as batch_op:
        batch_op.add_column(sa.Column("same_as_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_idea_same_as_id_idea"), "idea", ["same_as_id"], ["contribution_id"]
        )
    op.create_table(
        "idea_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.CheckConstraint(WAYS, name=op.f("ck_idea_hold_handoverway")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.contribution_id"], name=op.f("fk_idea_hold_idea_id_idea")
        ),
        sa.ForeignKeyConstraint(
            ["held_by_id"], ["user_account.id"], name=op.f("fk_idea_hold_held_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user_account.id"], name=op.f("fk_idea_hold_ended_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_hold")),
    )
    op.create_index(op.f("ix_idea_hold_idea_id"), "idea_hold", ["idea_id"])
    op.create_index(
        "uq_idea_hold_open",
        "idea_hold",
        ["idea_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "idea_claim",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("skipped_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.contribution_id"], name=op.f("fk_idea_claim_idea_id_idea")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_idea_claim_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_claim")),
    )
    op.create_index(op.f("ix_idea_claim_by_id"), "idea_claim", ["by_id"])
    op.create_table(
        "idea_redaction",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("picture_words", sa.String(length=200), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.contribution_id"], name=op.f("fk_idea_redaction_idea_id_idea")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_idea_redaction_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_redaction")),
    )


def downgrade() -> None:
    """Change the database back to the version before: what was taken out of ideas is put back."""
    redaction = sa.table("idea_redaction", *(sa.column(name) for name in ("idea_id", "title", "text")))
    idea = sa.table("idea", *(sa.column(name) for name in ("contribution_id", "title", "text")))
    for row in op.get_bind().execute(sa.select(redaction)).all():
        op.execute(
            idea.update().where(idea.c.contribution_id == row.idea_id).values(title=row.title, text=row.text)
        )
    with op.batch_alter_table("idea") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_idea_same_as_id_idea"), type_="foreignkey")
        batch_op.drop_column("same_as_id")
    op.execute("UPDATE idea SET return_reason = 'unclear' WHERE return_reason = 'duplicate'")
    _allow(REASONS)
    op.drop_table("idea_redaction")
    op.drop_table("idea_claim")
    op.drop_table("idea_hold")


def _allow(reasons: tuple[str, ...]) -> None:
    """Let the reason why an idea is not shown be one of these and no other."""
    listed = ", ".join(f"'{reason}'" for reason in reasons)
    with op.batch_alter_table("idea") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_idea_returnreason"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_idea_returnreason"), f"return_reason IN ({listed})")
