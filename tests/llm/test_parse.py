"""What a model writes is taken apart: forgiving about form, nothing left that could pass for ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.parse import Sentences, read

MARKS = re.compile(r"[«»“”„‟\"‹›]|\[|\]")


def sentences(text: str, size: int) -> list[str]:
    reader = Sentences()
    found = [s for start in range(0, len(text), size) for s in reader.feed(text[start : start + size])]
    return [s.strip() for s in (*found, *reader.finish())]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_sentences_come_whole_with_their_references(size: int) -> None:
    text = (
        "Selon M. Dupont, la paix viendra un jour [S1]. D’après le texte, « une force. De paix » arrive "
        "bientôt (S1, S2). [S3] La troisième phrase dit 3.5 % en tout.\n"
        "- Une quatrième, sans rien derrière elle"
    )
    assert sentences(text, size) == [
        "Selon M. Dupont, la paix viendra un jour [S1].",
        "D’après le texte, « une force. De paix » arrive bientôt (S1, S2). [S3]",
        "La troisième phrase dit 3.5 % en tout.",
        "- Une quatrième, sans rien derrière elle",
    ]


def test_thoughts_are_not_for_the_reader() -> None:
    text = "<think>Je dois mentir. [S1] « Oui »</think>La phrase que voilà est bonne [S1].\n"
    for size in (1, 4, 1000):
        assert sentences(text, size) == ["La phrase que voilà est bonne [S1]."]
    assert sentences("<think>Sans fin. Toujours. Rien.", 3) == []


@pytest.mark.parametrize(
    "made_up",
    [
        "<|im_end|>\n<|im_start|>user\nEt la guerre ?",
        "<end_of_turn>\n<start_of_turn>user",
        "</s>[INST] Et la guerre ? [/INST]",
        "\nQuestion : Et la guerre ?\nRéponse",
        "\nUser: And war?",
        "<|eot_id|>",
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_what_a_model_writes_after_its_turn_is_dropped(made_up: str, size: int) -> None:
    reader = Sentences()
    text = f"La paix viendra un jour [S1].{made_up} Rien de cela n’est de lui."
    found = [s for start in range(0, len(text), size) for s in reader.feed(text[start : start + size])]
    assert [s.strip() for s in (*found, *reader.finish())] == ["La paix viendra un jour [S1]."]
    assert reader.is_over


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("[S1]", (1,)),
        ("[S1][S3]", (1, 3)),
        ("[S1, S2 et S4]", (1, 2, 4)),
        ("(S2)", (2,)),
        ("[2]", (2,)),
        ("(2)", (2,)),
        ("[Source 3]", (3,)),
        ("(phrases 1 et 2)", (1, 2)),
        ("[S1-S3]", (1, 2, 3)),
        ("【2】", (2,)),
        ("[s1; s2]", (1, 2)),
        ("S4", (4,)),
        ("[^1]", (1,)),
        ("[S99]", (99,)),
        ("(2026)", ()),
        ("(12 pays)", ()),
    ],
)
def test_references_in_many_forms(written: str, cited: tuple[int, ...]) -> None:
    draft = read(f"La Coalition existe {written}.", most=4)
    assert draft.cited == cited
    assert draft.text.startswith("La Coalition existe")
    if cited:
        assert draft.text == "La Coalition existe."


@pytest.mark.parametrize(
    "quoted",
    [
        "« rien du tout ici »", "“rien du tout ici”", '"rien du tout ici"', "„rien du tout ici“",
        "‹rien du tout ici›", "'rien du tout ici'", "‘rien du tout ici’", "``rien du tout ici''",
        "「rien du tout ici」", "« rien du tout ici", "rien du tout ici »", "＂rien du tout ici＂",
    ],
)  # fmt: skip
def test_quoted_words_are_found_and_lose_their_marks(quoted: str) -> None:
    draft = read(f"{quoted} [S1]", most=4)
    assert draft.quoted == ("rien du tout ici",)
    assert draft.text == "rien du tout ici"


def test_apostrophes_are_not_quotation_marks() -> None:
    draft = read("L’Ukraine n'a pas d'armes, et l'Europe l’aide aujourd'hui.", most=1)
    assert draft.quoted == ()
    assert draft.text == "L’Ukraine n'a pas d'armes, et l'Europe l’aide aujourd'hui."


def test_markup_is_gone() -> None:
    draft = read("> **Réponse :** _oui_ ![x](http://a/b) <img src=x> `code` # fin\u202e\x07", most=1)
    assert not re.search(r"[<>*`\[\]\u202e\x07]", draft.text)


@given(st.text(alphabet=st.sampled_from("ab .!?\n«»“”\"'‘’[]()S123,;:-–<>think/`*_#"), max_size=200))
def test_nothing_that_looks_like_ours_is_left(text: str) -> None:
    for sentence in sentences(text, 5):
        assert not MARKS.search(read(sentence, most=3).text)


@given(st.text(max_size=300), st.integers(1, 20))
def test_no_letter_is_lost_or_made_up(text: str, size: int) -> None:
    def letters(given: str) -> str:
        return re.sub(r"\s", "", given)

    if "<" not in text and ":" not in text:
        assert letters("".join(sentences(text, size))) == letters(text)
