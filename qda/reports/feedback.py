"""Feedback to one case: what was quoted of it, for its answer; never words, names or memos of others.

For member checking and for consent. The letter is the author's: a placeholder stands in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from qda.coding.citation import quoted, withheld
from qda.coding.material import cases, project_sheet
from qda.coding.references import resolve
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.reports.feedback_data import Feedback, OwnPassage, Use, UseKind, feedback_of
from qda.reports.model import (
    Block,
    Column,
    Quote,
    Report,
    Section,
    Table,
    cell,
    note,
    paragraph,
    placeholder,
)
from qda.reports.registry import TEXT_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import chosen_flag, chosen_language
from qda.reports.text import unbroken

_CODES: Final = ("no", "names")
_CODE_WORDS: Final = (N_("Without codes, in plain words"), N_("With the names of codes"))
_USES: Final[dict[UseKind, str]] = {
    "story": N_("quoted in the text of the study"),
    "connection": N_("for how two themes hang together"),
    "typical": N_("as a typical passage"),
    "deviating": N_("as a passage that is different from others"),
    "in_vivo": N_("as the name of a theme, in these words"),
    "comparison": N_("in the comparison of cases"),
}


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; without a case a placeholder stands for it.

    :raises KnownError: there is no such case.
    """
    sheet = project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    written = options.get("case", "").strip()
    with use_language(chosen):
        if not written:
            return _report(project, chosen, [paragraph(placeholder(_("the case that gets the feedback")))])
        guid = resolve(project, "case_", written)
        case = next(one for one in cases(project) if one.guid == guid)
        found = feedback_of(project, case)
        named = options.get("codes", _CODES[0]) == "names"
        reply = chosen_flag(options, "reply", default=True)
        blocks = list(_letter(found, named=named, reply=reply))
        told = tuple(_told(found, named=named))
        title = _("Feedback to case {case}").format(case=case.name)
        return _report(project, chosen, blocks, title=title, told=told)


def _report(
    project: Project,
    language: Language,
    blocks: Sequence[Block],
    *,
    title: str = "",
    told: tuple[str, ...] = (),
) -> Report:
    sheet = project_sheet(project)
    return Report(
        title=sheet.title,
        language=language,
        blocks=tuple(blocks),
        subtitle=title or _("Feedback to a case"),
        created=project.clock(),
        notice=notice_of(sheet),
        cover=False,
        withheld=told,
    )


def _letter(found: Feedback, *, named: bool, reply: bool) -> Iterator[Block]:
    yield paragraph(placeholder(_("greeting; what the study is about; what you ask for, and until when")))
    yield Section(
        _("What is quoted of what you said"),
        tuple(_quoted(found, named=named, reply=reply)),
        numbered=False,
    )
    yield paragraph(placeholder(_("how to answer; thanks; name and address")))


def _quoted(found: Feedback, *, named: bool, reply: bool) -> Iterator[Block]:
    if not found.passages:
        yield paragraph(_("Nothing of what you said is quoted so far."))
        return
    names = found.names if named else {}
    if reply and found.case.quotable != "no":
        yield _table(found.passages, names)
        return
    for one in found.passages:
        if found.case.quotable == "no":
            yield paragraph(f"{withheld()} ({one.place})")
        else:
            yield Quote(one.words, one.place)
            yield note("; ".join(_used(one, names)))


def _table(passages: Sequence[OwnPassage], names: Mapping[str, str]) -> Table:
    """The passages with room for an answer beside each."""
    answers = (_("may stand like this"), _("please change"), _("please leave out"))
    boxes = "\n".join(f"☐\u00a0{words}" for words in answers)
    columns = (
        Column(_("What you said"), share=3.8),
        Column(_("How it is used"), share=2.6),
        Column(_("Your answer"), share=1.7),
    )
    rows = tuple(
        (
            cell(f"{quoted(one.words)} ({unbroken(one.place)})"),
            cell("; ".join(_used(one, names))),
            cell(boxes),
        )
        for one in passages
    )
    return Table(columns, rows)


def _used(one: OwnPassage, names: Mapping[str, str]) -> list[str]:
    """What a passage stands for, in plain words; each is told once."""
    told = [_use(use, names) for use in one.uses]
    return list(dict.fromkeys(told))


def _use(use: Use, names: Mapping[str, str]) -> str:
    words = _(_USES[use.kind])
    codes = [names[guid] for guid in use.codes if guid in names]
    if not codes or len(codes) < len(use.codes):
        return words
    return f"{words}: {' – '.join(codes)}"


def _told(found: Feedback, *, named: bool) -> Iterator[str]:
    case = found.case
    if case.quotable == "no" and found.passages:
        n = len(found.passages)
        yield ngettext(
            "{n} quotation is withheld: no consent.", "{n} quotations are withheld: no consent.", n
        ).format(n=n)
    if case.quotable == "open":
        yield _("Consent to be quoted is not settled for: {cases}.").format(cases=case.name)
    if n := found.written:
        yield ngettext(
            "{n} passage is left out: it is not what was said, but what was written about it.",
            "{n} passages are left out: they are not what was said, but what was written about it.",
            n,
        ).format(n=n)
    used = {guid for one in found.passages for use in one.uses for guid in use.codes}
    if named and (n := len(used - found.names.keys())):
        yield ngettext(
            "{n} code is not named: its name is words of another case, or names one.",
            "{n} codes are not named: their names are words of other cases, or name one.",
            n,
        ).format(n=n)


KIND = ReportKind(
    name="feedback",
    title=N_("Feedback to a case"),
    build=build,
    formats=TEXT_FORMATS,
    synonyms=(N_("member check"), N_("communicative validation"), N_("consent to quotations"), N_("letter")),
    options=(
        Option("case", N_("Case"), "case"),
        Option("codes", N_("Codes"), "choice", _CODES[0], _CODES, _CODE_WORDS),
        Option("reply", N_("Boxes to tick for the answer"), "flag", "yes", ("yes", "no")),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)
