"""Questions."""

from qda.coding.method_questions.rows import Found
from qda.coding.method_questions.study import Study


def unlinked(study: Study) -> Found:
    """Not asked yet."""
    return Found()


def story(study: Study) -> Found:
    """Not asked yet."""
    return Found()
