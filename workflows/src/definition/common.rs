//! Conditions that bind every act by a person on a case, whatever its row says: the closed list of them, which the engine asks
//! and the page of a process prints.

use domain::{office::Role, sheet::SheetKind};

use super::{file::Definition, header::About};

/// A condition that no row has to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Common {
    /// Nobody acts in a case after stepping aside in it.
    SteppedAside,
    /// Whoever acts for the subject of a case acts in it as its party only.
    OwnMatter,
    /// One number of Credit China opens one case.
    PushedBefore,
    /// What the house drafted is signed off in the words that were read.
    SignedOffAsRead,
}

impl Common {
    pub const ALL: [Self; 4] = [Self::SteppedAside, Self::OwnMatter, Self::PushedBefore, Self::SignedOffAsRead];

    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::SteppedAside => ("已就本案回避的人不得办理", "nobody acts in a case after stepping aside in it"),
            Self::OwnMatter => (
                "代表该主体的人只能以当事人身份办理，无论使用哪个账号",
                "whoever may act for the subject acts as the party only, by whatever account",
            ),
            Self::PushedBefore => ("同一“信用中国”编号只能建立一个案件", "one number of Credit China opens one case only"),
            Self::SignedOffAsRead => (
                "签发系统起草的文书的，文书没有空缺，并与审阅时一致",
                "what the house drafted is signed off without gaps and in the words that were read",
            ),
        }
    }

    /// The article that it rests on; none of a rule of this house.
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::SteppedAside | Self::OwnMatter => Some("civil_servants_law_2018/art_76"),
            Self::PushedBefore | Self::SignedOffAsRead => None,
        }
    }

    /// (zh, en) why a rule of this house is there.
    pub const fn house(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::SteppedAside | Self::OwnMatter => None,
            Self::PushedBefore => Some(("一次推送只办理一次", "what is pushed once is decided once")),
            Self::SignedOffAsRead => Some(("签发的是负责人看过的文字", "the head signs off what was read, and nothing else")),
        }
    }

    /// Whether it can stand against an act of this process.
    pub fn concerns(self, definition: &Definition) -> bool {
        match self {
            Self::SteppedAside => true,
            Self::OwnMatter => definition.about != About::None,
            Self::PushedBefore => definition.transition.iter().any(|row| row.opens_a_case() && row.who.contains(&Role::PlatformImport)),
            Self::SignedOffAsRead => SheetKind::of(definition.key).iter().any(|kind| kind.series().is_some()),
        }
    }
}
