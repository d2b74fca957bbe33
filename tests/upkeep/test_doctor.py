"""What is set and whether it works, said without secrets."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.files import is_open_to_others, private_folder
from rag.settings import load_settings
from tests.helpers.command import Done, replique
from tests.helpers.reranker import ranks, sends
from tests.helpers.scripted_endpoint import running, says, silent, status

KEY = "sk-quite-secret-0123456789"


def doctor(store: Path, *options: str, **settings: str) -> Done:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("REPLIQUE_")]:
            patch.delenv(name)
        for name, value in settings.items():
            patch.setenv(f"REPLIQUE_{name.upper()}", value)
        return replique("doctor", *options, store=store)


def test_without_a_model_all_is_well(shipped_store: Path) -> None:
    done = doctor(shipped_store, "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["ok"]
    assert {check["name"]: check["state"] for check in found["checks"]} == dict.fromkeys(
        ("corpus", "vectors", "store", "privacy", "reading", "questions", "encoder", "reranker", "model"),
        "ok",
    )
    assert found["versions"]["replique"]


def test_what_other_users_can_read_is_told() -> None:
    top = Path(tempfile.mkdtemp())
    try:
        store = top / "work" / "store"
        private_folder(store)
        assert store.stat().st_mode & 0o777 == 0o700
        top.chmod(0o711)
        assert not is_open_to_others(store)
        store.chmod(0o755)
        assert is_open_to_others(store)
        top.chmod(0o700)  # nobody gets there
        assert not is_open_to_others(store)
    finally:
        shutil.rmtree(top)


def test_a_question_set_is_counted_or_missed(shipped_store: Path, tmp_path: Path) -> None:
    assert "348 in evals/questions.jsonl, 188 of them to train with here" in doctor(shipped_store).stdout
    missing = doctor(shipped_store, questions=str(tmp_path / "none.jsonl"))
    assert missing.returncode == 1
    assert "correct REPLIQUE_QUESTIONS" in missing.stdout
    foreign = tmp_path / "foreign.jsonl"
    foreign.write_text('{"question": "Qui ?", "gold": [{"source": "x", "text": "Lui."}]}', encoding="utf-8")
    assert "note: 1 in" in doctor(shipped_store, questions=str(foreign)).stdout


def test_it_makes_no_store(tmp_path: Path) -> None:
    done = doctor(tmp_path / "none")
    assert done.returncode == 0
    assert "no index yet" in done.stdout
    assert not (tmp_path / "none").exists()


def test_an_endpoint_that_answers(shipped_store: Path) -> None:
    with running() as server:
        server.script = says("Bonjour.")
        done = doctor(shipped_store, llm_url=server.url, llm_key=KEY)
    assert done.returncode == 0, done.stdout
    assert "scripted answers at" in done.stdout
    assert "set, not shown" in done.stdout
    assert server.asked[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("script", [status(401, KEY), silent], ids=["refused", "silent"])
def test_a_bad_endpoint_is_an_error_and_the_key_stays_secret(
    script: object, shipped_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running() as server:
        server.script = script  # type: ignore[assignment]
        done = doctor(
            shipped_store, "--verbose", llm_url=server.url, llm_model="m", llm_key=KEY, llm_timeout="2"
        )
    assert done.returncode == 1
    assert "failed" in done.stdout
    assert KEY not in done.stdout + done.stderr + caplog.text


def test_a_dead_endpoint_is_an_error_of_one_line(shipped_store: Path) -> None:
    done = doctor(shipped_store, "--json", llm_url="http://127.0.0.1:9", llm_key=KEY)
    (model,) = (check for check in json.loads(done.stdout)["checks"] if check["name"] == "model")
    assert done.returncode == 1
    assert model["state"] == "failed"
    assert "REPLIQUE_LLM_URL" in model["detail"]
    assert done.stderr == ""


def reranked(store: Path, url: str, caplog: pytest.LogCaptureFixture) -> tuple[Done, dict[str, str]]:
    """What is said with a reranker at an address, and what of it."""
    done = doctor(store, "--json", "--verbose", rerank_url=url, rerank_key=KEY, rerank_timeout="5")
    found = json.loads(done.stdout)
    (check,) = (check for check in found["checks"] if check["name"] == "reranker")
    assert found["settings"]["rerank_url"] == found["settings"]["rerank_key"] == "set, not shown"
    for secret in (KEY, "127.0.0.1"):
        assert secret not in done.stdout + done.stderr + caplog.text
    return done, check


def test_a_reranker_that_answers(shipped_store: Path, caplog: pytest.LogCaptureFixture) -> None:
    with running() as server:
        server.script = ranks()
        done, check = reranked(shipped_store, server.url, caplog)
    assert done.returncode == 0
    assert check["state"] == "ok"
    assert check["detail"].startswith("answers")
    assert server.asked[0]["authorization"] == f"Bearer {KEY}"


def test_a_reranker_that_does_not_answer_or_lies(
    shipped_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    done, check = reranked(shipped_store, "http://127.0.0.1:9", caplog)
    assert (done.returncode, check["state"]) == (1, "failed")
    assert "REPLIQUE_RERANK_URL" in check["detail"]
    with running() as server:
        server.script = sends(f'{{"results": "{KEY}"}}')
        done, check = reranked(shipped_store, server.url, caplog)
    assert (done.returncode, check["state"]) == (1, "failed")


def test_addresses_that_cannot_be() -> None:
    for url in ("localhost:11434", "ftp://host", f"http://user:{KEY}@host/v1"):
        with pytest.raises(SettingsError) as caught:
            load_settings(llm_url=url)
        assert KEY not in str(caught.value)
        assert "REPLIQUE_LLM_URL" in str(caught.value)


def test_an_address_without_a_path_gets_the_usual_one() -> None:
    assert load_settings(llm_url="http://localhost:11434/").llm_url == "http://localhost:11434/v1"
    assert load_settings(llm_url="http://h/api/v2/").llm_url == "http://h/api/v2"


def test_settings_never_show_the_key() -> None:
    settings = load_settings(llm_url="http://h", llm_key=KEY)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump()}"


def test_the_key_of_another_service_is_not_sent(monkeypatch: pytest.MonkeyPatch, shipped_store: Path) -> None:
    from rag.llm.endpoint import Endpoint

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with running() as server:
        server.script = says("Bonjour.")
        assert "".join(Endpoint(load_settings(llm_url=server.url)).stream([("user", "?")], 20)) == "Bonjour."
    assert KEY not in server.asked[0]["authorization"]
