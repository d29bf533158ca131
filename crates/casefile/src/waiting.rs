//! Whom a case waits for (现在等谁): the to-dos that follow from its state, with the step targets of the pack.
//!
//! A to-do is an act that the act's own file would let be done; a test holds the two together. What may be done but
//! need not (evidence, recusal, a further choice of reading) is no to-do. Pure: today comes in.

use crate::ActName;
use crate::acts::escalate::{LEADER, READING};
use crate::acts::remind::{Reminder, ReminderCause};
use crate::case::{Case, Manner, Recipient};
use crate::context::Role;
use crate::words::party;
use base::calendar::Calendar;
use base::law::{Assessment, Party, Procedure, StepId, Unit};
use base::{Date, PersonId};

/// Something a case waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The act to be done.
    pub act: ActName,
    /// By whom.
    pub who: Whom,
    /// By when: the step's target, or for the conclusion the statutory day.
    pub due: Option<Date>,
    /// Since when.
    pub since: Date,
}

impl Waiting {
    /// How often whoever is waited for was reminded of it, and when last; `None` where never.
    pub fn reminded(&self, case: &Case) -> Option<(usize, Date)> {
        let party = self.who.party(case)?;
        let of_this = case.reminders.iter().filter(|r| r.to == party && r.on >= self.since);
        let last = of_this.clone().map(|reminder| reminder.on).max()?;
        Some((of_this.count(), last))
    }
}

/// Who is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One person.
    Person(PersonId),
    /// Whoever holds the role at the institution that is the party in this case.
    Role(Role, Party),
    /// Whoever holds the role at the applicant's unit.
    Unit(Role),
}

impl Whom {
    /// The party of which they are, in this case; `None` for the applicant and their unit.
    pub fn party(&self, case: &Case) -> Option<Party> {
        match self {
            Whom::Role(_, party) => Some(*party),
            Whom::Unit(_) => None,
            Whom::Person(person) => {
                let of = |i: &crate::case::Investigator| i.party.unwrap_or(Party::Bureau);
                let investigator = case.investigators.iter().find(|i| i.person == *person);
                case.stands_in_for(*person).or(investigator.map(of))
            }
        }
    }

    /// As a sentence names them: 申请人, 调查人陈涛, 民政局负责人.
    pub fn text(&self, case: &Case) -> String {
        match self {
            Whom::Person(person) if case.applicant() == Some(*person) => "申请人".into(),
            Whom::Person(person) if case.stands_in_for(*person).is_some() => {
                let lead = case.city_leads.iter().rev().find(|lead| lead.person == *person);
                format!("牵头的{}", lead.map_or("市级协调人", |lead| lead.name.as_str()))
            }
            Whom::Person(person) => {
                let name = case
                    .investigators
                    .iter()
                    .find(|i| i.person == *person)
                    .map(|i| i.name.as_str());
                format!("调查人{}", name.unwrap_or_default())
            }
            Whom::Role(Role::Intake, at) => format!("{}收件岗", party(*at)),
            Whom::Role(Role::Lead, at) => format!("{}负责人", party(*at)),
            Whom::Role(_, at) => party(*at).into(),
            Whom::Unit(_) => "所在单位签收人".into(),
        }
    }
}

const INTAKE: Whom = Whom::Role(Role::Intake, Party::Bureau);
const CITY: Whom = Whom::Role(Role::Coordinator, Party::City);
const CITY_GROUP: Whom = Whom::Role(Role::Coordinator, Party::CityDiscipline);

/// What the case waits for now, in the order of the procedure; `assessment` is what follows from the findings so far.
pub fn waiting(
    case: &Case,
    procedure: &Procedure,
    assessment: &Assessment,
    calendar: &Calendar,
    today: Date,
) -> Vec<Waiting> {
    let Some(received) = case.receipt.as_ref().map(|receipt| receipt.received_on) else {
        return Vec::new();
    };
    let mut list = List {
        case,
        procedure,
        assessment,
        is_open: !case.open_questions(assessment).is_empty(),
        calendar,
        today,
        items: Vec::new(),
    };
    let began = case.rounds.last().map_or(received, |round| round.reopened_on);
    list.without_lead(began);
    list.told_the_city();
    list.secrecy();
    if case.is_running() {
        list.intake(began);
        list.inquiry(began);
        list.opinions();
        list.city();
        list.determination();
    }
    list.service();
    list.review();
    list.filing(began);
    list.items
}

struct List<'a> {
    case: &'a Case,
    procedure: &'a Procedure,
    assessment: &'a Assessment,
    /// A question that would change the outcome is not found yet.
    is_open: bool,
    calendar: &'a Calendar,
    today: Date,
    items: Vec<Waiting>,
}

