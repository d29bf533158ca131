//! 补充归档: what comes after filing is added to the archive.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

use super::file::{FilingText, done};

/// The bureau adds to the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSupplement {
    /// What is added.
    pub note: String,
}

impl Perform for FileSupplement {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        if case.receipt.is_none() {
            return Err(Refusal::not_found());
        }
        ctx.must_be_bureau_staff(case)?;
        if case.filed.is_none() {
            return Err(Refusal::not_yet(
                "not-filed",
                "这个案件还没有归档。",
                "请先归档。",
                "六（四）",
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("note", "补充了什么", &self.note, LONG_TEXT);
        check.done()?;
        Ok(vec![
            SupplementFiled {
                on: ctx.today(),
                sealed: FilingText { note: self.note },
            }
            .into(),
        ])
    }
}

/// 已补充归档
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementFiled {
    /// The day.
    pub on: Date,
    /// What was added.
    #[serde(skip)]
    pub sealed: FilingText,
}

impl Recorded for SupplementFiled {
    sealed_part!(FilingText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.supplementary_filings.push(done(self.on, &self.sealed, meta));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn more() -> FileSupplement {
        FileSupplement {
            note: "县纪委监委的回函。".into(),
        }
    }

    #[test]
    fn added_after_filing() {
        assert_eq!(
            Given::filed().intake().when(more()).then().supplementary_filings.len(),
            1
        );
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::served("exempted").intake().when(more()).refused().code,
            "not-filed"
        );
        assert_eq!(
            Given::filed().discipline_lead().when(more()).refused().code,
            "bureau-only"
        );
        let empty = Given::filed().intake().when(FileSupplement { note: " ".into() });
        assert_eq!(empty.refused().fields[0].field, "note");
    }
}
