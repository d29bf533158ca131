//! The procedure as a map: its nine steps, who does each, where a case is and who is next. One drawing for the start
//! page, the help page and the README; the same steps as a list for narrow screens and for those who listen.
//!
//! Knows the order of the procedure and where a stage lies on it, and no case.

use crate::extract::Visit;
use app::Failure;
use askama::Template;
use casefile::stage::Stage;
use rules::Pack;

/// Width of a box, in the drawing's units; how high it is stands in the template.
const BOX: i32 = 116;
/// From one box to the next.
const APART: i32 = 131;
/// Where the two rows begin.
const ROWS: [i32; 2] = [34, 184];
/// How many boxes the first row has.
const FIRST: usize = 5;

/// The steps: what, and who does it, as it stands on two lines of a box.
const STEPS: [(&str, [&str; 2]); 9] = [
    ("提出申请", ["申请人", ""]),
    ("受理", ["民政局", ""]),
    ("调查核实", ["两家调查人", ""]),
    ("说明和申辩", ["申请人", "逐条答复"]),
    ("调查结论", ["两家调查人", ""]),
    ("提意见", ["民政局", "纪检监察组"]),
    ("认定出报告", ["民政局", ""]),
    ("报送送达", ["送本人", "和单位"]),
    ("归档", ["民政局", ""]),
];

/// The map, with or without a case on it.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/map.html")]
pub struct Map {
    /// The steps.
    pub steps: Vec<Step>,
    /// Where the case is and who is next, in a sentence; empty where no case is on it.
    pub here: String,
}

/// The drawing alone, as a file of its own.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/map.svg", escape = "html")]
pub struct Picture {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub n: usize,
    /// What is done.
    pub title: &'static str,
    /// By whom, and a word more.
    pub lines: Vec<String>,
    /// `is-done`, `is-here`, `is-next` or empty.
    pub class: &'static str,
    /// Where its box lies.
    pub x: i32,
    /// Where its box lies.
    pub y: i32,
}

impl Step {
    /// The middle of its box. For the template.
    pub fn middle(&self) -> i32 {
        self.x + BOX / 2
    }

    /// The mark above its box. For the template.
    pub fn mark(&self) -> &'static str {
        match self.class {
            "is-here" => "▼ 现在",
            "is-next" => "下一步",
            _ => "",
        }
    }

    /// Whether an arrow leads on from it within its row. For the template.
    pub fn leads_on(&self) -> bool {
        self.n != FIRST && self.n != STEPS.len()
    }

    /// Who, in a sentence. For the template.
    pub fn who(&self) -> String {
        self.lines.join("，")
    }
}

impl Map {
    /// The map of `pack`'s procedure with nothing on it.
    pub fn blank(pack: &Pack) -> Map {
        let within = crate::pages::apply::within(pack);
        let steps = STEPS.iter().enumerate().map(|(at, (title, who))| {
            let (row, column) = if at < FIRST { (0, at) } else { (1, at - FIRST) };
            let mut lines: Vec<String> = who
                .iter()
                .filter(|line| !line.is_empty())
                .map(ToString::to_string)
                .collect();
            match *title {
                "调查核实" => lines.push(format!("至少 {} 人", pack.procedure.investigators)),
                "调查结论" => lines.push(format!("{within}内")),
                _ => {}
            }
            Step {
                n: at + 1,
                title,
                lines,
                class: "",
                x: i32::try_from(column).unwrap_or_default() * APART,
                y: ROWS[row],
            }
        });
        Map {
            steps: steps.collect(),
            here: String::new(),
        }
    }

    /// With somebody on it who has not begun.
    pub fn beginning(pack: &Pack) -> Map {
        let mut map = Map::blank(pack).at(1);
        map.here = format!("您在第 1 步。交上以后，下一步是{}。", map.next());
        map
    }

    /// With a case on it that stands at `stage`; blank where it has ended.
    pub fn of(pack: &Pack, number: &str, stage: Stage) -> Map {
        let map = Map::blank(pack);
        let Some(n) = step_of(stage) else { return map };
        let mut map = map.at(n);
        let (now, next) = (&map.steps[n - 1], map.next());
        map.here = format!("{number} 在第 {n} 步：{}（{}）。", now.title, now.who());
        if !next.is_empty() {
            map.here.push_str(&format!("下一步是{next}。"));
        }
        map
    }

    /// With the visitor's open application on it, or at its beginning.
    ///
    /// # Errors
    /// The store.
    pub async fn for_worker(visit: &Visit) -> Result<Map, Failure> {
        let pack = visit.app.packs().current();
        Ok(open(visit).await?.unwrap_or_else(|| Map::beginning(pack)))
    }

    /// With the visitor's open application on it, where there is one.
    ///
    /// # Errors
    /// The store.
    pub async fn for_reader(visit: &Visit) -> Result<Map, Failure> {
        let pack = visit.app.packs().current();
        Ok(open(visit).await?.unwrap_or_else(|| Map::blank(pack)))
    }

    fn at(mut self, n: usize) -> Map {
        for step in &mut self.steps {
            step.class = match step.n {
                before if before < n => "is-done",
                here if here == n => "is-here",
                next if next == n + 1 => "is-next",
                _ => "",
            };
        }
        self
    }

    /// The next step and who does it.
    fn next(&self) -> String {
        let next = self.steps.iter().find(|step| step.class == "is-next");
        next.map_or_else(String::new, |step| format!("{}（{}）", step.title, step.who()))
    }
}

/// The map with the visitor's own open application on it.
async fn open(visit: &Visit) -> Result<Option<Map>, Failure> {
    let pack = visit.app.packs().current();
    let own = visit.app.todo(&visit.viewer).await?.own;
    let open = own.iter().find(|row| !row.closed);
    Ok(open.and_then(|row| Some(Map::of(pack, &row.number, Stage::parse(&row.stage)?))))
}

/// Which step, from 1, a case of that stage is in; none where it is over.
fn step_of(stage: Stage) -> Option<usize> {
    Some(match stage {
        Stage::Received => 2,
        Stage::Inquiry => 3,
        Stage::Opinions | Stage::Consultation | Stage::Coordination => 6,
        Stage::Determination | Stage::Issuing => 7,
        Stage::Service => 8,
        Stage::Review | Stage::Filing => 9,
        Stage::Filed | Stage::Declined | Stage::Transferred | Stage::Withdrawn | Stage::Deferred => return None,
    })
}
