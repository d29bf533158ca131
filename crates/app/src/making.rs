//! Papers made with their act: filled from the case as it stands after it, numbered, printed once, stored, and named in
//! the same append (record.md 14).
//!
//! Every PDF of an act is printed before any is stored, so that a failure of the press leaves nothing behind. A number
//! is taken in the append that bears it: whoever comes second takes the next one and prints anew, so a series has no
//! gaps and no number stands on two papers.

use crate::App;
use crate::authority::{self, Viewer};
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use crate::papers::{self, Filling, Series};
use crate::perform::{actor, metas};
use base::law::Party;
use base::{ActId, CaseId, Date, DocumentId, EventId, Timestamp};
use casefile::case::{File, Rendering};
use casefile::paper::PaperText;
use casefile::{Act, Actor, Case, Event, Meta, PaperKind, PaperMade, Refusal};
use documents::{Document, DocumentNumber, Prepared, Rendered, Veil, prepare, prepare_proof};
use store::{KeyRef, StreamAppend};
use tokio::sync::MutexGuard;

/// An act just decided, whose papers are to be made.
pub(crate) struct Decided<'a> {
    /// The act's id.
    pub act: ActId,
    /// Who acts.
    pub by: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// What it records.
    pub recorded: &'a [(Meta, Event)],
    /// The same, without who and when.
    pub events: Vec<Event>,
    /// The papers it may make.
    pub papers: &'static [PaperKind],
}

/// A paper filled and not yet printed.
struct Filled {
    paper: PaperKind,
    id: DocumentId,
    name: String,
    number: Option<DocumentNumber>,
    document: Document,
    veil: Veil,
}

/// The numbers of one series that an act takes: the first, and who bears this one and the next ones.
struct Taken {
    series: Series,
    first: store::Number,
    bearers: Vec<DocumentId>,
}

impl<'a> Decided<'a> {
    /// An act that records `recorded` and may make `papers`.
    pub(crate) fn of(
        act: ActId,
        by: &'a Actor,
        now: Timestamp,
        papers: &'static [PaperKind],
        recorded: &'a [(Meta, Event)],
    ) -> Decided<'a> {
        Decided {
            act,
            by,
            now,
            recorded,
            events: recorded.iter().map(|(_, event)| event.clone()).collect(),
            papers,
        }
    }

    /// The papers that are due now.
    fn due<'c>(&'c self, after: &'c Case) -> impl Iterator<Item = PaperKind> + 'c {
        let papers = self.papers.iter().copied();
        papers.filter(|paper| papers::is_due(*paper, after, &self.events))
    }

    /// Whether one of them takes a number: then nobody else may until it is appended.
    fn takes_numbers(&self, after: &Case) -> bool {
        self.due(after).any(|paper| Series::of(paper).is_some())
    }
}

