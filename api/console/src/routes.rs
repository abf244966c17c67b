//! Which page stands at which path.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{
    console::Console,
    form::typed::LARGEST,
    house::House,
    pages::{act, bulk, case, cases, desk, door, export, import, imports, mine, public, still, trail},
};

/// All pages over a house.
pub fn router<H: House>(house: H, demo: bool) -> Router {
    Router::new()
        .route("/", get(public::search::<H>))
        .route("/published/{number}", get(public::entry::<H>))
        .route("/sign-in", get(door::form::<H>).post(door::enter::<H>))
        .route("/sign-out", post(door::leave::<H>))
        .route("/password", get(door::password::<H>).post(door::change::<H>))
        .route("/desk", get(desk::show::<H>).post(desk::act::<H>))
        .route("/cases", get(cases::show::<H>))
        .route("/cases/{number}", get(case::show::<H>))
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
        .route("/trail", get(trail::list::<H>))
        .route("/trail/{number}", get(trail::entry::<H>))
        .route("/static/{name}", get(still::file))
        .fallback(still::nothing::<H>)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Console::new(house, demo))
}
