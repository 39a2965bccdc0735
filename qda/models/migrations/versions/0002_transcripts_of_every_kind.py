"""Styles, recordings, own line numbers, topics, typed attributes, consent, pseudonyms."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("project_sheet", "citation VARCHAR DEFAULT '' NOT NULL"),
    ("project_sheet", "line_measure INTEGER DEFAULT '70' NOT NULL"),
    ("case_", "consent_quote VARCHAR DEFAULT 'open' NOT NULL"),
    ("case_", "consent_archive VARCHAR DEFAULT 'open' NOT NULL"),
    ("case_", "consent_date VARCHAR DEFAULT '' NOT NULL"),
    ("case_", "delete_by VARCHAR DEFAULT '' NOT NULL"),
    ("case_", "consent_note VARCHAR DEFAULT '' NOT NULL"),
    ("attribute", "description VARCHAR DEFAULT '' NOT NULL"),
    ("attribute", "choices JSON DEFAULT '[]' NOT NULL"),
    ("attribute", "missing JSON DEFAULT '[]' NOT NULL"),
    ("paragraph", "also VARCHAR DEFAULT '' NOT NULL"),
    ("paragraph", "level INTEGER DEFAULT '0' NOT NULL"),
    ("relation", "withdrawn INTEGER DEFAULT '0' NOT NULL"),
    ("unit", "erased BOOLEAN DEFAULT '0' NOT NULL"),
)
# The text stays the last column of a document, so that the others are read without it.
SOURCE = (
    """
    CREATE TABLE source_new (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        language VARCHAR NOT NULL,
        group_id INTEGER,
        case_id INTEGER,
        position INTEGER NOT NULL,
        length INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        original_sha256 VARCHAR,
        file_name VARCHAR NOT NULL,
        format VARCHAR NOT NULL,
        encoding VARCHAR NOT NULL,
        family VARCHAR NOT NULL,
        header JSON NOT NULL,
        added DATETIME NOT NULL,
        numbered BOOLEAN DEFAULT '0' NOT NULL,
        media VARCHAR DEFAULT '' NOT NULL,
        styles JSON DEFAULT '[]' NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT uq_source_guid UNIQUE (guid),
        CONSTRAINT fk_source_group_id_document_group FOREIGN KEY(group_id) REFERENCES document_group
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_source_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    """
    INSERT INTO source_new (id, guid, title, kind, language, group_id, case_id, position, length, sha256,
        original_sha256, file_name, format, encoding, family, header, added, text)
    SELECT id, guid, title, kind, language, group_id, case_id, position, length, sha256,
        original_sha256, file_name, format, encoding, family, header, added, text FROM source
    """,
    """
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'source')
    WHERE name = 'source_new' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'source')
    """,
    "DROP TABLE source",
    "ALTER TABLE source_new RENAME TO source",
    "CREATE INDEX ix_source_case_id ON source (case_id)",
    "CREATE INDEX ix_source_group_id ON source (group_id)",
)
TABLES = (
    """
    CREATE TABLE topic (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        question TEXT NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_topic_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE turn_topic (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        paragraph_id INTEGER NOT NULL,
        topic_id INTEGER NOT NULL,
        CONSTRAINT uq_turn_topic_guid UNIQUE (guid),
        CONSTRAINT fk_turn_topic_paragraph_id_paragraph FOREIGN KEY(paragraph_id) REFERENCES paragraph
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_turn_topic_topic_id_topic FOREIGN KEY(topic_id) REFERENCES topic (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_turn_topic_paragraph_id ON turn_topic (paragraph_id)",
    "CREATE INDEX ix_turn_topic_topic_id ON turn_topic (topic_id)",
    """
    CREATE TABLE pseudonym_record (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        replacement VARCHAR NOT NULL,
        hits INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        done DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        CONSTRAINT uq_pseudonym_record_guid UNIQUE (guid),
        CONSTRAINT fk_pseudonym_record_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
)


def upgrade() -> None:
    """Adds columns and tables; the table of documents is made anew."""
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in SOURCE + TABLES:
        op.execute(statement)
