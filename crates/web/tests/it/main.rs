//! Tests of the HTTP edge: every template from samples, every route, requests against a real application.

mod acts;
mod html;
mod sample;
mod templates;
