//! To-dos and the list of cases: rows of views, within what the reader's seats reach.

use crate::App;
use crate::authority::{Viewer, except, list_seat, scope};
use crate::codec::{party_code, role_code};
use crate::error::Result;
use crate::people::Institution;
use crate::views::Pace;
use base::law::Party;
use base::{Date, InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::stage::Stage;
use casefile::waiting::Whom;
use casefile::{Capacity, Refusal, Role};
use store::{CaseFilter, CaseOrder, CaseRow, Count, Export, Holder, Scope, TodoRow};

/// How many rows a page has (ux.md 5).
const PAGE: u32 = 20;
/// The most to-dos shown at once.
const MOST_TODOS: u32 = 200;
/// The most to-dos of others shown on the home page.
const MOST_OTHERS: u32 = 20;
/// The most cases of one export.
pub const MOST_EXPORTED: u32 = 5_000;

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
    /// How many questions are still to be found out, where the viewer finds them out.
    pub open_questions: Option<u32>,
}

/// Something on a case of the viewer's that others have to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherItem {
    /// The act to be done.
    pub act: ActName,
    /// By whom, in words.
    pub who: String,
    /// The case's receipt number.
    pub number: String,
    /// The applicant.
    pub applicant: String,
    /// By when, where the step has a target.
    pub due: Option<Date>,
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
    /// The open cases the viewer investigates.
    pub investigated: Vec<CaseRow>,
    /// 我在等别人的, the first of them.
    pub others: Vec<OtherItem>,
}

/// What to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only open or only closed ones.
    pub closed: Option<bool>,
    /// Only those that stand so to the statutory day.
    pub pace: Option<Pace>,
    /// Only those concluded after so many working days, from and to.
    pub days_used: Option<(u32, u32)>,
    /// Only those due on or after this day.
    pub due_from: Option<Date>,
    /// Only those due on or before this day.
    pub due_by: Option<Date>,
    /// Only those of this home bureau.
    pub bureau: Option<InstitutionId>,
    /// Only those whose applicant works at this unit.
    pub unit: Option<InstitutionId>,
    /// Only this kind of work.
    pub work_kind: Option<String>,
    /// Only this outcome; `Some(None)` is none yet.
    pub outcome: Option<Option<String>>,
    /// Only those this person investigates.
    pub handler: Option<PersonId>,
    /// Only those received on or after this day.
    pub received_from: Option<Date>,
    /// Only those received on or before this day.
    pub received_by: Option<Date>,
    /// Number, applicant, unit, clause or outcome.
    pub text: Option<String>,
    /// In which order.
    pub order: CaseOrder,
    /// Where the page lies: the cursor of another page.
    pub at: Option<String>,
}

/// One page of the list of cases.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Where the page before lies.
    pub previous: Option<String>,
    /// Where the next page lies.
    pub next: Option<String>,
    /// How many there are, up to a cap.
    pub count: Count,
}

/// What the list can be filtered by, for one viewer: ids and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// 县（区）, for those who see more than one.
    pub bureaus: Vec<(InstitutionId, String)>,
    /// 单位 of the one bureau seen.
    pub units: Vec<(InstitutionId, String)>,
    /// 经办人 of the one bureau seen and its group.
    pub handlers: Vec<(PersonId, String)>,
}

