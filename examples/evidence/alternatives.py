"""What holds where another rule of the model holds: every policy in the same worlds under each alternative.

    cargo build --release
    python examples/evidence/alternatives.py [PROGRAM]

takes the first worlds of scenarios/china31/worlds.csv, writes a scenario for each alternative in which all of them
follow that rule, compares the policies in it, and prints the table of docs/evidence.md. Worlds keep their names, so a
world has the same luck under every alternative. Finished runs stay in results/alternatives/runs: none is computed
twice, and after an interruption the same command goes on. PROGRAM is target/release/cogov when nothing is said.
"""

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "results" / "alternatives"
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ROOT / "target" / "release" / "cogov"
WORLDS = 40
ALTERNATIVES = {
    "sharing.rule": ["logit", "imitation", "threshold"],
    "network.ties": ["without-alliances", "all-provinces", "same-degrees"],  # the worlds' own are as seen
    "capability.production": ["ces", "additive", "minimum"],
    "experience.updating": ["asymmetric", "symmetric"],
    "participation.thresholds": ["normal", "uniform", "log-normal"],
    "factors.coupling": ["off", "on"],
}
# The outcomes by whose effect policies are put in order, and the effects that the table shows.
ORDERED = SHARING, SATISFACTION = "data_sharing_rate", "satisfaction"
SHOWN = [
    ("thesis-full", SHARING),
    ("institution-only", SHARING),
    ("mandate-only", SHARING),
    ("thesis-full", SATISFACTION),
    ("society-first", SATISFACTION),
    ("responsiveness-drive", SATISFACTION),
]
SCENARIO = """extends = "../../scenarios/china31.toml"
name = "{name}"
question = "What do policies do where this rule holds?"

[ensemble]
table = "{name}.csv"
worlds = {worlds}
replications = 2
"""


def shipped():
    """The first worlds of the shipped table, of equal weight, each under a name of its own."""
    with open(ROOT / "scenarios" / "china31" / "worlds.csv", newline="") as table:
        rows = list(csv.DictReader(table))[:WORLDS]
    return [row | {"world": f"world-{i:02}", "weight": 1} for i, row in enumerate(rows, 1)]


def effects(name, **choice):
    """Effect of every policy on every outcome that counts, by world, where all worlds make the same choice."""
    worlds = [row | choice for row in shipped()]
    with open(FOLDER / f"{name}.csv", "w", newline="") as table:
        sheet = csv.DictWriter(table, worlds[0].keys(), lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(worlds)
    scenario = FOLDER / f"{name}.toml"
    scenario.write_text(SCENARIO.format(name=name, worlds=WORLDS))
    folders = ["--out", FOLDER / name, "--store", FOLDER / "runs"]
    command = [PROGRAM, "compare", scenario, *folders, "--quiet", "--threads", "2", "--no-report"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    levels = defaultdict(list)
    with open(FOLDER / name / "runs.csv", newline="") as table:
        for run in csv.DictReader(table):
            for outcome in ORDERED:
                levels[run["policy"], outcome, run["world"]].append(float(run[outcome]))
    found = defaultdict(list)
    for (policy, outcome, world), level in levels.items():
        if policy != "baseline":
            found[policy, outcome].append(mean(level) - mean(levels["baseline", outcome, world]))
    return found


def ranks(values):
    """Ranks of values; equal ones share their mean rank."""
    return [mean(i for i, other in enumerate(sorted(values)) if other == value) for value in values]


def agreement(ours, theirs, outcome):
    """Spearman's rank correlation of two orders of the policies by their mean effect, if any does anything."""
    policies = [policy for policy, of in theirs if of == outcome]
    a, b = (ranks([mean(of[policy, outcome]) for policy in policies]) for of in (ours, theirs))
    apart = [[rank - mean(of) for rank in of] for of in (a, b)]
    square = [sum(x * x for x in of) for of in apart]
    if 0 in square:
        return "none"
    return short(sum(x * y for x, y in zip(*apart)) / (square[0] * square[1]) ** 0.5, 2)


def short(number, digits, sign=""):
    """The number as the page writes it, without a zero before the point."""
    text = f"{number:{sign}.{digits}f}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:g}"
    return "." + "0" * digits if float(text) == 0 else text


def row(name, ours, theirs):
    """A row of the table: median effect and in how many worlds it is above 0, then how orders agree."""
    cells = [f"{short(median(ours[of]), 3, '+')}, {sum(effect > 0 for effect in ours[of])}" for of in SHOWN]
    print("|", " | ".join([name, *cells, *(agreement(ours, theirs, outcome) for outcome in ORDERED)]), "|", flush=True)


FOLDER.mkdir(parents=True, exist_ok=True)
head = ["where", *(", ".join(of) for of in SHOWN), *(f"order, {outcome}" for outcome in ORDERED)]
print("|", " | ".join(head), "|")
print("|---" * len(head) + "|")
own = effects("own")
row("each world's own rules", own, own)
for path, words in ALTERNATIVES.items():
    for word in words:
        row(f"`{path}` = {word}", effects(f"{path}-{word}", **{path: word}), own)
