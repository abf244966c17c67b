//! Tasks of a plan: whether the plan asks for one, and whether what it asks for is there.

use domain::{
    ledger::LedgerKind,
    office::Rank,
    paper::DocumentKind,
    personal::Sealed,
    plan::{TaskData, TaskForm, line_key},
    process::{CaseData, Form, FormKey, Phase},
    refusal::{Reason, ReasonCode as Code},
    rows::{MeasureLine, PlanFact, PlanLine, Standing},
};
use serde_json::{Value, json};
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    engine::{
        Rules, Snapshot,
        act::{Act, standing::is_open},
        sight::roles,
    },
    plan::{
        board::{self, Facts},
        file::Plan,
    },
};

pub(crate) struct PlanTask;

impl Kind for PlanTask {
    type Data = TaskData;
    const FORMS: &'static [FormKey] = &[FormKey::Task];

    fn open(form: &Form, _: &Filing<'_>) -> Option<TaskData> {
        let Form::Task(form) = form else { return None };
        let due = match &**form {
            TaskForm::Line { .. } => None,
            TaskForm::Meeting { due, .. } => Some(*due),
        };
        Some(TaskData { form: (**form).clone(), version: None, due })
    }

    fn amend(_: &Rules, _: &mut TaskData, _: &Form) {}

    fn propose(act: &Proposed<'_>, data: &mut TaskData) {
        if !act.row.effects.contains(&crate::definition::words::Effect::TakeFromPlan) {
            return;
        }
        let Some((run, line)) = data.form.line() else { return };
        let Some(plan) = running(act.rules, act.snapshot, run) else { return };
        if let Some(asked) = plan.line(line) {
            data.due = Some(plan.due(&asked));
            data.version = Some(plan.version());
        }
    }

    fn event_day(_: &TaskData) -> Option<Date> {
        None
    }

    fn contact(_: &TaskData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &TaskData) -> Option<String> {
        None
    }

    fn said(_: &TaskData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The version of a plan that runs.
pub(crate) fn running<'r>(rules: &'r Rules, snapshot: &Snapshot, run: &str) -> Option<&'r Plan> {
    let row = snapshot.rows().plan_runs.get(run).filter(|row| row.standing == Standing::Active)?;
    rules.plan(&row.version)
}

fn unfit(why: (&str, &str), instead: (&str, &str)) -> Reason {
    Reason::new(Code::TaskDoesNotFit).titled("why", why).titled("instead", instead)
}

const NOT_RUNNING: ((&str, &str), (&str, &str)) =
    (("方案未启动或者已结束", "its plan does not run"), ("由政策法规科负责人启动方案", "the policy head starts the plan"));

/// The plan runs and asks this of the office, and no such task is open; of a meeting's task, the meeting is noted.
pub(crate) fn task_fits(act: &mut Act<'_>) -> Option<Reason> {
    // A task that is only asked about has no form yet: the meeting is what is known of it.
    let CaseData::PlanTask(data) = &act.proposed else { return no_meeting(act) };
    let Some((run, line)) = data.form.line().map(|(run, line)| (run.to_owned(), line.to_owned())) else { return no_meeting(act) };
    let Some(plan) = running(act.rules, act.snapshot, &run) else { return Some(unfit(NOT_RUNNING.0, NOT_RUNNING.1)) };
    let office = act.case.office.clone();
    if !plan.line(&line).is_some_and(|asked| plan.offices(asked.owners).contains(&office.as_str())) {
        let why = ("方案未将此项列为该单位的任务", "the plan does not ask this of the office");
        return Some(unfit(why, ("按方案所列任务和责任单位新建", "open the tasks that the plan names")));
    }
    let key = line_key(&run, &line, &office);
    act.snapshot.look_for(&key);
    let held = act.snapshot.rows().plan_lines.get(&key).map(|row| row.case_id)?;
    let case = act.snapshot.whole(held).filter(|case| case.id != act.case.id)?;
    is_open(act.rules, &case).then(|| {
        let why = (format!("已有同一任务 {}", case.number), format!("the same task is open: {}", case.number));
        unfit((&why.0, &why.1), ("在该任务中办理", "go on with that task"))
    })
}

