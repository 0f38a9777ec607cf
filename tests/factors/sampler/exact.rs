//! Tiny corpora, whose distribution can be counted out.

use super::*;

/// Every state that the words may take.
fn states(bag: &Bag, topics: usize, keywords: &[Vec<u32>]) -> Vec<State> {
    let mut all: Vec<State> = vec![vec![]];
    for w in bag.tokens() {
        let ordinary = (0..topics).map(|k| (k, false));
        let anchored = (0..keywords.len()).filter(|k| keywords[*k].contains(w));
        let options: Vec<_> = ordinary.chain(anchored.map(|k| (k, true))).collect();
        all = all
            .iter()
            .flat_map(|state| options.iter().map(move |o| [&state[..], &[*o]].concat()))
            .collect();
    }
    all
}

/// ln Gamma(a + n) / Gamma(a).
fn rising(a: f32, n: usize) -> f64 {
    (0..n).map(|i| libm::log(f64::from(a) + i as f64)).sum()
}

/// Logarithm of the joint probability of words and states, from the closed forms of the model.
fn joint(bag: &Bag, state: &State, keywords: &[Vec<u32>], priors: &Priors) -> f64 {
    let v = bag.words.len();
    let tokens = bag.tokens();
    let count = |test: &dyn Fn(usize) -> bool| (0..tokens.len()).filter(|i| test(*i)).count();
    let mut sum = 0.0;
    for k in 0..priors.alpha.len() {
        for d in 0..bag.documents() {
            let range = bag.starts()[d]..bag.starts()[d + 1];
            sum += rising(
                priors.alpha[k],
                count(&|i| range.contains(&i) && state[i].0 == k),
            );
        }
        let n = count(&|i| state[i] == (k, false));
        for w in 0..v as u32 {
            sum += rising(
                priors.beta,
                count(&|i| state[i] == (k, false) && tokens[i] == w),
            );
        }
        sum -= rising(v as f32 * priors.beta, n);
        let Some(list) = keywords.get(k).filter(|list| !list.is_empty()) else {
            continue;
        };
        let m = count(&|i| state[i] == (k, true));
        for w in list {
            sum += rising(
                priors.keyword_beta,
                count(&|i| state[i] == (k, true) && tokens[i] == *w),
            );
        }
        sum -= rising(list.len() as f32 * priors.keyword_beta, m);
        sum += rising(priors.from_keywords, m) + rising(priors.from_ordinary, n);
        sum -= rising(priors.from_keywords + priors.from_ordinary, n + m);
    }
    sum
}

/// Total variation between the sampler and the exact distribution, over the variation that as many
/// independent draws would show.
fn variation_over_noise(bag: &Bag, keywords: &[Vec<u32>], exact: &Priors) -> f64 {
    const DRAWS: usize = 400_000;
    let topics = exact.alpha.len();
    let priors = tiny_priors(topics);
    let all = states(bag, topics, keywords);
    let weights: Vec<f64> = all
        .iter()
        .map(|s| libm::exp(joint(bag, s, keywords, exact)))
        .collect();
    let total: f64 = weights.iter().sum();
    let mut left: BTreeMap<State, f64> = all
        .into_iter()
        .zip(weights.iter().map(|w| w / total))
        .collect();
    let n = DRAWS as f64;
    let spread = |p: &f64| libm::sqrt(2.0 * p * (1.0 - p) / (std::f64::consts::PI * n));
    let noise: f64 = 0.5 * left.values().map(spread).sum::<f64>();
    let shape = Shape::new(topics, bag.words.len(), keywords);
    let mut sampler = Sampler::new(bag, shape, priors, 1, Chance::new(11, 0));
    (0..100).for_each(|_| sampler.sweep());
    for _ in 0..DRAWS {
        (0..4).for_each(|_| sampler.sweep());
        let documents = 0..bag.documents();
        let state: State = documents.flat_map(|d| sampler.draws_of(d)).collect();
        *left.get_mut(&state).expect("a possible state") -= 1.0 / n;
    }
    0.5 * left.values().map(|x| x.abs()).sum::<f64>() / noise
}

#[test]
fn plain_topics_have_the_exact_distribution() {
    let bag = tiny();
    assert_eq!(states(&bag, 3, &[]).len(), 19_683);
    let ratio = variation_over_noise(&bag, &[], &tiny_priors(3));
    assert!(ratio < 1.3, "{ratio} times the noise");
}

#[test]
fn keyword_topics_have_the_exact_distribution() {
    let bag = bag_of(4, &[&[0, 0, 1], &[1, 2, 3], &[0, 2]]);
    // Word 0 anchors two topics, topic 2 is free.
    let keywords = [vec![0, 3], vec![0, 1]];
    let ratio = variation_over_noise(&bag, &keywords, &tiny_priors(3));
    assert!(ratio < 1.3, "{ratio} times the noise");
}

#[test]
fn a_wrong_prior_would_be_seen() {
    let wrong = Priors {
        beta: 0.5,
        ..tiny_priors(3)
    };
    let ratio = variation_over_noise(&tiny(), &[], &wrong);
    assert!(
        ratio > 1.3,
        "{ratio} times the noise, though b is .5 and not .4"
    );
}
