"""What may name who speaks at the head of a line: « M. COSTA : », « Mme la présidente. », « Q. ». Pure.

The shapes of transcripts, interviews and official reports in French and English. A line that has one need
not be a label: :mod:`rag.text.transcripts` decides that from the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.text.analyzer import is_stopword
from rag.text.folding import fold
from rag.text.lexicon import DAYS, MONTHS
from rag.text.saying import SAYS, TITLE

Form = Literal["titled", "role", "letter", "numbered", "crowd", "somebody", "person", "word", "unknown"]
"""How it names: by a title, by an office, as Q or R, by a number, many voices, one not known, by two or
more words of a name, by one word; or it only has the look of a label."""
Style = Literal["colon", "point", "dash", "line"]
"""What parts it from the words: ``:``, ``.`` or ``. —``, ``—``, the end of the line."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be the label of a turn.

    Attributes:
        start, end: its slice of the text, with all that stands before the words; no white space around it.
        name: who, as written, without what they are.
        form: how it names.
        style: what parts it from the words.
        office: what they are, where it says so besides the name.
        marked: something else shows that it is one: a time, a party or place in brackets.
    """

    start: int
    end: int
    name: str
    form: Form
    style: Style
    office: str = ""
    marked: bool = False

    @property
    def key(self) -> str:
        """What two labels of one name share."""
        return fold(self.name)

    @property
    def is_strong(self) -> bool:
        """Whether such a shape hardly ever heads a line but as the label of a turn."""
        return self.form in ("titled", "role", "letter", "numbered")


_S = r"[^\S\n]"
_TIME = r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
TIME = rf"(?:\[{_TIME}\]|\({_TIME}\)|{_TIME})"
"""A time as it stands beside a label."""
_LEAD = (
    rf"(?:(?:[-–—•]|>{{1,3}}|\#{{1,6}}){_S}*)?[*_]{{0,3}}(?P<time>{TIME}{_S}*(?:[-–—|]{_S}+)?)?"
    rf"(?:\d\d\.\d\d{_S}+)?[*_]{{0,3}}"
)
_UP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"(?:(?:[dDlL]|O|D[eE]ll)['’])?[{_UP}](?:\.(?:-?[{_UP}]\.)*|[\w’'-]*\w|(?!\w))"
_PARTICLE = (
    rf"(?:(?:de|du|des|la|le|les|von|van|der|den|of|the|al|el|bin|ben|da|dos|di|y|e|zu){_S}+|[dl]['’])"
)
_PROPER = rf"(?:{_PARTICLE}{{0,3}}{_WORD})"
NAME = rf"{_PROPER}(?:{_S}+{_PROPER}){{0,5}}"
"""The words of a name."""
_TITLED = (
    rf"(?:{TITLE}|M(?=\s+[{_UP}])|(?:MR|MRS|MS|DR|PR|MME|MMES|MLLE)\b\.?|Monsieur|Madame|Mademoiselle|Maître"
    r"|MONSIEUR|MADAME|MAÎTRE|SIR|LORD|Lady|LADY|Dame|Baroness|Baron|Viscount|Earl|Madam|Miss"
    r"|(?:L['’])?[Hh]on\.|Senator|Sen\."
    r"|Rep\.|Representative|Congress(?:wo)?man|Secretary|Chair(?:wo)?man|Professor|Prof\.|Judge|General"
    r"|Ambassador|Commissioner|Minister|Councillor|Cllr|Rt\.?\s+Hon\.?|(?:The )?Right Hon\.)"
)
_OF = (
    r"(?:de|du|des|d['’]|à|au|aux|en|et|pour|auprès|chargée?|déléguée?|the|of|for|and|to|pro|la|le|les|l['’])"
)
_OFFICE_WORDS = rf"[\w’'-]+(?:,?{_S}+[\w’'-]+){{0,18}}"
_FR_OFFICE = (
    r"(?:(?:vice|co|sous)-?)?(?:président|rapporteu|ministre|premi[eè]re? ministre|maire|modérat|animat"
    r"|secrétaire|garde|commissaire|député|sénat|préfet|procureu|avocat|juge|greffi|témoin|journaliste"
    r"|doyen|bâtonnier|direct|questeur|conseill|chancel|haute? représentante?|syndic|bourgmestre|échevin"
    r"|présentat|médiat|porte-parole|orat|professeur|expert|défenseur|auditeur|gouverneu|prévenu|accusé)\w*"
)
_EN_OFFICE = (
    r"(?:speaker|chair\w*|president|minister|secretary|court|witness|clerk|judge|justice|chancellor|attorney"
    r"|counsel|interpreter|moderator|host|interviewer|reporter|commissioner|officer|leader|advocate"
    r"|solicitor|operator|defendant|mayor|rapporteur|director|convener|presiding|treasury|journalist)"
)
_ROLES = (
    rf"(?:(?:[Ll]e|[Ll]a|LE|LA){_S}+|[Ll]['’])(?i:{_FR_OFFICE})(?:{_S}+{_OFFICE_WORDS})?"
    rf"|The{_S}+(?:{_EN_OFFICE})(?!\w)"
    rf"|(?:The|THE){_S}+(?=(?:[\w-]+{_S}+){{0,5}}(?i:{_EN_OFFICE})\b)[{_UP}][\w-]*"
    rf"(?:{_S}+(?:of|for|to|and|the|pro|tempore|at|[{_UP}][\w’'-]*)){{0,12}}"
    rf"|(?:Un|Une|A){_S}+(?:journaliste|reporter|journalist)(?:{_S}+{_OFFICE_WORDS})?"
    r"|(?i:journaliste|interviewe[ur]r?|modérat(?:eur|rice)|animat(?:eur|rice)|moderator|interviewer|reporter"
    r"|présentat(?:eur|rice)|journalist|question|réponse|answer|voix off|enquêt(?:eur|rice|é|ée)|host"
    r"|le public)(?!\w)"
)
_SOMEBODY = (
    rf"(?:(?:Un|Une|UN|UNE|An?){_S}+(?!(?:seule?|autre|fois|point|question|mot"
    rf"|dernière?)\b)[^\W\d_][\w’'-]+(?:{_S}+{_OFFICE_WORDS})?"
    r"|(?:L['’]|Le |La |LE |LA )?(?:(?i:auditeur|auditrice|habitante?|riveraine?|spectateur|spectatrice"
    r"|témoin|élève|étudiante?)))"
)
_NUMBERED = (
    rf"(?i:(?:unknown{_S}+)?speaker|intervenante?|locut(?:eur|rice)|participante?|orat(?:eur|rice)|voix"
    rf"|personne|témoin"
    rf"|élève|homme|femme|journaliste|interviewer|enquêtée?|voice|guest|invitée?"
    rf"|étudiante?){_S}*(?:n°{_S}*)?(?:\d{{1,2}}|[A-Z])(?!\w)"
)
_LETTER = r"[QRA]\d{0,3}(?!\.\s?-?[A-Z]\.)"
_CROWD = (
    rf"(?:(?:Plusieurs|Un|Une|Des|Quelques|Divers|De{_S}+nombreux|De{_S}+nombreuses|Several|Some|An?"
    rf"|Many){_S}+"
    rf"(?:autres?{_S}+)?(?:[Hh]on\.?{_S}+|noble{_S}+)?"
    r"(?:voix|député|sénat|membre|orat|parlementaire|élu|conseill|collègue|spectat|auditeur|personne"
    r"|[Mm]ember|[Ss]enator"
    rf"|[Vv]oice|[Ll]ord|[Dd]elegate)\w*(?:{_S}+{_OFFICE_WORDS})?"
    rf"|(?:Voix|Dans{_S}+la{_S}+salle|Hon\.{_S}+Members|[Ll]e{_S}+public|(?:La{_S}+)?[Ss]alle|L['’]assistance|(?:The{_S}+)?[Aa]udience|Une{_S}+voix)(?:{_S}+{_OFFICE_WORDS})?)"
)
_EM = r"[*_]{0,3}"
_BRACKETS = rf"(?P<brackets>(?:{_S}*\([^()\n]{{1,100}}\)){{0,3}})"
_NEXT = rf"(?={_EM}{_S}+[*_]{{0,3}}(?:[{_UP}\d«“\"„'‘(\[…¿]|[.—–-]))"
_STOP = rf"(?<![\s.’'-][{_UP}])(?<!\bMM)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bPr)(?<!\bSt)\."
"""A point that ends no title and no initial."""
_POINT = r"\."
_PARTED = (
    rf"{_EM}(?:(?P<colon>{_S}*:{_EM}(?=\s|$|[«“\"A-ZÀ-Þ]))"
    rf"|(?P<point>{_S}*\.{_EM}{_S}*[–—-]{_EM}(?={_S}+))"
    rf"|(?P<dot>{_STOP}{_EM}{_NEXT})"
    rf"|(?P<dash>{_S}+[–—-]{_EM}{_NEXT})"
    rf"|(?P<line>(?:{_S}+{TIME})?{_S}*[.:]?{_EM}{_S}*$))"
)


def _shape(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_LEAD}(?P<name>{names}){_EM}{_BRACKETS}(?:,{_S}*(?P<office>[^:;!?\n]{{2,200}}?))?{_PARTED}"
    )


_SHAPES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "letter",
        re.compile(
            rf"{_LEAD}(?P<name>{_LETTER}){_EM}(?P<brackets>)(?P<office>){_PARTED.replace(_STOP, _POINT)}"
        ),
    ),
    ("crowd", _shape(_CROWD)),
    ("numbered", _shape(_NUMBERED)),
    (
        "titled",
        _shape(rf"{_TITLED}{_S}+(?:{NAME}|(?i:le|la|l['’]){_S}*(?i:{_FR_OFFICE})(?:{_S}+{_OFFICE_WORDS})?)"),
    ),
    ("role", _shape(_ROLES)),
    ("somebody", _shape(_SOMEBODY)),
    ("person", _shape(NAME)),
    (
        "unknown",
        re.compile(
            rf"{_LEAD}(?P<name>[{_UP}](?:[^.:;!?\n*—–]|\b[A-Z]\.){{1,90}}){_EM}(?P<brackets>)(?P<office>)"
            rf"(?:(?P<colon>{_S}*:{_EM}(?=\s))|(?P<point>{_S}*\.{_EM}{_S}*[–—]{_EM}(?={_S}))|(?P<dot>(?!))"
            r"|(?P<dash>(?!))|(?P<line>(?!)))"
        ),
    ),
)
_HEAD = 320
"""No label is longer than this, in characters."""
_OPENS = re.compile(rf"[\s*_>#•–—-]*(?:[\[({_UP}]|[dl]['’]|\d)|\d")
_FINITE = re.compile(
    rf"\b(?:a|ont|est|sont|était|étaient|avait|avaient|sera|seront|fut|peut|doit|va|vont|fait|veut|ne|qui"
    rf"|que|où|is|was"
    rf"|has|had|were|are|will|would|can|did|who|which|that|un|une|ce|cette|son|sa|ses|il|elle|{SAYS})\b"
    rf"|\b(?:n|qu|s)['’]",
    re.IGNORECASE,
)
"""What an office never has, and a sentence mostly has."""
_NO_NAME = frozenset(
    [fold(word) for word in (*DAYS, *MONTHS["fr"], *MONTHS["en"])]
    + fold(
        "objectif objectifs note notes remarque remarques résultat résultats attention article articles "
        "annexe "
        "chapitre section titre date lieu objet sujet sujets présent présents présente présentes absent "
        "absents "
        "excusé excusés ingrédients préparation cuisson source sources référence références conclusion "
        "conclusions "
        "introduction résumé exemple exemples définition avantage avantages inconvénient inconvénients nom "
        "prénom "
        "adresse téléphone mail courriel email email prix coût durée budget total thèse antithèse synthèse "
        "argument "
        "arguments objection objections problème problèmes solution solutions cause causes conséquence "
        "constat "
        "proposition propositions recommandation recommandations étape étapes important importante nb ps "
        "rappel "
        "astuce conseil conseils avis contexte méthode bilan enjeu enjeux mesure mesures point points "
        "question "
        "questions réponse réponses answer answers subject from to sent cc date re tr fwd goal goals "
        "result results "
        "warning summary abstract keywords example step steps pros cons pro con advantage advantages "
        "drawback "
        "place time location attendees present apologies agenda action actions decision décision décisions "
        "décide "
        "vu considérant décrète arrête paris london londres bruxelles brussels lyon marseille genève "
        "geneva berlin "
        "madrid rome washington new york tel fax site web contact contacts auteur auteurs author éditeur "
        "copyright crédit "
        "crédits photo photos légende figure tableau table encadré fin début suite ici hier demain "
        "aujourd'hui oui "
        "non merci bravo bonjour bonsoir bref enfin ensuite ainsi donc or mais d'abord premièrement "
        "deuxièmement "
        "premier deuxième première second seconde dernier dernière positif négatif fort faible force "
        "forces faiblesse "
        "faiblesses risque risques opportunité menace acheteur vendeur bailleur locataire mission profil "
        "poste "
        "compétences expérience formation public cible horaires tarif tarifs accès réservation pays ville "
        "région "
        "gouvernement opposition majorité syndicat syndicats patronat commission parlement assemblée sénat "
        "conseil "
        "government parliament council issue issues rule rules background history option options scenario "
        "scénario "
        "union états etats parti partis royaume groupe groupes ministère association collectif mouvement "
        "front ligue "
        "mairie préfecture fédération confédération les republicains démocrates labour conservatives "
        "democrats "
        "hypothèse preuve réalité mythe vrai faux myth fact facts claim evidence response rebuttal motion"
    ).split()
)
"""Words that head lines of any text and name nobody who speaks."""


def label_at(text: str, start: int, end: int) -> Label | None:
    """What may be a label at the head of a line.

    Args:
        text: of the document.
        start, end: the line, without white space around it.
    """
    if not _OPENS.match(text, start, end):
        return None
    limit = min(end, start + _HEAD)
    return next((label for label in _labels(text, start, limit, end)), None)


def _labels(text: str, start: int, limit: int, end: int) -> Iterator[Label]:
    for form, shape in _SHAPES:
        found = shape.match(text, start, limit)
        if not found or (found["line"] is not None and limit < end):
            continue
        style = _style(found)
        name = found["name"].strip(" .,_*") if form == "person" else found["name"].strip(" ,_*")
        if form == "person" and _INITIALS.search(found["name"]):
            name = found["name"].strip(" _*")
        office = (found["office"] or "").strip()
        if form == "unknown" and found["time"]:
            yield Label(start, start + len(found.group().rstrip()), name, form, style, marked=True)
            return
        if not _may_be(name, form, "dot" if found["dot"] is not None else style, office):
            continue
        brackets = (found["brackets"] or "").strip()
        name = re.sub(r"^Q\d+\s+(?=\w)", "", name)
        anybody = is_office(name) or (form == "somebody" or (form in ("role", "person") and " " not in name))
        if brackets and anybody and _PERSON.match(brackets):
            name = f"{name} {brackets}"
        if office and is_office(name) and _HOLDER.fullmatch(office):  # « Le président, M. Costa »
            title = re.match(rf"(?:{TITLE}){_S}+", name)
            called = re.match(rf"{_TITLED}{_S}", office) is None and title
            name, office, form = (title.group() if called and title else "") + office, name, "titled"
        yield Label(
            start, found.start() + len(found.group().rstrip()), name, _form(name, form), style, office,
            marked=bool(found["time"] or brackets or re.search(TIME, found["line"] or "")),
        )  # fmt: skip


_INITIALS = re.compile(r"(?:^|[\s.-])[A-ZÀ-Þ]\.?$")
_HOLDER = re.compile(rf"{_TITLED}{_S}+{NAME}|{_PROPER}(?:{_S}+{_PROPER}){{1,4}}")
_PERSON = re.compile(rf"\((?:{_TITLED}{_S}+)?{NAME}(?:,[^()]*)?\)$")
_OFFICE_NAME = re.compile(
    rf"(?:{_TITLED}{_S}+)?(?i:(?:le|la){_S}+|l['’])(?:[a-zà-öø-ÿœ]|(?i:{_FR_OFFICE})(?!\w))"
    rf"|(?:{_TITLED}{_S}+)?(?i:the|une?|an?){_S}+"
)


def is_office(name: str) -> bool:
    """Whether a name is what somebody is: « M. le ministre », « The Speaker »."""
    return _OFFICE_NAME.match(name) is not None


def _form(name: str, form: Form) -> Form:
    return "word" if form == "person" and not re.search(r"\s", name) and "." not in name else form


def _style(found: re.Match[str]) -> Style:
    if found["dot"] is not None or (found["dash"] is not None and found["name"].rstrip("*_").endswith(".")):
        return "point"
    styles: tuple[Style, ...] = ("colon", "point", "dash", "line")
    style = next(style for style in styles if found[style] is not None)
    return "colon" if style == "line" and ":" in re.sub(TIME, "", found["line"]) else style


def _may_be(name: str, form: Form, style: Style | Literal["dot"], office: str) -> bool:
    if office and style in ("dot", "line", "dash") and (_FINITE.search(office) or form == "letter"):
        return False
    if office and style in ("dot", "line") and not _OFFICE_START.match(office):
        return False
    called = form in ("role", "crowd") or (form == "titled" and is_office(name))
    if called and _FINITE.search(re.sub(r"^(?:Une?|An?)\b|\bof State\b", "", name)):
        return False
    if form == "somebody":
        return style != "line" and not _FINITE.search(
            re.sub(r"^(?:Une?|An?)\b", "", name, flags=re.IGNORECASE)
        )
    if form == "unknown":
        return style == "point" or name.isupper()
    if form in ("person", "word"):
        words = fold(name).replace("'", " ").split()
        if all(word.strip(".") in _TITLE_WORDS for word in words):
            return False
        first = words[1] if words[0] in _ARTICLES and len(words) > 1 else words[0]
        plain = first.strip(".")
        return (
            plain not in _NO_NAME
            and words[-1] not in _NO_NAME
            and not (len(plain) > 1 and is_stopword(plain))
        )
    return True


_TITLE_WORDS = frozenset("m mm mr mrs ms mme mmes mlle me dr pr prof st ste sir".split())
_ARTICLES = frozenset("le la l the".split())
_OFFICE_START = re.compile(
    rf"(?:au nom|à |pour |en remplacement|suppléant|auteur|autrice|membre|(?:nouve\w+|ancien\w*)\s|(?:le "
    rf"|la |l['’])?{_FR_OFFICE}\b"
    rf"|(?:the )?(?:[\w-]+ ){{0,3}}{_EN_OFFICE}|on behalf|chef|leader|co-?président)",
    re.IGNORECASE,
)
