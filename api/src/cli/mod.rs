//! The command line.
//!
//! | module | holds |
//! |---|---|
//! | `args`, `audit_args`, `export_args`, `law_args`, `letter_args`, `plan_args` | what may be typed |
//! | `help` | the same in plain words, for a terminal |
//! | `run` | which command runs what |
//! | `serve` | the server with its timers, its mail and its checkpoints |
//! | `faults` | place and cure of a fault of the machine |
//! | `files` | `import` and `export` |
//! | `users`, `office`, `letters`, `tables`, `audit`, `demo` | one group of commands each |
//! | `law` | the calculators of the law |
//! | `plan` | measures of the city's plan, its months, the draw of inspections |
//! | `plan_file` | a plan as a file of the law: checked, shown |
//! | `lines` | a line in, a line out |
//! | `prove` | the process tables before a model checker |
//! | `law_show` | cited articles and their words |
//! | `law_files` | law files: checked, compared, tried, loaded |
//! | `erase` | personal values that no duty keeps |
//! | `keeping` | settings, health, copies, keys |

mod args;
mod audit;
mod audit_args;
mod demo;
mod erase;
mod export_args;
mod faults;
mod files;
mod help;
mod keeping;
mod law;
mod law_args;
mod law_files;
mod law_show;
mod letter_args;
mod letters;
mod lines;
mod office;
mod plan;
mod plan_args;
mod plan_file;
mod prove;
mod run;
mod serve;
mod tables;
mod users;

pub use run::main;
