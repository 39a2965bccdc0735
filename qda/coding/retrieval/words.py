"""A query as a sentence: “*Trust* near *Conflict* (2 paragraphs), only respondents, case B”."""

from datetime import date
from typing import Final

from qda.coding.retrieval import spec
from qda.coding.retrieval.called import Called
from qda.coding.retrieval.spec import Spec
from qda.i18n import N_, _, language, ngettext
from qda.models import Project

_ROLES: Final = {
    "interviewer": N_("only interviewers"),
    "respondent": N_("only respondents"),
    "left_out": N_("only those left out"),
}
_KINDS: Final = {
    "interview": N_("only interviews"),
    "focus_group": N_("only focus groups"),
    "field_note": N_("only field notes"),
    "postscript": N_("only postscripts"),
    "document": N_("only other documents"),
}

_WITHOUT: Final = {  # "not only respondents" would mean something else
    "interviewer": N_("without interviewers"),
    "respondent": N_("without respondents"),
    "left_out": N_("without those left out"),
    "interview": N_("without interviews"),
    "focus_group": N_("without focus groups"),
    "field_note": N_("without field notes"),
    "postscript": N_("without postscripts"),
    "document": N_("without other documents"),
}


def sentence(project: Project, query: Spec) -> str:
    """A query in the words of the current language; names of codes stand between asterisks."""
    return Teller(Called(project)).told(query)


class Teller:
    """Tells queries as sentences, with the names that were read once."""

    def __init__(self, called: Called) -> None:
        self._called = called

    def told(self, query: Spec) -> str:
        """As :func:`sentence`."""
        if isinstance(query, spec.And):
            return self._all(query)
        if isinstance(query, spec.Or):
            return _(" or ").join(self._inner(part) for part in query.of)
        if isinstance(query, spec.Not) and isinstance(query.what, spec.Role | spec.Kind):
            return _(_WITHOUT[query.what.role if isinstance(query.what, spec.Role) else query.what.kind])
        if isinstance(query, spec.Not):
            return _("not {what}").format(what=self._operand(query.what))
        if isinstance(query, spec.Relation):
            return self._related(query)
        return self._leaf(query)

    def _all(self, query: spec.And) -> str:
        """What selects passages first, then what narrows them."""
        if not query.of:
            return _("all coded passages")
        naming = [part for part in query.of if spec.on_codes(part)]
        rest = [part for part in query.of if not spec.on_codes(part)]
        codes = _(" and ").join(self._inner(part) for part in naming)
        return ", ".join([*([codes] if codes else []), *(self._inner(part) for part in rest)])

    def _inner(self, query: Spec) -> str:
        words = self.told(query)
        joined = isinstance(query, spec.And | spec.Or) and len(query.of) > 1
        return f"({words})" if joined else words

    def _operand(self, query: Spec) -> str:
        words = self.told(query)
        return f"({words})" if isinstance(query, spec.Joined | spec.Relation) else words

    def _related(self, query: spec.Relation) -> str:
        left, right = self._operand(query.left), self._operand(query.right)
        if isinstance(query, spec.Near | spec.FollowedBy):
            n = query.paragraphs
            if isinstance(query, spec.Near):
                words = ngettext(
                    "{left} near {right} ({n} paragraph)", "{left} near {right} ({n} paragraphs)", n
                )
            else:
                words = ngettext(
                    "{left} followed by {right} (within {n} paragraph)",
                    "{left} followed by {right} (within {n} paragraphs)",
                    n,
                )
            return words.format(left=left, right=right, n=n)
        if isinstance(query, spec.Overlapping):
            if query.intersection:
                words = _("what {left} and {right} share")
            else:
                words = _("{left} overlapping {right}")
        elif isinstance(query, spec.Within):
            words = _("{left} within {right}")
        elif isinstance(query, spec.Contains):
            words = _("{left} that contains {right}")
        elif isinstance(query, spec.SameTurn):
            words = _("{left} in the same turn as {right}")
        else:
            words = _("{left} in the same paragraph as {right}")
        return words.format(left=left, right=right)

    def _leaf(self, query: spec.Leaf) -> str:
        if isinstance(query, spec.Code):
            words = _("*{name}* with subcodes") if query.with_children else "*{name}*"
            return words.format(name=self._called.for_people(self._called.codes, query.code))
        if isinstance(query, spec.Text):
            words = _("with the word “{words}”") if query.whole else _("with “{words}”")
            return words.format(words=query.words)
        if isinstance(query, spec.Role):
            return _(_ROLES[query.role])
        if isinstance(query, spec.Kind):
            return _(_KINDS[query.kind])
        if isinstance(query, spec.Speaker):
            return _("speaker {name}").format(name=query.label)
        if isinstance(query, spec.Attribute):
            operator = _("contains") if query.operator == "contains" else query.operator
            return f"{query.name} {operator} {query.value}"
        if isinstance(query, spec.Date):
            return self._dates(query)
        return self._named(query)

    def _named(self, query: spec.Leaf) -> str:
        called = self._called
        if isinstance(query, spec.Case):
            words = _("case {name}") if query.with_inner else _("case {name} alone")
            return words.format(name=called.for_people(called.cases, query.case))
        if isinstance(query, spec.Coder):
            return _("coded by {name}").format(name=called.for_people(called.coders, query.coder))
        if isinstance(query, spec.Group):
            return _("group {name}").format(name=called.for_people(called.groups, query.group))
        assert isinstance(query, spec.Document)
        return _("document {name}").format(name=called.for_people(called.sources, query.source))

    def _dates(self, query: spec.Date) -> str:
        since, until = _day(query.since), _day(query.until)
        if since and until:
            if since == until:
                return _("coded on {day}").format(day=since)
            return _("coded from {since} to {until}").format(since=since, until=until)
        if since:
            return _("coded since {since}").format(since=since)
        return _("coded until {until}").format(until=until) if until else _("coded at any time")


def _day(iso: str) -> str:
    if not iso or language() != "de":
        return iso
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"
