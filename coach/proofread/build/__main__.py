"""Builds the proofreader's English data: python -m coach.proofread.build SOURCES OUT.

SOURCES holds what docs/licences.md lists, unpacked: `us` and `gb` (Hunspell), `general`
(frequency lists), `terms` (word lists, one entry a line), `names.txt`, and `corpus` (one folder
a documentation package). It needs no network and takes some minutes; nothing of it runs at
install or later.
"""

import sys
from pathlib import Path

from coach.proofread.build import confusions, corpus, counts, lexicon
from coach.proofread.lexicon import Lexicon


def main(sources: Path, out: Path) -> None:
    """Writes every data file that isn't written by hand."""
    out.mkdir(parents=True, exist_ok=True)
    packages = [
        list(corpus.paragraphs(folder)) for folder in sorted((sources / "corpus").iterdir())
    ]
    technical = counts.Counts()
    for paragraphs in packages:
        technical.add(paragraphs)
    general = counts.general_words(sources / "general/words.txt")
    pairs = counts.general_pairs(sources / "general/pairs.txt")
    lexicon.build(sources, technical, general, pairs, out)
    prose = (paragraph for paragraphs in packages for paragraph in paragraphs)
    confusions.build(prose, Lexicon(out), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
