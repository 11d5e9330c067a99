"""Find the most supported ideas of a prompt in an index."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index(
        "ix_idea_most_supported", "idea", ["column_id", "support_count", "published_at", "contribution_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_idea_most_supported", table_name="idea")
