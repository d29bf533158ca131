//! `/kin`: the register of kin (近亲属备案) of a bureau, entered one by one or from an Excel file, each entry with the page
//! where it is corrected ([`entry`]); and the card in which a case shows what the register says of it.

pub mod entry;

use crate::error::{Page, status};
use crate::extract::{Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::frame::Frame;
use crate::values::Values;
use crate::words;
use app::Failure;
use app::kin::correct::{SLIPS, Why};
use app::kin::matching::Recorded;
use app::kin::{Entry, FIELDS, LEVELS, RELATIONS, Typed, Version};
use app::reading::CaseFile;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::ActId;
use casefile::act::ActName;
use casefile::{Kind, Refusal};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/kin.html")]
pub struct KinPage {
    /// Around it.
    pub frame: Frame,
    /// The entries, the latest first, with those that stand no longer.
    pub rows: Vec<Row>,
    /// How many stand.
    pub total: usize,
    /// Whether more are there than are shown.
    pub more: bool,
    /// The form for one entry.
    pub one: Form,
    /// The form for a file.
    pub many: Form,
    /// The headings of the file's columns.
    pub columns: String,
}

/// One line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Cadre, which level, family, relation, day.
    pub cells: [String; 5],
    /// What became of it; empty for an entry that stands as it was recorded.
    pub state: String,
    /// Where it is corrected; empty for what stands no longer.
    pub url: String,
}

/// How many entries the page shows.
const SHOWN: usize = 200;

/// `GET /kin`
pub async fn get(visit: Visit) -> Page {
    draw(
        &visit,
        one(visit.app.fresh_act()),
        many(visit.app.fresh_act()),
        StatusCode::OK,
    )
    .await
}

