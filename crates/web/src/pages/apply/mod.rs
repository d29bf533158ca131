//! `/apply`: the worker's application, twelve steps, one question a page (ux.md 2).
//!
//! Every answer is saved as a draft on the server when a page is sent; any may be left open until the last page, which
//! names what is missing. `steps` is what is asked, `sheet` what was answered, `reading` what it amounts to, `files` the
//! step of the files, `check` the last page, `done` the receipt.

pub mod check;
pub mod done;
pub mod files;
pub mod reading;
pub mod sheet;
pub mod steps;

use crate::error::{self, Error, Page};
use crate::extract::{Path, Post, Visit};
use crate::form::{Control, Field, Form};
use crate::frame::Frame;
use crate::map::Map;
use crate::read;
use crate::values::Values;
use crate::words;
use app::drafts::{Draft, Fields};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use base::DraftId;
use base::law::Unit;
use casefile::{FieldRefusal, Refusal, Role};
use rules::{Clause, Pack};
use sheet::Sheet;
use steps::{CHECK, FILES, STEPS, Step, WHICH};

/// Under this name a draft keeps the step to go on with.
const AT: &str = "at";

/// `/apply`
#[derive(Debug, Template)]
#[template(path = "pages/apply_start.html")]
pub struct Start {
    /// Around it.
    pub frame: Frame,
    /// What may be applied for, in plain words.
    pub claims: String,
    /// `14 个工作日`
    pub within: String,
    /// The procedure, with the worker on it.
    pub map: Map,
    /// The words of the exclusions, with their citations.
    pub exclusions: Vec<(String, String)>,
}

