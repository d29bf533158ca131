//! What the list of cases is filtered by: from the address to a query, and back into the form and its links.

use crate::extract::Visit;
use crate::values::Values;
use app::figures::SPANS;
use app::reading::{CaseOrder, CaseQuery, Choices};
use app::views::Pace;
use base::Date;
use base::law::Unit;
use casefile::stage::Stage;

/// The filter as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Number, applicant, unit, clause or outcome.
    pub text: String,
    /// Whether contents are searched too.
    pub deep: bool,
    /// State and day.
    pub first: Vec<Select>,
    /// The rest.
    pub more: Vec<Select>,
    /// 收到日期, from and to, as typed.
    pub received: (String, String),
    /// What is wrong with them; may be empty.
    pub wrong: String,
    /// The order, where it is not the first one.
    pub order: String,
    /// Whether anything is filtered.
    pub active: bool,
    /// Whether anything of the rest is.
    pub more_active: bool,
}

/// A choice of the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Select {
    /// Its name in the address.
    pub name: &'static str,
    /// What it says.
    pub label: &'static str,
    /// Code, words, chosen.
    pub choices: Vec<(String, String, bool)>,
}

/// The names of the address that filter.
const NAMES: [&str; 12] = [
    "q", "state", "due", "bureau", "unit", "work", "handler", "outcome", "days", "from", "to", "deep",
];
/// Those of them that are not in the first row.
const MORE: [&str; 8] = ["bureau", "unit", "work", "handler", "outcome", "days", "from", "to"];

/// The outcome of a case that has none yet: code, words.
pub const NONE: &str = "none";
/// What it is called.
pub const NOT_YET: &str = "还没有认定";

const OPEN: &str = "open";
const CLOSED: &str = "closed";
const WRONG_DAY: &str = "收到日期要写成 2026-09-16 这样。请改一下。";

/// The orders: code, what the list says of it.
pub const ORDERS: [(&str, CaseOrder, &str); 3] = [
    ("", CaseOrder::Due, "快到期的在前面"),
    ("received", CaseOrder::Received, "新收到的在前面"),
    ("number", CaseOrder::Number, "按编号排"),
];

/// How a case stands to the statutory day, in the order of `app::figures::Timing`: code, words.
pub const TIMINGS: [(&str, &str); 5] = [
    ("met", "按期作出结论"),
    ("missed", "超期作出结论"),
    ("running", "没到期"),
    ("late", "已逾期"),
    ("ended", "没作结论就结束"),
];

/// What the address asks for.
pub fn query(visit: &Visit, typed: &Values) -> CaseQuery {
    let (state, due) = (typed.text("state"), typed.text("due"));
    let (calendar, today) = (visit.app.calendar(), visit.app.today());
    let soon = calendar.deadline(today, 3, Unit::WorkingDays).due;
    let (pace, due_from, due_by) = match due {
        "late" => (Some(Pace::Open), None, today.yesterday().ok()),
        "soon" => (Some(Pace::Open), Some(today), Some(soon)),
        "running" => (Some(Pace::Open), Some(today), None),
        "met" => (Some(Pace::InTime), None, None),
        "missed" => (Some(Pace::Late), None, None),
        "ended" => (Some(Pace::Ended), None, None),
        _ => (None, None, None),
    };
    let some = |name: &str| Some(typed.text(name).to_owned()).filter(|text| !text.is_empty());
    CaseQuery {
        stage: Stage::parse(state),
        closed: match state {
            OPEN => Some(false),
            CLOSED => Some(true),
            _ => None,
        },
        pace,
        days_used: days(typed.text("days")),
        due_from,
        due_by,
        bureau: typed.text("bureau").parse().ok(),
        unit: typed.text("unit").parse().ok(),
        work_kind: some("work"),
        outcome: some("outcome").map(|code| Some(code).filter(|code| code != NONE)),
        handler: typed.text("handler").parse().ok(),
        received_from: day(typed.text("from")).unwrap_or_default(),
        received_by: day(typed.text("to")).unwrap_or_default(),
        text: some("q").map(|text| text.chars().take(50).collect()),
        order: order(typed).1,
        at: some("at"),
    }
}

/// A span of working days: `6-10`, or `15-` without an end.
fn days(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once('-')?;
    let to = if to.is_empty() { u32::MAX } else { to.parse().ok()? };
    Some((from.parse().ok()?, to))
}

/// The order asked for.
pub fn order(typed: &Values) -> (&'static str, CaseOrder, &'static str) {
    let found = ORDERS.iter().find(|(code, ..)| *code == typed.text("order"));
    *found.unwrap_or(&ORDERS[0])
}

/// A span of working days as the address and the page say it.
pub fn span((from, to): &(u32, u32)) -> (String, String) {
    match (*from, *to) {
        (from, u32::MAX) => (format!("{from}-"), format!("{from} 个工作日以上")),
        (0, to) => (format!("0-{to}"), format!("{to} 个工作日以内")),
        (from, to) => (format!("{from}-{to}"), format!("{from} 到 {to} 个工作日")),
    }
}

