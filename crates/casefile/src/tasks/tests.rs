//! What the task list says at each point of the procedure.

use super::*;
use crate::acts::*;
use crate::testing::*;

fn list(given: &Given) -> Vec<Task> {
    let groups = tasks(
        &given.case,
        &given.procedure,
        &given.assessment,
        &Calendar::shipped(),
        given.today(),
    );
    assert_eq!(groups.len(), 4);
    groups.into_iter().flat_map(|group| group.tasks).collect()
}

fn line(given: &Given, title: &str) -> String {
    let task = list(given)
        .into_iter()
        .find(|task| task.title == title)
        .expect("in the list");
    let late = task.late.map(|late| format!(" {late}")).unwrap_or_default();
    format!("{}：{}{late}", task.state.name(), task.detail)
}

#[test]
fn every_state_says_what_is_there() {
    let opine = Opine {
        outcome: "exempted".into(),
        reason: "符合".into(),
    };
    let withdraw = Withdraw {
        reason: "不申请了。".into(),
        signature: "李春梅".into(),
        scan: None,
    };
    let back = ReturnToInquiry {
        reason: "再查一下。".into(),
    };
    let table = [
        (Given::received(), "收到申请", "已完成：9 月 16 日，期限从次日算起"),
        (Given::received(), "受理", "未开始：等民政局收件岗"),
        (Given::received().days(4), "受理", "未开始：等民政局收件岗 晚了 3 天"),
        (Given::accepted(), "受理", "已完成：9 月 17 日，王丽"),
        (Given::received(), "指派调查人", "不能开始：要先有：受理"),
        (
            Given::accepted().joins(INVESTIGATOR),
            "指派调查人",
            "进行中：已有陈涛，等民政局负责人、驻局纪检监察组负责人",
        ),
        (Given::assigned(), "指派调查人", "已完成：陈涛、孙静"),
        (Given::assigned(), "调查笔录", "未开始：等调查人陈涛、调查人孙静"),
        (Given::investigated(), "调查笔录", "已完成：1 份"),
        (Given::heard(), "听取申辩", "已完成：9 月 17 日说明，2 条都已答复"),
        (Given::accepted(), "两家意见", "不能开始：要先有：调查结论"),
        (
            Given::concluded().lead().done(opine),
            "两家意见",
            "进行中：已提交 1 份，等驻局纪检监察组负责人",
        ),
        (
            Given::opined("exempted", "exempted"),
            "会商",
            "不需要：意见一致，不用会商",
        ),
        (
            Given::coordinated(),
            "重大事项",
            "进行中：9 月 17 日协调，等民政局负责人、驻局纪检监察组负责人",
        ),
        (Given::determined("exempted"), "认定", "已完成：9 月 17 日，周建国"),
        (
            Given::served("exempted"),
            "送达本人和单位",
            "已完成：9 月 17 日，本人和单位都已送达",
        ),
        (Given::served("exempted"), "归档", "未开始：等民政局收件岗"),
        (Given::accepted().worker().done(withdraw), "认定", "不需要：已经撤回"),
    ];
    for (given, title, expected) in table {
        assert_eq!(line(&given, title), expected);
    }
    let again = Given::opined("exempted", "exempted").lead().done(back);
    assert_eq!(
        line(&again, "调查结论"),
        "进行中：9 月 17 日完成过，因退回补充调查重开，等调查人陈涛、调查人孙静"
    );
    assert_eq!(line(&again, "两家意见"), "进行中：9 月 17 日完成过，因退回补充调查重开");
    assert_eq!(line(&again, "认定"), "不能开始：要先有：调查结论、两家意见");
}

#[test]
fn a_task_that_may_be_done_is_done_by_whom_it_names() {
    for given in [
        Given::received(),
        Given::accepted(),
        Given::assigned(),
        Given::concluded(),
        Given::served("exempted"),
    ] {
        let waits = waiting(
            &given.case,
            &given.procedure,
            &given.assessment,
            &Calendar::shipped(),
            given.today(),
        );
        for task in list(&given)
            .iter()
            .filter(|task| task.state == super::State::NotStarted)
        {
            assert!(waits.iter().any(|wait| Some(wait.act) == task.act), "{}", task.title);
        }
    }
}

#[test]
fn only_what_happened_or_is_required() {
    let titles = |given: &Given| list(given).iter().map(|task| task.title).collect::<Vec<_>>();
    let plain = titles(&Given::received());
    for title in ["补正", "回避", "会商", "重大事项", "申诉复核"] {
        assert!(!plain.contains(&title), "{title}");
    }
    assert_eq!(plain.len(), 13);
}

#[test]
fn findings_count_what_is_still_open() {
    let mut given = Given::investigated();
    given.assessment.relevant = vec!["timely".into(), "corrected".into()];
    let given = given.done_find("timely");
    assert_eq!(
        line(&given, "认定事实"),
        "进行中：查明 1 题，还差 1 题，等调查人陈涛、调查人孙静"
    );
}
