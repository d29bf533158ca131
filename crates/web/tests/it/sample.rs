//! A case and a desk for the pages drawn in tests. Nobody here is real.

use app::papers::Names;
use base::calendar::Calendar;
use base::law::{Assessment, Party, Procedure};
use base::{CaseId, Date, InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::acts::submit::{
    Accountability, Application, ApplicationCodes, ApplicationText, Correcting, Kin, Reporting,
};
use casefile::case::{Channel, Receipt};
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
