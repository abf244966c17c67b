//! Help as people read it on a terminal: what marks words in the source marks nothing there.

use clap::{Arg, Command, CommandFactory, builder::StyledStr};

use super::args::Cli;

/// Everything that may be typed, explained in plain words.
pub(super) fn command() -> Command {
    plain(Cli::command())
}

fn without_marks(text: &StyledStr) -> String {
    text.to_string().replace('`', "")
}

fn plain(command: Command) -> Command {
    let (about, long) = (command.get_about().map(without_marks), command.get_long_about().map(without_marks));
    let after = command.get_after_help().map(without_marks);
    let command = command.mut_args(plain_argument).mut_subcommands(plain);
    let command = about.into_iter().fold(command, Command::about);
    let command = long.into_iter().fold(command, Command::long_about);
    after.into_iter().fold(command, Command::after_help)
}

fn plain_argument(argument: Arg) -> Arg {
    let (help, long) = (argument.get_help().map(without_marks), argument.get_long_help().map(without_marks));
    let argument = help.into_iter().fold(argument, Arg::help);
    long.into_iter().fold(argument, Arg::long_help)
}
