"""Segmentation: what holds for any text, then examples read as a French or English reader would."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.schema import Document, MetadataMode, NodeRelationship, TextNode

from rag.store.nodes import SegmentParser, node_id, parse_node_id
from rag.text.lines import content_start
from rag.text.segmenter import PASSAGE_MAX, PASSAGE_MIN, segment
from rag.text.sentences import SENTENCE_MAX, is_quotable
from rag.types import Passage, Place, Sentence
from tests.helpers import ROOT

CORPUS = ROOT / "corpus"
NBSP, NNBSP = "\u00a0", "\u202f"


# --- helpers --------------------------------------------------------------------------------------


def units(text: str) -> list[Sentence]:
    return [sentence for passage in segment(text) for sentence in passage.sentences]


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in units(text)]


def passages(text: str) -> list[str]:
    return [text[p.start : p.end] for p in segment(text)]


def places(text: str) -> list[Place]:
    return [s.place for s in units(text)]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraph and point of each sentence."""
    return [(place.paragraph, place.point) for place in places(text)]


def lead_ins(text: str) -> list[str | None]:
    return [text[slice(*s.lead_in)] if s.lead_in else None for s in units(text)]


def headings(text: str) -> list[str | None]:
    return [text[slice(*s.heading)] if s.heading else None for s in units(text)]


def spaced(strings: Sequence[str]) -> list[str]:
    """The strings with each run of white space made one space."""
    return [" ".join(string.split()) for string in strings]


def nodes_of(document: Document) -> list[TextNode]:
    nodes = SegmentParser(variant="v1").get_nodes_from_documents([document])
    return [node for node in nodes if isinstance(node, TextNode)]


def blank(text: str) -> bool:
    return not text or text.isspace()


# --- what holds for any text ----------------------------------------------------------------------

FRAGMENTS = [
    *("La paix est proche.", "Il part", "M. ", "MM. Durand", "art. 5", "p. 12", "etc. ", "av. J.-C. "),
    *("J. Dupont", "U.S. ", "No. 5", "e.g. ", "3,5", "3.5", "1er", "800 000", "voici :", " : ", " ; ", ";"),
    *(
        "« ",
        " »",
        f"«{NBSP}",
        f"{NNBSP}»",
        "“",
        ".”",
        "’",
        '"',
        "(",
        ".)",
        "[1]",
        "…",
        "...",
        "?",
        "!",
        ".",
        "?!",
    ),
    *("- item", "– ", "— Où ?", "• ", "* ", "1. ", "1) ", "a) ", "2° ", "# Titre", "## ", "> ", "| a | b |"),
    *(
        " ",
        "  ",
        "\t",
        NBSP,
        NNBSP,
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\f",
        "\v",
        "\x1c",
        "\x85",
        "\u2028",
        "\u2029",
    ),
    *(
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\ud800",
        "e\u0301",
        "la réunion des",
        "Coalition",
        "https://a.fr/b?c=d.e",
    ),
    *(
        "x" * 1500,
        " " * 1200,
        "mot " * 400,
        "Oui. " * 60,
        "\n" * 50,
        "- a\n" * 30,
        "la paix ; " * 150,
        "." * 300,
    ),
]

compositions = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
characters = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
punctuation = st.text(alphabet=" \n\f.:;!?…«»\"'()[]-–—•|#>1aA\u00a0\u202f", max_size=120)
texts = st.one_of(compositions, characters, punctuation)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_units_tile_any_text(text: str) -> None:
    found = segment(text)
    assert found or blank(text)
    end = 0
    for passage in found:
        assert passage.sentences
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            assert blank(text[end : sentence.start])
            end = sentence.end
    assert blank(text[end:])


@settings(max_examples=300, deadline=None)
@given(texts)
def test_units_are_trimmed_and_bounded(text: str) -> None:
    for passage in segment(text):
        assert passage.end - passage.start <= PASSAGE_MAX
        for sentence in passage.sentences:
            words = text[sentence.start : sentence.end]
            assert len(words) <= SENTENCE_MAX
            assert words == words.strip()


@settings(max_examples=300, deadline=None)
@given(texts)
def test_what_introduces_a_sentence_is_a_slice_before_it(text: str) -> None:
    known = {(s.start, s.end) for s in units(text)}
    for sentence in units(text):
        for span in (sentence.lead_in, sentence.heading):
            if span:
                assert 0 <= span[0] < span[1] <= sentence.start
                assert text[slice(*span)].strip() == text[slice(*span)]
        if sentence.lead_in:
            assert text[sentence.lead_in[1] - 1] == ":"
            assert sentence.lead_in in known


@settings(max_examples=300, deadline=None)
@given(texts)
def test_places_never_go_back(text: str) -> None:
    found = places(text)
    keys = [(place.page, place.paragraph, place.point) for place in found]
    assert keys == sorted(keys)
    assert all(place.page >= ("\f" in text) and place.paragraph >= 0 for place in found)
    assert {place.page for place in found} <= {0} or "\f" in text


