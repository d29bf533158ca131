//! `/admin/people/import`: people with accounts from an Excel file. The file becomes rows on a page, each with what is
//! wrong in it; wrong ones are mended there, so that no file is lost; all together are then registered, and the one-time
//! passwords shown once, as slips to be cut.

use super::must;
use crate::error::{Page, status};
use crate::extract::{Post, Visit};
use crate::form::{Field, Form};
use crate::frame::Frame;
use crate::values::Values;
use app::authority::Matter;
use app::people::import::{COLUMNS, Checked, Imported, MOST_ROWS, ROLES, Slip, Typed};
use app::{Failure, Institution};
use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use base::ActId;
use casefile::Refusal;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, XlsxError};

const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const URL: &str = "/admin/people/import";
/// The sheet of the empty file from which roles and institutions are chosen.
const CHOICES: &str = "可以填的";

/// The page of a file and of what it says.
#[derive(Debug, Default, Template)]
#[template(path = "pages/people_import.html")]
pub struct ImportPage {
    /// Around it.
    pub frame: Frame,
    /// A line above all; empty for none.
    pub notice: String,
    /// The headings of the columns.
    pub columns: [&'static str; COLUMNS.len()],
    /// The roles a person can be given.
    pub roles: String,
    /// The most rows of a file.
    pub most: usize,
    /// The rows: number, cells, what is wrong.
    pub rows: Vec<(usize, [String; COLUMNS.len()], Vec<String>)>,
    /// How many rows are wrong.
    pub wrong: usize,
    /// How many accounts there will be.
    pub accounts: usize,
    /// What is done with the rows; `None` before there are any.
    pub next: Option<Form>,
    /// The form for a file.
    pub file: Form,
}

/// The page of the slips.
#[derive(Template)]
#[template(path = "pages/people_slips.html")]
pub struct SlipsPage {
    /// Around it.
    pub frame: Frame,
    /// The slips.
    pub slips: Vec<Slip>,
    /// How many were registered without an account.
    pub without: usize,
    /// The site's address, as the browser sees it.
    pub address: String,
}

/// `GET /admin/people/import`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite])?;
    draw(page(visit.frame("/admin"), &[], file()), StatusCode::OK)
}

