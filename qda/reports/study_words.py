"""Words that reports share: kinds of documents, memos and evidence, fields of the sheet, states."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, Language, _, language
from qda.reports.model import Paragraph, paragraph, placeholder
from qda.reports.text import date_text

SOURCE_KINDS: Final = {
    "interview": N_("Interview"),
    "focus_group": N_("Group discussion"),
    "field_note": N_("Field note"),
    "postscript": N_("Postscript"),
    "document": N_("Document"),
}
MEMO_KINDS: Final = {
    "theoretical": N_("Theoretical notes"),
    "code": N_("Code notes"),
    "portrait": N_("Case portraits"),
    "operational": N_("Planning notes"),
    "workshop": N_("Workshop"),
    "literature": N_("Literature"),
    "reflection": N_("Reflection"),
    "diary": N_("Research diary"),
}
POLARITIES: Final = {
    "supporting": N_("Supports"),
    "qualifying": N_("Qualifies"),
    "contradicting": N_("Speaks against"),
}
EVIDENCE_KINDS: Final = {
    "spoken": N_("spoken by the respondent"),
    "inferred": N_("inferred by the researcher"),
}
STATES: Final = {
    "supposed": N_("supposed"),
    "supported": N_("supported"),
    "modified": N_("modified"),
    "rejected": N_("rejected"),
}
SHEET_FIELDS: Final = {
    "prior_knowledge": (N_("Prior knowledge"), N_("what was known about the field before")),
    "preconceptions": (N_("Preconceptions"), N_("what was expected before the first interview")),
    "field_access": (N_("Field access"), N_("how the cases were found and won")),
    "own_role": (N_("Own role"), N_("in which role you met the respondents")),
    "case_definition": (N_("What a case is"), N_("who or what is compared")),
    "transcription_rules": (N_("Transcription rules"), N_("by which rules was transcribed")),
}
DEFAULT_MEMOS: Final = ("theoretical",)
NO_MEMOS: Final = "none"
ALL_MEMOS: Final = "all"


def word(table: Mapping[str, str], key: str) -> str:
    """The word for a key in the current language; a key of someone's own is its own word."""
    return _(table[key]) if key in table else key


def missing(hint: str) -> Paragraph:
    """A paragraph that the author still has to write."""
    return paragraph(placeholder(hint))


def written(text: str, hint: str) -> tuple[Paragraph, ...]:
    """A text of the author, one paragraph a line; the placeholder where there is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(paragraph(line) for line in lines) if lines else (missing(hint),)


def day(moment: datetime) -> str:
    """A moment as a date in the current language, by the clock of this place."""
    return date_text(moment.astimezone() if moment.tzinfo else moment, language())


def chosen_language(options: Mapping[str, str], study: str) -> Language:
    """The language of a report: the one asked for, else that of the study."""
    wanted = options.get("language") or study
    for known in LANGUAGES:
        if wanted == known:
            return known
    return language()


def chosen_memos(options: Mapping[str, str]) -> tuple[str, ...]:
    """The types of memos asked for, in the order of printing; UsageError for an unknown one."""
    asked = [part.strip() for part in options.get("memos", ",".join(DEFAULT_MEMOS)).split(",")]
    if ALL_MEMOS in asked:
        return tuple(MEMO_KINDS)
    wanted = [part for part in asked if part and part != NO_MEMOS]
    for part in wanted:
        if part not in MEMO_KINDS:
            raise UsageError(
                _("“{value}” is no type of memo; there are: {choices}.").format(
                    value=part, choices=", ".join((*MEMO_KINDS, ALL_MEMOS, NO_MEMOS))
                )
            )
    return tuple(kind for kind in MEMO_KINDS if kind in wanted)


def chosen_flag(options: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Whether something is asked for; UsageError for what is neither yes nor no."""
    value = options.get(name, "").strip().casefold()
    if not value:
        return default
    known = dict.fromkeys(("yes", "true", "1", "ja"), True) | dict.fromkeys(
        ("no", "false", "0", "nein"), False
    )
    if value not in known:
        raise UsageError(_("“{key}” is yes or no, not “{value}”.").format(key=name, value=value))
    return known[value]