@settings(max_examples=100, deadline=None)
@given(texts)
def test_same_text_same_units(text: str) -> None:
    assert segment(text) == segment("".join(list(text)))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_content_starts_inside_the_unit(text: str) -> None:
    for sentence in units(text):
        start = content_start(text, sentence.start, sentence.end)
        assert sentence.start <= start < sentence.end
        assert not text[start].isspace()


@settings(max_examples=150, deadline=None)
@given(texts.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_nodes_are_the_slices_they_say(text: str) -> None:
    document = Document(text=text, id_="some-document-id", metadata={"title": "T"})
    nodes = nodes_of(document)
    assert len({node.node_id for node in nodes}) == len(nodes)
    found: dict[str, Sequence[Passage | Sentence]] = {"passage": segment(text), "sentence": units(text)}
    for node in nodes:
        assert node.start_char_idx is not None and node.end_char_idx is not None
        assert node.text == text[node.start_char_idx : node.end_char_idx]
        level = node.metadata["level"]
        document_id, number = parse_node_id(node.node_id)
        unit = found[level][number]
        assert (unit.start, unit.end) == (node.start_char_idx, node.end_char_idx)
        assert document_id == document.node_id
        assert node.node_id == node_id(document_id, "v1", level, number)
    quotable = [u for level in found.values() for u in level if is_quotable(text, u.start, u.end)]
    assert len(nodes) == len(quotable)


# --- sentences ------------------------------------------------------------------------------------

Case = tuple[str, list[str]]


def case(*expected: str) -> Case:
    """One paragraph of sentences that follow each other after a space."""
    return " ".join(expected), list(expected)


FRENCH = [
    case("M. Dupont a rencontré MM. Durand et Martin.", "Mme Petit était absente ce jour-là."),
    case("Le Dr Martin, le Pr. Durand et Me. Petit sont venus.", "Mgr. Aubry est reparti aussitôt."),
    case("Le texte renvoie à l’art. 5 de la loi.", "Il donne la p. 12 en annexe."),
    case("Selon l'art. L. 123-1 du code, la règle vaut.", "Voir le vol. II et le chap. IV du livre."),
    case("Smith et al. (2020) le montrent bien.", "Fibonacci (v. 1175 à Pise) aussi."),
    case("Il y avait des chars, des avions, etc.", "La France en a fourni beaucoup."),
    case("Il y avait des chars, etc. mais aucun avion."),
    case("Rome fut fondée en 753 av. J.-C.", "Les rois la gouvernaient alors seuls."),
    case("Le siècle de 500 av. J.-C. jusqu’à nous fut long."),
    case("Le juge J.-C. Dupont a tranché hier soir.", "Les parties ont fait appel."),
    case("Le rapport de J. Dupont et d’E. Macron est paru.", "Chacun peut le lire ici."),
    case("Il gare sa voiture au parking B.", "Elle prend le RER A.", "C’est plus rapide pour tous."),
    case("Il a pris 3,5 millions et 3.5 points.", "Le reste attendra encore un peu."),
    case("Le 1er mai et le 2e jour sont fériés.", "Le 3 mai ne l’est pas."),
    case("Il était là en 2020.", "12 pays le suivirent ce jour-là."),
    case("Il hésita longtemps… puis il partit sans un mot.", "Elle attendit encore là..."),
    case(
        "Elle attendit là...",
        "Personne ne vint jamais la chercher.",
        "Il neigeait ce soir-là…",
        "Tout dormait encore ici.",
    ),
    case("« Quoi ? » dit-il alors à son frère.", "Elle ne répondit pas à sa question."),
    case("« Il part demain matin. »", "Elle reste ici avec nous."),
    case(f"«{NBSP}Il part demain matin.{NBSP}»", "Elle reste ici avec nous."),
    case(f"«{NNBSP}Il part demain matin{NNBSP}!{NNBSP}»", "Elle reste ici avec nous."),
    case(f"Il a dit «{NNBSP}nous partons{NNBSP}».", f"Elle a dit «{NNBSP}nous restons ici{NNBSP}»."),
    case("« La paix est signée depuis hier.", "La guerre est finie pour tous."),
    case("La paix est signée depuis hier. »", "La guerre est finie pour tous."),
    case("— Où vas-tu donc si tard ?", "— Je vais voir la mer du Nord."),
    case("« Pourquoi ? Parce que la paix le veut. »"),
    case("Il a parlé longtemps hier soir.", "Pourquoi ? Parce que la paix le veut."),
    case("Il a dit : la paix.", "« Pourquoi ? » Elle ne lui répondit pas."),
    case("Il a parlé longtemps hier soir. Pourquoi ?"),
    case("Est-ce possible aujourd’hui ? Oui.", "Il l’a dit lui-même hier soir."),
    case("Nous ne céderons pas sur ce point. Jamais.", "Ils le savent bien."),
    case("La paix est signée.[1]", "La guerre est finie.[12]", "Tout va donc bien."),
    case("La paix est signée.²", "La guerre est finie¹.", "Tout va donc bien."),
    case("Voir www.exemple.fr et v1.2 du fichier rapport.pdf.", "Écrire à a.b@exemple.fr pour la suite."),
    case("Il est bien 10 h 30.", "La séance commence à 14 h.", "La tour mesure 12 m.", "Elle est haute."),
    case("1. Introduction"),
    case("1. Introduction générale du texte.", "2. La suite du texte."),
    case("Article 1er. – Le président est élu au suffrage direct.", "Il nomme le gouvernement."),
    case("(Il est parti sans rien dire.)", "Elle est restée seule ici."),
    case("Quel grand malheur ! s’écria-t-il.", "Nous sommes tous perdus ici."),
    case("Il a crié « Assez ! ».", "Personne n’a bougé de sa place."),
    case("Le ministre (…) a parlé hier.", "Il a tout dit [...] à la presse."),
    case("Il chante la paix ; la guerre est loin."),
    case("Il répondit : — Je viens avec vous."),
    case("Quelle note sans fin ni point"),
    case("Le prix (env. 30 euros, cf. Le Monde) monte.", "Les gens se plaignent."),
]

ENGLISH = [
    case("Mr. Smith met Mrs. Jones and Dr. Brown.", "Gen. Lee was absent that day."),
    case("The U.S. Army is in the U.S.", "The president said so to the press."),
    case("It is case No. 5 today.", "He said no.", "Then he left the room."),
    case("He said no.", "I think he is wrong here."),
    case("He told me.", "Then he left the house."),
    case("In Roe v. Wade, it ruled so.", "It was in 1973 that it ruled."),
    case("On Jan. 6, 2026, they met.", "They signed at 5 p.m.", "Nobody objected to it."),
    case("Some allies, e.g. Poland, i.e. NATO members, agreed.", "Others did not agree."),
    case("“We will not go there.”", "He left the room at once."),
    case('"We will not go there."', "She left the room at once."),
    case("‘We will not go there.’", "They left the room at once."),
    case("“Where are you going now?” he asked her.", "She did not answer him."),
    case("It grew by 3.5 points to 1,234.56 dollars.", "That is a lot of money."),
    case("J. R. R. Tolkien wrote it.", "C. S. Lewis read it all."),
    case("What?! Nobody knew that yesterday.", "It is on https://example.org/a.b?c=d now."),
    case("It was so... quiet that night.", "Nobody came along…", "The end was near."),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH + ENGLISH)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("word", ["cruel", "vingt", "seul", "col", "prof", "me", "non"])
def test_a_common_word_is_no_abbreviation(word: str) -> None:
    assert len(sentences(f"Il est arrivé au {word}. Personne ne l’attendait là-bas.")) == 2


def test_staccato_sentences_are_joined_but_bounded() -> None:
    found = sentences("Oui. Non. " * 500)
    assert all(10 < len(sentence) <= SENTENCE_MAX for sentence in found)


def test_a_run_without_space_is_cut_at_the_limit() -> None:
    assert [len(s) for s in sentences("x" * (2 * SENTENCE_MAX + 5))] == [SENTENCE_MAX, SENTENCE_MAX, 5]


def test_a_long_sentence_is_cut_after_a_clause_or_a_word() -> None:
    clauses = sentences("la paix est proche pour nous tous, " * 60)
    assert len(clauses) > 1
    assert all(s.endswith(",") for s in clauses)
    words = sentences("paix " * 400)
    assert len(words) > 1
    assert all(set(s.split()) == {"paix"} for s in words)


# --- enumerations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "lead_in", "items", "after"),
    [
        ([], "Ce plan prévoit :", ["une aide ;", "un prêt ;", "un don."], ["Il coûte très cher."]),
        ([], "This plan includes:", ["aid to all;", "a loan."], ["It is dear to us."]),
        (["Il est là depuis hier."], "Il prévoit :", ["une aide (civile ; militaire) ;", "un prêt."], []),
        (["Il est là depuis hier."], "Il prévoit :", ["– une aide ;", "– un prêt ;", "– rien."], []),
        ([], "« Ce plan prévoit :", ["une aide ;", "un prêt. »"], ["Il coûte très cher."]),
    ],
)
def test_enumeration_items_know_their_lead_in(
    before: list[str], lead_in: str, items: list[str], after: list[str]
) -> None:
    text = " ".join([*before, lead_in, *items, *after])
    assert sentences(text) == [*before, lead_in, *items, *after]
    assert lead_ins(text) == [None] * (len(before) + 1) + [lead_in] * len(items) + [None] * len(after)


