//! What waits at each officer's desks: read from the rows, handed to the door, shown when the letter is sent.

use std::collections::BTreeMap;

use domain::{
    digest::{Desk, Digest, DigestLine, Reminders, Urgency},
    ids::{AccountId, PersonId},
    moment::Micros,
    office::{OfficeKind, Rank},
    process::Process,
    rows::{Account, RoleAssignment, Standing},
};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::Value;
use time::Date;

use crate::{
    app::App,
    letters::Section,
    store::{StoreFault, entities},
};

/// Open items with their cases, and when the case last moved beside its desk.
const WAITING: &str = "SELECT w.office, w.rank, w.person, w.due_on, c.number, c.process, c.definition_digest, c.state, d.key, \
     (SELECT MAX(e.recorded_at) FROM audit_entry e WHERE e.case_id = c.id AND e.version IS NOT NULL \
      AND e.verb NOT IN ('claim', 'give_back', 'reassign', 'note_missed')) \
     FROM work_item w JOIN cases c ON c.id = w.case_id LEFT JOIN deadline d ON d.id = w.deadline WHERE w.status = 'open' ORDER BY c.number";

struct Waiting {
    office: String,
    rank: Option<Rank>,
    person: Option<PersonId>,
    moved_at: Micros,
    line: DigestLine,
}

fn broken(fault: impl ToString) -> StoreFault {
    StoreFault::Broken(fault.to_string())
}

fn read(app: &App, row: &sea_orm::QueryResult, days: &Days) -> Result<Option<Waiting>, StoreFault> {
    let text = |place: usize| row.try_get_by_index::<Option<String>>(place);
    let (Some(office), Some(number), Some(process)) = (text(0)?, text(4)?, text(5)?.as_deref().and_then(Process::from_key)) else { return Ok(None) };
    let due_on = text(3)?.map(|day| serde_json::from_value(Value::String(day))).transpose().map_err(broken)?;
    let moved_at: Option<i64> = row.try_get_by_index(9)?;
    let line = DigestLine {
        number,
        process,
        office: office.clone(),
        matter: matter(app, &text(6)?.unwrap_or_default(), &text(7)?.unwrap_or_default(), text(8)?.as_deref()),
        due_on,
        urgency: days.urgency(due_on),
        desk: Desk::Own,
        fresh: false,
    };
    let (rank, person) = (text(1)?.as_deref().and_then(Rank::from_key), text(2)?.and_then(|id| id.parse().ok()));
    Ok(Some(Waiting { office, rank, person, moved_at: Micros(moved_at.unwrap_or_default()), line }))
}

/// The deadline's name, or the state's where nothing runs.
fn matter(app: &App, digest: &str, state: &str, deadline: Option<&str>) -> (String, String) {
    let rules = app.rules();
    let version = rules.catalogue.all().find(|version| version.digest == digest);
    let Some(definition) = version.map(|version| &version.definition) else { return (state.to_owned(), state.to_owned()) };
    let ends = deadline.and_then(|key| definition.deadline(key)).map(|rule| (rule.zh.clone(), rule.en.clone()));
    let rests = || definition.state(state).map(|state| (state.zh.clone(), state.en.clone()));
    ends.or_else(rests).unwrap_or_else(|| (state.to_owned(), state.to_owned()))
}

/// The days that urgency is measured by.
struct Days {
    today: Date,
    /// The working day after today: what ends before it ends today.
    next: Date,
    /// The last day that is near.
    near: Date,
}

impl Days {
    fn of(app: &App, today: Date, near: u32) -> Self {
        let rules = app.rules();
        let calendars = rules.law.calendars();
        let after = |day: Date| std::iter::successors(day.next_day(), |day| day.next_day()).find(|day| calendars.day(*day).working).unwrap_or(day);
        Self { today, next: after(today), near: (0..near).fold(today, |day, _| after(day)) }
    }

    fn urgency(&self, due_on: Option<Date>) -> Urgency {
        match due_on {
            Some(due) if due < self.today => Urgency::Overdue,
            Some(due) if due < self.next => Urgency::Today,
            Some(due) if due <= self.near => Urgency::Near,
            _ => Urgency::Waiting,
        }
    }
}

/// Somebody who is told of a day, with the seats that are held on it.
struct Reader {
    account: AccountId,
    person: PersonId,
    seats: Vec<(Rank, String)>,
    /// Sits in the policy office, which answers for the city's days.
    city: bool,
}

impl Reader {
    /// At whose desk an item waits, seen from here; none where it is no concern of theirs.
    fn desk(&self, item: &Waiting) -> Option<Desk> {
        let sits = |wanted: Option<Rank>| self.seats.iter().any(|(rank, office)| Some(*rank) == wanted && *office == item.office);
        let hurries = item.line.urgency != Urgency::Waiting;
        if sits(item.rank) && item.person.is_none_or(|person| person == self.person) {
            return Some(Desk::Own);
        }
        if hurries && sits(Some(Rank::Head)) {
            return Some(Desk::Office);
        }
        (hurries && self.city).then_some(Desk::City)
    }
}

