//! `/officers` 三员: who holds which of the three offices, what waits for a second officer, what they did month by month,
//! and, where they are fewer than three, the city's look at each month. No case content.

use crate::error::{Page, status};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form, choices};
use crate::frame::Frame;
use crate::values::Values;
use crate::words::{self, deed, long_moment, month, role};
use app::authority::{Matter, seat_in};
use app::officers::{Change, Concern, OFFICES, Officers, Pending, is_officer};
use app::{Failure, Institution, Person};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::{ActId, Date};
use casefile::{Refusal, Role};

/// The page.
#[derive(Debug, Default, Template)]
#[template(path = "pages/officers.html")]
pub struct OfficersPage {
    /// Around it.
    pub frame: Frame,
    /// Each of the three: office, what it is for, who holds it.
    pub held: Vec<[String; 3]>,
    /// What waits for a second officer, and what the reader can do about it.
    pub pending: Vec<(String, Option<Form>)>,
    /// The month to be looked at, for the city.
    pub watch: Option<Form>,
    /// The months looked at: month, by whom and when, what was found.
    pub watched: Vec<[String; 3]>,
    /// The month shown below.
    pub month: String,
    /// The months before and after it: address and words.
    pub turn: Vec<(String, String)>,
    /// What was done in it: when, who, as what, what, whom it concerns.
    pub deeds: Vec<[String; 5]>,
    /// The form to propose; `None` for the city.
    pub propose: Option<Form>,
}

/// `GET /officers?month=2026-11`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let typed = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let shown = parse_month(typed.text("month")).unwrap_or_else(|| visit.app.today().first_of_month());
    draw(&visit, shown, None, StatusCode::OK).await
}

/// `POST /officers`: proposes.
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return again(&visit, &values).await;
    }
    let done = propose(&visit, &values).await;
    answer(&visit, &values, done, "officer-proposed").await
}

/// `POST /officers/watched`: the city has looked at a month.
pub async fn watched(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return again(&visit, &values).await;
    }
    let month = parse_month(values.text("month")).ok_or_else(Refusal::not_found)?;
    let found = values.text("found");
    let done = visit
        .app
        .watch_officers(&visit.viewer, act(&visit, &values), month, found)
        .await;
    answer(&visit, &values, done, "officers-watched").await
}

/// `POST /officers/{proposal}`: confirms it or takes it down.
pub async fn settle(Path(proposal): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return again(&visit, &values).await;
    }
    let proposal: ActId = proposal.parse().map_err(|_| Refusal::not_found())?;
    let confirm = match values.text("do") {
        "" => true,
        "drop" => false,
        _ => return Err(Refusal::not_found().into()),
    };
    let act = act(&visit, &values);
    visit.app.settle_officer(&visit.viewer, act, proposal, confirm).await?;
    let code = if confirm {
        "officer-confirmed"
    } else {
        "officer-dropped"
    };
    Ok(redirect_done("/officers", code))
}

/// The frame of an officer's page, with the warning where they are fewer than three.
pub async fn warned(visit: &Visit, at: &'static str) -> Result<Frame, Failure> {
    let mut frame = visit.frame(at);
    frame.banner = banner(visit).await?;
    Ok(frame)
}

/// The warning where officers are missing, or were and nobody has looked; for whoever sees the officers.
pub async fn banner(visit: &Visit) -> Result<Option<String>, Failure> {
    let Some(shortage) = visit.app.shortage(&visit.viewer).await? else {
        return Ok(None);
    };
    let missing: Vec<&str> = shortage.missing.iter().map(|of| role(*of)).collect();
    let mut banner = String::new();
    if !missing.is_empty() {
        banner += &format!("三员不全，缺{}。", missing.join("、"));
    }
    if shortage.missing.contains(&Role::Security) {
        banner += "岗位和登录规则暂由系统管理员管。";
    }
    banner += &match shortage.unwatched {
        Some(unwatched) => format!("{}三员不全时办过什么，市级协调人还没有检查。", month(unwatched)),
        None => "市级协调人每月检查一次。".to_owned(),
    };
    Ok(Some(banner))
}

