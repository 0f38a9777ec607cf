//! Collapsed Gibbs sampling: each word's topic is drawn given the topics of all other words.
//!
//! ```text
//! p(z = k, s = 0) ~ (a_k + n_dk) (b + n_kw) ordinary_k
//! p(z = k, s = 1) ~ (a_k + n_dk) (b' + m_kw) keyword_k        w a keyword of k
//! ```
//!
//! with the counts of [`super::counts`], the word itself left out; [`super::shard`] draws them.
//!
//! With several shards each works on its part of the documents from the counts at the start of the
//! sweep (AD-LDA: Newman, Asuncion, Smyth and Welling 2009). Shards are a setting: the draws depend
//! on (seed, chain, shard, sweep), never on the number of threads.

use super::Bag;
use super::counts::{Counts, Priors, Shape};
use super::shard::{DocumentShard, FROM_KEYWORD, WordPlace};
use crate::chance::{Chance, draws};
use rayon::prelude::*;

/// A model in the middle of a chain.
#[derive(Debug)]
pub struct Sampler<'a> {
    bag: &'a Bag,
    /// Size and keywords.
    pub shape: Shape,
    /// Priors; alpha may change between sweeps.
    pub priors: Priors,
    chance: Chance,
    sweeps: u32,
    states: Vec<u16>,
    counts: Counts,
    shards: Vec<DocumentShard>,
}

impl<'a> Sampler<'a> {
    /// A chain that starts at random: keywords in one of their topics, other words in any.
    ///
    /// # Panics
    /// When `shards` is 0, or there are more than 32,767 topics.
    pub fn new(bag: &'a Bag, shape: Shape, priors: Priors, shards: usize, chance: Chance) -> Self {
        assert!(shards > 0 && shape.topics < usize::from(FROM_KEYWORD));
        let states = random_states(bag, &shape, &chance);
        let mut sampler = Self {
            counts: Counts::zero(&shape),
            shards: Vec::new(),
            bag,
            shape,
            priors,
            chance,
            sweeps: 0,
            states,
        };
        sampler.counts = sampler.recount();
        sampler.shards = sampler.cut(shards);
        sampler
    }

    /// Draws every word's topic once.
    pub fn sweep(&mut self) {
        let (bag, shape, priors) = (self.bag, &self.shape, &self.priors);
        let (chance, sweep) = (&self.chance, self.sweeps);
        if let [shard] = &mut self.shards[..] {
            shard.sweep(bag, shape, priors, &mut self.states, chance, sweep);
        } else {
            let parts = parts_of(&mut self.states, bag, &self.shards);
            let shards = self.shards.par_iter_mut().zip(parts);
            shards.for_each(|(shard, states)| {
                shard.sweep(bag, shape, priors, states, chance, sweep);
            });
            let changed: Vec<&Counts> = self.shards.iter().map(|s| &s.counts).collect();
            self.counts.merge(&changed);
            let counts = &self.counts;
            let shards = self.shards.par_iter_mut();
            shards.for_each(|shard| shard.counts.copy(counts));
        }
        self.sweeps += 1;
    }

    /// Number of sweeps done.
    pub fn sweeps(&self) -> u32 {
        self.sweeps
    }

    /// The corpus.
    pub fn bag(&self) -> &Bag {
        self.bag
    }

    /// Counts of words by topic as they stand.
    pub fn counts(&self) -> &Counts {
        match &self.shards[..] {
            [only] => &only.counts,
            _ => &self.counts,
        }
    }

    /// The topic of each word of document `d`, and whether it was drawn from the keywords.
    pub fn draws_of(&self, d: usize) -> impl Iterator<Item = (usize, bool)> {
        let starts = self.bag.starts();
        let states = &self.states[starts[d]..starts[d + 1]];
        let draw = |s: &u16| (usize::from(s & !FROM_KEYWORD), s & FROM_KEYWORD != 0);
        states.iter().map(draw)
    }

    /// Counts made afresh from the state of every word.
    pub fn recount(&self) -> Counts {
        let mut counts = Counts::zero(&self.shape);
        for (w, state) in self.bag.tokens().iter().zip(&self.states) {
            let place = WordPlace::of(*state, &self.shape, *w as usize);
            counts.add(&self.shape, *w as usize, place.topic, place.slot, 1.0);
        }
        counts
    }

    /// Cuts the documents into `n` runs of about equally many words.
    fn cut(&self, n: usize) -> Vec<DocumentShard> {
        let starts = self.bag.starts();
        let total = self.bag.tokens().len();
        let bound = |i: usize| match i {
            i if i == n => self.bag.documents(),
            i => starts.partition_point(|s| *s < total * i / n),
        };
        let shards = (0..n).zip(0_u16..);
        shards
            .map(|(i, number)| {
                DocumentShard::new(number, bound(i)..bound(i + 1), &self.counts, &self.shape)
            })
            .collect()
    }
}

fn random_states(bag: &Bag, shape: &Shape, chance: &Chance) -> Vec<u16> {
    let mut words = chance.words(draws::topics::START, 0, 0);
    let any = |u: f64, n: usize| ((u * n as f64) as usize).min(n - 1);
    let draw = |w: &u32| {
        let slots = shape.slots(*w as usize);
        match slots.len() {
            0 => any(words.uniform(), shape.topics) as u16,
            n => shape.topic_of(slots.start + any(words.uniform(), n)) as u16 | FROM_KEYWORD,
        }
    };
    bag.tokens().iter().map(draw).collect()
}

/// The states that belong to each shard.
fn parts_of<'s>(
    mut states: &'s mut [u16],
    bag: &Bag,
    shards: &[DocumentShard],
) -> Vec<&'s mut [u16]> {
    let mut parts = Vec::new();
    for shard in shards {
        let range = &shard.documents;
        let n = bag.starts()[range.end] - bag.starts()[range.start];
        let (part, rest) = states.split_at_mut(n);
        parts.push(part);
        states = rest;
    }
    parts
}
