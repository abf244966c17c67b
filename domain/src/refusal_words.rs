//! The sentences of refusals, Chinese and English: cause, and what would make the act possible.

use std::borrow::Cow;

use crate::refusal::{Reason, ReasonCode as Code};

type Words = (&'static str, &'static str, &'static str, &'static str);

/// (cause zh, cause en, remedy zh, remedy en); `{name}` is filled from the reason's arguments.
#[rustfmt::skip] // a table: one line a code
#[expect(clippy::too_many_lines, reason = "a list of words, one line a code")]
const fn words(code: Code) -> Words {
    match code {
        Code::NoLawInForce => ("该日期没有生效的办理规则（{on}）", "no law of this process was in force on {on}", "请核对日期", "check the date"),
        Code::StateDoesNotAllow => ("当前状态“{state}”不能办理此事项", "the case is in state “{state}”, in which this act is not possible", "可办理的状态：{from}", "possible in: {from}"),
        Code::RoleDoesNotAllow => ("您的岗位无权办理此事项", "your role does not allow this act", "由{who}办理", "to be done by: {who}"),
        Code::SystemOnly => ("此事项由系统自动办理", "this act is done by the system only", "无须人工办理", "nothing to do by hand"),
        Code::SteppedAside => ("您已就本案回避", "you have stepped aside in this case", "由其他人员办理", "another person has to act"),
        Code::SamePerson => ("同一人不得先后办理“{verb}”和本事项", "the person who did “{verb}” must not do this act too", "由其他人员办理", "another person has to act"),
        Code::MissingReason => ("未写明理由", "no reason is given", "请写明理由", "give the reason"),
        Code::MissingReasonCode => ("未选择理由类别", "no reason code is given", "请选择理由类别", "give the reason code"),
        Code::ReasonNotTrue => ("理由“{reason}”与登记不符：{register}", "the reason “{reason}” is not true: {register}", "改用与登记相符的理由", "give a reason that the register bears out"),
        Code::ReasonOfTheHead => ("“{reason}”这一理由只能由负责人提出", "the reason “{reason}” is the head's to give", "改用其他列明的理由，或者由负责人办理", "choose another of the listed reasons, or let the head act"),
        Code::MissingDocument => ("缺少文书：{document}", "a document is missing: {document}", "请先上传并附上该文书", "upload the document and attach it"),
        Code::MissingDate => ("缺少日期：{date}", "a date is missing: {date}", "请填写该日期", "give the date"),
        Code::DateInFuture => ("{key}（{date}）晚于今日", "{key} ({date}) lies in the future", "请填写今日或更早的日期", "give today or an earlier day"),
        Code::DateOutOfOrder => ("{key}（{date}）早于{what}（{earlier}）", "{key} ({date}) lies before {what} ({earlier})", "请填写 {earlier} 或之后的日期", "give {earlier} or a later day"),
        Code::DateTooLate => ("{key}（{date}）晚于{what}（{latest}）", "{key} ({date}) lies after {what} ({latest})", "请填写 {latest} 或之前的日期", "give {latest} or an earlier day"),
        Code::MissingItems => ("未列明事项：{list}", "no points are given: {list}", "请一次性列明全部事项", "name all points at once"),
        Code::UnknownItem => ("没有此待办事项：{item}", "there is no such open point: {item}", "可选：{open}", "open points: {open}"),
        Code::MissingChoice => ("未选择或选择无效：{choice}", "a choice is missing or not among the allowed words: {choice}", "可选：{allowed}", "allowed: {allowed}"),
        Code::MissingForm => ("缺少表单：{form}", "the form is missing: {form}", "请填写表单", "fill in the form"),
        Code::FollowUpRefused => ("关联案件不能办理“{verb}”", "the linked case refuses “{verb}”", "先处理关联案件 {case}", "first settle the linked case {case}"),
        Code::NoWorkItem => ("本案没有属于您单位的待办", "the case has no open work item of your office", "无须办理", "nothing to do"),
        Code::WorkItemTaken => ("该待办已被他人认领", "the work item is claimed by another person", "由认领人退回或由负责人转派", "the claimant gives it back or the head reassigns it"),
        Code::AssigneeCannotAct => ("被转派人不在该岗位", "the assignee does not hold the role", "请选择该岗位人员", "choose a person who holds the role"),
        Code::AlreadyDone => ("“{verb}”已办理过，只能一次", "“{verb}” has been done and may be done only once", "不能重复办理", "it cannot be repeated"),
        Code::NotYetDone => ("尚未办理“{verb}”", "“{verb}” has not been done yet", "请先办理“{verb}”", "first do “{verb}”"),
        Code::DeadlineOver => ("期限“{deadline}”已过（{due}）", "the deadline “{deadline}” is over ({due})", "期限内方可办理", "possible only within the deadline"),
        Code::DeadlineRuns => ("期限“{deadline}”未满（{due}）", "the deadline “{deadline}” still runs ({due})", "期满后办理", "possible after it has ended"),
        Code::MinTermRuns => ("未达到最短公示期（至{last_day}）", "the minimum term still runs (to {last_day})", "期满次日起可以办理", "possible from the day after"),
        Code::MaxTermRuns => ("未达到最长公示期（至{last_day}）", "the maximum term still runs (to {last_day})", "期满次日起办理", "possible from the day after"),
        Code::TermOver => ("最长公示期已满（{last_day}）", "the maximum term is over ({last_day})", "不能再公示", "publication is no longer possible"),
        Code::ItemsOpen => ("仍有未完成事项：{open}", "points are still open: {open}", "请逐项完成", "settle each of them"),
        Code::PublicationNotDue => ("该信息原则上不公示", "this information is in principle not published", "确有必要公示的，先作出认定", "a necessity decision would be needed"),
        Code::PublicationDue => ("该信息依法应当公示", "this information is to be published", "按公示办理", "record it for publication"),
        Code::ClassUndetermined => ("类别未定：{ask}", "the class is not settled by law: {ask}", "由政策法规科作出定类决定", "the class has to be determined by a recorded decision"),
        Code::ClassDetermined => ("类别已依法确定", "the class is settled by law", "无须定类", "no determination is needed"),
        Code::BaseDocumentAnnulled => ("依据文书已被撤销、变更或确认违法、无效", "the base document was annulled, changed or declared unlawful", "不能再以其为依据", "nothing can rest on it any more"),
        Code::NaturalPersonNotPublished => ("自然人信息原则上不公示", "natural persons are in principle not published", "登记不公示", "record without publication"),
        Code::DutiesNotDone => ("尚未登记纠正失信行为、履行完毕义务", "correction and full performance of the duties are not recorded", "由认定单位登记义务履行完毕", "the finding unit records that duties are done"),
        Code::DutiesDone => ("义务已登记履行完毕", "duties are recorded as done", "无须再登记", "nothing more to record"),
        Code::RecordNotRepairable => ("该记录不能修复：{why}", "the record cannot be repaired: {why}", "{instead}", "{instead}"),
        Code::OtherApplicationOpen => ("该记录已有办理中的申请 {number}", "another application for this record is open: {number}", "等待其办结或先撤回", "wait for its end or withdraw it"),
        Code::BarredForFalsity => ("因提供虚假材料或违反承诺，{until}前不得修复", "barred for falsity until {until}", "期满后可以申请", "possible after that day"),
        Code::RestrictionRunning => ("处罚本身的期限未满（至{until}）", "the penalty's own period still runs (to {until})", "期满后可以办理", "possible after that day"),
        Code::PapersIncomplete => ("材料不齐：{missing}", "papers are incomplete: {missing}", "补齐材料", "supply them"),
        Code::SettingOff => ("设置“{setting}”未开启", "the setting “{setting}” is off", "由管理员设置", "an administrator may change the setting"),
        Code::SuchRecordExists => ("该文书已登记：{number}", "this document is already recorded: {number}", "请更正原记录", "correct the existing record"),
        Code::SubjectNameDiffers => ("该代码属于“{name}”，与所填名称不符", "the code belongs to “{name}”, which is not the name that is given", "代码填错的，改正代码；主体已更名的，先按登记名称“{name}”填写并在备注中写明", "correct the code; a subject that was renamed is filed under its registered name “{name}”, with the new one in the remark"),
        Code::BindingExists => ("该账号已绑定或已申请绑定该主体：{number}", "this account is bound to the subject or has asked for it: {number}", "使用已有绑定", "use the existing binding"),
        Code::NotOwnJurisdiction => ("不属于本单位管辖：{cause}", "outside the office's own jurisdiction: {cause}", "笔误的，改正名称；确由其他单位作出的，由该单位办理", "correct a slip in the name; what another office found is that office's to file"),
        Code::MeasureNotAllowed => ("惩戒措施不在清单内：{measure}", "the measure is not on the list: {measure}", "可选：{allowed}", "allowed: {allowed}"),
        Code::TermOverLegalMaximum => ("名单期限{years}年，超过法定上限{maximum}年；列明的法律：{law}", "the term of {years} years is over the legal maximum of {maximum} years; law that is named: {law}", "缩短期限；或者在 law 中写明准许更长期限、当日有效的法律或者行政法规条款", "shorten the term, or name in “law” the article of a law or administrative regulation, in force on the day, that allows more"),
        Code::TermUnderLegalMinimum => ("名单期限{years}年，短于法定下限{minimum}年", "the term of {years} years is under the legal minimum of {minimum} years", "期限不短于{minimum}年；没有期限的不填", "give {minimum} years at least, or no term at all"),
        Code::FalsityRecord => ("虚假或违诺记录公示至期满，不得提前终止", "a falsity record is published to the end of its term, without early end", "期满自动停止", "it ends by itself"),
        Code::MeasureNotInForce => ("不能暂停措施“{measure}”：{why}", "the measure “{measure}” cannot be suspended: {why}", "可暂停：{allowed}", "measures that may be suspended: {allowed}"),
        Code::SectorRuleNotListed => ("没有列明当日有效、适用于该记录的行业规定：{rule}", "no sector rule in force on the day and about this record is named: {rule}", "可选：{allowed}；行业规定由管理员导入 sector_rules.toml", "allowed: {allowed}; an administrator loads a sector rule with sector_rules.toml"),
        Code::SectorRuleEnds => ("该行业规定只准许延续至{last_day}", "the sector rule lets publication go on to {last_day} only", "截止之日不晚于{last_day}", "name a last day not after {last_day}"),
        Code::ListTypeUnknown => ("没有此名单类型：{list_type}", "there is no such list type: {list_type}", "可选：{allowed}", "known list types: {allowed}"),
        Code::ListTypeWithoutBasis => ("名单类型“{list_type}”在{on}没有有效依据", "the list type “{list_type}” has no basis valid on {on}", "改用有依据的名单类型；上级确认依据的，由管理员更改设置“{setting}”", "use a list type with a basis; once the upper level confirms this one, an administrator changes the setting “{setting}”"),
        Code::GroundNotOfListType => ("不属于该名单的列入情形：{ground}", "not a ground of this list type: {ground}", "可选：{allowed}", "its grounds: {allowed}"),
        Code::GroundNotMet => ("列入情形“{ground}”没有达到：{counted}", "the ground “{ground}” is not met: {counted}", "须{needed}；或者改用其他列入情形", "there have to be {needed}; or use another ground"),
        Code::MeasureNotOfListType => ("该名单类型没有此惩戒措施：{measure}", "the list type does not carry this measure: {measure}", "可选：{allowed}", "its measures: {allowed}"),
        Code::ListTypeNeeds => ("该名单类型须先有：{need}", "this list type first needs: {need}", "先办理该事项", "obtain it first"),
        Code::ListTypeDoesWithout => ("该名单类型不需要：{need}", "this list type does without: {need}", "直接办理下一步", "go on without it"),
        Code::SuchListingExists => ("同一主体、名单和依据已有案件 {number}", "a case for the same subject, list and base document exists: {number}", "在该案中办理", "go on in that case"),
        Code::SuchEntryExists => ("同一主体、名单和依据已有建议条目 {number}", "an entry for the same subject, list and base document exists: {number}", "办理该条目", "go on with that entry"),
        Code::BatchNotDraft => ("批次已不是草稿（{state}）", "the batch is no longer a draft ({state})", "批次退回后或在新批次中增补", "possible after its return, or in a new batch"),
        Code::BatchFull => ("批次条目已达上限（{most}）", "the batch holds the most entries it may ({most})", "另建批次", "open another batch"),
        Code::NoEntries => ("批次没有条目", "the batch has no entry", "先增加条目", "add an entry first"),
        Code::EntriesUndecided => ("仍有未审结条目：{open}", "entries are still undecided: {open}", "逐条审结", "decide each of them"),
        Code::NoEntryConfirmed => ("没有可报送的确认条目", "no entry is confirmed and free to be sent", "先确认条目", "confirm an entry first"),
        Code::EntriesLive => ("仍有未办结条目：{open}", "entries are still to be settled: {open}", "逐条办结", "settle each of them"),
        Code::ExportStale => ("导出后条目有变动", "the entries changed after the list was made", "重新生成名单后报送", "make the list again and send it"),
        Code::OpinionMissing => ("业务单位（{unit}）尚未出具意见", "the named unit ({unit}) has not given its opinion", "先征求意见", "ask for the opinion first"),
        Code::StayOrdered => ("依据文书被停止执行", "the base document is stayed", "停止执行解除后办理", "possible when the stay has ended"),
        Code::HeavierThanNotified => ("重于事先告知的内容：{what}", "heavier than what was notified: {what}", "不得重于告知；须加重的重新告知", "decide within the notice, or notify anew"),
        Code::PublicNoticeRuns => ("公告送达自发出公告之日起经过{days}日方视为送达", "a public notice counts as service only after {days} days", "最早可填{earliest}；案卷中记明原因和经过，并附公告凭证", "{earliest} at the earliest; note in the file why and how, and attach the notice"),
        Code::DraftChanged => ("起草的文书与审阅时不同，未签发", "the drafted paper is not as it was when it was read; nothing was signed off", "重新审阅起草的文书后签发，或者上传已签署的文书", "read the draft again and sign it off, or upload the signed paper"),
        Code::DraftIncomplete => ("起草的文书尚有空缺，不能签发", "the drafted paper has gaps and cannot be signed off", "补齐文书预览中标出的内容，或者上传已签署的文书", "supply what the preview marks as missing, or upload the signed paper"),
        Code::DraftOvertaken => ("排版期间文号已被其他文书取用", "another paper took the number while this one was set", "请再次提交", "send it again"),
        Code::SealedCopyMissing => ("{number}由系统签发，尚未登记用印文书", "{number} was signed off in the house, and its sealed copy was not added", "打印并用印后，以“登记用印文书”上传扫描件，再办理送达", "print and seal it, add the scan as the sealed copy, then serve it"),
        Code::DecisionWithoutGround => ("列入决定未写明列入情形", "the decision to list names no ground", "至少写明事先告知中的一项情形", "name at least one ground of the notice"),
        Code::ServiceConsentMissing => ("没有当事人签署的电子送达确认书", "there is no consent to electronic service signed by the party", "附上确认书，或改用其他送达方式", "attach the consent, or serve in another way"),
        Code::TooEarly => ("{key}（{date}）距今不足{what}（最早{earlier}）", "{key} ({date}) lies fewer than {what} ahead (earliest {earlier})", "请填写 {earlier} 或之后的日期", "give {earlier} or a later day"),
        Code::SameMatterPerson => ("在相关案件中办理过“{verb}”的人员不得办理本事项", "whoever did “{verb}” in the case that this one is about must not do this act", "由其他人员办理", "another person has to act"),
        Code::OtherObjectionOpen => ("对同一事项已有办理中的异议 {number}", "another objection to the same matter is open: {number}", "等待其办结或先撤回", "wait for its end or withdraw it"),
        Code::RecordOfListing => ("该记录依据列入决定，随名单撤销", "this record rests on a listing decision and is annulled with it", "在列入案件 {number} 中撤销", "annul the listing case {number}"),
        Code::OwnMatter => ("您是该主体的代表或代理人", "you act for the subject of this case yourself", "由其他人员办理", "another person has to act"),
        Code::HearingNotYet => ("听证日期未到（{hearing_on}）", "the day of the hearing has not come ({hearing_on})", "听证之日起办理", "possible from that day"),
        Code::NothingChallenged => ("没有对应的{what}", "there is no {what} that this could act on", "按其他方式答复", "answer in another way"),
        Code::CheckDoesNotFit => ("不能核查：{why}", "the check cannot be opened: {why}", "{instead}", "{instead}"),
        Code::AnswerChanged => ("核查之后信用状况已有变化（{on}的结果不再准确）", "what is known of the subject has changed since {on}", "先“重新查询”，再登记应用结果", "ask once more, then note the outcome"),
        Code::OutcomeUnfit => ("应用结果“{outcome}”不成立：{why}", "the outcome “{outcome}” does not hold: {why}", "{instead}", "{instead}"),
        Code::CommitmentDoesNotFit => ("该承诺不能登记：{why}", "the commitment cannot be taken: {why}", "{instead}", "{instead}"),
        Code::NotEligible => ("不符合“{scheme}”的条件（{on}）：{why}", "the conditions of “{scheme}” are not met on {on}: {why}", "{instead}", "{instead}"),
        Code::IdentityTaken => (
            "该统一身份已关联账号",
            "the identity is linked to an account already",
            "先在原账号解除关联",
            "unlink it from that account first",
        ),
        Code::TaskDoesNotFit => ("该任务不能新建：{why}", "the task cannot be opened: {why}", "{instead}", "{instead}"),
        Code::MeasureNotMet => ("尚未达到任务要求：{gap}", "what the task asks for is not there: {gap}", "先完成并登记所缺事项；只有进展的，登记进展", "do and note what is missing; where there is progress only, note the progress"),
        Code::OwnOfficesTask => ("不得核实本单位（{office}）的任务", "nobody confirms a task of the own office ({office})", "由局领导核实", "the leader of the bureau confirms it"),
        Code::LedgerIncomplete => ("台账不完整：{missing}", "the ledger entry is incomplete: {missing}", "按该种类的要求补齐", "supply what this kind asks for"),
        Code::KindOfAnotherOffice => ("“{kind}”由{office}办理", "the kind “{kind}” is {office}'s", "由该单位办理", "that office does it"),
        Code::NoShownRecord => ("{why}", "{why}", "只曝光正在公示的单位失信信息", "expose records of organisations that are shown today"),
        Code::ConsentMissing => ("写明自然人姓名，但没有本人公开确认书", "a human being is named without the own consent", "附本人签署的公开确认书，或者不写姓名", "bring the consent, or leave the name out"),
        Code::PraiseNotAllowed => ("不得宣传为诚信典型：{why}", "not to be praised: {why}", "选择其他对象", "choose somebody else"),
        Code::WrongChannel => ("{why}", "{why}", "{instead}", "{instead}"),
        Code::PlanNotInForce => ("没有该工作方案，或者其不在实施期内：{plan}", "there is no such plan, or its period does not hold the day: {plan}", "可启动的方案：{allowed}", "plans that can be started: {allowed}"),
        Code::PlanOfficesUnknown => ("方案中的单位未登记：{offices}", "the plan names offices that the house does not have: {offices}", "由管理员增设单位，或者导入改正后的方案", "an administrator adds the offices, or a corrected plan is loaded"),
        Code::LinesDoNotFit => ("报送内容不符合要求：{why}", "these lines cannot be handed over: {why}", "{instead}", "{instead}"),
        Code::LinesNotAnswered => ("平台反馈与报送内容不一致：{why}", "the answer does not fit what was handed over: {why}", "逐行登记反馈，每行一次，不多不少", "note the answer to every line once, and to no other"),
        Code::ItemWithoutBasis => ("信用信息目录中没有该项，或者其依据当日无效：{item}", "the catalogue has no such item, or its basis is not in force on the day: {item}", "由政策法规科更新目录；目录之外的信息不得归集", "the policy office brings the catalogue up to date; what it does not hold is not collected"),
        Code::InformationUnfit => ("第{row}行不符合目录要求：{why}", "row {row} does not say what its item asks for: {why}", "改正后重新导入", "correct it and import the file again"),
        Code::LoginTaken => ("登录名已被使用", "the login is taken", "换一个登录名", "choose another login"),
        Code::OwnSuccessor => ("单位“{office}”终止后不能由自己承接", "the office “{office}” cannot succeed itself", "另选存续的单位，或不填承接单位", "name another office that stands, or none"),
        Code::OfficeCannotBeAsked => ("不能向“{office}”征求意见：{cause}", "“{office}” cannot be asked for its comment: {cause}", "{instead}", "{instead}"),
        Code::UnknownOffice => ("没有此单位：{office}", "there is no such office: {office}", "可选：{allowed}", "known offices: {allowed}"),
        Code::OfficeDetailUnfit => ("单位信息“{field}”不能使用：过长、含控制字符或不是电话号码", "the office's “{field}” cannot stand: it is too long, holds a control character, or is no telephone number", "请改为一行不超过二百字的文字；电话写数字", "give one line of at most two hundred characters; a telephone in digits"),
        Code::OfficeUnfit => ("第{row}个单位的“{field}”不能使用：{rule}", "office no. {row}: its “{field}” cannot stand: {rule}", "请改正该项", "correct it"),
        Code::OfficeTaken => ("第{row}个单位的“{field}”已属于单位“{office}”", "office no. {row}: its “{field}” belongs to the office “{office}”", "代码不得重复；名称、机关代字、业务领域在存续单位中不得重复；政策法规单位只有一个", "a key is given once; of the offices that stand no two share a name, a number word or a sector, and one is the policy office"),
        Code::OfficeHolds => ("单位尚有{cases}件未办结案件、{claims}项已认领待办、{seats}个岗位", "the office still has {cases} open cases, {claims} claimed work items and {seats} seats", "指定承继单位移交，或者先办结案件、收回岗位", "name a successor office, which takes the open cases, or first close them and revoke the seats"),
        Code::PolicyOfficeStays => ("政策法规单位不能撤并", "the policy office cannot end: every list and every review goes through it", "如有变动，请更名", "rename it instead"),
        Code::AlreadySo => ("已经是该状态", "it is already so", "无须办理", "nothing to do"),
        Code::NotADemo => ("仅演示库可以调整时钟", "only a demo database has a clock that can be moved", "生产库使用真实时间", "a production database follows real time"),
        Code::DayNotTheClocks => ("机器时钟的日期是{clock}，不是{day}", "the machine's clock says {clock}, not {day}", "核对日历；时钟错误的，先校正时钟", "compare with a calendar; where the clock is wrong, set it right first"),
        Code::ClockOnlyForward => ("时钟只能向前", "the clock moves only forward", "给出更晚的时间", "give a later day"),
        Code::SettingUnknown => ("没有此设置：{setting}", "there is no such setting: {setting}", "可选：{allowed}", "known settings: {allowed}"),
        Code::SettingOutOfRange => ("设置“{setting}”不能为“{value}”：{why}", "the setting “{setting}” cannot be “{value}”: {why}", "可选：{range}", "allowed: {range}"),
        Code::FileChanged => ("第{row}行在检查之后不再成立", "row {row} no longer holds since the file was checked", "请重新检查该文件", "check the file again"),
        Code::FileArriving => ("该文件正在导入（{rows}行，已到{arrived}行）", "this very file is being imported ({arrived} of {rows} rows have arrived)", "请等待导入结束，或先放弃该导入", "wait until it has ended, or give it up first"),
        Code::ImportOver => ("该导入已结束：{status}", "this import is over: {status}", "如已放弃，请重新导入该文件", "where it was given up, import the file again"),
        Code::ImportIncomplete => ("该导入尚不完整（{rows}行，已到{arrived}行）", "the import is not complete ({arrived} of {rows} rows have arrived)", "各行须按次序全部导入", "every row has to arrive, in order"),
        Code::FileCommitted => ("该文件已于{on}导入（{rows}行）", "this very file was committed on {on} ({rows} rows)", "无须重复导入；改动过的文件须重新检查", "nothing to do; a changed file has to be checked again"),
        Code::ExternalNumberUsed => ("信用中国的这一编号已登记为{number}，不能另立一案", "this number of Credit China is registered as {number} and opens no second case", "内容有变的，在{number}中办理；确是另一申请的，请信用中国以新的编号推送", "what changed is handled in {number}; where it is another application, Credit China has to push it under a new number"),
        Code::LawFileFaulty => ("法律文件有误（{file} 第{line}行第{column}列）：{what}", "the law file is faulty ({file}, line {line}, column {column}): {what}", "改正后重新导入", "correct it and load it again"),
        Code::LawFileReleased => ("文件 {file} 已经发布，不得改动", "the file {file} is released and never changed", "另加一个新日期或新修订号的文件", "add a file with a new date or revision"),
        Code::LawInThePast => ("文件 {file} 的施行日期 {from} 早于导入之日 {today}", "{file} is in force from {from}, which lies before the day of loading, {today}", "施行日期不早于导入之日，或者在文件中写明溯及既往的依据（retroactive）", "bring it into force on the day of loading or later, or let the file say why it reaches back (retroactive)"),
        Code::LawDoesNotMove => ("没有要求本案转入的新办理规则", "no newer law takes this case over", "本案仍按原规则办理", "the case goes on under its own law"),
        Code::KeptCaseOpen => ("案件 {number} 尚未办结（{state}）", "case {number} has not ended ({state})", "办结后方可删除", "it has to end first"),
        Code::KeptPublished => ("记录 {number} 公示期内（至{last_day}）", "record {number} is within its term of publication (to {last_day})", "期满并经过保存年限后方可删除", "after its term and the years of keeping"),
        Code::KeptMeasure => ("记录 {number} 仍有惩戒措施", "measures of record {number} are in force", "解除后方可删除", "they have to be lifted first"),
        Code::KeptRetention => ("{what} {number} 在保存期内（至{until}）", "{what} {number} is kept to {until}", "期满后可以删除", "possible after that day"),
        Code::KeptAccountStands => ("账号仍在使用：{what}", "the account is still in use: {what}", "先停用账号并收回岗位", "disable it and end its seats first"),
        Code::NothingToErase => ("没有可删除的个人信息", "there is nothing to erase", "无须办理", "nothing to do"),
        Code::NothingSaidOfPersons => ("自然人的信息依法不公示，名单中没有不说明任何情况，不出具证明", "nothing about a natural person is ever published, so that to be missing from the list says nothing, and no statement is given", "查询本人的信息，请到认定单位窗口申请", "whoever asks about own records applies at the counter of the office that decided"),
        Code::PublishedNow => ("按{by}查到正在公示的信息：{number}", "a record is published under this {by}: {number}", "认为不是该主体或者有错误的，向认定单位提出异议；停止公示后可以出具", "where it is about somebody else or wrong, object to the office that decided; possible when its publication has ended"),
        Code::ListNotNoted => ("公示名单有变动，尚未登记入审计日志", "the published list has changed and is not yet noted in the trail", "请在{at}以后再次提出", "ask again after {at}"),
        Code::AuthorityNotShown => ("代理人未提交授权委托书或未写明截止日", "an agent has to show the letter of authority and its last day", "附上授权委托书并填写截止日", "attach the letter and name its last day"),
        Code::NotTheirSeat => ("被代理人没有该岗位，或者代理人是其本人", "the principal does not hold this seat, or is the deputy too", "先核对岗位", "check the seat"),
        Code::DeputyDays => ("代理期间无效（{from}至{until}）", "the days of the deputy are not valid ({from} to {until})", "起始日不早于今日，截止日不早于起始日，最长{longest}日", "begin today or later, end no earlier than it begins, at most {longest} days"),
        Code::UnknownAccount => ("没有此账号", "there is no such account", "请核对账号", "check the account"),
        Code::RankNeedsOffice => ("该岗位须写明单位：{rank}", "this rank is held at an office, and none is named: {rank}", "可选：{allowed}", "known offices: {allowed}"),
        Code::SecondPersonNeeded => ("提出授予的人和取得岗位的人，不得自行确认", "neither the person who asked for this seat nor the person who gets it may confirm it", "由另一名管理员或者局领导确认", "another administrator or the leader of the bureau confirms it"),
        Code::LastAdministrator => ("停用或者收回后将没有管理员", "no administrator would be left", "先增设另一名管理员", "first give another account the rank of administrator"),
        Code::PartyHoldsNoSeat => ("该账号代理当事人，不得任职", "this account acts for a subject and can hold no seat", "为工作人员另建账号；本人代理的案件仍须回避", "make another account for the officer, who steps aside in the cases of that subject"),
        Code::RanksDoNotMix => ("管理员、审计员与办案岗位不得兼任（{rank}）", "administrator, auditor and case work do not mix in one person ({rank})", "另建账号由他人担任", "give the rank to another person"),
    }
}

