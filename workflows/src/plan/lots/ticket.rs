//! Seed and tickets. A ticket is a hash of its own, so that no order of a list changes what is drawn.

use std::{collections::HashMap, fmt};

use sha2::{Digest, Sha256};

use super::{
    checkpoint::Checkpoint,
    pool::{FORM, Pool},
};

/// What all tickets of a draw are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// The secrets in the order of office and witness; a text that was not shown in time is empty.
    pub fn new(pool: &Pool<'_>, checkpoint: &Checkpoint, secrets: [&str; 2], outside: &str) -> Self {
        let lines = [FORM, pool.number, &hash(pool.text), &checkpoint.size.to_string(), &checkpoint.root, secrets[0], secrets[1], outside];
        Self(hash(&(lines.join("\n") + "\n")))
    }

    /// Targets of a stratum, the lowest ticket first: drawn are the first of them, and the next take the place of those who
    /// cannot be inspected.
    pub fn order<'a>(&self, pool: &Pool<'a>, stratum: &str) -> Vec<&'a str> {
        let targets = pool.targets.iter().filter(|(_, of)| *of == stratum).map(|(key, _)| *key);
        self.lowest(targets, |key| format!("T|{key}"))
    }

    /// Everybody in the order of their tickets.
    fn lowest<'a>(&self, keys: impl Iterator<Item = &'a str>, ticket: impl Fn(&str) -> String) -> Vec<&'a str> {
        let mut tickets: Vec<_> = keys.map(|key| (Sha256::digest(format!("{}|{}", self.0, ticket(key))), key)).collect();
        tickets.sort_unstable();
        tickets.into_iter().map(|(_, key)| key).collect()
    }
}

/// A target that was drawn, with those who inspect it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team<'a> {
    pub stratum: &'a str,
    pub target: &'a str,
    pub inspectors: Vec<&'a str>,
}

/// A draw. Printed, it is what the outsider's program prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// SHA-256 of the secrets.
    pub commitments: [String; 2],
    /// SHA-256 of the text of the pool.
    pub pool: String,
    pub seed: Seed,
    pub teams: Vec<Team<'a>>,
}

/// Draws.
pub fn draw<'a>(pool: &Pool<'a>, checkpoint: &Checkpoint, secrets: [&str; 2], outside: &str) -> Drawn<'a> {
    let seed = Seed::new(pool, checkpoint, secrets, outside);
    let mut of_stratum: HashMap<&str, Vec<&'a str>> = HashMap::new();
    for (target, stratum) in &pool.targets {
        of_stratum.entry(stratum).or_default().push(target);
    }
    let mut chosen = Vec::new();
    for stratum in &pool.strata {
        let targets = of_stratum.remove(stratum.key).unwrap_or_default();
        let wanted = stratum.wanted(targets.len());
        let order = seed.lowest(targets.into_iter(), |key| format!("T|{key}"));
        chosen.extend(order.into_iter().take(wanted).map(|target| (stratum.key, target)));
    }
    // Nobody inspects more than an even share, as long as others are free.
    let most = (pool.per * chosen.len()).div_ceil(pool.inspectors.len().max(1));
    let mut load: HashMap<&str, usize> = HashMap::new();
    let teams = chosen.into_iter().map(|(stratum, target)| {
        let able = pool.inspectors.iter().copied().filter(|inspector| !pool.conflicts.contains(&(target, *inspector)));
        let able = seed.lowest(able, |inspector| format!("I|{target}|{inspector}"));
        let (free, busy): (Vec<_>, Vec<_>) = able.into_iter().partition(|inspector| load.get(inspector).is_none_or(|load| *load < most));
        let inspectors: Vec<_> = free.into_iter().chain(busy).take(pool.per).collect();
        for inspector in &inspectors {
            *load.entry(inspector).or_default() += 1;
        }
        Team { stratum, target, inspectors }
    });
    let teams = teams.collect();
    Drawn { commitments: secrets.map(hash), pool: hash(pool.text), seed, teams }
}

/// SHA-256 of a text in hexadecimal digits.
fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [office, witness] = &self.commitments;
        writeln!(f, "commitments {office} {witness}")?;
        writeln!(f, "pool {}", self.pool)?;
        writeln!(f, "seed {}", self.seed)?;
        self.teams.iter().try_for_each(|team| writeln!(f, "{} {} {}", team.stratum, team.target, team.inspectors.join(" ")))
    }
}
