//! What of a scenario a sweep can vary, by path: a parameter (`sharing.benefit`), a choice
//! (`sharing.rule`), a term of a
//! policy (`policy.mandate-only.dose`) or of one of its interventions
//! (`policy.thesis-full.sharing-mandate.start`), or by how much an intervention moves a lever
//! (`policy.mandate-only.sharing-mandate.sharing.mandate`).
//!
//! Designs count in coordinates: numbers as they are, dates in months, words by their position
//! among the words that the input can be. What is set and shown is an [`InputValue`].

mod choice;

pub use choice::{Choice, InputValue, choices};

use crate::intervention::strength::MOST_DOSE;
use crate::intervention::{Intervention, Policy};
use crate::model::GROUPS;
use crate::scenario::Scenario;
use crate::scenario::parameters::contradictions;
use crate::scenario::reading::fault::Fault;
use crate::world::clock::Date;
use crate::world::levers::{Change, Lever};
use crate::world::parameter::{Limits, Parameter};

/// Something of a scenario that can be varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its path: the column in every file.
    pub path: String,
    place: Position,
}

#[derive(Debug, Clone, PartialEq)]
enum Position {
    Parameter(&'static Parameter),
    Choice(Choice),
    Term {
        policy: usize,
        interventions: Vec<usize>,
        term: Term,
    },
}

/// A term of an intervention.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Term {
    Start,
    Stop,
    RampMonths,
    Dose,
    HalfLife,
    RandomShare,
    Amount(Lever),
}

const TERMS: [(&str, Term); 6] = [
    ("start", Term::Start),
    ("stop", Term::Stop),
    ("ramp_months", Term::RampMonths),
    ("dose", Term::Dose),
    ("half_life_months", Term::HalfLife),
    ("random_share", Term::RandomShare),
];

/// Months are counted from here when they are numbers.
const YEAR_0: Date = Date::new(0, 1);

impl Input {
    /// The input of `scenario` with this path.
    ///
    /// # Errors
    /// When there is none: what was expected, and the nearest path.
    pub fn named(path: &str, scenario: &Scenario) -> Result<Self, Fault> {
        let place = match path.strip_prefix("policy.") {
            Some(rest) => term(rest, &scenario.policies),
            None => Choice::named(path)
                .map(Position::Choice)
                .or_else(|| parameter(path).map(Position::Parameter)),
        };
        let input = |place| Self {
            path: path.into(),
            place,
        };
        place.map(input).ok_or_else(|| unknown(path, scenario))
    }

    /// The range over which it is varied when nothing else is said.
    pub fn plausible(&self) -> Option<(f64, f64)> {
        match &self.place {
            Position::Parameter(parameter) => Some(parameter.plausible),
            Position::Choice(_) => None,
            Position::Term { term, .. } => match term {
                Term::Dose => Some((0.0, 2.0)),
                Term::RandomShare => Some((0.0, 1.0)),
                _ => None,
            },
        }
    }

    /// Values that make sense at all.
    pub fn limits(&self) -> Limits {
        match &self.place {
            Position::Parameter(parameter) => parameter.limits,
            Position::Choice(_) => Limits::NonNegative,
            Position::Term { term, .. } => match term {
                Term::RandomShare => Limits::Share,
                Term::Dose => Limits::Within(0.0, MOST_DOSE),
                Term::Amount(_) => Limits::Any,
                _ => Limits::NonNegative,
            },
        }
    }

    /// Whether it is a parameter or a choice inside the model, and no term of a policy.
    pub fn is_of_the_model(&self) -> bool {
        match self.place {
            Position::Parameter(_) => true,
            Position::Choice(choice) => choice != Choice::MeanField,
            Position::Term { .. } => false,
        }
    }

    /// The coordinate that it has in `scenario`; not a number for the terms of a policy.
    pub fn own(&self, scenario: &Scenario) -> f64 {
        match &self.place {
            Position::Parameter(_) => scenario.values.get(&self.path).unwrap_or(f64::NAN),
            Position::Choice(choice) => choice.own(scenario) as f64,
            Position::Term { .. } => f64::NAN,
        }
    }

