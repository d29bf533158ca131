//! To-dos and the list of cases: rows of views, within what the reader's seats reach.

use crate::App;
use crate::authority::Viewer;
use crate::codec::{party_code, role_code};
use crate::error::Result;
use base::Date;
use base::law::Party;
use casefile::act::ActName;
use casefile::stage::Stage;
use casefile::{Refusal, Role};
use store::{CaseFilter, CaseOrder, CaseRow, Count, Holder, Scope};

/// How many rows a page has (ux.md 5).
const PAGE: u32 = 20;
/// The most to-dos shown at once.
const MOST_TODOS: u32 = 200;

/// Something that waits for the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoItem {
    /// The act to be done.
    pub act: ActName,
    /// The case's receipt number.
    pub number: String,
    /// The applicant.
    pub applicant: String,
    /// By when, where the step has a target.
    pub due: Option<Date>,
    /// Since when it waits.
    pub since: Date,
    /// When the viewer was reminded of it last.
    pub reminded: Option<Date>,
}

/// The home page: what waits, by due day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TodoPage {
    /// 已逾期
    pub overdue: Vec<TodoItem>,
    /// 今天到期
    pub today: Vec<TodoItem>,
    /// 3 个工作日内
    pub soon: Vec<TodoItem>,
    /// 以后, and what has no day.
    pub later: Vec<TodoItem>,
    /// The viewer's own applications.
    pub own: Vec<CaseRow>,
}

/// What to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Only this stage.
    pub stage: Option<String>,
    /// Only open or only closed ones.
    pub closed: Option<bool>,
    /// Only those due on or before this day.
    pub due_by: Option<Date>,
    /// Number, applicant or unit.
    pub text: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
}

/// One page of the list of cases.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are, up to a cap.
    pub count: Count,
}

impl App {
    /// What waits for the viewer.
    ///
    /// # Errors
    /// The store.
    pub async fn todo(&self, viewer: &Viewer) -> Result<TodoPage> {
        let list = (self.store)
            .list_todos(&holders(viewer), Some(viewer.person), None, MOST_TODOS)
            .await?;
        let (calendar, today) = (self.calendar(), self.today());
        let mut page = TodoPage {
            own: self.own_cases(viewer).await?,
            ..TodoPage::default()
        };
        for row in list.rows {
            let Some(act) = ActName::parse(&row.act) else { continue };
            let left = row.due_on.map(|due| calendar.working_days_between(today, due));
            let group = match row.due_on {
                Some(due) if due < today => &mut page.overdue,
                Some(due) if due == today => &mut page.today,
                Some(_) if left.is_some_and(|left| left <= 3) => &mut page.soon,
                _ => &mut page.later,
            };
            let item = TodoItem {
                act,
                number: row.number,
                applicant: row.applicant_name,
                due: row.due_on,
                since: row.opened_on,
                reminded: row.reminded_on,
            };
            group.push(item);
        }
        Ok(page)
    }

    async fn own_cases(&self, viewer: &Viewer) -> Result<Vec<CaseRow>> {
        let scope = Scope::Person {
            person: viewer.person,
            relations: vec!["applicant".into()],
        };
        let filter = CaseFilter {
            scope,
            ..CaseFilter::default()
        };
        let mut rows = (self.store)
            .list_cases(&filter, CaseOrder::Received, None, 50)
            .await?
            .rows;
        // The applicant is not told that the institutions differ.
        for row in &mut rows {
            if [Stage::Consultation, Stage::Coordination]
                .map(Stage::code)
                .contains(&row.stage.as_str())
            {
                row.stage = Stage::Determination.code().into();
                row.stage_text.clone_from(&row.stage);
                row.waiting_for.clear();
            }
        }
        Ok(rows)
    }

    /// 超期上报: the cases whose due date is past and whose conclusion is not given, for the city's coordinator.
    ///
    /// # Errors
    /// Not found for whoever coordinates nothing.
    pub async fn overdue_cases(&self, viewer: &Viewer) -> Result<Vec<CaseRow>> {
        if !viewer.has(Role::Coordinator) {
            return Err(Refusal::not_found().into());
        }
        let filter = CaseFilter {
            closed: Some(false),
            due_by: self.today().yesterday().ok(),
            except: Some(viewer.person),
            ..CaseFilter::default()
        };
        let list = self.store.list_cases(&filter, CaseOrder::Due, None, MOST_TODOS).await?;
        Ok(list.rows.into_iter().filter(|row| row.met_on.is_none()).collect())
    }

    /// The cases within reach of the viewer's seats.
    ///
    /// # Errors
    /// Not found for those who have no list; a cursor that is none.
    pub async fn cases(&self, viewer: &Viewer, query: CaseQuery) -> Result<CasePage> {
        let Some(scope) = scope(viewer) else {
            return Err(Refusal::not_found().into());
        };
        let filter = CaseFilter {
            scope,
            stages: query.stage.into_iter().collect(),
            closed: query.closed,
            due_by: query.due_by,
            text: query.text,
            except: Some(viewer.person),
        };
        let count = self.store.count_cases(&filter).await?;
        let list = match self
            .store
            .list_cases(&filter, CaseOrder::Due, query.after.as_deref(), PAGE)
            .await
        {
            Err(store::Error::Malformed(_)) => self.store.list_cases(&filter, CaseOrder::Due, None, PAGE).await?,
            list => list?,
        };
        Ok(CasePage {
            rows: list.rows,
            next: list.next,
            count,
        })
    }
}

/// As whom the viewer's to-dos are held.
fn holders(viewer: &Viewer) -> Vec<Holder> {
    let seats = viewer.seats.iter().map(|seat| {
        let role = role_code(seat.capacity.role);
        let role = seat
            .capacity
            .party
            .map_or(role.to_owned(), |party| format!("{role}.{}", party_code(party)));
        Holder::Role {
            role,
            institution: seat.capacity.institution,
        }
    });
    std::iter::once(Holder::Person(viewer.person)).chain(seats).collect()
}

/// The widest scope one of the viewer's seats opens.
fn scope(viewer: &Viewer) -> Option<Scope> {
    let scope = |seat: &crate::Seat| match (seat.capacity.role, seat.capacity.party) {
        (Role::Auditor, _) | (Role::Coordinator, Some(Party::City | Party::CityDiscipline)) => Some(Scope::All),
        (Role::Lead | Role::Intake, Some(Party::Bureau)) => Some(Scope::Bureau(seat.capacity.institution)),
        (Role::Lead, Some(Party::Discipline)) => Some(Scope::Discipline(seat.capacity.institution)),
        (Role::Investigator, _) => Some(Scope::Person {
            person: viewer.person,
            relations: vec!["investigator".into()],
        }),
        _ => None,
    };
    let breadth = |scope: &Scope| match scope {
        Scope::All => 0,
        Scope::Bureau(_) | Scope::Discipline(_) | Scope::Unit(_) => 1,
        Scope::Person { .. } => 2,
    };
    viewer.seats.iter().filter_map(scope).min_by_key(breadth)
}
