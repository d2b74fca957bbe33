"""Questions to answers, on the shipped documents and on small ones written here."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag import Assistant, Index, Prose, QuoteRef, load_settings, sync
from rag.answer import assistant as answer_module
from rag.answer import evidence as evidence_module
from rag.answer.forms import markdown
from rag.errors import InputError, UnknownSource
from rag.types import Answer, Quote
from tests.helpers import ROOT

Maker = Callable[[dict[str, str]], Assistant]


@pytest.fixture
def assistant_over(tmp_path: Path) -> Maker:
    def make(files: dict[str, str]) -> Assistant:
        for name, text in files.items():
            file = tmp_path / "corpus" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        index = Index(load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store"))
        sync(index)
        return Assistant(index)

    return make


def assert_verbatim(assistant: Assistant, answer: Answer) -> None:
    """Every quote, and every near passage, is the slice it says it is."""
    snapshot = assistant.index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    for quote in (*answer.quotes, *answer.near):
        assert texts[quote.source.id][quote.start : quote.end] == quote.text
        assert quote.text.strip() == quote.text
        assert texts[quote.source.id][: quote.start].endswith(quote.before)
        assert texts[quote.source.id][quote.end :].startswith(quote.after)
        assert quote.lead_in in texts[quote.source.id]


def test_the_newcomers_question(shipped: Assistant) -> None:
    answer = shipped.ask("Combien de soldats compterait l'armée ukrainienne ?")
    assert answer.answerable
    assert answer.lang == "fr"
    first = answer.quotes[0]
    assert first.source.id == "commentaire"
    assert "800 000 soldats" in first.text
    assert first.text.startswith("La paix en Ukraine serait accompagnée")  # the sentence, no more
    assert first.text.endswith("soldats français.")
    assert answer.sides["Critique"] == (1,)
    assert_verbatim(shipped, answer)


def test_an_english_question_finds_french_words(shipped: Assistant) -> None:
    answer = shipped.ask("Which country leads the mechanism that verifies the ceasefire?")
    assert answer.lang == "en"
    assert any("mené par les États-Unis" in quote.text for quote in answer.quotes[:3])
    assert answer.quotes[0].source.id == "declaration"
    assert_verbatim(shipped, answer)


def test_far_questions_are_met_with_silence(shipped: Assistant) -> None:
    for question in (
        "Comment cuire un œuf ?",
        "What is the capital of Australia?",
        "Qui a peint la Joconde ?",
    ):
        answer = shipped.ask(question)
        assert not answer.answerable, question
        assert not answer.quotes
        assert answer.near
        assert len([b for b in answer.blocks if isinstance(b, QuoteRef)]) == 0
        assert_verbatim(shipped, answer)


def test_blocks_refer_to_every_quote_once_in_order(shipped: Assistant) -> None:
    answer = shipped.ask("Que disent les textes de la paix en Ukraine ?")
    shown = [block.n for block in answer.blocks if isinstance(block, QuoteRef)]
    assert shown == [quote.n for quote in answer.quotes] == list(range(1, len(shown) + 1))
    first = answer.blocks[answer.blocks.index(QuoteRef(1)) - 1]
    assert isinstance(first, Prose)
    assert "Selon «" in first.text


def test_an_uncertain_answer_says_so(shipped: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "Qui a coprésidé la réunion de Paris ?"
    monkeypatch.setattr(answer_module, "CERTAIN", 0.0)
    certain = shipped.ask(question)
    monkeypatch.setattr(answer_module, "CERTAIN", 1.0)
    uncertain = shipped.ask(question)
    assert uncertain.blocks[1:] == certain.blocks
    assert uncertain.blocks[0] == Prose(
        "Il n’est pas certain que les sources répondent à cette question\u00a0; voici ce qui s’en approche."
    )


def test_every_quote_is_attributed_in_the_block_before_it(shipped: Assistant) -> None:
    answer = shipped.ask("Qui a coprésidé la réunion de Paris ?")
    quotes = {quote.n: quote for quote in answer.quotes}
    for before, block in zip(answer.blocks, answer.blocks[1:], strict=False):
        if isinstance(block, QuoteRef):
            assert isinstance(before, Prose)
            info = quotes[block.n].source
            assert info.title in before.text
            assert str(info.side) in before.text


OPPOSED = {
    "pour/rapport.md": "Le nouveau tramway réduira la pollution de l’air de la ville.\n\n"
    "Le chantier du tramway coûtera 40 millions d’euros.\n",
    "contre/tract.md": "Le tramway ne réduira pas la pollution de la ville : il la déplacera.\n\n"
    "Les commerçants perdront leurs clients pendant deux ans.\n",
}


def test_both_sides_are_heard(assistant_over: Maker) -> None:
    answer = assistant_over(OPPOSED).ask("Le tramway réduira-t-il la pollution de la ville ?")
    assert set(answer.sides) == {"pour", "contre"}
    assert answer.silent_sides == ()


def test_a_silent_side_is_said(assistant_over: Maker) -> None:
    answer = assistant_over(OPPOSED).ask("Combien coûtera le chantier du tramway ?")
    assert "40 millions" in answer.quotes[0].text
    assert set(answer.sides) | set(answer.silent_sides) == {"pour", "contre"}
    only = assistant_over(OPPOSED).ask("Combien coûtera le chantier du tramway ?", sides=["pour"])
    assert set(only.sides) == {"pour"}
    assert only.silent_sides == ()


def test_sides_and_sources_can_be_chosen(assistant_over: Maker) -> None:
    assistant = assistant_over(OPPOSED)
    answer = assistant.ask("Que devient la pollution de la ville ?", sources=["tract"])
    assert {quote.source.id for quote in (*answer.quotes, *answer.near)} == {"tract"}
    with pytest.raises(InputError, match="there are: contre, pour"):
        assistant.ask("Que devient la pollution ?", sides=["neutre"])
    with pytest.raises(UnknownSource, match="replique sources"):
        assistant.ask("Que devient la pollution ?", sources=["inconnu"])


def test_sources_without_a_side_are_answered_from(assistant_over: Maker) -> None:
    answer = assistant_over({"a.txt": "La capitale de la Mongolie est Oulan-Bator.\n"}).ask(
        "Quelle est la capitale de la Mongolie ?"
    )
    assert answer.quotes[0].source.side is None
    assert answer.sides == {}
    assert answer.silent_sides == ()
    assert "()" not in markdown(answer)


def test_a_pronoun_brings_the_sentence_before_it(assistant_over: Maker) -> None:
    text = "Le barrage de Malpasset cède le 2 décembre 1959. Elle détruit Fréjus et fait 423 victimes.\n"
    answer = assistant_over({"a.txt": text}).ask("Combien de victimes à Fréjus ?")
    assert answer.quotes[0].text == text.strip()


def test_an_item_knows_its_lead_in(shipped: Assistant) -> None:
    answer = shipped.ask("La Coalition aidera-t-elle à financer l'achat d'armes ?")
    item = next(q for q in answer.quotes if q.text == "une aide au financement de l’achat d’armes")
    assert item.lead_in == "Ce soutien comprendra notamment, mais pas uniquement :"


def test_twins_are_quoted_once(assistant_over: Maker) -> None:
    text = "La capitale de la Mongolie est Oulan-Bator.\n"
    answer = assistant_over({"a.txt": text, "b.txt": text}).ask("Quelle est la capitale de la Mongolie ?")
    assert len(answer.quotes) == 1


def test_a_quote_that_fails_its_check_is_dropped_and_logged(
    shipped: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    true_cut = evidence_module.cut

    def corrupted(*args: object) -> Quote:
        quote = true_cut(*args)  # type: ignore[arg-type]
        return replace(quote, text=quote.text.replace("800 000", "900 000"))

    monkeypatch.setattr(evidence_module, "cut", corrupted)
    with caplog.at_level(logging.ERROR):
        answer = shipped.ask("Combien de soldats compterait l'armée ukrainienne ?")
    assert not any("900 000" in quote.text for quote in (*answer.quotes, *answer.near))
    assert "failed its check" in caplog.text


def test_follow_ups_use_the_question_before(shipped: Assistant) -> None:
    history = ["Combien de soldats compterait l'armée ukrainienne ?"]
    answer = shipped.ask("Et les troupes françaises ?", history=history)
    assert answer.rewritten_question == "Combien de soldats compterait les troupes françaises ?"
    assert "milliers de soldats français" in answer.quotes[0].text


@pytest.mark.parametrize("question", ["", "   ", "???", "\n"])
def test_an_empty_question_is_refused(shipped: Assistant, question: str) -> None:
    with pytest.raises(InputError, match="type one"):
        shipped.ask(question)


def test_a_very_long_question_is_refused(shipped: Assistant) -> None:
    with pytest.raises(InputError, match="4000 at most"):
        shipped.ask("mot " * 2000)


def test_odd_questions_are_answered_somehow(shipped: Assistant) -> None:
    for question in ("1", "« »a", "le la les", "\u202eabc", "🙂 paix", "\ud800 paix", "a" * 3000):
        assert_verbatim(shipped, shipped.ask(question))


def test_streaming_never_rewrites(shipped: Assistant) -> None:
    question = "Que disent les textes de la guerre ?"
    steps = list(shipped.stream(question))
    final = steps[-1]
    assert [len(step.blocks) for step in steps] == list(range(1, len(final.blocks) + 1))
    for step in steps:
        assert final.blocks[: len(step.blocks)] == step.blocks
        assert final.quotes[: len(step.quotes)] == step.quotes
    assert final.blocks == shipped.ask(question).blocks


def test_async_variants_agree(shipped: Assistant) -> None:
    question = "Qui a coprésidé la réunion ?"

    async def both() -> tuple[Answer, list[Answer]]:
        return await shipped.aask(question), [step async for step in shipped.astream(question)]

    once, steps = asyncio.run(both())
    assert once.blocks == steps[-1].blocks == shipped.ask(question).blocks


def test_questions_of_every_kind_get_quotes_that_are_slices(shipped: Assistant) -> None:
    file = ROOT / "evals" / "questions.jsonl"
    entries = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    for entry in {(entry["lang"], entry["kind"]): entry for entry in entries}.values():
        assert_verbatim(shipped, shipped.ask(entry["question"], history=entry["history"]))


def test_a_neighbour_as_likely_to_answer_is_quoted_along(assistant_over: Maker) -> None:
    text = "Le port ouvre à six heures. Le port ferme à neuf heures. La mer est belle.\n\nUn chat dort.\n"
    assistant = assistant_over({"port.txt": text})
    answer = assistant.ask("À quelle heure le port ouvre et ferme ?")
    assert answer.quotes[0].text == "Le port ouvre à six heures. Le port ferme à neuf heures."
    assert_verbatim(assistant, answer)
    assert "La mer" not in assistant.ask("À quelle heure ouvre le port ?").quotes[0].text


def test_a_source_named_in_the_question_is_the_only_one_asked_and_that_is_said(shipped: Assistant) -> None:
    answer = shipped.ask("Que dit le commentaire de la paix ?")
    assert {quote.source.id for quote in answer.quotes} == {"commentaire"}
    assert answer.silent_sides == ()
    last = answer.blocks[-1]
    assert isinstance(last, Prose)
    assert last.text.startswith("Cherché seulement dans «\u00a0Commentaire de la réunion de Paris\u00a0»")
    follow_up = shipped.ask("Et selon la déclaration ?", history=["Que dit le commentaire de la paix ?"])
    assert {quote.source.id for quote in follow_up.quotes} == {"declaration"}
    chosen = shipped.ask("Que dit le commentaire de la paix ?", sources=["declaration"])
    assert {quote.source.id for quote in chosen.quotes} <= {"declaration"}
    everyone = shipped.ask("La France agit-elle pour la paix ?")
    assert "Cherché seulement" not in str(everyone.blocks)


def test_a_question_that_is_surely_answered_alone_does_not_lean_on_the_one_before(shipped: Assistant) -> None:
    before = ["Combien de soldats compterait l’armée ukrainienne ?"]
    answer = shipped.ask("La France agit-elle pour la paix ?", history=before)
    assert answer.rewritten_question is None
    assert "n’agit pas pour la paix" in answer.quotes[0].text
    leaning = shipped.ask("Et en Ukraine ?", history=["Combien de soldats français ?"])
    assert leaning.rewritten_question == "Combien de soldats français, en Ukraine ?"


@pytest.mark.parametrize(
    "said", ["Bonjour !", "Merci beaucoup", "Bonjour ! Ça va ?", "Hello there", "Thanks, bye"]
)
def test_a_greeting_is_not_looked_for(said: str, shipped: Assistant) -> None:
    answer = shipped.ask(said, history=["Que dit la Déclaration de Paris sur les sanctions ?"])
    assert (answer.answerable, answer.quotes, answer.near) == (False, (), ())
    assert answer.rewritten_question is None
    assert "question" in str(answer.blocks)
    asked = shipped.ask("Qui dit merci à la Coalition ?")
    assert asked.quotes or asked.near, "a question with a greeting's word in it is looked for"
