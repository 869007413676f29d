"""The commands: `python -m bot COMMAND`.

Each command imports what it needs when it runs, so that `review` and `proofread` never wait for
Telegram's library.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from bot.importing import import_aiogram
from bot.settings import SettingsError, load_settings
from bot.terminal.stops import DONE, WRONG_USAGE, Stop
from storage import StoreError

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What takes up a command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns its exit status: 0 done, 1 the document could not be used,
    2 wrong usage or settings."""
    arguments = parser().parse_args(argv)
    try:
        return arguments.command(arguments)
    except Stop as stop:
        print(stop.sentence, file=sys.stderr)
        return stop.status
    except (SettingsError, StoreError) as problem:
        print(problem, file=sys.stderr)
        return WRONG_USAGE
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nothing is left to say
        return DONE
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command with its options, as INTERFACES and the README promise them."""
    top = argparse.ArgumentParser(
        prog="python -m bot", description="Sogood, a career coach that lives in Telegram."
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for add in (_add_bot, _add_letters, _add_care, _add_requests, _add_eval):
        add(commands)
    return top


def _add_bot(commands: Commands) -> None:
    run = commands.add_parser("run", help="the bot: long polling, or a webhook with WEBHOOK_URL")
    run.set_defaults(command=_run)

    play = commands.add_parser("try", help="the same bot in a local chat page; no token, no key")
    play.add_argument("--port", type=_port, default=8080, help="the page's port (8080; 0: any)")
    play.add_argument("--no-browser", action="store_true", help="don't open a browser")
    play.add_argument("--fresh", action="store_true", help="forget what was tried before")
    play.set_defaults(command=_try)


def _add_letters(commands: Commands) -> None:
    review = commands.add_parser("review", help="review one letter in the terminal")
    review.add_argument("file", metavar="FILE", help="the letter; - for standard input")
    review.add_argument("--posting", metavar="FILE", help="the posting to hold it against")
    review.add_argument("--json", action="store_true", help="print the review as JSON")
    review.add_argument("--out", metavar="DIR", type=Path, help="write the corrected copies here")
    review.add_argument("--offline", action="store_true", help="house rules only, no model")
    review.set_defaults(command=_review)

    proofread = commands.add_parser("proofread", help="find slips in many texts")
    proofread.add_argument("file", metavar="FILE.jsonl", help='rows {"id","text"}; - for stdin')
    proofread.set_defaults(command=_proofread)


def _add_care(commands: Commands) -> None:
    doctor = commands.add_parser("doctor", help="check settings, database, Telegram, model, …")
    doctor.add_argument("--json", action="store_true", help="print the checks as JSON")
    doctor.set_defaults(command=_doctor)

    backup = commands.add_parser("backup", help="a consistent copy of the database, while it runs")
    backup.add_argument("file", metavar="FILE", type=Path, help="where to write the copy")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="put a backup in the place of the database")
    restore.add_argument("file", metavar="FILE", type=Path, help="the backup")
    restore.set_defaults(command=_restore)

    moving = commands.add_parser("move", help="everything from one database into an empty one")
    moving.add_argument("source", metavar="SOURCE", help="such as sqlite:///data/sogood.db")
    moving.add_argument("target", metavar="TARGET", help="such as postgresql://user@host/sogood")
    moving.set_defaults(command=_move)

    fit = commands.add_parser("fit", help="FSRS weights of their own for people they help")
    fit.set_defaults(command=_fit)


def _add_requests(commands: Commands) -> None:
    export = commands.add_parser("export", help="all that is kept about a person, as an archive")
    export.add_argument("person", metavar="ID", type=int, help="their Telegram number")
    export.add_argument("folder", metavar="DIR", type=Path, help="where to write it")
    export.set_defaults(command=_export)

    forget = commands.add_parser("forget", help="delete everything about a person")
    forget.add_argument("person", metavar="ID", type=int, help="their Telegram number")
    forget.add_argument("--yes", action="store_true", help="really")
    forget.set_defaults(command=_forget)


def _add_eval(commands: Commands) -> None:
    evaluate = commands.add_parser("eval", help="how well the rules and the model read letters")
    evaluate.add_argument(
        "--set",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        dest="sets",
        help="a folder of critiques by hand or of hostile letters (ours; may be repeated)",
    )
    evaluate.add_argument(
        "--letters",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="where the letters lie that the critiques name (beside them)",
    )
    evaluate.add_argument(
        "--good",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="a folder of letters that need nothing (ours, when no other folder is named)",
    )
    evaluate.add_argument("--offline", action="store_true", help="house rules only, no model")
    evaluate.add_argument(
        "--runs", metavar="N", type=_count, help="readings of each letter (model 3, rules 1)"
    )
    evaluate.add_argument("--json", metavar="FILE", help="write the figures here; - for stdout")
    evaluate.add_argument(
        "--compare", metavar="FILE", type=Path, help="show the change since these figures"
    )
    evaluate.add_argument(
        "--history",
        metavar="FILE",
        type=Path,
        help="where runs are kept, to be compared with the last one (data/evaluations.jsonl)",
    )
    evaluate.set_defaults(command=_eval)


def _count(text: str) -> int:
    """A number of times."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 on")
    return int(text)


def _port(text: str) -> int:
    """A port; 0 is any."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port from 0 to 65535")
    return int(text)


def _run(_arguments: argparse.Namespace) -> int:
    settings = load_settings()
    settings.needed_token()  # what is missing is said before seconds of imports
    import_aiogram()
    from bot.terminal.running import run

    return run(settings)


def _try(arguments: argparse.Namespace) -> int:
    import_aiogram()
    from bot.terminal.trying import try_out

    return try_out(arguments.port, browser=not arguments.no_browser, fresh=arguments.fresh)


def _review(arguments: argparse.Namespace) -> int:
    from bot.terminal.review import review

    return review(
        arguments.file,
        posting=arguments.posting,
        as_json=arguments.json,
        out=arguments.out,
        offline=arguments.offline,
    )


def _proofread(arguments: argparse.Namespace) -> int:
    from bot.terminal.proofread import proofread

    return proofread(arguments.file)


def _doctor(arguments: argparse.Namespace) -> int:
    from bot.terminal.doctor import doctor

    return doctor(as_json=arguments.json)


def _restore(arguments: argparse.Namespace) -> int:
    from bot.terminal.restore import restore

    return restore(arguments.file)


def _backup(arguments: argparse.Namespace) -> int:
    from bot.terminal.backup import backup

    return backup(arguments.file)


def _move(arguments: argparse.Namespace) -> int:
    from bot.terminal.move import move

    return move(arguments.source, arguments.target)


def _export(arguments: argparse.Namespace) -> int:
    import_aiogram()
    from bot.terminal.requests import export

    return export(arguments.person, arguments.folder)


def _forget(arguments: argparse.Namespace) -> int:
    import_aiogram()
    from bot.terminal.requests import forget

    return forget(arguments.person, sure=arguments.yes)


def _fit(_arguments: argparse.Namespace) -> int:
    from bot.terminal.fit import fit_all

    return fit_all()


def _eval(arguments: argparse.Namespace) -> int:
    from bot.terminal.evaluate import evaluate
    from bot.terminal.evaluation.history import HISTORY

    return evaluate(
        arguments.sets,
        letters=arguments.letters,
        good=arguments.good,
        offline=arguments.offline,
        runs=arguments.runs,
        out=arguments.json,
        compare=arguments.compare,
        history=arguments.history or HISTORY,
    )


if __name__ == "__main__":
    sys.exit(main())
