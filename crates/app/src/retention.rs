//! 保管期限: how long the special archive keeps a case, and how one whose time is over is destroyed.
//!
//! The bureau lists what is to be destroyed and what is to be kept, each with its reason; the lead of the discipline group
//! confirms; seven days later the job does it, unless one of the two stopped it or the case has moved. All of it is on
//! the site's stream. What destroying is, the store knows ([`store::erase`]).

mod record;

use crate::authority::{Matter, Seat, Viewer, is_kept_out, seat_in, seats_in};
use crate::error::Result;
use crate::{App, load};
use base::{ActId, CaseId, Date, InstitutionId, PersonId, Timestamp};
use casefile::refusal::Check;
use casefile::{Case, Refusal, Role};
use record::{CONFIRMED, CaseCodes, ConfirmCodes, LISTED, ListCodes, STOPPED, StopCodes, read};
use store::CaseRow;

/// Years in the archive where the site says nothing else: with a determination, and without one.
pub const YEARS: (i16, i16) = (30, 10);
/// The least that can be entered.
pub const LEAST_YEARS: i16 = 10;
/// Days between the confirmation and the destruction.
pub const WAIT_DAYS: i64 = 7;
/// The most cases of one list.
pub const MOST: u32 = 200;
/// The setting with the years of cases with a determination, and of those without.
const SETTINGS: (&str, &str) = ("retention/determined", "retention/ended");
/// The setting with the days for which backups of keys are kept.
const BACKUP: &str = "backup-days";
/// What is entered for a term that never ends.
pub const PERMANENT: &str = "永久";

/// How long nobody else takes a message that was taken, in microseconds.
const HELD: i64 = 120_000_000;
const DAY: i64 = 86_400_000_000;

/// How long things are kept at this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Years of a case with a determination; `None` is for ever.
    pub determined: Option<i16>,
    /// Years of a case that ended without one.
    pub ended: Option<i16>,
    /// Days for which backups of keys are kept; `None` until it is entered.
    pub backup_days: Option<u32>,
}

/// A case whose time in the archive is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCase {
    /// Its receipt number.
    pub number: String,
    /// The outcome determined; `None` where there is none.
    pub outcome: Option<String>,
    /// When the last of it was filed.
    pub filed_on: Date,
    /// The last day of its term.
    pub until: Date,
    case: CaseId,
}

/// What is to become of a case, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The case's receipt number.
    pub number: String,
    /// To be destroyed; else to be kept.
    pub destroy: bool,
    /// Why.
    pub reason: String,
}

/// Who did a step, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The person.
    pub person: PersonId,
    /// Name and institution as they stood.
    pub name: String,
    /// The day.
    pub on: Date,
}

/// A case of a list, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCase {
    /// What was decided.
    pub decision: Decision,
    /// When it was destroyed, how many keys and files.
    pub erased: Option<(Date, u64, usize)>,
    case: CaseId,
}

/// A list of cases to be destroyed or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureList {
    /// The act that made it.
    pub id: ActId,
    /// Whose cases.
    pub bureau: InstitutionId,
    /// The cases, by number.
    pub cases: Vec<ListedCase>,
    /// Who made it.
    pub listed: Signed,
    /// Who confirmed it, the day from which it is done, and for how many days backups of keys are kept.
    pub confirmed: Option<(Signed, Date, u32)>,
    /// Who stopped it, and why.
    pub stopped: Option<(Signed, String)>,
}

impl ErasureList {
    /// Whether it waits for the second person.
    pub fn waits(&self) -> bool {
        self.confirmed.is_none() && self.stopped.is_none()
    }

    /// The day on which the last backup that holds a key of the cases destroyed expires.
    pub fn last_backup(&self) -> Option<Date> {
        let (_, _, days) = self.confirmed.as_ref()?;
        let last = self
            .cases
            .iter()
            .filter_map(|case| case.erased)
            .map(|(on, ..)| on)
            .max()?;
        after(last, i64::from(*days))
    }
}

impl App {
    /// How long things are kept.
    ///
    /// # Errors
    /// The store.
    pub async fn terms(&self) -> Result<Terms> {
        let value = async |name: &str| -> Result<Option<String>> {
            let found = self.store.settings(name).await?;
            Ok(found.into_iter().find(|row| row.name == name).map(|row| row.value))
        };
        let years = |entered: Option<String>, default: i16| match entered.as_deref() {
            None => Some(default),
            Some(PERMANENT) => None,
            Some(years) => Some(years.parse().unwrap_or(default)),
        };
        Ok(Terms {
            determined: years(value(SETTINGS.0).await?, YEARS.0),
            ended: years(value(SETTINGS.1).await?, YEARS.1),
            backup_days: value(BACKUP).await?.and_then(|days| days.parse().ok()),
        })
    }

