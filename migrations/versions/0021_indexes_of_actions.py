"""Let the reminders find what they look for by an index of its own."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the database to this version."""
    with op.batch_alter_table("action") as batch_op:
        batch_op.create_index("ix_action_state_listed", ["state", "listed_on"])
        batch_op.create_index("ix_action_owner_state", ["owner_id", "state"])
        # The index that begins with the owner does its work as well.
        batch_op.drop_index(batch_op.f("ix_action_owner_id"))


def downgrade() -> None:
    """Change the database back to the version before."""
    with op.batch_alter_table("action") as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owner_id"), ["owner_id"])
        batch_op.drop_index("ix_action_owner_state")
        batch_op.drop_index("ix_action_state_listed")
