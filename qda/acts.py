"""The table of acts: everything that can be done to a project without a window, one row each.

Menus, shortcuts, the command palette, ``qda do`` and the help come from these rows. An act is a keyword-only
function of ``qda.coding`` (or of ``qda.exchange``, where it reads or writes files) that takes the project
first; its parameters and their kinds are read off its annotations.
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from qda import checked_quotes
from qda.coding import (
    attributes,
    axial,
    cases,
    code_maps,
    codebook,
    comparing,
    comparison_cells,
    comparison_notes,
    concepts,
    consent,
    correcting,
    cutting,
    documents,
    evidence,
    hit_coding,
    map_gathering,
    memo_piles,
    memos,
    model_versions,
    open_coding,
    pencil,
    piles,
    properties,
    pseudonyms,
    question_answers,
    questions,
    reading,
    recordings,
    regrouping,
    relating,
    sampling,
    saturation_judgements,
    saved_queries,
    selective,
    several_passages,
    sheet,
    speakers,
    templates,
    topics,
    turn_borders,
    typology,
    whereabouts,
    withdrawing,
    word_replacing,
)
from qda.coding.references import Ref, resolve, resolve_or_keep
from qda.errors import UsageError
from qda.exchange import case_tables, code_list, comments_back, name_key, replacing, survey, text_out
from qda.i18n import N_, _
from qda.models import Project

Kind = Literal["text", "int", "bool", "choice", "ref"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an act: what may stand in it, and whether it may be left out."""

    name: str
    kind: Kind
    required: bool
    many: bool = False
    choices: tuple[str, ...] = ()
    ref: Ref | None = None
    default: Any = None


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the table. ``text`` is its name, ``synonyms`` other words by which it is looked for.

    ``for_good``: it deletes for ever, and no undo brings back what it took. ``files``: it reads or writes
    files of the user. ``asks``: it changes nothing of the study.
    """

    id: str
    text: str
    function: Callable[..., str]
    synonyms: tuple[str, ...] = ()
    for_good: bool = False
    files: bool = False
    asks: bool = False

    @property
    def title(self) -> str:
        """The name in the current language."""
        return _(self.text)

    @property
    def help(self) -> str:
        """The first sentence of what it does (English)."""
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")  # type: ignore[union-attr]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters, in order."""
        return _parameters(self.function)


@cache
def _parameters(function: Callable[..., str]) -> tuple[Parameter, ...]:
    hints = get_type_hints(function, include_extras=True)
    return tuple(
        _parameter(p, hints[p.name])
        for p in inspect.signature(function).parameters.values()
        if p.name != "project"
    )


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter:
    required = parameter.default is inspect.Parameter.empty
    default = None if required else parameter.default
    if get_origin(hint) in (Union, UnionType):
        hint = next(arm for arm in get_args(hint) if arm is not NoneType)
    many = get_origin(hint) is list
    if many:
        (hint,) = get_args(hint)
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    ref: Ref | None = None
    if get_origin(hint) is Annotated:
        kind, ref = "ref", next(extra for extra in get_args(hint) if isinstance(extra, Ref))
    elif get_origin(hint) is Literal:
        kind, choices = "choice", get_args(hint)
    elif hint is bool:
        kind = "bool"
    elif hint is int:
        kind = "int"
    return Parameter(parameter.name, kind, required, many, choices, ref, default)


