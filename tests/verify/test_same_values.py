"""The same number, date or body in another form is a change of writing, not of what it is."""

from __future__ import annotations

import pytest

from rag.verify.effects import effects_of
from rag.verify.types import Difference


def effects(quoted: str, actual: str) -> list[tuple[str, str, str, str]]:
    diff = (
        Difference("equal", "Il parle de ", "Il parle de "),
        Difference("replace", quoted, actual),
        Difference("equal", ", oui.", ", oui."),
    )
    return [(effect.kind, effect.change, effect.quoted, effect.actual) for effect in effects_of(diff, False)]


@pytest.mark.parametrize(
    ("quoted", "actual"),
    [
        ("640.000", "640 000"),
        ("640 000", "six cent quarante mille"),
        ("0,64 million", "640 000"),
        ("14/07/2025", "14 juillet 2025"),
        ("July 14, 2025", "14 juillet 2025"),
        ("20 %", "un cinquième"),
        ("sept virgule un", "7,1"),
    ],
)
def test_another_form_of_a_value_is_a_change_of_writing(quoted: str, actual: str) -> None:
    assert effects(quoted, actual) == [("spelling", "changed", quoted, actual)]


def test_another_name_of_a_body_is_a_change_of_wording() -> None:
    assert effects("OTAN", "Organisation du traité de l’Atlantique nord") == [
        ("wording", "changed", "OTAN", "Organisation du traité de l’Atlantique nord")
    ]
    assert [kind for kind, *_ in effects("OTAN", "ONU")] == ["name"]


@pytest.mark.parametrize(
    ("quoted", "actual", "kind"),
    [
        ("un quart", "un cinquième", "number"),
        ("20", "un cinquième", "number"),
        ("640.000", "64 000", "number"),
        ("0,64 million", "64 000", "number"),
        ("14/08/2025", "14 juillet 2025", "date"),
    ],
)
def test_another_value_is_a_changed_one(quoted: str, actual: str, kind: str) -> None:
    assert effects(quoted, actual) == [(kind, "changed", quoted, actual)]


def test_what_makes_a_number_rough_is_a_reserve_not_another_number() -> None:
    assert effects("près de 640.000", "640 000") == [
        ("spelling", "changed", "640.000", "640 000"),
        ("hedge", "added", "près de", ""),
    ]
    assert effects("640 000", "près de 640 000") == [("hedge", "dropped", "", "près de")]
