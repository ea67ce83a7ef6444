//! Entries as bits: one block of them, how it is kept, and what is common to several. No SQL.

/// How many entries a block is of; where an entry stands in its block fits into sixteen bits.
pub(super) const BLOCK: i64 = 1 << 16;
const WORDS: usize = 1024;
const BYTES: usize = WORDS * 8;

/// Which entries of a block.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bits(Box<[u64; WORDS]>);

impl Default for Bits {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

impl Bits {
    pub(super) fn set(&mut self, place: u16) {
        if let Some(word) = self.0.get_mut(usize::from(place >> 6)) {
            *word |= 1 << (place & 63);
        }
    }

    pub(super) fn clear(&mut self, place: u16) {
        if let Some(word) = self.0.get_mut(usize::from(place >> 6)) {
            *word &= !(1 << (place & 63));
        }
    }

    /// Those of a kept block as well. Whatever its bytes are, they are some entries: `verify` says whether the right ones.
    pub(super) fn add_packed(&mut self, bytes: &[u8]) {
        if bytes.len() == BYTES {
            for (word, eight) in self.0.iter_mut().zip(bytes.as_chunks::<8>().0) {
                *word |= u64::from_le_bytes(*eight);
            }
        } else {
            bytes.as_chunks::<2>().0.iter().for_each(|place| self.set(u16::from_le_bytes(*place)));
        }
    }

    /// As it is kept: two bytes an entry, or a bit for each of the block where that is shorter.
    pub(super) fn packed(&self) -> Vec<u8> {
        let count: usize = self.0.iter().map(|word| word.count_ones() as usize).sum();
        if count * 2 >= BYTES {
            return self.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        }
        let mut places: Vec<u16> = self.newest_first().collect();
        places.reverse();
        places.into_iter().flat_map(u16::to_le_bytes).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn take_out(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, other)| *word &= !other);
    }

    /// From the last place to the first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = u16> + '_ {
        (0..1024_u16).zip(self.0.iter()).rev().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let top = left.checked_ilog2()?;
                left &= !(1 << top);
                u16::try_from(top).ok().map(|top| at << 6 | top)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BYTES, Bits};

    fn bits(places: &[u16]) -> Bits {
        let mut bits = Bits::default();
        for place in places {
            bits.set(*place);
        }
        bits
    }

    #[test]
    fn a_full_block_is_no_longer_than_a_bit_for_each() {
        let every_other: Vec<u16> = (0..=u16::MAX).step_by(2).collect();
        assert_eq!(bits(&every_other).packed().len(), BYTES);
        assert_eq!(bits(&every_other[..4095]).packed().len(), BYTES - 2);
        assert_eq!(bits(&every_other[..4096]).packed().len(), BYTES);
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(
            mut places in prop::collection::vec(any::<u16>(), 0..6000),
            others in prop::collection::vec(any::<u16>(), 0..200),
        ) {
            let (kept, other) = (bits(&places), bits(&others));
            let mut back = Bits::default();
            back.add_packed(&kept.packed());
            prop_assert!(back == kept);
            places.sort_unstable_by(|a, b| b.cmp(a));
            places.dedup();
            prop_assert_eq!(back.newest_first().collect::<Vec<_>>(), places.clone());
            back.take_out(&other);
            prop_assert!(back.newest_first().all(|place| places.contains(&place) && !others.contains(&place)));
            back.keep(&other);
            prop_assert!(back.is_empty());
        }
    }
}
