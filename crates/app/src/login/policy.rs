//! The policy of logging in: passwords, locks, sessions, second factors; one setting of the site. No role must have a
//! second factor until somebody asks for it: on the first day nobody has a phone set up or a card printed.
//!
//! The defaults are what assessors of 等保 GB/T 22239 8.1.4 look for: 8 characters of 3 kinds, 90 days, 5 wrong tries,
//! 10 minutes, 30 minutes idle. Per role, because a worker in a village logs in a few times a year, from a phone: a
//! password that expires between two visits would be written on the wall, and half an hour would end an application
//! while the family's papers are fetched. Workers and unit recipients see their own things only, hence no expiry and
//! half a day for them. Whoever holds several roles is under the strictest rule of each.

use crate::App;
use crate::authority::{Matter, Seat, Viewer, seat_in};
use crate::error::{Failure, Result};
use base::ActId;
use casefile::refusal::Check;
use casefile::{Refusal, Role};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError};

/// The setting that holds it.
pub(crate) const SETTING: &str = "login-policy";

const MINUTE: i64 = 60 * 1_000_000;

/// The roles a policy speaks of, in the order it is shown.
pub const ROLES: [Role; 10] = [
    Role::Worker,
    Role::Recipient,
    Role::Intake,
    Role::Investigator,
    Role::Lead,
    Role::Coordinator,
    Role::Auditor,
    Role::Administrator,
    Role::Security,
    Role::SecurityAuditor,
];

/// The policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginPolicy {
    /// The shortest password, in characters; 8 to 64.
    pub shortest: u16,
    /// How many of the four kinds of characters (lower case, upper case, digits, others) a password has; 2 to 4.
    pub classes: u16,
    /// The wrong try that locks; 3 to 10.
    pub tries: u16,
    /// How long a lock lasts, in minutes; 10 to 120.
    pub lock_minutes: u16,
    /// How long a session lasts at most, in hours; 1 to 24.
    pub session_hours: u16,
    /// What depends on the role.
    pub roles: Vec<RolePolicy>,
}

/// What depends on the role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePolicy {
    /// The role.
    pub role: Role,
    /// How long a password is good for, in days; 0 for as long as it is kept, otherwise 30 to 365.
    pub expiry_days: u16,
    /// Idle time after which a session ends, in minutes; 15 to 720.
    pub idle_minutes: u16,
    /// Whether a second factor must be set up; never by workers and recipients, who see their own things only.
    pub second_factor: bool,
}

impl Default for LoginPolicy {
    fn default() -> LoginPolicy {
        let of = |role| {
            let away = !may_be_asked(role);
            RolePolicy {
                role,
                expiry_days: if away { 0 } else { 90 },
                idle_minutes: if away { 720 } else { 30 },
                second_factor: false,
            }
        };
        LoginPolicy {
            shortest: 8,
            classes: 3,
            tries: 5,
            lock_minutes: 10,
            session_hours: 12,
            roles: ROLES.map(of).into(),
        }
    }
}

/// What holds for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// After how many days the password is to be changed; `None` for never.
    pub expiry_days: Option<u16>,
    /// Idle time after which a session ends, in microseconds.
    pub idle: i64,
    /// How long a session lasts at most, in microseconds.
    pub longest: i64,
    /// Whether a second factor must be set up.
    pub second_factor: bool,
}

impl LoginPolicy {
    /// What holds for who sits in these seats: the strictest rule of each role; a person without a role is a worker.
    pub fn of(&self, seats: &[Seat]) -> Rules {
        let mut held: Vec<&RolePolicy> = self
            .roles
            .iter()
            .filter(|rule| seats.iter().any(|seat| seat.capacity.role == rule.role))
            .collect();
        if held.is_empty() {
            held.extend(self.roles.iter().filter(|rule| rule.role == Role::Worker));
        }
        let expiry = held.iter().map(|rule| rule.expiry_days).filter(|days| *days > 0);
        let idle = held.iter().map(|rule| rule.idle_minutes).min().unwrap_or(30);
        Rules {
            expiry_days: expiry.min(),
            idle: i64::from(idle) * MINUTE,
            longest: i64::from(self.session_hours) * 60 * MINUTE,
            second_factor: held.iter().any(|rule| rule.second_factor),
        }
    }

