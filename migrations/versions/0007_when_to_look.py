"""When reminders look at an action."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reminders look once at all that is open, and put off what has nothing to tell."""
    with op.batch_alter_table("action") as batch_op:
        batch_op.add_column(sa.Column("look_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_action_look_on"), ["look_on"], unique=False)
    op.execute(
        "UPDATE action SET look_on = CURRENT_DATE"
        " WHERE state IN ('proposed', 'new_date', 'accepted', 'under_way')"
    )


def downgrade() -> None:
    """Without the day, all that is open is looked at every hour."""
    with op.batch_alter_table("action") as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_look_on"))
        batch_op.drop_column("look_on")
