//! The same study under other languages, and time zones has the same bytes.

use crate::command::{cogov, files, folder, said, small};

#[test]
fn no_setting_of_the_machine_moves_a_byte() {
    let home = folder("platforms", "settings");
    let mut straight = None;
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "zh_CN.GB18030"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/St_Johns"),
    ] {
        let _ = std::fs::remove_dir_all(home.join("results"));
        let study = format!("compare {} --quiet --replications 2 --out results", small());
        let output = cogov(&home, &study).env(name, value).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}={value}: {}",
            said(&output)
        );
        let found = (files(&home.join("results")), output.stdout);
        let first = straight.get_or_insert_with(|| found.clone());
        assert!(*first == found, "{name}={value}");
    }
}
