"""What the language tools read in the texts, kept beside the journal."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE analysis (
        id INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        pipeline VARCHAR NOT NULL,
        labels VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_analysis PRIMARY KEY (id),
        CONSTRAINT uq_analysis_sha256 UNIQUE (sha256)
    )
    """,
    """
    CREATE TABLE word_form (
        analysis_id INTEGER NOT NULL,
        lemma VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        CONSTRAINT pk_word_form PRIMARY KEY (analysis_id, lemma, form),
        CONSTRAINT fk_word_form_analysis_id_analysis FOREIGN KEY(analysis_id) REFERENCES analysis (id)
        DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_word_form_form ON word_form (form)",
    "CREATE INDEX ix_word_form_lemma ON word_form (lemma)",
)


def upgrade() -> None:
    """Adds two tables."""
    for statement in TABLES:
        op.execute(statement)
