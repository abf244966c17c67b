//! Questions by chance, the same in every run.

use domain::identifier::{resident_id, uscc};
use time::Duration;

/// `SplitMix64`.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("below a usize")
    }

    pub fn days(&mut self, below: usize) -> Duration {
        Duration::days(i64::try_from(self.below(below)).expect("days"))
    }

    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        (0..length).map(|_| char::from(alphabet.as_bytes()[self.below(alphabet.len())])).collect()
    }

    pub fn uscc(&mut self) -> String {
        let office = self.one(&["91", "92", "93", "11", "12", "51", "A1", "N2", "Y1"]).to_owned();
        let first = office + &self.text("0123456789", 6) + &self.text("0123456789ABCDEFGHJKLMNPQRTUWXY", 9);
        let check = uscc::check_character(&first).expect("its alphabet");
        format!("{first}{check}")
    }

    pub fn resident_id(&mut self) -> String {
        let place = match self.below(8) {
            0 => self.text("0123456789", 6),
            _ => self.one(&["110105", "510104", "510107", "512002", "511381", "440106", "320102", "360426"]).to_owned(),
        };
        let (year, month, day) = (1930 + self.below(100), 1 + self.below(12), 1 + self.below(30));
        let first = format!("{place}{year}{month:02}{day:02}{}", self.text("0123456789", 3));
        let check = resident_id::check_character(&first).expect("digits");
        format!("{first}{check}")
    }

    /// Breaks a text in one place, or leaves it as it is.
    pub fn broken(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let place = self.below(letters.len());
        let other = self.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1).chars().next().expect("one");
        match self.below(12) {
            0 | 1 => letters[place] = other,
            2 if place > 0 => letters.swap(place, place - 1),
            3 => drop(letters.remove(place)),
            4 => letters.insert(place, other),
            5 => letters.insert(place, if other < 'A' { '-' } else { ' ' }),
            6 => return text.to_lowercase(),
            _ => {}
        }
        letters.into_iter().collect()
    }
}
