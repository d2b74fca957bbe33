"""Rebuttals, on two invented documents about wolves: what is made of what the judge says, and the judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.debate.debate import Debate
from rag.debate.forms import rebuttal_as_json, rebuttal_as_text
from rag.debate.rebuttal import APART, HELD_BEARS, NEAREST, SHOWN
from rag.debate.reply import Reply, limits_of, reasons_of
from rag.errors import InputError
from rag.search import BEARS
from tests.helpers.indexes import made
from tests.helpers.judges import Told, judged_by

CLAIM = "Les brebis tuées sont indemnisées."
OUR_PROMISE, OUR_LIMIT, OUR_DOGS = "sera indemnisée", "Les tirs de défense peuvent", "financera des chiens"
THEIR_DENIAL, THEIR_DOUBT, THEIR_PRAISE = "n’a été indemnisée", "est un mot", "enrichit rien"


def words(replies: Sequence[Reply], known: Sequence[str]) -> list[str]:
    """Which words each of some replies has."""
    return [next(each for each in known if each in reply.quote.text) for reply in replies]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> dict[str, Told]:
    """What the judge tells of claims, by words in them; nothing as yet."""
    told: dict[str, Told] = {}
    judged_by(monkeypatch, told)
    return told


def test_what_contradicts_comes_before_what_weakens_ones_own_apart(
    debate: Debate, judged: dict[str, Told]
) -> None:
    judged["brebis"] = {
        THEIR_DOUBT: ("weakened", 0.99),
        THEIR_DENIAL: ("contradicted", 0.7),
        "aucune autorisation": ("contradicted", 0.9),
        OUR_LIMIT: ("weakened", 0.8),
        OUR_PROMISE: ("supported", 0.95),
        THEIR_PRAISE: ("supported", 0.6),
    }
    found = debate.rebut(CLAIM, "Préfecture")
    assert (found.side, found.inferred, found.possible) == ("Préfecture", False, ())
    theirs = ["aucune autorisation", THEIR_DENIAL, THEIR_DOUBT]
    assert words(found.against, theirs) == theirs
    assert [reply.relation for reply in found.against] == ["contradicts", "contradicts", "weakens"]
    assert [reply.likely for reply in found.against] == pytest.approx([0.9, 0.7, 0.99], abs=1e-4)
    assert words(found.own, [OUR_LIMIT]) == [OUR_LIMIT]
    assert words(found.supports, [OUR_PROMISE, THEIR_PRAISE]) == [OUR_PROMISE, THEIR_PRAISE]
    assert found.silent_sides == found.near == ()
    assert found.against[0].quote.score == pytest.approx(0.9)


def test_no_more_are_shown_than_can_be_read(tmp_path: Path, judged: dict[str, Told]) -> None:
    many = "\n\n".join(f"Le pont numéro {n} ne tiendra pas un hiver de plus." for n in range(SHOWN + 2))
    index = made(tmp_path, {"Mairie/a.txt": "Le pont tiendra.\n", "Opposants/b.txt": many})
    judged["pont"] = {f"numéro {n} ": ("contradicted", 0.6 + n / 100) for n in range(SHOWN + 2)}
    found = Debate(index).rebut("Le pont tiendra.", "Mairie")
    index.close()
    assert len(found.against) == SHOWN
    assert "numéro 5" in found.against[0].quote.text


@pytest.mark.parametrize("bears", [HELD_BEARS - 0.01, 0.0])
def test_where_nothing_bears_on_a_claim_what_is_nearest_stands_apart(
    debate: Debate, judged: dict[str, Told], bears: float
) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", bears)}
    found = debate.rebut(CLAIM, "Préfecture")
    assert found.against == found.own == found.supports == ()
    assert found.silent_sides == ("Bergers",)
    assert len(found.near) == NEAREST
    assert {quote.source.side for quote in found.near} == {"Bergers"}
    assert (THEIR_DENIAL in found.near[0].text) == (bears > 0), "what comes nearest to bearing on it is first"
    assert len(rebuttal_as_json(found)["near"]) == NEAREST
    text = rebuttal_as_text(found)
    assert text.index("Bergers\u00a0: rien n’a été trouvé contre") < text.index(f"> {found.near[0].text[:9]}")


def test_less_is_enough_where_it_is_said_who_makes_a_claim(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", (BEARS + HELD_BEARS) / 2)}
    (reply,) = debate.rebut(CLAIM, "Préfecture").against
    assert THEIR_DENIAL in reply.quote.text
    assert debate.rebut(CLAIM).against == ()


def test_what_is_near_is_of_others_and_does_not_bear_it_out(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {OUR_LIMIT: ("weakened", 0.9), THEIR_DENIAL: ("supported", 0.9)}
    found = debate.rebut(CLAIM, "Préfecture")
    assert found.against == ()
    assert {quote.source.side for quote in found.near} == {"Bergers"}
    assert not any(THEIR_DENIAL in quote.text for quote in found.near)


# --- whose a claim is -----------------------------------------------------------------------------


def test_a_claim_is_held_by_the_side_that_clearly_bears_it_out(
    debate: Debate, judged: dict[str, Told]
) -> None:
    judged["brebis"] = {
        OUR_PROMISE: ("supported", 0.9),
        THEIR_DOUBT: ("supported", 0.9 - APART - 0.01),
        THEIR_DENIAL: ("contradicted", 0.9),
    }
    found = debate.rebut(CLAIM)
    assert (found.side, found.inferred, found.possible) == ("Préfecture", True, ())
    assert rebuttal_as_text(found).startswith("Argument qui semble du côté «\u00a0Préfecture\u00a0»")
    judged["brebis"] = {THEIR_DENIAL: ("supported", 0.51), OUR_PROMISE: ("contradicted", 0.9)}
    assert debate.rebut(CLAIM).side == "Bergers"


def test_where_several_may_hold_a_claim_each_is_offered(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {
        OUR_PROMISE: ("supported", 0.9 - APART + 0.01),
        THEIR_DOUBT: ("supported", 0.9),
        THEIR_DENIAL: ("contradicted", 0.6),
        OUR_LIMIT: ("weakened", 0.9),
    }
    found = debate.rebut(CLAIM)
    assert (found.side, found.possible) == (None, ("Bergers", "Préfecture")), "the likeliest first"
    assert words(found.against, [THEIR_DENIAL, OUR_LIMIT]) == [THEIR_DENIAL, OUR_LIMIT], "whosever it is"
    assert found.own == ()
    assert found.silent_sides == ()
    given = rebuttal_as_json(found)
    assert (given["side"], given["possible_sides"]) == (None, ["Bergers", "Préfecture"])
    assert rebuttal_as_text(found).startswith("Argument que peuvent tenir\u00a0: Bergers / Préfecture")


def test_who_denies_a_claim_has_not_made_it(debate: Debate, judged: dict[str, Told]) -> None:
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.9)}
    found = debate.rebut(CLAIM)
    assert (found.side, found.possible) == (None, ())
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.9), THEIR_DOUBT: ("supported", 0.6)}
    assert debate.rebut(CLAIM).side is None, "even where another of its sentences seems to bear it out"
    judged["brebis"] = {THEIR_DENIAL: ("contradicted", 0.6), THEIR_DOUBT: ("supported", 0.9)}
    assert debate.rebut(CLAIM).side == "Bergers"
    judged["brebis"] = {THEIR_DENIAL: ("weakened", 0.9), THEIR_DOUBT: ("supported", 0.6)}
    assert debate.rebut(CLAIM).side == "Bergers", "who sets a condition may well have made it"
    assert len(found.against) == 1
    assert found.silent_sides == ("Préfecture",)
    assert rebuttal_as_json(found)["side"] is None
    assert rebuttal_as_text(found).startswith("Aucun côté ne semble avoir dit cela")


def test_only_sides_that_speak_make_claims(debate: Debate) -> None:
    with pytest.raises(InputError, match="Bergers, Préfecture"):
        debate.rebut("Le loup", "Chasseurs")
    for empty in ("", " ?"):
        with pytest.raises(InputError):
            debate.rebut(empty)


# --- why ------------------------------------------------------------------------------------------


def test_each_reply_has_its_reason_and_what_limits_it(debate: Debate, judged: dict[str, Told]) -> None:
    judged["louves"] = {"piégeage des louves": ("contradicted", 0.9), OUR_LIMIT: ("weakened", 0.8)}
    trapping, shooting = debate.rebut("Le piégeage des louves est permis.", "Bergers").against
    assert ("condition", "sauf") in {(each.kind, each.actual) for each in trapping.warnings}
    assert {each.kind for each in shooting.reasons} == {"modal", "condition"}
    text = rebuttal_as_text(debate.rebut("Le piégeage des louves est permis.", "Bergers"))
    because = "verbe modal ou conditionnel (peuvent), condition (lorsque)."
    assert f"L’affaiblit ou y met une condition\u00a0: {because}" in text


def test_what_bears_a_claim_out_needs_no_reason(debate: Debate, judged: dict[str, Told]) -> None:
    judged["loup"] = {OUR_LIMIT: ("supported", 0.9)}
    (reply,) = debate.rebut("Le loup").supports
    assert reply.reasons == ()


def test_a_fact_that_differs_is_a_reason() -> None:
    (reason,) = reasons_of("La flotte compte 412 navires.", "La flotte compte 380 navires.")
    assert (reason.kind, reason.quoted, reason.actual) == ("number", "412", "380")
    assert reasons_of("La flotte compte 412 navires.", "La flotte compte 412 navires de pêche.") == []


def test_an_obligation_weakens_nothing() -> None:
    assert limits_of("La paix est garantie", "La paix doit être garantie.") == []
    assert [limit.kind for limit in limits_of("La paix est garantie", "La paix peut être garantie.")] == [
        "modal"
    ]


# --- the judge that comes with the program --------------------------------------------------------


def test_another_number_contradicts_and_the_same_words_bear_out(debate: Debate) -> None:
    said = "La préfecture financera des chiens de protection."
    repeated = debate.rebut(said)
    assert (repeated.side, repeated.possible) == ("Préfecture", ())
    assert repeated.supports[0].quote.text == said
    found = debate.rebut(
        "Chaque brebis tuée sera indemnisée par l’État dans un délai de six mois.", "Bergers"
    )
    assert found.against[0].relation == "contradicts"
    assert OUR_PROMISE in found.against[0].quote.text
    assert any(reason.kind == "number" for reason in found.against[0].reasons)


def test_nothing_bears_on_a_claim_about_something_else(debate: Debate) -> None:
    found = debate.rebut("Les taux d’intérêt de la banque centrale étouffent l’investissement")
    assert found.against == found.own == found.supports == found.possible == ()
    assert found.side is None
    assert found.silent_sides == ("Bergers", "Préfecture")
    assert found.near
