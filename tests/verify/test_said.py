"""What the sources say in substance of words that are not theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.catalogue import say
from rag.verify.forms import verification_as_json, verification_as_text
from rag.verify.types import Meaning
from rag.verify.verifier import MEANINGS, Verifier
from tests.helpers.damages import quotes_of
from tests.helpers.judge import FakeJudge, Likely, fake_judge
from tests.helpers.judges import taken_at_its_word

PORT = """---
title: Rapport du port
side: Capitainerie
---
La flotte de pêche compte 412 navires, selon le registre de Brest. Le quai nord ne sera pas fermé. Le chantier
finira en mars, si la météo le permet.
"""
UNION = """---
title: Lettre des pêcheurs
side: Pêcheurs
---
On fermera le quai nord, et personne ne nous a consultés. Le gouvernement de l’Allemagne paie les filets.
Une prime « de départ » sera versée.
"""
FLEET = "La flotte de pêche compte 412 navires, selon le registre de Brest."
QUAY, CLOSED = "Le quai nord ne sera pas fermé.", "On fermera le quai nord, et personne ne nous a consultés."
NETS = "Le gouvernement de l’Allemagne paie les filets."

SUPPORTED: Likely = (0.9, 0.04, 0.03, 0.03)
CONTRADICTED: Likely = (0.03, 0.9, 0.04, 0.03)
WEAKENED: Likely = (0.03, 0.04, 0.9, 0.03)
UNSURE: Likely = (0.3, 0.2, 0.05, 0.45)
LIKELY: Likely = (0.6, 0.1, 0.1, 0.2)

Put = Callable[[dict[str, Likely]], FakeJudge]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    folder = tmp_path_factory.mktemp("said")
    (folder / "docs").mkdir()
    (folder / "docs/port.md").write_text(PORT, encoding="utf-8")
    (folder / "docs/union.md").write_text(UNION, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Verifier(index)
    index.close()


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts a judge in that says what it is told to."""

    def put_in(by_text: dict[str, Likely]) -> FakeJudge:
        judge = fake_judge(by_text)
        monkeypatch.setattr("rag.search.judged.load_judge", lambda: judge)
        taken_at_its_word(monkeypatch)
        return judge

    return put_in


def meaning_of(verifier: Verifier, statement: str, *named: Any) -> Meaning:
    found = verifier.verify(statement, *named, meaning=True).meaning
    assert found is not None
    return found


def told(meaning: Meaning) -> list[tuple[str, str]]:
    return [(said.relation, said.quote.text) for said in meaning.quotes]


@pytest.mark.parametrize(
    ("likely", "verdict", "certain"),
    [
        (SUPPORTED, "same", True),
        (LIKELY, "same", False),
        (CONTRADICTED, "opposite", True),
        (WEAKENED, "weaker", True),
        ((0.02, 0.02, 0.02, 0.94), "unsaid", True),
    ],
)
def test_the_verdict_is_what_the_likeliest_sentence_does(
    verifier: Verifier, put: Put, likely: Likely, verdict: str, certain: bool
) -> None:
    put({QUAY: likely})
    found = meaning_of(verifier, "On pourra toujours accoster au nord du port")
    assert (found.verdict, found.certain) == (verdict, certain)
    assert told(found) == ([(verdict, QUAY)] if verdict != "unsaid" else [])


@pytest.mark.parametrize("likely", [UNSURE, (0.5, 0.3, 0.05, 0.15)])
def test_nothing_is_told_where_it_is_not_clear_whether_or_which_way_it_is_said(
    verifier: Verifier, put: Put, likely: Likely
) -> None:
    put({QUAY: likely})
    found = verifier.verify("On pourra toujours accoster au nord du port", meaning=True)
    assert found.verdict == "absent"
    assert found.meaning is None


def test_where_the_sources_contradict_each_other_both_are_given_the_contrary_first(
    verifier: Verifier, put: Put
) -> None:
    put({QUAY: CONTRADICTED, CLOSED: LIKELY})
    found = meaning_of(verifier, "Les bateaux ne pourront plus accoster au nord")
    assert (found.verdict, found.certain) == ("disputed", False)
    assert told(found) == [("opposite", QUAY), ("same", CLOSED)]
    assert [said.quote.source.side for said in found.quotes] == ["Capitainerie", "Pêcheurs"]


def test_those_alone_count_who_are_said_to_say_it(verifier: Verifier, put: Put) -> None:
    put({QUAY: CONTRADICTED, CLOSED: SUPPORTED})
    statement = "Les bateaux ne pourront plus accoster au nord"
    assert told(meaning_of(verifier, statement, "Pêcheurs")) == [("same", CLOSED)]
    put({QUAY: CONTRADICTED})
    found = verifier.verify(statement, "Pêcheurs", meaning=True)
    assert (found.meaning.verdict, found.meaning.quotes) == ("unsaid", ())  # type: ignore[union-attr]
    assert say("meaning_unsaid_there", "fr", name="Pêcheurs") in verification_as_text(found, "fr")
    assert {near.source.side for near in found.near} == {"Pêcheurs"}


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Les pêcheurs ont quatre cent douze bateaux", "same"),
        ("Les pêcheurs ont beaucoup de bateaux", "same"),
        ("Les pêcheurs ont 380 bateaux", "opposite"),
        ("Les pêcheurs ont 412 bateaux depuis le 4 mai 2021", None),
        ("The fishermen have 380 boats, according to the registry of Brest", "opposite"),
    ],
)
def test_a_sentence_with_another_number_never_says_the_same(
    verifier: Verifier, put: Put, statement: str, verdict: str | None
) -> None:
    put({FLEET: SUPPORTED, statement: SUPPORTED})
    found = verifier.verify(statement, meaning=True).meaning
    if found is None or verdict is None:
        assert found is verdict, "with a date that it has not it is not clear"
        return
    assert found.verdict == verdict
    differs = [(e.kind, e.quoted, e.actual) for said in found.quotes for e in said.differs]
    assert differs == ([("number", "380", "412")] if verdict == "opposite" else [])


