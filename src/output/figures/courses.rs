//! What each intervention does when: strength over time, one row each.

use serde_json::{Value, json};

use super::style::{BETTER, axis, faint, layout, names};
use super::{Figure, num};

/// Strength of an intervention: corners of its course.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseArea {
    /// Its name.
    pub name: String,
    /// Months of the run and the strength there, from its begin to its end.
    pub corners: Vec<(f64, f64)>,
    /// What is read out.
    pub said: String,
}

/// The figure of a run of so many `months`; `years` are month and year of the marks.
pub fn figure(courses: &[CourseArea], months: u32, years: &[(i32, i32)]) -> Figure {
    let most = courses
        .iter()
        .flat_map(|of| &of.corners)
        .fold(1.0_f64, |most, (_, strength)| most.max(*strength));
    let area = |(i, course): (usize, &CourseArea)| -> Value {
        let base = i as f64 + 0.4;
        let ends = course
            .corners
            .first()
            .into_iter()
            .chain(course.corners.last());
        let [first, last] = [0, 1].map(|at| ends.clone().nth(at).map_or(0.0, |(month, _)| *month));
        let up = course
            .corners
            .iter()
            .map(|(month, strength)| (*month, base - 0.8 * strength / most));
        let whole = [(first, base)].into_iter().chain(up).chain([(last, base)]);
        let (x, y): (Vec<Value>, Vec<Value>) = whole.map(|(x, y)| (num(x), num(y))).unzip();
        json!({
            "type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "fillcolor": faint(BETTER, 0.65),
            "line": { "width": 1, "color": BETTER }, "hoveron": "fills", "name": course.said, "hoverinfo": "name",
        })
    };
    let all: Vec<String> = courses.iter().map(|of| of.name.clone()).collect();
    let mut x = axis("");
    x["side"] = "top".into();
    x["range"] = json!([0, months]);
    x["zeroline"] = false.into();
    x["tickvals"] = years.iter().map(|(month, _)| *month).collect();
    x["ticktext"] = years.iter().map(|(_, year)| *year).collect();
    let layout = layout(
        60 + 24 * courses.len(),
        json!({ "xaxis": x, "yaxis": names(&all) }),
    );
    Figure {
        data: courses.iter().enumerate().map(area).collect(),
        layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_stands_on_its_row() {
        let course = CourseArea {
            name: "a".into(),
            corners: vec![(12.0, 0.0), (24.0, 1.0), (30.0, 1.0)],
            said: "a".into(),
        };
        let made = figure(&[course], 30, &[(5, 2013)]);
        assert_eq!(made.data[0]["x"], json!([12.0, 12.0, 24.0, 30.0, 30.0]));
        assert_eq!(made.data[0]["y"], json!([0.4, 0.4, -0.4, -0.4, 0.4]));
    }
}
