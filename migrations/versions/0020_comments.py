"""Let residents comment on each other's ideas, where a board takes comments."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the database to this version."""
    with op.batch_alter_table("board") as batch_op:
        batch_op.add_column(
            sa.Column("takes_comments", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.alter_column("takes_comments", server_default=None)
    with op.batch_alter_table("idea") as batch_op:
        batch_op.add_column(sa.Column("comment_on_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_idea_comment_on_id_idea"), "idea", ["comment_on_id"], ["contribution_id"]
        )
        batch_op.create_index(batch_op.f("ix_idea_comment_on_id"), ["comment_on_id"])


def downgrade() -> None:
    """Change the database back to the version before: comments become ideas of their own."""
    with op.batch_alter_table("idea") as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_comment_on_id"))
        batch_op.drop_constraint(batch_op.f("fk_idea_comment_on_id_idea"), type_="foreignkey")
        batch_op.drop_column("comment_on_id")
    with op.batch_alter_table("board") as batch_op:
        batch_op.drop_column("takes_comments")
