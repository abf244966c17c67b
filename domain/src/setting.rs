//! What a setting is, as the file of settings says it.

use crate::process::titled;

titled! {
    /// Whose time or matter a setting is.
    SettingOf {
        /// Time that a party has: it has a lower bound.
        Party = "party" "当事人的时间" "a party's time",
        /// Time that an office takes: it has an upper bound.
        Office = "office" "单位的时间" "an office's time",
        /// A matter of the house.
        House = "house" "系统事项" "a matter of the house",
    }
}

titled! {
    /// What the value of a setting is counted in, or that it is no number.
    SettingUnit {
        /// One of the words that the setting lists.
        Word = "word" "选项" "a word",
        /// `true` or `false`.
        YesNo = "yes_no" "是或否" "yes or no",
        /// A plain number.
        Count = "count" "个" "a number",
        /// Minutes on the clock.
        Minute = "minute" "分钟" "minutes",
        /// Hours on the clock.
        Hour = "hour" "小时" "hours",
        /// Calendar days.
        Day = "day" "日" "days",
        /// Working days of the loaded calendars.
        WorkingDay = "working_day" "个工作日" "working days",
    }
}

impl SettingUnit {
    /// Whether a value of it is a number, with a least and a most.
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Word | Self::YesNo)
    }
}
