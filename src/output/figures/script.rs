//! The script that draws figures: plotly's, as crate `plotly` carries it.

use std::io::Write as _;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use plotly::Plot;

/// Plotly's own script, without the one that sets formulas.
pub fn plotly() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let both = Plot::offline_js_sources();
        let (_, rest) = both.split_once('>').expect("the first is a script element");
        let (script, _) = rest.split_once("</script>").expect("it ends");
        script.to_owned()
    })
}

/// The same as [`packed`].
pub fn packed_plotly() -> &'static str {
    static PACKED: OnceLock<String> = OnceLock::new();
    PACKED.get_or_init(|| packed(plotly().as_bytes()))
}

/// Bytes compressed (gzip) and written in letters (base64), as a page's `DecompressionStream` undoes it.
pub fn packed(bytes: &[u8]) -> String {
    let mut packing = GzEncoder::new(Vec::new(), Compression::best());
    packing.write_all(bytes).expect("memory takes all");
    base64(&packing.finish().expect("memory takes all"))
}

/// Base64 with padding (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= three.len() {
                letter as char
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        let cases = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let expected = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        assert_eq!(cases.map(|text| base64(text.as_bytes())), expected);
    }

    #[test]
    fn the_script_is_plotly_alone() {
        let script = plotly();
        assert!(script.trim_start().starts_with("/**\n* plotly.js v"));
        assert!(!script.contains("MathJax.loader") && !script.contains("<script"));
        assert!(packed_plotly().len() < 2_000_000);
    }
}