/// One step.
#[derive(Debug, Template)]
#[template(path = "pages/apply_step.html")]
pub struct StepPage {
    /// Around it.
    pub frame: Frame,
    /// The question.
    pub title: String,
    /// Where 上一步 leads.
    pub back: String,
    /// Which step, from 1.
    pub n: usize,
    /// What the step line says.
    pub line: String,
    /// A line below the question; may be empty.
    pub hint: String,
    /// Leads elsewhere, above the form: address and words.
    pub above: Option<(String, &'static str)>,
    /// Leads elsewhere, below the form.
    pub below: Option<(String, &'static str)>,
    /// What to know first; empty for nothing.
    pub notice: String,
    /// The form.
    pub form: Form,
    /// When the steps before were saved.
    pub saved: String,
}

/// `GET /apply`
pub async fn start(visit: Visit) -> Page {
    may_apply(&visit)?;
    let pack = visit.app.packs().current();
    let page = Start {
        frame: visit.frame("/apply"),
        claims: claims(pack),
        within: within(pack),
        map: Map::for_worker(&visit).await?,
        exclusions: exclusions(pack),
    };
    Ok(Html(page.render()?).into_response())
}

/// `POST /apply`: a new draft, with what the account says.
pub async fn begin(visit: Visit) -> Page {
    may_apply(&visit)?;
    let unit = visit
        .viewer
        .seat(Role::Worker)
        .map(|seat| seat.institution_name.clone());
    let own = [
        ("name", visit.viewer.name.clone()),
        ("unit", unit.unwrap_or_default()),
        ("post", visit.viewer.post.clone()),
    ];
    let fields: Fields = own
        .into_iter()
        .map(|(name, text)| (name.to_owned(), vec![text]))
        .collect();
    let id = visit.app.new_draft(&visit.viewer).await?;
    visit.app.save_fields(&visit.viewer, id, fields).await?;
    Ok(Redirect::to(&url(id, STEPS[0].slug, &Way::default())).into_response())
}

/// `GET /apply/{draft}`: on to the step where it was left.
pub async fn go_on(visit: Visit, Path(draft): Path<String>) -> Page {
    let (id, first) = find(&draft, STEPS[0].slug)?;
    let draft = visit.app.draft(&visit.viewer, id).await?;
    let left = draft
        .fields
        .get(AT)
        .and_then(|texts| texts.first())
        .and_then(|slug| steps::place(slug));
    Ok(Redirect::to(&url(id, STEPS[left.unwrap_or(first)].slug, &Way::default())).into_response())
}

/// `GET /apply/{draft}/{step}`
pub async fn get(visit: Visit, Path((draft, slug)): Path<(String, String)>, RawQuery(query): RawQuery) -> Page {
    let (id, at) = find(&draft, &slug)?;
    let stored = visit.app.draft(&visit.viewer, id).await?;
    if slug == CHECK {
        return check::show(&visit, id, &stored).await;
    }
    let way = Way::of(query)?;
    let open = Open {
        visit: &visit,
        id,
        at,
        way,
        draft: &stored,
    };
    let values = Values::from(stored.fields.clone());
    if slug == WHICH && open.sheet(&values).groups().is_empty() {
        return Ok(Redirect::to(&url(id, "why", &open.way)).into_response());
    }
    open.draw(&values, &[], String::new(), StatusCode::OK)
}

/// `POST /apply/{draft}/{step}`
pub async fn post(Path((draft, slug)): Path<(String, String)>, RawQuery(query): RawQuery, post: Post) -> Page {
    let (id, at) = find(&draft, &slug)?;
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    if slug == CHECK {
        return check::post(&visit, id, &values, resumed).await;
    }
    let stored = visit.app.draft(&visit.viewer, id).await?;
    let open = Open {
        visit: &visit,
        id,
        at,
        way: Way::of(query)?,
        draft: &stored,
    };
    let before = Values::from(stored.fields.clone());
    let asked = open.fields(&open.sheet(&before));
    let typed = taken(&asked, &values);
    let mut after = stored.fields.clone();
    after.extend(typed.clone());
    let mut answers = Values::from(after);
    answers.refused.clone_from(&values.refused);
    if resumed {
        let notice = match slug == FILES {
            true => "您已重新登录。刚才填的都在下面，请看一下再保存；没传完的文件要重新选。",
            false => "您已重新登录。刚才填的都在下面，请看一下再保存。",
        };
        return open.draw(&answers, &[], notice.into(), StatusCode::OK);
    }
    let next = open.next(&answers);
    let mut kept = typed;
    // What a file proves is kept with the file.
    kept.retain(|name, _| !name.starts_with("proves."));
    // Whoever leaves off here, or only adds a file, comes back here.
    let goes_on = values.text("go").is_empty();
    let at_next = if goes_on { next.slug } else { STEPS[at].slug };
    kept.insert(AT.into(), vec![at_next.into()]);
    visit.app.save_fields(&visit.viewer, id, kept).await?;
    let mut refused = reading::read(
        &open.sheet(&answers),
        &visit.viewer,
        reading::Seen::default(),
        visit.app.today(),
    )
    .refused;
    refused.retain(|one| STEPS[at].asks.contains(&one.field.as_str()) && reading::is_wrong(one, &answers));
    if slug == FILES {
        refused = files::keep(&open, &mut values).await?;
        if refused.is_empty() && files::treat(&open, &values).await? {
            return Ok(Redirect::to(&url(id, FILES, &open.way)).into_response());
        }
    }
    let later = values.text("go") == "later";
    if !refused.is_empty() && !later {
        let stored = visit.app.draft(&visit.viewer, id).await?;
        let open = Open { draft: &stored, ..open };
        return open.draw(&answers, &refused, String::new(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let to = match values.text("go") {
        "later" => "/drafts".into(),
        "more" => url(id, FILES, &open.way),
        _ => next.url(id, &open.way),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What else the address says: from the last page or not, which group, whether to change what the account says.
#[derive(Default)]
struct Way {
    check: bool,
    group: String,
    change: bool,
}

impl Way {
    fn of(query: Option<String>) -> Result<Way, Error> {
        let query = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
        Ok(Way {
            check: query.text("back") == CHECK,
            group: query.text("group").to_owned(),
            change: query.has("change"),
        })
    }
}

/// The address of a step, with what of the way goes on.
fn url(id: DraftId, slug: &str, way: &Way) -> String {
    if way.check && slug != CHECK {
        format!("/apply/{id}/{slug}?back={CHECK}")
    } else {
        format!("/apply/{id}/{slug}")
    }
}

/// Where a step leads: another step, or another group's page of the same.
struct Next {
    slug: &'static str,
    group: String,
}

impl Next {
    fn url(&self, id: DraftId, way: &Way) -> String {
        let url = url(id, self.slug, way);
        match self.group.as_str() {
            "" => url,
            group if way.check => format!("{url}&group={group}"),
            group => format!("{url}?group={group}"),
        }
    }
}

/// One step of one draft, opened by its worker.
struct Open<'a> {
    visit: &'a Visit,
    id: DraftId,
    at: usize,
    way: Way,
    draft: &'a Draft,
}

impl<'a> Open<'a> {
    fn step(&self) -> &'static Step {
        &STEPS[self.at]
    }

    fn sheet<'s>(&'s self, values: &'s Values) -> Sheet<'s> {
        let mut sheet = Sheet::new(self.visit.app.packs().current(), values);
        sheet.change = self.way.change;
        sheet.at = &self.way.group;
        sheet
    }

    /// What this step asks.
    fn fields(&self, sheet: &Sheet) -> Vec<Field> {
        let mut fields = match self.step().slug {
            FILES => files::rows(self.id, &self.draft.files),
            _ => Vec::new(),
        };
        fields.extend((self.step().fields)(sheet));
        fields
    }

    /// Where this step is among the groups: which, of how many.
    fn among(&self, sheet: &Sheet) -> (usize, usize) {
        let groups = sheet.groups();
        let here = sheet
            .group()
            .and_then(|at| groups.iter().position(|group| group.id == at.id));
        (here.unwrap_or_default(), groups.len())
    }

    /// What comes after this step, by what is answered now.
    fn next(&self, values: &Values) -> Next {
        let sheet = self.sheet(values);
        let groups = sheet.groups();
        let group = |n: usize| groups.get(n).map(|group| group.id.to_string());
        let step = |slug| Next {
            slug,
            group: String::new(),
        };
        match self.step().slug {
            WHICH => match group(self.among(&sheet).0 + 1) {
                Some(group) => Next { slug: WHICH, group },
                None if self.way.check => step(CHECK),
                None => step(STEPS[self.at + 1].slug),
            },
            // Without a group there is nothing to tick.
            "why" if groups.is_empty() => step(if self.way.check { CHECK } else { STEPS[self.at + 2].slug }),
            // Other groups have other situations: these are asked before the check.
            "why" => step(WHICH),
            _ if self.way.check => step(CHECK),
            _ => step(STEPS[self.at + 1].slug),
        }
    }

    /// What comes before this step.
    fn before(&self, sheet: &Sheet) -> String {
        if self.way.check {
            return format!("/apply/{}/{CHECK}", self.id);
        }
        let groups = sheet.groups();
        let before = |groups: usize| groups.checked_sub(1);
        let group = match self.step().slug {
            WHICH => before(self.among(sheet).0),
            "account" => before(groups.len()),
            _ => None,
        };
        match (group.and_then(|n| groups.get(n)), self.at) {
            (Some(group), _) => format!("/apply/{}/{WHICH}?group={}", self.id, group.id),
            (None, 0) => "/apply".into(),
            (None, at) if STEPS[at].slug == "account" => url(self.id, "why", &self.way),
            (None, at) => url(self.id, STEPS[at - 1].slug, &self.way),
        }
    }

    fn draw(&self, values: &Values, refused: &[FieldRefusal], notice: String, status: StatusCode) -> Page {
        let (step, sheet) = (self.step(), self.sheet(values));
        let (among, of) = self.among(&sheet);
        // From 为什么 on other situations may have to be ticked before the check.
        let to_check = self.way.check && step.slug != "why" && (step.slug != WHICH || among + 1 >= of);
        let verb = match step.slug {
            _ if to_check => "保存，回到核对",
            FILES if !self.draft.files.is_empty() => "没有了，下一步",
            _ => "保存，下一步",
        };
        let mut form = Form::new(verb).fields(self.fields(&sheet)).fill(values);
        if step.slug == FILES {
            let pieces = format!("/apply/{}/pieces", self.id);
            form = form.in_pieces(pieces).button("go", "more", "上传，再加一份");
        }
        form = form.button("go", "later", "先存着，以后再填");
        if !refused.is_empty() {
            form = form.refuse(&Refusal::fields(refused.to_vec()));
        }
        let mut frame = self.visit.frame("/apply");
        frame.wrong = !refused.is_empty();
        let n = self.at + 1;
        let page = StepPage {
            frame,
            title: step.question.into(),
            back: self.before(&sheet),
            n,
            line: match step.slug {
                WHICH if of > 1 => format!("第 {n} 步 · 第 {} 类，共 {of} 类", among + 1),
                _ => format!("第 {n} 步，共 {} 步 · {}", STEPS.len(), step.name),
            },
            hint: match (step.slug, sheet.group()) {
                (WHICH, Some(group)) => format!(
                    "您选的是“{}”。可以选一项，也可以都选。拿不准就选最像的，最后由核实的人按事实认定。",
                    group.label
                ),
                _ => step.hint.into(),
            },
            above: (step.slug == "me" && !self.way.change).then(|| {
                let url = url(self.id, "me", &self.way);
                let mark = if self.way.check { '&' } else { '?' };
                (format!("{url}{mark}change=1"), "更改姓名、单位、岗位")
            }),
            below: match step.slug {
                WHICH => Some((url(self.id, "why", &self.way), "都不像，换一类看看")),
                _ => None,
            },
            notice,
            form,
            saved: words::day_and_time(self.draft.saved),
        };
        Ok((status, Html(page.render()?)).into_response())
    }
}

/// The draft and the step an address names.
fn find(draft: &str, slug: &str) -> Result<(DraftId, usize), Error> {
    match (draft.parse(), steps::place(slug)) {
        (Ok(id), Some(at)) => Ok((id, at)),
        _ => Err(Error::Page(Box::new(error::not_found()))),
    }
}

/// What the fields of a step were sent with; what was asked and not ticked is empty.
fn taken(asked: &[Field], values: &Values) -> Fields {
    let mut fields = Fields::new();
    for field in asked {
        let names = match field.control {
            Control::Static | Control::Heading | Control::File { .. } | Control::Password => continue,
            Control::Date { .. } => {
                // A day is kept as it was understood, so that it stands in its three fields when it comes back.
                let parts = read::parts(values, &field.name);
                let names = ["year", "month", "day"].map(|part| format!("{}.{part}", field.name));
                fields.extend(names.into_iter().zip(parts.map(|part| vec![part])));
                continue;
            }
            _ => vec![field.name.clone()],
        };
        fields.extend(names.into_iter().map(|name| (name.clone(), values.all(&name).to_vec())));
    }
    fields
}

/// Only workers apply, in their own name.
fn may_apply(visit: &Visit) -> Result<(), Refusal> {
    if visit.viewer.has(Role::Worker) {
        return Ok(());
    }
    Err(Refusal::not_you(
        "own-name",
        "尽职免责申请要由工作人员本人提出，您的账号不是工作人员账号。",
        "请让本人登录申请，或者在窗口收纸质申请。",
        "六（一）",
    ))
}

/// What may be applied for in plain words, as one sentence goes on: `申请不追究责任或者减轻责任`.
fn claims(pack: &Pack) -> String {
    let single = pack.procedure.claims.iter().filter(|claim| claim.outcomes.len() == 1);
    let plain: Vec<&str> = single
        .enumerate()
        .map(|(n, claim)| match n {
            0 => claim.plain.as_str(),
            _ => claim.plain.trim_start_matches("申请"),
        })
        .collect();
    plain.join("或者")
}

/// How long the conclusion may take: `14 个工作日`.
pub fn within(pack: &Pack) -> String {
    let deadline = pack.procedure.deadlines.first();
    let unit = |unit| match unit {
        Unit::WorkingDays => "个工作日",
        Unit::Days => "天",
        Unit::Months => "个月",
    };
    deadline
        .map(|deadline| format!("{} {}", deadline.n, unit(deadline.unit)))
        .unwrap_or_default()
}

/// What bars the first outcome: citation and words.
pub fn exclusions(pack: &Pack) -> Vec<(String, String)> {
    let barred = pack
        .outcomes
        .first()
        .map(|outcome| outcome.exclusions.as_slice())
        .unwrap_or_default();
    let clauses = barred.iter().filter_map(|condition| pack.clause(&condition.clause));
    clauses
        .map(|clause: &Clause| (clause.citation.clone(), clause.text.clone()))
        .collect()
}