impl Code {
    /// (zh, en): its sentence before it is filled in.
    pub const fn title(self) -> (&'static str, &'static str) {
        let (zh, en, _, _) = words(self);
        (zh, en)
    }

    /// (zh, en): what would make the act possible, before it is filled in.
    pub const fn cure(self) -> (&'static str, &'static str) {
        let (_, _, zh, en) = words(self);
        (zh, en)
    }
}

/// The words of a reason; where an argument is not there, words that do without it.
#[rustfmt::skip] // a table: one line a cause
fn said(reason: &Reason) -> Words {
    let text = |name: &str| reason.arguments.get(name).map(String::as_str).filter(|text| !matches!(*text, "" | "–"));
    let given = |name: &str| text(name).is_some();
    match reason.code {
        Code::StateDoesNotAllow if given("kind") => ("这类案件（{kind}）没有此事项", "this act is not done in a case of this kind ({kind})", "请核对案件编号；此事项在其他种类的案件中办理", "check the number of the case; the act belongs to cases of another kind"),
        Code::DateOutOfOrder if is_own_day(&text) => ("{key}只能是{what}（{earlier}），不能是{date}：您的岗位不能填写其他日期", "{key} can only be {what} ({earlier}), not {date}: your role may not name another day", "不填该日期；当面、邮寄或者由信用中国收到的，由窗口人员、信用中国对接人或者政策法规科登记收到之日", "leave the date out; what came on paper or from Credit China is entered, with the day on which it came, by a counter clerk, the Credit China clerk or the policy office"),
        Code::DeadlineOver if !given("due") => ("期限“{deadline}”没有开始，或者已不再适用", "the deadline “{deadline}” has not begun or no longer applies", "该期限计算期间方可办理", "possible only while this deadline runs"),
        Code::DeadlineRuns if !given("due") => ("期限“{deadline}”没有开始，或者没有截止日", "the deadline “{deadline}” has not begun or has no last day", "该期限开始并届满后办理", "possible after it has begun and ended"),
        Code::MaxTermRuns if !given("last_day") => ("没有最长公示期，不会期满", "there is no maximum term that could end", "按其他方式停止公示", "end the publication in another way"),
        Code::TermOver if !given("last_day") => ("没有可以公示的期限", "there is no term within which it could be published", "不能公示", "publication is not possible"),
        Code::ListTypeWithoutBasis if !given("setting") => ("名单类型“{list_type}”在{on}没有有效依据", "the list type “{list_type}” has no basis valid on {on}", "改用当日有依据的名单类型", "use a list type that has a basis on that day"),
        Code::GroundNotOfListType if !given("ground") => ("没有写明列入情形", "no ground is given", "可选：{allowed}", "its grounds: {allowed}"),
        Code::SettingOutOfRange if text("range").is_some_and(is_span) && !text("value").is_some_and(is_whole) => ("设置“{setting}”须为整数，不能为“{value}”；{why}", "the setting “{setting}” takes a whole number, not “{value}”; {why}", "请填写整数：{range}", "give a whole number: {range}"),
        code => words(code),
    }
}

