//! The second factor: a code that changes every half minute on one's phone, or the next code of a printed card where
//! phones stay outside. Both are codes of a counter (RFC 4226, HMAC-SHA-1, six digits, as every authenticator makes
//! them): the app counts half minutes since 1970 (RFC 6238), the card counts its lines. A code is taken once.
//!
//! Who must have one is the policy's to say, never a worker of a village; whoever has one is always asked. It is set up
//! under the password, confirmed by a first code, and forgotten by an administrator for who has lost it, on record.

use super::{Login, Origin};
use crate::App;
use crate::authority::Viewer;
use crate::beside::by_themselves;
use crate::error::{Failure, Result};
use base::{ActId, Digest, PersonId, Timestamp};
use casefile::Refusal;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use store::{Factor, Session};

/// On the person's stream: a factor was set up.
pub(super) const SET: &str = "factor-set/1";
/// On the site's stream: whose factor was forgotten.
pub(super) const DROPPED: &str = "factor-dropped/1";

/// How long one code of an app lasts, in microseconds.
const STEP: i64 = 30 * 1_000_000;
/// How many lines a card has.
pub const LINES: u64 = 60;
/// How long the second factor is awaited after the password, in microseconds.
const AWAITED: i64 = 10 * 60 * 1_000_000;

/// What the codes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorKind {
    /// An authenticator on the person's phone.
    App,
    /// A printed card.
    Card,
}

impl FactorKind {
    /// As it is stored and typed.
    pub fn code(self) -> &'static str {
        match self {
            FactorKind::App => "app",
            FactorKind::Card => "card",
        }
    }

    /// The kind of that code.
    pub fn parse(code: &str) -> Option<FactorKind> {
        [FactorKind::App, FactorKind::Card]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// Which code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The one the app shows now.
    Shown,
    /// The one on this line of the card.
    Line(u64),
    /// The card has no line left.
    UsedUp,
}

/// What is shown once, to be put into the app or printed.
#[derive(Clone)]
pub enum ToConfirm {
    /// The secret as an app takes it: typed in groups of four, or read from a picture of the address.
    App {
        /// Base32, in groups of four.
        secret: String,
        /// `otpauth://…`
        address: String,
    },
    /// The codes of a card, line by line.
    Card(Vec<String>),
}

#[derive(serde::Serialize)]
struct Kind {
    kind: &'static str,
}

impl App {
    /// The kind of the viewer's second factor in force.
    ///
    /// # Errors
    /// The store.
    pub async fn factor_of(&self, viewer: &Viewer) -> Result<Option<FactorKind>> {
        let factor = self.store.factor(viewer.person).await?;
        Ok(factor.and_then(|factor| FactorKind::parse(&factor.kind)))
    }

    /// Whether the viewer must set one up before anything else.
    ///
    /// # Errors
    /// The store.
    pub async fn factor_due(&self, viewer: &Viewer) -> Result<bool> {
        Ok(self.login_policy().of(&viewer.seats).second_factor && self.store.factor(viewer.person).await?.is_none())
    }

    /// Makes a secret for the viewer, to be confirmed by its first code; the one in force stays until then.
    ///
    /// # Errors
    /// A refusal at the field `password`.
    pub async fn prepare_factor(&self, viewer: &Viewer, kind: FactorKind, password: &str) -> Result<()> {
        self.check_password(viewer, password).await?;
        let mut secret = self.ids.fresh().to_vec();
        secret.extend(&self.ids.fresh()[..4]);
        Ok(self.store.prepare_factor(viewer.person, kind.code(), &secret).await?)
    }

    /// What waits for its first code, as it is put into an app or printed.
    ///
    /// # Errors
    /// The store.
    pub async fn factor_to_confirm(&self, viewer: &Viewer) -> Result<Option<ToConfirm>> {
        let Some(factor) = self.store.factor_to_confirm(viewer.person).await? else {
            return Ok(None);
        };
        let login = self.store.account_of(viewer.person).await?.map(|account| account.login);
        Ok(FactorKind::parse(&factor.kind).map(|kind| match kind {
            FactorKind::App => {
                let plain = base32(&factor.secret);
                let groups: Vec<&str> = plain
                    .as_bytes()
                    .chunks(4)
                    .filter_map(|four| str::from_utf8(four).ok())
                    .collect();
                ToConfirm::App {
                    secret: groups.join(" "),
                    address: format!(
                        "otpauth://totp/Jinzhi:{}?secret={plain}&issuer=Jinzhi",
                        login.unwrap_or_default()
                    ),
                }
            }
            FactorKind::Card => ToConfirm::Card((1..=LINES).map(|line| code(&factor.secret, line)).collect()),
        }))
    }