/// The page with what was typed before the session ended.
async fn again(visit: &Visit, values: &Values) -> Page {
    let shown = visit.app.today().first_of_month();
    draw(visit, shown, Some((values, None)), StatusCode::OK).await
}

fn act(visit: &Visit, values: &Values) -> ActId {
    values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act())
}

/// `2026-11`
fn parse_month(text: &str) -> Option<Date> {
    format!("{text}-01").parse().ok()
}

async fn propose(visit: &Visit, values: &Values) -> Result<(), Failure> {
    seat_in(&visit.viewer, Matter::AppointOfficers).ok_or_else(Refusal::not_found)?;
    let person = values.text("person").parse();
    let office = OFFICES
        .into_iter()
        .find(|office| app::codec::role_code(*office) == values.text("role"));
    let appoint = match values.text("appoint") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let mut check = casefile::refusal::Check::new();
    check
        .that(person.is_ok(), "person", "还没选是谁。请选一个人。")
        .that(office.is_some(), "role", "还没选哪一员。请选一项。")
        .that(appoint.is_some(), "appoint", "还没选任命还是免去。请选一项。");
    check.done()?;
    let (Ok(person), Some(role), Some(appoint)) = (person, office, appoint) else {
        return Err(Refusal::not_found().into());
    };
    let change = Change { person, role, appoint };
    visit
        .app
        .propose_officer(&visit.viewer, act(visit, values), change)
        .await
}

