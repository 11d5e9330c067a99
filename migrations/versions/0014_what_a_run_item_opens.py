"""What an item of a run sheet opens, and since when it has begun."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run_item") as item:
        item.add_column(sa.Column("opens", sa.String(length=60), nullable=False, server_default=""))
        item.add_column(sa.Column("begun_at", sa.DateTime()))
    with op.batch_alter_table("run_item") as item:
        item.alter_column("opens", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("run_item") as item:
        item.drop_column("begun_at")
        item.drop_column("opens")