@pytest.mark.parametrize(
    "text",
    [
        "Il a dit : « La paix est proche ; la guerre est loin. »",
        "Il a dit :  « La paix est proche ; la guerre est loin. »",
        f"Il a dit{NBSP}:{NBSP}«{NNBSP}La paix est proche ; la guerre est loin.{NNBSP}»",
        "He said: “Peace is near; war is far.”",
        "He said: 'Peace is near; war is far.'",
        "L’Écosse (en scots : Scotland ; en gaélique : Alba) est une nation.",
        "La paix est proche ; la guerre est loin ; voici : rien.",
        "Le bilan est clair : la paix est proche.",
        "Il est 10:30 ; il part.",
    ],
)
def test_no_enumeration(text: str) -> None:
    assert sentences(text) == [text]
    assert lead_ins(text) == [None]


def test_an_endless_lead_in_introduces_nothing() -> None:
    text = f"Ce plan {'très ' * 300} prévoit : une aide ; un prêt."
    assert not any(lead_ins(text))


MARKERS = ["-", "–", "•", "*", "●", "\uf0b7"]
NUMBERINGS = [
    ("1.", "2.", "3."),
    ("1)", "2)", "3)"),
    ("(1)", "(2)", "(3)"),
    ("a)", "b)", "c)"),
    ("i)", "ii)", "iii)"),
]
LISTS = [(marker,) * 3 for marker in MARKERS] + [*NUMBERINGS, ("1°", "2°", "3°"), ("a.", "b.", "c.")]


