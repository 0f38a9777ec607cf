"""Draws the facts: a picture for each table that the example `evidence` wrote into results/evidence/.

    python examples/evidence/draw.py
"""

import re
from pathlib import Path

import matplotlib
import pandas as pd

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

ROOT = Path(__file__).parents[2]
TABLES, PICTURES = ROOT / "results" / "evidence", ROOT / "docs" / "evidence"
# Okabe and Ito's colours (2008), and dashes that tell the lines apart without them.
PENS = [("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", ":"), ("#CC79A7", "-."), ("#000000", (0, (4, 2))), ("#E69F00", (0, (10, 3)))]
# A table of so few points holds marks and no line.
FEW = 20


def rounded(svg):
    """The picture with its paths to a tenth of a point and without indents, which nobody sees."""
    tenth = lambda number: f"{float(number[0]):.1f}"  # noqa: E731
    svg = re.sub(r"\n\s+", "\n", re.sub(r"\s*<!--.*?-->", "", svg, flags=re.S))
    return re.sub(r' d="[^"]*"', lambda path: re.sub(r"-?\d+\.\d{2,}", tenth, path[0]), svg)


plt.rcParams.update({"svg.hashsalt": "cogov", "svg.fonttype": "none", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
for row in pd.read_csv(TABLES / "charts.csv").itertuples():
    lines = pd.read_csv(TABLES / f"{row.name}.csv")
    figure, axes = plt.subplots(figsize=(7.4, 3.7), layout="constrained")
    for (name, line), (colour, dash) in zip(lines.groupby("line", sort=False), PENS):
        style = {"linestyle": "none", "marker": "o"} if len(line) < FEW else {"linestyle": dash}
        axes.plot(line["x"], line["y"], color=colour, label=name, **style)
    axes.set(xlabel=row.across, ylabel=row.upwards)
    axes.set_title(row.title, loc="left", fontweight="bold")
    axes.grid(alpha=0.25)
    figure.legend(loc="outside right center", frameon=False)
    path = PICTURES / f"{row.name}.svg"
    figure.savefig(path, metadata={"Date": None})
    path.write_text(rounded(path.read_text()))
