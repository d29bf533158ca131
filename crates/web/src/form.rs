//! The one form of all pages: fields described as data, drawn by one template, with what was typed and what is wrong.
//!
//! A page says what it asks ([`Field`]); the driver fills in what was typed and what was refused ([`Form::fill`],
//! [`Form::refuse`]). The names of the fields are those the act's own refusals use, so a refusal finds its field.

use crate::values::Values;
use askama::Template;
use base::{ActId, Date};
use casefile::Refusal;

/// What kind of control a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line.
    Text,
    /// Several lines; how many are shown.
    Long(u8),
    /// Digits, typed on a number pad.
    Number,
    /// A password, never shown again.
    Password,
    /// 年 月 日, three number fields; the day may be left out where `day_optional`.
    Date {
        /// 记不清哪一天，写年、月就行
        day_optional: bool,
    },
    /// One of a list.
    Radio(Vec<Choice>),
    /// Any of a list.
    Checks(Vec<Choice>),
    /// One of a long list.
    Select(Vec<Choice>),
    /// Files; whether several.
    File {
        /// Whether several may be chosen.
        multiple: bool,
    },
    /// Carried along, not shown.
    Hidden,
    /// Shown, not asked: what the system knows already.
    Static,
    /// A heading between the parts of a long form.
    Heading,
    /// A file that is kept already; the text says what it is to prove.
    Kept(Box<Kept>),
}

/// A file that is kept already, and what may be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its address.
    pub address: String,
    /// Its name.
    pub name: String,
    /// How large it is, and what was done to it on the way.
    pub size: String,
    /// Where it is seen.
    pub url: String,
    /// Whether there is a small picture of it.
    pub has_small: bool,
    /// Of a photograph that says where it was taken: whether that is kept in what is shown.
    pub place_kept: Option<bool>,
}

/// One choice of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The code that is sent.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// A line below it.
    pub hint: String,
    /// The clause it stands for, verbatim, one tap away.
    pub law: Option<Law>,
}

/// The words of a clause with its citation (看文件原文).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// E.g. 三（五）.
    pub citation: String,
    /// Verbatim.
    pub text: String,
    /// The pack's notes on it.
    pub notes: Vec<String>,
}

impl Choice {
    /// A choice with its label.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Choice {
        Choice {
            value: value.to_string(),
            label: label.into(),
            ..Choice::default()
        }
    }

    /// With a line below.
    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }

    /// With the clause it stands for.
    pub fn law(mut self, law: Law) -> Choice {
        self.law = Some(law);
        self
    }
}

/// Choices out of `(code, label)` pairs.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice::new(value, *label)).collect()
}

/// Choices out of one of the pack's lists, with whose rule each is.
pub fn grounds(list: &[base::law::Ground]) -> Vec<Choice> {
    list.iter()
        .map(|ground| Choice::new(&ground.id, ground.text.as_str()))
        .collect()
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, in the form and in refusals.
    pub name: String,
    /// Its label.
    pub label: String,
    /// A line between label and control; empty for none.
    pub hint: String,
    /// The control.
    pub control: Control,
    /// What stands in it; for a date year, month, day.
    pub values: Vec<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it must be filled; what need not be says 选填.
    pub required: bool,
    /// For the browser's memory, e.g. `username`; empty for none.
    pub autocomplete: &'static str,
    /// Files of this field that are stored already, by name.
    pub stored: Vec<casefile::case::File>,
    /// Another field and those of its choices that open this one where a script can, `held=pending decided`; empty for
    /// one that is always open. Without scripts every field is.
    pub after: String,
}

impl Field {
    fn new(name: &str, label: impl Into<String>, control: Control) -> Field {
        Field {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            control,
            values: Vec::new(),
            error: None,
            required: true,
            autocomplete: "off",
            stored: Vec::new(),
            after: String::new(),
        }
    }

