//! The text of a pool. One content has one text: sections in their order, lines sorted, nothing twice.

use std::collections::HashSet;

use super::{TextFault, number};

/// How a pool of this form begins.
pub const FORM: &str = "xinxiu-draw-v1";
/// A rate of everything: rates are in hundredths of a percent.
pub const ALL: u64 = 10_000;

/// How many of a stratum are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum<'a> {
    pub key: &'a str,
    /// In hundredths of a percent, for a year.
    pub rate: u64,
    /// At least so many in a year, but never more than there are.
    pub minimum: u64,
    /// Drawn in this year already.
    pub drawn: u64,
}

impl Stratum<'_> {
    /// How many of so many targets are drawn now.
    pub fn wanted(&self, targets: usize) -> usize {
        let targets = targets as u64;
        let share = (targets * self.rate).div_ceil(ALL);
        let wanted = share.max(self.minimum.min(targets)).saturating_sub(self.drawn);
        usize::try_from(wanted).unwrap_or(usize::MAX)
    }
}

/// Everybody who can be drawn, and everybody who can inspect.
#[derive(Clone, Debug)]
pub struct Pool<'a> {
    /// Number of the draw.
    pub number: &'a str,
    pub field: &'a str,
    /// Inspectors of a target.
    pub per: usize,
    pub strata: Vec<Stratum<'a>>,
    /// Target and its stratum.
    pub targets: Vec<(&'a str, &'a str)>,
    pub inspectors: Vec<&'a str>,
    /// Target and inspector who do not go together.
    pub conflicts: HashSet<(&'a str, &'a str)>,
    /// The text itself, which the seed rests on.
    pub text: &'a str,
}

/// Sections in their order, each with the letter of its lines and how many columns they may have.
const SECTIONS: [(&str, &[usize]); 4] = [("R", &[4, 5]), ("T", &[3]), ("I", &[2]), ("X", &[3])];

impl<'a> Pool<'a> {
    /// Reads a pool.
    ///
    /// # Errors
    /// The first line that cannot stand.
    pub fn parse(text: &'a str) -> Result<Self, TextFault> {
        let lines: Vec<&str> = text.split_terminator('\n').collect();
        let hidden = |line: &str| line.chars().any(|sign| (sign.is_control() && sign != '\t') || matches!(sign, '\u{2028}' | '\u{2029}'));
        if let Some(place) = lines.iter().position(|line| hidden(line)) {
            return Err(TextFault::new(place + 1, "含控制字符", "holds a control character"));
        }
        if !text.ends_with('\n') {
            return Err(TextFault::new(lines.len().max(1), "每行应以换行符结束", "every line ends with a line feed"));
        }
        let heading = |place: usize, zh: &str, en: &str| {
            let found = lines.get(place).copied().filter(|line| !line.is_empty() && !line.contains('\t'));
            found.ok_or_else(|| TextFault::new(place + 1, zh, en))
        };
        let form = TextFault::new(1, format!("第一行应为“{FORM}”"), format!("the first line is “{FORM}”"));
        heading(0, &form.zh, &form.en).ok().filter(|line| *line == FORM).ok_or(form)?;
        let number_of_draw = heading(1, "应为抽查编号", "the number of the draw is needed")?;
        let field = heading(2, "应为领域", "the field is needed")?;
        let (zh, en) = ("应为每个对象的检查人员数（正整数）", "how many inspect a target is needed, a whole number over 0");
        let per = number(heading(3, zh, en)?).and_then(|per| usize::try_from(per).ok()).filter(|per| *per > 0);
        let per = per.ok_or_else(|| TextFault::new(4, zh, en))?;
        let (strata, targets, inspectors, conflicts) = (Vec::new(), Vec::new(), Vec::new(), HashSet::new());
        let mut pool = Self { number: number_of_draw, field, per, strata, targets, inspectors, conflicts, text };
        pool.rows(&lines)?;
        pool.fits(&lines)?;
        Ok(pool)
    }

