use cogov::{
    chance::Chance,
    factors::{Bag, counts::*, gibbs::*},
};
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut bag = Bag::new(vec![]);
    let mut cur = 1u32;
    let mut doc = vec![];
    let mut v = 0;
    for line in text.lines().skip(3) {
        let f: Vec<u32> = line.split(' ').map(|x| x.parse().unwrap()).collect();
        while f[0] > cur {
            bag.push(&doc);
            doc.clear();
            cur += 1;
        }
        for _ in 0..f[2] {
            doc.push(f[1] - 1);
        }
        v = v.max(f[1] as usize);
    }
    bag.push(&doc);
    println!(
        "{} docs {} tokens {} v",
        bag.documents(),
        bag.tokens().len(),
        v
    );
    for shards in [1, 2] {
        for k in [20usize, 50, 100] {
            for kw in [false, true] {
                let keywords: Vec<Vec<u32>> = if kw {
                    (0..6)
                        .map(|i| (0..12).map(|j| i * 12 + j + 100).collect())
                        .collect()
                } else {
                    vec![]
                };
                let mut s = Sampler::new(
                    &bag,
                    Shape::new(k, v, &keywords),
                    Priors::symmetric(k, 0.1),
                    shards,
                    Chance::new(1, 0),
                );
                for _ in 0..10 {
                    s.sweep();
                }
                let t = std::time::Instant::now();
                for _ in 0..20 {
                    s.sweep();
                }
                println!(
                    "shards {shards} k {k} kw {kw}: {:.2} M/s",
                    20.0 * bag.tokens().len() as f64 / t.elapsed().as_secs_f64() / 1e6
                );
            }
        }
    }
}
