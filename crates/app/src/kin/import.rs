//! The register of kin from an Excel file (.xlsx): its first sheet, the columns of [`FIELDS`] under their headings, one
//! entry a row. All or nothing; what is wrong is told by row and column. A list that was imported before and mended is
//! imported again as it is: what stands stays, what differs corrects.

use super::correct::{self, Why};
use super::record::{Version, Written};
use super::{Entry, FIELDS, Typed};
use crate::error::{Failure, Result as Done};
use crate::excel;
use base::Date;
use casefile::{FieldRefusal, Refusal};

/// The most rows of one file.
pub const MOST_ROWS: usize = 5_000;
/// The most mistakes told at once.
const TOLD: usize = 20;

/// What became of a file's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New entries.
    pub recorded: usize,
    /// Entries that were corrected.
    pub corrected: usize,
    /// Rows that stood in the register already.
    pub there: usize,
}

/// The entries of a file, each with its row.
///
/// # Errors
/// A refusal at the field `file`.
pub(super) fn entries(bytes: &[u8], today: Date) -> Result<Vec<(usize, Entry)>, Refusal> {
    let rows = excel::rows(bytes, &FIELDS.map(|(_, label, _)| label), MOST_ROWS)?;
    let mut entries = Vec::with_capacity(rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let formula = |column: usize| FieldRefusal {
            field: FIELDS[column].0.into(),
            sentence: excel::FORMULA.into(),
        };
        wrong.extend(row.formulas.iter().map(|column| at(row.number, formula(*column))));
        let mut cells = row.cells.into_iter();
        match Typed(std::array::from_fn(|_| cells.next().unwrap_or_default())).entry(today) {
            Ok(entry) => entries.push((row.number, entry)),
            Err(refusal) => wrong.extend(refusal.fields.into_iter().map(|field| at(row.number, field))),
        }
    }
    match wrong.is_empty() {
        true => Ok(entries),
        false => Err(told(&wrong)),
    }
}

/// What is recorded of a file's rows beside what stands in the register.
///
/// # Errors
/// A refusal at the field `file`, or at `slip` and `reason` where rows correct and it is not said why.
pub(super) fn against(
    versions: Vec<Version>,
    rows: Vec<(usize, Entry)>,
    why: &Why,
    today: Date,
) -> Done<(Vec<Written>, Imported)> {
    let standing: Vec<Version> = versions.into_iter().filter(|one| one.over.is_none()).collect();
    let (mut imported, mut written, mut wrong) = (Imported::default(), Vec::new(), Vec::new());
    let (mut new, mut correcting): (Vec<Entry>, Vec<(usize, &Version, Entry)>) = (Vec::new(), Vec::new());
    for (row, entry) in rows {
        if new.contains(&entry) || standing.iter().any(|one| one.entry == entry) {
            imported.there += 1;
            continue;
        }
        let taken = |one: &&Version| correcting.iter().any(|(_, other, _)| other.id == one.id);
        match standing.iter().find(|one| alike(&one.entry, &entry) && !taken(one)) {
            Some(before) => correcting.push((row, before, entry)),
            None => new.push(entry),
        }
    }
    for entry in &new {
        written.push(Written::recorded(entry)?);
    }
    imported.recorded = new.len();
    imported.corrected = correcting.len();
    if correcting.is_empty() {
        return Ok((written, imported));
    }
    let slip = why.checked().map_err(|mut refusal| {
        let rows: Vec<String> = correcting.iter().take(TOLD).map(|(row, ..)| row.to_string()).collect();
        let sentence = format!(
            "第 {} 行和登记过的同一户不一样，是更正。请写明理由和怎么错的，再导一次。不是更正的，请一条一条登记。",
            rows.join("、")
        );
        refusal.fields.insert(
            0,
            FieldRefusal {
                field: "file".into(),
                sentence,
            },
        );
        Refusal::fields(refusal.fields)
    })?;
    for (row, before, entry) in correcting {
        match correct::correction(before, entry, slip, &why.reason, today) {
            Ok(one) => written.push(one),
            Err(Failure::Refused(refusal)) => wrong.extend(refusal.fields.into_iter().map(|field| at(row, field))),
            Err(other) => return Err(other),
        }
    }
    match wrong.is_empty() {
        true => Ok((written, imported)),
        false => Err(told(&wrong).into()),
    }
}

/// Whether two entries are of one cadre and one family: the number is the same, or the head's name and the village.
fn alike(one: &Entry, other: &Entry) -> bool {
    let (one, other) = (&one.text, &other.text);
    let family = one.id_number == other.id_number || (one.head == other.head && one.village == other.village);
    one.name == other.name && family
}

/// All that is wrong, or as much of it as is read.
fn told(wrong: &[String]) -> Refusal {
    let more = wrong.len().saturating_sub(TOLD);
    let mut sentence = format!("一条也没有导入，改好再导一次。{}", wrong[..wrong.len() - more].join(""));
    if more > 0 {
        sentence.push_str(&format!("还有 {more} 处。"));
    }
    Refusal::field("file", sentence)
}

/// `第 3 行第 9 列“备案日期”：…`
fn at(row: usize, wrong: FieldRefusal) -> String {
    let column = FIELDS.iter().position(|(field, ..)| *field == wrong.field).unwrap_or(0);
    format!(
        "第 {row} 行第 {} 列“{}”：{}",
        column + 1,
        FIELDS[column].1,
        wrong.sentence
    )
}
