//! Where a request comes from: its address, its browser in plain words, what it kept of an earlier login.
//!
//! The address is the one that is connected. Only where that is a proxy the operator has named does the last address of
//! `X-Forwarded-For` that is not such a proxy count: anybody else can write what they like into a header. By
//! `X-Forwarded-Proto` it says likewise whether the browser came by https; then every cookie goes back by https alone.

use crate::Web;
use crate::extract::cookie;
use app::login::Origin;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HeaderValue, SET_COOKIE, USER_AGENT};
use axum::http::{Extensions, HeaderMap};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The cookie by which a browser is known that somebody has logged in from; it opens nothing.
pub const DEVICE: &str = "jinzhi-device";

/// Where a request to log in comes from.
pub fn of(web: &Web, headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let peer = peer(extensions);
    let known = |device: &String| device.len() == 64 && device.bytes().all(|b| b.is_ascii_hexdigit());
    Origin {
        address: peer
            .map(|peer| address(peer, headers, &web.proxies))
            .unwrap_or_default(),
        browser: browser(
            headers
                .get(USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default(),
        ),
        device: cookie(headers, DEVICE).filter(known),
    }
}

/// Answers; what the browser keeps of it goes back by https alone where it came by https.
pub async fn secured(State(web): State<Web>, request: Request, next: Next) -> Response {
    let peer = peer(request.extensions()).map(|peer| peer.to_canonical());
    let proxied = peer.is_some_and(|peer| web.proxies.contains(&peer));
    let https = proxied && by_https(request.headers());
    let mut response = next.run(request).await;
    let cookies = response
        .headers_mut()
        .iter_mut()
        .filter(|(name, _)| *name == SET_COOKIE);
    for (_, cookie) in cookies.filter(|_| https) {
        let secure = [cookie.as_bytes(), b"; Secure"].concat();
        if !cookie.as_bytes().ends_with(b"; Secure")
            && let Ok(secure) = HeaderValue::from_bytes(&secure)
        {
            *cookie = secure;
        }
    }
    response
}

/// Whether the proxy says so; of several proxies the outermost.
fn by_https(headers: &HeaderMap) -> bool {
    let told = headers.get("x-forwarded-proto").and_then(|told| told.to_str().ok());
    let outermost = told.and_then(|told| told.split(',').next());
    outermost.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())
}

fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> String {
    let mut from = peer.to_canonical();
    if proxies.contains(&from) {
        let lines = headers.get_all("x-forwarded-for").iter();
        let told: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        for one in told.iter().rev() {
            let Ok(one) = one.trim().parse::<IpAddr>() else { break };
            from = one.to_canonical();
            if !proxies.contains(&from) {
                break;
            }
        }
    }
    match from {
        IpAddr::V4(four) => four.to_string(),
        // One household or office has a whole network of them.
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// `电脑上的微软浏览器`; no more than its owner can tell apart.
fn browser(agent: &str) -> String {
    let first = |table: &[(&str, &'static str)], other: &'static str| {
        let found = table.iter().find(|(mark, _)| agent.contains(mark));
        found.map_or(other, |(_, words)| *words)
    };
    let on = first(
        &[
            ("OpenHarmony", "鸿蒙设备"),
            ("HarmonyOS", "鸿蒙设备"),
            ("iPhone", "苹果手机"),
            ("iPad", "苹果平板"),
            ("Android", "安卓手机"),
            ("Windows", "电脑"),
            ("Macintosh", "苹果电脑"),
            ("UOS", "统信电脑"),
            ("Kylin", "麒麟电脑"),
            ("Linux", "电脑"),
        ],
        "",
    );
    let what = first(
        &[
            ("MicroMessenger", "微信"),
            ("DingTalk", "钉钉"),
            ("QQBrowser", "腾讯浏览器"),
            ("HuaweiBrowser", "华为浏览器"),
            ("360", "360 浏览器"),
            ("Edg", "微软浏览器"),
            ("Firefox", "火狐"),
            ("Chrome", "谷歌内核浏览器"),
            ("Safari", "苹果浏览器"),
        ],
        "浏览器",
    );
    match on {
        "" if what == "浏览器" => "不认识的浏览器".into(),
        "" => what.into(),
        on if what.starts_with(|c: char| c.is_ascii()) => format!("{on}上的 {what}"),
        on => format!("{on}上的{what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_believed_of_a_named_proxy_only() {
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|ip| ip.parse().unwrap());
        let table = [
            ("192.168.1.7", "", "192.168.1.7"),
            ("192.168.1.7", "1.2.3.4", "192.168.1.7"),
            ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
            ("10.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"),
            ("10.0.0.1", "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("::ffff:10.0.0.1", "1.2.3.4", "1.2.3.4"),
            ("::ffff:192.168.1.7", "", "192.168.1.7"),
            ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ];
        for (peer, told, expected) in table {
            let mut headers = HeaderMap::new();
            if !told.is_empty() {
                headers.append("x-forwarded-for", HeaderValue::from_static(told));
            }
            assert_eq!(
                address(peer.parse().unwrap(), &headers, &proxies),
                expected,
                "{peer} {told}"
            );
        }
    }

    #[test]
    fn a_browser_is_said_in_plain_words() {
        let table = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
                "电脑上的微软浏览器",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; V2) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36 MicroMessenger/8",
                "安卓手机上的微信",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
                "苹果手机上的苹果浏览器",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko Firefox/120.0",
                "电脑上的火狐",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1) Chrome/86.0 Safari/537.36",
                "电脑上的谷歌内核浏览器",
            ),
            ("curl/8.0", "不认识的浏览器"),
            ("", "不认识的浏览器"),
        ];
        for (agent, expected) in table {
            assert_eq!(browser(agent), expected);
        }
    }
}
