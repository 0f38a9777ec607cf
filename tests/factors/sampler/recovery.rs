//! Topics that made a corpus are found again.

use super::*;

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
