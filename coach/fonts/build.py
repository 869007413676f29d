# pyright: basic
"""Builds the fonts of this folder and their widths: python -m coach.fonts.build REGULAR BOLD.

REGULAR and BOLD are the static TrueType files of Inter that docs/licences.md names. Latin,
Cyrillic and punctuation stay, hinting and every layout feature go: without kerning and ligatures
a text is as wide as the sum of its characters, which is what the pictures measure. It runs when
the fonts change, never at install or later, and is the only importer of fontTools.
"""

import json
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from coach.fonts import UNITS, WEIGHTS

FOLDER = Path(__file__).parent

KEPT = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x24F),  # Latin-1 without the soft hyphen, Latin Extended
    (0x400, 0x482),
    (0x48A, 0x52F),  # Cyrillic without its combining marks
    (0x1E00, 0x1EFF),  # Vietnamese names
    (0x2009, 0x200A),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x20AC, 0x20AC),
    (0x20BD, 0x20BD),
    (0x2116, 0x2116),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)


def main(sources: dict[str, Path]) -> None:
    """Writes a font file for each weight, and advances.json."""
    for weight, source in sources.items():
        cut(source, FOLDER / f"inter-{weight}.ttf")
    table = {weight: widths(FOLDER / f"inter-{weight}.ttf") for weight in sources}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "advances.json").write_text(text + "\n", "utf-8")


def cut(source: Path, target: Path) -> None:
    """The font with the characters KEPT and nothing that moves them."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern", "DSIG", "STAT"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    subsetter.subset(font)
    font.save(target)


def widths(file: Path) -> dict[str, int]:
    """The advance of every character of a font, in UNITS, rounded up."""
    font: Any = TTFont(file)
    per_em = font["head"].unitsPerEm
    glyphs = font["hmtx"].metrics
    return {
        chr(code): -(-glyphs[glyph][0] * UNITS // per_em)
        for code, glyph in sorted(font.getBestCmap().items())
    }


if __name__ == "__main__":
    main(dict(zip(WEIGHTS, map(Path, sys.argv[1:]), strict=True)))
