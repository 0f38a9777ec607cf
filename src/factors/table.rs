//! The factor table: how each region divides its attention over the factors, and how far to trust it.
//!
//! A share is the factor's words over the words of all factors in the region's texts, each clause
//! weighted by the kind of its text. Over chains it has a mean and a standard error. Because a
//! region with few clauses says little, its row is drawn towards the mean of all ([`super::shrinkage`]).
//! Rows keep the sum 1, errors shrink as the row does.

use super::shrinkage::{Clause, between_regions, sampling_variances};
use crate::numeric::{mean, pearson, population_sd};

/// Attention of one region.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Words behind the row: those of all factors, weighted, mean over chains.
    pub tokens: f64,
    /// Share of each factor; they sum to 1.
    pub shares: Vec<f64>,
    /// Standard error of each share over chains; NaN where one chain alone gave the region words.
    pub errors: Vec<f64>,
    /// What each share would vary by, were the region's clauses drawn anew (standard deviation).
    pub sampling: Vec<f64>,
    /// Part `B_p` of the row that comes from the mean of all regions.
    pub shrinkage: f64,
}

/// Words of each factor in each region, of one chain.
type Sums = Vec<Vec<f64>>;

/// The table, and the agreement between the two halves of the chains for each factor.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorTable {
    /// One row per region, in their order.
    pub rows: Vec<Row>,
    /// Correlation over regions between the first and the second half of the chains; none where there
    /// are fewer than three regions, or all have the same share.
    pub half_correlations: Vec<Option<f64>>,
}

impl FactorTable {
    /// The table of `regions` regions and `factors` factors from the attention of each chain
    /// (`factors` numbers for each of `clauses`).
    ///
    /// # Panics
    /// When there are fewer than two chains or two regions.
    pub fn new(chains: &[Vec<f32>], clauses: &[Clause], regions: usize, factors: usize) -> Self {
        assert!(chains.len() > 1 && regions > 1);
        let rows = |chains: &[Vec<f32>]| rows(chains, clauses, regions, factors);
        let (first, second) = chains.split_at(chains.len() / 2);
        let (first, second) = (rows(first), rows(second));
        let agreement = |k: usize| {
            let found = pearson(&column(&first, k), &column(&second, k));
            (regions > 2 && found.is_finite()).then_some(found)
        };
        Self {
            rows: rows(chains),
            half_correlations: (0..factors).map(agreement).collect(),
        }
    }

    /// The shares of factor `k`, one for each region.
    pub fn column(&self, k: usize) -> Vec<f64> {
        column(&self.rows, k)
    }

    /// Spread of factor `k` between regions, and the mean of its standard errors that are known.
    pub fn spread_and_error(&self, k: usize) -> (f64, f64) {
        let errors = self.rows.iter().map(|row| row.errors[k]);
        let known: Vec<f64> = errors.filter(|error| error.is_finite()).collect();
        (population_sd(&self.column(k)), mean(&known))
    }
}

fn column(rows: &[Row], k: usize) -> Vec<f64> {
    rows.iter().map(|row| row.shares[k]).collect()
}

/// The rows that `chains` alone give: their own mean of all regions and their own shrinkage.
fn rows(chains: &[Vec<f32>], clauses: &[Clause], regions: usize, factors: usize) -> Vec<Row> {
    let sums: Vec<Sums> = chains
        .iter()
        .map(|chain| by_region(chain, clauses, regions, factors))
        .collect();
    let own: Vec<Vec<f64>> = (0..regions).map(|p| mean_shares(&sums, p)).collect();
    let variances = sampling_variances(&mean_of(chains), clauses, &own);
    let totals: Vec<f64> = variances.iter().map(|v| v.iter().sum()).collect();
    let (mean, between) = between_regions(&own, &totals);
    let shrinkage = |p: usize| match totals[p] {
        v if v.is_finite() => v / (v + between),
        _ => 1.0,
    };
    let row = |p: usize| shrink(&own[p], &mean, shrinkage(p), &variances[p], &sums, p);
    (0..regions).map(row).collect()
}

/// Words of each factor in each region.
fn by_region(attention: &[f32], clauses: &[Clause], regions: usize, factors: usize) -> Sums {
    let mut sums = vec![vec![0.0; factors]; regions];
    for (clause, words) in clauses.iter().zip(attention.chunks_exact(factors)) {
        if let Some(region) = clause.region {
            let sum = sums[region].iter_mut();
            sum.zip(words)
                .for_each(|(s, n)| *s += clause.weight * f64::from(*n));
        }
    }
    sums
}

