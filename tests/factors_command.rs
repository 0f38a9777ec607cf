//! `cogov factors` as it is typed: a small corpus in both languages, wrong input, interruption.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

const KEYWORDS: &str = r#"
dimensions = ["environment", "technology"]
[scope]
zh = ["数字"]
[[factor]]
name = "service"
dimension = "environment"
zh = ["政务服务", "热线"]
en = ["public service", "hotline"]
[[factor]]
name = "platform"
dimension = "technology"
zh = ["云平台", "算力", "从不出现"]
en = ["cloud platform", "data centre"]
"#;

const PROVINCES: &str =
    "iso,name,service_index_2019\nCN-AA,First,90\nCN-BB,Second,80\nCN-CC,Third,70\n";

/// Clauses about services and about platforms, in Chinese and in English.
const SERVICE_ZH: [&str; 3] = [
    "推动政务服务窗口集成办理，群众办事更加方便快捷",
    "热线及时回应群众诉求，政务服务窗口延长办事时间",
    "群众通过热线反映诉求，窗口限时办理政务服务",
];
const PLATFORM_ZH: [&str; 3] = [
    "建设统一云平台，算力资源统一调度，网络全面覆盖",
    "扩大算力规模，云平台支撑网络应用，资源统一管理",
    "网络基础设施升级，算力中心接入云平台统一调度",
];
const SERVICE_EN: [&str; 2] = [
    "The hotline answers citizens and every public service window helps citizens quickly",
    "Citizens praise the public service window and call the hotline about daily needs",
];
const PLATFORM_EN: [&str; 2] = [
    "A cloud platform joins each data centre and the network carries computing power",
    "The data centre supplies computing power and the cloud platform runs over the network",
];

/// A folder that is removed at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cogov_{name}_{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("corpus")).expect("a folder");
        fs::write(path.join("keywords.toml"), KEYWORDS).expect("keywords");
        fs::write(path.join("provinces.csv"), PROVINCES).expect("provinces");
        Self(path)
    }

    /// Three regions: the first speaks of service, the last of platforms, the second of both.
    fn with_texts(name: &str) -> Self {
        let folder = Self::new(name);
        for (region, services) in [("CN-AA", 5), ("CN-BB", 3), ("CN-CC", 1)] {
            folder.text(
                &format!("{region}_report.txt"),
                &text(&SERVICE_ZH, &PLATFORM_ZH, services, "。"),
            );
            folder.text(
                &format!("{region}_english.txt"),
                &text(&SERVICE_EN, &PLATFORM_EN, services, ". "),
            );
        }
        folder
    }

    fn text(&self, name: &str, text: &str) {
        fs::write(self.0.join("corpus").join(name), text).expect("a text");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a result")
    }

    fn arguments(&self, more: &[&str]) -> Vec<String> {
        let path = |name: &str| self.path(name).display().to_string();
        let mut all = vec![
            "factors".into(),
            path("corpus"),
            "--out".into(),
            path("out/f.csv"),
        ];
        all.extend(["--keywords".into(), path("keywords.toml")]);
        all.extend(["--provinces".into(), path("provinces.csv")]);
        let fixed = "--chains 4 --burn-in 50 --topics 0 --min-clauses 3 --min-regions 2";
        all.extend(fixed.split(' ').map(str::to_owned));
        all.extend(more.iter().map(|a| (*a).to_owned()));
        all
    }

    fn cogov(&self, more: &[&str]) -> Command {
        let mut command = Command::cargo_bin("cogov").expect("the binary");
        command.args(self.arguments(more));
        command
    }

    /// Runs, expects exit code 1 and no result, and gives what was said.
    fn refused(&self, more: &[&str]) -> String {
        let output = self.cogov(more).output().expect("a run");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(!self.path("out").exists(), "something was written");
        String::from_utf8(output.stderr).expect("text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Sixty clauses of which `services` in six are about service.
fn text(service: &[&str], platform: &[&str], services: usize, end: &str) -> String {
    let clause = |i: usize| match i % 6 < services {
        true => service[i % service.len()],
        false => platform[i % platform.len()],
    };
    (0..60).map(|i| clause(i).to_owned() + end).collect()
}

/// The cells of a column of a CSV text.
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader
        .headers()
        .expect("a header")
        .iter()
        .position(|h| h == name);
    let place = place.expect("the column");
    reader
        .records()
        .map(|r| r.expect("a row")[place].to_owned())
        .collect()
}

fn numbers(csv: &str, name: &str) -> Vec<f64> {
    let cells = column(csv, name);
    cells
        .iter()
        .map(|cell| cell.parse().expect("a number"))
        .collect()
}

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
    assert_eq!(
        numbers(&quality, "rank_correlation_service_index_2019"),
        [1.0, -1.0]
    );
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
    folder.cogov(&["--threads", "3"]).assert().success();
    assert_eq!(table, folder.read("out/f.csv"));
    fs::write(folder.path("corpus/zh/corpus.bow"), "1\n1\n1\n1 99 1\n").expect("broken");
    fs::remove_dir_all(folder.path("out")).expect("removed");
    assert!(folder.refused(&[]).contains("corpus.bow:4"));
}

#[test]
fn plain_topics_choose_their_number() {
    let folder = Folder::with_texts("plain");
    folder
        .cogov(&["--method", "lda", "--sizes", "1,2,4"])
        .assert()
        .success();
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
    let output = folder.cogov(&[]).output().expect("a run");
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
        "iso\tkind\tfile\nCN-AA\treport\tCN-ZZ_report.txt\n",
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

/// Waits until `done` holds.
fn wait_for(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "nothing happened"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn finished_chains(folder: &Path) -> usize {
    let files = fs::read_dir(folder).map(|files| files.flatten().collect::<Vec<_>>());
    let json = |f: &fs::DirEntry| f.path().extension().is_some_and(|e| e == "json");
    files.map_or(0, |files| files.iter().filter(|f| json(f)).count())
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_its_chains_and_goes_on() {
    let folder = Folder::with_texts("interrupted");
    let long = ["--burn-in", "2500", "--chains", "6", "--threads", "1"];
    let mut child = Process::new(env!("CARGO_BIN_EXE_cogov"))
        .args(folder.arguments(&long))
        .stderr(Stdio::null())
        .spawn()
        .expect("a run");
    let chains = folder.path("out/f.csv.chains");
    wait_for(|| finished_chains(&chains) > 0);
    let id = child.id().to_string();
    Process::new("kill")
        .args(["-INT", &id])
        .status()
        .expect("a signal");
    assert_eq!(child.wait().expect("an end").code(), Some(130));
    let kept = finished_chains(&chains);
    assert!((1..6).contains(&kept), "{kept} chains kept");
    assert!(!folder.path("out/f.csv").exists());
    let first = chains.join("chain_000.json");
    let old = fs::read(&first).expect("a chain");
    let resume = |more: &[&str]| {
        folder.cogov(&[&long, more].concat()).assert().success();
        folder.read("out/f.csv")
    };
    let resumed = resume(&["--resume"]);
    assert_eq!(resumed, resume(&[]), "the same table as in one go");
    // A finished chain that was changed on disk shows in the table: it is taken up, not made again.
    let mut changed: serde_json::Value = serde_json::from_slice(&old).expect("a chain");
    changed["chains"][0]["attention"][0] = 90.0.into();
    fs::create_dir_all(&chains).expect("a folder");
    fs::write(&first, changed.to_string()).expect("a chain");
    assert_ne!(
        resumed,
        resume(&["--resume"]),
        "the finished chain was made again"
    );
}
