//! `/figures`: numbers with the list behind each, as tables whose bars are drawn beside the numbers they stand for.
//!
//! Bodies stand by division, months by the calendar, never by size; a hidden figure has no bar and no list.

use super::cases::{NONE, NOT_YET, TIMINGS, span, url};
use crate::error::Page;
use crate::extract::Visit;
use crate::frame::Frame;
use crate::values::Values;
use app::figures::{Figures, LEAST, Line, SPANS, Shown};
use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse};
use base::Date;
use casefile::Role;

/// The figures.
#[derive(Debug, Default, Template)]
#[template(path = "pages/figures.html")]
pub struct FiguresPage {
    /// Around it.
    pub frame: Frame,
    /// Whose they are.
    pub name: String,
    /// The year.
    pub year: i16,
    /// The years: address, words, whether it is this one.
    pub years: Vec<(String, String, bool)>,
    /// The bodies: code, words, chosen; empty for who sees one alone.
    pub bodies: Vec<(String, String, bool)>,
    /// The fewest cases shown.
    pub least: u64,
    /// The tables.
    pub tables: Vec<Table>,
}

/// One table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its heading.
    pub title: &'static str,
    /// A sentence under it; may be empty.
    pub hint: String,
    /// What its rows are.
    pub of: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What of it is not shown, in a sentence; may be empty.
    pub rest: String,
}

/// One row.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// Whether it is the total.
    pub total: bool,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
    /// The first cell's share of the largest of the table, in percent; `None` draws no bar.
    pub bar: Option<u64>,
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The number, or why there is none.
    pub text: String,
    /// The list behind it; empty for none.
    pub url: String,
    /// Whether the number is hidden.
    pub hidden: bool,
}

/// `GET /figures`
pub async fn get(visit: Visit, RawQuery(query): RawQuery) -> Page {
    let typed = Values::urlencoded(query.unwrap_or_default().as_bytes())?;
    let (year, body) = (typed.text("year").parse().ok(), typed.text("bureau").parse().ok());
    let figures = visit.app.figures(&visit.viewer, year, body).await?;
    // The list of someone who leads and coordinates is wider than one body: each link names it.
    let narrow = visit.viewer.has(Role::Coordinator);
    Ok(Html(page(&figures, narrow, visit.frame("/figures")).render()?).into_response())
}

/// The page of some figures; `narrow` where its links must name the body.
pub fn page(figures: &Figures, narrow: bool, frame: Frame) -> FiguresPage {
    let body = figures.body.map(|id| id.to_string()).unwrap_or_default();
    let years = figures.years.iter().map(|year| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("year", &year.to_string());
        if !body.is_empty() {
            query.append_pair("bureau", &body);
        }
        (
            format!("/figures?{}", query.finish()),
            format!("{year} 年"),
            *year == figures.year,
        )
    });
    let mut bodies = Vec::new();
    if !figures.bodies.is_empty() {
        bodies.push((String::new(), "全市".to_owned(), body.is_empty()));
        bodies.extend(figures.bodies.iter().map(|(id, name)| {
            let id = id.to_string();
            let chosen = id == body;
            (id, name.clone(), chosen)
        }));
    }
    let links = Links {
        year: figures.year,
        bureau: if narrow { body.clone() } else { String::new() },
    };
    let mut tables = vec![by_month(figures, &links)];
    if !figures.by_body.is_empty() {
        tables.push(by_body(figures, &links));
    }
    tables.extend([
        outcomes(figures, &links),
        spans(figures, &links),
        stages(figures, &links),
        clauses(figures, &links),
    ]);
    FiguresPage {
        frame,
        name: figures.name.clone(),
        year: figures.year,
        years: years.collect(),
        bodies,
        least: LEAST,
        tables: tables
            .into_iter()
            .map(gathered)
            .filter(|table| !table.rows.is_empty() || !table.rest.is_empty())
            .collect(),
    }
}

/// The addresses of the lists behind the figures.
struct Links {
    year: i16,
    bureau: String,
}

impl Links {
    /// The list of what was received in the year or one of its months, with what else it is filtered by.
    fn of(&self, month: Option<u8>, bureau: Option<&str>, more: &[(&str, &str)]) -> String {
        let month = month.and_then(|month| i8::try_from(month).ok());
        let first = Date::new(self.year, month.unwrap_or(1), 1);
        let last = Date::new(self.year, month.unwrap_or(12), 1).map(Date::last_of_month);
        let mut typed = Values::default();
        if let (Ok(first), Ok(last)) = (first, last) {
            typed.put("from", &first.to_string());
            typed.put("to", &last.to_string());
        }
        typed.put("bureau", bureau.unwrap_or(&self.bureau));
        for (name, text) in more {
            typed.put(name, text);
        }
        url("/cases", &typed, None)
    }
}

fn cell(shown: Shown, url: String) -> Cell {
    match shown {
        Shown::Number(n) => Cell {
            text: n.to_string(),
            url,
            hidden: false,
        },
        Shown::Few => Cell {
            text: format!("少于 {LEAST} 件"),
            url: String::new(),
            hidden: true,
        },
        Shown::Withheld => Cell {
            text: "不单列".into(),
            url: String::new(),
            hidden: true,
        },
    }
}

/// Draws the first cells as bars, the largest across the whole width.
fn with_bars(mut rows: Vec<Row>, numbers: &[Option<u64>]) -> Vec<Row> {
    let largest = numbers.iter().flatten().copied().max().unwrap_or(0).max(1);
    for (row, n) in rows.iter_mut().zip(numbers) {
        row.bar = n.map(|n| (n * 100).div_ceil(largest));
    }
    rows
}

