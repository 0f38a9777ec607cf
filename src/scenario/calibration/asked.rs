//! Reading `[calibrate]` and its table of targets.
//!
//! ```toml
//! [calibrate]
//! targets = "china31/seen/targets.csv"
//! history = "beijing-2019"       # policy in force when the targets were seen
//! waves = 4
//! points = 250
//! [calibrate.vary]
//! "sharing.benefit" = "plausible"
//! ```

use crate::model::outcome::OUTCOMES;
use crate::scenario::Scenario;
use crate::scenario::calibration::{Calibration, CalibrationTarget, Reckoning, Scope};
use crate::scenario::country::names::LeftOut;
use crate::scenario::input::Input;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::spoilt;
use crate::scenario::reading::tree::Table;
use crate::scenario::sweep::vary::{self, Wish};
use crate::scenario::sweep::{Over, Varied};
use crate::world::clock::Date;

/// Columns that a table of targets must have.
const COLUMNS: &[&str] = &[
    "target",
    "measure",
    "outcome",
    "scope",
    "from",
    "to",
    "value",
    "observation_sd",
    "discrepancy_sd",
    "source",
];
const MEASURES: [&str; 3] = ["mean", "growth", "rank"];

/// A calibration as written.
#[derive(Debug)]
pub struct WrittenCalibration {
    vary: Vec<Wish>,
    history: Option<At<String>>,
    sheet: Option<Sheet>,
    /// Tables with which targets compare ranks, by the name that the table of targets uses.
    tables: Vec<(String, Sheet)>,
    waves: u32,
    points: u32,
    draws: u32,
    rounds: u32,
    worlds: u32,
    claims: u32,
    cutoff: f64,
    correlation: f64,
    misses: u32,
}

