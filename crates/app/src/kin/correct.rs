//! An entry that was typed or written down wrongly: corrected or struck out by the intake of its bureau, with a reason.
//! What stood before stays on record with its day.
//!
//! 五（四） asks whether the kinship was recorded as it should be before the conduct. What the form says that was handed
//! in on the day was recorded on that day, however it was typed here afterwards ([`Slip::Typed`]). Where the form itself
//! was wrong ([`Slip::Form`]), a name, post or village set right leaves who is kin to whom as it was, and the day with
//! it; another identity number is another person, another relation another kinship, and a cadre of another name at another
//! place or post is another cadre: none of them had been recorded, so it counts from the day it is set right. The day of recording is what stands on the form, so only a slip in typing it
//! can be corrected.

use super::record::{Slip, Version, Written};
use super::{Entry, Typed, keeps};
use crate::App;
use crate::authority::{Seat, Viewer};
use crate::error::Result;
use base::{ActId, Date, EventId};
use casefile::Refusal;
use casefile::refusal::Check;
use store::StreamName;

/// The most characters of a reason.
const REASON: usize = 500;

/// How entries came to be wrong: code, words, what follows.
pub const SLIPS: [(&str, &str, Slip); 2] = [
    ("typed", "录入时打错了，备案表上是对的", Slip::Typed),
    ("form", "备案表当时就填错了", Slip::Form),
];

/// Why something is corrected, as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// A code of [`SLIPS`].
    pub slip: String,
    /// 理由
    pub reason: String,
}

impl Why {
    /// How it came to be wrong, checked with the reason.
    pub(super) fn checked(&self) -> std::result::Result<Slip, Refusal> {
        let slip = SLIPS.iter().find(|(code, ..)| *code == self.slip);
        let mut check = Check::new();
        check.that(slip.is_some(), "slip", "还没选是怎么错的。请选一项。");
        check.required("reason", "理由", &self.reason, REASON).done()?;
        slip.map(|(.., slip)| *slip)
            .ok_or_else(|| Refusal::field("slip", "还没选是怎么错的。请选一项。"))
    }
}

/// What is recorded where `now` is to stand in the place of `before`.
pub(super) fn correction(before: &Version, now: Entry, slip: Slip, reason: &str, today: Date) -> Result<Written> {
    if now == before.entry {
        return Err(Refusal::field("name", "和登记的一样，没有要更正的。").into());
    }
    if slip == Slip::Form && now.recorded_on != before.entry.recorded_on {
        let sentence = "备案表上的日期不能改。录入时打错了日期的，请选“录入时打错了”。";
        return Err(Refusal::field("recorded_on", sentence).into());
    }
    let since = since(before, &now, slip, today);
    Written::corrected(before.id, now, slip, since, reason.trim())
}

/// From which day the corrected entry counts, where that is not the day it was recorded.
fn since(before: &Version, now: &Entry, slip: Slip, today: Date) -> Option<Date> {
    let (text, was) = (&now.text, &before.entry.text);
    let other_cadre = text.name != was.name && (&text.unit, &text.post) != (&was.unit, &was.post);
    let other = text.id_number != was.id_number || now.relation != before.entry.relation || other_cadre;
    match slip {
        Slip::Form if other => Some(today),
        Slip::Form | Slip::Typed => before.since,
    }
}

impl App {
    /// An entry, masked, with what stood before it, the latest first. That it was opened is recorded.
    ///
    /// # Errors
    /// Not found for who is not of its bureau's intake, or where there is none.
    pub async fn kin_entry(&self, viewer: &Viewer, id: EventId) -> Result<(Version, Vec<Version>)> {
        let seat = keeps(viewer)?;
        let versions = self.kin_versions(seat.capacity.institution).await?;
        let of = |id| versions.iter().find(|one| one.id == id);
        let found = of(id).ok_or_else(Refusal::not_found)?;
        let mut before = Vec::new();
        let mut next = found.corrects;
        while let Some(one) = next.and_then(of) {
            before.push(one.clone().masked());
            next = one.corrects;
        }
        self.kin_was_read(viewer, seat, 1 + before.len()).await?;
        Ok((found.clone().masked(), before))
    }

    /// Corrects an entry. What is left empty of the family's name and number stays as it is.
    ///
    /// # Errors
    /// Not found; a refusal by field; somebody was faster.
    pub async fn correct_kin(&self, viewer: &Viewer, act: ActId, id: EventId, typed: &Typed, why: &Why) -> Result<()> {
        let seat = keeps(viewer)?;
        let Some((before, version)) = self.to_mend(seat, act, id).await? else {
            return Ok(());
        };
        let text = &before.entry.text;
        let kept = [("head", &text.head), ("id_number", &text.id_number)];
        let mut wrong = Vec::new();
        let now = typed.or(&kept).entry(self.today());
        let slip = why.checked();
        for refusal in [now.as_ref().err(), slip.as_ref().err()].into_iter().flatten() {
            wrong.extend(refusal.fields.clone());
        }
        let (Ok(now), Ok(slip)) = (now, slip) else {
            return Err(Refusal::fields(wrong).into());
        };
        let written = correction(&before, now, slip, &why.reason, self.today())?;
        self.append_kin(viewer, seat, act, Some(version), &[written]).await
    }

    /// Strikes an entry out that should not be there.
    ///
    /// # Errors
    /// Not found; a refusal at the field `struck`; somebody was faster.
    pub async fn strike_kin(&self, viewer: &Viewer, act: ActId, id: EventId, reason: &str) -> Result<()> {
        let seat = keeps(viewer)?;
        let Some((before, version)) = self.to_mend(seat, act, id).await? else {
            return Ok(());
        };
        Check::new().required("struck", "理由", reason, REASON).done()?;
        let written = Written::struck(before.id, reason.trim())?;
        self.append_kin(viewer, seat, act, Some(version), &[written]).await
    }

    /// The entry as it stands, and where its register stands; `None` where the act was done before.
    async fn to_mend(&self, seat: &Seat, act: ActId, id: EventId) -> Result<Option<(Version, u64)>> {
        let events = self.store.read(&StreamName::Kin(seat.capacity.institution)).await?;
        let mut versions = super::record::versions(&events)?.into_iter();
        let found = versions.find(|one| one.id == id).ok_or_else(Refusal::not_found)?;
        if self.store.find_act(act).await?.is_some() {
            return Ok(None);
        }
        stands(&found)?;
        Ok(Some((found, events.len() as u64)))
    }
}

fn stands(version: &Version) -> std::result::Result<(), Refusal> {
    match &version.over {
        None => Ok(()),
        Some(over) if over.struck => Err(Refusal::conflict("这一条刚才划去了。")),
        Some(_) => Err(Refusal::conflict("这一条刚才更正过了。")),
    }
}
