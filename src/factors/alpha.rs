//! The weights of topics in documents, learnt from the documents.
//!
//! Some topics are everywhere and some are rare, so each has its own weight (Wallach, Mimno and
//! McCallum 2009). The weights are moved to the maximum of the Dirichlet-multinomial likelihood by
//! the fixed point of Minka (2000), with `n_dk` words of topic k in document d and `n_d` in all:
//!
//! ```text
//! a_k <- a_k  sum_d sum_{i < n_dk} 1 / (a_k + i)  /  sum_d sum_{i < n_d} 1 / (A + i),   A = sum_k a_k
//! ```
//!
//! The double sums run over histograms: how many documents have more than i words of the topic.

use super::gibbs::Sampler;

/// Least weight, so that a topic can come back.
const FLOOR: f64 = 1e-3;

/// Moves `sampler.priors.alpha` by `steps` steps of the fixed point.
pub fn learn(sampler: &mut Sampler<'_>, steps: usize) {
    let (topics, lengths) = histograms(sampler);
    let mut alpha: Vec<f64> = sampler.priors.alpha.iter().map(|a| f64::from(*a)).collect();
    for _ in 0..steps {
        let below = sum_over(&lengths, alpha.iter().sum());
        for (a, histogram) in alpha.iter_mut().zip(&topics) {
            *a = (*a * sum_over(histogram, *a) / below).max(FLOOR);
        }
    }
    sampler.priors.alpha = alpha.iter().map(|a| *a as f32).collect();
}

/// Sum over i of (documents with more than i) / (a + i).
fn sum_over(exceeding: &[f64], a: f64) -> f64 {
    let terms = exceeding.iter().enumerate();
    terms.map(|(i, n)| n / (a + i as f64)).sum()
}

/// For each topic, and for all words: the number of documents with more than i of them.
fn histograms(sampler: &Sampler<'_>) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut topics = vec![Vec::new(); sampler.shape.topics];
    let mut lengths = Vec::new();
    let mut counts = vec![0_usize; sampler.shape.topics];
    for d in 0..sampler.bag().documents() {
        counts.fill(0);
        sampler.draws_of(d).for_each(|(k, _)| counts[k] += 1);
        for (histogram, n) in topics.iter_mut().zip(&counts) {
            exceed(histogram, *n);
        }
        exceed(&mut lengths, counts.iter().sum());
    }
    (topics, lengths)
}

fn exceed(histogram: &mut Vec<f64>, n: usize) {
    if histogram.len() < n {
        histogram.resize(n, 0.0);
    }
    histogram[..n].iter_mut().for_each(|c| *c += 1.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::factors::Bag;
    use crate::factors::counts::{Priors, Shape};

    #[test]
    fn one_word_documents_fix_the_proportions_only() {
        let mut bag = Bag::new(vec!["data".into()]);
        (0..40).for_each(|_| bag.push(&[0]));
        let priors = Priors::symmetric(2, 0.5);
        let mut sampler = Sampler::new(&bag, Shape::new(2, 1, &[]), priors, 1, Chance::new(1, 0));
        let first = (0..40).filter(|d| sampler.draws_of(*d).any(|(k, _)| k == 0));
        let first = first.count();
        assert!((1..40).contains(&first), "both topics are drawn");
        learn(&mut sampler, 1);
        let alpha = &sampler.priors.alpha;
        let expected = first as f32 / (40 - first) as f32;
        assert!((alpha[0] / alpha[1] - expected).abs() < 1e-5, "{alpha:?}");
    }
}
