//! 办理步骤: the task list as the page draws it, each task with its state, its second line, and where it is done or read.

use super::cards::Card;
use crate::pages::acts;
use app::reading::CaseFile;
use casefile::tasks::{Group, State, Task};

/// A group of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskGroup {
    /// 一、申请和受理
    pub title: String,
    /// Its tasks.
    pub tasks: Vec<TaskLine>,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// What it is.
    pub title: &'static str,
    /// Where it is done, for whom it waits.
    pub url: String,
    /// Second line.
    pub detail: String,
    /// 晚了 3 天
    pub late: String,
    /// The tag's look.
    pub class: &'static str,
    /// The tag's word.
    pub word: String,
}

/// The list. A task that waits for this reader leads to its act; one that is done or begun leads to where its result
/// is read, as far as this page has that (`cards`, and the opinions where there are any).
pub(super) fn groups(file: &CaseFile, cards: &[Card], opinions: bool) -> Vec<TaskGroup> {
    let group = |group: &Group| TaskGroup {
        title: group.title.into(),
        tasks: group
            .tasks
            .iter()
            .map(|task| line(file, task, cards, opinions))
            .collect(),
    };
    file.tasks.iter().map(group).collect()
}

fn line(file: &CaseFile, task: &Task, cards: &[Card], opinions: bool) -> TaskLine {
    let class = match task.state {
        State::NotStarted => "t-todo",
        State::Underway => "t-doing",
        State::Done => "t-done",
        State::Blocked => "t-cannot",
        State::NotNeeded => "t-not",
    };
    let sign = if task.state == State::Done { "✓ " } else { "" };
    let mine = task.act.filter(|act| file.my_acts.contains(act));
    let url = match (mine, task.state) {
        (Some(act), _) => acts::address_on(&file.number, act, &file.case),
        (None, State::Done | State::Underway) => result(&file.number, task.title, cards, opinions),
        (None, _) => String::new(),
    };
    TaskLine {
        title: task.title,
        url,
        detail: task.detail.clone(),
        late: task.late.clone().unwrap_or_default(),
        class,
        word: format!("{sign}{}", task.state.name()),
    }
}

/// Where the result of a task is read: a page of its own, or a card of this page.
fn result(number: &str, task: &str, cards: &[Card], opinions: bool) -> String {
    let card = match task {
        "收到申请" => return format!("/cases/{number}/deadline"),
        "调查笔录" => return format!("/cases/{number}/evidence"),
        "听取申辩" => return format!("/cases/{number}/statement"),
        "认定事实" => return format!("/cases/{number}/questions"),
        "两家意见" if opinions => return "#opinions-title".into(),
        "指派调查人" | "回避" => "people",
        "调查结论" => "conclusion",
        "会商" => "consultation",
        "重大事项" => "major",
        "认定" | "出具认定报告" => "determination",
        "书面报送" | "送达本人和单位" => "service",
        "申诉复核" | "归档" => "after",
        _ => return String::new(),
    };
    match cards.iter().any(|shown| shown.id == card) {
        true => format!("#{card}-title"),
        false => String::new(),
    }
}
