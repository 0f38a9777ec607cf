//! How figures look: colours that are told apart without seeing red and green, letters and dashes by
//! which a policy is known everywhere, quiet axes.

use serde_json::{Value, json};

/// Text and lines.
pub const INK: &str = "#1b2530";
/// Text beside.
pub const SOFT: &str = "#56616c";
/// Lines of the grid.
pub const GRID: &str = "#dfe5ea";
/// What is not clear.
pub const UNCLEAR: &str = "#6b7580";
/// Fill of what is not clear.
pub const VOID: &str = "#dde2e7";
/// Better.
pub const BETTER: &str = "#0072b2";
/// Worse.
pub const WORSE: &str = "#b34700";
/// The best of a scale.
pub const BEST: &str = "#00395c";
/// The worst of a scale.
pub const WORST: &str = "#7a3400";
/// The middle of a scale from worse to better.
pub const MIDDLE: &str = "#f4f5f6";
/// The page.
pub const GROUND: &str = "#ffffff";

/// Okabe and Ito's hues (2008), dark enough to be read as text on white; the first is the best policy's.
pub const HUES: [&str; 8] = [
    "#0072b2", "#8f5f00", "#00795a", "#a3477b", "#1d7396", "#b34700", "#6f6500", "#3d4650",
];
/// Dashes that tell lines apart without colour.
pub const DASHES: [&str; 8] = [
    "solid",
    "dash",
    "dot",
    "dashdot",
    "longdash",
    "longdashdot",
    "8px 2px",
    "2px 6px",
];
/// Colours of a light page and what takes their place on a dark one.
pub const TWINS: [(&str, &str); 17] = [
    (INK, "#e8edf2"),
    (SOFT, "#a9b4bf"),
    (GRID, "#333d47"),
    (UNCLEAR, "#98a3ae"),
    (VOID, "#3b454f"),
    ("#0072b2", "#58b0ea"),
    ("#b34700", "#f0803c"),
    (MIDDLE, "#2a323a"),
    (GROUND, "#14191f"),
    ("#8f5f00", "#e69f00"),
    ("#00795a", "#35c79c"),
    ("#a3477b", "#e093c0"),
    ("#1d7396", "#7cc8e8"),
    ("#6f6500", "#e3d83c"),
    ("#3d4650", "#c8d0d8"),
    (WORST, "#ffb58a"),
    (BEST, "#b5dcf7"),
];

/// How a policy looks wherever it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Position among all policies, the baseline 0.
    pub policy: usize,
    /// Its name in the reader's language.
    pub name: String,
    /// Its letter, A for the best of the page; none beyond H and for the baseline.
    pub letter: Option<char>,
}

impl Look {
    /// The look of the policy that stands at `rank` of the page (from 0); the baseline has no rank.
    pub fn of(policy: usize, name: String, rank: Option<usize>) -> Self {
        let letter = rank.filter(|rank| *rank < HUES.len());
        let letter = letter.map(|rank| char::from(b'A' + rank as u8));
        Self {
            policy,
            name,
            letter,
        }
    }

    /// Its colour.
    pub fn colour(&self) -> &'static str {
        match self.letter {
            Some(letter) => HUES[(letter as u8 - b'A') as usize],
            None if self.policy == 0 => INK,
            None => UNCLEAR,
        }
    }

    /// Its dash.
    pub fn dash(&self) -> &'static str {
        self.letter
            .map_or("solid", |letter| DASHES[(letter as u8 - b'A') as usize])
    }

    /// What stands on its mark.
    pub fn mark(&self) -> String {
        self.letter.map(String::from).unwrap_or_default()
    }
}

/// A colour with so much of it (0 to 1) left.
pub fn faint(colour: &str, share: f64) -> String {
    format!("{colour}{:02x}", (share * 255.0) as u8)
}

