"""Rows of a menu that belong together and lie one step deeper, so that no menu is longer than a screen."""

from dataclasses import dataclass
from typing import Final

from qda.i18n import N_
from qda.ui.commands import Menu


@dataclass(frozen=True, slots=True)
class Submenu:
    """Stands in ``menu`` where the first of its rows would; ``ids`` in their order, "" draws a line."""

    key: str
    menu: Menu
    text: str
    ids: tuple[str, ...]


SUBMENUS: Final[tuple[Submenu, ...]] = (
    Submenu(
        "tables",
        "project",
        N_("Cases and &tables"),
        ("show-attributes", "import-survey", "", "delete-case-for-good"),
    ),
    Submenu(
        "save-reports",
        "project",
        N_("&Reports as files"),
        ("save-report", "export-again", "all-reports", "", "stop-export"),
    ),
    Submenu(
        "names",
        "project",
        N_("Na&mes of persons and places"),
        ("pseudonymise", "purge-names", "", "pseudonym-protocol"),
    ),
    Submenu(
        "turns",
        "edit",
        N_("T&urns and paragraphs"),
        (
            *("split-paragraph", "join-paragraph", ""),
            *("begin-turn", "join-turn", "set-turn-speaker", ""),
            *("set-topic", "clear-topic"),
        ),
    ),
    Submenu(
        "steps",
        "view",
        N_("&Next and previous"),
        (
            *("next-coding", "previous-coding", ""),
            *("next-turn", "previous-turn", ""),
            *("next-unread", "previous-unread", ""),
            *("next-uncoded", "previous-uncoded", ""),
            *("next-memo", "previous-memo", ""),
            *("next-pencil", "previous-pencil", ""),
            *("mark-unread",),
        ),
    ),
    Submenu(
        "shown",
        "view",
        N_("&Codings shown"),
        ("filter-codings", "filter-this-code", "clear-filter", "", "codings-here", "compare-while-coding"),
    ),
    Submenu(
        "texts",
        "view",
        N_("&Two texts"),
        ("split-view", "turn-split", "other-text", "open-beside"),
    ),
    Submenu("zoom", "view", N_("Si&ze of the text"), ("zoom-in", "zoom-out", "zoom-normal")),
    Submenu(
        "recording",
        "view",
        N_("&Recording"),
        ("set-media", "", "hear-here", "play", "play-back", "", "play-faster", "play-slower"),
    ),
    Submenu(
        "pages",
        "view",
        N_("Pages of the re&port"),
        (
            *("previous-page", "next-page", "first-placeholder", ""),
            *("larger-pages", "smaller-pages", "fit-pages"),
        ),
    ),
    Submenu("import", "view", N_("Files being &imported"), ("import-next-file", "import-previous-file")),
    Submenu("model-views", "view", N_("Mo&del"), ("axial-board", "axial-table")),
    Submenu("looks", "view", N_("&Light and dark"), ("theme-light", "theme-dark", "theme-system")),
    Submenu(
        "units",
        "code",
        N_("Code &whole"),
        ("code-sentence", "code-paragraph", "code-turn", "code-answer", "", "select-exactly"),
    ),
    Submenu(
        "coding",
        "code",
        N_("Cod&ing at the cursor"),
        (
            *("recode", "comment-coding", "resize-coding", "split-coding", "merge-codings", ""),
            *("choose-typical", "choose-deviating", "set-property-value", "", "remove-coding"),
        ),
    ),
    Submenu(
        "comparison",
        "code",
        N_("Co&nstant comparison"),
        ("compare", "", "judge-fits", "judge-does-not-fit", "judge-new-property", "", "imagined-case"),
    ),
    Submenu("pencilled", "code", N_("&Pencil mark"), ("pencil", "change-pencil", "remove-pencil")),
    Submenu(
        "code",
        "code",
        N_("Code in the &tree"),
        (
            *("add-code", "add-code-below", ""),
            *("rename", "move-code", "merge-codes", "split-code", "colour-code", "set-code-kind", ""),
            *("set-code-field", "category-sheet", "", "remove-code"),
        ),
    ),
    Submenu(
        "passages",
        "analysis",
        N_("&Passages"),
        ("find-passages", "passages-of-code", "", "save-query", "export-passages"),
    ),
    Submenu(
        "quotations",
        "analysis",
        N_("&Quotations of a finished text"),
        ("check-quotes", "check-quotes-again"),
    ),
    Submenu(
        "paper",
        "analysis",
        N_("On pa&per"),
        ("print-transcript", "workshop-passage", "feedback-case"),
    ),
    Submenu(
        "pictures",
        "analysis",
        N_("P&ictures of codes"),
        ("pictures", "", "code-documents", "code-cases", "code-codes", "portrait", "curve"),
    ),
    Submenu(
        "model",
        "analysis",
        N_("&Model"),
        (
            *("add-model", "set-phenomenon", "rename-model", "set-model-status", "remove-model", ""),
            *("freeze-model", "templates", ""),
            *("add-slot", "place-code", "set-level", "set-addressee", "arrange-model", ""),
            *("export-board-svg", "export-board-png", "export-board-pdf"),
        ),
    ),
    Submenu(
        "board",
        "analysis",
        N_("Paradi&gm board"),
        (
            *("board-ring", "board-definitions", "board-folding", "board-only", "tidy-board", ""),
            *("board-larger", "board-smaller", "board-fit", "board-follow"),
        ),
    ),
    Submenu(
        "relation",
        "analysis",
        N_("&Relation and evidence"),
        (
            *("relate-codes", "change-relation", "turn-relation", ""),
            *("status-supposed", "status-supported", "status-modified", "status-rejected", ""),
            *("pick-evidence", "evidence-supporting", "evidence-contradicting", "evidence-qualifying"),
            *("note-search", "", "add-condition", "remove-relation"),
        ),
    ),
    Submenu(
        "nearby",
        "analysis",
        N_("Pa&ssages for relations"),
        (
            *("relate-passage", "passage-as-evidence", "", "relation-queue", ""),
            *("next-nearby", "previous-nearby", "focus-nearby", "focus-evidence", "evidence-case", ""),
            *("pass-candidate", "join-passage", "take-off-passage", "nearness"),
        ),
    ),
    Submenu(
        "theory",
        "analysis",
        N_("&Theory"),
        (
            *("compare-cases", "levels", "path-outwards", "code-maps", "new-map", "code-on-map", ""),
            *("questions", "saturation", "sampling", "new-sampling-decision", ""),
            *("history", "model-dates", "audit-sheet"),
        ),
    ),
    Submenu(
        "story",
        "analysis",
        N_("St&ory line and core category"),
        (
            *("choose-core", "drop-core", ""),
            *("story-claims", "story-heading", "story-memos", "", "story-versions"),
        ),
    ),
    Submenu(
        "references",
        "analysis",
        N_("Re&fer to"),
        ("refer-code", "refer-relation", "refer-case", "refer-segment", "", "story-question"),
    ),
    Submenu(
        "kinds",
        "memo",
        N_("&New memo"),
        (
            *("new-memo-code", "new-memo-theoretical", "new-memo-operational", "new-memo-portrait"),
            *("new-memo-workshop", "new-memo-literature", "new-memo-reflection", "new-memo-diary"),
        ),
    ),
)
