//! Measures the facts and draws them, for the page on the evidence:
//!
//! ```sh
//! cargo run --release --example evidence
//! ```
//!
//! writes a table per fact into docs/evidence/, and prints the figures of the page. `draw.py` beside this
//! file makes pictures of the tables, with matplotlib. The cases are those of the tests of the facts.

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

/// Writes a file into docs/evidence/.
fn write(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evidence");
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join(name), text).expect("the file can be written");
}

fn main() {
    let charts = pictures::all();
    for (name, chart) in &charts {
        write(&format!("{name}.csv"), &pictures::table(chart));
    }
    write("charts.csv", &pictures::titles(&charts));
    let figures = figures::all();
    write("figures.csv", &figures);
    let remedies = remedies::table();
    write("remedies.csv", &remedies);
    print!("{figures}\n{remedies}");
}
