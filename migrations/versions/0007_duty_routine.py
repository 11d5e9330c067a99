"""Hold ideas for the duty routine."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WAYS = "way IN ('control_room', 'case_system', 'other_unit', 'child_welfare')"


def upgrade() -> None:
    """Change the database to this version."""
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


def downgrade() -> None:
    """Change the database back to the version before."""
    op.drop_table("idea_hold")
