//! How the outcomes of one policy unfold, as people and programs read it.

use serde_json::{Map, Value, json};

use crate::cli::shared::numbers::{decimal, short_name};
use crate::cli::shared::terminal::blocks;
use crate::experiment::runs::digest::YEAR;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::study::PolicyCourse;

/// National means of the main outcomes by year, the last 12 months at the end.
pub fn by_year(course: &PolicyCourse) -> String {
    let scenario = &*course.study.scenario;
    let mut header = vec!["period".to_owned()];
    let main = main_outcomes();
    header.extend(main.iter().map(|o| short_name(OUTCOMES[*o].name)));
    let mut rows = vec![header];
    let mut periods: Vec<_> = course.periods.iter().zip(&course.means).collect();
    periods.rotate_left(1);
    for (period, means) in periods {
        let name = period.name.strip_prefix(YEAR).unwrap_or(&period.name);
        let mut row = vec![name.to_owned()];
        row.extend(main.iter().map(|o| decimal(means[*o])));
        rows.push(row);
    }
    format!(
        "{}: {}, national means of {} replications\n\n{}\n{}",
        scenario.name,
        scenario.policies[0].name,
        scenario.replications,
        blocks(&rows),
        super::places(&course.study)
    )
}

/// For programs.
pub fn summary(course: &PolicyCourse) -> Value {
    let (study, scenario) = (&course.study, &*course.study.scenario);
    let outcomes = OUTCOMES.iter().zip(&course.means[0]);
    let judged = outcomes.map(|(outcome, mean)| (outcome.name.to_owned(), json!(mean)));
    json!({
        "scenario": scenario.name,
        "policy": scenario.policies[0].name,
        "folder": study.folder,
        "runs": study.runs,
        "result_sha256": study.result_sha256,
        "last_12_months": judged.collect::<Map<_, _>>(),
    })
}
