//! The two clocks of a case, never mixed: the statutory day (法定期限) and the target of the present step (本步).

use crate::words::{date, day};
use base::Date;
use base::calendar::{Calendar, Due};
use base::law::Procedure;
use casefile::Case;
use casefile::stage::Stage;
use casefile::waiting::Waiting;

/// What a clock says: a word first, a colour second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// `calm`, `warn`, `late`, `met`; with ` provisional` behind it.
    pub class: String,
    /// `还剩 8 个工作日`
    pub words: String,
    /// `10 月 12 日（周一）前`
    pub by: String,
}

/// The deadline box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueBox {
    /// The bar's look: the more urgent of the two clocks.
    pub class: String,
    /// 法定期限
    pub statutory: Option<Clock>,
    /// 本步
    pub step: Option<Clock>,
    /// Where the case has ended: how.
    pub ended: String,
}

/// Working days left from which a clock warns, where the pack names none (ux.md 3).
const WARN_DAYS: i32 = 5;

/// The clock of one day.
pub fn clock(due: Due, today: Date, calendar: &Calendar, procedure: &Procedure) -> Clock {
    let left = calendar.working_days_between(today, due.due);
    let warn = procedure.reminders.first().map_or(WARN_DAYS, |days| i32::from(*days));
    let (class, words) = if due.due < today {
        ("late", format!("▲ 已超期 {} 个工作日", (-left).max(1)))
    } else if due.due == today {
        ("warn", "今天到期".to_owned())
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == due.due) {
        ("warn", "明天到期".to_owned())
    } else if left <= warn {
        ("warn", format!("还剩 {left} 个工作日"))
    } else {
        ("calm", format!("还剩 {left} 个工作日"))
    };
    let provisional = if due.provisional {
        "（暂定，放假安排未公布）"
    } else {
        ""
    };
    let by = match class {
        "late" => format!("应于 {}{provisional}", date(due.due)),
        _ => format!("最迟 {}{provisional}", date(due.due)),
    };
    let class = if due.provisional {
        format!("{class} provisional")
    } else {
        class.to_owned()
    };
    Clock { class, words, by }
}

/// Both clocks of a case.
pub fn due_box(case: &Case, waiting: &[Waiting], today: Date, calendar: &Calendar, procedure: &Procedure) -> DueBox {
    if case.ending.is_some() || case.is_closed() {
        return DueBox {
            class: "calm".into(),
            ended: Stage::of(case).name().into(),
            ..DueBox::default()
        };
    }
    let Some(receipt) = &case.receipt else {
        return DueBox::default();
    };
    let statutory = match &case.conclusion {
        Some(conclusion) if conclusion.in_time => Clock {
            class: "met".into(),
            words: "✓ 法定期限已满足".into(),
            by: format!("{}作出结论，最迟 {}", day(conclusion.on), day(receipt.due.due)),
        },
        Some(conclusion) => Clock {
            class: "late".into(),
            words: "▲ 结论超过法定期限".into(),
            by: format!("{}作出结论，应于 {}", day(conclusion.on), day(receipt.due.due)),
        },
        None => clock(receipt.due, today, calendar, procedure),
    };
    let step = waiting.iter().filter_map(|wait| wait.due).min().filter(|due| {
        // The conclusion's own day is the statutory one and stands there already.
        case.conclusion.is_some() || *due != receipt.due.due
    });
    let step = step.map(|due| {
        clock(
            Due {
                due,
                provisional: false,
            },
            today,
            calendar,
            procedure,
        )
    });
    let open = case.conclusion.is_none();
    let class = match &step {
        Some(step) if !open || step.class == "late" => step.class.clone(),
        _ => statutory.class.clone(),
    };
    DueBox {
        class,
        statutory: Some(statutory),
        step,
        ended: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_the_days_left() {
        let calendar = Calendar::shipped();
        let procedure = crate::pages::case::tests::procedure();
        let due = Due {
            due: Date::constant(2026, 10, 12),
            provisional: false,
        };
        let table = [
            (Date::constant(2026, 9, 17), "calm", "还剩"),
            (Date::constant(2026, 10, 10), "warn", "还剩 1 个工作日"),
            (Date::constant(2026, 10, 11), "warn", "明天到期"),
            (Date::constant(2026, 10, 12), "warn", "今天到期"),
            (Date::constant(2026, 10, 14), "late", "▲ 已超期 2 个工作日"),
        ];
        for (today, class, words) in table {
            let clock = clock(due, today, &calendar, &procedure);
            assert_eq!(clock.class, class, "{today}");
            assert!(clock.words.starts_with(words), "{today}: {}", clock.words);
        }
    }
}