@pytest.mark.parametrize("markers", LISTS)
@pytest.mark.parametrize("end", ["", " ;", ".", ","])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_list_items(markers: Sequence[str], end: str, gap: str) -> None:
    items = [f"{m} {word}{end}" for m, word in zip(markers, ("la paix", "Le don", "un prêt"), strict=True)]
    text = gap.join(["Le plan prévoit trois mesures :", *items, "Il est adopté par tous les pays."])
    assert sentences(text) == text.split(gap)
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert lead_ins(text) == [None, *["Le plan prévoit trois mesures :"] * 3, None]
    item = units(text)[1]
    assert text[content_start(text, item.start, item.end) :].startswith("la paix")


def test_a_list_without_lead_in_has_points_and_no_lead_in() -> None:
    text = "Le plan est prêt.\n- La paix est là.\n- Le prêt est là."
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2)]
    assert lead_ins(text) == [None, None, None]


def test_only_the_first_sentence_of_an_item_has_the_lead_in() -> None:
    text = "Voici :\n- Un soutien aux forces. Il sera très long.\n- Un engagement de tous."
    assert lead_ins(text) == [None, "Voici :", None, "Voici :"]


def test_lead_in_is_the_last_sentence_of_the_paragraph() -> None:
    text = "Nous sommes réunis à Paris. Ces garanties comprendront :\n- la paix"
    assert lead_ins(text)[-1] == "Ces garanties comprendront :"


def test_nested_items_have_the_lead_in_of_their_own_item() -> None:
    items = "- des moyens militaires :\n  - des chars\n  - des avions\n- un prêt"
    text = f"Le plan prévoit :\n{items}\n\nIl est prêt."
    assert lead_ins(text) == [
        None,
        "Le plan prévoit :",
        "- des moyens militaires :",
        "- des moyens militaires :",
        "Le plan prévoit :",
        None,
    ]
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (2, 0)]


def test_items_without_markers_in_lower_case_have_the_lead_in() -> None:
    text = "Le plan prévoit :\nune aide à tous ;\nun prêt à certains.\nIl est adopté par tous."
    assert sentences(text) == text.split("\n")
    assert lead_ins(text) == [None, "Le plan prévoit :", "Le plan prévoit :", None]


def test_dialogue_is_paragraphs_unless_introduced() -> None:
    spoken = "Il entra dans la pièce.\n— Où vas-tu donc ?\n— Je vais à la mer."
    assert paragraphs(spoken) == [(1, 0), (2, 0), (3, 0)]
    listed = "Le plan prévoit :\n— une aide à tous\n— un prêt à certains"
    assert paragraphs(listed) == [(1, 0), (1, 1), (1, 2)]


# --- layouts --------------------------------------------------------------------------------------

PROSE = [
    "Nous, membres de la Coalition des volontaires, l’Ukraine et les États-Unis, nous sommes réunis "
    "aujourd’hui à Paris. Nous avons réaffirmé notre engagement en faveur d’une paix juste, conformément "
    "aux principes de la Charte des Nations Unies. M. Dupont était présent – dit-on – ce jour-là.",
    "Le 6 janvier 2026, en effet, s’est tenue une réunion de la « Coalition des volontaires » à Paris, "
    "coprésidée par le président français Emmanuel Macron. Elle prévoit une force de 800 000 soldats.",
    "La France n’agit pas pour la paix et certainement pas pour soutenir les Ukrainiens. Son seul but est "
    "de participer au repartage du monde et de conquérir de nouvelles zones de domination. Elle l’a dit.",
]