    /// One line.
    pub fn text(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::Text)
    }

    /// Several lines.
    pub fn long(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::Long(5))
    }

    /// Digits.
    pub fn number(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::Number)
    }

    /// A password.
    pub fn password(name: &str, label: impl Into<String>) -> Field {
        let mut field = Field::new(name, label, Control::Password);
        field.autocomplete = "current-password";
        field
    }

    /// The password once more, as a signature.
    pub fn signature() -> Field {
        Field::password("password", "请输入您的密码，等于签名")
    }

    /// 年 月 日.
    pub fn date(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::Date { day_optional: false })
    }

    /// 年 月, and 日 where it is known.
    pub fn when(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::Date { day_optional: true })
    }

    /// One of a list, all shown.
    pub fn radio(name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(name, label, Control::Radio(choices))
    }

    /// Any of a list.
    pub fn checks(name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(name, label, Control::Checks(choices))
    }

    /// One of a long list.
    pub fn select(name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(name, label, Control::Select(choices))
    }

    /// One file.
    pub fn file(name: &str, label: impl Into<String>) -> Field {
        Field::new(name, label, Control::File { multiple: false }).hint("照片、PDF、Word、Excel 都行，一个最大 20 MB。")
    }

    /// Carried along.
    pub fn hidden(name: &str, value: impl ToString) -> Field {
        Field::new(name, "", Control::Hidden).value(value)
    }

    /// A heading between the parts of a long form.
    pub fn heading(words: &str) -> Field {
        Field::new("", words, Control::Heading)
    }

    /// A file that is kept already.
    pub fn kept(kept: Kept, proves: &str) -> Field {
        let name = format!("proves.{}", kept.address);
        Field::new(&name, "这份材料能证明什么？", Control::Kept(Box::new(kept)))
            .optional()
            .value(proves)
    }

    /// Shown, not asked.
    pub fn fixed(name: &str, label: impl Into<String>, text: impl Into<String>) -> Field {
        Field::new(name, label, Control::Static).value(text.into())
    }

    /// With a line between label and control.
    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = hint.into();
        self
    }

    /// Need not be filled, and asked only after one of these choices of another field.
    pub fn after(mut self, field: &str, choices: &[&str]) -> Field {
        self.after = format!("{field}={}", choices.join(" "));
        self.optional()
    }

    /// Need not be filled.
    pub fn optional(mut self) -> Field {
        self.required = false;
        self
    }

    /// With what stands in it before anything is typed.
    pub fn value(mut self, value: impl ToString) -> Field {
        self.values = vec![value.to_string()];
        self
    }

    /// With what is ticked before anything is typed.
    pub fn ticked(mut self, values: impl IntoIterator<Item = String>) -> Field {
        self.values = values.into_iter().collect();
        self
    }

    /// With a day in it before anything is typed.
    pub fn day(mut self, day: Date) -> Field {
        self.values = vec![day.year().to_string(), day.month().to_string(), day.day().to_string()];
        self
    }

    /// Of several lines: how many are shown.
    pub fn rows(mut self, rows: u8) -> Field {
        self.control = Control::Long(rows);
        self
    }

    /// Of files: several may be chosen.
    pub fn several(mut self) -> Field {
        self.control = Control::File { multiple: true };
        self
    }

    /// For the browser's memory.
    pub fn autocomplete(mut self, what: &'static str) -> Field {
        self.autocomplete = what;
        self
    }

    fn fill(&mut self, values: &Values) {
        match &self.control {
            Control::Date { .. } => {
                let part = |name: &str| format!("{}.{name}", self.name);
                let names = [part("year"), part("month"), part("day")];
                if names.iter().any(|name| values.has(name)) {
                    self.values = names.iter().map(|name| values.text(name).to_owned()).collect();
                }
            }
            Control::Password | Control::Static | Control::Heading => {}
            Control::File { .. } => self.stored = values.files(&self.name).to_vec(),
            _ if values.has(&self.name) => self.values = values.all(&self.name).to_vec(),
            _ => {}
        }
    }

    /// What stands in it; empty for nothing. For templates.
    pub fn first(&self) -> &str {
        self.part(0)
    }

    /// One part of a date. For templates.
    pub fn part(&self, n: usize) -> &str {
        self.values.get(n).map_or("", String::as_str)
    }

    /// Whether the choice is taken. For templates.
    pub fn takes(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }

    /// The ids that describe the control, hint and error. For templates.
    pub fn described_by(&self) -> String {
        let hint = if self.hint.is_empty() {
            String::new()
        } else {
            format!("{}-hint", self.name)
        };
        let error = self
            .error
            .as_ref()
            .map(|_| format!("{}-error", self.name))
            .unwrap_or_default();
        format!("{hint} {error}").trim().to_owned()
    }

    /// Whether it takes little room: one line, a day, a list to open. For templates.
    pub fn is_short(&self) -> bool {
        use Control::{Date, Number, Password, Select, Text};
        matches!(self.control, Text | Number | Password | Date { .. } | Select(_))
    }

    /// Where the error summary leads: the first control of the field, or the field itself where nothing can be chosen.
    pub fn anchor(&self) -> String {
        match &self.control {
            Control::Date { .. } => format!("{}.year", self.name),
            Control::Radio(list) | Control::Checks(list) if !list.is_empty() => format!("{}-1", self.name),
            _ => self.name.clone(),
        }
    }
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/form.html")]
pub struct Form {
    /// Where it is sent; empty for its own URL.
    pub action: String,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// 提交后会发生什么, one sentence; empty for none.
    pub consequences: String,
    /// The button's verb.
    pub verb: String,
    /// The other buttons: name, value and verb of each.
    pub others: Vec<(String, String, String)>,
    /// Drawn in little room, for clerks.
    pub dense: bool,
    /// Where a script sends files in pieces; empty where none does.
    pub pieces: String,
    /// The papers it makes, each to be seen before: URL and what it is called.
    pub papers: Vec<(String, &'static str)>,
    /// What is wrong with the form as a whole, or with fields the form does not show.
    pub refusals: Vec<String>,
}

/// The error summary above the page's heading.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/summary.html")]
pub struct Summary<'f> {
    form: &'f Form,
}

