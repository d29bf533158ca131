//! The first sheet of an Excel file (.xlsx) as rows of texts under given headings. Not known here: what they mean.

use base::Date;
use calamine::{Data, Reader, Xlsx};
use casefile::Refusal;
use std::io::{Cursor, Read};

/// The most bytes a file may be unpacked.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// What is said of a cell that holds a formula: what it shows may not be what was meant.
pub(crate) const FORMULA: &str = "这一格是公式。请改成直接写的文字。";

/// One row that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as Excel shows it.
    pub number: usize,
    /// What its cells say, one for each heading.
    pub cells: Vec<String>,
    /// Which of them are formulas, counted from 0.
    pub formulas: Vec<usize>,
}

/// The rows below the headings that are not empty, at most `most`.
///
/// # Errors
/// A refusal at the field `file`.
pub(crate) fn rows(bytes: &[u8], headings: &[&str], most: usize) -> Result<Vec<Row>, Refusal> {
    let unreadable = || Refusal::field("file", "这个文件打不开。请用 Excel 另存为“Excel 工作簿”再导一次。");
    if !unpacks_small(bytes) {
        return Err(unreadable());
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let first = book.sheet_names().first().cloned().ok_or_else(unreadable)?;
    let sheet = book.worksheet_range(&first).map_err(|_| unreadable())?;
    let formulas = book.worksheet_formula(&first).map_err(|_| unreadable())?;
    let last = sheet
        .end()
        .unwrap_or_default()
        .0
        .max(formulas.end().unwrap_or_default().0);
    if last as usize > most {
        let sentence = format!("一次最多导入 {most} 条。请分成几个文件。");
        return Err(Refusal::field("file", sentence));
    }
    let at = |column: usize| u32::try_from(column).unwrap_or(u32::MAX);
    let cell = |row: u32, column: usize| text(sheet.get_value((row, at(column))));
    let counts = |row: u32, column: usize| {
        formulas
            .get_value((row, at(column)))
            .is_some_and(|text| !text.is_empty())
    };
    if (headings.iter().enumerate()).any(|(column, heading)| cell(0, column) != *heading) {
        let sentence = format!("第 1 行的标题要依次是：{}。", headings.join("、"));
        return Err(Refusal::field("file", sentence));
    }
    let columns = || 0..headings.len();
    let rows: Vec<Row> = (1..=last)
        .map(|row| Row {
            number: row as usize + 1,
            cells: columns().map(|column| cell(row, column)).collect(),
            formulas: columns().filter(|column| counts(row, *column)).collect(),
        })
        .filter(|row| row.cells.iter().any(|text| !text.is_empty()) || !row.formulas.is_empty())
        .collect();
    match rows.is_empty() {
        true => Err(Refusal::field("file", "这个文件里没有要导入的内容。")),
        false => Ok(rows),
    }
}

/// Whether all that is packed in the file stays small, as counted, not as it says.
fn unpacks_small(bytes: &[u8]) -> bool {
    let Ok(mut packed) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut left = UNPACKED;
    for n in 0..packed.len() {
        let Ok(part) = packed.by_index(n) else { return false };
        match std::io::copy(&mut part.take(left), &mut std::io::sink()) {
            Ok(unpacked) if unpacked < left => left -= unpacked,
            _ => return false,
        }
    }
    true
}

/// What a cell says. A whole number is written out; a day becomes `2026-03-01`.
fn text(cell: Option<&Data>) -> String {
    match cell {
        Some(Data::String(text) | Data::DateTimeIso(text)) => text.trim().to_owned(),
        Some(Data::Int(number)) => number.to_string(),
        Some(Data::Float(number)) => format!("{number}"),
        Some(Data::DateTime(moment)) => excel_day(moment.as_f64())
            .map(|day| day.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// The day of Excel's count, in which 1 is 1900-01-01 and 1900 had a 29 February.
fn excel_day(count: f64) -> Option<Date> {
    if !(61.0..2_958_466.0).contains(&count) {
        return None;
    }
    let days = std::time::Duration::from_secs(count as u64 * 86_400);
    Date::constant(1899, 12, 30).checked_add(days).ok()
}
