//! 证据: anyone of the procedure adds what proves something; the worker until the conclusion, and it goes on without.
//!
//! Whether a piece was made after the inquiry was known is worked out here and marked: such papers are not refused.
//! Who may see it (the ring) is chosen by the institutions; what the worker gives, everyone of the case sees.

use crate::act::Perform;
use crate::case::{Case, Evidence, File, Ring};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT, When};
use crate::{Context, Role, sealed_part};
use base::law::Party;
use base::{Date, EvidenceId};
use serde::{Deserialize, Serialize};

/// Somebody adds a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddEvidence {
    /// Title.
    pub title: String,
    /// What it proves; the worker may leave it to the investigators.
    pub proves: String,
    /// When it was made, where that is known.
    pub made: Option<When>,
    /// Who may see it.
    pub ring: Ring,
    /// 要保护的人的姓名: of protected evidence, who is not to be named to worker, unit and village.
    pub protects: Vec<String>,
    /// Whether it is a decision or document of the competent body (五（二）（六） need one).
    pub document: bool,
    /// The stored file, where there is one.
    pub file: Option<File>,
}

/// The most characters of a name to be protected, and the most names of one piece.
const NAME: usize = 20;
const NAMES: usize = 10;

impl Perform for AddEvidence {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        if case.applicant() == Some(ctx.actor.person) {
            case.must_run()?;
            if case.conclusion.is_some() {
                return Err(Refusal::not_yet(
                    "concluded",
                    "调查结论已经作出，不能再补交材料。",
                    "认定以后不服的，可以申请复核，把材料一起交来。",
                    "七（一）",
                ));
            }
            return Ok(());
        }
        ctx.must_be_impartial(case)?;
        if !is_of_the_team(case, ctx) {
            return Err(Refusal::not_you(
                "parties-only",
                "证据由申请人、调查人和两家机构提交。",
                "请把材料交给调查人。",
                "六（二）",
            ));
        }
        if case.is_closed() {
            return Err(Refusal::not_yet(
                "filed",
                "这个案件已经归档，不能再加证据。",
                "请用补充归档。",
                "六（四）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let by_applicant = case.applicant() == Some(ctx.actor.person);
        let known = case
            .application
            .as_ref()
            .and_then(|application| application.codes.inquiry_known);
        let after = self
            .made
            .zip(known)
            .map_or(Some(false), |(made, known)| made_after(made, known));
        let mut check = Check::new();
        check.required("title", "材料名称", &self.title, SHORT_TEXT);
        if by_applicant {
            check
                .optional("proves", "能证明什么", &self.proves, LONG_TEXT)
                .that(
                    self.ring == Ring::Everyone,
                    "ring",
                    "您交的材料，办案的两家机构都能看到。请选“双方都能看”。",
                )
                .that(
                    !self.document,
                    "document",
                    "主管机关的文书由调查人调取。您可以把它作为一般材料交来。",
                );
        } else {
            check.required("proves", "能证明什么", &self.proves, LONG_TEXT);
        }
        check
            .that(
                self.made
                    .is_none_or(|made| made.earliest().is_some_and(|day| day <= ctx.today())),
                "made",
                "材料形成的日期要真实存在，不能晚于今天。请改一下。",
            )
            .that(
                after.is_some(),
                "made",
                "知道被调查也在这个月。请写清材料是哪一天形成的。",
            );
        let name = |name: &String| (2..=NAME).contains(&name.chars().count());
        check
            .that(
                self.ring == Ring::Protected || self.protects.is_empty(),
                "protects",
                "写了要保护的人，这份材料就只能让核实举报的人看。请改选，或者不写姓名。",
            )
            .that(
                self.protects.len() <= NAMES && self.protects.iter().all(name),
                "protects",
                format!("一行写一个姓名，每个 2 到 {NAME} 个字，最多 {NAMES} 个。"),
            );
        check.done()?;
        Ok(vec![
            EvidenceAdded {
                evidence: EvidenceId::fresh(ctx.ids),
                made: self.made,
                made_after_inquiry: after.unwrap_or(false),
                ring: self.ring,
                document: self.document,
                on: ctx.today(),
                sealed: EvidenceText {
                    title: self.title,
                    proves: self.proves,
                    file: self.file,
                    protects: self.protects,
                },
            }
            .into(),
        ])
    }
}

/// Investigators of the case, the bureau's intake, the leads, and the coordinators of the city.
fn is_of_the_team(case: &Case, ctx: &Context) -> bool {
    let capacity = ctx.actor.capacity;
    case.is_investigating(ctx.actor.person)
        || capacity.is(Role::Intake, Party::Bureau)
        || matches!(
            (capacity.role, capacity.party),
            (Role::Lead | Role::Coordinator, Some(_))
        )
}

/// Whether it was made after the inquiry was known; `None` where only the missing day could tell. A doubt that no day
/// can settle, because the worker remembers the inquiry by its month alone, is marked.
fn made_after(made: When, known: When) -> Option<bool> {
    let month = |when: When| (when.year, when.month);
    match (made.day, known.day) {
        _ if month(made) != month(known) => Some(month(made) > month(known)),
        (Some(made), Some(known)) => Some(made > known),
        (None, Some(_)) => None,
        (_, None) => Some(true),
    }
}

/// A piece of evidence was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAdded {
    /// Its id.
    pub evidence: EvidenceId,
    /// When it was made.
    pub made: Option<When>,
    /// Made after the inquiry was known.
    pub made_after_inquiry: bool,
    /// Who may see it.
    pub ring: Ring,
    /// A document of the competent body.
    pub document: bool,
    /// Given on.
    pub on: Date,
    /// What it is.
    #[serde(skip)]
    pub sealed: EvidenceText,
}

/// The sealed part of [`EvidenceAdded`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceText {
    /// Title.
    pub title: String,
    /// What it proves.
    pub proves: String,
    /// The stored file.
    pub file: Option<File>,
    /// 要保护的人的姓名
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protects: Vec<String>,
}

