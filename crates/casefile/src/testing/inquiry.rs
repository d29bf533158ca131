//! The inquiry in tests: from two investigators to a conclusion that stands.

use super::*;
use crate::case::{File, InquiryKind, Ring};

/// A piece of evidence anyone may add.
pub fn evidence() -> AddEvidence {
    AddEvidence {
        title: "核对系统截图".into(),
        proves: "当时查到的车辆信息是两个月前的。".into(),
        made: Some(When {
            year: 2026,
            month: 3,
            day: Some(12),
        }),
        ring: Ring::Everyone,
        protects: Vec::new(),
        document: false,
        file: None,
    }
}

/// An interview that [`SECOND`] is to counter-sign.
pub fn inquiry() -> Investigate {
    Investigate {
        kind: InquiryKind::Interview,
        on: Date::constant(2026, 9, 17),
        place: "子岸镇民政所".into(),
        whom: "李春梅".into(),
        text: "问：当时怎么核对的？答：按规定查了系统，没有车。".into(),
        with: SECOND,
    }
}

/// What the applicant says, in two arguments.
pub fn statement() -> State {
    State {
        arguments: vec!["核对时系统里没有这辆车。".into(), "发现后第二天就报告了。".into()],
        signed: None,
    }
}

/// A scan of a paper the applicant signed.
pub fn paper() -> File {
    File {
        address: "ab".repeat(32),
        name: "书面说明.jpg".into(),
        media: "image/jpeg".into(),
        size: 120_000,
        digest: "cd".repeat(32),
        ..File::default()
    }
}

/// The explanation of 减责.
pub fn explanation() -> Explain {
    Explain {
        note: "已当面说明可以提出减责，本人表示先不提。".into(),
    }
}

/// A conclusion in words.
pub fn conclusion() -> Conclude {
    Conclude {
        text: "偏差由车管数据更新滞后造成，本人按规定核对并及时报告。".into(),
    }
}

impl Given {
    /// Received with another application.
    pub fn received_with(change: impl FnOnce(&mut Application)) -> Given {
        let mut application = application();
        change(&mut application);
        Given::nothing()
            .worker()
            .done(Submit {
                intake: intake(),
                application,
            })
            .next_day()
    }

    /// With a piece of evidence and a counter-signed record.
    pub fn investigated() -> Given {
        let given = Given::assigned().investigator().done(evidence()).done(inquiry());
        let record = given.case.inquiries[0].id;
        given.second().done(Countersign { inquiry: record })
    }

    /// The applicant was invited, spoke, and is answered.
    pub fn heard() -> Given {
        let mut given = Given::investigated()
            .intake()
            .done(Invite::default())
            .worker()
            .done(statement())
            .investigator();
        for argument in given.case.statement.arguments.clone() {
            given = given.done(AnswerArgument {
                argument: argument.id,
                adopted: Some(true),
                reason: "有系统记录可以证明。".into(),
            });
        }
        given
    }

    /// The first investigator answers yes on the first piece of evidence.
    pub fn done_find(self, question: &str) -> Given {
        let act = Find {
            question: question.into(),
            answer: Answer::Yes,
            evidence: vec![self.case.evidence[0].id],
            inquiries: vec![],
            reason: "报告记录可以证明。".into(),
            citation: String::new(),
            impossible: false,
        };
        self.investigator().done(act)
    }

    /// Nothing is missing for a conclusion: 免责 follows from the findings.
    pub fn ready_to_conclude() -> Given {
        Given::heard()
            .done_find("timely")
            .assessed(Some("exempted"))
            .done(explanation())
    }

    /// Concluded by two investigators on 17 September.
    pub fn concluded() -> Given {
        Given::ready_to_conclude()
            .done(conclusion())
            .second()
            .done(SignConclusion {})
    }

    /// Nine o'clock of another day.
    pub fn on(self, day: Date) -> Given {
        self.clock.set(Timestamp::on(day, 9, 0).expect("a day that exists"));
        self
    }
}
