#!/usr/bin/env python3
"""The same two models in several frameworks: installs, builds, checks outcomes, measures.

    python3 benches/peers/run.py SCRATCH_FOLDER [--only cogov,ixa] [--native] [--quick] [--no-check]

CPU time of the process, one thread. A step costs what a run with steps takes more than a run
without, both with the same seed; so neither start nor building the world counts. Frameworks take
turns within a repetition, and a ratio compares runs of one repetition. Bytes are the peak of
resident memory less that of a run with a thousand agents. Needs cargo and GNU time.
"""

import argparse
import csv
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import time
from statistics import median

import outcomes

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = ["mesa==3.5.1", "mesa-frames==0.1.0a0", "networkx==3.7", "polars==2.1.0"]
ONE_THREAD = {"RAYON_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
FEW = 1_000

# framework: its file under this folder, for citizens and for the virus
CITIZENS = {
    "cogov": "rust/cogov/src/citizens.rs",
    "cogov, whole model": "rust/cogov/src/full.rs",
    "henad": "rust/henad/src/citizens.rs",
    "ixa": "rust/ixa/src/citizens.rs",
    "krABMaga": "rust/krabmaga/src/citizens.rs",
    "mesa-frames": "mesa_frames_citizens.py",
    "Mesa": "mesa_citizens.py",
}
VIRUS = {
    "cogov": "rust/cogov/src/virus.rs",
    "henad": "rust/henad/src/virus.rs",
    "ixa": "rust/ixa/src/virus.rs",
    "krABMaga": "rust/krabmaga/src/virus.rs",
    "Mesa": "mesa_virus.py",
}
STEPS = 60
# the rules that cogov's program calls stand in its library
LIBRARY = ["demand", "service", "experience", "online", "citizens"]


# before the file of what is built for this very processor
NATIVE = "native:"


class Bench:
    """Where things are, and how a program is run."""

    def __init__(self, scratch):
        self.scratch = pathlib.Path(scratch).resolve()
        self.scratch.mkdir(parents=True, exist_ok=True)

    def install(self, native):
        subprocess.run([sys.executable, "-m", "venv", self.scratch / "venv"], check=True)
        python = self.scratch / "venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PYTHON], check=True)
        self.build("target", {})
        if native:
            # the second is cogov's own, from .cargo/config.toml, which the variable replaces
            flags = "-C target-cpu=native --cfg chacha20_avx512"
            self.build("native", {"RUSTFLAGS": flags})

    def build(self, folder, environment):
        command = ["cargo", "build", "--release", "--manifest-path", HERE / "rust/Cargo.toml",
                   "--target-dir", self.scratch / folder]
        subprocess.run(command, check=True, env={**os.environ, **environment})

    def command(self, file):
        if file.endswith(".py"):
            return [self.scratch / "venv/bin/python", HERE / file]
        folder = "native" if file.startswith(NATIVE) else "target"
        _, name, _, program = pathlib.Path(source(file)).with_suffix("").parts
        return [self.scratch / folder / "release" / f"{name}-{program}"]

    def run(self, file, agents, steps, seed):
        """Output, CPU seconds and kilobytes at the peak."""
        with tempfile.NamedTemporaryFile() as report, tempfile.TemporaryFile() as out:
            # a process inherits the peak of the one it is started from, so a small one starts it
            command = ["time", "-f", "%M", "-o", report.name, *self.command(file)]
            command = [str(part) for part in [*command, agents, steps, seed]]
            process = subprocess.Popen(command, stdout=out, env={**os.environ, **ONE_THREAD})
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if status:
                raise RuntimeError(f"{file} {agents} {steps} failed")
            out.seek(0)
            kilobytes = int(report.read().split()[-1])
            return out.read().decode(), usage.ru_utime + usage.ru_stime, kilobytes


def check(bench, model, files, agents, seeds, judge, into):
    """Compares outcomes with ours; returns whether all agree."""
    sound, ours = True, None
    for name, file in files.items():
        if "whole" in name or file.startswith(NATIVE):
            continue
        runs = [outcomes.numbers(bench.run(file, agents, STEPS, seed)[0])
                for seed in range(1, seeds + 1)]
        if name == "cogov":
            ours = runs
            continue
        rows = judge(ours, runs)
        sound &= outcomes.agrees(rows)
        worst, cells = max(abs(row[4]) for row in rows), max(row[5] for row in rows)
        print(f"{model}: {name}: largest z {worst:.2f}, by cell {cells:.2f}", flush=True)
        for what, here, there, error, z, by_cell in rows:
            least = outcomes.LIMIT * error / abs(here) if here else float("nan")
            into.writerow([model, name, what, f"{here:.6g}", f"{there:.6g}", f"{z:.2f}",
                           f"{by_cell:.2f}", f"{100 * least:.2f}"])
    return sound


def steps_of(agents):
    """Steps that are measured: of few agents more, or they are over before a clock has ticked."""
    return STEPS if agents >= 100_000 else 10 * STEPS


def cost(bench, file, agents, seed):
    """Nanoseconds of CPU per agent and step, and bytes per agent."""
    steps = steps_of(agents)
    _, begin, _ = bench.run(file, agents, 0, seed)
    out, end, peak = bench.run(file, agents, steps, seed)
    _, _, floor = bench.run(file, FEW, STEPS, seed)
    if file.endswith("full.rs"):
        agents = int(out)  # whole citizens in every cell
    return 1e9 * (end - begin) / (agents * steps), 1024 * (peak - floor) / agents


def measure(bench, model, files, agents, repetitions, patience):
    """Rows of the table; a slow framework is not repeated beyond `patience` seconds."""
    found = {name: [] for name in files}
    spent = dict.fromkeys(files, 0.0)
    for seed in range(1, repetitions + 1):
        ours = None
        for name, file in files.items():
            if spent[name] > patience:
                continue
            begun = time.monotonic()
            ns, size = cost(bench, file, agents, seed)
            spent[name] += time.monotonic() - begun
            ours = ns if name == "cogov" else ours
            found[name].append((ns, ns / ours, size))
            print(f"{model} {agents} {seed}: {name}: {ns:.2f} ns, {ns / ours:.1f} times, "
                  f"{size:.1f} bytes", flush=True)
    for name, values in found.items():
        ns, ratio, size = ([value[i] for value in values] for i in range(3))
        yield [model, name, agents, steps_of(agents), len(values), median(ns), min(ns), max(ns),
               median(ratio), min(ratio), max(ratio), median(size), lines(files[name])]


def source(file):
    """The file as it stands here, whatever it is built for."""
    return file.removeprefix(NATIVE)


def code(path):
    """Lines of code: without blanks, comments, documentation and tests."""
    text = path.read_text(encoding="utf-8").split("#[cfg(test)]")[0]
    text = re.sub(r'^\s*"""(.|\n)*?"""$', "", text, flags=re.MULTILINE)
    kept = [line.strip() for line in text.splitlines()]
    return sum(bool(line) and not line.startswith(("//", "#")) for line in kept)


def lines(file):
    file = source(file)
    if file.endswith("cogov/src/citizens.rs"):
        library = (HERE.parents[1] / "src/model" / f"{name}.rs" for name in LIBRARY)
        return f"{code(HERE / file)} + {sum(map(code, library))}"
    return str(code(HERE / file))


HEADER = ["model", "framework", "agents", "steps", "repetitions", "ns", "ns_least", "ns_most",
          "ratio", "ratio_least", "ratio_most", "bytes", "lines"]


def markdown(rows, sound):
    """The table for a reader."""
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.machine())
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    yield f"{model}, {os.cpu_count()} cores, load at the end {load}; outcomes agree: {sound}.\n"
    yield "| model | agents | framework | ns per agent and step | times ours | bytes | lines |"
    yield "|---|--:|---|--:|--:|--:|--:|"
    for row in rows:
        model, name, agents, _, _, ns, low, high, ratio, least, most, size, code = row
        yield (f"| {model} | {agents:,} | {name} | {ns:.1f} ({low:.1f} to {high:.1f}) "
               f"| {ratio:.1f} ({least:.1f} to {most:.1f}) | {size:.0f} | {code} |")


