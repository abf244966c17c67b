//! What the tests over all processes ask of one. It stands in the folder of its scenarios; the list of rooms is in `proof.rs`.

use std::collections::BTreeMap;

use domain::{
    process::{Form, FormKey, Process, Verb},
    record::SubjectKind,
};
use time::Date;

use super::{chance::Chance, world::World};

/// A form that an act asks for: of whom, by which office, and when.
pub struct Wanted<'a> {
    pub key: FormKey,
    pub verb: Verb,
    pub kind: SubjectKind,
    pub office: &'a str,
    pub today: Date,
}

/// Global ids of the cases that were opened before.
pub type Known = BTreeMap<Process, String>;

/// There are no default bodies: what is forgotten does not compile.
pub trait Room {
    /// The act by which the engine's tests open a case of it.
    const OPENS: Verb;
    /// A state in which a case of it stands in nobody's way.
    const OVER: &'static str;

    /// A lawful form, by chance where there is a choice.
    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form;

    /// A case of it in a served house, which has gone far enough to say something; its global id.
    async fn case(world: &World, known: &Known) -> String;
}

macro_rules! rooms {
    ($($room:ident: $process:ident,)*) => {
        use domain::process::{Form, Process, Verb};

        use $crate::support::{chance::Chance, room::{Known, Room, Wanted}, world::World};

        /// In which order a case of each is opened.
        pub const IN_ORDER: &[Process] = &[$(Process::$process,)*];

        /// The act by which the engine's tests open a case of a process.
        pub fn opens(process: Process) -> Verb {
            match process { $(Process::$process => <$crate::$room::$process as Room>::OPENS,)* }
        }

        /// A state in which a case of a process stands in nobody's way.
        pub fn over(process: Process) -> &'static str {
            match process { $(Process::$process => <$crate::$room::$process as Room>::OVER,)* }
        }

        /// A lawful form, by chance where there is a choice.
        pub fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
            match wanted.key.home() { $(Process::$process => <$crate::$room::$process as Room>::form(wanted, chance),)* }
        }

        /// A case of every process in a served house.
        pub async fn cases(world: &World) -> Known {
            let mut known = Known::new();
            $(
                let id = <$crate::$room::$process as Room>::case(world, &known).await;
                known.insert(Process::$process, id);
            )*
            known
        }
    };
}

pub(crate) use rooms;