    /// Enters how long things are kept: years or 永久, and days for which backups of keys are kept.
    ///
    /// # Errors
    /// A refusal by field; not found for whoever is no administrator.
    pub async fn enter_terms(&self, viewer: &Viewer, determined: &str, ended: &str, backup_days: &str) -> Result<()> {
        let capacity = seat_in(viewer, Matter::SetTerms)
            .ok_or_else(Refusal::not_found)?
            .capacity;
        let years = |field: &str, entered: &str| match entered.trim() {
            PERMANENT => Ok(PERMANENT.to_owned()),
            text => match text.parse::<i16>() {
                Ok(years) if (LEAST_YEARS..=100).contains(&years) => Ok(years.to_string()),
                _ => Err(Refusal::field(
                    field,
                    format!("保管期限写 {LEAST_YEARS} 至 100 年，或者“{PERMANENT}”。请改一下。"),
                )),
            },
        };
        let values = [
            (SETTINGS.0, years("determined", determined)?),
            (SETTINGS.1, years("ended", ended)?),
            (
                BACKUP,
                match backup_days.trim().parse::<u32>() {
                    Ok(days) if (1..=3650).contains(&days) => days.to_string(),
                    _ => return Err(Refusal::field("backup_days", "备份保留几天，写 1 至 3650。请改一下。").into()),
                },
            ),
        ];
        for (name, value) in values {
            self.set(viewer.person, capacity, self.fresh_act(), name, &value)
                .await?;
        }
        Ok(())
    }

    /// The cases of the viewer's bureau whose time is over and that are on no list that is still under way, by number;
    /// without those the viewer is kept out of.
    ///
    /// # Errors
    /// Not found for whoever does not keep the archive.
    pub async fn over_term(&self, viewer: &Viewer) -> Result<Vec<DueCase>> {
        let bureau = seat_in(viewer, Matter::ListErasure)
            .ok_or_else(Refusal::not_found)?
            .capacity
            .institution;
        let terms = self.terms().await?;
        let Some(shortest) = terms.determined.into_iter().chain(terms.ended).min() else {
            return Ok(Vec::new());
        };
        let before = Timestamp(self.clock.now().0 - i64::from(shortest) * 365 * DAY);
        let under_way: Vec<CaseId> = (self.lists_of(|list| list.bureau == bureau).await?.iter())
            .filter(|list| list.stopped.is_none())
            .flat_map(|list| &list.cases)
            .filter(|case| case.decision.destroy)
            .map(|case| case.case)
            .collect();
        let mut due = Vec::new();
        for row in self.store.unmoved_since(bureau, before, MOST).await? {
            if under_way.contains(&row.case) {
                continue;
            }
            let case = load::case(&self.store, row.case).await?.case;
            let ended = self.ended(&case, terms).filter(|_| !is_kept_out(viewer, &case));
            if let Some((filed_on, until)) = ended {
                due.push(DueCase {
                    number: row.number,
                    outcome: row.outcome,
                    filed_on,
                    until,
                    case: row.case,
                });
            }
        }
        Ok(due)
    }

    /// When the last of a case was filed and the last day of its term, where that is over.
    fn ended(&self, case: &Case, terms: Terms) -> Option<(Date, Date)> {
        let filed = case
            .filed
            .iter()
            .chain(&case.supplementary_filings)
            .map(|done| done.on)
            .max()?;
        let years = if case.determination().is_some() {
            terms.determined
        } else {
            terms.ended
        };
        let until = years_after(filed, years?)?;
        (until < self.today()).then_some((filed, until))
    }

    /// Lists what is to be destroyed and what is to be kept.
    ///
    /// # Errors
    /// Not found for whoever does not keep the archive; a case whose time is not over; a reason that is missing.
    pub async fn list_for_erasure(&self, viewer: &Viewer, act: ActId, decisions: Vec<Decision>) -> Result<()> {
        let seat = seat_in(viewer, Matter::ListErasure).ok_or_else(Refusal::not_found)?;
        if self.store.find_act(act).await?.is_some() {
            return Ok(());
        }
        let due = self.over_term(viewer).await?;
        if decisions.is_empty() {
            return Err(Refusal::field("cases", "一个案件也没有选。请至少选一个。").into());
        }
        let mut check = Check::new();
        let (mut cases, mut reasons) = (Vec::new(), Vec::new());
        for Decision {
            number,
            destroy,
            reason,
        } in decisions
        {
            let Some(found) = due.iter().find(|one| one.number == number) else {
                return Err(Refusal::conflict(format!("{number} 的保管期限没有满，或者已经列过。")).into());
            };
            check.required(&format!("reason.{number}"), "理由", &reason, 500);
            let case = found.case;
            cases.push(CaseCodes { case, number, destroy });
            reasons.push(reason);
        }
        check.done()?;
        let bureau = seat.capacity.institution;
        self.on_site(viewer, seat, act, LISTED, &ListCodes { bureau, cases }, reasons)
            .await
    }

