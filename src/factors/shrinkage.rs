//! How much of a region's row is its own, and how much is drawn from the mean of all regions.
//!
//! Empirical Bayes (Morris 1983): with `v_p` the sampling variance of the row and `t` the variance
//! between regions beyond it,
//!
//! ```text
//! share = (1 - B_p) own + B_p mean,    B_p = v_p / (v_p + t),
//! t solves  sum_p |own_p - mean|^2 / (v_p + t) = regions - 1,   mean weighted by 1 / (v_p + t)
//! ```
//!
//! (the equation for `t`: Paule and Mandel 1982). A row is a ratio of sums over clauses, so with `u`
//! the words of a clause on the factors and `s` their shares, `v_p = sigma2 sum u^2 / (sum u)^2`.
//!
//! `sigma2`, the variance of `s` between clauses of one region, is pooled over regions, as within
//! variances are in small-area estimation (Battese, Harter and Fuller 1988): a region's own
//! residuals are 0 with one clause and too small with few. Its estimator has no bias, because
//! residuals round the region's own row expect `sigma2 (1 - 2 u / U + sum u^2 / U^2)` each:
//!
//! ```text
//! sigma2 = sum u^2 (s - own)^2 / sum_p (sum u^2 - 2 sum u^3 / U + (sum u^2)^2 / U^2),   U = sum u
//! ```

/// A clause of the texts: the place of its region, none for central texts, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clause {
    /// Place in the list of regions.
    pub region: Option<usize>,
    /// Weight of its kind of text.
    pub weight: f64,
}

/// The most that a number from 0 to 1 can vary; taken where no region has two clauses to compare.
const WIDEST: f64 = 0.25;

/// Sampling variance of each share of each region: what it would vary by, were the region's clauses
/// drawn anew. `words` holds the words of each factor in each clause, `own` the regions' shares.
/// NaN for a region without words.
pub fn sampling_variances(words: &[f64], clauses: &[Clause], own: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let factors = own[0].len();
    let mut powers = vec![Powers::default(); own.len()];
    let mut squares = vec![0.0; factors];
    for (clause, words) in clauses.iter().zip(words.chunks_exact(factors)) {
        let Some(p) = clause.region else { continue };
        let n: f64 = words.iter().sum();
        powers[p].add(clause.weight * n);
        for (k, square) in squares.iter_mut().enumerate() {
            let deviation = clause.weight * (words[k] - own[p][k] * n);
            // A region whose clauses all weigh 0 has no shares to deviate from.
            *square += if deviation.is_nan() {
                0.0
            } else {
                deviation * deviation
            };
        }
    }
    let freedom: f64 = powers.iter().map(Powers::freedom).sum();
    let pooled: Vec<f64> = squares
        .iter()
        .map(|square| {
            if freedom > 0.0 {
                square / freedom
            } else {
                WIDEST
            }
        })
        .collect();
    let variance = |powers: &Powers| pooled.iter().map(|s| s * powers.concentration()).collect();
    powers.iter().map(variance).collect()
}

/// Sums of the first three powers of the words of a region's clauses.
#[derive(Debug, Clone, Copy, Default)]
struct Powers([f64; 3]);

impl Powers {
    fn add(&mut self, u: f64) {
        let powers = [u, u * u, u * u * u];
        self.0.iter_mut().zip(powers).for_each(|(s, x)| *s += x);
    }

    /// One over the number of equal clauses that would say as much; NaN without words.
    fn concentration(&self) -> f64 {
        let [one, two, _] = self.0;
        two / (one * one)
    }

    /// What `sigma2` is multiplied by in the expectation of the region's squared residuals.
    fn freedom(&self) -> f64 {
        let [one, two, three] = self.0;
        if one == 0.0 {
            return 0.0;
        }
        let freedom = two - 2.0 * three / one + two * two / (one * one);
        // Rounding alone leaves a trace of a region of one clause.
        if freedom > 1e-9 * two { freedom } else { 0.0 }
    }
}