def wrap(paragraph: str, width: int = 72, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        paragraph, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False
    )


@pytest.mark.parametrize("width", [40, 60, 72, 78, 90])
@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\r\n\r\n"])
def test_wrapped_paragraphs_with_blank_lines(width: int, gap: str) -> None:
    plain = "\n\n".join(PROSE)
    wrapped = gap.join(
        wrap(p, width).replace("\n", gap[: len(gap) // 2] if "\r" in gap else "\n") for p in PROSE
    )
    assert spaced(sentences(wrapped)) == sentences(plain)
    assert places(wrapped) == places(plain)


@pytest.mark.parametrize("width", [51, 59, 60, 72, 76])  # at some, the last line is nearly full
def test_wrapped_paragraphs_without_blank_lines(width: int) -> None:
    plain = "\n\n".join(PROSE)
    wrapped = "\n".join(wrap(p, width) for p in PROSE)
    assert spaced(sentences(wrapped)) == sentences(plain)
    assert places(wrapped) == places(plain)


@pytest.mark.parametrize("indent", ["   ", "\t", NBSP * 4])
@pytest.mark.parametrize("width", [68, 76])  # the last line of a paragraph is full
def test_indented_first_lines_open_paragraphs(indent: str, width: int) -> None:
    wrapped = "\n".join(wrap(p, width, first="    ").replace("    ", indent) for p in PROSE)
    assert spaced(sentences(wrapped)) == sentences("\n\n".join(PROSE))
    assert places(wrapped) == places("\n\n".join(PROSE))


@pytest.mark.parametrize(("marker", "hang"), [("- ", "  "), ("10. ", "    "), ("* ", "      "), ("– ", "")])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapped_list_items(marker: str, hang: str, gap: str) -> None:
    items = gap.join(wrap(p, first=marker, then=hang) for p in PROSE)
    text = f"Ces garanties comprendront :\n{items}"
    plain = "\n".join(["Ces garanties comprendront :", *[marker + p for p in PROSE]])
    assert spaced(sentences(text)) == sentences(plain)
    assert places(text) == places(plain)
    assert [bool(lead_in) for lead_in in lead_ins(text)] == [bool(lead_in) for lead_in in lead_ins(plain)]


def test_a_paragraph_after_hanging_items_stands_alone() -> None:
    text = (
        "Les garanties de sécurité comprendront les éléments qui suivent ici :\n"
        "- une aide à tous les pays qui en feront la demande au moins une année\n"
        "  avant la date prévue, aux conditions que fixera le conseil de Paris\n"
        "Le conseil se réunira chaque année à Paris, à la date qu’il aura lui-même\n"
        "fixée dans son règlement.\n"
    )
    assert paragraphs(text) == [(1, 0), (1, 1), (2, 0)]


def test_a_line_out_of_the_ordinary_does_not_tell_the_width() -> None:
    lines = "\n".join(wrap(p, 60) for p in PROSE * 3).split("\n")
    long = "https://exemple.fr/" + "x" * 80
    at = next(n for n, line in enumerate(lines) if n and line[0].islower() and lines[n - 1][-1] not in ".,")
    text = "\n".join([*lines[:at], long, *lines[at:]])
    assert len(lines) > 25
    assert paragraphs(text)[-1] == (9, 0)


def ragged(paragraph: str, points: float) -> str:
    """Lines as in a PDF: measured in points, so that their lengths in characters differ."""
    lines, line, used = [], "", 0.0
    for word in paragraph.split(" "):
        length = sum(0.5 if c in "ijlt.,’' " else 1.1 if c in "mwMWCO" else 0.8 for c in word + " ")
        if line and used + length > points:
            lines.append(line)
            line, used = "", 0.0
        line, used = f"{line} {word}".strip(), used + length
    return "\n".join([*lines, line])


@pytest.mark.parametrize("points", [31.0, 39.0, 49.0, 61.5])  # some full lines end a sentence
def test_ragged_lines(points: float) -> None:
    text = "\n".join(ragged(p, points) for p in PROSE)
    assert spaced(sentences(text)) == sentences("\n\n".join(PROSE))
    assert places(text) == places("\n\n".join(PROSE))


WORDS = (
    "la paix guerre de des et ou pour avec dans monde armée soldats cessez-le-feu long sécurité garanties "
    "européennes membres très que qui durable signé accord conseil réunion volontaires toujours notamment"
).split()
NAMES = "France Ukraine Paris M.\u00a0Macron « coalition » (hier) 800 12 – NATO l’État".split(" ")


def invented(rnd: random.Random) -> list[str]:
    """Paragraphs of invented sentences; each sentence long enough to stand alone."""

    def sentence() -> str:
        words = [rnd.choice(WORDS if rnd.random() < 0.8 else NAMES) for _ in range(rnd.randint(6, 30))]
        return " ".join(["Nous", "voulons", *words, "ici"]) + rnd.choice([".", ".", " !", "…", ".[1]", " ?"])

    return [" ".join(sentence() for _ in range(rnd.randint(2, 6))) for _ in range(rnd.randint(4, 8))]


LAYOUTS: dict[str, Callable[[str, int], str]] = {
    "wrapped": wrap,
    "indented": lambda paragraph, width: wrap(paragraph, width, first="    "),
    "ragged": lambda paragraph, width: ragged(paragraph, 0.8 * width),
}


# Seeds are fixed: whether a line wraps is a matter of likelihood, and no rule is right for every text.
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapping_changes_no_sentence(seed: int, layout: str, gap: str) -> None:
    rnd = random.Random(seed)
    plain, width = invented(rnd), rnd.randint(50, 100)
    wrapped = gap.join(LAYOUTS[layout](paragraph, width) for paragraph in plain)
    assert spaced(sentences(wrapped)) == spaced(sentences("\n\n".join(plain)))
    if layout == "indented" or (layout == "wrapped" and gap == "\n\n"):
        assert places(wrapped) == places("\n\n".join(plain))


def test_single_newlines_separate_paragraphs_of_a_text_that_is_not_wrapped() -> None:
    text = "\n".join(PROSE)
    assert {paragraph for paragraph, _ in paragraphs(text)} == {1, 2, 3}


def test_an_unfinished_line_goes_on_in_lower_case() -> None:
    text = "Le président de la République\nest arrivé hier soir." + "\nLe ministre reste à Paris." * 5
    assert spaced(sentences(text))[0] == "Le président de la République est arrivé hier soir."
    assert [paragraph for paragraph, _ in paragraphs(text)] == [1, 2, 3, 4, 5, 6]


def test_verse_keeps_its_lines() -> None:
    text = "Sous le pont Mirabeau coule la Seine\nEt nos amours\nFaut-il qu’il m’en souvienne\nLa joie venait"
    assert sentences(text) == text.split("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\v"])
def test_line_ends(end: str) -> None:
    text = end.join(["La paix est proche.", "La guerre est loin.", "", "# Titre", "- Un point ici."])
    assert sentences(text) == ["La paix est proche.", "La guerre est loin.", "# Titre", "- Un point ici."]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 1)]