TRANSLATION = "The fishing fleet has 412 ships, according to the registry of Brest."


@pytest.mark.parametrize(
    ("statement", "back", "original", "verdict"),
    [
        (TRANSLATION, SUPPORTED, FLEET, "translation"),
        (TRANSLATION, LIKELY, FLEET, "translation"),
        (TRANSLATION, UNSURE, FLEET, "same"),
        ("La flotte des pêcheurs a 412 bateaux, dit le registre de Brest.", SUPPORTED, FLEET, "same"),
        ("The fishing fleet has ships, according to the registry of Brest.", SUPPORTED, FLEET, "same"),
        ("The fishing fleet has 412 ships, according to the registry of Nice.", SUPPORTED, FLEET, "same"),
        ("The north quay will not be closed.", SUPPORTED, QUAY, "translation"),
        ("The north quay will be closed.", SUPPORTED, QUAY, "same"),
        ("The government of Germany pays for the nets.", SUPPORTED, NETS, "translation"),
        ("The government of Norway pays for the nets.", SUPPORTED, NETS, "same"),
    ],
)
def test_a_translation_holds_both_ways_with_its_numbers_names_and_negations(
    verifier: Verifier, put: Put, statement: str, back: Likely, original: str, verdict: str
) -> None:
    judge = put({original: SUPPORTED, statement: back})
    found = meaning_of(verifier, statement)
    assert told(found) == [(verdict, original)]
    assert found.verdict == verdict
    assert judge.claims[1:] in ([], [original])


@pytest.mark.parametrize(
    "quote",
    [
        "Le quai nord ne sera pas fermé",
        "le chantier finira en mars […] si la météo le permet",
        'Une prime "de départ" sera versée',
        "Une prime de départ sera versée",
        "Le quai est fermé. La flotte est partie.",
    ],
)
def test_words_of_the_sources_and_several_sentences_are_not_judged(
    verifier: Verifier, put: Put, quote: str
) -> None:
    judge = put({})
    assert verifier.verify(quote, meaning=True).meaning is None
    assert judge.claims == []


def test_nothing_is_judged_unless_asked(verifier: Verifier, put: Put) -> None:
    judge = put({QUAY: CONTRADICTED})
    assert verifier.verify("Le quai nord sera fermé").meaning is None
    verifier.speech("On a dit : « le quai nord sera fermé ».")
    assert judge.claims == []


def test_of_a_speech_the_quotes_are_judged_and_by_choice_the_sentences(verifier: Verifier, put: Put) -> None:
    put({QUAY: CONTRADICTED})
    speech = "On a dit : « le quai nord sera fermé ». Bien des bateaux s’en iront ailleurs."
    found = verifier.speech(speech, sentences=True, meaning=True)
    assert [check.meaning and check.meaning.verdict for _, check in found] == ["opposite", "opposite"]
    assert len(verifier.speech(speech, meaning=True)) == 1


def test_of_a_long_speech_the_first_claims_are_judged(verifier: Verifier, put: Put) -> None:
    put({})
    speech = "\n\n".join(f"Bateau numéro {n} de la liste." for n in range(MEANINGS + 3))
    found = verifier.speech(speech, sentences=True, meaning=True)
    assert [check.meaning is not None for _, check in found] == [True] * MEANINGS + [False] * 3


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_told_apart_from_the_verdict_on_the_words(verifier: Verifier, put: Put, lang: Any) -> None:
    put({FLEET: SUPPORTED})
    found = verifier.verify("Les pêcheurs ont 380 bateaux", meaning=True)
    text = verification_as_text(found, lang)
    words, _, meaning = text.partition("Sur le fond" if lang == "fr" else "In substance")
    assert words.startswith("Absent")
    assert "412" not in words
    assert all(part in meaning for part in ("380", FLEET, "Capitainerie"))
    assert "exact" not in meaning.lower()
    assert found.near[0].text not in words, "what is nearer in substance is shown instead"
    data = verification_as_json(found, lang)
    assert data["near"]
    assert data["meaning"]["verdict"] == "opposite"
    assert [quote["text"] for quote in quotes_of(data["meaning"])] == [FLEET]


def test_where_nothing_is_said_the_nearest_passages_are_shown(verifier: Verifier, put: Put) -> None:
    put({})
    found = verifier.verify("Les pêcheurs ont 380 bateaux", meaning=True)
    text = verification_as_text(found, "fr")
    assert text.index("Rien de tel") < text.index("n’ont pas ces mots")


# --- with the judge of the program ------------------------------------------------------------------


def test_a_clear_contradiction_is_told(verifier: Verifier) -> None:
    found = meaning_of(verifier, "Le quai nord sera fermé")
    assert ("opposite", QUAY) in told(found)


def test_what_is_clearly_not_said_is_told(verifier: Verifier) -> None:
    assert meaning_of(verifier, "Les habitants mangent du pain de seigle.").verdict == "unsaid"


def test_a_clear_translation_is_told(shipped: Assistant) -> None:
    statement = (
        "Capitalism, in order to relaunch itself, goes through the war for the redivision of the world."
    )
    original = "Le capitalisme, pour se relancer, passe par la guerre de repartage du monde."
    found = meaning_of(Verifier(shipped.index), statement)
    assert found.verdict == "translation"
    assert ("translation", original) in told(found)
