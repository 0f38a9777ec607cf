//! `cogov factors` as it is typed: a small corpus in both languages, wrong input, interruption.

mod folder;
mod kept;
mod refused;
mod texts;

use folder::{Folder, KEYWORDS, column, numbers};
use std::fs;

#[test]
fn a_small_corpus_in_two_languages() {
    let folder = Folder::with_texts("small");
    let output = folder.cogov(&[]).output().expect("a run");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(
        said.contains("keywords that never occur: 从不出现"),
        "{said}"
    );
    let table = folder.read("out/f.csv");
    assert_eq!(column(&table, "iso"), ["CN-AA", "CN-BB", "CN-CC"]);
    let (service, platform) = (numbers(&table, "service"), numbers(&table, "platform"));
    for (s, p) in service.iter().zip(&platform) {
        assert!((s + p - 1.0).abs() < 1e-5);
    }
    assert!(service[0] > 0.7 && service[2] < 0.3, "{service:?}");
    assert!((service[1] - 0.5).abs() < 0.1, "{service:?}");
    let quality = folder.read("out/f_quality.csv");
    assert_eq!(column(&quality, "factor"), ["service", "platform"]);
    assert_eq!(column(&quality, "flagged"), ["false", "false"]);
    assert_eq!(numbers(&quality, "rank_correlation_index"), [1.0, -1.0]);
    let topics = folder.read("out/topics.csv");
    assert_eq!(column(&topics, "language"), ["zh", "zh", "en", "en"]);
    assert!(column(&topics, "words")[2].contains("hotline"));
    assert!(!folder.path("out/f.csv.chains").exists());
}

#[test]
fn counts_give_the_same_table_as_texts_with_any_number_of_threads() {
    let folder = Folder::with_texts("counts");
    let counts = folder.path("counts").display().to_string();
    folder
        .cogov(&["--counts", &counts, "--threads", "1"])
        .assert()
        .success();
    let table = folder.read("out/f.csv");
    fs::remove_dir_all(folder.path("corpus")).expect("removed");
    fs::rename(folder.path("counts"), folder.path("corpus")).expect("renamed");
    folder
        .cogov(&["--threads", "3", "--force"])
        .assert()
        .success();
    assert_eq!(table, folder.read("out/f.csv"));
    fs::write(folder.path("corpus/zh/corpus.bow"), "1\n1\n1\n1 99 1\n").expect("broken");
    fs::remove_dir_all(folder.path("out")).expect("removed");
    assert!(folder.refused(&[]).contains("two bags of words"));
    fs::remove_file(folder.path("corpus/zh/corpus.bow.gz")).expect("removed");
    assert!(folder.refused(&[]).contains("corpus.bow:2"));
    fs::write(folder.path("corpus/zh/corpus.bow.gz"), "not packed").expect("broken");
    fs::remove_file(folder.path("corpus/zh/corpus.bow")).expect("removed");
    assert!(folder.refused(&[]).contains("corpus.bow.gz"));
}

#[test]
fn plain_topics_choose_their_number() {
    let folder = Folder::with_texts("plain");
    let output = folder
        .cogov(&["--method", "lda", "--sizes", "1,2,4"])
        .output()
        .expect("a run");
    assert!(output.status.success(), "{output:?}");
    let shown = String::from_utf8(output.stdout).expect("text");
    assert!(
        shown.contains("perplexity") && shown.contains("stability"),
        "{shown}"
    );
    assert_eq!(
        (shown.lines().count(), shown.matches('*').count()),
        (7, 2),
        "{shown}"
    );
    let choice = folder.read("out/f_choice_zh.csv");
    assert_eq!(column(&choice, "topics"), ["1", "2", "4"]);
    assert_eq!(
        column(&choice, "chosen")
            .iter()
            .filter(|c| *c == "true")
            .count(),
        1
    );
    assert_eq!(
        column(&choice, "chosen")[0],
        "false",
        "one topic cannot tell them apart"
    );
    let perplexity = numbers(&choice, "perplexity");
    assert!(perplexity[1] < 0.8 * perplexity[0], "{perplexity:?}");
}

#[test]
fn an_empty_folder_is_refused() {
    let folder = Folder::new("empty");
    assert!(folder.refused(&[]).contains("holds no usable text"));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::new("absent");
    fs::remove_dir(folder.path("corpus")).expect("removed");
    let output = folder.cogov(&[]).output().expect("a run");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot read the folder"));
}