    /// With the usual rules of roles that were not there yet when the policy was set.
    fn of_all_roles(mut self) -> LoginPolicy {
        let mut usual = LoginPolicy::default().roles;
        usual.retain(|rule| self.roles.iter().all(|known| known.role != rule.role));
        self.roles.extend(usual);
        self
    }

    /// How long a lock lasts, in microseconds.
    pub fn lock(&self) -> i64 {
        i64::from(self.lock_minutes) * MINUTE
    }

    /// Whether `password` may be that of `login`.
    ///
    /// # Errors
    /// A sentence at `field`.
    pub fn admits(&self, field: &str, password: &str, login: &str) -> Result<(), Refusal> {
        let mut check = Check::new();
        check
            .that(
                password.chars().count() >= usize::from(self.shortest),
                field,
                format!("密码至少要 {} 个字符。请再想一个。", self.shortest),
            )
            .that(
                classes(password) >= usize::from(self.classes),
                field,
                format!(
                    "小写字母、大写字母、数字、其他符号，至少要有 {} 种。请再想一个。",
                    self.classes
                ),
            )
            .that(
                login.is_empty() || !password.to_lowercase().contains(&login.to_lowercase()),
                field,
                "密码里不能有登录名。请再想一个。",
            );
        Ok(check.done()?)
    }

    /// The rule in words, for the hint of a field.
    pub fn in_words(&self) -> String {
        format!(
            "至少 {} 个字符；小写字母、大写字母、数字、其他符号里至少有 {} 种。",
            self.shortest, self.classes
        )
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut check = Check::new();
        let mut within = |value: u16, field: &str, from: u16, to: u16| {
            check.that(
                (from..=to).contains(&value),
                field,
                format!("这里要填 {from} 到 {to}。请改一下。"),
            );
        };
        within(self.shortest, "shortest", 8, 64);
        within(self.classes, "classes", 2, 4);
        within(self.tries, "tries", 3, 10);
        within(self.lock_minutes, "lock_minutes", 10, 120);
        within(self.session_hours, "session_hours", 1, 24);
        for rule in &self.roles {
            let code = crate::codec::role_code(rule.role);
            within(rule.idle_minutes, &format!("idle-{code}"), 15, 720);
            if rule.expiry_days > 0 {
                within(rule.expiry_days, &format!("expiry-{code}"), 30, 365);
            }
        }
        let away = self.roles.iter().filter(|rule| !may_be_asked(rule.role));
        check.that(
            away.into_iter().all(|rule| !rule.second_factor),
            "factor-worker",
            "村、乡镇的工作人员不要求第二道验证。请去掉。",
        );
        Ok(check.done()?)
    }
}

/// Whether a second factor may be asked of a role.
pub fn may_be_asked(role: Role) -> bool {
    !matches!(role, Role::Worker | Role::Recipient)
}

/// How many of the four kinds of characters there are; an ideograph is one of the others.
fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase(),
        |c| c.is_uppercase(),
        |c| c.is_numeric(),
        |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric(),
    ];
    kinds.iter().filter(|kind| password.chars().any(kind)).count()
}