/// Whether a day of receipt is refused because its giver may name none but that of the act.
fn is_own_day<'a>(text: &impl Fn(&str) -> Option<&'a str>) -> bool {
    text("field") == Some("receivedOn") && text("what") == Some("办理之日")
}

/// Whether the allowed values are numbers from a least to a most.
fn is_span(range: &str) -> bool {
    range.split_once('–').is_some_and(|(least, most)| least.parse::<u32>().is_ok() && most.parse::<u32>().is_ok())
}

/// Whether a value is a whole number in plain digits, whatever its size.
fn is_whole(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit()) && (value == "0" || !value.starts_with('0'))
}

/// A reason about an office, with the title of the field that it names by key.
fn titled(reason: &Reason) -> Cow<'_, Reason> {
    let of_office = matches!(reason.code, Code::OfficeDetailUnfit | Code::OfficeUnfit | Code::OfficeTaken);
    let title = reason.arguments.get("field").filter(|_| of_office).and_then(|field| office_field(field));
    title.map_or(Cow::Borrowed(reason), |title| Cow::Owned(reason.clone().titled("field", title)))
}

/// (zh, en) of a field of an office.
fn office_field(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "key" => ("单位代码", "key"),
        "zh" => ("中文名称", "Chinese name"),
        "en" => ("英文名称", "English name"),
        "kind" => ("单位种类", "kind of office"),
        "division_code" => ("行政区划代码", "division code"),
        "number_word" => ("机关代字", "number word"),
        "sector" => ("业务领域", "sector"),
        "address_zh" => ("中文地址", "Chinese address"),
        "address_en" => ("英文地址", "English address"),
        "telephone" => ("电话", "telephone"),
        "hours_zh" => ("办公时间（中文）", "hours in Chinese"),
        "hours_en" => ("办公时间（英文）", "hours in English"),
        "review_zh" => ("复议机关（中文）", "reviewing authority in Chinese"),
        "review_en" => ("复议机关（英文）", "reviewing authority in English"),
        "court_zh" => ("管辖法院（中文）", "court in Chinese"),
        "court_en" => ("管辖法院（英文）", "court in English"),
        "body_zh" => ("发文机关（中文）", "issuing body in Chinese"),
        "body_en" => ("发文机关（英文）", "issuing body in English"),
        _ => return None,
    })
}

fn fill(sentence: &str, reason: &Reason) -> String {
    let mut text = sentence.to_owned();
    for (name, value) in &reason.arguments {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// An English sentence takes the English name of what has one.
fn fill_en(sentence: &str, reason: &Reason) -> String {
    let names = reason.arguments.iter().filter_map(|(name, value)| Some((name.strip_suffix("_en")?, value)));
    let text = names.fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
    fill(&text, reason)
}

pub(crate) fn message(reason: &Reason) -> (String, String) {
    let (zh, en, _, _) = said(reason);
    let reason = titled(reason);
    (fill(zh, &reason), fill_en(en, &reason))
}

pub(crate) fn remedy(reason: &Reason) -> (String, String) {
    let (_, _, zh, en) = said(reason);
    (fill(zh, reason), fill_en(en, reason))
}
