"""A relation from a passage: "this says that A leads to B", as one step."""

from qda.coding import axial, evidence
from qda.coding.codebook import code_named
from qda.coding.evidence import EvidenceKind, Polarity
from qda.coding.references import CodeOrNew, ModelRef, PassageRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project


def relate_passage(
    project: Project,
    *,
    model: ModelRef,
    from_code: CodeOrNew,
    to_code: CodeOrNew,
    segments: list[PassageRef],
    type: axial.RelationType = "leads_to",
    own_type: str = "",
    statement: str = "",
    polarity: Polarity = "supporting",
    kind: EvidenceKind = "spoken",
    note: str = "",
) -> str:
    """Relates two codes; the passages are the first evidence. Codes not yet known are made.

    Returns the relation's GUID.
    """
    with project.unit(_("Relation from a passage")):
        if not segments:
            raise KnownError(_("Evidence needs at least one passage."))
        start, end = code_named(project, from_code), code_named(project, to_code)
        relation = axial.relate_codes(
            project,
            model=model,
            from_code=start.guid,
            to_code=end.guid,
            type=type,
            own_type=own_type,
            statement=statement,
        )
        evidence.add_evidence(
            project, relation=relation, segments=segments, polarity=polarity, kind=kind, note=note
        )
        return relation
