"""Ideas with more than words."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("idea") as table:
        table.add_column(sa.Column("video_url", sa.String(300), nullable=False, server_default=""))
    with op.batch_alter_table("idea") as table:
        table.alter_column("video_url", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("idea") as table:
        table.drop_column("video_url")
