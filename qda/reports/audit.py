"""The audit sheet as a report: every question with figures and the author's answer, then the lists in detail.

An unanswered question is printed as unanswered; nothing is graded. The questions of method 1–14 follow, with
the places at which they arise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from qda.coding import consent
from qda.coding.audit import GROUPS, AuditItem, audit
from qda.coding.audit_data import AuditLine
from qda.coding.method_questions import Finding, Question, ask
from qda.coding.rows import SegmentRow
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines, quotation
from qda.reports.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Item,
    Report,
    Run,
    Section,
    Table,
    cell,
    note,
    number,
    placeholder,
    reference,
    runs,
)
from qda.reports.registry import TABLE_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language, day

_LINES: Final = 6  # figures shown in the table of a question
_TEXT: Final = 90  # signs of what the author wrote that are shown there
_SECRET: Final = "14"  # its places name what must not go out
_PLACES: Final = 30  # places listed under a question of method


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language."""
    from qda.coding.material import project_sheet

    sheet = project_sheet(project)
    language = chosen_language(options, sheet.language)
    interviewer = chosen_flag(options, "interviewer", default=True)
    with_lists = chosen_flag(options, "lists", default=True)
    with_method = chosen_flag(options, "method", default=True)
    with use_language(language):
        silence = Silence(consent.unquotable(project))
        items = audit(project, interviewer=interviewer)
        blocks: list[Block] = [_sheet(items, silence)]
        if with_lists:
            blocks.append(_lists(items, silence))
        if with_method:
            blocks.append(_method(ask(project), silence))
        shown = [one for item in items for line in item.lines for one in line.passages] if with_lists else []
        told = tuple(_told(shown, silence, interviewer=interviewer))
        return Report(
            title=sheet.title,
            language=language,
            blocks=(*blocks, *(note(line) for line in told)),
            subtitle=_("Audit sheet"),
            created=project.clock(),
            notice=notice_of(sheet),
            withheld=told,
            cover=False,
        )


def _told(shown: Iterable[SegmentRow], silence: Silence, *, interviewer: bool) -> list[str]:
    lines = consent_lines(shown, texts=silence.texts, names=0)
    if not interviewer:
        lines.append(_("Passages in turns of interviewers are not counted."))
    return lines


# -- the sheet ----------------------------------------------------------------------------------------------


def _sheet(items: tuple[AuditItem, ...], silence: Silence) -> Section:
    """All questions with figures and answers, one row each."""
    rows: list[tuple[Cell, ...]] = []
    for group, title in GROUPS:
        rows.append((Cell(runs(Run(_(title), bold=True)), span=4),))
        for at, item in enumerate(items, start=1):
            if item.question.group == group:
                rows.append(_row(at, item, silence))
    heads = (
        Column(_("No."), "right", 0.45),
        Column(_("Question"), share=2.0),
        Column(_("What the study holds"), share=3.1),
        Column(_("Answer"), share=2.9),
    )
    told = note(
        _(
            "The questions follow Corbin and Strauss (1990). Figures are counted by the program; the answers "
            "are the author’s. What is not answered is printed as unanswered."
        )
    )
    table = Table(heads, tuple(rows), _("Audit sheet"), name=_("Audit sheet"))
    return Section(_("The questions with figures and answers"), (told, table))


def _row(at: int, item: AuditItem, silence: Silence) -> tuple[Cell, ...]:
    top = [line for line in item.lines if line.level == 0]
    figures = [_short(line, silence) for line in top[:_LINES]]
    if more := len(top) - _LINES:
        figures += [ngettext("… and {n} more", "… and {n} more", more).format(n=more)] if more > 0 else []
    return (
        number(at),
        cell(reference(item.question.key, item.question.question)),
        cell("\n".join(figures)),
        _answer(item, silence),
    )


def _short(line: AuditLine, silence: Silence) -> str:
    words = silence.told(line.words)
    words = f"{words} ({day(line.at)})" if line.at else words
    text = " ".join(silence.told(line.text).split())
    if not text:
        return words
    return f"{words}: {text}" if len(text) <= _TEXT else f"{words}: {text[:_TEXT].rsplit(' ', 1)[0]} …"


def _answer(item: AuditItem, silence: Silence) -> Cell:
    if item.answer is None:
        return cell(placeholder(_("unanswered")))
    who = _("{coder}, {day}").format(coder=item.answer.coder, day=day(item.answer.created))
    return cell(silence.told(item.answer.body), "\n", Run(f"({who})", italic=True))


# -- lists in detail ----------------------------------------------------------------------------------------


