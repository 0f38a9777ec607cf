"""Draws the facts: a picture for each table that the example `evidence` wrote into docs/evidence/.

    python examples/evidence/draw.py
"""

from pathlib import Path

import matplotlib
import pandas as pd

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

HOME = Path(__file__).parents[2] / "docs" / "evidence"
# Okabe and Ito's colours (2008), and dashes that tell the lines apart without them.
PENS = [("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", ":"), ("#CC79A7", "-."), ("#000000", (0, (4, 2))), ("#E69F00", (0, (10, 3)))]
# A table of so few points holds marks and no line.
FEW = 20

plt.rcParams.update({"svg.hashsalt": "cogov", "svg.fonttype": "none", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
for row in pd.read_csv(HOME / "charts.csv").itertuples():
    lines = pd.read_csv(HOME / f"{row.name}.csv")
    figure, axes = plt.subplots(figsize=(7.4, 3.7), layout="constrained")
    for (name, line), (colour, dash) in zip(lines.groupby("line", sort=False), PENS):
        style = {"linestyle": "none", "marker": "o"} if len(line) < FEW else {"linestyle": dash}
        axes.plot(line["x"], line["y"], color=colour, label=name, **style)
    axes.set(xlabel=row.across, ylabel=row.upwards)
    axes.set_title(row.title, loc="left", fontweight="bold")
    axes.grid(alpha=0.25)
    figure.legend(loc="outside right upper", frameon=False)
    figure.savefig(HOME / f"{row.name}.svg", metadata={"Date": None})