    /// Puts it into force by its first code, on the person's record; other sessions end.
    ///
    /// # Errors
    /// A refusal at the field `code`.
    pub async fn confirm_factor(&self, viewer: &Viewer, token: &str, typed: &str) -> Result<()> {
        let Some(factor) = self.store.factor_to_confirm(viewer.person).await? else {
            return Err(Refusal::field("code", "还没有开始设置。请先选一种。").into());
        };
        let place = self.counted(viewer.person, &factor, typed, super::WITHIN).await?;
        if !self.store.confirm_factor(viewer.person, place).await? {
            return Err(wrong().into());
        }
        self.store.forget_attempts(&super::codes(viewer.person)).await?;
        self.store
            .end_sessions_of(viewer.person, Some(Digest::of(token)))
            .await?;
        let kind = Kind {
            kind: FactorKind::parse(&factor.kind).map_or("", FactorKind::code),
        };
        self.noted(viewer, SET, &kind).await
    }

    /// Forgets a person's second factor, for who has lost phone or card; ends their sessions; on the site's record.
    ///
    /// # Errors
    /// Not found for whoever may not; there is none.
    pub async fn drop_factor(&self, viewer: &Viewer, act: ActId, person: PersonId) -> Result<()> {
        self.may_take_over(viewer, person).await?;
        if !self.has_factor(person).await? {
            return Err(Refusal::already("这个人没有第二道验证，不用取消。").into());
        }
        self.on_account(viewer, act, DROPPED, person).await?;
        self.store.drop_factor(person).await?;
        self.store.end_sessions_of(person, None).await?;
        Ok(())
    }

    /// Whether a person has one, for whoever may forget it.
    ///
    /// # Errors
    /// The store.
    pub async fn has_factor(&self, person: PersonId) -> Result<bool> {
        Ok(self.store.factor(person).await?.is_some())
    }

    /// Which code the half session of `token` waits for; `None` where it waits for none, or no longer.
    ///
    /// # Errors
    /// The store.
    pub async fn awaited(&self, token: &str) -> Result<Option<Asked>> {
        let Some(session) = self.half(token).await? else {
            return Ok(None);
        };
        Ok(self.store.factor(session.person).await?.as_ref().map(asked))
    }

    /// Begins the session that a right password and a right code are for; the half one ends.
    ///
    /// # Errors
    /// The password is to be typed anew; or a refusal at the field `login.code`.
    pub async fn second(&self, token: &str, typed: &str, from: &Origin) -> Result<Login> {
        let Some(session) = self.half(token).await? else {
            return Err(Refusal::not_you("login", "等得太久了，请重新输密码。", "请重新登录。", "").into());
        };
        let (Some(factor), Some(viewer)) = (
            self.store.factor(session.person).await?,
            self.seated(session.person).await?,
        ) else {
            return Err(Refusal::not_you("login", "这个账号不能登录了。", "请找系统管理员。", "").into());
        };
        let at_login = |failure| match failure {
            Failure::Refused(refusal) => Refusal::field("login.code", told(&refusal)).into(),
            other => other,
        };
        let counted = self.counted(session.person, &factor, typed, &from.address).await;
        let place = counted.map_err(at_login)?;
        if !self.store.use_factor(session.person, place).await? {
            self.traced(Some(session.person), &from.address, false).await?;
            return Err(Refusal::field("login.code", "这个码用过了。请等下一个码，再输一次。").into());
        }
        // Only now: a code that was seen and typed again sets no count back.
        self.store.forget_attempts(&super::codes(session.person)).await?;
        self.store.end_session(Digest::of(token)).await?;
        self.begin(&viewer, from).await
    }

    /// The half session of a token, as long as it is awaited.
    async fn half(&self, token: &str) -> Result<Option<Session>> {
        let session = self
            .store
            .session(Digest::of(token))
            .await?
            .filter(|session| session.half);
        Ok(session.filter(|session| self.clock.now().0 - session.created.0 <= AWAITED))
    }

