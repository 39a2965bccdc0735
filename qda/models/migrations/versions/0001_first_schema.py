"""The first schema: all tables, the search index and its triggers, written out and frozen.

What the tables of the program become later stands in later migrations, never here.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE attribute (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_attribute_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE case_ (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        parent_id INTEGER,
        description VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_case__guid UNIQUE (guid),
        CONSTRAINT fk_case__parent_id_case_ FOREIGN KEY(parent_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_case__parent_id ON case_ (parent_id)",
    """
    CREATE TABLE coder (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_coder_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE document_group (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_document_group_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE original (
        sha256 VARCHAR NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_original PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE project_sheet (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        language VARCHAR NOT NULL,
        template VARCHAR NOT NULL,
        prior_knowledge VARCHAR NOT NULL,
        preconceptions VARCHAR NOT NULL,
        field_access VARCHAR NOT NULL,
        own_role VARCHAR NOT NULL,
        case_definition VARCHAR NOT NULL,
        transcription_rules VARCHAR NOT NULL,
        notes VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_project_sheet_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE research_question (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        since DATETIME NOT NULL,
        CONSTRAINT uq_research_question_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE search_state (
        id INTEGER NOT NULL,
        bulk INTEGER NOT NULL,
        CONSTRAINT pk_search_state PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE setting (
        "key" VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE story (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        body TEXT NOT NULL,
        changed DATETIME NOT NULL,
        CONSTRAINT uq_story_guid UNIQUE (guid)
    )
    """,
    """
    CREATE TABLE unit (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        label VARCHAR NOT NULL,
        at DATETIME NOT NULL,
        coder VARCHAR NOT NULL,
        replica VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        reverses INTEGER,
        phase VARCHAR NOT NULL,
        CONSTRAINT uq_unit_guid UNIQUE (guid),
        CONSTRAINT fk_unit_reverses_unit FOREIGN KEY(reverses) REFERENCES unit (id) DEFERRABLE INITIALLY
        DEFERRED
    )
    """,
    "CREATE INDEX ix_unit_coder_kind ON unit (coder, kind)",
    "CREATE INDEX ix_unit_reverses ON unit (reverses)",
    """
    CREATE TABLE attribute_value (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        case_id INTEGER NOT NULL,
        attribute_id INTEGER NOT NULL,
        value VARCHAR NOT NULL,
        CONSTRAINT uq_attribute_value_guid UNIQUE (guid),
        CONSTRAINT fk_attribute_value_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_attribute_value_attribute_id_attribute FOREIGN KEY(attribute_id) REFERENCES
        attribute (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_attribute_value_attribute_id ON attribute_value (attribute_id)",
    "CREATE INDEX ix_attribute_value_case_id ON attribute_value (case_id)",
    """
    CREATE TABLE change (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        unit_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        op VARCHAR NOT NULL,
        "table" VARCHAR NOT NULL,
        guid VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        old JSON NOT NULL,
        new JSON NOT NULL,
        CONSTRAINT fk_change_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id) DEFERRABLE INITIALLY
        DEFERRED
    )
    """,
    'CREATE INDEX ix_change_table_guid ON change ("table", guid)',
    "CREATE INDEX ix_change_unit_id ON change (unit_id)",
    """
    CREATE TABLE memo (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        body TEXT NOT NULL,
        private BOOLEAN NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_memo_guid UNIQUE (guid),
        CONSTRAINT fk_memo_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    """
    CREATE TABLE source (
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
        text TEXT NOT NULL,
        CONSTRAINT uq_source_guid UNIQUE (guid),
        CONSTRAINT fk_source_group_id_document_group FOREIGN KEY(group_id) REFERENCES document_group
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_source_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_source_case_id ON source (case_id)",
    "CREATE INDEX ix_source_group_id ON source (group_id)",
    """
    CREATE TABLE memo_link (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        memo_id INTEGER NOT NULL,
        target_table VARCHAR NOT NULL,
        target_guid VARCHAR NOT NULL,
        CONSTRAINT uq_memo_link_guid UNIQUE (guid),
        CONSTRAINT fk_memo_link_memo_id_memo FOREIGN KEY(memo_id) REFERENCES memo (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_memo_link_memo_id ON memo_link (memo_id)",
    "CREATE INDEX ix_memo_link_target ON memo_link (target_table, target_guid)",
    """
    CREATE TABLE segment (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        source_id INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_segment_guid UNIQUE (guid),
        CONSTRAINT fk_segment_source_id_source FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_segment_source_id_start_stop ON segment (source_id, start, stop)",
    """
    CREATE TABLE speaker (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        source_id INTEGER NOT NULL,
        label VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        case_id INTEGER,
        CONSTRAINT uq_speaker_guid UNIQUE (guid),
        CONSTRAINT fk_speaker_source_id_source FOREIGN KEY(source_id) REFERENCES source (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_speaker_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_speaker_case_id ON speaker (case_id)",
    "CREATE INDEX ix_speaker_source_id ON speaker (source_id)",
    """
    CREATE TABLE time_mark (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        source_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        ms INTEGER NOT NULL,
        written VARCHAR NOT NULL,
        CONSTRAINT uq_time_mark_guid UNIQUE (guid),
        CONSTRAINT fk_time_mark_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_time_mark_source_id_position ON time_mark (source_id, position)",
    """
    CREATE TABLE code (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        parent_id INTEGER,
        position INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        origin VARCHAR NOT NULL,
        colour INTEGER,
        definition VARCHAR NOT NULL,
        delimitation VARCHAR NOT NULL,
        anchor VARCHAR NOT NULL,
        rule VARCHAR NOT NULL,
        in_vivo_id INTEGER,
        typical_id INTEGER,
        deviating_id INTEGER,
        created DATETIME NOT NULL,
        CONSTRAINT uq_code_guid UNIQUE (guid),
        CONSTRAINT fk_code_parent_id_code FOREIGN KEY(parent_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_code_in_vivo_id_segment FOREIGN KEY(in_vivo_id) REFERENCES segment (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_code_typical_id_segment FOREIGN KEY(typical_id) REFERENCES segment (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_code_deviating_id_segment FOREIGN KEY(deviating_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_code_deviating_id ON code (deviating_id)",
    "CREATE INDEX ix_code_in_vivo_id ON code (in_vivo_id)",
    "CREATE INDEX ix_code_parent_id ON code (parent_id)",
    "CREATE INDEX ix_code_typical_id ON code (typical_id)",
    """
    CREATE TABLE paragraph (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        source_id INTEGER NOT NULL,
        number VARCHAR NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        label_stop INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        opens_turn BOOLEAN NOT NULL,
        speaker_id INTEGER,
        norm TEXT NOT NULL,
        CONSTRAINT uq_paragraph_guid UNIQUE (guid),
        CONSTRAINT fk_paragraph_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_paragraph_speaker_id_speaker FOREIGN KEY(speaker_id) REFERENCES speaker (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_paragraph_source_id_start_opens_turn ON paragraph (source_id, start, opens_turn)",
    "CREATE INDEX ix_paragraph_speaker_id ON paragraph (speaker_id)",
    """
    CREATE TABLE coding (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        segment_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        comment VARCHAR NOT NULL,
        origin VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_coding_guid UNIQUE (guid),
        CONSTRAINT fk_coding_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_coding_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE INITIALLY
        DEFERRED,
        CONSTRAINT fk_coding_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_coding_code_id ON coding (code_id)",
    "CREATE INDEX ix_coding_segment_id_code_id_coder_id ON coding (segment_id, code_id, coder_id)",
    """
    CREATE TABLE core_category (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        code_id INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        rivals TEXT NOT NULL,
        since DATETIME NOT NULL,
        CONSTRAINT uq_core_category_guid UNIQUE (guid),
        CONSTRAINT fk_core_category_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_core_category_code_id ON core_category (code_id)",
    """
    CREATE TABLE paradigm_model (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        template VARCHAR NOT NULL,
        phenomenon_id INTEGER,
        status VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_paradigm_model_guid UNIQUE (guid),
        CONSTRAINT fk_paradigm_model_phenomenon_id_code FOREIGN KEY(phenomenon_id) REFERENCES code (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_paradigm_model_phenomenon_id ON paradigm_model (phenomenon_id)",
    """
    CREATE TABLE property (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        code_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        pole_from VARCHAR NOT NULL,
        pole_to VARCHAR NOT NULL,
        places JSON NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_property_guid UNIQUE (guid),
        CONSTRAINT fk_property_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_property_code_id ON property (code_id)",
    """
    CREATE TABLE model_slot (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        model_id INTEGER NOT NULL,
        "key" VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        definition VARCHAR NOT NULL,
        question VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_model_slot_guid UNIQUE (guid),
        CONSTRAINT fk_model_slot_model_id_paradigm_model FOREIGN KEY(model_id) REFERENCES paradigm_model
        (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_model_slot_model_id ON model_slot (model_id)",
    """
    CREATE TABLE property_value (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        property_id INTEGER NOT NULL,
        segment_id INTEGER,
        case_id INTEGER,
        value VARCHAR NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_property_value_guid UNIQUE (guid),
        CONSTRAINT fk_property_value_property_id_property FOREIGN KEY(property_id) REFERENCES property
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_property_value_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_property_value_case_id_case_ FOREIGN KEY(case_id) REFERENCES case_ (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_property_value_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_property_value_case_id ON property_value (case_id)",
    "CREATE INDEX ix_property_value_property_id ON property_value (property_id)",
    "CREATE INDEX ix_property_value_segment_id ON property_value (segment_id)",
    """
    CREATE TABLE relation (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        model_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        from_id INTEGER NOT NULL,
        to_id INTEGER NOT NULL,
        type VARCHAR NOT NULL,
        own_type VARCHAR NOT NULL,
        statement TEXT NOT NULL,
        status VARCHAR NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_relation_guid UNIQUE (guid),
        CONSTRAINT fk_relation_model_id_paradigm_model FOREIGN KEY(model_id) REFERENCES paradigm_model
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_relation_from_id_code FOREIGN KEY(from_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED,
        CONSTRAINT fk_relation_to_id_code FOREIGN KEY(to_id) REFERENCES code (id) DEFERRABLE INITIALLY
        DEFERRED
    )
    """,
    "CREATE INDEX ix_relation_from_id ON relation (from_id)",
    "CREATE INDEX ix_relation_model_id ON relation (model_id)",
    "CREATE INDEX ix_relation_to_id ON relation (to_id)",
    """
    CREATE TABLE counter_search (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        relation_id INTEGER NOT NULL,
        note VARCHAR NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_counter_search_guid UNIQUE (guid),
        CONSTRAINT fk_counter_search_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_counter_search_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_counter_search_relation_id ON counter_search (relation_id)",
    """
    CREATE TABLE evidence (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        relation_id INTEGER NOT NULL,
        polarity VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        coder_id INTEGER NOT NULL,
        created DATETIME NOT NULL,
        CONSTRAINT uq_evidence_guid UNIQUE (guid),
        CONSTRAINT fk_evidence_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_evidence_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_evidence_relation_id ON evidence (relation_id)",
    """
    CREATE TABLE placement (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        slot_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        level VARCHAR NOT NULL,
        addressee VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_placement_guid UNIQUE (guid),
        CONSTRAINT fk_placement_slot_id_model_slot FOREIGN KEY(slot_id) REFERENCES model_slot (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_placement_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE
        INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_placement_code_id ON placement (code_id)",
    "CREATE INDEX ix_placement_slot_id ON placement (slot_id)",
    """
    CREATE TABLE relation_condition (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        relation_id INTEGER NOT NULL,
        code_id INTEGER,
        property_id INTEGER,
        value VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT uq_relation_condition_guid UNIQUE (guid),
        CONSTRAINT fk_relation_condition_relation_id_relation FOREIGN KEY(relation_id) REFERENCES
        relation (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_relation_condition_code_id_code FOREIGN KEY(code_id) REFERENCES code (id)
        DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_relation_condition_property_id_property FOREIGN KEY(property_id) REFERENCES
        property (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_relation_condition_code_id ON relation_condition (code_id)",
    "CREATE INDEX ix_relation_condition_property_id ON relation_condition (property_id)",
    "CREATE INDEX ix_relation_condition_relation_id ON relation_condition (relation_id)",
    """
    CREATE TABLE evidence_segment (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid VARCHAR NOT NULL,
        evidence_id INTEGER NOT NULL,
        segment_id INTEGER NOT NULL,
        CONSTRAINT uq_evidence_segment_guid UNIQUE (guid),
        CONSTRAINT fk_evidence_segment_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence
        (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_evidence_segment_segment_id_segment FOREIGN KEY(segment_id) REFERENCES segment
        (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_evidence_segment_evidence_id ON evidence_segment (evidence_id)",
    "CREATE INDEX ix_evidence_segment_segment_id ON evidence_segment (segment_id)",
    """
    CREATE VIRTUAL TABLE paragraph_words USING fts5(norm, content='paragraph', content_rowid='id',
        tokenize='unicode61')
    """,
    """
    CREATE VIRTUAL TABLE paragraph_parts USING fts5(norm, content='paragraph', content_rowid='id',
        tokenize='trigram', detail='none')
    """,
    """
    CREATE TRIGGER paragraph_indexed AFTER INSERT ON paragraph WHEN (SELECT bulk FROM search_state) = 0
        BEGIN INSERT INTO paragraph_words(rowid, norm) VALUES (new.id, new.norm); INSERT INTO
        paragraph_parts(rowid, norm) VALUES (new.id, new.norm); END
    """,
    """
    CREATE TRIGGER paragraph_unindexed AFTER DELETE ON paragraph  BEGIN INSERT INTO
        paragraph_words(paragraph_words, rowid, norm) VALUES ('delete', old.id, old.norm); INSERT INTO
        paragraph_parts(paragraph_parts, rowid, norm) VALUES ('delete', old.id, old.norm); END
    """,
    """
    CREATE TRIGGER paragraph_reindexed AFTER UPDATE OF norm ON paragraph  BEGIN INSERT INTO
        paragraph_words(paragraph_words, rowid, norm) VALUES ('delete', old.id, old.norm); INSERT INTO
        paragraph_parts(paragraph_parts, rowid, norm) VALUES ('delete', old.id, old.norm); INSERT INTO
        paragraph_words(rowid, norm) VALUES (new.id, new.norm); INSERT INTO paragraph_parts(rowid, norm)
        VALUES (new.id, new.norm); END
    """,
    "INSERT INTO search_state (id, bulk) VALUES (1, 0)",
)


def upgrade() -> None:
    """Makes everything in an empty file."""
    for statement in STATEMENTS:
        op.execute(statement)
