//! Which packs govern a case: procedure and substance are picked apart.
//!
//! The rules are ours where the notice is silent (`validity.rules` of each pack says so): procedure as in force on
//! receipt; substance as in force at the conduct, or a newer one in force on receipt that is milder. What was received
//! in time is finished under it, so nothing here looks at today.

use crate::{Basis, Pack};
use base::Date;

/// One pack as it stands at this site.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The day of publication as entered at installation; it goes before the pack's own.
    pub published_on: Option<Date>,
}

impl Version<'_> {
    /// The first and the last day in force; no last day where it has no term. `None` until the day of publication is
    /// known.
    pub fn in_force(&self) -> Option<(Date, Option<Date>)> {
        let validity = &self.pack.validity;
        let from = self.published_on.or(validity.published_on)?;
        let lapses = validity.term_years.and_then(|years| same_day(from, i16::from(years)));
        let ends = [lapses, validity.repealed_on].into_iter().flatten().min();
        Some((from, ends.and_then(|day| day.yesterday().ok())))
    }

    /// Whether it is in force on that day.
    pub fn covers(&self, day: Date) -> bool {
        self.in_force()
            .is_some_and(|(from, last)| from <= day && last.is_none_or(|last| day <= last))
    }

    fn since(&self) -> Option<Date> {
        self.in_force().map(|(from, _)| from)
    }

    fn named(&self) -> String {
        format!("《{}》（{}）", self.pack.title, self.pack.number)
    }
}

/// The same day `years` later; the day after February's last where there is none.
fn same_day(day: Date, years: i16) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month() + 1, 1))
        .ok()
}

/// Picks the packs that govern a case. Receipt is never refused for it: what cannot be picked is `None` (依据待定), and
/// people name it, or decline, with their reasons.
pub fn select(versions: &[Version<'_>], conduct: Date, received: Date) -> Basis {
    let mut reasons = Vec::new();
    for version in versions.iter().filter(|version| version.since().is_none()) {
        reasons.push(format!("{}的发布日期还没有录入，不能判断是否有效。", version.named()));
    }
    if conduct > received {
        reasons.push(format!(
            "事情发生的日期（{conduct}）晚于收到申请的日期（{received}）。请核对日期。"
        ));
        return Basis {
            procedure: None,
            substance: None,
            reasons,
        };
    }
    let newest = |day: Date| {
        versions
            .iter()
            .filter(|version| version.covers(day))
            .max_by_key(|version| version.since())
    };
    let procedure = newest(received);
    reasons.push(match procedure {
        Some(version) => format!("收到申请那天（{received}）有效的是{}，程序按它。", version.named()),
        None => format!("收到申请那天（{received}）没有有效的文件，程序依据待定。"),
    });
    let at_conduct = newest(conduct);
    // Without any rule at the conduct, a later one that allows exemption is always milder.
    let milder = |newer: &&Version<'_>| match at_conduct {
        Some(old) => newer.since() > old.since() && newer.pack.validity.milder_than.contains(&old.pack.id),
        None => true,
    };
    let substance = match (at_conduct, procedure.filter(milder)) {
        (_, Some(newer)) => {
            let before = at_conduct.map_or("没有有效的文件".into(), |old| format!("有效的是{}", old.named()));
            reasons.push(format!(
                "事情发生那天（{conduct}）{before}；新的{}更有利，认定按新的。",
                newer.named()
            ));
            Some(newer)
        }
        (Some(old), None) => {
            reasons.push(format!("事情发生那天（{conduct}）有效的是{}，认定按它。", old.named()));
            Some(old)
        }
        (None, None) => {
            reasons.push(format!("事情发生那天（{conduct}）没有有效的文件，认定依据待定。"));
            None
        }
    };
    Basis {
        procedure: procedure.map(|version| version.pack.reference()),
        substance: substance.map(|version| version.pack.reference()),
        reasons,
    }
}
