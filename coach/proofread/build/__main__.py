"""Builds the proofreader's English data: python -m coach.proofread.build SOURCES OUT.

SOURCES holds what docs/licences.md lists, unpacked: `us` and `gb` (Hunspell), `general`
(frequency lists), `terms` (word lists, one entry a line), `corpus` (one folder a documentation
package). It needs no network and takes a few minutes; nothing of it runs at install or later.
"""

import sys
from pathlib import Path

from coach.proofread.build import corpus, counts, lexicon


def main(sources: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    technical = counts.Counts()
    for folder in sorted((sources / "corpus").iterdir()):
        technical.add(corpus.paragraphs(folder))
    general = counts.general_words(sources / "general/words.txt")
    pairs = counts.general_pairs(sources / "general/pairs.txt")
    lexicon.build(sources, technical, general, pairs, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
