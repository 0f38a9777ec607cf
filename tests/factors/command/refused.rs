//! Wrong requests and files: refused before anything is written.

use super::folder::{Folder, KEYWORDS, PROVINCES, column};
use std::fs;

#[test]
fn numbers_out_of_range_are_refused() {
    let folder = Folder::with_texts("ranges");
    for flags in [
        "--sizes 0",
        "--sizes 10,99999",
        "--topics 32768",
        "--samples 65536",
        "--spacing 65536",
        "--burn-in 4294967295",
        "--chains 1001",
        "--chains 1",
        "--shards 0",
    ] {
        let said = folder.refused(&flags.split(' ').collect::<Vec<_>>());
        assert!(said.contains("is not in"), "{flags}: {said}");
    }
}

#[test]
fn nothing_is_written_when_a_model_is_too_large() {
    let folder = Folder::with_texts("half");
    let counts = folder.path("counts").display().to_string();
    folder.refused(&["--topics", "5000", "--counts", &counts]);
    folder.refused(&["--method", "lda", "--sizes", "5000", "--counts", &counts]);
    assert!(!folder.path("counts").exists(), "counts were written");
}

#[test]
fn places_where_no_table_can_be_are_refused_before_any_work() {
    let folder = Folder::with_texts("places");
    let corpus = folder.path("corpus").display().to_string();
    for (out, said) in [
        (corpus.clone(), "is a folder"),
        (format!("{corpus}/topics.csv"), "topics.csv beside it"),
        (format!("{corpus}/keywords.csv"), "keywords.csv beside it"),
        (format!("{corpus}/CN-AA_report.txt/f.csv"), "is a file"),
    ] {
        let text = folder.refused(&["--out", &out]);
        assert!(text.contains(said), "{out}: {text}");
    }
    assert!(!folder.path("topics.csv").exists());
}

#[test]
fn a_table_that_was_made_otherwise_is_replaced_with_force_only() {
    let folder = Folder::with_texts("force");
    folder.cogov(&[]).assert().success();
    folder.cogov(&[]).assert().success();
    let table = folder.read("out/f.csv");
    let refused = |more: &[&str]| {
        let output = folder.cogov(more).output().expect("a run");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert_eq!(table, folder.read("out/f.csv"));
        String::from_utf8(output.stderr).expect("text")
    };
    let said = refused(&["--seed", "2"]);
    assert!(
        said.contains("was not made by this command") && said.contains("--force"),
        "{said}"
    );
    assert!(refused(&["--chains", "5"]).contains("--force"));
    let other = folder.path("out/g.csv").display().to_string();
    assert!(refused(&["--out", &other]).contains("topics.csv"));
    assert!(refused(&["--resume"]).contains("leave out --resume"));
    assert!(refused(&["--resume", "--force"]).contains("cannot be used with"));
    folder.cogov(&["--seed", "2", "--force"]).assert().success();
    assert!(folder.read("out/f_manifest.json").contains("\"seed\": 2"));
}

#[test]
fn central_texts_alone_make_no_table() {
    let folder = Folder::with_texts("central");
    for region in ["CN-AA", "CN-BB", "CN-CC"] {
        let text = folder.path(&format!("corpus/{region}_report.txt"));
        let central = folder.path(&format!("corpus/CN_{region}.txt"));
        fs::rename(text, central).expect("renamed");
        let english = folder.path(&format!("corpus/{region}_english.txt"));
        fs::remove_file(english).expect("removed");
    }
    assert!(
        folder
            .refused(&[])
            .contains("no region has text about the subject")
    );
}

#[test]
fn a_text_about_something_else_in_another_language_is_left_out() {
    let folder = Folder::with_texts("foreign");
    for region in ["CN-AA", "CN-BB", "CN-CC"] {
        let english = folder.path(&format!("corpus/{region}_english.txt"));
        fs::remove_file(english).expect("removed");
    }
    folder.cogov(&["--quiet"]).assert().success();
    let table = folder.read("out/f.csv");
    folder.text(
        "CN-AA_letter.txt",
        "The weather was fine and nobody spoke of data.",
    );
    let output = folder
        .cogov(&["--quiet", "--force"])
        .output()
        .expect("a run");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert_eq!(table, folder.read("out/f.csv"));
    let corpus = folder.read("out/f_corpus.csv");
    assert!(
        corpus.contains("no clause of the 1 texts in `en`"),
        "{corpus}"
    );
}

#[test]
fn what_is_amiss_is_written_down_where_nobody_watches() {
    let folder = Folder::with_texts("quiet");
    fs::write(folder.path("corpus/CN-CC_broken.txt"), [0xff, 0xfe, 0x00]).expect("a text");
    fs::write(
        folder.path("provinces.csv"),
        format!("\u{feff}{PROVINCES}CN-DD,Fourth,60\n"),
    )
    .expect("provinces");
    let output = folder.cogov(&["--quiet"]).output().expect("a run");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let corpus = folder.read("out/f_corpus.csv");
    let (what, values) = (column(&corpus, "what"), column(&corpus, "value"));
    let of = |name: &str| {
        let rows = what.iter().zip(&values).filter(|(what, _)| *what == name);
        rows.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("texts"), ["3", "3"]);
    assert_eq!(of("clauses"), ["180", "180"]);
    assert_eq!(of("missing keyword"), ["从不出现"]);
    assert_eq!(of("region without text"), ["CN-DD"]);
    assert!(of("note")[0].starts_with("CN-CC_broken.txt: neither"));
}

#[test]
fn big5_is_refused_by_name() {
    let folder = Folder::with_texts("big5");
    let (big5, _, _) = encoding_rs::BIG5.encode("推動政務服務與公共資料開放，加快數位政府建設。");
    fs::write(folder.path("corpus/CN-AA_old.txt"), big5).expect("a text");
    let said = folder.refused(&[]);
    assert!(
        said.contains("CN-AA_old.txt is neither UTF-8") && said.contains("Big5"),
        "{said}"
    );
}

#[test]
fn the_manifest_holds_what_a_rerun_needs_and_no_path() {
    let folder = Folder::with_texts("rerun");
    let text = KEYWORDS.to_owned() + "[weights]\nreport = 0.5\n";
    fs::write(folder.path("keywords.toml"), text).expect("keywords");
    folder.cogov(&[]).assert().success();
    let text = folder.read("out/f_manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("a manifest");
    assert_eq!(manifest["corpus"]["folder"], "corpus");
    assert_eq!(manifest["corpus"]["form"], "texts");
    assert_eq!(manifest["free_topics"], 0);
    assert_eq!(
        (&manifest["min_clauses"], &manifest["min_regions"]),
        (&3.into(), &2.into())
    );
    assert_eq!(manifest["keywords"]["file"], "keywords.toml");
    assert_eq!(
        manifest["keywords"]["sha256"].as_str().map(str::len),
        Some(64)
    );
    assert_eq!(manifest["weights"]["report"], 0.5);
    assert_eq!(manifest["chains"], 4);
    let place = folder.path("").display().to_string();
    assert!(!text.contains(place.trim_end_matches('/')), "{text}");
}
