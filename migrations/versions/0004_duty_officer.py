"""Name a duty officer, and hold what they alone may read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("received", "published", "returned", "withdrawn")
AFTER = (*BEFORE, "held", "handed_over")


def upgrade() -> None:
    """Change the database to this version.

    Nobody is made duty officer without having been asked: the boards of dialogues that are public already stay
    closed for ideas until somebody is named at the desk.
    """
    _allow(AFTER)
    with op.batch_alter_table("dialogue") as batch_op:
        batch_op.add_column(sa.Column("duty_officer_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_dialogue_duty_officer_id"), ["duty_officer_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_dialogue_duty_officer_id_user_account"),
            "user_account",
            ["duty_officer_id"],
            ["id"],
        )


def downgrade() -> None:
    """Change the database back to the version before: what is held waits to be read once more."""
    op.execute("UPDATE contribution SET state = 'received' WHERE state = 'held'")
    op.execute("UPDATE contribution SET state = 'withdrawn' WHERE state = 'handed_over'")
    with op.batch_alter_table("dialogue") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_dialogue_duty_officer_id_user_account"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_dialogue_duty_officer_id"))
        batch_op.drop_column("duty_officer_id")
    _allow(BEFORE)


def _allow(states: tuple[str, ...]) -> None:
    words = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_contribution_contributionstate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_contribution_contributionstate"), f"state IN ({words})"
        )
