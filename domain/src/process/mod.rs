//! Processes, phases and verbs: the closed words that definitions are written in.
//!
//! | module | holds |
//! |---|---|
//! | `verb` | acts on a case |

mod verb;

pub use verb::Verb;

pub use crate::processes::{CaseData, Fields, Form, FormKey, Process};

/// A closed set of words, for rooms that show them as they are: GraphQL enums, lists of allowed words.
pub trait Word: Copy + Eq + Send + Sync + 'static {
    /// The set's name.
    const NAME: &'static str;
    /// What its words are about: the docstring of the set.
    const MEANING: &'static str;
    fn all() -> &'static [Self];
    fn word(self) -> &'static str;
    /// (zh, en) for people; none where the words are codes, or where each process has its own titles.
    fn titles(self) -> Option<(&'static str, &'static str)>;
    /// What the word means, beyond its title: its docstring; empty where it has none.
    fn meaning(self) -> &'static str;
}

/// One word of a choice, with its titles.
pub type Choosable = (&'static str, (&'static str, &'static str));

/// The words of a set that have titles.
pub fn options<T: Word>() -> Vec<Choosable> {
    T::all().iter().filter_map(|word| Some((word.word(), word.titles()?))).collect()
}

/// A closed enum whose serde words are its only spelling, with the list of all of them.
macro_rules! words {
    ($(#[$($doc:tt)*])* $name:ident $($title:ident)? { $($(#[$($vdoc:tt)*])* $variant:ident = $word:literal,)* }) => {
        $(#[$($doc)*])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$($vdoc)*])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word as it stands in definitions, database and audit entries.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The word that `key` spells, if any.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.key() == key)
            }
        }

        impl $crate::process::Word for $name {
            const NAME: &'static str = stringify!($name);
            const MEANING: &'static str = $crate::process::meaning!($(#[$($doc)*])*);
            fn all() -> &'static [Self] { Self::ALL }
            fn word(self) -> &'static str { self.key() }
            fn titles(self) -> Option<(&'static str, &'static str)> { $crate::process::titled!(@of self $($title)?) }
            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $crate::process::meaning!($(#[$($vdoc)*])*),)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key())
            }
        }
    };
}
/// A docstring as text; each of its lines begins with a blank.
macro_rules! meaning {
    () => { "" };
    (#[doc = $first:literal] $(#[$($more:tt)*])*) => { concat!($first, $crate::process::meaning!($(#[$($more)*])*)) };
    (#[$($other:tt)*] $(#[$($more:tt)*])*) => { $crate::process::meaning!($(#[$($more)*])*) };
}

/// A closed enum whose words all have their title.
macro_rules! titled {
    (@of $self:ident) => { None };
    (@of $self:ident $title:ident) => { Some($self.$title()) };
    ($(#[$($doc:tt)*])* $name:ident { $($(#[$($vdoc:tt)*])* $variant:ident = $word:literal $zh:literal $en:literal,)* }) => {
        $crate::process::words! { $(#[$($doc)*])* $name title { $($(#[$($vdoc)*])* $variant = $word,)* } }

        impl $name {
            /// (zh, en) for people.
            pub const fn title(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($zh, $en),)* }
            }
        }
    };
}

pub(crate) use meaning;
pub(crate) use titled;
pub(crate) use words;

titled! {
    /// Where a step of a case's route lies.
    RouteAt {
        Done = "done" "已办理" "done",
        /// The case is at this step.
        Here = "here" "当前" "here",
        Ahead = "ahead" "待办理" "ahead",
    }
}

titled! {
    /// What a client can code against in every process and version.
    Phase {
        Draft = "draft" "草稿" "draft",
        Filed = "filed" "已提交" "filed",
        Checking = "checking" "核查中" "being checked",
        WaitingForParty = "waiting_for_party" "待当事人" "waiting for the party",
        WaitingForOthers = "waiting_for_others" "待其他单位" "waiting for others",
        Deciding = "deciding" "待决定" "before a decider",
        Decided = "decided" "已决定" "decided",
        Serving = "serving" "送达中" "being served",
        CarryingOut = "carrying_out" "执行中" "being carried out",
        InEffect = "in_effect" "生效中" "in effect",
        Ended = "ended" "已终结" "ended",
    }
}