impl App {
    /// What waits for the viewer.
    ///
    /// # Errors
    /// The store.
    pub async fn todo(&self, viewer: &Viewer) -> Result<TodoPage> {
        let list = (self.store)
            .list_todos(&holders(viewer), Some(&except(viewer)), None, MOST_TODOS)
            .await?;
        let (calendar, today) = (self.calendar(), self.today());
        let mut page = TodoPage {
            own: self.own_cases(viewer).await?,
            investigated: self.investigated_cases(viewer).await?,
            others: self.waiting_for_others(viewer).await?,
            ..TodoPage::default()
        };
        for row in list.rows {
            let Some(act) = ActName::parse(&row.act) else { continue };
            let finds_out = page.investigated.iter().find(|case| case.case == row.case);
            let open_questions = finds_out.and_then(|case| case.open_questions);
            let left = row.due_on.map(|due| calendar.working_days_between(today, due));
            let group = match row.due_on {
                Some(due) if due < today => &mut page.overdue,
                Some(due) if due == today => &mut page.today,
                Some(_) if left.is_some_and(|left| left <= 3) => &mut page.soon,
                _ => &mut page.later,
            };
            let item = TodoItem {
                open_questions,
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

    async fn investigated_cases(&self, viewer: &Viewer) -> Result<Vec<CaseRow>> {
        if !viewer.has(Role::Investigator) {
            return Ok(Vec::new());
        }
        let filter = CaseFilter {
            scope: investigated(viewer),
            closed: Some(false),
            except: Some(except(viewer)),
            ..CaseFilter::default()
        };
        let list = (self.store)
            .list_cases(&filter, CaseOrder::Due, None, MOST_TODOS)
            .await?;
        Ok(list.rows)
    }

    /// What others have to do on the cases of the viewer's list on which nothing waits for the viewer.
    async fn waiting_for_others(&self, viewer: &Viewer) -> Result<Vec<OtherItem>> {
        let Ok(filter) = self.filter(viewer, &CaseQuery::default()) else {
            return Ok(Vec::new());
        };
        let rows = (self.store).list_others(&filter, &holders(viewer), MOST_OTHERS).await?;
        let people = rows.iter().filter_map(|(_, todo)| match todo.holder {
            Holder::Person(person) => Some(person),
            Holder::Role { .. } => None,
        });
        let people = self.store.persons_named(&people.collect::<Vec<_>>()).await?;
        let who = |case: &CaseRow, holder: &Holder| match holder {
            Holder::Person(person) if case.applicant == Some(*person) => "申请人".to_owned(),
            Holder::Person(person) => {
                let name = people.iter().find(|row| row.id == *person).map(|row| row.name.as_str());
                format!("调查人{}", name.unwrap_or_default())
            }
            Holder::Role { .. } => match crate::codec::parse_capacity(&holder.to_string()) {
                Some(Capacity {
                    role,
                    party: Some(party),
                    ..
                }) => Whom::Role(role, party).text(&casefile::Case::default()),
                _ => Whom::Unit(Role::Recipient).text(&casefile::Case::default()),
            },
        };
        let item = |(case, todo): (CaseRow, TodoRow)| {
            Some(OtherItem {
                act: ActName::parse(&todo.act)?,
                who: who(&case, &todo.holder),
                number: todo.number,
                applicant: todo.applicant_name,
                due: todo.due_on,
            })
        };
        Ok(rows.into_iter().filter_map(item).collect())
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
            pace: Some(Pace::Open.code().into()),
            due_by: self.today().yesterday().ok(),
            except: Some(except(viewer)),
            ..CaseFilter::default()
        };
        let list = self.store.list_cases(&filter, CaseOrder::Due, None, MOST_TODOS).await?;
        Ok(list.rows)
    }

    /// The cases within reach of the viewer's seats.
    ///
    /// # Errors
    /// Not found for those who have no list.
    pub async fn cases(&self, viewer: &Viewer, query: &CaseQuery) -> Result<CasePage> {
        let filter = self.filter(viewer, query)?;
        let count = self.store.count_cases(&filter).await?;
        let at = query.at.as_deref();
        let list = match self.store.list_cases(&filter, query.order, at, PAGE).await {
            // A cursor that is none leads to the beginning.
            Err(store::Error::Malformed(_)) if at.is_some() => {
                self.store.list_cases(&filter, query.order, None, PAGE).await?
            }
            list => list?,
        };
        Ok(CasePage {
            rows: list.rows,
            previous: list.previous,
            next: list.next,
            count,
        })
    }

    /// The first cases of the list, to be taken away as a file, and whether there are more; that they were taken is on
    /// record.
    ///
    /// # Errors
    /// Not found for those who have no list.
    pub async fn export_cases(&self, viewer: &Viewer, query: &CaseQuery) -> Result<(Vec<CaseRow>, bool)> {
        let filter = self.filter(viewer, query)?;
        let list = (self.store)
            .list_cases(&filter, query.order, None, MOST_EXPORTED)
            .await?;
        let capacity = list_seat(viewer).ok_or_else(Refusal::not_found)?.capacity;
        let export = Export {
            at: self.clock.now(),
            person: viewer.person,
            role: role_code(capacity.role).into(),
            institution: capacity.institution,
            rows: list.rows.len() as u64,
            text: query.text.clone().unwrap_or_default(),
        };
        self.store.record_export(export).await?;
        Ok((list.rows, list.next.is_some()))
    }

    /// What the list can be filtered by.
    ///
    /// # Errors
    /// Not found for those who have no list.
    pub async fn choices(&self, viewer: &Viewer, query: &CaseQuery) -> Result<Choices> {
        let scope = scope(viewer).ok_or_else(Refusal::not_found)?;
        let all = self.institutions().await?;
        let bureaus = all.iter().filter(|one| one.party == Some(Party::Bureau));
        let seen: Vec<&Institution> = bureaus.filter(|one| is_within(one, &scope)).collect();
        let named = |one: &&Institution| (one.id, one.name.clone());
        let mut choices = Choices::default();
        let chosen = match seen.as_slice() {
            [one] => Some(*one),
            many => {
                choices.bureaus = many.iter().map(named).collect();
                many.iter().copied().find(|one| Some(one.id) == query.bureau)
            }
        };
        if let Some(bureau) = chosen {
            let units = all
                .iter()
                .filter(|one| one.party.is_none() && one.parent == Some(bureau.id));
            choices.units = units.map(|one| (one.id, one.name.clone())).collect();
            for at in std::iter::once(bureau.id).chain(bureau.counterpart) {
                let people = self.store.holders(role_code(Role::Investigator), at).await?;
                choices
                    .handlers
                    .extend(people.into_iter().map(|person| (person.id, person.name)));
            }
        }
        Ok(choices)
    }

    /// Whether the viewer's list of cases has this number.
    pub(crate) async fn lists(&self, viewer: &Viewer, number: &str) -> Result<bool> {
        let query = CaseQuery {
            text: Some(number.into()),
            ..CaseQuery::default()
        };
        let Ok(filter) = self.filter(viewer, &query) else {
            return Ok(false);
        };
        let page = self.store.list_cases(&filter, CaseOrder::Number, None, PAGE).await?;
        Ok(page.rows.iter().any(|row| row.number == number))
    }

    /// What the store is asked for: the query within the viewer's reach.
    pub(crate) fn filter(&self, viewer: &Viewer, query: &CaseQuery) -> Result<CaseFilter> {
        let scope = scope(viewer).ok_or_else(Refusal::not_found)?;
        Ok(CaseFilter {
            scope,
            bureau: query.bureau,
            unit: query.unit,
            stages: query.stage.map(|stage| stage.code().into()).into_iter().collect(),
            closed: query.closed,
            pace: query.pace.map(|pace| pace.code().into()),
            days_used: query.days_used,
            work_kind: query.work_kind.clone(),
            outcome: query.outcome.clone(),
            handler: query.handler,
            due_from: query.due_from,
            due_by: query.due_by,
            received_from: query.received_from,
            received_by: query.received_by,
            text: query.text.clone(),
            except: Some(except(viewer)),
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

/// Whether a scope reaches a bureau's cases as such, not only some of them.
pub(crate) fn is_within(bureau: &Institution, scope: &Scope) -> bool {
    match scope {
        Scope::All => true,
        Scope::Bureau(id) => bureau.id == *id,
        Scope::Discipline(id) => bureau.counterpart == Some(*id),
        Scope::Any(scopes) => scopes.iter().any(|scope| is_within(bureau, scope)),
        Scope::Unit(_) | Scope::Person { .. } => false,
    }
}

/// The cases the viewer investigates.
fn investigated(viewer: &Viewer) -> Scope {
    Scope::Person {
        person: viewer.person,
        relations: vec!["investigator".into()],
    }
}
