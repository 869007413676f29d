"""A mark forgets somebody again when a backup comes back, names nobody, and blocks nobody."""

from datetime import timedelta

from storage import forgotten, people, retention

DAY = timedelta(days=1)
NUMBER = 7_912_345_678


def seen(db, *ids, now):
    for id in ids:
        people.seen(db, id=id, language="en", now=now)


def known(db):
    return {row["id"] for row in db.query("SELECT id FROM people")}


def test_whom_a_backup_still_holds_is_forgotten_again_and_the_others_stay(db, now):
    forgotten.add(db, NUMBER, salt="s", now=now)
    forgotten.add(db, 9, salt="t", now=now)
    marks = forgotten.marks(db)
    db.run("DELETE FROM forgotten")  # as a backup from before has none

    seen(db, NUMBER, 8, 9, now=now - DAY)
    assert forgotten.carry(db, marks) == 2
    assert known(db) == {8}
    assert forgotten.marks(db) == marks, "the next backup is told, too"


def test_who_came_back_stays(db, now):
    forgotten.add(db, NUMBER, salt="s", now=now)
    seen(db, NUMBER, now=now + DAY)
    assert forgotten.carry(db, forgotten.marks(db)) == 0
    assert known(db) == {NUMBER}


def test_a_mark_is_not_the_number_and_needs_its_salt(db, now):
    forgotten.add(db, NUMBER, salt="s", now=now)
    [one] = forgotten.marks(db)
    assert str(NUMBER) not in one.mark
    db.run("DELETE FROM forgotten")
    forgotten.add(db, NUMBER, salt="another", now=now)
    assert forgotten.marks(db)[0].mark != one.mark


def test_who_is_forgotten_twice_is_marked_once_with_the_later_day(db, now):
    forgotten.add(db, NUMBER, salt="s", now=now)
    forgotten.add(db, NUMBER, salt="t", now=now + DAY)
    [one] = forgotten.marks(db)
    assert one.at == now + DAY


def test_marks_go_when_no_backup_can_need_them(db, now):
    forgotten.add(db, NUMBER, salt="s", now=now)
    retention.forget_old(db, now + retention.KEPT_MARKS)
    assert forgotten.marks(db)
    retention.forget_old(db, now + retention.KEPT_MARKS + DAY)
    assert not forgotten.marks(db)
