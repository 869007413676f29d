"""The commands as a script calls them: JSON out, one sentence on stderr, exit status."""

import asyncio
import io
import json
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from storage import Store
from tests.fakes.asking import FakeAsk

LETTER = """Dear hiring team,

I am applying for the junior ML engineer role at Nordwind. For two years I have cleaned sensor data
at a small farm-equipment company, and last spring I built a model that predicts wich pumps fail.
I recieve the alerts myself. My number is [phone].

Kind regards,
Sam Example
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, "utf-8")
    return path


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "DEFAULT_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def reviewed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["review", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_review_is_true_to_its_schema_and_anchored(letter, capsys) -> None:
    answer = reviewed(capsys, str(letter))

    assert list(answer) == [
        "document",
        "edits",
        "findings",
        "critique",
        "coverage",
        "plan",
        "usage",
        "notes",
    ]
    assert answer["document"]["text"] == LETTER
    assert answer["document"]["language"] == "en"
    assert {("wich", "which"), ("recieve", "receive")} <= {
        (edit["wrong"], edit["right"]) for edit in answer["edits"]
    }
    for edit in answer["edits"]:
        assert LETTER[edit["start"] : edit["end"]] == edit["wrong"]
    for finding in answer["findings"]:
        assert LETTER[finding["start"] : finding["end"]] == finding["quote"]
    assert "placeholder" in {finding["rule"] for finding in answer["findings"]}
    assert answer["critique"]["engine"] == "house rules"
    assert answer["coverage"] is None
    assert answer["usage"] == {
        "calls": 0,
        "prompt_tokens": 0,
        "cached_tokens": 0,
        "completion_tokens": 0,
    }


def test_a_review_reads_standard_input(letter, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LETTER.encode())))

    assert reviewed(capsys, "-")["document"]["text"] == LETTER


def test_a_posting_brings_coverage(letter, capsys, tmp_path) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_text("You have:\n- experience with sensor data\n- Kubernetes\n", "utf-8")

    coverage = reviewed(capsys, str(letter), "--posting", str(posting))["coverage"]

    assert [row["strength"] for row in coverage][-1] == "missing"
    assert coverage[-1]["quote"] is None
    assert coverage[0]["quote"] in LETTER


def test_out_writes_the_corrected_copy_and_the_critique(letter, capsys, tmp_path) -> None:
    reviewed(capsys, str(letter), "--out", str(tmp_path / "out"))

    corrected = (tmp_path / "out" / "letter-corrected.txt").read_text("utf-8")
    assert corrected == LETTER.replace("wich", "which").replace("recieve", "receive")
    assert "# What a hiring reader will think" in (tmp_path / "out" / "critique.md").read_text()


def test_a_word_document_comes_back_tracked_and_clean(capsys, tmp_path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LETTER.split("\n"))
    source = tmp_path / "letter.docx"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body>{said}</w:body></w:document>',
        )

    reviewed(capsys, str(source), "--out", str(tmp_path / "out"))

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"letter-tracked.docx", "letter-corrected.docx", "critique.md"}
    with zipfile.ZipFile(tmp_path / "out" / "letter-tracked.docx") as archive:
        assert b">recieve</w:delText>" in archive.read("word/document.xml")
        assert b"[phone]" in archive.read("word/document.xml")
        assert b'w:author="Sogood"' in archive.read("word/comments.xml")
    with zipfile.ZipFile(tmp_path / "out" / "letter-corrected.docx") as archive:
        assert b"recieve" not in archive.read("word/document.xml")


def test_an_unusable_document_is_an_error_with_a_code(tmp_path, capsys) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    assert main(["review", str(empty), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "empty"
    assert main(["review", str(empty)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_not_there_is_wrong_usage(capsys) -> None:
    assert main(["review", "nowhere.txt"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err


def test_proofread_answers_row_by_row_in_order(tmp_path, capsys) -> None:
    rows = tmp_path / "rows.jsonl"
    texts = ["We recieve the data every day and we are glad about it.", "All is well here today."]
    rows.write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)))

    assert main(["proofread", str(rows)]) == 0

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["id"] == 0
    (edit,) = first["edits"]
    assert (edit["start"], edit["end"], edit["replacement"]) == (3, 10, "receive")
    assert set(edit) == {"start", "end", "replacement", "kind", "confidence", "ask"}
    assert second == {"id": 1, "edits": []}


def test_a_row_that_is_no_json_is_named(tmp_path, capsys) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "Fine."}\nnonsense\n')

    assert main(["proofread", str(rows)]) == 1
    assert "Row 2" in capsys.readouterr().err


async def opened_once(url: str) -> None:
    await (await Store.open(url, now=datetime(2026, 11, 20, tzinfo=UTC))).close()


def test_wrong_settings_are_told_in_one_sentence(letter, capsys, monkeypatch) -> None:
    monkeypatch.setenv("TICK_SECONDS", "soon")

    assert main(["review", str(letter)]) == 2
    said = capsys.readouterr().err
    assert "TICK_SECONDS" in said
    assert said.count("\n") == 1


def test_a_backup_is_a_copy_and_never_overwrites(tmp_path, capsys, monkeypatch) -> None:
    url = f"sqlite:///{tmp_path}/sogood.db"
    monkeypatch.setenv("DATABASE_URL", url)
    asyncio.run(opened_once(url))

    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert (tmp_path / "copy.db").stat().st_size > 0
    assert main(["backup", str(tmp_path / "copy.db")]) == 2


class Answering(FakeAsk):
    """A model that the command opens and closes."""

    async def close(self) -> None:
        """Closed."""


@pytest.mark.parametrize("given", ["posting", "form"])
def test_with_a_model_its_proof_comes_into_the_coverage(
    given, letter, capsys, tmp_path, monkeypatch
) -> None:
    quote = "I built a model that predicts wich pumps fail"
    rows = [{"number": 1, "quote": quote, "strength": "partial", "advice": "Who uses it?"}]
    ask = Answering()
    ask.enqueue({"confirm": [], "reject": [], "edits": []})
    ask.enqueue({"strengths": [{"quote": quote, "why": "You made it."}], "summary": "A start."})
    ask.enqueue({"rows": rows, "missed": []})
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    monkeypatch.setattr("bot.model.model_of", lambda *_: ask)
    posting = tmp_path / "posting.txt"
    posting.write_text("You have:\n- shipped software that others rely on\n- Kubernetes\n", "utf-8")
    if given == "form":
        heads = ("Knowledge of pipelines", "Experience with statistics", "Understanding of people")
        answers = (f"Last spring {quote}.", "I like it.", "I ask them.")
        parts = [f"## {head}\n\n{said}" for head, said in zip(heads, answers, strict=True)]
        letter.write_text("\n\n".join(parts) + "\n", "utf-8")
    more = ["--posting", str(posting)] if given == "posting" else []

    answer = reviewed(capsys, str(letter), *more)

    assert ask.asked[-1].prompt.id == ("coverage" if given == "posting" else "answers")
    assert quote in answer["coverage"][0]["quote"]
    assert answer["coverage"][0]["strength"] == "partial"
    assert answer["usage"]["calls"] == 3


def test_letter_and_posting_cant_both_come_from_standard_input(capsys) -> None:
    assert main(["review", "-", "--posting", "-"]) == 2
    assert "name a file for the other" in capsys.readouterr().err


def test_of_an_unusable_posting_it_is_said_that_it_is_the_posting(letter, tmp_path, capsys) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    assert main(["review", str(letter), "--posting", str(empty), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "empty"
    assert error["message"].startswith("The posting: ")


def test_a_folder_that_cant_be_written_to_says_what_to_do(letter, capsys) -> None:
    assert main(["review", str(letter), "--out", str(letter)]) == 2
    assert "name another folder" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["99999", "-1", "abc"])
def test_a_port_that_is_none_is_wrong_usage(port, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["try", "--port", port])
    assert stopped.value.code == 2


def test_run_says_at_once_that_the_token_is_missing(capsys, monkeypatch) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setitem(sys.modules, "bot.terminal.running", None)

    assert main(["run"]) == 2
    assert "BOT_TOKEN is missing" in capsys.readouterr().err


def test_the_doctor_lists_settings_that_cant_be_used(capsys, monkeypatch) -> None:
    monkeypatch.setenv("TICK_SECONDS", "soon")

    assert main(["doctor", "--json"]) == 2
    [check] = json.loads(capsys.readouterr().out)
    assert (check["what"], check["ok"]) == ("Settings", False)
    assert check["problem"] == "TICK_SECONDS can't be used"
    assert check["mend"].startswith("write ")


@pytest.mark.parametrize("row", ["5", '{"id": 1}', '{"id": 1, "text": 5}', "[1]", "not json"])
def test_a_row_that_isnt_one_is_named(row, tmp_path, capsys) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(row)

    assert main(["proofread", str(rows)]) == 1
    assert "Row 1 is not JSON" in capsys.readouterr().err


def test_rows_may_begin_with_the_mark_that_windows_writes(tmp_path, capsys) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "We recieve it every day."}', "utf-8-sig")

    assert main(["proofread", str(rows)]) == 0
    [edit] = json.loads(capsys.readouterr().out)["edits"]
    assert edit["replacement"] == "receive"


def test_a_restore_names_the_file_that_is_no_backup(tmp_path, capsys) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"junk" * 1000)

    assert main(["restore", str(junk)]) == 2
    assert "junk.db is no backup" in capsys.readouterr().err


def test_nobody_is_looked_for_in_a_database_that_isnt_there(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")

    assert main(["export", "5", str(tmp_path)]) == 2
    assert "There is no database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_same_blocker_is_told_once_with_all_its_lines(tmp_path, capsys) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER + "\nCall me at [phone] again.\n", "utf-8")

    assert main(["review", str(letter)]) == 0
    first = capsys.readouterr().out.split("# What")[0]
    assert first.count("[phone] is still waiting") == 1
    assert "  5, 10  [phone]" in first


def test_where_nothing_blocks_nothing_is_put_first(tmp_path, capsys) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.replace(" My number is [phone].", ""), "utf-8")

    assert main(["review", str(letter)]) == 0
    assert "Fix first" not in capsys.readouterr().out
