//! How well topics foretell words they have not seen.
//!
//! Document completion (Wallach, Murray, Salakhutdinov and Mimno 2009): of a document that was held
//! out, one half of the words fixes its shares of topics, by the fixed point
//! `t_k <- a_k + sum_w t_k p(w|k) / sum_j t_j p(w|j)`, and the other half is foretold:
//!
//! ```text
//! perplexity = exp(- mean over the other half of ln sum_k t_k p(w|k))
//! ```

use super::Bag;
use crate::chance::Chance;
use crate::chance::draws::perplexity::HALVES;

const STEPS: usize = 50;

/// Perplexity of the documents of `held_out` under topics with the words `topic_words` and the
/// weights `alpha`; `chance` divides the documents. NaN when there is nothing to foretell.
pub fn document_completion(
    topic_words: &[Vec<f32>],
    alpha: &[f32],
    held_out: &Bag,
    chance: &Chance,
) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for d in 0..held_out.documents() {
        let mut luck = chance.words(HALVES, 0, held_out.starts()[d] as u64);
        let words = held_out.document(d).iter();
        let (known, hidden): (Vec<u32>, Vec<u32>) = words.partition(|_| luck.uniform() < 0.5);
        let shares = shares(topic_words, alpha, &known);
        for w in hidden {
            sum += libm::log(foretold(topic_words, &shares, w));
            n += 1.0;
        }
    }
    libm::exp(-sum / n)
}

/// Shares of topics in a document of which the words `known` were read.
fn shares(topic_words: &[Vec<f32>], alpha: &[f32], known: &[u32]) -> Vec<f64> {
    let alpha: Vec<f64> = alpha.iter().map(|a| f64::from(*a)).collect();
    let scale = |t: Vec<f64>| {
        let total: f64 = t.iter().sum();
        t.into_iter().map(|x| x / total).collect::<Vec<f64>>()
    };
    let mut shares = scale(alpha.clone());
    for _ in 0..STEPS {
        let mut next = alpha.clone();
        for w in known {
            let all = foretold(topic_words, &shares, *w);
            for (k, x) in next.iter_mut().enumerate() {
                *x += shares[k] * f64::from(topic_words[k][*w as usize]) / all;
            }
        }
        shares = scale(next);
    }
    shares
}

fn foretold(topic_words: &[Vec<f32>], shares: &[f64], w: u32) -> f64 {
    let topics = topic_words.iter().zip(shares);
    topics.map(|(row, t)| t * f64::from(row[w as usize])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_flat_topic_is_as_perplexed_as_its_vocabulary() {
        let mut bag = Bag::new(vec![String::new(); 8]);
        (0..20).for_each(|d| bag.push(&[d % 8, 1, 2, 3]));
        let flat = vec![vec![0.125; 8]];
        let found = document_completion(&flat, &[0.5], &bag, &Chance::new(1, 0));
        assert!((found - 8.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn the_known_half_tells_the_topic() {
        let mut bag = Bag::new(vec![String::new(); 4]);
        (0..40).for_each(|d| bag.push(&[2 * (d % 2), 2 * (d % 2) + 1].repeat(30)));
        let topics = [vec![0.5, 0.5, 0.0, 0.0], vec![0.0, 0.0, 0.5, 0.5]];
        let found = document_completion(&topics, &[0.01, 0.01], &bag, &Chance::new(1, 0));
        assert!((found - 2.0).abs() < 0.01, "{found}");
    }
}
