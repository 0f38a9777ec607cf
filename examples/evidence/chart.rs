//! Line charts as SVG: small, readable in black and white, safe for the colour-blind.

use std::fmt::Write;

/// Width and height of a chart, and of the field inside it.
const SIZE: (f64, f64) = (664.0, 360.0);
const FIELD: (f64, f64, f64, f64) = (74.0, 34.0, 420.0, 280.0);
/// Okabe and Ito's (2008) colours, and dashes that tell the lines apart without them.
const PENS: [(&str, &str); 6] = [
    ("#0072B2", ""),
    ("#D55E00", "7 4"),
    ("#009E73", "2 3"),
    ("#CC79A7", "10 3 2 3"),
    ("#000000", "4 2"),
    ("#E69F00", "12 4"),
];

/// A line, or marks where it is not joined.
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
    pub joined: bool,
}

/// A line through `values`, one for each month from month 0 of August 2012 on.
pub fn months(name: &str, values: &[f64]) -> Line {
    let year = |month: usize| 2012.0 + (7.0 + month as f64) / 12.0;
    let points = values.iter().enumerate();
    Line {
        name: name.into(),
        points: points.map(|(month, value)| (year(month), *value)).collect(),
        joined: true,
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

    /// The picture.
    pub fn svg(&self) -> String {
        let (width, height) = SIZE;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
        );
        text(
            &mut svg,
            (FIELD.0, 20.0),
            "start",
            &format!("<tspan font-weight=\"bold\">{}</tspan>", self.title),
        );
        let frame = Frame::of(&self.lines);
        frame.axes(&mut svg, self.across);
        upright(&mut svg, self.upwards);
        for (line, pen) in self.lines.iter().zip(PENS) {
            frame.draw(&mut svg, line, pen);
        }
        self.legend(&mut svg);
        svg + "</svg>\n"
    }

    fn legend(&self, svg: &mut String) {
        let x = FIELD.0 + FIELD.2 + 14.0;
        for (i, (line, (colour, dash))) in self.lines.iter().zip(PENS).enumerate() {
            let y = FIELD.1 + 14.0 + 34.0 * i as f64;
            if line.joined {
                let _ = writeln!(
                    svg,
                    "<path d=\"M{x} {y}h26\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>"
                );
            } else {
                mark(svg, (x + 13.0, y), colour);
            }
            for (row, words) in line.name.split('|').enumerate() {
                text(svg, (x + 32.0, y + 4.0 + 13.0 * row as f64), "start", words);
            }
        }
    }
}

/// What the field shows.
struct Frame {
    low: (f64, f64),
    high: (f64, f64),
}

impl Frame {
    fn of(lines: &[Line]) -> Self {
        let points = || lines.iter().flat_map(|line| &line.points);
        let least = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::NEG_INFINITY, f64::max);
        let step = nice((most(|p| p.1) - least(|p| p.1).min(0.0)) / 5.0);
        let low = (least(|p| p.1).min(0.0) / step).floor() * step;
        Self {
            low: (least(|p| p.0), low),
            high: (most(|p| p.0), (most(|p| p.1) / step).ceil() * step),
        }
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let share = |value: f64, low: f64, high: f64| (value - low) / (high - low);
        let (left, top, width, height) = FIELD;
        (
            left + width * share(x, self.low.0, self.high.0),
            top + height * (1.0 - share(y, self.low.1, self.high.1)),
        )
    }

    fn axes(&self, svg: &mut String, across: &str) {
        let (left, top, width, height) = FIELD;
        let ticks = |low: f64, high: f64, step: f64| {
            let first = (low / step).ceil() as i64;
            let last = (high / step + 1e-9).floor() as i64;
            (first..=last).map(move |i| i as f64 * step)
        };
        let step = nice((self.high.1 - self.low.1) / 5.0);
        for value in ticks(self.low.1, self.high.1, step) {
            let (_, y) = self.at((self.low.0, value));
            let _ = writeln!(svg, "<path d=\"M{left} {y:.1}h{width}\" stroke=\"#ddd\"/>");
            text(svg, (left - 6.0, y + 4.0), "end", &number(value, step));
        }
        let step = nice((self.high.0 - self.low.0) / 6.0);
        for value in ticks(self.low.0, self.high.0, step) {
            let (x, _) = self.at((value, self.low.1));
            let bottom = top + height;
            let _ = writeln!(svg, "<path d=\"M{x:.1} {bottom}v5\" stroke=\"#444\"/>");
            text(svg, (x, bottom + 18.0), "middle", &number(value, step));
        }
        let (x, y) = (left + width / 2.0, top + height + 36.0);
        text(svg, (x, y), "middle", across);
        let (_, zero) = self.at((self.low.0, 0.0));
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {zero:.1}h{width}\" stroke=\"#444\"/>"
        );
    }

    fn draw(&self, svg: &mut String, line: &Line, (colour, dash): (&str, &str)) {
        let points = line.points.iter().map(|point| self.at(*point));
        if !line.joined {
            points.for_each(|point| mark(svg, point, colour));
            return;
        }
        let path: String = points.map(|(x, y)| format!("{x:.1},{y:.1} ")).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
            path.trim_end()
        );
    }
}

fn mark(svg: &mut String, (x, y): (f64, f64), colour: &str) {
    let _ = writeln!(
        svg,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"white\" stroke=\"{colour}\" stroke-width=\"2\"/>"
    );
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

/// The name of the axis upwards, turned so that it takes little of the width.
fn upright(svg: &mut String, words: &str) {
    let (x, y) = (16.0, FIELD.1 + FIELD.3 / 2.0);
    let _ = writeln!(
        svg,
        "<text transform=\"translate({x:.1} {y:.1}) rotate(-90)\" text-anchor=\"middle\">{words}</text>"
    );
}

fn number(value: f64, step: f64) -> String {
    let digits = usize::from(step < 1.0) + usize::from(step < 0.1) + usize::from(step < 0.01);
    format!("{:.digits$}", value + 0.0)
}

/// The next of 1, 2 and 5 times a power of ten.
fn nice(step: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(step).floor());
    let nice = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    nice.into_iter()
        .find(|nice| *nice >= step * 0.999)
        .unwrap_or(step)
}