    /// Confirms a list, as the second person.
    ///
    /// # Errors
    /// Not found for whoever is not the lead of that bureau's discipline group; its author; whoever is kept out of one of
    /// its cases; a list that is confirmed or stopped; a site that does not say for how long backups are kept.
    pub async fn confirm_erasure(&self, viewer: &Viewer, act: ActId, list: ActId) -> Result<()> {
        let (list, seat) = self.confirmable(viewer, list).await?;
        if self.store.find_act(act).await?.is_some() {
            return Ok(());
        }
        if list.listed.person == viewer.person {
            let next = "请本组另一位负责人核准。";
            return Err(Refusal::not_you("own-list", "自己列的，不能自己核准。", next, "保管期限").into());
        }
        if !list.waits() {
            return Err(Refusal::conflict("这份清单已经核准或者停止了。").into());
        }
        if self.is_kept_out_of(viewer, &list).await? {
            let next = "请本组另一位负责人核准；没有别人的，请停止这份清单，另列一份没有这些案件的。";
            let sentence = "清单里有您自己申请、已经回避或者本单位人员申请的案件，不能由您核准。";
            return Err(Refusal::not_you("own-case", sentence, next, "回避").into());
        }
        let Some(backup_days) = self.terms().await?.backup_days else {
            return Err(Refusal::not_yet(
                "no-backup-days",
                "本站还没有填密钥备份保留几天，销毁证明写不出最后一天。",
                "请管理员在“设置”的“保管期限”里填好。",
                "保管期限",
            )
            .into());
        };
        let codes = ConfirmCodes {
            list: list.id,
            due: after(self.today(), WAIT_DAYS).ok_or_else(Refusal::not_found)?,
            backup_days,
        };
        self.on_site(viewer, seat, act, CONFIRMED, &codes, Vec::new()).await
    }

    /// Stops a list before it is done.
    ///
    /// # Errors
    /// Not found for whoever neither makes lists of that bureau nor confirms them; a list that is done or stopped; no reason.
    pub async fn stop_erasure(&self, viewer: &Viewer, act: ActId, list: ActId, reason: &str) -> Result<()> {
        let list = self.erasure_list(viewer, list).await?;
        let seat = self.stops(viewer, &list).await?.ok_or_else(Refusal::not_found)?;
        if self.store.find_act(act).await?.is_some() {
            return Ok(());
        }
        if list.stopped.is_some() || list.cases.iter().any(|case| case.erased.is_some()) {
            return Err(Refusal::conflict("这份清单已经停止，或者已经销毁了。").into());
        }
        let mut check = Check::new();
        check.required("reason", "为什么停止", reason, 500);
        check.done()?;
        let reasons = vec![reason.to_owned()];
        self.on_site(viewer, seat, act, STOPPED, &StopCodes { list: list.id }, reasons)
            .await
    }

    /// The lists the viewer may see, the last made first: of their own bureau, of the bureau their group stands at, and all
    /// for the auditor.
    ///
    /// # Errors
    /// Not found for everybody else.
    pub async fn erasure_lists(&self, viewer: &Viewer) -> Result<Vec<ErasureList>> {
        let bureaus = self.overseen(viewer).await?;
        let all = viewer.has(Role::Auditor);
        if !all && bureaus.is_empty() {
            return Err(Refusal::not_found().into());
        }
        let mut lists = self.lists_of(|list| all || bureaus.contains(&list.bureau)).await?;
        lists.reverse();
        Ok(lists)
    }

    /// One list the viewer may see.
    ///
    /// # Errors
    /// Not found.
    pub async fn erasure_list(&self, viewer: &Viewer, id: ActId) -> Result<ErasureList> {
        let lists = self.erasure_lists(viewer).await?;
        let found = lists.into_iter().find(|list| list.id == id);
        found.ok_or_else(|| Refusal::not_found().into())
    }

