"""Bad days, tried: kills, a full disk, damage, crowds: ``python -m evals campaign``, ``make campaign``.

One trial a file, each ``run(seed, count, until) -> Outcome``: at most ``count`` doses, none begun after
``until`` (of ``time.monotonic``), the dose of number n drawn with ``seed + n``, so that one that failed is
done again alone by ``--only TRIAL --seed SEED+N --doses 1``. What is tried is the command, in processes of
its own (``child.py``); what it leaves is looked at from outside (``view.py``).
"""
