"""Sampling, judgements of saturation, frozen models, compared cells, answers, own templates, code maps."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = (
    # Every case of an older file was there before any sampling decision.
    ("case_", "starting BOOLEAN DEFAULT '1' NOT NULL"),
    ("placement", "x INTEGER"),
    ("placement", "y INTEGER"),
)
# A reference cannot be added to a table: it is made anew.
SEARCHES = (
    """
    CREATE TABLE counter_search_new (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        relation_id INTEGER NOT NULL,
        note VARCHAR NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        case_id INTEGER,
        CONSTRAINT uq_counter_search_guid UNIQUE (guid),
        CONSTRAINT fk_counter_search_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_counter_search_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_counter_search_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    """
    INSERT INTO counter_search_new (id, guid, relation_id, note, coder_id, created)
    SELECT id, guid, relation_id, note, coder_id, created FROM counter_search
    """,
    "DROP TABLE counter_search",
    "ALTER TABLE counter_search_new RENAME TO counter_search",
    "CREATE INDEX ix_counter_search_case_id ON counter_search (case_id)",
    "CREATE INDEX ix_counter_search_relation_id ON counter_search (relation_id)",
)
TABLES = (
    """
    CREATE TABLE sampling_decision (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        gap TEXT NOT NULL,
        sought TEXT NOT NULL,
        why TEXT NOT NULL,
        brought TEXT NOT NULL,
        outcome VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        created DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        CONSTRAINT uq_sampling_decision_guid UNIQUE (guid),
        CONSTRAINT fk_sampling_decision_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE sampling_target (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        decision_id INTEGER NOT NULL,
        target_table VARCHAR NOT NULL,
        target_guid VARCHAR NOT NULL,
        CONSTRAINT uq_sampling_target_guid UNIQUE (guid),
        CONSTRAINT fk_sampling_target_decision_id_sampling_decision FOREIGN KEY(decision_id) REFERENCES
        sampling_decision (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_sampling_target_decision_id ON sampling_target (decision_id)",
    "CREATE INDEX ix_sampling_target_target ON sampling_target (target_table, target_guid)",
    """
    CREATE TABLE saturation_judgement (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        code_id INTEGER NOT NULL,
        state VARCHAR NOT NULL,
        reason TEXT NOT NULL,
        created DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        CONSTRAINT uq_saturation_judgement_guid UNIQUE (guid),
        CONSTRAINT fk_saturation_judgement_code_id_code FOREIGN KEY(code_id) REFERENCES code (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_saturation_judgement_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_saturation_judgement_code_id ON saturation_judgement (code_id)",
    """
    CREATE TABLE model_version (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        model_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        note TEXT NOT NULL,
        created DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        state JSON NOT NULL,
        CONSTRAINT uq_model_version_guid UNIQUE (guid),
        CONSTRAINT fk_model_version_model_id_paradigm_model FOREIGN KEY(model_id) REFERENCES
        paradigm_model (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_model_version_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_model_version_model_id ON model_version (model_id)",
    """
    CREATE TABLE cell_summary (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        row_kind VARCHAR NOT NULL,
        row_guid VARCHAR NOT NULL,
        case_id INTEGER NOT NULL,
        body TEXT NOT NULL,
        changed DATETIME NOT NULL,
        CONSTRAINT uq_cell_summary_guid UNIQUE (guid),
        CONSTRAINT fk_cell_summary_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_cell_summary_case_id ON cell_summary (case_id)",
    "CREATE INDEX ix_cell_summary_row ON cell_summary (row_kind, row_guid)",
    """
    CREATE TABLE cell_quotation (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        row_kind VARCHAR NOT NULL,
        row_guid VARCHAR NOT NULL,
        case_id INTEGER NOT NULL,
        role VARCHAR NOT NULL,
        segment_id INTEGER NOT NULL,
        CONSTRAINT uq_cell_quotation_guid UNIQUE (guid),
        CONSTRAINT fk_cell_quotation_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_cell_quotation_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_cell_quotation_case_id ON cell_quotation (case_id)",
    "CREATE INDEX ix_cell_quotation_row ON cell_quotation (row_kind, row_guid)",
    "CREATE INDEX ix_cell_quotation_segment_id ON cell_quotation (segment_id)",
    """
    CREATE TABLE question_answer (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        target_table VARCHAR NOT NULL,
        target_guid VARCHAR NOT NULL,
        body TEXT NOT NULL,
        created DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        CONSTRAINT uq_question_answer_guid UNIQUE (guid),
        CONSTRAINT fk_question_answer_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_question_answer_target ON question_answer (target_table, target_guid)",
    """
    CREATE TABLE candidate_pass (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        relation_id INTEGER NOT NULL,
        segment_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        coder_id INTEGER NOT NULL,
        CONSTRAINT uq_candidate_pass_guid UNIQUE (guid),
        CONSTRAINT fk_candidate_pass_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_candidate_pass_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_candidate_pass_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_candidate_pass_relation_id ON candidate_pass (relation_id)",
    "CREATE INDEX ix_candidate_pass_segment_id ON candidate_pass (segment_id)",
    """
    CREATE TABLE user_template (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        spec JSON NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_user_template_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE code_map (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_code_map_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE map_item (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        map_id INTEGER NOT NULL,
        target_table VARCHAR NOT NULL,
        target_guid VARCHAR NOT NULL,
        text TEXT NOT NULL,
        x INTEGER NOT NULL,
        y INTEGER NOT NULL,
        CONSTRAINT uq_map_item_guid UNIQUE (guid),
        CONSTRAINT fk_map_item_map_id_code_map FOREIGN KEY(map_id) REFERENCES code_map (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_map_item_map_id ON map_item (map_id)",
    "CREATE INDEX ix_map_item_target ON map_item (target_table, target_guid)",
    """
    CREATE TABLE map_line (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        map_id INTEGER NOT NULL,
        from_id INTEGER NOT NULL,
        to_id INTEGER NOT NULL,
        relation_id INTEGER,
        label VARCHAR NOT NULL,
        directed BOOLEAN NOT NULL,
        CONSTRAINT uq_map_line_guid UNIQUE (guid),
        CONSTRAINT fk_map_line_map_id_code_map FOREIGN KEY(map_id) REFERENCES code_map (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_map_line_from_id_map_item FOREIGN KEY(from_id) REFERENCES map_item (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_map_line_to_id_map_item FOREIGN KEY(to_id) REFERENCES map_item (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_map_line_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_map_line_from_id ON map_line (from_id)",
    "CREATE INDEX ix_map_line_map_id ON map_line (map_id)",
    "CREATE INDEX ix_map_line_relation_id ON map_line (relation_id)",
    "CREATE INDEX ix_map_line_to_id ON map_line (to_id)",
)


def upgrade() -> None:
    """Adds columns and tables; the table of searches is made anew."""
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in SEARCHES + TABLES:
        op.execute(statement)
