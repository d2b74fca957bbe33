"""Verbs that sentences of a debate turn on, by the forms in which a third person has them. Pure.

Tables of French and English for making questions of sentences: a verb that they do not know makes none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import Language


@dataclass(frozen=True, slots=True)
class Verb:
    """A finite form.

    Attributes:
        plural: whether its subject is of the plural; ``None`` where the form does not tell.
        base: the infinitive of an English verb that needs “do” in a question; empty of others.
        past: whether that “do” is “did”.
    """

    plural: bool | None
    base: str = ""
    past: bool = False


_FRENCH = (
    "abandonne aide abrite accepte accompagne accorde accueille accuse achète admire adopte affirme ajoute "
    "annonce appelle applique apporte approuve arrive assure attaque attribue augmente autorise "
    "baisse bénéficie blesse calcule cause cède cesse chiffre commence compte concerne condamne "
    "confie confirme consacre considère consomme constate conteste contrôle coûte couvre craque crée "
    "critique cultive déclare défile demande démontre dénonce dépasse dépense déplore désigne diminue "
    "distribue donne double dure échange écarte élève embauche emploie empêche emprunte encaisse "
    "engage enregistre enseigne entraîne envisage envoie espère estime étudie évalue évite évoque "
    "exige expire explique exploite exporte fabrique ferme finance fixe forme frappe gagne gère "
    "gouverne habite héberge ignore importe impose indique inquiète insiste installe interroge invite "
    "invoque juge laisse limite livre loge loue mange manque menace mène mentionne mesure modifie "
    "monte montre nie nomme note nourrit observe occupe offre opère oppose organise oublie ouvre paie "
    "partage passe paye perçoit pèse place plaide plante porte possède précise préconise préfère "
    "présente préside prône propose protège prouve provoque publie raconte rappelle rapporte réclame "
    "recommande récupère refuse regarde regrette regroupe rejette relève relie rembourse remercie "
    "remplace renonce renvoie repose reproche réserve respecte reste révèle risque roule sauve siège "
    "signale signe soigne souhaite souligne souffre suggère supprime surveille survole touche traite "
    "transforme transporte travaille traverse trouve tue utilise vérifie verse vise vole vote"
)
"""Third persons in -e, whose plural ends in -ent."""
_FRENCH_IRREGULAR = (
    "agit/agissent appartient/appartiennent atteint/atteignent attend/attendent avertit/avertissent "
    "bâtit/bâtissent choisit/choisissent combat/combattent conduit/conduisent connaît/connaissent "
    "construit/construisent contient/contiennent convient/conviennent court/courent craint/craignent "
    "croit/croient défend/défendent dépend/dépendent détruit/détruisent devient/deviennent dit/disent "
    "entend/entendent fait/font finit/finissent fournit/fournissent garantit/garantissent "
    "interdit/interdisent intervient/interviennent investit/investissent maintient/maintiennent "
    "met/mettent nuit/nuisent obtient/obtiennent permet/permettent perd/perdent plaît/plaisent "
    "prend/prennent prétend/prétendent prévoit/prévoient produit/produisent promet/promettent "
    "punit/punissent reçoit/reçoivent reconnaît/reconnaissent réduit/réduisent remplit/remplissent "
    "rend/rendent répond/répondent représente/représentent réunit/réunissent sait/savent sert/servent "
    "soutient/soutiennent subit/subissent suffit/suffisent suit/suivent tient/tiennent va/vont "
    "vaut/valent vend/vendent veut/veulent vit/vivent voit/voient admet/admettent émet/émettent a/ont "
    "est/sont avait/avaient était/étaient sera/seront aura/auront serait/seraient aurait/auraient "
    "fut/furent eut/eurent peut/peuvent doit/doivent"
)
_FRENCH_FORMS: dict[str, Verb] = {}
for _form in _FRENCH.split():
    _FRENCH_FORMS |= {_form: Verb(False), f"{_form}nt": Verb(True)}
for _pair in _FRENCH_IRREGULAR.split():
    _one, _many = _pair.split("/")
    _FRENCH_FORMS |= {_one: Verb(False), _many: Verb(True)}
_FRENCH_TENSES = re.compile(r"\w{2,}(?:(?P<one>ra|[^aeiouy]?ait)|(?P<many>ront|aient))")
_NO_TENSES = frozenset(
    "lait souhait portrait trait extrait retrait attrait parfait caméra opéra front affront bienfait "
    "forfait satisfait imparfait distrait abstrait".split()
)

DO_SUPPORT = (
    "accept accuse add admit/admitted affect aim allow announce answer apply/applied argue ask "
    "attract back ban/banned become/became begin/began believe belong blame borrow bring/brought "
    "build/built burn buy/bought call carry/carried cause charge choose/chose claim close come/came "
    "concede condemn confirm consider contain cost/cost count cover create cut/cut deal/dealt decide "
    "defend demand deny/denied depend describe deserve dismiss dispute doubt drop/dropped earn "
    "eat/ate employ end enter estimate expect explain export face fail fall/fell favour fear feed/fed "
    "find/found fit/fitted follow forbid/forbade get/got give/gave go/went grow/grew hand hear/heard "
    "hold/held hope host import improve include increase insist insure intend introduce invest join "
    "keep/kept kill know/knew lack last lead/led leave/left let/let limit live lose/lost make/made "
    "mean/meant meet/met move need note object offer operate oppose order own pay/paid "
    "permit/permitted point prefer/preferred prevent produce promise propose protect prove provide "
    "publish push put/put raise reach read/read receive recommend record reduce refuse "
    "regret/regretted reject rely/relied remain remember replace reply/replied report request require "
    "resist respond rest return reveal rise/rose run/ran save say/said see/saw seek/sought sell/sold "
    "send/sent serve set/set show sign speak/spoke spend/spent stand/stood start state stay "
    "stop/stopped suffer suggest support suspect take/took teach/taught tell/told think/thought "
    "threaten treat urge use vote want warn weigh win/won wish withdraw/withdrew work write/wrote "
    "draw/drew drive/drove throw/threw wear/wore bear/bore break/broke shut/shut catch/caught "
    "fight/fought lend/lent split/split feel/felt know/knew choose/chose swear/swore sit/sat"
)
"""English verbs with their past where it is not regular."""
_ENGLISH_FORMS: dict[str, Verb] = {}
for _entry in DO_SUPPORT.split():
    _base, _, _past = _entry.partition("/")
    _regular = f"{_base}d" if _base.endswith("e") else f"{_base}ed"
    _third = re.sub(r"y$", "ie", _base) if re.search(r"[^aeiou]y$", _base) else _base
    _third += "es" if re.search(r"(?:s|sh|ch|x|o)$", _third) else "s"
    _ENGLISH_FORMS[_base] = Verb(True, _base)
    _ENGLISH_FORMS[_third] = Verb(False, _base)
    _ENGLISH_FORMS[_past or _regular] = Verb(None, _base, past=True)
_ENGLISH_FORMS |= {
    form: Verb(plural)
    for plural, forms in {
        False: "is was has does",
        True: "are were have",
        None: "will would can could must shall should may might had",
    }.items()
    for form in forms.split()
}


def verb_of(word: str, lang: Language) -> Verb | None:
    """What a lower-case word is as a finite verb; ``None`` where the tables have it as none."""
    if lang == "en":
        return _ENGLISH_FORMS.get(word)
    known = _FRENCH_FORMS.get(word)
    if known or word in _NO_TENSES:
        return known
    tense = _FRENCH_TENSES.fullmatch(word)
    return Verb(bool(tense["many"])) if tense else None


_OF_US = {
    "avons": ("a", "ont"), "sommes": ("est", "sont"), "voulons": ("veut", "veulent"),
    "pouvons": ("peut", "peuvent"),
    "devons": ("doit", "doivent"), "craignons": ("craint", "craignent"), "faisons": ("fait", "font"),
    "défendons": ("défend", "défendent"), "soutenons": ("soutient", "soutiennent"),
    "savons": ("sait", "savent"),
    "reconnaissons": ("reconnaît", "reconnaissent"), "dénonçons": ("dénonce", "dénoncent"),
    "exigeons": ("exige", "exigent"), "annonçons": ("annonce", "annoncent"), "perdons": ("perd", "perdent"),
    "employons": ("emploie", "emploient"), "achetons": ("achète", "achètent"), "payons": ("paie", "paient"),
}  # fmt: skip
"""What « nous » says, for « il » and « ils »."""


def third_person(verb: str, plural: bool, lang: Language) -> str | None:
    """The form of « nous » or “we” as others say it; ``None`` where the tables do not tell."""
    if lang == "en":
        known = verb_of(verb, "en")
        if known is None or known.plural is False:
            return None
        if plural or known.plural is None:
            return verb
        return {"are": "is", "were": "was", "have": "has"}.get(verb) or next(
            form for form, each in _ENGLISH_FORMS.items() if each.base == verb and each.plural is False
        )
    if verb in _OF_US:
        return _OF_US[verb][plural]
    for ending, (one, many) in {
        "rions": ("rait", "raient"),
        "rons": ("ra", "ront"),
        "ons": ("e", "ent"),
    }.items():
        form = verb.removesuffix(ending) + (many if plural else one)
        if verb.endswith(ending) and verb_of(form, "fr"):
            return form
    return None
