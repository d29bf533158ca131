//! The two clocks of a case, never mixed: the statutory day (法定期限) and the target of the present step (本步).

use super::head::is_applicants;
use crate::words::{date, day};
use app::Standing;
use app::reading::CaseFile;
use base::Date;
use base::calendar::{Calendar, Due, YearStatus};
use base::law::Procedure;
use casefile::stage::Stage;

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

impl Clock {
    /// `▲ 本步已超期 2 个工作日`: the words with the clock's name, behind the sign where there is one.
    pub fn named(&self, name: &str) -> String {
        match self.words.split_once(' ') {
            _ if self.words.contains(name) => self.words.clone(),
            Some(("▲", rest)) => format!("▲ {name}{rest}"),
            _ => format!("{name}{}", self.words),
        }
    }
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
pub fn due_box(file: &CaseFile) -> DueBox {
    let case = &file.case;
    let Some(receipt) = &case.receipt else {
        return DueBox::default();
    };
    let clock = |due| clock(due, file.today, &file.calendar, &file.procedure.procedure);
    let statutory = match file.concluded {
        Some((on, true)) => Clock {
            class: "met".into(),
            words: "✓ 法定期限已满足".into(),
            by: format!("{}作出结论，最迟 {}", day(on), day(receipt.due.due)),
        },
        Some((on, false)) => Clock {
            class: "late".into(),
            words: "▲ 结论超过法定期限".into(),
            by: format!("{}作出结论，应于 {}", day(on), day(receipt.due.due)),
        },
        None => clock(receipt.due),
    };
    if case.ending.is_some() || case.is_closed() {
        return DueBox {
            class: "calm".into(),
            statutory: Some(statutory).filter(|_| file.concluded.is_some()),
            step: None,
            ended: Stage::of(case).name().into(),
        };
    }
    // The institutions' own targets are not the applicant's clock.
    let own = file.standing == Standing::Applicant;
    let waits = file.waiting.iter().filter(|wait| !own || is_applicants(file, wait));
    let step = waits.filter_map(|wait| wait.due).min().filter(|due| {
        // The conclusion's own day is the statutory one and stands there already.
        file.concluded.is_some() || *due != receipt.due.due
    });
    let step = step.map(|due| {
        let provisional = file.calendar.status(due.year()) != YearStatus::Published;
        clock(Due { due, provisional })
    });
    let open = file.concluded.is_none();
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
