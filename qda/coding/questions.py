"""The generative questions of line-by-line coding, as Strauss and Corbin put them to the text."""

from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.access import clean
from qda.coding.memos import write_memo
from qda.coding.references import SourceRef
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.models import Project

QuestionId = Literal["what", "who", "how", "when", "why", "what-for", "by-what"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``word`` heads the memo with the answer, ``text`` unfolds it. Both are to be translated."""

    id: QuestionId
    word: str
    text: str

    @property
    def title(self) -> str:
        """The question's word in the current language."""
        return _(self.word)

    @property
    def help(self) -> str:
        """What it asks, in the current language."""
        return _(self.text)


QUESTIONS: Final = (
    Question("what", N_("What?"), N_("What is this about? Which phenomenon is spoken of here?")),
    Question("who", N_("Who?"), N_("Who takes part? In which roles, and how do they act on each other?")),
    Question("how", N_("How?"), N_("Which sides of it are spoken of, and which are left out?")),
    Question("when", N_("When?"), N_("When, how long, where? How does it change in time?")),
    Question("why", N_("Why?"), N_("Which reasons are given, or can be made out?")),
    Question("what-for", N_("What for?"), N_("With what intention, to what end?")),
    Question("by-what", N_("By what means?"), N_("By which means, tactics and strategies is it reached?")),
)
_BY_ID: Final = {question.id: question for question in QUESTIONS}


def answer_question(
    project: Project, *, source: SourceRef, start: int, stop: int, question: QuestionId, answer: str
) -> str:
    """Answers a generative question on a passage: a code note that hangs on it. Returns the memo."""
    title = _BY_ID[question].title
    with project.unit(_("Answer: {question}").format(question=title)):
        if not clean(answer).strip():
            raise KnownError(_("The answer is empty."))
        target = f"segment:{source}:{start}-{stop}"
        return write_memo(project, kind="code", title=title, body=clean(answer).strip(), target=target)
