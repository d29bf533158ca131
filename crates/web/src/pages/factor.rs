//! `/me/factor` 第二道验证: set up with an authenticator on the phone or with a printed card, confirmed by a first code.
//!
//! The secret is shown only between its making and its first code; once confirmed no page shows it again.

use crate::error::{Page, status};
use crate::extract::{Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::frame::Frame;
use app::Failure;
use app::login::factor::{FactorKind, LINES, ToConfirm};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use casefile::Refusal;
use qrcodegen::{QrCode, QrCodeEcc};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/factor.html")]
pub struct FactorPage {
    /// Around it.
    pub frame: Frame,
    /// What is in force, or that something has to be.
    pub stands: &'static str,
    /// The picture that an authenticator reads, as the path of an SVG and its side; empty for none.
    pub picture: (String, i32),
    /// The same to be typed.
    pub secret: String,
    /// The lines of a card, with their numbers.
    pub lines: Vec<(usize, String)>,
    /// The form of the first code, where one is awaited.
    pub confirm: Option<Form>,
    /// The form that begins.
    pub begin: Form,
}

/// `GET /me/factor`
pub async fn get(visit: Visit) -> Page {
    draw(&visit, None, StatusCode::OK).await
}

/// `POST /me/factor`: begins, or confirms by the first code.
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return draw(&visit, None, StatusCode::OK).await;
    }
    let confirms = values.has("code");
    let done = if confirms {
        let code = crate::read::half_width(values.text("code"));
        visit.app.confirm_factor(&visit.viewer, &visit.token, &code).await
    } else {
        match FactorKind::parse(values.text("kind")) {
            Some(kind) => {
                visit
                    .app
                    .prepare_factor(&visit.viewer, kind, values.text("password"))
                    .await
            }
            None => Err(Refusal::field("kind", "还没选用哪一种。请选一项。").into()),
        }
    };
    match done {
        Ok(()) if confirms => Ok(redirect_done("/me", "factor")),
        Ok(()) => Ok(redirect_done("/me/factor", "factor-begun")),
        Err(Failure::Refused(refusal)) => draw(&visit, Some(&refusal), status(refusal.kind)).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn draw(visit: &Visit, refusal: Option<&Refusal>, status: StatusCode) -> Page {
    let mut page = page(
        visit.frame("/me"),
        visit.app.factor_of(&visit.viewer).await?,
        visit.app.factor_due(&visit.viewer).await?,
        visit.app.factor_to_confirm(&visit.viewer).await?,
    );
    if let Some(refusal) = refusal {
        page.frame.wrong = true;
        match &mut page.confirm {
            Some(confirm) if refusal.fields.iter().any(|field| field.field == "code") => {
                *confirm = confirm.clone().refuse(refusal);
            }
            _ => page.begin = page.begin.refuse(refusal),
        }
    }
    Ok((status, Html(page.render()?)).into_response())
}

/// The page of somebody with `kind` in force, who must have one or need not, and of whom one may await its first code.
pub fn page(frame: Frame, kind: Option<FactorKind>, due: bool, waits: Option<ToConfirm>) -> FactorPage {
    let stands = match (kind, due) {
        (Some(FactorKind::App), _) => "现在登录时，输完密码再输手机验证器上的 6 位码。",
        (Some(FactorKind::Card), _) => "现在登录时，输完密码再输验证码卡上的下一个码。",
        (None, true) => "您的岗位登录时要有第二道验证。请先设好，才能办别的事。",
        (None, false) => "还没有设。设了以后，别人知道密码也登录不了。",
    };
    let (mut picture, mut typed, mut lines) = ((String::new(), 0), String::new(), Vec::new());
    let label = match &waits {
        Some(ToConfirm::App { secret, address }) => {
            (picture, typed) = (drawn(address), secret.clone());
            "验证器上现在的 6 位码"
        }
        Some(ToConfirm::Card(codes)) => {
            lines = codes
                .iter()
                .cloned()
                .enumerate()
                .map(|(at, code)| (at + 1, code))
                .collect();
            "卡上第 1 个码"
        }
        None => "",
    };
    let confirm = waits.map(|_| {
        Form::new("确认")
            .action("/me/factor")
            .field(Field::number("code", label).autocomplete("one-time-code"))
    });
    FactorPage {
        frame,
        stands,
        picture,
        secret: typed,
        lines,
        confirm,
        begin: begin(kind.is_some()),
    }
}

fn begin(again: bool) -> Form {
    let card = format!("办公室不让带手机的，打印一张卡，上面有 {LINES} 个码，按顺序用。");
    let kinds = vec![
        Choice::new(FactorKind::App.code(), "手机验证器").hint("手机上的验证器应用，扫一下图就行，不用联网。"),
        Choice::new(FactorKind::Card.code(), "验证码卡").hint(card),
    ];
    Form::new(if again { "换一个" } else { "开始设" })
        .action("/me/factor")
        .field(Field::radio("kind", "用哪一种", kinds))
        .field(Field::password("password", "您的密码"))
}

/// The dark modules of a QR code as one path, each a unit square, and the side with a margin of four.
fn drawn(text: &str) -> (String, i32) {
    const MARGIN: i32 = 4;
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return (String::new(), 0);
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        }
    }
    (path, code.size() + 2 * MARGIN)
}
