//! Which topics of two chains are the same, and which chain is nearest to all others.
//!
//! Topics are paired so that the sum of cosine similarities of their words is greatest: the
//! assignment problem, solved by successive shortest paths (Kuhn 1955; Munkres 1957; the form with
//! potentials is Jonker and Volgenant's of 1987).

use crate::numeric::BySize as _;

/// Cosine similarity of two rows of weights; 0 when either has none.
pub fn cosine(x: &[f32], y: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        let products = a.iter().zip(b);
        products.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    };
    let cosine = dot(x, y) / libm::sqrt(dot(x, x) * dot(y, y));
    if cosine.is_nan() { 0.0 } else { cosine }
}

/// For each topic of `a` the topic of `b` it is paired with, and the mean similarity of the pairs.
pub fn align(a: &[Vec<f32>], b: &[Vec<f32>]) -> (Vec<usize>, f64) {
    let cost: Vec<Vec<f64>> = a
        .iter()
        .map(|x| b.iter().map(|y| -cosine(x, y)).collect())
        .collect();
    let pairs = assign(&cost);
    let total: f64 = pairs.iter().zip(&cost).map(|(j, row)| -row[*j]).sum();
    let mean = total / pairs.len() as f64;
    (pairs, mean)
}

/// The chain whose topics are most like those of the others.
pub fn medoid(chains: &[&[Vec<f32>]]) -> usize {
    let likeness = similarities(chains);
    let total = |c: usize| likeness[c].iter().sum::<f64>();
    let best = (0..chains.len()).max_by(|a, b| total(*a).by_size(&total(*b)).then(b.cmp(a)));
    best.unwrap_or(0)
}

/// Mean similarity of paired topics for every two chains.
pub fn similarities(chains: &[&[Vec<f32>]]) -> Vec<Vec<f64>> {
    let n = chains.len();
    let mut likeness = vec![vec![1.0; n]; n];
    for a in 0..n {
        for b in 0..a {
            let value = align(chains[a], chains[b]).1;
            likeness[a][b] = value;
            likeness[b][a] = value;
        }
    }
    likeness
}

/// The column of each row that makes the sum of costs least; a square matrix.
pub fn assign(cost: &[Vec<f64>]) -> Vec<usize> {
    let n = cost.len();
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    // Rows and columns count from 1; column 0 stands for the row that is being placed.
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let previous = reach_free_column(cost, &mut row_price, &mut column_price, &mut row_of);
        let mut column = previous.0;
        while column != 0 {
            row_of[column] = row_of[previous.1[column]];
            column = previous.1[column];
        }
    }
    let mut column_of = vec![0; n];
    (1..=n).for_each(|column| column_of[row_of[column] - 1] = column - 1);
    column_of
}

/// Shortest path from the row in column 0 to a column without a row: that column, and the column
/// before each on the path. Prices are moved so that reduced costs stay at or above 0.
fn reach_free_column(
    cost: &[Vec<f64>],
    row_price: &mut [f64],
    column_price: &mut [f64],
    row_of: &mut [usize],
) -> (usize, Vec<usize>) {
    let n = cost.len();
    let mut least = vec![f64::INFINITY; n + 1];
    let mut previous = vec![0; n + 1];
    let mut visited = vec![false; n + 1];
    let mut column = 0;
    loop {
        visited[column] = true;
        let row = row_of[column];
        let (mut step, mut next) = (f64::INFINITY, 0);
        for j in (1..=n).filter(|j| !visited[*j]) {
            let reduced = cost[row - 1][j - 1] - row_price[row] - column_price[j];
            if reduced < least[j] {
                least[j] = reduced;
                previous[j] = column;
            }
            if least[j] < step {
                (step, next) = (least[j], j);
            }
        }
        for j in 0..=n {
            if visited[j] {
                row_price[row_of[j]] += step;
                column_price[j] -= step;
            } else {
                least[j] -= step;
            }
        }
        column = next;
        if row_of[column] == 0 {
            return (column, previous);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All orders of 0..n.
    fn orders(n: usize) -> Vec<Vec<usize>> {
        if n == 0 {
            return vec![vec![]];
        }
        let shorter = orders(n - 1);
        let insert = |order: &Vec<usize>, at: usize| {
            let mut longer = order.clone();
            longer.insert(at, n - 1);
            longer
        };
        shorter
            .iter()
            .flat_map(|order| (0..n).map(move |at| insert(order, at)))
            .collect()
    }

    #[test]
    fn assignment_is_the_best_of_all_orders() {
        for case in 0..40_u64 {
            let value = |i: u64| ((case * 97 + i * i * 31 + i * 17) % 101) as f64;
            let cost: Vec<Vec<f64>> = (0..5)
                .map(|i| (0..5).map(|j| value(5 * i + j)).collect())
                .collect();
            let price =
                |order: &[usize]| -> f64 { order.iter().zip(&cost).map(|(j, row)| row[*j]).sum() };
            let best = orders(5).iter().map(|o| price(o)).fold(f64::MAX, f64::min);
            assert_eq!(price(&assign(&cost)), best, "case {case}");
        }
    }

    #[test]
    fn topics_are_found_again_in_another_order() {
        let a = [
            vec![1.0, 0.0, 0.0],
            vec![0.0, 1.0, 0.0],
            vec![0.0, 0.2, 1.0],
        ];
        let b = [a[2].clone(), a[0].clone(), a[1].clone()];
        let (pairs, mean) = align(&a, &b);
        assert_eq!(pairs, [1, 2, 0]);
        assert!((mean - 1.0).abs() < 1e-12);
    }

    #[test]
    fn rows_without_weights_are_paired_with_what_is_left() {
        let (full, empty) = (vec![1.0, 2.0], vec![0.0, f32::NAN]);
        let (pairs, mean) = align(&[empty.clone(), full.clone()], &[full, empty]);
        assert_eq!((pairs, mean), (vec![1, 0], 0.5));
    }

    #[test]
    fn the_medoid_is_the_chain_in_the_middle() {
        let (x, y) = (vec![vec![1.0, 0.0]], vec![vec![0.0, 1.0]]);
        let middle = vec![vec![1.0, 1.0]];
        assert_eq!(medoid(&[&x, &middle, &y]), 1);
    }
}
