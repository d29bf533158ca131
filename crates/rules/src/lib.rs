//! Policy packs: parse -> check -> evaluate -> explain.
//!
//! A pack is a notice as data: its clauses as rules over questions, its readings, its procedure, its validity. This
//! crate knows no city and no notice. It reads no files (a pack arrives as names and bytes), no clock (dates are
//! arguments), and knows nothing of cases: `app` carries findings here and assessments away.

mod check;
mod clause_values;
mod diagram;
mod error;
mod evaluate;
mod explain;
mod expr;
mod fit;
mod json;
mod logic;
mod model;
mod pack;
mod parse;
mod rule;
pub mod validity;

pub use error::{Problem, RulesError};
pub use expr::{Condition, Expr, Under};
pub use json::{Dependence, EvaluationInput, EvaluationOutput, UNDETERMINED};
pub use model::*;
pub use pack::Pack;
