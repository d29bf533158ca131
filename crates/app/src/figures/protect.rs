//! No figure over fewer than three cases, and no way to one by subtraction.
//!
//! Cells hang together by sums. What is below the least is hidden; then further cells are hidden until what is shown
//! leaves each hidden one open, as whoever knows all sums and that a hidden cell is *few* or *not* would reckon it.
//! Pure, and knows nothing of what is counted.

/// The fewest cases a figure may be over.
pub const LEAST: u64 = 3;

/// A figure as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The number.
    Number(u64),
    /// 少于 3 件
    Few,
    /// Not shown, because another could be reckoned from it.
    Withheld,
}

impl Shown {
    /// The number, where it may be shown.
    pub fn number(self) -> Option<u64> {
        match self {
            Shown::Number(n) => Some(n),
            Shown::Few | Shown::Withheld => None,
        }
    }
}

/// One cell is the sum of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// What it is the sum of.
    pub parts: Vec<usize>,
}

impl Sum {
    fn cells(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().copied().chain([self.total])
    }
}

/// What is told of a cell while it is decided what may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// The number.
    Number(u64),
    /// That it is few.
    Few,
    /// Nothing; but whoever knows that few ones are called so knows that it is not few.
    Many,
    /// Nothing, and it may be few.
    Nothing,
}

impl Told {
    fn number(self) -> Option<u64> {
        match self {
            Told::Number(n) => Some(n),
            _ => None,
        }
    }
}

/// What may be shown of the cells.
pub fn protect(values: &[u64], sums: &[Sum]) -> Vec<Shown> {
    let first = |value: &u64| {
        if *value < LEAST {
            Told::Few
        } else {
            Told::Number(*value)
        }
    };
    let mut told: Vec<Told> = values.iter().map(first).collect();
    let mut within = vec![Vec::new(); values.len()];
    for (at, sum) in sums.iter().enumerate() {
        sum.cells().for_each(|cell| within[cell].push(at));
    }
    loop {
        let mut changes: Vec<(usize, Told)> = Vec::new();
        for found in exposed(&told, sums) {
            let near: Vec<usize> = match found {
                Exposed::Sum(sum) => vec![sum],
                Exposed::Cell(cell) => within[cell].clone(),
            };
            let mut cells = near.iter().flat_map(|sum| sums[*sum].cells());
            if !cells.any(|cell| changes.iter().any(|(changed, _)| *changed == cell)) {
                changes.extend(tell_less(&told, sums, &near));
            }
        }
        if changes.is_empty() {
            let shown = |told: Told| match told {
                Told::Number(n) => Shown::Number(n),
                Told::Few => Shown::Few,
                Told::Many | Told::Nothing => Shown::Withheld,
            };
            return told.into_iter().map(shown).collect();
        }
        changes.into_iter().for_each(|(cell, less)| told[cell] = less);
    }
}

/// What is told less of these sums: the smallest part that is still shown is hidden; where none is, it is no longer
/// said which parts are few; a total goes last.
fn tell_less(told: &[Told], sums: &[Sum], near: &[usize]) -> Vec<(usize, Told)> {
    let smallest = |cells: &mut dyn Iterator<Item = usize>| {
        let shown = cells.filter_map(|cell| told[cell].number().map(|n| (n, cell)));
        shown.min().map(|(_, cell)| vec![(cell, Told::Many)])
    };
    if let Some(change) = smallest(&mut near.iter().flat_map(|sum| sums[*sum].parts.iter().copied())) {
        return change;
    }
    let parts = near.iter().flat_map(|sum| sums[*sum].parts.iter().copied());
    let said = parts.filter(|part| told[*part] != Told::Nothing);
    let silent: Vec<(usize, Told)> = said.map(|part| (part, Told::Nothing)).collect();
    if !silent.is_empty() {
        return silent;
    }
    smallest(&mut near.iter().map(|sum| sums[*sum].total)).unwrap_or_default()
}

/// What gives too much away.
enum Exposed {
    /// What a sum leaves over for its hidden parts is itself a figure over too few.
    Sum(usize),
    /// A hidden cell is known more closely than that it is hidden.
    Cell(usize),
}

fn exposed(told: &[Told], sums: &[Sum]) -> Vec<Exposed> {
    let mut found = Vec::new();
    for (at, sum) in sums.iter().enumerate() {
        let Some(total) = told[sum.total].number() else {
            continue;
        };
        let open: u64 = sum.parts.iter().filter_map(|part| told[*part].number()).sum();
        let hides = sum.parts.iter().any(|part| told[*part].number().is_none());
        if hides && total - open.min(total) < LEAST {
            found.push(Exposed::Sum(at));
        }
    }
    for (cell, (low, high)) in bounds(told, sums).into_iter().enumerate() {
        let known = match told[cell] {
            Told::Number(_) => false,
            Told::Few => low > 0 || high < LEAST as i64 - 1,
            Told::Many | Told::Nothing => high - low < 2,
        };
        if known {
            found.push(Exposed::Cell(cell));
        }
    }
    found
}

/// Far above any number of cases.
const MANY: i64 = 1 << 40;

