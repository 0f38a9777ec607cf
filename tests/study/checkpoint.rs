//! A run that is cut off goes on from its checkpoint and ends in the same bytes.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::acts::*;
use crate::world::*;
use cogov::intervention::Policy;
use cogov::intervention::targeting::Lowest;
use cogov::model::sharing::Rule;
use cogov::scenario::Scenario;
use cogov::simulation::{Onward, Run, Simulation, Unfinished};
use cogov::world::alternative::Chosen as _;
use cogov::world::history::IncidentWave;
use cogov::world::levers::{Change, Criterion, Lever};

/// A scenario in which everything a run can hold is in use: incidents, adoption, late ties, a
/// policy whose targets are chosen on the way, and blocks that are not full.
fn busy() -> (Scenario, Policy) {
    let mut scenario = small();
    scenario.population.citizens_per_million = 3000.0;
    scenario.choices.choose(&Rule::ALTERNATIVE, "imitation");
    scenario.history.incident_wave = Some(IncidentWave {
        month: 20,
        share: 0.3,
    });
    let scenario = with(scenario, &[("diffusion.intercept", -4.0)]);
    let mut chosen = policy(Lever::Mandate, Change::Add(2.0), 1.0);
    chosen.interventions[0].target.lowest = Some(Lowest {
        by: Criterion::Capacity,
        share: 0.3,
    });
    (scenario, chosen)
}

fn advance(run: &mut Unfinished, months: u32) {
    assert_eq!(
        run.advance(months, &mut |_| Onward::Continue),
        Onward::Continue
    );
}

#[test]
fn a_restored_run_is_the_run_that_was_saved() {
    let (scenario, policy) = busy();
    saved_and_restored(scenario, &policy);
}

#[test]
fn so_is_one_with_departments() {
    let (mut scenario, policy) = busy();
    scenario.population.citizens_per_million = 100.0;
    saved_and_restored(divided(scenario, 4), &policy);
}

#[test]
fn so_is_one_in_which_cohorts_stand_for_citizens() {
    let (mut scenario, policy) = busy();
    scenario.population.mean_field = true;
    saved_and_restored(scenario, &policy);
}

/// Saves `policy` at several months, restores it and runs it on, against a run without stops.
fn saved_and_restored(scenario: Scenario, policy: &Policy) {
    let simulation = Simulation::new(Arc::new(scenario));
    let whole = |run: Unfinished| -> Run { run.finish(simulation.country()) };
    let mut straight = simulation.begin(policy, 1, false);
    advance(&mut straight, 48);
    let straight = whole(straight);
    for month in [0, 1, 12, 13, 21, 47, 48] {
        let mut first = simulation.begin(policy, 1, false);
        advance(&mut first, month);
        let mut file = Vec::new();
        first.save(&mut file).unwrap();
        let mut second = simulation.begin(policy, 1, true);
        let mut rest = &file[..];
        second.restore(&mut rest).unwrap();
        assert!(rest.is_empty(), "{} bytes are left", rest.len());
        assert_eq!(second.months_done(), month);
        let mut again = Vec::new();
        second.save(&mut again).unwrap();
        assert!(file == again, "month {month}: saved twice, not the same");
        advance(&mut second, 48);
        let second = whole(second);
        assert!(bits(&second) == bits(&straight), "month {month}");
        assert_eq!(second.spending, straight.spending, "month {month}");
        assert_eq!(second.people, straight.people, "month {month}");
    }
}

#[test]
fn a_short_file_restores_nothing() {
    let (scenario, policy) = busy();
    let simulation = Simulation::new(Arc::new(scenario));
    let mut file = Vec::new();
    simulation.begin(&policy, 0, false).save(&mut file).unwrap();
    for cut in [0, 3, 4, 100, file.len() / 2, file.len() - 1] {
        let mut run = simulation.begin(&policy, 0, false);
        assert!(run.restore(&mut &file[..cut]).is_err(), "cut at {cut}");
    }
}

/// A folder of the test's own, empty at the start.
fn folder(name: &str) -> PathBuf {
    crate::command::folder("checkpoint", name)
}

/// `cogov run` of 120,000 citizens with a checkpoint after each month, to be started in `home`.
fn cogov(home: &Path, more: &str) -> Command {
    let scenario = crate::command::small();
    let study = format!(
        "run {scenario} --policy mandate --replications 1 --set run.months=100 \
         --set population.citizens_per_million=1000 --checkpoint-every 1 --out results {more}"
    );
    crate::command::cogov(home, &study)
}

