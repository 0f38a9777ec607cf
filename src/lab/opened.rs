//! The scenario that was opened, and what settings make of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::lab::settings::LabSettings;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::saving::{SavedChoices, SavedOn, saved};
use crate::scenario::{GivenTexts, Loaded, Overrides, load, load_texts};
use crate::world::country::Country;

/// What faults call the text that settings are written as.
const SETTINGS: &str = "settings of the lab";
/// What faults call a text that was dropped on the page.
const DROPPED: &str = "dropped file";

/// A scenario with levers.
#[derive(Debug, Clone)]
pub struct Opened {
    home: PathBuf,
    on: SavedOn,
    beside: Vec<PathBuf>,
    /// The scenario as it was read.
    pub loaded: Loaded,
    /// Its governments, for prices.
    pub country: Country,
}

impl Opened {
    /// The scenario file at `path`.
    ///
    /// # Errors
    /// As [`load`].
    pub fn file(path: &Path) -> Result<Self, Faults> {
        let loaded = load(path, &Overrides::default())?;
        let home = loaded.home.clone();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let places = loaded.inputs.iter().map(|input| home.join(&input.path));
        let beside = places
            .filter_map(|path| fs::canonicalize(path).ok())
            .collect();
        Ok(Self::of(
            home,
            SavedOn::File(name.into_owned()),
            beside,
            loaded,
        ))
    }

    /// A text that was dropped on the page, as if it stood beside the scenario.
    ///
    /// # Errors
    /// As [`load_texts`].
    pub fn dropped(&self, text: String) -> Result<Self, Faults> {
        let loaded = self.read(DROPPED, text.clone())?;
        let (home, beside) = (self.home.clone(), self.beside.clone());
        Ok(Self::of(home, SavedOn::Text(text), beside, loaded))
    }

    fn of(home: PathBuf, on: SavedOn, beside: Vec<PathBuf>, loaded: Loaded) -> Self {
        let scenario = &loaded.scenario;
        let geography = scenario.geography.clone();
        Self {
            country: Country::new(geography, scenario.population, scenario.start),
            home,
            on,
            beside,
            loaded,
        }
    }

    /// The TOML of `settings`.
    ///
    /// # Errors
    /// When they name a place that the country does not have.
    pub fn saved(&self, settings: &LabSettings) -> Result<String, Fault> {
        let choices = SavedChoices {
            name: &settings.name,
            policies: &settings.policies,
            replications: settings.pairs,
            worlds: settings.worlds,
            values: &settings.values,
        };
        saved(&self.on, &self.loaded, choices)
    }

    /// The TOML of `settings`, and the scenario that it says.
    ///
    /// # Errors
    /// Everything that is wrong with them, as `cogov check` would tell it.
    pub fn understood(&self, settings: &LabSettings) -> Result<(String, Loaded), Faults> {
        if let Some(why) = settings.refused() {
            return Err(vec![Fault::error(why)].into());
        }
        let text = self
            .saved(settings)
            .map_err(|fault| Faults::from(vec![fault]))?;
        let loaded = self.read(SETTINGS, text.clone())?;
        Ok((text, loaded))
    }

    fn read(&self, name: &str, text: String) -> Result<Loaded, Faults> {
        let given = GivenTexts {
            texts: BTreeMap::from([(name.to_owned(), text)]),
            beside: Some(self.beside.clone()),
        };
        load_texts(name, given, &self.home, &Overrides::default())
    }
}
