//! Guards, effects and asks in sentences, as the page of a process prints them: of titles, never of keys. A new word of the
//! vocabulary does not compile without its sentence.

use domain::{
    office::Role,
    paper::DateKey,
    process::{Process, Verb},
    refusal::ReasonCode,
};

use super::{
    Catalogue,
    file::{Definition, Transition},
    titles_words::relation,
    words::{
        AppearWord, CountWord, Effect, FollowUp, Guard, KeepWord, LinesWord, NeedWord, OutcomeWord, PersonIn, PublicationWord, TermWord,
    },
};
use crate::law::Law;

/// Chinese and English.
pub type Said = (String, String);

pub(super) fn said(zh: impl Into<String>, en: impl Into<String>) -> Said {
    (zh.into(), en.into())
}

pub(super) fn owned((zh, en): (&str, &str)) -> Said {
    said(zh, en)
}

/// Several titles in a row.
pub(super) fn joined(all: impl IntoIterator<Item = Said>) -> Said {
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    (zh.join("、"), en.join(", "))
}

/// Several titles in a row, each in quotes.
pub(super) fn quoted(all: impl IntoIterator<Item = Said>) -> Said {
    joined(all.into_iter().map(|(zh, en)| (format!("“{zh}”"), format!("“{en}”"))))
}

/// Reads titles out of a definition, and those of other processes out of the catalogue; numbers
/// and articles out of the law.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub definition: &'a Definition,
    pub catalogue: &'a Catalogue,
    pub law: &'a Law,
}