/// A quiet axis with a title.
pub fn axis(title: &str) -> Value {
    json!({
        "title": { "text": title, "font": { "size": 13 } }, "automargin": true,
        "gridcolor": GRID, "linecolor": GRID, "zerolinecolor": INK, "zerolinewidth": 1,
        "tickfont": { "size": 12 }, "fixedrange": true, "separatethousands": true,
    })
}

/// An axis of names from top to bottom.
pub fn names(names: &[String]) -> Value {
    let places: Vec<usize> = (0..names.len()).collect();
    json!({
        "tickmode": "array", "tickvals": places, "ticktext": names, "automargin": true,
        "range": [names.len() as f64 - 0.5, -0.5], "fixedrange": true, "showgrid": false,
        "zeroline": false, "ticks": "", "tickfont": { "size": 12 },
    })
}

/// A layout of this height in pixels; `more` goes over it.
pub fn layout(height: usize, more: Value) -> Value {
    let mut layout = json!({
        "height": height, "autosize": true, "showlegend": false, "hovermode": "closest",
        "font": { "family": "inherit, sans-serif", "size": 12, "color": INK },
        "paper_bgcolor": "#00000000", "plot_bgcolor": "#00000000", "dragmode": false,
        "margin": { "l": 8, "r": 12, "t": 8, "b": 8 },
        "hoverlabel": { "bgcolor": GROUND, "bordercolor": GRID, "font": { "color": INK } },
    });
    let (Value::Object(base), Value::Object(more)) = (&mut layout, more) else {
        unreachable!("both are objects");
    };
    base.extend(more);
    layout
}

/// From worse over nothing to better; reversed where less is better.
pub fn worse_to_better(less_is_better: bool) -> Value {
    let ends = [WORST, WORSE, MIDDLE, BETTER, BEST];
    let stop = |i: usize| match less_is_better {
        true => ends[4 - i],
        false => ends[i],
    };
    (0..5).map(|i| json!([i as f64 / 4.0, stop(i)])).collect()
}

/// From little to much in one hue.
pub fn little_to_much() -> Value {
    json!([[0.0, MIDDLE], [1.0, BETTER]])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour (WCAG 2.2).
    fn light(colour: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let share = f64::from(byte) / 255.0;
            match share <= 0.040_45 {
                true => share / 12.92,
                false => libm::pow((share + 0.055) / 1.055, 2.4),
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn texts_can_be_read_on_light_and_dark() {
        let dark = |colour: &str| TWINS.iter().find(|(of, _)| *of == colour).unwrap().1;
        for colour in HUES.into_iter().chain([INK, SOFT, UNCLEAR, BETTER, WORSE]) {
            assert!(contrast(colour, GROUND) >= 4.5, "{colour} on white");
            let twin = dark(colour);
            assert!(contrast(twin, dark(GROUND)) >= 4.5, "{twin} on dark");
        }
    }

    #[test]
    fn what_is_more_stands_out_more_on_light_and_dark() {
        for scale in [[MIDDLE, BETTER, BEST], [MIDDLE, WORSE, WORST]] {
            let twins = scale.map(|colour| TWINS.iter().find(|(of, _)| *of == colour).unwrap().1);
            let dark = TWINS.iter().find(|(of, _)| *of == GROUND).unwrap().1;
            for (colours, ground) in [(scale, GROUND), (twins, dark)] {
                let [none, some, much] = colours.map(|colour| contrast(colour, ground));
                assert!(none < some && some < much, "{colours:?}");
            }
        }
    }

    #[test]
    fn a_policy_is_known_by_letter_colour_and_dash() {
        let [first, ninth] = [0, 8].map(|rank| Look::of(1, "a".into(), Some(rank)));
        assert_eq!((first.mark().as_str(), first.colour()), ("A", HUES[0]));
        assert_eq!(
            (ninth.letter, ninth.colour(), ninth.dash()),
            (None, UNCLEAR, "solid")
        );
        assert_eq!(Look::of(0, "b".into(), None).colour(), INK);
    }
}
