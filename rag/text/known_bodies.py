"""Bodies and notions of public life in France and Europe that go by abbreviations, in French and English.

A line is one of them: its abbreviations, then its names. Open: add a line.
"""

from __future__ import annotations

KNOWN = """
OTAN NATO | Organisation du traité de l’Atlantique nord | North Atlantic Treaty Organization
| North Atlantic Treaty Organisation | Alliance atlantique | Atlantic Alliance
ONU UN UNO | Nations unies | Organisation des Nations unies | United Nations | United Nations Organization
UE EU | Union européenne | European Union
BCE ECB | Banque centrale européenne | European Central Bank
BEI EIB | Banque européenne d’investissement | European Investment Bank
CJUE CJEU | Cour de justice de l’Union européenne | Court of Justice of the European Union
CEDH ECHR | Cour européenne des droits de l’homme | European Court of Human Rights
CPI ICC | Cour pénale internationale | International Criminal Court
CIJ ICJ | Cour internationale de justice | International Court of Justice
OMS WHO | Organisation mondiale de la santé | World Health Organization | World Health Organisation
OMC WTO | Organisation mondiale du commerce | World Trade Organization | World Trade Organisation
FMI IMF | Fonds monétaire international | International Monetary Fund
OCDE OECD | Organisation de coopération et de développement économiques
| Organisation for Economic Co-operation and Development
OIT ILO | Organisation internationale du travail | International Labour Organization
OSCE | Organisation pour la sécurité et la coopération en Europe
| Organization for Security and Co-operation in Europe
AIEA IAEA | Agence internationale de l’énergie atomique | International Atomic Energy Agency
AIE IEA | Agence internationale de l’énergie | International Energy Agency
HCR UNHCR | Haut-Commissariat des Nations unies pour les réfugiés
| United Nations High Commissioner for Refugees
CICR ICRC | Comité international de la Croix-Rouge | International Committee of the Red Cross
GIEC IPCC | Groupe d’experts intergouvernemental sur l’évolution du climat
| Intergovernmental Panel on Climate Change
PNUD UNDP | Programme des Nations unies pour le développement | United Nations Development Programme
UNESCO | Organisation des Nations unies pour l’éducation, la science et la culture
| United Nations Educational, Scientific and Cultural Organization
USA US | États-Unis | États-Unis d’Amérique | United States | United States of America
RU UK | Royaume-Uni | United Kingdom
URSS USSR | Union soviétique | Soviet Union
EAU UAE | Émirats arabes unis | United Arab Emirates
RDC DRC | République démocratique du Congo | Democratic Republic of the Congo
PIB GDP | produit intérieur brut | gross domestic product
TVA VAT | taxe sur la valeur ajoutée | value added tax | value-added tax
ONG NGO | organisation non gouvernementale | organisations non gouvernementales
| non-governmental organization | non-governmental organisation | non-governmental organizations
| non-governmental organisations
PME SME | petites et moyennes entreprises | small and medium-sized enterprises
| small and medium-sized businesses
IA AI | intelligence artificielle | artificial intelligence
RGPD GDPR | règlement général sur la protection des données | General Data Protection Regulation
PAC | politique agricole commune | Common Agricultural Policy
SMIC | salaire minimum interprofessionnel de croissance | salaire minimum de croissance
RSA | revenu de solidarité active
SNCF | Société nationale des chemins de fer français
EDF | Électricité de France
INSEE | Institut national de la statistique et des études économiques
CNIL | Commission nationale de l’informatique et des libertés
ADEME | Agence de l’environnement et de la maîtrise de l’énergie
ARS | agence régionale de santé | agences régionales de santé
HLM | habitation à loyer modéré | habitations à loyer modéré
VIH HIV | virus de l’immunodéficience humaine | human immunodeficiency virus
OGM GMO | organisme génétiquement modifié | organismes génétiquement modifiés
| genetically modified organism | genetically modified organisms
"""