fn timing_cells(line: &Line, link: impl Fn(&[(&str, &str)]) -> String) -> Vec<Cell> {
    let timings = line.timing.iter().zip(TIMINGS);
    let cells = timings.map(|(shown, (code, _))| cell(*shown, link(&[("due", code)])));
    std::iter::once(cell(line.received, link(&[]))).chain(cells).collect()
}

fn timing_columns() -> Vec<String> {
    let timings = TIMINGS.iter().map(|(_, words)| (*words).to_owned());
    std::iter::once("收到".to_owned()).chain(timings).collect()
}

fn by_month(figures: &Figures, links: &Links) -> Table {
    let row = |(month, line): &(u8, Line)| Row {
        label: format!("{month} 月"),
        cells: timing_cells(line, |more| links.of(Some(*month), None, more)),
        ..Row::default()
    };
    let numbers: Vec<Option<u64>> = figures.months.iter().map(|(_, line)| line.received.number()).collect();
    let mut rows = with_bars(figures.months.iter().map(row).collect(), &numbers);
    rows.push(Row {
        label: "全年".into(),
        total: true,
        cells: timing_cells(&figures.total, |more| links.of(None, None, more)),
        bar: None,
    });
    Table {
        title: "收到多少，按期办了多少",
        hint: "按收到的月份算。期限是法定期限，调查结论作出就算数。".into(),
        of: "月份",
        columns: timing_columns(),
        rows,
        rest: String::new(),
    }
}

fn by_body(figures: &Figures, links: &Links) -> Table {
    let rows = figures.by_body.iter().map(|(id, name, line)| {
        let id = id.to_string();
        Row {
            label: name.clone(),
            cells: timing_cells(line, |more| links.of(None, Some(&id), more)),
            ..Row::default()
        }
    });
    let numbers: Vec<Option<u64>> = figures
        .by_body
        .iter()
        .map(|(.., line)| line.received.number())
        .collect();
    Table {
        title: "各县（区）",
        hint: "按区划代码排，不比名次。".into(),
        of: "县（区）",
        columns: timing_columns(),
        rows: with_bars(rows.collect(), &numbers),
        rest: String::new(),
    }
}

/// A table with one figure in each row.
fn single(title: &'static str, of: &'static str, rows: Vec<(String, Shown, String)>) -> Table {
    let numbers: Vec<Option<u64>> = rows.iter().map(|(_, shown, _)| shown.number()).collect();
    let row = |(label, shown, url): (String, Shown, String)| Row {
        label,
        cells: vec![cell(shown, url)],
        ..Row::default()
    };
    Table {
        title,
        of,
        columns: vec!["件数".into()],
        rows: with_bars(rows.into_iter().map(row).collect(), &numbers),
        ..Table::default()
    }
}

/// The table whose rows without any number are named together below it.
fn gathered(mut table: Table) -> Table {
    let told = |row: &Row| row.total || row.cells.iter().any(|cell| !cell.hidden);
    let (shown, hidden): (Vec<Row>, Vec<Row>) = std::mem::take(&mut table.rows).into_iter().partition(told);
    let hidden: Vec<String> = hidden.into_iter().map(|row| row.label).collect();
    table.rows = shown;
    if !hidden.is_empty() {
        table.rest = format!("少于 {LEAST} 件或者不单列的：{}。", hidden.join("、"));
    }
    table
}

fn outcomes(figures: &Figures, links: &Links) -> Table {
    let row = |(code, shown): &(Option<String>, Shown)| {
        let outcome = ("outcome", code.as_deref().unwrap_or(NONE));
        let label = code.clone().unwrap_or_else(|| NOT_YET.into());
        (label, *shown, links.of(None, None, &[outcome]))
    };
    single("认定结果", "结果", figures.outcomes.iter().map(row).collect())
}

fn spans(figures: &Figures, links: &Links) -> Table {
    let row = |(of, shown): (&(u32, u32), &Shown)| {
        let (days, label) = span(of);
        (label, *shown, links.of(None, None, &[("days", &days)]))
    };
    let rows = SPANS.iter().zip(&figures.spans).map(row).collect();
    let mut table = single("作出结论用了几个工作日", "工作日", rows);
    if let Some(median) = figures.median {
        table.hint = format!("一半案件在 {median} 个工作日以内作出结论。");
    }
    table
}

fn stages(figures: &Figures, links: &Links) -> Table {
    let row = |(stage, shown): &(casefile::stage::Stage, Shown)| {
        let url = links.of(None, None, &[("state", stage.code())]);
        (stage.name().to_owned(), *shown, url)
    };
    single("现在办到哪一步", "步骤", figures.stages.iter().map(row).collect())
}

fn clauses(figures: &Figures, links: &Links) -> Table {
    let codes = figures.outcomes.iter().map(|(code, _)| code.clone());
    let columns = codes.map(|code| code.unwrap_or_else(|| NOT_YET.into()));
    let rows = figures.clauses.iter().map(|line| {
        let clause = ("q", line.citation.as_str());
        let cells = figures.outcomes.iter().zip(&line.outcomes).map(|((code, _), shown)| {
            let outcome = ("outcome", code.as_deref().unwrap_or(NONE));
            cell(*shown, links.of(None, None, &[clause, outcome]))
        });
        Row {
            label: line.citation.clone(),
            cells: std::iter::once(cell(line.claimed, links.of(None, None, &[clause])))
                .chain(cells)
                .collect(),
            ..Row::default()
        }
    });
    let numbers: Vec<Option<u64>> = figures.clauses.iter().map(|line| line.claimed.number()).collect();
    Table {
        title: "申请人提出的条款和结果",
        hint: "一件可以提出几条，所以加起来可以比收到的多。".into(),
        of: "条款",
        columns: std::iter::once("提出".to_owned()).chain(columns).collect(),
        rows: with_bars(rows.collect(), &numbers),
        rest: String::new(),
    }
}
