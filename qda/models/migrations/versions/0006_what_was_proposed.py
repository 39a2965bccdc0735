"""What the program proposed and what became of it, kept beside the journal."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE suggestion_event (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        at DATETIME NOT NULL,
        coder VARCHAR NOT NULL,
        source_guid VARCHAR NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        showing VARCHAR NOT NULL,
        rank INTEGER NOT NULL,
        engine VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        name TEXT NOT NULL,
        score DOUBLE NOT NULL,
        strong BOOLEAN NOT NULL,
        reason TEXT NOT NULL,
        words TEXT NOT NULL,
        like_source VARCHAR NOT NULL,
        outcome VARCHAR NOT NULL,
        dismissed BOOLEAN NOT NULL,
        CONSTRAINT uq_suggestion_event_guid UNIQUE (guid)
    )
    """,
    "CREATE INDEX ix_suggestion_event_source_guid ON suggestion_event (source_guid)",
)


def upgrade() -> None:
    """Adds one table."""
    for statement in TABLES:
        op.execute(statement)
