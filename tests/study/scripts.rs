//! The example scripts, run as people run them; what needs a language or package that is not there
//! is left out and says so. Where `COGOV_NEEDS` names `python`, as `.ci/run` lets it do, Python and the
//! packages of `examples/requirements.txt` must be there.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{COGOV, ROOT, small};

fn folder(name: &str) -> PathBuf {
    crate::command::folder("scripts", name)
}

/// Python, if it is there with these modules. `COGOV_PYTHON` names another than `python3`.
fn python(modules: &str) -> Option<Command> {
    let program = std::env::var("COGOV_PYTHON").unwrap_or_else(|_| "python3".into());
    let found = Command::new(&program)
        .args(["-c", &format!("import {modules}")])
        .output();
    if !found.is_ok_and(|output| output.status.success()) {
        let names = std::env::var("COGOV_NEEDS").unwrap_or_default();
        let needed = names.split(' ').any(|name| name == "python");
        assert!(
            !needed,
            "no Python with {modules}, although COGOV_NEEDS names it"
        );
        eprintln!("left out: {program} with {modules} is not there");
        return None;
    }
    let mut command = Command::new(program);
    command
        .current_dir(ROOT)
        .env("COGOV", COGOV)
        .env("POINTS", "8");
    Some(command)
}

fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{err}");
    out.into_owned()
}

fn compare(out: &Path, more: &[&str]) {
    let mut command = Command::new(COGOV);
    let out = out.to_str().unwrap();
    command.args([
        "compare",
        &small(),
        "--quiet",
        "--replications",
        "4",
        "--out",
        out,
    ]);
    printed(command.args(more));
}

/// In an empty folder, as after a fresh clone, with the scenario alone.
#[test]
fn the_shell_script() {
    let home = folder("shell");
    let bin = Path::new(COGOV).parent().unwrap().display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
    let mut command = Command::new(format!("{ROOT}/examples/study.sh"));
    let out = printed(command.current_dir(&home).env("PATH", path).arg(small()));
    assert!(
        out.contains("data_sharing_rate") && out.contains("columns equal"),
        "{out}"
    );
    assert!(home.join("results/shell/compare.json").exists());
}

/// The tasks of the array one after the other, as the scheduler would start them.
#[test]
fn an_array_of_parts_and_their_join() {
    let home = folder("array");
    let script = fs::read_to_string(format!("{ROOT}/examples/array.slurm")).unwrap();
    let script = script.replace("scenarios/china31.toml", &small());
    let bin = Path::new(COGOV).parent().unwrap().display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
    for part in ["1", "2"] {
        let mut task = Command::new("bash");
        task.current_dir(&home)
            .env("PATH", &path)
            .env("SLURM_ARRAY_TASK_ID", part)
            .env("SLURM_ARRAY_TASK_COUNT", "2");
        printed(task.args(["-c", &script]));
    }
    let mut merge = Command::new(COGOV);
    let merge = merge.current_dir(&home).arg("merge");
    printed(merge.args(["results/part-1", "results/part-2", "--out", "results/whole"]));
    assert!(home.join("results/whole/effects.csv").exists());
}

#[test]
fn effects_in_r() {
    let there = Command::new("Rscript").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("left out: R is not there");
        return;
    }
    let results = folder("r").join("results");
    compare(&results, &[]);
    let mut command = Command::new("Rscript");
    let out = printed(
        command
            .current_dir(ROOT)
            .arg("examples/effects.R")
            .arg(&results),
    );
    assert!(out.contains("mandate"), "{out}");
    assert!(results.join("effects.png").exists());
}

#[test]
fn effects_in_pandas() {
    let Some(mut command) = python("pandas") else {
        return;
    };
    let results = folder("pandas").join("results");
    compare(&results, &[]);
    let out = printed(command.args(["examples/effects.py", results.to_str().unwrap()]));
    assert!(out.lines().any(|line| line.starts_with("mandate")), "{out}");
}

#[test]
fn sobol_indices_with_salib() {
    let Some(mut command) = python("pandas, SALib") else {
        return;
    };
    let home = folder("salib");
    let arguments = [
        "examples/sobol_salib.py",
        &small(),
        home.to_str().unwrap(),
        "mandate",
    ];
    let out = printed(command.args(arguments));
    assert!(
        out.contains("sharing.benefit") && out.contains("policy.mandate.dose"),
        "{out}"
    );
}

#[test]
fn mesa_and_netlogo_tables_load_in_pandas() {
    let Some(mut command) = python("pandas") else {
        return;
    };
    let results = folder("tables").join("results");
    compare(&results, &["--format", "mesa", "--format", "netlogo-table"]);
    let script = "
import sys, pandas as pd
runs = pd.read_csv(sys.argv[1] + '/runs.csv')
mesa = pd.read_csv(sys.argv[1] + '/runs_mesa.csv')
netlogo = pd.read_csv(sys.argv[1] + '/runs_netlogo.csv', skiprows=6)
assert list(mesa.columns[:3]) == ['RunId', 'iteration', 'Step']
assert list(netlogo['[run number]']) == list(range(1, len(runs) + 1))
for table in (mesa, netlogo):
    assert (table['data_sharing_rate'] == runs['data_sharing_rate']).all()
print('equal')";
    let out = printed(command.args(["-c", script, results.to_str().unwrap()]));
    assert_eq!(out, "equal\n");
}

#[test]
fn the_ema_workbench_loads_the_archive() {
    let Some(mut command) = python("ema_workbench") else {
        return;
    };
    let results = folder("ema").join("results");
    let mut sweep = Command::new(COGOV);
    sweep.args([
        "sweep",
        &small(),
        "--quiet",
        "--vary",
        "sharing.benefit",
        "--vary",
        "sharing.noise",
    ]);
    sweep.args([
        "--points",
        "60",
        "--replications",
        "1",
        "--format",
        "ema",
        "--out",
    ]);
    printed(sweep.arg(&results));
    let script = "
import sys
from ema_workbench import load_results
from ema_workbench.analysis import prim, feature_scoring
experiments, outcomes = load_results(sys.argv[1] + '/runs_ema.tar.gz')
x = experiments[['sharing.benefit', 'sharing.noise']]
rate = outcomes['data_sharing_rate']
assert len(x) == len(rate) == 180, (len(x), len(rate))
inputs = experiments.drop(columns=['scenario', 'model', 'replication'])
scores = feature_scoring.get_feature_scores_all(inputs, {'rate': rate})
box = prim.Prim(x, rate > rate.mean(), threshold=0.5).find_box()
print(scores.shape[1], 'outcome scored,', round(float(box.coverage), 2), 'covered')";
    let out = printed(command.args(["-c", script, results.to_str().unwrap()]));
    assert!(out.contains("1 outcome scored"), "{out}");
}
