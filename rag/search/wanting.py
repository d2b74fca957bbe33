"""What an asking wants: verbs, questions and nouns by which a list, a comparison… are asked for.

The patterns are matched at the beginning of a text without accents and capitals, and end where its subject
begins; see :mod:`rag.search.phrasing` for what stands in braces.
"""

from __future__ import annotations

from rag.search.phrasing import pattern

COMMANDS = {
    "list": pattern(
        r"(?:list|enumer|recens|repertori|enonc|enumerat|itemi[sz]|detaill){ER}{ME}(?: out)?(?: |$)",
        r"pass{ER} en revue |(?:run|go) through |(?:set|spell) out ",
    ),
    "compare": pattern(
        r"(?:compar|confront|contrast){ER}{ME}(?: and contrast)?(?: |$)|oppos(?:er|ez) ",
        r"(?:mets|mettre|mettez|met){ME} (?:en (?:regard|parallele|balance)|face a face|cote a cote) ",
    ),
    "summarise": pattern(
        r"(?:resum|synthetis|recapitul|summari[sz]){ER}{ME}(?: |$)",
        r"(?:sum up|recap|outline|brief{ME} on)(?: |$)",
    ),
    "topic": pattern(
        r"parl(?:e|ez|er){ME} (?:un peu )?(?={OF})",
        r"(?:tell|talk|speak|inform|teach)(?: to)?{ME} (?:something |everything |all |more |a (?:bit"
        r"|little) "
        r"(?:more )?)?about ",
        r"(?:renseign|inform|eclair)(?:e|ez|er){ME} (?=sur )",
        r"(?:dis|dites|dire){ME} (?:tout|tout ce qu[e'] ?\w+(?: \w+)?|ce qu[e'] ?\w+(?: \w+){0,2}?|plus"
        r"|quelque chose) (?={OF})",
        r"(?:dis|dites)-m'en (?:plus|davantage) (?=sur )",
        r"(?:expliqu|present)(?:e|ez|er){ME} |decri(?:s|vez|re){ME} ",
        r"(?:describe|explain|discuss)(?: to)?{ME} ",
    ),
}
"""Verbs that say what is wanted, by kind of request."""
GIVE = pattern(
    r"(?:donn|indiqu|rappel|rappell|cit|nomm|precis|prepar|expos|redig|dress){ER}{ME} ",
    r"(?:fourni|etabli)(?:s|r|ssez){ME} |(?:dis|dites|dire|fais|faites|faire){ME} ",
    r"(?:give|provide|tell|name|quote|make|draw up|write|compile|prepare){ME}(?: with)? ",
)
"""Verbs after which the thing wanted is named."""
SHOW = pattern(
    r"(?:montr|affich|trouv|retrouv|cherch|recherch){ER}{ME} |extrai(?:s|re|yez){ME} ",
    r"(?:show|find|search|look|bring up|display){ME}(?: (?:for|up))? ",
)
"""Likewise, of passages."""
WANTED = pattern(
    r"(?:avoir|voir|obtenir|lire|have|get|see|read) ",
    r"(?:j'(?:ai|aurais) )?besoin d(?:e |')|il me fau\w+ |je (?:re)?cherche |(?:i'm |i am )?looking for ",
)
"""What stands before a thing wanted, without a verb of asking."""

