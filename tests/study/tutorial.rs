//! The tutorial, typed as it stands: its scenario is saved, every command of it is carried out.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use crate::command::{ROOT, cogov, done, folder};

/// What stands in blocks of `kind`.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    let begun = text.split(&fence).skip(1);
    begun
        .map(|rest| rest.split_once("```").unwrap().0.to_owned())
        .collect()
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copied(&path, &there),
            false => _ = fs::copy(&path, there).unwrap(),
        }
    }
}

/// The shipped scenarios with the tutorial's own, of few citizens.
fn home(tutorial: &str) -> PathBuf {
    let home = folder("tutorial", "typed");
    let scenarios = home.join("scenarios");
    copied(&Path::new(ROOT).join("scenarios"), &scenarios);
    let base = scenarios.join("china31.toml");
    let text = fs::read_to_string(&base).unwrap();
    let few = text.replacen("citizens_per_million = 100", "citizens_per_million = 2", 1);
    assert!(few != text, "the scenario has no citizens to be fewer");
    fs::write(base, few).unwrap();
    let [saved] = &blocks(tutorial, "toml")[..] else {
        panic!("the tutorial has one scenario");
    };
    fs::write(scenarios.join("east-first.toml"), saved).unwrap();
    home
}

/// The page is opened, and ended again.
fn lab(home: &Path, command: &str) {
    let mut child = cogov(home, &format!("{command} --no-open"))
        .spawn()
        .unwrap();
    let mut address = String::new();
    let said = child.stdout.as_mut().unwrap();
    BufReader::new(said).read_line(&mut address).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
}

#[test]
fn every_command_of_the_tutorial_does_what_it_says() {
    let tutorial = include_str!("../../docs/tutorial.md");
    let home = home(tutorial);
    let shell = blocks(tutorial, "sh").concat();
    let commands: Vec<&str> = shell
        .lines()
        .filter_map(|line| line.strip_prefix("cogov "))
        .collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for command in commands {
        match command.starts_with("lab ") {
            true => lab(&home, command),
            false => _ = done(&home, command),
        }
    }
    for page in ["east-first", "east-first-sweep", "east-first-alone"] {
        assert!(
            home.join("results").join(page).join("report.html").exists(),
            "{page}"
        );
    }
    let checked = done(&home, "check scenarios/east-first.toml");
    let told = String::from_utf8(checked.stdout).unwrap();
    for line in ["143 of 451 governments", "451 of 451 governments"] {
        assert!(
            told.contains(line) && tutorial.contains(line),
            "{line}: {told}"
        );
    }
}
