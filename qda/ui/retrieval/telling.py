"""Words of a result: the sentence with codes in italics, counts with the cases first."""

import re
from html import escape
from typing import Final

from qda.coding.retrieval import Called, Teller, Writer
from qda.coding.retrieval.spec import Spec
from qda.i18n import _, ngettext
from qda.models import Project

_CODE: Final = re.compile(r"\*(\S|\S.*?\S)\*(?![\w*])")


class Words:
    """Queries in words, for all parts of the page. Names are read once, until :meth:`forget`."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._called: Called | None = None

    def forget(self) -> None:
        """Names may be others now."""
        self._called = None

    def _names(self) -> Called:
        if self._called is None:
            self._called = Called(self._project)
        return self._called

    def told(self, query: Spec) -> str:
        """The query as a sentence; codes stand between asterisks."""
        return Teller(self._names()).told(query)

    def plain(self, query: Spec) -> str:
        """The sentence without asterisks."""
        return self.told(query).replace("*", "")

    def written(self, query: Spec) -> str:
        """The query as a person could have typed it."""
        return Writer(self._names()).whole(query)


def rich(sentence: str) -> str:
    """A sentence as formatted text: names of codes, between asterisks, in italics."""
    return _CODE.sub(r"<i>\1</i>", escape(sentence, quote=False))


def counted(cases: int, documents: int, passages: int) -> str:
    """ "3 cases · 5 documents · 12 passages"."""
    return " · ".join(
        (
            ngettext("{n} case", "{n} cases", cases).format(n=f"{cases:n}"),
            ngettext("{n} document", "{n} documents", documents).format(n=f"{documents:n}"),
            ngettext("{n} passage", "{n} passages", passages).format(n=f"{passages:n}"),
        )
    )


def frequencies_hidden(project: Project) -> bool:
    """Whether the study does not want to see how often."""
    from qda.coding.material import project_sheet

    return project_sheet(project).hide_frequencies


def hidden() -> str:
    """What stands where counts are hidden."""
    return _("Frequencies are hidden in this study.")
