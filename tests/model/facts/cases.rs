//! The cases in which the facts are looked for, and the months that count.

use super::laboratory::Case;

/// The month in which measures begin: August 2017.
pub const START: usize = 60;

/// `policy` as the study of the facts has it.
pub fn case(policy: &'static str) -> Case {
    Case::new("tests/model/facts/facts.toml", policy)
}

/// The world without measures.
pub fn baseline() -> Case {
    case("baseline")
}

/// F1. Launches read nothing of citizens: few of them, and many replications, since one history
/// differs from another by a fifth.
pub fn launches() -> Case {
    baseline()
        .with(&["population.citizens_per_million=0.1"])
        .replicated(400)
}

/// F1, knock-out: governments do not follow others.
pub const NOBODY_FOLLOWED: &[&str] = &[
    "diffusion.neighbour_effect=0",
    "diffusion.peer_effect=0",
    "diffusion.vertical_effect=0",
];

/// F2, knock-out: fiscal strength has no effect.
pub const MONEY_WITHOUT_EFFECT: &[&str] =
    &["capability.fiscal_effect=0", "diffusion.fiscal_effect=0"];

/// F3, knock-out: partners who share are worth nothing.
pub const NO_BENEFIT: &[&str] = &["sharing.benefit=0"];
/// F3: the mandate is withdrawn where capacity is low. What is left lies near its threshold, so it
/// takes many replications to tell the two apart.
pub fn withdrawn_early() -> Case {
    case("mandate-withdrawn-early").replicated(128)
}
/// F3: first month without the mandate that is withdrawn early.
pub const WITHDRAWN_EARLY: usize = 72;
/// F3: first month without the mandate that is withdrawn where capacity is high.
pub const WITHDRAWN_LATE: usize = 72;
/// F3: months after a withdrawal at which sharing is looked at.
pub const AFTERWARDS: usize = 36;

/// F4: where citizens matter there are more of them, and the run ends a year and a half later.
pub const MANY_CITIZENS: &[&str] = &["population.citizens_per_million=100", "run.months=80"];
/// F4, knock-out: closing letters do not raise what people expect.
pub const NO_SPILLOVER: &[&str] = &["experience.spillover=0"];

/// F5: half of the governments are struck in January 2018.
pub const STRUCK: &[&str] = &["history.incident_wave={date=\"2018-01\",share=0.5}"];
/// F5: the month of the wave.
pub const WAVE: usize = 65;
/// F5, knock-out: incidents teach no fear.
pub const NO_FEAR: &[&str] = &["security.fear_per_incident=0"];

/// F6, knock-out: institution and technology add up.
pub const ADDITIVE: &[&str] = &["capability.complementarity=1"];

/// F7: last month in which social organisations have room.
pub const ROOM_ENDS: usize = 109;
/// F7, knock-out: nobody joins because others have.
pub const NO_PULL: &[&str] = &[
    "participation.enterprise_pull=0",
    "participation.organisation_pull=0",
];