def test_markdown() -> None:
    text = (
        "# La réunion de Paris\n\nElle s’est tenue en janvier à Paris.\n\n"
        "## Les mesures\n\n- une aide à tous\n- un prêt à certains\n\n---\n\nLa fin est proche pour tous."
    )
    assert sentences(text) == [line for line in text.split("\n") if line]
    assert headings(text) == [None, "# La réunion de Paris", "# La réunion de Paris", *["## Les mesures"] * 4]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 2), (4, 0)]
    assert passages(text)[0].startswith("# La réunion de Paris\n\nElle s’est")
    title = units(text)[0]
    assert text[content_start(text, title.start, title.end) : title.end] == "La réunion de Paris"


def test_hash_marks_without_space_are_no_heading() -> None:
    assert headings("#Paris est un mot-dièse.\nIl est connu de tous.") == [None, None]
    assert sentences("#\nParis") == ["#", "Paris"]


@pytest.mark.parametrize(
    "title", ["Le contexte de la réunion", "1. Introduction", "2.1 Le contexte", "a) Le don"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_short_line_above_a_paragraph_is_its_heading(title: str, gap: str) -> None:
    before = "La séance est ouverte par le président, qui remercie les membres présents."
    text = gap.join([before, title, PROSE[2]])
    assert headings(text) == [None, None, title, title, title]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 0), (3, 0)]
    assert passages(text) == [before, gap.join([title, PROSE[2]])]  # a heading goes with what it heads


@pytest.mark.parametrize(
    "line", ["La séance est ouverte.", "Voici :", "- Un point", "-----", "| a | b |", "et puis"]
)
def test_no_heading(line: str) -> None:
    text = "\n\n".join([line, PROSE[2]])
    assert not any(headings(text))


@pytest.mark.parametrize("following", ["Le ministre", "Une ligne à peine plus longue"])
def test_a_line_above_a_line_of_its_length_is_no_heading(following: str) -> None:
    assert not any(headings(f"Fait à Paris, le 6\n{following}"))


def test_numbered_items_are_no_headings() -> None:
    text = f"1. La paix\n2. La guerre\n{PROSE[2]}"
    assert not any(headings(text))
    assert paragraphs(text)[:2] == [(1, 1), (1, 2)]


def test_heading_of_a_list_is_no_lead_in() -> None:
    text = "Voici la suite :\n\n# Les mesures\n\n- une aide à tous"
    assert lead_ins(text) == [None, None, None]


