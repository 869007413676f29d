"""Whether a rewrite sounds like its writer: their marks, their contractions, the length of their
sentences, and no worn phrase that they have not used."""

import re

from coach.rules import phrases

LONGEST_SENTENCE = 30
"""Words; a longer sentence is the writer's own way only if the letter has one about as long."""

LONGER = 1.3
"""How much longer than the letter's longest sentence the longest of a rewrite may be."""

LEAST_WORDS = 60
"""Words of a letter from which on what it lacks tells something about its writer."""

SENTENCE = re.compile(r"(?<=[.!?…])[\"”»]?\s+|\n\s*\n")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
CONTRACTED = re.compile(r"(?i)\b(?:\w+n['’]t|i['’]m|\w+['’](?:ve|ll|re))\b")
WHOLE = {
    "can't": "cannot",
    "won't": "will not",
    "n't": " not",
    "i'm": "I am",
    "'ve": " have",
    "'ll": " will",
    "'re": " are",
}


def worn(replacement: str, letter: str) -> bool:
    """Whether it brings a worn phrase that the letter hasn't."""
    return bool(_worn(replacement) - _worn(letter))


def _worn(text: str) -> set[str]:
    return {found.entry for found in phrases.find("cliches", text, phrases.words(text))}


def breathless(replacement: str, letter: str) -> bool:
    """Whether it has a sentence much longer than any of the letter's."""
    longest = max(LONGEST_SENTENCE, LONGER * longest_sentence(letter))
    return longest_sentence(replacement) > longest


def longest_sentence(text: str) -> int:
    """Words of the longest sentence."""
    return max(len(WORD.findall(sentence)) for sentence in SENTENCE.split(text))


def mean_sentence(text: str) -> float:
    """Words of the mean sentence."""
    sentences = [len(WORD.findall(sentence)) for sentence in SENTENCE.split(text)]
    return sum(sentences) / len(sentences)


def in_their_marks(replacement: str, letter: str) -> str:
    """The rewrite with the letter's own apostrophes, quotation marks and dashes, ё where the
    letter has it, and contractions only where the letter has some."""
    said = _apostrophes(_dashes(_quotes(replacement, letter), letter), letter)
    if "ё" not in letter.casefold() and len(WORD.findall(letter)) >= LEAST_WORDS:
        said = said.replace("ё", "е").replace("Ё", "Е")
    if not CONTRACTED.search(letter) and len(WORD.findall(letter)) >= LEAST_WORDS:
        said = CONTRACTED.sub(lambda match: _whole(match[0]), said)
    return said


def _whole(word: str) -> str:
    low = word.casefold().replace("’", "'")
    for ending, whole in WHOLE.items():
        if low == ending:
            return whole.capitalize() if word[0].isupper() else whole
        if low.endswith(ending) and ending[0] in "n'":
            return word[: -len(ending)] + whole
    return word


def _apostrophes(said: str, letter: str) -> str:
    curly, straight = letter.count("’"), len(re.findall(r"(?<=\w)'(?=\w)", letter))
    if curly > straight:
        return re.sub(r"(?<=\w)'(?=\w|\s|$)", "’", said)
    return said.replace("’", "'") if straight else said


PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'))
QUOTED = re.compile(r"[“«„\"]([^“”«»„\"\n]{1,300})[”»“\"]")


def _quotes(said: str, letter: str) -> str:
    used = [pair for pair in PAIRS if pair[0] in letter and pair[1] in letter]
    if not used:
        return said
    first = min(used, key=lambda pair: letter.index(pair[0]))
    return QUOTED.sub(lambda match: first[0] + match[1] + first[1], said)


DASHES = (" — ", " – ", " - ", "—")


def _dashes(said: str, letter: str) -> str:
    used = next((dash for dash in DASHES if dash in letter), None)
    return re.sub(r"\s[—–-]\s|(?<=\w)—(?=\w)", used, said) if used else said
