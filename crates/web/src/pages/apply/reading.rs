//! From a draft's texts to the application they amount to, with everything that is missing or wrong, field by field.
//!
//! What an application must say is `casefile`'s rule; here only what a form can leave open: a choice not made, a day
//! that is none, 其他 without words.

use super::sheet::{OTHER, Sheet};
use super::steps::{CORRECTING, Code, HELD, KIN, RECORDED, REPORTING, STEPS};
use crate::read::{Read, half_width};
use crate::values::Values;
use app::Viewer;
use base::law::GroundId;
use base::{Date, InstitutionId};
use casefile::acts::submit::{Accountability, Application, ApplicationCodes, ApplicationText, well_formed};
use casefile::words::SHORT_TEXT;
use casefile::{FieldRefusal, Role};

/// What a draft amounts to.
pub struct Reading {
    /// The application; not to be handed in while anything is refused.
    pub application: Application,
    /// What is missing or wrong, in the order of the steps; each field once.
    pub refused: Vec<FieldRefusal>,
}

/// The versions that were put before the applicant at the signature; empty before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// Of the declaration, ticked.
    pub declaration: &'a str,
    /// Of the leaflet of rights.
    pub leaflet: &'a str,
}

impl Seen<'_> {
    /// As the page of the signature posted them.
    pub fn of(values: &Values) -> Seen<'_> {
        Seen {
            declaration: values.text("declaration"),
            leaflet: values.text("leaflet"),
        }
    }
}

/// Reads the answers of `viewer`, who signed what they had `seen`.
pub fn read(sheet: &Sheet, viewer: &Viewer, seen: Seen, today: Date) -> Reading {
    let mut read = Read::of(sheet.values);
    let procedure = &sheet.pack.procedure;
    let codes = ApplicationCodes {
        person: viewer.person,
        unit: unit(viewer),
        claim: read.text("claim").as_str().into(),
        clauses: sheet.clause_ids(),
        work_kind: read.text("work_kind").as_str().into(),
        work_links: read.codes::<GroundId>("work_links"),
        happened: read.when("happened", "发生的日期"),
        discovered: read.optional_when("discovered", "发现的日期"),
        reporting: read.choice("reporting", "有没有报告", &codes(REPORTING)),
        reported: read.optional_when("reported", "报告的日期"),
        correcting: read.choice("correcting", "有没有改正", &codes(CORRECTING)),
        kin: read.choice("kin", "是不是亲戚", &codes(KIN)),
        kin_recorded: chosen(RECORDED, sheet.values.text("kin_recorded")),
        accountability: read.choice("held", "有没有单位在查", &codes(HELD)),
        inquiry_known: read.optional_when("inquiry_known", "知道有单位在查的日期"),
        declaration: seen.declaration.into(),
        leaflet: seen.leaflet.into(),
    };
    let held = chosen(HELD, sheet.values.text("held")).unwrap_or(Accountability::None);
    if held != Accountability::None {
        if codes.inquiry_known.is_none() {
            read.refuse("inquiry_known", "还没写什么时候知道有单位在查的。写年、月就行。");
        }
        if read.text("accountability").is_empty() {
            read.refuse("accountability", "还没写是哪个单位在查。知道多少写多少。");
        }
    }
    for (list, written, what) in [
        ("work_kind", "work_other", "工作"),
        ("work_links", "link_other", "哪一步"),
    ] {
        if sheet.values.all(list).iter().any(|id| id == OTHER) && read.text(written).is_empty() {
            read.refuse(written, format!("选了“其他”，还没写明是什么{what}。请写上。"));
        }
        let long = read.text(written).chars().count();
        if long > SHORT_TEXT {
            let sentence = format!("写明是什么{what}，最多写 {SHORT_TEXT} 个字，现在有 {long} 个字。请删短一些。");
            read.refuse(written, sentence);
        }
    }
    if sheet.clauses().iter().any(|clause| clause.catch_all) && read.text("citation").is_empty() {
        read.refuse("citation", "还没写是哪份文件。不知道文号先写名称，核实的人会查。");
    }
    let others = [read.text("work_other"), read.text("link_other")];
    let text = ApplicationText {
        name: read.text("name"),
        unit: read.text("unit"),
        post: read.text("post"),
        phone: half_width(&read.text("phone")),
        authorised_by: read.text("authorised_by"),
        work_other: others
            .iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("；"),
        account: read.text("account"),
        reported_to: read.text("reported_to"),
        correction: read.text("correction"),
        household: read.text("household"),
        village: read.text("village"),
        citation: read.text("citation"),
        accountability: read.text("accountability"),
        files: Vec::new(),
    };
    let application = Application { codes, text };
    let mut refused = read.ok().map_or_else(|refusal| refusal.fields, |()| Vec::new());
    if let Err(refusal) = well_formed(&application, procedure, &sheet.pack.substance().clauses, today).done() {
        refused.extend(refusal.fields);
    }
    Reading {
        application,
        refused: in_order(refused),
    }
}

/// Of what is refused, what was typed and is wrong: the rest is only not filled in yet.
pub fn is_wrong(refused: &FieldRefusal, values: &Values) -> bool {
    let parts = ["", ".year", ".month", ".day"];
    let typed = |part: &&str| !values.text(&format!("{}{part}", refused.field)).is_empty();
    parts.iter().any(typed) || values.refused.iter().any(|wrong| wrong.field == refused.field)
}

fn in_order(refused: Vec<FieldRefusal>) -> Vec<FieldRefusal> {
    let mut kept: Vec<FieldRefusal> = Vec::new();
    for one in refused {
        if !kept.iter().any(|before| before.field == one.field) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| STEPS.iter().position(|step| step.asks.contains(&one.field.as_str())));
    kept
}

fn codes<T: Copy>(list: &[Code<T>]) -> Vec<(&'static str, T)> {
    list.iter().map(|(code, _, means)| (*code, *means)).collect()
}

fn chosen<T: Copy>(list: &[Code<T>], code: &str) -> Option<T> {
    list.iter()
        .find(|(known, _, _)| *known == code)
        .map(|(_, _, means)| *means)
}

/// The unit the worker applies from: where they sit as a worker.
pub fn unit(viewer: &Viewer) -> InstitutionId {
    viewer
        .seat(Role::Worker)
        .map(|seat| seat.capacity.institution)
        .unwrap_or_default()
}