QUESTIONS = {
    "compare": pattern(
        r"(?:que|qu'en) (?:dit|disent|sait)(?:-on|-t-on| on)? de part et d'autre (?={DE})",
        r"quell?e? est (?:la|le) (?:difference|desaccord|divergence|point commun) (?={DE})",
        r"(?:quels|quelles) (?:differences|desaccords|divergences) (?=entre )",
        r"qu[' ]est[- ]ce qui (?:oppose|distingue|separe|differencie|rapproche) ",
        r"(?:en quoi|sur quoi) (?:diff|s'oppos|diverg)\w+(?:-ils|-elles)? ",
        r"what(?:'s| is) the (?:main )?(?:difference|disagreement) (?=between )",
        r"(?:how|where|on what) do(?:es)? (?=.* (?:differ|disagree)\b)",
    ),
    "topic": pattern(
        r"(?:que|qu'en) (?:dit|disent|raconte|sait|savons|savez|sais|trouve|lit)(?:-on|-t-on|-nous|-vous"
        r"|-tu"
        r"| on)? (?:{SOURCES} )?(?={OF})",
        r"qu[' ]est[- ]ce (?:que |qu'|qui )(?:{SOURCES} |l'on |on |nous |se )?(?:dit|dis|disent|est dit"
        r"|sait"
        r"|savons|trouve|a|lit) (?={OF})",
        r"(?:qu'y a[- ]t[- ]il|qu[' ]est[- ]ce qu'il y a) (?=sur |a propos |concernant )",
        r"(?:quid|qu'en est[- ]il|ou (?:parle-t-on|est-il question)) (?={OF})",
        r"what (?:do|does|did|can) (?:{SOURCES}|they|we|you) (?:say|know|have|tell us|tell me"
        r"|write) (?={OF})",
        r"what(?:'s| is| are| has been) (?:being )?(?:said|known|written|there) (?=(?:about|on|of"
        r"|regarding) )",
        r"(?:what|how) about ",
    ),
    "summarise": pattern(
        r"de quoi (?:parle|parlent|traite|traitent|est[- ]il question|s'agit[- ]il|il s'agit|ca parle)"
        r"(?:-t-on)?(?: dans)?(?: |$)",
        r"(?:quel est|c'est quoi) le (?:sujet|theme|propos|contenu)(?: (?={DE})|$)|que contien(?:t|nent) ",
        r"(?:quel|quelle) est (?:le message|l'essentiel|l'idee (?:principale|generale))(?: |$)",
        r"what(?:'s| is) the (?:gist|main (?:point|idea|message)|topic|subject)(?: |$)",
    ),
    "list": pattern(
        r"(?:quels?|quelles?) (?:sont|seraient|seront|etaient|furent) (?:donc )?(?:tous |toutes )?"
        r"(?:les |des |leurs |ses |ces )",
        r"what are (?:all )?(?:of )?(?:the|its|their|his|her|your|our|these|those) "
        r"(?!names? |results? |odds\b)(?!.* (?:about|accus\w+|told|to work on)\b)",
        r"(?={AFTER}(?:quels|quelles) (?:deux |trois |quatre |\d+ )?\w+[sx]\b)",
        r"(?=which (?:\w+ )?\w{2,}[^\Ws]s (?:are|were|do|does|did|have|had|will|would|must|can|could"
        r"|should)\b)",
        r"(?=(?:which|what) (?:two|three|four|five|six|\d+) \w+)",
        r"(?=(?:which|what) (?:\w+ )?{LISTED}\b)",
    ),
}
"""Questions that ask for one of the kinds."""

