//! Which page stands at which path.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{
    console::Console,
    house::House,
    pages::{
        absence, act, board, bulk, by_hand, calculator, case, cases, deed, desk, door, export, help, identity, import, imports, keeping,
        law, mine, new_law, people, plan, public, register, registers, sheet, still, trail, trust, verify,
    },
};

/// All pages over a house.
pub fn router<H: House>(house: H, demo: bool) -> Router {
    Router::new()
        .route("/", get(public::search::<H>))
        .route("/published/{number}", get(public::entry::<H>))
        .route("/column", get(public::column::<H>))
        .route("/sign-in", get(door::form::<H>).post(door::enter::<H>))
        .route("/sign-in/identity", get(identity::begin::<H>))
        .route("/sign-in/identity/back", get(identity::back::<H>))
        .route("/me/identity", get(identity::begin_link::<H>))
        .route("/register", get(register::ask::<H>).post(register::send::<H>))
        .route("/register/{link}", get(register::form::<H>).post(register::make::<H>))
        .route("/sign-out", post(door::leave::<H>))
        .route("/password", get(door::password::<H>).post(door::change::<H>))
        .route("/desk", get(desk::show::<H>).post(desk::act::<H>))
        .route("/cases", get(cases::show::<H>))
        .route("/cases/{number}", get(case::show::<H>))
        .route("/cases/{number}/desk", get(case::desk::<H>))
        .route("/cases/{number}/print/{sheet}", get(sheet::print::<H>))
        .route("/numbers", get(sheet::numbers::<H>))
        .route("/cases/{number}/{mutation}", get(act::form::<H>).post(act::take::<H>))
        .route(bulk::PATH, get(bulk::show::<H>).post(bulk::take::<H>))
        .route("/new", get(act::openings::<H>))
        .route("/new/{mutation}", get(act::new_form::<H>).post(act::new_take::<H>))
        .route("/papers/{id}", get(case::paper::<H>))
        .route("/import", get(import::show::<H>).post(import::send::<H>))
        .route("/import/{upload}", get(import::check::<H>))
        .route("/import/{upload}/marked", get(import::marked::<H>))
        .route("/import/{upload}/commit", get(imports::begun::<H>).post(imports::commit::<H>))
        .route("/imports/{id}", get(imports::show::<H>))
        .route("/imports/{id}/give-up", get(imports::ask_to_give_up::<H>).post(imports::give_up::<H>))
        .route("/export", get(export::show::<H>))
        .route("/export/{name}", get(export::published::<H>).post(export::answers::<H>))
        .route("/export/templates/{name}", get(export::template::<H>))
        .route("/mine", get(mine::show::<H>))
        .route("/absence", get(absence::form::<H>).post(absence::ask::<H>))
        .route("/board", get(board::show::<H>))
        .route("/people", get(people::list::<H>))
        .route("/people/{login}", get(people::account::<H>))
        .route("/me", get(people::me::<H>).post(people::end_others::<H>))
        .route("/offices", get(keeping::offices::<H>))
        .route("/offices/{key}", get(keeping::office::<H>))
        .route("/settings", get(keeping::settings::<H>))
        .route("/settings/{key}", get(keeping::setting::<H>))
        .route("/keeping", get(keeping::law::<H>))
        .route(new_law::PATH, get(new_law::form::<H>).post(new_law::take::<H>))
        .route("/keeping/law/{id}", get(new_law::simulation::<H>))
        .route("/letters", get(keeping::letters::<H>))
        .route("/do/{mutation}", get(deed::form::<H>).post(deed::take::<H>))
        .route("/trail", get(trail::list::<H>))
        .route("/trail/{number}", get(trail::entry::<H>))
        .route("/trail/{number}/{file}", get(trail::file::<H>))
        .route("/checkpoints", get(trail::checkpoints::<H>))
        .route("/by-hand", get(by_hand::form::<H>).post(by_hand::ask::<H>))
        .route("/law", get(law::all::<H>))
        .route("/law/lists", get(law::lists::<H>))
        .route("/law/{process}", get(law::process::<H>))
        .route("/law/{process}/acts", get(law::acts::<H>))
        .route("/law/{process}/acts/{verb}", get(law::act::<H>))
        .route("/law/{process}/text", get(law::text::<H>))
        .route("/calculator", get(calculator::limit::<H>))
        .route("/calculator/terms", get(calculator::terms::<H>))
        .route("/calculator/code", get(calculator::code::<H>).post(calculator::check_code::<H>))
        .route("/guide", get(help::guide::<H>))
        .route("/help", get(help::all::<H>))
        .route("/help/reasons", get(help::reasons::<H>))
        .route("/help/{page}", get(help::page::<H>))
        .route("/verify", get(verify::form::<H>).post(verify::check::<H>))
        .route("/static/{name}", get(still::file))
        .merge(plans::<H>())
        .fallback(still::nothing::<H>)
        .with_state(Console::new(house, demo))
}

/// The city's plan, the registers and rates behind it, commitments and schemes.
fn plans<H: House>() -> Router<Console<H>> {
    Router::new()
        .route("/plan", get(plan::all::<H>))
        .route("/plan/{run}", get(plan::board::<H>))
        .route("/plan/{run}/{line}", get(plan::line::<H>))
        .route("/registers", get(registers::all::<H>))
        .route("/registers/{item}", get(registers::item::<H>))
        .route("/rates", get(registers::rates::<H>))
        .route("/rates/failing", get(registers::failing::<H>))
        .route("/commitments", get(trust::commitments::<H>))
        .route("/schemes", get(trust::schemes::<H>))
}
