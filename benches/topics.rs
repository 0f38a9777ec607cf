//! Speed of the topic sampler, and its topics for comparison with other programs.
//!
//! ```text
//! cargo bench --bench topics                                       # a generated corpus
//! cargo bench --bench topics -- speed corpus.bow 50 0              # topics, keywords a topic
//! cargo bench --bench topics -- shards corpus.bow 50               # topics
//! cargo bench --bench topics -- fit corpus.bow 50 100 1 topics.bin # topics, sweeps, seed, result
//! ```
//!
//! `speed` prints million words that one worker draws in a second of its core's time, the best of
//! five runs of five sweeps. `shards` prints how many times faster two shards are than one, by the
//! clock, each the best of fifteen. `fit` writes the weights of topics in documents, then the share
//! of each word in each topic, as `f32`.

use cogov::chance::{Chance, Draw};
use cogov::factors::alpha;
use cogov::factors::counts::{Priors, Shape};
use cogov::factors::{Bag, gibbs::Sampler};
use cogov::output::factors::counts::read_documents;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["speed", path, topics, keywords] => {
            println!(
                "{:.3}",
                speed(&read(path), number(topics), number(keywords))
            );
        }
        ["shards", path, topics] => println!("{:.3}", gain(&read(path), number(topics))),
        ["fit", path, topics, sweeps, seed, result] => {
            let size = (number(topics), number(sweeps), number(seed));
            let topics = fit(&read(path), size.0, size.1, size.2 as u64);
            std::fs::write(result, topics).expect("the result can be written");
        }
        _ => table(&generated()),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn read(path: &str) -> Bag {
    let text = std::fs::read_to_string(path).expect("a bag of words");
    let vocabulary = number(text.lines().nth(1).expect("a second line").trim());
    let mut bag = Bag::new(vec![String::new(); vocabulary]);
    for document in read_documents(&text, vocabulary).expect("a bag of words") {
        bag.push(&document);
    }
    bag
}

/// A million words by Zipf's law, in documents of 500.
fn generated() -> Bag {
    let mut luck = Chance::new(1, 0).words(Draw::new(998, 0), 0, 0);
    let mut bag = Bag::new(vec![String::new(); 10_000]);
    for _ in 0..2000 {
        let word = |u: f64| (libm::pow(10_000.0, u) as u32).min(9999);
        let document: Vec<u32> = (0..500).map(|_| word(luck.uniform())).collect();
        bag.push(&document);
    }
    bag
}

/// Seconds of its core's time that this thread has had, where the system tells; else of the clock.
fn core_seconds(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begun.elapsed().as_secs_f64(), |n| 1e-9 * n)
}

fn sampler(bag: &Bag, topics: usize, shards: usize, keywords: usize) -> Sampler<'_> {
    let anchors: Vec<Vec<u32>> = (0..6)
        .map(|k| (0..keywords).map(|i| (100 + 6 * i + k) as u32).collect())
        .collect();
    let shape = Shape::new(topics, bag.words.len(), &anchors);
    let priors = Priors::symmetric(topics, 0.1);
    let mut sampler = Sampler::new(bag, shape, priors, shards, Chance::new(1, 0));
    (0..20).for_each(|_| sampler.sweep());
    sampler
}

fn speed(bag: &Bag, topics: usize, keywords: usize) -> f64 {
    let mut sampler = sampler(bag, topics, 1, keywords);
    let begun = Instant::now();
    let run = |_| {
        let before = core_seconds(begun);
        (0..5).for_each(|_| sampler.sweep());
        5e-6 * bag.tokens().len() as f64 / (core_seconds(begun) - before)
    };
    (0..5).map(run).fold(0.0, f64::max)
}

fn gain(bag: &Bag, topics: usize) -> f64 {
    let (mut one, mut two) = (sampler(bag, topics, 1, 0), sampler(bag, topics, 2, 0));
    let seconds = |sampler: &mut Sampler<'_>| {
        let begun = Instant::now();
        (0..3).for_each(|_| sampler.sweep());
        begun.elapsed().as_secs_f64()
    };
    let runs: Vec<(f64, f64)> = (0..15)
        .map(|_| (seconds(&mut one), seconds(&mut two)))
        .collect();
    let least = |f: fn(&(f64, f64)) -> f64| runs.iter().map(f).fold(f64::MAX, f64::min);
    least(|r| r.0) / least(|r| r.1)
}

fn fit(bag: &Bag, topics: usize, sweeps: usize, seed: u64) -> Vec<u8> {
    let shape = Shape::new(topics, bag.words.len(), &[]);
    let priors = Priors::symmetric(topics, 0.1);
    let mut sampler = Sampler::new(bag, shape, priors, 1, Chance::new(seed, 0));
    for sweep in 1..=sweeps {
        sampler.sweep();
        if sweep % 10 == 0 {
            alpha::learn(&mut sampler, 5);
        }
    }
    let rows = sampler
        .counts()
        .topic_words(&sampler.shape, &sampler.priors);
    let all = sampler.priors.alpha.iter().chain(rows.iter().flatten());
    all.flat_map(|x| x.to_le_bytes()).collect()
}

fn table(bag: &Bag) {
    println!("million words a core and second; generated corpus of a million words");
    println!("topics  plain  12 keywords in each of 6 topics  gain of two shards");
    for topics in [20, 50, 100] {
        let (plain, anchored) = (speed(bag, topics, 0), speed(bag, topics, 12));
        println!(
            "{topics:6}  {plain:5.1}  {anchored:31.1}  {:18.2}",
            gain(bag, topics)
        );
    }
}
