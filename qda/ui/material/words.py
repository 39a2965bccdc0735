"""Words of the material: kinds of documents, roles, fields of the project sheet."""

from typing import Final

from qda.i18n import N_

KINDS: Final = (
    ("interview", N_("Interview")),
    ("focus_group", N_("Focus group")),
    ("field_note", N_("Field note")),
    ("postscript", N_("Postscript")),
    ("document", N_("Document")),
)
ROLES: Final = (
    ("interviewer", N_("Interviewer")),
    ("respondent", N_("Respondent")),
    ("left_out", N_("Left out")),
)
LANGUAGES: Final = (("de", N_("German")), ("en", N_("English")))
SHEET: Final = (
    (
        "prior_knowledge",
        N_("Prior knowledge"),
        N_("What was known of the field and the literature before the first interview"),
    ),
    (
        "preconceptions",
        N_("Preconceptions"),
        N_("What was expected; written down so that it is not coded along unseen"),
    ),
    ("field_access", N_("Field access"), N_("How the field was entered, who opened doors, who refused")),
    ("own_role", N_("Own role"), N_("As whom one spoke, and what tied one to the field")),
    ("case_definition", N_("A case is …"), N_("A person, a network, a municipality: what is compared")),
    (
        "transcription_rules",
        N_("Transcription rules"),
        N_("Pauses, emphasis, dialect, what was left out; who transcribed"),
    ),
    ("notes", N_("Notes"), N_("Whatever else the chapter on method should mention")),
)
