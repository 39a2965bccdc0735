"""Questions."""

from qda.coding.method_questions.rows import Found
from qda.coding.method_questions.study import Study


def interviewers(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def unread(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def unsampled(study: Study) -> Found:
    """Not asked yet."""
    return Found()