ACTS: tuple[Act, ...] = (
    Act("set-title", N_("Rename the study"), sheet.set_title, ("title",)),
    Act(
        "set-sheet-field", N_("Fill in the project sheet"), sheet.set_sheet_field, ("prior knowledge", "role")
    ),
    Act("set-template", N_("Choose the template"), sheet.set_template, ("paradigm",)),
    Act(
        "set-citation", N_("Change how passages are cited"), sheet.set_citation, ("template", "line numbers")
    ),
    Act("set-line-measure", N_("Change the measure of lines"), sheet.set_line_measure, ("line numbers",)),
    Act(
        "set-frequencies-hidden",
        N_("Hide or show frequencies"),
        sheet.set_frequencies_hidden,
        ("counts", "numbers"),
    ),
    Act("revise-question", N_("Revise the research question"), sheet.revise_question),
    Act("add-coder", N_("Add coder"), sheet.add_coder, ("user", "person")),
    Act("rename-coder", N_("Rename coder"), sheet.rename_coder),
    Act("add-document", N_("New document"), documents.add_document, ("field note", "postscript")),
    Act("rename-source", N_("Rename document"), documents.rename_source),
    Act("set-source-kind", N_("Change kind of document"), documents.set_source_kind),
    Act("set-source-language", N_("Change language of document"), documents.set_source_language),
    Act("set-source-case", N_("Assign document to a case"), documents.set_source_case),
    Act("remove-source", N_("Remove document"), documents.remove_source, ("delete",)),
    Act("correct-text", N_("Correct text"), correcting.correct_text, ("edit", "typo", "transcript")),
    Act("split-paragraph", N_("Split paragraph"), correcting.split_paragraph, ("line break",)),
    Act("join-paragraph", N_("Join paragraphs"), correcting.join_paragraph, ("merge", "line break")),
    Act(
        "replace-in-all",
        N_("Replace in all transcripts"),
        word_replacing.replace_in_all,
        ("find and replace", "substitute", "spelling"),
    ),
    Act(
        "replace-source",
        N_("Replace transcript by a corrected file"),
        replacing.replace_source,
        ("update", "new version", "corrected"),
        files=True,
    ),
    Act(
        "read-comments",
        N_("Read comments back"),
        comments_back.read_comments,
        ("coded transcript", "Word comments", "annotations", "reviewer"),
        files=True,
    ),
    Act(
        "export-transcript",
        N_("Write transcript to a text file"),
        text_out.export_transcript,
        ("txt", "time marks", "line numbers", "f4"),
        files=True,
    ),
    Act("begin-turn", N_("Begin turn"), turn_borders.begin_turn, ("speaker", "border")),
    Act("join-turn", N_("Join turns"), turn_borders.join_turn, ("merge", "border")),
    Act("set-turn-speaker", N_("Change speaker of turn"), turn_borders.set_turn_speaker, ("who speaks",)),
    Act("add-group", N_("New group of documents"), documents.add_group, ("folder",)),
    Act("rename-group", N_("Rename group"), documents.rename_group),
    Act("remove-group", N_("Remove group"), documents.remove_group),
    Act("move-to-group", N_("Move document to group"), documents.move_to_group),
    Act("set-speaker-role", N_("Change role of speaker"), documents.set_speaker_role),
    Act("set-speaker-case", N_("Assign speaker to a case"), documents.set_speaker_case),
    Act("set-media", N_("Choose the recording"), recordings.set_media, ("audio", "media")),
    Act("name-speaker", N_("Name speaker"), speakers.name_speaker, ("person",)),
    Act("merge-speakers", N_("Merge speakers"), speakers.merge_speakers, ("label", "typo")),
    Act("add-topic", N_("New topic of the interview guide"), topics.add_topic, ("question",)),
    Act("change-topic", N_("Change topic"), topics.change_topic),
    Act("move-topic", N_("Move topic"), topics.move_topic),
    Act("remove-topic", N_("Remove topic"), topics.remove_topic),
    Act("set-topic", N_("Set topic of a turn"), topics.set_topic, ("interview guide", "question")),
    Act("clear-topic", N_("Take topic off a turn"), topics.clear_topic),
    Act(
        "pseudonymise",
        N_("Replace names"),
        pseudonyms.pseudonymise,
        ("anonymise", "pseudonymize", "clear name", "data protection"),
    ),
    Act(
        "pseudonymise-with-key",
        N_("Replace the names of a key"),
        name_key.pseudonymise_with_key,
        ("anonymise", "pseudonymize"),
        files=True,
    ),
    Act(
        "purge-names",
        N_("Delete clear names for good"),
        name_key.purge_names,
        ("anonymise", "forget"),
        for_good=True,
        files=True,
    ),
    Act("add-case", N_("New case"), cases.add_case),
    Act("rename-case", N_("Rename case"), cases.rename_case),
    Act("describe-case", N_("Describe case"), cases.describe_case, ("portrait",)),
    Act("add-attribute", N_("New attribute"), attributes.add_attribute, ("variable", "questionnaire")),
    Act("change-attribute", N_("Change attribute"), attributes.change_attribute, ("variable",)),
    Act("move-attribute", N_("Move attribute"), attributes.move_attribute),
    Act("remove-attribute", N_("Remove attribute"), attributes.remove_attribute),
    Act(
        "set-attribute",
        N_("Set attribute of a case"),
        attributes.set_attribute,
        ("variable", "questionnaire"),
    ),
    Act(
        "import-attributes",
        N_("Bring in attributes of cases"),
        case_tables.import_attributes,
        ("variables", "csv", "xlsx", "table", "questionnaire"),
        files=True,
    ),
    Act(
        "export-attributes",
        N_("Write attributes of cases to a table"),
        case_tables.export_attributes,
        ("variables", "csv", "xlsx", "statistics"),
        files=True,
    ),
    Act(
        "import-survey",
        N_("Bring in a survey"),
        survey.import_survey,
        ("questionnaire", "csv", "xlsx", "open answers", "table"),
        files=True,
    ),
    Act("set-consent", N_("Note consent"), consent.set_consent, ("data protection", "archive", "quote")),
    Act("remove-case", N_("Remove case"), cases.remove_case),
    Act(
        "delete-case-for-good",
        N_("Delete case for good"),
        withdrawing.delete_case_for_good,
        ("withdrawn consent", "data protection", "erase"),
        for_good=True,
    ),
    Act("code", N_("Code passage"), open_coding.code_passage, ("coding", "highlight", "quotation")),
    Act("code-several", N_("Code passage with several codes"), open_coding.code_several, ("coding",)),
    Act("code-hits", N_("Code search hits"), hit_coding.code_hits, ("search", "coding", "auto")),
    Act(
        "code-passages",
        N_("Code several passages"),
        several_passages.code_passages,
        ("retrieval", "result"),
    ),
    Act("memo-on-passages", N_("New memo on passages"), several_passages.memo_on_passages, ("retrieval",)),
    Act("code-in-vivo", N_("Code in vivo"), open_coding.code_in_vivo, ("in vivo",)),
    Act("remove-coding", N_("Remove coding"), open_coding.remove_coding, ("uncode",)),
    Act("comment-coding", N_("Comment coding"), open_coding.comment_coding),
    Act("recode", N_("Recode passage"), open_coding.recode),
    Act("resize-coding", N_("Resize coding"), open_coding.resize_coding),
    Act("split-coding", N_("Split coding"), cutting.split_coding, ("cut", "divide")),
    Act("merge-codings", N_("Merge codings"), cutting.merge_codings, ("join",)),
    Act("reassign-codings", N_("Recode passages"), cutting.reassign_codings, ("move",)),
    Act("resize-segment", N_("Resize passage"), open_coding.resize_segment),
    Act("mark-uncoded", N_("Leave turn uncoded"), reading.mark_uncoded, ("read", "skip")),
    Act("pencil", N_("Pencil mark"), pencil.pencil, ("mark", "without a code", "highlight")),
    Act("change-pencil", N_("Change pencil mark"), pencil.change_pencil, ("note",)),
    Act("remove-pencil", N_("Remove pencil mark"), pencil.remove_pencil, ("rub out",)),
    Act(
        "answer-question",
        N_("Answer a generative question"),
        questions.answer_question,
        ("line by line", "what", "who", "why"),
    ),
    Act("judge-fit", N_("Judge by comparison"), comparing.judge_fit, ("constant comparison", "fits")),
    Act(
        "note-property",
        N_("New property by comparison"),
        comparing.note_property,
        ("constant comparison", "dimension"),
    ),
    Act(
        "compare-with-imagined",
        N_("Compare with an imagined case"),
        comparing.compare_with_imagined,
        ("constant comparison", "flip-flop"),
    ),
    Act("add-code", N_("New code"), codebook.add_code, ("category",)),
    Act("rename-code", N_("Rename code"), codebook.rename_code),
    Act("move-code", N_("Move code"), codebook.move_code),
    Act("merge-codes", N_("Merge codes"), codebook.merge_codes, ("join",)),
    Act("move-codes", N_("Move codes"), regrouping.move_codes, ("several",)),
    Act("merge-several", N_("Merge several codes"), regrouping.merge_several, ("join",)),
    Act("split-code", N_("Split code"), cutting.split_code, ("divide", "refine")),
    Act("colour-code", N_("Recolour code"), codebook.colour_code, ("color",)),
    Act("set-code-kind", N_("Make it a category or a concept"), codebook.set_code_kind, ("category",)),
    Act("set-code-field", N_("Describe code"), codebook.set_code_field, ("definition", "delimitation")),
    Act(
        "choose-passage",
        N_("Choose typical or deviating passage"),
        codebook.choose_passage,
        ("anchor example",),
    ),
    Act("remove-code", N_("Remove code"), codebook.remove_code, ("delete",)),
    Act("add-concept", N_("New sensitizing concept"), concepts.add_concept, ("theory", "literature")),
    Act("change-concept", N_("Change sensitizing concept"), concepts.change_concept),
    Act("move-concept", N_("Move sensitizing concept"), concepts.move_concept),
    Act("remove-concept", N_("Remove sensitizing concept"), concepts.remove_concept),
    Act(
        "concept-to-code",
        N_("Make a code of a sensitizing concept"),
        concepts.concept_to_code,
        ("deductive",),
    ),
    Act(
        "import-concepts",
        N_("Bring in a list of codes"),
        code_list.import_concepts,
        ("code list", "codebook", "sensitizing concepts", "csv", "txt"),
        files=True,
    ),
    Act(
        "import-codes",
        N_("Code tree from a file"),
        code_list.import_codes,
        ("code system", "category system", "codebook", "OPML", "GraphML", "xlsx", "MAXQDA", "ATLAS.ti"),
        files=True,
    ),
    Act("new-pile", N_("New pile"), piles.new_pile, ("lay out", "sort", "cluster")),
    Act("pile-code", N_("Lay code on pile"), piles.pile_code, ("sort", "cluster")),
    Act("unpile-code", N_("Take code off its pile"), piles.unpile_code),
    Act("rename-pile", N_("Name pile"), piles.rename_pile),
    Act("arrange-piles", N_("Arrange piles"), piles.arrange_piles, ("layout", "order")),
    Act("remove-pile", N_("Remove pile"), piles.remove_pile),
    Act(
        "pile-to-category",
        N_("Make a category of a pile"),
        piles.pile_to_category,
        ("group", "cluster"),
    ),
    Act("save-query", N_("Save query"), saved_queries.save_query, ("retrieval", "set", "filter")),
    Act("change-query", N_("Change saved query"), saved_queries.change_query),
    Act("move-query", N_("Move saved query"), saved_queries.move_query),
    Act("remove-query", N_("Remove saved query"), saved_queries.remove_query),
    Act("add-property", N_("New property"), properties.add_property, ("dimension",)),
    Act("change-property", N_("Change property"), properties.change_property),
    Act("add-place", N_("New place of a dimension"), properties.add_place, ("property", "dimension")),
    Act(
        "rename-place", N_("Rename place of a dimension"), properties.rename_place, ("property", "dimension")
    ),
    Act("remove-property", N_("Remove property"), properties.remove_property),
    Act("set-property-value", N_("Set value of a property"), properties.set_property_value),
    Act("set-case-value", N_("Set value of a property for a case"), properties.set_case_value),
    Act("remove-property-value", N_("Remove value of a property"), properties.remove_property_value),
    Act("name-type", N_("Name a type"), typology.name_type, ("typology", "ideal type")),
    Act("write-memo", N_("New memo"), memos.write_memo, ("note", "annotation")),
    Act("edit-memo", N_("Edit memo"), memos.edit_memo),
    Act("set-memo-kind", N_("Change type of memo"), memos.set_memo_kind),
    Act("set-memo-private", N_("Make memo private or public"), memos.set_memo_private),
    Act("link-memo", N_("Link memo"), memos.link_memo),
    Act("unlink-memo", N_("Unlink memo"), memos.unlink_memo),
    Act("remove-memo", N_("Remove memo"), memos.remove_memo),
    Act("set-note-done", N_("Tick operational note as done"), whereabouts.set_note_done, ("to do", "open")),
    Act("new-memo-pile", N_("New pile of memos"), memo_piles.new_memo_pile, ("sort", "group")),
    Act("rename-memo-pile", N_("Rename pile of memos"), memo_piles.rename_memo_pile),
    Act("move-memo-pile", N_("Move pile of memos"), memo_piles.move_memo_pile),
    Act("remove-memo-pile", N_("Remove pile of memos"), memo_piles.remove_memo_pile),
    Act("put-memo", N_("Put memo on pile"), memo_piles.put_memo, ("sort", "order")),
    Act("take-memo", N_("Take memo off pile"), memo_piles.take_memo),
    Act("add-model", N_("New model"), axial.add_model, ("paradigm", "network")),
    Act("rename-model", N_("Rename model"), axial.rename_model),
    Act("set-phenomenon", N_("Name the phenomenon"), axial.set_phenomenon),
    Act("set-model-status", N_("Give the model up or take it up"), axial.set_model_status),
    Act("remove-model", N_("Remove model"), axial.remove_model),
    Act("add-slot", N_("New slot"), axial.add_slot, ("column",)),
    Act("change-slot", N_("Change slot"), axial.change_slot),
    Act("remove-slot", N_("Remove slot"), axial.remove_slot),
    Act("place-code", N_("Place code"), axial.place_code),
    Act("move-placement", N_("Move placed code"), axial.move_placement),
    Act("arrange-model", N_("Arrange model"), axial.arrange_model, ("tidy", "layout")),
    Act("place-card", N_("Put card on the board"), axial.place_card, ("layout", "drag")),
    Act("tidy-board", N_("Tidy the board"), axial.tidy_board, ("layout",)),
    Act("remove-placement", N_("Take code out of the slot"), axial.remove_placement),
    Act("relate-codes", N_("Relate codes"), axial.relate_codes, ("link", "arrow", "network")),
    Act("relate-passage", N_("Relation from a passage"), relating.relate_passage, ("link", "evidence")),
    Act("change-relation", N_("Change relation"), axial.change_relation),
    Act("turn-relation", N_("Turn relation"), axial.turn_relation),
    Act("set-relation-status", N_("Judge relation"), axial.set_relation_status),
    Act("add-condition", N_("Add condition"), axial.add_condition),
    Act("remove-condition", N_("Remove condition"), axial.remove_condition),
    Act("remove-relation", N_("Remove relation"), axial.remove_relation),
    Act("add-evidence", N_("Add evidence"), evidence.add_evidence),
    Act("change-evidence", N_("Change evidence"), evidence.change_evidence),
    Act("add-evidence-segment", N_("Add passage to evidence"), evidence.add_evidence_segment),
    Act("add-evidence-segments", N_("Add passages to evidence"), evidence.add_evidence_segments),
    Act("remove-evidence-segment", N_("Take passage off the evidence"), evidence.remove_evidence_segment),
    Act("remove-evidence", N_("Remove evidence"), evidence.remove_evidence),
    Act("note-search", N_("Searched, found none"), evidence.note_search),
    Act("remove-search", N_("Remove “searched, found none”"), evidence.remove_search),
    Act("pass-candidate", N_("Pass over a candidate"), evidence.pass_candidate, ("evidence", "skip")),
    Act("pass-candidates", N_("Pass over several passages"), evidence.pass_candidates, ("evidence", "skip")),
    Act("take-up-candidate", N_("Offer a candidate again"), evidence.take_up_candidate, ("evidence",)),
    Act("take-up-candidates", N_("Offer several passages again"), evidence.take_up_candidates, ("evidence",)),
    Act("freeze-model", N_("Freeze model"), model_versions.freeze_model, ("version", "state", "snapshot")),
    Act("change-version", N_("Change version of a model"), model_versions.change_version),
    Act("remove-version", N_("Remove version of a model"), model_versions.remove_version),
    Act("add-template", N_("New template"), templates.add_template, ("paradigm", "own")),
    Act("copy-template", N_("Copy a template as one of your own"), templates.copy_template, ("paradigm",)),
    Act(
        "set-model-template", N_("Another template for a model"), templates.set_model_template, ("paradigm",)
    ),
    Act("change-template", N_("Change template"), templates.change_template, ("paradigm",)),
    Act("remove-template", N_("Remove template"), templates.remove_template, ("paradigm",)),
    Act(
        "write-summary",
        N_("Write summary of a cell"),
        comparison_cells.write_summary,
        ("case comparison", "matrix"),
    ),
    Act(
        "choose-quotation",
        N_("Choose quotation of a cell"),
        comparison_cells.choose_quotation,
        ("case comparison",),
    ),
    Act(
        "write-comparison-note",
        N_("Write a note on a comparison"),
        comparison_notes.write_comparison_note,
        ("case comparison", "theoretical note"),
    ),
    Act(
        "decide-sampling",
        N_("New sampling decision"),
        sampling.decide_sampling,
        ("theoretical sampling", "gap"),
    ),
    Act("change-sampling", N_("Change sampling decision"), sampling.change_sampling),
    Act("move-sampling", N_("Move sampling decision"), sampling.move_sampling),
    Act("note-outcome", N_("Note what sampling brought"), sampling.note_outcome, ("refused", "reached")),
    Act("add-target", N_("Lead sampling decision to its target"), sampling.add_target),
    Act("add-targets", N_("Lead sampling decision to its targets"), sampling.add_targets),
    Act("sample-case", N_("New case of a sampling decision"), sampling.sample_case, ("reached", "field")),
    Act("remove-target", N_("Take target off sampling decision"), sampling.remove_target),
    Act("remove-sampling", N_("Remove sampling decision"), sampling.remove_sampling),
    Act("set-starting", N_("Set starting case"), sampling.set_starting, ("sampling", "first")),
    Act(
        "judge-saturation",
        N_("Judge saturation"),
        saturation_judgements.judge_saturation,
        ("theoretical saturation",),
    ),
    Act("remove-judgement", N_("Remove judgement of saturation"), saturation_judgements.remove_judgement),
    Act(
        "answer-method",
        N_("Answer a question of method"),
        question_answers.answer_method,
        ("audit", "check"),
    ),
    Act("remove-answer", N_("Remove answer to a question of method"), question_answers.remove_answer),
    Act("new-map", N_("New map"), code_maps.new_map, ("network", "canvas")),
    Act("rename-map", N_("Rename map"), code_maps.rename_map),
    Act("move-map", N_("Move map"), code_maps.move_map),
    Act("remove-map", N_("Remove map"), code_maps.remove_map),
    Act("put-on-map", N_("Put on map"), code_maps.put_on_map, ("network",)),
    Act("duplicate-map", N_("Duplicate map"), map_gathering.duplicate_map, ("copy",)),
    Act("gather-on-map", N_("Put several on map"), map_gathering.gather_on_map, ("related", "network")),
    Act("clear-off-map", N_("Take several off map"), map_gathering.clear_off_map, ("remove",)),
    Act("arrange-map", N_("Arrange map"), code_maps.arrange_map, ("layout", "tidy")),
    Act("word-item", N_("Write on map"), code_maps.word_item, ("label", "text")),
    Act("take-off-map", N_("Take off map"), code_maps.take_off_map),
    Act("draw-line", N_("Draw line on map"), code_maps.draw_line, ("arrow", "link")),
    Act("change-line", N_("Change line on map"), code_maps.change_line),
    Act("turn-line", N_("Turn line on map"), code_maps.turn_line, ("direction", "swap")),
    Act("remove-line", N_("Remove line on map"), code_maps.remove_line),
    Act("choose-core", N_("Choose core category"), selective.choose_core),
    Act("change-core", N_("Argue for the core category"), selective.change_core, ("rivals", "reasons")),
    Act("drop-core", N_("Give the core category up"), selective.drop_core),
    Act(
        "answer-on-core",
        N_("Answer a question on the core category"),
        selective.answer_on_core,
        ("key", "text"),
    ),
    Act("write-story", N_("Write the story or the story line"), selective.write_story),
    Act(
        "check-quotes",
        N_("Check quotations"),
        checked_quotes.check_quotes,
        ("thesis", "citations", "verify", "docx", "consent"),
        files=True,
        asks=True,
    ),
)
_BY_ID = {act.id: act for act in ACTS}


