//! The bench: every figure that has a goal, beside a peer or a physical limit measured in the same run.
//!
//! `cargo run --release -p bench` runs all of them and prints one table; docs/performance.md says how to read it.

mod append;
mod authority;
mod deadline;
mod evaluation;
mod login;
mod measure;
mod pages;
#[cfg(feature = "report")]
mod report;
mod seed;
mod site;
mod story;

use measure::{Failed, Figure};

const USAGE: &str =
    "cargo run --release -p bench -- [--only evaluation|deadline|append|login|pages|authority|report] [--cases N] [--postgres URL]

--only NAME      that figure alone
--cases N        pages with that many cases alone
--postgres URL   appends are measured on this empty PostgreSQL database too

Without typst: cargo run --release -p bench --no-default-features";

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let (mut only, mut cases, mut postgres) = (None, None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = match argument.as_str() {
            "--only" => &mut only,
            "--cases" => &mut cases,
            "--postgres" => &mut postgres,
            _ => return Err(USAGE.into()),
        };
        *value = Some(arguments.next().ok_or(USAGE)?);
    }
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    machine();
    println!("{}", measure::HEAD);
    let mut measured = 0;
    let mut tell = |figures: Vec<Figure>| {
        measured += figures.len();
        figures.iter().for_each(|figure| println!("{}", figure.line()));
    };
    if wanted("evaluation") {
        tell(evaluation::figures()?);
    }
    if wanted("deadline") {
        tell(deadline::figures()?);
    }
    if wanted("append") {
        tell(append::figures(postgres.as_deref()).await?);
    }
    if wanted("login") {
        tell(login::figures().await?);
    }
    if wanted("authority") {
        authority::figures(&mut tell).await?;
    }
    if wanted("pages") {
        let cases: Option<usize> = cases.map(|n: String| n.parse()).transpose().map_err(|_| USAGE)?;
        let sizes = cases.map_or(pages::SIZES.to_vec(), |n| vec![n.max(pages::WHOLE)]);
        pages::figures(&sizes, &mut tell).await?;
    }
    #[cfg(feature = "report")]
    if wanted("report") {
        tell(report::figures().await?);
    }
    if measured == 0 { Err(USAGE.into()) } else { Ok(()) }
}

/// What the figures were measured on.
fn machine() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':')
            .map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    println!("processor: {}", field(&read("/proc/cpuinfo"), "model name"));
    println!("cores: {}", std::thread::available_parallelism().map_or(0, usize::from));
    println!("memory: {}", field(&read("/proc/meminfo"), "MemTotal"));
    println!("kernel: {}", read("/proc/sys/kernel/osrelease").trim());
    println!("load before: {}", read("/proc/loadavg").trim());
    println!(
        "build: {}",
        if cfg!(debug_assertions) {
            "dev: the figures mean nothing"
        } else {
            "release"
        }
    );
    println!();
}
