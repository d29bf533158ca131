//! What the two institutions hold right, and how far they have come to one another.
//!
//! An opinion, the agreed outcome of a consultation and a confirmation after the city's coordination are three words
//! of the same party; the last one stands. What is withheld is not looked at.

use crate::case::Case;
use base::law::{OutcomeCode, Party, Procedure};

impl Case {
    /// The parties whose opinion is asked for, is not in and was not named as silent.
    pub fn missing_opinions(&self, procedure: &Procedure) -> Vec<Party> {
        let missing = |party: &&Party| !self.opinions.contains_key(party) && !self.silent.contains(party);
        procedure.opinions.iter().filter(missing).copied().collect()
    }

    /// Whether an opinion is in that the other party cannot read yet.
    pub fn has_withheld_opinion(&self) -> bool {
        self.opinions.values().any(|opinion| opinion.opened.is_none())
    }

    /// Whether every opinion that is asked for is in and opened, or its silence is named.
    pub fn opinions_settled(&self, procedure: &Procedure) -> bool {
        self.missing_opinions(procedure).is_empty() && !self.has_withheld_opinion()
    }

    /// The outcome the party holds right now: its confirmation, else what was agreed on, else its opened opinion.
    pub fn position(&self, party: Party) -> Option<&OutcomeCode> {
        if let Some(confirmation) = self.confirmations.get(&party) {
            return Some(&confirmation.outcome);
        }
        let agreed = self
            .consultations
            .iter()
            .rev()
            .find_map(|c| c.minutes.as_ref())
            .and_then(|m| m.agreed.as_ref());
        agreed.or_else(|| {
            self.opinions
                .get(&party)
                .and_then(|o| o.content.as_ref())
                .map(|content| &content.outcome)
        })
    }

    /// Whether the opened opinions named different outcomes, whatever came of it since.
    pub fn opinions_differ(&self) -> bool {
        let mut outcomes = self
            .opinions
            .values()
            .filter_map(|o| o.content.as_ref())
            .map(|content| &content.outcome);
        outcomes
            .next()
            .is_some_and(|first| outcomes.any(|other| other != first))
    }

    /// Whether the parties hold different outcomes right now.
    pub fn positions_differ(&self) -> bool {
        let mut positions = self.opinions.keys().filter_map(|party| self.position(*party));
        positions
            .next()
            .is_some_and(|first| positions.any(|other| other != first))
    }

    /// The outcome every party that spoke holds right now; `None` while they differ or none is opened.
    pub fn agreed_outcome(&self) -> Option<OutcomeCode> {
        if self.positions_differ() {
            return None;
        }
        self.opinions.keys().find_map(|party| self.position(*party)).cloned()
    }

    /// Whether the city has done its part in what was reported to it, or leads the case itself, or its silence is named.
    pub fn is_coordinated(&self) -> bool {
        self.coordination.is_some()
            || self.is_led_by_city()
            || self
                .escalation
                .as_ref()
                .is_some_and(|escalation| escalation.city_silent)
    }

    /// The parties that have yet to confirm or keep their opinion after the coordination.
    pub fn missing_confirmations(&self) -> Vec<Party> {
        if self.escalation.is_none() || !self.is_coordinated() {
            return Vec::new();
        }
        self.opinions
            .keys()
            .filter(|party| !self.confirmations.contains_key(party))
            .copied()
            .collect()
    }

    /// Whether the last consultation is opened and not minuted.
    pub fn is_consulting(&self) -> bool {
        self.consultations
            .last()
            .is_some_and(|consultation| consultation.minutes.is_none())
    }

    /// Whether the opinions differ and no consultation on it is minuted.
    pub fn must_consult(&self) -> bool {
        self.opinions_differ()
            && !self
                .consultations
                .iter()
                .any(|consultation| consultation.minutes.is_some())
    }

    /// Whether the parties still differed after a consultation.
    pub fn remains_in_disagreement(&self) -> bool {
        self.opinions_differ()
            && self
                .consultations
                .iter()
                .rev()
                .find_map(|c| c.minutes.as_ref())
                .is_some_and(|m| m.agreed.is_none())
    }
}