/// Takes `[calibrate]` out of `table`; `None` when it is not there.
pub fn asked(
    table: &mut Table,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<WrittenCalibration> {
    let node = table.take("calibrate")?.node;
    let mut of = Reader::new("calibrate", node, faults)?;
    let targets: Option<At<String>> = of.need("targets", faults);
    let history = of.get("history", faults);
    let written: Option<At<Table>> = of.need("vary", faults);
    let cutoff = fraction(&mut of, ("cutoff", "lie above 0"), |x| x > 0.0, faults);
    // whole correlation would let one target tell all of another
    let bounds = ("correlation", "lie from 0 to below 1");
    let correlation = fraction(&mut of, bounds, |x| (0.0..1.0).contains(&x), faults);
    let mut number = |key, usual, bounds| within(&mut of, (key, usual, bounds), faults);
    let waves = number("waves", 4, (1, 100));
    let points = number("points", 250, (20, 100_000));
    let draws = number("draws", 200, (1, 100_000));
    let rounds = number("rounds", 12, (1, 1000));
    let worlds = number("worlds", 240, (0, 100_000));
    let claims = number("claims", 50, (0, 100_000));
    let misses = number("misses", 0, (0, 1000));
    of.finish(faults);
    let sheet = targets.and_then(|at| seen(&at, files, faults));
    Some(WrittenCalibration {
        tables: tables(sheet.as_ref(), files, faults),
        vary: wishes(written, faults),
        history,
        sheet,
        waves,
        points,
        draws,
        rounds,
        worlds,
        claims,
        cutoff: cutoff.unwrap_or(3.0),
        correlation: correlation.unwrap_or(0.5),
        misses,
    })
}

/// The number under `key`, if there is one; a fault in these words if it is not `allowed`.
fn fraction(
    of: &mut Reader,
    (key, words): (&'static str, &str),
    allowed: impl Fn(f64) -> bool,
    faults: &mut Faults,
) -> Option<f64> {
    let At { value, place } = of.get(key, faults)?;
    if !allowed(value) {
        let message = format!("`calibrate.{key}` must {words}, found {value}");
        faults.push(Fault::error(message).at(&place));
    }
    Some(value)
}

fn wishes(written: Option<At<Table>>, faults: &mut Faults) -> Vec<Wish> {
    let mut vary = Vec::new();
    if let Some(written) = written {
        vary::gather(&written.value, ("calibrate", ""), &mut vary, faults);
        vary.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
    }
    vary
}

/// The whole number under `key`, or the usual one; a fault if it lies beyond the bounds.
fn within(
    of: &mut Reader,
    (key, usual, (least, most)): (&'static str, u32, (u32, u32)),
    faults: &mut Faults,
) -> u32 {
    let found: Option<At<u32>> = of.get(key, faults);
    let beyond = |at: &&At<u32>| !(least..=most).contains(&at.value);
    if let Some(At { value, place }) = found.as_ref().filter(beyond) {
        let message =
            format!("`calibrate.{key}` must lie between {least} and {most}, found {value}");
        faults.push(Fault::error(message).at(place));
    }
    found.map_or(usual, |at| at.value)
}

/// The table of targets at this path.
fn seen(at: &At<String>, files: &mut Files, faults: &mut Faults) -> Option<Sheet> {
    let source = files.read(&at.value, Some(&at.place), faults)?;
    Sheet::read(&source, COLUMNS, faults)
}

fn tables(targets: Option<&Sheet>, files: &mut Files, faults: &mut Faults) -> Vec<(String, Sheet)> {
    let mut tables: Vec<(String, Sheet)> = Vec::new();
    for row in targets.into_iter().flat_map(Sheet::rows) {
        let name = row.text("table");
        if name.is_empty() || tables.iter().any(|(known, _)| known == name) {
            continue;
        }
        let source = files.read(name, Some(&row.place()), faults);
        let sheet = source.and_then(|source| Sheet::read(&source, &["iso"], faults));
        tables.extend(sheet.map(|sheet| (name.to_owned(), sheet)));
    }
    tables
}

impl WrittenCalibration {
    /// The calibration, if all that was asked makes sense for `scenario`.
    ///
    /// Its history may be any of the policies `named` in the files, compared now or not.
    pub fn understood(
        self,
        scenario: &Scenario,
        (named, left_out): (&[String], &LeftOut),
        faults: &mut Faults,
    ) -> Option<Calibration> {
        let before = faults.count();
        let vary = self.varied(scenario, faults);
        let history = self.history(named, faults);
        let sheet = self.sheet.as_ref()?;
        let (mut names, mut targets) = (Vec::new(), Vec::new());
        for row in sheet.rows() {
            if names.contains(&row.text("target")) {
                let message = format!("there are two targets `{}`", row.text("target"));
                faults.push(Fault::error(message).at(&row.place()));
            }
            names.push(row.text("target"));
            if left_out.has(row.text("scope")) {
                continue;
            }
            targets.extend(self.target(row, scenario, faults));
        }
        if names.is_empty() {
            faults.push(Fault::error("the table of targets has no rows").at(&sheet.place()));
        }
        (faults.count() == before).then_some(Calibration {
            vary,
            history,
            targets,
            waves: self.waves,
            points: self.points,
            draws: self.draws,
            rounds: self.rounds,
            worlds: self.worlds,
            claims: self.claims,
            cutoff: self.cutoff,
            correlation: self.correlation,
            misses: self.misses,
        })
    }

    /// The parameters that are searched, each over a range.
    fn varied(&self, scenario: &Scenario, faults: &mut Faults) -> Vec<Varied> {
        let mut vary = Vec::new();
        for (path, wanted) in &self.vary {
            let wrong = |message| Fault::error(message).at(&path.place);
            let known = Input::named(&path.value, scenario);
            if known.is_ok_and(|input| !input.is_of_the_model()) {
                let message = format!(
                    "`{}` is no parameter and no choice of the model",
                    path.value
                );
                let hint = "policies are what is judged; what nobody controls is calibrated";
                faults.push(wrong(message).hint(hint));
                continue;
            }
            let one = vary::one(path, wanted, scenario, faults);
            let listed = |one: &Varied| one.words.is_empty() && matches!(one.over, Over::Values(_));
            if one.as_ref().is_some_and(listed) {
                let message = format!("`calibrate.vary` of `{}` must be a range", path.value);
                faults.push(wrong(message));
            }
            vary.extend(one);
        }
        if self.vary.is_empty() {
            let fault = Fault::error("the calibration varies nothing");
            faults.push(fault.hint("name parameters in [calibrate.vary]"));
        }
        vary
    }

    fn history(&self, named: &[String], faults: &mut Faults) -> String {
        let names = || named.iter().map(String::as_str);
        let Some(At { value, place }) = &self.history else {
            return crate::intervention::BASELINE.into();
        };
        if !names().any(|name| name == value) {
            let fault = Fault::error(format!("there is no policy `{value}`"));
            faults.push(fault.at(place).nearest(value, names()));
        }
        value.clone()
    }

    fn target(
        &self,
        row: Row<'_>,
        scenario: &Scenario,
        faults: &mut Faults,
    ) -> Option<CalibrationTarget> {
        let name = row.name("target", faults);
        spoilt::refuse("a target", &name, &row.place(), faults);
        let outcome = known("outcome", row, OUTCOMES.iter().map(|of| of.name), faults);
        let scope = scope(row, scenario, faults);
        let measure = self.measure(row, scenario, faults);
        let from = month("from", row, scenario, faults);
        let to = month("to", row, scenario, faults);
        let value = value(row, measure.as_ref(), faults);
        let positive = |x: &f64| x.is_finite() && *x >= 0.0;
        let [observation, discrepancy] = ["observation_sd", "discrepancy_sd"]
            .map(|column| row.number(column, "a number, 0 or above", positive, faults));
        if observation.zip(discrepancy) == Some((0.0, 0.0)) {
            faults.push(row.wrong("discrepancy_sd", "above 0 where `observation_sd` is 0"));
        }
        let (from, to) = (from?, to?);
        if to < from {
            faults.push(row.wrong("to", "a month not before `from`"));
        }
        if matches!(measure, Some(Reckoning::Growth(since)) if since >= from) {
            faults.push(row.wrong("since", "a month before `from`"));
        }
        Some(CalibrationTarget {
            name,
            measure: measure?,
            outcome: outcome?,
            scope: scope?,
            months: (from, to + 1),
            value: value?,
            observation_sd: observation?,
            discrepancy_sd: discrepancy?,
            errs_with: row.text("errs_with").to_owned(),
            source: row.name("source", faults),
        })
    }

    fn measure(&self, row: Row<'_>, scenario: &Scenario, faults: &mut Faults) -> Option<Reckoning> {
        match known("measure", row, MEASURES, faults)?.as_str() {
            "growth" => month("since", row, scenario, faults).map(Reckoning::Growth),
            "rank" => self.ranks(row, scenario, faults).map(Reckoning::Rank),
            _ => Some(Reckoning::Mean),
        }
    }

    /// Numbers by province from the table that the target names.
    fn ranks(&self, row: Row<'_>, scenario: &Scenario, faults: &mut Faults) -> Option<Vec<f64>> {
        let name = row.name("table", faults);
        let (_, sheet) = self.tables.iter().find(|(known, _)| *known == name)?;
        let column = known(
            "column",
            row,
            sheet.columns().iter().map(String::as_str),
            faults,
        )?;
        let mut found = Vec::new();
        for province in &scenario.geography.provinces {
            let Some(of) = sheet.rows().find(|of| of.text("iso") == province.iso) else {
                let message = format!("there is no row of province {}", province.iso);
                faults.push(Fault::error(message).at(&sheet.place()));
                continue;
            };
            let finite = |x: &f64| x.is_finite();
            found.extend(of.number(&column, "a number", finite, faults));
        }
        (found.len() == scenario.geography.provinces.len()).then_some(found)
    }
}

/// The cell of `column`, which must be one of `names`.
/// What was seen: a correlation where ranks are compared.
fn value(row: Row<'_>, measure: Option<&Reckoning>, faults: &mut Faults) -> Option<f64> {
    match measure {
        Some(Reckoning::Rank(_)) => {
            let correlation = |x: &f64| (-1.0..=1.0).contains(x);
            row.number("value", "a correlation from -1 to 1", correlation, faults)
        }
        _ => row.number("value", "a number", |x: &f64| x.is_finite(), faults),
    }
}

fn known<'a>(
    column: &str,
    row: Row<'_>,
    names: impl IntoIterator<Item = &'a str>,
    faults: &mut Faults,
) -> Option<String> {
    let names: Vec<&str> = names.into_iter().collect();
    let found = row.text(column);
    if names.contains(&found) {
        return Some(found.into());
    }
    let fault = Fault::error(format!("there is no {column} `{found}`"));
    faults.push(fault.at(&row.place()).nearest(found, names));
    None
}

fn scope(row: Row<'_>, scenario: &Scenario, faults: &mut Faults) -> Option<Scope> {
    let geography = &scenario.geography;
    let found = row.text("scope");
    let province = |of: &crate::world::geography::Province| of.iso == found || of.name == found;
    if let Some(at) = geography.provinces.iter().position(province) {
        return Some(Scope::Province(at));
    }
    if let Some(at) = geography.regions.iter().position(|region| region == found) {
        return Some(Scope::Region(at));
    }
    let provinces = geography.provinces.iter().map(|of| of.iso.as_str());
    let names = geography
        .regions
        .iter()
        .map(String::as_str)
        .chain(provinces);
    known("scope", row, names.chain(["nation"]), faults).map(|_| Scope::Nation)
}

fn month(column: &str, row: Row<'_>, scenario: &Scenario, faults: &mut Faults) -> Option<u32> {
    let date: Option<Date> = row.number(column, "a month as 2016-01", |_| true, faults);
    let month = date?.months_since(scenario.start);
    let found = u32::try_from(month).ok();
    let inside = found.filter(|month| *month < scenario.months);
    if inside.is_none() {
        let end: Place = row.place();
        let message = format!(
            "`{column}` must lie inside the run, found {}",
            row.text(column)
        );
        faults.push(Fault::error(message).at(&end));
    }
    inside
}
