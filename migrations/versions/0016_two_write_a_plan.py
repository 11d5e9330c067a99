"""Of two who write a plan the second is told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every plan is at its first revision."""
    with op.batch_alter_table("plan") as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("plan") as batch_op:
        batch_op.alter_column("revision", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """Without it the last writer wins."""
    with op.batch_alter_table("plan") as batch_op:
        batch_op.drop_column("revision")
