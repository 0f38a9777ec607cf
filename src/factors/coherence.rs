//! Whether the top words of a topic belong together.
//!
//! Normalised pointwise mutual information (Bouma 2009; Aletras and Stevenson 2013), mean over the
//! pairs of top words, with `p` the share of documents that hold a word or both:
//!
//! ```text
//! npmi(v, w) = ln(p(v, w) / (p(v) p(w))) / -ln p(v, w),    -1 when they never meet
//! ```

use std::collections::BTreeMap;

use super::Bag;
use crate::numeric::BySize as _;

/// The `n` words of greatest weight in a topic, heaviest first.
pub fn top_words(topic: &[f32], n: usize) -> Vec<u32> {
    let mut words: Vec<u32> = (0..topic.len() as u32).collect();
    words.sort_by(|v, w| {
        let (v, w) = (*v as usize, *w as usize);
        f64::from(topic[w])
            .by_size(&topic[v].into())
            .then(v.cmp(&w))
    });
    words.truncate(n);
    words
}

/// Mean coherence of each list of words over the documents of `bag`; none of fewer than two words.
pub fn npmi(bag: &Bag, lists: &[Vec<u32>]) -> Vec<Option<f64>> {
    let mut documents: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for w in lists.iter().flatten() {
        documents.entry(*w).or_default();
    }
    for d in 0..bag.documents() {
        let mut words = bag.document(d).to_vec();
        words.dedup();
        for w in words {
            if let Some(list) = documents.get_mut(&w) {
                list.push(d as u32);
            }
        }
    }
    let total = bag.documents() as f64;
    lists
        .iter()
        .map(|words| mean_over_pairs(words, |v, w| pair(&documents[&v], &documents[&w], total)))
        .collect()
}

fn mean_over_pairs(words: &[u32], value: impl Fn(u32, u32) -> f64) -> Option<f64> {
    let mut sum = 0.0;
    for (i, v) in words.iter().enumerate() {
        sum += words[..i].iter().map(|w| value(*v, *w)).sum::<f64>();
    }
    (words.len() > 1).then(|| 2.0 * sum / (words.len() * (words.len() - 1)) as f64)
}

fn pair(v: &[u32], w: &[u32], total: f64) -> f64 {
    let both = v.iter().filter(|d| w.binary_search(d).is_ok()).count() as f64 / total;
    if both == 0.0 {
        return -1.0;
    }
    if both == 1.0 {
        return 1.0;
    }
    let apart = (v.len() as f64 / total) * (w.len() as f64 / total);
    libm::log(both / apart) / -libm::log(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_always_meet_never_meet_and_meet_by_chance() {
        let mut bag = Bag::new(vec![String::new(); 5]);
        for document in [[0, 1, 3], [0, 1, 4], [2, 3, 3], [2, 4, 4]] {
            bag.push(&document);
        }
        let found = npmi(&bag, &[vec![0, 1], vec![0, 2], vec![0, 3], vec![0], vec![]]);
        assert_eq!(found[3..], [None, None]);
        let found: Vec<f64> = found.into_iter().flatten().collect();
        assert!((found[0] - 1.0).abs() < 1e-12);
        assert_eq!(found[1], -1.0);
        assert!(found[2].abs() < 1e-12);
    }

    #[test]
    fn top_words_are_ordered_by_weight() {
        assert_eq!(top_words(&[0.1, 0.5, 0.1, 0.3], 3), [1, 3, 0]);
    }
}
