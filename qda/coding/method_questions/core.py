"""Questions on the core category (11) and on the story line (13)."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from sqlalchemy import select

from qda.coding.material import Passages
from qda.coding.method_questions.rows import Finding, Found, Jump
from qda.coding.method_questions.study import Study
from qda.coding.parts import within_part
from qda.coding.rows import SegmentRow
from qda.coding.story_claims import claims
from qda.coding.story_quotations import find_quotation, typed_quotations
from qda.coding.story_text import Plain, Reference, parse, quotation_agrees, words_of
from qda.coding.theory import categories_by_core, core
from qda.i18n import _
from qda.models.theory import Story

LINE: Final = "story_line"
_SHORT: Final = 60  # characters of a sentence that name it


def unlinked(study: Study) -> Found:
    """11: a main category that no active model links to the core category."""
    chosen = core(study.project)
    if chosen is None:
        return Found(unasked=_("No core category is chosen yet."))
    told = _("How does “{category}” hang together with “{core}”?")
    _linked, apart = categories_by_core(study.project)
    return Found(
        [
            Finding(
                *("code", row.guid, row.name, told.format(category=row.name, core=chosen.name)),
                Jump("code", row.guid),
                offers=("passages", "memo", "relation"),
            )
            for row in apart
        ]
    )


def story(study: Study) -> Found:
    """13: a sentence of the story line that claims something without a relation or a quotation; a quotation
    of the story or the story line that has other words than its source, or stands nowhere."""
    rows = study.db.execute(select(Story.kind, Story.body)).all()
    bodies = {row.kind: within_part(study.project, row.body) for row in rows if row.body}
    if not bodies:
        return Found(unasked=_("No story is written yet."))
    findings = list(_claims(bodies.get(LINE, "")))
    for kind, body in sorted(bodies.items()):
        findings += _differing(study, kind, body)
        findings += _from_nowhere(study, kind, body)
    return Found(findings)


def _claims(body: str) -> Iterator[Finding]:
    starts = _line_starts(body)
    heading = _("Claim without a relation: on what does it rest?")
    for one in claims(body):
        start = starts[one.line] + one.start
        jump = Jump("story", LINE, start, start + len(one.words))
        yield _of_story(one.words, one.words, jump, heading)


def _line_starts(body: str) -> list[int]:
    """Where each line begins in the text as it is read."""
    starts, at = [], 0
    for line in body.split("\n"):
        starts.append(at)
        at += len(words_of(line)) + 1
    return starts


def _of_story(words: str, sentence: str, jump: Jump, heading: str) -> Finding:
    """A finding that hangs on words: its answer is kept by them, without repeating them."""
    key = f"13:{sha256(' '.join(words.split()).encode()).hexdigest()[:12]}"
    short = words if len(words) <= _SHORT else f"{words[: _SHORT - 1].rstrip()}…"
    return Finding(
        "", "", short, sentence, jump, heading=heading, answer_key=key, offers=("memo", "relation")
    )


def _differing(study: Study, kind: str, body: str) -> list[Finding]:
    quotations, at = [], 0
    for part in parse(body):
        if isinstance(part, Reference) and part.kind == "segment":
            quotations.append((part, at))
        at += len(part.words)
    passages = Passages(study.db).of({part.target for part, _at in quotations})
    findings = []
    for part, start in quotations:
        row = passages.get(part.target)
        if row is None or not quotation_agrees(part.words, row.text):
            findings.append(_differs(part, row, Jump("story", kind, start, start + len(part.words))))
    return findings


def _differs(part: Reference, row: SegmentRow | None, jump: Jump) -> Finding:
    heading = _("Quotation that differs from its source")
    if row is None:
        told = _("“{words}”: its passage is not there any more.").format(words=part.words)
        return _of_story(part.words, told, jump, heading)
    told = _("“{words}” – the source has “{source}” ({title}, para. {paragraph}).").format(
        words=part.words, source=" ".join(row.text.split()), title=row.title, paragraph=row.paragraph
    )
    return Finding("segment", row.guid, part.words, told, jump, heading=heading, offers=("passages", "memo"))


def _from_nowhere(study: Study, kind: str, body: str) -> list[Finding]:
    """Typed quotations (without a reference) whose words stand nowhere in the material."""
    findings, at = [], 0
    for part in parse(body):
        if isinstance(part, Plain):
            for typed in typed_quotations(part.words):
                if not find_quotation(study.project, typed.words, most=1):
                    jump = Jump("story", kind, at + typed.start, at + typed.stop)
                    told = _("“{words}”: these words stand nowhere in the material.")
                    heading = _("Quotation that differs from its source")
                    findings.append(_of_story(typed.words, told.format(words=typed.words), jump, heading))
        at += len(part.words)
    return findings
