"""Pencil marks, sensitizing concepts, piles, saved queries; phases of codings; turns read or left uncoded."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    ("project_sheet", "hide_frequencies BOOLEAN DEFAULT '0' NOT NULL"),
    ("paragraph", "uncoded BOOLEAN DEFAULT '0' NOT NULL"),
    ("paragraph", "seen BOOLEAN DEFAULT '0' NOT NULL"),
    ("coding", "phase VARCHAR DEFAULT '' NOT NULL"),
)
TABLES = (
    """
    CREATE TABLE pencil (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        segment_id INTEGER NOT NULL,
        note TEXT NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_pencil_guid UNIQUE (guid),
        CONSTRAINT fk_pencil_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_pencil_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_pencil_segment_id ON pencil (segment_id)",
    """
    CREATE TABLE sensitizing_concept (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        origin VARCHAR NOT NULL,
        definition TEXT NOT NULL,
        code_id INTEGER,
        position INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_sensitizing_concept_guid UNIQUE (guid),
        CONSTRAINT fk_sensitizing_concept_code_id_code FOREIGN KEY(code_id) REFERENCES code (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_sensitizing_concept_code_id ON sensitizing_concept (code_id)",
    """
    CREATE TABLE pile (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_pile_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE pile_code (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        pile_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        CONSTRAINT uq_pile_code_guid UNIQUE (guid),
        CONSTRAINT fk_pile_code_pile_id_pile FOREIGN KEY(pile_id) REFERENCES pile (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_pile_code_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_pile_code_code_id ON pile_code (code_id)",
    "CREATE INDEX ix_pile_code_pile_id ON pile_code (pile_id)",
    """
    CREATE TABLE saved_query (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        spec JSON NOT NULL,
        position INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_saved_query_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE memo_pile (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_memo_pile_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE memo_pile_entry (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        pile_id INTEGER NOT NULL,
        memo_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_memo_pile_entry_guid UNIQUE (guid),
        CONSTRAINT fk_memo_pile_entry_pile_id_memo_pile FOREIGN KEY(pile_id) REFERENCES memo_pile (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_memo_pile_entry_memo_id_memo FOREIGN KEY(memo_id) REFERENCES memo (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_memo_pile_entry_memo_id ON memo_pile_entry (memo_id)",
    "CREATE INDEX ix_memo_pile_entry_pile_id ON memo_pile_entry (pile_id)",
)


def upgrade() -> None:
    """Adds columns and tables."""
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in TABLES:
        op.execute(statement)