#[test]
fn gb_18030_is_read_and_other_bytes_are_named() {
    let folder = Folder::with_texts("encodings");
    let report = fs::read_to_string(folder.path("corpus/CN-BB_report.txt")).expect("a text");
    let plain = folder.cogov(&[]).output().expect("a run");
    let table = folder.read("out/f.csv");
    let (gb, _, _) = encoding_rs::GB18030.encode(&report);
    fs::write(folder.path("corpus/CN-BB_report.txt"), gb).expect("a text");
    fs::write(
        folder.path("corpus/CN-CC_broken.txt"),
        [0xff, 0xfe, 0x00, 0xff],
    )
    .expect("a text");
    let output = folder.cogov(&["--force"]).output().expect("a run");
    assert!(plain.status.success() && output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(
        said.contains("CN-BB_report.txt: read as GB 18030"),
        "{said}"
    );
    assert!(
        said.contains("CN-CC_broken.txt: neither UTF-8 nor GB 18030"),
        "{said}"
    );
    assert_eq!(table, folder.read("out/f.csv"));
}

#[test]
fn a_region_outside_the_table_is_refused() {
    let folder = Folder::with_texts("region");
    folder.text("CN-ZZ_report.txt", "数字政府");
    let said = folder.refused(&[]);
    assert!(
        said.contains("`CN-ZZ`, the region of CN-ZZ_report.txt"),
        "{said}"
    );
    assert!(said.contains("CN-AA to CN-CC"), "{said}");
}

#[test]
fn a_manifest_gives_regions_and_its_faults_have_a_line() {
    let folder = Folder::with_texts("manifest");
    folder.text("CN-ZZ_report.txt", "推动政务服务窗口办理。");
    let manifest = folder.path("corpus/manifest.tsv");
    fs::write(
        &manifest,
        "\u{feff}iso\tkind\tfile\nCN-AA\treport\tCN-ZZ_report.txt\n",
    )
    .expect("written");
    folder.cogov(&[]).assert().success();
    fs::remove_dir_all(folder.path("out")).expect("removed");
    fs::write(&manifest, "iso\tkind\tfile\nCN-AA\treport\tlost.txt\n").expect("written");
    let said = folder.refused(&[]);
    assert!(said.contains("`lost.txt`, which is not there") && said.contains("manifest.tsv:2"));
}

#[test]
fn a_region_without_text_gets_the_mean_and_is_named() {
    let folder = Folder::with_texts("without");
    for file in ["CN-BB_report.txt", "CN-BB_english.txt"] {
        fs::remove_file(folder.path("corpus").join(file)).expect("removed");
    }
    let output = folder.cogov(&[]).output().expect("a run");
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(
        said.contains("no text about the subject from CN-BB"),
        "{said}"
    );
    let table = folder.read("out/f.csv");
    let service = numbers(&table, "service");
    assert!(
        (service[1] - 0.5 * (service[0] + service[2])).abs() < 0.02,
        "{service:?}"
    );
    assert_eq!(column(&table, "note")[1], "no text: mean of all regions");
}

#[test]
fn a_corpus_too_small_is_refused() {
    let folder = Folder::with_texts("tiny");
    let said = folder.refused(&["--topics", "500"]);
    assert!(said.contains("too few for 502 topics"), "{said}");
    assert!(said.contains("--topics"), "{said}");
}

#[test]
fn an_unknown_dimension_is_refused() {
    let folder = Folder::with_texts("dimension");
    let wrong = KEYWORDS.replace("dimension = \"technology\"", "dimension = \"tecnology\"");
    fs::write(folder.path("keywords.toml"), wrong).expect("keywords");
    let said = folder.refused(&[]);
    assert!(said.contains("unknown dimension `tecnology`"), "{said}");
    assert!(said.contains("environment, technology") && said.contains("keywords.toml:12"));
}

#[test]
fn a_table_has_a_page_that_is_made_again_from_its_files() {
    let folder = Folder::with_texts("page");
    folder.cogov(&[]).assert().success();
    let first = folder.read("out/f_report.html");
    assert!(first.contains("differs most in") && first.contains("0 of 2"));
    let again = |more: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("cogov").expect("the program");
        command.arg("report").arg(folder.path("out")).args(more);
        command.output().expect("a run")
    };
    fs::remove_file(folder.path("out/f_report.html")).expect("removed");
    assert!(again(&[]).status.success());
    assert!(
        folder.read("out/f_report.html") == first,
        "the page differs"
    );
    assert!(again(&["--lang", "zh"]).status.success());
    assert!(
        folder
            .read("out/f_report.html")
            .contains("<html lang=\"zh\"")
    );
}

#[test]
fn a_page_is_not_made_of_a_damaged_table_or_of_several() {
    let folder = Folder::with_texts("no_page");
    folder.cogov(&[]).assert().success();
    let again = || {
        let mut command = assert_cmd::Command::cargo_bin("cogov").expect("the program");
        let output = command.arg("report").arg(folder.path("out")).output();
        String::from_utf8(output.expect("a run").stderr).expect("text")
    };
    let table = folder.read("out/f.csv");
    fs::write(folder.path("out/f.csv"), table.replacen(",0.", ",x.", 2)).expect("spoilt");
    let said = again();
    assert!(
        said.contains("f.csv:2") && said.contains("must hold a number"),
        "{said}"
    );
    fs::copy(folder.path("out/f.csv"), folder.path("out/g.csv")).expect("copied");
    fs::copy(
        folder.path("out/f_manifest.json"),
        folder.path("out/g_manifest.json"),
    )
    .expect("copied");
    let said = again();
    assert!(
        said.contains("several factor tables: f.csv, g.csv"),
        "{said}"
    );
}
