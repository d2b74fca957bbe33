"""Two documents that disagree."""

from __future__ import annotations

DECREE = """---
title: Arrêté sur le retour du loup
side: Préfecture
---
Le loup est une espèce protégée dont le retour enrichit la forêt. Les tirs de défense peuvent être autorisés
lorsque deux attaques ont été constatées. Chaque brebis tuée sera indemnisée par l’État dans un délai de trois
mois. La préfecture financera des chiens de protection.
Sont interdits, sauf urgence :
- le piégeage des louves avec leurs petits ;
- l’usage de produits toxiques.
"""
LEAFLET = """---
title: Tract des bergers
side: Bergers
---
Le loup n’enrichit rien et ruine nos alpages. Aucune brebis tuée l’an dernier n’a été indemnisée.
On nous parle de « tirs de défense », mais aucune autorisation n’a été signée. La « cohabitation » est un mot
de bureau. La transhumance est menacée par les touristes aussi.
"""
