"""Questions."""

from qda.coding.method_questions.rows import Found
from qda.coding.method_questions.study import Study


def without_property(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def rare(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def undefined(study: Study) -> Found:
    """Not asked yet."""
    return Found()
