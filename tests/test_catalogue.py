"""What is said is said in both languages, once, and used; an error is made of a key and values."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from rag import errors
from rag.catalogue import CATALOGUE, say, typeset
from rag.catalogue.answers import ANSWERS
from rag.catalogue.brief import BRIEF
from rag.catalogue.errors import ERRORS
from rag.catalogue.hand import HAND
from rag.catalogue.page import PAGE
from rag.errors import (
    CorpusError,
    EndpointError,
    InputError,
    NotReadable,
    QuoteError,
    RepliqueError,
    SettingsError,
    StoreError,
    UnreadableFile,
)
from tests.helpers import ROOT

FILES = [
    file
    for folder in ("rag", "evals")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if not file.is_relative_to(ROOT / "rag/catalogue")
]
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} - {"UnreadableFile"}

LESS_IN_FRENCH = set("""
card_gone card_outdated card_unknown card_unnumbered card_wordless
office_bodiless office_damaged office_large
dossier_damaged dossier_highlights dossier_ids dossier_not_json dossier_range dossier_version drill_gone
drill_out_of_range drill_ungraded encoding_damaged file_unopened front_matter front_matter_names
front_matter_speakers front_matter_text html_damaged
index_damaged index_locked no_index not_a_dossier pdf_damaged pdf_large question_set question_set_line
reader_failed
quote_marks_others quote_not_there quote_of_none quote_of_other quote_otherwise_set quote_outside side_unknown
source_elsewhere source_restored text_empty text_long trash_without workbook_damaged workbook_large
""".split())  # fmt: skip
"""Errors whose French line leaves out what only a terminal or a log has a use for."""


def fields(text: str) -> set[str]:
    """What fills a line."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def made(file: Path) -> Iterator[ast.Call]:
    """Where a file makes an error."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            yield node


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_a_key_is_in_one_section() -> None:
    assert len(CATALOGUE) == len(ANSWERS) + len(BRIEF) + len(ERRORS) + len(PAGE) + len(HAND)


def test_every_key_has_both_languages_filled_alike() -> None:
    less = set()
    for key, entry in CATALOGUE.items():
        assert list(entry) == ["fr", "en"], key
        assert all(entry.values()), key
        assert fields(entry["fr"]) <= fields(entry["en"]), key
        if fields(entry["fr"]) < fields(entry["en"]):
            less.add(key)
    assert less == LESS_IN_FRENCH


def test_french_is_typeset_as_french() -> None:
    for key, entry in CATALOGUE.items():
        shown = typeset(entry["fr"], "fr")
        assert not re.search(r" [:;!?»%]|« ", shown), key
        assert not re.search(r"'|\"", re.sub(r"pip install '[^']*'", "", shown)), key


@pytest.mark.parametrize("file", FILES, ids=named)
def test_an_error_is_made_of_a_key_and_the_values_of_its_line(file: Path) -> None:
    for call in made(file):
        where = f"{named(file)}:{call.lineno}"
        key, *more = call.args
        assert not more, where
        assert not isinstance(key, ast.JoinedStr | ast.BinOp), where
        if isinstance(key, ast.Constant):
            assert key.value in ERRORS, where
            given = {keyword.arg for keyword in call.keywords}
            assert None in given or fields(ERRORS[key.value]["en"]) <= given, where


def test_every_key_is_used() -> None:
    """As a string of the program or of the page's scripts, or as what an f-string gives."""
    told, patterns = set(), []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                told.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pieces = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                said = "".join(piece for piece in pieces if isinstance(piece, str))
                if re.fullmatch(r"[a-z]+_|_[a-z]+", said):
                    patterns.append("".join("[a-z0-9_@]+" if p is None else str(p) for p in pieces))
    for script in (ROOT / "rag/ui").rglob("*.js"):
        told |= set(re.findall(r"[\"'`](\w+)[\"'`]", script.read_text(encoding="utf-8")))
    made_up = re.compile("|".join(patterns))
    assert [key for key in CATALOGUE if key not in told and not made_up.fullmatch(key)] == []


