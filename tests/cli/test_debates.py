"""`replique debates`, and the commands in a debate."""

from __future__ import annotations

import json
from pathlib import Path

from tests.helpers.command import replique

BUDGET = "Le tramway coûtera 240 millions d’euros à la ville.\n"


def test_a_debate_from_its_first_document_to_a_colleague(tmp_path: Path) -> None:
    assert (
        replique("debates", "new", "Le tramway", "--motion", "Faut-il ?", cwd=tmp_path).stdout
        == "le-tramway\n"
    )
    empty = replique("ask", "Combien ?", "--debate", "le-tramway", cwd=tmp_path)
    assert empty.returncode == 1 and "no document" in empty.stderr
    (tmp_path / "debates/le-tramway/documents/budget.txt").write_text(BUDGET, encoding="utf-8")
    asked = ("ask", "Combien coûtera le tramway ?", "--json", "--debate", "le-tramway")
    answer = json.loads(replique(*asked, cwd=tmp_path).stdout)
    assert [quote["text"] for quote in answer["quotes"]] == [BUDGET.strip()]
    other = json.loads(replique("ask", "Combien coûtera le tramway ?", "--json", cwd=tmp_path).stdout)
    assert not other["answerable"]  # the default debate knows nothing of it

    assert replique("debates", "export", "le-tramway", "t.replique", cwd=tmp_path).returncode == 0
    assert replique("debates", "import", "t.replique", "--title", "Reçu", cwd=tmp_path).stdout == "recu\n"
    answer = json.loads(replique(*asked[:-1], "recu", cwd=tmp_path).stdout)
    assert answer["quotes"][0]["text"] == BUDGET.strip()

    replique("debates", "rename", "recu", "De Zoé", "--language", "fr", cwd=tmp_path)
    token = replique("debates", "remove", "le-tramway", cwd=tmp_path).stdout.strip()
    rows = json.loads(replique("debates", "--json", cwd=tmp_path).stdout)
    assert [(row["name"], row["title"], row["language"]) for row in rows[1:]] == [("recu", "De Zoé", "fr")]
    assert replique("debates", "restore", token, cwd=tmp_path).stdout == "le-tramway\n"
    assert replique("debates", "copy", "recu", "Copie", cwd=tmp_path).stdout == "copie\n"
    assert "De Zoé" in replique("debates", "list", cwd=tmp_path).stdout


def test_what_cannot_be_is_said_in_a_line(tmp_path: Path) -> None:
    for arguments, code, words in (
        (("sources", "--debate", "rien"), 1, "no debate 'rien'"),
        (("sources", "--debate", "rien", "--corpus", "x"), 2, "leave out --corpus"),
        (("debates", "export", "", "x.zip"), 2, "must end in .replique"),
        (("debates", "import", "rien.replique"), 2, "no file rien.replique"),
        (("debates", "import", "."), 2, "cannot be read"),
        (("debates", "new", " "), 2, "title"),
        (("debates", "remove", ""), 2, "default debate"),
    ):
        done = replique(*arguments, cwd=tmp_path)
        assert done.returncode == code and words in done.stderr and done.stderr.count("\n") == 1, done
