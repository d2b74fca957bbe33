"""The commands ``replique dossier …``. A card is named by its number in the list, or by its id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.cli.terminal import AsJson, Lang, print_json, read_input, ready_tools
from rag.errors import InputError

if TYPE_CHECKING:
    from rag.api import Tools
    from rag.dossier import Card, Dossier


dossier_app = typer.Typer(
    help="Collect quotes as cards, and export them to Word, Markdown or HTML.", no_args_is_help=True
)

DossierFile = Annotated[Path, typer.Argument(metavar="FILE", help="The dossier, a JSON file.")]
Cards = Annotated[list[str], typer.Argument(metavar="CARD…", help="Number or id of a card.")]
OneCard = Annotated[str, typer.Argument(metavar="CARD", help="Number or id of a card.")]
Tag = Annotated[str | None, typer.Option(help="The claim that the quote proves.")]
Note = Annotated[str | None, typer.Option(help="For yourself.")]
Section = Annotated[
    str | None, typer.Option(metavar="POCKET/HAT/BLOCK", help="The headings it stands under; three at most.")
]
Marks = Annotated[
    list[str],
    typer.Option("--mark", "--highlight", help="Words of the quote to be read out; may be repeated."),
]
Pace = Annotated[int, typer.Option(min=1, help="Words a minute.")]


@dossier_app.command()
def new(
    file: DossierFile,
    title: Annotated[str, typer.Option(help="Its title.")] = "",
) -> None:
    """Start a dossier."""
    from rag.dossier import Dossier, save, titled

    if file.exists():
        raise InputError("dossier_exists", file=file)
    save(titled(Dossier(), title), file)


@dossier_app.command()
def add(
    file: DossierFile,
    quote: Annotated[str | None, typer.Argument(help="Words that stand in the sources.")] = None,
    source: Annotated[str | None, typer.Option(help="Id of a source, with --start and --end.")] = None,
    start: Annotated[int | None, typer.Option(min=0, help="First character.")] = None,
    end: Annotated[int | None, typer.Option(min=0, help="Character after the last.")] = None,
    from_file: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE", help="What ask, search or verify gave with --json; - for input."
        ),
    ] = None,
    mark: Marks = [],  # noqa: B006 - typer copies it
    tag: Tag = None,
    note: Note = None,
    section: Section = None,
    at: Annotated[int | None, typer.Option(min=1, help="Number that the card is to have.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add cards: from words of the sources, from a slice, or from what another command found.

    The words that ask marks in its quotes are guessed: they are suggestions until `mark --suggested`.
    """
    from dataclasses import asdict

    from rag.dossier import added, found_in, load, save, section_of

    dossier = load(file)
    options: dict[str, Any] = {"tag": tag or "", "note": note or "", "section": section_of(section or "")}
    sliced = (source, start, end)
    ways = (quote is not None, any(value is not None for value in sliced), from_file is not None)
    if sum(ways) != 1 or (ways[1] and None in sliced):
        raise InputError("card_of_nothing")
    tools = ready_tools()
    if quote is not None:
        source, start, end = _place_of(tools, quote)
    if from_file:
        found = list(found_in(read_input(from_file)))
        cards = [tools.dossier_card(**asdict(item), **options) for item in found]
    else:
        cards = [_card_cut(tools, (str(source), start or 0, end or 0), mark, options)]
    for offset, card in enumerate(cards):
        dossier = added(dossier, card, None if at is None else at - 1 + offset)
    save(dossier, file)
    _show(dossier, as_json)


def _place_of(tools: Tools, quote: str) -> tuple[str, int, int]:
    """The slice that is a quote exactly, the first one where there are several."""
    found = tools.verify(quote)
    if found.verdict != "exact" or len({piece.end for piece in found.pieces if piece.n == 1}) != 1:
        raise InputError("card_of_no_quote", verdict=found.verdict)
    first = found.pieces[0]
    return first.source.id, first.start, first.end


def _card_cut(
    tools: Tools, place: tuple[str, int, int], marks: Sequence[str], options: dict[str, Any]
) -> Card:
    """A card from a slice, the words to be marked looked up in it."""
    from rag.dossier import found_words, with_marks

    card = tools.dossier_card(*place, **options)
    return with_marks(card, [found_words(card.quote, words) for words in marks])


@dossier_app.command("list")
def list_cards(
    file: DossierFile,
    pace: Pace = 150,
    check: Annotated[bool, typer.Option("--check")] = False,
    as_json: AsJson = False,
) -> None:
    """List the cards, with words and reading time; with --check, whether each still is in its source."""
    from rag.dossier import load

    dossier = load(file)
    _show(dossier, as_json, pace, ready_tools().dossier_status(dossier) if check else [])


