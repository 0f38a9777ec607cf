//! The same words in another dress: two regions that say the same have the same row.

use super::folder::{Folder, KEYWORDS, PROVINCES, column, numbers};
use std::fs;

const SERVICE: [&str; 4] = [
    "推行一网通办改革，群众办事更加方便快捷",
    "窗口回应群众诉求，审批事项提速增效",
    "乡镇窗口受理申请，材料流程大幅精简",
    "一网通办覆盖乡镇，企业开办时间缩短",
];
const PLATFORM: [&str; 4] = [
    "统一建设云平台，存储资源集中调度",
    "机房扩容升级，网络带宽成倍增长",
    "云平台承载应用，系统运行稳定可靠",
    "新建机房接入电力，设备采购完成验收",
];

fn text(of_ten: usize) -> String {
    let clause = |i: usize| if i * 7 % 10 < of_ten { SERVICE } else { PLATFORM }[i % 4];
    (0..120).map(|i| format!("{}。\n", clause(i))).collect()
}

fn keywords(service: &str) -> String {
    let factor = |name: &str, words: &str| {
        format!("[[factor]]\nname = '{name}'\ndimension = 'd'\nzh = [{words}]\n")
    };
    let service = factor("service", &format!("'{service}', '窗口'"));
    format!(
        "dimensions = ['d']\n{service}{}",
        factor("platform", "'云平台', '机房'")
    )
}

/// Three regions, of which the first says in another dress what the second says.
fn dressed(name: &str, service: &str, dress: impl Fn(&str) -> String) -> Folder {
    let folder = Folder::new(name);
    fs::write(folder.path("keywords.toml"), keywords(service)).expect("keywords");
    let plain = |of_ten| text(of_ten).replace("一网通办", service);
    folder.text("CN-AA_report.txt", &dress(&plain(6)));
    folder.text("CN-BB_report.txt", &plain(6));
    folder.text("CN-CC_report.txt", &plain(2));
    folder
}

/// The first two rows, and what was said.
fn rows(folder: &Folder) -> ([(f64, f64); 2], String) {
    let output = folder.cogov(&[]).output().expect("a run");
    assert!(output.status.success(), "{output:?}");
    let table = folder.read("out/f.csv");
    let (words, shares) = (numbers(&table, "tokens"), numbers(&table, "service"));
    let row = |i: usize| (words[i], shares[i]);
    (
        [row(0), row(1)],
        String::from_utf8(output.stderr).expect("text"),
    )
}

fn wrapped(text: &str, width: usize, end: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
    let lines = chars
        .chunks(width)
        .map(|line| line.iter().collect::<String>() + end);
    lines.collect()
}

#[test]
fn forms_that_look_alike_count_alike() {
    let radicals = |t: &str| {
        t.replace('一', "\u{2f00}")
            .replace('网', "\u{2f79}")
            .replace('口', "\u{2f1d}")
    };
    let dresses: [(&str, &dyn Fn(&str) -> String); 6] = [
        ("radicals", &radicals),
        ("invisible", &|t| {
            t.replace("通办", "通\u{200b}办")
                .replace("窗口", "窗\u{ad}口")
        }),
        ("windows", &|t| {
            format!("\u{feff}{}", t.replace('\n', "\r\n"))
        }),
        ("separators", &|t| t.replace('\n', "\u{2028}")),
        ("signs", &|t| t.replace('，', ",").replace('。', "｡")),
        ("wide", &|t| t.replace('\n', "\n\u{3000}\u{3000}")),
    ];
    for (name, dress) in dresses {
        let ([a, b], _) = rows(&dressed(name, "一网通办", dress));
        assert_eq!(a, b, "{name}");
        assert!(a.1 > 0.55 && a.1 < 0.7, "{name}: {a:?}");
    }
}

#[test]
fn keywords_are_found_in_whatever_form_they_are_written() {
    for (name, keyword) in [
        ("plus", "互联网+政务"),
        ("slash", "一网/通办"),
        ("dot", "一网·通办"),
        ("latin", "ai平台"),
    ] {
        let folder = dressed(name, keyword, |t| {
            t.replace("互联网+", "互联网＋")
                .replace("ai平台", "ＡＩ 平台")
                .replace('/', "／")
        });
        let ([a, b], said) = rows(&folder);
        assert_eq!(a, b, "{name}");
        assert!(!said.contains("never occur"), "{name}: {said}");
        let found = folder.read("out/keywords.csv");
        assert_eq!(column(&found, "keyword")[0], keyword);
        assert_eq!(numbers(&found, "occurrences")[0], 84.0, "{name}");
    }
}

