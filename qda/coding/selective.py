"""Selective coding: the core category with its reasons and rivals, the story and the story line."""

import re
from typing import Final, Literal

from sqlalchemy import select

from qda.coding.access import add, clean, delete, get, rows
from qda.coding.question_answers import answer_method, answers
from qda.coding.references import TARGET_TABLES, CodeRef, is_guid, resolve
from qda.coding.segments import passage, release_named
from qda.coding.story_text import KINDS, ReferenceKind, retargeted
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.models import Project
from qda.models.codes import Code
from qda.models.theory import CoreCategory, Story

StoryKind = Literal["story", "story_line"]
# What of the core category no figure says: the author's own answers, kept with the category.
CORE_QUESTIONS: Final = (
    ("core:strain", N_("Do the relations come without strain?")),
    ("core:variation", N_("Does it explain variation and the deviating cases?")),
    ("core:abstract", N_("How is it named more abstractly than in the field's own words?")),
)
_GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAMED = re.compile(rf"\]\((?:{'|'.join(KINDS)}):(?!{_GUID}\))")  # not yet named by a GUID
_SEGMENT = re.compile(r"\(segment:([0-9a-f-]{36})\)")


def choose_core(
    project: Project, *, code: CodeRef, reasons: str | None = None, rivals: str | None = None
) -> str:
    """Makes a code the core category; reasons and rivals are the author's and stay when it changes."""
    with project.unit(_("Choose core category")) as session:
        chosen = get(session, Code, code)
        row = session.scalars(select(CoreCategory)).first()
        if row is None:
            row = add(session, CoreCategory(code_id=chosen.id, since=project.clock()))
        elif row.code_id != chosen.id:
            row.code_id, row.since = chosen.id, project.clock()
        _word(row, reasons, rivals)
        return row.guid


def _word(row: CoreCategory, reasons: str | None, rivals: str | None) -> None:
    if reasons is not None:
        row.reasons = clean(reasons).strip()
    if rivals is not None:
        row.rivals = clean(rivals).strip()


def change_core(project: Project, *, reasons: str | None = None, rivals: str | None = None) -> str:
    """Writes why this one is the core category, or which rivals were dropped and why."""
    with project.unit(_("Argue for the core category")) as session:
        row = session.scalars(select(CoreCategory)).first()
        if row is None:
            raise KnownError(_("No core category is chosen yet."))
        _word(row, reasons, rivals)
        return row.guid


def drop_core(project: Project) -> str:
    """Gives the core category up; its code stays."""
    with project.unit(_("Give the core category up")) as session:
        row = session.scalars(select(CoreCategory)).first()
        if row is None:
            raise KnownError(_("No core category is chosen yet."))
        guid = row.guid
        delete(session, row)
        return guid


def answer_on_core(project: Project, *, key: str, text: str) -> str:
    """Answers one of :data:`CORE_QUESTIONS` on the core category; an empty text takes the answer back.

    :raises KnownError: there is no core category, or no such question.
    """
    if key not in {known for known, _words in CORE_QUESTIONS}:
        raise KnownError(_("There is no question “{name}” on the core category.").format(name=key))
    return answer_method(project, key=key, text=text, target=f"code:{_core_code(project)}")


def core_answers(project: Project) -> dict[str, str]:
    """The author's answers on the present core category, by question."""
    keys = {known for known, _words in CORE_QUESTIONS}
    code = _core_code(project)
    return {row.key: row.body for row in answers(project) if row.key in keys and row.target == code}


def _core_code(project: Project) -> str:
    with project.read() as db:
        query = select(Code.guid).join(CoreCategory, CoreCategory.code_id == Code.id)
        code = db.execute(query).scalar()
    if code is None:
        raise KnownError(_("No core category is chosen yet."))
    return code


def write_story(project: Project, *, kind: StoryKind, body: str) -> str:
    """Writes the story or the story line.

    References stand in it as ``[words](code:GUID)``, ``relation:``, ``case:`` or ``segment:``. A name, a path
    or a span instead of the GUID becomes one where it is found. A passage stays while a story refers to it.
    """
    with project.unit(_("Write the story") if kind == "story" else _("Write the story line")) as session:
        known = rows(session, Story, kind=kind)
        row = known[0] if known else add(session, Story(kind=kind, changed=project.clock()))
        words = clean(body)
        if _NAMED.search(words):
            words = retargeted(words, lambda kind, written: _live(project, kind, written))
        if row.body != words:
            left = set(_SEGMENT.findall(row.body)) - set(_SEGMENT.findall(words))
            row.body, row.changed = words, project.clock()
            session.flush()
            release_named(session, *left)
        return row.guid


def _live(project: Project, kind: ReferenceKind, written: str) -> str:
    if is_guid(written.strip()):
        return written
    try:
        guid = resolve(project, TARGET_TABLES[kind], written.strip())
        if not is_guid(guid):  # a span that is no segment yet
            guid = passage(project, guid).guid
    except KnownError:
        return written  # someone is still writing it
    return guid
