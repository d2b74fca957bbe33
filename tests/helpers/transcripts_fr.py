"""Sittings and interviews in French, with who says what in them.

A document of paragraphs has one a line. Of each sentence: the speaker, then ``>`` for words, ``?`` for a
question, ``(`` for an aside, ``#`` for a heading.
"""

PARAGRAPHS: dict[str, tuple[str, str]] = {
    "official report": (
        """\
Assemblée nationale
Présidence de Mme Anne Roux
Mme la présidente. La séance est ouverte.
(La séance est ouverte à quinze heures.)
1. Questions au gouvernement
Énergie nucléaire
Mme la présidente. La parole est à M. Jean Costa.
M. Jean Costa. Le pays a froid. (Exclamations sur divers bancs.) Il faut (je le dis) six réacteurs.
Le vent suffira-t-il ? Personne n’y croit. (Applaudissements sur les bancs du groupe LR. – M. Untel proteste.)
M. Paul Untel. C’est faux !
Je continue malgré vous.
M. Jean Costa. Le plan coûte 52 milliards (Mêmes mouvements). Que comptez-vous faire, monsieur ?
Plusieurs députés du groupe GDR. Très bien !
Mme la présidente. La parole est à M. le ministre de l’Énergie.
M. Luc Ferrand, ministre de l’Énergie. Nous construirons six réacteurs. Le premier ouvrira en 2037.
Nous avons aussi un plan pour l’éolien.
— Très bien !
Les deux vont ensemble.
M. le ministre de l’Énergie. Je le redis : les deux vont ensemble.
2. Prochaine séance
Mme la présidente. Prochaine séance demain, à neuf heures.
La séance est levée.
(La séance est levée à vingt heures.)
Le Directeur du service du compte rendu de la séance
""",
        """\
> Assemblée nationale
> Présidence de Mme Anne Roux
Mme la présidente> La séance est ouverte.
( (La séance est ouverte à quinze heures.)
# 1. Questions au gouvernement
# Énergie nucléaire
Mme la présidente> La parole est à M. Jean Costa.
M. Jean Costa> Le pays a froid.
( (Exclamations sur divers bancs.)
M. Jean Costa> Il faut (je le dis) six réacteurs.
M. Jean Costa> Le vent suffira-t-il ?
M. Jean Costa> Personne n’y croit.
( (Applaudissements sur les bancs du groupe LR.
( – M. Untel proteste.)
M. Paul Untel> C’est faux !
> Je continue malgré vous.
M. Jean Costa> Le plan coûte 52 milliards
( (Mêmes mouvements).
M. Jean Costa? Que comptez-vous faire, monsieur ?
( Très bien !
Mme la présidente> La parole est à M. le ministre de l’Énergie.
M. Luc Ferrand> Nous construirons six réacteurs.
M. Luc Ferrand> Le premier ouvrira en 2037.
M. Luc Ferrand> Nous avons aussi un plan pour l’éolien.
( — Très bien !
M. Luc Ferrand> Les deux vont ensemble.
M. Luc Ferrand> Je le redis : les deux vont ensemble.
# 2. Prochaine séance
Mme la présidente> Prochaine séance demain, à neuf heures.
> La séance est levée.
( (La séance est levée à vingt heures.)
# Le Directeur du service du compte rendu de la séance
""",
    ),
    "Belgian": (
        """\
01.01 Jean Costa (PS): Monsieur le président, le pont coûte 12 millions. Qui paiera ?
01.02 Minister Anne Roux: Monsieur Costa, l’État paiera.
L’incident est clos.
01.03 Jean Costa (PS): Je vous remercie.
01.04 Le président: La réunion est suspendue.
02 Interpellation sur les gares
02.01 Anne Petit (N-VA): Les gares ferment une à une.
""",
        """\
Jean Costa> Monsieur le président, le pont coûte 12 millions.
Jean Costa? Qui paiera ?
Minister Anne Roux> Monsieur Costa, l’État paiera.
> L’incident est clos.
Jean Costa> Je vous remercie.
Le président> La réunion est suspendue.
# 02 Interpellation sur les gares
Anne Petit> Les gares ferment une à une.
""",
    ),
    "Strasbourg": (
        """\
Presidente. – La sessione è aperta.
Jean Costa, au nom du groupe PPE. – Monsieur le Président, nous voterons ce texte.
(Applaudissements)
Ursula von der Leyen, présidente de la Commission. – Honorables députés, je vous remercie.
Jean Costa (PPE). – Je le répète : nous voterons ce texte.
Le Président. – Le débat est clos.
Le Président. – Nous passons au vote, chers collègues.
""",
        """\
> Presidente. – La sessione è aperta.
Jean Costa> Monsieur le Président, nous voterons ce texte.
( (Applaudissements)
Ursula von der Leyen> Honorables députés, je vous remercie.
Jean Costa> Je le répète : nous voterons ce texte.
Le Président> Le débat est clos.
Le Président> Nous passons au vote, chers collègues.
""",
    ),
    "one asks in bold": (
        """\
**Pourquoi ce pont ?**
Jean Costa : Parce que le bac ne suffit plus.
**Combien coûte-t-il ?**
Jean Costa : Douze millions d’euros.
Nous avons l’argent.
**On vous dit trop pressé.**
J. C. : Je n’ai que deux ans.
**Un dernier mot ?**
J. C. : Merci à tous.
Propos recueillis par Anne Roux
""",
        """\
? **Pourquoi ce pont ?**
Jean Costa> Parce que le bac ne suffit plus.
? **Combien coûte-t-il ?**
Jean Costa> Douze millions d’euros.
Jean Costa> Nous avons l’argent.
? **On vous dit trop pressé.**
Jean Costa> Je n’ai que deux ans.
? **Un dernier mot ?**
Jean Costa> Merci à tous.
# Propos recueillis par Anne Roux
""",
    ),
    "questions alone": (
        """\
Q. Pourquoi ce pont ?
Le bac ne suffit plus, dit-on.
Q. Combien coûte-t-il ?
Douze millions d’euros.
Q. Qui paiera ?
L’État, pour moitié.
""",
        """\
Q? Pourquoi ce pont ?
> Le bac ne suffit plus, dit-on.
Q? Combien coûte-t-il ?
> Douze millions d’euros.
Q? Qui paiera ?
> L’État, pour moitié.
""",
    ),
    "press conference": (
        """\
Conférence de presse conjointe
Le Président : Mesdames et messieurs, bonjour. Je suis heureux de vous recevoir.
Nous avons signé trois accords.
Q – Monsieur le Président, combien coûtent-ils ?
R – Deux milliards d'euros sur cinq ans.
Q – Qui paiera ?
R – L'État, pour moitié.
""",
        """\
# Conférence de presse conjointe
Le Président> Mesdames et messieurs, bonjour.
Le Président> Je suis heureux de vous recevoir.
Le Président> Nous avons signé trois accords.
Q? Monsieur le Président, combien coûtent-ils ?
R> Deux milliards d'euros sur cinq ans.
Q? Qui paiera ?
R> L'État, pour moitié.
""",
    ),
    "a paper asks": (
        """\
OUEST-FRANCE : Pourquoi ce livre ?
JEAN COSTA : Je voulais raconter le port. J'y suis né.
Mon père y travaillait.
OUEST-FRANCE : Vous êtes pessimiste ?
JEAN COSTA : Non. J'attends.
""",
        """\
Ouest-France? Pourquoi ce livre ?
Jean Costa> Je voulais raconter le port.
Jean Costa> J'y suis né.
Jean Costa> Mon père y travaillait.
Ouest-France? Vous êtes pessimiste ?
Jean Costa> Non. J'attends.
""",
    ),
    "initials": (
        """\
L. M. — Pourquoi ce choix ?
J.-C. D. — Parce que nous n'avions pas d'argent.
L. M. — Et demain ?
J.-C. D. — Nous verrons bien.
""",
        """\
L. M.? Pourquoi ce choix ?
J.-C. D.> Parce que nous n'avions pas d'argent.
L. M.? Et demain ?
J.-C. D.> Nous verrons bien.
""",
    ),
    "the audience": (
        """\
M. Costa : Le pont coûte 12 millions.
Dans la salle : Menteur !
M. Costa : Laissez-moi finir. Je vous ai écoutés.
Note : ce passage a été coupé au montage.
Mme Roux : Vous avez fini ?
""",
        """\
M. Costa> Le pont coûte 12 millions.
( Menteur !
M. Costa> Laissez-moi finir. Je vous ai écoutés.
> Note : ce passage a été coupé au montage.
Mme Roux> Vous avez fini ?
""",
    ),
}

