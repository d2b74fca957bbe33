"""Small reading sets in SQuAD format, and a small debate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.sets.squad import Split, split_of
from rag.reader import LABELS


def names_of(part: Split, count: int) -> list[str]:
    """Names of articles, or of debates, that are in a part."""
    return [name for name in map(str, range(99)) if split_of(name) == part][:count]


def asked(question: str, text: str, answer: str | None = None) -> dict[str, Any]:
    """A question on a text, answered by words of it or not."""
    if answer is None:
        return {"id": question, "question": question, "answers": [], "is_impossible": True}
    answers = [{"answer_start": text.index(answer), "text": answer}]
    return {"id": question, "question": question, "answers": answers}


def write_set(file: Path, articles: dict[str, tuple[str, Sequence[dict[str, Any]]]]) -> Path:
    """A set of articles of one paragraph each: by name, the text and what is asked of it."""
    data = [
        {"title": name, "paragraphs": [{"context": text, "qas": list(questions)}]}
        for name, (text, questions) in articles.items()
    ]
    file.write_text(json.dumps({"data": data}), encoding="utf-8")
    return file


ACCORD = "---\ntitle: L’accord\nside: Ministère\n---\n" + (
    "Le port ouvre à six heures. Il ferme à neuf heures du soir, sauf le dimanche.\n\n"
    "La flotte compte douze navires. Le port de Sable emploie 140 marins.\n"
)
REPLY = "---\ntitle: La réponse\nside: Marins\n---\n" + (
    "Le bruit du port gêne les riverains. La criée est trop petite.\n\n"
    "Les filets sont chers. Le gazole manque en hiver.\n"
)
SAILORS = "Le port de Sable emploie 140 marins."
QUESTIONS: list[dict[str, Any]] = [
    {"kind": "fact", "question": "Combien de marins le port emploie-t-il ?", "answer": "140 marins",
     "gold": [{"source": "accord", "text": SAILORS}]},
    {"kind": "near", "question": "Combien de dockers le port emploie-t-il ?", "gold": []},
    {"kind": "follow_up", "question": "Et le soir ?", "history": ["À quelle heure ouvre le port ?"],
     "gold": [{"source": "accord", "text": "Il ferme à neuf heures du soir, sauf le dimanche."}]},
]  # fmt: skip

HOURS, DUSK = "Le port ouvre à six heures.", "Il ferme à neuf heures du soir, sauf le dimanche."
CLAIMS: list[dict[str, Any]] = [
    {"kind": "number", "claim": "Le port emploie 180 marins.", "holder": None, "contradicted": [SAILORS]},
    {"kind": "argument", "claim": "Le port est ouvert tous les jours, et tôt.", "holder": "accord",
     "supported": [HOURS], "weakened": [DUSK]},
    {"kind": "argument", "claim": "La lune est rousse.", "holder": None, "neither": [HOURS]},
]  # fmt: skip
"""On the debate; the slices are of ``accord``."""


def write_claims(folder: Path) -> None:
    """Put the claims on the debate of a folder into it."""
    lines = [
        {"lang": "fr", **each}
        | {label: [{"source": "accord", "text": text} for text in each.get(label, [])] for label in LABELS}
        for each in CLAIMS
    ]
    written = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "claims.jsonl").write_text(written, encoding="utf-8")


def write_debate(folder: Path) -> Path:
    """A debate of two documents and three questions."""
    folder.mkdir(parents=True)
    (folder / "accord.md").write_text(ACCORD, encoding="utf-8")
    (folder / "reply.md").write_text(REPLY, encoding="utf-8")
    lines = (json.dumps({"lang": "fr", **each}, ensure_ascii=False) for each in QUESTIONS)
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder
