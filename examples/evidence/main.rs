//! Measures the facts and draws them, for the page on the evidence:
//!
//! ```sh
//! cargo run --release --example evidence
//! ```
//!
//! writes a table per fact into results/evidence/, the figures and remedies of the page into docs/evidence/, and
//! prints them. `draw.py` beside this file makes pictures of the tables, with matplotlib. The cases are those of the tests of the facts.

#[path = "../../tests/model/facts/cases.rs"]
mod cases;
mod chart;
mod figures;
#[path = "../../tests/model/facts/laboratory.rs"]
mod laboratory;
mod pictures;
mod remedies;

use std::fs;
use std::path::Path;

/// Folder of what the page quotes.
const QUOTED: &str = "docs/evidence";
/// Folder of what its pictures are drawn from.
const DRAWN: &str = "results/evidence";

/// Writes a file into a folder of the repository.
fn write(folder: &str, name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join(name), text).expect("the file can be written");
}

fn main() {
    let charts = pictures::all();
    for (name, chart) in &charts {
        write(DRAWN, &format!("{name}.csv"), &pictures::table(chart));
    }
    write(DRAWN, "charts.csv", &pictures::titles(&charts));
    let figures = figures::all();
    write(QUOTED, "figures.csv", &figures);
    let remedies = remedies::table();
    write(QUOTED, "remedies.csv", &remedies);
    print!("{figures}\n{remedies}");
}
