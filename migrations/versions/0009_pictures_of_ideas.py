"""Pictures of ideas."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXTS = {"picture": 64, "picture_small": 64, "picture_words": 200}
NUMBERS = ("picture_width", "picture_height")


def upgrade() -> None:
    with op.batch_alter_table("idea") as table:
        for name, longest in TEXTS.items():
            table.add_column(sa.Column(name, sa.String(longest), nullable=False, server_default=""))
        for name in NUMBERS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("idea") as table:
        for name in (*TEXTS, *NUMBERS):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("idea") as table:
        for name in (*TEXTS, *NUMBERS):
            table.drop_column(name)