#[test]
fn sentences_go_on_over_the_end_of_a_line() {
    let dresses: [(&str, &dyn Fn(&str) -> String); 4] = [
        ("wrapped", &|t| wrapped(t, 15, "\n")),
        ("wide", &|t| wrapped(t, 38, "\r\n")),
        ("spaced", &|t| wrapped(t, 22, "\n\n")),
        ("pages", &|t| {
            wrapped(t, 22, "\n").replacen('\n', "\n- 1 -\n", 9)
        }),
    ];
    for (name, dress) in dresses {
        let ([a, b], said) = rows(&dressed(name, "一网通办", dress));
        assert_eq!(a, b, "{name}");
        let note = "CN-AA_report.txt: lines are cut off by their width";
        assert!(
            said.contains(note) && !said.contains("CN-BB_report.txt: lines"),
            "{said}"
        );
    }
}

#[test]
fn terms_in_jiebas_columns_stay_whole() {
    let folder = dressed("columns", "一网通办", str::to_owned);
    fs::write(folder.path("terms.txt"), "集中调度 1000 n\n").expect("terms");
    let terms = folder.path("terms.txt").display().to_string();
    let counts = folder.path("counts").display().to_string();
    for flag in ["--terms", "--dictionary"] {
        let flags = [flag, &terms, "--counts", &counts, "--force"];
        let output = folder.cogov(&flags).output().expect("a run");
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(
            said.contains("1 lines in the columns of jieba's dictionaries"),
            "{said}"
        );
        let words = folder.read("counts/zh/vocab.txt");
        assert!(words.lines().any(|word| word == "集中调度"), "{words}");
    }
}

/// Exit code and what was said when the table is made of the folder's texts with these flags alone.
fn made(folder: &Folder, flags: &[&str]) -> (Option<i32>, String) {
    let mut command = assert_cmd::Command::cargo_bin("cogov").expect("the binary");
    let fixed = "--chains 4 --burn-in 50 --topics 0 --min-clauses 3 --min-regions 2 --force --out";
    command
        .arg("factors")
        .arg(folder.path("corpus"))
        .args(fixed.split(' '))
        .arg(folder.path("out/f.csv"));
    let output = command.args(flags).output().expect("a run");
    let said = String::from_utf8(output.stderr).expect("text");
    (output.status.code(), said)
}

#[test]
fn lists_are_asked_for() {
    let folder = Folder::with_texts("asked");
    let path = |name: &str| folder.path(name).display().to_string();
    let (code, said) = made(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("the keywords of the factors and the table of the provinces"),
        "{said}"
    );
    assert!(
        said.contains("--scenario scenarios/china31.toml, or --lists DIR"),
        "{said}"
    );
    let (code, said) = made(&folder, &["--lists", &path("corpus")]);
    assert!(
        code == Some(1) && said.contains("corpus`: the keywords"),
        "{said}"
    );
    let both = ["--scenario", &path("base.toml"), "--lists", &path("")];
    let (code, said) = made(&folder, &both);
    assert!(
        code == Some(1) && said.contains("cannot be used with"),
        "{said}"
    );
}

#[test]
fn lists_come_from_a_folder_or_a_scenario() {
    let folder = Folder::with_texts("lists");
    let path = |name: &str| folder.path(name).display().to_string();
    folder
        .cogov(&["--index", "service_index_2019"])
        .assert()
        .success();
    let table = folder.read("out/f.csv");
    fs::write(folder.path("stop_words.txt"), "\n").expect("stop words");
    assert_eq!(made(&folder, &["--lists", &path("")]).0, Some(0));
    assert_eq!(table, folder.read("out/f.csv"));
    let scenario = "[factors]\nkeywords = 'keywords.toml'\nstop_words = 'stop_words.txt'\n\
                    index = 'service_index_2019'\ntable = 'not made yet.csv'\n\
                    [population]\nprovinces = 'provinces.csv'\n";
    fs::write(folder.path("base.toml"), scenario).expect("a scenario");
    fs::create_dir(folder.path("mine")).expect("a folder");
    fs::write(folder.path("mine/own.toml"), "extends = '../base.toml'\n").expect("a scenario");
    let own = ["--scenario", &path("mine/own.toml")];
    assert_eq!(made(&folder, &own).0, Some(0));
    assert_eq!(table, folder.read("out/f.csv"));
    let quality = folder.read("out/f_quality.csv");
    assert_eq!(
        column(&quality, "rank_correlation_index"),
        ["1.000000", "-1.000000"]
    );
}

