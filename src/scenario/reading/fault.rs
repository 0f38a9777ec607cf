//! What is wrong with a scenario, where, and what may help.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::numeric::BySize as _;

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File as the user would name it, or what was typed on the command line.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
}

impl Place {
    /// The whole of `file`.
    pub fn whole(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            line: None,
            column: None,
        }
    }

    /// A line of `file`.
    pub fn line(file: &Arc<str>, line: usize) -> Self {
        Self {
            line: Some(line),
            ..Self::whole(file)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

/// Whether a fault forbids the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It does.
    Error,
    /// It does not, but is probably not meant.
    Warning,
}

/// Whose fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// What was written makes no sense.
    BadInput,
    /// The machine could not read what is there.
    Unreadable,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it forbids the run.
    pub kind: FaultKind,
    /// What is wrong.
    pub message: String,
    /// Where it is written, if anywhere.
    pub place: Option<Place>,
    /// What may help.
    pub hint: Option<String>,
    /// Whose fault it is.
    pub cause: Cause,
    /// The name that was looked for and not found, if that is what is wrong.
    pub sought: Option<Box<str>>,
}

impl Fault {
    /// A fault that forbids the run.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            kind: FaultKind::Error,
            message: message.into(),
            place: None,
            hint: None,
            cause: Cause::BadInput,
            sought: None,
        }
    }

    /// A fault that does not.
    pub fn warning(message: impl Into<String>) -> Self {
        Self {
            kind: FaultKind::Warning,
            ..Self::error(message)
        }
    }

    /// The same fault at `place`.
    pub fn at(self, place: &Place) -> Self {
        Self {
            place: Some(place.clone()),
            ..self
        }
    }

    /// The same fault at `place`, if there is one.
    pub fn placed(self, place: Option<&Place>) -> Self {
        Self {
            place: place.cloned(),
            ..self
        }
    }

    /// The same fault with a hint.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same fault with the one of `known` that `found` was probably meant to be as its hint.
    pub fn nearest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let sought = self.sought.clone().or_else(|| Some(found.into()));
        let fault = Self { sought, ..self };
        match nearest(found, known) {
            Some(name) => fault.hint(format!("did you mean `{name}`?")),
            None => fault,
        }
    }

    /// The same fault, which is that nothing is called `path`.
    pub fn seeking(self, path: &str) -> Self {
        Self {
            sought: Some(path.into()),
            ..self
        }
    }
}

/// The one of `known` closest to `found`, if any is close.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const CLOSE: f64 = 0.7;
    let found = found.to_lowercase();
    let likeness = |name: &'a str| (strsim::jaro_winkler(&found, &name.to_lowercase()), name);
    let best = known
        .into_iter()
        .map(likeness)
        .max_by(|a, b| a.0.by_size(&b.0).then(b.1.cmp(a.1)))?;
    (best.0 > CLOSE).then_some(best.1)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            FaultKind::Error => "error",
            FaultKind::Warning => "warning",
        };
        write!(f, "{kind}: {}", self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n\nhint: {hint}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes one more, unless it is noted already.
    pub fn push(&mut self, fault: Fault) {
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether any of them forbids the run.
    pub fn forbid(&self) -> bool {
        self.0.iter().any(|fault| fault.kind == FaultKind::Error)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// The same with each fault as `mend` makes it.
    pub fn mended(self, mend: impl Fn(Fault) -> Fault) -> Self {
        Self(self.0.into_iter().map(mend).collect())
    }

    /// All of them by file, line and column; what has no place comes first.
    pub(in crate::scenario) fn sorted(mut self) -> Vec<Fault> {
        self.0.sort_by(|a, b| a.place.cmp(&b.place));
        self.0
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            let gap = if i == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{fault}")?;
        }
        Ok(())
    }
}

impl Error for Faults {}

/// A number as a person would write it: with a power of ten where it has many digits.
pub fn told(number: f64) -> String {
    match number.abs() {
        0.0 => "0".into(),
        size if (1e-6..1e16).contains(&size) => number.to_string(),
        _ => format!("{number:e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_with_place_and_hint() {
        let place = Place {
            file: "scenarios/mandate.toml".into(),
            line: Some(14),
            column: Some(9),
        };
        let fault = Fault::error("`sharing.noise` must lie above 0, found -0.25")
            .at(&place)
            .hint("try 0.2");
        assert_eq!(
            fault.to_string(),
            "error: `sharing.noise` must lie above 0, found -0.25\n  --> scenarios/mandate.toml:14:9\n\nhint: try 0.2"
        );
    }

    #[test]
    fn only_close_names_are_suggested() {
        let known = ["noise", "benefit", "belief_rate"];
        assert_eq!(nearest("nosie", known), Some("noise"));
        assert_eq!(nearest("Benefits", known), Some("benefit"));
        assert_eq!(nearest("xyz", known), None);
    }

    #[test]
    fn a_fault_is_noted_once() {
        let mut faults = Faults::default();
        faults.push(Fault::error("a"));
        faults.push(Fault::error("a"));
        assert_eq!(faults.count(), 1);
    }
}
