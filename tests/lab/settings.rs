//! What stands under the levers is what is saved, and what is saved is opened as it stood.

use std::fs;
use std::path::Path;

use cogov::chance::{Chance, Draw, Stream};
use cogov::intervention::Policy;
use cogov::lab::opened::Opened;
use cogov::lab::settings::LabSettings;
use cogov::scenario::Scenario;
use cogov::study::{Options, Study};
use serde_json::json;

use crate::command::done;
use crate::table::{opened, rounds};

/// A whole number below `n`.
fn below(luck: &mut Stream, n: usize) -> usize {
    ((luck.uniform() * n as f64) as usize).min(n - 1)
}

fn any_of(luck: &mut Stream, n: usize) -> Vec<usize> {
    (0..n).filter(|_| luck.uniform() < 0.4).collect()
}

/// A lever as a page sends it: of the catalogue or spelled out, with any terms.
fn lever(opened: &Opened, luck: &mut Stream) -> serde_json::Value {
    let entry = &opened.loaded.catalogue[below(luck, opened.loaded.catalogue.len())];
    let (year, month) = (2012 + below(luck, 3), 1 + below(luck, 12));
    let stop = (luck.uniform() < 0.3).then(|| format!("{}-{month:02}", year + 1 + below(luck, 3)));
    let own = luck.uniform() < 0.2;
    let mut cost = json!(entry.measure.cost());
    if own {
        cost["per_head_year"] = json!(luck.uniform());
    }
    let lowest =
        (luck.uniform() < 0.2).then(|| json!({ "by": "capacity", "share": luck.open_uniform() }));
    let random = (luck.uniform() < 0.2).then(|| luck.open_uniform());
    let frontline = luck.uniform() < 0.3;
    let levels = if !frontline && luck.uniform() < 0.3 {
        vec!["prefecture"]
    } else {
        Vec::new()
    };
    json!({
        "name": if own { format!("my \"{}\"", entry.name) } else { entry.name.clone() },
        "changes": entry.measure.changes(), "cost": cost,
        "course": {
            "start": format!("{year}-{month:02}"), "ramp_months": below(luck, 40), "dose": 3.0 * luck.uniform(),
            "half_life_months": if stop.is_some() { 10.0 * luck.uniform() } else { 0.0 }, "stop": stop,
        },
        "target": {
            "levels": levels, "frontline": frontline, "provinces": any_of(luck, 3), "regions": any_of(luck, 2),
            "alliances": Vec::<usize>::new(), "lowest": lowest, "random_share": random,
        },
    })
}

fn random(opened: &Opened, luck: &mut Stream) -> LabSettings {
    let names = ["first", "a \"second\"", "第三", "four-th"];
    let policies = (0..below(luck, 5)).map(|at| -> Policy {
        let levers: Vec<_> = (0..below(luck, 5)).map(|_| lever(opened, luck)).collect();
        let policy = json!({ "name": names[at], "describe": "", "interventions": levers });
        serde_json::from_value(policy).unwrap()
    });
    let policies = policies.collect();
    let values = [("sharing.benefit", 6.0), ("sharing.noise", 0.5)];
    let moved = |(path, most): (&str, f64)| {
        let value = most * luck.open_uniform();
        (luck.uniform() < 0.5).then(|| (path.to_owned(), value))
    };
    let values = values.into_iter().filter_map(moved).collect();
    LabSettings {
        name: format!("No {} of 'many'", below(luck, 1000)),
        policies,
        values,
        pairs: 1 + below(luck, 1000) as u32,
        worlds: 0,
    }
}

#[test]
fn every_lever_stands_as_it_stood_when_what_was_saved_is_opened_again() {
    let (opened, _, home) = opened("settings");
    let chance = Chance::new(23, 0);
    let (mut accepted, mut tried) = (0, 0);
    while accepted < 200 {
        tried += 1;
        assert!(
            tried < 2000,
            "only {accepted} of {tried} settings make sense"
        );
        let mut luck = chance.words(Draw::new(960, 0), tried, 0);
        let settings = random(&opened, &mut luck);
        // two levers of one policy may contradict each other, or reach nobody
        let Ok((text, loaded)) = opened.understood(&settings) else {
            continue;
        };
        accepted += 1;
        stands_again(&opened, (&settings, text, &loaded.scenario), &home);
    }
    println!("{accepted} of {tried} settings made sense");
}

/// The hash of the results in `folder`.
fn hash(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    manifest["result_sha256"].as_str().unwrap().to_owned()
}

