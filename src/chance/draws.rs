//! Every draw there is: a module a process, a row a draw.
//!
//! Numbers are part of the published model: they are never reused, and a new draw takes a new one.
//! Processes 900 to 999 are left to tests and benches.

use super::Draw;

/// Makes a module for each process and, from the same rows, the table of all draws.
macro_rules! draws {
    ($($(#[doc = $whose:literal])* $process:ident = $p:literal {
        $($(#[doc = $what:literal])* $name:ident = $n:literal;)+
    })+) => {
        $($(#[doc = $whose])*
        pub mod $process {
            use super::Draw;
            $($(#[doc = $what])* pub const $name: Draw = Draw::new($p, $n);)+
        })+

        /// All draws, with the names of process and draw.
        pub const DRAWS: &[(&str, &str, Draw)] =
            &[$($((stringify!($process), stringify!($name), $process::$name),)+)+];
    };
}

draws! {
    /// The starting state.
    start = 0 {
        /// Unseen readiness of a government to adopt.
        FRAILTY = 0;
        /// Fiscal score of a government round its province's.
        FISCAL = 1;
        /// Attention of a government round its province's.
        ATTENTION = 2;
        /// Digital literacy of a citizen.
        LITERACY = 3;
        /// Whether a citizen is online at the start.
        ONLINE = 4;
        /// Threshold of an enterprise.
        ENTERPRISE_THRESHOLD = 5;
        /// Whether an enterprise takes part at the start.
        ENTERPRISE_JOINED = 6;
        /// Threshold of a social organisation.
        ORGANISATION_THRESHOLD = 7;
        /// Whether a social organisation takes part at the start.
        ORGANISATION_JOINED = 8;
        /// Whether a government never launches a platform of its own.
        NEVER = 9;
    }
    /// Whom a policy reaches.
    policy = 1 {
        /// Place of a government in the order in which random shares are filled.
        RANDOM_SHARE = 0;
    }
    /// Adoption.
    diffusion = 2 {
        /// Whether a government launches the open-data platform.
        PLATFORM = 0;
        /// Whether a government sets up the institution.
        INSTITUTION = 1;
    }
    /// Sharing over ties.
    sharing = 5 {
        /// Whether a tie is reconsidered, and what is decided.
        DECISION = 0;
        /// Which partner is looked at, by the rule of imitation.
        PARTNER = 1;
        /// Which of the partner's ties is looked at.
        MODEL = 2;
    }
    /// Sharing between departments.
    departments = 6 {
        /// Whether a tie is reconsidered, and what is decided.
        DECISION = 0;
        /// Which department of the same government is looked at, by the rule of imitation.
        PARTNER = 1;
        /// Which of its ties is looked at.
        MODEL = 2;
    }
    /// Requests of citizens.
    demand = 7 {
        /// Whether a citizen raises a request, and what becomes of an open one.
        CASE = 0;
    }
    /// Security incidents.
    security = 9 {
        /// Whether a government has an incident.
        INCIDENT = 0;
        /// Whether a wave of incidents strikes a government.
        WAVE = 1;
    }
    /// Dealing with government online.
    online = 11 {
        /// Whether a citizen goes online.
        JOINS = 0;
    }
    /// Participation of enterprises and social organisations.
    participation = 12 {
        /// Whether a body reconsiders.
        RECONSIDER = 0;
    }
    /// Networks other than the one that was seen.
    network = 14 {
        /// Which ties exchange their ends.
        EXCHANGE = 0;
    }
    /// Tokens of the topic model, a number a shard.
    shards = 200 {
        /// The first shard; others follow by [`Draw::numbered`].
        FIRST = 0;
    }
    /// The topic model at its start.
    topics = 201 {
        /// Topic of each token before the first sweep.
        START = 0;
    }
    /// Held-out words of the topic model.
    perplexity = 202 {
        /// In which half of its document a word lies.
        HALVES = 0;
    }
    /// Points of a sweep.
    design = 1000 {
        /// Place of a point inside its cell of the hypercube.
        JITTER = 0;
        /// Order of the cells of an input.
        SHUFFLE = 1;
        /// Starts and directions of Morris' trajectories.
        TRAJECTORY = 2;
    }
    /// Intervals of sensitivity indices.
    sensitivity = 1001 {
        /// Rows of a bootstrap sample.
        RESAMPLE = 0;
    }
    /// Parts of a policy.
    decomposition = 1002 {
        /// Order in which the parts are added.
        ORDER = 0;
    }
    /// Calibration.
    calibration = 1100 {
        /// Points from which a wave goes on.
        SEEDS = 0;
        /// Steps of the walk inside what is not ruled out.
        WALK = 1;
        /// Which points of the posterior become plausible worlds.
        WORLDS = 2;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn no_draw_stands_twice() {
        for (i, (process, name, draw)) in DRAWS.iter().enumerate() {
            let twice = DRAWS[..i].iter().find(|(.., other)| other == draw);
            assert_eq!(twice, None, "{process}::{name}");
            let tests = 900..1000;
            assert!(!tests.contains(&draw.process), "{process}::{name}");
            let many = (draw.process, process) != (shards::FIRST.process, &"shards");
            assert!(many || draw.number == 0, "numbers of shards are all taken");
        }
    }

    /// Source files that make a draw outside this table, tests left aside.
    fn makers(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                makers(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                if code.contains("Draw::new(") && !path.ends_with("tests.rs") {
                    found.push(path.display().to_string());
                }
            }
        }
    }

    #[test]
    fn every_draw_stands_in_the_table() {
        let mut found = Vec::new();
        makers(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("draws.rs"), "{found:?}");
    }
}
