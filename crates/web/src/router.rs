//! The route table: every address, and who uses it.
//!
//! Who may see or do what behind an address is `app`'s to say; an address that is hidden answers 404 like one that
//! does not exist.

use crate::extract::Path;
use crate::pages::{
    acts, admin, apply, audit, case, cases, coordination, document, drafts, evidence, factor, family, figures, help,
    kin, login, me, officers, paper, policies, questions, receipts, retention, selfcheck, statement, styleguide, todo,
};
use crate::values::BODY_BYTES;
use crate::{Web, error};
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rust_embed::RustEmbed;
use std::any::Any;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// No page asks for a device; a photograph is taken by the phone itself and chosen as a file.
const NO_DEVICES: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Every route, with who uses it.
pub fn routes() -> Router<Web> {
    Router::new()
        // Everybody
        .route("/login", get(login::get).post(login::post)) // all
        .route("/login/code", post(login::code)) // who has given the password and has a second factor
        .merge(elsewhere())
        .route("/logout", post(login::logout)) // all
        .route("/", get(todo::home)) // all; leads to /todo
        .route("/todo", get(todo::get)) // all: what waits for them
        .route("/me", get(me::get).post(me::post)) // all: password
        .route("/me/factor", get(factor::get).post(factor::post)) // all: 第二道验证
        .route("/me/sessions", post(me::end_session)) // all: end their own sessions
        .route("/me/size", post(me::size)) // all: 字号
        .route("/help", get(help::index)) // all, also before login
        .route("/help/{role}", get(help::one)) // all: the manual of a role
        .route("/policies", get(policies::list)) // all
        .route("/policies/{*id}", get(policies::get)) // all
        .route("/assets/{file}", get(asset)) // every page
        // The worker's application
        .route("/apply", get(apply::start).post(apply::begin)) // worker
        .route("/apply/{draft}", get(apply::go_on)) // the worker whose draft it is
        .route("/apply/{draft}/{step}", get(apply::get).post(apply::post)) // the worker whose draft it is
        .route("/apply/{draft}/files/{address}", get(apply::files::file)) // the worker whose draft it is
        .route(
            "/apply/{draft}/pieces",
            get(apply::files::came).post(apply::files::take),
        ) // the worker whose draft it is
        .route("/apply/done/{no}", get(apply::done::get)) // the applicant
        .route("/drafts", get(drafts::list)) // worker: own drafts
        .route("/drafts/{draft}/delete", get(drafts::ask).post(drafts::delete)) // the worker whose draft it is
        .route("/selfcheck", get(selfcheck::get).post(selfcheck::post)) // all
        // Lists
        .route("/paper", get(paper::get).post(paper::post)) // the bureau's window
        .route("/paper/done/{no}", get(paper::done)) // the bureau's window: the slip
        .route("/kin", get(kin::get).post(kin::post)) // the bureau's intake: 近亲属备案
        .route("/kin/{entry}", get(kin::entry::get).post(kin::entry::post)) // the bureau's intake: 更正, 划去
        .route("/cases", get(cases::get)) // bureau, discipline group, city, auditor
        .route("/cases/export", get(cases::export::get)) // as the list
        .route("/coordination", get(coordination::get)) // city
        .route("/figures", get(figures::get)) // leads: own body; city: all
        .route("/retention", get(retention::get).post(retention::post)) // the archive's keepers, the group's lead, auditor
        .route("/retention/{list}", get(retention::one).post(retention::act)) // as the page of lists
        .route("/receipts", get(receipts::get)) // the unit's recipient
        .route("/receipts/{no}", post(receipts::post)) // the unit's recipient
        .route("/receipts/{no}/file", get(receipts::file)) // the unit's recipient
        // One case
        .route("/cases/{no}", get(case::show)) // its parties, the city, the auditor; the worker a short form
        .route("/cases/{no}/record", get(case::record)) // as the case page
        .route("/cases/{no}/family", get(family::get).post(family::post)) // team and auditor, for a reason
        .route("/cases/{no}/readers", get(case::readers)) // as the case page; the worker institution and day
        .route("/cases/{no}/deadline", get(case::deadline)) // as the case page
        .route("/cases/{no}/print", get(case::print)) // as the case page
        .route("/cases/{no}/files/{address}", get(case::file)) // whom the file's ring admits
        .route(
            "/cases/{no}/acts/intake",
            get(acts::intake::get).post(acts::intake::post),
        ) // bureau: accept, assign, invite
        .route(
            "/cases/{no}/acts/service",
            get(acts::service::get).post(acts::service::post),
        ) // bureau: issue, report, serve
        .route("/cases/{no}/acts/{act}", get(acts::get).post(acts::post)) // who may act
        .route("/cases/{no}/acts/{act}/papers/{paper}", post(acts::preview::post)) // who may act: 先看文书
        .route("/cases/{no}/questions", get(questions::list)) // who works on the case
        .route("/cases/{no}/questions/{id}", get(questions::one).post(questions::post)) // investigators
        .route("/cases/{no}/evidence", get(evidence::get)) // by standing
        .route("/cases/{no}/documents/{id}", get(document::get)) // by standing
        .route("/cases/{no}/statement", get(statement::get)) // by standing
        // The site
        .route("/admin", get(admin::index)) // administrator
        .route("/admin/people", get(admin::people).post(admin::save_person)) // administrator
        .route(
            "/admin/people/import",
            get(admin::import::get).post(admin::import::post),
        ) // administrator
        .route("/admin/people/import/template", get(admin::import::template)) // administrator: the empty file
        .route("/admin/people/{id}", get(admin::person)) // administrator
        .route("/admin/people/{id}/leave", post(admin::leaving::post)) // administrator: 离岗
        .route("/admin/people/{id}/password", post(admin::reset_password)) // administrator
        .route("/admin/people/{id}/unlock", post(admin::unlock)) // administrator
        .route("/admin/people/{id}/factor", post(admin::drop_factor)) // administrator
        .route("/admin/login", get(admin::login).post(admin::save_login)) // administrator: 登录规则
        .route(
            "/admin/institutions",
            get(admin::institutions).post(admin::save_institution),
        ) // administrator
        .route("/admin/institutions/{id}", get(admin::institution)) // administrator
        .route("/admin/calendars", get(admin::calendars).post(admin::import_calendar)) // administrator
        .route("/admin/policies", get(admin::policies).post(admin::enter_publication)) // administrator
        .route("/admin/retention", get(admin::retention).post(admin::enter_terms)) // administrator
        .route("/admin/authority", get(admin::authority)) // administrator
        .route("/officers", get(officers::get).post(officers::post)) // the three officers, the city: 三员
        .route("/officers/watched", post(officers::watched)) // the city, where there are fewer than three
        .route("/officers/{proposal}", post(officers::settle)) // another officer, or the city where there is none
        .route("/styleguide", get(styleguide::office)) // administrator: the components as clerks see them
        .route("/styleguide/worker", get(styleguide::worker)) // administrator: as workers see them
        .route("/audit", get(audit::get)) // auditor
}