async fn answer(visit: &Visit, values: &Values, done: Result<(), Failure>, code: &str) -> Page {
    match done {
        Ok(()) => Ok(redirect_done("/officers", code)),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            let shown = visit.app.today().first_of_month();
            draw(visit, shown, Some((values, Some(&refusal))), status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn draw(visit: &Visit, shown: Date, typed: Option<(&Values, Option<&Refusal>)>, status: StatusCode) -> Page {
    let officers = visit.app.officers(&visit.viewer).await?;
    let (people, institutions) = (visit.app.people().await?, visit.app.institutions().await?);
    let names = Names {
        people: &people,
        institutions: &institutions,
    };
    let again = |form: Form| {
        let form = match typed {
            Some((values, Some(refusal))) => form.fill(values).refuse(refusal),
            Some((values, None)) => form.fill(values),
            None => form,
        };
        form.field(Field::hidden("act_id", visit.app.fresh_act()))
    };
    let mut pending = Vec::new();
    for one in &officers.pending {
        pending.push((names.proposal(one), settling(visit, one).await?));
    }
    let may = |matter| seat_in(&visit.viewer, matter).is_some();
    let mut page = page(&officers, &names, shown, visit.app.today());
    page.frame = warned(visit, "/officers").await?;
    page.frame.wrong = typed.is_some_and(|(_, refusal)| refusal.is_some());
    page.pending = pending;
    let unwatched = officers.shortage.as_ref().and_then(|shortage| shortage.unwatched);
    page.watch = unwatched
        .or_else(|| typed.and_then(|(values, _)| parse_month(values.text("month"))))
        .filter(|_| may(Matter::WatchOfficers))
        .map(|of| again(watching(of)));
    page.propose = may(Matter::AppointOfficers).then(|| again(proposing(&visit.viewer, &people, &institutions)));
    Ok((status, Html(page.render()?)).into_response())
}

/// Names of people and institutions.
struct Names<'a> {
    people: &'a [Person],
    institutions: &'a [Institution],
}

impl Names<'_> {
    fn person(&self, id: base::PersonId) -> String {
        let known = self.people.iter().find(|person| person.id == id);
        known.map_or_else(|| "已离岗的人".into(), |person| person.name.clone())
    }

    fn of(&self, concern: Option<Concern>) -> String {
        match concern {
            Some(Concern::Person(id)) => self.person(id),
            Some(Concern::Institution(id)) => {
                let known = self.institutions.iter().find(|institution| institution.id == id);
                known.map_or_else(String::new, |institution| institution.name.clone())
            }
            None => String::new(),
        }
    }

    /// `唐磊 2026 年 11 月 3 日 09:00 提名：严明任安全管理员`
    fn proposal(&self, pending: &Pending) -> String {
        let Change {
            person,
            role: office,
            appoint,
        } = pending.change;
        let verb = if appoint { "任" } else { "不再任" };
        let (by, who) = (self.person(pending.by), self.person(person));
        format!("{by} {} 提名：{who}{verb}{}。", long_moment(pending.at), role(office))
    }
}

/// What is told of the officers, in the month shown.
fn page(officers: &Officers, names: &Names<'_>, shown: Date, today: Date) -> OfficersPage {
    let held = officers.held.iter().map(|(office, people)| {
        let who: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        let who = if who.is_empty() {
            "▲ 没有人".into()
        } else {
            who.join("、")
        };
        [role(*office).into(), words::office(*office).into(), who]
    });
    let watched = officers.watched.iter().map(|one| {
        let by = format!("{} {}", names.person(one.by), long_moment(one.at));
        [month(one.month), by, one.found.clone()]
    });
    let in_month = officers
        .deeds
        .iter()
        .filter(|deed| deed.at.date().first_of_month() == shown);
    let deeds = in_month.map(|one| {
        let who = names.person(one.by);
        let whom = match one.of {
            Some(Concern::Person(person)) if person == one.by => String::new(),
            concern => names.of(concern),
        };
        [long_moment(one.at), who, role(one.role).into(), deed(&one.kind), whom]
    });
    let turned = [
        shown.first_of_month().yesterday().ok(),
        shown.last_of_month().tomorrow().ok(),
    ];
    let turn = turned.into_iter().flatten().filter(|day| *day <= today).map(|day| {
        let url = format!("/officers?month={}#deeds", day.strftime("%Y-%m"));
        (url, month(day))
    });
    OfficersPage {
        held: held.collect(),
        watched: watched.collect(),
        month: month(shown),
        turn: turn.collect(),
        deeds: deeds.collect(),
        ..OfficersPage::default()
    }
}

/// What the reader can do about a proposal.
async fn settling(visit: &Visit, pending: &Pending) -> Result<Option<Form>, Failure> {
    let confirms = visit.app.settles(&visit.viewer, pending, true).await?;
    let drops = visit.app.settles(&visit.viewer, pending, false).await?;
    let form = match (confirms, drops) {
        (false, false) => return Ok(None),
        (false, true) => Form::new("撤下").field(Field::hidden("do", "drop")),
        (true, false) => Form::new("确认"),
        (true, true) => Form::new("确认").button("do", "drop", "撤下"),
    };
    let form = form.action(format!("/officers/{}", pending.id));
    Ok(Some(form.field(Field::hidden("act_id", visit.app.fresh_act()))))
}

fn watching(of: Date) -> Form {
    Form::new("已检查")
        .action("/officers/watched")
        .field(Field::hidden("month", of.strftime("%Y-%m")))
        .field(Field::long("found", format!("{}的检查情况", month(of))).hint("对照下面列出的，逐项看有没有不该办的。"))
}

fn proposing(viewer: &app::Viewer, people: &[Person], institutions: &[Institution]) -> Form {
    let party = |id| institutions.iter().any(|at| Some(at.id) == id && at.party.is_some());
    let at_home = |person: &Person| {
        let home = viewer
            .seats
            .iter()
            .any(|seat| Some(seat.capacity.institution) == person.unit);
        home || party(person.unit)
    };
    let free = |person: &Person| person.capacities.iter().all(|(held, _)| *held == Role::Worker);
    let office = |person: &Person| person.capacities.iter().any(|(held, _)| is_officer(*held));
    let may_be = people
        .iter()
        .filter(|person| office(person) || free(person) && at_home(person));
    let who = may_be.map(|person| Choice::new(person.id, format!("{} {}", person.name, person.post)));
    let offices =
        OFFICES.map(|office| Choice::new(app::codec::role_code(office), role(office)).hint(words::office(office)));
    Form::new("提名")
        .action("/officers")
        .field(Field::select("person", "谁", who.collect()).hint("只列出没有办案岗位的人。"))
        .field(Field::radio("role", "哪一员", offices.into()))
        .field(Field::radio(
            "appoint",
            "任命还是免去",
            choices(&[("yes", "任命"), ("no", "免去")]),
        ))
        .consequences(
            "提名以后，要由另一名三员确认才有效；没有第三名三员的，由市级协调人确认。谁提名、谁确认都会记录在案。",
        )
}