_FOR_AND_AGAINST = (
    r"(?:(?:arguments? )?(?:pour et (?:le |les )?contre|for and against)|pros (?:and|&) cons"
    r"|(?:avantages|advantages) (?:et|and) (?:les |the )?(?:inconvenients|disadvantages|drawbacks))"
)
NOUNS = {
    "summarise": pattern(
        r"{ALL}(?:\w+ )?(?:resumes?|syntheses?|summary|summaries|overview|synopsis|digest|gist|recap"
        r"|recapitulatif|tl;?dr)(?: \w+)?(?: (?={DE}|:)|$)",
        r"{ALL}(?:grandes lignes|essentiel|points (?:cles?|principaux|essentiels|forts)"
        r"|idees (?:principales"
        r"|fortes|cles)|vue d'ensemble|apercu|point|tour|key (?:points|ideas|messages)|main (?:points"
        r"|ideas)"
        r"|essentials)(?: (?={DE})|$)",
    ),
    "compare": pattern(
        r"{ALL}(?:comparaison|comparatif|comparison|confrontation|parallele|differences?|desaccords?"
        r"|points communs)(?: (?={DE})|$)",
        r"{ALL}" + _FOR_AND_AGAINST + r"(?: |$)",
    ),
    "topic": pattern(
        r"{ALL}(?:informations?|infos?|renseignements?|details?|passages?|extraits?|citations?|quotes?"
        r"|quotations?"
        r"|excerpts?|elements?|anything|everything|something|phrases?|sentences?)(?: (?:qui|that|which) "
        r"(?:parl|concern|trait|port|mention|evoqu|talk|deal)\w*(?: with)?)? ?(?={OF}|l[ea' ])",
        r"(?:tout )?ce qui (?:concerne |touche (?:a )?|porte (?=sur )|se rapporte |a trait |parle (?={OF})"
        r"|(?:se|est) dit (?={OF}))|ce qu'on (?:dit|sait) (?={OF})",
        r"(?:tout )?ce que (?:disent {SOURCES}|{SOURCES} disent) (?={OF})",
        r"(?:everything |all )?what (?:(?:is said|they say|{SOURCES} say) (?={OF})|concerns |relates to )",
        r"(?:tout )?(?=(?:sur (?!quo?i|quel|combien)|a propos d|au sujet d|concernant|about|regarding"
        r"|quant a))",
    ),
    "list": pattern(
        r"{ALL}(?:\w+ )?(?:listes?|list|enumeration|inventaire|inventory)(?: (?:complete|exhaustive"
        r"|entiere))? "
        r"(?:des |de |du |d'|of ){ALL}",
        r"(?:tou(?:te)?s (?:les |ses |leurs |nos )?|l'ensemble (?:des |de )|chacune? des "
        r"|all (?:of )?(?:the |its |their |these )?|every (?:(?:single )?one of (?:the )?)?"
        r"|each (?:of the )?)",
    ),
}
"""Things that are wanted, by name."""
ENDS_COMPARING = r"[\s,:]+" + _FOR_AND_AGAINST + "$"
"""At the end: « La prime, pour et contre »."""
SEVERAL = pattern(
    r"(?:les |des |leurs |ses |the |its |their |two |three |deux |trois |quatre |cinq |six "
    r"|\d+ )*(?={LISTED}\b)"
)
"""Several things that come as a list."""
MORE = pattern(
    r"(?:les |des |leurs |ses )(?:deux |trois |quatre |cinq |six |\d+ |principa\w+ )?(?=\w+[sx]\b)",
    r"(?:the |its |their )(?:two |three |four |five |six |\d+ |main )?(?=\w+[a-rt-z]s\b)",
)
"""Several things, after a verb of giving."""
VALUE = pattern(
    r"{ALL}(?:date|jour|annee|heure|duree|nombre|nb|prix|cout|montant|taux|tarif|salaire|budget|age|part"
    r"|pourcentage|seuil|indemnite|total|moyenne|positions?|avis|opinion|point de vue|nom|role|year|day"
    r"|time"
    r"|number|price|cost|amount|rate|wage|salary|fee|share|percentage|threshold|average|name|stance"
    r"|views?|role"
    r"|length|definition|reponse|sens|resultat|result|raison|reason|motif|adresse|address|lieu|place"
    r"|score|argument)\b"
)
"""A value, or what somebody holds: an answer is wanted, though nothing asks."""

# --- the subject -----------------------------------------------------------------------------------

STANCES = pattern(
    r"(?:les? |the |des |of |entre |ce que |what )*(?:\w+ )?(?:positions?|avis|arguments?|opinions?"
    r"|points? de vue|views?"
    r"|stances?|camps?|sides|thes\w+|disent|say|think|pense\w*)\b.*?(?= {ON})",
    r".+ (?:et|and|a|to|avec|with|de|from) .+?(?= {ON})",
    r"(?:ce que disent )?{SOURCES}(?: disent)? (?={OF})",
)
"""What is compared, before what it is about."""
GENERAL = pattern(
    r"(?:(?:de |du |of )?(?:deux |two |le |la |les |l'|ces? |cet |cette |mes |nos |vos |tous |toutes "
    r"|tout |the "
    r"|this |that "
    r"|these |those |my |all |our |your |both ))*(?:documents?|textes?|sources|corpus|debats?|dossiers?"
    r"|articles|camps|cotes|parties|versions|sides|two|deux"
    r"|sujet|texts?|debate|files?|ca|cela|tout|ensemble|everything|it|all|this|that|these|those)?"
    r"(?: (?:du |de ce |of this |of the )(?:dossier|debat|corpus|debate))?$"
)
"""The documents, none by name."""
LEAD = pattern(
    r"(?P<le>(?:sur le|a propos du|au sujet du|quant au|du|au) )",
    r"(?P<les>(?:a propos des|au sujet des|quant aux|des|aux) )",
    r"(?:a propos d|au sujet d)(?:e |')|(?:sur|de|concernant|quant a|about|on|of|regarding|concerning|as to"
    r"|between|entre|for|to|a) |d'|: ?",
)
"""What leads to a subject; « du plan » is of « le plan »."""
ARTICLE = pattern(r"(?:(?:les|des|le|la|tous|toutes|the|all|all of|its|their|ses|leurs|ces) |l')+")
"""Before what is listed."""