@pytest.mark.parametrize("edge", ["| ", ""])
def test_tables(edge: str) -> None:
    rows = [
        f"{edge}Pays | Soldats{edge[::-1]}",
        f"{edge}France | 6 000{edge[::-1]}",
        f"{edge}Italie | 2 000{edge[::-1]}",
    ]
    text = "\n".join(["Voici les troupes prévues :", *rows, "Ces chiffres sont provisoires, dit-on."])
    assert sentences(text) == text.split("\n")
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert lead_ins(text)[1:4] == ["Voici les troupes prévues :"] * 3


def test_rows_of_a_wrapped_text_are_not_run_together() -> None:
    row = "| " + "chiffre " * 7 + "| dernier |"
    text = "\n\n".join([wrap(PROSE[0]), "\n".join([row] * 3), wrap(PROSE[1])])
    assert sentences(text).count(row) == 3


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\f\n", NBSP + "\u2003\r\n", "\x1c\x1d\x1e\x1f"])
def test_nothing(text: str) -> None:
    assert segment(text) == ()


@pytest.mark.parametrize("text", ["paix", "Paix.", "- paix", "«", "…", "1.", "-", "\u200b", "#", "\ud800"])
def test_one_word(text: str) -> None:
    assert sentences(f"\n {text}\n") == [text]


# --- passages -------------------------------------------------------------------------------------

LONG = "Cette phrase compte assez de mots pour tenir seule dans un passage du texte."


