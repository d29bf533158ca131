//! A browser of a few lines: keeps the session, sends forms, reads pages of the real edge over a real application.

use crate::site::{PASSWORD, Site};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use tower::Service;
use web::{Web, router};

/// One answer.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Where it leads; empty where it does not.
    pub location: String,
    /// The cookie that was set.
    pub told: String,
    /// The page.
    pub html: String,
    /// All its headers.
    pub headers: HeaderMap,
}

/// Somebody's browser.
pub struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    /// Logged in as `who` of `site`.
    pub async fn of(site: &Site, who: &str, login: &str) -> Browser {
        // Whoever has signed before has an account in their own name.
        if site.app.has_account(site.person(who)).await.expect("the store") {
            return Browser::again(site, who).await;
        }
        let opened = site.app.open_account(site.person(who), login, PASSWORD, false).await;
        opened.expect("an account");
        Browser::again(site, login).await
    }

    /// Nobody's.
    pub fn stranger(site: &Site) -> Browser {
        Browser {
            router: router(Web::new(site.app.clone(), "")),
            cookie: String::new(),
        }
    }

    /// Another browser of somebody who has an account.
    pub async fn again(site: &Site, login: &str) -> Browser {
        let mut browser = Browser::stranger(site);
        let answer = browser
            .send("/login", &[("login.name", login), ("login.password", PASSWORD)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} logs in");
        browser
    }

    /// The password of every account, to sign with.
    pub fn password() -> &'static str {
        PASSWORD
    }

    /// Opens a page.
    pub async fn open(&mut self, url: &str) -> Answer {
        self.ask(Request::get(url), Body::empty()).await
    }

    /// What a page's address answers, as bytes.
    pub async fn raw(&mut self, url: &str) -> Vec<u8> {
        let request = Request::get(url).header(COOKIE, &self.cookie);
        let request = request.body(Body::empty()).expect("a request");
        let response = self.router.call(request).await.expect("an answer");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        bytes.expect("a body").to_vec()
    }

    /// Sends a form.
    pub async fn send(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body)).await
    }

    /// Sends a form with one file.
    pub async fn upload(&mut self, url: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        self.upload_as(url, fields, "files", name, bytes).await
    }

    /// Sends a form with one file in the field `file`.
    pub async fn upload_as(
        &mut self,
        url: &str,
        fields: &[(&str, &str)],
        file: &str,
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        self.upload_all(url, fields, file, &[(name, bytes)]).await
    }

    /// Sends a form with several files in the field `file`.
    pub async fn upload_all(
        &mut self,
        url: &str,
        fields: &[(&str, &str)],
        file: &str,
        files: &[(&str, &[u8])],
    ) -> Answer {
        let request = Request::post(url).header(CONTENT_TYPE, MULTIPART);
        self.ask(request, Body::from(multipart(fields, file, files))).await
    }

    /// Sends bare bytes, as a script does.
    pub async fn bytes(&mut self, url: &str, bytes: &[u8]) -> Answer {
        self.ask(Request::post(url), Body::from(bytes.to_vec())).await
    }

    /// Nobody's, with this cookie.
    pub fn with_cookie(site: &Site, cookie: &str) -> Browser {
        Browser {
            cookie: cookie.into(),
            ..Browser::stranger(site)
        }
    }

    /// The cookie of the session, as the browser sends it.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sends any request, with the session's cookie.
    pub async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request.header(COOKIE, &self.cookie).body(body).expect("a request");
        let response = self.router.call(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let header = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        if let Some(cookie) = header(SET_COOKIE).filter(|cookie| cookie.starts_with("jinzhi=")) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let told = header(SET_COOKIE).unwrap_or_default();
        let (status, location) = (parts.status, header(LOCATION).unwrap_or_default());
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status,
            location,
            told,
            headers: parts.headers,
            html: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// The kind of [`multipart`].
pub const MULTIPART: &str = "multipart/form-data; boundary=cut";

/// The body of a form with files in the field `file`.
pub fn multipart(fields: &[(&str, &str)], file: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, text) in fields {
        body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n").bytes());
    }
    for (name, bytes) in files {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(b"--cut--\r\n");
    body
}

impl Answer {
    /// The value of the first button `name`.
    pub fn button(&self, name: &str) -> String {
        let start = format!("<button class=\"link\" name=\"{name}\" value=\"");
        let rest = self.html.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Every hidden field with its value, as a browser would send it.
    pub fn all_hidden(&self) -> Vec<(String, String)> {
        let parts = self.html.split("<input type=\"hidden\" name=\"").skip(1);
        let of = |part: &str| {
            let (name, rest) = part.split_once("\" value=\"")?;
            let text = rest.split('"').next()?;
            let text = [
                ("&#60;", "<"),
                ("&#62;", ">"),
                ("&#34;", "\""),
                ("&#39;", "'"),
                ("&#38;", "&"),
            ]
            .iter()
            .fold(text.to_owned(), |text, (code, c)| text.replace(code, c));
            Some((name.to_owned(), text))
        };
        parts.filter_map(of).collect()
    }

    /// The value of the hidden field `name`.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.html.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}
