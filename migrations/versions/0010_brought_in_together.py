"""Batches of ideas brought in together."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "entry_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("not_read", sa.JSON(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "meeting",
                "school",
                "paper",
                "poster",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("all_wait", sa.Boolean(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_entry_batch_board_id_board")),
        sa.ForeignKeyConstraint(
            ["column_id"],
            ["board_column.id"],
            name=op.f("fk_entry_batch_column_id_board_column"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_entry_batch_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_entry_batch_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_batch")),
        sa.UniqueConstraint("code", name=op.f("uq_entry_batch_code")),
    )
    with op.batch_alter_table("entry_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_batch_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_batch_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_batch_made_at"), ["made_at"], unique=False)

    op.create_table(
        "entry_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column(
            "problem",
            sa.Enum(
                "empty",
                "long_title",
                "long_text",
                "prompt",
                "long_label",
                "named",
                name="problem",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("has_findings", sa.Boolean(), nullable=False),
        sa.Column("is_changed", sa.Boolean(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["entry_batch.id"],
            name=op.f("fk_entry_row_batch_id_entry_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["column_id"],
            ["board_column.id"],
            name=op.f("fk_entry_row_column_id_board_column"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_entry_row_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_entry_row")),
    )
    with op.batch_alter_table("entry_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_row_contribution_id"), ["contribution_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("entry_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_row_contribution_id"))

    op.drop_table("entry_row")
    with op.batch_alter_table("entry_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_batch_made_at"))
        batch_op.drop_index(batch_op.f("ix_entry_batch_dialogue_id"))
        batch_op.drop_index(batch_op.f("ix_entry_batch_board_id"))

    op.drop_table("entry_batch")
