//! Durations gathered and told: the middle one, the one that 99 of 100 stay below, beside a goal and a peer.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// What went wrong with a measurement; the bench then ends.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Durations of one operation, shortest first.
pub struct Times(Vec<Duration>);

impl Times {
    /// Of at least one duration.
    pub fn of(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        Times(times)
    }

    /// The duration that `share` of all stay at or below.
    fn at(&self, share: f64) -> Duration {
        let place = (self.0.len() as f64 * share).ceil() as usize;
        self.0.get(place.max(1) - 1).copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> Duration {
        self.at(0.5)
    }

    /// The same of one among `n` operations that each duration was made of.
    pub fn divided(self, n: u32) -> Times {
        Times(self.0.into_iter().map(|time| time / n).collect())
    }

    /// The one that 99 of 100 stay at or below.
    pub fn p99(&self) -> Duration {
        self.at(0.99)
    }
}

/// Runs `work` `rounds` times after a tenth as many to warm up.
pub fn repeat<T>(rounds: usize, mut work: impl FnMut() -> T) -> Times {
    let mut times = Vec::with_capacity(rounds);
    for round in 0..rounds + rounds / 10 {
        let start = Instant::now();
        black_box(work());
        if round >= rounds / 10 {
            times.push(start.elapsed());
        }
    }
    Times::of(times)
}

/// What a figure is held against.
#[derive(Clone, Copy)]
pub enum Goal {
    /// The middle duration is to stay below.
    Median(Duration),
    /// 99 of 100 are to stay below.
    P99(Duration),
    /// The middle duration is to be at most this many times the peer's.
    OfPeer(f64),
    /// No goal was set for it.
    None,
}

/// One line of the table.
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// How long it took.
    pub times: Times,
    /// What was asked of it.
    pub goal: Goal,
    /// The peer or the physical limit, measured in the same run.
    pub peer: String,
    /// How long that took, in the middle.
    pub peer_median: Duration,
}

impl Figure {
    fn of_peer(&self) -> f64 {
        self.times.median().as_secs_f64() / self.peer_median.as_secs_f64().max(1e-12)
    }

    /// How much of the goal was used: at most 1 is met.
    fn of_goal(&self) -> Option<f64> {
        Some(match self.goal {
            Goal::Median(goal) => self.times.median().as_secs_f64() / goal.as_secs_f64(),
            Goal::P99(goal) => self.times.p99().as_secs_f64() / goal.as_secs_f64(),
            Goal::OfPeer(goal) => self.of_peer() / goal,
            Goal::None => return None,
        })
    }

    /// The figure as a line of a Markdown table.
    pub fn line(&self) -> String {
        let goal = match self.goal {
            Goal::Median(goal) => format!("median {}", told(goal)),
            Goal::P99(goal) => format!("p99 {}", told(goal)),
            Goal::OfPeer(goal) => format!("{goal} × peer"),
            Goal::None => "–".into(),
        };
        let met = match self.of_goal() {
            None => "–".into(),
            Some(share) if share <= 1.0 => format!("{share:.2}"),
            Some(share) => format!("{share:.2} **missed**"),
        };
        format!(
            "| {} | {} | {} | {goal} | {met} | {} | {} | {:.2} |",
            self.what,
            told(self.times.median()),
            told(self.times.p99()),
            self.peer,
            told(self.peer_median),
            self.of_peer(),
        )
    }
}

/// The head of the table.
pub const HEAD: &str = "| figure | median | p99 | goal | of goal | peer | peer's median | times the peer |\n\
                        |---|---:|---:|---|---:|---|---:|---:|";

fn told(time: Duration) -> String {
    let nanos = time.as_nanos() as f64;
    match nanos {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}
