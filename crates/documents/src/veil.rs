//! Families appear as 某村某户: what a paper prints is looked through for the names of the household and the village,
//! whoever wrote them wherever. What must be named, the applicant and the institutions, is left as it is.

use crate::Prepared;
use serde_json::Value;

/// What stands for a household's name.
const HOUSEHOLD: &str = "某户";
/// What stands for a village's name.
const VILLAGE: &str = "某村";

/// The names a paper must not print, and those it must.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil {
    /// Name and what stands for it, the longest name first.
    hidden: Vec<(String, &'static str)>,
    /// Names left whole even where a hidden one stands in them, the longest first.
    kept: Vec<String>,
}

impl Veil {
    /// Hides the household and the village as the applicant named them; several may stand in one field, parted by 、 or
    /// a space. A name of a single character is no name to look for: it would hide half of every sentence.
    pub fn new(household: &str, village: &str, kept: impl IntoIterator<Item = String>) -> Veil {
        let households = names(household).flat_map(|name| forms(name, &["一家", "户", "家"]));
        let villages = names(village).flat_map(|name| {
            // What stands before it, 子岸镇, is where it lies.
            let body = name.strip_suffix("社区").unwrap_or(name);
            let before = body.rfind(['省', '市', '县', '区', '乡', '镇', '道']);
            let own = &name[before.map_or(0, |at| at + '镇'.len_utf8())..];
            let own = forms(own, &["村委会", "社区", "村"]);
            forms(name, &["村委会"]).chain(own).collect::<Vec<_>>()
        });
        let mut hidden: Vec<_> = households
            .map(|name| (name, HOUSEHOLD))
            .chain(villages.map(|name| (name, VILLAGE)))
            .filter(|(name, _)| name.chars().count() > 1 && name != HOUSEHOLD && name != VILLAGE)
            .collect();
        hidden.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut kept: Vec<_> = kept.into_iter().filter(|name| !name.is_empty()).collect();
        kept.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Veil { hidden, kept }
    }

    /// The text with what is to be hidden replaced.
    pub fn text(&self, text: &str) -> String {
        let mut veiled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let hidden = self.hidden.iter().find(|(name, _)| rest.starts_with(name.as_str()));
            let (gone, shown) = match self.kept.iter().find(|name| rest.starts_with(name.as_str())) {
                Some(name) => (name.len(), name.as_str()),
                None => match hidden {
                    Some((name, shown)) => (name.len(), *shown),
                    None => (first.len_utf8(), &rest[..first.len_utf8()]),
                },
            };
            veiled.push_str(shown);
            rest = &rest[gone..];
        }
        veiled
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.value(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// The names in a field.
fn names(field: &str) -> impl Iterator<Item = &str> {
    field.split(['、', '，', ',', ' ', '\u{3000}', '\n']).map(str::trim)
}

/// The name as it stands, and without what may be left out at its end.
fn forms<'a>(name: &'a str, ends: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let without = ends.iter().find_map(|end| name.strip_suffix(end));
    std::iter::once(name).chain(without).map(str::to_owned)
}

impl Prepared {
    /// The paper as families may stand in it.
    #[must_use]
    pub fn veiled(mut self, veil: &Veil) -> Prepared {
        // Prepared by this crate: it reads back.
        let mut data: Value = serde_json::from_slice(&self.data).unwrap_or_default();
        veil.value(&mut data);
        self.data = data.to_string().into_bytes();
        self.title = veil.text(&self.title);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households_and_villages_however_they_are_written() {
        let table = [
            ("王大山", "子岸镇赵家庄村", "赵家庄村王大山家的低保", "某村某户家的低保"),
            ("王大山", "子岸镇赵家庄村", "子岸镇赵家庄村的王大山", "某村的某户"),
            ("王大山户", "赵家庄", "赵家庄王大山", "某村某户"),
            ("王大山", "赵家庄村", "赵家庄有人反映", "某村有人反映"),
            ("王大山、李二妮", "赵家庄村", "李二妮和王大山", "某户和某户"),
            ("", "城关镇东街社区", "东街社区和东街", "某村和某村"),
            ("王", "", "王某说的", "王某说的"),
            ("", "", "没有写", "没有写"),
            ("某户", "某村", "某村某户", "某村某户"),
        ];
        for (household, village, text, printed) in table {
            assert_eq!(Veil::new(household, village, []).text(text), printed);
        }
    }

    #[test]
    fn who_must_be_named_stays() {
        let kept = ["赵家庄村村民委员会".to_owned(), "王大山川".to_owned(), String::new()];
        let veil = Veil::new("王大山", "赵家庄村", kept);
        assert_eq!(
            veil.text("赵家庄村村民委员会的王大山川去了赵家庄村"),
            "赵家庄村村民委员会的王大山川去了某村"
        );
    }
}
