//! A small sound scenario, to be made faulty in one way or another.

use std::fs;
use std::path::PathBuf;

use cogov::scenario::{Overrides, load};

/// The scenario that studies extend.
pub const BASE: &str = r#"name = "Small"
[run]
start = "2012-08"
months = 48
replications = 2
[population]
provinces = "provinces.csv"
citizens = 3000
[network]
adjacency = "adjacency.csv"
alliances = "alliances.csv"
pairing = "pairings.csv"
[factors]
table = "factors.csv"
[interventions]
catalogue = "catalogue.toml"
[country]
currency = "RMB"
gap = ["east", "west"]
[country.columns]
name = "name_en"
second_name = "short_zh"
product = { column = "gdp_2019_100m_yuan", unit = 1e8 }
[start]
[history]
"#;

pub const CATALOGUE: &str = r#"
[sharing-mandate]
changes = [{ lever = "sharing.mandate", add = 0.5 }]
ramp_months = 24
cost_per_head_year = 1.5
[appraisal-reform]
changes = [{ lever = "attention.appraisal_weight", set = 0.1 }]
[league-table]
changes = [{ lever = "attention.appraisal_weight", set = 1.0 }]
"#;

pub const PROVINCES: &str = "\
iso,name_en,short_zh,region,kind,population,gdp_2019_100m_yuan,prefectures,counties
CN-BJ,Beijing,北京,east,municipality,21893095,37767.0,0,16
CN-HE,Hebei,河北,east,province,74610235,35623.5,11,167
CN-SX,Shanxi,山西,centre,province,34915616,17311.0,11,117
";
pub const ADJACENCY: &str = "a,b\nCN-BJ,CN-HE\nCN-HE,CN-SX\n";
pub const ALLIANCES: &str = "name_en,year,iso\ncapital,2014,CN-BJ\ncapital,2014,CN-HE\n";
pub const PAIRINGS: &str = "year,supporter,partner\n2016,CN-BJ,CN-SX\n";
pub const FACTORS: &str = "\
iso,participation,service,coordination,data_rules,platform,security
CN-BJ,0.1,0.1,0.2,0.2,0.3,0.1
CN-HE,0.1,0.1,0.2,0.2,0.3,0.1
CN-SX,0.1,0.1,0.2,0.2,0.3,0.1
";

/// A study that uses every key there is.
pub const STUDY: &str = r#"extends = "base.toml"
question = "?"
[run]
seed = 3
[output]
series = "region"
[factors]
coupling = [{ factor = "platform", parameter = "capability.platform_growth", elasticity = 0.5, despite_flag = true }]
[sharing]
rule = "imitation"
noise = 0.2
[history]
centre_adopts = "2013-08"
pressure = { from = "2013-08", ramp_months = 24 }
first_platforms = ["CN-BJ"]
online_pulse = { from = "2014-01", to = "2014-06", factor = 15.0 }
incident_wave = { date = "2014-01", share = 0.5 }
[catalogue.sharing-mandate]
upkeep_share = 0.5
[[policy]]
name = "a"
describe = "?"
start = "2013-01"
target = { level = "frontline", region = "east", alliance = "capital", lowest = { by = "attention.platform", share = 0.25 } }
intervention = [{ use = "sharing-mandate", dose = 2.0, half_life_months = 6, stop = "2014-06" }]
[[policy]]
name = "b"
include = ["a", { policy = "a", start = "2014-01", target = { except = "Hebei", random_share = 0.5 } }]
[[policy.intervention]]
name = "own"
start = "2015-01"
ramp_months = 3
changes = [{ lever = "sharing.mandate", add = 0.5 }, { lever = "online.excluded", multiply = 0.5 }]
cost_per_head_year = 1.5
setup_cost = 2.0e8
"#;

/// Every file of the study.
pub const FILES: [(&str, &str); 8] = [
    ("study.toml", STUDY),
    ("base.toml", BASE),
    ("catalogue.toml", CATALOGUE),
    ("provinces.csv", PROVINCES),
    ("adjacency.csv", ADJACENCY),
    ("alliances.csv", ALLIANCES),
    ("pairings.csv", PAIRINGS),
    ("factors.csv", FACTORS),
];

/// A folder with a sound scenario.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Folder of its own for `case`.
    pub fn new(case: &str) -> Self {
        let name = format!("cogov-faults-{}-{case}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        // the study itself is what a case writes
        for (name, text) in &FILES[1..] {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    /// Adds a file or replaces it.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    /// What `load` says, or its warnings.
    pub fn say(&self, overrides: &Overrides) -> String {
        let said = match load(self.0.join("study.toml"), overrides) {
            Err(faults) => faults.to_string(),
            Ok(loaded) => {
                let warnings = loaded.warnings.iter().map(ToString::to_string);
                warnings.collect::<Vec<_>>().join("\n\n")
            }
        };
        said.replace(&format!("{}/", self.0.display()), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
