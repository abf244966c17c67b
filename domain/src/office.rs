//! Offices, roles and addressees.

use serde::{Deserialize, Serialize};

use crate::{
    name::is_telephone,
    process::titled,
    record::Sector,
    rows::{Office, Standing},
};

titled! {
    /// What an office is in the house.
    OfficeKind {
        /// The one through which every list and every review goes (政策法规科).
        PolicyOffice = "policy_office" "政策法规科" "policy office",
        /// A section of the city bureau.
        Section = "section" "科室" "section",
        /// A centre directly under the city bureau.
        Centre = "centre" "直属中心" "centre",
        /// 县（区）交通运输局
        CountyBureau = "county_bureau" "县（区）交通运输局" "county bureau",
    }
}

/// The particulars of an office, the one list of them: `$each!` gets every text with its description.
#[macro_export]
macro_rules! for_each_office_detail {
    ($each:ident) => {
        $each! {
            /// Address in Chinese.
            address_zh
            /// Address in English.
            address_en
            /// Telephone of the office, as its letters print it.
            telephone
            /// Opening hours, such as 工作日 9:00–12:00、13:00–17:00.
            hours_zh
            /// Opening hours in English.
            hours_en
            /// The authority that reviews its acts; the people's government of its level where none is named.
            review_zh
            /// The same in English.
            review_en
            /// The court that hears suits against its acts; the competent people's court where none is named.
            court_zh
            /// The same in English.
            court_en
            /// The legal body that issues its papers (发文机关): the bureau of a section, a centre itself.
            body_zh
            /// The same in English.
            body_en
        }
    };
}

macro_rules! define_details {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// Where an office is found, and who reviews its acts (Administrative Review Law art. 24): what letters of the office
        /// say. A text that is absent is not known; in a change an absent text stays as it is and an empty one is taken away.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct OfficeDetails { $($(#[$doc])* pub $name: Option<String>,)* }

        impl OfficeDetails {
            /// Its texts under the names of their columns.
            pub fn texts(&self) -> Vec<(&'static str, &Option<String>)> {
                vec![$((stringify!($name), &self.$name),)*]
            }

            /// The texts that stand under the names of their columns.
            pub fn of_texts(text: impl Fn(&str) -> Option<String>) -> Self {
                Self { $($name: text(stringify!($name)),)* }
            }

            /// These texts as a change leaves them: what it does not speak of stays, what it empties goes.
            #[must_use]
            pub fn changed_by(self, change: &Self) -> Self {
                Self { $($name: changed(self.$name, change.$name.as_ref()),)* }
            }
        }

        impl Office {
            /// Its particulars.
            pub fn details(&self) -> OfficeDetails {
                OfficeDetails { $($name: self.$name.clone(),)* }
            }

            /// The same office with these particulars.
            #[must_use]
            pub fn with_details(self, details: OfficeDetails) -> Self {
                Self { $($name: details.$name,)* ..self }
            }

            /// A new office; where it is found is not known yet, nor for which sector it answers.
            pub fn new(key: &str, (zh, en): (&str, &str), kind: OfficeKind, division_code: Option<&str>, number_word: &str) -> Self {
                Self {
                    id: key.to_owned(),
                    zh: zh.to_owned(),
                    en: en.to_owned(),
                    kind,
                    division_code: division_code.map(str::to_owned),
                    number_word: number_word.to_owned(),
                    standing: Standing::Active,
                    receipt_key: None,
                    sector: None,
                    successor: None,
                    ended_on: None,
                    $($name: None,)*
                }
            }
        }
    };
}

for_each_office_detail!(define_details);