/// What is wrong with the meeting that a task comes from.
fn no_meeting(act: &mut Act<'_>) -> Option<Reason> {
    let meeting = act.case.parent.and_then(|id| act.snapshot.whole(id));
    let noted = meeting.is_some_and(|case| {
        case.phase == Phase::InEffect && case.data.0.ledger().is_some_and(|data| data.form.kind == LedgerKind::Meeting)
    });
    let why = ("不是已登记的会议", "it comes from no meeting that is noted");
    (!noted).then(|| unfit(why, ("先在台账中登记会议", "note the meeting in the ledger first")))
}

/// What the task asks for is there by the house's own count; of a meeting's task, a paper shows it.
pub(crate) fn measure_met(act: &mut Act<'_>) -> Option<Reason> {
    let data = act.case.data.0.task()?.clone();
    let Some((run, line)) = data.form.line() else { return unshown(act) };
    let Some(plan) = running(act.rules, act.snapshot, run) else { return Some(unfit(NOT_RUNNING.0, NOT_RUNNING.1)) };
    let asked = plan.line(line)?;
    let (facts, frozen) = facts_of(act.snapshot, plan, asked.measure.iter().map(|measure| measure.count));
    let lead = roles::policy_office(act.snapshot).unwrap_or_default();
    let facts = Facts { plan, lead: &lead, as_of: act.command.effective_on, all: &facts, frozen: &frozen };
    let found = board::line(&facts, line, &asked);
    let share = found.shares.iter().find(|share| share.office == act.case.office)?;
    act.facts.insert("measured".into(), json!({ "line": line, "met": share.met, "light": share.light.key() }));
    if share.met == Some(true) {
        return None;
    }
    let said = board::gap(plan, &share.missing);
    let none = ("没有可计算的数据".to_owned(), "there are no data to count".to_owned());
    Some(Reason::new(Code::MeasureNotMet).titled("gap", if said.0.is_empty() { none } else { said }))
}

/// What a plan counts of these.
fn facts_of(
    snapshot: &mut Snapshot,
    plan: &Plan,
    counts: impl Iterator<Item = crate::plan::file::Count>,
) -> (Vec<PlanFact>, Vec<MeasureLine>) {
    let (mut found, mut frozen) = (Vec::new(), Vec::new());
    for word in counts.flat_map(|count| board::years_of(plan, count)) {
        snapshot.look_for(&word);
        found.extend(snapshot.rows().under::<PlanFact>(&word).cloned());
        frozen.extend(snapshot.rows().under::<MeasureLine>(&word).cloned());
    }
    (found, frozen)
}

fn unshown(act: &Act<'_>) -> Option<Reason> {
    (!act.has_paper(DocumentKind::Evidence)).then(|| Reason::new(Code::MissingDocument).titled("document", DocumentKind::Evidence.title()))
}

/// Whoever confirms sits at another office than the task's, or is the leader.
pub(crate) fn another_office_confirms(act: &mut Act<'_>) -> Option<Reason> {
    let held = act.row.who.iter().filter_map(|role| {
        let (rank, office) = roles::seat(act.snapshot, *role, &act.case)?;
        let office = office?;
        act.actor.sits(rank, &office).then_some((rank, office))
    });
    let mine = roles::goes_on(act.snapshot, &act.case.office);
    let fits = held.into_iter().any(|(rank, office)| rank == Rank::Leader || office != mine);
    (!fits).then(|| Reason::new(Code::OwnOfficesTask).titled("office", roles::office_title(act.snapshot, &mine)))
}

/// The line of the board that the task stands in.
pub(crate) fn take_from_plan(act: &mut Act<'_>) {
    let Some(data) = act.case.data.0.task().cloned() else { return };
    let (Some((run, line)), Some(version), Some(due_on)) = (data.form.line(), data.version.clone(), data.due) else { return };
    let office = act.case.office.clone();
    act.snapshot.put(PlanLine {
        id: line_key(run, line, &office),
        case_id: act.case.id,
        run: run.to_owned(),
        line: line.to_owned(),
        office,
        version,
        due_on,
    });
}
