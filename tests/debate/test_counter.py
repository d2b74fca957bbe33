"""The answer to a speech, on two invented documents about wolves: what is made of what the judge says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.debate import counter_as_json, counter_as_text
from rag.debate.counter import SENTENCES, SHOWN, SPEECH_MAX, STRONGEST, finished, units_in
from rag.debate.debate import Debate
from rag.debate.reply import Reply
from rag.errors import InputError
from tests.helpers.indexes import made
from tests.helpers.judges import Told, judged_by

OUR_PROMISE, THEIR_DENIAL, THEIR_PRAISE = "sera indemnisée", "n’a été indemnisée", "enrichit rien"
CLAIM = "Les brebis tuées sont indemnisées."


def words(replies: Sequence[Reply], known: Sequence[str]) -> list[str]:
    return [next(each for each in known if each in reply.quote.text) for reply in replies]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> dict[str, Told]:
    """What the judge tells of claims, by words in them; nothing as yet."""
    told: dict[str, Told] = {}
    judged_by(monkeypatch, told)
    return told


# --- a sentence -----------------------------------------------------------------------------------


def test_what_weakens_a_sentence_stands_apart_from_what_bears_it_out(
    debate: Debate, judged: dict[str, Told]
) -> None:
    judged["brebis"] = {
        THEIR_DENIAL: ("contradicted", 0.8),
        "est un mot": ("weakened", 0.9),
        THEIR_PRAISE: ("weakened", 0.45),
        OUR_PROMISE: ("supported", 0.7),
    }
    found = debate.counter_sentence(CLAIM)
    known = [THEIR_DENIAL, "est un mot", THEIR_PRAISE]
    assert words(found.against, known) == known, "what is certain first, then what contradicts"
    assert words(found.supports, [OUR_PROMISE]) == [OUR_PROMISE]
    assert found.retort is not None and found.retort.reply == found.against[0]
    assert (found.nothing, found.reported, found.checks, found.claim) == (None, False, (), CLAIM)


def test_no_more_are_shown_than_can_be_read(tmp_path: Path, judged: dict[str, Told]) -> None:
    lines = "\n\n".join(f"Le moulin numéro {n} tourne lentement la nuit." for n in range(9))
    index = made(
        tmp_path, {"a.md": f"---\nside: A\n---\n{lines}\n", "b.md": "---\nside: B\n---\nRien du tout.\n"}
    )
    judged["moulin"] = {"moulin numéro": ("weakened", 0.9)}
    found = Debate(index).counter_sentence("Chaque moulin tourne vite.")
    assert len(found.against) == SHOWN
    index.close()


@pytest.mark.parametrize(
    "sentence", ["Bonsoir à tous.", "Qui paiera les chiens ?", "Merci de votre attention."]
)
def test_a_sentence_that_states_nothing_gets_no_reply(
    sentence: str, debate: Debate, judged: dict[str, Told]
) -> None:
    judged[""] = {"": ("contradicted", 0.99)}
    found = debate.counter_sentence(sentence)
    assert found.nothing is not None
    assert (found.against, found.supports, found.retort) == ((), (), None)


def test_that_nothing_was_found_is_said(debate: Debate, judged: dict[str, Told]) -> None:
    found = debate.counter("Les tomates poussent très bien ici.")
    assert not found.sentences[0].found and found.strongest == ()
    assert "Rien n’a été trouvé" in counter_as_text(found)


def test_of_reported_words_these_are_judged_and_never_among_the_strongest(
    debate: Debate, judged: dict[str, Told]
) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.9)}
    found = debate.counter_sentence("On me répond que les brebis tuées sont toutes indemnisées.")
    assert (found.reported, found.by) == (True, "")
    assert found.claim == "Les brebis tuées sont toutes indemnisées."
    assert found.against and found.retort is None
    named = debate.counter_sentence("La préfecture dit que les brebis tuées sont toutes indemnisées.")
    assert named.by == "La préfecture" and named.retort is not None
    assert named.told is not None and named.told.attribution is not None
    assert named.told.attribution.sources == ("arrete",)


def test_another_number_never_bears_a_sentence_out(debate: Debate, judged: dict[str, Told]) -> None:
    judged["attaques"] = {"deux attaques": ("supported", 0.9)}
    found = debate.counter_sentence("Il faut que sept attaques aient été constatées.")
    assert [(reply.relation, reply.quote.source.id) for reply in found.against] == [("contradicts", "arrete")]
    assert found.supports == ()


def test_who_denies_the_same_does_not_contradict(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.6)}
    found = debate.counter_sentence("Les brebis tuées n’ont pas été indemnisées l’an dernier.")
    assert found.against == ()
    assert [reply.certain for reply in found.supports] == [False]


def test_the_same_figure_contradicts_nothing(tmp_path: Path, judged: dict[str, Told]) -> None:
    judged["moulin"] = {"coûte": ("contradicted", 0.9)}
    index = made(tmp_path, {"a.md": "Le moulin coûte 4,2 millions d’euros à la commune.\n"})
    found = Debate(index).counter_sentence("Le moulin coûtera 4,2 millions d’euros, pas un euro de plus.")
    assert found.against == () and found.retort is None
    index.close()


def test_whose_speech_it_is_may_be_said(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.3)}
    assert debate.counter_sentence(CLAIM).against == ()
    assert debate.counter_sentence(CLAIM, "Préfecture").against, "then less is enough"
    with pytest.raises(InputError, match="no source has the side 'Loups'"):
        debate.counter_sentence(CLAIM, "Loups")


def test_one_side_or_none_is_enough(tmp_path: Path, judged: dict[str, Told]) -> None:
    judged["moulin"] = {"moulin tourne": ("contradicted", 0.9)}
    index = made(tmp_path, {"a.md": "Le moulin tourne au vent du nord depuis longtemps.\n"})
    assert Debate(index).counter_sentence("Le moulin ne tourne plus depuis un an.").against
    index.close()


# --- quotes ---------------------------------------------------------------------------------------


def test_words_quoted_wrongly_are_the_strongest_reply(debate: Debate, judged: dict[str, Told]) -> None:
    found = debate.counter_sentence("L’arrêté promet une indemnité « dans un délai de trois ans ».")
    ((claim, check),) = found.checks
    assert (claim.quoted, check.verdict) == (True, "altered")
    assert found.retort is not None and found.retort.relation == "misquoted"
    assert found.retort.quote.text == "dans un délai de trois\nmois"


def test_true_words_of_another_are_the_strongest_reply_too(debate: Debate, judged: dict[str, Told]) -> None:
    found = debate.counter("Selon les bergers, « Le loup est une espèce protégée ».")
    assert [check.verdict for _, check in found.sentences[0].checks] == ["misattributed"]
    ((number, retort),) = found.strongest
    assert (number, retort.relation, retort.quote.source.id) == (0, "misquoted", "arrete")
    assert counter_as_json(found)["strongest"][0]["tag"].startswith(
        "Prêté à tort à les bergers\u00a0: Le loup"
    )


def test_a_true_quote_is_not_set_against_itself(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {OUR_PROMISE: ("supported", 0.9), THEIR_DENIAL: ("contradicted", 0.9)}
    quote = "Chaque brebis tuée sera indemnisée par l’État dans un délai de trois mois."
    found = debate.counter_sentence(f"L’arrêté dit : « {quote} »")
    assert [check.verdict for _, check in found.checks] == ["exact"]
    assert found.claim == quote and found.supports == ()
    assert words(found.against, [THEIR_DENIAL]) == [THEIR_DENIAL]


def test_a_sentence_without_marks_is_checked_where_it_is_a_sources(
    debate: Debate, judged: dict[str, Told]
) -> None:
    sentence = "Chers amis, la préfecture financera des chiens de protection."
    found = debate.counter_sentence(sentence)
    ((claim, check),) = found.checks
    assert (claim.quoted, check.verdict) == (False, "exact")
    assert sentence[claim.start : claim.end] == "la préfecture financera des chiens de protection."
    denied = debate.counter_sentence("La préfecture ne financera pas de chiens de protection.")
    assert denied.checks == (), "nearly the words, and the contrary"


# --- a speech -------------------------------------------------------------------------------------


def test_the_strongest_replies_are_one_a_sentence_and_a_quote(
    debate: Debate, judged: dict[str, Told]
) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.9), OUR_PROMISE: ("weakened", 0.6)}
    judged["moutons"] = {THEIR_DENIAL: ("contradicted", 0.8)}
    judged["chiens"] = {"financera": ("weakened", 0.7)}
    judged["louves"] = {"piégeage": ("contradicted", 0.4)}
    judged["forêt"] = {"enrichit la": ("contradicted", 0.6)}
    speech = (
        "Les brebis sont payées. Les moutons sont payés. Il n’y a plus de chiens de garde. "
        "Les louves sont piégées. La forêt souffre du loup."
    )
    found = debate.counter(speech)
    assert len(found.strongest) == STRONGEST
    assert [number for number, _ in found.strongest] == [0, 2, 4]
    data = counter_as_json(found)
    assert data["strongest"][0]["tag"] == "Contre\u00a0: Les brebis sont payées."
    assert [speech[one["speech_start"] : one["speech_end"]] for one in data["sentences"]] == [
        one["sentence"] for one in data["sentences"]
    ]


def test_words_between_quote_marks_stay_together() -> None:
    speech = (
        "Il l’écrit : « Le loup revient. Il enrichit la forêt. » Bonsoir à vous tous. La chasse est ouverte"
    )
    assert [speech[start:end] for start, end in units_in(speech)] == [
        "Il l’écrit : « Le loup revient. Il enrichit la forêt. »",
        "Bonsoir à vous tous.",
        "La chasse est ouverte",
    ]


@pytest.mark.parametrize(
    ("typed", "ended"),
    [
        ("Le loup revient. Il enri", "Le loup revient."),
        ("Le loup revient", ""),
        ("Que dit M.", ""),
        ("Que dit M. Petit ? Il a parlé de 3.5 lou", "Que dit M. Petit ?"),
        ("Il a dit « Non ! » Puis", "Il a dit « Non ! »"),
    ],
)
def test_while_it_is_typed_only_what_has_ended_counts(typed: str, ended: str) -> None:
    assert finished(typed).rstrip() == ended


@pytest.mark.parametrize(
    ("speech", "said"),
    [
        (" \n", "the speech is empty"),
        ("« ! »", "the speech is empty"),
        ("Le loup revient ce soir. " * (SENTENCES + 1), f"{SENTENCES} at most; answer it in parts"),
        ("a" * (SPEECH_MAX + 1), "at most"),
    ],
)
def test_what_is_no_speech_is_refused(speech: str, said: str, debate: Debate) -> None:
    with pytest.raises(InputError, match=said):
        debate.counter(speech)


def test_a_speech_in_the_terminal(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.9), OUR_PROMISE: ("supported", 0.6)}
    text = counter_as_text(debate.counter(f"Bonsoir à tous. {CLAIM}"))
    top, greeting, sentence = text.split("\n# ")
    assert "Contre\u00a0: Les brebis tuées" in top and "n’a été indemnisée" in top
    assert "salutation" in greeting
    assert sentence.index("n’a été indemnisée") < sentence.index("sera indemnisée")
