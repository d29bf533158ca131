//! The table of authority: as it stands, and against itself. Whatever people and cases there are, the lists, the
//! search, the export and the count reach in SQL the very cases that the table lets each of them read one by one.

use crate::site::Site;
use app::authority::{self, READERS, Standing, who_may};
use app::people::{Institution, Person};
use app::reading::{CaseOrder, CaseQuery};
use app::receive::PaperForm;
use app::{Failure, Signature, Viewer};
use base::law::Party;
use base::{InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::acts::*;
use casefile::case::Channel;
use casefile::{Case, Role};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const BUREAUS: [&str; 2] = ["县局", "邻局"];
const GROUPS: [&str; 2] = ["县组", "邻组"];
/// Of each unit the superior line: itself and what is above it, below the bureau.
const LINES: [(&str, &[&str]); 4] = [
    ("镇政府", &["镇政府"]),
    ("村", &["村", "镇政府"]),
    ("邻镇", &["邻镇"]),
    ("邻村", &["邻村", "邻镇"]),
];

/// A second county beside the first.
struct Counties {
    site: Site,
    institutions: Vec<(&'static str, InstitutionId)>,
    /// Everybody, those of the site first.
    people: Vec<PersonId>,
    workers: Vec<(PersonId, usize)>,
}

impl Counties {
    async fn found() -> Counties {
        let site = Site::new().await;
        let id = |n: u8| InstitutionId([n; 16]);
        let mut institutions: Vec<_> = ["县局", "县组", "镇政府", "市局", "市组"]
            .map(|name| (name, site.institution(name)))
            .into();
        for (name, full, party, n, parent, counterpart) in [
            (
                "邻局",
                "清丰县民政局",
                Some(Party::Bureau),
                21,
                site.institution("市局"),
                Some(22),
            ),
            (
                "邻组",
                "驻清丰县民政局纪检监察组",
                Some(Party::Discipline),
                22,
                site.institution("市组"),
                Some(21),
            ),
            ("邻镇", "马庄桥镇人民政府", None, 23, id(21), None),
            ("村", "赵家庄村民委员会", None, 24, site.institution("镇政府"), None),
            ("邻村", "马庄桥村民委员会", None, 25, id(23), None),
        ] {
            institutions.push((name, id(n)));
            let institution = Institution {
                id: id(n),
                name: full.into(),
                party,
                division: "410922".into(),
                parent: Some(parent),
                counterpart: counterpart.map(id),
                code: "清民".into(),
                contact: String::new(),
                overseer: String::new(),
            };
            let administrator = site.viewer("管理员").await;
            let done = site
                .app
                .register_institution(&administrator, site.act(), institution)
                .await;
            done.expect("registered");
        }
        let named = [
            "管理员",
            "审计员",
            "市协调人",
            "市组",
            "收件岗",
            "局长",
            "调查甲",
            "组长",
            "调查乙",
            "申请人",
            "同事",
            "签收人",
        ];
        let people = named.map(|name| site.person(name)).into();
        let workers = vec![(site.person("申请人"), 0), (site.person("同事"), 0)];
        let mut counties = Counties {
            site,
            institutions,
            people,
            workers,
        };
        use Role::*;
        let seats: [&[(Role, &'static str)]; 20] = [
            &[(Lead, "邻局")],
            &[(Intake, "邻局")],
            &[(Investigator, "邻局")],
            &[(Lead, "邻组")],
            &[(Investigator, "邻组")],
            &[(Worker, "邻镇")],
            &[(Intake, "县局"), (Investigator, "邻局")],
            &[(Worker, "邻局"), (Lead, "邻局")],
            &[(Worker, "镇政府"), (Investigator, "县局")],
            &[(Lead, "县组"), (Lead, "邻组")],
            &[(Recipient, "邻镇"), (Worker, "邻镇")],
            &[(Coordinator, "市局"), (Worker, "市局")],
            &[(Worker, "村")],
            &[(Worker, "邻村")],
            &[(Worker, "村"), (Intake, "县局")],
            &[(Recipient, "村"), (Investigator, "县局")],
            &[(Recipient, "镇政府"), (Lead, "县组")],
            &[(Worker, "邻镇"), (Intake, "邻局"), (Investigator, "邻组")],
            &[(Worker, "邻村"), (Auditor, "市局")],
            &[(Recipient, "邻镇"), (Coordinator, "市组")],
        ];
        for (n, seats) in (0u8..).zip(seats) {
            counties.register(n, seats).await;
        }
        counties
    }

    fn institution(&self, name: &str) -> InstitutionId {
        let found = self.institutions.iter().find(|(known, _)| *known == name);
        found.expect("an institution of the test").1
    }

    async fn register(&mut self, n: u8, seats: &[(Role, &'static str)]) {
        let id = PersonId([n + 100; 16]);
        let unit = self.institution(seats[0].1);
        let person = Person {
            id,
            name: format!("某{n}"),
            unit: Some(unit),
            post: "科员".into(),
            capacities: seats.iter().map(|(role, at)| (*role, self.institution(at))).collect(),
        };
        let administrator = self.site.viewer("管理员").await;
        let done = self
            .site
            .app
            .register_person(&administrator, self.site.act(), person)
            .await;
        done.expect("registered");
        self.people.push(id);
        let county = usize::from(seats[0].1.starts_with('邻'));
        if seats.iter().any(|(role, at)| *role == Role::Worker && *at != "市局") {
            self.workers.push((id, county));
        }
    }

    async fn viewer(&self, person: PersonId) -> Viewer {
        self.site.app.seated(person).await.expect("the store").expect("seated")
    }

    /// Whether the person sits in the superior line of the case's applicant, as the test tells it.
    fn of_line(&self, viewer: &Viewer, case: &Case) -> bool {
        let unit = case.application.as_ref().expect("an application").codes.unit;
        let line = LINES.iter().find(|(name, _)| self.institution(name) == unit);
        let at = |name: &str| {
            let at = self.institution(name);
            viewer.seats.iter().any(|seat| seat.capacity.institution == at)
        };
        line.is_some_and(|(_, line)| line.iter().any(|name| at(name)))
    }

    /// Who holds `role` at `at`.
    async fn holders(&self, role: Role, at: &str) -> Vec<Viewer> {
        let at = self.institution(at);
        let mut found = Vec::new();
        for person in &self.people {
            let viewer = self.viewer(*person).await;
            let holds = |seat: &app::Seat| seat.capacity.role == role && seat.capacity.institution == at;
            if viewer.seats.iter().any(holds) {
                found.push(viewer);
            }
        }
        found
    }

    /// One case on its way: how far, and with whom, hangs on `draw`. Whoever may not do a step leaves it undone.
    async fn tell(&self, draw: &mut Draw) -> String {
        let (app, (worker, county)) = (&self.site.app, self.workers[draw.below(self.workers.len())]);
        let worker = self.viewer(worker).await;
        let mut application = self.site.application("经过。");
        let seat = worker.seat(Role::Worker).expect("a worker");
        application.codes.person = worker.person;
        application.codes.unit = seat.capacity.institution;
        application.text.name.clone_from(&worker.name);
        application.text.unit.clone_from(&seat.institution_name);
        let draft = app.new_draft(&worker).await.expect("a draft");
        let done = app.submit(&worker, app.fresh_act(), draft, application).await;
        let number = done.expect("received").number;
        if draw.below(4) == 0 {
            return number;
        }
        for clerk in self.holders(Role::Intake, BUREAUS[county]).await {
            let _ = app
                .perform(
                    &clerk,
                    &number,
                    app.fresh_act(),
                    None,
                    Accept {}.into(),
                    Signature::none(),
                )
                .await;
        }
        for (at, party) in [(BUREAUS[county], Party::Bureau), (GROUPS[county], Party::Discipline)] {
            let candidates = self.holders(Role::Investigator, at).await;
            let chosen = &candidates[draw.below(candidates.len())];
            let assign = Assign {
                people: vec![Assignee {
                    person: chosen.person,
                    name: chosen.name.clone(),
                    institution: self.institution(at),
                    party: Some(party),
                    leads: false,
                }],
            };
            for lead in self.holders(Role::Lead, at).await {
                let _ = app
                    .perform(
                        &lead,
                        &number,
                        app.fresh_act(),
                        None,
                        assign.clone().into(),
                        Signature::none(),
                    )
                    .await;
            }
            if draw.below(3) == 0 {
                let recuse = DeclareRecusal {
                    ground: "handled".into(),
                    reason: "经办过。".into(),
                    other_leads: vec![],
                };
                let _ = app
                    .perform(chosen, &number, app.fresh_act(), None, recuse.into(), Signature::none())
                    .await;
            }
        }
        number
    }
}

/// A sequence of numbers, the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

/// Every number of the list, page by page.
async fn listed(site: &Site, viewer: &Viewer, text: Option<&str>) -> Option<BTreeSet<String>> {
    let mut query = CaseQuery {
        order: CaseOrder::Received,
        text: text.map(str::to_owned),
        ..CaseQuery::default()
    };
    let mut numbers = BTreeSet::new();
    loop {
        let page = match site.app.cases(viewer, &query).await {
            Ok(page) => page,
            Err(Failure::Refused(refusal)) => {
                assert_eq!(refusal.code, "not-found");
                return None;
            }
            Err(failure) => panic!("{failure:?}"),
        };
        let before = numbers.len() + page.rows.len();
        numbers.extend(page.rows.into_iter().map(|row| row.number));
        assert_eq!(numbers.len(), before, "a case stands twice in the list");
        query.at = page.next;
        if query.at.is_none() {
            return Some(numbers);
        }
    }
}

#[tokio::test]
async fn lists_reach_what_the_table_lets_each_read() {
    let counties = Counties::found().await;
    let (site, mut draw) = (&counties.site, Draw(4109));
    let mut cases: Vec<(String, Case)> = Vec::new();
    for _ in 0..40 {
        let number = counties.tell(&mut draw).await;
        cases.push((number, Case::default()));
    }
    for (number, case) in &mut cases {
        *case = site.app.case(number).await.expect("the case").case;
    }
    let (mut some, mut kept_out) = (0, 0);
    for person in &counties.people {
        let viewer = counties.viewer(*person).await;
        let read: BTreeSet<String> = cases
            .iter()
            .filter(|(_, case)| {
                let standing = authority::standing(&viewer, case);
                standing.is_some_and(|standing| standing != Standing::Applicant)
            })
            .map(|(number, _)| number.clone())
            .collect();
        some += read.len();
        for (number, case) in &cases {
            let standing = authority::standing(&viewer, case);
            if counties.of_line(&viewer, case) && standing != Some(Standing::Applicant) {
                assert_eq!(standing, None, "{} in the line of {number}", viewer.name);
                kept_out += usize::from(viewer.seats.len() > 1);
            }
            let opened = site.app.case_file(&viewer, number).await.is_ok();
            assert_eq!(
                opened,
                authority::standing(&viewer, case).is_some(),
                "{}: {number}",
                viewer.name
            );
        }
        let Some(list) = listed(site, &viewer, None).await else {
            assert!(read.is_empty(), "{} reads cases and has no list", viewer.name);
            continue;
        };
        assert_eq!(list, read, "the list of {}", viewer.name);
        let (rows, more) = site
            .app
            .export_cases(&viewer, &CaseQuery::default())
            .await
            .expect("an export");
        let exported: BTreeSet<String> = rows.into_iter().map(|row| row.number).collect();
        assert!(!more && exported == read, "the export of {}", viewer.name);
        let found = listed(site, &viewer, Some("2026")).await.expect("a list");
        assert_eq!(found, read, "the search of {}", viewer.name);
        let home = site.app.todo(&viewer).await.expect("a home page");
        let others: BTreeSet<String> = home.others.into_iter().map(|item| item.number).collect();
        assert!(others.is_subset(&read), "what {} waits for", viewer.name);
        // What waits for somebody is of a case they read, their own, or served on their unit.
        let mine = [home.overdue, home.today, home.soon, home.later].into_iter().flatten();
        for (item, case) in mine.flat_map(|item| {
            cases
                .iter()
                .find(|(number, _)| *number == item.number)
                .map(|(_, case)| (item, case))
        }) {
            let seat = authority::seat_for(&viewer, item.act, case);
            assert!(
                seat.is_ok(),
                "{} is to {} {}",
                viewer.name,
                item.act.code(),
                item.number
            );
        }
    }
    assert!(some > 120, "the cases are read by somebody: {some}");
    assert!(kept_out > 40, "and somebody is kept out of them: {kept_out}");
}

#[tokio::test]
async fn nobody_acts_on_what_is_hidden_and_nobody_else_in_their_own_case() {
    let counties = Counties::found().await;
    let mut draw = Draw(16);
    for _ in 0..20 {
        let number = counties.tell(&mut draw).await;
        let case = counties.site.app.case(&number).await.expect("the case").case;
        for person in &counties.people {
            let viewer = counties.viewer(*person).await;
            let standing = authority::standing(&viewer, &case);
            for act in ActName::ALL {
                let seat = authority::seat_for(&viewer, *act, &case);
                let told = format!("{} {} {number}", viewer.name, act.code());
                match (&seat, standing) {
                    (Ok(seat), Some(Standing::Applicant)) => assert_eq!(seat.capacity.role, Role::Worker, "{told}"),
                    (Ok(_), Some(Standing::Auditor)) => panic!("{told}: an auditor acts"),
                    (Ok(seat), None) => assert_eq!(seat.capacity.role, Role::Recipient, "{told}"),
                    (Err(refusal), None) => assert_eq!(refusal.code, "not-found", "{told}"),
                    (Err(refusal), Some(_)) => assert_eq!(refusal.code, "not-your-act", "{told}"),
                    (Ok(_), Some(_)) => {
                        assert!(!case.is_recused(viewer.person), "{told}: recused");
                        assert!(!counties.of_line(&viewer, &case), "{told}: of the applicant's line");
                    }
                }
            }
        }
    }
}

/// Somebody whose unit is the township and who was lent to the bureau is of its line too, without a seat in it.
#[tokio::test]
async fn nobody_of_the_applicants_line_enters_investigates_or_finds_the_case() {
    let site = Site::new().await;
    let lent = Person {
        id: PersonId([200; 16]),
        name: "借调的人".into(),
        unit: Some(site.institution("镇政府")),
        post: "科员".into(),
        capacities: [Role::Investigator, Role::Intake]
            .map(|role| (role, site.institution("县局")))
            .into(),
    };
    let (app, administrator) = (&site.app, site.viewer("管理员").await);
    let done = app.register_person(&administrator, site.act(), lent.clone()).await;
    done.expect("registered");
    let seated = app.seated(lent.id).await.expect("the store").expect("seated");

    let number = site.submitted("经过。").await;
    site.does("收件岗", &number, Accept {}).await;
    assert_eq!(listed(&site, &seated, None).await, Some(BTreeSet::new()));
    assert!(app.case_file(&seated, &number).await.is_err());
    assert!(app.todo(&seated).await.expect("a home page").later.is_empty());

    let assignee = Assignee {
        person: lent.id,
        name: lent.name,
        institution: site.institution("县局"),
        party: Some(Party::Bureau),
        leads: false,
    };
    let desk = app.desk(&site.viewer("局长").await, &number, ActName::Assign).await;
    let desk = desk.expect("a desk");
    assert!(
        !desk.people.iter().any(|(person, ..)| person.id == lent.id),
        "to be picked"
    );
    let assign = Assign { people: vec![assignee] };
    let refusal = site.refused("局长", &number, assign).await;
    assert!(refusal.fields[0].sentence.contains("申请人所在单位"), "{refusal:?}");

    let form = PaperForm {
        application: site.application("经过。"),
        channel: Channel::Window,
        received_on: app.today(),
        handed_in_on: None,
        handed_in_to: String::new(),
        carried_by: String::new(),
        scan: None,
    };
    match app.enter_paper(&seated, site.act(), form).await {
        Err(Failure::Refused(refusal)) => assert_eq!(refusal.fields[0].field, "unit", "{refusal:?}"),
        other => panic!("entered: {other:?}"),
    }
}

/// As a reviewer reads it: a change of authority shows as a change of this file.
#[test]
fn the_table_as_it_stands() {
    let mut text = String::new();
    for act in ActName::ALL {
        let whos: Vec<String> = who_may(*act).iter().map(|who| format!("{who:?}")).collect();
        writeln!(text, "{}: {}", act.code(), whos.join(", ")).expect("a string");
    }
    let readers: Vec<String> = READERS.iter().map(|who| format!("{who:?}")).collect();
    let protected: Vec<String> = authority::PROTECTED.iter().map(|who| format!("{who:?}")).collect();
    writeln!(
        text,
        "\nread: {}\nprotected: {}",
        readers.join(", "),
        protected.join(", ")
    )
    .expect("a string");
    let kept = include_str!("../authority.txt");
    assert_eq!(text, kept, "crates/app/tests/authority.txt");
}