def test_a_long_paragraph_is_split_evenly_between_sentences() -> None:
    text = " ".join([LONG] * 40)
    found = passages(text)
    assert len(found) == -(-len(text) // PASSAGE_MAX)
    assert all(passage.endswith(".") for passage in found)
    assert min(map(len, found)) > 0.7 * max(map(len, found))


def test_a_short_paragraph_is_joined_to_the_one_before() -> None:
    assert passages(f"{LONG}\nFait à Paris.\n\n{LONG}") == [f"{LONG}\nFait à Paris.", LONG]


def test_a_short_first_paragraph_is_joined_to_the_next() -> None:
    assert passages(f"Bonjour à tous.\n{LONG}\n{LONG}") == [f"Bonjour à tous.\n{LONG}", LONG]


def test_short_lines_share_passages() -> None:
    found = passages("\n".join(["La paix est là."] * 200))
    assert all(PASSAGE_MIN <= len(passage) <= PASSAGE_MAX for passage in found)


def test_a_last_heading_is_joined_to_what_stands_before() -> None:
    assert passages(f"{LONG}\n\n# Annexe") == [f"{LONG}\n\n# Annexe"]


def test_headings_in_a_row_go_with_the_paragraph() -> None:
    assert passages(f"{LONG}\n\n# A\n\n## B\n\n{LONG}") == [LONG, f"# A\n\n## B\n\n{LONG}"]


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("feed", ["\f", "\n\f\n", "\n\n\f", "\f\n\n"])
def test_pages(feed: str) -> None:
    text = feed.join(["La page une est là.\nElle finit ici même.", "La page deux est là.\n- Un point ici."])
    assert places(text) == [Place(1, 1, 0), Place(1, 2, 0), Place(2, 1, 0), Place(2, 1, 1)]


def test_empty_pages_count() -> None:
    assert places("\f\fLa page trois.\f") == [Place(3, 1, 0)]


@pytest.mark.parametrize("end", ["la réunion", "la « Coalition »", "la réunion (à Paris)", "la réunion,"])
def test_a_sentence_runs_over_a_page_break(end: str) -> None:
    text = f"Elle a tenu {end}\n\f\nde ses membres à Paris. Puis tous sont partis.\nElle a fini."
    first = f"Elle a tenu {end} de ses membres à Paris."
    assert spaced(sentences(text)) == [first, "Puis tous sont partis.", "Elle a fini."]
    assert places(text) == [Place(1, 1, 0), Place(1, 1, 0), Place(2, 1, 0)]


def test_a_full_line_runs_over_a_page_break_before_a_name() -> None:
    lines = wrap(PROSE[0]).split("\n")
    cut = next(n for n, line in enumerate(lines) if line[0].isupper() and n and lines[n - 1][-1] not in ".,")
    text = "\n".join(lines[:cut]) + "\n\f\n" + "\n".join(lines[cut:])
    assert spaced(sentences(text)) == sentences(PROSE[0])


def test_a_list_runs_over_a_page_break() -> None:
    text = "Le plan prévoit :\n- une aide à tous ;\n\f\n- un prêt à certains."
    assert places(text) == [Place(1, 1, 0), Place(1, 1, 1), Place(2, 1, 1)]
    assert lead_ins(text) == [None, "Le plan prévoit :", "Le plan prévoit :"]


def test_headings_hold_over_pages() -> None:
    text = "# Les mesures\n\nElles sont prises ici.\n\f\nElles durent longtemps."
    assert headings(text)[-1] == "# Les mesures"


# --- the shipped documents ------------------------------------------------------------------------


def body(name: str) -> str:
    return (CORPUS / name).read_text(encoding="utf-8").split("---\n", 2)[2]


def test_commentary() -> None:
    text = body("commentaire.md")
    assert len(sentences(text)) == 13
    assert [paragraph for paragraph, _ in paragraphs(text)] == [1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]
    assert len(passages(text)) == 7
    assert not any(lead_ins(text)) and not any(headings(text))


def test_declaration() -> None:
    text = body("declaration.md")
    found = dict(zip(sentences(text), units(text), strict=True))
    assert len(found) == 31

    def place(start: str) -> Place:
        return next(unit.place for sentence, unit in found.items() if sentence.startswith(start))

    assert place("« Déclaration de Paris") == Place(0, 1, 0)
    assert place("Ces garanties de sécurité comprendront") == Place(0, 6, 0)
    assert place("- La participation à un mécanisme") == Place(0, 6, 1)
    assert place("- Un engagement pour") == Place(0, 6, 5)
    assert place("Nous avons en outre décidé") == Place(0, 7, 0)
    assert place("Paris, 6 janvier 2026.") == Place(0, 8, 0)
    assert not any(headings(text))


def test_items_of_the_declaration_know_their_lead_in() -> None:
    text = body("declaration.md")
    introduced: dict[str, list[str]] = {}
    for sentence, lead_in in zip(sentences(text), lead_ins(text), strict=True):
        if lead_in:
            introduced.setdefault(lead_in, []).append(sentence)
    support, guarantees = (
        introduced["Ce soutien comprendra notamment, mais pas uniquement :"],
        introduced["Ces garanties de sécurité comprendront notamment les éléments suivants :"],
    )
    assert len(introduced) == 2
    assert [item[:9] for item in support] == ["des paque", "une aide ", "la poursu", "un accès ", "un soutie"]
    assert len(guarantees) == 5
    assert all(item.startswith("- ") for item in guarantees)


# --- LlamaIndex nodes -----------------------------------------------------------------------------


def test_twin_sentences_keep_their_own_offsets() -> None:
    twin = "La paix est proche, dit le ministre des armées aux soldats réunis."
    text = f"{twin} {twin}\n\n{twin}"
    document = Document(text=text, id_="twins", metadata={"title": "Les jumelles"})
    nodes = nodes_of(document)
    starts = [node.start_char_idx for node in nodes if node.metadata["level"] == "sentence"]
    assert starts == [0, len(twin) + 1, 2 * len(twin) + 3]
    assert [node.node_id for node in nodes][:2] == ["twins-v1-p0", "twins-v1-p1"]


def test_only_the_lead_in_is_embedded_with_a_sentence() -> None:
    document = Document(text="Le plan prévoit :\n- une aide à tous", metadata={"title": "Caché"})
    item = nodes_of(document)[-1]
    assert item.get_content() == "- une aide à tous"
    assert item.get_content(MetadataMode.EMBED) == "Le plan prévoit :\n- une aide à tous"
    assert item.relationships[NodeRelationship.SOURCE].node_id == document.node_id  # type: ignore[union-attr]


def test_rules_are_no_nodes() -> None:
    document = Document(text="La paix est proche.\n\n-----\n\nLa guerre est loin.")
    nodes = nodes_of(document)
    assert "-----" not in [node.get_content() for node in nodes]


def test_a_document_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a long document takes time that grows with the square of its length."""
    calls: list[str] = []
    original = Document.as_related_node_info

    def counted(self: Document) -> object:
        calls.append(self.node_id)
        return original(self)

    monkeypatch.setattr(Document, "as_related_node_info", counted)
    assert len(nodes_of(Document(text=" ".join([LONG] * 20), id_="one"))) > 20
    assert calls == ["one"]


# --- long texts: these would take minutes if anything were quadratic ------------------------------

LONG_TEXTS = {
    "one line": "La paix est proche, dit M. Dupont. Elle vient : un jour ; demain. " * 1600,
    "one word": "x" * 100_000,
    "dots": "." * 100_000 + "x",
    "spaces": "a:" + " " * 100_000 + "« ; b",
    "newlines": "a-" + "\n" * 100_000 + "A",
    "open brackets": "(a" * 50_000 + " : b ; c",
    "closing marks": "." + " »" * 50_000 + "x",
    "marker": "-" + " " * 50_000 + "A. B " * 10_000,
    "list": "La paix est là. " * 3_000 + "voici :\n" + "- a\n" * 5_000,
    "headings": "# a\n" * 5_000,
    "initials": "A. " * 30_000,
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_long_texts(name: str) -> None:
    text = LONG_TEXTS[name]
    found = units(text)
    assert found[0].start == 0
    assert max(s.end - s.start for s in found) <= SENTENCE_MAX
