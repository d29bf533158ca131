//! given(events).when(act).then(state | refusal), and one office with its people.
//!
//! `Given::received()` and its companions build the state by running acts, so that a test never stands on a state
//! that cannot come about.

// The paths are written out because the integration tests load this file too.
#[path = "testing/determination.rs"]
mod determination;
#[path = "testing/inquiry.rs"]
mod inquiry;
#[path = "testing/opening.rs"]
mod opening;

pub use determination::*;
pub use inquiry::*;
pub use opening::*;

use crate::acts::*;
use crate::case::{Case, Channel, File};
use crate::context::{Actor, Capacity, Context, Role};
use crate::event::{Event, Meta};
use crate::refusal::Refusal;
use crate::words::When;
use crate::{Act, decide};
use base::calendar::Calendar;
use base::law::*;
use base::*;
use std::sync::LazyLock;
use testkit::{FixedClock, SeededIds};

/// The office of the tests: 濮阳县民政局, its group, the city, a township.
pub const BUREAU: InstitutionId = InstitutionId([1; 16]);
pub const DISCIPLINE: InstitutionId = InstitutionId([2; 16]);
pub const CITY: InstitutionId = InstitutionId([3; 16]);
pub const CITY_DISCIPLINE: InstitutionId = InstitutionId([4; 16]);
pub const UNIT: InstitutionId = InstitutionId([5; 16]);

/// The people of the tests.
pub const WORKER: PersonId = PersonId([11; 16]);
pub const INTAKE: PersonId = PersonId([12; 16]);
pub const LEAD: PersonId = PersonId([13; 16]);
pub const DISCIPLINE_LEAD: PersonId = PersonId([14; 16]);
pub const COORDINATOR: PersonId = PersonId([15; 16]);
pub const CITY_DISCIPLINE_LEAD: PersonId = PersonId([16; 16]);
pub const RECIPIENT: PersonId = PersonId([17; 16]);
pub const INVESTIGATOR: PersonId = PersonId([21; 16]);
pub const SECOND: PersonId = PersonId([22; 16]);
pub const THIRD: PersonId = PersonId([23; 16]);

pub static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::shipped);

/// An actor of the tests' office.
pub fn actor(person: PersonId) -> Actor {
    let (name, role, institution, party) = match person {
        WORKER => ("李春梅", Role::Worker, UNIT, None),
        INTAKE => ("王丽", Role::Intake, BUREAU, Some(Party::Bureau)),
        LEAD => ("周建国", Role::Lead, BUREAU, Some(Party::Bureau)),
        DISCIPLINE_LEAD => ("赵明", Role::Lead, DISCIPLINE, Some(Party::Discipline)),
        COORDINATOR => ("郑卫东", Role::Coordinator, CITY, Some(Party::City)),
        CITY_DISCIPLINE_LEAD => (
            "冯海燕",
            Role::Coordinator,
            CITY_DISCIPLINE,
            Some(Party::CityDiscipline),
        ),
        RECIPIENT => ("马志强", Role::Recipient, UNIT, None),
        INVESTIGATOR => ("陈涛", Role::Investigator, BUREAU, Some(Party::Bureau)),
        SECOND => ("孙静", Role::Investigator, DISCIPLINE, Some(Party::Discipline)),
        SYSTEM => ("系统", Role::System, BUREAU, None),
        _ => ("刘洋", Role::Investigator, BUREAU, Some(Party::Bureau)),
    };
    Actor {
        person,
        name: name.into(),
        post: "工作人员".into(),
        institution_name: "濮阳县民政局".into(),
        capacity: Capacity {
            role,
            institution,
            party,
        },
    }
}

/// An application with nothing wrong in it.
pub fn application() -> Application {
    Application {
        codes: ApplicationCodes {
            person: WORKER,
            unit: UNIT,
            claim: "exempt".into(),
            clauses: vec!["s3-5".into()],
            work_kind: "dibao".into(),
            work_links: vec!["check".into()],
            happened: When {
                year: 2026,
                month: 3,
                day: None,
            },
            discovered: Some(When {
                year: 2026,
                month: 8,
                day: Some(3),
            }),
            reporting: Reporting::Reported,
            reported: Some(When {
                year: 2026,
                month: 8,
                day: Some(4),
            }),
            correcting: Correcting::Corrected,
            kin: Kin::No,
            kin_recorded: None,
            accountability: Accountability::None,
            inquiry_known: None,
            declaration: "1".into(),
            leaflet: "1".into(),
        },
        text: ApplicationText {
            name: "李春梅".into(),
            unit: "子岸镇人民政府".into(),
            post: "民政所工作人员".into(),
            account: "车管数据晚了两个月才更新，核对时看不出这户买了车。".into(),
            ..ApplicationText::default()
        },
    }
}

/// Where it goes.
pub fn intake() -> Intake {
    Intake {
        case: CaseId([100; 16]),
        number: "JZ-410928-2026-0017".into(),
        bureau: BUREAU,
        discipline: DISCIPLINE,
        city: CITY,
        city_discipline: CITY_DISCIPLINE,
        pack: pack(),
        basis_pending: false,
        follows: None,
        led_by_applicant: None,
    }
}

