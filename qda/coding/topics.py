"""Topics of the interview guide, set on turns (mostly the interviewer's): "all answers to question 4"."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from qda.coding.access import add, clean, delete, get, next_place, required, rows
from qda.coding.material import Passages
from qda.coding.references import SourceRef, TopicOrNew, TopicRef
from qda.coding.rows import SegmentRow, TopicMark, TopicRow
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.models import Project
from qda.models.material import Paragraph, Source, Speaker, Topic, TurnTopic

ALIKE = 72.0  # of 100: from here on a question of the guide counts as asked (rapidfuzz, token sets)


def add_topic(project: Project, *, name: str, question: str = "") -> str:
    """Adds a topic to the interview guide, with its question as the guide has it."""
    with project.unit(_("New topic “{name}”").format(name=name)) as session:
        row = Topic(
            name=required(name, _("The topic")),
            question=clean(question).strip(),
            position=next_place(session, Topic),
        )
        return add(session, row).guid


def change_topic(
    project: Project, *, topic: TopicRef, name: str | None = None, question: str | None = None
) -> str:
    """Changes name or question of a topic."""
    with project.unit(_("Change topic")) as session:
        row = get(session, Topic, topic)
        if name is not None:
            row.name = required(name, _("The topic"))
        if question is not None:
            row.question = clean(question).strip()
        return row.guid


def move_topic(project: Project, *, topic: TopicRef, position: int) -> str:
    """Gives a topic another place in the guide, from 0."""
    with project.unit(_("Move topic")) as session:
        row = get(session, Topic, topic)
        order = list(session.scalars(select(Topic).order_by(Topic.position, Topic.id)))
        order.remove(row)
        order.insert(max(0, min(position, len(order))), row)
        for place, one in enumerate(order):
            one.position = place
        return row.guid


def remove_topic(project: Project, *, topic: TopicRef) -> str:
    """Takes a topic out of the guide, and off all turns."""
    with project.unit(_("Remove topic")) as session:
        row = get(session, Topic, topic)
        delete(session, *rows(session, TurnTopic, topic_id=row.id))
        delete(session, row)
        return topic


def set_topic(project: Project, *, source: SourceRef, paragraph: str, topic: TopicOrNew) -> str:
    """Says that a turn opens a topic; ``paragraph`` is the number of a paragraph in that turn."""
    with project.unit(_("Set topic of a turn")) as session:
        begin = _turn(project, source, paragraph)
        chosen = session.scalars(select(Topic).where(Topic.guid == clean(topic))).first()
        if chosen is None:
            chosen = get(session, Topic, add_topic(project, name=topic))
        known = rows(session, TurnTopic, paragraph_id=begin.id, topic_id=chosen.id)
        if known:
            return known[0].guid
        return add(session, TurnTopic(paragraph_id=begin.id, topic_id=chosen.id)).guid


def set_topics(project: Project, *, marks: Sequence[tuple[str, str, str]]) -> str:
    """Sets topics of several turns as one act: document, number of a paragraph, topic. Returns the first."""
    label = ngettext("Set topic of {n} turn", "Set topic of {n} turns", len(marks)).format(n=len(marks))
    with project.unit(label):
        done = [set_topic(project, source=s, paragraph=p, topic=t) for s, p, t in marks]
    return done[0] if done else ""


def clear_topic(project: Project, *, source: SourceRef, paragraph: str, topic: TopicRef) -> str:
    """Takes a topic off a turn."""
    with project.unit(_("Take topic off a turn")) as session:
        begin = _turn(project, source, paragraph)
        row = get(session, Topic, topic)
        delete(session, *rows(session, TurnTopic, paragraph_id=begin.id, topic_id=row.id))
        return source


def _turn(project: Project, source: str, number: str) -> Paragraph:
    """The paragraph that opens the turn in which paragraph ``number`` stands (itself where there is none)."""
    session = project.session
    document = get(session, Source, source)
    lines = list(
        session.scalars(select(Paragraph).where(Paragraph.source_id == document.id).order_by(Paragraph.start))
    )
    wanted = number.strip()
    at = next((i for i, p in enumerate(lines) if wanted == p.number or wanted in p.also.split()), None)
    if at is None:
        raise KnownError(
            _("“{title}” has no paragraph {number}.").format(title=document.title, number=wanted)
        )
    begin = at
    while begin > 0 and not lines[begin].opens_turn and lines[begin].speaker_id is not None:
        begin -= 1
    return lines[begin] if lines[begin].opens_turn else lines[at]


# -- queries ------------------------------------------------------------------------------------------------


def topics(project: Project) -> list[TopicRow]:
    """The interview guide, in its order, with how often each topic was opened."""
    with project.read() as db:
        marked: dict[int, list[int]] = {}
        query = select(TurnTopic.topic_id, Paragraph.source_id).join(
            Paragraph, Paragraph.id == TurnTopic.paragraph_id
        )
        for topic, source in db.execute(query):
            marked.setdefault(topic, []).append(source)
        return [
            TopicRow(r.guid, r.name, r.question, len(marked.get(r.id, ())), len(set(marked.get(r.id, ()))))
            for r in db.execute(
                select(Topic.id, Topic.guid, Topic.name, Topic.question).order_by(Topic.position, Topic.id)
            )
        ]


def topic_marks(project: Project, source: str | None = None) -> list[TopicMark]:
    """The turns of a document (of all) that open a topic."""
    with project.read() as db:
        query = (
            select(
                Source.guid.label("source"),
                Paragraph.number,
                Paragraph.start,
                Topic.guid.label("topic"),
                Topic.name,
            )
            .select_from(TurnTopic)
            .join(Paragraph, Paragraph.id == TurnTopic.paragraph_id)
            .join(Source, Source.id == Paragraph.source_id)
            .join(Topic, Topic.id == TurnTopic.topic_id)
            .order_by(Source.position, Source.id, Paragraph.start, Topic.position, Topic.id)
        )
        if source:
            query = query.where(Source.guid == source)
        return [TopicMark(r.source, r.number, r.start, r.topic, r.name) for r in db.execute(query)]


def answers(project: Project, topic: str) -> list[SegmentRow]:
    """All answers to a topic: what respondents say from a turn that opens it to the next that opens another.

    A row each turn of a respondent, without GUID, in the order of the documents.
    """
    marks = topic_marks(project)
    found: list[SegmentRow] = []
    with project.read() as db:
        passages = Passages(db)
        for guid in dict.fromkeys(mark.source for mark in marks if mark.topic == topic):
            begins = sorted({mark.start for mark in marks if mark.source == guid})
            own = {mark.start for mark in marks if mark.source == guid and mark.topic == topic}
            source_id, runs = _turns(db, guid)
            for start, stop, role in runs:
                opened = max((b for b in begins if b <= start), default=None)
                if role == "respondent" and opened in own:
                    found.append(passages.row("", source_id, start, stop))
    return found


def turn_rows(project: Project, places: Sequence[tuple[str, str]]) -> list[SegmentRow]:
    """The turns that begin with these paragraphs (document, number), in the order of the documents."""
    wanted: dict[str, set[str]] = {}
    for source, number in places:
        wanted.setdefault(source, set()).add(number)
    found: list[SegmentRow] = []
    with project.read() as db:
        passages = Passages(db)
        order = db.execute(select(Source.guid).order_by(Source.position, Source.id)).scalars().all()
        for guid in order:
            if guid not in wanted:
                continue
            source_id, runs = _turns(db, guid)
            query = select(Paragraph.start, Paragraph.stop).where(
                Paragraph.source_id == source_id, Paragraph.number.in_(wanted[guid])
            )
            ends = {start: stop for start, stop, _role in runs}
            for start, stop in db.execute(query.order_by(Paragraph.start)):
                found.append(passages.row("", source_id, start, ends.get(start, stop)))
    return found


def asked(project: Project, source: str) -> list[tuple[str, str]]:
    """Turns of the interviewer in which a question of the guide seems to be asked: (paragraph, topic GUID).

    For each topic with a question the turn most like it, where it is like enough; to be accepted one by one.
    """
    from rapidfuzz import fuzz

    known = [row for row in topics(project) if row.question]
    with project.read() as db:
        source_id, _runs = _turns(db, source)
        text = db.execute(select(Source.text).where(Source.id == source_id)).scalar_one()
        query = (
            select(Paragraph.number, Paragraph.label_stop, Paragraph.stop)
            .join(Speaker, Speaker.id == Paragraph.speaker_id)
            .where(Paragraph.source_id == source_id, Speaker.role == "interviewer")
            .order_by(Paragraph.start)
        )
        turns = [(r.number, text[r.label_stop : r.stop].casefold()) for r in db.execute(query)]
    found: list[tuple[str, str]] = []
    for row in known:
        scored = [(fuzz.token_set_ratio(row.question.casefold(), words), number) for number, words in turns]
        best = max(scored, default=(0.0, ""))
        if best[0] >= ALIKE:
            found.append((best[1], row.guid))
    return found


def _turns(db: Connection, guid: str) -> tuple[int, list[tuple[int, int, str]]]:
    """The document's id and its turns: start, stop, role."""
    source_id = db.execute(select(Source.id).where(Source.guid == guid)).scalar_one_or_none()
    if source_id is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=guid))
    query = (
        select(Paragraph.start, Paragraph.stop, Paragraph.opens_turn, Speaker.role)
        .join(Speaker, Speaker.id == Paragraph.speaker_id)
        .where(Paragraph.source_id == source_id)
        .order_by(Paragraph.start)
    )
    runs: list[tuple[int, int, str]] = []
    for r in db.execute(query):
        if r.opens_turn or not runs:
            runs.append((r.start, r.stop, r.role))
        else:
            runs[-1] = (runs[-1][0], r.stop, runs[-1][2])
    return source_id, runs
