//! Whether the parts of a pack fit each other: ids that stand for one thing, names that must resolve outside the rules,
//! the closing outcome, and what follows from the parts. `parse` reads them, `logic` resolves the rules themselves.

use crate::Problem;
use crate::logic::{At, MAX_CHOICES, MAX_COMBINATIONS, MAX_OUTCOMES, MAX_QUESTIONS};
use crate::model::{Clause, Group, Kind, Outcome, Question, Reading, Role};
use base::law::{GroundId, OutcomeCode, Procedure};

/// Where the parts of a pack stand, for problems that are found later.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub outcomes: Vec<Place>,
    pub clauses: Vec<Place>,
    pub questions: Vec<Place>,
}

/// File and line.
pub(crate) type Place = (String, usize);

impl Places {
    /// A problem with that part of the pack.
    pub fn problem(&self, at: At, message: String) -> Problem {
        let place = match at {
            At::Pack => None,
            At::Outcome(place) => self.outcomes.get(place),
            At::Clause(place) => self.clauses.get(place),
            At::Question(place) => self.questions.get(place),
        };
        match place {
            Some((file, line)) => Problem {
                file: file.clone(),
                line: Some(*line),
                message,
            },
            None => Problem {
                file: "pack.toml".into(),
                line: None,
                message,
            },
        }
    }
}

/// The parts of a pack while they are being fitted to each other.
pub(crate) struct Parts {
    pub outcomes: Vec<Outcome>,
    pub clauses: Vec<Clause>,
    pub questions: Vec<Question>,
    pub readings: Vec<Reading>,
    pub groups: Vec<Group>,
    pub problems: Vec<Problem>,
}

impl Parts {
    fn problem(&mut self, places: &Places, at: At, message: String) {
        self.problems.push(places.problem(at, message));
    }

    /// Ids stand for one thing each; sizes are within bounds.
    pub fn unique(&mut self, places: &Places, reading_lines: &[usize]) {
        for place in twice(self.outcomes.iter().map(|outcome| outcome.code.as_str())) {
            let message = format!("结果“{}”写了两次。", self.outcomes[place].code);
            self.problem(places, At::Outcome(place), message);
        }
        for place in twice(self.clauses.iter().map(|clause| clause.id.as_str())) {
            let message = format!("条款编号“{}”用了两次。", self.clauses[place].id);
            self.problem(places, At::Clause(place), message);
        }
        for place in 0..self.questions.len() {
            let question = &self.questions[place];
            let blank = question
                .repealed
                .iter()
                .any(|title| title.trim().is_empty() || title.contains(['《', '》']));
            if blank || !question.repealed.is_empty() && question.kind != Kind::Citation {
                let message = format!(
                    "问题“{}”的 repealed 只能用在 kind = \"citation\" 的问题上，写文件名称，不带《》。",
                    question.id
                );
                self.problem(places, At::Question(place), message);
            }
        }
        for place in twice(self.questions.iter().map(|question| question.id.as_str())) {
            let message = format!(
                "问题编号“{}”用了两次。后面再用到时，只在 rule 里写编号。",
                self.questions[place].id
            );
            self.problem(places, At::Question(place), message);
        }
        for place in twice(self.readings.iter().map(|reading| reading.id.as_str())) {
            let message = format!("读法编号“{}”用了两次。", self.readings[place].id);
            self.in_pack(Some(reading_lines[place]), message);
        }
        for (place, clause) in self
            .clauses
            .iter()
            .enumerate()
            .filter(|(_, clause)| !is_code(clause.id.as_str()))
        {
            self.problems
                .push(places.problem(At::Clause(place), not_a_code(clause.id.as_str())));
        }
        for (place, question) in self
            .questions
            .iter()
            .enumerate()
            .filter(|(_, one)| !is_code(one.id.as_str()))
        {
            self.problems
                .push(places.problem(At::Question(place), not_a_code(question.id.as_str())));
        }
        let groups: Vec<GroundId> = self.groups.iter().map(|group| group.id.clone()).collect();
        for place in 0..self.clauses.len() {
            if let Some(group) = self.clauses[place]
                .group
                .clone()
                .filter(|group| !groups.contains(group))
            {
                self.problem(
                    places,
                    At::Clause(place),
                    format!("没有编号为“{group}”的分组。请在 pack.toml 里补上。"),
                );
            }
        }
        if self.questions.len() > MAX_QUESTIONS {
            self.in_pack(
                None,
                format!("问题有 {} 个，最多 {MAX_QUESTIONS} 个。", self.questions.len()),
            );
        }
        if self.outcomes.len() > MAX_OUTCOMES {
            self.in_pack(
                None,
                format!("结果有 {} 个，最多 {MAX_OUTCOMES} 个。", self.outcomes.len()),
            );
        }
        let choices = self.readings.iter().map(|reading| reading.choices.len().max(1));
        let combinations = choices.fold(
            1 << self.outcomes.len().saturating_sub(1).min(MAX_OUTCOMES),
            usize::saturating_mul,
        );
        if combinations > MAX_COMBINATIONS {
            self.in_pack(
                None,
                format!("读法和申请的组合有 {combinations} 种，最多 {MAX_COMBINATIONS} 种。请减少读法。"),
            );
        }
    }

    fn in_pack(&mut self, line: Option<usize>, message: String) {
        self.problems.push(Problem {
            file: "pack.toml".into(),
            line,
            message,
        });
    }

