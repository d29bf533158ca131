//! `/cases/export`: the list as it is filtered, as an Excel file. Every cell of text is written as text, so that
//! nothing a person typed is ever taken for a formula. That it was taken is on record.

use super::{filter, stage, standing, work};
use crate::error::Page;
use crate::extract::Visit;
use crate::values::Values;
use app::Failure;
use app::reading::{CaseRow, MOST_EXPORTED};
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The columns: words and width.
const COLUMNS: [(&str, f64); 11] = [
    ("收件编号", 24.0),
    ("申请人", 12.0),
    ("单位", 28.0),
    ("种类", 16.0),
    ("办到哪一步", 24.0),
    ("结果", 12.0),
    ("收到日期", 12.0),
    ("法定期限", 12.0),
    ("作出结论日期", 14.0),
    ("用了几个工作日", 16.0),
    ("期限情况", 30.0),
];

/// `GET /cases/export`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let typed = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let asked = filter::query(&visit, &typed);
    let (rows, more) = visit.app.export_cases(&visit.viewer, &asked).await?;
    let today = visit.app.today();
    let mut title = format!(
        "案件列表，{} 件，{today} 导出，由 {} 导出",
        rows.len(),
        visit.viewer.name
    );
    if more {
        title.push_str(&format!(
            "。一次最多导出 {MOST_EXPORTED} 件，后面的没有导出，请用筛选分几次"
        ));
    }
    let (procedure, calendar) = (visit.app.packs().current().procedure.clone(), visit.app.calendar());
    let cells = move |row: &CaseRow| {
        let outcome = row.outcome.clone().unwrap_or_default();
        let day = |day: Option<base::Date>| day.map_or_else(String::new, |day| day.to_string());
        let provisional = if row.provisional { "（暂定）" } else { "" };
        [
            row.number.clone(),
            row.applicant_name.clone(),
            row.unit_name.clone(),
            work(row, &procedure),
            stage(row),
            outcome,
            row.received_on.to_string(),
            format!("{}{provisional}", day(row.due_on)),
            day(row.met_on),
            row.days_used.map_or_else(String::new, |days| days.to_string()),
            standing(row, today, &calendar).1,
        ]
    };
    let lines: Vec<[String; COLUMNS.len()]> = rows.iter().map(cells).collect();
    let made = tokio::task::spawn_blocking(move || workbook(&title, today, &lines)).await;
    let failed = |error: String| Failure::Internal(format!("export: {error}"));
    let bytes = made.map_err(Failure::from)?.map_err(|e| failed(e.to_string()))?;
    let headers = [
        (CONTENT_TYPE, MEDIA.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"anjian-{today}.xlsx\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// The file: a line that says what it is, the columns, the rows.
///
/// # Errors
/// A text longer than Excel takes.
pub fn workbook(title: &str, today: base::Date, lines: &[[String; COLUMNS.len()]]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = (today.year(), today.month(), today.day());
    if let (Ok(year), Ok(month), Ok(day)) = (u16::try_from(day.0), u8::try_from(day.1), u8::try_from(day.2)) {
        let made = ExcelDateTime::from_ymd(year, month, day)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    }
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("案件")?;
    sheet.write_string(0, 0, title)?;
    for (column, (words, width)) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(1, column, words, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, line) in (2u32..).zip(lines) {
        for (column, text) in (0u16..).zip(line) {
            // Excel's own limit; no field is as long.
            let text: String = text.chars().take(32_000).collect();
            sheet.write_string(row, column, text)?;
        }
    }
    sheet.set_freeze_panes(2, 1)?;
    book.save_to_buffer()
}
