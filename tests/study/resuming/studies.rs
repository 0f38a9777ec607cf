//! Studies that were killed, sharded, grown, damaged or forged.

use super::*;

#[test]
fn fifty_kills_at_random_moments_lose_nothing() {
    let (quiet, killed) = (folder("never-killed"), folder("killed"));
    let study = format!(
        "compare {} --quiet --replications 120 --out results",
        small()
    );
    done(&quiet, &study);
    let results = killed.join("results");
    let mut kept: Vec<PathBuf> = Vec::new();
    let mut chance = 0x2545_f491_u64;
    let mut in_time = 0;
    for kill in 0..50 {
        let begun = kill > 0 && results.join("manifest.json").exists();
        let resume = if begun { " --resume" } else { "" };
        let mut child = cogov(&killed, &(study.clone() + resume)).spawn().unwrap();
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        sleep(Duration::from_micros(1000 + (chance >> 33) % 60_000));
        in_time += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let now = runs(&results);
        assert!(
            kept.iter().all(|run| now.contains(run)),
            "a finished run was lost"
        );
        kept = now;
    }
    assert!(in_time > 10, "only {in_time} kills came before the end");
    done(&killed, &(study + " --resume"));
    assert_same_files(&quiet.join("results"), &results, &[]);
    // of the three policies one has no effect but another identity
    assert_eq!(runs(&results).len(), 3 * 120);
    assert_eq!(
        runs(&results).len(),
        fs::read_dir(results.join("runs")).unwrap().count()
    );
}

#[test]
fn parts_join_to_the_bytes_of_the_whole() {
    let home = folder("parts");
    let study = format!("compare {} --quiet --replications 5", small());
    done(&home, &format!("{study} --out whole"));
    for part in 1..=3 {
        let output = done(
            &home,
            &format!("{study} --shard {part}/3 --out part-{part}"),
        );
        assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("part {part} of 3")));
        assert!(!home.join(format!("part-{part}/runs.csv")).exists());
    }
    let early = cogov(&home, "merge part-1 part-3 --out joined")
        .output()
        .unwrap();
    assert_eq!(early.status.code(), Some(1));
    assert!(
        said(&early).contains("of 15 runs are in none of the parts"),
        "{}",
        said(&early)
    );
    done(&home, "merge part-1 part-2 part-3 --out joined");
    // the manifest tells the command line, which differs
    assert_same_files(
        &home.join("whole"),
        &home.join("joined"),
        &["manifest.json", "report.html"],
    );
}

#[test]
fn parts_of_a_sweep_join_too() {
    let home = folder("parts-swept");
    let sweep = format!(
        "sweep {} --quiet --vary sharing.benefit --method sobol -n 4 --replications 1",
        small()
    );
    done(&home, &format!("{sweep} --out swept"));
    done(&home, &format!("{sweep} --shard 1/2 --out swept-1"));
    done(&home, &format!("{sweep} --shard 2/2 --out swept-2"));
    done(&home, "merge swept-2 swept-1 --out swept-joined");
    assert_same_files(
        &home.join("swept"),
        &home.join("swept-joined"),
        &["manifest.json", "report.html"],
    );
    let study = format!("compare {} --quiet --replications 5", small());
    done(&home, &format!("{study} --shard 1/3 --out part-1"));
    let other = cogov(&home, "merge part-1 swept-1 --out mixed")
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert!(
        said(&other).contains("is no part of the study"),
        "{}",
        said(&other)
    );
}

#[test]
fn more_replications_run_only_the_new_ones_and_a_store_is_shared() {
    let home = folder("more");
    let study = format!("compare {} --quiet", small());
    done(&home, &format!("{study} --replications 4 --out grown"));
    let before = runs(&home.join("grown"));
    let dates = || -> Vec<_> {
        let written = before.iter().map(|run| fs::metadata(run).unwrap());
        written.map(|file| file.modified().unwrap()).collect()
    };
    let first = dates();
    done(&home, &format!("{study} --replications 6 --out grown"));
    done(
        &home,
        &format!("{study} --replications 6 --out fresh --store pool"),
    );
    assert_same_files(
        &home.join("grown"),
        &home.join("fresh"),
        &["manifest.json", "report.html"],
    );
    assert_eq!(first, dates(), "a finished run was run again");
    let pool = || fs::read_dir(home.join("pool")).unwrap().count();
    let full = pool();
    // one policy of the same study, and a sweep that keeps less: all is there already
    done(
        &home,
        &format!(
            "run {} --quiet --policy mandate --replications 6 --out one --store pool",
            small()
        ),
    );
    done(
        &home,
        &format!(
            "sweep {} --quiet --vary sharing.benefit=3 --replications 6 --out swept --store pool",
            small()
        ),
    );
    assert_eq!(pool(), full);
}

#[test]
fn a_damaged_run_is_found_and_run_again() {
    let home = folder("damaged");
    let study = format!("compare {} --quiet --out results", small());
    done(&home, &study);
    let results = home.join("results");
    let sound = files(&results);
    let damaged = &runs(&results)[3];
    let whole = fs::read(damaged).unwrap();
    fs::write(damaged, &whole[..whole.len() / 2]).unwrap();
    done(&home, &study);
    assert_eq!(fs::read(damaged).unwrap(), whole);
    assert!(files(&results) == sound);
}

#[test]
fn a_row_is_proved_and_a_forged_one_is_not() {
    let home = folder("replay");
    let study = format!(
        "sweep {} --quiet --vary sharing.benefit=2,4 --replications 2 --out results",
        small()
    );
    done(&home, &study);
    let output = done(&home, "replay results 10");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.starts_with("run 10 (mandate, replication 1): all "),
        "{told}"
    );
    let table = home.join("results/runs.csv");
    let text = fs::read_to_string(&table).unwrap();
    let row = text.lines().find(|line| line.starts_with("10,")).unwrap();
    let forged = row.replacen(",done,0.", ",done,0.9", 1);
    assert_ne!(row, forged);
    fs::write(&table, text.replace(row, &forged)).unwrap();
    let told = refused(&home, "replay results 10", 1);
    let recorded = "data_sharing_rate: recorded 0.9";
    assert!(told.contains(recorded), "{told}");
    for (what, broken) in [
        ("21", cut(&text)),
        ("`trusty`", text.replacen(",trust,", ",trusty,", 1)),
    ] {
        fs::write(&table, broken).unwrap();
        let said = refused(&home, "replay results 10", 1);
        assert!(said.contains("is not that of the study"), "{said}");
        assert!(said.contains(what), "{said}");
    }
    let none = refused(&home, "replay results 12", 1);
    assert!(none.contains("they go from 0 to 11"), "{none}");
}

/// The first 20 columns of a table.
fn cut(table: &str) -> String {
    let line = |line: &str| line.split(',').take(20).collect::<Vec<_>>().join(",") + "\n";
    table.lines().map(line).collect()
}

#[test]
fn a_row_of_an_unfinished_study_cannot_be_proved() {
    let home = folder("unfinished");
    let study = format!("compare {} --quiet --shard 1/2 --out results", small());
    done(&home, &study);
    let said = refused(&home, "replay results 0", 1);
    assert!(said.contains("is not finished"), "{said}");
    assert!(said.contains("--resume"), "{said}");
}