def act(act_id: str) -> Act:
    """The act of this id.

    :raises UsageError: there is none.
    """
    if act_id not in _BY_ID:
        raise UsageError(_("There is no act “{name}”. “qda do --list” shows all.").format(name=act_id))
    return _BY_ID[act_id]


def perform(project: Project, act_id: str, written: dict[str, Any]) -> str:
    """Does an act with arguments as a person writes them (names, paths, "true", lists as JSON or with ;).

    Returns the GUID that the act gives. :raises UsageError: a key or value does not fit the act.
    """
    row = act(act_id)
    known = {p.name: p for p in row.parameters}
    for name in written:
        if name not in known:
            raise UsageError(
                _("“{act}” takes no “{key}”. It takes: {keys}.").format(
                    act=act_id, key=name, keys=", ".join(known)
                )
            )
    missing = [p.name for p in row.parameters if p.required and p.name not in written]
    if missing:
        raise UsageError(_("“{act}” needs {keys}.").format(act=act_id, keys=", ".join(missing)))
    return row.function(project, **{n: _read(project, known[n], value) for n, value in written.items()})


def _read(project: Project, parameter: Parameter, value: Any) -> Any:
    if not parameter.many:
        return _read_one(project, parameter, value)
    if isinstance(value, str):
        value = json.loads(value) if value.lstrip().startswith("[") else [v.strip() for v in value.split(";")]
    return [_read_one(project, parameter, one) for one in value if one != ""]