BROKEN = NotReadable("front_matter", line=3, problem="found ':'")


@pytest.mark.parametrize(
    ("error", "english", "french"),
    [
        (
            UnreadableFile("a/b.txt", NotReadable("file_large", size=60_000_000, most=50_000_000)),
            "a/b.txt: 60,000,000 bytes, over the limit of 50,000,000; split it or raise max_file_mb",
            "a/b.txt~: trop grand (60\u202f000\u202f000 octets, 50\u202f000\u202f000 au plus)~; découpez-le",
        ),
        (
            InputError(
                "source_unchangeable",
                source="notes",
                reason=NotReadable("beside", name="n.yaml", reason=BROKEN),
            ),
            "notes cannot be changed: n.yaml: front matter, line 3: found ':'; write one field a line, its "
            "value between double quotes",
            "notes ne peut pas être modifié (n.yaml~: l’en-tête ne se lit pas, ligne 3~; écrivez un "
            "champ par ligne, la valeur entre guillemets droits)",
        ),
        (
            InputError("same_text", source="{blé} :"),
            "the same text is among the documents already: {blé} :",
            "le même texte est déjà parmi les documents~: {blé} :",
        ),
        (
            InputError("text_long", name="question", count=4001, most=4000),
            "the question has 4001 characters: 4000 at most",
            "trop long (4001 caractères, 4000 au plus)",
        ),
        (
            InputError("side_unknown", side="l’autre", sides="a, b"),
            "no source has the side 'l’autre'; there are: a, b",
            "il n’y a plus de côté l’autre~; choisissez-en un autre",
        ),
        (
            InputError("feedback_lang", lang="de", mode=None),
            "lang = 'de', mode = None: give them as the answer did",
            "lang = de, mode = None~; donnez-les tels que la réponse les a donnés",
        ),
        (
            CorpusError("corpus_missing", folder=Path("docs")),
            "corpus folder docs does not exist; create it and put documents into it, or name another one "
            "with --corpus",
            "le dossier des documents docs n’existe pas~; créez-le et mettez-y des documents, ou donnez-en "
            "un autre par --corpus",
        ),
        (
            StoreError("index_damaged", reason=ValueError("its files are of different sizes")),
            "the index is damaged (its files are of different sizes): run `replique index --rebuild`",
            "l’index est endommagé~; lancez `replique index --rebuild`",
        ),
        (
            EndpointError("endpoint_refused_key", kind="refused", status=401),
            "the endpoint refused with HTTP 401: check REPLIQUE_LLM_KEY",
            "le point d’accès a refusé, HTTP 401~; vérifiez REPLIQUE_LLM_KEY",
        ),
        (
            QuoteError("quote_not_there", source="a", start=3, end=12_000),
            "a 3:12000: not what stands there",
            "les sources ont changé pendant la réponse~; posez la question à nouveau",
        ),
        (
            SettingsError(
                "setting", name="port", given="7x", problem="too low", variable="PORT", file="r.toml"
            ),
            "setting port = 7x: too low; correct REPLIQUE_PORT or r.toml",
            "réglage port = 7x~: too low~; corrigez REPLIQUE_PORT ou r.toml",
        ),
    ],
    ids=lambda given: given.key if isinstance(given, RepliqueError) else "",
)
def test_an_error_in_words(error: RepliqueError, english: str, french: str) -> None:
    assert str(error) == error.in_words("en") == english
    assert error.in_words("fr") == french.replace("~", "\u00a0")


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(InputError("text_long", name="claim", count=2, most=1)))
    assert str(error) == "the claim has 2 characters: 1 at most"


def test_thousands_stand_apart_as_the_language_has_it() -> None:
    assert say("characters", "en", count=12345) == "12,345 characters"
    assert say("characters", "fr", count=12345) == "12\u202f345 caractères"
    assert say("more_sources", "fr", count=12345) == "et 12345 autres"
