"""Indexes for the desk of a whole country."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_action_suggested_due_on": ("action", ["suggested_due_on"]),
    "ix_action_offered_to_id": ("action", ["offered_to_id"]),
    "ix_dialogue_state_answer": ("dialogue", ["state", "answer_by", "id"]),
    "ix_contribution_state_dialogue": ("contribution", ["state", "dialogue_id"]),
}


def upgrade() -> None:
    """What the front page of the desk looks up."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Without them it looks through all there is."""
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table)
