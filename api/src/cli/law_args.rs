//! What may be typed after `law` and `calendar`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Law {
    /// The last day of a limit in working days, days, months or years.
    #[command(after_help = "Example:\n  echo '{\"from\":\"2026-10-01\",\"count\":3,\"unit\":\"WORKING_DAY\"}' | xinxiu law due")]
    Due(Explain),
    /// Class and terms of a record.
    #[command(
        after_help = "Example:\n  echo '{\"subjectKind\":\"LEGAL_PERSON\",\"procedure\":\"ORDINARY\",\"findingDate\":\"2026-05-10\",\"penalties\":[{\"kind\":\"LICENCE_SUSPENSION\",\"until\":\"2026-11-09\"}]}' | xinxiu law assess"
    )]
    Assess(Explain),
    /// Checks a unified social credit code or a citizen identity number.
    #[command(after_help = "Example:\n  echo '{\"kind\":\"USCC\",\"value\":\"91110000600037341L\"}' | xinxiu law id")]
    Id,
    /// The words of a cited article, where and when they were read; of all cited articles of an instrument; without a name, the instruments.
    #[command(after_help = "Example:\n  xinxiu law show order_36_2025/art_16_2\n  xinxiu law show order_36_2025\n  xinxiu law show --json")]
    Show {
        /// An article as `source/article`, or an instrument; every instrument where none is given.
        citation: Option<String>,
    },
    /// Checks law files against each other and the rest of the law; every fault with file, line, column and allowed words.
    #[command(after_help = "Example:\n  xinxiu law check r_37.toml 2027-07-01.1.toml 2027.json")]
    Check {
        /// Rulebooks, process tables, plans, words of articles, calendar years, settings, list types; known by their content.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Says in words what changes from one law file to another: terms, times, transitions, who may act.
    #[command(
        after_help = "Example:\n  xinxiu law diff rulebooks/r_36.toml r_37.toml     a name that is no file is a file of the law in force"
    )]
    Diff {
        /// The older file, or the name of a file of the law in force.
        old: String,
        /// The newer one.
        new: String,
    },
    /// Brings law files into force, each by one audited act; without --commit only says what would happen.
    #[command(after_help = "Example:\n  xinxiu law load r_37.toml --commit")]
    Load {
        /// Law files, known by their content.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Does it; else nothing is written.
        #[arg(long)]
        commit: bool,
    },
    /// Runs law files over every open case and record, and lists what would change, for whom, by how many days; changes nothing.
    #[command(
        after_help = "Example:\n  xinxiu --data demo law simulate r_37.toml --as-of 2027-07-01\n  xinxiu law simulate 2027.json --as-of 2026-12-01 --json     one object a line, the totals last"
    )]
    Simulate {
        /// Law files, known by their content.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The day whose law counts (YYYY-MM-DD).
        #[arg(long)]
        as_of: String,
    },
    /// Lists past acts that the rules of today would refuse, case by case with day and article; changes nothing.
    #[command(after_help = "Example:\n  xinxiu --data demo law review\n  xinxiu law review --json     one object a line, the totals last")]
    Review,
    /// Moves a case to a newer law that says that cases may move.
    Move {
        /// Number of the case.
        number: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Checks a year's notice against the Holiday Measures and lists the open deadlines that would move; --commit loads it.
    #[command(
        after_help = "Example:\n  xinxiu calendar load 2027.json            nothing is written\n  xinxiu calendar load 2027.json --commit   deadlines move, and those concerned are told"
    )]
    Load {
        /// In the form of holiday-cn.
        file: PathBuf,
        /// Does it; else nothing is written.
        #[arg(long)]
        commit: bool,
    },
}

/// Whether an answer tells how it was found.
#[derive(Clone, Copy, Debug, Args)]
pub struct Explain {
    /// Adds the derivation to each answer: as data that a program can count again, and in Chinese and English words.
    #[arg(long)]
    pub explain: bool,
}
