//! What must not matter does not.

use super::*;

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

/// Mean shares of the topics in the first document.
fn shares(alpha: [f32; 3]) -> [f64; 3] {
    let bag = tiny();
    let priors = Priors {
        alpha: alpha.into(),
        ..tiny_priors(3)
    };
    let shape = Shape::new(3, 4, &[]);
    let mut sampler = Sampler::new(&bag, shape, priors, 1, Chance::new(22, 0));
    let n = 60_000;
    let mut counts = [0.0; 3];
    for _ in 0..n {
        sampler.sweep();
        sampler.draws_of(0).for_each(|(k, _)| counts[k] += 1.0);
    }
    counts.map(|count| count / f64::from(3 * n))
}

#[test]
fn renaming_topics_changes_nothing_but_their_names() {
    let here = shares([0.3, 0.5, 1.2]);
    let there = shares([1.2, 0.5, 0.3]);
    for (k, share) in here.iter().enumerate() {
        let renamed = there[2 - k];
        assert!((share - renamed).abs() < 0.01, "{here:?} and {there:?}");
    }
    assert!(here[2] - here[0] > 0.1, "weights matter: {here:?}");
}
