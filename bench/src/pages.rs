//! The case page and the list of cases at two sizes of the record, through the whole router, by a logged-in viewer.
//!
//! A page's peer is what it cannot do without: for the case page the case's events read and the reading recorded
//! durably, for the list the rows of one page read.

use crate::measure::{Failed, Figure, Goal, Times};
use crate::seed::Templates;
use crate::site::{Site, clock, institution, person};
use crate::story;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use base::{CaseId, Clock};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{CaseFilter, Reading, Scope, StreamName};
use tempfile::TempDir;
use tower::util::ServiceExt;

/// How many cases the record holds.
pub const SIZES: [usize; 2] = [1_000, 100_000];
/// Whole cases among them, made by acts: those whose pages are measured.
pub const WHOLE: usize = 40;
/// Requests per figure.
pub const REQUESTS: usize = 400;

const GOAL: Goal = Goal::P99(Duration::from_millis(30));

/// Both pages at each of the sizes, which grow; `tell` hears of each size as soon as it is measured.
pub async fn figures(sizes: &[usize], tell: impl FnMut(Vec<Figure>)) -> Result<(), Failed> {
    at_sizes(sizes, async |measuring, whole| measuring.figures(whole).await, tell).await
}

/// Measures a site at each of the sizes, which grow; `measure` is given the numbers of the whole cases too.
pub async fn at_sizes(
    sizes: &[usize],
    measure: impl AsyncFn(&Measuring, &[String]) -> Result<Vec<Figure>, Failed>,
    mut tell: impl FnMut(Vec<Figure>),
) -> Result<(), Failed> {
    // Seeding commits once per case's key; in memory that takes minutes less. What is measured lies on the disk.
    let memory = Path::new("/dev/shm");
    let seeding = if memory.is_dir() {
        TempDir::new_in(memory)?
    } else {
        TempDir::new()?
    };
    let site = Site::found(seeding.path()).await?;
    let templates = Templates::make(&site).await?;
    let mut whole = Vec::new();
    site.at(9, 21, 9)?;
    for _ in 0..WHOLE {
        whole.push(story::filed(&site).await?);
    }
    site.app.index_pending().await?;
    let mut copied = 0;
    for &size in sizes {
        let start = Instant::now();
        templates.copy(&site, copied, size - whole.len()).await?;
        copied = size - whole.len();
        eprintln!("{size} cases after {:.0} s", start.elapsed().as_secs_f64());
        let measured = TempDir::new()?;
        copy(seeding.path(), measured.path())?;
        let site = Site::open(measured.path()).await?;
        site.at(9, 28, 9)?;
        let measuring = Measuring {
            lead: site.cookie("局长").await?,
            city: site.cookie("市协调人").await?,
            router: web::router(web::Web::new(site.app.clone(), "").unlimited()),
            site: &site,
            size,
        };
        tell(measure(&measuring, &whole).await?);
        site.close().await?;
    }
    Ok(())
}

/// Copies a data directory onto the disk: what is still to be written of the copy would stand in the way of what is
/// measured. The database's log is copied with it, so that nothing is lost of an open one.
fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
            std::fs::File::open(&target)?.sync_all()?;
        }
    }
    Ok(())
}

/// A site of so many cases, with its edge and the sessions of two who read it.
pub struct Measuring<'a> {
    /// The site.
    pub site: &'a Site,
    router: Router,
    /// The cookie of the bureau's lead.
    pub lead: String,
    city: String,
    /// How many cases it holds.
    pub size: usize,
}

