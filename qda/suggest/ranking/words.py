"""The reason of a proposal in words: "like Interview A, para. 12: vertrauen · netzwerk·konferenz"."""

from qda.i18n import _
from qda.models import Project
from qda.suggest.ranking.proposals import Reason

BETWEEN = " · "


def sentence(project: Project, reason: Reason) -> str:
    """The reason, short enough for a line."""
    words = BETWEEN.join(reason.words)
    if reason.kind == "recent":
        return _("given shortly before")
    if reason.kind == "name":
        return _("its name: {words}").format(words=words) if words else _("its name")
    if reason.kind == "definition":
        return _("its definition: {words}").format(words=words) if words else _("its definition")
    if not reason.source:
        return _("like its other passages")
    from qda.coding.citation import paragraphs_cited
    from qda.coding.material import span_row

    place = paragraphs_cited(span_row(project, reason.source, reason.start, reason.stop))
    if not words:
        return _("like {place}").format(place=place)
    return _("like {place}: {words}").format(place=place, words=words)
