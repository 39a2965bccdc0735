"""What the language tools read in the texts, kept beside the journal."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE analysis (
        sha256 VARCHAR NOT NULL,
        pipeline VARCHAR NOT NULL,
        labels VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_analysis PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE word_form (
        lemma VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        CONSTRAINT pk_word_form PRIMARY KEY (lemma, form, sha256)
    )
    """,
    "CREATE INDEX ix_word_form_form ON word_form (form)",
    "CREATE INDEX ix_word_form_sha256 ON word_form (sha256)",
)


def upgrade() -> None:
    """Adds two tables."""
    for statement in TABLES:
        op.execute(statement)
