"""Memos of all types, on anything."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import AT_ONCE, add, clean, coder_of, delete, get, rows
from qda.coding.pointers import drop_pointers
from qda.coding.references import TARGET_TABLES, MemoRef, TargetRef, is_guid
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Memo, MemoLink
from qda.models.desk import MemoPileEntry
from qda.models.journal import ENTITIES

MemoKind = Literal[
    "code", "theoretical", "operational", "portrait", "workshop", "literature", "reflection", "diary"
]


def target_of(project: Project, target: str) -> tuple[str, str]:
    """Table and GUID of "kind:GUID"; a passage SOURCE:START-STOP becomes a segment.

    :raises KnownError: there is nothing like it.
    """
    session = project.session
    kind, _colon, guid = target.partition(":")
    table = TARGET_TABLES.get(kind)
    if table is None:
        raise KnownError(_("A memo cannot hang on “{name}”.").format(name=target))
    if table == "segment" and not is_guid(guid):
        from qda.coding.segments import passage

        return table, passage(project, guid).guid
    get(session, ENTITIES[table], guid)
    return table, guid


def write_memo(
    project: Project,
    *,
    kind: MemoKind,
    title: str,
    body: str = "",
    private: bool = False,
    target: TargetRef | None = None,
) -> str:
    """Writes a memo; ``target`` ("code:GUID", "segment:SOURCE:START-STOP" …) is what it hangs on."""
    with project.unit(_("New memo “{title}”").format(title=title or _("Untitled"))) as session:
        row = add(
            session,
            Memo(
                kind=kind,
                title=clean(title).strip() or _("Untitled"),
                body=clean(body),
                private=private,
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        )
        if target:
            table, guid = target_of(project, target)
            add(session, MemoLink(memo_id=row.id, target_table=table, target_guid=guid))
        return row.guid


def edit_memo(project: Project, *, memo: MemoRef, title: str | None = None, body: str | None = None) -> str:
    """Changes the title or the text of a memo."""
    with project.unit(_("Edit memo")) as session:
        row = get(session, Memo, memo)
        if title is not None:
            row.title = clean(title).strip() or _("Untitled")
        if body is not None:
            row.body = clean(body)
        return row.guid


def set_memo_kind(project: Project, *, memo: MemoRef, kind: MemoKind) -> str:
    """Makes a memo one of another type."""
    with project.unit(_("Change type of memo")) as session:
        row = get(session, Memo, memo)
        row.kind = kind
        return row.guid


def set_memo_private(project: Project, *, memo: MemoRef, private: bool) -> str:
    """Keeps a memo out of every report, or lets it in again."""
    with project.unit(_("Make memo private") if private else _("Make memo public")) as session:
        row = get(session, Memo, memo)
        row.private = private
        return row.guid


def link_memo(project: Project, *, memo: MemoRef, target: TargetRef) -> str:
    """Hangs a memo on one more object."""
    with project.unit(_("Link memo")) as session:
        row = get(session, Memo, memo)
        table, guid = target_of(project, target)
        if not rows(session, MemoLink, memo_id=row.id, target_table=table, target_guid=guid):
            add(session, MemoLink(memo_id=row.id, target_table=table, target_guid=guid))
        return row.guid


def unlink_memo(project: Project, *, memo: MemoRef, target: TargetRef) -> str:
    """Takes a memo off an object; a segment that nothing else needs goes with the link."""
    with project.unit(_("Unlink memo")) as session:
        row = get(session, Memo, memo)
        table, guid = target_of(project, target)
        delete(session, *rows(session, MemoLink, memo_id=row.id, target_table=table, target_guid=guid))
        _tidy(session, table, guid)
        return row.guid


def remove_memo(project: Project, *, memo: MemoRef) -> str:
    """Removes a memo."""
    with project.unit(_("Remove memo")) as session:
        row = get(session, Memo, memo)
        links = rows(session, MemoLink, memo_id=row.id)
        targets = [(link.target_table, link.target_guid) for link in links]
        delete(session, *links)
        drop_links(session, "memo", row.guid)
        delete(session, *rows(session, MemoPileEntry, memo_id=row.id))
        delete(session, row)
        for table, guid in targets:
            _tidy(session, table, guid)
        return memo


def _tidy(session: Session, table: str, guid: str) -> None:
    if table == "segment":
        from qda.coding.segments import release_named

        release_named(session, guid)


def drop_links(session: Session, table: str, *guids: str) -> None:
    """Takes all memos off objects that are about to go (the memos stay), and what else points to them."""
    drop_pointers(session, table, guids)
    for at in range(0, len(guids), AT_ONCE):
        wanted = guids[at : at + AT_ONCE]
        links = select(MemoLink).where(MemoLink.target_table == table, MemoLink.target_guid.in_(wanted))
        delete(session, *session.scalars(links.order_by(MemoLink.id)))
