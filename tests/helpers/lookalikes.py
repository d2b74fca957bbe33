"""Documents that look a little like transcripts and have no speakers."""

LOOKALIKES: dict[str, str] = {
    "fiches": """Objectif : vous gagnez du temps chaque jour.
Résultat : nous avons réduit les délais de moitié.

Objectif : vous payez moins cher chaque mois.
Résultat : nous avons réduit les coûts de 10 %.

Objectif : vous vivez mieux.
Résultat : nous sommes contents.""",
    "avantages": "\n\n".join(
        f"Option {n}\n\nAvantages : vous gagnez.\n\nInconvénients : vous payez.\n\nCoût : nous paierons."
        for n in range(4)
    ),
    "biblio": """Costa, Jean. Le nucléaire en France. Paris, Seuil, 2019.
Costa, Jean. L'éolien en mer. Paris, Seuil, 2021.
Ferrand, Anne. Nos centrales. Lyon, PUL, 2018.
Ferrand, Anne. Votre électricité ? Lyon, PUL, 2020.
Roux, Paul : Je me souviens. Paris, 2001.
Roux, Paul : Vous et moi. Paris, 2003.""",
    "recette": """Ingrédients : 3 œufs, 200 g de farine.
Préparation : Mélangez la farine et les œufs.
Cuisson : Laissez cuire 20 minutes.
Astuce : Ajoutez du sucre si vous aimez.""",
    "minutes": """Présents : M. Costa, Mme Ferrand, M. Roux.
Excusés : Mme Petit.
Ordre du jour : le budget.

M. Costa présente le budget. Il rappelle que nous avons dépensé 12 millions.

Mme Ferrand demande pourquoi. M. Costa répond que vous avez voté ces dépenses.

Décision : le budget est adopté.""",
    "roles": """M. Costa : président
Mme Ferrand : trésorière
M. Roux : secrétaire
M. Costa : délégué au sport
Mme Ferrand : déléguée à la culture""",
    "votes": """M. Costa : 12 voix.
Mme Ferrand : 10 voix.
M. Costa : 45 voix.
Mme Ferrand : 44 voix.
M. Costa : 3 voix.""",
    "contrat": """Entre les soussignés :
Le bailleur : M. Jean Costa, demeurant à Lyon.
Le locataire : Mme Anne Roux, demeurant à Paris.

Article 1 : Le bailleur loue au locataire un logement.
Article 2 : Le loyer est de 500 euros.
Le bailleur : il entretient le logement.
Le locataire : il paie le loyer. Nous le rappelons.""",
    "faq": """Comment payer ?

Vous pouvez payer par carte.

Puis-je annuler ?

Oui, vous pouvez annuler.

Où êtes-vous ?

Nous sommes à Lyon.""",
    "defs": """Chat : animal domestique qui miaule.
Chien : animal domestique qui aboie.
Cheval : animal que nous montons.
Chat : voir aussi félin.
Chien : voir aussi canidé.""",
    "cast": """HAMLET : prince de Danemark.
OPHÉLIE : fille de Polonius.
GERTRUDE : reine de Danemark.
CLAUDIUS : roi.""",
    "lettre": """Cher ami,

Je vous écris pour vous dire que nous partons demain.

M. Costa est venu hier. Il va bien.

Amitiés,

Anne Roux

P.S. : N'oubliez pas le chat.
P.P.S. : Ni le chien !""",
    "mail": """De : Jean Costa
À : Anne Roux
Objet : Réunion

Bonjour Anne, tu viens demain ?

De : Anne Roux
À : Jean Costa
Objet : Re: Réunion

Oui, je viens.

De : Jean Costa
À : Anne Roux
Objet : Merci

Merci, à demain !""",
    "depeches": """PARIS (AFP) — Le ministre a annoncé une hausse. Nous y reviendrons.

LONDRES (AFP) — Le Premier ministre a démissionné. « Je pars », a-t-il dit.

PARIS (AFP) — La grève continue. Que faire ?

LONDRES (AFP) — Les Communes ont voté. Votre avis nous intéresse.""",
    "themes": """Emmanuel Durand

Il propose de baisser les impôts. Nous avons lu son programme.

Marine Petit

Elle propose de fermer les frontières. C'est son idée.

Emmanuel Durand

Il veut construire des centrales.

Marine Petit

Elle veut des éoliennes.""",
    "article": """Selon M. Costa : « Nous avons gagné. »

Mme Ferrand n'est pas de cet avis. Elle a dit : « Vous mentez ! »

M. Costa : un homme pressé. Il est né à Lyon.

Paris : la ville de nos rêves.

Attention : vous devez payer.""",
    "positions": """Nucléaire
Commission : nous proposons six réacteurs.
Parlement : nous en voulons quatre.
Conseil : pas d'accord.

Éolien
Commission : nous proposons 100 éoliennes.
Parlement : nous en voulons 200.
Conseil : pas d'accord.""",
    "pourcontre": "\n\n".join(
        "Pour : Nous gagnons du temps.\n\nContre : Vous perdez de l'argent !" for _ in range(4)
    ),
    "agenda": """Lundi : Nous partons à la mer.
Mardi : Vous visitez le musée !
Lundi : Nous revenons.
Mardi : Votre séjour est fini.""",
    "objections": "\n\n".join(
        "Objection : Vous coûtez trop cher.\n\nRéponse : Nous avons baissé nos prix." for _ in range(4)
    ),
    "qcm": "Q1. Du thé ?\nA. Oui\nB. Non\nQ2. Du café ?\nA. Oui\nB. Non\nQ3. Et vous ?\nA. Oui.\nB. Non.",
    "acteurs": "\n\n".join(
        "Salariés : vous gagnez 3 %.\n\nPatrons : vous perdez 2 %.\n\nRetraités : rien pour vous."
        for _ in range(3)
    ),
    "pays": "\n\n".join(
        "France : nous avons 56 réacteurs.\n\nAllemagne : nous n'en avons plus.\n\nEspagne : 7 réacteurs."
        for _ in range(3)
    ),
    "loi": "\n\n".join(f"Article {n}. — Le ministre vous informe de nos droits." for n in range(8)),
    "temoins": "Anna, 34 ans : « Je suis contente. »\n\nPaul, 45 ans : « Nous sommes tristes. »",
    "journal": "M. Costa. Voilà un homme ! Je le vois.\n\nMme Roy. Elle me plaît.\n\nM. Roux. Hélas !",
    "acteurs2": "\n\n".join(
        "Salariés : Vous gagnez 3 %.\n\nPatrons : Vous perdez 2 %.\n\nRetraités : Rien pour vous."
        for _ in range(3)
    ),
    "pays2": "\n\n".join(
        "France : Nous avons 56 réacteurs.\n\nItalie : Nous non.\n\nEspagne : Notre pays a froid."
        for _ in range(3)
    ),
    "PAYS": "\n\n".join(
        "FRANCE — Nous avons 56 réacteurs.\n\nALLEMAGNE — Nous n'en avons plus !" for _ in range(3)
    ),
    "union": "\n\n".join(
        "Union Européenne : Nous avons froid.\n\nÉtats Unis : Nous non !\n\nRoyaume Uni : Votre avis ?"
        for _ in range(3)
    ),
    "partis": "\n\n".join(
        "Les Républicains : Nous baisserons les impôts.\n\nParti Socialiste : Nous les augmenterons !"
        for _ in range(3)
    ),
    "legende": "\n\n".join("Photo : Jean Costa.\n\nCrédit : Anne Roux !" for _ in range(3)),
    "QR-lettres": "A. Je suis venu.\nB. Vous aussi ?\nA. Oui !\nB. Bien.",
}
