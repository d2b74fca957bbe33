"""Documents that are made, so that what a reader of them reads is known to the character.

A document is described once (``model``; ``prose`` and ``articles`` have descriptions) and printed in many
kinds (``pages``, ``office``, ``word``, ``markup``, ``slides``); ``shelf`` lists all that are made.
To add one, describe it in ``articles`` or add a way of printing to ``shelf``.
"""
