//! A few entries of the register of kin (近亲属备案): one before the conduct of its case, one after it, one on a family
//! of no case. Nobody here is real; the numbers are of a code that was never given out.

use super::office::Office;
use crate::Failed;
use app::App;
use app::kin::Typed;

/// Who enters; then 干部、单位、职务、哪一级、户主、身份证号、村、关系、备案日期.
const ENTRIES: [(&str, [&str; 9]); 3] = [
    (
        "王丽",
        [
            "陈玉明",
            "子岸镇人民政府",
            "民政所工作人员",
            "township",
            "陈大河",
            "410999195503120013",
            "某村",
            "collateral",
            "2026-01-15",
        ],
    ),
    (
        "王丽",
        [
            "何广才",
            "某村村民委员会",
            "村会计",
            "village",
            "何秋香",
            "410999196207080023",
            "某村",
            "affinity",
            "2026-08-20",
        ],
    ),
    (
        "罗琳",
        [
            "林芳",
            "中原路街道办事处",
            "民政办工作人员",
            "township",
            "林有田",
            "410999195804190031",
            "某社区",
            "collateral",
            "2026-09-10",
        ],
    ),
];

/// Enters them.
pub async fn enter(app: &App, office: &Office) -> Result<(), Failed> {
    for (clerk, entry) in ENTRIES {
        let seated = app.seated(office.person(clerk)?).await.map_err(Failed::no)?;
        let clerk = seated.ok_or_else(|| Failed::no(format!("示例里没有人员 {clerk}")))?;
        let typed = Typed(entry.map(str::to_owned));
        app.record_kin(&clerk, app.fresh_act(), &typed)
            .await
            .map_err(Failed::no)?;
    }
    Ok(())
}
