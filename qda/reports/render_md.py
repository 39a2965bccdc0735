"""A report as Markdown (CommonMark with GitHub's tables); nothing in the user's texts acts as markup."""

import re
from typing import Final

from qda.coding.quoting import quoted
from qda.i18n import Language, _, use_language
from qda.reports.large import refuse_large
from qda.reports.model import (
    Block,
    BulletList,
    Cell,
    Figure,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Report,
    Runs,
    Section,
    Table,
    Transcript,
    Tree,
)
from qda.reports.numbering import Layout, Placed, place
from qda.reports.render_comments_md import markdown
from qda.reports.text import clean, date_text, one_line
from qda.reports.trees import as_table

_ALWAYS: Final = re.compile(r"([\\`*\[\]<>|~$])")
_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START: Final = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_WHITE: Final = " \t\n"  # at the beginning of a line four of these would make a block of code
_ALIGN: Final = {"left": ":--", "right": "--:", "centre": ":-:"}


def render(report: Report) -> bytes:
    """The report as UTF-8."""
    refuse_large(report)
    layout = place(report)
    parts = _head(report)
    if report.cover and layout.contents():
        parts.append(_contents(layout, report.language))
    parts += [_block(placed, layout, report.language) for placed in layout.placed]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8")


def escape(text: str) -> str:
    """``text`` so that Markdown shows it as it is; it stays on its lines."""
    text = _ALWAYS.sub(r"\\\1", clean(text))
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text)
    return _LINE_START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    blank, sign = match.groups()
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def _head(report: Report) -> list[str]:
    parts = [f"# {escape(one_line(report.title))}"]
    if report.subtitle:
        parts.append(f"**{escape(one_line(report.subtitle))}**")
    made = " · ".join(
        part
        for part in (
            escape(one_line(report.author)),
            date_text(report.created, report.language) if report.created else "",
        )
        if part
    )
    parts += [made, *(escape(one_line(fact)) for fact in report.facts)]
    if report.notice:
        parts.append(f"*{escape(one_line(report.notice))}*")
    return parts


def _contents(layout: Layout, language: Language) -> str:
    with use_language(language):
        lines = [f"**{_('Contents')}**", ""]
    for placed in layout.contents():
        assert isinstance(placed.block, Section)
        title = escape(one_line(placed.block.title))
        lines.append(f"{'   ' * (placed.level - 1)}- [{placed.number} {title}](#{placed.ident})")
    return "\n".join(lines)


def _block(placed: Placed, layout: Layout, language: Language) -> str:
    block: Block = placed.block
    match block:
        case Section():
            marks = "#" * min(placed.level + 1, 6)
            title = escape(one_line(block.title))
            anchor = f'<a id="{placed.ident}"></a>\n\n' if placed.number else ""
            return f"{anchor}{marks} {placed.number} {title}" if placed.number else f"{marks} {title}"
        case Paragraph():
            return _inline(block.runs, layout)
        case Note():
            return f"<small>{_inline(block.runs, layout)}</small>"
        case Quote():
            return _quote(block, language)
        case BulletList():
            return _list(block, layout)
        case Numbered():
            return _numbered(block, layout)
        case Table() | Tree():
            return _table(
                block if isinstance(block, Table) else as_table(block, language, guids=True), placed, layout
            )
        case Transcript():
            return markdown(block, escape, prefix=_prefix(placed, layout))
        case Figure():
            caption = f"**{placed.label}:** {escape(one_line(block.caption))}"
            alt = escape(one_line(block.alt))
            return f'<a id="{placed.ident}"></a>\n\n{caption}' + (f" ({alt})" if alt else "")


def _prefix(placed: Placed, layout: Layout) -> str:
    """What tells the footnotes of a transcript from those of others before it."""
    before = layout.placed[: layout.placed.index(placed)]
    number = sum(isinstance(one.block, Transcript) for one in before)
    return f"{number + 1}-" if number else ""


def _inline(runs: Runs, layout: Layout, *, brk: str = "\\\n") -> str:
    pieces = []
    for run in runs:
        text = escape(layout.text(run))
        core = text.strip()
        if core:
            start = text.index(core)
            before, after = text[:start], text[start + len(core) :]
            core = f"*{core}*" if run.italic else core
            core = f"**{core}**" if run.bold or run.placeholder else core
            target = layout.target(run)
            core = f"[{core}](#{target.ident})" if target else core
            text = before + core + after
        pieces.append(text)
    return "".join(pieces).strip(_WHITE).replace("\n", brk)


def _quote(quote: Quote, language: Language) -> str:
    text = escape(quoted(quote.text, language)).lstrip(_WHITE)
    if quote.citation:
        text += f" ({escape(one_line(quote.citation))})"
    return "\n".join(f"> {line}" for line in text.replace("\n", "\\\n").split("\n"))


def _numbered(block: Numbered, layout: Layout) -> str:
    text = ""
    for line in block.lines:
        number = f"**{escape(one_line(line.number))}** " if line.number else ""
        text += ("\\\n" if line.joined else "\n\n") if text else ""
        text += number + _inline(line.runs, layout)
    return text


def _list(block: BulletList, layout: Layout) -> str:
    lines: list[str] = []
    sign = "1." if block.ordered else "-"
    level = -1
    for item in block.items:
        level = min(item.level, level + 1)  # one that hangs deeper on nothing would be a block of code
        pad = "   " * level
        lines.append(f"{pad}{sign} {_inline(item.runs, layout, brk=' ')}")
    return "\n".join(lines)


def _table(table: Table, placed: Placed, layout: Layout) -> str:
    lines = []
    if placed.number:
        caption = escape(one_line(table.caption))
        lines += [f'<a id="{placed.ident}"></a>', "", f"**{placed.label}:** {caption}", ""]
    titles = [escape(one_line(column.title)) for column in table.columns]
    lines.append("| " + " | ".join(titles) + " |")
    lines.append("| " + " | ".join(_ALIGN[column.align] for column in table.columns) + " |")
    lines += ["| " + " | ".join(_cells(row, layout)) + " |" for row in table.rows]
    return "\n".join(lines)


def _cells(row: tuple[Cell, ...], layout: Layout) -> list[str]:
    cells = []
    for one in row:
        text = _inline(one.runs, layout, brk="<br>")
        cells.append("&emsp;" * one.indent + text)
        cells += [""] * (one.span - 1)
    return cells