    /// Erases what is confirmed, not stopped, and whose wait is over; returns how many cases. What a killed process has left
    /// half done is done to its end.
    ///
    /// # Errors
    /// The store. What is wrong with one case goes to the log, and it is tried again.
    pub async fn erase_due(&self) -> Result<u32> {
        let (today, terms) = (self.today(), self.terms().await?);
        let due = |list: &ErasureList| {
            let over = list.confirmed.as_ref().is_some_and(|(_, due, _)| *due <= today);
            over && list.stopped.is_none()
        };
        for list in self.lists_of(due).await? {
            let left = list
                .cases
                .iter()
                .filter(|case| case.decision.destroy && case.erased.is_none());
            for listed in left {
                let case = load::case(&self.store, listed.case).await?.case;
                // Filed anew since: its time begins again.
                if self.ended(&case, terms).is_some() {
                    self.store.erase(listed.case, list.id).await?;
                }
            }
        }
        let (mut done, now) = (0, self.clock.now());
        let claimed = self
            .store
            .claim_outbox(store::erase::TOPIC, MOST, now, Timestamp(now.0 + HELD));
        for row in claimed.await? {
            let case: CaseId = read(&row.message.body)?;
            match self.store.destroy(case).await {
                Ok(()) => {
                    self.store.finish_outbox(row.message.id).await?;
                    done += 1;
                }
                Err(error) => tracing::error!(%error, %case, "erasure"),
            }
        }
        Ok(done)
    }

    /// Whether the viewer may confirm a list: the lead of the group, unless they made it or are kept out of one of its
    /// cases.
    ///
    /// # Errors
    /// The store.
    pub async fn may_confirm(&self, viewer: &Viewer, list: &ErasureList) -> Result<bool> {
        let seat = self.confirms(viewer, list).await?;
        Ok(seat.is_some() && list.listed.person != viewer.person && !self.is_kept_out_of(viewer, list).await?)
    }

    /// Whether the viewer may stop a list: who makes or confirms those of its bureau.
    ///
    /// # Errors
    /// The store.
    pub async fn may_stop(&self, viewer: &Viewer, list: &ErasureList) -> Result<bool> {
        Ok(self.stops(viewer, list).await?.is_some())
    }

    /// The seat in which the viewer confirms lists of that bureau.
    async fn confirms<'v>(&self, viewer: &'v Viewer, list: &ErasureList) -> Result<Option<&'v Seat>> {
        let group = self.institution(list.bureau).await?.counterpart;
        let mut seats = seats_in(viewer, Matter::ConfirmErasure);
        Ok(seats.find(|seat| Some(seat.capacity.institution) == group))
    }

    /// The seat in which the viewer stops lists of that bureau.
    async fn stops<'v>(&self, viewer: &'v Viewer, list: &ErasureList) -> Result<Option<&'v Seat>> {
        let group = self.institution(list.bureau).await?.counterpart;
        let mut seats = seats_in(viewer, Matter::StopErasure);
        Ok(seats.find(|seat| [Some(list.bureau), group].contains(&Some(seat.capacity.institution))))
    }

    /// Whether the viewer is kept out of one of the list's cases.
    async fn is_kept_out_of(&self, viewer: &Viewer, list: &ErasureList) -> Result<bool> {
        for listed in &list.cases {
            if is_kept_out(viewer, &load::case(&self.store, listed.case).await?.case) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The list and the seat in which the viewer confirms lists of its bureau.
    async fn confirmable<'v>(&self, viewer: &'v Viewer, id: ActId) -> Result<(ErasureList, &'v Seat)> {
        let list = self.erasure_list(viewer, id).await?;
        let seat = self.confirms(viewer, &list).await?.ok_or_else(Refusal::not_found)?;
        Ok((list, seat))
    }

    /// The bureaus whose lists the viewer sees.
    async fn overseen(&self, viewer: &Viewer) -> Result<Vec<InstitutionId>> {
        let at = |seat: &Seat| seat.capacity.institution;
        let mut bureaus: Vec<InstitutionId> = seats_in(viewer, Matter::ListErasure).map(at).collect();
        for seat in seats_in(viewer, Matter::ConfirmErasure) {
            bureaus.extend(self.institution(seat.capacity.institution).await?.counterpart);
        }
        Ok(bureaus)
    }
}

/// Whether a person sees lists at all: who makes them, who confirms them, and the auditor.
pub fn sees(viewer: &Viewer) -> bool {
    seat_in(viewer, Matter::SeeErasure).is_some()
}

/// Whether what is left of a case is its number.
pub fn is_erased(row: &CaseRow) -> bool {
    row.stage_text == store::erase::ERASED
}

/// So many days after a day.
fn after(day: Date, days: i64) -> Option<Date> {
    Timestamp::on(day, 12, 0).map(|noon| Timestamp(noon.0 + days * DAY).date())
}

/// The same day so many years later; the 28th where there is no 29th.
fn years_after(day: Date, years: i16) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    Date::new(year, day.month(), day.day())
        .or_else(|_| Date::new(year, day.month(), 28))
        .ok()
}
