"""What ``python -m evals`` takes: its commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from evals import SEED
from evals.campaign.campaign import MINUTES, NAMES
from evals.report.baseline import BASELINE
from rag.weights import weights_path

HELP = ("-h", "--help")

COMMANDS = {
    "answers": "ask the question set, or a reading set, of Réplique and of plainer systems; print their "
    "figures side by side; write report.json and report.html",
    "quotes": "check falsified and true quotes; write mutations.json; fail when a promise is broken",
    "model": "ask with the language model of the settings and without; write grounded.json; fail when a "
    "promise is broken",
    "rebuttals": "put claims on the invented debates to their sources: what is against them, or nothing",
    "claims": "judge what sentences of the invented debates do to claims on them",
    "grades": "grade answers to questions on the invented debates",
    "follow_ups": "ask the invented debates questions that follow others",
    "yes_no": "say yes or no to questions on the invented debates, where that is sure",
    "documents": "read documents that are made, whose text is known: characters, order, sentences, figures; "
    "those that LibreOffice prints, where it is installed",
    "statements": "check sentences against quotes that bear them out, or do not",
    "highlights": "compare the words marked in quotes with those that the readers of a reading set marked",
    "guess": "guess from a question alone whether it is answered: what the invented debates give away",
    "page": "time the page beside a bare one, and many people asking at once; needs chromium",
    "debates": "ask the invented debates, each a corpus of its own, of Réplique and of plainer systems",
    "speed": "time indexing, searching and reading beside stock LlamaIndex",
    "campaign": "try bad days: kills, a full disk, damage, several writers, crowds; fail when something "
    "is lost, wrong or left behind",
    "scale": "what grows with the corpus: a thousand sentences to as many as asked are indexed, changed and "
    "asked, beside stock LlamaIndex",
    "fit": "fit a file of rag/weights anew",
}
FILES = {
    "encoder": "what leads from a question to the sentences that answer it; goes on where it was stopped",
    "reader": "what reads a question with a passage; goes on where it was stopped",
    "judge": "what tells what a sentence does to a claim, from what `reader` has made; goes on as well",
    "network": "export what the three have made",
    "ranker": "which sentence answers, and how probable it is that one does",
    "bearing": "how probable it is that a sentence bears on a claim, by what the judge says of it",
    "follow": "how the readings of a question that follows another count",
    "grades": "what an answer is worth, by what the judge says of it",
    "support": "whether a sentence's words are a quote's",
}
BODIES = ("encoder", "reader", "judge")
NETWORKS = (*BODIES, "network")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command, ``answers`` where none is named, and its options.

    Raises:
        SystemExit: help was asked for, or the usage is bad (code 2).
    """
    is_named = bool(arguments) and (arguments[0] in HELP or not arguments[0].startswith("-"))
    made = parser()
    options = made.parse_args(arguments if is_named else ["answers", *arguments])
    if options.command == "answers" and (options.check or options.write_baseline):
        if options.squad:
            made.error("the baseline is of the question set: leave out --squad")
        if options.limit:
            made.error("the baseline is of the whole question set: leave out --limit")
        if options.headline and options.write_baseline:
            made.error("the baseline is of both halves: leave out --headline")
    return options


def parser() -> argparse.ArgumentParser:
    """All commands."""
    made = argparse.ArgumentParser(
        prog="python -m evals",
        description="Measure Réplique, or fit its weights. Without a command, `answers` is run.",
        epilog="`python -m evals COMMAND --help` tells what a command takes. Exit codes: 0 done, 1 a figure "
        "fell or something failed, 2 bad usage.",
    )
    commands = _below(made, "command", COMMANDS)
    _add_questions(commands["answers"])
    _add_baseline(commands["answers"])
    _add_questions(commands["model"])
    _add_output(commands["quotes"])
    _add_limit(commands["quotes"], "check only N quotes of each corpus, drawn with a seed")
    commands["quotes"].add_argument(
        "--speed", action="store_true", help="time a check on five megabytes too (some minutes)"
    )
    commands["statements"].add_argument(
        "--misses", action="store_true", help="list those of `dev` that are told wrong"
    )
    _add_output(commands["debates"])
    _add_limit(commands["debates"], "ask N questions of each, drawn with a seed [40]")
    for name in ("debates", "rebuttals", "claims", "grades", "follow_ups", "yes_no"):
        _add_part(commands[name])
    commands["debates"].add_argument(
        "--write-baseline", action="store_true", help="keep the figures for the README [evals/debates.json]"
    )
    _add_piaf(commands["highlights"])
    _add_part(commands["highlights"])
    commands["page"].add_argument(
        "--questions", type=_positive, default=40, metavar="N", help="how many are asked [40]"
    )
    commands["page"].add_argument("--port", type=_positive, default=7991, help="first of two [7991]")
    _add_documents(commands["documents"])
    _add_campaign(commands["campaign"])
    _add_scale(commands["scale"])
    _add_files(commands["fit"])
    return made


def _below(
    made: argparse.ArgumentParser, name: str, said: dict[str, str]
) -> dict[str, argparse.ArgumentParser]:
    """Parsers of the commands below one."""
    below = made.add_subparsers(title=f"{name}s", dest=name, metavar=name.upper(), required=True)
    return {
        each: below.add_parser(each, help=text, description=f"{text[0].upper()}{text[1:]}.")
        for each, text in said.items()
    }


