//! What the tests of 申请、受理、指派 and 回避 stand on.

use super::*;

/// One thing made wrong in an act or an application.
pub type Change<T> = fn(&mut T);

/// The system, for what the calendar brings about.
pub const SYSTEM: PersonId = PersonId([18; 16]);

/// 2027 as it might be arranged.
const YEAR_2027: &str = r#"
year = 2027
title = "国务院办公厅关于2027年部分节假日安排的通知"
source = "https://example.invalid/2027"
holiday = [
  { name = "元旦", off = ["2027-01-01", "2027-01-02", "2027-01-03"] },
  { name = "春节", off = ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10"] },
  { name = "清明节", off = ["2027-04-05"] },
  { name = "劳动节", off = ["2027-05-01"] },
  { name = "端午节", off = ["2027-06-09"] },
  { name = "中秋节", off = ["2027-09-15"] },
  { name = "国庆节", off = ["2027-10-01", "2027-10-02", "2027-10-03"] },
]
"#;

static PUBLISHED_2027: LazyLock<Calendar> = LazyLock::new(|| {
    let mut calendar = Calendar::shipped();
    calendar.insert(base::calendar::YearCalendar::parse(YEAR_2027).expect("a year of the tests"));
    calendar
});

/// An application on paper: handed to the township on 14 September, at the bureau on the 15th.
pub fn paper_application() -> EnterPaper {
    EnterPaper {
        intake: intake(),
        application: application(),
        channel: Channel::Window,
        received_on: Date::constant(2026, 9, 15),
        handed_in_on: Some(Date::constant(2026, 9, 14)),
        handed_in_to: "子岸镇民政所".into(),
        carried_by: String::new(),
        scan: Some(scan()),
    }
}

/// A scan as the store keeps it.
pub fn scan() -> File {
    File {
        address: "5f".repeat(32),
        name: "申请书.jpg".into(),
        media: "image/jpeg".into(),
        size: 182_044,
        digest: "c3".repeat(32),
        ..File::default()
    }
}

/// Somebody of the tests' office, to be assigned.
pub fn assignee(person: PersonId) -> Assignee {
    let actor = actor(person);
    Assignee {
        person,
        name: actor.name,
        institution: actor.capacity.institution,
        party: actor.capacity.party,
        leads: matches!(actor.capacity.role, Role::Lead | Role::Coordinator),
    }
}

/// That somebody of the tests' office keep out.
pub fn ask_recusal(person: PersonId) -> AskRecusal {
    let actor = actor(person);
    AskRecusal {
        person,
        name: actor.name,
        capacity: actor.capacity,
        ground: "handled".into(),
        reason: "他当时也参加了入户。".into(),
    }
}

impl Given {
    /// Accepted, and one investigator from each institution assigned.
    pub fn assigned() -> Given {
        Given::accepted().joins(INVESTIGATOR).joins(SECOND)
    }

    /// `person` is assigned by the lead of their institution.
    pub fn joins(self, person: PersonId) -> Given {
        let new = assignee(person);
        let before = self.actor.person;
        let lead = if new.party == Some(Party::Discipline) {
            DISCIPLINE_LEAD
        } else {
            LEAD
        };
        self.by(lead).done(Assign { people: vec![new] }).by(before)
    }

    /// `person` no longer investigates, and nobody comes.
    pub fn leaves(self, person: PersonId) -> Given {
        let before = self.actor.person;
        let act = ReplaceInvestigator {
            out: person,
            new: None,
            reason: "调离岗位。".into(),
        };
        self.lead().done(act).by(before)
    }

    /// Received on 29 December 2026, when 2027 is not published: the due date is provisional.
    pub fn provisional() -> Given {
        let given = Given::nothing();
        given
            .clock
            .set(Timestamp::on(Date::constant(2026, 12, 29), 9, 0).expect("a day of the tests"));
        given.worker().done(Submit {
            intake: intake(),
            application: application(),
        })
    }

    /// The arrangement of 2027 is published.
    pub fn published_2027(mut self) -> Given {
        self.calendar = &PUBLISHED_2027;
        self
    }
}
