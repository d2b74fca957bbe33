"""The brief of three sides: what each part holds, that every quote is a slice, what is said of nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.api import Tools
from rag.brief import Brief, brief_as_dossier, brief_as_text, make_brief
from rag.errors import InputError
from rag.quotes.prove import quotes_in
from rag.search import Scope
from tests.helpers.command import replique
from tests.helpers.indexes import slices
from tests.helpers.judges import judged_by

CLASH = {
    "engines running": {"switch off their engines": ("contradicted", 0.9)},
    "drive the ships": {"does not change the routes": ("contradicted", 0.8)},
}


@pytest.fixture
def brief(index: Index, monkeypatch: pytest.MonkeyPatch) -> Brief:
    judged_by(monkeypatch, CLASH)
    return make_brief(index)


def test_every_quote_is_a_slice_and_nothing_changes(
    brief: Brief, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes = list(quotes_in(brief))
    assert len(quotes) > 30
    assert slices(index.snapshot(), quotes)
    assert make_brief(index) == brief


def test_positions(brief: Brief) -> None:
    assert [position.side for position in brief.positions] == ["Council", "Industry", "Researchers"]
    arguments = list(brief.arguments.values())
    assert [each.id for each in arguments] == [f"a{n + 1}" for n in range(len(arguments))]
    for each in arguments:
        assert {quote.source.side for quote in each.quotes} == {each.side}
        assert each.heading.split()[0] in each.quotes[0].text
    assert len({each.heading for each in arguments}) == len(arguments)
    said = [quote.text for each in arguments for quote in each.quotes]
    assert not any("31 March" in text or "?" in text for text in said)  # a notice, a question


def test_who_answers_what(brief: Brief) -> None:
    by_id = brief.arguments
    told = {(by_id[each.by].side, by_id[each.to].side, each.relation) for each in brief.answers}
    assert told == {("Industry", "Council", "contradicts"), ("Researchers", "Industry", "contradicts")}
    for each in brief.answers:
        assert each.quote in by_id[each.by].quotes or each.quote.source.side == by_id[each.by].side
        assert each.certain
    left = {each.argument for each in brief.unanswered}
    assert left and not left & {each.to for each in brief.answers}
    assert left == set(by_id) - {each.to for each in brief.answers}
    assert {each.by for each in brief.unanswered if by_id[each.argument].side == "Council"} == {
        ("Industry", "Researchers")
    }


def test_figures(brief: Brief) -> None:
    found = {(figure.differ, tuple((use.side, use.value) for use in figure.uses)) for figure in brief.figures}
    assert (True, (("Council", "23"), ("Industry", "61"), ("Researchers", "38"))) in found
    assert (False, (("Council", "14000"), ("Industry", "14000"))) in found
    assert [figure.differ for figure in brief.figures] == sorted(
        (f.differ for f in brief.figures), reverse=True
    )
    for use in (use for figure in brief.figures for use in figure.uses):
        ((start, end),) = use.quote.highlights
        assert use.words == use.quote.text[start - use.quote.start : end - use.quote.start]


def test_chronology(brief: Brief) -> None:
    dates = [event.date for event in brief.chronology]
    assert dates == ["2023", "2023-08-17", "2024-03-31", "2024-07-24"]
    assert [event.precision for event in brief.chronology] == ["year", "day", "day", "day"]
    assert {quote.source.side for quote in brief.chronology[1].quotes} == {"Industry", "Council"}


def test_terms(brief: Brief) -> None:
    assert [[(use.side, use.term) for use in term.uses] for term in brief.terms] == [
        [("Council", "levy"), ("Industry", "passenger tax")]
    ]


def test_questions(brief: Brief) -> None:
    for each in brief.questions:
        assert each.by != each.side and each.asked.source.side == each.by
        assert {quote.source.side for quote in each.answers} <= {each.side}
    asked = {(each.side, each.question): each for each in brief.questions}
    engines = (
        "Ships keep their engines running while they are docked, because there is no shore power (Council)."
    )
    found = asked["Industry", f"{engines} What do you answer?"]
    assert [quote.text for quote in found.answers] == [
        "With shore power, ships can switch off their engines at the quay."
    ]
    assert any("23 pounds" in question and "61 pounds" in question for _, question in asked)
    assert any(not each.answers for each in brief.questions)


def test_by_heart(brief: Brief) -> None:
    texts = [quote.text for each in brief.by_heart for quote in each.quotes]
    assert texts and len(set(texts)) == len(texts)
    assert max(map(len, texts)) <= 140
    assert not any("[1]" in text for text in texts)


def test_a_motion(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(
        monkeypatch, {"levy on cruise": {"levy is fair": ("supported", 0.9), "drive": ("contradicted", 0.9)}}
    )
    found = make_brief(index, "Should we introduce a levy on cruise passengers?")
    assert found.lang == "en"  # « on » is French as well: the sources decide
    stances = {position.side: position.stance for position in found.positions}
    assert (stances["Council"], stances["Industry"]) == ("for", "against")


def test_a_motion_on_something_else_finds_nothing(index: Index) -> None:
    found = make_brief(index, "Faut-il fermer les maternités rurales ?")
    assert [position.stance for position in found.positions] == ["silent"] * 3
    assert list(quotes_in(found)) == []
    assert len(found.empty_parts) == 8
    assert "Council : aucun argument n’a été trouvé." in brief_as_text(found).replace("\u00a0", " ")


def test_only_those_chosen_are_heard(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, CLASH)
    for motion in ("", "Should we introduce a levy on cruise passengers?"):
        found = make_brief(index, motion, scope=Scope(sources=["paper", "traders"]))
        assert found.sides == ("Industry", "Researchers")
        assert {quote.source.id for quote in quotes_in(found)} <= {"paper", "traders"}
    assert found.among == ("Working paper", "Submission of the traders")
    assert "Among: Working paper, Submission of the traders." in brief_as_text(found)
    with pytest.raises(InputError, match="fewer than two sides speak"):
        make_brief(index, scope=Scope(sides=["Council"]))


def test_progress(index: Index) -> None:
    told: list[tuple[str, int, int]] = []
    make_brief(index, progress=lambda *each: told.append(each))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["brief_arguments", "brief_answers", "brief_figures", "brief_questions"]
    for stage in stages:
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps == sorted(steps) and steps[-1][0] == steps[-1][1]


def test_as_a_dossier(brief: Brief, index: Index) -> None:
    dossier = brief_as_dossier(brief)
    ids = [card.id for card in dossier.cards]
    assert len(set(ids)) == len(ids) > 30
    assert all(len(card.section) in (1, 2, 3) and not card.quote.highlights for card in dossier.cards)
    assert brief_as_dossier(brief) == dossier
    checked = Tools(Assistant(index)).briefs.check(brief)
    assert checked.unverified == 0
    parts = list(dict.fromkeys(item.path[0] for item in checked.cards))
    assert parts == [
        "Positions", "Who answers what", "Left unanswered", "Figures on both sides", "Chronology",
        "Each side’s words", "Likely questions", "To know by heart",
    ]  # fmt: skip


def test_fewer_than_two_sides(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Le pont est fermé depuis lundi matin.", encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "docs", store=tmp_path / "store"))
    sync(index)
    with pytest.raises(InputError, match="fewer than two sides"):
        make_brief(index)
    index.close()


def test_the_command(located: list[str], tmp_path: Path) -> None:
    found = json.loads(replique("brief", "--json", "--out", str(tmp_path / "b.md"), *located).stdout)
    assert found["motion"] is None and found["sides"] == ["Council", "Industry", "Researchers"]
    written = (tmp_path / "b.md").read_text(encoding="utf-8")
    assert r"as \*every\* resident knows \[1\]" in written
    assert "# Likely questions" in written
    chosen = replique("brief", "--json", "--side", "Council", "--side", "Industry", *located)
    assert json.loads(chosen.stdout)["among"] == ["Council", "Industry"]
    refused = replique("brief", "--out", "b.pdf", *located)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert ".docx" in refused.stderr


def test_sources_without_a_side_are_named(brief: Brief) -> None:
    text = brief_as_text(replace(brief, unsided=("The press",)))
    assert "Without a side, so not in it: “The press”." in text
    assert "Without a side" not in brief_as_text(brief)
