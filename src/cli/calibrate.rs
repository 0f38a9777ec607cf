//! `cogov calibrate`: which parameter values what was seen does not rule out.

use clap::Args;
use rayon::ThreadPool;
use serde_json::json;

use crate::cli::study::{Asked, Running, Study, broken_results};
use crate::cli::terminal::{decimal, show, table};
use crate::cli::{Failure, report};
use crate::experiment::calibration::emulator::Emulator;
use crate::experiment::calibration::ensemble::Ensemble;
use crate::experiment::calibration::matching::{self, Findings, Matched};
use crate::experiment::calibration::posterior::Posterior;
use crate::experiment::calibration::region::{Region, Search, Wave};
use crate::experiment::calibration::targets::{Targets, deciding};
use crate::experiment::design::responses::Responses;
use crate::experiment::design::{Unit, latin_hypercube};
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::Plan;
use crate::experiment::statistics::compare::Missing;
use crate::output::calibration::{self, Calibrated};
use crate::output::folder::Kind;
use crate::scenario::Loaded;
use crate::scenario::calibration::Calibration;
use crate::scenario::reading::fault::{Fault, Faults};

/// Rule out parameter values that what was seen contradicts, and weigh the rest
///
/// History matching in waves, approximate Bayesian computation, and the share of what is left in which
/// each policy's effect keeps its sign. Takes targets and ranges from [calibrate] of the scenario.
/// Writes waves.csv, design.csv, implausibility.csv, emulators.csv, region.csv, posterior.csv,
/// posterior_summary.csv, predictive.csv, claims.csv, manifest.json, datapackage.json
/// and report.html.
#[derive(Debug, Args)]
pub struct Calibrate {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    running: Running,
    /// Waves of history matching [default: the scenario's]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    waves: Option<u32>,
    /// Points that are simulated in each wave, and for the posterior [default: the scenario's]
    #[arg(long, short = 'n', value_parser = clap::value_parser!(u32).range(20..))]
    points: Option<u32>,
    /// Points of the region at which all policies are compared; 0: none [default: the scenario's]
    #[arg(long)]
    claims: Option<u32>,
}

/// A calibration at work.
struct Work<'a, 't> {
    study: &'a Study,
    running: &'a Running,
    calibration: &'a Calibration,
    targets: &'t Targets,
    threads: ThreadPool,
}

impl Calibrate {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut loaded = self.asked.load(None)?;
        let calibration = self.calibration(&mut loaded).map_err(Failure::Input)?;
        loaded.sweep = Some(matching::searched(&calibration));
        let work = (Detail::Judged, Kind::Calibration);
        let mut study = Study::begin(&self.asked, &self.running, loaded, work)?;
        let targets = Targets::of(&calibration, &study.scenario.geography);
        let threads = self.running.how.manner.threads();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|fault| Failure::Disk(format!("error: {fault}")))?;
        let work = Work {
            study: &study,
            running: &self.running,
            calibration: &calibration,
            targets: &targets,
            threads: pool,
        };
        let (region, findings) = work.calibrate()?;
        let scenario = std::sync::Arc::clone(&study.scenario);
        let calibrated = Calibrated {
            scenario: &scenario,
            calibration: &calibration,
            targets: &targets,
            region: &region,
            findings: &findings,
        };
        self.finish(&mut study, &calibrated)
    }

    /// The calibration that is asked for; what forbids it in words.
    fn calibration(&self, loaded: &mut Loaded) -> Result<Calibration, String> {
        if self.running.how.shard.is_some() || !self.running.writing.format.is_empty() {
            return Err("error: a calibration takes neither --shard nor --format\n\nhint: each wave needs all runs of the one before; `cogov sweep --design region.csv` takes both".into());
        }
        let Some(calibration) = loaded.calibration.take() else {
            return Err("error: nothing says what to calibrate\n\nhint: add [calibrate] to the scenario; scenarios/calibration.toml shows how".into());
        };
        if loaded.scenario.replications < 2 {
            return Err("error: a calibration needs 2 replications or more, found 1\n\nhint: one history does not tell what chance does; as in `--replications 3`".into());
        }
        Ok(Calibration {
            waves: self.waves.unwrap_or(calibration.waves),
            points: self.points.unwrap_or(calibration.points),
            claims: self.claims.unwrap_or(calibration.claims),
            ..calibration
        })
    }

    fn finish(&self, study: &mut Study, calibrated: &Calibrated<'_>) -> Result<(), Failure> {
        let reported = !self.running.writing.no_report;
        let written = calibration::write(&study.folder, calibrated, reported);
        let completed = written
            .and_then(|()| study.manifest.prove(&study.folder))
            .and_then(|()| study.manifest.complete(&study.folder, &study.scenario));
        completed.map_err(|fault| Failure::disk(&study.folder.display().to_string(), &fault))?;
        study.tell_written();
        if self.running.writing.json {
            return show(&format!("{:#}\n", summary(study, calibrated)));
        }
        show(&(short_report(calibrated) + &report::places(&study.folder, reported)))
    }
}