def _read_one(project: Project, parameter: Parameter, value: Any) -> Any:
    if value is None or (value == "" and not parameter.required and parameter.kind != "text"):
        return parameter.default
    if parameter.kind == "ref" and parameter.ref is not None:
        finder = resolve_or_keep if parameter.ref.new else resolve
        return finder(project, parameter.ref.table, str(value))
    if parameter.kind == "choice" and value not in parameter.choices:
        raise UsageError(
            _("“{value}” does not fit “{key}”. Write one of: {choices}.").format(
                value=value, key=parameter.name, choices=", ".join(parameter.choices)
            )
        )
    if parameter.kind == "bool":
        return _truth(parameter, value)
    if parameter.kind == "int":
        try:
            return int(value)
        except ValueError:
            raise UsageError(
                _("“{key}” needs a whole number, not “{value}”.").format(key=parameter.name, value=value)
            ) from None
    return value if parameter.kind == "choice" else str(value)


def _truth(parameter: Parameter, value: Any) -> bool:
    words = {
        "true": True,
        "yes": True,
        "1": True,
        "ja": True,
        "false": False,
        "no": False,
        "0": False,
        "nein": False,
    }
    truth = words.get(str(value).casefold())
    if truth is None:
        raise UsageError(_("“{key}” is yes or no, not “{value}”.").format(key=parameter.name, value=value))
    return truth
