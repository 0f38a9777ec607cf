//! A scenario as it was read, with everything that was changed of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use cogov::scenario::input::Input;
use cogov::scenario::{Loaded, Overrides, SweepTyped, load_texts};
use cogov::study::{Options, Study};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::faults::{FaultParts, of_scenario, parts, raised};
use crate::guard::shielded;

/// What is changed of a scenario, by the names that the command line has for it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Changes {
    set: Vec<String>,
    seed: Option<u64>,
    replications: Option<u32>,
    months: Option<u32>,
    policies: Option<Vec<String>>,
    worlds: Option<u32>,
    vary: Vec<String>,
    method: Option<String>,
    points: Option<u32>,
    design: Option<String>,
}

impl From<Changes> for Overrides {
    fn from(of: Changes) -> Self {
        Self {
            set: of.set,
            seed: of.seed,
            replications: of.replications,
            months: of.months,
            policies: of.policies,
            worlds: of.worlds,
            sweep: SweepTyped {
                vary: of.vary,
                method: of.method,
                points: of.points,
                design: of.design,
            },
        }
    }
}

/// A scenario that was read and is sound.
#[pyclass(frozen, module = "cogov._cogov")]
pub struct Scenario {
    /// What was read.
    pub loaded: Loaded,
}

/// An input: its path, its range, the words that it can be.
type InputParts = (String, Option<(f64, f64)>, Vec<&'static str>);

#[pymethods]
impl Scenario {
    /// Reads the scenario `name` in the folder `home`; `texts` stand for files of these names.
    #[staticmethod]
    fn read(
        py: Python<'_>,
        name: &str,
        texts: BTreeMap<String, String>,
        home: PathBuf,
        changes: Changes,
    ) -> PyResult<Self> {
        let overrides = Overrides::from(changes);
        let loaded = shielded(py, || load_texts(name, texts, &home, &overrides))?;
        let loaded = loaded.map_err(|faults| of_scenario(py, &faults))?;
        Ok(Self { loaded })
    }

    #[getter]
    fn name(&self) -> &str {
        &self.loaded.scenario.name
    }

    #[getter]
    fn question(&self) -> &str {
        &self.loaded.scenario.question
    }

    #[getter]
    fn months(&self) -> u32 {
        self.loaded.scenario.months
    }

    #[getter]
    fn start(&self) -> String {
        self.loaded.scenario.start.to_string()
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.loaded.scenario.seed
    }

    #[getter]
    fn replications(&self) -> u32 {
        self.loaded.scenario.replications
    }

    #[getter]
    fn worlds(&self) -> usize {
        let ensemble = self.loaded.scenario.ensemble.as_ref();
        ensemble.map_or(0, |of| of.worlds.len())
    }

    #[getter]
    fn currency(&self) -> &str {
        &self.loaded.scenario.geography.nation.currency
    }

    /// Names of the policies, the baseline first, with what each says of itself.
    #[getter]
    fn policies(&self) -> Vec<(&str, &str)> {
        let policies = self.loaded.scenario.policies.iter();
        policies
            .map(|of| (of.name.as_str(), of.describe.as_str()))
            .collect()
    }

    #[getter]
    fn warnings(&self) -> Vec<FaultParts> {
        self.loaded.warnings.iter().map(parts).collect()
    }

    /// Everything of it as JSON.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        let text = shielded(py, || serde_json::to_string(&self.loaded.scenario))?;
        Ok(text.expect("a scenario can be written down"))
    }

    /// The inputs at these paths.
    fn inputs(&self, py: Python<'_>, paths: Vec<String>) -> PyResult<Vec<InputParts>> {
        let named = |path: &String| Input::named(path, &self.loaded.scenario);
        let told = |input: Input| {
            let range = input.plausible();
            (input.path.clone(), range, input.words().to_vec())
        };
        let found = shielded(py, || {
            paths.iter().map(named).collect::<Result<Vec<_>, _>>()
        })?;
        let found = found.map_err(|fault| of_scenario(py, &vec![fault].into()))?;
        Ok(found.into_iter().map(told).collect())
    }

    /// What its sweep varies: path, and the words or the ends of its range.
    #[getter]
    fn varied(&self) -> Vec<String> {
        let sweep = self.loaded.sweep.as_ref();
        sweep.map_or_else(Vec::new, |of| {
            of.vary.iter().map(|one| one.path.clone()).collect()
        })
    }

    /// What a study of it amounts to.
    fn outlook<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let outlook = shielded(py, || {
            Study::open(self.loaded.clone(), Options::default()).map(|study| study.outlook())
        })?;
        let of = outlook.map_err(|error| raised(py, &error))?;
        let country = of.simulation.country();
        let told = PyDict::new(py);
        told.set_item("provinces", country.geography.provinces.len())?;
        told.set_item("governments", country.governments.len())?;
        told.set_item("ties", country.network.edges().len())?;
        told.set_item("citizens", country.citizens())?;
        told.set_item("residents", country.geography.population())?;
        told.set_item("runs", of.effort.runs)?;
        told.set_item("cpu_seconds", of.effort.cpu_seconds)?;
        told.set_item("bytes_per_run", of.effort.bytes_per_run)?;
        told.set_item("cut", of.cut)?;
        let changes = of
            .changes
            .into_iter()
            .map(|of| (of.path, of.value, of.default));
        told.set_item("changes", changes.collect::<Vec<_>>())?;
        told.set_item("reached", of.reached)?;
        if let Some(sweep) = of.sweep {
            told.set_item("sweep", (sweep.inputs, sweep.points, sweep.effort.runs))?;
        }
        if let Some(of) = of.calibration {
            told.set_item("calibration", (of.parameters, of.targets, of.history_runs))?;
        }
        Ok(told)
    }
}