impl Reader<'_> {
    /// What an act is called in this table, else in another version of the process.
    pub fn verb(&self, verb: Verb) -> Said {
        self.definition.act_words(verb).map_or_else(|| self.verb_of(self.definition.key, verb), |act| said(&act.zh, &act.en))
    }

    fn verbs(&self, verbs: &[Verb]) -> Said {
        quoted(verbs.iter().map(|verb| self.verb(*verb)))
    }

    /// An act of another process by the newest of its tables that has it.
    fn verb_of(&self, process: Process, verb: Verb) -> Said {
        self.catalogue.act_title(process, verb)
    }

    pub(super) fn deadline(&self, key: &str) -> Said {
        self.definition.deadline_title(key)
    }

    /// Who did one of the verbs in another case, by the process of each case that it may be.
    fn not_the_person_in(&self, named: &PersonIn) -> Said {
        let of = |process: Process| {
            let known = named.verbs.iter().filter(|verb| self.catalogue.has(process, **verb));
            let (verbs_zh, verbs_en) = quoted(known.map(|verb| self.verb_of(process, *verb)));
            let (zh, en) = named.case.title(process);
            (!verbs_zh.is_empty()).then(|| said(format!("在{zh}中办理过{verbs_zh}"), format!("{verbs_en} in {en}")))
        };
        let (zh, en): (Vec<_>, Vec<_>) = named.case.processes().iter().filter_map(|process| of(*process)).unzip();
        said(format!("{}的人不得办理", zh.join("，或者")), format!("not by whoever did {}", en.join(", or ")))
    }

    /// What has to be so before the act of a row is done.
    #[expect(clippy::too_many_lines, reason = "a list of sentences, one a guard")]
    pub fn guard(&self, row: &Transition, guard: &Guard) -> Said {
        match guard {
            Guard::NotThePersonWho(verbs) => {
                let (zh, en) = self.verbs(verbs);
                said(format!("办理过{zh}的人不得办理"), format!("not by whoever did {en}"))
            }
            Guard::NotDoneBefore(verb) => {
                let (zh, en) = self.verb(*verb);
                said(format!("“{zh}”尚未办理过"), format!("“{en}” was not done before"))
            }
            Guard::DoneBefore(done) => {
                let (zh, en) = self.verb(done.verb);
                match done.since {
                    None => said(format!("“{zh}”已办理"), format!("“{en}” was done")),
                    Some(since) => {
                        let (since_zh, since_en) = self.verb(since);
                        said(format!("“{since_zh}”之后“{zh}”已办理"), format!("“{en}” was done since “{since_en}”"))
                    }
                }
            }
            Guard::NotThePersonIn(named) => self.not_the_person_in(named),
            Guard::StillRuns(key) => {
                let (zh, en) = self.deadline(key);
                if row.asks_date(DateKey::ReceivedOn) {
                    said(format!("在“{zh}”届满前收到"), format!("received before “{en}” ended"))
                } else {
                    said(format!("“{zh}”尚未届满"), format!("“{en}” still runs"))
                }
            }
            Guard::HasEnded(key) => {
                let (zh, en) = self.deadline(key);
                if row.asks_date(DateKey::SignedOn) {
                    said(format!("签发之日前“{zh}”已届满"), format!("“{en}” had ended before the day of signing"))
                } else {
                    said(format!("“{zh}”已届满"), format!("“{en}” has ended"))
                }
            }
            Guard::TermOver(TermWord::MinTerm) => said("最短公示期已满", "the minimum term is over"),
            Guard::TermOver(TermWord::MaxTerm) => said("最长公示期已满", "the maximum term is over"),
            Guard::TermRuns(TermWord::MinTerm) => said("最短公示期未满", "the minimum term runs"),
            Guard::TermRuns(TermWord::MaxTerm) => said("最长公示期未满", "the maximum term runs"),
            Guard::AllSettled(list) => {
                let (zh, en) = list.title();
                said(format!("{zh}均已完成"), format!("all settled: {en}"))
            }
            Guard::SettingOn(key) => {
                let (zh, en) = self.law.settings().title(key);
                said(format!("设置“{zh}”为“是”"), format!("the setting “{en}” is on"))
            }
            Guard::Publication(PublicationWord::Due) => said("依规定应当公示", "publication is due"),
            Guard::Publication(PublicationWord::NotDue) => said("依规定不公示", "publication is not due"),
            Guard::Publication(PublicationWord::Undetermined) => said("类别待定", "the class is undetermined"),
            Guard::BaseDocumentInForce => said("依据文书有效", "the base document is in force"),
            Guard::NoSuchRecordYet => said("尚无同一文书的信息", "no record of the same document"),
            Guard::OwnJurisdiction => {
                let (zh, en) = ("属本单位管辖", "the matter is the office’s own");
                match self.law.house_rule(ReasonCode::NotOwnJurisdiction).map(|rule| &rule.house) {
                    Some(why) => said(format!("{zh}（本单位规定：{}）", why.zh), format!("{en} (a rule of this house: {})", why.en)),
                    None => said(zh, en),
                }
            }
            Guard::MeasuresAllowed => said("措施在惩戒措施清单内", "the measures are on the list"),
            Guard::MayBePublished => said("不是自然人的信息", "not about a natural person"),
            Guard::DutiesDone => said("义务已履行", "the duties are done"),
            Guard::DutiesNotDone => said("义务未履行", "the duties are not done"),
            Guard::NoRunningRestriction => said("处罚本身的期限已满", "no penalty’s own period runs"),
            Guard::WasPublished => said("曾经公示", "it was published"),
            Guard::NotAFalsityRecord => said("不是虚假或违诺信息", "not a falsity record"),
            Guard::SectorRuleListed => said("所引行业规定已登记并适用", "the cited sector rule is listed and applies"),
            Guard::MeasuresMaySuspend => said("所列措施正在执行且可以暂停", "the named measures are in force and may wait"),
            Guard::RecordCanBeRepaired => said("该信息现可修复", "the record can be repaired in its state"),
            Guard::RecordMayBeRepaired => said("法律未禁止修复", "no law rules a repair out"),
            Guard::NoOtherApplication => said("该信息没有其他在办申请", "no other application is open"),
            Guard::NoFalsityBar => said("不在限制修复期内", "no bar for falsity"),
            Guard::PapersComplete => said(
                "材料齐全：信用承诺书；未登记履行完毕的，整改证明或者履行证明",
                "the papers are complete: the commitment letter, and proof of correction or performance unless the duties are recorded as done",
            ),
            Guard::NoSuchBinding => said("尚无同一绑定", "no such binding yet"),
            Guard::AuthorityShown => said("代理人已出示授权并写明截止日", "an agent shows the authority and its last day"),
            Guard::ListTypeHasBasis => said("名单类型有现行依据", "the list type has a basis in force"),
            Guard::GroundsFromListType => said("情形属于该名单类型", "the grounds are of the list type"),
            Guard::GroundCountsMet => said("计次情形的数量已达到", "counting grounds are met"),
            Guard::MeasuresInListType => said("措施属于该名单类型", "the measures are of the list type"),
            Guard::ClerkBrings(kind) => {
                let (zh, en) = kind.title();
                said(format!("窗口代办须附当事人的{zh}"), format!("a clerk brings the party’s own {en}"))
            }
            Guard::TermOfListAllowed => {
                said("列入期限在法定最短与最长之间，超过的须有法律规定", "the term lies within the law’s, or a law allows more")
            }
            Guard::ListTypeNeeds(need) => needed(*need, true),
            Guard::ListTypeDoesWithout(need) => needed(*need, false),
            Guard::BatchIsDraft => said("所属名单为草稿且未满", "its list is a draft and has room"),
            Guard::HasEntries => said("名单有条目", "the list has entries"),
            Guard::NoEntryUndecided => said("没有未决条目", "no entry is undecided"),
            Guard::SomeEntryConfirmed => said(
                "有可报送的条目：已确认或者暂缓，依据有效且未停止执行，计次情形达到",
                "some entry can be sent: confirmed or held back, its document in force and not stayed, its counting grounds met",
            ),
            Guard::NoEntryLive => {
                said("没有未决、待报送、待答复或者待更正的条目", "no entry is undecided, or waits to be sent, answered or corrected")
            }
            Guard::ExportCoversConfirmed => said("报送文件与可报送条目一致", "the export holds exactly the entries that can be sent"),
            Guard::NamedUnitHasSpoken => said("业务单位已出具意见", "the named unit has spoken"),
            Guard::NoSuchEntryYet => said("尚无同一建议条目", "no such entry yet"),
            Guard::NoStayOrdered => said("依据文书未被裁定停止执行", "no stay is ordered"),
            Guard::NoSuchListingYet => said("尚无同一列入案件", "no such listing yet"),
            Guard::NotOfAListing => said("不是列入形成的信息", "not a listing’s own record"),
            Guard::ServedLawfully => said(
                "电子送达的，有当事人签署的确认书；公告送达的，公告期已满",
                "served electronically only with the party’s signed consent, by public notice only when it has stood for its time",
            ),
            Guard::SealedCopyKept => {
                said("由系统签发的文书，用印文书已登记", "a paper that was signed off in the house has its sealed copy")
            }
            Guard::PartyClocksOver => said("当事人的全部期限已满或由其自行了结", "every clock of the party is over, or ended by the party"),
            Guard::HearingDayCome => said("听证日已到", "the day of the hearing has come"),
            Guard::NotHeavierThanNotified => said("不重于事先告知", "not heavier than notified"),
            Guard::NoOtherObjection => {
                said("该主体对同一信息或者答复没有其他在办异议", "no other objection of the subject to the same record or answer is open")
            }
            Guard::TaskFits => said(
                "方案已启动且列有该单位的此项任务，尚无在办的同一任务；会议交办的，会议已登记",
                "the plan runs and asks this of the office, and no such task is open; of a meeting’s task, the meeting is noted",
            ),
            Guard::MeasureMet => said(
                "按已登记事项计算，任务要求已达到；会议交办的，附有证明材料",
                "what the task asks for is there by what was noted; of a meeting’s task, a paper shows it",
            ),
            Guard::AnotherOfficeConfirms => {
                said("核实人不属于承办单位，或者是局领导", "whoever confirms sits at another office, or is the leader")
            }
            Guard::LedgerComplete => said(
                "该种类所需的内容、事项和材料齐全，且由应登记的单位登记",
                "fields, matters and papers are those of the kind, and its office keeps it",
            ),
            Guard::PublicityAllowed => said(
                "可以公开：所依据的失信信息正在公示且不是自然人的，写明姓名的有本人确认，受表扬者愿意且没有公示中的失信信息",
                "nothing keeps it from being shown: its record is shown and no natural person’s, whoever is named consents, whoever is praised agrees and has no shown record",
            ),
            Guard::Appears(AppearWord::Here) => said("在本局页面发布", "it appears on the bureau’s own pages"),
            Guard::Appears(AppearWord::Elsewhere) => said("由其他单位刊发", "it appears elsewhere"),
            Guard::SubmissionFits => {
                said("目录列明由该单位向该平台报送", "the catalogue names something that the office hands to this platform")
            }
            Guard::Lines(LinesWord::Covered) => said(
                "报送的信息都是本单位的、目录列明报送该平台的、有效且未报送过的",
                "every row is the office’s own, goes to this platform by the catalogue, stands, and was not handed over in this version",
            ),
            Guard::Lines(LinesWord::Corrected) => {
                said("退回的各行均已更正或者失效", "every line that came back is corrected, or has ended since")
            }
            Guard::Lines(LinesWord::AllAccepted) => said("逐行登记反馈，全部入库", "every line has its answer, and all were accepted"),
            Guard::Lines(LinesWord::SomeReturned) => said("逐行登记反馈，有退回", "every line has its answer, and some came back"),
            Guard::Challenges(word) => {
                let (zh, en) = word.title();
                said(format!("针对{zh}"), format!("it challenges a {en}"))
            }
            Guard::CheckFits => said(
                "核查单位或者个体工商户，且本单位未就该事项查询",
                "no human being is checked, and the office does not ask for this matter already",
            ),
            Guard::AnswerHolds => said("查询之后信用状况没有变化", "what is known of the subject is what the answer says"),
            Guard::Outcome(OutcomeWord::ForIt) => said(
                "不是不利结果；列入严重失信主体名单的不得给予便利",
                "the outcome is not against the subject, and no advantage where it is on a severe list",
            ),
            Guard::Outcome(OutcomeWord::AgainstIt) => said(
                "不利结果有查询结果佐证，并写明依据",
                "the outcome is against the subject, the answer bears it out, and its basis is named",
            ),
            Guard::CommitmentFits => said(
                "承诺类型当日有依据、适用于该领域，期限不超过类型的最长期限，未因违诺受限，自然人的不公开，没有同一事项的承诺在履行中",
                "its type has a basis, is for the field and allows the last day, no finding of the type stands, that of a human being is not shown, and none of the same matter runs",
            ),
            Guard::PerformanceOver => {
                said("承诺期限和整改期限已满", "the time that was promised, and that of the order to put it right, is over")
            }
            Guard::Eligible => said("当日符合该场景的全部条件", "every condition of the scheme was met on that day"),
        }
    }

    /// What the act does beside the change of state.
    pub fn effect(&self, effect: &Effect) -> Said {
        match effect {
            Effect::Notify(notify) => {
                let (to_zh, to_en) = notify.to.title();
                said(format!("致函{to_zh}：{}", notify.letter.title_zh()), format!("letter to {to_en}: {}", notify.letter.title_en()))
            }
            Effect::MustDo(follow) => self.follow(follow, true),
            Effect::MayDo(follow) => self.follow(follow, false),
            Effect::Extend(extension) => {
                let ((zh, en), (by_zh, by_en)) = (self.deadline(&extension.deadline), self.parameter(&extension.by));
                said(format!("“{zh}”延长{by_zh}"), format!("extends “{en}” by {by_en}"))
            }
            Effect::OpenItems(list) => list_of(list.title(), "列出", "opens"),
            Effect::SettleItems(list) => list_of(list.title(), "完成", "settles"),
            Effect::DropItems(list) => list_of(list.title(), "取消", "drops"),
            Effect::BarRepair(length) => {
                let (zh, en) = self.parameter(length);
                said(format!("限制修复{zh}"), format!("bars repair for {en}"))
            }
            Effect::HandOver(sides) => {
                let (from, to) = (sides.from.title(), sides.to.title());
                said(format!("{}向{}移交，留存回执", from.0, to.0), format!("hands over from {} to {}, with a receipt", from.1, to.1))
            }
            other => owned(plain(other)),
        }
    }

    fn follow(&self, follow: &FollowUp, must: bool) -> Said {
        let process = follow.on.process(self.definition.key);
        let (zh, en) = quoted(follow.verbs.iter().map(|verb| self.verb_of(process, *verb)));
        let (on_zh, on_en) = relation(follow.on);
        let (must_zh, must_en) = if must { ("同时", "must do") } else { ("条件具备时", "does where it can") };
        let (first_zh, first_en) =
            if follow.verbs.len() > 1 { ("中条件具备的第一项", "the first that can be done of ") } else { ("", "") };
        said(format!("{must_zh}对{on_zh}办理{zh}{first_zh}"), format!("{must_en} {first_en}{en} on {on_en}"))
    }
}

