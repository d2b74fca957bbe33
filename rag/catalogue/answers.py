"""What answers and results say in words of our own."""

from __future__ import annotations

from rag.types import Language

ANSWERS: dict[str, dict[Language, str]] = {
    "according": {"fr": "Selon {source}{locator} :", "en": "According to {source}{locator}:"},
    "said_yes": {"fr": "Oui, selon {source}.", "en": "Yes, according to {source}."},
    "said_no": {"fr": "Non, selon {source}.", "en": "No, according to {source}."},
    "said_condition": {
        "fr": "Selon {source}, avec une condition ou une réserve que la citation dit.",
        "en": "According to {source}, with a condition or a reservation that the quote states.",
    },
    "see_face": {"fr": "Point par point : {command}", "en": "Point by point: {command}"},
    "same_words": {
        "fr": "Les mêmes mots se lisent dans {sources}.",
        "en": "The same words stand in {sources}.",
    },
    "about_subject": {"fr": "Que dit-on de {subject} ?", "en": "What is said about {subject}?"},
    "objections": {"fr": "Que reproche-t-on ?", "en": "What do they object to?"},
    "objections_to": {"fr": "Que reproche-t-on à {name} ?", "en": "What is {name} criticised for?"},
    "selected": {
        "fr": "Un choix de phrases qui portent le propos, telles quelles ; ce n’est pas un résumé rédigé.",
        "en": "A selection of the sentences that carry the matter, as they stand; not a written summary.",
    },
    "about": {
        "fr": "Que dit-on de « {topic} » ?",
        "en": "What is said about “{topic}”?",
    },
    "ask": {"fr": "{words} ?", "en": "{words}?"},
    "ask_sources": {"fr": "Que disent les sources {of} ?", "en": "What do the sources say {of}?"},
    "ask_side": {"fr": "Que {verb} {side} {of} ?", "en": "What {verb} {side} say {of}?"},
    "ask_reply": {
        "fr": "Que {verb} {side} {to} sur {topic} ?",
        "en": "How {verb} {side} answer {to} on {topic}?",
    },
    "ask_sources_foreign": {
        "fr": "Que disent les sources de « {bare} » ?",
        "en": "What do the sources say about “{bare}”?",
    },
    "ask_side_foreign": {
        "fr": "Que dit-on du côté « {side} » de « {bare} » ?",
        "en": "What does the “{side}” side say about “{bare}”?",
    },
    "title": {"fr": "« {title} »", "en": "“{title}”"},
    "also": {"fr": "{side} : dans les sources de ce côté", "en": "{side}: what its sources say"},
    "also_speaker": {"fr": "{speaker} : ses mots", "en": "{speaker}: their words"},
    "also_unsided": {"fr": "Dans d’autres sources", "en": "In other sources"},
    "side_silent": {
        "fr": "Les sources du côté « {side} » n’en disent rien.",
        "en": "The sources on the “{side}” side do not say.",
    },
    "sides_silent": {
        "fr": "Les sources de {count} autres côtés n’en disent rien.",
        "en": "The sources on {count} other sides do not say.",
    },
    "only_asked": {
        "fr": "Cherché seulement dans {sources}, que la question nomme.",
        "en": "Looked for only in {sources}, which the question names.",
    },
    "only_asked_many": {
        "fr": "Cherché seulement dans les {count} documents que la question nomme.",
        "en": "Looked for only in the {count} documents that the question names.",
    },
    "not_in_sources": {
        "fr": "Les sources ne le disent pas.",
        "en": "The sources do not say.",
    },
    "not_reranked": {
        "fr": "Le classement est celui de Réplique seule : {reason}.",
        "en": "The order is Réplique’s alone: {reason}.",
    },
    "uncertain": {
        "fr": "Il n’est pas certain que les sources répondent à cette question ; voici ce qui s’en approche.",
        "en": "It is not certain that the sources answer this question; here is what comes near.",
    },
    "unsupported": {
        "fr": "(non étayé par les citations : {reasons})",
        "en": "(not borne out by the quotes: {reasons})",
    },
    "invented_quote": {
        "fr": "mots donnés entre guillemets, absents des sources",
        "en": "words given between quote marks, absent from the sources",
    },
    "effect_cause": {"fr": "raison donnée", "en": "reason given"},
    "no_support": {"fr": "rien de tel dans les citations", "en": "nothing of the kind in the quotes"},
    "position_of": {
        "fr": "(une position de {source}, non un fait établi)",
        "en": "(a position of {source}, not an established fact)",
    },
    "llm_slow": {
        "fr": "Le modèle n’a pas répondu à temps.",
        "en": "The model did not answer in time.",
    },
    "llm_unreachable": {
        "fr": "Le modèle est injoignable.",
        "en": "The model cannot be reached.",
    },
    "llm_refused": {
        "fr": "Le modèle a refusé de répondre.",
        "en": "The model refused to answer.",
    },
    "llm_cut": {
        "fr": "La réponse du modèle a été coupée.",
        "en": "The model’s answer was cut off.",
    },
    "llm_unreadable": {
        "fr": "La réponse du modèle est illisible.",
        "en": "The model’s answer cannot be read.",
    },
    "llm_empty": {
        "fr": "Le modèle n’a rien répondu.",
        "en": "The model answered nothing.",
    },
    "llm_endless": {
        "fr": "Le modèle écrivait sans fin : il a été arrêté.",
        "en": "The model did not stop writing: it was stopped.",
    },
    "llm_unusable": {
        "fr": "Rien de ce que le modèle a écrit n’est étayé.",
        "en": "Nothing that the model wrote is borne out.",
    },
    "llm_declined": {
        "fr": "Le modèle ne trouve pas la réponse dans ces citations.",
        "en": "The model does not find the answer in these quotes.",
    },
    "llm_instead": {
        "fr": "{reason} Voici ce que disent les sources.",
        "en": "{reason} Here is what the sources say.",
    },
    "nearest": {
        "fr": "Passages les plus proches, à lire vous-même ; ils ne sont pas donnés comme réponse :",
        "en": "Nearest passages, to read yourself; they are not given as an answer:",
    },
    "small_talk": {
        "fr": "Posez une question sur les documents : j’y réponds avec leurs propres mots.",
        "en": "Ask a question about the documents: I answer it in their own words.",
    },
    "understood": {"fr": "Question comprise ainsi : {question}", "en": "Understood as: {question}"},
    "read_by_ocr": {"fr": "lu par reconnaissance de caractères (OCR)", "en": "read by OCR"},
    "uncertain_page": {
        "fr": "mise en page incertaine : comparez avec la page",
        "en": "layout not certain: compare with the page",
    },
    "remark_hidden": {
        "fr": "Du texte caché a été laissé de côté ({count}).",
        "en": "Hidden text was left out ({count}).",
    },
    "remark_struck": {
        "fr": "Du texte barré a été laissé de côté ({count}).",
        "en": "Struck text was left out ({count}).",
    },
    "remark_deleted": {
        "fr": "Du texte supprimé a été laissé de côté ({count}).",
        "en": "Deleted text was left out ({count}).",
    },
    "remark_changes": {
        "fr": "Des modifications y sont en attente ({count}) : elles sont lues comme acceptées.",
        "en": "Changes are pending in it ({count}): the text is read as if they were accepted.",
    },
    "remark_comments": {
        "fr": "Les commentaires en marge ({count}) ne font pas partie du texte.",
        "en": "Comments in the margin ({count}) are no part of the text.",
    },
    "remark_layout": {
        "fr": "La mise en page n’est pas sûre p. {detail} : vérifiez l’ordre du texte sur la page.",
        "en": "The layout is not certain on p. {detail}: check the order of the text on the page.",
    },
    "remark_fonts": {
        "fr": "Des caractères ne se lisent pas p. {detail} : ils sont écrits \ufffd.",
        "en": "Some characters cannot be read on p. {detail}: they are written \ufffd.",
    },
    "remark_unmapped": {
        "fr": "Des caractères se lisent mal p. {detail} ({count}) : comparez avec la page.",
        "en": "Some characters cannot be read for sure on p. {detail} ({count}): compare with the page.",
    },
    "remark_ocr": {
        "fr": "Lu par reconnaissance de caractères (OCR), p. {detail} : comparez avec la page.",
        "en": "Read by OCR, p. {detail}: compare with the page.",
    },
    "remark_pictures": {
        "fr": (
            "Des pages sont des images, p. {detail} : pour les lire, installez Tesseract (tesseract-ocr-fra) "
            "et `pip install 'replique[ocr]'`, puis lancez `replique index --rebuild`."
        ),
        "en": (
            "Some pages are pictures, p. {detail}: to have them read, install Tesseract (tesseract-ocr-fra) "
            "and `pip install 'replique[ocr]'`, then run `replique index --rebuild`."
        ),
    },
    "remark_control": {
        "fr": "Des octets nuls ou de contrôle ont été laissés de côté ({count}).",
        "en": "NUL or control bytes were left out ({count}).",
    },
    "remark_attachments": {
        "fr": "Les pièces jointes ne sont pas lues : {detail}. Ajoutez-les comme documents.",
        "en": "Attachments are not read: {detail}. Add them as documents.",
    },
    "remark_hidden_pages": {
        "fr": "Des diapositives ou des feuilles masquées ont été laissées de côté ({count}).",
        "en": "Hidden slides or sheets were left out ({count}).",
    },
    "remark_symbols": {
        "fr": "Des signes d’une police de symboles ne sont pas connus ({count}) : ils sont écrits \ufffd.",
        "en": "Signs of a font of symbols are not known ({count}): they are written \ufffd.",
    },
    "remark_drawings": {
        "fr": "Les mots de schémas, de graphiques ou d’équations ne sont pas lus ({count}).",
        "en": "The words of diagrams, charts or equations are not read ({count}).",
    },
    "editorial_title": {"fr": "titre donné {by}", "en": "title given {by}"},
    "editorial_side": {"fr": "côté donné {by}", "en": "side given {by}"},
    "editorial_date": {"fr": "date donnée {by}", "en": "date given {by}"},
    "editorial_author": {"fr": "auteur donné {by}", "en": "author given {by}"},
    "editorial_several": {"fr": "{first} et {last} donnés {by}", "en": "{first} and {last} given {by}"},
    "given_by_you": {"fr": "par vous", "en": "by you"},
    "given_by_us": {"fr": "par nos soins", "en": "by us"},
    "given_by": {"fr": "par {editor}", "en": "by {editor}"},
    "retrieved": {"fr": "consulté le {date}", "en": "retrieved {date}"},
    "verdict_exact": {
        "fr": "Exact : ces mots sont dans les sources.",
        "en": "Exact: these words are in the sources.",
    },
    "verdict_altered": {
        "fr": "Altéré : les sources ne disent pas tout à fait cela.",
        "en": "Altered: the sources do not quite say that.",
    },
    "verdict_stitched": {
        "fr": "Assemblé : ces mots sont faits de passages éloignés, mis bout à bout.",
        "en": "Stitched: these words are distant passages joined together.",
    },
    "verdict_misattributed": {
        "fr": "Mal attribué : ces mots sont dans les sources, mais pas là où on le dit.",
        "en": "Misattributed: these words are in the sources, but not where they are said to be.",
    },
    "verdict_absent_in_part": {
        "fr": "Absent : ces mots ne sont pas dans les sources où l’on a cherché.",
        "en": "Absent: these words are not in the sources looked in.",
    },
    "verdict_absent": {
        "fr": "Absent : ces mots ne sont pas dans les sources.",
        "en": "Absent: these words are not in the sources.",
    },
    "not_theirs": {"fr": "Ils ne sont pas dans : {name}.", "en": "They are not in: {name}."},
    "speaker_confirmed": {
        "fr": "Attribué à {name} : la source le dit aussi.",
        "en": "Attributed to {name}: the source says so as well.",
    },
    "speaker_contradicted": {
        "fr": "Attribué à {name} : la source dit le contraire.",
        "en": "Attributed to {name}: the source says otherwise.",
    },
    "speaker_contradicted_by": {
        "fr": "Attribué à {name} : mais dit par {by}.",
        "en": "Attributed to {name}: but said by {by}.",
    },
    "speaker_contradicted_exact": {
        "fr": "Attribué à {name} : mots exacts, mais dits par {by}.",
        "en": "Attributed to {name}: words exact, but said by {by}.",
    },
    "speaker_unchecked": {
        "fr": "Attribué à {name} : non vérifié. La source ne dit pas qui parle.",
        "en": "Attributed to {name}: not checked. The source does not say who speaks.",
    },
    "speaker_unchecked_other": {
        "fr": "Attribué à {name} : non vérifié. La source nomme quelqu’un autrement :",
        "en": "Attributed to {name}: not checked. The source names somebody in another way:",
    },
    "differences": {"fr": "[-source-]{{+citation+}} :", "en": "[-source-]{{+quote+}}:"},
    "left_out": {
        "fr": "Attention, la phrase citée dit aussi, hors de la citation :",
        "en": "Mind that the sentence also says, outside the quote:",
    },
    "nearest_unquoted": {
        "fr": "Passages les plus proches, qui n’ont pas ces mots :",
        "en": "Nearest passages, which do not have these words:",
    },
    "in_substance": {
        "fr": "Sur le fond, par estimation, sans égard aux mots :",
        "en": "In substance, by an estimate, whatever the words:",
    },
    "meaning_same": {
        "fr": "Les sources le disent, en d’autres mots.",
        "en": "The sources say so, in other words.",
    },
    "meaning_translation": {
        "fr": "C’est peut-être une traduction de ce que disent les sources.",
        "en": "Perhaps a translation of what the sources say.",
    },
    "meaning_opposite": {
        "fr": "Les sources disent le contraire, ou autre chose.",
        "en": "The sources say the opposite, or something else.",
    },
    "meaning_weaker": {
        "fr": "Les sources en disent moins, ou y mettent une condition.",
        "en": "The sources say less, or set a condition.",
    },
    "meaning_disputed": {
        "fr": "Les sources se contredisent là-dessus.",
        "en": "The sources contradict each other on this.",
    },
    "meaning_unsaid": {
        "fr": "Rien de tel n’a été trouvé dans les sources, même en d’autres mots.",
        "en": "Nothing of the kind was found in the sources, not even in other words.",
    },
    "meaning_unsaid_there": {
        "fr": "Rien de tel n’a été trouvé dans : {name}, même en d’autres mots.",
        "en": "Nothing of the kind was found in: {name}, not even in other words.",
    },
    "meaning_uncertain": {
        "fr": "Ce n’est pas certain : comparez vous-même.",
        "en": "This is not certain: compare for yourself.",
    },
    "said_same": {"fr": "Le dit en d’autres mots", "en": "Says so in other words"},
    "said_translation": {
        "fr": "L’original, peut-être, dont c’est une traduction",
        "en": "Perhaps the original of which this is a translation",
    },
    "said_opposite": {"fr": "Dit le contraire", "en": "Says the opposite"},
    "said_other": {"fr": "Dit autre chose", "en": "Says something else"},
    "said_weaker": {
        "fr": "En dit moins, ou y met une condition",
        "en": "Says less, or sets a condition",
    },
    "no_quotes": {
        "fr": "Ce discours ne cite rien entre guillemets.",
        "en": "This speech puts nothing between quote marks.",
    },
    "stance_for": {"fr": "{side} : pour", "en": "{side}: for"},
    "stance_against": {"fr": "{side} : contre", "en": "{side}: against"},
    "stance_divided": {"fr": "{side} : partagé", "en": "{side}: divided"},
    "stance_speaks": {"fr": "{side} : en dit", "en": "{side}: says"},
    "stance_silent": {"fr": "{side} : n’en dit rien", "en": "{side}: does not say"},
    "face_theme": {"fr": "Ce qui est dit de « {topic} »", "en": "What is said of “{topic}”"},
    "echoes": {
        "fr": "Ce que les uns mettent entre guillemets, chez les autres",
        "en": "What one side puts between quote marks, in the other’s sources",
    },
    "no_points": {
        "fr": "Les sources ne disent rien de ce sujet.",
        "en": "The sources say nothing on this subject.",
    },
    "claim_of_nobody": {
        "fr": "Aucun côté ne semble avoir dit cela (si c’en est un, dites-le avec --side)",
        "en": "No side seems to have said this (if one has, say so with --side)",
    },
    "echo_nowhere": {
        "fr": "Absent chez les autres : ils n’ont pas ces mots.",
        "en": "Absent from the others: they do not have these words.",
    },
    "claim_of": {"fr": "Argument du côté « {side} »", "en": "A claim of the “{side}” side"},
    "claim_inferred": {
        "fr": "Argument qui semble du côté « {side} » (sinon, dites-le avec --side)",
        "en": "A claim that seems to be of the “{side}” side (if not, say so with --side)",
    },
    "relation_uncertain": {"fr": "{relation} (incertain)", "en": "{relation} (uncertain)"},
    "because": {"fr": "{relation} : {limits}.", "en": "{relation}: {limits}."},
    "against": {"fr": "Ce qu’on peut lui opposer", "en": "What can be set against it"},
    "own_words": {"fr": "Son propre côté contre lui", "en": "Its own side against it"},
    "borne_out": {"fr": "Ce qui l’appuie", "en": "What bears it out"},
    "contradicts": {"fr": "Dit le contraire", "en": "Says the opposite"},
    "weakens": {"fr": "L’affaiblit ou y met une condition", "en": "Weakens it or sets a condition"},
    "supports": {"fr": "L’appuie", "en": "Bears it out"},
    "no_bearing": {
        "fr": "Rien n’a été trouvé à lui opposer.",
        "en": "Nothing was found to set against it.",
    },
    "strongest": {"fr": "Les répliques les plus fortes", "en": "The strongest replies"},
    "strongest_none": {
        "fr": "Aucune : rien d’assez probable n’a été trouvé contre ce discours.",
        "en": "None: nothing likely enough was found against this speech.",
    },
    "tag_against": {"fr": "Contre : {claim}", "en": "Against: {claim}"},
    "tag_misquoted": {"fr": "Cité à tort : {claim}", "en": "Misquoted: {claim}"},
    "tag_misattributed": {
        "fr": "Prêté à tort à {name} : {claim}",
        "en": "Wrongly said to be {name}’s: {claim}",
    },
    "counter_nothing": {
        "fr": "Rien n’a été trouvé dans vos documents, ni pour ni contre.",
        "en": "Nothing was found in your documents, neither for nor against.",
    },
    "states_question": {
        "fr": "Une question : elle n’affirme rien.",
        "en": "A question: it states nothing.",
    },
    "states_greeting": {"fr": "Une salutation : rien à répondre.", "en": "A greeting: nothing to answer."},
    "states_thanks": {"fr": "Un remerciement : rien à répondre.", "en": "Thanks: nothing to answer."},
    "states_announcement": {
        "fr": "Une annonce : elle n’affirme rien encore.",
        "en": "An announcement: it states nothing yet.",
    },
    "states_appeal": {"fr": "Un appel : il n’affirme rien.", "en": "An appeal: it states nothing."},
    "states_short": {
        "fr": "Trop peu de mots pour être comprise seule.",
        "en": "Too few words to be understood alone.",
    },
    "reported": {
        "fr": "Propos rapportés : ce qui suit porte sur ce qui est rapporté, que l’orateur n’affirme pas "
        "lui-même.",
        "en": "Reported speech: what follows is about what is reported, which the speaker does not state.",
    },
    "reported_by": {
        "fr": "Propos prêtés à {name} : ce qui suit porte sur ces propos.",
        "en": "Said to be what {name} says: what follows is about that.",
    },
    "says_nothing_against": {
        "fr": "{side} : rien n’a été trouvé contre.",
        "en": "{side}: nothing was found against it.",
    },
    "claim_of_several": {
        "fr": "Argument que peuvent tenir : {side} (dites lequel avec --side)",
        "en": "A claim that these may make: {side} (say which with --side)",
    },
    "nearest_claim": {
        "fr": "Passages les plus proches, à lire vous-même :",
        "en": "Nearest passages, to read yourself:",
    },
    "drill_blank_number": {
        "fr": "Selon {source}, quel nombre manque ici ?",
        "en": "According to {source}, which number is missing here?",
    },
    "drill_blank_date": {
        "fr": "Selon {source}, quelle date manque ici ?",
        "en": "According to {source}, which date is missing here?",
    },
    "drill_blank_name": {
        "fr": "Selon {source}, quel nom manque ici ?",
        "en": "According to {source}, which name is missing here?",
    },
    "drill_blank_quoted": {
        "fr": "Dans {source}, quels mots entre guillemets manquent ici ?",
        "en": "In {source}, which words between quote marks are missing here?",
    },
    "drill_complete": {
        "fr": "Comment continue cette phrase de {source} ?",
        "en": "How does this sentence of {source} go on?",
    },
    "drill_about": {
        "fr": "Que dit {source} à propos de « {topic} » ?",
        "en": "What does {source} say about “{topic}”?",
    },
    "drill_who": {"fr": "Qui dit cela ?", "en": "Who says this?"},
    "drill_rebut": {
        "fr": "Vous parlez pour le côté « {side} ». {source} dit ceci : répondez par une citation de vos "
        "sources.",
        "en": "You speak for the “{side}” side. {source} says this: answer with a quote from your sources.",
    },
    "drill_asked": {
        "fr": "Vous parlez pour le côté « {side} ». {question}",
        "en": "You speak for the “{side}” side. {question}",
    },
    "grade_got": {"fr": "Vous l’avez.", "en": "You have it."},
    "grade_partly": {"fr": "En partie.", "en": "Partly."},
    "grade_missed": {"fr": "Ce n’est pas cela.", "en": "That is not it."},
    "grade_uncertain": {
        "fr": "Ce jugement est incertain : comparez vous-même avec le passage.",
        "en": "This judgement is uncertain: compare with the passage yourself.",
    },
    "reason_no_answer": {"fr": "Pas de réponse.", "en": "No answer."},
    "reason_repeated": {"fr": "C’est la question même.", "en": "That is the question itself."},
    "reason_verbatim": {"fr": "Mot pour mot.", "en": "Word for word."},
    "reason_short": {
        "fr": "Citation exacte, mais trop courte pour répondre.",
        "en": "An exact quote, but too short to answer with.",
    },
    "reason_fact": {"fr": "Juste : {given}.", "en": "Right: {given}."},
    "reason_fact_partly": {
        "fr": "Incomplet : « {given} » pour « {expected} ».",
        "en": "Incomplete: “{given}” for “{expected}”.",
    },
    "reason_fact_changed": {
        "fr": "Faux : « {given} » au lieu de « {expected} ».",
        "en": "Wrong: “{given}” instead of “{expected}”.",
    },
    "reason_fact_missing": {"fr": "Manque : « {expected} ».", "en": "Missing: “{expected}”."},
    "reason_fact_added": {
        "fr": "« {given} » n’est pas dans ce passage.",
        "en": "“{given}” is not in this passage.",
    },
    "reason_several": {
        "fr": "Plusieurs réponses à la fois : « {given} » en trop.",
        "en": "Several answers at once: “{given}” is one too many.",
    },
    "reason_meaning": {
        "fr": "Le sens y est, en d’autres mots.",
        "en": "The meaning is there, in other words.",
    },
    "reason_part": {
        "fr": "Une partie seulement de ce qui est demandé y est.",
        "en": "Only part of what is asked for is there.",
    },
    "reason_contradicts": {
        "fr": "Votre réponse dit le contraire du passage.",
        "en": "Your answer says the contrary of the passage.",
    },
    "reason_far": {"fr": "Votre réponse est à côté du passage.", "en": "Your answer is beside the passage."},
    "reason_misquoted": {
        "fr": "Vous citez mal : « {given} ».",
        "en": "You misquote: “{given}”.",
    },
    "reason_opposes": {
        "fr": "Citation exacte, qui contredit ces mots : {source}.",
        "en": "An exact quote that contradicts these words: {source}.",
    },
    "reason_weakens": {
        "fr": "Citation exacte, qui nuance seulement ces mots : {source}.",
        "en": "An exact quote, but it only weakens these words: {source}.",
    },
    "reason_beside": {
        "fr": "Citation exacte, mais à côté de ces mots : {source}.",
        "en": "An exact quote, but beside these words: {source}.",
    },
    "reason_other_side": {
        "fr": "Ces mots sont bien dans les sources, mais pas de votre côté : {source}.",
        "en": "These words are in the sources, but not on your side: {source}.",
    },
    "reason_not_quoted": {
        "fr": "L’idée y est, mais sans citation de vos sources.",
        "en": "The idea is there, but without a quote from your sources.",
    },
    "reason_speaker": {"fr": "C’est bien {source}.", "en": "It is {source} indeed."},
    "reason_not_speaker": {"fr": "Non : c’est {source}.", "en": "No: it is {source}."},
    "reason_no_speaker": {
        "fr": "Votre réponse ne nomme aucun côté ni aucune source : c’est {source}.",
        "en": "Your answer names no side and no source: it is {source}.",
    },
    "reason_overruled": {"fr": "Vous avez jugé que vous l’aviez.", "en": "You judged that you had it."},
    "drill_passage": {"fr": "Le passage :", "en": "The passage:"},
    "drill_passages": {"fr": "Les passages, un seul suffit :", "en": "The passages, one is enough:"},
    "drill_checked": {"fr": "Vos citations, vérifiées :", "en": "Your quotes, checked:"},
    "drill_again": {
        "fr": "Question {number} sur {count}, revue",
        "en": "Question {number} of {count}, again",
    },
    "drill_prompt": {
        "fr": "Votre réponse (Entrée seule : je ne sais pas) : ",
        "en": "Your answer (Enter alone: I do not know): ",
    },
    "drill_overrule": {
        "fr": "Entrée pour continuer ; « o » si vous aviez bon : ",
        "en": "Enter to go on; “y” if you had it right: ",
    },
    "drill_score": {
        "fr": "Séance {session} : {points} sur {count} ({share} %).",
        "en": "Session {session}: {points} of {count} ({share}%).",
    },
    "drill_weak": {"fr": "À revoir : {count}.", "en": "To come back: {count}."},
    "drill_boxes": {
        "fr": "Boîtes de révision, de la plus fréquente à la plus rare : {boxes}.",
        "en": "Review boxes, from the most to the least frequent: {boxes}.",
    },
    "drill_none": {
        "fr": "Pas encore de séance.",
        "en": "No session yet.",
    },
    "character_range": {"fr": "caractères {start} à {end}", "en": "characters {start} to {end}"},
    "exported_on": {"fr": "Exporté le {date}", "en": "Exported on {date}"},
    "length": {
        "fr": "Cartes : {cards}. Mots : {words}. Lecture : {time} à {pace} mots par minute",
        "en": "Cards: {cards}. Words: {words}. Reading: {time} at {pace} words a minute",
    },
    "no_section": {"fr": "Cartes", "en": "Cards"},
    "all_verified": {
        "fr": "Chaque citation a été vérifiée dans sa source, au caractère près, au moment de l’export.",
        "en": "Every quote was verified in its source, to the character, when this was exported.",
    },
    "some_unverified": {
        "fr": "Non vérifiées, et signalées comme telles : {count} sur {cards}.",
        "en": "Not verified, and marked as such: {count} of {cards}.",
    },
    "unverified": {"fr": "NON VÉRIFIÉ", "en": "NOT VERIFIED"},
    "card_moved": {
        "fr": "Retrouvée par ses mots : le texte du document a été relu.",
        "en": "Found again by its words: the text of the document was read anew.",
    },
    "card_changed": {
        "fr": "La source a changé depuis que cette carte a été faite. Ce qui suit n’est plus une citation "
        "vérifiée.",
        "en": "The source has changed since this card was cut. What follows is no longer a verified quote.",
    },
    "card_missing": {
        "fr": "La source n’est plus parmi les documents. Ce qui suit n’est plus une citation vérifiée.",
        "en": "The source is no longer among the documents. What follows is no longer a verified quote.",
    },
    "card_false": {
        "fr": "Ce texte n’est pas celui de la source à cet endroit. Ce n’est pas une citation.",
        "en": "This text is not what the source has at this place. It is not a quote.",
    },
    "card_note": {"fr": "Note : {note}", "en": "Note: {note}"},
    "change_dropped": {"fr": "{kind} : « {actual} » a disparu", "en": "{kind}: “{actual}” is gone"},
    "change_added": {"fr": "{kind} : « {quoted} » est ajouté", "en": "{kind}: “{quoted}” is added"},
    "change_changed": {
        "fr": "{kind} : « {quoted} » au lieu de « {actual} »",
        "en": "{kind}: “{quoted}” instead of “{actual}”",
    },
    "effect_negation": {"fr": "négation", "en": "negation"},
    "effect_number": {"fr": "nombre", "en": "number"},
    "effect_date": {"fr": "date", "en": "date"},
    "effect_name": {"fr": "nom", "en": "name"},
    "effect_modal": {"fr": "verbe modal ou conditionnel", "en": "modal or conditional verb"},
    "effect_condition": {"fr": "condition", "en": "condition"},
    "effect_hedge": {"fr": "réserve", "en": "hedge"},
    "effect_attribution": {"fr": "attribution", "en": "attribution"},
    "effect_scope": {"fr": "portée", "en": "scope"},
    "effect_cut": {"fr": "coupe sans […]", "en": "cut without […]"},
    "effect_added": {"fr": "ajout", "en": "addition"},
    "effect_order": {"fr": "ordre des mots", "en": "order of words"},
    "effect_wording": {"fr": "autres mots", "en": "other words"},
    "effect_spelling": {"fr": "écriture", "en": "spelling"},
    "effect_quote_marks": {"fr": "guillemets", "en": "quote marks"},
    "effect_punctuation": {"fr": "ponctuation", "en": "punctuation"},
}
