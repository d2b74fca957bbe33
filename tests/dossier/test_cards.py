"""Dossiers: their file, their cards, what they weigh, and their check against the sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag import Index, load_settings, sync
from rag.dossier.cards import (
    added,
    changed,
    described,
    found_in,
    make_card,
    moved,
    removed,
    section_of,
    status,
    titled,
)
from rag.dossier.file import from_json, load, save, to_json
from rag.dossier.types import Card, Dossier
from rag.errors import DossierError, InputError, UnknownSource
from rag.store.edition import Edition
from tests.helpers.command import replique

NOTE = "Le pont sera fermé lundi matin aux camions. La mairie n’a pas été consultée.\n"


@pytest.fixture(scope="module")
def located(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "docs").mkdir()
    (folder / "docs" / "note.md").write_text(
        f"---\ntitle: La note\nside: État\n---\n{NOTE}", encoding="utf-8"
    )
    sync(Index(load_settings(corpus=folder / "docs", store=folder / "store")))
    return ["--corpus", str(folder / "docs"), "--store", str(folder / "store")]


@pytest.fixture(scope="module")
def generation(located: list[str]) -> Iterator[Edition]:
    index = Index(load_settings(corpus=located[1], store=located[3]))
    yield index.snapshot()
    index.close()


@pytest.fixture
def card(generation: Edition) -> Card:
    return make_card(generation, "note", 0, 43, "Le pont ferme", "à lire", ("Pour",), [(8, 18)])


def cards(generation: Edition, count: int) -> Dossier:
    dossier = titled(Dossier(), "Le  pont\n")
    for number in range(count):
        dossier = added(dossier, make_card(generation, "note", 0, 43, f"n{number}"))
    return dossier


def tags(dossier: Dossier) -> list[str]:
    return [card.tag for card in dossier.cards]


def test_a_card_is_a_checked_slice(card: Card, generation: Edition) -> None:
    assert card.quote.text == NOTE[:43]
    assert card.quote.highlights == ((8, 18),)
    assert status(card, generation) == "verified"
    assert make_card(generation, "note", 0, 43, "").tag == "Le pont sera fermé lundi matin aux camions."


@pytest.mark.parametrize(
    ("source", "start", "end", "error"),
    [("nulle", 0, 5, UnknownSource), ("note", 5, 5, InputError), ("note", 0, 9999, InputError),
     ("note", -1, 5, InputError), ("note", 42, 44, InputError)],
)  # fmt: skip
def test_no_card_without_a_slice(
    generation: Edition, source: str, start: int, end: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        make_card(generation, source, start, end, "x")


def test_a_card_is_of_the_text_that_was_found(generation: Edition) -> None:
    sha256 = generation.infos[0].sha256
    assert make_card(generation, "note", 0, 43, "x", sha256=sha256).quote.source.sha256 == sha256
    with pytest.raises(InputError, match="note has changed"):
        make_card(generation, "note", 0, 43, "x", sha256="0" * 64)


def test_highlights_of_a_card_are_slices_inside_it(generation: Edition) -> None:
    card = make_card(generation, "note", 3, 43, "x", highlights=[(30, 99), (9, 5), (0, 2), (1, 7), (9, 9)])
    assert card.quote.highlights == ((3, 7), (30, 43))


def test_order(generation: Edition) -> None:
    dossier = cards(generation, 4)
    ids = [card.id for card in dossier.cards]
    assert dossier.title == "Le pont"
    assert tags(moved(dossier, ids[3], 0)) == ["n3", "n0", "n1", "n2"]
    assert tags(moved(dossier, ids[0], 99)) == ["n1", "n2", "n3", "n0"]
    assert tags(removed(dossier, [ids[1], ids[2]])) == ["n0", "n3"]
    assert tags(added(dossier, described(dossier.cards[0], tag="neuf"), 1))[1] == "neuf"
    assert tags(changed(dossier, described(dossier.cards[2], tag="autre"))) == ["n0", "n1", "autre", "n3"]
    with pytest.raises(InputError):
        moved(dossier, "nope", 0)


def test_what_is_said_of_a_card_has_limits(card: Card) -> None:
    assert described(card, section=section_of(" a / b/c ")).section == ("a", "b", "c")
    assert described(card, note="x").tag == card.tag
    for wrong in ({"tag": " "}, {"tag": "x" * 501}, {"section": ("a", "b", "c", "d")}, {"section": ("",)}):
        with pytest.raises(InputError):
            described(card, **wrong)  # type: ignore[arg-type]


# --- the file -------------------------------------------------------------------------------------


def test_saved_and_loaded_it_is_the_same(generation: Edition, card: Card, tmp_path: Path) -> None:
    dossier = added(cards(generation, 2), card)
    save(dossier, tmp_path / "d.json")
    assert load(tmp_path / "d.json") == dossier
    written = json.loads((tmp_path / "d.json").read_bytes())
    for kept in written["cards"]:
        source = kept["quote"]["source"]
        assert "path" not in source, "a program that serves files may take it for one"
        source["path"] = source.pop("file")
    assert from_json(written) == dossier, "as older files have it"
    save(Dossier(), tmp_path / "d.json")
    assert load(tmp_path / "d.json") == Dossier()
    assert [file.name for file in tmp_path.iterdir()] == ["d.json"]


def test_what_cannot_be_written_leaves_the_file(card: Card, tmp_path: Path) -> None:
    save(added(Dossier(), card), tmp_path / "d.json")
    broken = Dossier(cards=(replace(card, note=object()),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        save(broken, tmp_path / "d.json")
    assert load(tmp_path / "d.json").cards == (card,)
    with pytest.raises(DossierError, match="cannot be written"):
        save(Dossier(), tmp_path / "none" / "d.json")


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"cards": []}',
     b'{"format": "replique-dossier", "version": 99, "cards": []}',
     b'{"format": "replique-dossier", "version": 1, "cards": [{}]}', b"[" * 100_000],
)  # fmt: skip
def test_a_bad_file_is_named_in_one_line(written: bytes, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_bytes(written)
    with pytest.raises(DossierError) as raised:
        load(file)
    assert str(file) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("path", "value"),
    [(("text",), "autre"), (("start",), -1), (("end",), 3), (("highlights",), [[0, 999]]), (("sha",), None),
     (("source",), {}), (("text",), 5)],
)  # fmt: skip
def test_a_card_that_does_not_fit_its_text_is_refused(card: Card, path: tuple[str], value: object) -> None:
    data = json.loads(json.dumps(to_json(added(Dossier(), card))))
    if path == ("sha",):
        data["cards"].append(data["cards"][0])  # two cards of one id
    else:
        data["cards"][0]["quote"][path[0]] = value
    with pytest.raises(DossierError, match="damaged"):
        from_json(data)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="cannot be read"):
        load(tmp_path / "none.json")


# --- the check ------------------------------------------------------------------------------------


def test_a_card_whose_source_is_not_what_it_was(card: Card, generation: Edition) -> None:
    quote, info = card.quote, card.quote.source
    moved_on = replace(card, quote=replace(quote, source=replace(info, sha256="0" * 64)))
    other = replace(card, quote=replace(moved_on.quote, text=quote.text.replace("lundi", "mardi")))
    gone = replace(card, quote=replace(quote, source=replace(info, id="gone")))
    false = replace(card, quote=replace(quote, text=quote.text.replace("lundi", "mardi")))
    found = [status(c, generation) for c in (moved_on, other, gone, false)]
    assert found == ["moved", "changed", "missing", "false"]


def test_results_of_other_commands() -> None:
    line = '{"quotes": [{"source": "a", "start": 1, "end": 5, "sha256": "x", "highlights": [[1, 2]]}]}'
    (found,) = found_in(line + "\n\n")
    assert (found.source, found.start, found.end, found.suggested) == ("a", 1, 5, ((1, 2),))
    for bad in ("nope", "{}", '{"quotes": [{}]}', "[]"):
        with pytest.raises(InputError, match="line 1"):
            list(found_in(bad))


# --- the commands ---------------------------------------------------------------------------------


def test_commands(located: list[str], tmp_path: Path) -> None:
    file = str(tmp_path / "d.json")

    def run(*arguments: str, stdin: str = "") -> str:
        done = replique("dossier", *arguments, *located, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", file, "--title", "Le pont")
    run(
        "add",
        file,
        "le pont sera fermé lundi matin",
        "--tag",
        "Fermé",
        "--section",
        "A / B",
        "--highlight",
        "lundi",
    )
    run("add", file, "--source", "note", "--start", "44", "--end", "76", "--tag", "Sans la mairie")
    found = replique("search", "mairie", "-k", "1", "--json", *located).stdout
    data = json.loads(run("add", file, "--from", "-", "--at", "1", "--json", stdin=found))
    assert [card["tag"] for card in data["cards"]][1:] == ["Fermé", "Sans la mairie"]
    assert data["cards"][1]["quote"]["highlights"] == [[19, 24]]
    assert data["words"] > 10
    run("move", file, "1", "3")
    run("edit", file, "1", "--tag", "Fermé lundi", "--note", "d’abord", "--section", "")
    run("remove", file, "3")
    listed = run("list", file, "--check", "--pace", "60")
    assert listed.splitlines()[0] == "  1  Fermé lundi [verified]"
    assert "2 cards" in listed
    cards = json.loads(run("list", file, "--check", "--json"))["cards"]
    assert [card["status"] for card in cards] == ["verified", "verified"]
    out = tmp_path / "d.md"
    assert json.loads(run("export", file, str(out), "--json"))["unverified"] == 0
    assert "#### Fermé lundi" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "D"], "give words"),
        (["add", "D", "le pont sera ouvert lundi matin"], "altered"),
        (["add", "D", "--source", "note", "--start", "3"], "--end"),
        (["add", "D", "le pont", "--highlight", "zut"], "'zut' is not in the quote"),
        (["add", "D", "--from", "-"], "line 1"),
        (["edit", "D", "7", "--tag", "x"], "no card '7'"),
        (["new", "D"], "there already"),
        (["export", "D", "x.pdf"], ".docx, .md or .html"),
        (["list", "nowhere.json"], "cannot be read"),
    ],
)
def test_command_errors_are_one_line(
    located: list[str], tmp_path: Path, arguments: list[str], says: str
) -> None:
    file = tmp_path / "d.json"
    save(Dossier(), file)
    done = replique("dossier", *(str(file) if a == "D" else a for a in arguments), *located, stdin="nope")
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert load(file) == Dossier()
