"""Meets the mutants that `cogov-mutants` laid with tests: `meet.py ROOT MUTANTS.tsv BINARY [OTHER...]`.

BINARY holds the tests of the library: for each mutant those of its own file are run, then those of its
layer, then all. What passes them meets OTHER, binaries of integration tests. Golden hashes and snapshots
are left out; a mutant that hangs counts as caught. Tells by mutant: what the own file, the library and
the others came to, and the first tests that failed. Tests that fail without any mutant would catch all
of them: it then stops. Integration tests want `CARGO_BIN_EXE_cogov`, the program built with them.
"""

import os
import subprocess
import sys

# what a golden hash or a snapshot catches is not explained
LEFT_OUT = ["golden", "snapshot"]
SECONDS = 600


def module(path):
    """The tests of a file and of what lies below it, as they are called."""
    parts = path.removeprefix("src/").removesuffix(".rs").split("/")
    return "::".join(parts[:-1] + ["tests"] if parts[-1] == "mod" else parts) + "::"


def meet(root, binary, number, which):
    """Whether the mutant `number` is caught by the tests of `which` name, and by which of them."""
    left_out = [word for name in LEFT_OUT for word in ("--skip", name)]
    command = [binary, which, "--test-threads", "1", *left_out]
    environment = dict(os.environ, COGOV_MUTANT=number, RUST_BACKTRACE="0")
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, timeout=SECONDS, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired:
        return "caught", "hangs"
    lines = done.stdout.splitlines()
    failed = [line.split()[1] for line in lines if line.endswith(" ... FAILED")]
    return ("passed" if done.returncode == 0 else "caught"), " ".join(failed[:3])


def first_catch(root, number, tries):
    """The first of `tries`, each a binary and a name, that catches the mutant."""
    for binary, which in tries:
        found = meet(root, binary, number, which)
        if found[0] == "caught":
            return found
    return "passed", ""


# a number that no mutant has
NOBODY = "none"


def main(root, mutants, library, *others):
    for binary in (library, *others):
        found, by = meet(root, binary, NOBODY, "")
        if found == "caught":
            sys.exit(f"without any mutant {binary} fails: {by}")
    for line in open(mutants, encoding="utf-8"):
        number, place, own, other = line.rstrip("\n").split("\t")
        path = place.rsplit(":", 1)[0]
        stages = [
            [(library, module(path))],
            [(library, path.split("/")[1] + "::"), (library, "")],
            [(binary, "") for binary in others],
        ]
        told, by = [], ""
        for stage in stages:
            found, by = first_catch(root, number, stage)
            told.append(found)
            if found == "caught":
                break
        print(number, place, own, other, *told, by, sep="\t", flush=True)


main(*sys.argv[1:])
