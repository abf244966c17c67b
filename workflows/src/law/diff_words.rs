//! The words of differences between law files: tables, attributes and units, Chinese and English.

use domain::calendar::Unit;

type Pair = (String, String);

fn pair((zh, en): (&str, &str)) -> Pair {
    (zh.to_owned(), en.to_owned())
}

/// What a row of a table is called.
pub(super) fn table(name: &str) -> Pair {
    pair(match name {
        "transition" => ("事项", "act"),
        "state" => ("状态", "state"),
        "state_map" => ("转入后的状态", "state after a move"),
        "parameter" => ("参数", "parameter"),
        "deadline" => ("期限", "deadline"),
        "grade" => ("类别", "grade"),
        "rule" => ("归类规则", "rule of class"),
        "limit" => ("时限", "time limit"),
        "special" => ("特殊行业", "special sectors"),
        "general" => ("一般依据", "general articles"),
        "source" => ("法律文件", "instrument"),
        "article" => ("条文", "article"),
        "setting" => ("设置", "setting"),
        "list_type" => ("名单类型", "list type"),
        "measure" => ("惩戒措施", "measure"),
        "holiday" => ("节日", "holiday"),
        "day" => ("日期", "day"),
        "row" => ("任务", "row"),
        "duty" => ("表外任务", "duty"),
        "stage" => ("阶段", "stage"),
        _ => return (name.to_owned(), name.to_owned()),
    })
}

/// What an attribute is called.
pub(super) fn attribute(name: &str) -> Pair {
    pair(match name {
        "who" => ("由谁办理", "who may do it"),
        "to" => ("去向", "where it leads"),
        "asks" => ("须提交的内容", "what must be brought"),
        "if" => ("条件", "the conditions"),
        "then" => ("效果", "the effects"),
        "cites" | "law" => ("依据", "the article"),
        "like" => ("参照", "the model"),
        "house" | "why" => ("理由", "the reason"),
        "counts_from_act" => ("自办理之日起算的理由", "why it counts from the act"),
        "unsigned" => ("签发之日即办理之日的理由", "why it is signed on the day of its entry"),
        "more_than_once" => ("可以多次办理的理由", "why it may be done more than once"),
        "decides" => ("是否为决定", "whether it decides"),
        "value" => ("数值", "the value"),
        "unit" => ("单位", "the unit"),
        "length" => ("期限长度", "the length"),
        "starts" => ("起算事项", "what starts it"),
        "met_by" => ("完成事项", "what meets it"),
        "dropped_by" => ("取消事项", "what drops it"),
        "at_end" => ("届满时", "what happens at its end"),
        "owner" => ("责任岗位", "who has to act"),
        "desk" => ("待办岗位", "whose desk"),
        "paused_in" => ("中止的状态", "where it pauses"),
        "min" => ("最短公示期", "the minimum term"),
        "max" => ("最长公示期", "the maximum term"),
        "necessity" => ("必要时的公示期", "the term where necessary"),
        "figure" => ("时限", "the time"),
        "grade" => ("类别", "the grade"),
        "class" => ("所属类别", "the class"),
        "years" => ("期限（年）", "the term in years"),
        "measures" => ("措施", "the measures"),
        "ground" => ("列入情形", "the grounds"),
        "basis" => ("依据文件", "the basis"),
        "in_force_from" => ("施行日期", "the day it comes into force"),
        "in_force_to" => ("失效日期", "the last day it is in force"),
        "open_cases" => ("在办案件的处理", "what becomes of open cases"),
        "revision" => ("修订号", "the revision"),
        "instrument" => ("法律文件", "the instrument"),
        "mark" => ("确认程度", "how sure it is"),
        "phase" => ("阶段", "the phase"),
        "rest" => ("是否终结", "whether it rests"),
        "title" => ("名称", "the title"),
        "zh" => ("中文名称", "the Chinese name"),
        "en" => ("英文名称", "the English name"),
        "day" => ("安排", "the arrangement"),
        "words" => ("条文内容", "the text"),
        "sha256" => ("条文的SHA-256", "its SHA-256"),
        "link" => ("来源", "the link"),
        "read_on" => ("查阅日期", "the day of reading"),
        "note" => ("说明", "the note"),
        "absent" => ("缺少条文的原因", "why the words are absent"),
        "part" => ("款或项", "paragraph or item"),
        "row" => ("整项", "the whole row"),
        "key" => ("代号", "the key"),
        _ => return (name.to_owned(), name.to_owned()),
    })
}

/// What a figure is counted in.
pub(super) fn unit(name: &str) -> Pair {
    if let Some((zh, en)) = Unit::from_key(name).map(Unit::title) {
        return (zh.to_owned(), format!("{en}s"));
    }
    pair(match name {
        "time" => ("次", "times"),
        "percent" => ("%", "percent"),
        "yuan" => ("元", "yuan"),
        _ => return (name.to_owned(), name.to_owned()),
    })
}
