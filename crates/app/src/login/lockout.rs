//! How many wrong tries are too many, and for how long: pure, and kept for a name, a browser or an address.
//!
//! Three counters, so that guessing is slow and nobody outside can lock somebody out for good:
//! - a **name** as typed (known here or not, so that a lock tells nothing): the fifth wrong try locks for ten minutes.
//!   What is tried during a lock neither counts nor prolongs it;
//! - a **browser** from which the person logged in before has a counter of its own, and is not asked for the other two:
//!   whoever keeps a name locked from elsewhere does not reach the person at their own desk;
//! - an **address** waits a minute at its twentieth failure, and twice as long after each further failure, an hour
//!   at most. One failure is forgiven every ten minutes, since a whole office often has one address.
//!
//! The count of a name goes up *before* the password is looked at and is cleared when it was right, so that a hundred
//! tries at once are still five.

use super::policy::LoginPolicy;
use base::Timestamp;
use store::Attempt;

const MINUTE: i64 = 60 * 1_000_000;
/// After this long a name's failures are forgotten.
const FORGOTTEN: i64 = 60 * MINUTE;
/// Failures of an address before it has to wait.
const FREE: u32 = 20;
/// The longest an address waits.
const LONGEST: i64 = 60 * MINUTE;
/// How long until an address is forgiven one failure.
const FORGIVEN: i64 = 10 * MINUTE;

/// One try under a name or from a known browser; a locked one is left as it is.
pub fn knock(policy: &LoginPolicy, before: Attempt, now: Timestamp) -> Attempt {
    if before.until > now {
        return before;
    }
    let anew = before.until.0 > 0 || now.0 - before.last.0 > FORGOTTEN;
    let failed = if anew { 1 } else { before.failed.saturating_add(1) };
    let locked = failed >= u32::from(policy.tries);
    Attempt {
        failed,
        last: now,
        until: if locked {
            Timestamp(now.0 + policy.lock())
        } else {
            Timestamp(0)
        },
    }
}

/// One failure from an address.
pub fn failed_from(before: Attempt, now: Timestamp) -> Attempt {
    let forgiven = u32::try_from((now.0 - before.last.0).max(0) / FORGIVEN).unwrap_or(u32::MAX);
    let failed = before.failed.saturating_sub(forgiven).saturating_add(1);
    let wait = match failed.checked_sub(FREE) {
        None => 0,
        Some(over) => LONGEST.min(MINUTE << over.min(10)),
    };
    Attempt {
        failed,
        last: now,
        until: Timestamp(if wait > 0 { now.0 + wait } else { 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes at which somebody tries, and of each whether the password is looked at.
    #[test]
    fn a_name_over_time() {
        let table: [(&str, &[(i64, bool)]); 4] = [
            (
                "five, then ten minutes",
                &[
                    (0, true),
                    (1, true),
                    (1, true),
                    (2, true),
                    (2, true),
                    (2, false),
                    (11, false),
                    (12, true),
                ],
            ),
            (
                "tries during a lock do not prolong it",
                &[
                    (0, true),
                    (0, true),
                    (0, true),
                    (0, true),
                    (0, true),
                    (9, false),
                    (9, false),
                    (10, true),
                ],
            ),
            (
                "after a lock there are five again",
                &[
                    (0, true),
                    (0, true),
                    (0, true),
                    (0, true),
                    (0, true),
                    (10, true),
                    (10, true),
                    (10, true),
                    (10, true),
                    (10, true),
                    (10, false),
                ],
            ),
            (
                "an hour later the first ones are forgotten",
                &[
                    (0, true),
                    (0, true),
                    (0, true),
                    (0, true),
                    (61, true),
                    (61, true),
                    (61, true),
                    (61, true),
                ],
            ),
        ];
        for (what, tries) in table {
            let mut attempt = Attempt::default();
            for (n, (minute, looked_at)) in tries.iter().enumerate() {
                let now = Timestamp((minute + 1) * MINUTE + 1_000_000_000_000);
                assert_eq!(attempt.until <= now, *looked_at, "{what}: try {n}");
                attempt = knock(&LoginPolicy::default(), attempt, now);
            }
        }
    }

    #[test]
    fn an_address_waits_longer_each_time_and_never_for_good() {
        let mut now = Timestamp(1_000_000_000_000);
        let mut attempt = Attempt::default();
        let mut waits = Vec::new();
        for _ in 0..32 {
            attempt = failed_from(attempt, now);
            let wait = (attempt.until.0 - now.0).max(0);
            waits.push(wait / MINUTE);
            assert!(wait <= LONGEST);
            now = Timestamp(now.0 + wait);
        }
        assert_eq!(waits[..19], [0; 19], "a whole office mistypes now and then");
        assert_eq!(waits[19..24], [1, 2, 4, 8, 16], "{waits:?}");
        // A guesser that goes on at the first moment is held to one guess in sixteen minutes.
        let spent: i64 = waits[24..].iter().sum();
        assert_eq!(spent, 8 * 16, "{waits:?}");
        // An office that mistypes six times an hour never waits.
        let mut attempt = Attempt::default();
        for n in 0..500 {
            attempt = failed_from(attempt, Timestamp(1_000_000_000_000 + n * FORGIVEN));
            assert_eq!(attempt.until, Timestamp(0));
        }
    }
}
