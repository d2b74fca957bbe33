"""Three invented documents on a levy, of three sides, indexed once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Index, load_settings, sync

COUNCIL = r"""---
title: Officer report on the harbour levy
side: Council
date: 2024-06-10
language: en
---
# Why a levy

Each ship that docks costs the town 14,000 pounds in cleaning, policing and water. A levy of five pounds a
passenger would raise 2.1 million pounds a year. The levy is fair, because visitors use the streets too.
Cruise passengers spend an average of 23 pounds ashore, because they eat and sleep on board.

Ships keep their engines running while they are docked, because there is no shore power. On 17 August 2023,
five ships arrived at once. Who will pay for the new sewage works? No more than two ships should dock on the
same day, as \*every\* resident knows [1].

Councillors will vote on the levy on 24 July 2024. The public consultation on ships closed on 31 March last.
"""
TRADERS = """---
title: Submission of the traders
side: Industry
date: 2024-03-28
language: en
---
A passenger tax would drive the ships to Saint Brannock, which charges nothing. Our survey found that each
passenger spends 61 pounds ashore. A passenger tax is paid by visitors on paper, but by our members in lost
trade.

With shore power, ships can switch off their engines at the quay. Staggered arrivals would have avoided what
happened on 17 August 2023. We shall go to court against any passenger tax.

Each ship that docks costs the town 14,000 pounds, says the council, and it is true.
"""
PAPER = """---
title: Working paper
side: Researchers
date: 2024-02
language: en
---
Passengers spend 38 pounds ashore on average, according to card payments in 2023. A charge of less than ten
pounds does not change the routes of the companies.
"""


@pytest.fixture(scope="package")
def located(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("brief")
    (folder / "docs").mkdir()
    for name, text in (("council", COUNCIL), ("paper", PAPER), ("traders", TRADERS)):
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    sync(Index(load_settings(corpus=folder / "docs", store=folder / "store")))
    return ["--corpus", str(folder / "docs"), "--store", str(folder / "store")]


@pytest.fixture(scope="package")
def index(located: list[str]) -> Iterator[Index]:
    found = Index(load_settings(corpus=located[1], store=located[3]))
    yield found
    found.close()
