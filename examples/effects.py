"""The effects of a comparison with pandas: who helps, by how much, how surely, and at what price.

    python examples/effects.py results/china31
"""

import sys
from pathlib import Path

import pandas as pd

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "results/china31")
effects = pd.read_csv(folder / "effects.csv")
costs = pd.read_csv(folder / "costs.csv")

judged = effects.query("scope_kind == 'nation' and period == 'last_12_months'")
table = judged.query("outcome == 'data_sharing_rate'").set_index("policy")
price = costs.query("intervention == 'all' and outcome == 'data_sharing_rate'").set_index("policy")
table = table[["mean_difference", "ci_low", "ci_high", "p_better", "p_holm", "variance_reduction"]]
table = table.join(price[["cost_per_head_year", "dominated_by"]])
print(table.sort_values("mean_difference", ascending=False).round(3).to_string())