impl<'t> Work<'_, 't> {
    fn calibrate(&self) -> Result<(Region<'t>, Findings), Failure> {
        let of = self.calibration;
        let own = matching::own_values(&self.study.scenario, of);
        let own = self.simulate(vec![own])?;
        let mut region = Region::whole(self.targets, of.vary.len(), (of.cutoff, of.misses));
        let mut waves: Vec<Matched> = Vec::new();
        for number in 1..=of.waves {
            self.say(&format!("wave {number} of {}", of.waves));
            let search = self.search(&region);
            if search.points.is_empty() {
                return Err(nothing_left(number, self.targets, waves.last()));
            }
            let ensemble = self.simulate_units(&search.points)?;
            let wave = self.emulate(&search.points, &ensemble);
            waves.push(Matched::new(
                search,
                ensemble,
                (self.targets, &wave.chance),
                of,
            ));
            region.waves.push(wave);
        }
        let (proposals, predictive, posterior) = self.posterior(&region, &waves)?;
        let claims = self.claims(&waves)?;
        let findings = Findings {
            own,
            waves,
            proposals,
            predictive,
            posterior,
            claims,
        };
        Ok((region, findings))
    }

    /// Points of the next wave.
    fn search(&self, region: &Region<'_>) -> Search {
        let (of, seed) = (self.calibration, self.study.scenario.seed);
        if region.waves.is_empty() {
            return Search {
                points: latin_hypercube(of.points, of.vary.len(), seed),
                ..Search::default()
            };
        }
        self.threads
            .install(|| region.search(of.points as usize, seed))
    }

    fn emulate(&self, points: &[Unit], ensemble: &Ensemble) -> Wave {
        let targets = 0..self.targets.all.len();
        let fit = |t| Emulator::fit(points, &ensemble.means(t));
        Wave {
            emulators: targets.clone().map(fit).collect(),
            chance: ensemble.chance(targets.len()),
        }
    }

    /// Points that the emulators hold for likely, their runs, and their weights.
    fn posterior(
        &self,
        region: &Region<'_>,
        waves: &[Matched],
    ) -> Result<(Vec<Unit>, Ensemble, Posterior), Failure> {
        self.say("posterior");
        let likely = |unit: &Unit| region.log_likelihood(unit);
        let all = waves.iter().rev().flat_map(|wave| &wave.search.points);
        let start = all.max_by(|a, b| likely(a).total_cmp(&likely(b)));
        let start = start.filter(|unit| likely(unit).is_finite()).cloned();
        let last = waves.last();
        let start =
            start.ok_or_else(|| nothing_left(waves.len() as u32 + 1, self.targets, last))?;
        let wanted = self.calibration.points as usize;
        let proposals = region.likely(start, wanted, self.study.scenario.seed);
        let runs = self.simulate_units(&proposals)?;
        let proposed: Vec<f64> = proposals.iter().map(likely).collect();
        let chance = runs.kernel_chance(self.targets.all.len());
        let off = runs.implausibilities(self.targets, &chance);
        let posterior = Posterior::weigh(&off, &proposed);
        Ok((proposals, runs, posterior))
    }

    /// Responses of all policies at the own values and at points that are not ruled out.
    fn claims(&self, waves: &[Matched]) -> Result<Option<Responses>, Failure> {
        let left = waves.last().map(Matched::region).unwrap_or_default();
        let chosen = left.iter().take(self.calibration.claims as usize);
        if chosen.len() == 0 || self.study.scenario.policies.len() < 2 {
            return Ok(None);
        }
        self.say("policies over the region");
        let mut rows = vec![matching::own_values(&self.study.scenario, self.calibration)];
        rows.extend(chosen.map(|unit| matching::values(self.calibration, unit)));
        let plan = matching::comparison(&self.study.scenario, self.calibration, rows);
        let plan = self.run(plan)?;
        let mut responses = Responses::to(&plan);
        let kept = plan.kept();
        for group in plan.groups() {
            for job in &group.jobs {
                let digest = self.study.store.find(job, &kept).ok_or(Missing(*job));
                let digest = digest.map_err(|missing| self.broken(missing))?;
                responses.add(&group, job, &digest);
            }
        }
        Ok(Some(responses))
    }

    fn simulate_units(&self, units: &[Unit]) -> Result<Ensemble, Failure> {
        let rows = units
            .iter()
            .map(|unit| matching::values(self.calibration, unit));
        self.simulate(rows.collect())
    }

    fn simulate(&self, rows: Vec<Vec<f64>>) -> Result<Ensemble, Failure> {
        let scenario = &self.study.scenario;
        let plan = matching::history(scenario, self.calibration, self.targets, rows);
        let plan = self.run(plan)?;
        let read = Ensemble::read(&plan, &self.study.store, self.targets);
        read.map_err(|missing| self.broken(missing))
    }

    /// Runs what is missing of `plan`.
    fn run(&self, plan: Result<Plan, Fault>) -> Result<Plan, Failure> {
        let plan = plan.map_err(|fault| Failure::Scenario(Faults::from(vec![fault])))?;
        self.study.run_plan(&plan, self.running)?;
        Ok(plan)
    }

    fn broken(&self, missing: Missing) -> Failure {
        broken_results(&self.study.folder, missing.into())
    }

    fn say(&self, line: &str) {
        if !self.running.how.manner.quiet {
            eprintln!("{line}");
        }
    }
}

