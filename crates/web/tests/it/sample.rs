//! A case and a desk for the pages drawn in tests. Nobody here is real.

use app::Standing;
use app::papers::Names;
use app::reading::CaseFile;
use base::calendar::Calendar;
use base::law::{Answer, Assessment, Party, Procedure};
use base::{ActId, ArgumentId, CaseId, Date, EventId, EvidenceId, InquiryId, InstitutionId, PersonId, Timestamp};
use casefile::act::ActName;
use casefile::acts::OpinionCommitted;
use casefile::acts::submit::{
    Accountability, Application, ApplicationCodes, ApplicationText, Correcting, Kin, Reporting,
};
use casefile::case::{
    Argument, Channel, Conclusion, Done, Evidence, Finding, Inquiry, InquiryKind, Investigator, OpinionContent,
    Receipt, Ring,
};
use casefile::event::{Meta, Stood};
use casefile::words::When;
use casefile::{Capacity, Case, Role};
use rules::Pack;
use std::path::Path;
use std::sync::Arc;
use web::desk::{Colleague, Desk};

/// The bureau of the samples.
pub const BUREAU: InstitutionId = InstitutionId([1; 16]);
/// The group stationed at it.
pub const DISCIPLINE: InstitutionId = InstitutionId([2; 16]);

/// The day the samples are drawn on.
pub const TODAY: Date = Date::constant(2026, 9, 17);

/// The pack of the repository.
pub fn pack() -> Arc<Pack> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/410900/pumin-2024-16");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    let borrowed: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    match Pack::parse(&borrowed) {
        Ok(pack) => Arc::new(pack),
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("the pack's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read(&path).expect("a file")));
        }
    }
}

/// A case just received.
pub fn case(pack: &Pack) -> Case {
    let received_on = Date::constant(2026, 9, 16);
    Case {
        id: CaseId([7; 16]),
        version: 1,
        claim: pack.procedure.claims.first().map(|claim| claim.id.clone()),
        receipt: Some(Receipt {
            number: "JZ-410928-2026-0017".into(),
            bureau: BUREAU,
            discipline: DISCIPLINE,
            city: InstitutionId([3; 16]),
            city_discipline: InstitutionId([4; 16]),
            channel: Channel::Online,
            entered_by: None,
            received_on,
            handed_in_on: None,
            due: Calendar::shipped().deadline(received_on, 14, base::law::Unit::WorkingDays),
            earlier_due: Vec::new(),
            pack: pack.reference(),
            basis_pending: false,
            follows: None,
            led_by_applicant: None,
        }),
        application: Some(application(&pack.procedure)),
        ..Case::default()
    }
}

fn application(procedure: &Procedure) -> Application {
    Application {
        codes: ApplicationCodes {
            person: PersonId([9; 16]),
            unit: InstitutionId([5; 16]),
            claim: procedure.claims[0].id.clone(),
            clauses: vec!["s3-5".into()],
            work_kind: procedure.work_kinds[0].id.clone(),
            work_links: vec![procedure.work_links[0].id.clone()],
            happened: When {
                year: 2026,
                month: 3,
                day: None,
            },
            discovered: None,
            reporting: Reporting::Reported,
            reported: None,
            correcting: Correcting::Corrected,
            kin: Kin::No,
            kin_recorded: None,
            accountability: Accountability::None,
            inquiry_known: None,
            declaration: procedure.declaration.version.clone(),
            leaflet: procedure.leaflet.version.clone(),
        },
        text: ApplicationText {
            name: "李春梅".into(),
            unit: "子岸镇人民政府".into(),
            post: "民政所工作人员".into(),
            account: "三月核对时车辆数据还没有更新，五月才看到这户买了车。".into(),
            ..ApplicationText::default()
        },
    }
}

/// Nothing found yet.
pub fn assessment(pack: &Pack) -> Assessment {
    pack.evaluate(&Default::default(), &Default::default(), None)
        .expect("an empty set of findings")
}

/// The desk of an act over `case`, in the seat of the bureau's lead.
pub fn desk(act: ActName) -> Desk {
    let pack = pack();
    let case = case(&pack);
    Desk {
        number: "JZ-410928-2026-0017".into(),
        act,
        me: PersonId([8; 16]),
        capacity: Capacity {
            role: Role::Lead,
            institution: BUREAU,
            party: Some(Party::Bureau),
        },
        procedure: pack.procedure.clone(),
        assessment: assessment(&pack),
        case,
        packs: vec![pack.clone()],
        pack,
        names: names(),
        today: TODAY,
        people: people(),
    }
}

/// The institutions' names.
pub fn names() -> Names {
    Names {
        bureau: "濮阳县民政局".into(),
        discipline: "驻县民政局纪检监察组".into(),
        city: "濮阳市民政局".into(),
        city_discipline: "驻市民政局纪检监察组".into(),
        bureau_code: "濮县民".into(),
        contact: "0393-0000000".into(),
        overseers: vec!["子岸镇纪委".into(), "濮阳县纪委监委".into()],
    }
}

fn people() -> Vec<Colleague> {
    let one = |n: u8, name: &str, institution: InstitutionId, at: &str, party: Party| Colleague {
        person: PersonId([n; 16]),
        name: name.into(),
        post: "科员".into(),
        institution,
        institution_name: at.into(),
        party: Some(party),
        roles: vec![Role::Investigator],
    };
    vec![
        one(11, "陈涛", BUREAU, "濮阳县民政局", Party::Bureau),
        one(12, "刘洋", BUREAU, "濮阳县民政局", Party::Bureau),
        one(13, "孙静", DISCIPLINE, "驻县民政局纪检监察组", Party::Discipline),
    ]
}