pub fn pack() -> PackRef {
    PackRef {
        id: "410900/pumin-2024-16".into(),
        digest: Digest([0; 32]),
    }
}

fn grounds(list: &[(&str, &str)]) -> Vec<Ground> {
    list.iter()
        .map(|(id, text)| Ground {
            id: (*id).into(),
            text: (*text).into(),
            source: String::new(),
        })
        .collect()
}

/// A procedure like Puyang's.
pub fn procedure() -> Procedure {
    let text = |title: &str| Text {
        version: "1".into(),
        title: title.into(),
        paragraphs: vec![],
    };
    let claim = |id: &str, text: &str, outcomes: &[&str]| Claim {
        id: id.into(),
        text: text.into(),
        plain: text.into(),
        outcomes: outcomes.iter().map(|o| (*o).into()).collect(),
    };
    let step = |id: &str, days, from: &str| StepTarget {
        id: id.into(),
        days,
        from: from.into(),
    };
    Procedure {
        starters: vec![Starter::Person],
        decider: Decider::Bureau,
        investigators: 2,
        opinions: vec![Party::Bureau, Party::Discipline],
        withhold_opinions: true,
        silence: Silence::Escalate,
        hear_applicant: true,
        deadlines: vec![Deadline {
            id: "conclusion".into(),
            n: 14,
            unit: Unit::WorkingDays,
            from: "receive".into(),
            met_by: "conclude".into(),
            suspended_by: vec![],
            clause: "七（二）".into(),
        }],
        steps: vec![
            step("accept", 2, "receive"),
            step("assign", 3, "receive"),
            step("supplement", 5, "request-supplement"),
            step("state", 3, "invite"),
            step("opine", 2, "conclude"),
            step("coordinate", 5, "escalate"),
            step("determine", 5, "conclude"),
            step("serve", 3, "determine"),
        ],
        decline_grounds: grounds(&[("not-subject", "不属于适用主体"), ("not-work", "不属于社会救助工作")]),
        recusal_grounds: grounds(&[
            ("handled", "经手过这件事"),
            ("line", "是申请人的上级或者下级"),
            ("kin", "近亲属"),
            ("party", "有利害关系"),
        ]),
        major_grounds: grounds(&[
            ("death", "有人死亡或者极端事件"),
            ("leader", "申请人是领导干部"),
            ("disagreement", "两家意见不一致"),
            ("silence", "一方一直没有提出意见"),
            ("reading", "结果取决于文件怎么读"),
        ]),
        review_levels: 2,
        review_days: 15,
        reminders: vec![5, 2, 0],
        explain_outcome: Some("mitigated".into()),
        claims: vec![
            claim("exempt", "免责", &["exempted"]),
            claim("mitigate", "减责", &["mitigated"]),
            claim("exempt-or-mitigate", "免责，备位减责", &["exempted", "mitigated"]),
        ],
        needs_document: vec!["q5-2".into(), "q5-6".into()],
        degradations: vec![],
        work_kinds: grounds(&[("dibao", "城乡低保"), ("other", "其他")]),
        work_links: grounds(&[("check", "信息核对"), ("visit", "入户核查")]),
        declaration: text("声明"),
        leaflet: text("告知书"),
        result_note: "本结果不作为处分的依据。".into(),
    }
}

/// The questions and readings of the tests' pack.
pub fn substance() -> Substance {
    let question = |id: &str, may_not_apply| QuestionRule {
        id: id.into(),
        may_not_apply,
        citation: false,
        repealed: vec![],
        implies: vec![],
    };
    Substance {
        clauses: vec!["s3-5".into(), "s3-12".into()],
        questions: vec![
            question("timely", false),
            question("corrected", true),
            QuestionRule {
                implies: vec!["slip".into()],
                ..question("data-late", false)
            },
            question("slip", false),
            question("q5-2", false),
            question("q5-6", false),
            QuestionRule {
                citation: true,
                ..question("s3-12-cited", false)
            },
            QuestionRule {
                citation: true,
                repealed: vec!["信访条例".into()],
                ..question("s3-11-petition", false)
            },
        ],
        readings: vec![ReadingRule {
            id: "R1".into(),
            choices: vec!["split".into(), "all".into()],
        }],
        outcomes: vec!["exempted".into(), "mitigated".into(), "not-exempted".into()],
    }
}

/// An assessment that says `outcome`, with nothing left to ask.
pub fn assessed(outcome: Option<&str>) -> Assessment {
    Assessment {
        outcome: outcome.map(Into::into),
        possible: vec!["exempted".into(), "mitigated".into(), "not-exempted".into()],
        clauses: vec![],
        relevant: if outcome.is_some() {
            vec![]
        } else {
            vec!["timely".into()]
        },
        ask_next: if outcome.is_some() {
            vec![]
        } else {
            vec!["timely".into()]
        },
        depends_on_readings: vec![],
        policy: pack(),
        semantics: SEMANTICS,
    }
}