/// Between what each cell must lie, as whoever sees only what is shown can reckon.
fn bounds(told: &[Told], sums: &[Sum]) -> Vec<(i64, i64)> {
    let least = LEAST as i64;
    let mut bounds: Vec<(i64, i64)> = told
        .iter()
        .map(|cell| match cell {
            Told::Number(n) => (*n as i64, *n as i64),
            Told::Few => (0, least - 1),
            Told::Many => (least, MANY),
            Told::Nothing => (0, MANY),
        })
        .collect();
    loop {
        let before = bounds.clone();
        for sum in sums {
            let low: i64 = sum.parts.iter().map(|part| bounds[*part].0).sum();
            let high: i64 = sum.parts.iter().map(|part| bounds[*part].1).sum();
            let total = bounds[sum.total];
            let total = (total.0.max(low), total.1.min(high));
            bounds[sum.total] = total;
            for part in &sum.parts {
                let own = bounds[*part];
                bounds[*part] = (own.0.max(total.0 - (high - own.1)), own.1.min(total.1 - (low - own.0)));
            }
        }
        if bounds == before {
            return bounds;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A row of parts under one total.
    fn row(parts: &[u64]) -> Vec<Shown> {
        let values: Vec<u64> = parts.iter().copied().chain([parts.iter().sum()]).collect();
        let sum = Sum {
            total: parts.len(),
            parts: (0..parts.len()).collect(),
        };
        protect(&values, &[sum])
    }

    #[test]
    fn a_row_leaves_nothing_to_subtract() {
        use Shown::{Few, Number, Withheld};
        let table: [(&[u64], &[Shown]); 9] = [
            (&[5, 4, 9], &[Number(5), Number(4), Number(9), Number(18)]),
            // One alone would be the rest of the total.
            (&[1, 5, 9], &[Few, Withheld, Number(9), Number(15)]),
            (&[0, 5, 9], &[Few, Withheld, Number(9), Number(14)]),
            // Two that are few would together be a figure over two.
            (&[1, 1, 4, 9], &[Few, Few, Withheld, Number(9), Number(15)]),
            // Three that may each be nought, one or two.
            (&[1, 1, 1, 9], &[Few, Few, Few, Number(9), Number(12)]),
            // Two and two could be nothing else.
            (&[2, 2, 9], &[Few, Few, Withheld, Number(13)]),
            // A total over too few, and one that would give its only part away.
            (&[1, 1], &[Few, Few, Few]),
            // Where too little is left to hide behind, it is not even said which part is few.
            (&[3, 0], &[Withheld, Withheld, Number(3)]),
            (&[3, 0, 1, 0], &[Withheld, Withheld, Withheld, Withheld, Number(4)]),
        ];
        for (parts, expected) in table {
            assert_eq!(row(parts), expected, "{parts:?}");
        }
    }

    /// Rows and columns with their totals and the grand total.
    fn grid(rows: usize, columns: usize) -> Vec<Sum> {
        let cell = |row: usize, column: usize| row * (columns + 1) + column;
        let along = (0..=rows).map(|row| Sum {
            total: cell(row, columns),
            parts: (0..columns).map(|column| cell(row, column)).collect(),
        });
        let across = (0..=columns).map(|column| Sum {
            total: cell(rows, column),
            parts: (0..rows).map(|row| cell(row, column)).collect(),
        });
        along.chain(across).collect()
    }

    fn filled(inner: &[u64], rows: usize, columns: usize) -> Vec<u64> {
        let mut values = vec![0; (rows + 1) * (columns + 1)];
        for (at, n) in inner.iter().enumerate() {
            let (row, column) = (at / columns, at % columns);
            for (r, c) in [(row, column), (rows, column), (row, columns), (rows, columns)] {
                values[r * (columns + 1) + c] += n;
            }
        }
        values
    }

    /// Every table that would be shown the same, by trying all of them.
    #[test]
    fn no_hidden_cell_of_a_grid_can_be_reckoned() {
        const MOST: u64 = 8;
        let (rows, columns) = (2, 2);
        let sums = grid(rows, columns);
        let all: Vec<Vec<u64>> = (0..MOST.pow(4))
            .map(|n| (0..4).map(|at| n / MOST.pow(at) % MOST).collect())
            .collect();
        let fits = |values: &[u64], shown: &[Shown]| {
            values.iter().zip(shown).all(|(value, shown)| match shown {
                Shown::Number(n) => n == value,
                Shown::Few => *value < LEAST,
                Shown::Withheld => true,
            })
        };
        for inner in all.iter().filter(|inner| inner.iter().all(|n| *n < 6)) {
            let values = filled(inner, rows, columns);
            let shown = protect(&values, &sums);
            assert!(fits(&values, &shown), "{inner:?}: {shown:?}");
            let mut possible = vec![BTreeSet::new(); values.len()];
            for other in &all {
                let other = filled(other, rows, columns);
                if fits(&other, &shown) {
                    possible.iter_mut().zip(&other).for_each(|(set, value)| {
                        set.insert(*value);
                    });
                }
            }
            for (cell, set) in possible.iter().enumerate() {
                let hidden = shown[cell].number().is_none();
                assert!(
                    !hidden || set.len() > 1,
                    "{inner:?}: cell {cell} of {shown:?} is {set:?}"
                );
            }
        }
    }
}