    /// The place of the code that was typed at `address`; wrong ones are counted under the person, whom only their own
    /// password leads here.
    async fn counted(&self, person: PersonId, factor: &Factor, typed: &str, address: &str) -> Result<u64> {
        let counter = super::codes(person);
        let locks = self.knock_at(&counter, self.clock.now()).await?;
        let Some(place) = place(factor, typed, self.clock.now()) else {
            self.traced(Some(person), address, locks).await?;
            return Err(wrong().into());
        };
        Ok(place)
    }

    /// An event of a person about themselves, with what lies open of it.
    async fn noted(&self, viewer: &Viewer, kind: &str, open: &Kind) -> Result<()> {
        let (by, capacity) = by_themselves(viewer);
        let what = crate::beside::Beside {
            stream: store::StreamName::Person(viewer.person),
            expected: None,
            kind,
            act: self.fresh_act(),
            by,
            capacity,
            views: store::ViewChanges::default(),
        };
        self.beside(what, open, None::<&()>).await?;
        Ok(())
    }
}

fn asked(factor: &Factor) -> Asked {
    match FactorKind::parse(&factor.kind) {
        Some(FactorKind::Card) if factor.used >= LINES => Asked::UsedUp,
        Some(FactorKind::Card) => Asked::Line(factor.used + 1),
        _ => Asked::Shown,
    }
}

/// The place of a code that may be typed now: of an app the half minute, or the one before or after it; of a card its
/// next line.
fn place(factor: &Factor, typed: &str, now: Timestamp) -> Option<u64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let step = u64::try_from(now.0 / STEP).ok()?;
    let places = match asked(factor) {
        Asked::Shown => step.saturating_sub(1)..=step + 1,
        Asked::Line(line) => line..=line,
        Asked::UsedUp => return None,
    };
    let digits = typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit());
    let typed: u32 = typed.parse().ok().filter(|_| digits)?;
    let mut places = places.rev();
    places.find(|place| number(&factor.secret, *place) == typed)
}

/// The code of a counter, six digits.
fn code(secret: &[u8], counter: u64) -> String {
    format!("{:06}", number(secret, counter))
}

/// RFC 4226, 5.3: the last nibble says where four bytes are taken.
fn number(secret: &[u8], counter: u64) -> u32 {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return u32::MAX;
    };
    mac.update(&counter.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0x0F);
    let four = [digest[at] & 0x7F, digest[at + 1], digest[at + 2], digest[at + 3]];
    u32::from_be_bytes(four) % 1_000_000
}

/// RFC 4648, without padding.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

fn wrong() -> Refusal {
    Refusal::field("code", "码不对。请看清楚再输一次，码是 6 位数字。")
}

/// What a refusal says, at whichever field.
fn told(refusal: &Refusal) -> String {
    refusal
        .fields
        .first()
        .map_or_else(|| refusal.sentence.clone(), |field| field.sentence.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4226, appendix D, and RFC 6238, appendix B (its last six digits).
    #[test]
    fn codes_are_those_of_the_standards() {
        let secret = b"12345678901234567890";
        for (counter, expected) in [(0, "755224"), (1, "287082"), (9, "520489")] {
            assert_eq!(code(secret, counter), expected);
        }
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(secret, seconds / 30), expected);
        }
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn which_codes_may_be_typed() {
        let factor = |kind: &str, used| Factor {
            kind: kind.into(),
            secret: b"12345678901234567890".to_vec(),
            used,
        };
        let now = Timestamp(59 * 1_000_000);
        let table = [
            ("app", 0, "287082", Some(1)),
            ("app", 0, " 287 082 ", Some(1)),
            ("app", 0, "755224", Some(0)),
            ("app", 0, "359152", Some(2)),
            ("app", 0, "969429", None),
            ("app", 0, "87082", None),
            ("app", 0, "+87082", None),
            ("app", 0, "", None),
            ("card", 0, "287082", Some(1)),
            ("card", 0, "359152", None),
            ("card", 1, "287082", None),
            ("card", 1, "359152", Some(2)),
            ("card", LINES, "287082", None),
        ];
        for (kind, used, typed, expected) in table {
            assert_eq!(
                place(&factor(kind, used), typed, now),
                expected,
                "{kind} {used} {typed}"
            );
        }
    }
}