/// The case file of `case` as `standing` reads it, with these acts ready.
pub fn file(case: Case, standing: Standing, today: Date, my_acts: &[&str]) -> CaseFile {
    let pack = pack();
    let calendar = Arc::new(Calendar::shipped());
    let assessment = pack
        .evaluate(&case.answers(), &case.reading_choices(), None)
        .expect("findings of the pack");
    CaseFile {
        number: "JZ-410928-2026-0017".into(),
        standing,
        tasks: casefile::tasks::tasks(&case, &pack.procedure, &assessment, &calendar, today),
        waiting: casefile::waiting::waiting(&case, &pack.procedure, &assessment, &calendar, today),
        assessment,
        my_acts: my_acts.iter().filter_map(|code| ActName::parse(code)).collect(),
        concluded: case.first_conclusion().map(|first| (first.on, first.in_time)),
        changes: Vec::new(),
        entries: Vec::new(),
        earlier: None,
        names: names(),
        procedure: Arc::clone(&pack),
        pack,
        case,
        today,
        calendar,
    }
}

/// The case under inquiry: two investigators, one inquiry, evidence, the thresholds and 三（五） found, one open.
pub fn inquiry() -> Case {
    let pack = pack();
    let mut case = case(&pack);
    let on = Date::constant(2026, 9, 24);
    case.version = 12;
    case.accepted = Some(Done {
        on: Date::constant(2026, 9, 17),
        by: PersonId([8; 16]),
        stood: Stood {
            name: "王丽".into(),
            ..Stood::default()
        },
        note: String::new(),
    });
    case.investigators = [
        (11, "陈涛", BUREAU, Party::Bureau),
        (13, "孙静", DISCIPLINE, Party::Discipline),
    ]
    .map(|(n, name, institution, party)| Investigator {
        person: PersonId([n; 16]),
        name: name.into(),
        institution,
        party: Some(party),
        on: Date::constant(2026, 9, 18),
        left: false,
    })
    .to_vec();
    case.evidence.push(Evidence {
        id: EvidenceId([21; 16]),
        number: 1,
        title: "车辆登记信息查询单".into(),
        proves: "三月登记，五月才到核对平台".into(),
        made: None,
        made_after_inquiry: true,
        ring: Ring::Team,
        protects: Vec::new(),
        document: false,
        by: PersonId([11; 16]),
        by_name: "陈涛".into(),
        on,
        file: None,
    });
    case.inquiries.push(Inquiry {
        id: InquiryId([22; 16]),
        number: 1,
        kind: InquiryKind::Interview,
        on,
        place: "子岸镇民政所".into(),
        whom: "李春梅".into(),
        text: "问：核对时看到车辆信息了吗。\n答：没有，平台上没有。".repeat(10),
        by: PersonId([11; 16]),
        with: PersonId([13; 16]),
        countersigned: Some(on),
    });
    let established = [
        "s2-work",
        "s2-person",
        "s3-slip",
        "s3-spirit",
        "s3-duty",
        "s3-cause",
        "s3-correct",
    ];
    let circumstance = ["s3-5-stage", "s3-5-data", "s3-5-caused"];
    for question in established.iter().chain(&circumstance) {
        case.findings.push(Finding {
            citation: String::new(),
            question: (*question).into(),
            answer: Answer::Yes,
            evidence: vec![EvidenceId([21; 16])],
            inquiries: vec![InquiryId([22; 16])],
            reason: "查询单和笔录一致。".into(),
            impossible: false,
            by: PersonId([11; 16]),
            by_name: "陈涛".into(),
            on,
        });
    }
    case.statement.invited = Some((Date::constant(2026, 9, 18), Date::constant(2026, 9, 23)));
    case.statement.stated = Some(Date::constant(2026, 9, 22));
    case.statement.arguments.push(Argument {
        id: ArgumentId([23; 16]),
        text: "数据晚了两个月才更新。".into(),
        answer: Some((true, "查询单可以证明。".into())),
    });
    case
}

/// What the withheld opinion of the samples says.
pub const WITHHELD: &str = "没有打开以前谁也看不到的理由";

/// The same case concluded, the group's opinion in and withheld.
pub fn opinions() -> Case {
    opinions_saying("不予免责", WITHHELD)
}

/// The same, the withheld opinion saying this.
pub fn opinions_saying(outcome: &str, reason: &str) -> Case {
    let mut case = inquiry();
    let on = Date::constant(2026, 9, 28);
    case.conclusion = Some(Conclusion {
        text: "车辆数据更新滞后，造成核对不准。".into(),
        assessment: assessment(&pack()),
        answers: case.answers(),
        readings: case.reading_choices(),
        signed: vec![(PersonId([11; 16]), "陈涛".into()), (PersonId([13; 16]), "孙静".into())],
        on,
        in_time: true,
    });
    let committed = OpinionCommitted {
        party: Party::Discipline,
        opinion: EventId([24; 16]),
        sealed: Some(OpinionContent {
            outcome: outcome.into(),
            reason: reason.into(),
        }),
    };
    let meta = Meta {
        event: EventId([24; 16]),
        act: ActId([25; 16]),
        actor: PersonId([14; 16]),
        capacity: Capacity {
            role: Role::Lead,
            institution: DISCIPLINE,
            party: Some(Party::Discipline),
        },
        stood: Stood {
            name: "赵明".into(),
            ..Stood::default()
        },
        recorded: Timestamp::on(on, 15, 40).expect("a time"),
        version: 13,
    };
    case.apply(&meta, &committed.into());
    case
}
