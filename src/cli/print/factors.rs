//! Curves by which a number of topics is chosen, as people read them.

use crate::cli::shared::terminal::table;
use crate::factors::choice;
use crate::study::factors::TrialsByLanguage;

/// The curves by which a number of topics is chosen; a star marks the chosen one.
pub fn curves(of: &TrialsByLanguage) -> String {
    let header = [
        "language",
        "topics",
        "perplexity",
        "coherence",
        "stability",
        "chosen",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (language, trials) in of {
        let chosen = choice::choose(trials).topics;
        rows.extend(trials.iter().map(|t| {
            vec![
                language.code().to_owned(),
                t.topics.to_string(),
                t.perplexity.map_or_else(String::new, |p| format!("{p:.1}")),
                t.coherence.map_or_else(String::new, |c| format!("{c:.3}")),
                format!("{:.3}", t.stability),
                if t.topics == chosen { "*" } else { "" }.to_owned(),
            ]
        }));
    }
    table(&rows)
}
