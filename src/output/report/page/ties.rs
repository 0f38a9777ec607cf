//! The network by provinces: the share of the directed ties between two of them over which data is shared.

use serde_json::{Value, json};

use super::drawn::{Drawing, safe};
use crate::output::figures::matrix::{self, Place};

/// Before and after, by policy (without the baseline); nothing without a network.
pub fn matrices(of: &Drawing<'_>) -> Value {
    let Some(network) = &of.report.network else {
        return Value::Null;
    };
    let provinces = &of.report.study.scenario.geography.provinces;
    let regions = &of.report.study.scenario.geography.regions;
    let mut order: Vec<usize> = (0..provinces.len()).collect();
    order.sort_by_key(|p| {
        regions
            .iter()
            .position(|region| *region == provinces[*p].region)
    });
    let place = |p: &usize| {
        let province = &provinces[*p];
        let second = of.words.is_chinese() && !province.second_name.is_empty();
        Place {
            name: safe(if second {
                &province.second_name
            } else {
                &province.name
            }),
            region: province.region.clone(),
        }
    };
    let places: Vec<Place> = order.iter().map(place).collect();
    let home = |name: &str| order.iter().position(|p| provinces[*p].name == name);
    let homes: Vec<Option<usize>> = network
        .governments
        .iter()
        .map(|of| home(&of.province))
        .collect();
    let shares = |policy: usize| {
        let mut sums = vec![vec![[0.0_f64; 2]; order.len()]; order.len()];
        for (tie, digit) in network.ties.iter().zip(network.sharing[policy].bytes()) {
            let (Some(a), Some(b)) = (homes[tie.0], homes[tie.1]) else {
                continue;
            };
            let digit = digit - b'0';
            for (from, to, shares) in [(a, b, digit & 1), (b, a, digit >> 1)] {
                sums[from][to][0] += f64::from(shares);
                sums[from][to][1] += 1.0;
            }
        }
        sums.into_iter()
            .map(|row| row.into_iter().map(|[some, all]| some / all).collect())
            .collect::<Vec<Vec<f64>>>()
    };
    let before = shares(0);
    let axes = ["network.from", "network.to"].map(|key| of.words.say(key, &[]));
    let figure = |look: &crate::output::figures::style::Look| {
        let sides = [safe(&of.looks[0].name), safe(&look.name)];
        let after = shares(look.policy);
        let made = |stacked| {
            let [sides, axes] = [&sides, &axes].map(|of| of.each_ref().map(String::as_str));
            matrix::figure(&places, [&before, &after], (sides, axes), stacked)
        };
        json!(made(false).with_narrow(made(true)))
    };
    of.looks.iter().skip(1).map(figure).collect()
}
