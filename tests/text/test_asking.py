from __future__ import annotations

import pytest

from rag.text.asking import asked_by, is_clear_question
from rag.text.french import elided, with_a, with_de
from rag.text.genders import Genders
from rag.text.subjects import subjects_in
from rag.types import Language

GENDERS = Genders(["La ville et le gouvernement. Une étude. L’État, un préfet ; la lettre et le loup."])


def questions(sentence: str, lang: Language, speaker: tuple[str, bool] | None = None) -> list[str]:
    return [asked.question for asked in asked_by(sentence, lang, GENDERS, speaker)]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Le gouvernement consacrera 800 000 euros à la formation des réservistes.",
            "Combien d’euros le gouvernement consacrera-t-il à la formation des réservistes",
        ),
        ("La ville emploie 40 agents, contre 52 en 2019.", "Combien d’agents la ville emploie-t-elle"),
        ("La ville a reçu 214 lettres.", "Combien de lettres la ville a-t-elle reçues"),
        ("La ville devra loger 30 familles.", "Combien de familles la ville devra-t-elle loger"),
        ("Le pont coûte 12 millions.", "Combien coûte le pont"),
        ("Le pont a coûté 12 millions d’euros à la ville.", "Combien a coûté le pont à la ville"),
        ("Les travaux dureront quatorze mois.", "Combien de temps dureront les travaux"),
        ("Le budget de l’opéra est de 2 millions d’euros.", "Quel est le budget de l’opéra"),
        ("**Prix.** Le péage est fixé à 4 euros.", "À combien le péage est-il fixé"),
        ("En 2022, 140 places ont été peintes.", "En 2022, combien de places ont été peintes"),
        ("140 places ont été peintes en 2022, puis effacées.", "Combien de places ont été peintes en 2022"),
        ("Il y a 730 chiens dans le massif.", "Combien de chiens y a-t-il dans le massif"),
        ("Le préfet précise que 340 hectares ont brûlé en 2022.", "Combien d’hectares ont brûlé en 2022"),
        ("Le préfet refuse le pont parce qu’il coûte trop.", "Pourquoi le préfet refuse-t-il le pont"),
        ("Mme Vernoux demande un plafond de loups.", "Qui demande un plafond de loups"),
        ("Le syndicat demande que le prix baisse.", "Que demande le syndicat"),
        ("Le conseil votera le 22 mai.", "Quand votera le conseil"),
        ("La ville a acheté la ferme en 2019.", "Quand la ville a-t-elle acheté la ferme"),
    ],
)
def test_what_a_french_sentence_answers(sentence: str, question: str) -> None:
    assert question in questions(sentence, "fr")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The council will close 14 libraries.", "How many libraries will the council close"),
        ("The zoo holds 318 animals.", "How many animals does the zoo hold"),
        ("The museum bought 12 statues in 1911.", "How many statues did the museum buy in 1911"),
        ("Some 420,000 people saw the bronzes, a third of them children.", "How many people saw the bronzes"),
        ("The toll bridge will cost £386 million.", "How much will the toll bridge cost"),
        ("The blazer is £38, the tie £7.50.", "How much is the blazer"),
        ("The mayor opposes the bridge because it costs too much.", "Why does the mayor oppose the bridge"),
        ("Mr Abara warned that the money would run out.", "Who warned that the money would run out"),
        ("The union wants 12%.", "What does the union want"),
        ("The ballot will be held on 24 June.", "When will the ballot be held"),
    ],
)
def test_what_an_english_sentence_answers(sentence: str, question: str) -> None:
    assert question in questions(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Elle emploie 40 agents.",
        "Ces travaux coûteront 12 millions.",
        "Notre budget est de 2 millions d’euros.",
        "Le budget est de 2 millions d’euros.",
        "Un train part à 8 heures.",
        "Les deux communes en comptent 40.",
        "La ville y emploie 40 agents.",
        "Aldebaran emploie 40 agents.",
        "Quarante-cinq pour cent.",
        "",
    ],
)
def test_what_is_not_understood_alone_makes_no_question(sentence: str) -> None:
    assert questions(sentence, "fr") == []