/// The mean row and the variance between regions beyond sampling; rows of an unknown variance are
/// left out.
pub fn between_regions(own: &[Vec<f64>], variances: &[f64]) -> (Vec<f64>, f64) {
    let spread = |t: f64| {
        let mean = weighted_mean(own, variances, t);
        let distance = |row: &[f64]| -> f64 {
            let squares = row.iter().zip(&mean).map(|(x, m)| (x - m) * (x - m));
            squares.sum()
        };
        let known = own.iter().zip(variances).filter(|(_, v)| v.is_finite());
        known
            .map(|(row, v)| distance(row) / (v + t) - 1.0)
            .sum::<f64>()
            + 1.0
    };
    let (mut low, mut high) = (1e-12, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if spread(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (weighted_mean(own, variances, high), high)
}

fn weighted_mean(own: &[Vec<f64>], variances: &[f64], t: f64) -> Vec<f64> {
    let mut mean = vec![0.0; own[0].len()];
    let mut weights = 0.0;
    for (row, v) in own.iter().zip(variances).filter(|(_, v)| v.is_finite()) {
        let weight = 1.0 / (v + t);
        weights += weight;
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += weight * x);
    }
    mean.iter_mut().for_each(|m| *m /= weights);
    mean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};

    /// Clauses of the given region and words on two factors.
    fn clauses(list: &[(usize, [f64; 2])]) -> (Vec<Clause>, Vec<f64>) {
        let clause = |(region, _): &(usize, [f64; 2])| Clause {
            region: Some(*region),
            weight: 1.0,
        };
        let words = list.iter().flat_map(|(_, words)| *words);
        (list.iter().map(clause).collect(), words.collect())
    }

    #[test]
    fn one_clause_varies_by_what_clauses_elsewhere_vary() {
        let both = [(0, [4.0, 0.0]), (0, [0.0, 4.0]), (1, [8.0, 0.0])];
        let (clauses, words) = clauses(&both);
        let own = [vec![0.5, 0.5], vec![1.0, 0.0]];
        let v = sampling_variances(&words, &clauses, &own);
        // Two draws of 0 and 1: their variance with one degree of freedom is .5; half for a mean of two.
        assert!((v[1][0] - 0.5).abs() < 1e-12 && (v[0][0] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn few_identical_clauses_vary_as_clauses_elsewhere_do() {
        let mut list: Vec<_> = (0..100)
            .map(|i| (0, if i % 2 == 0 { [4.0, 0.0] } else { [0.0, 4.0] }))
            .collect();
        list.extend([(1, [3.0, 1.0]); 4]);
        let (clauses, words) = clauses(&list);
        let own = [vec![0.5, 0.5], vec![0.75, 0.25]];
        let v = sampling_variances(&words, &clauses, &own);
        // 100 squares of .5 over 99 + 3 degrees of freedom, and four clauses.
        let expected = 100.0 * 0.25 / 102.0 / 4.0;
        assert!((v[1][0] - expected).abs() < 1e-12, "{}", v[1][0]);
    }

    #[test]
    fn where_no_region_has_two_clauses_the_widest_variance_is_taken() {
        let (clauses, words) = clauses(&[(0, [0.1, 0.7]), (1, [5.0, 0.3])]);
        let own = [vec![0.125, 0.875], vec![5.0 / 5.3, 0.3 / 5.3]];
        let v = sampling_variances(&words, &clauses, &own);
        assert!(
            v.iter().flatten().all(|x| (x - 0.25).abs() < 1e-12),
            "{v:?}"
        );
    }

    /// The mean of the estimate over many corpora is the variance that clauses were drawn with.
    #[test]
    fn the_pooled_variance_has_no_bias_though_clauses_differ_in_length() {
        let chance = Chance::new(1, 0);
        let mut sum = 0.0;
        for repeat in 0..4000 {
            let mut luck = chance.words(Draw::new(990, 0), repeat, 0);
            let list: Vec<(usize, [f64; 2])> = (0..12)
                .map(|i| {
                    let length = [1.0, 3.0, 12.0][i % 3];
                    let share = 0.5 + 0.1 * luck.normal();
                    (i / 4, [length * share, length * (1.0 - share)])
                })
                .collect();
            let (clauses, words) = clauses(&list);
            let own = |p: usize| {
                let mine = list.iter().filter(|(region, _)| *region == p);
                let (a, b) = mine.fold((0.0, 0.0), |(a, b), (_, w)| (a + w[0], b + w[1]));
                vec![a / (a + b), b / (a + b)]
            };
            let own = [own(0), own(1), own(2)];
            let concentration = (1.0 + 9.0 + 144.0 + 1.0) / (17.0 * 17.0);
            sum += sampling_variances(&words, &clauses, &own)[0][0] / concentration;
        }
        let found = sum / 4000.0;
        assert!((found / 0.01 - 1.0).abs() < 0.04, "{found}");
    }
}
