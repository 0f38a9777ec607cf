//! A part of a study, as people and programs read it.

use serde_json::json;

use crate::study::PartDone;

/// That a part is finished, and what to do then.
pub fn part(done: &PartDone, as_json: bool) -> String {
    let (part, of) = (done.shard.part + 1, done.shard.of);
    match as_json {
        true => format!(
            "{:#}\n",
            json!({ "part": part, "of": of, "folder": done.folder })
        ),
        false => {
            let folder = done.folder.as_deref().unwrap_or("memory".as_ref());
            format!(
                "part {part} of {of} is finished in {}; when all are, join them with `cogov merge`\n",
                folder.display()
            )
        }
    }
}
