"""A corpus written by rule: as many documents as asked, questions with known answers, no download."""
