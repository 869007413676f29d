"""How a command ends: its exit status, and the sentence that says why."""

DONE = 0
UNUSABLE_DOCUMENT = 1
WRONG_USAGE = 2


class Stop(Exception):
    """Ends the command with a sentence on stderr that says what to do."""

    def __init__(self, sentence: str, status: int = WRONG_USAGE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
