//! Lines of a chart as data; `draw.py` beside this file draws them.

/// A line; few points are marks.
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

/// A line through `values`, one for each month from month 0 of August 2012 on.
pub fn months(name: &str, values: &[f64]) -> Line {
    let year = |month: usize| 2012.0 + (7.0 + month as f64) / 12.0;
    let points = values.iter().enumerate();
    Line {
        name: name.into(),
        points: points.map(|(month, value)| (year(month), *value)).collect(),
    }
}

/// A chart with its title and the meaning of its axes.
pub struct Chart {
    pub title: &'static str,
    pub across: &'static str,
    /// What is measured upwards, and its unit.
    pub upwards: &'static str,
    pub lines: Vec<Line>,
}

impl Chart {
    /// The same chart for a part of the years.
    pub fn between(mut self, from: f64, to: f64) -> Self {
        for line in &mut self.lines {
            line.points.retain(|(x, _)| (from..=to).contains(x));
        }
        self
    }
}
