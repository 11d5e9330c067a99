"""Walls and stages: what a board is, what is done on it when, and how it is supported."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WALLS = ("careful", "open", "meeting", "class")
STAGES = ("open", "write", "reveal", "sort", "support", "freeze")
KINDS = ("dot", "dots", "stance")
GIVEN = ("dot", "counted_dot", "agree", "disagree", "pass")


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    with op.batch_alter_table("board") as board:
        board.add_column(
            sa.Column("wall", _words("boardwall", WALLS), nullable=False, server_default="careful")
        )
        board.add_column(
            sa.Column("stage", _words("boardstage", STAGES), nullable=False, server_default="open")
        )
        board.add_column(sa.Column("revealed_at", sa.DateTime()))
        board.add_column(sa.Column("in_stages", sa.Boolean(), nullable=False, server_default=sa.false()))
        board.add_column(
            sa.Column("label_for_writers", sa.String(length=60), nullable=False, server_default="")
        )
        board.add_column(
            sa.Column("support_kind", _words("supportkind", KINDS), nullable=False, server_default="dot")
        )
        board.add_column(sa.Column("dots_each", sa.Integer(), nullable=False, server_default="3"))
        board.add_column(sa.Column("gathers", sa.Boolean(), nullable=False, server_default=sa.false()))
        board.add_column(sa.Column("plenary_id", sa.Integer()))
        board.add_column(sa.Column("made_for", sa.String(length=16), nullable=False, server_default=""))
        board.create_check_constraint(op.f("ck_board_dots_each"), "dots_each > 0")
        board.create_foreign_key(op.f("fk_board_plenary_id_board"), "board", ["plenary_id"], ["id"])
        board.create_index(op.f("ix_board_plenary_id"), ["plenary_id"])
        board.create_index(op.f("ix_board_made_for"), ["made_for"])
    # A board on which nobody read first is an open wall, a frozen one has come to its last stage.
    op.execute("UPDATE board SET wall = 'open' WHERE NOT moderated")
    op.execute("UPDATE board SET stage = 'freeze' WHERE state = 'frozen'")
    with op.batch_alter_table("board") as board:
        board.drop_constraint(op.f("ck_board_boardstate"), type_="check")
        board.drop_column("state")
        board.drop_column("moderated")
        for name in ("wall", "stage", "support_kind", "label_for_writers", "made_for"):
            board.alter_column(name, server_default=None)
        for name in ("in_stages", "gathers", "dots_each"):
            board.alter_column(name, server_default=None)
    op.create_table(
        "board_stage_time",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("stage", _words("boardstage", STAGES), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_board_stage_time_board_id_board"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "stage", name=op.f("pk_board_stage_time")),
    )
    with op.batch_alter_table("board_stage_time") as time:
        time.create_index(op.f("ix_board_stage_time_at"), ["at"])
    op.create_table(
        "placed_dots",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.CheckConstraint("placed >= 0", name=op.f("ck_placed_dots_placed")),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_placed_dots_board_id_board"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "device_hash", name=op.f("pk_placed_dots")),
    )
    with op.batch_alter_table("board_column") as column:
        column.add_column(sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
        column.add_column(sa.Column("feeds_id", sa.Integer()))
        column.create_foreign_key(
            op.f("fk_board_column_feeds_id_board_column"),
            "board_column",
            ["feeds_id"],
            ["id"],
            ondelete="CASCADE",
        )
        column.create_index(op.f("ix_board_column_feeds_id"), ["feeds_id"])
    with op.batch_alter_table("idea") as idea:
        idea.add_column(sa.Column("cleared_at", sa.DateTime()))
        for name in ("set_aside_count", "disagree_count", "pass_count"):
            idea.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        idea.create_check_constraint(op.f("ck_idea_stance_counts"), "disagree_count >= 0 AND pass_count >= 0")
    with op.batch_alter_table("support") as support:
        support.add_column(sa.Column("given", _words("given", GIVEN), nullable=False, server_default="dot"))
    for table, names in (
        ("board_column", ("is_hidden",)),
        ("idea", ("set_aside_count", "disagree_count", "pass_count")),
        ("support", ("given",)),
    ):
        with op.batch_alter_table(table) as altered:
            for name in names:
                altered.alter_column(name, server_default=None)


def downgrade() -> None:
    # Of an idea that was not dotted, the first version knows no support; what was hidden waits to be read.
    op.execute("DELETE FROM support WHERE given IN ('agree', 'disagree', 'pass')")
    op.execute(
        "UPDATE idea SET support_count = set_aside_count WHERE board_id IN"
        " (SELECT id FROM board WHERE support_kind = 'stance')"
    )
    with op.batch_alter_table("support") as support:
        support.drop_constraint(op.f("ck_support_given"), type_="check")
        support.drop_column("given")
    with op.batch_alter_table("idea") as idea:
        idea.drop_constraint(op.f("ck_idea_stance_counts"), type_="check")
        for name in ("cleared_at", "set_aside_count", "disagree_count", "pass_count"):
            idea.drop_column(name)
    with op.batch_alter_table("board_column") as column:
        column.drop_index("ix_board_column_feeds_id")
        column.drop_constraint(op.f("fk_board_column_feeds_id_board_column"), type_="foreignkey")
        column.drop_column("is_hidden")
        column.drop_column("feeds_id")
    op.drop_table("placed_dots")
    op.drop_table("board_stage_time")
    with op.batch_alter_table("board") as board:
        board.add_column(
            sa.Column(
                "state", _words("boardstate", ("open", "frozen")), nullable=False, server_default="open"
            )
        )
        board.add_column(sa.Column("moderated", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE board SET moderated = FALSE WHERE wall = 'open'")
    op.execute("UPDATE board SET state = 'frozen' WHERE stage NOT IN ('open', 'write')")
    with op.batch_alter_table("board") as board:
        board.alter_column("state", server_default=None)
        board.alter_column("moderated", server_default=None)
        board.drop_index("ix_board_made_for")
        board.drop_index("ix_board_plenary_id")
        board.drop_constraint(op.f("fk_board_plenary_id_board"), type_="foreignkey")
        for name in (
            "ck_board_boardwall",
            "ck_board_boardstage",
            "ck_board_supportkind",
            "ck_board_dots_each",
        ):
            board.drop_constraint(op.f(name), type_="check")
        for name in (
            "wall",
            "stage",
            "revealed_at",
            "in_stages",
            "label_for_writers",
            "support_kind",
            "dots_each",
            "gathers",
            "plenary_id",
            "made_for",
        ):
            board.drop_column(name)
