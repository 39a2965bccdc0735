"""Asks a study the questions of method, and puts the author's answers beside what is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from qda.coding.method_questions import codes, core, material, output, relations
from qda.coding.method_questions.rows import Finding, Found, Group, Question
from qda.coding.method_questions.study import Study
from qda.coding.question_answers import AnswerRow, answers
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.models import Project


@dataclass(frozen=True, slots=True)
class _Row:
    """A question: its key (the number in METHOD), group, title, and the query that finds where it arises."""

    key: str
    group: Group
    title: str
    find: Callable[[Study], Found]


_ROWS: Final = (
    _Row("1", "relations", N_("Which relation has no evidence yet?"), relations.without_evidence),
    _Row("2", "relations", N_("All evidence from one case: contrast or gap?"), relations.one_case),
    _Row("3", "relations", N_("Something speaks against it: what follows?"), relations.against),
    _Row("4", "relations", N_("Nothing speaks against it: was it searched for?"), relations.unsearched),
    _Row("6", "relations", N_("Which slot of a model is still empty?"), relations.empty_slots),
    _Row("5", "codes", N_("Which category has no property, or one pole only?"), codes.without_property),
    _Row("7", "codes", N_("Which codes are rare, left behind, or near duplicates?"), codes.rare),
    _Row("8", "codes", N_("Which code lacks definition, anchor example or rule?"), codes.undefined),
    _Row("9", "material", N_("What is coded on the interviewer’s words?"), material.interviewers),
    _Row("10", "material", N_("Which turns are unread?"), material.unread),
    _Row("12", "material", N_("Which new case has no sampling decision?"), material.unsampled),
    _Row("11", "core", N_("Which main category is not linked to the core category?"), core.unlinked),
    _Row("13", "core", N_("Which claims have no relation, which quotations differ?"), core.story),
    _Row("14", "output", N_("What must not get into an export?"), output.protected),
)
KEYS: Final = tuple(sorted((row.key for row in _ROWS), key=int))


def ask(
    project: Project, keys: Iterable[str] | None = None, *, goes_on: Callable[[], bool] = lambda: True
) -> list[Question]:
    """The questions with all that is found, by group; only those of ``keys`` ("1" to "14") where given.

    Texts are in the current language. Reads only; may be called in a thread of its own. ``goes_on`` is asked
    before each question: once it is false, what has been found up to then is all.

    :raises KnownError: a key that names no question.
    """
    wanted = frozenset(KEYS if keys is None else keys)
    if unknown := sorted(wanted - set(KEYS)):
        raise KnownError(_("There is no question of method “{key}”.").format(key=unknown[0]))
    written = _written(answers(project))
    with project.read() as db:
        study = Study(project, db)
        return [_asked(row, study, written) for row in _ROWS if row.key in wanted and goes_on()]


def with_answers(project: Project, questions: Iterable[Question]) -> list[Question]:
    """The same questions with the answers as they are now; nothing is asked anew."""
    written = _written(answers(project))
    return [
        replace(
            one,
            findings=tuple(_answered(each, one.key, written) for each in one.findings),
            answer=written.get((one.key, "", ""), ""),
        )
        for one in questions
    ]


def question_titles() -> tuple[tuple[str, Group, str], ...]:
    """Key, group and title of all questions, in the order in which they are shown; asks nothing."""
    return tuple((row.key, row.group, _(row.title)) for row in _ROWS)


_Written = dict[tuple[str, str, str], str]


def _written(rows: Iterable[AnswerRow]) -> _Written:
    """The answers by key, kind and GUID of their target."""
    return {(row.key, row.target_kind, row.target): row.body for row in rows}


def _asked(row: _Row, study: Study, written: _Written) -> Question:
    found = row.find(study)
    findings = tuple(_answered(one, row.key, written) for one in found.findings)
    whole = written.get((row.key, "", ""), "")
    return Question(row.key, int(row.key), row.group, _(row.title), findings, whole, found.unasked)


def _answered(one: Finding, key: str, written: _Written) -> Finding:
    kept = one.answer_key or key
    return replace(one, answer_key=kept, answer=written.get((kept, one.kind, one.guid), ""))