impl App {
    /// Makes the papers of an act on the case `before` it: the events that name them. The numbers taken are added to
    /// `streams`; `turn` is then held until they are appended, so that nobody else takes the same.
    ///
    /// # Errors
    /// The press, the store; a body that has no code for the number of a report.
    pub(crate) async fn make_papers<'t>(
        &'t self,
        before: &Case,
        decided: &Decided<'_>,
        streams: &mut Vec<StreamAppend>,
        turn: &mut Option<MutexGuard<'t, ()>>,
    ) -> Result<Vec<(Meta, Event)>> {
        let mut after = before.clone();
        decided
            .recorded
            .iter()
            .for_each(|(meta, event)| after.apply(meta, event));
        if turn.is_none() && decided.takes_numbers(&after) {
            *turn = Some(self.numbering.lock().await);
        }
        // With each paper as it will be named, for those after it on the same occasion.
        let mut along = after.clone();
        let mut taken = Vec::new();
        let mut printed = Vec::new();
        for paper in decided.due(&after) {
            let filled = Box::pin(self.filled(paper, &along, decided, &mut taken)).await?;
            let filled = filled.ok_or_else(|| Failure::Internal(format!("{} from nothing", paper.code())))?;
            let rendered = self.print(prepare(&filled.document).veiled(&filled.veil)).await?;
            self.take(&mut along, decided, &filled)?;
            printed.push((filled, rendered));
        }
        let mut made = Vec::with_capacity(printed.len());
        for (filled, rendered) in printed {
            let by = rendering(&rendered);
            let file = self
                .keep(after.id, format!("{}.pdf", filled.name), rendered.bytes)
                .await?;
            made.push(filled.made(decided.now.date(), by, file).into());
        }
        streams.extend(taken.iter().filter_map(|taken| self.issue_numbers(taken, decided)));
        self.following(&after, decided.by, decided.act, decided.now, made)
    }

    /// `events` as they follow on `case` in the same act.
    fn following(
        &self,
        case: &Case,
        by: &Actor,
        act_id: ActId,
        now: Timestamp,
        events: Vec<Event>,
    ) -> Result<Vec<(Meta, Event)>> {
        self.deciding(case, by, act_id, now, |ctx| metas(case, ctx, events))
    }

    /// The PDF of a paper as the acts would make it now, one after the other, marked 样稿; nothing is recorded but the
    /// reading (先看文书).
    ///
    /// # Errors
    /// The refusals of the acts; not found where they make no such paper.
    pub async fn preview_paper(
        &self,
        viewer: &Viewer,
        number: &str,
        acts: Vec<Act>,
        paper: PaperKind,
    ) -> Result<Vec<u8>> {
        let mut case = self.loaded(number).await?.case;
        let now = self.clock.now();
        let mut taken = Vec::new();
        for act in acts {
            let (name, id) = (act.name(), self.fresh_act());
            let by = actor(viewer, authority::seat_for(viewer, name, &case)?);
            let recorded = self.decided(&case, &by, id, now, act)?;
            for (meta, event) in &recorded {
                case.apply(meta, event);
            }
            let decided = Decided::of(id, &by, now, name.papers(), &recorded);
            // What is asked for is shown before it is due as well: a record before it is counter-signed.
            let asked = decided.papers.contains(&paper);
            for kind in decided.papers {
                if !asked && !papers::is_due(*kind, &case, &decided.events) {
                    continue;
                }
                let Some(filled) = Box::pin(self.filled(*kind, &case, &decided, &mut taken)).await? else {
                    continue;
                };
                if asked && (*kind == paper || name == casefile::ActName::Transfer) {
                    let proof = prepare_proof(&filled.document).veiled(&filled.veil);
                    let bytes = self.print(proof).await?.bytes;
                    self.note_reading(viewer, &case, "case").await?;
                    return Ok(bytes);
                }
                self.take(&mut case, &decided, &filled)?;
            }
        }
        Err(Refusal::not_found().into())
    }

    /// A paper filled, with the next number of its series; `None` where the case holds nothing to fill it from.
    async fn filled(
        &self,
        paper: PaperKind,
        case: &Case,
        decided: &Decided<'_>,
        taken: &mut Vec<Taken>,
    ) -> Result<Option<Filled>> {
        let id = DocumentId::fresh(&*self.ids);
        let issuer = papers::issuer(paper, case, decided.by);
        let number = match Series::of(paper) {
            Some(series) => self.next_number(series, issuer, case, decided, taken, id).await?,
            None => None,
        };
        if paper == PaperKind::Report && number.is_none() {
            return Err(no_code().into());
        }
        let names = self.names(case).await?;
        let filling = Filling {
            case,
            events: &decided.events,
            pack: self.pack_of(case)?,
            procedure: self.packs.procedure(case)?,
            calendar: &self.calendar(),
            names: &names,
            by: decided.by,
            issuer,
            now: decided.now,
            number,
        };
        Ok(papers::fill(paper, &filling).map(|document| Filled {
            paper,
            id,
            name: papers::name(paper, &filling),
            number: filling.number,
            document,
            veil: papers::veil(case, &names),
        }))
    }

    /// The next number of the issuing institution in a series, after those the same act takes; none where it has no
    /// code.
    async fn next_number(
        &self,
        series: Series,
        issuer: Party,
        case: &Case,
        decided: &Decided<'_>,
        taken: &mut Vec<Taken>,
        bearer: DocumentId,
    ) -> Result<Option<DocumentNumber>> {
        let Some(body) = authority::institution_of(case, issuer) else {
            return Ok(None);
        };
        let body = self.institution(body).await?;
        let year = decided.now.date().year();
        if !taken.iter().any(|taken| taken.series == series) {
            let first = self.store.next_number(body.id, year, series.kind()).await?;
            taken.push(Taken {
                series,
                first,
                bearers: Vec::new(),
            });
        }
        let Some(taken) = taken.iter_mut().find(|taken| taken.series == series) else {
            return Ok(None);
        };
        let number = series.number(&body.code, year, taken.first.number + taken.bearers.len() as u64);
        if number.is_some() {
            taken.bearers.push(bearer);
        }
        Ok(number)
    }

    /// What takes the numbers of a series, one event each.
    fn issue_numbers(&self, taken: &Taken, decided: &Decided) -> Option<StreamAppend> {
        let mut number = taken.first.clone();
        let mut all: Option<StreamAppend> = None;
        for bearer in &taken.bearers {
            let issued = number.issue(
                EventId::fresh(&*self.ids),
                decided.act,
                store::Actor::Person(decided.by.person),
                &capacity_text(decided.by.capacity),
                decided.now,
                &bearer.to_string(),
            );
            number.number += 1;
            match &mut all {
                Some(all) => all.events.extend(issued.events),
                None => all = Some(issued),
            }
        }
        all
    }

    /// Takes a paper into the case as it will be named, before it is stored.
    fn take(&self, case: &mut Case, decided: &Decided, filled: &Filled) -> Result<()> {
        let event = filled
            .made(decided.now.date(), Rendering::default(), File::default())
            .into();
        for (meta, event) in self.following(case, decided.by, decided.act, decided.now, vec![event])? {
            case.apply(&meta, &event);
        }
        Ok(())
    }

    async fn print(&self, prepared: Prepared) -> Result<Rendered> {
        let press = std::sync::Arc::clone(&self.press);
        let rendered = tokio::task::spawn_blocking(move || press.pdf(&prepared)).await??;
        if !rendered.missing.is_empty() {
            // The characters themselves may be a name.
            tracing::warn!(
                count = rendered.missing.len(),
                "a paper has characters that no installed font can draw"
            );
        }
        Ok(rendered)
    }

    async fn keep(&self, case: CaseId, name: String, bytes: Vec<u8>) -> Result<File> {
        let stored = self.store.put_file(bytes, KeyRef::Case(case)).await?;
        Ok(File {
            address: stored.address.to_string(),
            name,
            media: "application/pdf".into(),
            size: stored.size,
            digest: stored.plain.to_string(),
            ..File::default()
        })
    }
}

impl Filled {
    /// The event that names it.
    fn made(&self, on: Date, rendering: Rendering, file: File) -> PaperMade {
        PaperMade {
            document: self.id,
            paper: self.paper,
            file: file.address.clone(),
            rendering,
            on,
            sealed: PaperText {
                number: self.number.as_ref().map(ToString::to_string).unwrap_or_default(),
                file,
            },
        }
    }
}

fn no_code() -> Refusal {
    Refusal::not_yet(
        "no-document-code",
        "本局还没有登记机关代字，不能编文号。",
        "请管理员在“机构”里填上机关代字。",
        "GB/T 9704",
    )
}

fn rendering(rendered: &Rendered) -> Rendering {
    Rendering {
        template: Some(rendered.template),
        fonts: rendered.fonts.iter().map(|font| font.digest).collect(),
        renderer: rendered.renderer.clone(),
    }
}
