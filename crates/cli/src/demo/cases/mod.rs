//! The example cases, one file a theme: every stage, every ending and every kind of waiting. Real in their detail,
//! nobody real. Days are those of 2026; a story's deeds lie on working days, as an office's do.

mod afterwards;
mod city;
mod decided;
mod disputed;
mod ended;
mod midway;
mod small;
mod waiting;

use super::pictures::Picture;
use super::story::{Deed, Desk, Story, left_with};
use base::Date;
use base::law::{Answer, Party};
use casefile::acts::submit::*;
use casefile::acts::*;
use casefile::case::{Anew, Recipient, Ring};
use casefile::words::When;

const PUYANG: Desk = Desk {
    intake: "王丽",
    lead: "周建国",
    group: "赵明",
    group_name: "濮阳县纪委监委驻县民政局纪检监察组",
    investigators: ["陈涛", "孙静"],
    recipient: "马志强",
};
const QINGFENG: Desk = Desk {
    intake: "许敏",
    lead: "韩志远",
    group: "曹颖",
    group_name: "清丰县纪委监委驻县民政局纪检监察组",
    investigators: ["高峰", "邓伟"],
    recipient: "贾明",
};
const HUALONG: Desk = Desk {
    intake: "罗琳",
    lead: "宋立新",
    group: "梁燕",
    group_name: "华龙区纪委监委驻区民政局纪检监察组",
    investigators: ["谢军", "彭博"],
    recipient: "白洁",
};
const FANXIAN: Desk = Desk {
    intake: "任霞",
    lead: "田野",
    group: "方圆",
    group_name: "范县纪委监委驻县民政局纪检监察组",
    investigators: ["鲁明", "金鑫"],
    recipient: "黎阳",
};
const NANLE: Desk = Desk {
    intake: "尹慧",
    lead: "汪志刚",
    group: "孟洁",
    group_name: "南乐县纪委监委驻县民政局纪检监察组",
    investigators: ["段磊", "龚浩"],
    recipient: "侯亮",
};
const TAIQIAN: Desk = Desk {
    intake: "毛宁远",
    lead: "康健民",
    group: "易红",
    group_name: "台前县纪委监委驻县民政局纪检监察组",
    investigators: ["邵波", "常青松"],
    recipient: "庞丽",
};
const KAIFAQU: Desk = Desk {
    intake: "俞佳",
    lead: "熊伟",
    group: "邹平",
    group_name: "开发区纪检监察工委驻民政局纪检监察组",
    investigators: ["阎峰", "骆云"],
    recipient: "管宁",
};
/// One investigator of its own; the other is borrowed from 清丰县.
const GONGYE: Desk = Desk {
    intake: "苗雨",
    lead: "钱勇",
    group: "贺兵",
    group_name: "工业园区纪检监察工委",
    investigators: ["施敏", "高峰"],
    recipient: "倪文",
};

/// Deeds with their times.
type Told = Vec<(Date, i8, i8, Deed)>;
/// Where the findings of a case are otherwise than usual: question, answer, why.
type Unusual = &'static [(&'static str, Answer, &'static str)];

/// All of them.
pub fn all() -> Vec<Story> {
    vec![
        decided::late_vehicle_data(),
        decided::wrong_card_number(),
        decided::no_household_visit(),
        decided::in_the_alternative(),
        decided::nine_hundred_households(),
        ended::a_land_dispute(),
        ended::thought_better_of_it(),
        ended::another_county(),
        ended::withdrawn_first(),
        ended::and_applied_anew(),
        disputed::they_could_not_agree(),
        disputed::the_group_kept_silent(),
        disputed::hangs_on_a_reading(),
        city::the_lead_applies(),
        city::the_groups_lead_applies(),
        city::the_lead_is_recused(),
        small::a_borrowed_investigator(),
        small::somebody_told_of_it(),
        afterwards::the_worker_would_not_sign(),
        afterwards::review_upheld(),
        afterwards::review_changed(),
        afterwards::concealed(),
        afterwards::a_slip_in_the_report(),
        midway::a_record_waits_for_the_second(),
        midway::an_investigator_keeps_out(),
        midway::one_signature_is_missing(),
        midway::nothing_can_be_determined_yet(),
        midway::the_consultation_is_open(),
        midway::the_city_is_asked(),
        midway::the_city_has_answered(),
        midway::nobody_has_signed_yet(),
        waiting::from_the_village_on_paper(),
        waiting::waiting_too_long(),
        waiting::which_notice_governs(),
        waiting::one_opinion_is_in(),
        waiting::flood_relief(),
        waiting::papers_are_lacking(),
        waiting::just_handed_in(),
    ]
}

