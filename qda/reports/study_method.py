"""Chapters of the report of a study that only the author can write; each part of them is a placeholder.

The program writes no prose of method. What it knows (the sheet, the procedure) stands in other chapters, to
which the placeholders lead.
"""

from typing import Final

from qda.i18n import N_, _
from qda.reports.model import Block, Run, Section, paragraph, placeholder, reference
from qda.reports.study_words import missing

SHEET: Final = "sheet"
PROCEDURE: Final = "procedure"
MATERIAL: Final = "material"

_METHOD: Final = (
    (N_("Methodology"), N_("which grounded theory, after whom, and why it suits the question"), ""),
    (N_("Collecting the data"), N_("form and guide of the interviews, places, length, recording"), MATERIAL),
    (N_("Transcription and protection"), N_("who transcribed, how names were replaced, consent"), SHEET),
    (N_("Analysis"), N_("how was coded, compared and written in memos, with reasons"), PROCEDURE),
    (N_("Quality"), N_("how the quality of the study was secured, and by whom"), PROCEDURE),
)
_LIMITS: Final = (
    (N_("Limits of the material"), N_("whom and what the cases do not reach")),
    (N_("Limits of the method"), N_("what interviews and this way of analysing cannot show")),
    (N_("Own position"), N_("what your role made visible, and what it hid")),
    (N_("Open questions"), N_("what remains to be asked, and of whom")),
)


def method_chapter() -> Section:
    """The method: a placeholder for each part, and where the report holds what it can rest on."""
    sections = tuple(
        Section(_(title), (_led(_(hint), anchor) if anchor else missing(_(hint)),))
        for title, hint, anchor in _METHOD
    )
    return Section(_("Method"), sections, new_page=True)


def _led(hint: str, anchor: str) -> Block:
    rest = Run(" → ")
    return paragraph(placeholder(hint), rest, reference(anchor))


def limits_chapter() -> Section:
    """The limits of the study, each still to be written."""
    sections = tuple(Section(_(title), (missing(_(hint)),)) for title, hint in _LIMITS)
    return Section(_("Limits of the study"), sections, new_page=True)


def references_chapter() -> Section:
    """The literature, still to be listed."""
    return Section(_("Works cited"), (missing(_("list the works cited in the style that is asked for")),))
