//! A process may be killed at any moment: the same command ends in the same bytes.
//!
//! `COGOV_KILLS` says how often each is killed; few times in the gate.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{cogov, done, files, folder, small, times};

/// Numbers without order, the same in every run of the test (Steele and others 2014).
pub struct Dice(pub u64);

impl Dice {
    /// The next one, below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// Kills `command` at random moments and lets it end: what is left in `out` is what an undisturbed one leaves.
fn killed_at_random(home: &Path, command: &str, out: &str) {
    let begun = Instant::now();
    done(home, command);
    let whole = begun.elapsed().as_micros() as u64;
    let left = || (files(&home.join(out)), columns(&home.join(out)));
    let sound = left();
    assert!(!sound.0.is_empty());
    let mut dice = Dice(whole);
    for kill in 0..times("COGOV_KILLS", 2) {
        // begun anew, or gone on with where the last one was cut off
        if kill % 3 != 1 {
            fs::remove_dir_all(home.join(out)).unwrap();
        }
        let mut child = cogov(home, command).spawn().unwrap();
        sleep(Duration::from_micros(dice.below(whole)));
        let _ = child.kill();
        child.wait().unwrap();
        columns(&home.join(out));
        if kill % 3 != 0 {
            done(home, command);
            assert!(left() == sound, "{command}: kill {kill}");
        }
    }
    done(home, command);
    assert!(left() == sound, "{command}: after all");
}

/// Files of Parquet anywhere below `folder`; each that has its final name ends as a whole one does.
fn columns(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(columns(&path));
        } else if path.extension().is_some_and(|kind| kind == "parquet") {
            let bytes = fs::read(&path).unwrap();
            assert!(bytes.ends_with(b"PAR1"), "{path:?} has no footer");
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn a_killed_comparison_goes_on() {
    let home = folder("faults", "compare");
    let command = format!("compare {} --quiet --out results", small());
    killed_at_random(&home, &command, "results");
}

#[test]
fn files_of_parquet_are_whole_or_not_there() {
    let home = folder("faults", "parquet");
    let command = format!("compare {} --quiet --format parquet --out results", small());
    killed_at_random(&home, &command, "results");
    assert!(!columns(&home.join("results")).is_empty());
}

#[test]
fn a_killed_sweep_goes_on() {
    let home = folder("faults", "sweep");
    let design =
        "--method morris --points 3 --vary sharing.benefit=1..6 --vary policy.mandate.dose=0..2";
    let command = format!(
        "sweep {} --quiet {design} --replications 1 --out results",
        small()
    );
    killed_at_random(&home, &command, "results");
}

#[test]
fn a_killed_calibration_goes_on() {
    let home = folder("faults", "calibrate");
    let text = format!(
        "extends = {:?}\n[population]\nmean_field = true\n[calibrate]\ntargets = \"targets.csv\"\nwaves = 1\npoints = 20\ndraws = 20\nworlds = 4\nclaims = 2\n[calibrate.vary]\n\"online.imitation\" = \"plausible\"\n\"demand.base_rate\" = [0.01, 0.05]\n",
        small()
    );
    fs::write(home.join("calibration.toml"), text).unwrap();
    let targets = "target,measure,outcome,scope,from,to,since,value,observation_sd,discrepancy_sd,source\n\
        demand,mean,requests_raised,nation,2014-01,2014-12,,0.03,0.01,0.02,made up\n";
    fs::write(home.join("targets.csv"), targets).unwrap();
    killed_at_random(
        &home,
        "calibrate calibration.toml --quiet --out results",
        "results",
    );
}

#[test]
fn a_killed_merge_goes_on() {
    let home = folder("faults", "merge");
    for part in 1..3 {
        let shard = format!("--quiet --shard {part}/2 --out part-{part}");
        done(&home, &format!("compare {} {shard}", small()));
    }
    killed_at_random(
        &home,
        "merge part-1 part-2 --quiet --out results",
        "results",
    );
}

#[test]
fn a_killed_factor_table_goes_on() {
    let home = folder("faults", "factors");
    let corpus = home.join("corpus");
    fs::create_dir_all(&corpus).unwrap();
    let service = "推动政务服务窗口集成办理，群众办事更加方便快捷。";
    let platform = "建设统一云平台，算力资源统一调度，网络全面覆盖。";
    for (region, services) in [("X-A", 5), ("X-B", 3), ("X-C", 1)] {
        let text = service.repeat(10 * services) + &platform.repeat(10 * (6 - services));
        fs::write(corpus.join(format!("{region}_report.txt")), text).unwrap();
    }
    let keywords = "dimensions = [\"d\"]\n[[factor]]\nname = \"service\"\ndimension = \"d\"\nzh = [\"政务服务\", \"窗口\"]\n\
        [[factor]]\nname = \"platform\"\ndimension = \"d\"\nzh = [\"云平台\", \"算力\"]\n";
    fs::write(home.join("keywords.toml"), keywords).unwrap();
    fs::write(home.join("regions.csv"), "iso,name\nX-A,a\nX-B,b\nX-C,c\n").unwrap();
    let command = "factors corpus --quiet --keywords keywords.toml --provinces regions.csv --out results/f.csv \
        --topics 2 --min-clauses 1 --min-regions 1 --chains 2 --burn-in 20";
    killed_at_random(&home, command, "results");
}