@dossier_app.command()
def edit(
    file: DossierFile,
    card: OneCard,
    tag: Tag = None,
    note: Note = None,
    section: Section = None,
    as_json: AsJson = False,
) -> None:
    """Change the tag, the note or the section of a card."""
    from rag.dossier import changed, described, load, save, section_of

    dossier = load(file)
    path = None if section is None else section_of(section)
    dossier = changed(dossier, described(_named(dossier, card), tag, note, path))
    save(dossier, file)
    _show(dossier, as_json)


@dossier_app.command("mark")
def mark_cards(
    file: DossierFile,
    cards: Annotated[
        list[str] | None, typer.Argument(metavar="CARD…", help="Number or id of a card; without one, all.")
    ] = None,
    mark: Marks = [],  # noqa: B006 - typer copies it
    suggested: Annotated[bool, typer.Option("--suggested", help="Take over the marks suggested.")] = False,
    none: Annotated[bool, typer.Option("--none", help="Take away all marks first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Mark the words to be read out: words that you give, or those suggested."""
    from rag.dossier import changed, found_words, load, save, taken_over, with_marks

    if not (mark or suggested or none):
        raise typer.BadParameter("give --mark WORDS, --suggested or --none")
    dossier = load(file)
    for card in [_named(dossier, name) for name in cards] if cards else dossier.cards:
        spans = [] if none else list(card.quote.highlights)
        marked = with_marks(card, [*spans, *(found_words(card.quote, words) for words in mark)])
        dossier = changed(dossier, taken_over(marked) if suggested else marked)
    save(dossier, file)
    _show(dossier, as_json)


@dossier_app.command()
def move(
    file: DossierFile,
    card: OneCard,
    to: Annotated[int, typer.Argument(min=1, help="Number that it is to have.")],
    as_json: AsJson = False,
) -> None:
    """Move a card."""
    from rag.dossier import load, moved, save

    dossier = load(file)
    dossier = moved(dossier, _named(dossier, card).id, to - 1)
    save(dossier, file)
    _show(dossier, as_json)


@dossier_app.command()
def remove(file: DossierFile, cards: Cards, as_json: AsJson = False) -> None:
    """Remove cards."""
    from rag.dossier import load, removed, save

    dossier = load(file)
    dossier = removed(dossier, [_named(dossier, card).id for card in cards])
    save(dossier, file)
    _show(dossier, as_json)


@dossier_app.command()
def export(
    file: DossierFile,
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="A .docx, .md or .html file.")],
    pace: Pace = 150,
    lang: Lang = "fr",
    as_json: AsJson = False,
) -> None:
    """Export to Word, Markdown or printable HTML; every quote is checked again, what fails is marked."""
    import sys

    from rag.dossier import export as write
    from rag.dossier import load

    dossier = load(file)
    found = ready_tools().dossier_check(dossier, lang or "fr", pace)
    write(output, found)
    for item in found.cards:
        if not item.stands:
            print(f"marked as not verified ({item.status}): {item.card.tag}", file=sys.stderr)
    if as_json:
        print_json({"output": str(output), "cards": len(found.cards), "unverified": found.unverified})


@dossier_app.command()
def renew(file: DossierFile, as_json: AsJson = False) -> None:
    """Take over the quotes found again by their words, where the text of a source was read anew."""
    import sys

    from rag.dossier import load, renewed, save

    dossier = load(file)
    found = ready_tools().dossier_check(dossier, "fr")
    if found.moved:
        before = file.with_name(f"{file.name}.before")
        save(dossier, before)
        dossier = renewed(dossier, found)
        save(dossier, file)
        print(f"{found.moved} cards found again by their words; as it was: {before}", file=sys.stderr)
    _show(dossier, as_json)


def _named(dossier: Dossier, name: str) -> Card:
    """The card with a number or an id."""
    for number, card in enumerate(dossier.cards, start=1):
        if name in (str(number), card.id):
            return card
    raise InputError("card_unnumbered", card=name, count=len(dossier.cards))


def _show(dossier: Dossier, as_json: bool, pace: int = 150, statuses: Sequence[str] = ()) -> None:
    from rag.dossier import length, shortened, to_json

    size = length(dossier.cards, pace)
    if as_json:
        data = to_json(dossier)
        for card, found in zip(data["cards"], statuses, strict=False):
            card["status"] = found
        print_json(data | {"words": size.words, "seconds": size.seconds, "pace": size.pace})
        return
    for number, card in enumerate(dossier.cards, start=1):
        info = card.quote.source
        where = " / ".join(card.section) or info.side or ""
        marked = f" [{statuses[number - 1]}]" if statuses else ""
        print(f"{number:>3}  {card.tag}{marked}")
        print(f"     {where + ' · ' if where else ''}{info.id} {card.quote.start}:{card.quote.end}")
        print(f"     {shortened(card.quote.text)}")
        if card.suggested:
            print(f"     {len(card.suggested)} marks suggested: take them over with `replique dossier mark`")
    print(f"{size.cards} cards, {size.words} words, {size.time} at {size.pace} words a minute")
