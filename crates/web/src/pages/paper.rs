//! `/paper`: the clerk at the window enters an application that came on paper (窗口代录), the scan first, then what
//! it says as one long form, in the words and fields of [`super::apply`]. The applicant stays the worker.

use super::apply::done::{Told, told};
use super::apply::reading::{self, Seen};
use super::apply::sheet::Sheet;
use super::apply::steps::{self, CHECK, FILES, STEPS, WHICH};
use crate::error::{self, Page};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form, choices};
use crate::frame::Frame;
use crate::read::Read;
use crate::values::Values;
use app::receive::PaperForm;
use app::{Failure, Institution, Person, Seat, Standing, Viewer};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::law::Party;
use base::{ActId, Date, InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::acts::enter_paper::no_scan;
use casefile::case::{Channel, File};
use casefile::{Capacity, Refusal, Role};
use rules::Pack;

/// How it can have come.
const CHANNELS: [(&str, &str, Channel); 4] = [
    ("window", "本人交到窗口", Channel::Window),
    ("post", "邮寄", Channel::Post),
    ("oral", "口头说的，有笔录和手印", Channel::Oral),
    ("carried", "本人签字，别人代交", Channel::Carried),
];

/// The window.
#[derive(Debug, Template)]
#[template(path = "pages/paper.html")]
pub struct PaperPage {
    /// Around it.
    pub frame: Frame,
    /// What to know first; empty for nothing.
    pub notice: String,
    /// The form.
    pub form: Form,
}

/// What the form is made of.
pub struct Window<'a> {
    /// The pack whose questions are put.
    pub pack: &'a Pack,
    /// The units under the bureau, and the bureau itself.
    pub units: &'a [Institution],
    /// Workers of those units who have an account.
    pub workers: &'a [Person],
    /// The legal day.
    pub today: Date,
}

/// `GET /paper`
pub async fn get(visit: Visit) -> Page {
    let (units, workers) = around(&visit).await?;
    let window = Window {
        pack: visit.app.packs().current(),
        units: &units,
        workers: &workers,
        today: visit.app.today(),
    };
    let form = form(&window, &Values::default(), visit.app.fresh_act());
    draw(&visit, form, String::new(), StatusCode::OK)
}

