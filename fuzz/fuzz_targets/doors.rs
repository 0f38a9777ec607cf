//! Inputs for the door that `COGOV_DOOR` names, chosen by the lines of code that they reach.

#![no_main]

#[path = "../../tests/helpers/doors.rs"]
mod doors;
#[path = "../../tests/helpers/files.rs"]
#[allow(dead_code)]
mod files;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static DOOR: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let enter = DOOR.get_or_init(|| {
        let name = std::env::var("COGOV_DOOR").expect("COGOV_DOOR names a door");
        let door = doors::DOORS.iter().find(|door| door.name == name);
        door.expect("a door of tests/helpers/doors.rs").enter
    });
    enter(bytes);
});