LINES: dict[str, tuple[str, str]] = {
    "brackets and Markdown": (
        """\
**M. Costa.** — Le pont *tiendra*. [rires]

**Mme Ferrand** (Verts). — Vous n’en savez rien !

**M. Costa.** — J’ai lu le rapport :

- le tablier est sain ;
- les piles sont neuves.

**Une voix à droite.** — Très bien !

Je poursuis.

**Le public.** — Oh !
""",
        """\
> **M. Costa.** — Le pont *tiendra*. [rires]
> **Mme Ferrand** (Verts).
> — Vous n’en savez rien !
> **M. Costa.** — J’ai lu le rapport :
> - le tablier est sain ;
> - les piles sont neuves.
> **Une voix à droite.** — Très bien !
> Je poursuis.
> **Le public.** — Oh !
""",
    ),
    "wrapped lines": (
        """\
M. COSTA. — Le plan coûte douze millions d'euros, et je ne vois pas comment la
commune les trouvera.
MME FERRAND. — M. Costa se trompe. Il oublie la subvention de l'État, qui couvre
la moitié de la dépense.
M. COSTA. — Une subvention qui n'est pas votée !
M. LE MAIRE. — Elle le sera en juin. Passons au vote, voulez-vous, car il est
tard.
MME FERRAND. — D'accord.
""",
        """\
M. Costa> Le plan coûte douze millions d'euros, et je ne vois pas comment la commune les trouvera.
Mme Ferrand> M. Costa se trompe.
Mme Ferrand> Il oublie la subvention de l'État, qui couvre la moitié de la dépense.
M. Costa> Une subvention qui n'est pas votée !
M. le maire> Elle le sera en juin.
M. le maire> Passons au vote, voulez-vous, car il est tard.
Mme Ferrand> D'accord.
""",
    ),
    "subtitles": (
        """\
00:00:01
ANNA : Le pont coûte douze millions.
PAUL : Tu en es sûre ?
ANNA : Oui. J'ai lu le rapport
de la Cour des comptes.
PAUL : Et la mairie ?
""",
        """\
( 00:00:01
Anna> Le pont coûte douze millions.
Paul? Tu en es sûre ?
Anna> Oui. J'ai lu le rapport de la Cour des comptes.
Paul? Et la mairie ?
""",
    ),
}
