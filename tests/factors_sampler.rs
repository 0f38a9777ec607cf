//! The sampler against answers that are known.

use cogov::chance::{Chance, Draw, Words};
use cogov::factors::Bag;
use cogov::factors::alpha;
use cogov::factors::counts::{Counts, Priors, Shape};
use cogov::factors::gibbs::Sampler;
use cogov::factors::stability::align;
use std::collections::BTreeMap;

/// A state of the whole corpus: each word's topic, and whether it came from the keywords.
type State = Vec<(usize, bool)>;

fn bag_of(vocabulary: usize, documents: &[&[u32]]) -> Bag {
    let mut bag = Bag::new((0..vocabulary).map(|w| format!("{w:05}")).collect());
    documents.iter().for_each(|d| bag.push(d));
    bag
}

/// Three documents with nine words in all: 3^9 = 19,683 states with three topics.
fn tiny() -> Bag {
    bag_of(4, &[&[0, 0, 1], &[1, 2, 3, 3], &[0, 2]])
}

fn tiny_priors(topics: usize) -> Priors {
    Priors {
        alpha: (0..topics).map(|k| 0.3 + 0.2 * k as f32).collect(),
        beta: 0.4,
        keyword_beta: 0.7,
        from_keywords: 1.5,
        from_ordinary: 0.8,
    }
}

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

/// Documents drawn from `topics` (rows sum to 1), each with shares from Dirichlet(`alpha`).
fn generate(topics: &[Vec<f32>], alpha: f64, documents: usize, length: usize, seed: u64) -> Bag {
    let mut luck = Chance::new(seed, 7).words(Draw::new(999, 0), 0, 0);
    let mut bag = Bag::new((0..topics[0].len()).map(|w| format!("{w:05}")).collect());
    for _ in 0..documents {
        let shares: Vec<f32> = (0..topics.len())
            .map(|_| luck.gamma(alpha) as f32)
            .collect();
        let words: Vec<u32> = (0..length)
            .map(|_| {
                let topic = pick(&shares, &mut luck);
                pick(&topics[topic], &mut luck) as u32
            })
            .collect();
        bag.push(&words);
    }
    bag
}

fn pick(weights: &[f32], luck: &mut Words) -> usize {
    let mut rest = luck.uniform() * weights.iter().map(|w| f64::from(*w)).sum::<f64>();
    let found = weights.iter().position(|w| {
        rest -= f64::from(*w);
        rest < 0.0
    });
    found.unwrap_or(weights.len() - 1)
}

/// Topic words, mean over `samples` samples ten sweeps apart.
fn fitted(sampler: &mut Sampler<'_>, burn_in: u32, samples: u32) -> Vec<Vec<f32>> {
    (0..burn_in).for_each(|_| sampler.sweep());
    let mut mean = vec![vec![0.0; sampler.shape.vocabulary]; sampler.shape.topics];
    for _ in 0..samples {
        (0..10).for_each(|_| sampler.sweep());
        let now = sampler
            .counts()
            .topic_words(&sampler.shape, &sampler.priors);
        for (sum, row) in mean.iter_mut().flatten().zip(now.iter().flatten()) {
            *sum += row / samples as f32;
        }
    }
    mean
}

/// The bars of Griffiths and Steyvers (2004): five rows and five columns of a 5 x 5 picture.
fn bars() -> Vec<Vec<f32>> {
    let bar = |inside: &dyn Fn(usize) -> bool| -> Vec<f32> {
        (0..25).map(|w| if inside(w) { 0.2 } else { 0.0 }).collect()
    };
    let rows = (0..5).map(|r| bar(&|w| w / 5 == r));
    let columns = (0..5).map(|c| bar(&|w| w % 5 == c));
    rows.chain(columns).collect()
}