/// Every point is ruled out: the target that does it most often.
fn nothing_left(wave: u32, targets: &Targets, last: Option<&Matched>) -> Failure {
    let worst = last.and_then(|last| {
        let worst = |of: &Vec<f64>| (0..of.len()).max_by(|a, b| of[*a].total_cmp(&of[*b]));
        let mut counts = vec![0; targets.all.len()];
        let all = last.implausibilities.iter().filter_map(worst);
        all.for_each(|t| counts[t] += 1);
        (0..counts.len()).max_by_key(|t| counts[*t])
    });
    let name = worst.map_or("?", |t| targets.all[t].name.as_str());
    Failure::Input(format!(
        "error: wave {wave} finds no point that is not ruled out; most are by target `{name}`\n\nhint: the model cannot meet all targets within their errors: look at their discrepancies, the ranges, or `misses`"
    ))
}

fn own_implausibility(of: &Calibrated<'_>) -> f64 {
    let each: Vec<f64> = of
        .checks()
        .iter()
        .map(|check| check.own_implausibility)
        .collect();
    deciding(&each, of.calibration.misses)
}

fn short_report(of: &Calibrated<'_>) -> String {
    let volumes = of
        .findings
        .waves
        .iter()
        .map(|wave| format!("{:.2e}", wave.volume()));
    let last = of.findings.waves.last();
    let left = last.map_or(0, |wave| wave.left.iter().filter(|left| **left).count());
    format!(
        "{}\n\n{}\nshare of the ranges searched by wave: {}\npoints of the last wave that their runs do not rule out: {left} of {}\nimplausibility of the scenario's own values: {:.2} (cutoff {})\nposterior: {} points, as good as {:.0} of equal weight\n\n",
        of.scenario.name,
        table(&target_rows(of)),
        volumes.collect::<Vec<String>>().join(", "),
        of.calibration.points,
        own_implausibility(of),
        of.calibration.cutoff,
        of.findings.proposals.len(),
        of.findings.posterior.effective_points()
    )
}

fn target_rows(of: &Calibrated<'_>) -> Vec<Vec<String>> {
    let mut rows = vec![
        [
            "target",
            "seen",
            "own",
            "implausibility",
            "posterior 5 %",
            "50 %",
            "95 %",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for (target, check) in of.targets.all.iter().zip(of.checks()) {
        let [low, middle, high] = check.predictive;
        let numbers = [
            target.value,
            check.own,
            check.own_implausibility,
            low,
            middle,
            high,
        ];
        let mut row = vec![target.name.clone()];
        row.extend(numbers.map(decimal));
        rows.push(row);
    }
    rows
}

fn summary(study: &Study, of: &Calibrated<'_>) -> serde_json::Value {
    let waves = of.findings.waves.iter().map(|wave| {
        json!({
            "volume": wave.volume(),
            "points": wave.left.len(),
            "points_left": wave.left.iter().filter(|left| **left).count(),
        })
    });
    let targets = of.targets.all.iter().zip(of.checks());
    let targets = targets.map(|(target, check)| {
        json!({
            "name": target.name,
            "seen": target.value,
            "own": check.own,
            "own_implausibility": check.own_implausibility,
            "predictive": check.predictive,
        })
    });
    json!({
        "scenario": of.scenario.name,
        "folder": study.folder,
        "result_sha256": study.manifest.result_sha256,
        "waves": waves.collect::<Vec<_>>(),
        "own_implausibility": own_implausibility(of),
        "effective_points": of.findings.posterior.effective_points(),
        "targets": targets.collect::<Vec<_>>(),
    })
}
