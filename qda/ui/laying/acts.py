"""What one does on the table where codes are laid out: each step is one act, whatever is taken from where."""

from collections.abc import Sequence

from qda.coding import piles, regrouping
from qda.i18n import _
from qda.models import Project


def _off(project: Project, codes: Sequence[str]) -> None:
    lying = {laid.code for pile in piles.piles(project) for laid in pile.codes}
    for code in codes:
        if code in lying:
            piles.unpile_code(project, code=code)


def lay(project: Project, *, codes: Sequence[str], pile: str = "") -> str:
    """Lays codes on a pile; without one they begin a new pile. Returns the pile."""
    with project.unit(_("Lay codes on a pile")):
        target = pile or piles.new_pile(project)
        for code in codes:
            piles.pile_code(project, pile=target, code=code)
        return target


def take_off(project: Project, *, codes: Sequence[str]) -> str:
    """Takes codes off their piles; the codes do not change."""
    with project.unit(_("Take codes off their pile")):
        _off(project, codes)
        return codes[0]


def file_below(project: Project, *, codes: Sequence[str], category: str) -> str:
    """Files codes below a category that is there already; from a pile they are taken."""
    with project.unit(_("File codes below a category")):
        _off(project, codes)
        regrouping.move_codes(project, codes=list(codes), parent=category)
        return category


def file_out(project: Project, *, codes: Sequence[str]) -> str:
    """Takes codes out of their category, back to those that are not filed."""
    with project.unit(_("Take codes out of their category")):
        regrouping.move_codes(project, codes=list(codes), parent=None)
        return codes[0]
