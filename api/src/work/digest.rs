//! What waits at each officer's desks: read by desk, handed to the door, shown when the letter is sent.

use std::collections::BTreeMap;

use domain::{
    digest::{Desk, Digest, DigestLine, Reminders},
    ids::{AccountId, PersonId},
    moment::Micros,
    office::{OfficeKind, Rank},
    rows::{Account, RoleAssignment, Standing},
};
use sea_orm::EntityTrait;
use serde_json::Value;
use time::Date;

use super::{
    days::Days,
    desks::{self, Desks, Part, Whose},
};
use crate::{
    app::App,
    letters::Section,
    store::{StoreFault, entities},
};

/// Somebody who is told of a day, with the seats that are held on it.
struct Reader {
    account: AccountId,
    person: PersonId,
    seats: Vec<(Rank, String)>,
    /// Sits in the policy office, which answers for the city's days.
    city: bool,
}

impl Reader {
    /// What is this reader's concern, in the order in which it is shown: its own desks, its offices' where it is their head,
    /// the city's.
    fn parts(&self, desks: &Desks) -> Vec<Part> {
        let sits = |office: &str, wanted: Rank| self.seats.iter().any(|(rank, at)| *rank == wanted && at == office);
        let part = |(office, rank): &(String, Rank), seen: Desk| {
            let whose = match (seen, sits(office, *rank)) {
                (Desk::Own, _) => Whose::Open(self.person),
                (_, true) => Whose::Others(self.person),
                (_, false) => Whose::Any,
            };
            Part { office: office.clone(), rank: *rank, whose, seen }
        };
        let own = desks.all().filter(|(office, rank)| sits(office, *rank)).map(|desk| part(desk, Desk::Own));
        let led = desks.all().filter(|(office, _)| sits(office, Rank::Head)).map(|desk| part(desk, Desk::Office));
        let city = desks.all().filter(|(office, _)| self.city && !sits(office, Rank::Head)).map(|desk| part(desk, Desk::City));
        own.chain(led).chain(city).filter(|part| desks.size(part) > 0).collect()
    }

    /// The first lines of its digest; what is new since an instant is marked.
    async fn lines(&self, app: &App, parts: &[Part], days: &Days, (since, most): (Micros, usize)) -> Result<Vec<DigestLine>, StoreFault> {
        let mut lines: Vec<DigestLine> = Vec::new();
        for seen in [Desk::Own, Desk::Office, Desk::City] {
            let room = most.saturating_sub(lines.len());
            let mut found = Vec::new();
            for part in parts.iter().filter(|part| part.seen == seen && room > 0) {
                found.extend(desks::lines(app, part, days, room).await?);
            }
            found.sort_by_key(|(_, line)| (line.urgency, line.due_on.is_none(), line.due_on, line.number.clone()));
            lines.extend(found.into_iter().take(room).map(|(moved_at, line)| DigestLine { fresh: moved_at >= since, ..line }));
        }
        Ok(lines)
    }
}

async fn readers(app: &App, today: Date) -> Result<Vec<Reader>, StoreFault> {
    let db = app.database.pool();
    let house = app.setting("digest").await?.as_deref() == Some("true");
    let offices = entities::office::Entity::find().all(db).await?;
    let policy = offices.into_iter().find(|office| office.kind == OfficeKind::PolicyOffice.key()).map(|office| office.id);
    let mut seats: BTreeMap<AccountId, Vec<(Rank, String)>> = BTreeMap::new();
    let rows = entities::role_assignment::Entity::find().all(db).await?;
    let roles = rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<Vec<RoleAssignment>, _>>()?;
    for role in roles.iter().filter(|role| role.holds_on(today)) {
        // A deputy's seat stands as long as its principal's own.
        let own = |principal: AccountId| {
            roles.iter().any(|own| {
                own.account == principal
                    && own.principal.is_none()
                    && own.rank == role.rank
                    && own.office == role.office
                    && own.holds_on(today)
            })
        };
        if let Some(office) = role.office.clone().filter(|_| role.principal.is_none_or(own)) {
            seats.entry(role.account).or_default().push((role.rank, office));
        }
    }
    let mut readers = Vec::new();
    for row in entities::account::Entity::find().all(db).await? {
        let account: Account = row.row().map_err(StoreFault::broken)?;
        let wants = account.reminders.map_or(house, |chosen| chosen == Reminders::Digest);
        if let Some(seats) = seats.remove(&account.id).filter(|_| wants && account.standing == Standing::Active && account.email.is_some())
        {
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
    let desks = Desks::count(app, &days).await?;
    let mut digests = Vec::new();
    for reader in readers(app, today).await? {
        let parts = reader.parts(&desks);
        let lines = reader.lines(app, &parts, &days, (since, most)).await?;
        let all: u64 = parts.iter().map(|part| desks.size(part)).sum();
        let more = u32::try_from(all.saturating_sub(lines.len() as u64)).unwrap_or(u32::MAX);
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
    let office =
        |key: &str| offices.iter().find(|row| row.id == key).map_or_else(Default::default, |row| (row.zh.as_str(), row.en.as_str()));
    let mut sections: Vec<Section> = Vec::new();
    for line in &lines {
        let ((desk_zh, desk_en), (zh, en)) = (line.desk.title(), line.urgency.title());
        let title = (format!("{desk_zh}：{zh}"), format!("{desk_en}: {en}"));
        let ((process_zh, process_en), (office_zh, office_en)) = (app.rules().catalogue.title(line.process), office(&line.office));
        let (due, new) =
            (line.due_on.map_or_else(String::new, |day| format!("，{day}")), if line.fresh { ("【新】", "[new] ") } else { ("", "") });
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
