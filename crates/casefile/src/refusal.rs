//! Refusals: why an act cannot be done, in a form a person can act on.
//!
//! Five things: kind, code, one sentence in Chinese, what to do next, and the clause or rule it rests on. The cause
//! behind a technical failure is not here; it goes to the log.

use std::fmt;

/// What sort of "no" it is; decides tone and HTTP status, not the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something has to happen first (还不能).
    NotYet,
    /// Another person or institution may, this one may not (不归您).
    NotYou,
    /// Never, by the notice or the pack (不可以).
    NotLawful,
    /// What was typed cannot be taken as it is (要改).
    NotWellFormed,
    /// The case has moved on since the page was opened (有变化).
    Conflict,
    /// There is no such thing for this person (找不到).
    NotFound,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What sort of "no".
    pub kind: Kind,
    /// For machines and tests; stable.
    pub code: &'static str,
    /// What is wrong, in one Chinese sentence.
    pub sentence: String,
    /// What to do next, in one Chinese sentence.
    pub next: String,
    /// The clause or rule it rests on, e.g. `七（二）`; empty where it is about form alone.
    pub basis: String,
    /// The same, field by field, where the act came from a form.
    pub fields: Vec<FieldRefusal>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRefusal {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what to do, in Chinese.
    pub sentence: String,
}

impl Refusal {
    fn new(
        kind: Kind,
        code: &'static str,
        sentence: impl Into<String>,
        next: impl Into<String>,
        basis: &str,
    ) -> Refusal {
        Refusal {
            kind,
            code,
            sentence: sentence.into(),
            next: next.into(),
            basis: basis.into(),
            fields: Vec::new(),
        }
    }

    /// Something has to happen first.
    pub fn not_yet(code: &'static str, sentence: impl Into<String>, next: impl Into<String>, basis: &str) -> Refusal {
        Refusal::new(Kind::NotYet, code, sentence, next, basis)
    }

    /// Somebody else may, this person may not.
    pub fn not_you(code: &'static str, sentence: impl Into<String>, next: impl Into<String>, basis: &str) -> Refusal {
        Refusal::new(Kind::NotYou, code, sentence, next, basis)
    }

    /// Never, by the notice or the pack.
    pub fn not_lawful(
        code: &'static str,
        sentence: impl Into<String>,
        next: impl Into<String>,
        basis: &str,
    ) -> Refusal {
        Refusal::new(Kind::NotLawful, code, sentence, next, basis)
    }

    /// One field cannot be taken as it is.
    pub fn field(field: &str, sentence: impl Into<String>) -> Refusal {
        Refusal::fields(vec![FieldRefusal {
            field: field.into(),
            sentence: sentence.into(),
        }])
    }

    /// Several fields cannot be taken as they are. The sentence counts them.
    pub fn fields(fields: Vec<FieldRefusal>) -> Refusal {
        let mut refusal = Refusal::new(
            Kind::NotWellFormed,
            "fields",
            format!("有 {} 处要改。", fields.len()),
            "请按提示改好再提交。",
            "",
        );
        refusal.fields = fields;
        refusal
    }

    /// The names of the fields that cannot be taken, in the order of the form.
    pub fn field_names(&self) -> Vec<&str> {
        self.fields.iter().map(|field| field.field.as_str()).collect()
    }

    /// The case has moved on since the page was opened.
    pub fn conflict(sentence: impl Into<String>) -> Refusal {
        Refusal::new(
            Kind::Conflict,
            "moved-on",
            sentence,
            "您写的还在下面，请看一下再提交。",
            "",
        )
    }

    /// The step was done before and is not done twice.
    pub fn already(sentence: impl Into<String>) -> Refusal {
        Refusal::new(
            Kind::Conflict,
            "already-done",
            sentence,
            "不用再办。请看一看现在办到哪一步了。",
            "",
        )
    }

    /// No such case, or not for this person: the two look alike.
    pub fn not_found() -> Refusal {
        Refusal::new(
            Kind::NotFound,
            "not-found",
            "找不到这个案件。",
            "可能编号写错了，也可能不归您办。请回到案件列表。",
            "",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sentence, self.next)?;
        if !self.basis.is_empty() {
            write!(f, "依据 {}", self.basis)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// Collects what is wrong with a form, so that a person hears everything at once.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldRefusal>);

impl Check {
    /// Nothing wrong yet.
    pub fn new() -> Check {
        Check::default()
    }

    /// Notes `sentence` at `field` unless `holds`.
    pub fn that(&mut self, holds: bool, field: &str, sentence: impl Into<String>) -> &mut Check {
        if !holds {
            self.0.push(FieldRefusal {
                field: field.into(),
                sentence: sentence.into(),
            });
        }
        self
    }

    /// A text that must be there, at most `max` characters. `label` is what the form calls it.
    pub fn required(&mut self, field: &str, label: &str, text: &str, max: usize) -> &mut Check {
        self.that(!text.trim().is_empty(), field, format!("还没写{label}。请写上。"))
            .optional(field, label, text, max)
    }

    /// A text that may be empty, at most `max` characters.
    pub fn optional(&mut self, field: &str, label: &str, text: &str, max: usize) -> &mut Check {
        let long = text.chars().count();
        self.that(
            long <= max,
            field,
            format!("{label}最多写 {max} 个字，现在有 {long} 个字。请删短一些。"),
        )
    }

    /// Everything is well formed, or one refusal that names all that is not.
    pub fn done(&mut self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::fields(std::mem::take(&mut self.0)))
        }
    }
}
