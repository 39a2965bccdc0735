"""``qda check --method``: the questions of the method, with all that is found. None of it is a failure."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qda.coding.method_questions import Question
from qda.coding.method_questions import ask as found_by_asking
from qda.command_line import output
from qda.command_line.working import reading
from qda.i18n import _


def ask(path: Path, *, as_json: bool) -> None:
    """Prints the questions 1 to 14 in their order."""
    with reading(path) as project:
        questions = sorted(found_by_asking(project), key=lambda one: one.number)
    if as_json:
        output.as_json([_row(one) for one in questions])
        return
    for question in questions:
        _say(question)


def _row(question: Question) -> dict[str, Any]:
    row = asdict(question)
    return {"id": row.pop("key"), "question": row.pop("title"), "findings": row.pop("findings")} | row


def _say(question: Question) -> None:
    nothing = _("Nothing.") if not question.findings else ""
    output.say(f"{question.number}  {question.title} {question.unasked or nothing}".rstrip())
    for heading, findings in question.headings:
        if heading != question.title:
            output.say(f"    {heading}")
        for one in findings:
            named = f"{one.name}: " if one.short and one.short != one.name else ""
            output.say(f"      {named}{one.sentence}")
            if one.answer:
                output.say(f"        {_('Answer')}: {' '.join(one.answer.split())}")
    if question.answer:
        output.say(f"    {_('Answer')}: {' '.join(question.answer.split())}")
