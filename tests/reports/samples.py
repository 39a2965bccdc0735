"""Reports to render: a small one with every kind of block, and names that try to break out."""

import struct
import zlib
from datetime import UTC, datetime

from qda.reports.model import (
    BulletList,
    Cell,
    Column,
    Figure,
    Item,
    Quote,
    Report,
    Run,
    Section,
    Table,
    Tree,
    TreeNode,
    bullets,
    cell,
    note,
    number,
    paragraph,
    placeholder,
    reference,
    runs,
)

HOSTILE = (
    "=1+1",
    "+49 171",
    "-ja",
    "@SUM(A1)",
    '<script>alert("x")</script>',
    '"; DROP TABLE code; --',
    "a\x00b\x08c\ufffe",
    "Freude 🙂 am 𝔘mlaut",
    "שלום עולם",
    "مرحبا بالعالم",
    "a|b\\|c `d` *e* [f](javascript:g) <img src=x onerror=h>",
    "]]> &amp; &lt; %% {{ 7*7 }} {% raw %}",
    '<a href="http://example.org/">aus</a>',
    "Zeile 1\nZeile 2\r\nZeile 3",
    "\ud800 halbes Zeichen",
)


def png(width: int = 600, height: int = 300) -> bytes:
    """A white picture at 300 dpi."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = struct.pack(">IIB", 11_811, 11_811, 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"pHYs", dots)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    b'<script>alert(1)</script><rect id="r" width="9" height="9" onclick="alert(2)" fill="url(#g)"/>'
    b'<use xlink:href="#r"/><image href="http://example.org/x.png"/>'
    b'<style>@import "http://example.org/s.css";</style></svg>'
)


def sample(names: tuple[str, ...] = ("Netzwerkpflege", "Mittel", "Rückhalt")) -> Report:
    """A report with every kind of block, in which ``names`` stand everywhere."""
    nodes = tuple(
        TreeNode(
            name, f"guid-{index}", (index, 0), name, "#24588A", index == 0, (TreeNode("Kind", f"k{index}"),)
        )
        for index, name in enumerate(names)
    )
    rows = tuple(
        (cell(name, colour="#327469", indent=1), number(index), cell(name))
        for index, name in enumerate(names)
    )
    table = Table(
        (Column("Code"), Column("Count", "right", 0.4), Column(names[0])),
        (((Cell(runs(Run("Group", bold=True)), span=3),)), *rows),
        f"Counts of {names[0]}",
        "counts",
    )
    first = Section(
        "Categories",
        (
            note("31 segments"),
            paragraph(
                "See ", reference("counts"), ", ", reference("picture"), " and ", reference("core"), "."
            ),
            paragraph(*names, placeholder("give reasons")),
            Section("Definition", (paragraph("No number."),), numbered=False),
            *(
                Section(name, (Quote(name, f"Interview {index}, Abs. 34"),))
                for index, name in enumerate(names)
            ),
        ),
    )
    second = Section(
        "Core",
        (
            table,
            bullets(*names),
            BulletList((Item(runs("one")), Item(runs("inner"), 1), Item(runs("two"))), ordered=True),
            Figure(f"Figure of {names[0]}", names[0], png(), SVG, 100, "picture"),
            Tree(nodes, "Code tree", ("All", "A"), "tree"),
        ),
        anchor="core",
        landscape=True,
    )
    return Report(
        title=names[0],
        language="en",
        blocks=(first, second, Section("End", (paragraph("Last."),))),
        subtitle=names[-1],
        author="M. Koch",
        created=datetime(2026, 3, 14, 12, tzinfo=UTC),
        notice="Invented teaching study",
        facts=names[:2],
    )
