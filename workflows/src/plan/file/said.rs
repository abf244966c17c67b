//! Quotas in words.

use super::form::Measure;

/// (zh, en) of what is asked.
pub fn quota(measure: &Measure) -> (String, String) {
    let (zh, en) = measure.count.title();
    let mut said = (vec![zh.to_owned()], vec![en.to_owned()]);
    let mut add = |zh: String, en: String| {
        said.0.push(zh);
        said.1.push(en);
    };
    if measure.all {
        add("达到100%".into(), "the whole".into());
    }
    let numbers = [
        (measure.at_least, "合计不少于", "in all"),
        (measure.each_owner, "每个责任单位不少于", "for each owner"),
        (measure.each_month, "每个整月不少于", "in each full month"),
        (measure.each_field, "每个领域不少于", "in each field"),
        (measure.each_kind, "每类不少于", "of each kind"),
    ];
    for (number, zh, en) in numbers {
        if let Some(number) = number {
            add(format!("{zh}{number}"), format!("at least {number} {en}"));
        }
    }
    if let Some(by) = measure.by {
        let (zh, en) = by.title();
        add(format!("{zh}计算"), format!("counted {en}"));
    }
    if measure.shared {
        add("各责任单位共同完成".into(), "shared by the owners".into());
    }
    (said.0.join("，"), said.1.join(", "))
}
