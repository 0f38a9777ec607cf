"""Sobol indices with SALib: its design goes in through --design, runs.csv comes back.

    python examples/sobol_salib.py [scenario] [folder]

Needs SALib and pandas, and cogov on the path (or its path in COGOV).
"""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
from SALib.analyze import sobol as indices
from SALib.sample import sobol as design

scenario = sys.argv[1] if len(sys.argv) > 1 else "scenarios/china31.toml"
folder = Path(sys.argv[2] if len(sys.argv) > 2 else "results/salib")
policy = sys.argv[3] if len(sys.argv) > 3 else "mandate-only"
cogov = os.environ.get("COGOV", "cogov")

problem = {
    "num_vars": 3,
    "names": ["sharing.benefit", "sharing.noise", f"policy.{policy}.dose"],
    "bounds": [[1.0, 6.0], [0.05, 0.5], [0.0, 2.0]],
}
points = design.sample(problem, int(os.environ.get("POINTS", "64")), calc_second_order=False)
folder.mkdir(parents=True, exist_ok=True)
table = folder / "design.csv"
pd.DataFrame(points, columns=problem["names"]).to_csv(table, index=False)

subprocess.run(
    [cogov, "sweep", scenario, "--design", str(table), "--policies", policy, "--quiet",
     "--replications", "2", "--set", "population.citizens_per_million=30",
     "--out", str(folder / "sweep")],
    check=True, stdout=subprocess.DEVNULL,
)

runs = pd.read_csv(folder / "sweep" / "runs.csv")
rates = runs.pivot_table(index="design_point", columns="policy", values="data_sharing_rate")
effect = (rates[policy] - rates["baseline"]).to_numpy()
found = indices.analyze(problem, effect, calc_second_order=False, seed=1)
print(pd.DataFrame({"S1": found["S1"], "ST": found["ST"], "ST_conf": found["ST_conf"]},
                   index=problem["names"]).round(3).to_string())
