"""The questions of method 1–14: each a query with a list to jump to, and the author's answers.

They are asked when somebody opens them. There is no score, no traffic light, and nothing depends on them.
"""

from qda.coding.method_questions.asking import KEYS, ask, question_titles, with_answers
from qda.coding.method_questions.rows import GROUPS, Finding, Group, Jump, Question, group_title

__all__ = [
    "GROUPS",
    "KEYS",
    "Finding",
    "Group",
    "Jump",
    "Question",
    "ask",
    "group_title",
    "question_titles",
    "with_answers",
]
