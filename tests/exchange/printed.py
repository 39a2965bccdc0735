"""Small PDFs, printed word by word at given places."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTHS = {"F1": 0.6, "F2": 0.6, "F3": 0.6}  # Courier: every sign is as wide


@dataclass(frozen=True)
class Text:
    """A piece of text: left edge, baseline (points from the bottom), font F1 plain, F2 bold, F3 italic."""

    x: float
    y: float
    text: str
    font: str = "F1"
    size: float = 10
    matrix: str = "1 0 0 1"


def width(text: str, size: float = 10) -> float:
    return 0.6 * size * len(text)


def lines(texts: Sequence[str], *, x: float = 72, top: float = 760, pitch: float = 14) -> list[Text]:
    """Line under line."""
    return [Text(x, top - pitch * at, text) for at, text in enumerate(texts)]


def pdf(*pages: Sequence[Text], catalogue: str = "", before: str = "") -> bytes:
    """A PDF with these pages, nothing compressed; ``before`` opens each page's content."""
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
    ]
    for name in ("Courier", "Courier-Bold", "Courier-Oblique"):
        objects.append(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
    for at, page in enumerate(pages):
        content = before + "\n".join(_shown(piece) for piece in page)
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources"
            "<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>"
            f"/Contents {7 + 2 * at} 0 R>>"
        )
        objects.append(f"<</Length {len(content.encode('cp1252'))}>>stream\n{content}\nendstream")
    return _file(objects)


def _shown(piece: Text) -> str:
    text = piece.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{piece.font} {piece.size} Tf {piece.matrix} {piece.x} {piece.y} Tm ({text}) Tj ET"


def _file(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
