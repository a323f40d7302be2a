//! Which elements of two lists belong together: the longest common subsequence, at a cost that is bounded whatever the lists hold.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;

use crate::limits::COMPARE_CELLS;

/// How well two elements fit: not at all.
pub(super) const APART: u32 = 0;
/// They stand for one another, if nothing better does.
pub(super) const LOOSE: u32 = 1;
/// They may be the same, as far as can be seen.
pub(super) const LIKELY: u32 = 4;
/// They are the same.
pub(super) const SAME: u32 = 8;

/// A pair of positions; one of them alone where the other list has nothing that belongs to it.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Where the walk goes on from a cell.
#[derive(Clone, Copy)]
enum Way {
    Both,
    Left,
    Right,
}

/// Puts the elements of two lists side by side, in their order. Of several ways to do so that are equally good it takes the one
/// that pairs what comes first, and swapping the lists swaps the pairs. Between two pairs, what only the left list has comes first.
///
/// Above [`COMPARE_CELLS`] only elements that stand in like places are tried on one another: in a band along the diagonal.
pub(super) fn align<K: Ord>(left: &[K], right: &[K], fit: impl Fn(&K, &K) -> u32) -> Vec<Pair> {
    // What begins alike belongs together, and recordings mostly begin alike.
    let alike = left.iter().zip(right).take_while(|(left, right)| fit(left, right) == SAME).count();
    let mut pairs: Vec<Pair> = (0..alike).map(|at| (Some(at), Some(at))).collect();
    let (rest_left, rest_right) = (left.get(alike..).unwrap_or_default(), right.get(alike..).unwrap_or_default());
    let mut alone = Vec::new();
    for (left, right) in walk(rest_left, rest_right, fit) {
        let shift = |at: Option<usize>| at.map(|at| at + alike);
        match (left, right) {
            (None, right) => alone.push((None, shift(right))),
            (left, None) => pairs.push((shift(left), None)),
            (left, right) => {
                pairs.append(&mut alone);
                pairs.push((shift(left), shift(right)));
            }
        }
    }
    pairs.append(&mut alone);
    pairs
}

fn walk<K: Ord>(left: &[K], right: &[K], fit: impl Fn(&K, &K) -> u32) -> Vec<Pair> {
    let band = Band::of(left.len(), right.len());
    let ways = ways(left, right, &band, fit);
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::with_capacity(left.len().max(right.len()));
    while i < left.len() || j < right.len() {
        let columns = band.columns(i);
        let way = match (i < left.len(), j < right.len()) {
            (true, true) if j < columns.start => Way::Right,
            (true, true) => ways.get(i).and_then(|row| row.get(j - columns.start)).copied().unwrap_or(Way::Left),
            (true, false) => Way::Left,
            _ => Way::Right,
        };
        match way {
            Way::Both => pairs.push((Some(i), Some(j))),
            Way::Left => pairs.push((Some(i), None)),
            Way::Right => pairs.push((None, Some(j))),
        }
        i += usize::from(!matches!(way, Way::Right));
        j += usize::from(!matches!(way, Way::Left));
    }
    pairs
}

/// The best way on from every cell of the band.
fn ways<K: Ord>(left: &[K], right: &[K], band: &Band, fit: impl Fn(&K, &K) -> u32) -> Vec<Vec<Way>> {
    let mut ways: Vec<Vec<Way>> = (0..left.len()).map(|i| Vec::with_capacity(band.columns(i).len())).collect();
    // The scores of the row below, and of the row at hand; nothing is known to be gained outside of the band.
    let mut below = alloc::vec![0_u32; right.len() + 1];
    for (i, row) in ways.iter_mut().enumerate().rev() {
        let mut here = alloc::vec![0_u32; right.len() + 1];
        for j in band.columns(i).rev() {
            let gain = fit(&left[i], &right[j]);
            let (both, skip_left, skip_right) = (gain + below[j + 1], below[j], here[j + 1]);
            let way = match skip_left.cmp(&skip_right) {
                _ if gain > APART && both >= skip_left.max(skip_right) => Way::Both,
                Ordering::Greater => Way::Left,
                Ordering::Less => Way::Right,
                // By what the elements are and not by their side, so that swapping the lists changes nothing.
                Ordering::Equal if left[i] > right[j] => Way::Right,
                Ordering::Equal => Way::Left,
            };
            here[j] = match way {
                Way::Both => both,
                Way::Left => skip_left,
                Way::Right => skip_right,
            };
            row.push(way);
        }
        row.reverse();
        below = here;
    }
    ways
}

/// The cells that are looked at: all of them, or those near the diagonal.
struct Band {
    rows: usize,
    columns: usize,
    /// How far from the diagonal, times the longer side.
    reach: usize,
}

impl Band {
    fn of(rows: usize, columns: usize) -> Self {
        let longer = rows.max(columns).max(1);
        let whole = rows.saturating_mul(columns);
        let reach = if whole <= COMPARE_CELLS { whole } else { (COMPARE_CELLS / (2 * longer)).max(1) * longer };
        Self { rows, columns, reach }
    }

    /// The columns of a row: those of which `|row * columns - column * rows|` is within reach.
    fn columns(&self, row: usize) -> Range<usize> {
        let rows = self.rows.max(1);
        let middle = row * self.columns;
        let from = middle.saturating_sub(self.reach).div_ceil(rows);
        let to = ((middle + self.reach) / rows + 1).min(self.columns);
        from.min(to)..to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn shown(left: &str, right: &str) -> String {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let fit = |left: &char, right: &char| {
            if left == right {
                SAME
            } else if left.eq_ignore_ascii_case(right) {
                LOOSE
            } else {
                APART
            }
        };
        let pairs = align(&left, &right, fit);
        let letter = |list: &[char], at: Option<usize>| at.map_or('-', |at| list[at]);
        let words = pairs.iter().map(|(l, r)| alloc::format!("{}{}", letter(&left, *l), letter(&right, *r)));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_missing_on_one_side_stands_alone() {
        assert_eq!(shown("abcd", "abd"), "aa bb c- dd");
        assert_eq!(shown("abd", "abcd"), "aa bb -c dd");
        assert_eq!(shown("", "ab"), "-a -b");
    }

    #[test]
    fn what_is_repeated_is_paired_where_it_comes_first() {
        assert_eq!(shown("abab", "ab"), "aa bb a- b-");
        assert_eq!(shown("xab", "yabab"), "x- -y aa bb -a -b");
    }

    #[test]
    fn what_only_stands_for_another_gives_way_to_what_is_the_same() {
        assert_eq!(shown("Ab", "ab"), "Aa bb");
        assert_eq!(shown("Aa", "a"), "A- aa");
    }

    #[test]
    fn long_lists_are_paired_near_the_diagonal_alone() {
        let cells = |length: usize| Band::of(length, length).columns(length / 2).len();
        assert_eq!(cells(1_000), 1_000);
        assert!(cells(1_000_000) <= COMPARE_CELLS / 500_000);
        // Every seventh element is missing on one side: more than what is looked at when it is one long gap.
        let left: Vec<u32> = (0..2_600).collect();
        let right: Vec<u32> = left.iter().copied().filter(|n| n % 7 > 0).collect();
        let pairs = align(&left, &right, |one, other| if one == other { SAME } else { APART });
        assert!(left.len() * right.len() > COMPARE_CELLS);
        assert_eq!(pairs.iter().filter(|(one, other)| one.is_some() && other.is_some()).count(), right.len());
    }
}
