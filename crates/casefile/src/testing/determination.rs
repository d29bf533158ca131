//! What the tests of opinions, determination, service and filing stand on.

use super::*;
use crate::ActName;
use crate::case::{File, Rendering};
use crate::paper::{PaperKind, PaperMade, PaperText};

fn pdf(name: &str, byte: &str) -> File {
    File {
        address: byte.repeat(32),
        name: name.into(),
        media: "application/pdf".into(),
        size: 90_112,
        digest: "e1".repeat(32),
        ..File::default()
    }
}

/// The report.
pub fn issue() -> Issue {
    Issue {
        recipients: vec!["驻濮阳县民政局纪检监察组".into()],
    }
}

/// A paper, rendered and stored.
pub fn made(kind: PaperKind) -> PaperMade {
    let n = PaperKind::ALL
        .iter()
        .position(|other| *other == kind)
        .unwrap_or_default() as u8;
    let file = pdf(&format!("{}.pdf", kind.title()), &format!("{:02x}", 0xa0 + n));
    PaperMade {
        document: DocumentId([200 + n; 16]),
        paper: kind,
        file: file.address.clone(),
        rendering: Rendering {
            renderer: "typst 0.15.1".into(),
            ..Rendering::default()
        },
        on: Date::constant(2026, 9, 30),
        sealed: PaperText {
            number: "濮县民〔2026〕16号".into(),
            file,
        },
    }
}

/// The report to the group.
pub fn send_report() -> SendReport {
    let group = ReportRecipient {
        institution: Some(DISCIPLINE),
        body: "驻濮阳县民政局纪检监察组".into(),
        authority: "派驻监督".into(),
    };
    SendReport {
        recipients: vec![group],
    }
}

/// Nothing is determined for now.
pub fn defer() -> Defer {
    Defer {
        awaited: "县公安局对收受礼金一事的结论".into(),
        reason: "本人是否收受礼金，现在没有有权机关的结论。".into(),
    }
}

/// Both services.
pub fn serve() -> Serve {
    Serve {}
}

impl Given {
    /// Both opinions are in and opened; 免责 or whatever `bureau` says follows from the findings.
    pub fn opined(bureau: &str, discipline: &str) -> Given {
        let opine = |outcome: &str| Opine {
            outcome: outcome.into(),
            reason: "按查明的事实。".into(),
        };
        let given = Given::concluded().assessed(Some(bureau).filter(|outcome| *outcome != DEFERRAL));
        given
            .lead()
            .done(opine(bureau))
            .discipline_lead()
            .done(opine(discipline))
    }

    /// The opinions differ, and a consultation did not settle it.
    pub fn still_differing() -> Given {
        let given = Given::opined("exempted", "not-exempted")
            .lead()
            .done(OpenConsultation {});
        let minutes = MinuteConsultation {
            held_on: given.today(),
            attendees: "周建国、赵明".into(),
            text: "双方各持己见。".into(),
            agreed: None,
        };
        given.done(minutes)
    }

    /// The disagreement was reported to the city, and the city coordinated.
    pub fn coordinated() -> Given {
        let act = Escalate {
            grounds: vec!["disagreement".into()],
            reason: "会商以后仍不一致。".into(),
        };
        let given = Given::still_differing().lead().done(act);
        given.by(COORDINATOR).done(Coordinate {
            text: "请按查明的事实办理。".into(),
        })
    }

    /// Determined: both institutions held `outcome` right.
    pub fn determined(outcome: &str) -> Given {
        Given::opined(outcome, outcome).determines(outcome)
    }

    /// Nothing followed from the findings, and the bureau's lead said so.
    pub fn deferred() -> Given {
        Given::concluded()
            .assessed(None)
            .opined_again(DEFERRAL)
            .lead()
            .done(defer())
    }

    /// The report is issued.
    pub fn issued(outcome: &str) -> Given {
        Given::determined(outcome).intake().done(issue())
    }

    /// Reported, served, and signed for by both.
    pub fn served(outcome: &str) -> Given {
        let given = Given::issued(outcome).done(send_report()).done(serve());
        given.worker().done(Acknowledge {}).by(RECIPIENT).done(Acknowledge {})
    }

    /// Filed.
    pub fn filed() -> Given {
        Given::served("exempted").intake().done(FileCase::default())
    }

    /// The bureau's lead determines.
    pub fn determines(self, outcome: &str) -> Given {
        self.lead().done(Determine {
            outcome: outcome.into(),
            reason: "事实清楚，符合规定。".into(),
        })
    }

    /// Invited anew, waived, and concluded once more: `outcome` follows.
    pub fn concluded_again(self, outcome: &str) -> Given {
        let waive = Waive {
            reason: "没有新的说明。".into(),
            ..Waive::default()
        };
        let heard = self.intake().done(Invite::default()).worker().done(waive);
        heard
            .assessed(Some(outcome))
            .investigator()
            .done(conclusion())
            .second()
            .done(SignConclusion {})
    }

    /// Both institutions hold `outcome` right.
    pub fn opined_again(self, outcome: &str) -> Given {
        let opine = || Opine {
            outcome: outcome.into(),
            reason: "按查明的事实。".into(),
        };
        self.lead().done(opine()).discipline_lead().done(opine())
    }

    /// That many calendar days later.
    pub fn days(self, days: i64) -> Given {
        self.clock.advance(days * 24 * 60);
        self
    }

    /// The legal day of the next act.
    pub fn today(&self) -> Date {
        self.clock.now().date()
    }

    /// Whether the act could be done now.
    pub fn ready(&self, act: ActName) -> Result<(), Refusal> {
        act.ready(&self.case, &self.context(&pack()))
    }
}