def test_a_part_of_the_answer_is_not_told() -> None:
    assert questions("La ville loue 40 vélos et 12 trottinettes à 3 euros.", "fr") == []
    assert questions("The town rents 40 bicycles to 12 schools.", "en") == []


def test_a_date_belongs_to_its_own_clause() -> None:
    found = questions("Le préfet affirme que la loi sera revue en 2029.", "fr")
    assert [question for question in found if "Quand" in question] == ["Quand la loi sera-t-elle revue"]


@pytest.mark.parametrize(
    ("sentence", "lang", "speaker", "question"),
    [
        (
            "Nous demandons que le tir soit permis.",
            "fr",
            ("les éleveurs", True),
            "Que demandent les éleveurs",
        ),
        ("Nous refusons le pont.", "fr", ("la mairie", False), "Que refuse la mairie"),
        ("Nous n’avons pas voté.", "fr", ("la mairie", False), ""),
        ("Nous avons reçu 214 lettres.", "fr", None, ""),
        ("We want a vote.", "en", ("the pupils", True), "What do the pupils want"),
        ("We want a vote.", "en", ("the council", False), "What does the council want"),
        ("We want a vote.", "en", None, ""),
    ],
)
def test_who_says_we_is_named(
    sentence: str, lang: Language, speaker: tuple[str, bool] | None, question: str
) -> None:
    assert questions(sentence, lang, speaker) == ([question] if question else [])


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("Combien la ville perdra-t-elle chaque année ?", True),
        ("Why did the council close the library?", True),
        ("Pourquoi ?", False),
        ("Que conseillez-vous à la ville ?", False),
        ("Pourquoi l’avez-vous fait pour la ville ?", False),
        ("Why did they close it?", False),
        ("La ville perdra combien chaque année ?", False),
    ],
)
def test_a_question_of_a_source_that_is_understood_alone(text: str, clear: bool) -> None:
    assert is_clear_question(text) == clear


@pytest.mark.parametrize(
    ("text", "lang", "phrases"),
    [
        ("La redevance augmente.", "fr", ["la redevance"]),
        ("Il parle de la cantine municipale.", "fr", ["la cantine municipale"]),
        ("Le prix de l’eau baisse.", "fr", []),
        ("Il renonce aux caméras.", "fr", ["les caméras"]),
        ("Il la demande, elle les aide.", "fr", []),
        ("La moitié part.", "fr", []),
        ("They closed the school library in May.", "en", ["the school library"]),
        ("It was the first time.", "en", []),
    ],
)
def test_what_a_text_speaks_of(text: str, lang: Language, phrases: list[str]) -> None:
    found = list(subjects_in(text, lang))
    assert [mention.phrase for mention in found] == phrases
    for mention in found:
        assert text[slice(*mention.span)].split()[-1] in mention.phrase


def test_french_words_beside_others() -> None:
    assert [with_de(p) for p in ("le plan", "la prime", "l’accord", "les loups", "Arte")] == [
        "du plan", "de la prime", "de l’accord", "des loups", "d’Arte",
    ]  # fmt: skip
    assert [with_a(p) for p in ("le maire", "la ville", "l’État", "les bergers")] == [
        "au maire", "à la ville", "à l’État", "aux bergers",
    ]  # fmt: skip
    assert [elided("de", w) for w in ("loups", "hectares", "haies", "onze", "euros")] == [
        "de loups", "d’hectares", "de haies", "de onze", "d’euros",
    ]  # fmt: skip


def test_genders_are_told_by_articles_then_by_endings() -> None:
    genders = Genders(["un trophée, le trophée, la dune"])
    assert genders("dune") == genders("dunes") == "f"
    assert genders("trophées") == "m"
    assert genders("formation") == "f"
    assert genders("logement") == "m"
    assert genders("xyz") is None
