//! Why the store refuses. The sentences are what an operator sees at start or `app` turns into a refusal; they carry
//! no free text of a case.

use crate::stream::StreamName;
use base::{Digest, KeyId};
use std::path::PathBuf;
use std::sync::Arc;

/// A refusal or a failure. Nothing was recorded where a function returns one.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The stream moved since the caller read it.
    #[error("记录已有新的变化：{stream} 现为第 {actual} 版，提交时依据的是第 {expected} 版")]
    Conflict {
        /// The stream that moved.
        stream: StreamName,
        /// The version the caller counted on.
        expected: u64,
        /// The version it has.
        actual: u64,
    },
    /// What was handed in breaks a rule of the record (name, kind, JSON, key of another case). A fault of the caller.
    #[error("不合记录的格式：{0}")]
    Malformed(String),
    /// A stored event does not fit its chain.
    #[error("记录与其链条不符：{stream} 第 {version} 版，{what}")]
    Damaged {
        /// The stream.
        stream: StreamName,
        /// The event's version.
        version: u64,
        /// What does not fit.
        what: String,
    },
    /// A sealed part cannot be opened with the key that is there.
    #[error("密文无法用现有密钥打开（密钥 {0}）")]
    Unopenable(KeyId),
    /// The key is not in the key table.
    #[error("密钥表中没有密钥 {0}")]
    NoKey(KeyId),
    /// The master key file is gone although the record was begun with one.
    #[error("找不到主密钥文件 {0}。没有它，密文无法打开。请从保管处取回原文件放回此处，再启动")]
    MasterKeyLost(PathBuf),
    /// It is another key than those on record; where it came from.
    #[error("主密钥（{0}）不是本站的主密钥（指纹不符）。请放回原来的，再启动")]
    MasterKeyWrong(String),
    /// It cannot be read as a key; where it came from.
    #[error("主密钥（{0}）的内容不是密钥（应为 32 位十六进制数字）。请放回原来的，再启动")]
    MasterKeyMalformed(String),
    /// There is a master key already.
    #[error("{0} 已经有主密钥，没有动它")]
    MasterKeyThere(PathBuf),
    /// Two halves that do not give a master key.
    #[error("这两份拼不成主密钥。请看是不是同一次导出的两份")]
    HalvesWrong,
    /// The key table has gone over to another master key while this process ran.
    #[error("主密钥已经换过。请重新启动服务")]
    MasterKeyChanged,
    /// The key to change to is the one in use.
    #[error("新的主密钥和现在的一样，没有换")]
    MasterKeySame,
    /// Others than the owner may read the master key file.
    #[error("主密钥文件 {path} 的权限是 {mode:o}，本人以外也能读取。请执行 chmod 600 {path}，再启动")]
    MasterKeyTooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key table is gone or belongs to another record.
    #[error(
        "密钥表（{0}）丢失、不属于本站，或者是用另一把主密钥锁的。刚换过主密钥的，请用新的主密钥；否则请从密钥的备份中恢复，再启动"
    )]
    KeyTableLost(String),
    /// There is no record to read.
    #[error("{0} 处没有记录")]
    NoRecord(PathBuf),
    /// The database was written by a later version of the program.
    #[error("数据由更新的版本写成（结构版本 {found}，本程序认识到 {known}）。请用新版本启动")]
    SchemaTooNew {
        /// The version found.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// A file named by its address is not there.
    #[error("找不到文件 {0}")]
    FileMissing(Digest),
    /// A stored file's bytes are not those its address names.
    #[error("文件 {0} 的内容与其地址不符")]
    FileDamaged(Digest),
    /// Something still reads the database, so that what was deleted could not be wiped from its log yet.
    #[error("数据库正在被读取，删掉的内容还没有从日志里清掉。稍后再试")]
    NotWiped,
    /// The database failed.
    #[error("数据库出错：{0}")]
    Database(Arc<sea_orm::DbErr>),
    /// A file could not be read or written.
    #[error("读写 {path} 出错：{cause}")]
    Io {
        /// The path.
        path: PathBuf,
        /// The cause.
        cause: Arc<std::io::Error>,
    },
    /// The writer has stopped; the store is being closed.
    #[error("存储已关闭")]
    Closed,
}

impl From<sea_orm::DbErr> for Error {
    fn from(e: sea_orm::DbErr) -> Error {
        Error::Database(Arc::new(e))
    }
}

impl Error {
    /// An I/O failure at `path`.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |cause| Error::Io {
            path,
            cause: Arc::new(cause),
        }
    }
}