impl List<'_> {
    fn add(&mut self, act: ActName, who: Whom, since: Date, due: Option<Date>) {
        self.items.push(Waiting { act, who, due, since });
    }

    /// Waits for the lead of `party`, or for who stands in for them; for nobody while there is neither, as then
    /// somebody has to take the lead first.
    fn add_lead(&mut self, act: ActName, party: Party, since: Date, due: Option<Date>) {
        match self.case.city_lead(party) {
            Some(lead) => self.add(act, Whom::Person(lead.person), since, due),
            None if self.case.lacks_lead(party).is_some() => {}
            None => self.add(act, Whom::Role(Role::Lead, party), since, due),
        }
    }

    /// 市级牵头: at once, whatever else the case waits for.
    fn without_lead(&mut self, began: Date) {
        let case = self.case;
        for (party, city) in [(Party::Bureau, CITY), (Party::Discipline, CITY_GROUP)] {
            if case.lacks_lead(party).is_some() && case.filed.is_none() && case.ending.is_none() {
                let out = |recusal: &&crate::case::Recusal| recusal.capacity.is(Role::Lead, party);
                let since = case.recusals.iter().rev().find(out).map_or(began, |recusal| recusal.on);
                self.add(ActName::TakeLead, city, since, self.target("accept", since));
            }
        }
    }

    /// What the calendar told the city is waited for until the city has reminded the county of it.
    fn told_the_city(&mut self) {
        let case = self.case;
        let lacking = case.investigators_missing(self.procedure.investigators) > 0;
        let stands = |reminder: &&Reminder| match reminder.cause {
            ReminderCause::Overdue => true,
            ReminderCause::Unassigned => lacking,
            _ => false,
        };
        if !case.is_running() || case.conclusion.is_some() || case.is_led_by_city() {
            return;
        }
        let to_city = case.reminders.iter().filter(|reminder| reminder.to == Party::City);
        let Some(told) = to_city.filter(stands).next_back().map(|reminder| reminder.on) else {
            return;
        };
        let answered = |r: &Reminder| r.by == Some(Party::City) && r.on >= told;
        if !case.reminders.iter().any(answered) {
            self.add(ActName::Remind, CITY, told, Some(told));
        }
    }

    /// 保密令: a second person is waited for.
    fn secrecy(&mut self) {
        let orders = self.case.unconfirmed_secrecy(self.today);
        if let Some(since) = orders.map(|order| order.on).min() {
            self.add_lead(ActName::ConfirmSecrecy, Party::Bureau, since, None);
        }
    }

    /// The target of a step that began on `from`, where the pack sets one.
    fn target(&self, step: &str, from: Date) -> Option<Date> {
        let step = StepId::from(step);
        let days = self.procedure.steps.iter().find(|target| target.id == step)?.days;
        Some(self.calendar.deadline(from, days, Unit::WorkingDays).due)
    }

    fn intake(&mut self, began: Date) {
        let case = self.case;
        let accept_by = self.target("accept", began);
        if case.is_basis_pending() && case.conclusion.is_none() {
            self.add(ActName::NameBasis, INTAKE, began, accept_by);
        }
        if let (Some(asked), Some(applicant)) = (&case.supplement, case.applicant())
            && asked.answer.is_none()
            && case.conclusion.is_none()
        {
            self.add(
                ActName::Supplement,
                Whom::Person(applicant),
                asked.asked_on,
                Some(asked.until),
            );
        }
        if case.accepted.is_none() {
            self.add(ActName::Accept, INTAKE, began, accept_by);
        }
    }

    fn inquiry(&mut self, began: Date) {
        let case = self.case;
        for recusal in case.recusals.iter().filter(|recusal| recusal.ruling.is_none()) {
            match (recusal.capacity.role, recusal.capacity.party) {
                (_, Some(Party::City)) => self.add(ActName::RuleRecusal, CITY_GROUP, recusal.on, None),
                (Role::Lead | Role::Coordinator, _) | (_, Some(Party::CityDiscipline)) => {
                    self.add(ActName::RuleRecusal, CITY, recusal.on, None)
                }
                (_, party) => {
                    let party = party
                        .filter(|party| *party == Party::Discipline)
                        .unwrap_or(Party::Bureau);
                    self.add_lead(ActName::RuleRecusal, party, recusal.on, None)
                }
            }
        }
        let Some(accepted) = case.accepted.as_ref().map(|done| done.on.max(began)) else {
            return;
        };
        if case.conclusion.is_some() {
            return;
        }
        if case.active_investigators().count() < usize::from(self.procedure.investigators) {
            let due = self.target("assign", began);
            self.add_lead(ActName::Assign, Party::Bureau, accepted, due);
            self.add_lead(ActName::Assign, Party::Discipline, accepted, due);
        }
        self.hearing(accepted, began);
        if case.explanation_due(self.procedure) && case.explained.is_none() {
            self.add(ActName::Explain, INTAKE, accepted, None);
        }
        self.investigators(accepted);
    }

    fn hearing(&mut self, accepted: Date, began: Date) {
        let case = self.case;
        let statement = &case.statement;
        match (statement.invited, case.applicant()) {
            (None, _) if self.procedure.hear_applicant => {
                let due = self.target("invite", began);
                self.add(ActName::Invite, INTAKE, accepted, due);
            }
            (Some((on, until)), Some(applicant)) if statement.stated.is_none() && statement.waived.is_none() => {
                if self.today <= until {
                    self.add(ActName::State, Whom::Person(applicant), on, Some(until));
                } else {
                    self.add(ActName::Waive, INTAKE, until, Some(until));
                }
            }
            _ => {}
        }
        let unanswered = statement.arguments.iter().any(|argument| argument.answer.is_none());
        if let (Some(stated), true) = (statement.stated, unanswered) {
            let due = self.target("answer", stated);
            for investigator in case.active_investigators() {
                self.add(ActName::AnswerArgument, Whom::Person(investigator.person), stated, due);
            }
        }
    }

    fn investigators(&mut self, accepted: Date) {
        let case = self.case;
        let statutory = case
            .receipt
            .as_ref()
            .filter(|_| case.rounds.is_empty())
            .map(|receipt| receipt.due.due);
        let active = case.active_investigators().count();
        let unexplained = case.explanation_due(self.procedure) && case.explained.is_none();
        let may_conclude = active >= usize::from(self.procedure.investigators)
            && self.is_heard()
            && !unexplained
            && !case.is_basis_pending()
            && case.inquiries.iter().all(|inquiry| !inquiry.is_open(case));
        // A record is signed by two; alone, one goes on finding.
        let can_record = active >= 2;
        for investigator in case.active_investigators() {
            let who = Whom::Person(investigator.person);
            let since = investigator.on.max(accepted);
            if let Some(inquiry) = case.to_countersign(investigator.person).next() {
                self.add(ActName::Countersign, who.clone(), inquiry.on, statutory);
            }
            match &case.proposed {
                Some(proposed) if proposed.signed.iter().any(|(signed, _)| *signed == investigator.person) => {}
                Some(proposed) => self.add(ActName::SignConclusion, who, proposed.on, statutory),
                None if case.inquiries.is_empty() && can_record => {
                    self.add(ActName::Investigate, who, since, statutory)
                }
                None if self.is_open => self.add(ActName::Find, who, since, statutory),
                None if may_conclude => self.add(ActName::Conclude, who, since, statutory),
                // All is found; what is lacking for the conclusion waits for others.
                None => {}
            }
        }
    }

    fn is_heard(&self) -> bool {
        let statement = &self.case.statement;
        let over = statement.invited.is_some_and(|(on, until)| {
            self.today > until || statement.stated.is_some_and(|stated| stated >= on) || statement.waived.is_some()
        });
        !self.procedure.hear_applicant || self.case.is_heard() && over
    }

    fn opinions(&mut self) {
        let case = self.case;
        let Some(concluded) = case.conclusion.as_ref().map(|conclusion| conclusion.on) else {
            return;
        };
        let due = self.target("opine", concluded);
        for party in case.missing_opinions(self.procedure) {
            self.add_lead(ActName::Opine, party, concluded, due);
        }
        if !case.opinions_settled(self.procedure) {
            return;
        }
        let opened = case.opinions_opened.map_or(concluded, |opened| opened.date());
        match case.consultations.last() {
            Some(consultation) if consultation.minutes.is_none() => {
                let (by, on) = (consultation.opened_by, consultation.opened_on);
                self.add_lead(ActName::MinuteConsultation, by, on, None);
            }
            _ if case.must_consult() => {
                self.add_lead(ActName::OpenConsultation, Party::Bureau, opened, None);
                self.add_lead(ActName::OpenConsultation, Party::Discipline, opened, None);
            }
            _ if case.remains_in_disagreement() && case.escalation.is_none() && !case.is_led_by_city() => {
                self.add_lead(ActName::Escalate, Party::Bureau, opened, None);
                self.add_lead(ActName::Escalate, Party::Discipline, opened, None);
            }
            _ => {}
        }
    }

    fn city(&mut self) {
        let case = self.case;
        let Some(escalated) = case.escalation.as_ref().map(|escalation| escalation.on) else {
            if let Some(accepted) = case.accepted.as_ref().map(|done| done.on)
                && case.led_by_applicant() == Some(Party::Discipline)
                && case.must_report(LEADER, self.procedure)
                && !case.remains_in_disagreement()
            {
                self.add_lead(
                    ActName::Escalate,
                    Party::Bureau,
                    accepted,
                    self.target("accept", accepted),
                );
            }
            return;
        };
        if !case.is_coordinated() {
            let due = self.target("coordinate", escalated);
            self.add(ActName::Coordinate, CITY, escalated, due);
            if case.city_discipline_view().is_none() && case.city_lead(Party::Discipline).is_none() {
                self.add(ActName::AddCityView, CITY_GROUP, escalated, due);
            }
        }
        if case.conclusion.is_some() && case.opinions_settled(self.procedure) {
            let since = case
                .coordination
                .as_ref()
                .map_or(escalated, |coordination| coordination.on);
            for party in case.missing_confirmations() {
                self.add_lead(ActName::Confirm, party, since, None);
            }
        }
    }

    fn determination(&mut self) {
        let case = self.case;
        let Some(concluded) = case.conclusion.as_ref().map(|conclusion| conclusion.on) else {
            return;
        };
        let consulted = !case.is_consulting() && !case.must_consult();
        let escalated = case.escalation.is_some();
        let coordinated = !escalated || case.is_coordinated() && case.missing_confirmations().is_empty();
        let settled =
            consulted && coordinated && (escalated || case.is_led_by_city() || !case.remains_in_disagreement());
        let reported = case.led_by_applicant().is_none() || !case.must_report(LEADER, self.procedure);
        if !case.opinions_settled(self.procedure) || !settled || !reported {
            return;
        }
        let due = self.target("determine", concluded);
        let since = case.opinions_opened.map_or(concluded, |opened| opened.date());
        if !self.assessment.depends_on_readings.is_empty() && case.must_report(READING, self.procedure) {
            self.add_lead(ActName::Escalate, Party::Bureau, since, due);
            self.add_lead(ActName::Escalate, Party::Discipline, since, due);
        } else if self.assessment.outcome.is_some() {
            self.add_lead(ActName::Determine, Party::Bureau, since, due);
        } else if self.is_open || case.reviewed_determination().is_some() {
            self.add_lead(ActName::ReturnToInquiry, Party::Bureau, since, due);
        } else {
            self.add_lead(ActName::Defer, Party::Bureau, since, due);
        }
    }

    fn service(&mut self) {
        let case = self.case;
        let Some(determined) = case.determination().map(|determination| determination.on) else {
            return;
        };
        let due = self.target("serve", determined);
        let Some(report) = case.reports.last() else {
            self.add(ActName::Issue, INTAKE, determined, due);
            return;
        };
        if case.reported.is_empty() {
            self.add(ActName::SendReport, INTAKE, report.on, due);
        }
        let group = case.receipt.as_ref().map(|receipt| receipt.discipline);
        let unseen = |r: &&crate::case::Reported| r.institution == group && r.received_on.is_none();
        if let Some(sent) = case.reported.iter().find(unseen) {
            self.add_lead(ActName::AcknowledgeReport, Party::Discipline, sent.sent_on, None);
        }
        if case.services.is_empty() {
            self.add(ActName::Serve, INTAKE, report.on, due);
        }
        for service in case
            .services
            .iter()
            .filter(|service| !service.complete() && service.manner == Manner::Direct)
        {
            let who = match (service.to, case.applicant()) {
                (Recipient::Worker, Some(applicant)) => Whom::Person(applicant),
                _ => Whom::Unit(Role::Recipient),
            };
            self.add(ActName::Acknowledge, who, service.on, None);
        }
        let unsigned = case.services.iter().find(|service| !service.complete());
        if let Some(over) = unsigned
            .and_then(|service| self.target("serve", service.on))
            .filter(|over| *over < self.today)
        {
            self.add(ActName::ServeOtherwise, INTAKE, over, Some(over));
        }
    }

    fn review(&mut self) {
        let case = self.case;
        let Some(review) = case.reviews.last() else { return };
        match &review.decision {
            None => {
                let reviews = if case.is_led_by_city() { CITY_GROUP } else { CITY };
                self.add(ActName::DecideReview, reviews, review.applied_on, None);
            }
            Some(decision) if !decision.upheld => {
                self.add_lead(ActName::Redetermine, Party::Bureau, decision.on, None);
            }
            Some(_) => {}
        }
    }

    fn filing(&mut self, began: Date) {
        let case = self.case;
        if case.filed.is_some() || case.is_to_be_determined_anew() {
            return;
        }
        let served = !case.services.is_empty() && case.services.iter().all(|service| service.complete());
        if let Some(ending) = &case.ending {
            self.add(ActName::FileCase, INTAKE, ending.on, None);
        } else if !case.reported.is_empty() && served {
            let since = case.services.iter().map(|service| service.on).max().unwrap_or(began);
            self.add(ActName::FileCase, INTAKE, since, None);
        }
    }
}

#[cfg(test)]
mod tests;