    /// The closing outcome is the last one, alone, and without conditions.
    pub fn outcomes_stand(&mut self, places: &Places) {
        let last = self.outcomes.len().saturating_sub(1);
        if self.outcomes.is_empty() {
            self.in_pack(None, "没有结果。请至少写两个，最后一个写 otherwise = true。".into());
        }
        for place in 0..self.outcomes.len() {
            let outcome = &self.outcomes[place];
            let bare =
                outcome.thresholds.is_empty() && outcome.circumstances.is_empty() && outcome.exclusions.is_empty();
            let message = match (outcome.otherwise, place == last) {
                (false, true) => format!(
                    "最后一个结果“{}”要写明 otherwise = true：前面的都不成立时就是它。",
                    outcome.code
                ),
                (true, false) => format!("“{}”写了 otherwise = true，只有最后一个结果可以这样写。", outcome.code),
                (true, true) if !bare || outcome.only_if_claimed => {
                    format!("兜底的结果“{}”不能带条件，也不能要求申请。", outcome.code)
                }
                (false, false) if outcome.thresholds.is_empty() && outcome.circumstances.is_empty() => {
                    format!("结果“{}”没有写门槛，也没有写情形。", outcome.code)
                }
                _ => continue,
            };
            self.problem(places, At::Outcome(place), message);
        }
    }

    /// The place of each reading's default among its choices.
    pub fn defaults(&mut self, lines: &[usize]) -> Vec<usize> {
        let mut defaults = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let reading = &self.readings[place];
            let default = reading.choices.iter().position(|choice| choice.id == reading.default);
            let mut faults = Vec::new();
            if default.is_none() {
                faults.push(format!(
                    "读法“{}”的默认选项“{}”不在它的选项里。",
                    reading.id, reading.default
                ));
            }
            if !(2..=MAX_CHOICES).contains(&reading.choices.len()) {
                faults.push(format!("读法“{}”要有 2 到 {MAX_CHOICES} 个选项。", reading.id));
            }
            for again in twice(reading.choices.iter().map(|choice| choice.id.as_str())) {
                faults.push(format!(
                    "读法“{}”的选项“{}”写了两次。",
                    reading.id, reading.choices[again].id
                ));
            }
            for fault in faults {
                self.in_pack(Some(*line), fault);
            }
            defaults.push(default.unwrap_or_default());
        }
        defaults
    }

    /// Names in the procedure that must be outcomes of the pack.
    pub fn procedure_names(&self, procedure: &Procedure) -> Vec<Problem> {
        let mut wrong = Vec::new();
        let known = |code: &OutcomeCode| self.outcomes.iter().any(|outcome| outcome.code == *code);
        for claim in &procedure.claims {
            if claim.outcomes.is_empty() {
                wrong.push(format!("申请事项“{}”没有写结果。", claim.text));
            }
            let unknown = claim.outcomes.iter().filter(|code| !known(code));
            wrong.extend(unknown.map(|code| format!("申请事项“{}”里的结果“{code}”不在 pack.toml 里。", claim.text)));
        }
        if let Some(code) = procedure.explain_outcome.as_ref().filter(|code| !known(code)) {
            wrong.push(format!("explain_outcome 里的结果“{code}”不在 pack.toml 里。"));
        }
        if !procedure.needs_document.is_empty() {
            wrong.push("needs_document 由问题得出，不在这里写。请在问题上写 needs_document。".into());
        }
        for (name, list) in [
            ("decline_grounds", &procedure.decline_grounds),
            ("recusal_grounds", &procedure.recusal_grounds),
            ("major_grounds", &procedure.major_grounds),
            ("degradations", &procedure.degradations),
            ("work_kinds", &procedure.work_kinds),
            ("work_links", &procedure.work_links),
        ] {
            let again = twice(list.iter().map(|ground| ground.id.as_str()));
            wrong.extend(
                again
                    .into_iter()
                    .map(|place| format!("{name} 里的“{}”写了两次。", list[place].id)),
            );
        }
        if procedure.deadlines.iter().any(|deadline| deadline.n == 0) {
            wrong.push("期限至少是 1。".into());
        }
        if procedure.investigators == 0 {
            wrong.push("investigators 至少是 1。".into());
        }
        if procedure.review_levels > 2 {
            wrong.push("review_levels 只能是 0、1 或者 2。".into());
        }
        let problem = |message| Problem {
            file: "procedure.toml".into(),
            line: None,
            message,
        };
        wrong.into_iter().map(problem).collect()
    }

    /// What follows from the parts: the role and questions of each clause, the clauses of each question.
    pub fn fill_in(&mut self) {
        for outcome in self.outcomes.iter().rev() {
            for (role, list) in [
                (Role::Exclusion, &outcome.exclusions),
                (Role::Circumstance, &outcome.circumstances),
                (Role::Threshold, &outcome.thresholds),
            ] {
                let named = |clause: &&mut Clause| list.iter().any(|condition| condition.clause == clause.id);
                self.clauses
                    .iter_mut()
                    .filter(named)
                    .for_each(|clause| clause.role = role);
            }
        }
        for clause in &mut self.clauses {
            let own = clause.rule.questions();
            for question in self.questions.iter_mut().filter(|question| own.contains(&question.id)) {
                question.clauses.push(clause.id.clone());
            }
            clause.questions = own;
        }
    }
}

/// Whether an id may stand in addresses, form fields and JSON as it is.
pub(crate) fn is_code(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn not_a_code(id: &str) -> String {
    format!("编号“{id}”不能用。编号只用英文字母、数字和 -。")
}

/// The places of what stood before already.
fn twice<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut seen = std::collections::HashSet::new();
    ids.enumerate()
        .filter(|(_, id)| !seen.insert(*id))
        .map(|(place, _)| place)
        .collect()
}
