//! The pages, one file each, `get` and `post` side by side. [`crate::router`] is the table of their addresses.

pub mod acts;
pub mod admin;
pub mod audit;
pub mod case;
pub mod cases;
pub mod coordination;
pub mod document;
pub mod evidence;
pub mod factor;
pub mod family;
pub mod figures;
pub mod help;
pub mod kin;
pub mod login;
pub mod me;
pub mod officers;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod paper;
pub mod policies;
pub mod questions;
pub mod receipts;
pub mod retention;
pub mod statement;
pub mod styleguide;
pub mod todo;

/// The green line for what was done just now: an act by its code, or one of the pages' own.
pub fn done(code: &str) -> Option<String> {
    let own = match code {
        "already" => "这一步刚才已经办过，没有重复办。",
        "enter-paper" => "已收到，期限从局里收到的那天算起。",
        "intake" => "已办理。",
        "password" => "密码已改，别处的登录都已退出。",
        "session" => "已退出。",
        "factor" => "第二道验证已设好，别处的登录都已退出。",
        "factor-begun" => "请照下面做，再输第一个码。",
        "factor-dropped" => "第二道验证已取消，本人要重新设。",
        "login-policy" => "登录规则已保存，马上有效。",
        "unlocked" => "锁定已解除。",
        "officer-proposed" => "已提名，等另一名三员确认。",
        "officer-confirmed" => "已确认，马上有效。",
        "officer-dropped" => "提名已撤下。",
        "officers-watched" => "检查已记录。",
        "person" => "人员已保存。",
        "left" => "已离岗，账号已关闭。",
        "institution" => "机构已保存。",
        "kin" => "已登记。",
        "kin-imported" => "已导入。新的登记了，不一样的更正了，一样的没有重复登记。",
        "kin-corrected" => "已更正，更正前的一条还在。",
        "kin-struck" => "已划去，这一条还留着。",
        "publication" => "发布日期已保存。",
        "terms" => "保管期限已保存。",
        "erasure-listed" => "清单已列出，等纪检监察组负责人核准。",
        "erasure-confirmed" => "清单已核准，7 天以后销毁。",
        "erasure-stopped" => "清单已停止，不销毁。",
        _ => return acts::done(code),
    };
    Some(own.into())
}
pub mod apply;
pub mod drafts;
pub mod selfcheck;
