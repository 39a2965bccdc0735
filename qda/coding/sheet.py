"""The project sheet: title, versions of the research question, fields of the chapter on method; coders."""

from typing import Literal

from sqlalchemy import select

from qda.coding.access import add, clean, coder_of, get, required
from qda.coding.citation import checked_template
from qda.coding.line_numbers import LEAST, MOST
from qda.coding.references import CoderRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Coder, ProjectSheet, ResearchQuestion

SheetField = Literal[
    "prior_knowledge",
    "preconceptions",
    "field_access",
    "own_role",
    "case_definition",
    "transcription_rules",
    "notes",
]


def _sheet(project: Project) -> ProjectSheet:
    return project.session.scalars(select(ProjectSheet)).one()


def set_title(project: Project, *, title: str) -> str:
    """Renames the study."""
    with project.unit(_("Rename the study")):
        sheet = _sheet(project)
        sheet.title = required(title, _("The study"))
        return sheet.guid


def set_sheet_field(project: Project, *, field: SheetField, value: str) -> str:
    """Fills in a field of the project sheet."""
    with project.unit(_("Fill in the project sheet")):
        sheet = _sheet(project)
        setattr(sheet, field, clean(value))
        return sheet.guid


def set_template(project: Project, *, template: str) -> str:
    """Chooses the template of the coding paradigm for new models; existing ones stay."""
    from qda.coding.paradigms import template as find

    with project.unit(_("Choose the template")):
        sheet = _sheet(project)
        sheet.template = find(template).id
        return sheet.guid


def revise_question(project: Project, *, text: str, reason: str = "") -> str:
    """Adds a version of the research question, with the reason for the change."""
    with project.unit(_("Revise the research question")) as session:
        words = required(text, _("The research question"))
        row = ResearchQuestion(text=clean(words), reason=clean(reason), since=project.clock())
        return add(session, row).guid


def set_citation(project: Project, *, template: str = "") -> str:
    """Says how passages are cited ("{title}, Z. {lines}"); an empty template means the usual way."""
    with project.unit(_("Change how passages are cited")):
        sheet = _sheet(project)
        sheet.citation = checked_template(clean(template))
        return sheet.guid


def set_line_measure(project: Project, *, characters: int) -> str:
    """Says how many characters a line holds that is cited by its number."""
    with project.unit(_("Change the measure of lines")):
        if not LEAST <= characters <= MOST:
            raise KnownError(_("A line holds {least} to {most} characters.").format(least=LEAST, most=MOST))
        sheet = _sheet(project)
        sheet.line_measure = characters
        return sheet.guid


def set_frequencies_hidden(project: Project, *, hidden: bool) -> str:
    """Hides numbers of codings on the screen, or shows them: they tempt to read importance off frequency."""
    with project.unit(_("Hide frequencies") if hidden else _("Show frequencies")):
        sheet = _sheet(project)
        sheet.hide_frequencies = hidden
        return sheet.guid


def add_coder(project: Project, *, name: str) -> str:
    """Adds a person who codes; a known name is the known person."""
    with project.unit(_("Add coder “{name}”").format(name=name)):
        return coder_of(project, required(name, _("The coder"))).guid


def rename_coder(project: Project, *, coder: CoderRef, name: str) -> str:
    """Changes the name or sign of a coder."""
    with project.unit(_("Rename coder")) as session:
        row = get(session, Coder, coder)
        wanted = required(name, _("The coder"))
        if session.scalars(select(Coder).where(Coder.name == wanted, Coder.id != row.id)).first():
            raise KnownError(_("Another coder is called “{name}”.").format(name=wanted))
        row.name = wanted
        return row.guid