/// `POST /paper`
pub async fn post(post: Post) -> Page {
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    let (units, workers) = around(&visit).await?;
    let window = Window {
        pack: visit.app.packs().current(),
        units: &units,
        workers: &workers,
        today: visit.app.today(),
    };
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let kept = values.kept().into_iter().find(|(field, ..)| field == "scan");
    if resumed {
        if let Some((field, address, name)) = kept {
            let file = File {
                address,
                name,
                ..File::default()
            };
            values.put_file(&field, file);
        }
        let notice = "您已重新登录。刚才填的都在下面，请看一下再提交；没收到的文件要重新选。";
        return draw(&visit, form(&window, &values, act), notice.into(), StatusCode::OK);
    }
    let sent = values.take_uploads().remove("scan").unwrap_or_default();
    let scan = match (sent.into_iter().next(), kept) {
        (Some(upload), _) => Some((upload.name, upload.bytes)),
        (None, Some((_, address, name))) => {
            let bytes = visit.app.take_scan(&visit.viewer, &address).await?;
            bytes.map(|bytes| (name, bytes))
        }
        (None, None) => None,
    };
    let entered = match read(&window, &values, visit.app.fresh_person()) {
        Ok(mut paper) => {
            paper.scan.clone_from(&scan);
            visit.app.enter_paper(&visit.viewer, act, paper).await.map_err(at_scan)
        }
        Err(mut refusal) => {
            if scan.is_none() && !refusal.field_names().contains(&"scan") {
                refusal.fields.insert(0, no_scan());
            }
            Err(refusal.into())
        }
    };
    match entered {
        Ok(done) => Ok(redirect_done(
            &format!("/paper/done/{}", done.number),
            if done.already { "already" } else { "enter-paper" },
        )),
        Err(Failure::Refused(refusal)) if refusal.kind == casefile::Kind::NotFound => Err((*refusal).into()),
        Err(Failure::Refused(mut refusal)) => {
            if let Some((name, bytes)) = scan
                && !refusal.field_names().contains(&"scan")
            {
                match visit.app.keep_scan(&visit.viewer, &name, &bytes).await.map_err(at_scan) {
                    Ok(file) => values.put_file("scan", file),
                    Err(Failure::Refused(told)) => refusal.fields.extend(told.fields),
                    Err(failure) => return Err(failure.into()),
                }
            }
            let form = form(&window, &values, act).refuse(&refusal);
            let notice = "没有收下，填的都在下面。";
            draw(&visit, form, notice.into(), error::status(refusal.kind))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A file that cannot be taken is told at the field it came in.
fn at_scan(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(mut refusal) => {
            for field in refusal.fields.iter_mut().filter(|field| field.field == "files") {
                field.field = "scan".into();
            }
            Failure::Refused(refusal)
        }
        other => other,
    }
}

/// The units of the viewer's bureau and their workers; not found for whoever does not sit at a bureau's window.
async fn around(visit: &Visit) -> Result<(Vec<Institution>, Vec<Person>), Failure> {
    let window = |seat: &&Seat| {
        let capacity = seat.capacity;
        capacity.is(Role::Intake, Party::Bureau) || capacity.is(Role::Lead, Party::Bureau)
    };
    let Some(seat) = visit.viewer.seats.iter().find(window) else {
        return Err(Refusal::not_found().into());
    };
    let bureau = seat.capacity.institution;
    let all = visit.app.institutions().await?;
    let under = |institution: &Institution| {
        let mut at = Some(institution.id);
        for _ in 0..8 {
            match at {
                Some(id) if id == bureau => return true,
                Some(id) => at = all.iter().find(|known| known.id == id).and_then(|known| known.parent),
                None => return false,
            }
        }
        false
    };
    let units: Vec<Institution> = all.iter().filter(|institution| under(institution)).cloned().collect();
    let works = |person: &Person| {
        let here = |id: &InstitutionId| units.iter().any(|unit| unit.id == *id);
        person
            .capacities
            .iter()
            .any(|(role, at)| *role == Role::Worker && here(at))
    };
    let workers = visit.app.people().await?.into_iter().filter(works).collect();
    Ok((units, workers))
}

/// `/paper/done/{no}`: the slip to take home.
#[derive(Debug, Template)]
#[template(path = "pages/paper_done.html")]
pub struct SlipPage {
    /// Around it.
    pub frame: Frame,
    /// Who received it from whom.
    pub title: String,
    /// The receipt.
    pub told: Told,
    /// Whether this clerk may go on with the acceptance.
    pub goes_on: bool,
}

/// `GET /paper/done/{no}`
pub async fn done(visit: Visit, Path(number): Path<String>) -> Page {
    let file = visit.app.case_file(&visit.viewer, &number).await?;
    let at_window = matches!(file.standing, Standing::Team(Party::Bureau));
    let (true, Some(receipt), Some(application)) = (at_window, &file.case.receipt, &file.case.application) else {
        return Ok(error::not_found());
    };
    if receipt.entered_by.is_none() {
        return Ok(error::not_found());
    }
    let page = SlipPage {
        frame: visit.frame("/paper"),
        title: format!("已收下{}的申请", application.text.name),
        told: told(&file, receipt),
        goes_on: file.my_acts.contains(&ActName::Accept),
    };
    Ok(Html(page.render()?).into_response())
}

/// The form, with what was typed.
pub fn form(window: &Window, values: &Values, act: ActId) -> Form {
    let sheet = sheet(window.pack, values);
    let workers = window
        .workers
        .iter()
        .map(|person| Choice::new(person.id, format!("{}（{}）", person.name, person.post)));
    let units = window.units.iter().map(|unit| Choice::new(unit.id, unit.name.as_str()));
    let channels: Vec<(&str, &str)> = CHANNELS.iter().map(|(code, words, _)| (*code, *words)).collect();
    let (declaration, leaflet) = (&window.pack.procedure.declaration, &window.pack.procedure.leaflet);
    let mut form = Form::new("收下")
        .dense()
        .field(Field::file("scan", "签了名的申请").hint("扫描或者拍照，要看得清签名或者手印。一个最大 20 MB。"))
        .field(Field::heading("收件"))
        .field(Field::radio("channel", "怎么交来的", choices(&channels)))
        .field(
            Field::date("received_on", "局里收到的日期")
                .hint("期限从这一天起算。")
                .day(window.today),
        )
        .field(Field::text("carried_by", "代交人").hint("别人代交的才填。").optional())
        .field(Field::date("handed_in_on", "先交给别处的，哪一天交出的").optional())
        .field(
            Field::text("handed_in_to", "先交给了谁")
                .hint("例如“子岸镇民政所”。")
                .optional(),
        )
        .field(Field::heading("申请人"))
        .field(
            Field::select("person", "申请人的账号", workers.collect())
                .hint("在系统里有账号的选上，本人就能在网上看进度，姓名和岗位不用再填。")
                .optional(),
        )
        .field(Field::select("unit", "申请人的单位", units.collect()));
    for step in STEPS
        .iter()
        .filter(|step| ![WHICH, FILES, CHECK, "why"].contains(&step.slug))
    {
        if step.slug != "me" {
            form = form.field(Field::heading(step.name));
        }
        let fields = (step.fields)(&sheet).into_iter().filter(|field| field.name != "unit");
        form = form.fields(fields.map(|field| match field.name.as_str() {
            "name" | "post" => field.hint("没有选账号的填。"),
            _ => field,
        }));
        if step.slug == "when" {
            form = form.field(Field::heading("申请情形")).fields(situations(&sheet));
        }
    }
    form = form.field(Field::heading("签名"));
    form.field(Field::checks(
        "declaration",
        "声明",
        vec![Choice::new(&declaration.version, "纸上有本人签了名的声明")],
    ))
    .field(
        Field::checks(
            "leaflet",
            "告知书",
            vec![Choice::new(&leaflet.version, "签名以前，本人看过权利告知书")],
        )
        .hint("没看过的不勾，受理时会一起送给本人。")
        .optional(),
    )
    .consequences("马上得到收件编号，期限从局里收到的那天起算。申请人仍是本人，您是代录人。")
    .field(Field::hidden("act_id", act))
    .fill(values)
}

/// The situations of all groups, one list a group, and what is claimed.
fn situations(sheet: &Sheet) -> Vec<Field> {
    let procedure = &sheet.pack.procedure;
    let mut fields: Vec<Field> = Vec::new();
    for group in &sheet.pack.groups {
        let listed = sheet.clauses_of(group).map(steps::clause).collect();
        fields.push(Field::checks(&Sheet::ticks(group), group.label.as_str(), listed).optional());
    }
    let claims = procedure
        .claims
        .iter()
        .map(|claim| Choice::new(&claim.id, claim.text.as_str()).hint(claim.plain.as_str()));
    fields.push(Field::text("citation", "依据别的文件的，哪份文件、哪一条").optional());
    fields.push(Field::radio("claim", "申请什么", claims.collect()));
    fields
}

/// The answers as the steps would have them: every field may be changed.
fn sheet<'a>(pack: &'a Pack, values: &'a Values) -> Sheet<'a> {
    let mut sheet = Sheet::new(pack, values);
    sheet.change = true;
    sheet
}

/// What was typed, as what is entered; without the scan. `fresh` is the applicant's id where they have no account.
///
/// # Errors
/// Everything that is missing or wrong, by field.
pub fn read(window: &Window, values: &Values, fresh: PersonId) -> Result<PaperForm, Refusal> {
    let unit = window
        .units
        .iter()
        .find(|unit| unit.id.to_string() == values.text("unit"));
    let account = window
        .workers
        .iter()
        .find(|person| person.id.to_string() == values.text("person"));
    let mut answers = values.clone();
    answers.remove("unit");
    answers.put("unit", unit.map_or("", |unit| unit.name.as_str()));
    for (field, known) in [
        ("name", account.map_or("", |person| person.name.as_str())),
        ("post", account.map_or("", |person| person.post.as_str())),
    ] {
        if values.text(field).is_empty() {
            answers.remove(field);
            answers.put(field, known);
        }
    }
    // On paper nobody chooses groups first: a group is chosen where one of its situations is ticked.
    let ticked = window
        .pack
        .groups
        .iter()
        .filter(|group| !values.all(&Sheet::ticks(group)).is_empty());
    for group in ticked {
        answers.put("groups", group.id.as_str());
    }
    let applicant = Viewer {
        person: account.map_or(fresh, |person| person.id),
        name: answers.text("name").to_owned(),
        post: answers.text("post").to_owned(),
        seats: unit.map(seat).into_iter().collect(),
        units: Vec::new(),
    };
    let sheet = sheet(window.pack, &answers);
    let mut reading = reading::read(&sheet, &applicant, Seen::of(values), window.today);
    let mut read = Read::of(values);
    let paper = PaperForm {
        application: reading.application,
        channel: read.choice(
            "channel",
            "怎么交来的",
            &CHANNELS.map(|(code, _, channel)| (code, channel)),
        ),
        received_on: read.date("received_on", "局里收到的日期"),
        handed_in_on: read.optional_date("handed_in_on", "交出的日期"),
        handed_in_to: read.text("handed_in_to"),
        carried_by: read.text("carried_by"),
        scan: None,
    };
    let mut refused = read.ok().map_or_else(|refusal| refusal.fields, |()| Vec::new());
    for wrong in &mut reading.refused {
        match wrong.field.as_str() {
            "unit" => wrong.sentence = "还没选申请人的单位。请选一项。".into(),
            // The situations are many fields here; the first of them says that none is ticked.
            "clauses" => wrong.field = window.pack.groups.first().map(Sheet::ticks).unwrap_or_default(),
            _ => {}
        }
    }
    refused.extend(
        reading
            .refused
            .into_iter()
            .filter(|wrong| !values.refused.iter().any(|told| told == wrong)),
    );
    if refused.is_empty() {
        Ok(paper)
    } else {
        Err(Refusal::fields(refused))
    }
}

fn seat(unit: &Institution) -> Seat {
    Seat {
        capacity: Capacity {
            role: Role::Worker,
            institution: unit.id,
            party: unit.party,
        },
        institution_name: unit.name.clone(),
    }
}

fn draw(visit: &Visit, form: Form, notice: String, status: StatusCode) -> Page {
    let mut frame = visit.frame("/paper");
    frame.wrong = form.wrong() > 0;
    let page = PaperPage { frame, notice, form };
    Ok((status, Html(page.render()?)).into_response())
}
