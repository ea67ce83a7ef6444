//! What fingers do to a word: letters missing, doubled, wrong, swapped, and keys beside those that were meant.

use fastrand::Rng;

/// The keyboard, for the keys beside each.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

#[derive(Clone, Copy, Debug)]
pub(crate) enum Slip {
    Missing,
    Doubled,
    Wrong,
    Swapped,
    /// A key beside it instead of it.
    Neighbour,
    /// A key beside it as well.
    Brushed,
}

impl Slip {
    pub(crate) const FOUR: [Self; 4] = [Self::Missing, Self::Doubled, Self::Wrong, Self::Swapped];

    /// The word with this slip at a place; none where it would stay as it is.
    pub(crate) fn at(self, word: &str, place: usize, rng: &mut Rng) -> Option<String> {
        let mut letters: Vec<char> = word.chars().collect();
        let there = *letters.get(place)?;
        match self {
            Self::Missing => drop(letters.remove(place)),
            Self::Doubled => letters.insert(place, there),
            Self::Wrong => *letters.get_mut(place)? = rng.char('a'..='z'),
            Self::Swapped => {
                letters.get(place + 1)?;
                letters.swap(place, place + 1);
            }
            Self::Neighbour => *letters.get_mut(place)? = beside(there, rng)?,
            Self::Brushed => letters.insert(place + 1, beside(there, rng)?),
        }
        let slipped: String = letters.into_iter().collect();
        (slipped != word).then_some(slipped)
    }

    /// Anywhere but at the first letter.
    pub(crate) fn inside(self, word: &str, rng: &mut Rng) -> Option<String> {
        let letters = word.chars().count();
        if letters < 4 {
            return None;
        }
        let place = rng.usize(1..letters);
        self.at(word, place, rng)
    }
}

fn beside(letter: char, rng: &mut Rng) -> Option<char> {
    let (row, column) = ROWS
        .iter()
        .enumerate()
        .find_map(|(row, keys)| Some((row, keys.chars().position(|key| key == letter)?)))?;
    let keys = |row: usize, columns: &[usize]| {
        let keys: Vec<char> = ROWS.get(row).map(|keys| keys.chars().collect()).unwrap_or_default();
        columns.iter().filter_map(|column| keys.get(*column).copied()).collect::<Vec<_>>()
    };
    let mut near = keys(row, &[column.wrapping_sub(1), column + 1]);
    near.extend(keys(row.wrapping_sub(1), &[column, column + 1]));
    near.extend(keys(row + 1, &[column.wrapping_sub(1), column]));
    rng.choice(near)
}
