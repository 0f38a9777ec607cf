//! Doors by which bytes that anybody may have written come in, each as a function that must come back.
//!
//! The fuzzer in `fuzz/` throws inputs at them for as long as one likes; the gate enters each with what it
//! is usually given, changed a little, and with every input that once broke something.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use cogov::experiment::runs::digest::Detail;
use cogov::experiment::runs::digest::Digest;
use cogov::experiment::runs::plan::{Plan, RunHash};
use cogov::factors::Framework;
use cogov::lab::opened::Opened;
use cogov::lab::settings::LabSettings;
use cogov::output::factors::counts::read_documents;
use cogov::output::folder::Kind;
use cogov::output::folder::manifest::Manifest;
use cogov::scenario::{GivenTexts, Loaded, Overrides, Scenario, SweepTyped, load_texts};
use cogov::simulation::{Onward, Simulation, Unfinished};
use cogov::study::runs::store::RunStore;

use crate::files::FILES;

/// A door: its name, who lives behind it, and what usually comes in.
pub struct Door {
    pub name: &'static str,
    pub enter: fn(&[u8]),
    pub usual: fn() -> Vec<Vec<u8>>,
}

pub const DOORS: [Door; 8] = [
    Door {
        name: "files",
        enter: files,
        usual: usual_files,
    },
    Door {
        name: "typed",
        enter: typed,
        usual: usual_words,
    },
    Door {
        name: "manifest",
        enter: manifest,
        usual: || vec![written_manifest()],
    },
    Door {
        name: "run",
        enter: run,
        usual: || vec![packed_run()],
    },
    Door {
        name: "checkpoint",
        enter: checkpoint,
        usual: || vec![saved_state()],
    },
    Door {
        name: "counts",
        enter: counts,
        usual: || vec![COUNTS.into()],
    },
    Door {
        name: "keywords",
        enter: keywords,
        usual: || vec![KEYWORDS.into()],
    },
    Door {
        name: "request",
        enter: request,
        usual: || vec![settings()],
    },
];

/// Files beside those of the study: a design and plausible worlds.
const DESIGN: &str = "sharing.benefit,policy.a.dose,sharing.rule\n1.5,0.5,logit\n2,1,imitation\n";
const WORLDS: &str = "world,weight,sharing.benefit\none,1,2.0\ntwo,0.5,3.5\n";
const ENDING: &str = "\n[sweep]\ndesign = \"design.csv\"\n[ensemble]\ntable = \"worlds.csv\"\n";

fn texts() -> Vec<(&'static str, String)> {
    let all = FILES
        .into_iter()
        .chain([("design.csv", DESIGN), ("worlds.csv", WORLDS)]);
    let mut all: Vec<(&str, String)> = all.map(|(name, text)| (name, text.to_owned())).collect();
    all[0].1.push_str(ENDING);
    all
}

fn loaded(texts: Vec<(&'static str, String)>, typed: &Overrides) -> Option<Loaded> {
    let texts: BTreeMap<String, String> = texts
        .into_iter()
        .map(|(name, text)| (name.into(), text))
        .collect();
    // nothing but these texts is read
    let given = GivenTexts {
        texts,
        beside: Some(Vec::new()),
    };
    match load_texts("study.toml", given, Path::new("/nowhere"), typed) {
        Ok(loaded) => Some(loaded),
        Err(faults) => {
            assert!(!faults.to_string().is_empty());
            None
        }
    }
}

/// The first byte names the file of the study whose place the others take.
fn files(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else {
        return;
    };
    let mut texts = texts();
    let which = usize::from(*which) % texts.len();
    texts[which].1 = String::from_utf8_lossy(text).into_owned();
    if let Some(loaded) = loaded(texts, &Overrides::default()) {
        holds(&loaded);
    }
}

/// Whatever is accepted may be read back, and can be begun.
fn holds(loaded: &Loaded) {
    let scenario = &loaded.scenario;
    assert_eq!(
        scenario.check(),
        Ok(()),
        "what was accepted is not read back"
    );
    if let Some(sweep) = &loaded.sweep {
        assert_eq!(
            sweep.check(scenario),
            Ok(()),
            "what was accepted is not read back"
        );
    }
    let citizens =
        scenario.geography.population() as f64 * scenario.population.citizens_per_million / 1e6;
    if citizens < 5000.0 {
        let simulation = Simulation::new(Arc::new(scenario.clone()));
        let last = scenario.policies.last().expect("there is a baseline");
        let mut run = simulation.begin(last, 0, false);
        let months = scenario.months.min(2);
        assert_eq!(
            run.advance(months, &mut |_| Onward::Continue),
            Onward::Continue
        );
    }
}

fn usual_files() -> Vec<Vec<u8>> {
    let all = texts().into_iter().enumerate();
    all.map(|(at, (_, text))| [&[at as u8], text.as_bytes()].concat())
        .collect()
}

/// Lines as they are typed after `--set` and `--vary`.
fn typed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines = || text.lines().take(8).map(str::to_owned);
    let vary = lines().filter(|line| line.contains("..")).collect();
    let overrides = Overrides {
        set: lines().filter(|line| !line.contains("..")).collect(),
        sweep: SweepTyped {
            vary,
            ..SweepTyped::default()
        },
        ..Overrides::default()
    };
    let mut texts = texts();
    texts[0].1 = texts[0].1.replace(ENDING, "");
    if let Some(loaded) = loaded(texts, &overrides) {
        holds(&loaded);
    }
}

