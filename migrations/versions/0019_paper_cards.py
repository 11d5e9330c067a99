"""Paper cards: sheets that were printed, and cards that are typed twice before they become ideas."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the database to this version."""
    op.create_table(
        "card_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_card_sheet_board_id_board")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_card_sheet_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_card_sheet_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_sheet")),
        sa.UniqueConstraint("board_id", "first_number", name=op.f("uq_card_sheet_board_id_first_number")),
        sa.UniqueConstraint("code", name=op.f("uq_card_sheet_code")),
    )
    op.create_index(op.f("ix_card_sheet_board_id"), "card_sheet", ["board_id"])
    op.create_index(op.f("ix_card_sheet_dialogue_id"), "card_sheet", ["dialogue_id"])
    op.create_table(
        "card_stack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
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
        sa.Column("is_double", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_card_stack_board_id_board")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_card_stack_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_card_stack_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_stack")),
        sa.UniqueConstraint("code", name=op.f("uq_card_stack_code")),
    )
    for column in ("board_id", "dialogue_id", "touched_at"):
        op.create_index(op.f(f"ix_card_stack_{column}"), "card_stack", [column])
    op.create_table(
        "paper_card",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stack_id", sa.Integer(), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_card_number")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["entry_batch.id"],
            name=op.f("fk_paper_card_batch_id_entry_batch"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_paper_card_board_id_board")),
        sa.ForeignKeyConstraint(
            ["column_id"],
            ["board_column.id"],
            name=op.f("fk_paper_card_column_id_board_column"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user_account.id"], name=op.f("fk_paper_card_settled_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["stack_id"],
            ["card_stack.id"],
            name=op.f("fk_paper_card_stack_id_card_stack"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("board_id", "number", name=op.f("pk_paper_card")),
    )
    op.create_index(op.f("ix_paper_card_batch_id"), "paper_card", ["batch_id"])
    op.create_index(op.f("ix_paper_card_stack_id"), "paper_card", ["stack_id"])
    op.create_table(
        "paper_card_entry",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("turn IN (1, 2)", name=op.f("ck_paper_card_entry_turn")),
        sa.ForeignKeyConstraint(
            ["board_id", "number"],
            ["paper_card.board_id", "paper_card.number"],
            name=op.f("fk_paper_card_entry_board_id_number_paper_card"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_paper_card_entry_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["column_id"],
            ["board_column.id"],
            name=op.f("fk_paper_card_entry_column_id_board_column"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("board_id", "number", "turn", name=op.f("pk_paper_card_entry")),
    )


def downgrade() -> None:
    """Change the database back to the version before."""
    op.drop_table("paper_card_entry")
    op.drop_table("paper_card")
    op.drop_table("card_stack")
    op.drop_table("card_sheet")
