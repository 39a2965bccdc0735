"""What is common to all reports: which part of the study, how passages are cited, who is the author.

A report knows nothing of it: it is handed a project that is only this part (``Project.narrowed``). An option
of the same name that a report has of its own outranks the common one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.i18n import N_, _, language, ngettext, use_language
from qda.reports.model import Report
from qda.reports.registry import Option, ReportKind

if TYPE_CHECKING:
    from qda.models import Narrowing, Project

DOCUMENTS: Final = Option("documents", N_("Only these documents"), "sources")
CASES: Final = Option("cases", N_("Only these cases"), "cases")
CODERS: Final = Option("coders", N_("Only codings by"), "coders")
BRANCHES: Final = Option("branches", N_("Only these codes, with those below them"), "codes")
INTERVIEWER: Final = Option("interviewer", N_("Passages of interviewers, too"), "flag", "yes", ("yes", "no"))
CITATION: Final = Option("citation", N_("How passages are cited"), "citation")
PSEUDONYMS: Final = Option("pseudonyms", N_("Key whose names are replaced"), "key")
AUTHOR: Final = Option("author", N_("Author on the title page"))
TEMPLATE: Final = Option("template", N_("Word template (its styles are used)"), "file")
COMMON: Final = (DOCUMENTS, CASES, CODERS, BRANCHES, CITATION, PSEUDONYMS, AUTHOR, TEMPLATE)

# Reports that list passages and have no word of their own about the interviewer.
_PASSAGES: Final = ("segments", "profile", "typology")
_MOST_NAMES: Final = 8


def with_common(kind: ReportKind) -> ReportKind:
    """The report with the options common to all, behind its own."""
    own = {option.name for option in kind.options}
    common = (*COMMON[:4], *((INTERVIEWER,) if kind.name in _PASSAGES else ()), *COMMON[4:])
    own |= set() if "docx" in kind.formats else {TEMPLATE.name}
    return replace(kind, options=(*kind.options, *(one for one in common if one.name not in own)))


def is_common(option: Option) -> bool:
    """Whether an option is common to all reports, not one that a report has of its own."""
    return option in COMMON or option is INTERVIEWER


def common_of(kind: ReportKind, options: Mapping[str, str]) -> dict[str, str]:
    """Those of the options that are common ones; empty ones are left out."""
    names = {option.name for option in kind.options if is_common(option)}
    return {name: value for name, value in options.items() if name in names and value.strip()}


def narrowing(options: Mapping[str, str]) -> "Narrowing":
    """The part that common options (with GUIDs) ask for.

    :raises KnownError: the citation's template cannot be used.
    """
    from qda.coding.citation import checked_template
    from qda.models import Narrowing

    template = checked_template(options.get("citation", ""))
    return Narrowing(
        sources=_guids(options, "documents"),
        cases=_guids(options, "cases"),
        coders=_guids(options, "coders"),
        codes=_guids(options, "branches"),
        interviewer=options.get("interviewer", "yes") != "no",
        citation=template or None,
    )


def _guids(options: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in options.get(name, "").split(";") if part))


@contextmanager
def part_of(project: "Project", wanted: "Narrowing") -> "Iterator[Project]":
    """The part of a study that is wanted; the study itself where that is the whole.

    :raises KnownError: no document would be left.
    """
    from qda.coding.material import sources

    if wanted.nothing:
        yield project
        return
    with type(project).open(project.path, narrowed=wanted) as part:
        part.clock = project.clock
        if wanted.of_material and not sources(part):
            raise KnownError(_("No document is left: none of those chosen belongs to the chosen cases."))
        yield part


def part_lines(part: "Project") -> tuple[str, ...]:
    """What a part of a study holds, in the language in use; nothing for the whole."""
    from qda.coding import codes, material

    wanted, whole = part.narrowed, part.whole
    if wanted is None:
        return ()
    named = {row.guid: row.title for row in material.sources(whole)}
    named |= {row.guid: row.name for row in material.cases(whole)}
    named |= {row.guid: row.name for row in material.coders(whole)}
    named |= {row.guid: row.name for row in codes.codes(whole)} if wanted.codes else {}
    told = (
        (wanted.sources, _("Only these documents: {names}")),
        (wanted.cases, _("Only these cases: {names}")),
        (wanted.coders, _("Only codings and memos by {names}; the theory is shared by all")),
        (wanted.codes, _("Only these codes and those below them: {names}")),
    )
    lines = [words.format(names=_listed([named[one] for one in some])) for some, words in told if some]
    if not wanted.interviewer:
        lines.append(_("Without passages in turns of interviewers"))
    return tuple(lines)


def _listed(names: Sequence[str]) -> str:
    shown, more = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    if more <= 0:
        return shown
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)


def finished(report: Report, part: "Project", options: Mapping[str, str]) -> Report:
    """The report with what the common options say about it: part, author, template, pseudonyms.

    :raises KnownError: the template or the key cannot be used.
    """
    with use_language(report.language):
        facts = part_lines(part)
    author = " ".join(options.get("author", "").split())
    report = replace(
        report,
        author=author or report.author,
        template=_template(options),
        facts=(*facts, *(line for line in report.facts if line not in facts)),
        withheld=_withheld(report, part_lines(part)) if facts else report.withheld,
        pack=partial(report.pack, dict(options)) if report.pack else None,
    )
    if not options.get("pseudonyms", "").strip():
        return report
    from qda.reports.pseudonymous import with_pseudonyms

    return with_pseudonyms(report, options["pseudonyms"])


def _template(options: Mapping[str, str]) -> str:
    """The Word template that is asked for; told at once where it cannot be used, not when it is written."""
    written = options.get("template", "").strip()
    if not written:
        return ""
    from qda.reports.docx_template import opened

    path = Path(written).expanduser().absolute()
    opened(path)
    return str(path)


def _withheld(report: Report, lines: Sequence[str]) -> tuple[str, ...]:
    spoken, nothing = language(), set()
    for one in (spoken, report.language):
        with use_language(one):
            nothing.add(_("Nothing is withheld."))
    others = (line for line in report.withheld if line not in nothing and line not in lines)
    return (*lines, *others)
