//! The live page: its frame, its style and its script. It draws as the report does, with the same style, the
//! same elements and the same figures.

use sha2::{Digest as _, Sha256};

use super::base64;

/// Its frame.
pub const FRAME: &str = include_str!("live/page.html");

/// Its style.
pub fn style() -> String {
    [
        include_str!("base.css"),
        include_str!("parts.css"),
        include_str!("live/live.css"),
    ]
    .concat()
}

/// Its script: the report's ways to make elements and to draw, then its own.
pub fn script() -> String {
    let parts = [
        include_str!("live/data.js"),
        include_str!("words.js"),
        include_str!("dom.js"),
        include_str!("plot.js"),
        include_str!("live/socket.js"),
        include_str!("live/state.js"),
        include_str!("live/where.js"),
        include_str!("live/levers.js"),
        include_str!("live/tabs.js"),
        include_str!("live/assumptions.js"),
        include_str!("live/time.js"),
        include_str!("live/pictures.js"),
        include_str!("live/replay.js"),
        include_str!("live/files.js"),
        include_str!("live/main.js"),
    ];
    format!("(() => {{\n\"use strict\";\n{}\n}})();\n", parts.concat())
}

/// The content policy: all comes from this address. Plotly sets styles by rules that it adds to an empty
/// sheet, and positions by attributes.
pub fn content_policy(port: u16) -> String {
    let empty = base64(&Sha256::digest(""));
    format!(
        "default-src 'none'; script-src 'self'; style-src-elem 'self' 'sha256-{empty}'; \
         style-src-attr 'unsafe-inline'; img-src data: blob:; connect-src 'self' ws://127.0.0.1:{port} \
         ws://localhost:{port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
