//! Acts: what a person does to a case. One table; each act lives in its own file under `acts/`.

use crate::acts::*;
use crate::{Case, Context, Event, Refusal};

/// What every act can answer.
pub trait Perform {
    /// Whether the act can be done now by this actor, whatever its form will say. Pages ask this to decide whether to
    /// show a button or the reason why not; [`Perform::decide`] asks it first.
    ///
    /// # Errors
    /// Why not.
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal>;

    /// The events the act records.
    ///
    /// # Errors
    /// Why it may not be done.
    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal>;
}

macro_rules! acts {
    ($($code:literal $title:literal $name:ident)+) => {
        /// An act with what its form said.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each act is documented at its struct")]
        pub enum Act { $($name($name)),+ }

        /// The name of an act.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each act is documented at its struct")]
        pub enum ActName { $($name),+ }

        impl ActName {
            /// Every act, in the order of the procedure.
            pub const ALL: &[ActName] = &[$(ActName::$name),+];

            /// As URLs and the record write it.
            pub fn code(self) -> &'static str {
                match self { $(ActName::$name => $code),+ }
            }

            /// As the notice or the office calls it.
            pub fn title(self) -> &'static str {
                match self { $(ActName::$name => $title),+ }
            }

            /// The act of that code.
            pub fn parse(code: &str) -> Option<ActName> {
                match code { $($code => Some(ActName::$name),)+ _ => None }
            }

            /// Whether the act can be done now by this actor, whatever its form will say.
            ///
            /// # Errors
            /// Why not.
            pub fn ready(self, case: &Case, ctx: &Context) -> Result<(), Refusal> {
                match self { $(ActName::$name => $name::ready(case, ctx)),+ }
            }
        }

        impl Act {
            /// Its name.
            pub fn name(&self) -> ActName {
                match self { $(Act::$name(_) => ActName::$name),+ }
            }
        }

        $(impl From<$name> for Act {
            fn from(act: $name) -> Act { Act::$name(act) }
        })+

        /// What the act records on this case, or why it may not be done.
        ///
        /// # Errors
        /// The act's refusals; each act's file lists its own.
        pub fn decide(case: &Case, act: Act, ctx: &Context) -> Result<Vec<Event>, Refusal> {
            match act {
                $(Act::$name(act) => {
                    $name::ready(case, ctx)?;
                    act.decide(case, ctx)
                }),+
            }
        }
    };
}

acts! {
    "submit" "提出申请" Submit
    "accept" "受理" Accept
}
