//! Writes what usually comes in by each door to `corpus/DOOR/`, for the fuzzer to begin with.

#[path = "../../tests/helpers/doors.rs"]
mod doors;
#[path = "../../tests/helpers/files.rs"]
#[allow(dead_code)]
mod files;

fn main() {
    for door in &doors::DOORS {
        let folder = std::path::Path::new("corpus").join(door.name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (number, bytes) in (door.usual)().into_iter().enumerate() {
            std::fs::write(folder.join(number.to_string()), bytes).expect("a file can be written");
        }
    }
}