    /// The words that it can be; none where it is a number.
    pub fn words(&self) -> &'static [&'static str] {
        match self.place {
            Position::Choice(choice) => choice.words(),
            _ => &[],
        }
    }

    /// Whether setting this one undoes what setting `other` did.
    pub fn meets(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (
                Position::Term {
                    policy,
                    interventions,
                    term,
                },
                Position::Term {
                    policy: of,
                    interventions: among,
                    term: same,
                },
            ) => policy == of && term == same && interventions.iter().any(|i| among.contains(i)),
            _ => self.path == other.path,
        }
    }

    /// Whether an intervention that starts at `number` would never act in `scenario`.
    pub fn never_acts(&self, number: f64, scenario: &Scenario) -> bool {
        let end = scenario.start.plus(scenario.months as i32);
        let is_start = matches!(self.place, Position::Term { term, .. } if term == Term::Start);
        is_start && number >= f64::from(end.months_since(YEAR_0))
    }

    /// Whether it is a calendar month.
    pub fn is_date(&self) -> bool {
        matches!(self.place, Position::Term { term, .. } if matches!(term, Term::Start | Term::Stop))
    }

    /// Whether only whole coordinates make sense.
    pub fn is_whole(&self) -> bool {
        let whole = |term: &Term| matches!(term, Term::Start | Term::Stop | Term::RampMonths);
        match &self.place {
            Position::Parameter(_) => false,
            Position::Choice(_) => true,
            Position::Term { term, .. } => whole(term),
        }
    }

    /// The coordinate that `text` stands for, as a file or the command line has it.
    pub fn number(&self, text: &str) -> Option<f64> {
        if let Position::Choice(choice) = self.place {
            return choice.position(text).map(|at| at as f64);
        }
        if self.is_date() {
            let date: Date = text.parse().ok()?;
            return Some(f64::from(date.months_since(YEAR_0)));
        }
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The value that a coordinate stands for.
    pub fn value(&self, coordinate: f64) -> InputValue {
        match self.words().get(coordinate as usize) {
            Some(word) => InputValue::Word(word),
            None => InputValue::Number(coordinate),
        }
    }

    /// The text that stands for a coordinate.
    pub fn text(&self, coordinate: f64) -> String {
        match self.value(coordinate) {
            InputValue::Word(word) => word.into(),
            InputValue::Number(number) if self.is_date() => YEAR_0.plus(number as i32).to_string(),
            InputValue::Number(number) => number.to_string(),
        }
    }

    /// Sets it in `scenario` to what the coordinate `number` stands for.
    pub fn set(&self, scenario: &mut Scenario, number: f64) {
        match &self.place {
            Position::Choice(choice) => choice.set(scenario, number as usize),
            Position::Parameter(_) => {
                let found = scenario.values.set(&self.path, number);
                debug_assert!(found, "the path was looked up");
            }
            Position::Term {
                policy,
                interventions,
                term,
            } => {
                let all = &mut scenario.policies[*policy].interventions;
                for intervention in interventions {
                    set_term(&mut all[*intervention], *term, number);
                }
            }
        }
    }
}

/// What forbids the values of a design point together, if anything.
pub fn contradiction(scenario: &Scenario) -> Option<String> {
    if let Some((_, message)) = contradictions(&scenario.values, &scenario.choices).pop() {
        return Some(message);
    }
    let mut all = scenario.policies.iter().flat_map(|policy| {
        let interventions = policy.interventions.iter();
        interventions.map(|intervention| (&policy.name, intervention))
    });
    all.find_map(|(policy, one)| {
        let place = format!("`{}` of policy `{policy}`", one.name);
        let starts = one.course.start;
        if one.course.stop.is_some_and(|stop| stop <= starts) {
            return Some(format!("{place} stops before it starts in {starts}"));
        }
        one.changes.iter().find_map(|(lever, change)| {
            let (row, Change::Set(value)) = (lever.row(), change) else {
                return None;
            };
            let (low, high) = row.bounds;
            let beyond = !(low..=high).contains(value);
            beyond.then(|| {
                format!(
                    "{place} sets `{}` to {value}, beyond {low} to {high}",
                    row.name
                )
            })
        })
    })
}