def chosen(files, only, native):
    keep = only.split(",") if only else files
    kept = {name: file for name, file in files.items() if name == "cogov" or name in keep}
    if native:
        rust = {name: file for name, file in kept.items() if file.endswith(".rs")}
        kept |= {f"{name}, native": NATIVE + file for name, file in rust.items()}
    return kept


def check_all(bench, quick, citizens, virus):
    seeds = (4, 10) if quick else (10, 30)
    with open(bench.scratch / "check.csv", "w", newline="", encoding="utf-8") as file:
        into = csv.writer(file)
        into.writerow(["model", "framework", "outcome", "cogov", "framework_value", "z",
                       "z_by_cell", "least_seen_percent"])
        sound = check(bench, "citizens", citizens, 100_000, seeds[0], outcomes.citizens, into)
        sound &= check(bench, "virus", virus, 10_000, seeds[1], outcomes.virus, into)
    return sound


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scratch")
    parser.add_argument("--only", help="frameworks to compare with cogov, by comma")
    parser.add_argument("--agents", default="100000,1000000", help="sizes, by comma")
    parser.add_argument("--models", default="citizens,virus", help="models to measure, by comma")
    parser.add_argument("--native", action="store_true",
                        help="Rust ones built for this very processor as well")
    parser.add_argument("--quick", action="store_true", help="few seeds and repetitions")
    parser.add_argument("--no-check", action="store_true", help="measure only")
    parser.add_argument("--patience", type=float, default=45,
                        help="seconds after which a framework is not asked again")
    parser.add_argument("--no-install", action="store_true", help="all is built already")
    args = parser.parse_args()
    bench = Bench(args.scratch)
    if not args.no_install:
        bench.install(args.native)
    citizens, virus = (chosen(files, args.only, args.native) for files in (CITIZENS, VIRUS))
    sound = "not checked" if args.no_check else check_all(bench, args.quick, citizens, virus)
    sizes = [int(size) for size in args.agents.split(",")]
    repetitions = 2 if args.quick else 7
    rows = []
    for agents in sizes:
        for model, files in (("citizens", citizens), ("virus", virus)):
            if model not in args.models.split(","):
                continue
            rows += measure(bench, model, files, agents, repetitions, args.patience)
    with open(bench.scratch / "peers.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    table = "\n".join(markdown(rows, sound)) + "\n"
    (bench.scratch / "peers.md").write_text(table, encoding="utf-8")
    print(table)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
