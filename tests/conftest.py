"""Which database engines a test runs on: SQLite always, PostgreSQL where it tells us something;
and how hypothesis looks for examples: the same in each run, however busy the machine is.
`HYPOTHESIS_PROFILE=explore make test` looks for new ones."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from storage.engines import engine_of
from tests.fakes import postgres

settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

SQLITE, POSTGRES = "sqlite", "postgres"

TWICE = frozenset(
    {
        *("cards", "cohort_week", "digest", "export", "giving", "group_reminders", "letter"),
        *("membership", "pairing", "quiz", "shelf", "study", "versions"),
    }
)
"""The dialogs that run on PostgreSQL in every run: those in which most tables meet. Each
statement by itself runs there in tests/storage, and all dialogs in `make test-postgres`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        choices=("some", "all", "none"),
        default="some",
        help="what runs on PostgreSQL as well: tests/storage and some of the dialogs (some), "
        "every dialog (all), nothing (none)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs an `engine` is run once for each."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", _engines(metafunc), indirect=True, scope="session")


def _engines(metafunc: pytest.Metafunc) -> list[str]:
    wanted = metafunc.config.getoption("--postgres")
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if wanted == "none" or "sqlite" in marks:
        return [SQLITE]
    path = metafunc.definition.path
    subject = path.stem.removeprefix("test_").removesuffix("_dialog")
    some = path.parent.name == "storage" or ("handlers" in path.parts and subject in TWICE)
    return [SQLITE, POSTGRES] if wanted == "all" or some else [SQLITE]


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine that a test runs on."""
    if request.param == POSTGRES and (reason := postgres.missing()):
        pytest.skip(reason)
    return request.param


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One for all tests of a process."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: postgres.Server) -> Iterator[postgres.Tables]:
    """A database with its tables, that the tests of a process use one after the other."""
    url = postgres_server.fresh()
    engine_of(url).upgrade()
    with postgres.tables(url) as tables:
        yield tables


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with its tables and nothing in them, to be copied: that takes a tenth of the time of
    taking every step anew."""
    path = tmp_path_factory.mktemp("tables") / "store.db"
    engine_of(f"sqlite:///{path}").upgrade()
    return path


@pytest.fixture
def database_url(
    engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a store that holds nothing yet, and that no power cut has to spare."""
    if engine == SQLITE:
        monkeypatch.setattr("storage.sqlite.SYNCHRONOUS", "OFF")
        with TemporaryDirectory(prefix="sogood-") as folder:
            yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_tables'), folder)}"
        return
    tables: postgres.Tables = request.getfixturevalue("postgres_tables")
    yield tables.url
    tables.empty()
