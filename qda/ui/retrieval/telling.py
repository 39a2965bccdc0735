"""Words of a result: the sentence with codes in italics, counts with the cases first."""

import re
from html import escape
from typing import TYPE_CHECKING, Final

from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.models import Project

_CODE: Final = re.compile(r"\*(\S|\S.*?\S)\*(?![\w*])")


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


def frequencies_hidden(project: "Project") -> bool:
    """Whether the study does not want to see how often."""
    from qda.coding.material import project_sheet

    return project_sheet(project).hide_frequencies


def hidden() -> str:
    """What stands where counts are hidden."""
    return _("Frequencies are hidden in this study.")
