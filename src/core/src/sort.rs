//! One sort for everything: the one of the standard library is compiled anew for each type, at several kilobytes each.

use alloc::vec::Vec;

/// Sorts by a key, the first number before the second; what has the same key stays in its order.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, key: impl Fn(&T) -> [u64; 3]) {
    let mut order: Vec<([u64; 3], usize)> = items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    if order.is_sorted() {
        return;
    }
    order.sort_unstable();
    let mut taken: Vec<Option<T>> = core::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, at)| taken.get_mut(at)?.take()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut items = alloc::vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort_by(&mut items, |item| [0, item.0, 0]);
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn earlier_numbers_of_a_key_come_before_later_ones() {
        let mut keys = alloc::vec![[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]];
        sort_by(&mut keys, |key| *key);
        assert_eq!(keys, [[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]);
    }
}
