"""Questions."""

from qda.coding.method_questions.rows import Found
from qda.coding.method_questions.study import Study


def without_evidence(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def one_case(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def against(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def unsearched(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def empty_slots(study: Study) -> Found:
    """Not asked yet."""
    return Found()
