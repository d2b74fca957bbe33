"""Grading an answer: one file for each kind of question, grader.py chooses."""
