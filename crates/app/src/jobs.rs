//! What the calendar brings about by itself: opinions open on the step's day. Never a decision.
//!
//! The binary calls [`App::tick`] now and then; running it twice does nothing twice.

use crate::App;
use crate::error::{Failure, Result};
use crate::perform::{Acting, system};
use casefile::acts::OpenOpinions;
use store::{CaseFilter, CaseOrder};

impl App {
    /// Does what is due by itself today; returns how many cases it touched.
    ///
    /// # Errors
    /// The store, or a record that cannot be read.
    pub async fn tick(&self) -> Result<u32> {
        let mut touched = 0;
        let mut after = None;
        let filter = CaseFilter {
            stages: vec![casefile::stage::Stage::Opinions.code().into()],
            closed: Some(false),
            ..CaseFilter::default()
        };
        loop {
            let page = self
                .store
                .list_cases(&filter, CaseOrder::Due, after.as_deref(), 100)
                .await?;
            for row in &page.rows {
                touched += u32::from(self.open_opinions(&row.number).await?);
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(touched),
            }
        }
    }

    async fn open_opinions(&self, number: &str) -> Result<bool> {
        let loaded = self.loaded(number).await?;
        let (viewer, seat) = system(&loaded.case);
        let acting = Acting {
            act_id: self.fresh_act(),
            viewer: &viewer,
            seat: &seat,
            numbers: Vec::new(),
        };
        match self.record(&loaded, acting, OpenOpinions {}.into()).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
