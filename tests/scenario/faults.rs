//! What the user sees when a scenario is wrong: every kind of fault, as rendered.
//!
//! Each case lays its files over a small sound scenario in a folder of its own; the folder's path
//! is cut from what is compared.

use crate::files::{ADJACENCY, ALLIANCES, FACTORS, Folder, PAIRINGS, PROVINCES};
use cogov::scenario::{Overrides, SweepTyped, load};

/// What is said of a study that extends the base and goes on with `text`.
fn study(case: &str, text: &str) -> String {
    with(
        case,
        &[("study.toml", &format!("extends = \"base.toml\"\n{text}"))],
    )
}

/// What is said when `files` are laid over the sound ones; without a study, the base is loaded.
fn with(case: &str, files: &[(&str, &str)]) -> String {
    let folder = Folder::new(case);
    folder.write("study.toml", b"extends = \"base.toml\"\n");
    for (name, text) in files {
        folder.write(name, text.as_bytes());
    }
    folder.say(&Overrides::default())
}

fn table(case: &str, name: &str, from: &str, to: &str) -> String {
    let sound = match name {
        "provinces.csv" => PROVINCES,
        "factors.csv" => FACTORS,
        "alliances.csv" => ALLIANCES,
        "pairings.csv" => PAIRINGS,
        _ => ADJACENCY,
    };
    assert!(sound.contains(from), "{from}");
    with(case, &[(name, &sound.replace(from, to))])
}

/// A snapshot of what is said in each case.
macro_rules! said {
    ($($case:ident => $said:expr;)*) => {$(
        #[test]
        fn $case() {
            let said: fn(&str) -> String = $said;
            insta::assert_snapshot!(stringify!($case), said(stringify!($case)));
        }
    )*};
}