/// A text as a change leaves it.
fn changed(old: Option<String>, new: Option<&String>) -> Option<String> {
    match new {
        None => old,
        Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// An office as it is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeDraft {
    /// Small letters, digits and underscores; it never changes.
    pub key: String,
    pub zh: String,
    pub en: String,
    pub kind: OfficeKind,
    /// Six digits of the national list of divisions.
    #[serde(default)]
    pub division_code: Option<String>,
    /// The word that numbers of its documents begin with (发文机关代字).
    pub number_word: String,
    /// The line of transport that it answers for: its opinion is asked where a list type asks that of its sector.
    #[serde(default)]
    pub sector: Option<Sector>,
    #[serde(default)]
    pub details: OfficeDetails,
}

impl OfficeDraft {
    /// Longest key, name and number word, in characters.
    const LONGEST: [usize; 3] = [40, 100, 10];

    /// Every field that cannot stand, with the rule that it breaks in Chinese and English.
    pub fn faults(&self) -> Vec<(&'static str, (&'static str, &'static str))> {
        let [key, name, word] = Self::LONGEST;
        let fits = |text: &str, most: usize| {
            !text.trim().is_empty() && text.trim() == text && text.chars().count() <= most && !text.chars().any(char::is_control)
        };
        let is_key = |text: &str| {
            text.len() <= key
                && text.starts_with(|first: char| first.is_ascii_lowercase())
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        let is_code = |text: &String| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        let no_word = |c: char| c.is_whitespace() || "〔〕[]()（）|".contains(c);
        let wrong = [
            (
                "key",
                !is_key(&self.key),
                (
                    "应以小写字母开头，仅含小写字母、数字和下划线，不超过四十字",
                    "it begins with a small letter and holds small letters, digits and underscores, at most forty",
                ),
            ),
            ("zh", !fits(&self.zh, name), ("应为一行不超过一百字的名称", "it is a name on one line, at most a hundred characters")),
            ("en", !fits(&self.en, name), ("应为一行不超过一百字的名称", "it is a name on one line, at most a hundred characters")),
            (
                "division_code",
                self.division_code.as_ref().is_some_and(|code| !is_code(code)),
                ("应为六位行政区划代码", "it is a division code of six digits"),
            ),
            (
                "division_code",
                self.division_code.is_none() && self.kind == OfficeKind::CountyBureau,
                ("县（区）局须填写六位行政区划代码", "a county bureau has a division code of six digits"),
            ),
            (
                "number_word",
                !fits(&self.number_word, word) || self.number_word.contains(no_word),
                ("应为不超过十字的机关代字，不含括号和空格", "it is a word of at most ten characters without brackets and blanks"),
            ),
        ];
        let mut faults: Vec<_> = wrong.into_iter().filter(|(_, wrong, _)| *wrong).map(|(field, _, rule)| (field, rule)).collect();
        let detail =
            ("应为一行不超过二百字的文字；电话写数字", "it is one line of at most two hundred characters; a telephone is in digits");
        faults.extend(self.details.fault().map(|field| (field, detail)));
        faults
    }
}

impl OfficeDetails {
    /// Longest of its texts, in characters.
    pub const LONGEST: usize = 200;

    /// The first text that cannot stand: too long, with control characters, or a telephone that is none.
    pub fn fault(&self) -> Option<&'static str> {
        let unfit = |text: &str| text.chars().count() > Self::LONGEST || text.chars().any(char::is_control);
        let wrong = |(name, text): &(&'static str, &Option<String>)| {
            text.as_deref().filter(|text| !text.is_empty()).is_some_and(|text| unfit(text) || (*name == "telephone" && !is_telephone(text)))
        };
        self.texts().into_iter().find(wrong).map(|(name, _)| name)
    }
}

titled! {
    /// A language that the house writes to people in.
    Language {
        Zh = "zh" "中文" "Chinese",
        En = "en" "英文" "English",
    }
}

titled! {
    /// A rank that an account is given at an office; what it may do depends on the office's relation to the case.
    Rank {
        /// Takes papers at the counter for any subject.
        CounterClerk = "counter_clerk" "窗口人员" "counter clerk",
        /// Keeps the records of an office and handles its cases.
        Officer = "officer" "经办人" "officer",
        /// Decides for its office.
        Head = "head" "单位负责人" "head",
        /// Decides for the bureau after deliberation (局领导).
        Leader = "leader" "局领导" "leader of the bureau",
        /// Receives and answers what Credit China pushes.
        PlatformClerk = "platform_clerk" "信用中国对接人" "Credit China clerk",
        /// Accounts, offices, settings; no cases.
        Administrator = "administrator" "管理员" "administrator",
        /// Reads everything, changes nothing.
        Auditor = "auditor" "审计员" "auditor",
    }
}

titled! {
    /// Who may act, as definitions say it: a rank and the relation of its office to the case.
    Role {
        /// The subject of the case, through an account bound to it.
        Party = "party" "当事人" "the party",
        /// A signed-in account without further rights.
        AnyAccount = "any_account" "已登录用户" "any account",
        /// The account that asked for the binding.
        Requester = "requester" "申请人" "the requester",
        CounterClerk = "counter_clerk" "窗口人员" "counter clerk",
        /// An officer of the unit that made the finding.
        UnitOfficer = "unit_officer" "认定单位经办人" "officer of the finding unit",
        /// The head of the unit that made the finding.
        UnitHead = "unit_head" "认定单位负责人" "head of the finding unit",
        /// An officer of the county or unit that files a proposal.
        FilingClerk = "filing_clerk" "报送单位经办人" "officer of the filing office",
        /// The head of the county or unit that files a proposal.
        FilingHead = "filing_head" "报送单位负责人" "head of the filing office",
        /// An officer of the unit that the list type names for an opinion.
        NamedUnitOfficer = "named_unit_officer" "业务单位经办人" "officer of the named unit",
        /// Somebody of an office that was asked for its comment in this case.
        AskedOffice = "asked_office" "被征求意见单位人员" "somebody of the office that is asked",
        PolicyReviewer = "policy_reviewer" "政策法规科审核人" "policy reviewer",
        PolicyHead = "policy_head" "政策法规科负责人" "policy head",
        /// A leader of the bureau, for the collective decision.
        BureauLeader = "bureau_leader" "局领导" "bureau leader",
        /// The clerk who takes in what Credit China pushes.
        PlatformImport = "platform_import" "信用中国对接人" "Credit China clerk",
        /// Timers and follow-ups.
        System = "system" "系统" "the system",
    }
}

titled! {
    /// To whom a notice goes.
    Addressee {
        Party = "party" "当事人" "the party",
        FindingUnit = "finding_unit" "认定单位" "the finding unit",
        PolicyOffice = "policy_office" "政策法规科" "the policy office",
        /// The county or unit that filed a proposal.
        FilingOffice = "filing_office" "报送单位" "the filing office",
        /// The unit that the list type names for an opinion.
        NamedUnit = "named_unit" "业务单位" "the named unit",
        /// The office that is asked for its comment.
        AskedOffice = "asked_office" "被征求意见的单位" "the office that is asked",
        /// The office that had asked for the comment.
        AskingOffice = "asking_office" "征求意见的单位" "the office that asked",
        /// The account that made the request, where no binding exists yet.
        Requester = "requester" "申请绑定的账号" "the account that asked",
    }
}