def _add_questions(made: argparse.ArgumentParser) -> None:
    _add_output(made)
    _add_limit(made, "ask only N questions, drawn with a seed")
    made.add_argument("--squad", type=Path, metavar="FILE", help="ask a reading set in SQuAD format instead")
    _add_part(made)


def _add_output(made: argparse.ArgumentParser) -> None:
    made.add_argument("--output", type=Path, default=Path(), metavar="DIR", help="folder written to [.]")


def _add_limit(made: argparse.ArgumentParser, said: str) -> None:
    made.add_argument("--limit", type=_positive, metavar="N", help=said)


def _add_part(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--part",
        choices=("fit", "check", "report"),
        default="report",
        help="articles, or debates; the networks were fitted on `fit`, the rankers on `check` [report]",
    )


def _add_piaf(made: argparse.ArgumentParser) -> None:
    made.add_argument("squad", type=Path, help="a reading set in SQuAD format, such as piaf-v1.1.json")


def _add_baseline(made: argparse.ArgumentParser) -> None:
    made.add_argument("--compare", type=Path, metavar="OLD.json", help="say what changed since a report")
    made.add_argument("--check", type=Path, metavar="BASELINE", help="fail when a headline figure fell")
    made.add_argument(
        "--headline", action="store_true", help="ask only the half that --check looks at: half as long"
    )
    made.add_argument(
        "--write-baseline",
        nargs="?",
        type=Path,
        const=BASELINE,
        metavar="FILE",
        help="keep the figures to check later runs against [evals/baseline.json]",
    )
    made.add_argument(
        "--readme",
        type=Path,
        metavar="README.md",
        help="ask nothing: write the table of the baselines between the markers of a file",
    )


def _add_documents(made: argparse.ArgumentParser) -> None:
    _add_limit(made, "read only N documents of each kind")
    made.add_argument("--kind", default="", metavar="KIND", help="only kinds whose names begin so: PDF, Word")
    made.add_argument(
        "--faults", type=_positive, default=0, metavar="N", help="list the first N of each document"
    )
    made.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="keep documents there, what is right and what was read beside",
    )
    made.add_argument(
        "--write", type=Path, metavar="FILE.md", help="write the table between a file's markers"
    )


def _add_campaign(made: argparse.ArgumentParser) -> None:
    made.add_argument("--minutes", type=float, default=MINUTES, metavar="N", help=f"in all [{MINUTES:g}]")
    made.add_argument(
        "--only", nargs="+", default=(), choices=NAMES, metavar="TRIAL", help=f"of {', '.join(NAMES)}"
    )
    made.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of the first dose [{SEED}]")
    made.add_argument("--doses", type=_positive, metavar="N", help="at most so many of each trial")
    made.add_argument("--write", type=Path, metavar="FILE.md", help="write the report there")


def _add_scale(made: argparse.ArgumentParser) -> None:
    for name, default, said in (
        ("documents", 1100, "documents of the largest corpus"),
        ("length", 265, "sentences of a document, in the mean"),
        ("words", 9.0, "words of a sentence, in the mean, more than 8"),
        ("questions", 200, "most questions asked at each size"),
    ):
        kind = _positive if isinstance(default, int) else float
        made.add_argument(f"--{name}", type=kind, default=default, metavar="N", help=f"{said} [{default}]")
    made.add_argument(
        "--stock",
        type=int,
        default=10_000,
        metavar="N",
        help="largest size at which stock LlamaIndex is measured too, in sentences; 0: none [10000]",
    )
    made.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep corpus, stores and figures there; a later run goes on"
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures")
    made.add_argument(
        "--write",
        type=Path,
        metavar="FILE.md",
        help="write the tables between a file's markers, and FILE.svg",
    )


def _add_files(made: argparse.ArgumentParser) -> None:
    files = _below(made, "file", FILES)
    for name in (*NETWORKS, "ranker"):
        files[name].add_argument("piaf", type=Path, help="piaf-v1.1.json")
    for name in NETWORKS:
        files[name].add_argument("squad", type=Path, help="a set in the format of SQuAD 2.0")
        files[name].add_argument(
            "--checkpoints", type=Path, default=Path("checkpoints"), metavar="DIR", help="[checkpoints]"
        )
    files["judge"].add_argument("nli", type=Path, help="folder of rte3-fr-dev.tsv, daccord.tsv, gqnli-fr.tsv")
    files["judge"].add_argument(
        "multinli", type=Path, help="folder of multinli.train.fr.tsv and multinli.train.en.tsv"
    )
    files["judge"].add_argument("stsb", type=Path, help="folder of stsb-fr-train.csv and stsb-en-train.csv")
    for name in BODIES:
        files[name].add_argument("--minutes", type=float, metavar="N", help="how long, stops not counted")
    for name, each in files.items():
        if name not in BODIES:
            each.add_argument(
                "--output",
                type=Path,
                default=weights_path("ranker.json").parent,
                metavar="DIR",
                help="folder written to [rag/weights]",
            )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value
