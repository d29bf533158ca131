//! Tests of the HTTP edge: every template from samples, every route, requests against a real application.

mod accounts;
mod acts;
mod apply;
mod authority;
mod browser;
mod casepage;
mod clicks;
mod determination;
mod files;
mod headers;
mod hostile;
mod html;
mod input;
mod inquiry;
mod kin;
mod leaving;
mod lists;
mod login;
mod officers;
mod opening;
mod papers;
#[allow(dead_code, reason = "the path of the tests of app; not all of it is needed here")]
#[path = "../../../app/tests/it/path.rs"]
mod path;
mod people;
mod rates;
mod requests;
mod retention;
mod sample;
#[allow(dead_code, reason = "the site of the tests of app; not all of it is needed here")]
#[path = "../../../app/tests/it/site.rs"]
mod site;
mod templates;
mod traces;
mod whistle;
mod window;