/// `POST /kin`: one entry, or the file where one was sent.
pub async fn post(post: Post) -> Page {
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let of_file = values.text("what") == "file";
    let fresh = visit.app.fresh_act();
    if resumed {
        return draw(
            &visit,
            one(fresh).fill(&values),
            many(visit.app.fresh_act()),
            StatusCode::OK,
        )
        .await;
    }
    let done = if of_file {
        let file = values
            .take_uploads()
            .remove("file")
            .unwrap_or_default()
            .into_iter()
            .next();
        match file {
            Some(file) => {
                let imported = visit
                    .app
                    .import_kin(&visit.viewer, act, file.bytes, &why(&values))
                    .await;
                imported.map(|_| "kin-imported")
            }
            None if !values.refused.is_empty() => Err(Refusal::fields(values.refused.clone()).into()),
            None => Err(Refusal::field("file", "请选一个 Excel 文件。").into()),
        }
    } else {
        let done = visit.app.record_kin(&visit.viewer, act, &typed(&values)).await;
        done.map(|()| "kin")
    };
    match done {
        Ok(what) => Ok(redirect_done("/kin", what)),
        Err(Failure::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            let status = status(refusal.kind);
            let (mut by_hand, mut by_file) = (one(fresh), many(visit.app.fresh_act()));
            match of_file {
                true => by_file = by_file.fill(&values).refuse(&refusal),
                false => by_hand = by_hand.fill(&values).refuse(&refusal),
            }
            draw(&visit, by_hand, by_file, status).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn draw(visit: &Visit, one: Form, many: Form, status: StatusCode) -> Page {
    let register = visit.app.kin_register(&visit.viewer).await?;
    let page = page(visit.frame("/kin"), &register, one, many);
    Ok((status, Html(page.render()?)).into_response())
}

/// The page of a register.
pub fn page(mut frame: Frame, register: &[Version], one: Form, many: Form) -> KinPage {
    frame.wrong = one.wrong() + many.wrong() > 0;
    let columns: Vec<&str> = FIELDS.iter().map(|(_, label, _)| *label).collect();
    KinPage {
        frame,
        rows: register.iter().take(SHOWN).map(row).collect(),
        total: register.iter().filter(|one| one.over.is_none()).count(),
        more: register.len() > SHOWN,
        one,
        many,
        columns: columns.join("、"),
    }
}

fn row(version: &Version) -> Row {
    Row {
        cells: cells(&version.entry),
        state: state(version),
        url: match version.over {
            None => format!("/kin/{}", version.id),
            Some(_) => String::new(),
        },
    }
}

fn cells(entry: &Entry) -> [String; 5] {
    let text = &entry.text;
    [
        format!("{}（{} {}）", text.name, text.unit, text.post),
        app::kin::words(&LEVELS, entry.level).into(),
        format!("{} {}（{}）", text.head, text.id_number, text.village),
        app::kin::words(&RELATIONS, entry.relation).into(),
        words::date(entry.recorded_on),
    ]
}

/// What became of an entry: corrected or struck out and why, or how it came to stand.
fn state(version: &Version) -> String {
    match (&version.over, version.since) {
        (Some(over), _) => {
            let what = if over.struck { "划去" } else { "更正" };
            format!("{}已{what}，理由：{}", words::date(over.on), over.reason)
        }
        (None, Some(since)) if since == version.typed_on => format!("{}更正过，从那天算起", words::date(since)),
        (None, Some(since)) => format!("{}更正过，从{}算起", words::date(version.typed_on), words::date(since)),
        (None, None) if version.corrects.is_some() => format!("{}更正过", words::date(version.typed_on)),
        (None, None) => String::new(),
    }
}

fn typed(values: &Values) -> Typed {
    let day = || {
        let [year, month, day] = crate::read::parts(values, "recorded_on");
        match year.is_empty() && month.is_empty() && day.is_empty() {
            true => String::new(),
            false => format!("{year}-{month}-{day}"),
        }
    };
    Typed(FIELDS.map(|(field, ..)| match field {
        "recorded_on" => day(),
        _ => values.text(field).to_owned(),
    }))
}

fn why(values: &Values) -> Why {
    Why {
        slip: values.text("slip").to_owned(),
        reason: values.text("reason").to_owned(),
    }
}

/// What is asked of somebody who corrects.
fn whys() -> [Field; 2] {
    let slips = SLIPS.map(|(code, words, _)| Choice::new(code, words));
    [
        Field::radio("slip", "怎么错的", slips.into()),
        Field::long("reason", "更正的理由").rows(3),
    ]
}

/// The form for one entry.
pub fn one(act: ActId) -> Form {
    Form::new("登记")
        .action("/kin")
        .fields(fields())
        .field(Field::hidden("act_id", act))
        .consequences("姓名和身份证号加密保存，列表里只显示一部分。办这一户的案件时，调查人能看到这一条。")
}

fn fields() -> [Field; FIELDS.len()] {
    FIELDS.map(|(field, label, _)| match field {
        "level" => Field::radio(
            field,
            label,
            LEVELS.map(|(code, words, _)| Choice::new(code, words)).into(),
        ),
        "relation" => Field::radio(
            field,
            label,
            RELATIONS.map(|(code, words, _)| Choice::new(code, words)).into(),
        ),
        "recorded_on" => Field::date(field, label).hint("备案表上的日期，不是今天录入的日期。"),
        _ => Field::text(field, label),
    })
}

/// The form for a file.
pub fn many(act: ActId) -> Form {
    Form::new("导入")
        .action("/kin")
        .field(Field::file("file", "Excel 工作簿").hint("身份证号那一列请设成“文本”，否则后几位会丢。"))
        .field(Field::hidden("what", "file"))
        .field(Field::hidden("act_id", act))
        .fields(whys().map(|field| field.optional().hint("表里有更正的才填。")))
        .consequences(
            "和登记的一样的行不重复登记；同一户有不一样的，是更正，更正前的还在。有一处不对，就一条也不导入，并写明第几行、哪一列。",
        )
}

/// What the register says of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KinCard {
    /// Whether the reader is shown it at all.
    pub shown: bool,
    /// Entries on the family.
    pub entries: Vec<KinLine>,
    /// People of the case who are kin to it: who, the page that asks for their recusal (empty for none).
    pub people: Vec<(String, String)>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KinLine {
    /// Who is kin to whom.
    pub what: String,
    /// When it was recorded, and whether that counts.
    pub recorded: String,
    /// The page that adds it as evidence, filled; empty where this reader may not now.
    pub add: String,
}

/// The card for a reader of a case; empty for all but the joint team.
pub async fn card(visit: &Visit, file: &CaseFile) -> Result<KinCard, Failure> {
    if !matches!(file.standing, app::Standing::Team(_)) {
        return Ok(KinCard::default());
    }
    let found = visit.app.kin_of_case(&visit.viewer, &file.number).await?;
    let may = |act: ActName| file.my_acts.contains(&act);
    let entries = found.entries.iter().map(|(version, recorded)| KinLine {
        what: said(&version.entry),
        recorded: recorded_on(version, *recorded),
        add: match may(ActName::AddEvidence) {
            true => add(&file.number, version, *recorded),
            false => String::new(),
        },
    });
    let people = found.people.iter().map(|(person, entry)| {
        let url = match may(ActName::AskRecusal) {
            true => format!("/cases/{}/acts/ask-recusal?person={person}", file.number),
            false => String::new(),
        };
        (said(entry), url)
    });
    Ok(KinCard {
        shown: true,
        entries: entries.collect(),
        people: people.collect(),
    })
}

fn said(entry: &Entry) -> String {
    let text = &entry.text;
    let relation = app::kin::words(&RELATIONS, entry.relation);
    format!(
        "{}（{} {}）和 {} {}（{}）：{relation}",
        text.name, text.unit, text.post, text.head, text.id_number, text.village
    )
}

/// When it was recorded, whether that counts, what became of it.
fn recorded_on(version: &Version, recorded: Recorded) -> String {
    let day = words::date(version.entry.recorded_on);
    match state(version) {
        as_recorded if as_recorded.is_empty() => format!("备案日期 {day}。{}", counts(recorded)),
        // Whether it was there at the time is not said of what stands no longer.
        state if version.over.is_some() => format!("备案日期 {day}。{state}。当时算不算备案，由调查人查明。"),
        state => format!("备案日期 {day}，{state}。{}", counts(recorded)),
    }
}

fn counts(recorded: Recorded) -> &'static str {
    match recorded {
        Recorded::Before => "在事情发生以前。",
        Recorded::After => "在事情发生以后，不算按规定备案。",
        Recorded::Unclear => "和事情发生在同一个月，先后要查清。",
    }
}

/// The page of 提交证据, filled without a name: an address is kept by browsers.
fn add(number: &str, version: &Version, recorded: Recorded) -> String {
    let relation = app::kin::words(&RELATIONS, version.entry.relation);
    let made = version.entry.recorded_on;
    let on = words::date(made);
    let told = match (&version.over, version.since) {
        (Some(over), _) if over.struck => format!("后来（{}）划去了", words::date(over.on)),
        (Some(over), _) => format!("后来（{}）更正了", words::date(over.on)),
        (None, Some(since)) => format!("更正后从 {} 算起，{}", words::date(since), counts(recorded)),
        (None, None) => counts(recorded).to_owned(),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("title", &format!("近亲属备案登记（{on}，{relation}）"))
        .append_pair("proves", &format!("这一户有干部是近亲属，备案日期 {on}，{told}"))
        .append_pair("made.year", &made.year().to_string())
        .append_pair("made.month", &made.month().to_string())
        .append_pair("made.day", &made.day().to_string())
        .append_pair("ring", "team")
        .finish();
    format!("/cases/{number}/acts/add-evidence?{query}")
}
