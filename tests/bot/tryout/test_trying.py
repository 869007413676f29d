"""The command `try`: one folder has one try-out."""

from bot.__main__ import main
from storage.presence import present


def test_two_try_outs_dont_share_a_folder(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    with present(tmp_path / "data" / "try") as other:
        other.let_others_in()

        assert main(["try", "--port", "0", "--no-browser"]) == 2
    assert "another folder" in capsys.readouterr().err
