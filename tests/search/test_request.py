"""What is asked for, told from the words of the asking; what two questions are in one text."""

from __future__ import annotations

import time

import pytest

from rag.search.parts import parts_of
from rag.search.request import Request, request_of

ASKINGS = """
list | mesures du plan | Liste toutes les mesures du plan
list | mesures | Liste les mesures
list | mesures | liste moi toutes les mesures svp
list | mesures du plan | Peux-tu me lister les mesures du plan ?
list | mesures du plan | Pourriez-vous lister toutes les mesures du plan, s’il vous plaît ?
list | mesures du plan | Donne-moi la liste des mesures du plan
list | mesures du plan | Je voudrais la liste complète des mesures du plan
list | mesures | Fais-moi une liste de toutes les mesures
list | arguments contre | Donne-moi tous les arguments contre
list | arguments contre la prime | Donnez-nous les arguments contre la prime.
list | mesures prévues | Quelles sont les mesures prévues ?
list | mesures prévues | Quelles sont toutes les mesures prévues ?
list | conditions à remplir | Quelles sont donc les conditions à remplir ?
list | mesures prévues | mesures prévues
list | signataires | Énumère les signataires.
list | signataires | enumere les signataires
list | signataires de la lettre | Énumérez tous les signataires de la lettre
list | reproches faits à la ministre | Recense les reproches faits à la ministre
list | exceptions | Dresse la liste des exceptions
list | communes concernées | Cite toutes les communes concernées
list | communes concernées | J’aimerais avoir la liste des communes concernées
list | propositions de l’opposition | Peux-tu énumérer les propositions de l’opposition ?
list | étapes du chantier | Passe en revue les étapes du chantier
list | objections | Montre-moi toutes les objections
list | critiques | Dis-moi quelles sont les critiques
list | Quels risques le rapport évoque-t-il | Quels risques le rapport évoque-t-il ?
list | Quelles dépenses restent à la commune | Quelles dépenses restent à la commune ?
list | À quelles conditions le maire accepterait-il | À quelles conditions le maire accepterait-il ?
list | raisons du refus | Toutes les raisons du refus
list | raisons du refus | les raisons du refus
list | mesures Plan | Plan : liste des mesures
list | measures in the plan | List all the measures in the plan
list | measures | Could you list the measures, please?
list | measures | What are the measures?
list | arguments against | Give me all the arguments against
list | arguments against | Could you give me all arguments against?
list | exemptions | Enumerate the exemptions.
list | conditions of the loan | I’d like a list of the conditions of the loan
list | reasons for the delay | Name every one of the reasons for the delay
list | signatories | Can you give me a full list of signatories?
list | demands of the union | What are all the demands of the union?
list | steps | Run through the steps
list | measures planned | measures planned
list | Which countries have signed | Which countries have signed?
list | objections | Show me the objections
list | proposals | Please itemise the proposals
list | which towns are affected | Can you tell me which towns are affected?
compare | la prime | Compare les positions sur la prime
compare | la prime | Comparez les positions des deux camps sur la prime.
compare | la prime | Peux-tu comparer ce que disent les deux camps sur la prime ?
compare | la prime | Compare le gouvernement et l’opposition sur la prime
compare | la prime et le permis | Compare la prime et le permis
compare | la prime | Mets en regard les arguments sur la prime
compare | la prime | Confronte les avis sur la prime
compare | prime | prime : arguments pour et contre
compare | la prime | La prime, pour et contre
compare | la prime | Le pour et le contre de la prime
compare | la prime | Donne-moi le pour et le contre sur la prime
compare | le maire et le préfet | Quelles sont les différences entre le maire et le préfet ?
compare | le gouvernement et l’opposition | Quelle est la différence entre le gouvernement et l’opposition ?
compare | les deux plans | Qu’est-ce qui distingue les deux plans ?
compare | | En quoi diffèrent les deux textes ?
compare | la prime | Fais une comparaison des positions sur la prime
compare | la prime | Je voudrais comparer les points de vue sur la prime
compare | the bonus | Compare the positions on the bonus
compare | the bonus | Could you compare what both sides say about the bonus?
compare | the two plans | Compare the two plans
compare | the plans | What is the difference between the plans?
compare | the bonus | What are the pros and cons of the bonus?
compare | the bonus | Give me the arguments for and against the bonus
compare | bonus | bonus: pros and cons
compare | the toll | How do the mayor and the union differ on the toll?
compare | the toll | Contrast the views of the mayor and the union on the toll
compare | the toll | I want a comparison of the positions on the toll
compare | the toll | Where do the two sides disagree on the toll?
summarise | le plan | Résume le plan
summarise | le plan | resume le plan
summarise | le plan | Résumez-moi le plan en trois phrases.
summarise | le plan | Peux-tu me résumer le plan ?
summarise | | Fais-moi une synthèse
summarise | le rapport | Fais-moi un bref résumé du rapport
summarise | le rapport | J’aurais besoin d’un résumé du rapport
summarise | le plan | Synthétise le plan
summarise | | De quoi parlent ces documents ?
summarise | le communiqué | De quoi parle le communiqué ?
summarise | | De quoi s’agit-il ?
summarise | le plan | résumé du plan
summarise | le plan | Donne-moi les grandes lignes du plan
summarise | | Quels sont les points clés ?
summarise | le débat sur la prime | L’essentiel du débat sur la prime
summarise | | Que contiennent ces documents ?
summarise | la tribune | Quelles sont les idées principales de la tribune ?
summarise | le plan | Pouvez-vous faire un récapitulatif du plan ?
summarise | | Quel est le sujet du débat ?
summarise | the report | Summarise the report
summarise | the report | summarize the report please
summarise | | What is this about?
summarise | | What are these documents about?
summarise | the letter | What’s the letter about?
summarise | the report | Give me a summary of the report
summarise | the report | Could you sum up the report?
summarise | the plan | What are the key points of the plan?
summarise | | tl;dr
summarise | the plan | Overview of the plan
summarise | | I’d like an overview
topic | l’OTAN | Parle-moi de l’OTAN
topic | l'OTAN | parlez-moi de l'OTAN svp
topic | le plan | Parle-nous un peu du plan
topic | l’OTAN | Que dit-on de l’OTAN ?
topic | l’OTAN | Qu’est-ce qu’on dit de l’OTAN ?
topic | l’OTAN | Que disent les sources de l’OTAN ?
topic | l’OTAN | Que disent ces documents sur l’OTAN ?
topic | l’OTAN | Que sait-on de l’OTAN ?
topic | l’OTAN | Montre-moi ce qui concerne l’OTAN
topic | l’OTAN | Montre-moi tous les passages sur l’OTAN
topic | l’OTAN | L’OTAN
topic | l’OTAN | L’OTAN ?
topic | otan | otan
topic | la prime de 400 euros | la prime de 400 euros
topic | l’OTAN | Trouve-moi des citations sur l’OTAN
topic | l’OTAN | Je cherche des informations sur l’OTAN
topic | l’OTAN | infos sur l’OTAN
topic | l’OTAN | À propos de l’OTAN
topic | l’OTAN | Dis-moi tout sur l’OTAN
topic | l’OTAN | Dis-moi ce que tu sais de l’OTAN
topic | l’OTAN | Tout ce qui concerne l’OTAN
topic | l’OTAN | Bonjour, pouvez-vous me parler de l’OTAN ?
topic | l’OTAN | Qu’en est-il de l’OTAN ?
topic | l’OTAN | Quid de l’OTAN ?
topic | la prime | Explique-moi la prime
topic | les réservistes | Qu’y a-t-il sur les réservistes ?
topic | les réservistes | Cherche les réservistes
topic | NATO | Tell me about NATO
topic | NATO | What do the sources say about NATO?
topic | NATO | Can you tell me more about NATO?
topic | NATO | What is said about NATO?
topic | NATO | Show me what concerns NATO
topic | NATO | Show me everything on NATO
topic | NATO | Find passages about NATO
topic | NATO | anything on NATO?
topic | NATO | NATO
topic | the housing bonus | the housing bonus
topic | NATO | What do we know about NATO?
topic | NATO | I’m looking for information on NATO
topic | the bonus | Explain the bonus
answer | | Que dit l’opposition de la prime ?
answer | | Que dit le communiqué de l’OTAN ?
answer | | Quelle est la position de l’opposition sur la prime ?
answer | | Combien coûte la prime ?
answer | | Peux-tu me dire combien coûte la prime ?
answer | | Dis-moi qui a signé l’accord
answer | | J’aimerais savoir ce que coûte la prime.
answer | | Quand l’usine fermera-t-elle ?
answer | | Selon le maire, combien de soldats seront-ils envoyés ?
answer | | Est-ce qu’on sait combien coûte la prime ?
answer | | Donne-moi le montant de la prime
answer | | Donne-moi un argument contre la prime
answer | | montant prime réservistes
answer | | Qui a liste les mesures ?
answer | | Pourquoi compare-t-on la Suède et la Finlande ?
answer | | Qu’est-ce que l’OTAN ?
answer | | Et le gouvernement ?
answer | | Explique pourquoi le maire refuse
answer | | De quoi le maire parle-t-il à la presse ?
answer | | What does the opposition say about the bonus?
answer | | What does NATO do?
answer | | Who summarised the report?
answer | | Since when has the road been closed?
answer | | Do you know how much the bonus is?
answer | | Tell me who signed the agreement
answer | | number of reservists
answer | | Give me the date of the vote
answer | | How does the plan compare with the old one?
answer | | D’après le maire, à quoi servira la recette ?
answer | | Un argument contre la prime, s’il te plaît
answer | | In which year was the list drawn up?
yes_no | | Le service sera-t-il obligatoire ?
yes_no | | Est-ce que le service est obligatoire ?
yes_no | | est ce que le service est obligatoire
yes_no | | Faut-il un service obligatoire ?
yes_no | | faut il fermer la piste ?
yes_no | | Y a-t-il une liste des mesures ?
yes_no | | Peut-on comparer les deux plans ?
yes_no | | Les jeunes qui travaillent seront-ils exemptés ?
yes_no | | Le maire a-t-il dit combien coûte la prime ?
yes_no | | Quand il pleut, la route est-elle fermée ?
yes_no | | Selon l’opposition, le permis est-il gratuit ?
yes_no | | Le service sera obligatoire ?
yes_no | | Peux-tu me dire si le service sera obligatoire ?
yes_no | | Is the service mandatory?
yes_no | | Does NATO pay?
yes_no | | Will the bonus be paid?
yes_no | | Can you smoke in the park?
yes_no | | According to the mayor, is the toll fair?
yes_no | | Tell me whether the toll is fair
yes_no | | Is there a list of measures?
"""
CASES = [tuple(cell.strip() for cell in line.split(" | ")) for line in ASKINGS.strip().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-1].strip("| "))
def test_what_is_asked_for(case: tuple[str, ...]) -> None:
    kind, *subject, text = (cell.strip(" |") for cell in case)
    found = request_of(text)
    assert found.kind == kind
    if kind not in ("answer", "yes_no"):
        assert found.subject == "".join(subject)


def test_what_is_stated_before_it_is_not_read() -> None:
    assert request_of("Je prépare un débat. Liste les mesures !") == Request("list", "mesures")
    assert request_of("Le plan est long. Combien coûte-t-il ? Merci d’avance.").kind == "answer"
    assert request_of("Compare les positions sur « la prime ».") == Request("compare", "la prime")


@pytest.mark.parametrize(
    "text", ["", "?", " … ", "« »", "12", "de", "Bonjour", "liste", "compare", "parle-moi de"]
)
def test_the_fewest_words_are_read(text: str) -> None:
    assert len(request_of(text).subject) <= len(text)


def test_accents_may_be_marks_of_their_own() -> None:
    assert request_of("E\u0301nume\u0300re les e\u0301tapes") == Request("list", "étapes")


@pytest.mark.parametrize(
    "unit", ["de la ", "compare et ", "tous les ", "qui que ", "et ", "la prime sur ", "«", "? "]
)
def test_the_longest_text_is_read_in_a_moment(unit: str) -> None:
    text = (unit * 4000)[:4000]
    start = time.perf_counter()
    request_of(text), parts_of(text)
    assert time.perf_counter() - start < 2