async fn readers(app: &App, today: Date) -> Result<Vec<Reader>, StoreFault> {
    let db = app.database.pool();
    let house = app.setting("digest").await?.as_deref() == Some("true");
    let offices = entities::office::Entity::find().all(db).await?;
    let policy = offices.into_iter().find(|office| office.kind == OfficeKind::PolicyOffice.key()).map(|office| office.id);
    let mut seats: BTreeMap<AccountId, Vec<(Rank, String)>> = BTreeMap::new();
    let rows = entities::role_assignment::Entity::find().all(db).await?;
    let roles = rows.into_iter().map(|row| row.row().map_err(broken)).collect::<Result<Vec<RoleAssignment>, _>>()?;
    for role in roles.iter().filter(|role| role.holds_on(today)) {
        // A deputy's seat stands as long as its principal's own.
        let own = |principal: AccountId| roles.iter().any(|own| own.account == principal && own.principal.is_none() && own.rank == role.rank && own.office == role.office && own.holds_on(today));
        if let Some(office) = role.office.clone().filter(|_| role.principal.is_none_or(own)) {
            seats.entry(role.account).or_default().push((role.rank, office));
        }
    }
    let mut readers = Vec::new();
    for row in entities::account::Entity::find().all(db).await? {
        let account: Account = row.row().map_err(broken)?;
        let wants = account.reminders.map_or(house, |chosen| chosen == Reminders::Digest);
        if let Some(seats) = seats.remove(&account.id).filter(|_| wants && account.standing == Standing::Active && account.email.is_some()) {
            let city = seats.iter().any(|(rank, office)| *rank == Rank::Officer && Some(office) == policy.as_ref());
            readers.push(Reader { account: account.id, person: account.person, seats, city });
        }
    }
    Ok(readers)
}

/// The digests of a day; nobody at whose desk nothing waits gets one.
pub(super) async fn compose(app: &App, today: Date, since: Micros) -> Result<Vec<Digest>, StoreFault> {
    let days = Days::of(app, today, app.setting_number("remind_working_days").await?);
    let most = app.setting_number("digest_lines").await? as usize;
    let mut waiting = Vec::new();
    for row in app.database.pool().query_all_raw(app.database.statement(WAITING, Vec::new())).await? {
        waiting.extend(read(app, &row, &days)?);
    }
    let mut digests = Vec::new();
    for reader in readers(app, today).await? {
        let mut lines: Vec<_> = waiting.iter().filter_map(|item| Some((reader.desk(item)?, item))).collect();
        lines.sort_by_key(|(desk, item)| (*desk, item.line.urgency, item.line.due_on, item.line.number.clone()));
        let more = u32::try_from(lines.len().saturating_sub(most)).unwrap_or(u32::MAX);
        let lines: Vec<_> = lines.into_iter().take(most).map(|(desk, item)| DigestLine { desk, fresh: item.moved_at >= since, ..item.line.clone() }).collect();
        if let (false, Some((_, office))) = (lines.is_empty(), reader.seats.first()) {
            digests.push(Digest { account: reader.account, office: office.clone(), lines, more });
        }
    }
    Ok(digests)
}

/// The lines of a digest under their headings.
pub(super) async fn sections(app: &App, arguments: &Value) -> Result<Vec<Section>, StoreFault> {
    let Ok(lines) = serde_json::from_value::<Vec<DigestLine>>(arguments["lines"].clone()) else { return Ok(Vec::new()) };
    let offices = entities::office::Entity::find().all(app.database.pool()).await?;
    let office = |key: &str| offices.iter().find(|row| row.id == key).map_or_else(Default::default, |row| (row.zh.as_str(), row.en.as_str()));
    let mut sections: Vec<Section> = Vec::new();
    for line in &lines {
        let ((desk_zh, desk_en), (zh, en)) = (line.desk.title(), line.urgency.title());
        let title = (format!("{desk_zh}：{zh}"), format!("{desk_en}: {en}"));
        let ((process_zh, process_en), (office_zh, office_en)) = (line.process.title(), office(&line.office));
        let (due, new) = (line.due_on.map_or_else(String::new, |day| format!("，{day}")), if line.fresh { ("【新】", "[new] ") } else { ("", "") });
        let shown = (
            format!("{}{} {process_zh}：{}{due}，{office_zh}", new.0, line.number, line.matter.0),
            format!("{}{} {process_en}: {}{}, {office_en}", new.1, line.number, line.matter.1, due.replace('，', ", ")),
        );
        match sections.last_mut().filter(|section| section.title == title) {
            Some(section) => section.lines.push(shown),
            None => sections.push(Section { title, lines: vec![shown] }),
        }
    }
    if let (Some(more), Some(section)) = (arguments["more"].as_u64().filter(|more| *more > 0), sections.last_mut()) {
        section.lines.push((format!("另有 {more} 项，请登录查看"), format!("and {more} more; log in to see them")));
    }
    Ok(sections)
}