/// A day in whatever spelling; `Err` where it is none.
fn day(text: &str) -> Result<Option<Date>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let narrow = text.chars().map(|c| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    });
    let narrow: String = narrow.collect();
    let parts: Vec<i16> = narrow
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(-1))
        .collect();
    let [year @ 1900..=2100, month, day] = parts[..] else {
        return Err(());
    };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Err(());
    };
    Date::new(year, month, day).map(Some).map_err(|_| ())
}

/// The form as it stands.
pub fn form(visit: &Visit, typed: &Values, choices: &Choices) -> Filter {
    let select = |name, label, choices: Vec<(String, String)>| {
        let chosen = typed.text(name);
        let all = std::iter::once((String::new(), "全部".to_owned()));
        Select {
            name,
            label,
            choices: all
                .chain(choices)
                .map(|(code, words)| {
                    let is = code == chosen;
                    (code, words, is)
                })
                .collect(),
        }
    };
    let words = |pairs: &[(&str, &str)]| {
        let pair = |(code, words): &(&str, &str)| ((*code).to_owned(), (*words).to_owned());
        pairs.iter().map(pair).collect::<Vec<(String, String)>>()
    };
    let mut states: Vec<(String, String)> = words(&[(OPEN, "在办的"), (CLOSED, "已办结的")]);
    states.extend(
        Stage::ALL
            .iter()
            .map(|stage| (stage.code().into(), stage.name().into())),
    );
    let mut dues: Vec<(String, String)> = words(&[("late", "已逾期"), ("soon", "3 个工作日内")]);
    dues.extend(words(&TIMINGS).into_iter().filter(|(code, _)| code != "late"));
    let pack = visit.app.packs().current();
    let ids = |pairs: &[(base::InstitutionId, String)]| {
        let pair = |(id, name): &(base::InstitutionId, String)| (id.to_string(), name.clone());
        pairs.iter().map(pair).collect::<Vec<_>>()
    };
    let kinds = pack.procedure.work_kinds.iter();
    let outcomes = pack.outcomes.iter().map(|outcome| outcome.code.to_string());
    let outcomes = outcomes
        .map(|code| (code.clone(), code))
        .chain(words(&[(NONE, NOT_YET)]));
    let handlers = choices.handlers.iter();
    let more = [
        select("bureau", "县（区）", ids(&choices.bureaus)),
        select("unit", "单位", ids(&choices.units)),
        select(
            "work",
            "种类",
            kinds.map(|kind| (kind.id.to_string(), kind.text.clone())).collect(),
        ),
        select(
            "handler",
            "经办人",
            handlers.map(|(id, name)| (id.to_string(), name.clone())).collect(),
        ),
        select("outcome", "结果", outcomes.collect()),
        select("days", "用了几个工作日", SPANS.iter().map(span).collect()),
    ];
    let given = |name: &&str| !typed.text(name).is_empty();
    let wrong = [typed.text("from"), typed.text("to")]
        .map(day)
        .iter()
        .any(Result::is_err);
    Filter {
        text: typed.text("q").into(),
        deep: !typed.text("deep").is_empty(),
        first: vec![select("state", "状态", states), select("due", "期限", dues)],
        // What there is nothing to choose from is not shown.
        more: more.into_iter().filter(|select| select.choices.len() > 1).collect(),
        received: (typed.text("from").into(), typed.text("to").into()),
        wrong: if wrong { WRONG_DAY.into() } else { String::new() },
        order: typed.text("order").into(),
        active: NAMES.iter().any(given.clone()),
        more_active: MORE.iter().any(given),
    }
}

/// The address of the same list with `name` changed, from its first page.
pub fn url(path: &str, typed: &Values, change: Option<(&str, &str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in NAMES.iter().chain(&["order"]) {
        let text = match change {
            Some((changed, to)) if changed == *name => to,
            _ => typed.text(name),
        };
        if !text.is_empty() {
            query.append_pair(name, text);
        }
    }
    if let Some(("at", cursor)) = change {
        query.append_pair("at", cursor);
    }
    match query.finish() {
        query if query.is_empty() => path.into(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_in_many_spellings() {
        let day_of = |text: &str| day(text).ok().flatten().map(|day| day.to_string());
        for text in [
            "2026-09-16",
            "2026/9/16",
            "2026年9月16日",
            "２０２６．９．１６",
            "2026 9 16",
        ] {
            assert_eq!(day_of(text).as_deref(), Some("2026-09-16"), "{text}");
        }
        assert_eq!(day(""), Ok(None));
        for text in ["昨天", "2026-09", "2026-13-01", "2026-02-30", "99999-1-1", "1-2-3-4"] {
            assert_eq!(day(text), Err(()), "{text}");
        }
    }

    #[test]
    fn links_keep_what_is_filtered() {
        let typed = Values::urlencoded("q=%E7%8E%8B&state=open&at=x&unknown=1".as_bytes()).unwrap();
        let table = [
            (None, "/cases?q=%E7%8E%8B&state=open"),
            (Some(("at", "<1~2")), "/cases?q=%E7%8E%8B&state=open&at=%3C1%7E2"),
            (Some(("order", "number")), "/cases?q=%E7%8E%8B&state=open&order=number"),
            (Some(("q", "")), "/cases?state=open"),
        ];
        for (change, expected) in table {
            assert_eq!(url("/cases", &typed, change), expected);
        }
        assert_eq!(url("/cases", &Values::default(), None), "/cases");
    }
}
