"""What an operator copies: the unit, the image, the proxies hold what the program needs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.app import DRAIN
from bot.settings import Settings, Share

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
ROOMS = ("bot", "handlers", "coach", "prompts", "storage")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def needs(tool: str) -> str:
    found = shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin")
    if found is None:
        pytest.skip(f"needs {tool}")
    return found


def checked(*command: str, **environment: str) -> None:
    done = subprocess.run(
        command,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", read("deploy/sogood.service"), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, each on one line."""
    text = re.sub(r"^#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(" ", 1)) for line in text.splitlines() if line.strip()]  # pyright: ignore


def compose(name: str) -> dict:
    return yaml.safe_load(read(name))


def settings_named(names: list[str]) -> list[str]:
    return [name for name in names if name.lower() in Settings.model_fields]


def test_systemd_takes_the_unit(tmp_path):
    tool = needs("systemd-analyze")
    here = read("deploy/sogood.service").replace("/opt/sogood/.venv/bin/python", sys.executable)
    (tmp_path / "sogood.service").write_text(here, "utf-8")
    checked(tool, "verify", "--man=no", str(tmp_path / "sogood.service"))


def test_the_unit_lets_the_bot_finish_and_start_again_but_not_with_wrong_settings():
    assert int(unit()["TimeoutStopSec"][0]) > DRAIN.total_seconds() + 10
    assert unit()["Restart"] == ["always"]
    assert unit()["RestartPreventExitStatus"] == ["2"]


def test_the_unit_keeps_the_database_where_it_may_write():
    [state] = unit()["StateDirectory"]
    assert f"DATABASE_URL=sqlite:////var/lib/{state}/sogood.db" in unit()["Environment"]


def test_the_image_holds_every_room_and_nothing_that_is_not_there():
    copied = [rest.split()[-2:] for word, rest in instructions() if word == "COPY"]
    assert {source for source, target in copied if source == target and "/" not in source} == set(
        ROOMS
    )
    let_in = re.findall(r"^!(\S+?)/?$", read(".dockerignore"), re.MULTILINE)
    assert set(let_in) == {*ROOMS, "requirements.lock", "requirements-postgres.lock"}
    assert all((ROOT / name).exists() for name in let_in)


def test_the_image_installs_by_the_lock_with_its_hashes():
    run = " ".join(rest for word, rest in instructions() if word == "RUN")
    assert '--require-hashes -r "$REQUIREMENTS"' in run
    assert ("ARG", "REQUIREMENTS=requirements.lock") in instructions()


def test_a_worker_of_a_cluster_has_the_driver_in_its_image():
    cluster = yaml.safe_load(read("compose.cluster.yaml"))["services"]
    chosen = cluster["worker"]["build"]["args"]["REQUIREMENTS"]
    assert "psycopg==" in read(chosen)
    assert "psycopg==" not in read("requirements.lock")
    assert cluster["worker"]["deploy"]["replicas"] >= 2
    assert cluster["worker"]["environment"]["DATABASE_URL"].startswith("postgresql://")


def test_a_cluster_leaves_no_work_to_nobody():
    cluster = yaml.safe_load(read("compose.cluster.yaml"))["services"]
    shares = {
        name: cluster[name]["environment"].get("WORKER_TAKES") for name in ("worker", "reader")
    }
    assert shares == {"worker": Share.CHAT, "reader": Share.READ}
    assert cluster["reader"]["build"] == cluster["worker"]["build"]


def test_the_image_runs_without_rights_and_asks_whether_the_process_is_up():
    told = dict(instructions())
    assert told["USER"] == "sogood"
    assert "/healthz" in told["HEALTHCHECK"]
    assert told["ENTRYPOINT"] == '["python", "-m", "bot"]'


def test_every_setting_of_the_image_and_of_compose_is_one_of_ours():
    in_image = re.findall(r"\b([A-Z_]+)=", dict(instructions())["ENV"])
    assert settings_named(in_image) == ["DATABASE_URL", "WEB_HOST", "WEB_PORT", "LOG_FORMAT"]
    for name in ("compose.yaml", "deploy/compose.webhook.yaml"):
        given = list(compose(name)["services"]["bot"]["environment"])
        assert settings_named(given) == given


def test_compose_gives_the_bot_time_and_a_place_that_lasts():
    bot = compose("compose.yaml")["services"]["bot"]
    assert int(bot["stop_grace_period"].removesuffix("s")) > DRAIN.total_seconds()
    assert bot["environment"]["DATABASE_URL"] == "sqlite:////data/sogood.db"
    assert "data:/data" in bot["volumes"]
    assert bot["read_only"] is True


def test_compose_reads_both_files(tmp_path):
    tool = needs("docker-compose")
    for name in ("compose.yaml", "deploy/compose.webhook.yaml", "deploy/Caddyfile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".env").write_text("BOT_TOKEN=1:x\n", "utf-8")
    files = ["-f", f"{tmp_path}/compose.yaml"]
    checked(tool, *files, "config", "-q")
    files += ["-f", f"{tmp_path}/deploy/compose.webhook.yaml"]
    checked(tool, *files, "config", "-q", SOGOOD_HOST="coach.example.org")


def test_caddy_takes_its_file(tmp_path):
    file = str(DEPLOY / "Caddyfile")
    tool = needs("caddy")
    checked(tool, "validate", "--adapter", "caddyfile", "--config", file, HOME=str(tmp_path))


def test_nginx_takes_its_file(tmp_path):
    nginx, openssl = needs("nginx"), needs("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=coach.example.org"]
    checked(openssl, *made, "-keyout", str(key), "-out", str(certificate))
    site = read("deploy/nginx.conf")
    folder = "/etc/letsencrypt/live/coach.example.org"
    site = site.replace(f"{folder}/fullchain.pem", str(certificate))
    site = site.replace(f"{folder}/privkey.pem", str(key))
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{site}}}\n"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    checked(nginx, "-t", "-q", "-e", "stderr", "-c", str(tmp_path / "nginx.conf"))


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_the_webhook_on_and_nothing_else(name):
    text = read(f"deploy/{name}")
    assert "/telegram" in text
    assert "404" in text
    assert not re.search(r"^[^#]*/(metrics|readyz)", text, re.MULTILINE)


def test_the_recipe_names_every_file():
    recipe = read("docs/operating.md")
    assert [file.name for file in DEPLOY.iterdir() if f"deploy/{file.name}" not in recipe] == []