/// The shares of region `p` in each chain that gave it words of a factor.
fn shares(sums: &[Sums], p: usize) -> Vec<Vec<f64>> {
    let total = |words: &Vec<f64>| words.iter().sum::<f64>();
    let spoken = sums
        .iter()
        .map(|chain| &chain[p])
        .filter(|w| total(w) > 0.0);
    spoken
        .map(|words| words.iter().map(|n| n / total(words)).collect())
        .collect()
}

/// Mean over chains of the shares of region `p`; NaN without words.
fn mean_shares(sums: &[Sums], p: usize) -> Vec<f64> {
    let shares = shares(sums, p);
    let factors = 0..sums[0][p].len();
    let total = |k: usize| shares.iter().map(|chain| chain[k]).sum::<f64>();
    factors.map(|k| total(k) / shares.len() as f64).collect()
}

fn mean_of(chains: &[Vec<f32>]) -> Vec<f64> {
    let mut mean = vec![0.0; chains[0].len()];
    for chain in chains {
        mean.iter_mut()
            .zip(chain)
            .for_each(|(m, x)| *m += f64::from(*x));
    }
    mean.iter_mut().for_each(|m| *m /= chains.len() as f64);
    mean
}

fn shrink(
    own: &[f64],
    mean: &[f64],
    shrinkage: f64,
    variance: &[f64],
    sums: &[Sums],
    p: usize,
) -> Row {
    let keep = 1.0 - shrinkage;
    let drawn = shares(sums, p);
    let empty = own.iter().any(|x| x.is_nan());
    let share = |(x, m): (&f64, &f64)| {
        if empty { *m } else { keep * x + shrinkage * m }
    };
    let error = |k: usize| {
        let draws: Vec<f64> = drawn.iter().map(|chain| chain[k]).collect();
        keep * population_sd(&draws) / libm::sqrt(draws.len() as f64 - 1.0)
    };
    let tokens = sums.iter().map(|chain| chain[p].iter().sum::<f64>());
    Row {
        tokens: tokens.sum::<f64>() / sums.len() as f64,
        shares: own.iter().zip(mean).map(share).collect(),
        errors: (0..own.len())
            .map(|k| if empty { 0.0 } else { error(k) })
            .collect(),
        sampling: variance
            .iter()
            .map(|v| if empty { 0.0 } else { keep * libm::sqrt(*v) })
            .collect(),
        shrinkage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};

    /// Two regions of `n` clauses each; a clause has ten words, of factor 0 in a share of clauses
    /// that is .8 in the first region and .2 in the second, else of factor 1.
    fn clauses(n: usize) -> (Vec<Clause>, Vec<f32>) {
        let region = |i: usize| Clause {
            region: Some(i % 2),
            weight: 1.0,
        };
        let first = |i: usize| (i / 2) % 5 < [4, 1][i % 2];
        let words = |i: usize| if first(i) { [10.0, 0.0] } else { [0.0, 10.0] };
        let n = 2 * n;
        (
            (0..n).map(region).collect(),
            (0..n).flat_map(words).collect(),
        )
    }

    #[test]
    fn much_text_keeps_its_own_shares_and_little_is_drawn_to_the_mean() {
        let table = |n: usize| {
            let (clauses, words) = clauses(n);
            FactorTable::new(&[words.clone(), words], &clauses, 2, 2)
        };
        let (much, little) = (table(2000), table(5));
        assert!((much.rows[0].shares[0] - 0.8).abs() < 1e-3);
        assert!(much.rows[0].shrinkage < 0.01);
        assert!(little.rows[0].shrinkage > 0.1);
        assert!(little.rows[0].shares[0] < 0.78 && little.rows[0].shares[0] > 0.5);
        for row in much.rows.iter().chain(&little.rows) {
            assert!((row.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn the_sampling_error_is_that_of_a_share_of_clauses() {
        let (clauses, words) = clauses(500);
        let table = FactorTable::new(&[words.clone(), words], &clauses, 2, 2);
        let row = &table.rows[0];
        let binomial = libm::sqrt(0.8 * 0.2 / 499.0);
        assert!((row.sampling[0] / (1.0 - row.shrinkage) - binomial).abs() < 1e-9);
    }

    /// Of ten regions with much text one is given a single clause, or four that are the same.
    #[test]
    fn a_region_of_one_clause_or_of_identical_clauses_is_drawn_far_to_the_mean() {
        for own in [1, 4] {
            let region = |i: usize| Some(if i < own { 9 } else { i % 9 });
            let first = |i: usize| i < own || (i / 9) % 10 < 3 + i % 9 / 3;
            let clause = |i: usize| Clause {
                region: region(i),
                weight: 1.0,
            };
            let words = |i: usize| if first(i) { [10.0, 0.0] } else { [0.0, 10.0] };
            let clauses: Vec<Clause> = (0..900).map(clause).collect();
            let words: Vec<f32> = (0..900).flat_map(words).collect();
            let table = FactorTable::new(&[words.clone(), words], &clauses, 10, 2);
            let row = &table.rows[9];
            assert!(row.shrinkage > 0.6, "{own}: {}", row.shrinkage);
            assert!(row.shares[0] < 0.7, "{own}: {}", row.shares[0]);
            assert!(table.rows[0].shrinkage < 0.4, "{}", table.rows[0].shrinkage);
        }
    }

    #[test]
    fn halves_of_the_chains_agree_as_tables_of_each_alone_do() {
        let (clauses, words) = clauses(10);
        let words = words.chunks(2);
        let regions = |i: usize, c: &Clause| Clause {
            region: Some(i % 5),
            ..*c
        };
        let clauses: Vec<Clause> = clauses
            .iter()
            .enumerate()
            .map(|(i, c)| regions(i, c))
            .collect();
        let chain = |keep: f32| -> Vec<f32> {
            let moved = |(i, w): (usize, &[f32])| {
                let part = w[0] * keep * (i % 5) as f32 / 5.0;
                [w[0] - part, w[1] + part]
            };
            words.clone().enumerate().flat_map(moved).collect()
        };
        let chains = [0.1, 0.4, 0.9, 0.7].map(chain);
        let table = |chains: &[Vec<f32>]| FactorTable::new(chains, &clauses, 5, 2);
        let alone = pearson(
            &table(&chains[..2]).column(0),
            &table(&chains[2..]).column(0),
        );
        assert_eq!(table(&chains).half_correlations[0], Some(alone));
    }

    #[test]
    fn a_region_without_text_gets_the_mean_of_the_others() {
        let (mut clauses, words) = clauses(50);
        clauses
            .iter_mut()
            .for_each(|c| c.region = c.region.map(|p| 2 * p));
        let table = FactorTable::new(&[words.clone(), words], &clauses, 3, 2);
        let row = &table.rows[1];
        assert_eq!((row.tokens, row.shrinkage), (0.0, 1.0));
        assert!((row.shares[0] - 0.5).abs() < 1e-9);
    }

    /// A region whose few words went to other topics in one chain of three.
    #[test]
    fn a_chain_without_words_of_a_region_leaves_the_others_to_speak() {
        let (mut clauses, words) = clauses(50);
        clauses.push(Clause {
            region: Some(2),
            weight: 1.0,
        });
        let chain = |own: [f32; 2]| [words.clone(), own.to_vec()].concat();
        let chains = [chain([3.0, 1.0]), chain([0.0, 0.0]), chain([1.0, 1.0])];
        let table = FactorTable::new(&chains, &clauses, 3, 2);
        for row in &table.rows {
            let all = row.shares.iter().chain(&row.sampling);
            assert!(all.clone().all(|x| x.is_finite()), "{row:?}");
            assert!((row.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        let own = table.rows[2].shares[0];
        assert!(
            own > 0.5 && own < 0.625 && table.rows[2].shrinkage < 1.0,
            "{own}"
        );
    }

    #[test]
    fn clauses_of_weight_0_count_for_nothing() {
        let (mut clauses, mut words) = clauses(20);
        let before = FactorTable::new(&[words.clone(), words.clone()], &clauses, 2, 2);
        clauses.push(Clause {
            region: Some(0),
            weight: 0.0,
        });
        words.extend([500.0, 0.0]);
        let after = FactorTable::new(&[words.clone(), words], &clauses, 2, 2);
        assert_eq!(before, after);
    }

    /// Chains that scatter each region's words of factor 0 round its own number.
    fn scattered(chains: u32, noise: f64) -> FactorTable {
        let (clauses, words) = clauses(400);
        let chain = |c: u32| -> Vec<f32> {
            let mut luck = Chance::new(1, u64::from(c)).words(Draw::new(990, 0), 0, 0);
            let shift = [luck.normal(), luck.normal()].map(|z| (noise * z) as f32);
            let rows = words.chunks(2).zip(&clauses);
            rows.flat_map(|(w, clause)| {
                let moved = shift[clause.region.unwrap_or(0)].clamp(-1.0, 1.0);
                let part = if moved > 0.0 { w[1] } else { w[0] } * moved;
                [w[0] + part, w[1] - part]
            })
            .collect()
        };
        let chains: Vec<Vec<f32>> = (0..chains).map(chain).collect();
        FactorTable::new(&chains, &clauses, 2, 2)
    }

    #[test]
    fn standard_errors_fall_as_chains_are_added() {
        let (few, many) = (scattered(10, 0.1), scattered(160, 0.1));
        let ratio = few.spread_and_error(0).1 / many.spread_and_error(0).1;
        assert!(
            (2.5..6.5).contains(&ratio),
            "a sixteenth of the variance: {ratio}"
        );
        assert!(scattered(10, 0.0).spread_and_error(0).1 < 1e-12);
    }
}