#[test]
fn bars_are_found() {
    let bars = bars();
    let bag = generate(&bars, 1.0, 1000, 100, 3);
    let mut priors = Priors::symmetric(10, 1.0);
    priors.beta = 0.05;
    let mut sampler = Sampler::new(&bag, Shape::new(10, 25, &[]), priors, 1, Chance::new(2, 0));
    let found = fitted(&mut sampler, 300, 10);
    let (pairs, _) = align(&bars, &found);
    for (bar, k) in bars.iter().zip(pairs) {
        let distance: f32 = bar.iter().zip(&found[k]).map(|(x, y)| (x - y).abs()).sum();
        assert!(distance < 0.12, "L1 distance {distance}");
    }
}

/// Ten topics over a vocabulary whose base follows Zipf's law, each raising its own words.
fn zipf_topics() -> Vec<Vec<f32>> {
    let mut luck = Chance::new(5, 0).words(Draw::new(999, 1), 0, 0);
    (0..10)
        .map(|_| {
            let weight = |w: usize| (luck.gamma(0.08) / (w + 1) as f64) as f32;
            let row: Vec<f32> = (0..1500).map(weight).collect();
            let total: f32 = row.iter().sum();
            row.iter().map(|x| x / total).collect()
        })
        .collect()
}

#[test]
fn a_zipf_corpus_is_recovered() {
    let topics = zipf_topics();
    let bag = generate(&topics, 0.2, 2000, 60, 4);
    let shape = Shape::new(10, 1500, &[]);
    let priors = Priors::symmetric(10, 0.2);
    let mut sampler = Sampler::new(&bag, shape, priors, 2, Chance::new(2, 0));
    let found = fitted(&mut sampler, 200, 5);
    let (_, similarity) = align(&topics, &found);
    assert!(similarity > 0.97, "mean cosine similarity {similarity}");
}

#[test]
fn keywords_give_topics_their_places() {
    let topics = zipf_topics();
    let bag = generate(&topics, 0.2, 800, 60, 6);
    // Anchors: the five heaviest words of topics 4 and 7 go to the first and the second topic.
    let heaviest = |k: usize| cogov::factors::coherence::top_words(&topics[k], 5);
    let shape = Shape::new(10, 1500, &[heaviest(4), heaviest(7)]);
    let priors = Priors::symmetric(10, 0.2);
    let mut sampler = Sampler::new(&bag, shape, priors, 1, Chance::new(8, 0));
    let found = fitted(&mut sampler, 200, 5);
    for (k, source) in [(0, 4), (1, 7)] {
        let likeness = cogov::factors::stability::cosine(&found[k], &topics[source]);
        assert!(likeness > 0.9, "topic {k}: {likeness}");
    }
}

#[test]
fn learnt_weights_follow_the_documents() {
    let topics = bars();
    let bag = generate(&topics[..2], 0.5, 600, 50, 9);
    let priors = Priors::symmetric(2, 0.1);
    let mut sampler = Sampler::new(&bag, Shape::new(2, 25, &[]), priors, 1, Chance::new(1, 0));
    for _ in 0..60 {
        sampler.sweep();
        alpha::learn(&mut sampler, 5);
    }
    for a in &sampler.priors.alpha {
        assert!(
            (a - 0.5).abs() < 0.1,
            "weight {a} where .5 made the documents"
        );
    }
}

fn middling() -> Bag {
    generate(&zipf_topics(), 0.2, 300, 40, 12)
}

fn sampler_of(bag: &Bag, shards: usize, seed: u64) -> Sampler<'_> {
    let shape = Shape::new(20, bag.words.len(), &[vec![0, 3, 9], vec![], vec![3, 40]]);
    Sampler::new(
        bag,
        shape,
        Priors::symmetric(20, 0.1),
        shards,
        Chance::new(seed, 0),
    )
}

fn after(sampler: &mut Sampler<'_>, sweeps: u32) -> (Counts, State) {
    (0..sweeps).for_each(|_| sampler.sweep());
    let documents = 0..sampler.bag().documents();
    let state = documents.flat_map(|d| sampler.draws_of(d)).collect();
    (sampler.counts().clone(), state)
}

