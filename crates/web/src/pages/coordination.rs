//! `/coordination`: the major matters reported to the city, by due day, with both institutions' opinions as far as
//! they are open, and where they differ.

use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::words;
use app::reading::{CaseFile, TodoItem};
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::Date;
use base::law::Party;
use casefile::act::ActName;
use casefile::{Kind, Refusal, Role};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/coordination.html")]
pub struct CoordinationPage {
    /// Around it.
    pub frame: Frame,
    /// What waits for the city, the earliest due first.
    pub matters: Vec<Matter>,
    /// 超期上报: number, whose, the due day.
    pub overdue: Vec<(String, String, String)>,
}

/// One matter.
#[derive(Debug)]
pub struct Matter {
    /// 收件编号
    pub number: String,
    /// Whose application, at which bureau.
    pub title: String,
    /// Why it was reported, by whom and when.
    pub reported: String,
    /// In words.
    pub reason: String,
    /// By when.
    pub due: String,
    /// Whether that day is past.
    pub late: bool,
    /// Who holds which outcome right: institution, outcome, reason.
    pub opinions: Vec<(String, String, String)>,
    /// Whether they differ.
    pub differ: bool,
    /// The act that waits: code and title.
    pub act: (&'static str, &'static str),
}

/// `GET /coordination`
pub async fn get(visit: Visit) -> Page {
    if !visit.viewer.has(Role::Coordinator) {
        return Err(Refusal::not_found().into());
    }
    let todo = visit.app.todo(&visit.viewer).await?;
    let waiting = todo
        .overdue
        .into_iter()
        .chain(todo.today)
        .chain(todo.soon)
        .chain(todo.later);
    let mut matters = Vec::new();
    for item in waiting.filter(|item| matches!(item.act, ActName::Coordinate | ActName::AddCityView)) {
        let file = match visit.app.case_file(&visit.viewer, &item.number).await {
            Ok(file) => file,
            // One case that is hidden from this reader takes nothing from the others.
            Err(app::Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => continue,
            Err(failure) => return Err(failure.into()),
        };
        matters.extend(matter(&file, &item));
    }
    let overdue = visit.app.overdue_cases(&visit.viewer).await?.into_iter().map(|row| {
        let whose = format!("{}（{}）", row.applicant_name, row.unit_name);
        let due = row.due_on.map(words::day).unwrap_or_default();
        (row.number, whose, format!("应于{due}出结论，已经超期"))
    });
    let page = CoordinationPage {
        frame: visit.frame("/coordination"),
        matters,
        overdue: overdue.collect(),
    };
    Ok(Html(page.render()?).into_response())
}

/// One matter of the list; `None` where nothing was reported.
pub fn matter(file: &CaseFile, item: &TodoItem) -> Option<Matter> {
    let case = &file.case;
    let escalation = case.escalation.as_ref()?;
    let grounds: Vec<&str> = (file.procedure.procedure.major_grounds.iter())
        .filter(|ground| escalation.grounds.contains(&ground.id))
        .map(|ground| ground.text.as_str())
        .collect();
    let opened = case
        .opinions
        .iter()
        .filter_map(|(party, opinion)| Some((*party, opinion.content.as_ref()?)));
    let opinions = opened.map(|(party, content)| {
        (
            file.names.of(party).to_owned(),
            content.outcome.to_string(),
            content.reason.clone(),
        )
    });
    Some(Matter {
        number: file.number.clone(),
        title: format!("{}的尽职免责申请（{}）", item.applicant, file.names.of(Party::Bureau)),
        reported: format!(
            "{}，{}上报：{}",
            words::day(escalation.on),
            file.names.of(escalation.by),
            grounds.join("；")
        ),
        reason: escalation.reason.clone(),
        due: item.due.map(|due| due_words(due, file.today)).unwrap_or_default(),
        late: item.due.is_some_and(|due| due < file.today),
        opinions: opinions.collect(),
        differ: case.opinions_differ(),
        act: (item.act.code(), item.act.title()),
    })
}

fn due_words(due: Date, today: Date) -> String {
    if due < today {
        format!("应于{}协调，已经超过", words::day(due))
    } else {
        format!("{}前协调", words::day(due))
    }
}
