"""A part of a study in words: what stands where a text quotes a passage that is not in the part."""

from sqlalchemy import select

from qda.coding.story_text import Plain, compose, parse
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Segment


def within_part(project: Project, body: str) -> str:
    """The text of a story without quotations of passages that are in the study, but not in its part."""
    if project.narrowed is None:
        return body
    parts = parse(body)
    named = {one.target for one in parts if not isinstance(one, Plain) and one.kind == "segment"}
    if not named:
        return body
    query = select(Segment.guid).where(Segment.guid.in_(named))
    with project.read() as db, project.whole.read() as whole:
        out = set(whole.execute(query).scalars()) - set(db.execute(query).scalars())
    word = _("[a passage outside this part]")
    return compose(Plain(word) if not isinstance(one, Plain) and one.target in out else one for one in parts)