/// A case on its way, and the world around it.
pub struct Given {
    /// The state so far.
    pub case: Case,
    /// The world's clock.
    pub clock: FixedClock,
    /// What follows from the findings, as the rules would say.
    pub assessment: Assessment,
    /// The procedure in force.
    pub procedure: Procedure,
    /// What may be found and chosen.
    pub substance: Substance,
    /// Everything recorded so far.
    pub log: Vec<(Meta, Event)>,
    calendar: &'static Calendar,
    pub(crate) actor: Actor,
    ids: SeededIds,
}

impl Given {
    /// No case yet; Wednesday 16 September 2026, nine o'clock.
    pub fn nothing() -> Given {
        Given {
            case: Case::default(),
            clock: FixedClock::at(Date::constant(2026, 9, 16), 9),
            assessment: assessed(None),
            procedure: procedure(),
            substance: substance(),
            log: vec![],
            calendar: &CALENDAR,
            actor: actor(WORKER),
            ids: SeededIds::new(7),
        }
    }

    /// Received on 16 September; it is the day after.
    pub fn received() -> Given {
        Given::nothing()
            .worker()
            .done(Submit {
                intake: intake(),
                application: application(),
            })
            .next_day()
    }

    /// Received from somebody who leads `party`; it is the day after.
    pub fn applied_by_lead(party: Party) -> Given {
        let mut place = intake();
        place.led_by_applicant = Some(party);
        Given::nothing()
            .worker()
            .done(Submit {
                intake: place,
                application: application(),
            })
            .next_day()
    }

    /// Accepted on 17 September.
    pub fn accepted() -> Given {
        Given::received().intake().done(Accept {})
    }

    /// It is open which pack governs.
    pub fn basis_pending(mut self) -> Given {
        if let Some(receipt) = &mut self.case.receipt {
            receipt.basis_pending = true;
        }
        self
    }

    /// The next calendar day.
    pub fn next_day(self) -> Given {
        self.clock.advance(24 * 60);
        self
    }

    /// `person` acts from here on.
    pub fn by(mut self, person: PersonId) -> Given {
        self.actor = actor(person);
        self
    }

    /// The worker acts.
    pub fn worker(self) -> Given {
        self.by(WORKER)
    }

    /// The bureau's intake acts.
    pub fn intake(self) -> Given {
        self.by(INTAKE)
    }

    /// The bureau's lead acts.
    pub fn lead(self) -> Given {
        self.by(LEAD)
    }

    /// The group's lead acts.
    pub fn discipline_lead(self) -> Given {
        self.by(DISCIPLINE_LEAD)
    }

    /// The first investigator acts.
    pub fn investigator(self) -> Given {
        self.by(INVESTIGATOR)
    }

    /// The second investigator acts.
    pub fn second(self) -> Given {
        self.by(SECOND)
    }

    /// The findings amount to `outcome` from here on.
    pub fn assessed(mut self, outcome: Option<&str>) -> Given {
        self.assessment = assessed(outcome);
        self
    }

    /// The act is done and the story goes on.
    pub fn done(self, act: impl Into<Act>) -> Given {
        let when = self.when(act);
        match when.result {
            Ok(_) => when.given,
            Err(refusal) => panic!("refused: {refusal}"),
        }
    }

    /// The world as the next act sees it.
    pub fn context<'a>(&'a self, pack: &'a PackRef) -> Context<'a> {
        Context {
            act: ActId::fresh(&self.ids),
            actor: &self.actor,
            now: self.clock.now(),
            procedure: &self.procedure,
            substance: &self.substance,
            pack,
            assessment: &self.assessment,
            calendar: self.calendar,
            ids: &self.ids,
        }
    }

    /// The act is tried.
    pub fn when(mut self, act: impl Into<Act>) -> When_ {
        let pack = pack();
        let context = self.context(&pack);
        let result = decide(&self.case, act.into(), &context);
        let recorded: Vec<_> = result
            .iter()
            .flatten()
            .zip(self.case.version + 1..)
            .map(|(event, version)| (Meta::of(&context, event, version), event.clone()))
            .collect();
        for (meta, event) in recorded {
            self.take(meta, event);
        }
        When_ { given: self, result }
    }

    /// The event is recorded beside what acts record.
    pub fn recorded(mut self, event: impl Into<Event>) -> Given {
        let (pack, event) = (pack(), event.into());
        let meta = Meta::of(&self.context(&pack), &event, self.case.version + 1);
        self.take(meta, event);
        self
    }

    fn take(&mut self, meta: Meta, event: Event) {
        self.case.apply(&meta, &event);
        self.log.push((meta, event));
    }
}

/// What came of an act.
pub struct When_ {
    /// The story, with the act's events applied where it was done.
    pub given: Given,
    /// Events or refusal.
    pub result: Result<Vec<Event>, Refusal>,
}

impl When_ {
    /// It was done: the case as it stands.
    pub fn then(self) -> Case {
        self.result.expect("not refused");
        self.given.case
    }

    /// It was refused.
    pub fn refused(self) -> Refusal {
        self.result.expect_err("refused")
    }
}