impl Form {
    /// A form whose button says `verb`.
    pub fn new(verb: impl Into<String>) -> Form {
        Form {
            verb: verb.into(),
            ..Form::default()
        }
    }

    /// With one more field.
    pub fn field(mut self, field: Field) -> Form {
        self.fields.push(field);
        self
    }

    /// With more fields.
    pub fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Form {
        self.fields.extend(fields);
        self
    }

    /// With what happens when it is sent.
    pub fn consequences(mut self, sentence: impl Into<String>) -> Form {
        self.consequences = sentence.into();
        self
    }

    /// Sent elsewhere than to its own URL.
    pub fn action(mut self, url: impl Into<String>) -> Form {
        self.action = url.into();
        self
    }

    /// With one more button.
    pub fn button(mut self, name: &str, value: &str, verb: &str) -> Form {
        self.others.push((name.into(), value.into(), verb.into()));
        self
    }

    /// In little room.
    pub fn dense(mut self) -> Form {
        self.dense = true;
        self
    }

    /// With a place where a script may send files in pieces.
    pub fn in_pieces(mut self, url: impl Into<String>) -> Form {
        self.pieces = url.into();
        self
    }

    /// With the id that makes it act once, and the version of the case it was opened on.
    pub fn once(self, act: ActId, version: u64) -> Form {
        self.field(Field::hidden("act_id", act))
            .field(Field::hidden("version", version))
    }

    /// Puts in what was typed.
    pub fn fill(mut self, values: &Values) -> Form {
        for field in &mut self.fields {
            field.fill(values);
        }
        self
    }

    /// Puts in what is wrong: each sentence at its field, what belongs to no field at the top.
    pub fn refuse(mut self, refusal: &Refusal) -> Form {
        for wrong in &refusal.fields {
            match self
                .fields
                .iter_mut()
                .find(|f| f.name == wrong.field && f.control != Control::Hidden)
            {
                Some(field) => field.error = Some(wrong.sentence.clone()),
                None => self.refusals.push(wrong.sentence.clone()),
            }
        }
        if refusal.fields.is_empty() {
            self.refusals.push(refusal.to_string());
        }
        self
    }

    /// How many things are to be mended.
    pub fn wrong(&self) -> usize {
        self.refusals.len() + self.fields.iter().filter(|field| field.error.is_some()).count()
    }

    /// The error summary; draws nothing where nothing is wrong.
    pub fn summary(&self) -> Summary<'_> {
        Summary { form: self }
    }

    /// Whether files are kept, with buttons of their own. For the template.
    pub fn keeps_files(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field.control, Control::Kept(_)))
    }

    /// Whether files can be sent with it. For the template.
    pub fn has_files(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field.control, Control::File { .. }))
    }
}