impl Recorded for EvidenceAdded {
    sealed_part!(EvidenceText);

    fn files(&self) -> Vec<&File> {
        self.sealed.file.iter().collect()
    }

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.evidence.push(Evidence {
            id: self.evidence,
            number: case.evidence.len() as u32 + 1,
            title: self.sealed.title.clone(),
            proves: self.sealed.proves.clone(),
            made: self.made,
            made_after_inquiry: self.made_after_inquiry,
            ring: self.ring,
            document: self.document,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            on: self.on,
            file: self.sealed.file.clone(),
            protects: self.sealed.protects.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, evidence};

    fn when(year: i16, month: i8, day: impl Into<Option<i8>>) -> When {
        When {
            year,
            month,
            day: day.into(),
        }
    }

    #[test]
    fn numbered_in_the_order_given() {
        let case = Given::investigated()
            .worker()
            .done(evidence())
            .intake()
            .done(evidence())
            .case;
        assert_eq!(case.evidence.iter().map(|e| e.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(case.evidence[1].by_name, "李春梅");
    }

    #[test]
    fn papers_made_after_the_inquiry_was_known_are_marked() {
        let table = [
            (when(2026, 8, 2), when(2026, 8, 1), Some(true)),
            (when(2026, 8, 1), when(2026, 8, 1), Some(false)),
            (when(2026, 9, None), when(2026, 8, 1), Some(true)),
            (when(2025, 12, None), when(2026, 8, None), Some(false)),
            (when(2026, 8, None), when(2026, 8, 1), None),
            (when(2026, 8, 1), when(2026, 8, None), Some(true)),
        ];
        for (made, known, expected) in table {
            assert_eq!(made_after(made, known), expected, "{made} / {known}");
        }
        let knew = |day| Given::received_with(|a| a.codes.inquiry_known = Some(when(2026, 8, day))).worker();
        let made = |day| AddEvidence {
            made: Some(when(2026, 8, day)),
            ..evidence()
        };
        assert!(knew(Some(1)).when(made(Some(2))).then().evidence[0].made_after_inquiry);
        assert_eq!(knew(Some(1)).when(made(None)).refused().field_names(), ["made"]);
    }

    #[test]
    fn the_worker_until_the_conclusion_the_institutions_until_filing() {
        assert_eq!(Given::concluded().worker().when(evidence()).refused().code, "concluded");
        assert_eq!(Given::concluded().lead().done(evidence()).case.evidence.len(), 2);
    }

    #[test]
    fn refusals() {
        assert_eq!(Given::nothing().worker().when(evidence()).refused().code, "not-found");
        let recipient = Given::received().by(crate::testing::RECIPIENT);
        assert_eq!(recipient.when(evidence()).refused().code, "parties-only");
        let stranger = Given::received().by(crate::testing::THIRD);
        assert_eq!(stranger.when(evidence()).refused().code, "parties-only");
        let protecting = |ring, names: &[&str]| AddEvidence {
            ring,
            protects: names.iter().map(|name| name.to_string()).collect(),
            ..evidence()
        };
        let case = Given::received()
            .lead()
            .done(protecting(Ring::Protected, &["欧阳举发"]))
            .case;
        assert_eq!(case.evidence[0].protects, ["欧阳举发"]);
        for (ring, names) in [
            (Ring::Team, &["欧阳举发"][..]),
            (Ring::Protected, &["欧"]),
            (Ring::Protected, &["欧阳"; 11]),
        ] {
            let refused = Given::received().lead().when(protecting(ring, names)).refused();
            assert_eq!(refused.field_names(), ["protects"], "{names:?}");
        }
        let table: [(&str, AddEvidence); 5] = [
            (
                "title",
                AddEvidence {
                    title: " ".into(),
                    ..evidence()
                },
            ),
            (
                "made",
                AddEvidence {
                    made: Some(when(2026, 10, 1)),
                    ..evidence()
                },
            ),
            (
                "made",
                AddEvidence {
                    made: Some(when(2026, 2, 30)),
                    ..evidence()
                },
            ),
            (
                "ring",
                AddEvidence {
                    ring: Ring::Team,
                    ..evidence()
                },
            ),
            (
                "document",
                AddEvidence {
                    document: true,
                    ..evidence()
                },
            ),
        ];
        for (field, act) in table {
            assert_eq!(Given::received().worker().when(act).refused().field_names(), [field]);
        }
        let silent = AddEvidence {
            proves: String::new(),
            ..evidence()
        };
        assert_eq!(
            Given::received().intake().when(silent).refused().field_names(),
            ["proves"]
        );
    }
}
