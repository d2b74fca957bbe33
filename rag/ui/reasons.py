"""Why a file, a change or a question is refused, in the reader's language.

Readers, keeper and dossier word their reasons in English, for logs and the command line; here is what they
mean.
"""

from __future__ import annotations

import re

from rag.catalogue import typeset
from rag.errors import RepliqueError
from rag.types import Language
from rag.ui.messages import explain

_FRENCH: dict[str, str] = {
    r"empty: 0 bytes": "le fichier est vide",
    r"empty: no visible text": "le document ne contient pas de texte",
    r"([\d,]+) bytes, over the limit of ([\d,]+)": "trop grand ({0} octets, {1} au plus) ; découpez-le",
    r"(DOCX|PDF) that unpacks to": "décompressé, il serait beaucoup trop grand ; découpez-le",
    r"not a kind of file that is read \((.*?)\)": "ce genre de fichier n’est pas lu ; convertissez-le ({0})",
    r"not a PDF": "ce n’est pas un PDF, malgré son nom ; donnez-lui le bon suffixe",
    r"not a DOCX": "ce n’est pas un fichier Word, malgré son nom ; donnez-lui le bon suffixe",
    r".*not a list of fields": "le fichier .yaml à côté n’est pas une liste de champs ; corrigez-le",
    r"its text would not stay": "son texte ne resterait pas tel quel ; écrivez l’en-tête à la main",
    r"(.* )?leads out of the corpus folder": "un lien mène hors du dossier ; copiez-y le document",
    r"(.*) is back in the corpus folder": "{0} est rétabli, mais ne peut pas être lu ; vérifiez ce fichier",
    r"not a regular file": "ce n’est pas un fichier ordinaire",
    r"permission denied": "lecture interdite ; autorisez-la",
    r"cannot be opened": "le fichier ne peut pas être ouvert ; vérifiez-le",
    r"a PDF, whatever": "c’est un PDF, malgré son nom ; donnez-lui le suffixe .pdf",
    r"a ZIP or Word document, whatever": "un fichier Word ou ZIP, malgré son nom ; donnez-lui le bon suffixe",
    r"an RTF document, whatever": "c’est un fichier RTF ; enregistrez-le en .docx",
    r"an old (Office document|\.doc)": "ancien format, ou mot de passe ; enregistrez-le en .docx sans",
    r"PDF protected by a password": "PDF protégé par un mot de passe ; enregistrez-le sans",
    r"PDF without text layer": "PDF sans texte, peut-être une image ; passez-le à la reconnaissance (OCR)",
    r"damaged": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
    r"DOCX without a body": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
    r".*, whatever its name says": "ce n’est pas du texte, malgré son nom ; donnez-lui le bon suffixe",
    r"binary data": "ce n’est pas du texte ; donnez-lui le bon suffixe",
    r"its encoding is not recognised": "encodage inconnu ; enregistrez-le en UTF-8",
    r"front matter, line (\d+)": "en-tête YAML incorrect, ligne {0} ; corrigez-le",
    r"its front matter is written": "son en-tête ne peut pas être modifié d’ici ; modifiez le fichier",
    r"the same text is among the documents already: (.*)": "le même texte est déjà parmi les documents : {0}",
    r"the \w+ has (\d+) characters: (\d+) at most": "trop long ({0} caractères, {1} au plus)",
    r"the documents are read-only": "les documents sont en lecture seule",
    r"(.*) is the only document": "{0} est le seul document ; ajoutez-en un autre avant de le retirer",
    r"no source '(.*)'": "le document {0} n’existe plus",
    r"the trash holds no": "ce document a déjà été rétabli",
    r"(.*) cannot be changed \((.*?)\)": "{0} ne peut pas être modifié ({1}) ; autorisez-y l’écriture",
    r"(.*) cannot be changed: (.*)": "{0} ne peut pas être modifié ({1})",
    r".* is being written by": "un autre processus indexe en ce moment ; réessayez dans un instant",
    r"the upload is gone": "le fichier envoyé n’est plus là ; choisissez-le à nouveau",
    r"the tag is empty": "dites ce que la citation prouve",
    r"(\d+) sections at most": "{0} rubriques au plus, aucune vide, séparées par /",
    r"the dossier has (\d+) cards": "le dossier a déjà {0} cartes ; commencez-en un autre",
    r".* has no words at": "il n’y a pas de mots à cet endroit",
    r".* has changed since that was found": "ce document a changé depuis ; posez la question à nouveau",
    r"no card ": "cette carte n’est plus dans le dossier",
    r".* is not a dossier": "ce n’est pas un dossier ; choisissez un fichier que Réplique a enregistré",
    r".* was made by another version": "ce dossier vient d’une autre version de Réplique ; mettez-la à jour",
    r".* is damaged": "ce dossier est endommagé ; choisissez un fichier que Réplique a enregistré",
    r"the count is empty": "choisissez un nombre de questions",
    r"the question is empty": "il n’y a pas de mots ; écrivez-en",
    r"the \w+ is empty": "il n’y a rien à vérifier ; collez un texte",
    r"no source or side is named ['\"]?(.*?)['\"]?; there are: (.*)": "rien ne s’appelle {0} ; il y a : {1}",
    r"the sources have fewer than two sides": "les documents ont moins de deux côtés ; dites dans la vue "
    "« Documents » de quel côté est chacun",
    r"the motion has no word to look for": "ce sujet n’a pas de mot à chercher ; dites de quoi il s’agit",
    r"no source has the side ['\"]?(.*?)['\"]?;": "il n’y a plus de côté {0} ; choisissez-en un autre",
    r"(\d+) questions: choose 1 to (\d+)": "choisissez un nombre de questions de 1 à {1}",
    r"no question ['\"]?(.*?)['\"]?:": "son document a changé, la question n’est plus ; recommencez",
    r"the sources give no question": "les documents ne donnent pas de question ; ajoutez-en d’autres",
    r"the question set (.*), line (\d+), has": "questions de {0}, ligne {1} incorrecte ; corrigez-la",
    r"the question set (.*) cannot be read": "le fichier de questions {0} ne peut pas être lu ; corrigez le "
    "réglage REPLIQUE_QUESTIONS",
    r"no answer to ['\"]?(.*?)['\"]? is kept": "cette question n’a pas encore de réponse ; répondez d’abord",
    r"no side is chosen": "dites qui avance cet argument",
    r"the quotes no longer stand in the sources": "les documents viennent de changer ; recommencez",
    r"(?:vanished|it vanished)": "le fichier n’est plus là ; choisissez-le à nouveau",
}


def in_words(reason: str, lang: Language) -> str:
    """A reason in the reader's language; as it stands where no French is known for it."""
    if lang == "fr":
        for english, french in _FRENCH.items():
            if found := re.match(english, reason):
                return typeset(french, lang).format(*(_figure(group or "") for group in found.groups()))
    return reason


def reason_of(error: RepliqueError, lang: Language) -> str:
    """Why something is refused, in the reader's language: by its own words, else by the error's kind."""
    words = in_words(str(error), lang)
    return explain(error, lang) if words == str(error) else words


def _figure(text: str) -> str:
    return text.replace(",", "\u202f") if re.fullmatch(r"[\d,]+", text) else text
