"""Builds the proofreader's English data: python -m coach.proofread.build SOURCES OUT.

SOURCES holds what docs/licences.md lists, unpacked: `us` and `gb` (Hunspell), `general`
(frequency lists), `terms` (word lists, one entry a line), `large` (SCOWL's lists), `names.txt`,
`corpus` (one folder a documentation package) and `prose` (one folder a repository of handbooks,
proposals and posts). It needs no network and takes some minutes; nothing of it runs at install or
later.
"""

import sys
from itertools import chain
from pathlib import Path

from coach.proofread.build import confusions, corpus, counts, lexicon
from coach.proofread.lexicon import Lexicon


def main(sources: Path, out: Path) -> None:
    """Writes every data file that isn't written by hand."""
    out.mkdir(parents=True, exist_ok=True)
    documentation, prose = (_packages(sources / name) for name in ("corpus", "prose"))
    technical = counts.Counts()
    for paragraphs in [*documentation, *prose]:
        technical.add(paragraphs)
    general = counts.general_words(sources / "general/words.txt")
    pairs = counts.general_pairs(sources / "general/pairs.txt")
    lexicon.build(sources, technical, general, pairs, out)
    confusions.build(chain(*prose), chain(*documentation), Lexicon(out), out)


def _packages(folder: Path) -> list[list[str]]:
    return [list(corpus.paragraphs(package)) for package in sorted(folder.iterdir())]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
