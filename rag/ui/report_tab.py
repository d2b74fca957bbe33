"""The last report of the evaluation suite, for the page's tab."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from rag.types import Language

_WORDS: dict[str, dict[Language, str]] = {
    "none": {
        "fr": "Pas encore de rapport. Lancez <code>replique eval</code> dans une copie du dépôt : il faut "
        "moins de deux minutes ; le rapport paraîtra ici.",
        "en": "No report yet. Run <code>replique eval</code> in a checkout: it takes less than two minutes; "
        "the report will show here.",
    },
    "unreadable": {
        "fr": "Le dernier rapport ne peut pas être lu. Relancez <code>replique eval</code>.",
        "en": "The last report cannot be read. Run <code>replique eval</code> again.",
    },
    "asked": {
        "fr": "{count} questions posées le {date} ({name}, partie « {split} »).",
        "en": "{count} questions asked on {date} ({name}, part “{split}”).",
    },
    "caption": {"fr": "Chaque système, intervalles à 95 %", "en": "Each system, 95 % intervals"},
    "measure": {"fr": "mesure", "en": "measure"},
}
_MEASURES: dict[str, dict[Language, str]] = {
    "quote@1": {"fr": "bonne citation en premier", "en": "right quote first"},
    "quote@3": {"fr": "bonne citation parmi trois", "en": "right quote among three"},
    "passage@1": {"fr": "bon passage en premier", "en": "right passage first"},
    "passage@5": {"fr": "bon passage parmi cinq", "en": "right passage among five"},
    "mrr": {"fr": "rang réciproque moyen", "en": "mean reciprocal rank"},
    "sides": {"fr": "tous les côtés entendus", "en": "every side heard"},
    "balanced_accuracy": {"fr": "silence à bon escient", "en": "silent when it should be"},
    "verbatim": {"fr": "citations exactes", "en": "exact quotes"},
}
_SYSTEMS: dict[str, dict[Language, str]] = {
    "bm25": {"fr": "BM25 seul", "en": "BM25 alone"},
    "encoder": {"fr": "Encodeur seul", "en": "Encoder alone"},
    "fusion": {"fr": "Fusion simple", "en": "Plain fusion"},
    "llamaindex": {"fr": "LlamaIndex d’origine", "en": "Stock LlamaIndex"},
}


def report_html(file: Path, lang: Language) -> str:
    """The headline figures of a ``report.json`` as HTML, escaped; what to do where there is none.

    Args:
        file: the report that ``replique eval`` wrote.
        lang: language of the words around.
    """
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        return f'<section class="evaluation" lang="{lang}">{_summary(report, lang)}</section>'
    except FileNotFoundError:
        return _said("none", lang)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # not a report, or another's
        return _said("unreadable", lang)


def _said(name: str, lang: Language) -> str:
    return f'<section class="evaluation" lang="{lang}"><p class="empty">{_WORDS[name][lang]}</p></section>'


def _summary(report: Mapping[str, Any], lang: Language) -> str:
    split = report["headline"]
    asked = _WORDS["asked"][lang].format(
        count=int(report["dataset"]["questions"]),
        date=str(report["created"])[:16].replace("T", " "),
        name=report["dataset"]["name"],
        split=split,
    )
    return f"<p>{escape(asked)}</p>{_table(report['systems'], report['aggregates'][split], lang)}"


def _table(systems: list[Mapping[str, str]], figures: Mapping[str, Any], lang: Language) -> str:
    head = "".join(f'<th scope="col">{escape(_label(system, lang))}</th>' for system in systems)
    body = ""
    for name, label in _MEASURES.items():
        cells = [figures[system["name"]]["all"].get(name) for system in systems]
        if any(cells):
            row = "".join(f"<td>{_figure(cell, lang) if cell else ''}</td>" for cell in cells)
            body += f'<tr><th scope="row">{escape(label[lang])}</th>{row}</tr>'
    return (
        f"<table><caption>{escape(_WORDS['caption'][lang])}</caption>"
        f'<thead><tr><th scope="col">{escape(_WORDS["measure"][lang])}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _label(system: Mapping[str, str], lang: Language) -> str:
    known = _SYSTEMS.get(system["name"])
    return known[lang] if known else str(system["label"])


def _figure(cell: Mapping[str, float], lang: Language) -> str:
    value, low, high = (_number(float(cell[name]), lang) for name in ("value", "low", "high"))
    return f"{value} <small>[{low}–{high}]</small>"


def _number(value: float, lang: Language) -> str:
    return f"{value:.2f}".replace(".", "," if lang == "fr" else ".")
