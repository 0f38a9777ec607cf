#!/usr/bin/env bash
# A study from the shell: compare, look, sweep, prove a row.
#   examples/study.sh [scenario] [folder]
set -euo pipefail
scenario=${1:-scenarios/china31.toml}
results=${2:-results/shell}
small=(--set population.citizens_per_million=30 --quiet)

# Effects of two policies in 8 paired replications; the summary for programs goes to stdout.
cogov compare "$scenario" "${small[@]}" --policies mandate-only,integrated-platform-only \
    --replications 8 --out "$results/compare" --json >"$results.json"

# The national effect on data sharing, straight from the CSV.
awk -F, 'NR == 1 || ($3 == "data_sharing_rate" && $6 == "nation" && $8 == "last_12_months")' \
    "$results/compare/effects.csv" | cut -d, -f1,12-14

# When is a mandate worth it? 32 points of a Latin hypercube over its dose and two parameters.
cogov sweep "$scenario" "${small[@]}" --policies mandate-only --replications 2 \
    --vary policy.mandate-only.dose=0..2 --vary sharing.benefit --vary sharing.noise \
    --points 32 --out "$results/sweep"
cut -d, -f1-7 "$results/sweep/robustness.csv"

# Any row of runs.csv can be computed again.
cogov replay "$results/sweep" 10
