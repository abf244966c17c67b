//! A case of any process.

/// What every process has in GraphQL, from the one list: a case of any of them, a node, all their mutations.
#[macro_export]
macro_rules! every_process {
    ($($room:ident: $kind:ident, $forms:ident, $acts:ident, $mutations:ident;)*) => {
        use async_graphql::{ID, Interface, MergedObject};
        use domain::{process::Process, rows::Case};

        use $crate::graphql::{
            case::{
                around::{Desk, LetterSent, LinkedCase},
                notes::NoteShown,
                parts::{History, HistoryOrder, StateShown},
                point::Point,
                route::RouteStep,
                subject::CreditSubjectShown,
            },
            core::{action::Action, deadline::DeadlineShown, document::DocumentShown, enums::EnumOf, office::OfficeShown},
        };

        /// A case of any process.
        #[derive(Clone, Debug, Interface)]
        #[graphql(
            name = "Case",
            field(name = "id", ty = "ID"),
            field(name = "number", ty = "String"),
            field(name = "process", ty = "EnumOf<Process>"),
            field(name = "state", ty = "StateShown"),
            field(name = "version", ty = "i64"),
            field(name = "subject", ty = "Option<CreditSubjectShown>"),
            field(name = "actions", ty = "Vec<Action>", arg(name = "mutation", ty = "Option<String>", desc = "Only the act that this mutation does.")),
            field(name = "deadlines", ty = "Vec<DeadlineShown>"),
            field(name = "documents", ty = "Vec<DocumentShown>", desc = "Documents that acts attached, as far as the viewer may read them."),
            field(
                name = "history",
                ty = "History",
                desc = "Entries of the case: every act with who did it and when; the newest first unless `order` says otherwise.",
                arg(name = "first", ty = "Option<i32>", desc = "How many of the next entries, 1 to 100; 20 where neither first nor last is given."),
                arg(name = "after", ty = "Option<String>", desc = "The cursor behind which the page begins."),
                arg(name = "last", ty = "Option<i32>", desc = "How many of the entries before, 1 to 100; not together with first."),
                arg(name = "before", ty = "Option<String>", desc = "The cursor before which the page ends."),
                arg(name = "order", ty = "Option<HistoryOrder>", desc = "From which end it is read; the newest first where none is given.")
            ),
            field(name = "definition", ty = "String", desc = "Version of the process table that the case is under."),
            field(name = "receivedOn", method = "received_on", ty = "time::Date", desc = "The day on which what opened the case came in; the clocks of its acceptance count from it."),
            field(name = "office", ty = "Option<OfficeShown>", desc = "The office with which the case lies."),
            field(name = "findingOffice", method = "finding_office", ty = "Option<OfficeShown>", desc = "The office that made the finding; none where the case rests on none."),
            field(name = "points", ty = "Vec<Point>", desc = "Points that are or were open: missing papers, conditions, orders, grounds."),
            field(name = "desk", ty = "Vec<Desk>", desc = "Whose desk the case waits at; empty where nobody has to act."),
            field(name = "notes", ty = "Vec<NoteShown>", desc = "What offices wrote to each other in the case, the newest first, as far as the viewer may read it: never its party."),
            field(name = "letters", ty = "Vec<LetterSent>", desc = "Letters of the case, the newest first: staff read all, everybody else those to themselves."),
            field(name = "links", ty = "Vec<LinkedCase>", desc = "Cases that it rests on or that came of it, as far as the viewer sees them; at most a hundred."),
            field(name = "openings", ty = "Vec<Action>", desc = "Cases that may be opened about this one, each with why not and from which day.", arg(name = "mutation", ty = "Option<String>", desc = "Only the act that this mutation does.")),
            field(name = "route", ty = "Vec<RouteStep>", desc = "What was done, what comes next, who does it and until when at the latest.")
        )]
        pub enum AnyCase { $($kind($room::$kind),)* }

        impl AnyCase {
            pub fn of(case: Case) -> Self {
                match case.process { $(Process::$kind => Self::$kind($room::$kind(case)),)* }
            }
        }

        /// Anything with a global id.
        #[derive(Clone, Debug, Interface)]
        #[graphql(name = "Node", field(name = "id", ty = "ID"))]
        pub enum AnyNode { $($kind($room::$kind),)* CreditSubject(CreditSubjectShown) }

        impl From<AnyCase> for AnyNode {
            fn from(case: AnyCase) -> Self {
                match case { $(AnyCase::$kind(case) => Self::$kind(case),)* }
            }
        }

        $(
            /// The mutations of one process.
            #[derive(Debug, Default, MergedObject)]
            pub struct $mutations($room::$forms, $room::$acts);
        )*

        /// The mutations of every process: merged one process at a time, since types that are merged one by one nest too deep for
        /// the compiler.
        #[derive(Debug, Default, MergedObject)]
        pub struct ProcessMutations($($mutations,)*);

        /// What the table says of the mutations of a process that are written by hand.
        pub const fn told(process: Process) -> &'static [(&'static str, &'static str)] {
            match process { $(Process::$kind => $room::TOLD,)* }
        }
    };
}