    /// Reads what stands below the heading.
    fn rows(&mut self, lines: &[&'a str]) -> Result<(), TextFault> {
        let mut strata = HashSet::new();
        let (mut section, mut before): (usize, Option<&str>) = (0, None);
        for (place, line) in lines.iter().enumerate().skip(4) {
            let fault = |zh: &str, en: &str| TextFault::new(place + 1, zh, en);
            let columns: Vec<&'a str> = line.split('\t').collect();
            let found = SECTIONS.iter().position(|(letter, _)| *letter == columns[0]);
            let found = found.ok_or_else(|| fault("行首应为R、T、I或X", "a line begins with R, T, I or X"))?;
            if !SECTIONS[found].1.contains(&columns.len()) || columns.iter().any(|column| column.is_empty()) {
                return Err(fault("栏数不符，或者有空栏", "has the wrong number of columns, or an empty one"));
            }
            if found < section {
                return Err(fault("应依R、T、I、X的顺序", "the lines of R, T, I and X stand in this order"));
            }
            // The strata stand in the order in which they are drawn; all else is sorted by its bytes.
            let sorted = found == 0 || found > section || before.is_none_or(|before| before < *line);
            if !sorted {
                return Err(fault("应按字节升序，且不得重复", "is not sorted by its bytes, or stands twice"));
            }
            (section, before) = (found, Some(*line));
            match found {
                0 => {
                    let stratum = stratum(&columns).ok_or_else(|| {
                        fault("比例应为0至10000，最少数和已抽数应为整数", "a rate is 0 to 10000; minimum and drawn are whole numbers")
                    })?;
                    if !strata.insert(stratum.key) {
                        return Err(fault("该层重复", "this stratum stands twice"));
                    }
                    self.strata.push(stratum);
                }
                1 if !strata.contains(columns[2]) => return Err(fault("没有这一层", "there is no such stratum")),
                1 if self.targets.last().is_some_and(|(key, _)| *key == columns[1]) => {
                    return Err(fault("该对象重复", "this target stands twice"));
                }
                1 => self.targets.push((columns[1], columns[2])),
                2 => self.inspectors.push(columns[1]),
                _ => {
                    self.knows(columns[1], columns[2]).map_err(|(zh, en)| fault(zh, en))?;
                    self.conflicts.insert((columns[1], columns[2]));
                }
            }
        }
        Ok(())
    }

    /// Whether a conflict is between somebody of the pool and somebody who inspects; both lists are sorted.
    fn knows(&self, target: &str, inspector: &str) -> Result<(), (&'static str, &'static str)> {
        if self.targets.binary_search_by(|(key, _)| (*key).cmp(target)).is_err() {
            return Err(("没有这个对象", "there is no such target"));
        }
        self.inspectors.binary_search(&inspector).map(|_| ()).map_err(|_| ("没有这名检查人员", "there is no such inspector"))
    }

    /// Whether there is somebody to be drawn, and enough inspectors without conflict for each.
    fn fits(&self, lines: &[&str]) -> Result<(), TextFault> {
        let Some((first, _)) = self.targets.first() else {
            return Err(TextFault::new(lines.len() + 1, "名录库中没有对象", "the pool holds no target"));
        };
        let few = |key: &str| {
            let place = lines.iter().position(|line| line.strip_prefix("T\t").and_then(|rest| rest.split('\t').next()) == Some(key));
            let (zh, en) = ("没有利益冲突的检查人员不足", "fewer inspectors without a conflict than are asked for");
            TextFault::new(place.unwrap_or_default() + 1, zh, en)
        };
        if self.inspectors.len() < self.per {
            return Err(few(first));
        }
        let mut against = std::collections::HashMap::<&str, usize>::new();
        for (target, _) in &self.conflicts {
            *against.entry(target).or_default() += 1;
        }
        let able = |key: &str| self.inspectors.len() - against.get(key).copied().unwrap_or_default();
        self.targets.iter().find(|(key, _)| able(key) < self.per).map_or(Ok(()), |(key, _)| Err(few(key)))
    }
}

/// A line of a stratum; what was drawn in the year may be left out where that is nothing.
fn stratum<'a>(columns: &[&'a str]) -> Option<Stratum<'a>> {
    let rate = number(columns[2]).filter(|rate| *rate <= ALL)?;
    let drawn = columns.get(4).map_or(Some(0), |drawn| number(drawn))?;
    Some(Stratum { key: columns[1], rate, minimum: number(columns[3])?, drawn })
}
