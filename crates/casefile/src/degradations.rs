//! 缺人时的办法: where a case ran below what the pack would have in a full office, it is named, never silent.
//!
//! The floor (two investigators, one who decides, one of the group, nobody recused) is never lowered; what stands above
//! it may be. Which of the pack's degradations happened follows from the record alone; at the filing it is recorded.

use crate::case::Case;
use base::PersonId;
use base::law::{GroundId, Procedure};

/// One thing that was relaxed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Degradation {
    /// The pack's code.
    pub id: GroundId,
    /// In the pack's words.
    pub text: String,
    /// Who or what it concerns in this case; may be empty.
    pub detail: String,
}

impl Case {
    /// What the pack's list of degradations says of this case so far, in its order.
    pub fn degradations(&self, procedure: &Procedure) -> Vec<Degradation> {
        let listed = procedure.degradations.iter();
        listed
            .filter_map(|ground| {
                let detail = match ground.id.as_str() {
                    "one-clerk" => self.one_clerk(),
                    "opinions-open" => (!procedure.withhold_opinions && !self.opinions.is_empty()).then(String::new),
                    "same-signer" => self.same_signer(),
                    "borrowed-investigators" => self.borrowed(),
                    "review-by-city" => self.reviewed_by_city(),
                    _ => None,
                }?;
                Some(Degradation {
                    id: ground.id.clone(),
                    text: ground.text.clone(),
                    detail,
                })
            })
            .collect()
    }

    /// The one person who accepted, issued and filed.
    fn one_clerk(&self) -> Option<String> {
        let accepted = self.accepted.as_ref()?;
        let report = self.reports.last()?;
        let filed = self.filed.as_ref()?;
        let all = |by: PersonId| by == accepted.by && by == report.by && by == filed.by;
        all(accepted.by).then(|| accepted.stood.name.clone())
    }

    /// The one person who determined and issued.
    fn same_signer(&self) -> Option<String> {
        let report = self.reports.last()?;
        let determined = self.determination()?;
        (determined.by == report.by).then(|| report.by_name.clone())
    }

    /// The investigators who came from elsewhere.
    fn borrowed(&self) -> Option<String> {
        let names: Vec<_> = self
            .investigators
            .iter()
            .filter(|i| i.party.is_none())
            .map(|i| i.name.as_str())
            .collect();
        (!names.is_empty()).then(|| names.join("、"))
    }

    /// Who of the city decided a review of the first level.
    fn reviewed_by_city(&self) -> Option<String> {
        let first = self.reviews.iter().find(|review| review.level == 1)?;
        let decision = first.decision.as_ref().filter(|decision| decision.by_city)?;
        Some(decision.by_name.clone())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::*;
    use crate::testing::*;
    use base::law::Ground;

    fn with_list(mut given: Given) -> Given {
        let codes = [
            "one-clerk",
            "opinions-open",
            "same-signer",
            "borrowed-investigators",
            "review-by-city",
        ];
        given.procedure.degradations = codes
            .iter()
            .map(|id| Ground {
                id: (*id).into(),
                text: format!("文字 {id}"),
                source: String::new(),
            })
            .collect();
        given
    }

    fn codes(given: &Given) -> Vec<String> {
        let all = given.case.degradations(&given.procedure);
        all.iter().map(|one| one.id.to_string()).collect()
    }

    #[test]
    fn named_where_they_happened_and_recorded_at_the_filing() {
        assert!(codes(&with_list(Given::concluded())).is_empty());
        let given = with_list(Given::served("exempted")).intake().done(FileCase::default());
        assert_eq!(codes(&given), ["one-clerk"]);
        assert_eq!(given.case.relaxed, ["one-clerk".into()]);
        let by_the_lead = with_list(Given::determined("exempted")).lead().done(issue());
        assert_eq!(codes(&by_the_lead), ["same-signer"]);
        let mut open = with_list(Given::concluded());
        open.procedure.withhold_opinions = false;
        let open = open.lead().done(Opine {
            outcome: "exempted".into(),
            reason: "符合。".into(),
        });
        assert_eq!(codes(&open), ["opinions-open"]);
        let reviewed = with_list(Given::served("exempted"))
            .worker()
            .done(ApplyReview {
                reason: "漏看了材料。".into(),
                signed: None,
            })
            .by(COORDINATOR)
            .done(DecideReview {
                upheld: true,
                reason: "没有漏。".into(),
            });
        assert_eq!(codes(&reviewed), ["review-by-city"]);
        let mut borrowed = assignee(THIRD);
        borrowed.party = None;
        let letter = Borrow {
            from: "清丰县民政局".into(),
            reason: "人手不够。".into(),
        };
        let lent = with_list(Given::accepted())
            .lead()
            .done(letter)
            .done(Assign { people: vec![borrowed] });
        let all = lent.case.degradations(&lent.procedure);
        assert_eq!(
            (all[0].id.as_str(), all[0].detail.as_str()),
            ("borrowed-investigators", "刘洋")
        );
    }

    #[test]
    fn a_pack_that_lists_none_has_none() {
        let given = Given::filed();
        assert!(given.case.degradations(&given.procedure).is_empty() && given.case.relaxed.is_empty());
    }
}
