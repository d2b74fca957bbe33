"""The column of the dossier: cards put in order, written on, exported."""
