"""Memos alone: all of them, or those of a type, code, case, coder or pile, in the order asked for.

Private memos are in no report; the report says how many were left out.
"""

from collections.abc import Mapping

from qda.coding import consent, material
from qda.coding.memo_sorting import ORDERS, MemoBook, MemoWish, Order, memo_book
from qda.coding.rows import MemoRow
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, _, ngettext, use_language
from qda.models import Project
from qda.reports.consenting import Silence, consent_lines
from qda.reports.model import Block, Report, Section, note, paragraphs
from qda.reports.registry import TEXT_FORMATS, Option, ReportKind
from qda.reports.study_sheet import notice_of
from qda.reports.study_words import ALL_MEMOS, MEMO_KINDS, chosen_language, chosen_memos, day, word


def build(project: Project, options: Mapping[str, str]) -> Report:
    """The report in its own language; UsageError for an option that means nothing."""
    sheet = material.project_sheet(project)
    chosen = chosen_language(options, sheet.language)
    with use_language(chosen):
        book = memo_book(project)
        wish = _wish(project, book, options)
        found = book.wanted(wish)
        silence = Silence(consent.unquotable(project))
        rows = silence.memos([row for row in found if not row.private])
        left_out = tuple(_left_out(len(found) - len(rows)))
        told = (*left_out, *consent_lines((), texts=silence.texts, names=0))
        return Report(
            title=sheet.title,
            language=chosen,
            blocks=(*_blocks(rows, wish), *(note(line) for line in told)),
            subtitle=_subtitle(project, book, wish),
            created=project.clock(),
            notice=notice_of(sheet),
            facts=(ngettext("{n} memo", "{n} memos", len(rows)).format(n=len(rows)),),
            withheld=told,
            cover=False,
        )


def _wish(project: Project, book: MemoBook, options: Mapping[str, str]) -> MemoWish:
    order = options.get("order", "oldest")
    if order not in ORDERS:
        choices = ", ".join(ORDERS)
        raise UsageError(
            _("“{value}” is no order of memos; there are: {choices}.").format(value=order, choices=choices)
        )
    pile = options.get("pile", "").strip()
    known = next((one for one in book.piles if pile in (one.guid, one.name)), None)
    if pile and known is None:
        raise UsageError(_("There is no pile of memos “{name}”.").format(name=pile))
    kinds = chosen_memos({"memos": options.get("memos") or ALL_MEMOS})
    return MemoWish(
        kinds=() if len(kinds) == len(MEMO_KINDS) else kinds or ("none",),
        words=options.get("words", ""),
        code=_resolved(project, "code", options.get("code", "")),
        case=_resolved(project, "case_", options.get("case", "")),
        coder=options.get("coder", "").strip(),
        pile=known.guid if known else "",
        order=_order(order),
    )


def _order(name: str) -> Order:
    return next(order for order in ORDERS if order == name)


def _resolved(project: Project, table: str, written: str) -> str:
    from qda.coding.references import resolve

    return resolve(project, table, written.strip()) if written.strip() else ""


def _subtitle(project: Project, book: MemoBook, wish: MemoWish) -> str:
    from qda.coding.codes import codes

    about = []
    if pile := book.pile(wish.pile) if wish.pile else None:
        about.append(pile.name)
    about += [word(MEMO_KINDS, kind) for kind in wish.kinds if kind in MEMO_KINDS]
    about += [row.name for row in codes(project) if row.guid == wish.code] if wish.code else []
    about += [row.name for row in material.cases(project) if row.guid == wish.case] if wish.case else []
    about += [part for part in (wish.coder, wish.words) if part]
    return f"{_('Memos')}: {', '.join(about)}" if about else _("Memos")


def _blocks(rows: list[MemoRow], wish: MemoWish) -> tuple[Block, ...]:
    """By type in the order of the types; a pile, or another order asked for, in its own order."""
    if not rows:
        return (note(_("There is no such memo.")),)
    if wish.pile or wish.order not in ("oldest", "newest") or len(wish.kinds) == 1:
        return tuple(_memo(row, with_kind=len(wish.kinds) != 1) for row in rows)
    chapters = []
    for kind in MEMO_KINDS:
        if some := [row for row in rows if row.kind == kind]:
            chapters.append(Section(word(MEMO_KINDS, kind), tuple(_memo(row) for row in some)))
    return tuple(chapters)


def _memo(row: MemoRow, *, with_kind: bool = False) -> Section:
    kind = word(MEMO_KINDS, row.kind) if with_kind else ""
    facts = [kind, day(row.created), row.coder, "; ".join(name for name in row.link_names if name)]
    head = note(" · ".join(fact for fact in facts if fact))
    return Section(row.title, (head, *paragraphs(row.body)), numbered=False)


def _left_out(private: int) -> list[str]:
    if not private:
        return []
    return [
        ngettext("{n} private memo was left out.", "{n} private memos were left out.", private).format(
            n=private
        )
    ]


_LABELS = (
    N_("Newest first"),
    N_("Oldest first"),
    N_("Changed last first"),
    N_("By title"),
    N_("As on the pile"),
)

KIND = ReportKind(
    name="memos",
    title=N_("Memos"),
    build=build,
    formats=TEXT_FORMATS,
    synonyms=(N_("notes"), N_("research diary"), N_("theoretical notes")),
    options=(
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
        Option("memos", N_("Memos, by type"), "text", ALL_MEMOS),
        Option("pile", N_("Only this pile of memos"), "text"),
        Option("code", N_("Only about this code"), "code"),
        Option("case", N_("Only about this case"), "case"),
        Option("coder", N_("Only by this person"), "text"),
        Option("words", N_("Only with these words"), "text"),
        Option("order", N_("Order"), "choice", "oldest", ORDERS, _LABELS),
    ),
)
