//! A small corpus in a folder of its own, and the command over it.

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;

pub const KEYWORDS: &str = r#"
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

pub const PROVINCES: &str =
    "iso,name,service_index_2019\nCN-AA,First,90\nCN-BB,Second,80\nCN-CC,Third,70\n";

/// Clauses about services and about platforms, in Chinese and in English.
pub const SERVICE_ZH: [&str; 3] = [
    "推动政务服务窗口集成办理，群众办事更加方便快捷",
    "热线及时回应群众诉求，政务服务窗口延长办事时间",
    "群众通过热线反映诉求，窗口限时办理政务服务",
];
pub const PLATFORM_ZH: [&str; 3] = [
    "建设统一云平台，算力资源统一调度，网络全面覆盖",
    "扩大算力规模，云平台支撑网络应用，资源统一管理",
    "网络基础设施升级，算力中心接入云平台统一调度",
];
pub const SERVICE_EN: [&str; 2] = [
    "The hotline answers citizens and every public service window helps citizens quickly",
    "Citizens praise the public service window and call the hotline about daily needs",
];
pub const PLATFORM_EN: [&str; 2] = [
    "A cloud platform joins each data centre and the network carries computing power",
    "The data centre supplies computing power and the cloud platform runs over the network",
];

/// A folder that is removed at the end of the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cogov_{name}_{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("corpus")).expect("a folder");
        fs::write(path.join("keywords.toml"), KEYWORDS).expect("keywords");
        fs::write(path.join("provinces.csv"), PROVINCES).expect("provinces");
        Self(path)
    }

    /// Three regions: the first speaks of service, the last of platforms, the second of both.
    pub fn with_texts(name: &str) -> Self {
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

    pub fn text(&self, name: &str, text: &str) {
        fs::write(self.0.join("corpus").join(name), text).expect("a text");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a result")
    }

    pub fn arguments(&self, more: &[&str]) -> Vec<String> {
        let path = |name: &str| self.path(name).display().to_string();
        let mut all = vec![
            "factors".into(),
            path("corpus"),
            "--out".into(),
            path("out/f.csv"),
        ];
        all.extend(["--keywords".into(), path("keywords.toml")]);
        all.extend(["--provinces".into(), path("provinces.csv")]);
        let fixed = "--index service_index_2019 --chains 4 --burn-in 50 --topics 0 --min-clauses 3 --min-regions 2";
        all.extend(fixed.split(' ').map(str::to_owned));
        all.extend(more.iter().map(|a| (*a).to_owned()));
        all
    }

    pub fn cogov(&self, more: &[&str]) -> Command {
        let mut command = Command::cargo_bin("cogov").expect("the binary");
        command.args(self.arguments(more));
        command
    }

    /// Runs, expects exit code 1 and no result, and gives what was said.
    pub fn refused(&self, more: &[&str]) -> String {
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
pub fn text(service: &[&str], platform: &[&str], services: usize, end: &str) -> String {
    let clause = |i: usize| match i % 6 < services {
        true => service[i % service.len()],
        false => platform[i % platform.len()],
    };
    (0..60).map(|i| clause(i).to_owned() + end).collect()
}

/// The cells of a column of a CSV text.
pub fn column(csv: &str, name: &str) -> Vec<String> {
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

pub fn numbers(csv: &str, name: &str) -> Vec<f64> {
    let cells = column(csv, name);
    cells
        .iter()
        .map(|cell| cell.parse().expect("a number"))
        .collect()
}
