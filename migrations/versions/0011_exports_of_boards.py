"""Exports of boards."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "board_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "xlsx",
                "csv",
                "list",
                "wall",
                "picture",
                name="exportkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum("public", "team", name="audience", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "waiting",
                "asks",
                "ready",
                "forgotten",
                "failed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column(
            "personal",
            sa.Enum(
                "leave_out",
                "take_along",
                name="personal",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ending", sa.String(length=8), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_export_board_id_board")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_board_export_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_board_export_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_export")),
        sa.UniqueConstraint("code", name=op.f("uq_board_export_code")),
    )
    with op.batch_alter_table("board_export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_export_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_export_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index("ix_board_export_stage", ["stage", "made_at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("board_export", schema=None) as batch_op:
        batch_op.drop_index("ix_board_export_stage")
        batch_op.drop_index(batch_op.f("ix_board_export_dialogue_id"))
        batch_op.drop_index(batch_op.f("ix_board_export_board_id"))

    op.drop_table("board_export")
