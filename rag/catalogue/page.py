"""What the page says beside answers: its controls, hints and notices."""

from __future__ import annotations

from rag.types import Language

PAGE: dict[str, dict[Language, str]] = {
    "app_name": {"fr": "Réplique", "en": "Réplique"},
    "tagline": {
        "fr": "Ce que disent vos documents, au mot près.",
        "en": "What your documents say, word for word.",
    },
    "language": {"fr": "Français", "en": "English"},
    "theme": {"fr": "Clair ou sombre", "en": "Light or dark"},
    "api": {"fr": "API", "en": "API"},
    "views": {"fr": "Vues", "en": "Views"},
    "view_chat": {"fr": "Questions", "en": "Questions"},
    "view_verify": {"fr": "Vérifier", "en": "Check"},
    "open_face": {"fr": "Mettre face à face", "en": "Put face to face"},
    "view_face": {"fr": "Face à face", "en": "Face to face"},
    "view_rebut": {"fr": "Réfuter", "en": "Rebut"},
    "view_drill": {"fr": "S’entraîner", "en": "Train"},
    "view_corpus": {"fr": "Documents", "en": "Documents"},
    "view_evaluation": {"fr": "Évaluation", "en": "Evaluation"},
    # debates
    "debates": {"fr": "Débats", "en": "Debates"},
    "debates_hint": {
        "fr": "Chaque débat a ses documents, ses conversations, son dossier et son entraînement.",
        "en": "Each debate has documents, conversations, a dossier and a training of its own.",
    },
    "debate_new": {"fr": "Nouveau débat", "en": "New debate"},
    "debate_rename": {"fr": "Renommer", "en": "Rename"},
    "debate_go": {"fr": "Valider", "en": "Confirm"},
    "debate_copy": {"fr": "Copier", "en": "Copy"},
    "debate_remove": {"fr": "Supprimer", "en": "Remove"},
    "debate_export": {"fr": "Exporter en un fichier à partager", "en": "Export as one file to share"},
    "debate_import": {"fr": "Importer un débat…", "en": "Import a debate…"},
    "debate_import_hint": {
        "fr": "un fichier .replique qu’on vous a envoyé",
        "en": "a .replique file that you were sent",
    },
    "debate_title": {"fr": "Nom", "en": "Name"},
    "debate_title_hint": {"fr": "Le tramway", "en": "The tramway"},
    "debate_motion": {"fr": "Motion (facultative)", "en": "Motion (optional)"},
    "debate_motion_hint": {
        "fr": "Faut-il construire le tramway ?",
        "en": "This house would build the tramway",
    },
    "debate_default_title": {"fr": "Débat par défaut", "en": "Default debate"},
    "debate_removed": {"fr": "« {title} » est supprimé.", "en": "“{title}” is removed."},
    "debate_exporting": {"fr": "Export en cours…", "en": "Exporting…"},
    "debate_importing": {
        "fr": "Import en cours : le fichier est vérifié…",
        "en": "Importing: the file is checked…",
    },
    "undo": {"fr": "Annuler", "en": "Undo"},
    "cancel": {"fr": "Annuler", "en": "Cancel"},
    "close": {"fr": "Fermer", "en": "Close"},
    "reload": {"fr": "Recharger la page", "en": "Reload the page"},
    "all_sides": {"fr": "Les côtés", "en": "The sides"},
    # the foot of the page
    "how_it_works": {"fr": "Comment ça marche ?", "en": "How does it work?"},
    "how_quotes": {
        "fr": "Tout ce qui est cité est copié de vos documents, au caractère près, et vérifié avant d’être "
        "montré. Chaque citation dit qui parle, et s’ouvre à sa place dans son document.",
        "en": "All that is quoted is copied from your documents, to the character, and checked before it is "
        "shown. Each quote says who speaks, and opens in its place in its document.",
    },
    "how_silence": {
        "fr": "Quand les documents ne disent rien, la page le dit. Quand un seul côté parle, elle le dit "
        "aussi.",
        "en": "When the documents say nothing, the page says so. When one side alone speaks, it says that "
        "too.",
    },
    "how_kept": {
        "fr": "Vos documents restent sur la machine où tourne Réplique. Vos conversations, votre dossier et "
        "votre entraînement sont gardés dans ce navigateur seulement.",
        "en": "Your documents stay on the machine that runs Réplique. Your conversations, your dossier and "
        "your training are kept in this browser only.",
    },
    "how_keys": {
        "fr": "Au clavier : / pour écrire une question, Entrée pour la poser, ← et → d’une citation à "
        "l’autre, Échap pour fermer, Alt + ↑ ou ↓ pour déplacer une carte. L’adresse de la page mène à ce "
        "qui est montré : elle peut être envoyée, et Précédent revient à la vue d’avant.",
        "en": "Keys: / to write a question, Enter to ask it, ← and → from quote to quote, Esc to close, "
        "Alt + ↑ or ↓ to move a card. The address of the page leads to what is shown: it can be sent, "
        "and Back returns to the view before.",
    },
    "log_out": {"fr": "Se déconnecter", "en": "Log out"},
    "login_user": {"fr": "Nom", "en": "User"},
    "login_password": {"fr": "Mot de passe", "en": "Password"},
    "login_go": {"fr": "Entrer", "en": "Enter"},
    "version": {"fr": "Réplique {number}", "en": "Réplique {number}"},
    # the corpus
    "documents": {"fr": "{count} documents", "en": "{count} documents"},
    "one_document": {"fr": "1 document", "en": "1 document"},
    "one_more_side": {"fr": "et 1 autre côté", "en": "and 1 more side"},
    "more_sides": {"fr": "et {count} autres côtés", "en": "and {count} more sides"},
    "sources": {"fr": "Sources", "en": "Sources"},
    "all_sources": {"fr": "Toutes", "en": "All"},
    "more_sources": {"fr": "et {count} autres", "en": "and {count} more"},
    "no_documents_here": {
        "fr": "Pas encore de document : ajoutez ci-dessus un fichier, un texte ou une page du web.",
        "en": "No document yet: add a file, a text or a page of the web above.",
    },
    "face_motion": {"fr": "La motion du débat :", "en": "The motion of the debate:"},
    "no_documents": {
        "fr": "Pas encore de document. Ajoutez-en dans « Documents » (PDF, Word, pages web, livres, "
        "présentations, tableaux, courriers, sous-titres, texte), ou mettez-les dans le "
        "dossier des documents, puis lancez `replique index`.",
        "en": "No document yet. Add some in “Documents” (PDF, Word, web pages, books, slides, sheets, "
        "mails, subtitles, text), or put them into the "
        "folder of documents, then run `replique index`.",
    },
    # conversations
    "conversations": {"fr": "Conversations", "en": "Conversations"},
    "new": {"fr": "Nouvelle conversation", "en": "New conversation"},
    "no_conversations": {
        "fr": "Vos conversations s’afficheront ici.",
        "en": "Your conversations will show here.",
    },
    "kept_here": {
        "fr": "Gardées dans ce navigateur seulement.",
        "en": "Kept in this browser only.",
    },
    "rename": {"fr": "Renommer", "en": "Rename"},
    "delete": {"fr": "Supprimer", "en": "Delete"},
    "export": {"fr": "Exporter", "en": "Export"},
    "deleted": {"fr": "« {title} » supprimée.", "en": "“{title}” deleted."},
    "cleared": {"fr": "Conversation effacée.", "en": "Conversation cleared."},
    "quota": {
        "fr": "Le navigateur n’a plus de place : cette conversation ne sera pas gardée après votre visite. "
        "Supprimez-en d’anciennes, ou exportez celle-ci.",
        "en": "The browser has no room left: this conversation will not be kept after your visit. Delete old "
        "ones, or export this one.",
    },
    "not_restored": {
        "fr": "cette réponse ne peut pas être relue ; posez la question à nouveau",
        "en": "this answer cannot be read back; ask again",
    },
    "quote_lost": {
        "fr": "Une citation n’est plus montrée : sa source a changé depuis, ou n’est plus là.",
        "en": "A quote is no longer shown: its source has changed since, or is gone.",
    },
    "quote_former": {"fr": "Ce qui était cité de", "en": "What was quoted from"},
    # the chat
    "hint": {
        "fr": "Posez une question : la réponse est faite de citations exactes de vos documents, "
        "chacune montrée à sa place dans sa source.",
        "en": "Ask a question: the answer is made of exact quotes from your documents, each shown in its "
        "place in its source.",
    },
    "examples": {"fr": "Par exemple", "en": "For example"},
    "follow_ups": {"fr": "Pour continuer", "en": "To go on"},
    "question_label": {"fr": "Votre question", "en": "Your question"},
    "placeholder": {"fr": "Posez une question…", "en": "Ask a question…"},
    "send": {"fr": "Demander", "en": "Ask"},
    "stop": {"fr": "Arrêter", "en": "Stop"},
    "stopped": {"fr": "Pas de réponse.", "en": "No answer."},
    "waiting": {"fr": "Pas encore de réponse.", "en": "No answer yet."},
    "cut": {"fr": "Réponse arrêtée avant la fin.", "en": "Answer stopped before its end."},
    "lost": {
        "fr": "Réponse interrompue : le serveur ne répond pas. Votre question est gardée.",
        "en": "Answer cut off: the server does not answer. Your question is kept.",
    },
    "removed_elsewhere": {
        "fr": "Cette conversation a été supprimée dans une autre fenêtre.",
        "en": "This conversation was deleted in another window.",
    },
    "translate": {"fr": "Traduire", "en": "Translate"},
    "translated": {
        "fr": "Traduction faite par un modèle de langue : à ne pas citer.",
        "en": "Translated by a language model: not to be quoted.",
    },
    "translated_numbers": {
        "fr": "Attention : ses nombres ne sont pas ceux de la citation.",
        "en": "Beware: its numbers are not those of the quote.",
    },
    "retry": {"fr": "Réessayer", "en": "Retry"},
    "edit": {"fr": "Modifier", "en": "Edit"},
    "editing": {"fr": "Vous modifiez une question.", "en": "You are changing a question."},
    "clear": {"fr": "Effacer", "en": "Clear"},
    "keys": {
        "fr": "Entrée : demander · / : écrire · ← → : citations · Échap : fermer",
        "en": "Enter: ask · /: write · ← →: quotes · Esc: close",
    },
    "searching": {"fr": "Recherche et lecture des passages…", "en": "Finding and reading passages…"},
    "writing": {
        "fr": "Recherche dans les documents, puis rédaction par le modèle : cela peut être long…",
        "en": "Searching the documents, then the model writes: this may take a while…",
    },
    "written": {
        "fr": "Rédigé par un modèle de langue, contrôlé phrase par phrase ; les citations viennent des "
        "sources.",
        "en": "Written by a language model, checked sentence by sentence; the quotes come from the sources.",
    },
    "who_writes": {"fr": "Réponses", "en": "Answers"},
    "write_sources": {"fr": "Citations seules", "en": "Quotes alone"},
    "write_llm": {"fr": "Rédigées par le modèle", "en": "Written by the model"},
    "you": {"fr": "Vous :", "en": "You:"},
    "lead_in": {"fr": "Introduit par :", "en": "Introduced by:"},
    "show_in_source": {"fr": "Voir dans la source", "en": "Show in source"},
    "show_on_page": {"fr": "Voir sur la page", "en": "See on the page"},
    "show_as_text": {"fr": "Voir le texte", "en": "See the text"},
    "page_alt": {
        "fr": "Page {page} de « {title} », le passage cité est surligné",
        "en": "Page {page} of “{title}”, the passage quoted is marked",
    },
    "page_quoted": {"fr": "Le passage cité, {locator}", "en": "The passage quoted, {locator}"},
    "page_waiting": {
        "fr": "Le document est relu pour retrouver la page ; un long document demande un moment.",
        "en": "The document is being read again to find the page; a long one takes a moment.",
    },
    "page_larger": {"fr": "Agrandir la page", "en": "Enlarge the page"},
    "page_smaller": {"fr": "Réduire la page", "en": "Make the page smaller"},
    "cards_moved": {
        "fr": "{count} cartes retrouvées par leurs mots : le texte de leurs documents a été relu.",
        "en": "{count} cards found again by their words: the text of their documents was read anew.",
    },
    "one_card_moved": {
        "fr": "1 carte retrouvée par ses mots : le texte de son document a été relu.",
        "en": "1 card found again by its words: the text of its document was read anew.",
    },
    "cards_renew": {"fr": "Garder les mots retrouvés", "en": "Keep the words found"},
    "cards_renewed": {
        "fr": "Les cartes retrouvées sont à jour.",
        "en": "The cards found again are up to date.",
    },
    # how a document was read
    "how_read": {"fr": "Ce qui a été lu", "en": "What was read"},
    "how_read_one": {"fr": "Ce qui a été lu : 1 remarque", "en": "What was read: 1 remark"},
    "how_read_many": {"fr": "Ce qui a été lu : {count} remarques", "en": "What was read: {count} remarks"},
    "nothing_left_out": {
        "fr": "Rien n’a été laissé de côté : tout le document est dans le texte.",
        "en": "Nothing was left out: all of the document is in the text.",
    },
    "text_begins": {"fr": "Le texte commence ainsi", "en": "The text begins like this"},
    "read_source": {"fr": "Lire tout le texte", "en": "Read the whole text"},
    "count_page": {"fr": "pages : {count}", "en": "pages: {count}"},
    "count_slide": {"fr": "diapositives : {count}", "en": "slides: {count}"},
    "count_sheet": {"fr": "feuilles : {count}", "en": "sheets: {count}"},
    "note_mark": {"fr": "note {mark}", "en": "note {mark}"},
    "left_notes": {
        "fr": "Notes, lues à part à la fin du texte",
        "en": "Notes, read apart at the end of the text",
    },
    "left_header": {"fr": "En-têtes laissés de côté", "en": "Headers left out"},
    "left_footer": {"fr": "Pieds de page laissés de côté", "en": "Footers left out"},
    "left_page_number": {"fr": "Numéros de page laissés de côté", "en": "Page numbers left out"},
    "left_hidden": {"fr": "Texte caché laissé de côté", "en": "Hidden text left out"},
    "left_struck": {"fr": "Texte barré laissé de côté", "en": "Struck text left out"},
    "left_deleted": {"fr": "Texte supprimé laissé de côté", "en": "Deleted text left out"},
    "left_comment": {"fr": "Commentaires laissés de côté", "en": "Comments left out"},
    "left_menu": {
        "fr": "Menus, bandeaux et autres éléments du site laissés de côté",
        "en": "Menus, banners and other parts of the site left out",
    },
    "note_called": {"fr": "Lire la note {mark}", "en": "Read note {mark}"},
    "note_back": {
        "fr": "Revenir à l’appel de la note {mark}",
        "en": "Back to where note {mark} is called",
    },
    "show_quote": {
        "fr": "Voir la citation {number} dans sa source",
        "en": "Show quote {number} in its source",
    },
    "copy_quote": {"fr": "Copier avec la référence", "en": "Copy with citation"},
    "copied": {"fr": "Copié.", "en": "Copied."},
    "quotes_dropped": {
        "fr": "Une citation n’a pas pu être vérifiée dans sa source : elle n’est pas montrée.",
        "en": "A quote could not be verified in its source: it is not shown.",
    },
    "verdict": {"fr": "Votre avis sur la réponse", "en": "What you think of the answer"},
    "judge_good": {"fr": "La réponse est bonne", "en": "The answer is good"},
    "judge_wrong": {"fr": "La réponse est fausse", "en": "The answer is wrong"},
    "judge_beside": {
        "fr": "Cette citation est à côté du sujet",
        "en": "This quote is beside the point",
    },
    "verdict_good": {"fr": "Noté : bonne réponse.", "en": "Noted: a good answer."},
    "verdict_wrong": {"fr": "Noté : réponse fausse.", "en": "Noted: a wrong answer."},
    "verdict_beside": {
        "fr": "Noté : citation à côté du sujet.",
        "en": "Noted: a quote beside the point.",
    },
    "verdict_retracted": {"fr": "Votre avis est retiré.", "en": "What you said is taken back."},
    "not_kept": {
        "fr": "Votre avis n’a pas pu être écrit : le terminal dit pourquoi.",
        "en": "What you said could not be written: the terminal says why.",
    },
    # the dossier
    "dossier": {"fr": "Dossier", "en": "Dossier"},
    "add_card": {"fr": "Ajouter au dossier", "en": "Add to dossier"},
    "card_added": {"fr": "Dans le dossier", "en": "In the dossier"},
    "card_is_added": {"fr": "Ajouté au dossier.", "en": "Added to the dossier."},
    "dossier_title": {"fr": "Titre du dossier", "en": "Title of the dossier"},
    "dossier_empty": {
        "fr": "Le dossier est vide. « Ajouter au dossier », sous une citation, en fait une carte : à vous "
        "d’écrire ce qu’elle prouve, de la ranger, puis d’exporter le tout.",
        "en": "The dossier is empty. “Add to dossier”, under a quote, makes a card of it: say what it "
        "proves, put it in its place, then export the whole.",
    },
    "dossier_length": {
        "fr": "Cartes : {cards} · mots lus : {words} · lecture : {time} à",
        "en": "Cards: {cards} · words read: {words} · reading: {time} at",
    },
    "dossier_pace": {"fr": "mots par minute", "en": "words a minute"},
    "card_tag": {"fr": "Ce que la citation prouve", "en": "What the quote proves"},
    "card_own_note": {"fr": "Note pour vous", "en": "Note for yourself"},
    "card_section": {"fr": "Rubriques", "en": "Sections"},
    "card_section_hint": {"fr": "Rubrique / chapeau / bloc", "en": "Pocket / hat / block"},
    "card_number": {"fr": "Carte {n} : {tag}", "en": "Card {n}: {tag}"},
    "card_up": {"fr": "Monter (Alt + ↑)", "en": "Move up (Alt + ↑)"},
    "card_down": {"fr": "Descendre (Alt + ↓)", "en": "Move down (Alt + ↓)"},
    "card_drag": {"fr": "Faire glisser", "en": "Drag"},
    "card_remove": {"fr": "Retirer du dossier", "en": "Remove from the dossier"},
    "card_removed": {"fr": "Carte retirée.", "en": "Card removed."},
    "card_is_moved": {"fr": "Carte {n} sur {count}.", "en": "Card {n} of {count}."},
    "card_is_under": {
        "fr": "Carte {n} sur {count}, sous « {heading} ».",
        "en": "Card {n} of {count}, under “{heading}”.",
    },
    "dossier_unverified": {
        "fr": "À revoir, leur source a changé : {count} sur {cards}.",
        "en": "To be looked at, their source has changed: {count} of {cards}.",
    },
    "dossier_export": {"fr": "Exporter", "en": "Export"},
    "export_docx": {"fr": "Word", "en": "Word"},
    "export_md": {"fr": "Markdown", "en": "Markdown"},
    "export_html": {"fr": "Page à imprimer", "en": "Page to print"},
    "exported": {"fr": "Exporté, chaque citation vérifiée.", "en": "Exported, every quote verified."},
    "exported_unverified": {
        "fr": "Exporté. Non vérifiées, et signalées comme telles : {count} sur {cards}.",
        "en": "Exported. Not verified, and marked as such: {count} of {cards}.",
    },
    "dossier_file": {"fr": "Fichier", "en": "File"},
    "dossier_save": {"fr": "Enregistrer", "en": "Save"},
    "dossier_open": {"fr": "Ouvrir…", "en": "Open…"},
    "dossier_new": {"fr": "Nouveau", "en": "New"},
    "dossier_opened": {"fr": "Dossier ouvert.", "en": "Dossier opened."},
    "dossier_started": {"fr": "Nouveau dossier.", "en": "New dossier."},
    "dossier_quota": {
        "fr": "Le navigateur n’a plus de place : ce dossier ne sera pas gardé après votre visite. "
        "Enregistrez-le dans un fichier.",
        "en": "The browser has no room left: this dossier will not be kept after your visit. Save it to a "
        "file.",
    },
    # the evidence
    "evidence_hint": {
        "fr": "Ouvrez-en une pour la lire ; une citation s’ouvre à sa place.",
        "en": "Open one to read it; a quote opens in its place.",
    },
    "voices": {"fr": "Y parlent :", "en": "Speaking:"},
    "more_voices": {"fr": "et {count} autres", "en": "and {count} more"},
    "voices_sides": {"fr": "Le côté de ceux qui y parlent", "en": "The side of those who speak in it"},
    "only_voices": {"fr": "N’interroger que ce que dit :", "en": "Ask only what is said by:"},
    "only_sides": {"fr": "N’interroger que :", "en": "Ask only:"},
    "only_source": {"fr": "N’interroger que « {title} »", "en": "Ask only “{title}”"},
    "asked_only": {"fr": "Interrogé seulement :", "en": "Asked only:"},
    "ask_all": {"fr": "Tout interroger", "en": "Ask all"},
    "position": {"fr": "Citation {n} sur {count}", "en": "Quote {n} of {count}"},
    "passage_linked": {"fr": "Passage du lien", "en": "Passage of the link"},
    "previous_quote": {"fr": "Citation précédente", "en": "Previous quote"},
    "next_quote": {"fr": "Citation suivante", "en": "Next quote"},
    "copy_link": {"fr": "Copier le lien vers ce passage", "en": "Copy the link to this passage"},
    "source_changed": {
        "fr": "Ce document a changé depuis cette réponse : posez la question à nouveau.",
        "en": "This document has changed since this answer: ask again.",
    },
    "source_gone": {
        "fr": "Ce passage n’est pas dans les sources : le document a été retiré, ou il a changé.",
        "en": "This passage is not in the sources: the document was removed, or has changed.",
    },
    # what goes wrong
    "error": {"fr": "Pas de réponse : {reason}", "en": "No answer: {reason}"},
    "no_server": {
        "fr": "Le serveur ne répond pas. Vérifiez qu’il tourne (`replique serve`), puis réessayez ; vos "
        "conversations sont gardées.",
        "en": "The server does not answer. Check that it runs (`replique serve`), then try again; your "
        "conversations are kept.",
    },
    "server_gone": {
        "fr": "Le serveur ne répond pas. Vérifiez qu’il tourne (`replique serve`) : cette page le retrouvera "
        "d’elle-même, et rien de ce qui est écrit ici n’est perdu.",
        "en": "The server does not answer. Check that it runs (`replique serve`): this page will find it "
        "again by itself, and nothing written here is lost.",
    },
    "signed_out": {
        "fr": "Le serveur a redémarré et demande à nouveau le mot de passe.",
        "en": "The server was started again and asks for the password anew.",
    },
    # the view of the documents
    "corpus_read_only": {
        "fr": "Les documents de cette page sont en lecture seule.",
        "en": "The documents of this page are read-only.",
    },
    "corpus_choose": {"fr": "Choisir des fichiers à ajouter", "en": "Choose files to add"},
    "corpus_drop": {
        "fr": "ou déposez-les ici.",
        "en": "or drop them here.",
    },
    "corpus_kinds": {
        "fr": "PDF, Word (docx), LibreOffice (odt), RTF, livres (epub), PowerPoint (pptx), Excel (xlsx), "
        "tableaux (csv, tsv), pages web (html, mht), courriers (eml), sous-titres (srt, vtt), texte (txt) et "
        "Markdown (md), {size} Mo au plus.",
        "en": "PDF, Word (docx), LibreOffice (odt), RTF, books (epub), PowerPoint (pptx), Excel (xlsx), "
        "tables (csv, tsv), web pages (html, mht), mails (eml), subtitles (srt, vtt), text (txt) and "
        "Markdown (md), {size} MB at most.",
    },
    "not_read_files": {
        "fr": "Fichiers qui ne sont pas lus : {count}",
        "en": "Files that are not read: {count}",
    },
    "paste_text": {"fr": "Coller un texte", "en": "Paste a text"},
    "pasted_text": {"fr": "Texte collé", "en": "Pasted text"},
    "fetch_address": {"fr": "Adresse d’une page web", "en": "Address of a web page"},
    "fetch_go": {"fr": "Aller chercher", "en": "Fetch"},
    "fetch_hint": {
        "fr": "La page est demandée à son site une seule fois, quand vous appuyez. Vous voyez ce qui en a "
        "été lu avant de l’ajouter ; elle est citée avec son adresse et la date.",
        "en": "The page is asked for at its site once, when you press. You see what was read of it before "
        "you add it; it is cited with its address and the date.",
    },
    "fetching": {"fr": "La page est demandée…", "en": "Asking for the page…"},
    "fetched": {
        "fr": "Lue. Vérifiez-la ci-dessous, puis ajoutez-la.",
        "en": "Read. Check it below, then add it.",
    },
    "peeking": {"fr": "Lecture…", "en": "Reading…"},
    "fields_meaning": {
        "fr": "Ce que le document dit de lui-même est rempli d’avance. Ce que vous écrivez l’emporte, et les "
        "citations disent que c’est « donné par vous ».",
        "en": "What the document says of itself is filled in. What you write goes before it, and cites say "
        "that it is “given by you”.",
    },
    "side_meaning": {
        "fr": "Côté : le camp pour lequel le document parle, « Pour », « Contre », un parti, un pays… Chaque "
        "côté a sa couleur, et est entendu dans les réponses. Laissez vide si le document n’est d’aucun.",
        "en": "Side: the camp that the document speaks for, “For”, “Against”, a party, a country… Each side "
        "has its colour and is heard in answers. Leave it empty for a document that is on none.",
    },
    "side_offers": {"fr": "Déjà là :", "en": "There already:"},
    "detected": {"fr": "à reconnaître", "en": "to be found out"},
    "added_one": {"fr": "« {title} » est ajouté.", "en": "“{title}” is added."},
    "added_many": {"fr": "{count} documents sont ajoutés.", "en": "{count} documents are added."},
    "corpus_changed": {"fr": "« {title} » est modifié.", "en": "“{title}” is changed."},
    "corpus_add": {"fr": "Ajouter et indexer", "en": "Add and index"},
    "corpus_forget": {"fr": "Ne pas ajouter ce fichier", "en": "Do not add this file"},
    "corpus_added": {"fr": "ajouté :", "en": "added:"},
    "corpus_refused": {"fr": "n’est pas ajouté : {reason}", "en": "is not added: {reason}"},
    "not_added": {
        "fr": "On ne sait pas si ces fichiers sont ajoutés : le serveur ne répond pas. Ajoutez-les à nouveau "
        "quand il sera revenu.",
        "en": "Whether these files are added is not known: the server does not answer. Add them again when "
        "it is back.",
    },
    "corpus_removed": {"fr": "« {title} » est retiré.", "en": "“{title}” is removed."},
    "corpus_saving": {"fr": "Enregistrement et indexation…", "en": "Saving and indexing…"},
    "not_sent": {
        "fr": "{name} n’a pas pu être envoyé : il est trop grand, ou le serveur ne répond pas.",
        "en": "{name} could not be sent: it is too large, or the server does not answer.",
    },
    "field_title": {"fr": "Titre", "en": "Title"},
    "field_side": {"fr": "Côté", "en": "Side"},
    "field_date": {"fr": "Date", "en": "Date"},
    "field_author": {"fr": "Auteur", "en": "Author"},
    "field_language": {"fr": "Langue", "en": "Language"},
    "field_text": {"fr": "Texte", "en": "Text"},
    "field_date_hint": {"fr": "AAAA-MM-JJ", "en": "YYYY-MM-DD"},
    "field_note": {"fr": "Note pour les citations", "en": "Note for cites"},
    "column_only": {"fr": "Seul", "en": "Only"},
    "column_language": {"fr": "Langue", "en": "Language"},
    "column_length": {"fr": "Longueur", "en": "Length"},
    "column_actions": {"fr": "Modifier, retirer", "en": "Edit, remove"},
    "in_fr": {"fr": "français", "en": "French"},
    "in_en": {"fr": "anglais", "en": "English"},
    "characters": {"fr": "{count:,} caractères", "en": "{count:,} characters"},
    "edit_source": {"fr": "Modifier", "en": "Edit"},
    "remove_source": {"fr": "Retirer", "en": "Remove"},
    "whole_side": {
        "fr": "Donner ce côté aux {count} documents du côté « {side} »",
        "en": "Give this side to the {count} documents on the “{side}” side",
    },
    "save": {"fr": "Enregistrer", "en": "Save"},
    "stage_upload": {"fr": "Envoi…", "en": "Sending…"},
    "stage_wait": {"fr": "Une autre indexation est en cours…", "en": "Waiting for another indexing…"},
    "stage_store": {"fr": "Vérification des fichiers…", "en": "Checking the files…"},
    "stage_read": {"fr": "Lecture des documents…", "en": "Reading the documents…"},
    "stage_embed": {"fr": "Indexation…", "en": "Indexing…"},
    "stage_vectors": {"fr": "Indexation du sens…", "en": "Indexing meaning…"},
    # checking quotes
    "verify_hint": {
        "fr": "Collez ce que quelqu’un dit citer : une phrase ou tout un discours. Chaque citation est "
        "cherchée dans les documents, et ce qui a été changé est montré.",
        "en": "Paste what somebody claims to quote: a sentence or a whole speech. Each quote is looked for "
        "in the documents, and what was changed is shown.",
    },
    "verify_label": {"fr": "Texte à vérifier", "en": "Text to check"},
    "verify_kind": {"fr": "Vérifier", "en": "Check"},
    "verify_quote": {"fr": "tout le texte, comme une citation", "en": "the whole text, as one quote"},
    "verify_speech": {
        "fr": "ce qu’un discours met entre guillemets",
        "en": "what a speech puts between quote marks",
    },
    "verify_sentences": {
        "fr": "aussi ses phrases sans guillemets",
        "en": "its sentences without quote marks too",
    },
    "verify_attributed": {
        "fr": "Attribué à (un côté ou un document ; facultatif)",
        "en": "Attributed to (a side or a document; optional)",
    },
    "verify_go": {"fr": "Vérifier", "en": "Check"},
    "verify_example": {
        "fr": "Pour essayer, une phrase de vos documents dont quelque chose a été changé :",
        "en": "To try it, a sentence of your documents in which something was changed:",
    },
    "verify_summary": {
        "fr": "Vérifications : {count}. Verdicts : {verdicts}.",
        "en": "Checks: {count}. Verdicts: {verdicts}.",
    },
    "verify_no_quotes": {
        "fr": "Choisissez de vérifier aussi ses phrases sans guillemets.",
        "en": "Choose to check its sentences without quote marks too.",
    },
    "verdict_short_exact": {"fr": "exact", "en": "exact"},
    "verdict_short_altered": {"fr": "altéré", "en": "altered"},
    "verdict_short_stitched": {"fr": "assemblé", "en": "stitched"},
    "verdict_short_misattributed": {"fr": "mal attribué", "en": "misattributed"},
    "verdict_short_absent": {"fr": "absent", "en": "absent"},
    "claimed": {"fr": "Vérifié :", "en": "Checked:"},
    "claimed_sentence": {"fr": "Vérifié, sans guillemets :", "en": "Checked, without quote marks:"},
    "attribution_holds": {
        "fr": "Attribué à {name} : c’est bien là.",
        "en": "Attributed to {name}: there it stands.",
    },
    "attribution_nearly": {
        "fr": "Attribué à {name} : le passage le plus proche y est.",
        "en": "Attributed to {name}: the nearest passage stands there.",
    },
    "attribution_fails": {
        "fr": "Attribué à {name} : ce n’est pas là.",
        "en": "Attributed to {name}: it does not stand there.",
    },
    "attribution_open": {"fr": "Attribué à {name}.", "en": "Attributed to {name}."},
    "attribution_unknown": {
        "fr": "Attribué à {name} : aucun document ne porte ce nom.",
        "en": "Attributed to {name}: no document has this name.",
    },
    "diff_legend": {
        "fr": "Barré : ce que dit le texte vérifié. Souligné : ce que dit la source.",
        "en": "Struck out: what the checked text says. Underlined: what the source says.",
    },
    "diff_quoted": {"fr": "[dans le texte vérifié :", "en": "[in the checked text:"},
    "diff_actual": {"fr": "[dans la source :", "en": "[in the source:"},
    "diff_omitted": {"fr": "[la source dit ici :", "en": "[the source says here:"},
    "diff_end": {"fr": "]", "en": "]"},
    "true_passage": {"fr": "Ce que dit la source", "en": "What the source says"},
    "true_passages": {"fr": "Ce que disent les sources", "en": "What the sources say"},
    "more_places": {"fr": "Autres endroits ({count})", "en": "Other places ({count})"},
    # face to face
    "face_hint": {
        "fr": "Qui voterait une motion, qui la rejetterait, et sur quelles phrases. Sans motion : ce que les "
        "uns affirment et que d’autres contestent.",
        "en": "Who would vote for a motion, who against, and on which sentences. Without a motion: what some "
        "affirm and others contest.",
    },
    "face_label": {"fr": "Motion (facultative)", "en": "Motion (optional)"},
    "face_placeholder": {"fr": "Ce qui divise les sources", "en": "What divides the sources"},
    "face_go": {"fr": "Mettre face à face", "en": "Set face to face"},
    "face_summary": {"fr": "Points : {points}.", "en": "Points: {points}."},
    "face_echoes": {
        "fr": "Chercher aussi ce que chacun met entre guillemets chez les autres",
        "en": "Look up what each puts between quote marks at the others’, too",
    },
    "face_choose": {"fr": "Les deux côtés comparés", "en": "The two sides compared"},
    "face_first": {"fr": "Premier côté", "en": "First side"},
    "face_second": {"fr": "Second côté", "en": "Second side"},
    "face_silent_side": {"fr": "{side} (n’en dit rien)", "en": "{side} (does not say)"},
    "face_others": {"fr": "Les autres côtés :", "en": "The other sides:"},
    "face_pair": {"fr": "Face à face : {first} et {second}.", "en": "Face to face: {first} and {second}."},
    "voted_for": {"fr": "pour", "en": "for"},
    "voted_against": {"fr": "contre", "en": "against"},
    "voted_divided": {"fr": "partagé", "en": "divided"},
    "voted_speaks": {"fr": "en parle", "en": "speaks of it"},
    "voted_silent": {"fr": "muet", "en": "silent"},
    "silent": {"fr": "N’en dit rien.", "en": "Does not say."},
    "echoes_title": {"fr": "Ils se citent", "en": "They quote each other"},
    "echo_exact": {"fr": "Exact : l’autre côté le dit.", "en": "Exact: the other side says so."},
    "echo_altered": {
        "fr": "Altéré : l’autre côté ne dit pas tout à fait cela.",
        "en": "Altered: the other side does not quite say that.",
    },
    "echo_stitched": {
        "fr": "Assemblé : des passages éloignés de l’autre côté, mis bout à bout.",
        "en": "Stitched: distant passages of the other side joined together.",
    },
    "echo_absent": {
        "fr": "Absent : les autres côtés n’ont pas ces mots.",
        "en": "Absent: the other sides do not have these words.",
    },
    # rebuttal
    "rebut_hint": {
        "fr": "Collez un argument. Vous aurez ce qui le contredit, ce qui l’affaiblit, ce que son propre "
        "côté dit contre lui, et ce qui l’appuie.",
        "en": "Paste an argument. You get what contradicts it, what weakens it, what its own side says "
        "against it, and what bears it out.",
    },
    "rebut_label": {"fr": "Argument", "en": "Argument"},
    "rebut_side": {"fr": "Qui le dit ?", "en": "Who says it?"},
    "rebut_choose": {"fr": "Choisissez un côté", "en": "Choose a side"},
    "rebut_unknown": {"fr": "Je ne sais pas (à juger)", "en": "I do not know (to be judged)"},
    "rebut_go": {"fr": "Réfuter", "en": "Rebut"},
    "rebut_example": {
        "fr": "Pour essayer, une phrase de vos documents :",
        "en": "To try it, a sentence of your documents:",
    },
    "rebut_summary": {
        "fr": "Citations à opposer : {against}. De son propre côté : {own}. Qui l’appuient : {supports}.",
        "en": "Quotes against it: {against}. Of its own side: {own}. Bearing it out: {supports}.",
    },
    "rebut_of_nobody": {
        "fr": "Aucun côté ne semble avoir dit cela : choisissez qui le dit si vous le savez.",
        "en": "No side seems to have said this: choose who says it if you know.",
    },
    "rebut_of_several": {
        "fr": "Plusieurs côtés peuvent tenir cet argument ; ce que chacun a contre se trouve ici. Lire comme "
        "celui de :",
        "en": "Several sides may hold this; what each has against it stands here. Read it as that of:",
    },
    "claim_said": {"fr": "Argument du côté", "en": "An argument of the side"},
    "claim_judged": {
        "fr": "Jugé d’après les sources, peut-être à tort : argument du côté",
        "en": "Judged by the sources, perhaps wrongly: an argument of the side",
    },
    # the answer to a speech
    "view_counter": {"fr": "Répondre", "en": "Answer a speech"},
    "counter_hint": {
        "fr": "Collez un discours de l’autre côté, ou tapez-le pendant qu’il est dit : chaque phrase finie "
        "reçoit ce que vos documents lui opposent ; ce qu’elle cite est vérifié.",
        "en": "Paste a speech of the other side, or type along as it is given: each finished sentence gets "
        "what your documents set against it; what it quotes is checked.",
    },
    "counter_label": {"fr": "Ce que dit l’autre côté", "en": "What the other side says"},
    "counter_keys": {
        "fr": "Échap quitte le champ ; une touche suffit alors pour mettre une réplique au dossier : elle "
        "est écrite sur son bouton.",
        "en": "Escape leaves the field; then one key puts a reply into the dossier: it stands on its button.",
    },
    "counter_side": {"fr": "Quel côté parle ?", "en": "Which side speaks?"},
    "counter_unknown": {"fr": "Je ne sais pas", "en": "I do not know"},
    "counter_go": {"fr": "Répondre", "en": "Answer"},
    "counter_progress": {
        "fr": "Phrases lues : {done} sur {count}.",
        "en": "Sentences read: {done} of {count}.",
    },
    "counter_first": {
        "fr": "Écrivez ou collez d’abord quelques phrases.",
        "en": "Write or paste some sentences first.",
    },
    "recited": {
        "fr": "Sans guillemets, mais les mots d’une source.",
        "en": "Without quote marks, but a source’s words.",
    },
    # the timer
    "timer": {"fr": "Minuteur", "en": "Timer"},
    "timer_start": {"fr": "Démarrer", "en": "Start"},
    "timer_pause": {"fr": "Pause", "en": "Pause"},
    "timer_toggle": {"fr": "Démarrer ou arrêter le minuteur", "en": "Start or pause the timer"},
    "timer_reset": {"fr": "Remettre", "en": "Reset"},
    "timer_previous": {"fr": "Précédent", "en": "Previous"},
    "timer_next": {"fr": "Suivant", "en": "Next"},
    "timer_set": {"fr": "Format, durée, son", "en": "Format, length, sound"},
    "timer_format": {"fr": "Format", "en": "Format"},
    "timer_speech": {"fr": "Discours", "en": "Speech"},
    "timer_minutes": {"fr": "Minutes", "en": "Minutes"},
    "timer_sound": {"fr": "Son", "en": "Sound"},
    "timer_preparation": {"fr": "Temps de préparation", "en": "Preparation time"},
    "timer_protected": {"fr": "Temps protégé : pas de questions.", "en": "Protected time: no questions."},
    "timer_open": {"fr": "Questions permises.", "en": "Questions allowed."},
    "timer_minute": {"fr": "Plus qu’une minute.", "en": "One minute left."},
    "timer_thirty": {"fr": "Plus que 30 secondes.", "en": "30 seconds left."},
    "timer_over": {"fr": "Temps écoulé.", "en": "Time is up."},
    "timer_elsewhere": {"fr": "Au minuteur", "en": "To the timer"},
    "reading_left": {
        "fr": "Dossier : cartes à lire : {cards}, {time}.",
        "en": "Dossier: cards left to read: {cards}, {time}.",
    },
    "reading_over": {
        "fr": "C’est {time} de trop pour le temps qui reste.",
        "en": "That is {time} more than the time left.",
    },
    "reading_none": {
        "fr": "Dossier : aucune carte à lire.",
        "en": "Dossier: no card left to read.",
    },
    # large print
    "large": {"fr": "Lecture en grand", "en": "Large print"},
    "large_dossier": {"fr": "Lire en grand", "en": "Large print"},
    "large_chosen": {"fr": "Répliques choisies", "en": "Replies chosen"},
    "large_previous": {"fr": "Carte précédente", "en": "Previous card"},
    "large_next": {"fr": "Carte suivante", "en": "Next card"},
    "large_smaller": {"fr": "Plus petit", "en": "Smaller"},
    "large_larger": {"fr": "Plus grand", "en": "Larger"},
    "large_place": {"fr": "Carte {number} sur {count}", "en": "Card {number} of {count}"},
    "large_keys": {
        "fr": "Espace ou → : suite ; ← : retour ; + et − : taille ; Échap : fermer.",
        "en": "Space or →: go on; ←: back; + and −: size; Escape: close.",
    },
    "large_empty": {
        "fr": "Le dossier n’a pas encore de carte : ajoutez-y des citations.",
        "en": "The dossier has no card yet: add quotes to it.",
    },
    "large_unchosen": {
        "fr": "Aucune réplique de ce discours n’est encore au dossier.",
        "en": "No reply to this speech is in the dossier yet.",
    },
    # training
    "drill_hint": {
        "fr": "Répondez de mémoire ; votre réponse est comparée aux documents. Ce que vous manquez revient. "
        "Vos résultats sont gardés dans ce navigateur seulement.",
        "en": "Answer from memory; your answer is compared with the documents. What you miss comes back. "
        "Your results are kept in this browser only.",
    },
    "drill_side": {"fr": "Vous parlez pour", "en": "You speak for"},
    "drill_no_side": {"fr": "aucun côté : questions sur tous", "en": "no side: questions on all"},
    "drill_count": {"fr": "Nombre de questions", "en": "Number of questions"},
    "drill_go": {"fr": "Commencer une séance", "en": "Begin a session"},
    "drill_begun": {
        "fr": "Questions : {count}, dont {again} déjà vues.",
        "en": "Questions: {count}, {again} of them seen before.",
    },
    "drill_progress": {"fr": "Question {number} sur {count}", "en": "Question {number} of {count}"},
    "drill_gap": {"fr": "[mots à trouver]", "en": "[words to find]"},
    "drill_answer": {"fr": "Votre réponse", "en": "Your answer"},
    "drill_answered": {"fr": "Votre réponse :", "en": "Your answer:"},
    "drill_send": {"fr": "Répondre", "en": "Answer"},
    "drill_pass": {"fr": "Je ne sais pas", "en": "I do not know"},
    "drill_had_it": {"fr": "J’avais bon", "en": "I had it"},
    "drill_next": {"fr": "Continuer", "en": "Go on"},
    "drill_comes_back": {
        "fr": "Elles reviendront à la prochaine séance.",
        "en": "They come back at the next session.",
    },
    # the brief
    "view_prepare": {"fr": "Préparer", "en": "Prepare"},
    "prepare_hint": {
        "fr": "Tout ce qu’il faut savoir la veille, en citations : les arguments de chaque côté, qui répond "
        "à qui, les chiffres, les dates, les questions à attendre. Retirez, renommez, déplacez, exportez.",
        "en": "All to know the night before, in quotes: the arguments of each side, who answers whom, "
        "figures, dates, questions to expect. Take out, rename, move, then export.",
    },
    "prepare_label": {"fr": "Motion (facultative)", "en": "Motion (optional)"},
    "prepare_placeholder": {"fr": "Tout le débat", "en": "The whole debate"},
    "prepare_go": {"fr": "Préparer le dossier de la veille", "en": "Prepare the brief"},
    "prepare_stage_wait": {"fr": "D’autres préparations passent avant…", "en": "Other briefs come first…"},
    "prepare_stage_brief_arguments": {
        "fr": "Recherche des arguments de chaque côté…",
        "en": "Finding the arguments of each side…",
    },
    "prepare_stage_brief_answers": {
        "fr": "Recherche de qui répond à quoi…",
        "en": "Finding who answers what…",
    },
    "prepare_stage_brief_figures": {
        "fr": "Comparaison des chiffres, des dates et des mots…",
        "en": "Comparing figures, dates and words…",
    },
    "prepare_stage_brief_questions": {
        "fr": "Questions à attendre…",
        "en": "Questions to expect…",
    },
    "prepare_stage_brief_writing": {
        "fr": "Le modèle écrit les introductions…",
        "en": "The model writes the introductions…",
    },
    "prepare_written": {"fr": "Écrit par le modèle de langue", "en": "Written by the language model"},
    "prepare_written_from": {
        "fr": "D’après l’argument {number} : {heading}",
        "en": "From argument {number}: {heading}",
    },
    "prepare_stopped": {"fr": "Arrêté : rien n’a été préparé.", "en": "Stopped: nothing was prepared."},
    "prepare_whole": {"fr": "Tout le débat", "en": "The whole debate"},
    "prepare_summary": {
        "fr": "Arguments : {arguments}. Citations : {quotes}.",
        "en": "Arguments: {arguments}. Quotes: {quotes}.",
    },
    "prepare_lost": {
        "fr": "Citations retirées, car leurs sources ont changé : {count}.",
        "en": "Quotes left out, as their sources have changed: {count}.",
    },
    "prepare_tools": {"fr": "Emporter", "en": "Take along"},
    "prepare_contents": {"fr": "Sommaire", "en": "Contents"},
    "prepare_nothing": {"fr": "rien", "en": "nothing"},
    "prepare_docx": {"fr": "Word", "en": "Word"},
    "prepare_md": {"fr": "Markdown", "en": "Markdown"},
    "prepare_svg": {"fr": "Carte (SVG)", "en": "Map (SVG)"},
    "prepare_print": {"fr": "Imprimer", "en": "Print"},
    "prepare_cards": {"fr": "Toutes les citations au dossier", "en": "All quotes to the dossier"},
    "prepare_cards_added": {
        "fr": "Les citations sont dans le dossier.",
        "en": "The quotes are in the dossier.",
    },
    "prepare_rename": {"fr": "Renommer l’argument", "en": "Rename the argument"},
    "prepare_up": {"fr": "Monter l’argument", "en": "Move the argument up"},
    "prepare_down": {"fr": "Descendre l’argument", "en": "Move the argument down"},
    "prepare_drop": {"fr": "Retirer l’argument", "en": "Take the argument out"},
    "prepare_drop_quote": {"fr": "Retirer", "en": "Take out"},
    "prepare_argument_out": {"fr": "Argument retiré.", "en": "Argument taken out."},
    "prepare_quote_out": {"fr": "Citation retirée.", "en": "Quote taken out."},
    "prepare_moved": {"fr": "Place {n} sur {count}.", "en": "Place {n} of {count}."},
    "prepare_yours": {"fr": "titre donné par vous", "en": "your heading"},
    "prepare_own_heading": {"fr": "{heading} (titre donné par vous)", "en": "{heading} (your heading)"},
    "prepare_more_quotes": {"fr": "Autres citations : {count}", "en": "More quotes: {count}"},
    "prepare_left_by": {"fr": "Aucune réponse trouvée chez :", "en": "No answer found among:"},
    "prepare_differ": {"fr": "diffèrent", "en": "they differ"},
    "prepare_agree": {"fr": "concordent", "en": "they agree"},
    "prepare_times": {"fr": "{count} ×", "en": "{count} ×"},
    "prepare_asked": {"fr": "Questions à attendre pour", "en": "Questions to expect for"},
    "prepare_asked_of": {"fr": "Posée d’après", "en": "Asked from the words of"},
    "prepare_no_answer": {
        "fr": "Ses documents n’ont rien à y répondre.",
        "en": "Its documents have nothing to answer.",
    },
    "prepare_none_map": {"fr": "Pas d’argument à dessiner.", "en": "There is no argument to draw."},
    "prepare_none_positions": {
        "fr": "Aucun côté n’avance d’argument là-dessus.",
        "en": "No side makes an argument on this.",
    },
    "prepare_none_answers": {
        "fr": "Aucun argument trouvé ne répond à un autre.",
        "en": "No argument was found to answer another.",
    },
    "prepare_none_unanswered": {
        "fr": "Une réponse a été trouvée à chaque argument.",
        "en": "An answer was found to each argument.",
    },
    "prepare_none_figures": {
        "fr": "Aucun chiffre n’a été trouvé que plusieurs côtés donnent pour une même chose.",
        "en": "No figure was found that several sides give for one thing.",
    },
    "prepare_none_chronology": {
        "fr": "Aucun fait daté n’a été trouvé.",
        "en": "No dated fact was found.",
    },
    "prepare_none_terms": {
        "fr": "Aucune chose n’a été trouvée que les côtés nomment sûrement de mots différents.",
        "en": "Nothing was found that the sides surely call by different words.",
    },
    "prepare_none_questions": {
        "fr": "Aucune question à attendre n’a été trouvée.",
        "en": "No question to expect was found.",
    },
    "prepare_none_by_heart": {
        "fr": "Aucune citation n’est assez courte et claire à elle seule.",
        "en": "No quote is short and clear enough by itself.",
    },
    "map_title": {"fr": "Carte des arguments", "en": "Map of the arguments"},
    "map_hint": {
        "fr": "Une colonne par côté ; chaque flèche va de l’argument qui répond à celui auquel il répond. Un "
        "argument mène à ses citations.",
        "en": "One column a side; each arrow leads from the argument that answers to the one answered. An "
        "argument leads to its quotes.",
    },
    "map_in_words": {"fr": "La carte en mots", "en": "The map in words"},
    "map_quotes": {"fr": "Citations : {count}", "en": "Quotes: {count}"},
    "map_unanswered": {"fr": "sans réponse", "en": "unanswered"},
    "map_unsure": {"fr": "trait fin : incertain", "en": "thin line: uncertain"},
    "map_answers": {
        "fr": "{relation} : « {heading} » ({side})",
        "en": "{relation}: “{heading}” ({side})",
    },
    # the evaluation
    "report_none": {
        "fr": "Pas encore de rapport. Lancez {command} dans une copie du dépôt, depuis le dossier où la page "
        "a été lancée : il faut moins de deux minutes, et le rapport paraîtra ici.",
        "en": "No report yet. Run {command} in a checkout, from the folder where the page was started: it "
        "takes less than two minutes, and the report will show here.",
    },
    "report_unreadable": {
        "fr": "Le dernier rapport ne peut pas être lu. Relancez {command}.",
        "en": "The last report cannot be read. Run {command} again.",
    },
    "report_asked": {
        "fr": "{count} questions en {families} familles (jeu « {name} »), posées le {date} à {time} UTC. "
        "Intervalles à 95 %, par rééchantillonnage des familles ; en gras, le meilleur de chaque ligne.",
        "en": "{count} questions in {families} families (set “{name}”), asked on {date} at {time} UTC. "
        "95% intervals, families resampled; in bold, the best of each line.",
    },
    "report_sample": {"fr": "Échantillon seulement.", "en": "Only a sample."},
    "report_corpus": {"fr": "Corpus : {sha256}", "en": "Corpus: {sha256}"},
    "report_split": {
        "fr": "Partie « {split} » : {count} questions",
        "en": "Part “{split}”: {count} questions",
    },
    "report_measure": {"fr": "Mesure", "en": "Measure"},
    "measure_quote@1": {"fr": "Bonne citation en premier", "en": "Right quote first"},
    "measure_quote@3": {"fr": "Bonne citation parmi trois", "en": "Right quote among three"},
    "measure_passage@1": {"fr": "Bon passage en premier", "en": "Right passage first"},
    "measure_passage@5": {"fr": "Bon passage parmi cinq", "en": "Right passage among five"},
    "measure_mrr": {"fr": "Rang réciproque moyen", "en": "Mean reciprocal rank"},
    "measure_sides": {"fr": "Tous les côtés entendus", "en": "Every side heard"},
    "measure_balanced_accuracy": {"fr": "Silence à bon escient", "en": "Silent when it should be"},
    "measure_verbatim": {"fr": "Citations exactes", "en": "Exact quotes"},
    "system_bm25": {"fr": "BM25 seul", "en": "BM25 alone"},
    "system_encoder": {"fr": "Encodeur seul", "en": "Encoder alone"},
    "system_fusion": {"fr": "Fusion simple", "en": "Plain fusion"},
    "system_llamaindex": {"fr": "LlamaIndex d’origine", "en": "Stock LlamaIndex"},
}
