//! The provider of logins from the options of `jinzhi serve`: the secret comes from a file that nobody else can read.

use crate::Failed;
use crate::arguments::Oidc;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use web::oidc::{Provider, Terms};

/// The provider, where one is given.
pub fn provider(options: &Oidc) -> Result<Option<Provider>, Failed> {
    let (Some(issuer), Some(client), Some(site)) = (&options.issuer, &options.client, &options.site) else {
        return Ok(None);
    };
    let terms = Terms {
        issuer,
        client,
        secret: options.secret.as_deref().map(secret).transpose()?,
        site,
        claim: &options.claim,
    };
    Provider::new(terms).map(Some).map_err(|address| {
        Failed::use_(format!(
            "地址“{address}”不能用。统一身份认证的地址要写 https:// 开头的，在本机的可以写 http://。"
        ))
    })
}

fn secret(path: &Path) -> Result<String, Failed> {
    let unreadable = |e: std::io::Error| Failed::use_(format!("读不了 {}：{e}。请看路径对不对。", path.display()));
    let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Failed::use_(format!(
            "客户端密钥文件 {0} 本人以外也能读取。请运行 chmod 600 {0}。",
            path.display()
        )));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    Ok(text.trim().to_owned())
}