fn set_term(intervention: &mut Intervention, term: Term, number: f64) {
    let date = || YEAR_0.plus(number as i32);
    match term {
        Term::Start => intervention.course.start = date(),
        Term::Stop => intervention.course.stop = Some(date()),
        Term::RampMonths => intervention.course.ramp_months = number as u32,
        Term::Dose => intervention.course.dose = number,
        Term::HalfLife => intervention.course.half_life_months = number,
        Term::RandomShare => intervention.target.random_share = Some(number),
        Term::Amount(lever) => {
            let changes = intervention.changes.iter_mut();
            for (_, change) in changes.filter(|(moved, _)| *moved == lever) {
                *change = match change {
                    Change::Add(_) => Change::Add(number),
                    Change::Multiply(_) => Change::Multiply(number),
                    Change::Set(_) => Change::Set(number),
                };
            }
        }
    }
}

fn parameter(path: &str) -> Option<&'static Parameter> {
    let (table, name) = path.split_once('.')?;
    let group = GROUPS.iter().find(|group| group.name == table)?;
    group.parameters.iter().find(|of| of.name == name)
}

fn term(rest: &str, policies: &[Policy]) -> Option<Position> {
    let mut policies = policies.iter().enumerate();
    policies.find_map(|(policy, of)| {
        let rest = rest.strip_prefix(of.name.as_str())?.strip_prefix('.')?;
        let (interventions, term) = term_of(of, rest)?;
        Some(Position::Term {
            policy,
            interventions,
            term,
        })
    })
}

/// A term of all interventions of `policy`, or of the one that `rest` names first.
fn term_of(policy: &Policy, rest: &str) -> Option<(Vec<usize>, Term)> {
    let named = |name: &str| {
        let mut terms = TERMS.iter();
        terms.find_map(|(known, term)| (*known == name).then_some(*term))
    };
    let interventions = &policy.interventions;
    if let Some(term) = named(rest) {
        return (!interventions.is_empty()).then(|| ((0..interventions.len()).collect(), term));
    }
    interventions.iter().enumerate().find_map(|(i, one)| {
        let rest = rest.strip_prefix(one.name.as_str())?.strip_prefix('.')?;
        let moves = |lever: &Lever| one.changes.iter().any(|(moved, _)| moved == lever);
        let amount = || Lever::named(rest).filter(moves).map(Term::Amount);
        Some((vec![i], named(rest).or_else(amount)?))
    })
}

fn unknown(path: &str, scenario: &Scenario) -> Fault {
    let known = paths(scenario);
    let fault = Fault::error(format!("nothing that can be varied is called `{path}`"));
    let nearest = fault.nearest(path, known.iter().map(String::as_str));
    if nearest.hint.is_some() {
        return nearest;
    }
    nearest.hint("a parameter as `sharing.benefit`, or a term as `policy.NAME.dose` or `policy.NAME.INTERVENTION.start`")
}

/// Every path that can be varied.
fn paths(scenario: &Scenario) -> Vec<String> {
    let parameters = GROUPS.iter().flat_map(|group| {
        let names = group.parameters.iter();
        names.map(|of| format!("{}.{}", group.name, of.name))
    });
    let mut paths: Vec<String> = parameters.collect();
    paths.extend(choices().map(String::from));
    for policy in &scenario.policies {
        let own = std::iter::once(format!("policy.{}", policy.name));
        let each = policy.interventions.iter();
        let each = each.map(|one| format!("policy.{}.{}", policy.name, one.name));
        for begin in own.chain(each) {
            paths.extend(TERMS.iter().map(|(term, _)| format!("{begin}.{term}")));
        }
    }
    paths
}
