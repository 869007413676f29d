"""Presence: one process at a time may set things right, then they work side by side."""

from storage.presence import present


def test_the_first_one_is_alone_until_it_lets_others_in(tmp_path):
    database = tmp_path / "bot.db"
    with present(database) as first:
        assert first.alone
        first.let_others_in()
        with present(database) as second:
            assert not second.alone


def test_when_everybody_has_gone_the_next_is_alone_again(tmp_path):
    database = tmp_path / "bot.db"
    for _ in range(2):
        with present(database) as someone:
            assert someone.alone
