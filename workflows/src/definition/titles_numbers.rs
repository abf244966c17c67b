//! Numbers in sentences: how long a time is and by which article or setting, and between which days a date lies.

use super::{
    bounds::{Ceiling, DateAsk, Floor, NamedDay},
    file::{DeadlineRule, Parameter, RecordDate},
    titles::{Reader, Said, joined, owned, said},
};
use crate::law::Words;
use domain::{calendar::Unit, paper::ShieldGround};

/// The parameter by which a maximum term is counted while the class of a record is open.
const SHORTEST: &str = "necessity_months";

/// A count with its unit.
fn counted(count: Option<u32>, unit: Option<Unit>) -> Said {
    let (Some(count), (unit_zh, unit_en)) = (count, unit.map_or(("", ""), Unit::title)) else { return Said::default() };
    let several = if count == 1 { "" } else { "s" };
    said(format!("{count}{unit_zh}"), format!("{count} {unit_en}{several}"))
}

/// (zh, en) of a day that stands on the record.
const fn record_date(date: RecordDate) -> (&'static str, &'static str) {
    match date {
        RecordDate::MinTermEnd | RecordDate::MinTermNear => ("可以申请修复之日的前一日", "the day before the first day of repair"),
        RecordDate::MaxTermEnd => ("最长公示期届满日", "the last day of the maximum term"),
        RecordDate::PublicationStart => ("公示开始前一日", "the day before publication begins"),
        RecordDate::ContinuedUntil => ("延续公示截止日", "the last day of the continued publication"),
        RecordDate::PeriodEnd => ("报送周期最后一日", "the last day of the reporting period"),
        RecordDate::TaskDue => {
            ("方案所定阶段最后一日，或者会议确定之日", "the last day of its stage in the plan, or as the meeting set it")
        }
        RecordDate::SubmissionDue => ("报送事项所定之日", "the day that the submission names"),
        RecordDate::PerformanceEnd => ("承诺书所定之日，未定的按承诺类型计算", "the day that the letter names, or the days of its type"),
        RecordDate::CorrectionEnd => ("整改通知书所定之日", "the day that the order names"),
        RecordDate::AuthorityEnd => ("授权截止日", "the last day of the authority"),
    }
}

