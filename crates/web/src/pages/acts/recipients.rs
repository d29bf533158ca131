//! To whom the report goes: the stationed group always, those with authority over the person to tick, others by name.

use crate::desk::Desk;
use crate::form::{Choice, Field};
use crate::read::Read;
use casefile::acts::ReportRecipient;

/// The group stationed at the bureau: always among them.
fn group(desk: &Desk) -> ReportRecipient {
    ReportRecipient {
        institution: desk.case.receipt.as_ref().map(|receipt| receipt.discipline),
        body: desk.names.discipline.clone(),
        authority: "派驻监督".into(),
    }
}

/// Those with authority over the applicant, as entered of their unit and of the bureau; to be ticked or not.
fn proposed(desk: &Desk) -> Vec<ReportRecipient> {
    let others = desk
        .names
        .overseers
        .iter()
        .filter(|body| **body != desk.names.discipline);
    others
        .map(|body| ReportRecipient {
            institution: None,
            body: body.clone(),
            authority: "干部管理权限".into(),
        })
        .collect()
}

/// The fields that ask for recipients.
pub fn fields(desk: &Desk) -> Vec<Field> {
    let likely = proposed(desk);
    let choices = likely
        .iter()
        .map(|to| Choice::new(&to.body, to.body.as_str()).hint(to.authority.as_str()));
    let held = desk
        .case
        .application
        .as_ref()
        .map(|application| application.text.accountability.trim());
    let mut fields = vec![Field::fixed("group", "一定报送", desk.names.discipline.as_str())];
    fields.extend(
        held.filter(|held| !held.is_empty())
            .map(|held| Field::fixed("held", "申请人说的追究情况", held)),
    );
    if !likely.is_empty() {
        fields.push(Field::checks("likely", "还报送给", choices.collect()).optional());
    }
    fields.push(
        Field::long("others", "其他单位")
            .rows(3)
            .hint("一行一家，写“单位名称，报送的理由”。例如：濮阳市纪委监委，正在追究责任。")
            .optional(),
    );
    fields
}

/// Those chosen, the group first unless it has the report already.
pub fn read(desk: &Desk, read: &mut Read) -> Vec<ReportRecipient> {
    let group = group(desk);
    let has_it = desk
        .case
        .reported
        .iter()
        .any(|reported| reported.institution == group.institution);
    let mut recipients: Vec<_> = Some(group).filter(|_| !has_it).into_iter().collect();
    let ticked: Vec<String> = read.codes::<Code>("likely").into_iter().map(|code| code.0).collect();
    recipients.extend(proposed(desk).into_iter().filter(|to| ticked.contains(&to.body)));
    for line in read.lines("others") {
        match line.split_once(['，', ',']) {
            Some((body, authority)) if !body.trim().is_empty() && !authority.trim().is_empty() => {
                recipients.push(ReportRecipient {
                    institution: None,
                    body: body.trim().into(),
                    authority: authority.trim().into(),
                });
            }
            _ => read.refuse("others", format!("“{line}”要写成“单位名称，报送的理由”。请改一下。")),
        }
    }
    recipients
}

struct Code(String);

impl From<&str> for Code {
    fn from(code: &str) -> Code {
        Code(code.into())
    }
}
