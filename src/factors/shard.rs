//! One sweep over a part of the documents: the inner loop of the sampler.
//!
//! The weights of eight topics are summed side by side with a running total in each lane; then a
//! lane is drawn, and the topic within it. A word is left out of the counts by arithmetic on the
//! one topic that holds it, and nothing is written when it stays where it is.

use super::Bag;
use super::counts::{Block, Counts, LANES, Priors, Shape, apart};
use crate::chance::{Chance, draws, unit};
use multiversion::multiversion;
use std::ops::Range;

/// Marks a state that was drawn from a keyword.
pub const FROM_KEYWORD: u16 = 1 << 15;

/// A part of the documents with its own counts.
#[derive(Debug, Clone)]
pub struct DocumentShard {
    number: u16,
    /// Its documents.
    pub documents: Range<usize>,
    /// Counts of all words, as this part knows them.
    pub counts: Counts,
    ordinary: Vec<Block>,
    document: Vec<Block>,
    running: Vec<Block>,
}

/// Where a word stands: its topic, and its keyword slot if it was drawn from there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordPlace {
    /// Its topic.
    pub topic: usize,
    /// Its slot among the keywords.
    pub slot: Option<usize>,
}

impl WordPlace {
    /// The place that `state` stands for, for word `w`.
    pub fn of(state: u16, shape: &Shape, w: usize) -> Self {
        let topic = usize::from(state & !FROM_KEYWORD);
        let slot = (state & FROM_KEYWORD != 0)
            .then(|| shape.slots(w).find(|slot| shape.topic_of(*slot) == topic))
            .flatten();
        Self { topic, slot }
    }

    fn state(self) -> u16 {
        let mark = if self.slot.is_some() { FROM_KEYWORD } else { 0 };
        self.topic as u16 | mark
    }
}

impl DocumentShard {
    /// Part `number`, which holds `documents` and starts from `counts`.
    pub fn new(number: u16, documents: Range<usize>, counts: &Counts, shape: &Shape) -> Self {
        let blocks = || apart(shape.blocks(), [0.0; LANES]);
        let mut own = Counts::zero(shape);
        own.copy(counts);
        Self {
            number,
            documents,
            counts: own,
            ordinary: blocks(),
            document: blocks(),
            running: blocks(),
        }
    }

    /// Draws the topic of every word of its documents once; `states` are theirs.
    pub fn sweep(
        &mut self,
        bag: &Bag,
        shape: &Shape,
        priors: &Priors,
        states: &mut [u16],
        chance: &Chance,
        sweep: u32,
    ) {
        for k in 0..shape.topics {
            self.refresh(shape, priors, k);
        }
        let mut words = chance.words(draws::shards::FIRST.numbered(self.number), sweep, 0);
        let mut luck = Vec::new();
        let first = bag.starts()[self.documents.start];
        for d in self.documents.clone() {
            let range = bag.starts()[d] - first..bag.starts()[d + 1] - first;
            luck.resize(range.len(), 0);
            words.fill(&mut luck);
            self.enter(priors, &states[range.clone()]);
            draw_all(
                self,
                (shape, priors),
                bag.document(d),
                &mut states[range],
                &luck,
            );
        }
    }

    /// Sets the document's weights `a_k + n_dk`.
    fn enter(&mut self, priors: &Priors, states: &[u16]) {
        for (k, alpha) in priors.alpha.iter().enumerate() {
            self.document[k / LANES][k % LANES] = *alpha;
        }
        for state in states {
            let k = usize::from(state & !FROM_KEYWORD);
            self.document[k / LANES][k % LANES] += 1.0;
        }
    }

    fn refresh(&mut self, shape: &Shape, priors: &Priors, k: usize) {
        let (n, m) = (self.counts.topics[k], self.counts.keyword_topics[k]);
        self.ordinary[k / LANES][k % LANES] = Counts::ordinary(shape, priors, k, n, m);
    }

