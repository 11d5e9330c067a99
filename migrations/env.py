"""How migrations run: on the connection that dialogue.base.schema hands over."""

from alembic import context
from sqlalchemy import Enum

import dialogue.app  # noqa: F401 - makes every table known
from dialogue.base.db import Base, TranslatedText, UtcDateTime
from dialogue.base.schema import is_described


def render_plainly(kind, value, _autogenerate):
    """Write the house's own types as the database's, so that a migration does not change with the code."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(value, TranslatedText):
        return "sa.JSON()"
    if kind == "type" and isinstance(value, Enum):
        words = ", ".join(repr(word) for word in value.enums)
        return f"sa.Enum({words}, name={value.name!r}, native_enum=False, create_constraint=True, length={value.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=is_described,
    render_item=render_plainly,
)
with context.begin_transaction():
    context.run_migrations()