impl App {
    /// The policy in force.
    pub fn login_policy(&self) -> Arc<LoginPolicy> {
        Arc::clone(&self.login_policy.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another policy in force, from the next request on; on the site's record.
    ///
    /// # Errors
    /// Not found for whoever may not; a number out of bounds, at its field.
    pub async fn set_login_policy(&self, viewer: &Viewer, act: ActId, policy: LoginPolicy) -> Result<()> {
        let seat = seat_in(viewer, Matter::SetLoginRules).ok_or_else(Refusal::not_found)?;
        policy.check()?;
        let text = serde_json::to_string(&policy).map_err(|e| Failure::Internal(e.to_string()))?;
        self.set(viewer.person, seat.capacity, act, SETTING, &text).await?;
        self.put_login_policy(policy);
        Ok(())
    }

    /// Takes the policy on record into the running site.
    pub(crate) async fn load_login_policy(&self) -> Result<()> {
        if let Some(text) = self.store.setting(SETTING).await? {
            let policy: LoginPolicy =
                serde_json::from_str(&text).map_err(|e| Failure::Record(crate::codec::misshapen(&e)))?;
            self.put_login_policy(policy.of_all_roles());
        }
        Ok(())
    }

    fn put_login_policy(&self, policy: LoginPolicy) {
        *self.login_policy.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casefile::Capacity;

    #[test]
    fn a_policy_of_before_a_role_was_there_has_the_usual_rule_for_it() {
        let mut set = LoginPolicy::default();
        set.roles.retain(|rule| rule.role != Role::Security);
        set.roles[0].idle_minutes = 99;
        let policy = set.of_all_roles();
        assert_eq!((policy.roles.len(), policy.roles[0].idle_minutes), (ROLES.len(), 99));
        assert_eq!(policy.of(&seats(&[Role::Security])).expiry_days, Some(90));
    }

    fn seats(roles: &[Role]) -> Vec<Seat> {
        let seat = |role: &Role| Seat {
            capacity: Capacity {
                role: *role,
                institution: Default::default(),
                party: None,
            },
            institution_name: String::new(),
        };
        roles.iter().map(seat).collect()
    }

    #[test]
    fn a_password_has_length_and_kinds() {
        let table = [
            ("yanshi-2026", true),
            ("Yanshi2026", true),
            ("濮阳Min2", false),
            ("濮阳市民政Min2", true),
            ("yanshi2026", false),
            ("yanshi-yanshi", false),
            ("yan-202", false),
            ("ABC12345", false),
            ("", false),
            ("wangli-2026", false),
            ("2026-WangLi", false),
        ];
        for (password, admitted) in table {
            let answer = LoginPolicy::default().admits("new", password, "wangli");
            assert_eq!(answer.is_ok(), admitted, "{password}: {answer:?}");
        }
    }

    #[test]
    fn the_strictest_rule_of_all_roles_holds() {
        let policy = LoginPolicy::default();
        let rules = |roles: &[Role]| {
            let rules = policy.of(&seats(roles));
            (rules.expiry_days, rules.idle / MINUTE)
        };
        assert_eq!(rules(&[Role::Worker]), (None, 720));
        assert_eq!(rules(&[Role::Recipient]), (None, 720));
        assert_eq!(rules(&[]), (None, 720), "without a role there is nothing to be seen");
        for role in ROLES
            .iter()
            .filter(|role| !matches!(role, Role::Worker | Role::Recipient))
        {
            assert_eq!(rules(&[*role]), (Some(90), 30), "{role:?}");
            assert_eq!(rules(&[Role::Worker, *role]), (Some(90), 30), "{role:?} and worker");
        }
    }

    #[test]
    fn a_policy_stays_within_its_bounds() {
        type Change = fn(&mut LoginPolicy);
        let table: [(Change, &[&str]); 9] = [
            (|_| {}, &[]),
            (|p| p.shortest = 7, &["shortest"]),
            (|p| p.classes = 1, &["classes"]),
            (|p| (p.tries, p.lock_minutes) = (11, 5), &["tries", "lock_minutes"]),
            (|p| p.session_hours = 25, &["session_hours"]),
            (|p| p.roles[4].idle_minutes = 10, &["idle-lead"]),
            (|p| p.roles[4].expiry_days = 0, &[]),
            (|p| p.roles[4].expiry_days = 7, &["expiry-lead"]),
            (|p| p.roles[0].second_factor = true, &["factor-worker"]),
        ];
        for (change, expected) in table {
            let mut policy = LoginPolicy::default();
            change(&mut policy);
            let refused = policy.check().err();
            let fields = refused.as_ref().map(Refusal::field_names).unwrap_or_default();
            assert_eq!(fields, expected);
        }
    }
}
