"""The parsers of other people's formats are imported where a document is parsed, nowhere else."""

import subprocess
import sys

LOOK = """
import sys
from coach.documents import DocumentError, pasted, reading
pasted("A letter.")
try:
    reading.recognised(b"PK\\x05\\x06" + bytes(18), "letter.docx")
except DocumentError:
    pass
print(sorted({"lxml", "pypdfium2", "striprtf"} & set(sys.modules)))
"""


def test_a_process_that_parses_nothing_has_no_parser_in_memory():
    look = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert look.stdout.strip() == "[]"
