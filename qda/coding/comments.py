"""Comments in the margin of a file: they become memos on their passage."""

from qda.coding.access import add, clean, coder_of, get
from qda.coding.references import SourceRef
from qda.coding.segments import segment_at
from qda.coding.transcript import CommentDraft, TranscriptDraft
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Memo, MemoLink
from qda.models.material import Source


def keep(project: Project, *, source: SourceRef, draft: TranscriptDraft) -> int:
    """Makes a memo of every comment of a document that has just come in; how many there were.

    A memo names the comment's author and date, and belongs to the current coder. One that stands at no
    words hangs on its paragraph, or on the whole document.
    """
    if not draft.comments:
        return 0
    with project.unit(_("Comments of “{title}”").format(title=source)) as session:
        document, coder = get(session, Source, source), coder_of(project).id
        for comment in draft.comments:
            memo = Memo(
                kind="code",
                title=_title(comment),
                body=_body(comment),
                private=False,
                coder_id=coder,
                created=project.clock(),
            )
            add(session, memo)
            span = _span(draft, comment)
            table, guid = "source", document.guid
            if span is not None:
                table, guid = "segment", segment_at(project, document, *span).guid
            session.add(MemoLink(memo_id=memo.id, target_table=table, target_guid=guid))
    return len(draft.comments)


def _title(comment: CommentDraft) -> str:
    author = " ".join(clean(comment.author).split())
    return _("Comment by {author}").format(author=author) if author else _("Comment")


def _body(comment: CommentDraft) -> str:
    """The words, and below them who wrote them when."""
    author = " ".join(clean(comment.author).split())
    signed = ", ".join(part for part in (author, comment.date[:10]) if part)
    words = clean(comment.text).strip()
    return f"{words}\n\n{signed}" if signed else words


def _span(draft: TranscriptDraft, comment: CommentDraft) -> tuple[int, int] | None:
    start, stop = comment.start, min(comment.stop, len(draft.text))
    if draft.text[start:stop].strip():
        return start, stop
    for paragraph in draft.paragraphs:
        if paragraph.start <= start <= paragraph.stop:
            return paragraph.start, paragraph.stop
    return None