impl Reader<'_> {
    /// Articles in a row.
    pub fn articles(&self, cites: &[String]) -> Said {
        joined(cites.iter().map(|cite| self.law.sources().title(cite)))
    }

    fn value(&self, parameter: &Parameter) -> Option<u32> {
        parameter.value.or_else(|| self.law.settings().number(parameter.setting.as_deref()?))
    }

    /// How long a time limit is, as number and unit; none of one that ends on a day of the record.
    pub fn count(&self, rule: &DeadlineRule) -> Option<(u32, Unit)> {
        let parameter = self.definition.parameter(rule.length.as_deref()?)?;
        self.value(parameter).zip(parameter.unit)
    }

    /// How long a parameter is, with the article or the setting that says so.
    pub fn parameter(&self, key: &str) -> Said {
        let Some(parameter) = self.definition.parameter(key) else { return owned((key, key)) };
        let (zh, en) = counted(self.value(parameter), parameter.unit);
        let (from_zh, from_en) = match &parameter.setting {
            Some(setting) => self.setting(setting),
            None => self.articles(&parameter.law),
        };
        said(format!("{zh}（{from_zh}）"), format!("{en} ({from_en})"))
    }

    /// A setting by its title, with since when and by whom it is so.
    fn setting(&self, key: &str) -> Said {
        let (zh, en) = self.law.settings().title(key);
        let Some(setting) = self.law.settings().get(key) else { return said(zh, en) };
        let (source_zh, source_en) = match setting.cited() {
            Some(cite) => self.law.sources().title(cite),
            None => owned(("本单位自定", "by this house")),
        };
        said(format!("设置“{zh}”，自{}：{source_zh}", setting.dated), format!("the setting “{en}”, since {}: {source_en}", setting.dated))
    }

    /// How long a time limit is, or the day on which it ends.
    pub(super) fn length(&self, rule: &DeadlineRule) -> Vec<Said> {
        let long = rule.length.as_ref().map(|key| self.parameter(key));
        let until = rule.due_on.map(|date| self.due(date)).unwrap_or_default();
        let moves = rule.moves_to_working_day.then(|| {
            owned(("最后一日不是工作日的，顺延至下一工作日", "where the last day is no working day, it moves on to the next one"))
        });
        long.into_iter().chain(until).chain(moves).collect()
    }

    /// The day of the record on which a time limit ends, and where that day comes from.
    fn due(&self, date: RecordDate) -> Vec<Said> {
        let (zh, en) = record_date(date);
        match date {
            RecordDate::MinTermNear => {
                let (days_zh, days_en) = self.parameter(RecordDate::NEAR);
                vec![said(format!("至{zh}再提前{days_zh}"), format!("to {days_en} before {en}"))]
            }
            RecordDate::PublicationStart => {
                let within = |key: &str| {
                    let (count, unit) = (self.law.settings().number(key), Some(Unit::WorkingDay));
                    let ((zh, en), (from_zh, from_en)) = (counted(count, unit), self.setting(key));
                    (format!("{zh}（{from_zh}）"), format!("{en} ({from_en})"))
                };
                let (all, listing) = (within(RecordDate::PUBLISH_WITHIN), within(RecordDate::LISTING_WITHIN));
                vec![
                    said(format!("至{zh}"), format!("to {en}")),
                    said(
                        format!("没有指定公示起始日的，起始日为办理之日后{}，名单信息为{}", all.0, listing.0),
                        format!("where no first day is given, it is {} after the act, of a listing {}", all.1, listing.1),
                    ),
                ]
            }
            _ => vec![said(format!("至{zh}"), format!("to {en}"))],
        }
    }

    /// Between which days a date of an act lies, and who may name another day than the act's own.
    pub(super) fn days(&self, asked: &DateAsk) -> Said {
        let (mut zh, mut en) = self.between(&asked.from, &asked.to);
        if !asked.only.is_empty() {
            let (who_zh, who_en) = super::titles::who(&asked.only);
            zh = format!("{zh}；仅{who_zh}可以填写其他日期，其他人为办理之日");
            en = format!("{en}; another day than that of the act is named by: {who_en}");
        }
        said(zh, en)
    }

    /// The first and the last day that a date may be.
    pub(super) fn between(&self, from: &Floor, to: &Ceiling) -> Said {
        let ((from_zh, from_en), (to_zh, to_en)) = (self.floor(from), self.ceiling(to));
        said(format!("{from_zh}；{to_zh}"), format!("{from_en}; {to_en}"))
    }

    /// The first day that a date may be.
    pub(super) fn floor(&self, floor: &Floor) -> Said {
        let not_before = |(zh, en): Said| said(format!("不早于{zh}"), format!("not before {en}"));
        match floor {
            Floor::None(Words { zh, en }) => said(format!("不设最早之日（{zh}）"), format!("no first day ({en})")),
            Floor::Day(named) => not_before(self.named(named)),
            Floor::Ahead(parameter) => {
                let (zh, en) = self.parameter(parameter);
                said(format!("至少提前{zh}"), format!("at least {en} ahead"))
            }
            Floor::Chosen(words) => joined_with(
                words.iter().map(|(word, floor)| {
                    let (zh, en) = ShieldGround::from_key(word).map(ShieldGround::title).unwrap_or_default();
                    let (floor_zh, floor_en) = self.floor(floor);
                    said(format!("{zh}：{floor_zh}"), format!("{en}: {floor_en}"))
                }),
                ("；", "; "),
            ),
            other => not_before(owned(other.title().unwrap_or_default())),
        }
    }

    /// The last day that a date may be.
    pub(super) fn ceiling(&self, ceiling: &Ceiling) -> Said {
        let not_after = |(zh, en): Said| said(format!("不晚于{zh}"), format!("not after {en}"));
        match ceiling {
            Ceiling::Day(named) => not_after(self.named(named)),
            Ceiling::EndOf(key) => {
                let (zh, en) = self.deadline(key);
                said(
                    format!("不晚于期限“{zh}”的最后一日，该期限内没有足够提前之日的，为此后第一个足够提前之日"),
                    format!(
                        "not after the last day of the deadline “{en}”, or the first day that is far enough ahead where none within it is"
                    ),
                )
            }
            Ceiling::MaxTerm if self.definition.parameter(SHORTEST).is_some() => {
                let ((zh, en), (open_zh, open_en)) = (owned(ceiling.title().unwrap_or_default()), self.parameter(SHORTEST));
                said(
                    format!("不晚于{zh}，类别未定的为认定之日起{open_zh}"),
                    format!("not after {en}, or {open_en} from the finding while the class is open"),
                )
            }
            Ceiling::Today => not_after(owned(Floor::Today.title().unwrap_or_default())),
            Ceiling::Within(parameter) => {
                let (zh, en) = self.parameter(parameter);
                said(format!("最长至办理之日起{zh}"), format!("at most {en} from the day of the act"))
            }
            other => not_after(owned(other.title().unwrap_or_default())),
        }
    }

    /// A day of the law with its article, or with why this house names it.
    fn named(&self, named: &NamedDay) -> Said {
        let (cites_zh, cites_en) = self.articles(&named.cites);
        let (why_zh, why_en) = named.house.as_ref().map_or((cites_zh, cites_en), |why| (why.zh.clone(), why.en.clone()));
        said(format!("{}（{}：{why_zh}）", named.day, named.zh), format!("{} ({}: {why_en})", named.day, named.en))
    }
}

/// Sentences in a row, with what stands between them.
fn joined_with(all: impl IntoIterator<Item = Said>, (zh_mark, en_mark): (&str, &str)) -> Said {
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    (zh.join(zh_mark), en.join(en_mark))
}