fn on(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

fn month(year: i16, month: i8) -> When {
    When { year, month, day: None }
}

/// An application with what most of them say.
fn application(claim: &str, clauses: &[&str], work: &str, link: &str, happened: When, account: &str) -> Application {
    Application {
        codes: ApplicationCodes {
            person: base::PersonId::default(),
            unit: base::InstitutionId::default(),
            claim: claim.into(),
            clauses: clauses.iter().map(|id| (*id).into()).collect(),
            work_kind: work.into(),
            work_links: vec![link.into()],
            happened,
            discovered: None,
            reporting: Reporting::Reported,
            reported: None,
            correcting: Correcting::Corrected,
            kin: Kin::No,
            kin_recorded: None,
            accountability: Accountability::None,
            inquiry_known: None,
            declaration: String::new(),
            leaflet: String::new(),
        },
        text: ApplicationText {
            post: "民政所工作人员".into(),
            phone: "13900000000".into(),
            account: account.into(),
            reported_to: "发现当天向所长口头报告，第二天写了书面说明。".into(),
            correction: "已停发，差额已追回，家庭信息已更正。".into(),
            village: "某村".into(),
            ..ApplicationText::default()
        },
    }
}

/// Accepted, assigned and invited: the first three days of most stories, at the days given.
fn opening(desk: Desk, names: &[&'static str], day: Date, next: Date) -> Told {
    let matters = "请就申请所写的经过、当时按什么程序办、发现后怎么处理，说明情况。可以来局里说，也可以写成书面。";
    vec![
        (day, 9, 20, Deed::Do(desk.intake, Accept {}.into())),
        (day, 10, 5, Deed::Assign(names.to_vec())),
        (
            next,
            8,
            40,
            Deed::Do(
                desk.intake,
                Invite {
                    matters: matters.into(),
                }
                .into(),
            ),
        ),
    ]
}

fn story(applicant: &'static str, unit: &'static str, desk: Desk, application: Application, deeds: Vec<Told>) -> Story {
    Story {
        applicant,
        unit,
        desk,
        application,
        deeds: deeds.concat(),
    }
}

/// What the applicant says when invited, and what comes of it.
enum Said {
    /// Speaks, argument by argument; each is adopted or not, and why.
    Spoke(&'static [&'static str], bool, &'static str),
    /// Waives, and why.
    Waived(&'static str),
}

/// The whole inquiry of a plain case on the days of acceptance, invitation, statement and conclusion.
fn inquired(
    desk: Desk,
    applicant: &'static str,
    [accept, invite, state, conclude]: [Date; 4],
    evidence: Deed,
    (whom, text): (&'static str, &'static str),
    said: Said,
    unusual: Unusual,
    conclusion: &'static str,
) -> Vec<Told> {
    let spoken = match said {
        Said::Spoke(arguments, adopted, answer) => vec![
            (state, 14, 30, Deed::State(arguments)),
            (conclude, 9, 0, Deed::Answer(adopted, answer)),
        ],
        Said::Waived(reason) => {
            let act = Waive {
                reason: reason.into(),
                signed: None,
            };
            vec![(state, 14, 30, Deed::Do(applicant, act.into()))]
        }
    };
    vec![
        opening(desk, &desk.investigators, accept, invite),
        vec![(invite, 15, 0, evidence), (state, 9, 30, Deed::Inquire(whom, text))],
        spoken,
        vec![
            (conclude, 9, 40, Deed::Find(unusual)),
            (conclude, 16, 0, Deed::Conclude(conclusion)),
        ],
    ]
}

/// Both opinions on one day, the determination on another.
fn determined(outcome: &'static str, opine: Date, determine: Date, [bureau, group, why]: [&'static str; 3]) -> Told {
    vec![
        (opine, 9, 10, Deed::Opine(Party::Bureau, outcome, bureau)),
        (opine, 15, 20, Deed::Opine(Party::Discipline, outcome, group)),
        (determine, 10, 0, Deed::Determine(why)),
    ]
}

/// The same, and the result issued, reported and served on a third day.
fn agreed(outcome: &'static str, [opine, determine, serve]: [Date; 3], why: [&'static str; 3]) -> Told {
    let mut told = determined(outcome, opine, determine, why);
    told.push((serve, 9, 30, Deed::Result));
    told
}

/// The case is filed by the intake.
fn filing(desk: Desk, day: Date, note: &'static str) -> Told {
    vec![(day, 11, 0, Deed::Do(desk.intake, FileCase { note: note.into() }.into()))]
}
