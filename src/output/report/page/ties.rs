//! The network by provinces: the share of the directed ties between two of them over which data is shared.

use serde_json::{Value, json};

use super::drawing::{Drawing, safe};
use crate::output::figures::matrix::{self, MatrixPlace};
use crate::output::figures::style::Look;
use crate::output::report::read::network::ToldNetwork;
use crate::output::report::read::study::ToldProvince;

/// Before and after, by policy (without the baseline); nothing without a network.
pub fn matrices(of: &Drawing<'_>) -> Value {
    let Some(network) = &of.report.network else {
        return Value::Null;
    };
    let provinces = &of.report.study.scenario.geography.provinces;
    let order = by_region(of);
    let places: Vec<MatrixPlace> = order.iter().map(|p| place(of, &provinces[*p])).collect();
    let home = |name: &str| order.iter().position(|p| provinces[*p].name == name);
    let governments = network.governments.iter();
    let homes: Vec<Option<usize>> = governments.map(|of| home(&of.province)).collect();
    let before = shares(network, &homes, 0, order.len());
    let axes = ["network.from", "network.to"].map(|key| of.words.say(key, &[]));
    let figure = |look: &Look| {
        let sides = [safe(&of.looks[0].name), safe(&look.name)];
        let after = shares(network, &homes, look.policy, order.len());
        let made = |stacked| {
            let [sides, axes] = [&sides, &axes].map(|of| of.each_ref().map(String::as_str));
            matrix::figure(&places, [&before, &after], (sides, axes), stacked)
        };
        json!(made(false).with_narrow(made(true)))
    };
    of.looks.iter().skip(1).map(figure).collect()
}

/// Positions of the provinces, those of a region together.
fn by_region(of: &Drawing<'_>) -> Vec<usize> {
    let places = &of.report.study.scenario.geography;
    let region = |p: &usize| {
        let own = &places.provinces[*p].region;
        places.regions.iter().position(|region| region == own)
    };
    let mut order: Vec<usize> = (0..places.provinces.len()).collect();
    order.sort_by_key(region);
    order
}

/// A province of the matrix, in the reader's language.
fn place(of: &Drawing<'_>, province: &ToldProvince) -> MatrixPlace {
    let second = of.words.is_chinese() && !province.second_name.is_empty();
    let name = match second {
        true => &province.second_name,
        false => &province.name,
    };
    MatrixPlace {
        name: safe(name),
        region: province.region.clone(),
    }
}

/// The share of directed ties from one province to another over which data is shared under `policy`.
fn shares(
    network: &ToldNetwork,
    homes: &[Option<usize>],
    policy: usize,
    provinces: usize,
) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![[0.0_f64; 2]; provinces]; provinces];
    let sharing = network.sharing[policy].bytes();
    for ((first, second, _), digit) in network.ties.iter().zip(sharing) {
        let (Some(a), Some(b)) = (homes[*first], homes[*second]) else {
            continue;
        };
        let digit = digit - b'0';
        for (from, to, shares) in [(a, b, digit & 1), (b, a, digit >> 1)] {
            sums[from][to][0] += f64::from(shares);
            sums[from][to][1] += 1.0;
        }
    }
    let share = |[some, all]: [f64; 2]| some / all;
    let rows = sums.into_iter();
    rows.map(|row| row.into_iter().map(share).collect())
        .collect()
}
