"""Places of ideas."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (("board", "places", sa.Text()), ("idea", "place", sa.String(60)))


def upgrade() -> None:
    for name, column, kind in COLUMNS:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(column, kind, nullable=False, server_default=""))
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)


def downgrade() -> None:
    for name, column, _kind in reversed(COLUMNS):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
