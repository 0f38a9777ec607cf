//! The ends of what may be asked: no number leaves all bounds unseen, and nothing without a value is told
//! as one.

use std::fs;
use std::path::Path;

use crate::command::{done, files, folder, refused, small};

/// Cells that are no numbers and no gaps.
const NONE: [&str; 5] = ["nan", "inf", "-inf", "infinity", "-infinity"];

/// Whether no cell of any table is infinite or no number.
fn tables_are_sound(results: &Path) {
    for (name, bytes) in files(results) {
        if !name.ends_with(".csv") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap().to_lowercase();
        let mut cells = text.split([',', '\n']);
        let found = cells.find(|cell| NONE.contains(&cell.trim_matches('"')));
        assert_eq!(found, None, "{name}");
    }
}

/// Compares the small scenario with these changes, which must end well.
fn compared(home: &Path, more: &str) {
    let _ = fs::remove_dir_all(home.join("results"));
    done(
        home,
        &format!("compare {} --quiet --out results {more}", small()),
    );
    tables_are_sound(&home.join("results"));
}

#[test]
fn the_ends_of_what_may_be_asked_have_sound_tables() {
    let home = folder("edges", "ends");
    for more in [
        "--set run.months=1",
        "--set population.citizens_per_million=0.000001",
        "--set policy.mandate.dose=0 --replications 1",
        "--set policy.mandate.dose=100",
        "--set diffusion.intercept=50",
        "--set sharing.noise=1e308",
        "--set sharing.benefit=0 --set sharing.revision_rate=1",
        "--set demand.base_rate=1 --set service.capacity=1e-300",
        "--set demand.base_rate=0",
        "--set capability.complementarity=-1e308 --mean-field",
        "--set security.protection_fiscal_effect=700",
        "--set online.excluded=1 --set network.departments=16",
    ] {
        compared(&home, more);
    }
}

#[test]
fn ten_thousand_months_have_sound_tables() {
    let home = folder("edges", "long");
    compared(
        &home,
        "--set run.months=10000 --set population.citizens_per_million=1 --replications 1 --mean-field --no-report",
    );
}

/// The small country with these rows of its table of provinces, and no ties.
fn country(home: &Path, rows: &[&str]) {
    let from = Path::new(&small()).parent().unwrap().to_path_buf();
    for file in fs::read_dir(&from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), home.join(file.file_name())).unwrap();
    }
    for name in [
        "provinces.csv",
        "adjacency.csv",
        "alliances.csv",
        "pairings.csv",
        "factors.csv",
    ] {
        let text = fs::read_to_string(from.join(name)).unwrap();
        let mut lines = text.lines();
        let head = lines.next().unwrap();
        let own = lines
            .filter(|line| name == "factors.csv" && rows.iter().any(|row| row[..3] == line[..3]));
        let own: Vec<&str> = match name {
            "provinces.csv" => rows.to_vec(),
            _ => own.collect(),
        };
        fs::write(home.join(name), format!("{head}\n{}\n", own.join("\n"))).unwrap();
    }
}

#[test]
fn one_province_a_billion_people_and_no_tie() {
    let home = folder("edges", "country");
    let alone = "X-A,Alpha,甲,甲,east,province,3000000,2400,4,12,0,0,90,made up";
    let crowded = "X-A,Alpha,甲,甲,east,province,1000000000,2400,4,12,0,0,90,made up";
    let other = "X-B,Beta,乙,乙,west,province,1,1,1,1,1,0,80,made up";
    for rows in [&[alone][..], &[crowded, other], &[alone, other]] {
        country(&home, rows);
        for more in ["--set population.citizens_per_million=10", "--mean-field"] {
            let _ = fs::remove_dir_all(home.join("results"));
            done(
                &home,
                &format!("compare small.toml --quiet --out results {more}"),
            );
            tables_are_sound(&home.join("results"));
        }
    }
    country(
        &home,
        &["X-A,Alpha,甲,甲,east,province,0,2400,4,12,0,0,90,made up"],
    );
    let said = refused(&home, "compare small.toml --quiet --out none", 1);
    assert!(
        said.contains("`population` must be a whole number from 1"),
        "{said}"
    );
}

#[test]
fn a_run_that_leaves_all_bounds_says_where() {
    let home = folder("edges", "beyond");
    let study = format!("compare {} --quiet --out results", small());
    let said = refused(
        &home,
        &format!("{study} --set capability.fiscal_effect=1e5"),
        1,
    );
    for part in [
        "`mandate`, replication 0",
        "month 1 (2012-09)",
        "process `capability`",
        "government ",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!home.join("results/effects.csv").exists());
    fs::write(
        home.join("dear.toml"),
        format!("extends = {:?}\n[[policy]]\nname = \"dear\"\nstart = \"2013-01\"\n[[policy.intervention]]\nname = \"gold\"\nchanges = [{{ lever = \"sharing.mandate\", add = 1.0 }}]\ncost_per_head_year = 1e308\n", small()),
    )
    .unwrap();
    let said = refused(&home, "compare dear.toml --quiet --out dear", 1);
    assert!(
        said.contains("process `policy`, the bill of an intervention"),
        "{said}"
    );
}

#[test]
fn a_typed_dose_has_the_bounds_of_a_written_one() {
    let home = folder("edges", "dose");
    for typed in [
        "--set policy.mandate.dose=1e308",
        "--set policy.mandate.dose=101",
    ] {
        let said = refused(&home, &format!("check {} {typed}", small()), 1);
        assert!(said.contains("must lie between 0 and 100"), "{said}");
    }
    let sweep =
        "--vary policy.mandate.dose=0..1e308 --method grid --points 2 --quiet --out results";
    let said = refused(&home, &format!("sweep {} {sweep}", small()), 1);
    assert!(said.contains("must lie between 0 and 100"), "{said}");
}
