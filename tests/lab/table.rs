//! A small scenario with the shipped catalogue, in a folder of the test's own.

use std::fs;
use std::path::{Path, PathBuf};

use cogov::lab::job::Workshop;
use cogov::lab::opened::Opened;
use cogov::study::Options;

use crate::command::{ROOT, folder, times};

/// How often something random is tried: so often, or as `COGOV_ROUNDS` says.
pub fn rounds(gate: u32) -> u32 {
    times("COGOV_ROUNDS", gate.into()) as u32
}

/// The file of the scenario, and the folder in which it lies.
pub fn scenario(test: &str) -> (PathBuf, PathBuf) {
    let home = folder("lab", test);
    let small = Path::new(ROOT).join("tests/fixtures/small");
    for entry in fs::read_dir(small).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, home.join(path.file_name().unwrap())).unwrap();
    }
    let catalogue = Path::new(ROOT).join("scenarios/catalogue.toml");
    fs::copy(catalogue, home.join("catalogue.toml")).unwrap();
    let text = "extends = \"small.toml\"\nname = \"On the bench\"\n[interventions]\ncatalogue = \"catalogue.toml\"\n";
    let file = home.join("bench.toml");
    fs::write(&file, text).unwrap();
    (file, home)
}

/// The scenario opened, and where its runs go.
pub fn opened(test: &str) -> (Opened, Workshop, PathBuf) {
    let (file, home) = scenario(test);
    let workshop = Workshop::of(&home.join("out"), Options::default());
    (Opened::file(&file).unwrap(), workshop, home)
}