fn done(mut command: Command) -> String {
    let output = command.output().unwrap();
    let said = crate::command::said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

fn checkpoint(home: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(home.join("results/runs")).ok()?;
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|kind| kind == "checkpoint"))
}

/// Waits until a checkpoint of `child` is there; false when it ended before.
fn begun(home: &Path, child: &mut Child) -> bool {
    let begun = Instant::now();
    while checkpoint(home).is_none() {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "no checkpoint");
        sleep(Duration::from_millis(1));
    }
    true
}

/// Begins a run in `home` and kills it `after` its first checkpoint.
fn killed(home: &Path, after: Duration) -> PathBuf {
    let mut child = cogov(home, "").spawn().unwrap();
    assert!(begun(home, &mut child), "it ended before it was killed");
    sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    checkpoint(home).expect("a checkpoint is left")
}

fn assert_same_results(a: &Path, b: &Path) {
    let of = |home: &Path| crate::command::files(&home.join("results"));
    let (a, b) = (of(a), of(b));
    assert!(a.len() > 3);
    for ((name, left), (other, right)) in a.iter().zip(&b) {
        assert_eq!(name, other);
        assert!(left == right, "{name} differs");
    }
}

#[test]
fn kills_at_several_moments_lose_nothing() {
    let (quiet, cut) = (folder("straight"), folder("killed"));
    let said = done(cogov(&quiet, ""));
    assert!(!said.contains("goes on"), "{said}");
    assert!(checkpoint(&quiet).is_none(), "a finished run needs none");
    let mut resumed = 0;
    for kill in 0..6 {
        let resume = if kill > 0 { "--resume" } else { "" };
        let mut child = cogov(&cut, resume).spawn().unwrap();
        if begun(&cut, &mut child) {
            sleep(Duration::from_millis(7 * kill));
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        resumed += u32::from(said.contains("mandate, replication 0: goes on after month "));
    }
    let said = done(cogov(&cut, "--resume"));
    resumed += u32::from(said.contains("goes on after month "));
    assert!(resumed > 0, "no run went on from a checkpoint");
    assert_same_results(&quiet, &cut);
    assert!(checkpoint(&cut).is_none());
}

#[test]
fn a_cut_or_foreign_checkpoint_is_passed_over() {
    let (quiet, home) = (folder("sound"), folder("unsound"));
    done(cogov(&quiet, ""));
    let path = killed(&home, Duration::ZERO);
    let sound = fs::read(&path).unwrap();
    let other_home = folder("other");
    let mut other = cogov(&other_home, "--seed 8").spawn().unwrap();
    assert!(begun(&other_home, &mut other));
    other.kill().unwrap();
    other.wait().unwrap();
    let foreign = fs::read(checkpoint(&other_home).unwrap()).unwrap();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    let cases = [
        (
            sound[..sound.len() - 700].to_vec(),
            "is damaged or cut short",
        ),
        (sound[..10].to_vec(), "is damaged or cut short"),
        (flipped, "is damaged or cut short"),
        (foreign, "belongs to another run or version"),
    ];
    for (bytes, why) in cases {
        done_afresh(&home, &path, &bytes, why);
        assert_same_results(&quiet, &home);
    }
}

/// The study in `home` with nothing but `bytes` in the place of the checkpoint.
fn done_afresh(home: &Path, path: &Path, bytes: &[u8], why: &str) {
    for run in fs::read_dir(path.parent().unwrap()).unwrap() {
        fs::remove_file(run.unwrap().path()).unwrap();
    }
    fs::write(path, bytes).unwrap();
    let said = done(cogov(home, "--resume"));
    let expected = format!("its checkpoint {why}; the run begins again");
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn control_c_leaves_a_checkpoint() {
    let (quiet, home) = (folder("uninterrupted"), folder("interrupted"));
    done(cogov(&quiet, ""));
    let mut child = cogov(&home, "").spawn().unwrap();
    assert!(begun(&home, &mut child));
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(checkpoint(&home).is_some());
    let said = done(cogov(&home, "--resume"));
    assert!(said.contains("goes on after month "), "{said}");
    assert_same_results(&quiet, &home);
}
