#!/usr/bin/env bash
# A study from the shell: compare, look, sweep, prove a row.
#   examples/study.sh [scenario] [folder] [policy]
# Without a policy, the sweep takes the first of the scenario.
set -euo pipefail
scenario=${1:-scenarios/china31.toml}
results=${2:-results/shell}
small=(--set population.citizens_per_million=30 --quiet)
mkdir -p "$results"

# Effects of all policies in 8 paired replications; the summary for programs goes to stdout.
cogov compare "$scenario" "${small[@]}" --replications 8 --out "$results/compare" --json \
    >"$results/compare.json"

# The national effect on data sharing, straight from the CSV.
awk -F, 'NR == 1 || ($3 == "data_sharing_rate" && $6 == "nation" && $8 == "last_12_months")' \
    "$results/compare/effects.csv" | cut -d, -f1,12-14

# When is a policy worth it? 32 points of a Latin hypercube over its dose and two parameters.
policy=${3:-$(awk -F, 'NR == 2 { print $1 }' "$results/compare/effects.csv")}
cogov sweep "$scenario" "${small[@]}" --policies "$policy" --replications 2 \
    --vary "policy.$policy.dose=0..2" --vary sharing.benefit --vary sharing.noise \
    --points 32 --out "$results/sweep"
cut -d, -f1-7 "$results/sweep/robustness.csv"

# Any row of runs.csv can be computed again.
cogov replay "$results/sweep" 10
