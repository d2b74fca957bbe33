"""Numbers and dates are graded by what they are, in whatever form they are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.drill.drill import Drill
from tests.helpers.drills import asked, graded, index_of, keys

REPORT = """---
title: Rapport de la criée
side: Mairie
---
La criée a vendu 7,1 tonnes de poisson par jour avant la tempête de janvier.

La réparation de la jetée coûtera 640 000 euros à la ville selon le devis du port.

Les marins ont perdu un cinquième de leurs filets pendant la tempête de cet hiver.

La criée du port a rouvert ses portes aux marins le 14 juillet 2025 après les travaux.
"""


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("criee"), {"rapport.md": REPORT})
    yield Drill(index)
    index.close()


@pytest.mark.parametrize(
    ("hidden", "answer", "verdict"),
    [
        ("7,1", "sept virgule un", "got"),
        ("7,1", "seven point one", "got"),
        ("7,1", "environ 7,1 tonnes", "got"),
        ("7,1", "sept virgule deux", "missed"),
        ("640 000", "0,64 million", "got"),
        ("640 000", "640 k€", "got"),
        ("640 000", "près de 640.000 euros", "got"),
        ("640 000", "six cent quarante mille", "got"),
        ("640 000", "460 000", "missed"),
        ("un cinquième", "20 %", "got"),
        ("un cinquième", "one in five", "got"),
        ("14 juillet 2025", "14/07/2025", "got"),
        ("14 juillet 2025", "14.7.25", "got"),
        ("14 juillet 2025", "juillet 2025", "partly"),
        ("14 juillet 2025", "15/07/2025", "missed"),
    ],
)
def test_another_form_is_the_same(drill: Drill, hidden: str, answer: str, verdict: str) -> None:
    question = asked(drill, "blank", hidden, hidden)
    assert graded(drill, question, answer).verdict == verdict


@pytest.mark.parametrize(
    ("hidden", "answer"),
    [
        ("un cinquième", "un quart"),
        ("un cinquième", "le quart de leurs filets"),
        ("7,1", "sept virgule deux"),
    ],
)
def test_another_number_is_changed_not_missing(drill: Drill, hidden: str, answer: str) -> None:
    assert keys(graded(drill, asked(drill, "blank", hidden, hidden), answer)) == {"fact_changed"}
