"""Which codings are shown: by code, coder, speaker and phase. Nothing chosen in one of them: all of it."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import CodingRow, ParagraphRow


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """What a coding must be to be shown; false where everything is.

    ``codes`` are GUIDs, ``coders`` names, ``speakers`` labels, ``roles`` "interviewer" or "respondent" (who
    is one of the two or of the labels is meant), ``phases`` the workspaces in which codings are made.
    """

    codes: frozenset[str] = frozenset()
    coders: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.codes or self.coders or self.speakers or self.roles or self.phases)


def role_of(row: ParagraphRow) -> str:
    """ "interviewer", "respondent", or nothing where nobody speaks."""
    if not row.speaker:
        return ""
    return "interviewer" if row.interviewer else "respondent"


def keeping(wanted: CodingFilter, shown: ShownText) -> Callable[[CodingRow], bool]:
    """The filter as a question to one coding of a text."""
    said = [row.speaker in wanted.speakers or role_of(row) in wanted.roles for row in shown.paragraphs]
    starts = [row.start for row in shown.paragraphs]

    def by_wanted(row: CodingRow) -> bool:
        first = max(0, bisect_right(starts, row.start) - 1)
        last = max(first + 1, bisect_right(starts, row.stop - 1))
        return any(said[first:last])

    asks_who = bool(wanted.speakers or wanted.roles)

    def keeps(row: CodingRow) -> bool:
        return (
            (not wanted.codes or row.code in wanted.codes)
            and (not wanted.coders or row.coder in wanted.coders)
            and (not wanted.phases or row.phase in wanted.phases)
            and (not asks_who or by_wanted(row))
        )

    return keeps
