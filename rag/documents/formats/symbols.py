"""Fonts whose letters are pictures (Symbol, Wingdings): what a reader sees of each."""

from __future__ import annotations

import re

UNKNOWN = "\ufffd"
"""Written for a sign that is not known."""

_SYMBOL = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐―↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)


def _pairs(line: str) -> dict[int, str]:
    """``20␠ 21✏``: codes with what they show."""
    return {int(pair[:2], 16): pair[2:] for pair in line.split()}


_WINGDINGS = {
    0x20: " ",
    **_pairs(
        "21✏ 22✂ 28☎ 2A✉ 41✌ 43👍 44👎 45☜ 46☞ 47☝ 48☟ 4A☺ 4C☹ 4E☠ 50⚐ 52☼ 58✠ 59✡ 5B☯ 6C● 6D❍ 6E■ 6F□ 71❑ "
        "72❒ 73⬧ 74⧫ 75◆ 76❖ 77⬥ 78☒ 9E· 9F• A0▪ A1○ A4◉ A7▪ A8□ AA✦ AB★ AC✶ D5⌫ D8➢ DC➲ DF← E0→ E1↑ E2↓ E3↖ "
        "E4↗ E5↙ E6↘ E7← E8➔ E9↑ EA↓ EF⇦ F0⇨ F1⇧ F2⇩ F3⬄ F4⇳ F8▪ FB✗ FC✓ FD☒ FE☑ 9C❧ 80⓪ 81① 82② 83③ 84④ "
        "85⑤ 86⑥ 87⑦ 88⑧ 89⑨ 8A⑩ 8B⓿ 8C❶ 8D❷ 8E❸ 8F❹ 90❺ 91❻ 92❼ 93❽ 94❾ 95❿"
    ),
}
_WINGDINGS_2 = _pairs("4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 96● 97• 98◌ 99○ 9F■ A0■ A2□ A3□ A6◆")
_WINGDINGS_3 = _pairs("66← 67→ 68↑ 69↓ 6A↖ 6B↗ 6C↙ 6D↘ 70▲ 71▼ 74◀ 75▶ 7C◀ 7D▶ 84◂ 85▸")
_WEBDINGS = _pairs("34▶ 33◀ 35▲ 36▼ 61✓ 72✗ 63□ 67■ 6E● 65🕭")
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def is_symbolic(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return _family(font) in _FONTS


def shown(text: str, font: str) -> str:
    """What a reader sees of characters set in a font of pictures; :data:`UNKNOWN` where that is not known.

    In any other font only characters of the private range that such fonts use are changed, read
    as Symbol's and then as Wingdings'.
    """
    table = _FONTS.get(_family(font))
    if table is None:
        return _PRIVATE.sub(lambda found: _private(ord(found[0]) - 0xF000), text)
    codes = ((ord(char), ord(char) - 0xF000 if 0xF000 <= ord(char) <= 0xF0FF else ord(char)) for char in text)
    # beyond Latin-1 a program has put the sign itself and another font shows it
    return "".join(table.get(code, UNKNOWN) if code < 0x100 else chr(full) for full, code in codes)


def _family(font: str) -> str:
    return font.strip("'\" ").lower().removesuffix("1").strip() if font else ""


def _private(code: int) -> str:
    return _WINGDINGS.get(code, UNKNOWN) if code in (0xB7, 0xA7, 0xD8, 0xFC) else UNKNOWN