/// Has Python compare the saved scenario, where the package is installed; `COGOV_PYTHON` names a Python.
fn in_python(home: &Path) -> Option<String> {
    let program = std::env::var("COGOV_PYTHON").unwrap_or_else(|_| "python3".into());
    let code = "import cogov; cogov.load('saved.toml').compare(out='python', force=True)";
    let mut command = std::process::Command::new(program);
    let ended = command.current_dir(home).args(["-c", code]).output();
    let package = |fault: &str| fault.contains("No module named 'cogov'");
    let ended = ended.ok()?;
    let fault = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() || package(&fault), "{fault}");
    ended.status.success().then(|| hash(&home.join("python")))
}

/// The page's own runs, `cogov compare` of the saved file and Python's, with one hash; `COGOV_ROUNDS=200`
/// tries two hundred settings.
#[test]
fn what_is_saved_is_run_to_the_same_bytes_by_every_face() {
    let (opened, _, home) = opened("faces");
    let chance = Chance::new(31, 0);
    let (mut compared, mut tried) = (0, 0);
    while compared < rounds(3) {
        tried += 1;
        let mut luck = chance.words(Draw::new(962, 0), tried, 0);
        let mut settings = random(&opened, &mut luck);
        settings.pairs = 2;
        let Ok((text, loaded)) = opened.understood(&settings) else {
            continue;
        };
        if settings.policies.is_empty() {
            continue;
        }
        compared += 1;
        fs::write(home.join("saved.toml"), &text).unwrap();
        let own = Options {
            folder: Some(home.join("own")),
            force: true,
            ..Options::default()
        };
        let own = Study::open(loaded, own).unwrap().compare().unwrap();
        done(&home, "compare saved.toml --quiet --force --out typed");
        let hashes = [own.study.result_sha256, in_python(&home)];
        for other in hashes.into_iter().flatten() {
            assert_eq!(other, hash(&home.join("typed")), "{text}");
        }
    }
}

/// What was saved as this `text` opens again with every lever as it stood.
fn stands_again(
    opened: &Opened,
    (settings, text, run): (&LabSettings, String, &Scenario),
    home: &Path,
) {
    assert_eq!(run.policies[1..], settings.policies, "{text}");
    let file = home.join("saved.toml");
    fs::write(&file, &text).unwrap();
    let again = Opened::file(&file).unwrap_or_else(|faults| panic!("{faults}\n{text}"));
    let stands = LabSettings::of(&again.loaded);
    assert_eq!(
        (&stands.policies, stands.pairs, &stands.name),
        (&settings.policies, settings.pairs, &settings.name)
    );
    for (path, value) in &settings.values {
        let found = again.loaded.scenario.values.get(path);
        assert_eq!(found, Some(*value), "{path}");
    }
    let dropped = opened.dropped(text).unwrap();
    let stands = LabSettings::of(&dropped.loaded);
    assert_eq!(stands.policies, settings.policies);
    let (_, twice) = dropped.understood(&stands).unwrap();
    assert_eq!(twice.scenario.policies, run.policies);
}

#[test]
fn a_dropped_file_names_its_faults_with_line_and_column() {
    let (opened, ..) = opened("dropped");
    let text =
        "extends = \"bench.toml\"\nname = \"a\"\n\n[[policy]]\nname = \"b\"\nstrat = \"2013-01\"\n";
    let said = opened.dropped(text.into()).unwrap_err().to_string();
    assert!(said.contains("dropped file:6:1"), "{said}");
    let text = "extends = \"bench.toml\"\nname = ";
    let said = opened.dropped(text.into()).unwrap_err().to_string();
    assert!(said.contains("dropped file:2:"), "{said}");
}

#[test]
fn a_dropped_file_reads_nothing_outside_the_folder() {
    let (opened, _, home) = opened("outside");
    let stranger = home.parent().unwrap().join("stranger.toml");
    fs::write(&stranger, "name = \"secret\"\n").unwrap();
    for path in ["../stranger.toml", &stranger.display().to_string()] {
        let text = format!("extends = \"{path}\"\n");
        let said = opened.dropped(text).unwrap_err().to_string();
        assert!(said.contains("outside the scenario's folder"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn all_shipped_scenarios_can_be_opened_and_saved() {
    for entry in fs::read_dir(format!("{}/scenarios", crate::command::ROOT)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") || path.ends_with("catalogue.toml") {
            continue;
        }
        let opened = Opened::file(&path).unwrap();
        let settings = LabSettings::of(&opened.loaded);
        let understood = opened.understood(&settings);
        let (text, loaded) =
            understood.unwrap_or_else(|faults| panic!("{}: {faults}", path.display()));
        assert_eq!(loaded.scenario.policies[1..], settings.policies, "{text}");
    }
}
