//! Every shipped scenario loads without a fault.

use std::path::Path;

use cogov::scenario::{Loaded, Overrides, load};

fn shipped(name: &str) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    load(&path, &Overrides::default()).unwrap_or_else(|faults| panic!("{name}:\n{faults}"))
}

#[test]
fn china31() {
    let loaded = shipped("china31.toml");
    assert!(loaded.warnings.is_empty());
    assert_eq!(loaded.scenario.policies.len(), 11);
}
