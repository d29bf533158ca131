//! The blind index: sealed text is found by its words, and the database shows none of them.
//!
//! A text is folded (lower case, narrow digits and letters, all else a gap) and cut into its one- and two-character
//! tokens. What is stored of a token is HMAC-SM3(index key, home bureau `|` token), the first 64 bits: the same word
//! of two bureaus is two numbers, so a search reads the rows of the reader's own bureaus and its time says nothing of
//! others. Written after the commit, because it may take longer than an act may; what it finds is a candidate, which
//! `app` confirms on the decrypted text as the reader may see it. Which texts those are is not known here.

use crate::dialect::{Batch, all, one, placeholders};
use crate::error::Error;
use crate::keys::{Key, KeyRef};
use crate::query::{CaseFilter, CaseOrder, Query, Scope, like, marks, tokens};
use crate::store::Store;
use crate::views::{CASE_COLUMNS, CaseRow, case_from, id};
use base::{CaseId, InstitutionId};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ConnectionTrait, Value};
use sm3::Sm3;
use std::collections::BTreeSet;

/// The most tokens of a search that are looked up.
const TOKENS: usize = 8;
/// The most cases that one token brings.
const POSTINGS: u64 = 2_000;
/// Rows written or removed by one statement.
const ROWS: usize = 400;

/// Cases whose sealed text may hold what was searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The cases, by due day.
    pub rows: Vec<CaseRow>,
    /// Whether there may be more: the words are too common.
    pub more: bool,
}

/// Whether a text holds all words of a search, in whatever width, case and punctuation.
pub fn mentions(text: &str, search: &str) -> bool {
    let text = fold(text);
    let mut words = runs(search).into_iter().peekable();
    words.peek().is_some() && words.all(|word| text.contains(&word))
}

/// Lower case, narrow forms; what is neither letter nor digit is a gap.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let kept = text
        .chars()
        .map(narrow)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' });
    kept.flat_map(char::to_lowercase).collect()
}

