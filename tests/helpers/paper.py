"""A printed report as PDF: headers, page numbers, a note, hidden words, a sentence over two pages."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TITLE = "Rapport sur la digue"
HEADER = "Conseil municipal de Saint-Aubin"
HIDDEN = "Ces mots blancs ne se lisent pas sur la feuille."
NOTE = "Délibération du conseil municipal du printemps dernier."
OVER = (
    "Le maire a reconnu devant le conseil que les sirènes n’avaient pas fonctionné dans tout le",
    "secteur nord de la commune, faute d’un entretien sérieux depuis sept longues années.",
)
COST = (
    "La commune a décidé de consacrer douze millions d’euros aux travaux de la grande digue,",
    "dont la moitié vient de l’État et dont l’autre moitié vient de la région voisine.",
)
LEFT, LINE, SIZE = 72, 15, 11
TOP = 740.0
"""Base of the first line of a page, from its bottom, as of the others by :data:`LINE`."""


def report(note: str = NOTE) -> bytes:
    """Two pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setTitle(TITLE)
    filling = [
        "Les habitants de la vallée demandent depuis longtemps que les travaux commencent enfin, et",
        "plusieurs associations ont écrit au préfet pour que le calendrier soit rendu public.",
    ]
    for number, lines in enumerate(([*COST, "", *filling, "", OVER[0]], [OVER[1], "", *filling]), start=1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(LEFT, 800, HEADER)
        canvas.drawCentredString(A4[0] / 2, 30, str(number))
        canvas.setFont("Helvetica", SIZE)
        for row, words in enumerate(lines):
            canvas.drawString(LEFT, TOP - row * LINE, words)
        if number == 1:
            after = LEFT + canvas.stringWidth(COST[1], "Helvetica", SIZE)
            canvas.setFont("Helvetica", 6.5)
            canvas.drawString(after, TOP - LINE + 4, "1")
            canvas.setFont("Helvetica", 8)
            canvas.line(LEFT, 92, 200, 92)
            canvas.drawString(LEFT, 80, f"1. {note}")
        else:
            canvas.setFillColorRGB(1, 1, 1)
            canvas.drawString(LEFT, 300, HIDDEN)
            canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