fn usual_words() -> Vec<Vec<u8>> {
    let set = "policy.a.start=\"2014-02\"\nsharing.benefit=2\npopulation.mean_field=true";
    let vary = "sharing.benefit=1..6\npolicy.b.dose=0..2\nsharing.rule=logit,imitation..";
    vec![set.into(), vary.into()]
}

fn scenario() -> &'static Loaded {
    static SCENARIO: OnceLock<Loaded> = OnceLock::new();
    SCENARIO.get_or_init(|| loaded(texts(), &Overrides::default()).expect("the study is sound"))
}

fn manifest(bytes: &[u8]) {
    if let Ok((manifest, scenario)) = Manifest::of_text(bytes)
        && let Ok(plan) = manifest.plan(Arc::new(scenario))
    {
        let group = plan.group_of(0).expect("there is a first run");
        holds(&Loaded::from(Scenario::clone(&group.point.scenario)));
    }
}

/// The manifest of the study, said to be of another version, whose hash is not compared: the rules
/// alone must hold.
fn written_manifest() -> Vec<u8> {
    let Loaded {
        scenario, sweep, ..
    } = scenario();
    let mut manifest = Manifest::begin(
        Kind::Policies,
        scenario,
        (sweep.as_ref(), Detail::Judged),
        Vec::new(),
        Vec::new(),
    );
    manifest.version = "0".into();
    manifest.text(scenario)
}

fn run_hash() -> RunHash {
    RunHash::of(b"a run")
}

/// What passes for a run has its checksum; it is set right, so that the rest is read too.
fn run(bytes: &[u8]) {
    let mut whole = bytes.to_vec();
    if let Some(body) = bytes.len().checked_sub(4) {
        let checksum = crc32fast::hash(&bytes[..body]);
        whole[body..].copy_from_slice(&checksum.to_le_bytes());
    }
    let plan = Plan::of(Arc::new(scenario().scenario.clone()));
    if let Some(digest) = RunStore::in_memory().unpack(&run_hash(), &whole) {
        let _ = digest.fits(&plan.kept());
    }
}

fn packed_run() -> Vec<u8> {
    let store = RunStore::in_memory();
    let digest = Digest {
        means: vec![0.5, f64::NAN],
        series: vec![1.0; 3],
        costs: vec![[1.0, 2.0, 3.0]],
        ..Digest::default()
    };
    store.put(&run_hash(), &digest).unwrap();
    store.packed(&run_hash()).unwrap().unwrap()
}

fn begun() -> Unfinished {
    static SIMULATION: OnceLock<Simulation> = OnceLock::new();
    let simulation = SIMULATION.get_or_init(|| {
        let mut scenario = scenario().scenario.clone();
        scenario.population.citizens_per_million = 1.0;
        Simulation::new(Arc::new(scenario))
    });
    let policy = simulation.scenario().policies.last().unwrap();
    simulation.begin(policy, 0, false)
}

fn checkpoint(mut bytes: &[u8]) {
    let mut run = begun();
    let _ = run.restore(&mut bytes);
}

fn saved_state() -> Vec<u8> {
    let mut run = begun();
    run.advance(2, &mut |_| Onward::Continue);
    let mut state = Vec::new();
    run.save(&mut state).unwrap();
    state
}

const COUNTS: &str = "2\n3\n4\n1 1 2\n1 3 1\n2 2 5\n2 3 1\n";

fn counts(bytes: &[u8]) {
    let _ = read_documents(&String::from_utf8_lossy(bytes), 3);
}

const KEYWORDS: &str = "dimensions = [\"d\"]\n[scope]\nzh = [\"数字政府\"]\n[weights]\n\"law\" = 0.5\n\
    [[factor]]\nname = \"service\"\ndimension = \"d\"\nzh = [\"政务服务\", \"互联网+政务\"]\nen = [\"public service\"]\n\
    [[factor]]\nname = \"platform\"\ndimension = \"d\"\nzh = [\"云平台\"]\n[[beside]]\nname = \"industry\"\nzh = [\"智能制造\"]\n";

fn keywords(bytes: &[u8]) {
    let _ = Framework::parse(&String::from_utf8_lossy(bytes), "keywords.toml");
}

fn opened() -> &'static Opened {
    static OPENED: OnceLock<Opened> = OnceLock::new();
    OPENED.get_or_init(|| {
        let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("/fuzz");
        let small = Path::new(root).join("tests/fixtures/small/small.toml");
        Opened::file(&small).expect("the small scenario is sound")
    })
}

/// What a page of the lab asks to be run.
fn request(bytes: &[u8]) {
    let Ok(settings) = serde_json::from_slice::<LabSettings>(bytes) else {
        return;
    };
    match opened().understood(&settings) {
        Ok((_, loaded)) => holds(&loaded),
        Err(faults) => assert!(!faults.to_string().is_empty()),
    }
}

fn settings() -> Vec<u8> {
    serde_json::to_vec(&LabSettings::of(&opened().loaded)).unwrap()
}