/// The unbroken runs of letters and digits.
fn runs(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// The tokens a text is found by: each character and each pair.
fn tokens_of(texts: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in texts.iter().flat_map(|text| runs(text)) {
        found.extend(tokens(&run, 1));
        found.extend(tokens(&run, 2));
    }
    found
}

/// The tokens that what is searched for must have: its pairs, and characters that stand alone.
fn wanted(search: &str) -> Vec<String> {
    let mut wanted = Vec::new();
    for run in runs(search) {
        for token in tokens(&run, run.chars().count().min(2)) {
            if !wanted.contains(&token) {
                wanted.push(token);
            }
        }
    }
    wanted.truncate(TOKENS);
    wanted
}

/// What is stored of a token.
fn blind(key: &Key, bureau: InstitutionId, token: &str) -> i64 {
    // HMAC takes keys of any length; this one has sixteen bytes.
    let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(key.bytes()) else {
        return 0;
    };
    mac.update(format!("{bureau}|{token}").as_bytes());
    let digest = mac.finalize().into_bytes();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}

/// Replaces the tokens of a case, where those that are there are not of a later version of it.
pub(crate) async fn write(
    store: &Store,
    c: &impl ConnectionTrait,
    case: CaseId,
    version: u64,
    texts: &[String],
) -> Result<(), Error> {
    let name = case.to_string();
    store.inner.writer.dialect.lock(c, &[&format!("blind/{name}")]).await?;
    let sql = "select version, tokens from blind_case where case_id = $1";
    let before = match one(c, sql, vec![name.as_str().into()]).await? {
        Some(row) if row.try_get_by_index::<i64>(0)? as u64 > version => return Ok(()),
        Some(row) => unpacked(&row.try_get_by_index::<Vec<u8>>(1)?),
        None => BTreeSet::new(),
    };
    let sql = "select institution from case_view where case_id = $1";
    let after = match one(c, sql, vec![name.as_str().into()]).await? {
        Some(row) => {
            let key = store.inner.keys.obtain(KeyRef::Index, store.inner.clock.now()).await?;
            let bureau = id(&row, 0)?;
            tokens_of(texts)
                .iter()
                .map(|token| blind(&key, bureau, token))
                .collect()
        }
        None => BTreeSet::new(),
    };
    let mut batch = Batch::new(store.inner.writer.dialect);
    let gone: Vec<i64> = before.difference(&after).copied().collect();
    for some in gone.chunks(ROWS) {
        let sql = format!(
            "delete from blind_token where case_id = $1 and token in ({})",
            placeholders(2, some.len())
        );
        let values = std::iter::once(name.as_str().into()).chain(some.iter().map(|token| (*token).into()));
        batch.add(sql, values.collect());
    }
    let new: Vec<i64> = after.difference(&before).copied().collect();
    for some in new.chunks(ROWS) {
        let rows = some.iter().map(|token| vec![(*token).into(), name.as_str().into()]);
        batch.insert("blind_token (token, case_id)", rows.collect());
    }
    if after.is_empty() {
        batch.add("delete from blind_case where case_id = $1", vec![name.into()]);
    } else {
        batch.add(
            "insert into blind_case (case_id, version, tokens) values ($1, $2, $3)
             on conflict (case_id) do update set version = excluded.version, tokens = excluded.tokens",
            vec![name.into(), (version as i64).into(), packed(&after).into()],
        );
    }
    batch.run(c).await
}

fn packed(tokens: &BTreeSet<i64>) -> Vec<u8> {
    tokens.iter().flat_map(|token| token.to_be_bytes()).collect()
}

fn unpacked(bytes: &[u8]) -> BTreeSet<i64> {
    let eight = |some: &[u8]| some.iter().fold(0, |all, byte| all << 8 | i64::from(*byte));
    bytes.chunks_exact(8).map(eight).collect()
}

impl Store {
    /// Replaces the words a case's sealed text is found by, as of `version`; without texts nothing is left of it.
    pub async fn write_words(&self, case: CaseId, version: u64, texts: &[String]) -> Result<(), Error> {
        let writer = &self.inner.writer;
        let transaction = writer.dialect.begin(&writer.db).await?;
        write(self, &transaction, case, version, texts).await?;
        Ok(transaction.commit().await?)
    }

    /// At most `limit` cases of `filter` whose sealed text may hold what is searched for, without those whose open
    /// text does.
    pub async fn find_words(&self, filter: &CaseFilter, search: &str, limit: u32) -> Result<Candidates, Error> {
        let wanted = wanted(search);
        let bureaus = self.bureaus_within(filter).await?;
        let Some(key) = self.inner.keys.find(KeyRef::Index).await? else {
            return Ok(Candidates::default());
        };
        if wanted.is_empty() || bureaus.is_empty() {
            return Ok(Candidates::default());
        }
        let each = wanted.iter().map(|token| {
            let of = bureaus.iter().map(|bureau| blind(&key, *bureau, token).into());
            of.collect::<Vec<Value>>()
        });
        let mut postings: Vec<Vec<Value>> = each.collect();
        let mut query = self.sure_query(filter, None).await?;
        let mut more = false;
        // A person's own few cases are looked at one by one; otherwise the rarest token brings the cases.
        let mut first = String::new();
        if !matches!(filter.scope, Scope::Person { .. }) {
            let (rarest, n) = self.rarest(filter, &postings).await?;
            more = n > POSTINGS;
            let (sql, values) = posting(filter, postings.swap_remove(rarest));
            first = format!("({}) b cross join ", query.placed(&sql, values));
            query.add("v.case_id = b.case_id", []);
        }
        for tokens in postings {
            let sql = format!(
                "exists (select 1 from blind_token x where x.token in ({}) and x.case_id = v.case_id)",
                marks(tokens.len())
            );
            query.add(&sql, tokens);
        }
        let open = like(&search.replace(char::is_control, " ").trim().to_lowercase());
        query.add("not v.search like ? escape '\\'", [open.into()]);
        let sql = format!(
            "select {CASE_COLUMNS} from {first}case_view v where {} order by {} limit {}",
            query.condition(),
            CaseOrder::Due.by(false),
            i64::from(limit) + 1
        );
        let found = all(&self.inner.read, &sql, query.values).await?;
        let mut rows = found.iter().map(case_from).collect::<Result<Vec<_>, Error>>()?;
        more |= rows.len() > limit as usize;
        rows.truncate(limit as usize);
        Ok(Candidates { rows, more })
    }

    /// Which of the tokens the fewest cases have, and how many, a little above [`POSTINGS`] at most.
    async fn rarest(&self, filter: &CaseFilter, postings: &[Vec<Value>]) -> Result<(usize, u64), Error> {
        let mut query = Query::default();
        let mut counts = Vec::new();
        for (place, tokens) in postings.iter().enumerate() {
            let (sql, values) = posting(filter, tokens.clone());
            let some = query.placed(&sql, values);
            counts.push(format!(
                "select cast({place} as bigint) as place, count(*) as n from ({some}) as t{place}"
            ));
        }
        let sql = format!("{} order by n, place limit 1", counts.join(" union all "));
        let row = one(&self.inner.read, &sql, query.values).await?;
        let row = row.ok_or_else(|| Error::Malformed("a search without a token".into()))?;
        let (place, n): (i64, i64) = (row.try_get("", "place")?, row.try_get("", "n")?);
        Ok((place as usize, n as u64))
    }

    /// The home bureaus whose cases a filter can reach.
    async fn bureaus_within(&self, filter: &CaseFilter) -> Result<Vec<InstitutionId>, Error> {
        match filter.bureau {
            Some(bureau) => Ok(vec![bureau]),
            None => self.bureaus_of_scope(&filter.scope).await,
        }
    }

    async fn bureaus_of_scope(&self, scope: &Scope) -> Result<Vec<InstitutionId>, Error> {
        match scope {
            Scope::Bureau(bureau) => Ok(vec![*bureau]),
            Scope::Discipline(group) => self.bureaus_of(Some(*group)).await,
            Scope::Person { person, .. } => {
                let sql = "select distinct v.institution from case_person p join case_view v on v.case_id = p.case_id
                           where p.person = $1";
                let rows = all(&self.inner.read, sql, vec![person.to_string().into()]).await?;
                rows.iter().map(|row| id(row, 0)).collect()
            }
            Scope::Any(scopes) => {
                let mut bureaus = Vec::new();
                for scope in scopes {
                    bureaus.extend(Box::pin(self.bureaus_of_scope(scope)).await?);
                }
                bureaus.sort_unstable();
                bureaus.dedup();
                Ok(bureaus)
            }
            Scope::All | Scope::Unit(_) => self.bureaus_of(None).await,
        }
    }
}

/// The statement for the cases that have one of `tokens` and that the reader is not kept out of, and its values.
fn posting(filter: &CaseFilter, tokens: Vec<Value>) -> (String, Vec<Value>) {
    let (mut sql, mut values) = (format!("p0.token in ({})", marks(tokens.len())), tokens);
    if let Some((barred, more)) = filter.except.as_ref().map(|except| except.not_barred("p0")) {
        sql = format!("{sql} and {barred}");
        values.extend(more);
    }
    (
        format!(
            "select p0.case_id from blind_token p0 where {sql} limit {}",
            POSTINGS + 1
        ),
        values,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_folded_and_cut() {
        let table = [
            ("王芳，２０２６年Ａ栋", vec!["王芳", "2026年a栋"]),
            ("  ", vec![]),
            ("“低保”", vec!["低保"]),
        ];
        for (text, expected) in table {
            assert_eq!(runs(text), expected, "{text}");
        }
        assert_eq!(wanted("王芳 李"), ["王芳", "李"]);
        assert_eq!(wanted("王芳芳芳"), ["王芳", "芳芳"]);
        assert_eq!(wanted("!?"), [""; 0]);
        let texts = ["车管。车管所".to_owned()];
        assert_eq!(
            tokens_of(&texts),
            ["车", "管", "所", "车管", "管所"].map(String::from).into()
        );
    }

    #[test]
    fn a_text_mentions_words_not_their_tokens() {
        assert!(mentions("车管所的数据晚了两个月", "车管所 两个月"));
        assert!(mentions("卡号１２３", "123"));
        assert!(!mentions("国建，建国", "国建国"));
        assert!(!mentions("车管所", "…"));
    }

    #[test]
    fn a_token_is_another_number_for_another_bureau_and_key() {
        let key = |n| Key::new(base::KeyId([n; 16]), [n; 16]);
        let of = |n, bureau, token| blind(&key(n), InstitutionId([bureau; 16]), token);
        let all = BTreeSet::from([of(1, 1, "王芳"), of(1, 2, "王芳"), of(2, 1, "王芳"), of(1, 1, "芳")]);
        assert_eq!(all.len(), 4);
        assert_eq!(of(1, 1, "王芳"), of(1, 1, "王芳"));
        assert_eq!(unpacked(&packed(&all)), all);
    }
}
