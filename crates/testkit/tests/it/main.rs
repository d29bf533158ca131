//! What holds for the repository as a whole rather than for one crate.

mod kinds;
mod ours;
mod repository;
mod supply;
mod walls;
mod words;
mod writing;