/// `GET /admin/people/import/template`: the empty file, with lists of the roles and the institutions to choose from.
pub async fn template(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite])?;
    let institutions = visit.app.institutions().await?;
    let made = tokio::task::spawn_blocking(move || workbook(&institutions)).await;
    let bytes = made
        .map_err(Failure::from)?
        .map_err(|e| Failure::Internal(format!("template: {e}")))?;
    let headers = [
        (CONTENT_TYPE, MEDIA),
        (CONTENT_DISPOSITION, "attachment; filename=\"renyuan.xlsx\""),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST /admin/people/import`: a file, rows looked at again, or rows to be registered.
pub async fn post(headers: HeaderMap, post: Post) -> Page {
    let Post {
        visit,
        mut values,
        resumed,
    } = post;
    must(&visit, &[Matter::RunSite])?;
    let rows = match read(&visit, &mut values).await {
        Ok(rows) => rows,
        Err(Failure::Refused(refusal)) => {
            let page = page(visit.frame("/admin"), &[], file().refuse(&refusal));
            return draw(page, status(refusal.kind));
        }
        Err(failure) => return Err(failure.into()),
    };
    let act: Option<ActId> = values.text("act_id").parse().ok();
    if let Some(act) = act.filter(|_| !resumed) {
        match visit.app.import_people(&visit.viewer, act, rows.clone()).await {
            Ok(imported) => return slips(&visit, imported, address(&headers)),
            // Some row became wrong meanwhile: it is shown, like any other.
            Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let checked = match visit.app.check_people(&visit.viewer, rows).await {
        Ok(checked) => checked,
        Err(Failure::Refused(refusal)) => {
            let page = page(visit.frame("/admin"), &[], file().refuse(&refusal));
            return draw(page, status(refusal.kind));
        }
        Err(failure) => return Err(failure.into()),
    };
    let mut page = page(visit.frame("/admin"), &checked, file());
    if page.wrong == 0 {
        page.next = page
            .next
            .map(|form| form.field(Field::hidden("act_id", visit.app.fresh_act())));
    }
    if resumed {
        page.notice = "您已重新登录，还没有登记。请看一下再提交；没收到的文件要重新选。".into();
    }
    let wrong = page.wrong > 0;
    draw(
        page,
        if wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        },
    )
}

/// The rows of the file that was sent, or those of the page; all cleaned like whatever is typed.
async fn read(visit: &Visit, values: &mut Values) -> Result<Vec<Typed>, Failure> {
    let mut files = values.take_uploads().remove("file").unwrap_or_default();
    if let Some(file) = files.pop() {
        let rows = visit.app.people_file(&visit.viewer, file.bytes).await?;
        let mut typed = Values::default();
        for row in &rows {
            for ((field, ..), text) in COLUMNS.iter().zip(&row.cells) {
                typed.put(&name(row.number, field), text);
            }
        }
        let rows = rows.into_iter().map(|row| Typed {
            wrong: row.wrong,
            ..typed_row(&typed, row.number)
        });
        return Ok(rows.collect());
    }
    if let Some(refused) = values.refused.iter().find(|refused| refused.field == "file") {
        return Err(Refusal::field("file", refused.sentence.clone()).into());
    }
    let numbers: Vec<usize> = values.all("row").iter().filter_map(|text| text.parse().ok()).collect();
    match numbers.is_empty() {
        true => Err(Refusal::field("file", "请选一个 Excel 文件。").into()),
        false => Ok(numbers.into_iter().map(|number| typed_row(values, number)).collect()),
    }
}

fn typed_row(values: &Values, number: usize) -> Typed {
    Typed {
        number,
        cells: COLUMNS.map(|(field, ..)| values.text(&name(number, field)).to_owned()),
        wrong: Vec::new(),
    }
}

/// The field of a cell.
fn name(row: usize, field: &str) -> String {
    format!("{row}.{field}")
}

/// The page of rows that were looked at; of none before there is a file.
pub fn page(frame: Frame, checked: &[Checked], file: Form) -> ImportPage {
    let login = COLUMNS.len() - 1;
    let sentences = |row: &Checked| row.wrong.iter().map(|wrong| wrong.sentence.clone()).collect();
    let mut page = ImportPage {
        frame,
        columns: COLUMNS.map(|(_, label, _)| label),
        roles: ROLES.map(|(words, ..)| words).join("、"),
        most: MOST_ROWS,
        rows: (checked.iter())
            .map(|row| (row.typed.number, row.typed.cells.clone(), sentences(row)))
            .collect(),
        wrong: checked.iter().filter(|row| !row.wrong.is_empty()).count(),
        accounts: checked.iter().filter(|row| !row.typed.cells[login].is_empty()).count(),
        file,
        ..ImportPage::default()
    };
    if !checked.is_empty() {
        page.next = Some(next(checked, page.wrong));
    }
    let wrong = page.next.iter().chain([&page.file]).any(|form| form.wrong() > 0);
    page.frame.wrong = wrong;
    page
}

/// The rows as a form: wrong ones to be mended, right ones carried along.
fn next(checked: &[Checked], wrong: usize) -> Form {
    let mut form = match wrong {
        0 => Form::new("登记并开账号")
            .consequences("登记以后，下一页显示每个人的一次性密码，只显示这一次，请准备好打印机。谁登记的会记录在案。"),
        _ => Form::new("再检查一遍").consequences("还没有登记。每一行都对了，才能登记。"),
    };
    form = form.action(URL).dense();
    for row in checked {
        let number = row.typed.number;
        form = form.field(Field::hidden("row", number));
        if !row.wrong.is_empty() {
            form = form.field(Field::heading(&format!("第 {number} 行")));
        }
        for ((field, label, _), text) in COLUMNS.iter().zip(&row.typed.cells) {
            let name = name(number, field);
            form = form.field(match row.wrong.is_empty() {
                true => Field::hidden(&name, text),
                false => mended(row, Field::text(&name, *label).value(text), field),
            });
        }
    }
    form
}

/// The field of a cell that may be wrong.
fn mended(row: &Checked, mut field: Field, column: &str) -> Field {
    if column != "name" && column != "unit" {
        field = field.optional();
    }
    let here = row.wrong.iter().filter(|wrong| wrong.field == column);
    let sentences: Vec<&str> = here.map(|wrong| wrong.sentence.as_str()).collect();
    if !sentences.is_empty() {
        field.error = Some(format!("第 {} 行：{}", row.typed.number, sentences.join("")));
    }
    field
}

/// The form for a file.
pub fn file() -> Form {
    Form::new("检查")
        .action(URL)
        .field(Field::file("file", "填好的 Excel 文件").hint(format!("一次最多 {MOST_ROWS} 人。")))
        .consequences("先检查，不会马上登记。")
}

fn slips(visit: &Visit, imported: Imported, address: String) -> Page {
    let page = SlipsPage {
        frame: visit.frame("/admin"),
        slips: imported.slips,
        without: imported.without,
        address,
    };
    Ok(Html(page.render()?).into_response())
}

/// The site's address as the browser sees it: it names it with every form it sends.
fn address(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN).filter(|origin| *origin != "null").map(str::to_owned);
    origin.unwrap_or_else(|| format!("http://{}", text(HOST).unwrap_or_default()))
}

fn draw(page: ImportPage, status: StatusCode) -> Page {
    Ok((status, Html(page.render()?)).into_response())
}

/// The empty file: the headings, and a second sheet from which roles and institutions are chosen.
fn workbook(institutions: &[Institution]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name("人员")?;
    for (column, (_, label, _)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_format(column, &text)?;
        sheet.set_column_width(column, 22)?;
        sheet.write_string_with_format(0, column, label, &bold)?;
    }
    let last = u32::try_from(MOST_ROWS).unwrap_or(u32::MAX);
    let list = |column: char, n: usize| {
        let range = format!("'{CHOICES}'!${column}$2:${column}${}", n.max(1) + 1);
        DataValidation::new().allow_list_formula(Formula::new(range))
    };
    for column in [2, 4] {
        sheet.add_data_validation(1, column, last, column, &list('B', institutions.len()))?;
    }
    sheet.add_data_validation(1, 3, last, 3, &list('A', ROLES.len()))?;
    sheet.set_freeze_panes(1, 1)?;
    let choices = book.add_worksheet();
    choices.set_name(CHOICES)?;
    choices.set_column_width(0, 16)?;
    choices.set_column_width(1, 40)?;
    choices.write_string_with_format(0, 0, "岗位", &bold)?;
    choices.write_string_with_format(0, 1, "机构", &bold)?;
    for (row, (words, ..)) in (1u32..).zip(ROLES) {
        choices.write_string(row, 0, words)?;
    }
    for (row, institution) in (1u32..).zip(institutions) {
        choices.write_string(row, 1, &institution.name)?;
    }
    book.save_to_buffer()
}