#[test]
fn counts_agree_with_the_states_after_each_sweep() {
    let bag = middling();
    for shards in [1, 3] {
        let mut sampler = sampler_of(&bag, shards, 1);
        for _ in 0..10 {
            sampler.sweep();
            assert_eq!(*sampler.counts(), sampler.recount());
            let sums = sampler.counts();
            let all = sums.topics.iter().chain(&sums.keyword_topics).sum::<f32>();
            assert_eq!(all as usize, bag.tokens().len());
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let bag = middling();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("a pool");
        pool.install(|| after(&mut sampler_of(&bag, 3, 1), 15))
    };
    let alone = run(1);
    assert_eq!(alone, run(2));
    assert_eq!(alone, run(5));
}

#[test]
fn seeds_and_shards_matter() {
    let bag = middling();
    let base = after(&mut sampler_of(&bag, 1, 1), 5);
    assert_ne!(base, after(&mut sampler_of(&bag, 1, 2), 5));
    assert_ne!(base, after(&mut sampler_of(&bag, 2, 1), 5));
}

#[test]
fn an_empty_document_changes_nothing() {
    let bag = middling();
    let mut longer = Bag::new(bag.words.clone());
    for d in 0..bag.documents() {
        longer.push(bag.document(d));
        if d % 50 == 0 {
            longer.push(&[]);
        }
    }
    let (counts, state) = after(&mut sampler_of(&bag, 1, 1), 10);
    assert_eq!((counts, state), after(&mut sampler_of(&longer, 1, 1), 10));
}

#[test]
fn keyword_topics_without_keywords_are_plain_topics() {
    let bag = middling();
    let run = |keywords: &[Vec<u32>]| {
        let shape = Shape::new(20, bag.words.len(), keywords);
        let priors = Priors::symmetric(20, 0.1);
        after(
            &mut Sampler::new(&bag, shape, priors, 1, Chance::new(3, 0)),
            10,
        )
    };
    assert_eq!(run(&[]), run(&vec![vec![]; 6]));
}

/// How often word `i` of the first document shares its topic with word `j` of the third.
fn same_topic(bag: &Bag, i: usize, j: usize) -> f64 {
    let priors = Priors {
        alpha: vec![0.5; 3],
        ..tiny_priors(3)
    };
    let shape = Shape::new(3, 4, &[]);
    let mut sampler = Sampler::new(bag, shape, priors, 1, Chance::new(21, 0));
    let n = 60_000;
    let mut same = 0.0;
    for _ in 0..n {
        sampler.sweep();
        let topic = |d: usize, i: usize| sampler.draws_of(d).nth(i);
        same += f64::from(u8::from(topic(0, i) == topic(2, j)));
    }
    same / f64::from(n)
}

#[test]
fn renaming_words_changes_nothing_in_distribution() {
    // Word w becomes 3 - w, so words of a document stand the other way round: the first becomes
    // the last.
    let renamed = bag_of(4, &[&[3, 3, 2], &[2, 1, 0, 0], &[3, 1]]);
    let (here, there) = (same_topic(&tiny(), 0, 0), same_topic(&renamed, 2, 1));
    assert!((here - there).abs() < 0.01, "{here} and {there}");
    let other = same_topic(&tiny(), 0, 1);
    assert!((here - other).abs() > 0.05, "another pair differs: {other}");
}

/// Sum of the states of a fixed run, weighted by place: the same on every platform and with any
/// instruction set.
#[test]
fn published_draws_stay_the_same() {
    let bag = middling();
    let (_, state) = after(&mut sampler_of(&bag, 2, 1), 12);
    let hash = state.iter().fold(0_u64, |hash, (k, s)| {
        (hash ^ (*k as u64 * 2 + u64::from(*s))).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(hash, PUBLISHED, "published draws have changed");
}

/// Recorded once.
const PUBLISHED: u64 = 11_083_672_914_091_371_386;