    /// Draws the state of word `w` given its present `state` and a uniform number.
    #[inline(always)]
    fn draw(&mut self, shape: &Shape, priors: &Priors, w: usize, state: u16, u: f32) -> u16 {
        if shape.has_keywords() && !shape.slots(w).is_empty() {
            return self.draw_keyword(shape, priors, w, state, u);
        }
        let old = WordPlace {
            topic: usize::from(state),
            slot: None,
        };
        let (lanes, left_out) = self.weigh(shape, priors, w, old);
        let target = u * lanes[LANES - 1];
        let new = WordPlace {
            topic: self.find(shape, &lanes, target, old, left_out),
            slot: None,
        };
        self.shift(shape, priors, w, old, new)
    }

    /// As [`DocumentShard::draw`] for a word that is a keyword: it may also come from the keywords.
    fn draw_keyword(
        &mut self,
        shape: &Shape,
        priors: &Priors,
        w: usize,
        state: u16,
        u: f32,
    ) -> u16 {
        let old = WordPlace::of(state, shape, w);
        let (lanes, left_out) = self.weigh(shape, priors, w, old);
        let ordinary = lanes[LANES - 1];
        let slots = shape.slots(w);
        let weight = |slot| self.keyword_weight(shape, priors, slot, old);
        let total = ordinary + slots.clone().map(weight).sum::<f32>();
        let mut target = u * total - ordinary;
        let drawn = slots.into_iter().find(|slot| {
            target -= weight(*slot);
            target < 0.0
        });
        let new = match drawn {
            Some(slot) if u * total >= ordinary => WordPlace {
                topic: shape.topic_of(slot),
                slot: Some(slot),
            },
            _ => WordPlace {
                topic: self.find(shape, &lanes, u * total, old, left_out),
                slot: None,
            },
        };
        self.shift(shape, priors, w, old, new)
    }

    /// Running sums of the weights by lane; the lanes' totals summed from the first lane on, with the
    /// word itself left out; and the change that leaving it out makes to its own topic.
    #[inline(always)]
    fn weigh(&mut self, shape: &Shape, priors: &Priors, w: usize, old: WordPlace) -> (Block, f32) {
        let blocks = self.running.len();
        let row = &self.counts.words[w * blocks..(w + 1) * blocks];
        let (document, ordinary) = (&self.document[..blocks], &self.ordinary[..blocks]);
        let mut lanes = [0.0_f32; LANES];
        for b in 0..blocks {
            for l in 0..LANES {
                lanes[l] += document[b][l] * (row[b][l] + priors.beta) * ordinary[b][l];
            }
            self.running[b] = lanes;
        }
        let (b, l) = (old.topic / LANES, old.topic % LANES);
        let with = document[b][l] * (row[b][l] + priors.beta) * ordinary[b][l];
        let (n, m, own) = self.without(old);
        let ordinary = Counts::ordinary(shape, priors, old.topic, n, m);
        let without = (document[b][l] - 1.0) * (row[b][l] - own + priors.beta) * ordinary;
        let left_out = without - with;
        lanes[l] = (lanes[l] + left_out).max(0.0);
        (summed(&lanes), left_out)
    }

    /// Ordinary and keyword draws of the topic of `old` without it; and 1 if it is an ordinary one.
    #[inline(always)]
    fn without(&self, old: WordPlace) -> (f32, f32, f32) {
        let own = if old.slot.is_none() { 1.0 } else { 0.0 };
        let n = self.counts.topics[old.topic] - own;
        let m = self.counts.keyword_topics[old.topic] - (1.0 - own);
        (n, m, own)
    }

    fn keyword_weight(&self, shape: &Shape, priors: &Priors, slot: usize, old: WordPlace) -> f32 {
        let k = shape.topic_of(slot);
        let document = self.document[k / LANES][k % LANES];
        let (n, m) = (self.counts.topics[k], self.counts.keyword_topics[k]);
        let draws = self.counts.keywords[slot] + priors.keyword_beta;
        if k != old.topic {
            return document * draws * Counts::keyword(shape, priors, k, n, m);
        }
        let (n, m, own) = self.without(old);
        let draws = draws - (1.0 - own);
        (document - 1.0) * draws * Counts::keyword(shape, priors, k, n, m)
    }