impl Measuring<'_> {
    async fn figures(&self, whole: &[String]) -> Result<Vec<Figure>, Failed> {
        let short: Vec<String> = (1..=50)
            .map(|n| format!("JZ-410928-2026-{:06}", n * (self.size - WHOLE) / 51))
            .collect();
        let mut figures = Vec::new();
        for (what, numbers) in [("filed", whole), ("short", &short)] {
            let paths: Vec<String> = numbers.iter().map(|number| format!("/cases/{number}")).collect();
            let mut cases = Vec::new();
            for number in numbers {
                let row = self.site.app.store().case_by_number(number).await?;
                cases.push(row.ok_or_else(|| format!("no case {number}"))?.case);
            }
            let events = self.site.app.case(&numbers[0]).await?.entries.len();
            figures.push(Figure {
                what: format!("case page ({what}, {events} events) at {}", self.size),
                times: self.pages(&self.lead, &paths).await?,
                goal: GOAL,
                peer: "events read, reading recorded".into(),
                peer_median: self.readings(&cases).await?.median(),
            });
        }
        let lists = [
            ("first page, one bureau", &self.lead, "/cases"),
            ("first page, whole city", &self.city, "/cases"),
            ("overdue", &self.lead, "/cases?due=late"),
            ("closed", &self.city, "/cases?state=closed"),
            ("searched by name", &self.city, "/cases?q=%E7%8E%8B%E6%98%A5"),
            ("searched by number", &self.lead, "/cases?q=000417"),
            ("searched in contents", &self.lead, "/cases?q=%E6%A0%B8%E5%AF%B9&deep=1"),
            ("sorted by number", &self.lead, "/cases?order=number"),
            ("a rare stage", &self.lead, "/cases?state=consultation&order=received"),
            (
                "a rare outcome in a span",
                &self.city,
                "/cases?outcome=%E5%85%8D%E8%B4%A3&from=2026-09-01&to=2026-09-30",
            ),
            ("figures of one bureau", &self.lead, "/figures"),
            ("figures of the city", &self.city, "/figures"),
        ];
        for (what, cookie, path) in lists {
            figures.push(Figure {
                what: format!("list ({what}) at {}", self.size),
                times: self.pages(cookie, &[path.to_owned()]).await?,
                goal: GOAL,
                peer: "20 rows read".into(),
                peer_median: self.rows(cookie == &self.city).await?.median(),
            });
        }
        Ok(figures)
    }

    /// The pages of these addresses in turn, asked for with a session's cookie.
    pub async fn pages(&self, cookie: &str, paths: &[String]) -> Result<Times, Failed> {
        let mut times = Vec::with_capacity(REQUESTS);
        for n in 0..REQUESTS + paths.len().max(20) {
            let path = &paths[n % paths.len()];
            let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty())?;
            let start = Instant::now();
            let response = self.router.clone().oneshot(request).await?;
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX).await?;
            let time = start.elapsed();
            if status != StatusCode::OK || !body.ends_with(b"</html>") && !body.ends_with(b"</html>\n") {
                let number = path.rsplit('/').next().unwrap_or_default();
                let again = self.site.app.case_file(&self.site.viewer("局长").await?, number).await;
                let why = again.err().map(|e| e.to_string()).unwrap_or_default();
                return Err(format!("{path}: {status} after {time:?}; {why}").into());
            }
            // Every case is opened once to warm up.
            if n >= paths.len().max(20) {
                times.push(time);
            }
        }
        Ok(Times::of(times))
    }

    async fn readings(&self, cases: &[CaseId]) -> Result<Times, Failed> {
        let store = self.site.app.store();
        let mut times = Vec::with_capacity(REQUESTS);
        for n in 0..REQUESTS {
            let case = cases[n % cases.len()];
            let reading = Reading {
                at: clock().now(),
                person: person("局长"),
                role: "lead.bureau".into(),
                institution: institution(1),
                case,
                what: "case".into(),
            };
            let start = Instant::now();
            store.read(&StreamName::Case(case)).await?;
            store.record_readings(&[reading]).await?;
            times.push(start.elapsed());
        }
        Ok(Times::of(times))
    }

    async fn rows(&self, city: bool) -> Result<Times, Failed> {
        let scope = if city {
            Scope::All
        } else {
            Scope::Bureau(institution(1))
        };
        let filter = CaseFilter {
            scope,
            ..CaseFilter::default()
        };
        let mut times = Vec::with_capacity(REQUESTS);
        for _ in 0..REQUESTS {
            let start = Instant::now();
            self.site
                .app
                .store()
                .list_cases(&filter, Default::default(), None, 20)
                .await?;
            times.push(start.elapsed());
        }
        Ok(Times::of(times))
    }
}
