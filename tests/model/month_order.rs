//! The month has one order, and everything that tells it tells the same.

use std::sync::Arc;

use crate::world::*;
use cogov::model::{STEPS, steps_as_scheduled};
use cogov::simulation::Simulation;

fn scheduled() -> Vec<String> {
    let simulation = Simulation::new(Arc::new(small()));
    steps_as_scheduled(&mut simulation.world(&baseline(), 0, false))
}

#[test]
fn the_schedule_runs_the_steps_in_their_order() {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    assert_eq!(scheduled(), names);
}

#[test]
fn the_readme_lists_the_month_as_the_schedule_runs_it() {
    let readme = include_str!("../../README.md");
    let section = readme
        .split("## The month")
        .nth(1)
        .expect("a section on the month");
    let section = section.split("\n## ").next().unwrap_or_default();
    let listed: Vec<String> = section
        .lines()
        .filter_map(|line| line.split_once(". **"))
        .filter(|(number, _)| number.parse::<u32>().is_ok())
        .filter_map(|(_, rest)| rest.split_once("**"))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(listed, scheduled());
}

#[test]
fn each_step_is_a_file_that_opens_with_its_name() {
    for step in &STEPS {
        let path = format!("{}/src/model/{}.rs", env!("CARGO_MANIFEST_DIR"), step.name);
        let text = std::fs::read_to_string(&path).expect("a step is a file");
        let (first, rest) = step.name.split_at(1);
        let opening = format!("//! {}{rest}: ", first.to_uppercase());
        assert!(
            text.starts_with(&opening),
            "{} should begin with {opening}",
            step.name
        );
    }
}

#[test]
fn every_process_is_a_step_of_the_month() {
    let folder = format!("{}/src/model", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if text.contains("pub const STEP: Step") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(STEPS.iter().any(|step| step.name == name), "{name}");
        }
    }
}
