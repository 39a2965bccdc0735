"""The colours of the window, light and dark, and the one place where they are put on.

Colour belongs to codes alone. A code stores the *index* of its colour (1–12); the theme chooses the
value, so that a project looks right in either. All pairs of text and ground keep WCAG's AA contrast,
which a test computes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

Scheme = Literal["system", "light", "dark"]
Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Colours as ``#RRGGBB``; ``codes[0]`` is the colour of index 1."""

    dark: bool
    window: str
    panel: str
    paper: str
    separator: str
    quiet_frame: str
    control_frame: str
    text: str
    secondary: str
    minor: str
    accent: str
    on_accent: str
    list_selection: str
    hover: str
    text_selection: str
    notice: str
    notice_ground: str
    verified: str
    codes: tuple[str, ...]
    tint: float  # share of the code's colour over paper


LIGHT: Final = Tokens(
    dark=False,
    window="#EDECE8",
    panel="#F6F5F2",
    paper="#FFFEFC",
    separator="#DDDAD3",
    quiet_frame="#C4C0B7",
    control_frame="#8A867E",
    text="#20242A",
    secondary="#494E56",
    minor="#5F646C",
    accent="#24588A",
    on_accent="#FFFFFF",
    list_selection="#E6EEF6",
    hover="#ECEBE6",
    text_selection="#BCD3EA",
    notice="#8A4B00",
    notice_ground="#FBF0DC",
    verified="#2D6440",
    codes=(
        *("#703E47", "#026619", "#9C8604", "#826C3D", "#9D3A07", "#37996E"),
        *("#327469", "#033C4A", "#422382", "#8B3D8F", "#C45F9F", "#670634"),
    ),
    tint=0.16,
)
DARK: Final = Tokens(
    dark=True,
    window="#16181A",
    panel="#1B1D1F",
    paper="#1F2124",
    separator="#33363A",
    quiet_frame="#474B50",
    control_frame="#7C8188",
    text="#E2DFD9",
    secondary="#B4B7BC",
    minor="#A0A4AB",
    accent="#8AB8E6",
    on_accent="#10202F",
    list_selection="#253646",
    hover="#26292C",
    text_selection="#2F5377",
    notice="#E6B36A",
    notice_ground="#332A1B",
    verified="#8CC79E",
    codes=(
        *("#C29F94", "#8BA65B", "#997C2A", "#D2BA7A", "#C0725A", "#3F9B76"),
        *("#29A5B6", "#628793", "#8A75BA", "#AE8ED4", "#DE9BD0", "#F4B4B8"),
    ),
    tint=0.22,
)
NEXT_COLOURS: Final = (7, 9, 3, 5, 12, 8, 11, 2, 10, 4, 6, 1)
DEEPER: Final = 1.6  # under the pointer, for the selected coding, and where one colour lies twice
_MOST_BLENDED: Final = 3


def tokens(dark: bool) -> Tokens:
    """The theme for a light or a dark surrounding."""
    return DARK if dark else LIGHT


def tokens_of(widget: QWidget) -> Tokens:
    """The theme that ``widget`` is shown in, read from its palette."""
    return tokens(widget.palette().color(QPalette.ColorRole.Text).lightness() > 128)


def next_colour(used: Iterable[int]) -> int:
    """The index for a new category: the least used one, in the order that keeps neighbours apart."""
    counts = dict.fromkeys(NEXT_COLOURS, 0)
    for index in used:
        if index in counts:
            counts[index] += 1
    return min(NEXT_COLOURS, key=lambda index: counts[index])


@cache
def code_colour(index: int, dark: bool) -> QColor:
    """The colour of a code for bracket and chip. Indices beyond 12 begin again; 0 is neutral."""
    theme = tokens(dark)
    if index <= 0:
        return QColor(theme.minor)
    return QColor(theme.codes[(index - 1) % len(theme.codes)])


def tint(colours: Sequence[int], dark: bool, *, deeper: bool = False) -> QColor:
    """The ground under coded text, opaque, where codes of these colour indices overlap.

    One: its tint. Two or three: the mean. One colour several times: deeper. More: grey.
    """
    return _tint(tuple(sorted(colours)), dark, deeper)


@cache
def _tint(colours: tuple[int, ...], dark: bool, deeper: bool) -> QColor:
    theme = tokens(dark)
    share = theme.tint
    distinct = set(colours)
    if deeper or (len(colours) > 1 and len(distinct) == 1):
        share *= DEEPER
    if len(distinct) > 1 and len(colours) > _MOST_BLENDED:
        return _over(_rgb(QColor(theme.minor)), theme, share)
    parts = [_rgb(code_colour(index, dark)) for index in colours]
    red, green, blue = (round(sum(channel) / len(parts)) for channel in zip(*parts, strict=True))
    return _over((red, green, blue), theme, share)


def _over(colour: Rgb, theme: Tokens, share: float) -> QColor:
    paper = _rgb(QColor(theme.paper))
    mixed = [round(ground + (top - ground) * share) for ground, top in zip(paper, colour, strict=True)]
    return QColor(*mixed)


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The contrast ratio after WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette(theme: Tokens) -> QPalette:
    """The theme as Qt's palette; item views take their selection from ``Highlight``."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for which, value in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.text),
        (role.Button, theme.paper),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.on_accent),
        (role.ToolTipBase, theme.paper),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.minor),
        (role.Highlight, theme.list_selection),
        (role.HighlightedText, theme.text),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Accent, theme.accent),
        (role.Light, theme.panel),
        (role.Midlight, theme.separator),
        (role.Mid, theme.quiet_frame),
        (role.Dark, theme.control_frame),
        (role.Shadow, theme.control_frame),
    ):
        made.setColor(which, QColor(value))
    made.setColor(group.Inactive, role.Highlight, QColor(theme.separator))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(group.Disabled, which, QColor(theme.control_frame))
    return made


def apply(app: QApplication, dark: bool) -> None:
    """Puts the theme on the whole application, if it does not wear it. The system's font stays."""
    from qda.ui.stylesheet import style_sheet

    theme = tokens(dark)
    if (app.styleSheet(), app.palette()) == (style_sheet(theme), palette(theme)):
        return  # putting it on again would lay out every window anew
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def system_is_dark(app: QApplication) -> bool:
    """What the system asks for; light where it does not say."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def follow(app: QApplication, scheme: Scheme) -> Callable[[], None]:
    """Puts on ``scheme`` and, for "system", follows the system from now on; call the result to stop."""

    def put_on() -> None:
        apply(app, system_is_dark(app) if scheme == "system" else scheme == "dark")

    put_on()
    if scheme != "system":
        return lambda: None
    changed = app.styleHints().colorSchemeChanged
    changed.connect(put_on)
    return lambda: _stop(changed, put_on)


def _stop(changed: SignalInstance, slot: Callable[[], None]) -> None:
    changed.disconnect(slot)
