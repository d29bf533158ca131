//! What holds for the repository as a whole rather than for one crate.

mod ours;
mod repository;
mod walls;
mod words;
mod writing;
