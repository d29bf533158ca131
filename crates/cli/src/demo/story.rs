//! How a story is told: deeds with their day and hour, told in the order of time across all stories, each by the
//! person it belongs to and through the same use cases as the pages.

use super::office::{Office, PASSWORD};
use super::pictures::Picture;
use crate::Failed;
use crate::system::DemoClock;
use app::receive::PaperForm;
use app::{App, Signature, Viewer};
use base::Date;
use base::law::{Answer, OutcomeCode, Party};
use casefile::acts::submit::Application;
use casefile::acts::*;
use casefile::case::{Channel, InquiryKind, Manner, Recipient, Ring};
use casefile::{Act, Case};

/// One step of a story.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The worker hands the application in online.
    Submit,
    /// The clerk enters it from paper; the bureau had it on that day.
    Paper(Date),
    /// Somebody does an act that needs nothing of the case.
    Do(&'static str, Act),
    /// The leads assign these people.
    Assign(Vec<&'static str>),
    /// Somebody adds evidence: title, what it proves.
    Evidence(&'static str, &'static str, &'static str),
    /// The same, with a picture of it.
    Photo(&'static str, &'static str, &'static str, Picture),
    /// The city rules that somebody keeps out, and why.
    Rule(&'static str, &'static str),
    /// The investigators find otherwise than before.
    FindAnew(&'static [(&'static str, Answer, &'static str)]),
    /// What the calendar brings about by that time is done.
    Tick,
    /// The first investigator makes a record: with whom, what was said.
    Record(&'static str, &'static str),
    /// The same, and the second counter-signs.
    Inquire(&'static str, &'static str),
    /// The worker speaks, argument by argument.
    State(&'static [&'static str]),
    /// The investigators answer every argument: adopted or not, why.
    Answer(bool, &'static str),
    /// The investigators find what is relevant; these answers differ from the usual.
    Find(&'static [(&'static str, Answer, &'static str)]),
    /// Both investigators sign the conclusion.
    Conclude(&'static str),
    /// A lead opines: outcome, why.
    Opine(Party, &'static str, &'static str),
    /// The lead determines what follows.
    Determine(&'static str),
    /// The bureau issues and reports.
    Issue,
    /// The bureau issues, reports and serves.
    Result,
    /// Worker and unit sign for it, the group notes the report.
    Acknowledge,
}

/// A case told from its receipt on.
pub struct Story {
    /// Who applies.
    pub applicant: &'static str,
    /// Of which unit.
    pub unit: &'static str,
    /// The people who handle it.
    pub desk: Desk,
    /// What the application says.
    pub application: Application,
    /// The deeds with their times, in order.
    pub deeds: Vec<(Date, i8, i8, Deed)>,
}

/// The people of one county who handle a case.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Intake of the bureau.
    pub intake: &'static str,
    /// Lead of the bureau.
    pub lead: &'static str,
    /// Lead of the group.
    pub group: &'static str,
    /// The group's name.
    pub group_name: &'static str,
    /// The two who investigate.
    pub investigators: [&'static str; 2],
    /// Who signs for the unit.
    pub recipient: &'static str,
}

/// Tells all stories in the order of time; returns how many there were.
pub async fn tell(app: &App, clock: &DemoClock, office: &Office, stories: Vec<Story>) -> Result<usize, Failed> {
    let mut numbers = vec![String::new(); stories.len()];
    let mut all: Vec<(usize, usize)> = stories
        .iter()
        .enumerate()
        .flat_map(|(s, story)| (0..story.deeds.len()).map(move |d| (s, d)))
        .collect();
    all.sort_by_key(|(s, d)| {
        let (date, hour, minute, _) = &stories[*s].deeds[*d];
        (*date, *hour, *minute, *s, *d)
    });
    for (s, d) in all {
        let (date, hour, minute, deed) = &stories[s].deeds[d];
        clock.set(*date, *hour, *minute);
        let mut teller = Teller {
            app,
            office,
            story: &stories[s],
            number: &mut numbers[s],
        };
        teller.tell(deed).await.map_err(|Failed(code, why)| {
            Failed(code, format!("示例“{}”{date} {deed:?}：{why}", stories[s].applicant))
        })?;
    }
    Ok(stories.len())
}

pub(super) struct Teller<'a> {
    pub(super) app: &'a App,
    office: &'a Office,
    pub(super) story: &'a Story,
    number: &'a mut String,
}

impl Teller<'_> {
    async fn tell(&mut self, deed: &Deed) -> Result<(), Failed> {
        let desk = self.story.desk;
        match deed {
            Deed::Submit => {
                let viewer = self.viewer(self.story.applicant).await?;
                let draft = self.app.new_draft(&viewer).await.map_err(Failed::no)?;
                let done = self
                    .app
                    .submit(&viewer, self.app.fresh_act(), draft, self.application()?)
                    .await;
                *self.number = done.map_err(Failed::no)?.number;
            }
            Deed::Paper(received_on) => {
                let viewer = self.viewer(desk.intake).await?;
                let form = PaperForm {
                    application: self.application()?,
                    channel: Channel::Window,
                    received_on: *received_on,
                    handed_in_on: None,
                    handed_in_to: String::new(),
                    carried_by: String::new(),
                    scan: Some(("签名的申请表.png".into(), Picture::Form.bytes())),
                };
                let done = self.app.enter_paper(&viewer, self.app.fresh_act(), form).await;
                *self.number = done.map_err(Failed::no)?.number;
            }
            Deed::Do(who, act) => self.act(who, act.clone()).await?,
            Deed::Assign(names) => self.assign(names).await?,
            Deed::Evidence(who, title, proves) => {
                let act = AddEvidence {
                    title: (*title).into(),
                    proves: (*proves).into(),
                    made: None,
                    ring: Ring::Everyone,
                    protects: Vec::new(),
                    document: false,
                    file: None,
                };
                self.act(who, act).await?;
            }
            Deed::Photo(who, title, proves, picture) => {
                let viewer = self.viewer(who).await?;
                let name = format!("{title}.{}", picture.extension());
                let file = self.app.put_file(&viewer, self.number, &name, picture.bytes()).await;
                let act = AddEvidence {
                    title: (*title).into(),
                    proves: (*proves).into(),
                    made: None,
                    ring: Ring::Everyone,
                    protects: Vec::new(),
                    document: false,
                    file: Some(file.map_err(Failed::no)?),
                };
                self.act(who, act).await?;
            }
            Deed::Rule(person, reason) => {
                let act = RuleRecusal {
                    person: self.office.person(person)?,
                    recused: true,
                    reason: (*reason).into(),
                    other_leads: Vec::new(),
                };
                self.act("郑卫东", act).await?;
            }
            Deed::FindAnew(found) => {
                let case = self.case().await?;
                for (question, answer, reason) in *found {
                    self.record_finding(&case, &(*question).into(), *answer, reason).await?;
                }
            }
            Deed::Tick => {
                self.app.tick().await.map_err(Failed::no)?;
            }
            Deed::Record(whom, text) => self.record(whom, text).await?,
            Deed::Inquire(whom, text) => self.inquire(whom, text).await?,
            Deed::State(arguments) => {
                let arguments = arguments.iter().map(|text| (*text).into()).collect();
                self.act(
                    self.story.applicant,
                    State {
                        arguments,
                        signed: None,
                    },
                )
                .await?;
            }
            Deed::Answer(adopted, reason) => {
                for argument in self
                    .case()
                    .await?
                    .statement
                    .arguments
                    .iter()
                    .filter(|a| a.answer.is_none())
                {
                    let act = AnswerArgument {
                        argument: argument.id,
                        adopted: Some(*adopted),
                        reason: (*reason).into(),
                    };
                    self.act(desk.investigators[0], act).await?;
                }
            }
            Deed::Find(unusual) => self.find(unusual).await?,
            Deed::Conclude(text) => {
                let case = self.case().await?;
                if case.explained.is_none() && case.claim.as_ref().is_some_and(|claim| claim.as_str() == "exempt") {
                    self.act(
                        desk.intake,
                        Explain {
                            note: "已告知可以同时申请减责，本人表示不申请。".into(),
                        },
                    )
                    .await?;
                }
                self.act(desk.investigators[0], Conclude { text: (*text).into() })
                    .await?;
                self.act(desk.investigators[1], SignConclusion {}).await?;
            }
            Deed::Opine(party, outcome, reason) => {
                let who = if *party == Party::Bureau { desk.lead } else { desk.group };
                self.act(
                    who,
                    Opine {
                        outcome: (*outcome).into(),
                        reason: (*reason).into(),
                    },
                )
                .await?;
            }
            Deed::Determine(reason) => {
                let outcome = self.outcome().await?;
                self.act(
                    desk.lead,
                    Determine {
                        outcome,
                        reason: (*reason).into(),
                    },
                )
                .await?;
            }
            Deed::Issue => self.issue().await?,
            Deed::Result => {
                self.issue().await?;
                self.act(desk.intake, Serve {}).await?;
            }
            Deed::Acknowledge => {
                self.act(self.story.applicant, Acknowledge {}).await?;
                self.act(desk.recipient, Acknowledge {}).await?;
                self.act(desk.group, AcknowledgeReport {}).await?;
            }
        }
        Ok(())
    }

    async fn viewer(&self, name: &str) -> Result<Viewer, Failed> {
        let person = self.office.person(name)?;
        let viewer = self.app.seated(person).await.map_err(Failed::no)?;
        viewer.ok_or_else(|| Failed::no(format!("{name} 没有岗位")))
    }

    pub(super) async fn case(&self) -> Result<Case, Failed> {
        Ok(self.app.case(self.number).await.map_err(Failed::no)?.case)
    }

    async fn outcome(&self) -> Result<OutcomeCode, Failed> {
        let case = self.case().await?;
        let assessment = self.app.assessment(&case).map_err(Failed::no)?;
        assessment.outcome.ok_or_else(|| Failed::no("按查明的事实得不出结果"))
    }

    pub(super) async fn act(&self, who: &str, act: impl Into<Act>) -> Result<(), Failed> {
        let viewer = self.viewer(who).await?;
        let act = act.into();
        let title = act.name().title();
        let done = self
            .app
            .perform(
                &viewer,
                self.number,
                self.app.fresh_act(),
                None,
                act,
                Signature::of(PASSWORD),
            )
            .await;
        done.map(|_| ()).map_err(|e| Failed::no(format!("{title}：{e}")))
    }

    fn application(&self) -> Result<Application, Failed> {
        let mut application = self.story.application.clone();
        let pack = self.app.packs().current();
        application.codes.person = self.office.person(self.story.applicant)?;
        application.codes.unit = self.office.institution(self.story.unit)?.id;
        application.codes.declaration = pack.procedure.declaration.version.clone();
        application.codes.leaflet = pack.procedure.leaflet.version.clone();
        application.text.name = self.story.applicant.into();
        application.text.unit = self.story.unit.into();
        Ok(application)
    }

    /// Each lead assigns their own people.
    async fn assign(&self, names: &[&str]) -> Result<(), Failed> {
        for name in names {
            let viewer = self.viewer(name).await?;
            let seat = viewer
                .seats
                .first()
                .ok_or_else(|| Failed::no(format!("{name} 没有岗位")))?;
            let desk = self.story.desk;
            // Whoever is neither the bureau's nor the group's is borrowed.
            let at = seat.capacity.institution;
            let receipt = self.case().await?.receipt;
            let party = receipt.and_then(|receipt| match at {
                at if at == receipt.bureau => Some(Party::Bureau),
                at if at == receipt.discipline => Some(Party::Discipline),
                _ => None,
            });
            let lead = if party == Some(Party::Discipline) {
                desk.group
            } else {
                desk.lead
            };
            let assignee = Assignee {
                person: viewer.person,
                name: viewer.name.clone(),
                institution: at,
                party,
                leads: false,
            };
            self.act(lead, Assign { people: vec![assignee] }).await?;
        }
        Ok(())
    }

    async fn record(&self, whom: &str, text: &str) -> Result<(), Failed> {
        let [first, second] = self.story.desk.investigators;
        let act = Investigate {
            kind: InquiryKind::Interview,
            on: self.app.today(),
            place: self.story.unit.into(),
            whom: whom.into(),
            text: text.into(),
            with: self.office.person(second)?,
        };
        self.act(first, act).await
    }

    async fn inquire(&self, whom: &str, text: &str) -> Result<(), Failed> {
        self.record(whom, text).await?;
        let [_, second] = self.story.desk.investigators;
        for inquiry in self
            .case()
            .await?
            .inquiries
            .iter()
            .filter(|i| i.countersigned.is_none())
        {
            self.act(second, Countersign { inquiry: inquiry.id }).await?;
        }
        Ok(())
    }

    async fn issue(&self) -> Result<(), Failed> {
        let desk = self.story.desk;
        let recipients = vec![desk.group_name.to_owned()];
        self.act(desk.intake, Issue { recipients }).await?;
        let group = ReportRecipient {
            institution: Some(self.office.institution(desk.group_name)?.id),
            body: desk.group_name.into(),
            authority: "驻局纪检监察组，会同审核认定".into(),
        };
        self.act(
            desk.intake,
            SendReport {
                recipients: vec![group],
            },
        )
        .await
    }
}

/// Left with two witnesses because the recipient would not sign.
pub fn left_with(to: Recipient, on: Date, witnesses: [&str; 2]) -> Act {
    ServeOtherwise {
        to,
        manner: Manner::Left,
        made_on: on,
        details: String::new(),
        witnesses: witnesses.iter().map(|name| (*name).into()).collect(),
    }
    .into()
}