/// Logging in at the site's provider.
#[cfg(feature = "oidc")]
fn elsewhere() -> Router<Web> {
    use crate::pages::oidc;
    Router::new()
        .route("/login/oidc", get(oidc::begin)) // all: to the provider
        .route("/login/oidc/callback", get(oidc::callback)) // who comes from there
        .route("/login/oidc/end", get(oidc::end)) // who began in this browser
}

/// A build without the feature has no such way.
#[cfg(not(feature = "oidc"))]
fn elsewhere() -> Router<Web> {
    Router::new()
}

/// The whole edge: routes, limits, headers, the check against foreign forms, and a page for what panics.
pub fn router(web: Web) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let around = ServiceBuilder::new()
        .layer(fixed(
            CONTENT_SECURITY_POLICY,
            "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
        ))
        .layer(fixed(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(X_FRAME_OPTIONS, "DENY"))
        .layer(fixed(CROSS_ORIGIN_OPENER_POLICY, "same-origin"))
        .layer(fixed(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
        .layer(fixed(PERMISSIONS_POLICY, NO_DEVICES))
        .layer(fixed(REFERRER_POLICY, "same-origin"))
        .layer(fixed(CACHE_CONTROL, "no-store"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new().with_rejection_response(|_| error::foreign()));
    routes()
        .fallback(|| async { error::not_found() })
        .method_not_allowed_fallback(|| async { error::not_found() })
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::limit::limited))
        .layer(around)
        .layer(axum::middleware::from_fn_with_state(
            web.clone(),
            crate::origin::secured,
        ))
        .layer(axum::middleware::from_fn_with_state(web.clone(), error::drawn))
        .layer(axum::middleware::from_fn(crate::packed::pack))
        .with_state(web)
}

/// The words of a panic may quote what somebody wrote: they go nowhere. Where it was, the binary's hook has logged.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    error::failed(&"panic")
}

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

async fn asset(Path(file): Path<String>) -> Response {
    let kind = match file.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "webp")) => "image/webp",
        _ => return error::not_found(),
    };
    match Assets::get(&file) {
        Some(asset) => {
            let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=3600")];
            (StatusCode::OK, headers, Body::from(asset.data)).into_response()
        }
        None => error::not_found(),
    }
}