def _lists(items: tuple[AuditItem, ...], silence: Silence) -> Section:
    sections = []
    for at, item in enumerate(items, start=1):
        title = f"{at}. {item.question.question}"
        blocks = tuple(_lines(item.lines, silence))
        sections.append(Section(title, blocks, item.question.key, numbered=False))
    return Section(_("Lists and passages"), tuple(sections), new_page=True)


def _lines(lines: Iterable[AuditLine], silence: Silence) -> Iterable[Block]:
    """Lines as lists; passages stand below the line that they belong to."""
    waiting: list[Item] = []
    for line in lines:
        waiting.append(_item(line, silence))
        if line.passages:
            yield BulletList(tuple(waiting))
            waiting = []
            yield from (quotation(one) for one in dict.fromkeys(line.passages))
    if waiting:
        yield BulletList(tuple(waiting))


def _item(line: AuditLine, silence: Silence) -> Item:
    when = f" ({day(line.at)})" if line.at else ""
    text = "\n".join(part for part in silence.told(line.text).splitlines() if part.strip())
    words = silence.told(line.words)
    if not text:
        return Item(runs(words, when), line.level)
    return Item(runs(Run(words, bold=line.level == 0), f"{when}: {text}"), line.level)


# -- questions of method ------------------------------------------------------------------------------------


def _method(questions: list[Question], silence: Silence) -> Section:
    """The questions of method with where they arise and what the author answers."""
    found = sorted(questions, key=lambda one: one.number)
    rows = [row for one in found for row in _question(one, silence)]
    heads = (
        Column(_("No."), "right", 0.4),
        Column(_("Question, and where it arises"), share=4),
        Column(_("Answer"), share=3),
    )
    told = note(_("These are questions, no marks: many have a good answer, and some need none."))
    caption = _("Questions of method")
    table = Table(heads, tuple(rows), caption, name=_("Questions of method"))
    return Section(caption, (told, table), new_page=True)


def _question(one: Question, silence: Silence) -> Iterable[tuple[Cell, ...]]:
    told = _told_at_once(one)
    title = cell(Run(one.title, bold=True), f"\n{told}" if told else "")
    if told or one.answer:
        yield number(one.number), title, _written(one.answer, silence, missing=bool(one.findings and told))
    else:
        yield number(one.number), replace(title, span=2)
    if told:
        return
    bare = [place for place in one.findings if not place.answer]
    for place in one.findings:
        if place.answer or place in bare[:_PLACES]:
            missing = not (place.answer or one.answer)
            yield cell(), _place(place, silence), _written(place.answer, silence, missing=missing)
    if (more := len(bare) - _PLACES) > 0:
        words = ngettext("… and {n} more", "… and {n} more", more).format(n=more)
        yield cell(), cell(words, indent=1), _written("", silence, missing=not one.answer)


def _told_at_once(one: Question) -> str:
    """What is said instead of places: why it is not asked, that there are none, or what must not go out."""
    if one.unasked:
        return one.unasked
    n = len(one.findings)
    if not n:
        return _("It arises nowhere now.")
    if one.key == _SECRET:
        told = ngettext(
            "It arises at {n} place, which is shown in the program alone.",
            "It arises at {n} places, which are shown in the program alone.",
            n,
        )
        return told.format(n=n)
    return ""


def _place(place: Finding, silence: Silence) -> Cell:
    """The question in the words of this place, and the place itself on a line of its own."""
    lead, _colon, rest = place.name.rstrip("….").partition(": ")
    known = lead in place.sentence and rest in place.sentence
    words = place.sentence if known else f"{place.name}: {place.sentence}"
    heading: tuple[str | Run, ...] = ()
    if place.heading:
        heading = (Run(silence.told(place.heading), italic=True), "\n")
    return cell(*heading, silence.told(words), indent=1)


def _written(answer: str, silence: Silence, *, missing: bool = True) -> Cell:
    if answer:
        return cell(silence.told(answer))
    return cell(placeholder(_("unanswered"))) if missing else cell()


KIND = ReportKind(
    name="audit",
    title=N_("Audit sheet"),
    build=build,
    formats=TABLE_FORMATS,
    synonyms=(N_("criteria"), N_("evaluation of the theory"), N_("questions of method"), N_("traceability")),
    options=(
        Option("lists", N_("Lists and passages in detail"), "flag", "yes", ("yes", "no")),
        Option("method", N_("Questions of method 1–14"), "flag", "yes", ("yes", "no")),
        Option("interviewer", N_("Count interviewers’ turns"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