    /// The topic at `target` along the weights, lane after lane.
    #[inline(always)]
    fn find(
        &self,
        shape: &Shape,
        lanes: &Block,
        target: f32,
        old: WordPlace,
        left_out: f32,
    ) -> usize {
        let lane: usize = lanes.iter().map(|sum| usize::from(target >= *sum)).sum();
        if lane == LANES {
            return old.topic; // beyond the last weight by rounding
        }
        let below = if lane == 0 { 0.0 } else { lanes[lane - 1] };
        let left_out = if lane == old.topic % LANES {
            left_out
        } else {
            0.0
        };
        let rest = target - below;
        let mut block = 0;
        for (b, running) in self.running.iter().enumerate() {
            let change = if b >= old.topic / LANES {
                left_out
            } else {
                0.0
            };
            block += usize::from(running[lane] + change <= rest);
        }
        match block * LANES + lane {
            topic if topic < shape.topics => topic,
            _ => old.topic,
        }
    }

    /// Moves word `w` from `old` to `new`.
    #[inline(always)]
    fn shift(
        &mut self,
        shape: &Shape,
        priors: &Priors,
        w: usize,
        old: WordPlace,
        new: WordPlace,
    ) -> u16 {
        if old != new {
            for (place, n) in [(old, -1.0), (new, 1.0)] {
                let k = place.topic;
                self.counts.add(shape, w, k, place.slot, n);
                self.document[k / LANES][k % LANES] += n;
                self.refresh(shape, priors, k);
            }
        }
        new.state()
    }
}

/// Draws the states of a document's words; compiled for AVX2 as well, a third faster at 20 topics.
/// Widths of registers differ in speed alone: every sum is spelt out lane by lane.
#[multiversion(targets("x86_64+avx2"))]
fn draw_all(
    shard: &mut DocumentShard,
    model: (&Shape, &Priors),
    document: &[u32],
    states: &mut [u16],
    luck: &[u32],
) {
    draw_each(shard, model, document, states, luck);
}

#[inline(always)]
fn draw_each(
    shard: &mut DocumentShard,
    (shape, priors): (&Shape, &Priors),
    document: &[u32],
    states: &mut [u16],
    luck: &[u32],
) {
    for ((w, state), word) in document.iter().zip(states).zip(luck) {
        *state = shard.draw(shape, priors, *w as usize, *state, unit(*word));
    }
}

/// Sums of the lanes from the first up to each, added as a tree: a short way through the adders.
#[inline(always)]
fn summed(x: &Block) -> Block {
    let (ab, cd, ef, gh) = (x[0] + x[1], x[2] + x[3], x[4] + x[5], x[6] + x[7]);
    let (abcd, efgh) = (ab + cd, ef + gh);
    [
        x[0],
        ab,
        ab + x[2],
        abcd,
        abcd + x[4],
        abcd + ef,
        abcd + (ef + x[6]),
        abcd + efgh,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Draw;
    use crate::factors::gibbs::Sampler;

    #[test]
    fn register_widths_give_the_same_draws() {
        let mut bag = Bag::new(vec![String::new(); 50]);
        (0..40_u32).for_each(|d| {
            bag.push(&(0..60).map(|i| (i * i + d * 7) % 50).collect::<Vec<u32>>());
        });
        let shape = Shape::new(20, 50, &[vec![1, 5], vec![8]]);
        let priors = Priors::symmetric(20, 0.1);
        let sampler = Sampler::new(&bag, shape.clone(), priors.clone(), 1, Chance::new(4, 0));
        let mut wide = DocumentShard::new(0, 0..40, sampler.counts(), &shape);
        (0..20).for_each(|k| wide.refresh(&shape, &priors, k));
        let mut plain = wide.clone();
        let mut luck = [0; 60];
        for d in 0..40 {
            let place =
                |(k, anchored): (usize, bool)| k as u16 | if anchored { FROM_KEYWORD } else { 0 };
            let mut states: Vec<u16> = sampler.draws_of(d).map(place).collect();
            let mut same = states.clone();
            let words = bag.document(d);
            Chance::new(9, d as u64)
                .words(Draw::new(997, 0), 0, 0)
                .fill(&mut luck);
            wide.enter(&priors, &states);
            draw_all(&mut wide, (&shape, &priors), words, &mut states, &luck);
            plain.enter(&priors, &same);
            draw_each(&mut plain, (&shape, &priors), words, &mut same, &luck);
            assert_eq!(states, same);
        }
        assert_eq!(wide.counts, plain.counts);
        assert_ne!(wide.counts, *sampler.counts(), "nothing moved");
    }
}