fn list_of((zh, en): (&str, &str), does_zh: &str, does_en: &str) -> Said {
    said(format!("{does_zh}{zh}"), format!("{does_en} {en}"))
}

fn needed(need: NeedWord, needs: bool) -> Said {
    let (zh, en) = need.title();
    if needs {
        said(format!("该名单类型要求{zh}"), format!("the list type asks for {en}"))
    } else {
        said(format!("该名单类型不要求{zh}"), format!("the list type does without {en}"))
    }
}

/// Effects without a parameter.
const fn plain(effect: &Effect) -> (&'static str, &'static str) {
    match effect {
        Effect::NumberDecision => ("编发决定文号", "numbers the decision"),
        Effect::FixClassAndTerms => ("确定类别和期限", "fixes class and terms"),
        Effect::StartPublication => ("开始公示", "starts the publication"),
        Effect::EndPublication => ("终止公示", "ends the publication"),
        Effect::MarkDutiesDone => ("登记义务履行日", "notes the day of performance"),
        Effect::MarkBaseAnnulled => ("登记依据文书失效", "notes that the base document is out of force"),
        Effect::StartMeasures => ("开始执行措施", "puts measures in force"),
        Effect::LiftMeasures => ("解除措施", "lifts measures"),
        Effect::SuspendMeasures => ("暂停妨碍重整的措施", "lets measures wait that hinder a plan"),
        Effect::ResumeMeasures => ("恢复暂停的措施", "puts waiting measures back"),
        Effect::EndContinuation => ("终止延续公示", "ends the continuation"),
        Effect::LiftBar => ("解除修复限制", "lifts the bar on repair"),
        Effect::ContinuePublication => ("延续公示", "continues the publication"),
        Effect::MarkFalsity => ("登记虚假", "notes the falsity"),
        Effect::Bind => ("建立绑定", "binds account and subject"),
        Effect::Unbind => ("解除绑定", "ends the binding"),
        Effect::MarkSubmitted => ("登记提交日", "notes the day of submission"),
        Effect::MarkSent => ("登记报送日", "notes the day of sending"),
        Effect::MarkForwarded => ("登记转报日", "notes the day of forwarding"),
        Effect::MarkOpinion => ("登记业务意见", "notes the opinion"),
        Effect::MarkAnswer => ("登记省厅答复", "notes the province’s answer"),
        Effect::IssueNotice => ("编发告知书文号", "issues the notice with its number"),
        Effect::MarkNoticeServed => ("登记告知书送达日", "notes the service of the notice"),
        Effect::MarkHearing => ("登记听证日", "notes the day of the hearing"),
        Effect::WithdrawDecision => ("收回列入决定", "withdraws the decision"),
        Effect::IssueDecision => ("编发列入决定文号", "issues the decision with its number"),
        Effect::MarkDecisionServed => ("登记决定送达日", "notes the service of the decision"),
        Effect::IssueAnswer => ("编发答复文号", "issues the answer with its number"),
        Effect::MarkAnswerServed => ("登记答复送达日", "notes the service of the answer"),
        Effect::TakeFromPlan => ("按方案确定任务期限和要求", "takes day and quota from the plan"),
        Effect::Counts(CountWord::Start) => ("计入工作方案", "counts in plans from its day on"),
        Effect::Counts(CountWord::End) => ("不再计入工作方案", "counts in plans no longer"),
        Effect::Collect(CountWord::Start) => ("归集为信用信息", "collects it as a row of the catalogue"),
        Effect::Collect(CountWord::End) => ("归集的信息失效", "ends the row of the catalogue"),
        Effect::KeepLines(KeepWord::Freeze) => ("固定报送内容", "freezes what is handed over"),
        Effect::KeepLines(KeepWord::Mark) => ("逐行登记反馈", "marks every line with its answer"),
        Effect::AnswerCheck => ("固定查询结果", "freezes the answer"),
        Effect::MarkCorrection => ("登记整改期限", "notes the last day to put it right"),
        Effect::IssueBreach => ("编发认定书文号", "issues the finding with its number"),
        Effect::Show(CountWord::Start) => ("在本局页面显示", "shows it on the bureau’s own pages"),
        Effect::Show(CountWord::End) => ("本局页面停止显示", "takes it off the bureau’s own pages"),
        Effect::WriteNote => ("记入办理单位的内部记事", "keeps the note for the offices that handle the case"),
        Effect::AskOffice => ("送被征求意见单位的工作台", "lays the question on the desk of the office that is asked"),
        Effect::AnswerOffice => ("留存答复并从其工作台移除", "keeps the answer and takes the question off that desk"),
        Effect::Notify(_)
        | Effect::MustDo(_)
        | Effect::MayDo(_)
        | Effect::Extend(_)
        | Effect::OpenItems(_)
        | Effect::SettleItems(_)
        | Effect::DropItems(_)
        | Effect::BarRepair(_)
        | Effect::HandOver(_) => ("", ""),
    }
}

/// Who may do a row.
pub fn who(roles: &[Role]) -> Said {
    joined(roles.iter().map(|role| owned(role.title())))
}
