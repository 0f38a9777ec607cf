//! The country put together: its words, provinces, ties, leanings and history, or a part of it.

use crate::model::policy::Coupling;
use crate::scenario::country::names::Names;
use crate::scenario::country::part::Cutting;
use crate::scenario::country::provinces::Provinces;
use crate::scenario::country::topics::Topic;
use crate::scenario::country::{factors, history, nation, network, part, population};
use crate::scenario::parameters;
use crate::scenario::reading::fault::{Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::Reader;
use crate::world::alternative::Choices;
use crate::world::clock::Date;
use crate::world::geography::{Geography, Population};
use crate::world::history::History;

/// The country as its tables describe it.
pub struct Land {
    /// Provinces, ties and leanings.
    pub geography: Geography,
    /// Whether its provinces make sense; if not, only their names do.
    pub sound: bool,
    /// How agents are made.
    pub population: Population,
    /// Where the number of citizens is written, if it is.
    pub place: Option<Place>,
    /// Dated events from outside.
    pub history: History,
    /// Which factor acts on which lever.
    pub couplings: Vec<Coupling>,
    /// Words that tell the factors.
    pub topics: Vec<Topic>,
    /// What of it is left out.
    pub cutting: Cutting,
}

impl Land {
    /// Names of its places.
    pub fn names(&self) -> Names<'_> {
        Names::part(&self.geography, &self.cutting.left_out)
    }
}

/// Reads all that `top` says of the country, for a run from `start`; `None` without provinces.
pub fn read(
    top: &mut Reader,
    start: Date,
    choices: &mut Choices,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Land> {
    let told = nation::read(top.section("country", faults), faults);
    let columns = &told.columns;
    let population = top.section("population", faults);
    let mut populated = population::read(population, &told.nation, columns, files, faults);
    let mut provinces = populated.provinces.take();
    let mut network = top.section("network", faults);
    parameters::choose(&mut network, choices, faults);
    network::read(network, provinces.as_mut(), columns, files, faults);
    let factors = top.section("factors", faults);
    let factors = factors::read(factors, provinces.as_mut(), files, faults);
    let names = provinces.as_ref();
    let names = names.map_or(Names::NONE, |of| Names::whole(&of.geography));
    let history = history::read(top.section("history", faults), start, names, faults);
    let Provinces {
        mut geography,
        sound,
    } = provinces?;
    geography.nation = told.nation;
    let only = (populated.only.as_deref(), factors.rows);
    let part = part::of(geography, history, only, faults);
    Some(Land {
        population: populated.population(part.geography.population()),
        place: populated.place().cloned(),
        geography: part.geography,
        sound,
        history: part.history,
        couplings: factors.couplings,
        topics: factors.topics,
        cutting: part.cutting,
    })
}
