//! 书面报送: by authority over the person, the stationed group always.

use super::{ActPage, recipients};
use crate::desk::Desk;
use crate::form::{Field, Form};
use crate::read::Read;
use crate::values::Values;
use casefile::act::ActName;
use casefile::acts::SendReport;
use casefile::{Act, Refusal};

/// The page.
pub const PAGE: ActPage = ActPage {
    act: ActName::SendReport,
    done: "已书面报送。",
    form,
    parse,
};

fn form(desk: &Desk, _: &Values) -> Form {
    let sent: Vec<&str> = desk
        .case
        .reported
        .iter()
        .map(|reported| reported.body.as_str())
        .collect();
    let sent = Some(sent.join("、")).filter(|sent| !sent.is_empty());
    Form::new("报送")
        .fields(sent.map(|sent| Field::fixed("sent", "已经报送", sent)))
        .fields(recipients::fields(desk))
        .consequences("驻局纪检监察组在这里收到报告；其他单位的，请打印后送去。报送的单位和日期记入案卷。")
}

fn parse(desk: &Desk, values: &Values) -> Result<Act, Refusal> {
    let mut read = Read::of(values);
    let recipients = recipients::read(desk, &mut read);
    if recipients.is_empty() {
        read.refuse("others", "还没写报送给谁。请至少写一家。");
    }
    read.done(SendReport { recipients })
}
