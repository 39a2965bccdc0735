"""Several codes at once: moved, merged; what a merge would join, counted before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import Session

from qda.coding.access import get, optional
from qda.coding.codebook import merge_codes, put_under
from qda.coding.references import CodeRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, MemoLink, Property
from qda.models.theory import ParadigmModel, Placement, Relation


def move_codes(
    project: Project, *, codes: list[CodeRef], parent: CodeRef | None = None, position: int | None = None
) -> str:
    """Puts codes under another (or at the top), in their order, at ``position`` among the codes there.

    Codes below others of them go along with those. ``position`` counts the siblings that are not moved.
    """
    with project.unit(_("Move codes")) as session:
        above = optional(session, Code, parent)
        moved = _tops(session, [get(session, Code, code) for code in dict.fromkeys(codes)])
        if not moved:
            raise KnownError(_("Choose at least one code."))
        for row in moved:
            put_under(session, row, above)
        gone = {row.id for row in moved}
        query = select(Code).where(Code.parent_id.is_(None) if above is None else Code.parent_id == above.id)
        siblings = [c for c in session.scalars(query.order_by(Code.position, Code.id)) if c.id not in gone]
        place = len(siblings) if position is None else max(0, min(position, len(siblings)))
        for number, row in enumerate([*siblings[:place], *moved, *siblings[place:]]):
            row.position = number
        return moved[0].guid


def _tops(session: Session, chosen: Sequence[Code]) -> list[Code]:
    """Those of the codes that stand below none of the others."""
    ids = {row.id for row in chosen}
    return [row for row in chosen if ids.isdisjoint(_above(session, row))]


def _above(session: Session, row: Code) -> list[int]:
    found: list[int] = []
    while row.parent_id is not None and row.parent_id not in found:
        found.append(row.parent_id)
        row = session.get_one(Code, row.parent_id)
    return found


def merge_several(project: Project, *, codes: list[CodeRef], into: CodeRef, note: str = "") -> str:
    """Joins several codes with ``into``, as one act; ``note`` becomes a code note for each.

    :raises KnownError: a relation stands between two of them.
    """
    with project.unit(_("Merge codes")):
        wanted = [code for code in dict.fromkeys(codes) if code != into]
        if not wanted:
            raise KnownError(_("Choose at least two codes."))
        for code in wanted:
            merge_codes(project, code=code, into=into, note=note)
        return into


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge of codes would do.

    ``codings`` is how many there will be, ``joining`` how many go up in another one of the same passage and
    coder. ``memos`` (links), ``properties``, ``placements``, ``relations`` and ``children`` come over from
    the codes that go. ``refused`` says why it cannot be done; empty where it can.
    """

    codings: int
    joining: int
    memos: int
    properties: int
    placements: int
    relations: int
    children: int
    refused: str


def merge_preview(project: Project, *, codes: Sequence[str], into: str) -> MergePreview:
    """What :func:`merge_several` would do; nothing is changed."""
    with project.read() as db:
        names = {
            r.guid: r.id for r in db.execute(select(Code.guid, Code.id).where(Code.guid.in_([*codes, into])))
        }
        kept = names.get(into)
        gone = [names[code] for code in dict.fromkeys(codes) if code in names and code != into]
        every = [*gone, *([] if kept is None else [kept])]
        coded = _count(db, Coding, Coding.code_id.in_(every))
        different = select(Coding.segment_id, Coding.coder_id).where(Coding.code_id.in_(every)).distinct()
        left = db.execute(select(func.count()).select_from(different.subquery())).scalar_one()
        return MergePreview(
            codings=left,
            joining=coded - left,
            memos=_count(
                db,
                MemoLink,
                MemoLink.target_table == "code",
                MemoLink.target_guid.in_([guid for guid, number in names.items() if number in gone]),
            ),
            properties=_count(db, Property, Property.code_id.in_(gone)),
            placements=_count(db, Placement, Placement.code_id.in_(gone)),
            relations=_count(db, Relation, or_(Relation.from_id.in_(gone), Relation.to_id.in_(gone))),
            children=_count(db, Code, Code.parent_id.in_(gone), Code.id.not_in(every)),
            refused=_refused(db, every),
        )


def _count(db: Connection, entity: type, *where: ColumnElement[bool]) -> int:
    return db.execute(select(func.count()).select_from(entity).where(*where)).scalar_one()


def _refused(db: Connection, codes: Sequence[int]) -> str:
    between = db.execute(
        select(Relation.number, ParadigmModel.name)
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .where(Relation.from_id.in_(codes), Relation.to_id.in_(codes))
        .order_by(Relation.model_id, Relation.number)
    ).first()
    if between is None:
        return ""
    return _("Relation {number} of “{model}” stands between two of these codes. Remove it first.").format(
        number=between.number, model=between.name
    )
