//! 归档: every case is filed in the special archive, whatever its end (六（四）): declined, withdrawn and transferred
//! ones too.

use crate::act::Perform;
use crate::case::{Case, Done};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use base::law::GroundId;
use serde::{Deserialize, Serialize};

/// The bureau files the case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileCase {
    /// What is to be noted; may be empty.
    pub note: String,
}

impl Perform for FileCase {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        ctx.must_be_bureau_staff(case)?;
        if case.filed.is_some() {
            return Err(Refusal::already("这个案件已经归档。"));
        }
        if case.ending.is_some() {
            return Ok(());
        }
        case.must_be_issued()?;
        if case.reported.is_empty() {
            return Err(Refusal::not_yet(
                "not-reported",
                "认定报告还没有报送，不能归档。",
                "请先书面报送。",
                "六（四）",
            ));
        }
        if case.services.is_empty() || !case.services.iter().all(|service| service.complete()) {
            return Err(Refusal::not_yet(
                "not-served",
                "本人和单位还没有都送达，不能归档。",
                "请等签收，或者用其他方式送达。",
                "六（四）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.optional("note", "备注", &self.note, LONG_TEXT);
        check.done()?;
        let mut filed = Filed {
            on: ctx.today(),
            relaxed: Vec::new(),
            sealed: FilingText { note: self.note },
        };
        // Whoever files may be the one clerk who did all the rest.
        let mut after = case.clone();
        filed.apply(&mut after, &Meta::of(ctx, &filed.clone().into(), case.version + 1));
        filed.relaxed = after
            .degradations(ctx.procedure)
            .into_iter()
            .map(|one| one.id)
            .collect();
        Ok(vec![filed.into()])
    }
}

/// 已归档
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The day.
    pub on: Date,
    /// What was relaxed for want of people (缺人时的办法), by the pack's codes.
    pub relaxed: Vec<GroundId>,
    /// The note.
    #[serde(skip)]
    pub sealed: FilingText,
}

/// The sealed part of [`Filed`] and [`super::SupplementFiled`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingText {
    /// What is noted.
    pub note: String,
}

impl Recorded for Filed {
    sealed_part!(FilingText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.filed = Some(done(self.on, &self.sealed, meta));
        case.relaxed.clone_from(&self.relaxed);
    }
}

pub(super) fn done(on: Date, text: &FilingText, meta: &Meta) -> Done {
    Done {
        on,
        by: meta.actor,
        stood: meta.stood.clone(),
        note: text.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, send_report, serve};

    #[test]
    fn filed_when_everything_is_done() {
        let case = Given::served("exempted").intake().when(FileCase::default()).then();
        assert!(case.is_closed());
    }

    #[test]
    fn refused_while_something_is_missing() {
        let table = [
            ("not-determined", Given::accepted().intake()),
            ("not-issued", Given::determined("exempted").intake()),
            ("not-reported", Given::issued("exempted").intake()),
            ("not-served", Given::issued("exempted").intake().done(send_report())),
            (
                "not-served",
                Given::issued("exempted").intake().done(send_report()).done(serve()),
            ),
            ("bureau-only", Given::served("exempted").discipline_lead()),
            ("already-done", Given::filed().intake()),
        ];
        for (code, given) in table {
            assert_eq!(given.when(FileCase::default()).refused().code, code);
        }
    }
}
