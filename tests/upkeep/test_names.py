"""Names of files that come from anywhere: safe on every system, inside the folder, over nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from rag.upkeep.edit import Editor
from rag.upkeep.names import NAME_MAX, safe_name
from tests.helpers.indexes import write
from tests.helpers.uploads import A_PDF, files, upload

HOSTILE_NAMES = [
    "../../etc/passwd.txt",
    "..\\..\\Windows\\x.txt",
    "/etc/cron.d/x.txt",
    "C:\\CON.txt",
    "nul.md",
    "com¹.txt",
    ".hidden.txt",
    "~$x.txt",
    "..",
    "",
    "a\0b.txt",
    "a\nb\u202egpj.txt",
    "x" * 4000 + ".txt",
    "é" * 4000 + ".txt",
    'a<b>:c"|?*.txt',
    " . .txt",
    "x. .txt",
    "\ud800.txt",
    "e\u0301te\u0301.txt",
]


@given(st.one_of(st.text(), st.sampled_from(HOSTILE_NAMES), st.text().map(lambda stem: f"{stem}.txt")))
@example("../../etc/passwd.txt")
@example("nul.md")
@example("é" * 4000 + ".txt")
def test_a_safe_name_is_one_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe == unicodedata.normalize("NFC", safe)
    assert 0 < len(safe.encode()) <= NAME_MAX + 20
    assert not set(safe) & set('<>:"/\\|?*\0\n\r')
    assert not safe.startswith((".", "~", " "))
    assert not safe.endswith((".", " "))
    stem = safe.split(".")[0].rstrip().lower()
    assert stem not in {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}
    assert safe_name(safe) == safe


DESCRIBED = {"corpus/debate.yaml"}
"""Where it is kept which side has which colour."""


def test_hostile_names_stay_in_the_folder_and_over_nothing(keeper: Editor, tmp_path: Path) -> None:
    before = files(tmp_path)
    results = keeper.add(
        [
            upload(tmp_path / "temp", f"Voici le texte numéro {number}.\n", name, side="Nous")
            for number, name in enumerate(HOSTILE_NAMES)
            if name.endswith((".txt", ".md"))
        ]
    )
    assert [result.error for result in results] == [""] * len(results)
    after = files(tmp_path)
    new = {path for path in after if path not in before and path.split("/")[0] not in {"temp", "store"}}
    assert {f"corpus/{result.source.path}" for result in results if result.source} == new - DESCRIBED
    assert all(after[path] == before[path] for path in before if not path.startswith("store/"))


def test_a_name_that_is_taken_in_any_form_gets_a_number(keeper: Editor, tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"E\u0301te\u0301.txt": "Le premier.\n", "autre.pdf.yaml": "side: X\n"})
    results = keeper.add(
        [
            upload(tmp_path / "temp", "Le deuxième.\n", "été.txt"),
            upload(tmp_path / "temp", "Le troisième.\n", "ÉTÉ.txt"),
            upload(tmp_path / "temp", A_PDF, "autre.pdf"),
        ]
    )
    assert [result.source.path for result in results if result.source] == [
        "été-2.txt", "ÉTÉ-3.txt", "autre-2.pdf",
    ]  # fmt: skip
    assert (tmp_path / "corpus/autre.pdf.yaml").read_text() == "side: X\n"
