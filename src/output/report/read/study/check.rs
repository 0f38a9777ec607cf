//! What a damaged manifest of any version could tell that no page can show.

use super::ToldStudy;
use crate::intervention::BASELINE;
use crate::intervention::targeting::Target;

/// Tiles lie no farther than this from the first.
const FAR: i32 = 1000;

impl ToldStudy {
    /// Makes sure that a page can show it.
    pub(super) fn check(&self) -> Result<(), String> {
        let (scenario, manifest) = (&self.scenario, &self.manifest);
        if scenario
            .policies
            .first()
            .is_none_or(|first| first.name != BASELINE && !self.is_alone())
        {
            return Err(format!("the first policy must be `{BASELINE}`"));
        }
        if scenario.months == 0 || manifest.replications == 0 {
            return Err("`months` and `replications` must be 1 or more".into());
        }
        let mut names: Vec<&str> = scenario.policies.iter().map(|of| &*of.name).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("the policy `{}` stands twice", twice[0]));
        }
        let provinces = scenario.geography.provinces.iter();
        if let Some(far) = provinces
            .clone()
            .find(|of| of.tile.iter().any(|at| at.abs() > FAR))
        {
            return Err(format!("the tile of `{}` lies beyond {FAR}", far.name));
        }
        for policy in &scenario.policies {
            let targets = policy.interventions.iter().map(|of| &of.target);
            if !targets.clone().all(|target| self.knows(target)) {
                return Err(format!(
                    "a target of `{}` is not in the geography",
                    policy.name
                ));
            }
        }
        self.check_sweep()
    }

    /// Whether all places of a target are there.
    fn knows(&self, target: &Target) -> bool {
        let places = &self.scenario.geography;
        [
            (&target.provinces, places.provinces.len()),
            (&target.regions, places.regions.len()),
            (&target.alliances, places.alliances.len()),
        ]
        .iter()
        .all(|(asked, there)| asked.iter().all(|place| place < there))
    }

    fn check_sweep(&self) -> Result<(), String> {
        let Some(sweep) = &self.manifest.sweep else {
            return Ok(());
        };
        if let Some(one) = sweep
            .vary
            .iter()
            .find(|one| one.over.ends().0 > one.over.ends().1)
        {
            return Err(format!("`{}` is varied over nothing", one.path));
        }
        let inputs = sweep.vary.len();
        match sweep.table.iter().position(|row| row.len() != inputs) {
            None => Ok(()),
            Some(row) => Err(format!("row {row} of the design has not {inputs} values")),
        }
    }
}
