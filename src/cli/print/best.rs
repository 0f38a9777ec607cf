//! The best policies, of all and within a budget, as people and programs read them.

use serde_json::{Map, Value, json};

use crate::cli::shared::numbers::amount;
use crate::cli::shared::terminal::{width, wrapped};
use crate::model::outcome::OUTCOMES;
use crate::study::Compared;
use crate::study::budget::{BestPolicy, Bought};

/// A line for each policy that surely improves some main outcome most, with these outcomes.
pub fn best_policies(compared: &Compared) -> String {
    let best = compared.best();
    let mut policies: Vec<usize> = Vec::new();
    for one in &best {
        if !policies.contains(&one.policy) {
            policies.push(one.policy);
        }
    }
    let mut text = String::new();
    for policy in policies {
        let outcomes = best.iter().filter(|one| one.policy == policy);
        let outcomes: Vec<String> = outcomes
            .map(|one| OUTCOMES[one.outcome].name.to_owned() + &rivals(compared, &one.close))
            .collect();
        let head = format!("best: {} for ", name(compared, policy));
        text += &wrapped(&head, &outcomes, width());
    }
    text
}

/// Most rivals that are named.
const NAMED: usize = 3;

fn name(compared: &Compared, policy: usize) -> &str {
    &compared.study.scenario.policies[policy].name
}

/// Who may be as good, in words.
fn rivals(compared: &Compared, close: &[usize]) -> String {
    if close.is_empty() {
        return String::new();
    }
    let named = close.iter().take(NAMED);
    let mut names: Vec<&str> = named.map(|policy| name(compared, *policy)).collect();
    let more = format!("{} more", close.len().saturating_sub(NAMED));
    if close.len() > NAMED {
        names.push(&more);
    }
    format!(" (not told apart from {})", names.join(", "))
}

fn currency(compared: &Compared) -> &str {
    &compared.study.scenario.geography.nation.currency
}

/// The best policy within the budget for each main outcome, as people read it.
pub fn within_budget(compared: &Compared, bought: &Bought) -> String {
    let (budget, currency) = (amount(bought.budget), currency(compared));
    let mut text = format!("\nbest within {budget} {currency} over the run\n");
    if !bought.binds() {
        text += "  no policy costs more: this budget rules out nothing\n";
    }
    if let Some(least) = bought.beyond_reach() {
        let least = amount(least);
        return format!(
            "{text}  no policy costs so little, the cheapest takes {least} {currency}\n"
        );
    }
    for best in &bought.best {
        text += &line(compared, best);
    }
    text
}

fn line(compared: &Compared, best: &BestPolicy) -> String {
    let outcome = OUTCOMES[best.outcome].name;
    match best.policy {
        0 => format!("  {outcome:<24} none: no policy at this cost improves it\n"),
        policy => format!(
            "  {outcome:<24} {} ({:+.3} for {} {}){}\n",
            name(compared, policy),
            best.offer.gain,
            amount(best.offer.cost),
            currency(compared),
            rivals(compared, &best.close)
        ),
    }
}

/// The same for programs.
pub fn within_budget_json(compared: &Compared, bought: &Bought) -> Value {
    let of = |best: &BestPolicy| {
        let close = best.close.iter().map(|policy| name(compared, *policy));
        let value = json!({
            "policy": name(compared, best.policy),
            "gain": best.offer.gain,
            "cost": best.offer.cost,
            "not_told_apart_from": close.collect::<Vec<_>>(),
        });
        (OUTCOMES[best.outcome].name.to_owned(), value)
    };
    let best: Map<String, Value> = bought.best.iter().map(of).collect();
    json!({
        "budget": bought.budget,
        "binds": bought.binds(),
        "best": best,
    })
}
