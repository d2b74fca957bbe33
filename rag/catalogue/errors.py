"""What goes wrong, and what to do about it: the lines of :mod:`rag.errors`.

The English line is for the command line and the log, the French one for the page, whose reader may have
neither a terminal nor the words that an operating system or a parser has for it.
"""

from __future__ import annotations

from rag.types import Language

ERRORS: dict[str, dict[Language, str]] = {
    # files
    "not_read": {"fr": "{file} ne peut pas être lu : {reason}", "en": "{file} cannot be read: {reason}"},
    "not_written": {
        "fr": "{file} ne peut pas être écrit : {reason}",
        "en": "{file} cannot be written: {reason}",
    },
    "not_utf8": {
        "fr": "{file} n’est pas du texte en UTF-8 ; enregistrez-le en UTF-8",
        "en": "{file} is not UTF-8 text: save it as UTF-8",
    },
    "not_json": {"fr": "{file} n’est pas du JSON : {reason}", "en": "{file} is not JSON: {reason}"},
    "unexpected": {
        "fr": "erreur inattendue, décrite dans le terminal ; posez la question à nouveau",
        "en": "unexpected error, described in the terminal; ask again",
    },
    # settings and what they need
    "setting": {
        "fr": "réglage {name} = {given} : {problem} ; corrigez REPLIQUE_{variable} ou {file}",
        "en": "setting {name} = {given}: {problem}; correct REPLIQUE_{variable} or {file}",
    },
    "settings_file": {
        "fr": "{file} ne peut pas être lu : {reason} ; corrigez-le ou supprimez-le",
        "en": "{file} cannot be read: {reason}; correct or remove it",
    },
    # debates
    "debate_unknown": {
        "fr": "il n’y a pas, ou plus, de débat « {name} » dans {folder} ; choisissez-en un autre ou "
        "ouvrez-en un nouveau",
        "en": "there is no debate {name!r} in {folder}: `replique debates` names them, "
        "`replique debates new` makes one",
    },
    "debate_and_corpus": {
        "fr": "--debate dit déjà où sont les documents et l’index ; retirez --corpus et --store",
        "en": "--debate says where documents and index are: leave out --corpus and --store",
    },
    "debate_untitled": {"fr": "donnez un nom au débat", "en": "give the debate a title"},
    "debate_default": {
        "fr": "le débat par défaut ne peut pas être supprimé ; videz son dossier de documents",
        "en": "the default debate cannot be removed: empty its folder of documents",
    },
    "debates_unchangeable": {
        "fr": "le dossier des débats {folder} ne peut pas être modifié : {reason}",
        "en": "the folder of debates {folder} cannot be changed: {reason}",
    },
    "archive_suffix": {
        "fr": "donnez à {file} un nom qui finit par {suffix}",
        "en": "{file} must end in {suffix}",
    },
    "archive_missing": {"fr": "il n’y a pas de fichier {file}", "en": "there is no file {file}"},
    "archive_other": {
        "fr": "ce fichier n’est pas un débat exporté par Réplique (.replique)",
        "en": "this file is no debate that Réplique exported (.replique)",
    },
    "archive_version": {
        "fr": "ce débat vient d’une version plus récente de Réplique ({version}) ; mettez la vôtre à jour",
        "en": "this debate was exported by a newer version of Réplique ({version}): update yours",
    },
    "archive_damaged": {
        "fr": "{file} est endommagé ; demandez-le à nouveau à qui vous l’a envoyé",
        "en": "{file} is damaged: ask for it again",
    },
    "archive_field": {
        "fr": "ce fichier de débat n’est pas lisible (replique.json, {place} : {problem}) ; rien "
        "n’est importé",
        "en": "this file of a debate cannot be read (replique.json, {place}: {problem}); nothing is imported",
    },
    "archive_entry": {
        "fr": "ce fichier de débat contient autre chose que des fichiers ordinaires ({path}) ; "
        "rien n’est importé",
        "en": "this file of a debate holds something else than plain files ({path}); nothing is imported",
    },
    "archive_path": {
        "fr": "ce fichier de débat veut écrire à un endroit interdit ({path}) ; rien n’est importé",
        "en": "this file of a debate would write where it must not ({path}); nothing is imported",
    },
    "archive_list": {
        "fr": "ce fichier de débat ne contient pas ce qu’il annonce ; rien n’est importé",
        "en": "this file of a debate does not hold what it lists; nothing is imported",
    },
    "archive_file": {
        "fr": "dans ce fichier de débat, {path} n’est pas ce qui est annoncé ; rien n’est importé",
        "en": "in this file of a debate, {path} is not what is listed; nothing is imported",
    },
    "archive_file_large": {
        "fr": "dans ce fichier de débat, {path} dépasse {most} Mo (REPLIQUE_MAX_FILE_MB) ; rien n’est "
        "importé",
        "en": "in this file of a debate, {path} is over {most} MB (REPLIQUE_MAX_FILE_MB); nothing is "
        "imported",
    },
    "archive_large": {
        "fr": "ce débat dépasse {most} Mo (REPLIQUE_MAX_DEBATE_MB) ; rien n’est importé",
        "en": "this debate is over {most} MB (REPLIQUE_MAX_DEBATE_MB); nothing is imported",
    },
    "archive_files": {
        "fr": "ce débat a {count} fichiers, plus que {most}",
        "en": "this debate has {count} files, more than {most}",
    },
    "archive_changing": {
        "fr": "{path} change pendant l’export ; recommencez",
        "en": "{path} is being changed: export again",
    },
    "archive_page_large": {
        "fr": "ce débat est trop grand pour la page ; exportez-le par la commande `replique debates export`",
        "en": "this debate is too large for the page: export it with `replique debates export`",
    },
    "description_broken": {
        "fr": "{file} n’est pas lisible ; corrigez-le (un champ par ligne : « title: … ») ou supprimez-le",
        "en": "{file} cannot be read: correct it (a field a line, “title: …”) or remove it",
    },
    "description_field": {
        "fr": "dans {file}, « {name} » doit être du texte sur une ligne",
        "en": "in {file}, {name} must be text on one line",
    },
    "description_language": {
        "fr": "dans {file}, la langue doit être fr ou en, pas « {given} »",
        "en": "in {file}, the language must be fr or en, not {given!r}",
    },
    "description_sides": {
        "fr": "dans {file}, donnez sous « sides » un côté par ligne, avec sa couleur : « Mairie: blue »",
        "en": "in {file}, give under “sides” a side a line with its colour, “City: blue”",
    },
    "description_colour": {
        "fr": "dans {file}, la couleur du côté « {side} » doit être l’une de : {colours} ; pas « {given} »",
        "en": "in {file}, the colour of side {side!r} must be one of {colours}; not {given!r}",
    },
    "open_to_others": {
        "fr": "sur {host}, d’autres machines pourraient utiliser la page ; réglez "
        "REPLIQUE_AUTH=nom:mot-de-passe, ou REPLIQUE_ALLOW_ANYONE=1 (--allow-anyone) pour laisser entrer "
        "n’importe qui",
        "en": "on {host} other machines could use the page: set REPLIQUE_AUTH=user:password, or "
        "REPLIQUE_ALLOW_ANYONE=1 (--allow-anyone) to let anybody in",
    },
    "no_address": {
        "fr": "l’adresse {host} n’existe pas ; corrigez REPLIQUE_HOST",
        "en": "there is no address {host!r}: correct REPLIQUE_HOST",
    },
    "not_listening": {
        "fr": "impossible d’écouter sur {host}, port {port} ({reason}) ; donnez un autre port dans "
        "REPLIQUE_PORT, ou 0 pour n’importe quel port libre",
        "en": "cannot listen on {host} port {port} ({reason}): set REPLIQUE_PORT to another port, or to 0 "
        "for any free one",
    },
    "mcp_package": {
        "fr": "REPLIQUE_MCP demande un supplément : pip install 'replique[mcp]'",
        "en": "REPLIQUE_MCP needs an extra: pip install 'replique[mcp]'",
    },
    "no_suite": {
        "fr": "l’évaluation n’est pas dans le paquet ; clonez le projet, puis lancez `make eval`",
        "en": "the evaluation suite is not in the package: clone the project, run `make eval`",
    },
    # the folder of documents
    "corpus_missing": {
        "fr": "le dossier des documents {folder} n’existe pas ; créez-le et mettez-y des documents, ou "
        "donnez-en un autre par --corpus",
        "en": "corpus folder {folder} does not exist; create it and put documents into it, or name another "
        "one with --corpus",
    },
    "corpus_no_folder": {
        "fr": "{folder}, donné pour les documents, n’est pas un dossier ; créez-en un et mettez-y des "
        "documents, ou donnez-en un autre par --corpus",
        "en": "corpus folder {folder} is not a folder; create it and put documents into it, or name another "
        "one with --corpus",
    },
    "corpus_closed": {
        "fr": "le dossier des documents {folder} ne peut pas être ouvert ({reason}) ; créez-le et mettez-y "
        "des documents, ou donnez-en un autre par --corpus",
        "en": "corpus folder {folder} cannot be opened ({reason}); create it and put documents into it, or "
        "name another one with --corpus",
    },
    "corpus_loop": {
        "fr": "le dossier des documents {folder} ne peut pas être ouvert (un lien vers lui-même) ; créez-le "
        "et mettez-y des documents, ou donnez-en un autre par --corpus",
        "en": "corpus folder {folder} cannot be opened (a link to itself); create it and put documents into "
        "it, or name another one with --corpus",
    },
    "corpus_unlisted": {
        "fr": "le dossier des documents {folder} ne peut pas être lu ({reason}) ; autorisez sa lecture, ou "
        "donnez-en un autre par --corpus",
        "en": "corpus folder {folder} cannot be listed: {reason}; allow reading it, or name another one with "
        "--corpus",
    },
    "corpus_empty": {
        "fr": "il n’y a pas de document dans {folder} ; mettez-y des fichiers ({kinds})",
        "en": "no document in {folder}: put files there ({kinds})",
    },
    "none_readable": {
        "fr": "aucun des {count} fichiers de {folder} ne peut être lu ({names}) ; le premier : {first}",
        "en": "none of the {count} files in {folder} can be read ({names}); the first: {first}",
    },
    # why a file of it is not read
    "unreadable_file": {"fr": "{path} : {reason}", "en": "{path}: {reason}"},
    "beside": {"fr": "{name} : {reason}", "en": "{name}: {reason}"},
    "file_closed": {"fr": "ne peut pas être lu ({reason})", "en": "cannot be read ({reason})"},
    "file_empty": {"fr": "le fichier est vide", "en": "empty: 0 bytes; write some text or remove it"},
    "file_textless": {
        "fr": "le document ne contient pas de texte",
        "en": "empty: no visible text; write some or remove it",
    },
    "file_large": {
        "fr": "trop grand ({size:,} octets, {most:,} au plus) ; découpez-le",
        "en": "{size:,} bytes, over the limit of {most:,}; split it or raise max_file_mb",
    },
    "file_kind": {
        "fr": "ce genre de fichier n’est pas lu ; convertissez-le ({kinds})",
        "en": "not a kind of file that is read ({kinds}); convert it to one",
    },
    "kind_word": {
        "fr": "ce genre de document n’est pas lu ; enregistrez-le en .docx, en .odt ou en PDF",
        "en": "not a kind of document that is read; save it as .docx, .odt or PDF",
    },
    "kind_slides": {
        "fr": "ce genre de présentation n’est pas lu ; enregistrez-la en .pptx ou en PDF",
        "en": "not a kind of presentation that is read; save it as .pptx or PDF",
    },
    "kind_sheet": {
        "fr": "ce genre de classeur n’est pas lu ; enregistrez-le en .xlsx ou en .csv",
        "en": "not a kind of workbook that is read; save it as .xlsx or .csv",
    },
    "kind_book": {
        "fr": "ce genre de fichier n’est pas lu ; enregistrez-le en PDF ou, si c’est un livre, en .epub",
        "en": "not a kind of file that is read; save it as PDF or, if it is a book, as .epub",
    },
    "kind_mail": {
        "fr": "ce genre de courrier n’est pas lu ; enregistrez le message en .eml",
        "en": "not a kind of mail that is read; save the message as .eml",
    },
    "kind_image": {
        "fr": "une image n’est pas lue ; passez-la à la reconnaissance de caractères (OCR) et enregistrez-la "
        "en PDF, ou recopiez son texte",
        "en": "a picture is not read; have it read by OCR and saved as PDF, or type its text",
    },
    "kind_media": {
        "fr": "un son ou une vidéo ne sont pas lus ; faites-en une transcription (.srt, .vtt, .txt)",
        "en": "sound and video are not read; have them transcribed (.srt, .vtt, .txt)",
    },
    "kind_archive": {
        "fr": "une archive n’est pas ouverte ; décompressez-la dans le dossier",
        "en": "an archive is not opened; unpack it into the folder",
    },
    "file_elsewhere": {
        "fr": "un lien mène hors du dossier ; copiez-y le document",
        "en": "leads out of the corpus folder; copy the document into it",
    },
    "file_irregular": {
        "fr": "ce n’est pas un fichier ordinaire",
        "en": "not a regular file; remove it",
    },
    "file_vanished": {
        "fr": "le fichier n’est plus là ; choisissez-le à nouveau",
        "en": "vanished; put it back, or index again without it",
    },
    "file_gone_again": {
        "fr": "le fichier n’est plus là ; choisissez-le à nouveau",
        "en": "it vanished from the corpus folder; add it again",
    },
    "file_forbidden": {
        "fr": "lecture interdite ; autorisez-la",
        "en": "permission denied; allow reading it",
    },
    "file_unopened": {
        "fr": "le fichier ne peut pas être ouvert ; vérifiez-le",
        "en": "cannot be opened: {reason}; check the file",
    },
    "file_is_pdf": {
        "fr": "c’est un PDF, malgré son nom ; donnez-lui le suffixe .pdf",
        "en": "a PDF, whatever its name says; give it its right suffix",
    },
    "file_is_zip": {
        "fr": "un fichier Word ou ZIP, malgré son nom ; donnez-lui le bon suffixe",
        "en": "a ZIP or Word document, whatever its name says; give it its right suffix",
    },
    "file_is_old_office": {
        "fr": "ancien format, ou mot de passe ; enregistrez-le en .docx sans",
        "en": "an old Office document, whatever its name says; give it its right suffix",
    },
    "file_is_rtf": {
        "fr": "c’est un fichier RTF, quoi que dise son nom ; donnez-lui le suffixe .rtf",
        "en": "an RTF document, whatever its name says; give it its right suffix",
    },
    "file_binary": {
        "fr": "ce n’est pas du texte ; donnez-lui le bon suffixe",
        "en": "binary data, not text; remove it or give it its right suffix",
    },
    "encoding_damaged": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "damaged {encoding} text; save it as UTF-8",
    },
    "encoding_unknown": {
        "fr": "encodage inconnu ; enregistrez-le en UTF-8",
        "en": "its encoding is not recognised; save it as UTF-8",
    },
    "html_damaged": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "damaged HTML ({problem})",
    },
    "text_large": {
        "fr": "il contient {size} caractères de texte, plus que les {most} admis ; découpez-le",
        "en": "holds {size:,} characters of text, over the limit of {most:,}; split it or raise max_file_mb",
    },
    "reader_slow": {
        "fr": (
            "sa lecture n’avance plus depuis {seconds} secondes ; ouvrez-le et enregistrez-le à nouveau, ou "
            "découpez-le"
        ),
        "en": (
            "its reading did not get on for {seconds} seconds; open it and save it again, split it, or raise "
            "read_seconds"
        ),
    },
    "reader_memory": {
        "fr": "sa lecture demande plus de {most} Mo de mémoire ; découpez-le",
        "en": "its reading takes more than {most:,} MB of memory; split it, or raise read_memory_mb",
    },
    "reader_fell": {
        "fr": (
            "sa lecture s’est interrompue : il est endommagé, ou demande plus de {most} Mo de mémoire ; "
            "ouvrez-le et enregistrez-le à nouveau, ou découpez-le"
        ),
        "en": (
            "its reading broke off: it is damaged, or takes more than {most:,} MB of memory; open it and "
            "save it again, split it, or raise read_memory_mb"
        ),
    },
    "reader_failed": {
        "fr": "fichier inhabituel ou endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "unusual or damaged ({problem}); open it and save it again",
    },
    "reader_unstarted": {
        "fr": "la lecture des fichiers ne démarre pas ({reason}) ; réinstallez Réplique",
        "en": "the process that reads files does not start ({reason}); install Réplique again",
    },
    "pdf_not": {
        "fr": "ce n’est pas un PDF, malgré son nom ; donnez-lui le bon suffixe",
        "en": "not a PDF, whatever its name says; give it its right suffix",
    },
    "pdf_textless": {
        "fr": (
            "PDF sans texte, peut-être une image : pour le lire, installez Tesseract (tesseract-ocr-fra) et "
            "`pip install 'replique[ocr]'`, ou passez-le à la reconnaissance (OCR)"
        ),
        "en": (
            "PDF without text layer, perhaps a scan: to have it read, install Tesseract (tesseract-ocr-fra) "
            "and `pip install 'replique[ocr]'`, or run OCR on it (e.g. ocrmypdf)"
        ),
    },
    "pdf_large": {
        "fr": "décompressé, il serait beaucoup trop grand ; découpez-le",
        "en": "PDF that unpacks to more than {most:,} characters; split it",
    },
    "pdf_pages": {
        "fr": "PDF de {count} pages, plus que les {most} admises ; découpez-le",
        "en": "PDF of {count:,} pages, over {most:,}; split it",
    },
    "pdf_damaged": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "damaged PDF ({problem}); open it and save it again",
    },
    "pdf_password": {
        "fr": "PDF protégé par un mot de passe ; enregistrez-le sans",
        "en": "PDF protected by a password; save it without one",
    },
    "office_not": {
        "fr": "ce n’est pas un fichier {kind}, malgré son nom ; donnez-lui le bon suffixe",
        "en": "not {kind}, whatever its name says; give it its right suffix",
    },
    "office_old": {
        "fr": "ancien format, ou mot de passe ; enregistrez-le en {suffix} sans",
        "en": "an old Office format, or protected by a password; save it as {suffix} without one",
    },
    "office_protected": {
        "fr": "protégé par un mot de passe ou un verrou ; enregistrez-le sans",
        "en": "protected by a password or a lock; save it without one",
    },
    "office_large": {
        "fr": "décompressé, il serait beaucoup trop grand ; découpez-le",
        "en": "{kind} that unpacks to {size:,} bytes, over {most:,}; split it",
    },
    "office_bodiless": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "{kind} without a text; save it again",
    },
    "office_damaged": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "damaged, or not a usual {kind} ({problem}); save it again",
    },
    "subtitles_none": {
        "fr": "ce fichier de sous-titres n’a aucune réplique ; exportez-le à nouveau",
        "en": "no cue in these subtitles; export them again",
    },
    "workbook_not": {
        "fr": "ce n’est pas un classeur .xlsx lisible ; enregistrez-le en .xlsx, sans mot de passe",
        "en": "not an .xlsx workbook that can be read; save it as .xlsx, without a password",
    },
    "workbook_large": {
        "fr": "décompressé, il serait beaucoup trop grand ; enregistrez chaque feuille en .csv",
        "en": "workbook that unpacks to {size:,} bytes, over {most:,}; save each sheet as .csv",
    },
    "workbook_damaged": {
        "fr": "fichier endommagé ; ouvrez-le et enregistrez-le à nouveau",
        "en": "damaged workbook ({problem}); open it and save it again",
    },
    "letter_not": {
        "fr": "ce n’est pas un message, malgré son nom ; enregistrez-le à nouveau en .eml",
        "en": "not a message, whatever its name says; save it as .eml again",
    },
    "letter_damaged": {
        "fr": "message endommagé ; enregistrez-le à nouveau en .eml",
        "en": "damaged message; save it as .eml again",
    },
    "web_archive_pageless": {
        "fr": "il n’y a pas de page dans ce fichier ; enregistrez la page à nouveau, en HTML",
        "en": "no page in this file; save the page again, as HTML",
    },
    "front_matter": {
        "fr": "l’en-tête ne se lit pas, ligne {line} ; écrivez un champ par ligne, la valeur entre "
        "guillemets droits",
        "en": "front matter, line {line}: {problem}; write one field a line, its value between double quotes",
    },
    "front_matter_text": {
        "fr": "en-tête, ligne {line} : {field} doit être un texte ; écrivez-le sur une ligne, "
        "sans crochets ni accolades",
        "en": "front matter, line {line}: {field} must be a text, not a {kind}; correct it",
    },
    "front_matter_long": {
        "fr": "l’en-tête a {size} caractères, plus que les {most} admis ; abrégez-le",
        "en": "its front matter has {size:,} characters, over {most:,}; shorten it",
    },
    "front_matter_names": {
        "fr": "en-tête, ligne {line} : {field} doit être une liste de noms de champs ; écrivez [title, side]",
        "en": "front matter, line {line}: {field} must be a list of field names, not a {kind}; correct it",
    },
    "front_matter_speakers": {
        "fr": "en-tête, ligne {line} : {field} doit donner un côté à chaque nom ; écrivez "
        "{{M. Costa: Contre}}",
        "en": "front matter, line {line}: {field} must be a side for each name, not a {kind}; correct it",
    },
    "front_matter_fixed": {
        "fr": "son en-tête ne peut pas être modifié d’ici ; modifiez le fichier",
        "en": "its front matter is written in a way that cannot be changed here; edit the file",
    },
    "front_matter_harms": {
        "fr": "son texte ne resterait pas tel quel ; écrivez l’en-tête à la main",
        "en": "its text would not stay as it is; write the front matter by hand",
    },
    "sidecar_fieldless": {
        "fr": "le fichier .yaml à côté n’est pas une liste de champs ; corrigez-le",
        "en": "not a list of fields such as `side: …`; correct it",
    },
    # the gate of the page
    "host_foreign": {
        "fr": "cette page n’est pas servie sous ce nom ; demandez-la à l’adresse que dit `replique serve`, "
        "ou ajoutez le nom à REPLIQUE_HOSTS",
        "en": "this page is not served under that name: ask for it at the address that `replique serve` "
        "says, or add the name to REPLIQUE_HOSTS",
    },
    "origin_foreign": {
        "fr": "la demande vient de la page d’un autre site ; ouvrez Réplique et faites-la de là",
        "en": "the request comes from the page of another site: open Réplique and make it there",
    },
    "no_such_route": {
        "fr": "il n’y a rien à cette adresse ; docs/python.md dit ce qui peut être appelé",
        "en": "there is nothing at this address: docs/python.md says what can be called",
    },
    "login_needed": {
        "fr": "un nom et un mot de passe sont demandés ; ouvrez la page et donnez-les",
        "en": "user and password are needed: open the page and give them",
    },
    "login_wrong": {
        "fr": "nom ou mot de passe faux ; réessayez",
        "en": "user or password is wrong: try again",
    },
    "login_wait": {
        "fr": "trop de mots de passe faux ; réessayez dans {seconds} s",
        "en": "too many wrong passwords: try again in {seconds} s",
    },
    "too_busy": {
        "fr": "trop de demandes attendent déjà ; réessayez dans quelques secondes",
        "en": "too many requests are waiting already: try again in a few seconds",
    },
    "sent_large": {
        "fr": "plus de {most:g} Mo ont été envoyés d’un coup ; envoyez moins (un fichier : max_file_mb)",
        "en": "more than {most:g} MB were sent at once: send less (a file: max_file_mb)",
    },
    "sent_slowly": {
        "fr": "l’envoi est trop lent et a été arrêté ; recommencez sur une meilleure liaison",
        "en": "it was sent too slowly and was stopped: send it again over a better line",
    },
    "sent_in_part": {
        "fr": "l’envoi s’est arrêté en route ; recommencez",
        "en": "it was sent in part only: send it again",
    },
    "sent_kind": {
        "fr": "cette adresse veut « Content-Type: {wanted} »",
        "en": "this address wants Content-Type: {wanted}",
    },
    "call_names_file": {
        "fr": "l’appel désigne un fichier, ce qu’aucun ne fait ici ; donnez le texte lui-même",
        "en": "the call names a file, which none does here: give the text itself",
    },
    "uploads_full": {
        "fr": "trop de fichiers envoyés attendent d’être ajoutés ; ajoutez-les ou retirez-les d’abord",
        "en": "too many files that were sent wait to be added: add or remove them first",
    },
    "disk_full": {
        "fr": "le disque est presque plein ; faites de la place, puis réessayez",
        "en": "the disk is nearly full: make room on it, then try again",
    },
    "unexpected_call": {
        "fr": "l’appel a échoué ; vérifiez ce qu’il donne, le terminal dit quand (--verbose : pourquoi)",
        "en": "the call failed: check what it gives; the terminal says when (--verbose: why)",
    },
    # changing the documents
    "read_only": {
        "fr": "les documents sont en lecture seule",
        "en": "the documents are read-only: unset REPLIQUE_READ_ONLY (and REPLIQUE_FOLLOW) to change them",
    },
    "corpus_unchangeable": {
        "fr": "{folder} ne peut pas être modifié ({reason}) ; autorisez-y l’écriture",
        "en": "{folder} cannot be changed ({reason}): allow writing there and try again",
    },
    "same_text": {
        "fr": "le même texte est déjà parmi les documents : {source}",
        "en": "the same text is among the documents already: {source}",
    },
    "source_unchangeable": {
        "fr": "{source} ne peut pas être modifié ({reason})",
        "en": "{source} cannot be changed: {reason}",
    },
    "source_elsewhere": {
        "fr": "un lien mène hors du dossier ; copiez-y le document",
        "en": "{path} leads out of the corpus folder",
    },
    "source_removed": {
        "fr": "le document {source} n’existe plus",
        "en": "no source {source!r}: it may have been removed meanwhile",
    },
    "source_last": {
        "fr": "{source} est le seul document ; ajoutez-en un autre avant de le retirer",
        "en": "{source} is the only document: add another one before removing it",
    },
    "source_restored": {
        "fr": "{path} est rétabli, mais ne peut pas être lu ; vérifiez ce fichier",
        "en": "{path} is back in the corpus folder, but cannot be read: {reason}",
    },
    "trash_without": {
        "fr": "ce document a déjà été rétabli",
        "en": "the trash holds no {token!r}: it may have been restored meanwhile",
    },
    "changed_since": {
        "fr": "{path} a été modifié depuis ; rien n’est annulé",
        "en": "{path} has been changed since: nothing was taken back",
    },
    "upload_gone": {
        "fr": "le fichier envoyé n’est plus là ; choisissez-le à nouveau",
        "en": "the upload is gone: choose the file again",
    },
    "uploads_most": {
        "fr": "{most} fichiers à la fois au plus",
        "en": "{most} files at once at most",
    },
    "file_there": {
        "fr": "{name} est déjà dans le dossier des documents ; lancez `replique index`",
        "en": "{name} is in the corpus folder already: run `replique index`",
    },
    "text_untitled": {"fr": "donnez un titre au texte", "en": "give the text a title"},
    # pages of the web
    "web_off": {
        "fr": "les pages web ne sont pas demandées ici (REPLIQUE_FETCH) ; enregistrez la page et ajoutez le "
        "fichier",
        "en": "pages of the web are not asked for here (REPLIQUE_FETCH): save the page and add the file",
    },
    "web_address": {
        "fr": "ce n’est pas l’adresse d’une page web : {address} ; il faut https://… ou http://…",
        "en": "not the address of a web page: {address}; it must look like https://… or http://…",
    },
    "web_login": {
        "fr": "l’adresse contient un nom ou un mot de passe ; retirez-les",
        "en": "the address has a user or a password in it: take them out",
    },
    "web_private": {
        "fr": "{host} est une adresse privée ou de cette machine, qui n’est pas demandée ; "
        "enregistrez la page et ajoutez le fichier",
        "en": "{host} is a private address or one of this machine, which is not asked: save the page and add "
        "the file (or set REPLIQUE_FETCH_PRIVATE=on)",
    },
    "web_port": {
        "fr": "le port {port} n’est pas demandé, seulement 80 et 443 ; enregistrez la page et ajoutez le "
        "fichier",
        "en": "port {port} is not asked, only 80 and 443: save the page and add the file (or set "
        "REPLIQUE_FETCH_PRIVATE=on)",
    },
    "web_unknown": {
        "fr": "le site {host} n’est pas trouvé ; vérifiez l’adresse et la connexion au réseau",
        "en": "there is no site {host}, or no network: check the address and the connection",
    },
    "web_silent": {
        "fr": "{host} ne répond pas ; vérifiez la connexion, ou réessayez plus tard",
        "en": "{host} does not answer: check the connection, or try again later",
    },
    "web_untrusted": {
        "fr": "{host} ne prouve pas qui il est (certificat refusé) ; vérifiez l’adresse",
        "en": "{host} does not prove who it is (certificate refused): check the address",
    },
    "web_slow": {
        "fr": "{host} n’a pas tout envoyé en {seconds} s ; réessayez, ou enregistrez la page et ajoutez le "
        "fichier",
        "en": "{host} has not sent all in {seconds} s: try again, or save the page and add the file",
    },
    "web_missing": {
        "fr": "{host} n’a pas cette page ({status}) ; vérifiez l’adresse",
        "en": "{host} has no such page ({status}): check the address",
    },
    "web_closed": {
        "fr": "{host} ne donne pas cette page ({status}) : il veut un compte ou un navigateur ; ouvrez-la, "
        "puis collez-en le texte, ou enregistrez-la et ajoutez le fichier",
        "en": "{host} does not give this page ({status}), it wants an account or a browser: open it, then "
        "paste its text, or save it and add the file",
    },
    "web_status": {
        "fr": "{host} a répondu par une erreur ({status}) ; réessayez plus tard",
        "en": "{host} answered with an error ({status}): try again later",
    },
    "web_moved": {
        "fr": "{host} renvoie sans fin à d’autres adresses ; ouvrez la page et donnez l’adresse où elle "
        "arrive",
        "en": "{host} sends on and on to other addresses: open the page and give the address it ends at",
    },
    "web_large": {
        "fr": "la page est trop grande ({most:,} octets au plus) ; enregistrez-en la partie utile et ajoutez "
        "le fichier",
        "en": "the page is too large ({most:,} bytes at most): save the part you need and add the file",
    },
    "web_damaged": {
        "fr": "{host} a envoyé une page abîmée ; enregistrez-la depuis le navigateur et ajoutez le fichier",
        "en": "{host} sent a damaged page: save it from your browser and add the file",
    },
    "web_textless": {
        "fr": "cette page n’a presque pas de texte sans JavaScript ou sans compte ; ouvrez-la, puis "
        "collez-en le texte, ou enregistrez-la et ajoutez le fichier",
        "en": "this page has hardly any text without JavaScript or an account: open it, then paste its "
        "text, or save it and add the file",
    },
    # encoders
    "encoder_unknown": {
        "fr": "encodeur {name} inconnu ; donnez dans REPLIQUE_EMBED_MODEL `replique`, `huggingface:<nom>` "
        "ou `openai-like:<nom>@<url>`",
        "en": "unknown encoder {name!r}: set REPLIQUE_EMBED_MODEL to `replique`, `huggingface:<name>` or "
        "`openai-like:<name>@<url>`",
    },
    "encoder_package": {
        "fr": "{name} demande un paquet : pip install 'replique[{extra}]'",
        "en": "{name} needs a package: pip install 'replique[{extra}]'",
    },
    "encoder_unloaded": {
        "fr": "{name} ne peut pas être chargé ({reason}) ; vérifiez son nom, et qu’il a été téléchargé",
        "en": "{name} cannot be loaded ({reason}): check its name, and that it was downloaded",
    },
    "encoder_failed": {
        "fr": "{name} ne peut pas encoder ({reason}) ; voyez si son serveur ou son modèle fonctionne, ou "
        "donnez-en un autre dans REPLIQUE_EMBED_MODEL",
        "en": "{name} cannot encode ({reason}): see that its server or model works, or set "
        "REPLIQUE_EMBED_MODEL to another",
    },
    # the index
    "no_index_followed": {
        "fr": "il n’y a pas encore d’index dans {store} ; cette page attend celui qu’un autre processus "
        "écrit",
        "en": "no index in {store} yet: run `replique index` where the documents are",
    },
    "follows": {
        "fr": "ce processus suit l’index qu’un autre écrit (REPLIQUE_FOLLOW) ; indexez là où sont les "
        "documents",
        "en": "this process follows the index that another writes (REPLIQUE_FOLLOW): index where the "
        "documents are",
    },
    "index_of_other_version": {
        "fr": "l’index de {store} est d’une autre version : lancez `replique index`, qui le refait",
        "en": "the index in {store} is of another version of Réplique: run `replique index` to make it anew",
    },
    "index_of_other_encoder": {
        "fr": "l’index de {store} est d’un autre encodeur : lancez `replique index`, qui le refait",
        "en": "the index in {store} is of another encoder: run `replique index` to make it anew",
    },
    "no_index": {
        "fr": "il n’y a pas encore de document ; ajoutez-en dans « Documents »",
        "en": "no index in {store}: run `replique index`",
    },
    "indexing_stopped": {
        "fr": "indexation arrêtée ; {count} document(s) de cette fois sont gardés, la prochaine fois "
        "continuera à partir de là",
        "en": "stopped: {count} documents of this run are kept, and the index as it was answers; "
        "run `replique index` again to go on from there",
    },
    "index_locked": {
        "fr": "un autre processus indexe en ce moment ; réessayez dans un instant",
        "en": "{store} is being written by {holder}: wait for it to finish, then try again",
    },
    "index_unwritable": {
        "fr": "{store} ne peut pas être écrit ({reason}) ; choisissez un autre dossier par --store",
        "en": "{store} cannot be written ({reason}): choose another --store",
    },
    "index_damaged": {
        "fr": "l’index est endommagé ; lancez `replique index --rebuild`",
        "en": "the index is damaged ({reason}): run `replique index --rebuild`",
    },
    "index_for_reading_add": {
        "fr": "l’index ne sert qu’à lire ; mettez les documents dans leur dossier, puis indexez-le",
        "en": "the index is for reading: put documents into the corpus folder and index it",
    },
    "index_for_reading_delete": {
        "fr": "l’index ne sert qu’à lire ; retirez les documents de leur dossier, puis indexez-le",
        "en": "the index is for reading: take documents out of the corpus folder and index it",
    },
    "vectors_failed": {
        "fr": "la base des vecteurs a échoué ({reason}) ; lancez `replique index --rebuild`",
        "en": "the vector store failed ({reason}): run `replique index --rebuild`",
    },
    "vectors_lost": {
        "fr": "les vecteurs de l’index ne sont plus dans Chroma ({reason}) ; lancez `replique index`, qui "
        "les y remet",
        "en": "the vectors of the index are gone from Chroma ({reason}): run `replique index`, which puts "
        "them back",
    },
    "vectors_filling": {
        "fr": "les vecteurs de l’index ne sont pas tous dans Chroma ({count} sur {size}) ; attendez la fin "
        "de l’indexation, ou lancez `replique index`",
        "en": "not all vectors of the index are in Chroma ({count} of {size}): wait until indexing is done, "
        "or run `replique index`",
    },
    "chroma_silent": {
        "fr": "le serveur Chroma ne répond pas ({reason}) ; lancez-le avec `chroma run`",
        "en": "the Chroma server does not answer ({reason}): start it with `chroma run`",
    },
    "chroma_refused": {
        "fr": "le serveur Chroma refuse ({reason}) ; vérifiez REPLIQUE_CHROMA_KEY, REPLIQUE_CHROMA_TENANT et "
        "REPLIQUE_CHROMA_DATABASE",
        "en": "the Chroma server refuses ({reason}): check REPLIQUE_CHROMA_KEY, REPLIQUE_CHROMA_TENANT and "
        "REPLIQUE_CHROMA_DATABASE",
    },
    "chroma_limit": {
        "fr": "le serveur Chroma n’en accepte pas davantage ({reason}) ; réessayez dans un instant, ou "
        "relevez ses limites",
        "en": "the Chroma server takes no more ({reason}): try again in a moment, or raise its limits",
    },
    "chroma_absent": {
        "fr": "le serveur Chroma {address} ne répond pas ({reason}) ; lancez-le avec `chroma run`, ou "
        "retirez REPLIQUE_CHROMA",
        "en": "the Chroma server {address} does not answer ({reason}): start it with `chroma run`, or unset "
        "REPLIQUE_CHROMA",
    },
    # questions and other texts
    "no_question": {
        "fr": "Posez une question sur les sources.",
        "en": "Ask a question about the sources.",
    },
    "question_empty": {
        "fr": "il n’y a pas de mots ; écrivez-en",
        "en": "the question is empty: type one",
    },
    "question_long": {
        "fr": "la question a {count} caractères, {most} au plus ; raccourcissez-la",
        "en": "the question has {count} characters, {most} at most; shorten it",
    },
    "search_empty": {
        "fr": "il n’y a rien à chercher ; écrivez une question ou des mots",
        "en": "nothing to search for: type a question or some words",
    },
    "search_wordless": {
        "fr": "il n’y a pas de mot à chercher là-dedans ; écrivez-en un",
        "en": "there is no word to look for: type one",
    },
    "text_long": {
        "fr": "trop long ({count} caractères, {most} au plus)",
        "en": "the {name} has {count} characters: {most} at most",
    },
    "quote_long": {
        "fr": "trop long ({count} caractères, {most} au plus)",
        "en": "the quote has {count} characters: {most} at most; check it with --speech",
    },
    "text_empty": {
        "fr": "il n’y a rien à vérifier ; collez un texte",
        "en": "the {name} is empty: give some words",
    },
    "source_unknown": {
        "fr": "le document {source} n’existe plus",
        "en": "no source {source!r}: `replique sources` lists them",
    },
    "side_unknown": {
        "fr": "il n’y a plus de côté {side} ; choisissez-en un autre",
        "en": "no source has the side {side!r}; there are: {sides}",
    },
    "speaker_unknown": {
        "fr": "personne ne parle sous le nom de {speaker} ; parlent : {speakers}",
        "en": "nobody speaks under the name {speaker!r}; there are: {speakers}",
    },
    "name_unknown": {
        "fr": "rien ne s’appelle {name} ; il y a : {known}",
        "en": "no source or side is named {name!r}; there are: {known}",
    },
    "name_unknown_of_many": {
        "fr": "rien ne s’appelle {name} ; il y a : {known} et {more} autres",
        "en": "no source or side is named {name!r}; there are: {known} and {more} more",
    },
    "slice_outside": {
        "fr": "{source} a les caractères 0 à {length} ; il n’y a pas de passage {start}:{end}",
        "en": "{source} has characters 0 to {length}: there is no slice {start}:{end}",
    },
    "page_none": {
        "fr": "« {source} » n’a pas de page à montrer : seuls les PDF en ont",
        "en": "{source} has no page to show: only a PDF has; `replique show` prints its text",
    },
    "page_outside": {
        "fr": "« {source} » a {count} pages ; il n’y a pas de page {page}",
        "en": "{source} has {count} pages: there is no page {page}",
    },
    "page_placeless": {
        "fr": "les caractères {start}:{end} de « {source} » ne sont nulle part sur ses pages : choisissez-en "
        "d’autres",
        "en": "the characters {start}:{end} of {source} stand nowhere on its pages: choose others",
    },
    "page_changed": {
        "fr": "le fichier {file} a changé depuis qu’il a été indexé : lancez `replique index`",
        "en": "the file {file} has changed since it was indexed: run `replique index`",
    },
    "page_gone": {
        "fr": "le fichier {file} n’est plus là : remettez-le, ou lancez `replique index`",
        "en": "the file {file} is no longer there: put it back, or run `replique index`",
    },
    "page_unread": {
        "fr": "la page ne peut pas être montrée, {file} : {reason}",
        "en": "the page cannot be shown, {file}: {reason}",
    },
    "page_slow": {
        "fr": "le fichier {file} est long à lire : redemandez la page dans un moment",
        "en": "the file {file} takes long to read: ask for the page again in a moment",
    },
    "page_suffix": {
        "fr": "{file} : donnez un nom qui finit par .png",
        "en": "{file}: give a name that ends in .png",
    },
    "page_range": {
        "fr": "donnez --start et --end avec --page",
        "en": "give --start and --end with --page",
    },
    "turns": {
        "fr": "{file} : chaque tour doit être une chaîne, ou un objet avec role et content",
        "en": "{file}: each turn must be a string, or an object with role and content",
    },
    "not_an_answer": {
        "fr": "ce n’est pas une réponse que la page a gardée ; posez la question à nouveau",
        "en": "this is not an answer kept by the page: ask again",
    },
    # quotes
    "answer_lost": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "the quotes no longer stand in the sources: ask again",
    },
    "quotes_lost": {
        "fr": "les documents viennent de changer ; recommencez",
        "en": "the quotes no longer stand in the sources: ask again",
    },
    "quote_of_other": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: the source is not the one quoted",
    },
    "quote_outside": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: no such range",
    },
    "quote_not_there": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: not what stands there",
    },
    "quote_marks_others": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: marks words outside it",
    },
    "quote_of_none": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: the source is gone",
    },
    "quote_otherwise_set": {
        "fr": "les sources ont changé pendant la réponse ; posez la question à nouveau",
        "en": "{source} {start}:{end}: not what stands around it",
    },
    # the language model
    "model_unset": {
        "fr": "aucun modèle de langue n’est réglé ; donnez son adresse dans REPLIQUE_LLM_URL",
        "en": "no language model is set: give its address in REPLIQUE_LLM_URL",
    },
    "model_package": {
        "fr": "un modèle de langue demande un paquet : pip install 'replique[llm]'",
        "en": "a language model needs a package: pip install 'replique[llm]'",
    },
    "model_unnamed": {
        "fr": "le point d’accès n’a pas de modèle ; nommez-en un dans REPLIQUE_LLM_MODEL",
        "en": "the endpoint has no model: name one in REPLIQUE_LLM_MODEL",
    },
    "model_endless": {
        "fr": "le modèle a écrit plus qu’il ne doit : il a été arrêté",
        "en": "the model wrote more than it may: it was stopped",
    },
    "model_empty": {"fr": "le modèle n’a rien écrit", "en": "the model wrote nothing"},
    "model_slow": {
        "fr": "le modèle n’a pas répondu à temps ; voyez REPLIQUE_LLM_TIMEOUT",
        "en": "the model did not answer in time: see REPLIQUE_LLM_TIMEOUT",
    },
    "endpoint_cut": {
        "fr": "le point d’accès s’est arrêté au milieu de sa réponse",
        "en": "the endpoint stopped in the middle of its reply",
    },
    "endpoint_silent": {
        "fr": "rien ne répond à REPLIQUE_LLM_URL ; le serveur est-il lancé ?",
        "en": "nothing answers at REPLIQUE_LLM_URL: is the server running?",
    },
    "endpoint_unreadable": {
        "fr": "la réponse du point d’accès est illisible ({problem})",
        "en": "the endpoint sent what cannot be read ({problem})",
    },
    "endpoint_refused": {
        "fr": "le point d’accès a refusé, HTTP {status} ; voyez son propre journal",
        "en": "the endpoint refused with HTTP {status}: look at its own log",
    },
    "endpoint_refused_key": {
        "fr": "le point d’accès a refusé, HTTP {status} ; vérifiez REPLIQUE_LLM_KEY",
        "en": "the endpoint refused with HTTP {status}: check REPLIQUE_LLM_KEY",
    },
    "endpoint_refused_name": {
        "fr": "le point d’accès a refusé, HTTP {status} ; vérifiez REPLIQUE_LLM_URL et REPLIQUE_LLM_MODEL",
        "en": "the endpoint refused with HTTP {status}: check REPLIQUE_LLM_URL and REPLIQUE_LLM_MODEL",
    },
    "endpoint_refused_busy": {
        "fr": "le point d’accès a refusé, HTTP {status} ; il est trop demandé, essayez plus tard",
        "en": "the endpoint refused with HTTP {status}: it is asked too much, try later",
    },
    # the reranker
    "rerank_unset": {
        "fr": "aucun reclasseur n’est réglé ; donnez son adresse dans REPLIQUE_RERANK_URL",
        "en": "no reranker is set: give its address in REPLIQUE_RERANK_URL",
    },
    "rerank_slow": {
        "fr": "le reclasseur n’a pas répondu à temps ; voyez REPLIQUE_RERANK_TIMEOUT",
        "en": "the reranker did not answer in time: see REPLIQUE_RERANK_TIMEOUT",
    },
    "rerank_silent": {
        "fr": "rien ne répond à REPLIQUE_RERANK_URL ; le serveur est-il lancé ?",
        "en": "nothing answers at REPLIQUE_RERANK_URL: is the server running?",
    },
    "rerank_cut": {
        "fr": "le reclasseur s’est arrêté au milieu de sa réponse",
        "en": "the reranker stopped in the middle of its reply",
    },
    "rerank_refused": {
        "fr": "le reclasseur a refusé, HTTP {status} ; vérifiez REPLIQUE_RERANK_URL, REPLIQUE_RERANK_MODEL "
        "et REPLIQUE_RERANK_KEY, ou voyez son propre journal",
        "en": "the reranker refused with HTTP {status}: check REPLIQUE_RERANK_URL, REPLIQUE_RERANK_MODEL and "
        "REPLIQUE_RERANK_KEY, or look at its own log",
    },
    "rerank_unreadable": {
        "fr": "la réponse du reclasseur est illisible ({problem}) ; vérifiez REPLIQUE_RERANK_URL",
        "en": "the reranker sent what cannot be read ({problem}): check REPLIQUE_RERANK_URL",
    },
    "rerank_endless": {
        "fr": "la réponse du reclasseur est beaucoup trop grande ; vérifiez REPLIQUE_RERANK_URL",
        "en": "the reranker sent far too much: check REPLIQUE_RERANK_URL",
    },
    "rerank_unusable": {
        "fr": "le reclasseur n’a pas donné une note à chacun des {count} passages ; essayez-en un autre",
        "en": "the reranker did not give each of the {count} passages one score: try another one",
    },
    # whom the tools hear
    "scope_nobody": {
        "fr": "personne ne réunit les côtés, sources et voix choisis ; choisissez-en d’autres, ou toutes les "
        "sources",
        "en": "nobody is of the sides, sources and speakers chosen at once: choose others, or all sources",
    },
    "scope_one_side": {
        "fr": "parmi les sources choisies, moins de deux côtés parlent ({count} : {sides}) ; choisissez-en "
        "davantage, ou toutes les sources",
        "en": "of the sources chosen, fewer than two sides speak ({count}: {sides}): choose more, or all "
        "sources",
    },
    "scope_without": {
        "fr": "« {name} » n’est pas parmi les sources choisies ; ajoutez-le, ou prenez toutes les sources",
        "en": "{name!r} is not among the sources chosen: add it, or take all sources",
    },
    "scope_elsewhere": {
        "fr": "il n’y a pas d’autre source que celle-ci ; ajoutez des documents",
        "en": "there is no other source than this one: add documents",
    },
    "scope_drill_nothing": {
        "fr": "les sources choisies ne donnent pas de question ; choisissez-en davantage, ou toutes les "
        "sources",
        "en": "the sources chosen give no question: choose more, or all sources",
    },
    # face to face, rebuttal
    "sides_few": {
        "fr": "les documents ont moins de deux côtés ; dites dans la vue « Documents » de quel côté est "
        "chacun",
        "en": "the sources have fewer than two sides: say whose voice each is (`side:` in its front matter, "
        "or a sub-folder for each side)",
    },
    "speech_sentences": {
        "fr": "trop long ({count} phrases, {most} au plus) ; répondez au discours par parties",
        "en": "the speech has {count} sentences: {most} at most; answer it in parts",
    },
    "side_unchosen": {
        "fr": "dites qui avance cet argument",
        "en": "no side is chosen: choose whose argument it is",
    },
    # training
    "drill_uncounted": {
        "fr": "choisissez un nombre de questions",
        "en": "the count is empty: choose how many questions",
    },
    "drill_out_of_range": {
        "fr": "choisissez un nombre de questions de 1 à {most}",
        "en": "{count} questions: choose 1 to {most}",
    },
    "drill_gone": {
        "fr": "son document a changé, la question n’est plus ; recommencez",
        "en": "no question {question!r}: its source has changed, the set has lost it, or it never was one; "
        "take new ones with `replique drill`",
    },
    "drill_nothing": {
        "fr": "les documents ne donnent pas de question ; ajoutez-en d’autres",
        "en": "the sources give no question: add documents with whole sentences",
    },
    "drill_ungraded": {
        "fr": "cette question n’a pas encore de réponse ; répondez d’abord",
        "en": "no answer to {question!r} is kept: grade one first",
    },
    "question_set": {
        "fr": "le fichier de questions {file} ne peut pas être lu ; corrigez le réglage REPLIQUE_QUESTIONS",
        "en": "the question set {file} cannot be read ({reason}): correct REPLIQUE_QUESTIONS",
    },
    "question_set_utf8": {
        "fr": "le fichier de questions {file} ne peut pas être lu ; corrigez le réglage REPLIQUE_QUESTIONS",
        "en": "the question set {file} cannot be read (it is not UTF-8 text): correct REPLIQUE_QUESTIONS",
    },
    "question_set_line": {
        "fr": "questions de {file}, ligne {line} incorrecte ; corrigez-la",
        "en": "the question set {file}, line {line}, has no question ({problem}): correct it, or "
        "REPLIQUE_QUESTIONS",
    },
    "state_version": {
        "fr": "{file} n’est pas un entraînement de cette version ; déplacez-le pour recommencer à neuf",
        "en": "{file} is not a training state of this version: move it away to begin anew",
    },
    "state_damaged": {
        "fr": "{file} est endommagé ({place}) ; déplacez-le pour recommencer à neuf",
        "en": "{file} is damaged at {place}: move it away to begin anew",
    },
    "state_not_json": {
        "fr": "{file} est endommagé : ce n’est pas du JSON ; déplacez-le pour recommencer à neuf",
        "en": "{file} is damaged: it is not JSON; move it away to begin anew",
    },
    "state_locked": {
        "fr": "{file} est en cours d’écriture par un autre processus ; réessayez dans un instant",
        "en": "{file} is being written by another process: try again",
    },
    "state_not_ours": {
        "fr": "cet état ne vient pas de l’entraînement ; rendez le dernier, ou aucun pour recommencer à neuf",
        "en": "the state is none that drill gave: give the last one, or none to begin anew",
    },
    # the dossier
    "not_a_dossier": {
        "fr": "ce n’est pas un dossier ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is not a dossier: choose a file that Réplique has saved as one",
    },
    "dossier_not_json": {
        "fr": "ce n’est pas un dossier ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is not a dossier: it is not JSON",
    },
    "dossier_version": {
        "fr": "ce dossier vient d’une autre version de Réplique ; mettez-la à jour",
        "en": "{file} was made by another version of Réplique ({version!r}): update it",
    },
    "dossier_damaged": {
        "fr": "ce dossier est endommagé ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is damaged at {place}: {problem}",
    },
    "dossier_ids": {
        "fr": "ce dossier est endommagé ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is damaged: two cards have one id",
    },
    "dossier_range": {
        "fr": "ce dossier est endommagé ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is damaged in card {number}: its range is not that of its text",
    },
    "dossier_highlights": {
        "fr": "ce dossier est endommagé ; choisissez un fichier que Réplique a enregistré",
        "en": "{file} is damaged in card {number}: its highlights are outside its text",
    },
    "dossier_exists": {
        "fr": "{file} existe déjà ; choisissez un autre nom, ou ajoutez-y des cartes",
        "en": "{file} is there already: choose another name, or add to it",
    },
    "dossier_full": {
        "fr": "le dossier a déjà {most} cartes ; commencez-en un autre",
        "en": "the dossier has {most} cards: start another one",
    },
    "dossier_format": {
        "fr": "{suffix} : un dossier s’exporte en .docx, .md ou .html",
        "en": "{suffix!r}: a dossier is exported to .docx, .md or .html",
    },
    "dossier_pace_slow": {
        "fr": "{pace} mots par minute ; donnez 1 ou plus",
        "en": "a pace of {pace} words a minute: give 1 or more",
    },
    "card_gone": {
        "fr": "cette carte n’est plus dans le dossier",
        "en": "no card {card!r} in the dossier",
    },
    "card_unknown": {
        "fr": "cette carte n’est plus dans le dossier",
        "en": "no card {card!r} in the dossier: `replique dossier list` gives their ids",
    },
    "card_unnumbered": {
        "fr": "cette carte n’est plus dans le dossier",
        "en": "no card {card!r}: the dossier has cards 1 to {count}",
    },
    "card_untagged": {
        "fr": "dites ce que la citation prouve",
        "en": "the tag is empty: say what the quote proves",
    },
    "card_sections": {
        "fr": "{most} rubriques au plus, aucune vide, séparées par /",
        "en": "{most} sections at most, none of them empty: pocket / hat / block",
    },
    "card_outdated": {
        "fr": "ce document a changé depuis ; posez la question à nouveau",
        "en": "{source} has changed since that was found: ask again",
    },
    "card_wordless": {
        "fr": "il n’y a pas de mots à cet endroit",
        "en": "{source} has no words at {start}:{end}: it has characters 0 to {length}",
    },
    "card_of_nothing": {
        "fr": "donnez des mots des sources, --source avec --start et --end, ou --from FICHIER",
        "en": "give words of the sources, --source with --start and --end, or --from FILE",
    },
    "card_of_no_quote": {
        "fr": "ce n’est pas une citation d’un seul passage ({verdict}) ; voyez `replique verify`",
        "en": "not a quote of one passage ({verdict}): see `replique verify`",
    },
    "card_of_no_result": {
        "fr": "la ligne {line} n’est pas un résultat ; donnez ce que `replique ask --json` a écrit",
        "en": "line {line} is not a result: give what `replique ask --json` printed",
    },
    "mark_wordless": {
        "fr": "il n’y a pas de mot de la citation dans la sélection ; sélectionnez-en un",
        "en": "the selection has no word of the quote: select one",
    },
    "highlight_elsewhere": {
        "fr": "« {words} » n’est pas dans la citation ; copiez-en les mots à surligner",
        "en": "{words!r} is not in the quote: copy the words to highlight from it",
    },
    # what a client of the API gives
    "give_names": {
        "fr": "{name} = {given} ; donnez une liste de noms",
        "en": "{name} = {given}: give a list of names",
    },
    "give_lang": {
        "fr": "lang = {given} ; donnez fr, en ou rien",
        "en": "lang = {given}: give fr, en or nothing",
    },
    "give_number": {
        "fr": "{name} = {given} ; donnez un nombre entier, de {least} à {most}",
        "en": "{name} = {given}: give a whole number, {least} to {most}",
    },
    "give_text": {"fr": "{name} = {given} ; donnez un texte", "en": "{name} = {given}: give a text"},
    "give_ranges": {
        "fr": "{name} = {given} ; donnez des paires d’un début et d’une fin, [[8, 18]]",
        "en": "{name} = {given}: give pairs of a start and an end, [[8, 18]]",
    },
    # feedback
    "feedback_beside": {
        "fr": "une citation se désigne avec l’avis beside, et seulement avec lui",
        "en": "a quote is named with the verdict beside, and only with it",
    },
    "feedback_about": {
        "fr": "about = {about} ; la réponse a {count} citations",
        "en": "about = {about!r}: the answer has {count} quotes",
    },
    "feedback_question": {
        "fr": "un avis porte sur une question ; donnez-la",
        "en": "feedback is about a question: give it",
    },
    "feedback_verdict": {
        "fr": "verdict = {verdict} ; donnez {verdicts}",
        "en": "verdict = {verdict!r}: give {verdicts}",
    },
    "feedback_quotes": {
        "fr": "quotes doit être une liste de {most} citations au plus",
        "en": "quotes must be a list of at most {most}",
    },
    "feedback_quote": {
        "fr": "une citation doit avoir source, start, end et sha256, tels que la réponse les a donnés",
        "en": "a quote must have source, start, end and sha256, as the answer gave them",
    },
    "feedback_lang": {
        "fr": "lang = {lang}, mode = {mode} ; donnez-les tels que la réponse les a donnés",
        "en": "lang = {lang!r}, mode = {mode!r}: give them as the answer did",
    },
    "feedback_answerable": {
        "fr": "answerable et confidence doivent être tels que la réponse les a donnés",
        "en": "answerable and confidence must be given as the answer did",
    },
    "feedback_unread": {
        "fr": "{file} ne peut pas être lu ({reason}) ; autorisez sa lecture",
        "en": "{file} cannot be read ({reason}): allow reading it",
    },
    "feedback_unwritten": {
        "fr": "{file} ne peut pas être écrit ({reason}) ; autorisez-y l’écriture",
        "en": "{file} cannot be written ({reason}): allow writing it",
    },
    "feedback_followed": {
        "fr": "les avis ne sont pas gardés ici : cette page suit l’index d’un autre processus",
        "en": "no verdicts are kept here: this page follows the index of another process",
    },
    "feedback_full": {"fr": "{file} est plein ; déplacez-le", "en": "{file} is full: move it away"},
    # the evaluation
    "not_a_report": {
        "fr": "{file} n’est pas un rapport de l’évaluation",
        "en": "{file} is not a report of the evaluation suite",
    },
    "report_not_json": {"fr": "{file} n’est pas du JSON", "en": "{file} is not JSON"},
    "report_unmarked": {
        "fr": "le fichier n’a pas de repères ; mettez {opening} et {closing} là où va le tableau",
        "en": "the file has no markers: put {opening} and {closing} where the table belongs",
    },
    "not_a_question_set": {
        "fr": "{file} n’est pas un jeu de questions : {problem}",
        "en": "{file} is not a question set: {problem}",
    },
    "scale_disk": {
        "fr": "la mesure demande environ {wanted} Go de disque et il y en a {free} ; demandez moins de "
        "documents, ou donnez avec --keep un dossier d’un autre disque",
        "en": "this takes about {wanted} GB of disk, and {free} are free: ask for fewer documents, or name a "
        "folder of another disk with --keep",
    },
    "scale_memory": {
        "fr": "la mesure demande environ {wanted} Go de mémoire et il y en a {free} ; demandez "
        "moins de documents",
        "en": "this takes about {wanted} GB of memory, and {free} are free: ask for fewer documents",
    },
    "scale_other": {
        "fr": "{folder} garde la mesure d’un autre corpus ; donnez un autre dossier à --keep",
        "en": "{folder} keeps the figures of another corpus: give --keep another folder",
    },
    "scale_failed": {
        "fr": "{command} a échoué : {reason}",
        "en": "{command} failed: {reason}",
    },
    "fit_not_installed": {
        "fr": "ajuster le réseau demande un supplément : pip install 'replique[fit]'",
        "en": "fitting the network needs an extra: pip install 'replique[fit]'",
    },
    "fit_reader_first": {
        "fr": "le juge part du lecteur : lancez d’abord python -m evals fit reader",
        "en": "the judge starts from the reader: run python -m evals fit reader first",
    },
    "not_squad": {
        "fr": "{file} n’est pas au format SQuAD",
        "en": "{file} is not in SQuAD format",
    },
    "part_empty": {
        "fr": "{file} : aucune question dans la partie {part} ; choisissez-en une autre par --part",
        "en": "{file}: no question in the part {part!r}; choose another --part",
    },
    # briefs
    "map_format": {
        "fr": "la carte ne peut pas être écrite en {suffix!r} : nommez un fichier en .svg",
        "en": "the map cannot be written as {suffix!r}: name a .svg file",
    },
    "not_a_brief": {
        "fr": "ce qui a été gardé n’est pas une préparation ; préparez à nouveau",
        "en": "what was kept is not a brief: prepare it again",
    },
    "heading_long": {
        "fr": "ce titre a {count:,} caractères ; {most:,} au plus",
        "en": "this heading has {count:,} characters: {most:,} at most",
    },
    "jobs_many": {
        "fr": "trop de préparations sont en cours sur ce serveur ; réessayez dans une minute",
        "en": "too many briefs are being prepared on this server: try again in a minute",
    },
    "job_gone": {
        "fr": "cette préparation n’est plus en cours ; recommencez",
        "en": "this brief is no longer being prepared: begin again",
    },
}