fn every_cell_means_something(folder: &Folder) {
    let tables = [
        "f.csv",
        "f_quality.csv",
        "topics.csv",
        "keywords.csv",
        "f_corpus.csv",
    ];
    for file in tables {
        let text = folder.read(&format!("out/{file}"));
        let odd = ["NaN", "nan", "inf"];
        let mut cells = text.lines().flat_map(|line| line.split(','));
        let sound = cells.all(|cell| !odd.contains(&cell.trim_start_matches('-')));
        assert!(sound, "{file}: {text}");
    }
}

/// No table holds `inf` or `NaN`, whatever was asked for.
#[test]
fn few_or_odd_regions_and_keywords_make_no_figure_without_meaning() {
    let one =
        "dimensions = ['d']\n[[factor]]\nname = 'service'\ndimension = 'd'\nzh = ['政务服务']\n";
    let never = KEYWORDS.replace("\"政务服务\", \"热线\"", "\"从未\"");
    let lone = KEYWORDS.replace("\"云平台\", \"算力\", \"从不出现\"", "\"算力\"");
    for (i, keywords) in [one, &never, &lone, KEYWORDS].into_iter().enumerate() {
        for regions in [2, 3] {
            let folder = Folder::with_texts(&format!("odd{i}{regions}"));
            fs::write(folder.path("keywords.toml"), keywords).expect("keywords");
            let table: Vec<&str> = PROVINCES.lines().take(1 + regions).collect();
            fs::write(folder.path("provinces.csv"), table.join("\n")).expect("provinces");
            if regions == 2 {
                for kind in ["report", "english"] {
                    fs::remove_file(folder.path(&format!("corpus/CN-CC_{kind}.txt")))
                        .expect("removed");
                }
            }
            let output = folder.cogov(&["--samples", "1"]).output().expect("a run");
            assert!(output.status.success(), "{output:?}");
            let said = String::from_utf8(output.stderr).expect("text");
            assert!(!said.contains("NaN") && !said.contains(" inf"), "{said}");
            every_cell_means_something(&folder);
            let empty = folder.read("out/f_quality.csv").contains(",,");
            assert_eq!(
                empty,
                said.contains("the cell is empty"),
                "{i} {regions}: {said}"
            );
        }
    }
}

#[test]
fn one_region_with_text_is_nothing_to_compare() {
    let folder = Folder::with_texts("alone");
    for region in ["CN-BB", "CN-CC"] {
        for kind in ["report", "english"] {
            fs::remove_file(folder.path(&format!("corpus/{region}_{kind}.txt"))).expect("removed");
        }
    }
    assert!(
        folder
            .refused(&[])
            .contains("only CN-AA has text about the subject")
    );
}

#[test]
fn a_damaged_table_of_provinces_is_refused_with_its_line() {
    let folder = Folder::with_texts("provinces");
    for (table, said) in [
        (
            PROVINCES.lines().take(2).collect::<Vec<_>>().join("\n"),
            "fewer than two regions",
        ),
        (
            PROVINCES.replace("CN-BB", "CN-AA"),
            "province CN-AA stands here twice",
        ),
        (PROVINCES.replace("CN-BB", ""), "`iso` must be a name"),
        (
            PROVINCES.replace(",80", ",many"),
            "`service_index_2019` must be a number, or empty",
        ),
        (
            PROVINCES.replace(",80", ",inf"),
            "`service_index_2019` must be a number, or empty",
        ),
        (PROVINCES.replace("iso", "code"), "there is no column `iso`"),
    ] {
        fs::write(folder.path("provinces.csv"), &table).expect("provinces");
        let text = folder.refused(&[]);
        assert!(
            text.contains(said) && text.contains("provinces.csv"),
            "{text}"
        );
    }
}
