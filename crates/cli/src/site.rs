//! A site put together: the packs built into the binary, the calendar shipped with it, the record, the press.

use crate::Failed;
use crate::arguments::Place;
use crate::seclusion;
use crate::system::SystemIds;
use app::{App, PackFiles, Parts};
use base::Clock;
use base::calendar::Calendar;
use press::TypstPress;
use rules::Pack;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Location, MasterKey, Store, SystemRandom};

/// The folder of packs that only show what a pack can say; no site decides by them.
const EXAMPLES: &str = "examples";

/// The packs as they lie under `policies/` when the binary is built.
#[derive(RustEmbed)]
#[folder = "../../policies/"]
struct Policies;

/// The pack files built into the binary, parsed and checked.
fn packs() -> Result<Vec<PackFiles>, Failed> {
    let mut folders: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for path in Policies::iter() {
        let mut parts = path.splitn(3, '/');
        let (Some(jurisdiction), Some(pack), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if jurisdiction == EXAMPLES {
            continue;
        }
        let Some(file) = Policies::get(&path) else { continue };
        folders
            .entry(format!("{jurisdiction}/{pack}"))
            .or_default()
            .push((name.into(), file.data.into_owned()));
    }
    folders.into_iter().map(|(id, files)| parse(&id, &files)).collect()
}

/// A pack from a folder on the disk.
pub fn pack_in(folder: &Path) -> Result<Arc<Pack>, Failed> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    if files.is_empty() {
        return Err(Failed::use_(format!(
            "{} 里没有文件依据。请写文件依据的目录。",
            folder.display()
        )));
    }
    files.sort();
    Ok(parse(&folder.display().to_string(), &files)?.pack())
}

fn parse(id: &str, files: &[(String, Vec<u8>)]) -> Result<PackFiles, Failed> {
    PackFiles::read(files).map_err(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failed::no(format!("文件依据 {id} 读不出来：\n{}", told.join("\n")))
    })
}

/// The files below `folder`, named relative to `root`; bounded, so that a wrong argument does not read a whole disk.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failed> {
    const MOST: usize = 500;
    let unreadable =
        |path: &Path, e: std::io::Error| Failed::use_(format!("读不了 {}：{e}。请看路径对不对。", path.display()));
    for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
        let path = entry.map_err(|e| unreadable(folder, e))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let bytes = std::fs::read(&path).map_err(|e| unreadable(&path, e))?;
            files.push((name.to_string_lossy().replace('\\', "/"), bytes));
        }
        if files.len() > MOST {
            return Err(Failed::use_(format!(
                "{} 里文件太多，不像是文件依据的目录。",
                root.display()
            )));
        }
    }
    Ok(())
}

/// Where the master key of a place comes from.
pub fn master_key(place: &Place) -> Result<MasterKey, Failed> {
    match (seclusion::given_key(), &place.master_key) {
        (None, None) => Ok(MasterKey::Own),
        (None, Some(path)) => Ok(MasterKey::File(path.clone())),
        (Some(key), None) => Ok(MasterKey::Given {
            key,
            from: format!("环境变量 {}", seclusion::VARIABLE),
        }),
        (Some(_), Some(_)) => Err(Failed::use_(format!(
            "--master-key 和环境变量 {} 只能用一个。",
            seclusion::VARIABLE
        ))),
    }
}

/// Opens the record of a place and puts the site together.
pub async fn open(place: &Place, clock: Arc<dyn Clock>, fonts: &[PathBuf]) -> Result<App, Failed> {
    let ids = Arc::new(SystemIds);
    let location = match &place.database_url {
        Some(url) => Location::Postgres {
            url: url.clone(),
            directory: place.data.clone(),
        },
        None => Location::Directory(place.data.clone()),
    };
    let master_key = master_key(place)?;
    let store = Store::open(location, master_key, clock.clone(), ids.clone(), Arc::new(SystemRandom))
        .await
        .map_err(Failed::no)?;
    let packs = packs()?;
    let press = Arc::new(TypstPress::new(fonts));
    App::open(Parts {
        store,
        packs,
        calendar: Calendar::shipped(),
        clock,
        ids,
        press,
    })
    .await
    .map_err(Failed::no)
}

/// The folders in which a site's own fonts may lie.
pub fn font_folders(given: Option<&Path>) -> Vec<PathBuf> {
    given
        .map(Path::to_path_buf)
        .into_iter()
        .chain([PathBuf::from(".cache/fonts")])
        .collect()
}

/// Runs `work` on the runtime of the whole program.
pub fn run<T>(work: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failed::no)?
        .block_on(work)
}