said! {
    unknown_key => |case| study(case, "[sharing]\nnoize = 0.1\n[sharng]\nnoise = 0.1");
    unknown_key_of_an_intervention => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
describes = "?"
intervention = [{ use = "sharing-mandate", doze = 2.0 }]"#);
    an_intervention_called_as_the_whole_policy => |case| study(case, r#"
[[policy]]
name = "a"
intervention = [{ use = "sharing-mandate", name = "all", start = "2013-01" }]"#);
    wrong_type => |case| study(case, "[run]\nmonths = \"many\"\nreplications = 2.5\n[sharing]\nnoise = true\n[history]\nfirst_platforms = [1]");
    out_of_range => |case| study(case, "[sharing]\nnoise = -0.25\nrevision_rate = 1.5\n[capability]\ncomplementarity = 1.2");
    not_finite => |case| study(case, "[sharing]\nnoise = inf\nbenefit = nan");
    thresholds_that_no_distribution_has => |case| study(case, "[participation]\nthresholds = \"log-normal\"\nenterprise_threshold = 0.0\norganisation_threshold = -0.1");
    effort_that_leaves_nothing => |case| study(case, "[attention]\nresting_effort = 1.0\nhighest_effort = 0.9");
    bad_date => |case| study(case, "[run]\nstart = \"August 2012\"\n[history]\ncentre_adopts = 2015-08-01");
    bad_choice => |case| study(case, "[sharing]\nrule = \"imitate\"\n[output]\nseries = \"provinces\"\n[population]\nfrontline = \"city\"");
    missing_key => |case| with(case, &[("study.toml", "name = \"Bare\"\n[run]\nseed = 1")]);
    syntax => |case| study(case, "[sharing\nnoise = 0.1\n[run]\nmonths = = 3\nseed = 1 2");
    key_written_twice => |case| study(case, "[run]\nseed = 1\nseed = 2");
    missing_file => |case| study(case, "[population]\nprovinces = \"province.csv\"");
    missing_parent => |case| with(case, &[("study.toml", "extends = \"bass.toml\"")]);
    folder_instead_of_file => |case| study(case, "[network]\nadjacency = \".\"");
    more_departments_than_there_can_be => |case| study(case, "[network]\ndepartments = 17");
    departments_of_a_faulty_table => |case| with(case, &[
        ("study.toml", "extends = \"base.toml\"\n[network]\ndepartments = \"departments.csv\""),
        ("departments.csv", "name,line\nTaxation,-1\nTaxation,1\n,0.5\n"),
    ]);
    not_utf8 => |case| {
        let folder = Folder::new(case);
        folder.write("study.toml", b"extends = \"base.toml\"\nname = \"caf\xe9\"\n");
        folder.say(&Overrides::default())
    };
    circular_extends => |case| with(case, &[
        ("study.toml", "extends = \"other.toml\""),
        ("other.toml", "name = \"Other\"\nextends = \"study.toml\""),
    ]);
    duplicate_policies => |case| study(case, "[[policy]]\nname = \"a\"\n[[policy]]\nname = \"a\"");
    baseline_with_interventions => |case| study(case, r#"
[[policy]]
name = "baseline"
start = "2013-01"
intervention = [{ use = "sharing-mandate" }]"#);
    includes_itself => |case| study(case, r#"
[[policy]]
name = "a"
include = ["b"]
[[policy]]
name = "b"
include = ["a", "c"]"#);
    empty_target => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
intervention = [
    { use = "sharing-mandate", target = { level = "county" } },
    { use = "sharing-mandate", target = { province = "Hebei", random_share = 0.01 } },
    { use = "sharing-mandate", target = { region = [] } },
]"#);
    unknown_names_in_a_target => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
[policy.target]
level = "prefectures"
province = ["CN-BJ", "Hebie"]
region = "west"
alliance = "capitol"
lowest = { by = "attention.platforms", share = 0.25 }"#);
    shares_of_a_target => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
intervention = [{ use = "sharing-mandate", dose = -1.0, target = { random_share = 0.0, lowest = { by = "fiscl", share = 1.5 } } }]"#);
    stop_before_start => |case| study(case, r#"
[[policy]]
name = "a"
intervention = [{ use = "sharing-mandate", start = "2014-01", stop = "2013-06" }]"#);
    frontline_beside_a_level => |case| study(case, "[[policy]]\nname = \"a,b\"\nstart = \"2013-01\"\ntarget = { level = [\"frontline\", \"county\"] }");
    except_that_leaves_nobody => |case| study(case, "[[policy]]\nname = \"a\"\nstart = \"2013-01\"\ntarget = { province = \"北京\", except = \"Beijing\" }");
    slips_of_the_pen => |case| study(case, r#"
[sharing]
benefit = 500
[sweep]
design = "design.csv"
vary = { "sharing.noise" = "plausible" }
[[policy]]
name = "a"
start = "2005-01"
[[policy.intervention]]
name = "own"
stop = "2010-01"
dose = 1e308
upkeep_share = 15
changes = [{ lever = "sharing.mandate", multiply = -3 }]
[[policy.intervention]]
use = "sharing-mandate"
half_life_months = 6"#);
    border_told_twice => |case| table(case, "adjacency.csv", "CN-HE,CN-SX", "CN-HE,CN-SX\nCN-HE,CN-BJ");
    column_told_twice => |case| table(case, "provinces.csv", "short_zh,", "region,");
    name_told_twice => |case| table(case, "provinces.csv", "Shanxi,山西", "Hebei,山西");
    more_people_than_there_are => |case| table(case, "provinces.csv", "21893095", "18446744073709551615");
    no_start => |case| study(case, "[[policy]]\nname = \"a\"\nintervention = [{ use = \"sharing-mandate\" }]");
    start_after_the_end => |case| study(case, "[[policy]]\nname = \"a\"\nstart = \"2030-01\"\nintervention = [{ use = \"sharing-mandate\" }]");
    two_sets_on_one_lever => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
intervention = [
    { use = "league-table", target = { province = "Beijing" } },
    { use = "appraisal-reform", target = { region = "east" } },
]
[[policy]]
name = "apart-in-time-or-place"
start = "2013-01"
intervention = [
    { use = "league-table", target = { province = "Beijing" }, stop = "2014-01" },
    { use = "appraisal-reform", target = { province = "Beijing" }, start = "2014-01" },
    { use = "appraisal-reform", target = { province = "Hebei" } },
]"#);
    unknown_intervention => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
intervention = [{ use = "sharing-mandat" }, { dose = 1.0 }, { name = "own" }]"#);
    changes_of_levers => |case| study(case, r#"
[[policy]]
name = "a"
start = "2013-01"
[[policy.intervention]]
name = "own"
changes = [
    { lever = "sharing.mandates", add = 0.5 },
    { lever = "sharing.mandate", add = 0.5, multiply = 2.0 },
    { lever = "sharing.mandate" },
    { lever = "online.excluded", set = 2.0 },
]
cost_per_head_year = -1.0"#);
    couplings => |case| study(case, r#"
[[factors.coupling]]
factor = "plattform"
parameter = "capability.platform_growth"
elasticity = 0.5
[[factors.coupling]]
factor = "platform"
parameter = "capability.growth"
elasticity = 0.5"#);
    flagged_factor => |case| with(case, &[
        ("quality.csv", "factor,dimension,flagged\nplatform,technology,true\nsecurity,technology,true\n"),
        ("study.toml", r#"extends = "base.toml"
[factors]
quality = "quality.csv"
coupling = [
    { factor = "platform", parameter = "capability.platform_growth", elasticity = 0.5 },
    { factor = "security", parameter = "security.protection", elasticity = 0.5, despite_flag = true },
]"#),
    ]);
    zero_months_and_replications => |case| study(case, "[run]\nmonths = 0\nreplications = 0");
    report_of_strangers => |case| study(case, r#"
[report]
lead = ["satisfacton", "trust"]
against = "nobody"
window = ["2014-01", "2013-01"]
events = [{ date = "1999-01", label = "too early" }, { date = "2014-01" }]
leads = []"#);
    history_that_cannot_be => |case| study(case, r#"
[history]
pressure = { from = "2015-08" }
online_pulse = { from = "2014-06", to = "2014-01", factor = -1.0 }
incident_wave = { date = "2014-01", share = 1.5 }"#);
    empty_provinces => |case| with(case, &[("provinces.csv", PROVINCES.lines().next().unwrap())]);
    provinces_without_header => |case| with(case, &[("provinces.csv", "")]);
    missing_column => |case| table(case, "provinces.csv", "population", "people");
    unparsable_cells => |case| table(case, "provinces.csv", "74610235,35623.5,11", "many,0,-1");
    population_not_above_zero => |case| table(case, "provinces.csv", "74610235", "-74610235");
    province_twice => |case| table(case, "provinces.csv", "CN-SX", "CN-HE");
    province_without_frontline => |case| table(case, "provinces.csv", "17311.0,11", "17311.0,0");
    row_too_short => |case| table(case, "provinces.csv", ",35623.5,11,167", "");
    adjacency_of_a_stranger => |case| table(case, "adjacency.csv", "CN-SX", "CN-SH");
    adjacency_to_itself => |case| table(case, "adjacency.csv", "CN-SX", "CN-HE");
    alliance_of_a_stranger => |case| table(case, "alliances.csv", "2014,CN-HE", "later,CN-XX");
    pairing_of_a_stranger => |case| table(case, "pairings.csv", "CN-SX", "CN-XJ");
    factors_of_a_stranger => |case| table(case, "factors.csv", "CN-SX", "CN-XZ");
    factors_that_do_not_sum_to_one => |case| table(case, "factors.csv", "CN-HE,0.1", "CN-HE,0.4");
    factors_that_are_no_shares => |case| table(case, "factors.csv", "CN-HE,0.1,0.1", "CN-HE,1.1,x");
    bad_catalogue => |case| with(case, &[("catalogue.toml", "[sharing-mandate]\nchange = []\n[league-table]\nchanges = []")]);
    wrong_on_the_command_line => |case| {
        let folder = Folder::new(case);
        folder.write("study.toml", b"extends = \"base.toml\"\n");
        let set = ["sharing.nois=0.1", "sharing.noise=0", "run.start=soon", "run.months", "a.b={", "run=1"];
        folder.say(&Overrides {
            set: set.map(str::to_owned).to_vec(),
            policies: Some(vec!["mandate".into()]),
            ..Overrides::default()
        })
    };
    many_faults_in_several_files => |case| with(case, &[
        ("adjacency.csv", "a,b\nCN-BJ,CN-HH\n"),
        ("catalogue.toml", "[sharing-mandate]\nchanges = [{ lever = \"sharing.mandat\", add = 1.0 }]\n"),
        ("study.toml", r#"extends = "base.toml"
nam = "x"
[run]
months = -1
[[policy]]
name = "a"
start = "2013-13"
intervention = [{ use = "sharing-mandate" }]"#),
    ]);
}

#[test]
#[cfg(target_os = "linux")]
fn too_large_for_memory() {
    let said = study("memory", "[population]\ncitizens_per_million = 1e9");
    let (before, after) = said.split_once("for one run, ").unwrap();
    let (_available, after) = after.split_once(" GB is available").unwrap();
    insta::assert_snapshot!(format!("{before}for one run, ... GB is available{after}"), @r"
    error: 131418946000 citizens need 1577.0 GB of memory for one run, ... GB is available
      --> study.toml:3:24

    hint: lower `population.citizens_per_million`
    ");
}

#[test]
fn numbers_typed_on_the_command_line_count() {
    let folder = Folder::new("typed");
    folder.write(
        "study.toml",
        b"extends = \"base.toml\"\n[[policy]]\nname = \"a\"\n[[policy]]\nname = \"b\"\n",
    );
    let typed = Overrides {
        set: vec![
            "population.frontline=county".into(),
            "sharing.noise = 0.3".into(),
            "population.citizens_per_million=10".into(),
        ],
        seed: Some(u64::MAX),
        replications: Some(7),
        months: Some(12),
        policies: Some(vec!["b".into()]),
        worlds: Some(0),
        sweep: SweepTyped::default(),
    };
    let scenario = load(folder.0.join("study.toml"), &typed).unwrap().scenario;
    assert_eq!(
        (scenario.seed, scenario.replications, scenario.months),
        (u64::MAX, 7, 12)
    );
    assert_eq!(scenario.values.get("sharing.noise"), Some(0.3));
    assert_eq!(scenario.population.citizens_per_million, 10.0);
    let names: Vec<&str> = scenario
        .policies
        .iter()
        .map(|policy| policy.name.as_str())
        .collect();
    assert_eq!(names, ["baseline", "b"]);
}

/// Terms of policies can be typed as parameters can; policies left out are not looked at.
#[test]
fn terms_typed_on_the_command_line_count() {
    let folder = Folder::new("typed-terms");
    let policies = r#"extends = "base.toml"
[[policy]]
name = "v1"
start = "2013-01"
intervention = [{ use = "sharing-mandate" }]
[[policy]]
name = "v1.5"
include = ["v1"]
[[policy]]
name = "late"
start = "2030-01"
intervention = [{ use = "sharing-mandate" }]
"#;
    folder.write("study.toml", policies.as_bytes());
    let typed = |set: &str, chosen: &[&str]| Overrides {
        set: vec![set.into()],
        policies: Some(chosen.iter().map(|name| (*name).to_owned()).collect()),
        ..Overrides::default()
    };
    let load = |typed: &Overrides| load(folder.0.join("study.toml"), typed);
    let loaded = load(&typed("policy.v1.5.dose=2", &["v1.5"])).unwrap();
    let course = &loaded.scenario.policies[1].interventions[0].course;
    assert_eq!((course.dose, loaded.warnings), (2.0, vec![]));
    let loaded = load(&typed("policy.late.start = \"2014-01\"", &["late"])).unwrap();
    let course = &loaded.scenario.policies[1].interventions[0].course;
    assert_eq!(course.start.to_string(), "2014-01");
    let faults = load(&typed("policy.v1.dosis=2", &["v1"])).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("did you mean `policy.v1.dose`?"),
        "{faults}"
    );
}

#[test]
fn more_regions_than_can_be_told_apart() {
    let row = |i: usize| format!("X-{i},P{i},,r{i},province,1000,10,1,1\n");
    let head = PROVINCES.lines().next().unwrap();
    let rows: String = (0..257).map(row).collect();
    let said = with("regions", &[("provinces.csv", &format!("{head}\n{rows}"))]);
    assert!(
        said.contains("there are 257 regions, 256 are possible"),
        "{said}"
    );
}
