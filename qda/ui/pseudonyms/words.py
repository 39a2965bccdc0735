"""Words of the dialog: kinds of names, where a name stands with its hits."""

from typing import TYPE_CHECKING, Final

from qda.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from qda.coding.pseudonyms import NameKind
    from qda.ui.pseudonyms.work import Name, Standing

KINDS: Final[tuple[tuple["NameKind", str], ...]] = (
    ("person", N_("Person")),
    ("place", N_("Place name")),
    ("institution", N_("Institution")),
    ("office", N_("Office")),
    ("project", N_("Project")),
    ("date", N_("Date")),
    ("other", N_("Other name")),
)


def kind_name(kind: str) -> str:
    """A kind of name in the language of the window."""
    return _(dict[str, str](KINDS).get(kind, "Other name"))


def counted(kind: str, n: int) -> str:
    """How many names of a kind there are."""
    words = {
        "person": ngettext("{n} person", "{n} persons", n),
        "place": ngettext("{n} place name", "{n} place names", n),
        "institution": ngettext("{n} institution", "{n} institutions", n),
        "office": ngettext("{n} office", "{n} offices", n),
        "project": ngettext("{n} project", "{n} projects", n),
        "date": ngettext("{n} date", "{n} dates", n),
        "other": ngettext("{n} other name", "{n} other names", n),
    }
    return words[kind].format(n=n)


def state(name: "Name", at: "Standing") -> str:
    """How far a name is: "open", "3 accepted", "2 of 7", "left alone"."""
    if name.dismissed:
        return _("no name")
    if not at.total:
        return _("no hit")
    if at.yes == at.total:
        return ngettext("{n} accepted", "{n} accepted", at.yes).format(n=at.yes)
    if at.left == at.total:
        return _("left alone")
    if at.open == at.total:
        return _("open")
    if not at.open:
        return _("{n} of {m}, rest left").format(n=at.yes, m=at.total)
    return _("{n} of {m}").format(n=at.yes, m=at.total)


def places(hits: int, documents: int) -> str:
    """How much was replaced, as a sentence."""
    what = ngettext("{n} place was replaced", "{n} places were replaced", hits).format(n=hits)
    where = ngettext("in {n} document", "in {n} documents", documents).format(n=documents)
    return _("{what} {where}.").format(what=what, where=where) if documents else f"{what}."
