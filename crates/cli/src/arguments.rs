//! What can be typed after `jinzhi`. Words for people are Chinese; names of verbs and options are the design's.

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// 尽职免责办理系统
#[derive(Parser)]
#[command(name = "jinzhi", version, about = "尽职免责办理系统", disable_help_subcommand = true)]
pub struct Arguments {
    /// 做什么
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Subcommand)]
pub enum Verb {
    /// 启动服务
    Serve(Serve),
    /// 启动演示：带示例机构、人员和案件，打印地址和各岗位账号
    Demo(Demo),
    /// 给新站登记第一个管理员，打印首次密码
    Admin(Admin),
    /// 核对文件依据，或者按查明的事实算结果
    #[command(subcommand)]
    Policy(PolicyVerb),
    /// 算期限，逐日说明
    Deadline {
        /// 收到的日期，例如 2026-09-16
        #[arg(long)]
        received: String,
        /// 几个工作日
        #[arg(long, default_value_t = 14)]
        days: u16,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// 另外读入的年历文件
        #[arg(long = "calendar", value_name = "FILE")]
        calendars: Vec<PathBuf>,
    },
    /// 校验全部记录和文件
    Verify(Place),
    /// 由记录重放一个案件：当时到了哪一步、在等谁、有哪些记录（不显示内容）
    Replay {
        /// 收件编号，例如 JZ-410928-2026-0001
        case: String,
        /// 到什么时候为止，例如 2026-09-20 或 2026-09-20T15:40；不写就到现在
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Where the record lies.
        #[command(flatten)]
        place: Place,
    },
    /// 由记录重建各种列表
    Rebuild(Place),
    /// 年历
    #[command(subcommand)]
    Calendar(CalendarVerb),
    /// 主密钥
    #[command(subcommand)]
    Key(KeyVerb),
    /// 查看本机是否齐备
    Doctor {
        /// 本站的字体目录
        #[arg(long)]
        fonts: Option<PathBuf>,
        /// Where the record lies.
        #[command(flatten)]
        place: Place,
    },
}

/// Where the record lies.
#[derive(Args, Clone)]
pub struct Place {
    /// 数据目录
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL 地址；不写就用数据目录里的 SQLite
    #[arg(long)]
    pub database_url: Option<String>,
    /// 主密钥文件，由密钥服务写好；不写就用数据目录里的 master.key，或者环境变量 JINZHI_MASTER_KEY
    #[arg(long, value_name = "FILE")]
    pub master_key: Option<PathBuf>,
}

/// `jinzhi serve`.
#[derive(Args)]
pub struct Serve {
    /// Where the record lies.
    #[command(flatten)]
    pub place: Place,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// 本站的字体目录
    #[arg(long)]
    pub fonts: Option<PathBuf>,
    /// 求助电话，写在每一页
    #[arg(long, default_value = "")]
    pub phone: String,
    /// 前面反向代理的地址，可以写几次；只有它转来的 X-Forwarded-For 和 X-Forwarded-Proto 算数
    #[arg(long = "proxy", value_name = "IP")]
    pub proxies: Vec<IpAddr>,
    /// Where else one may log in.
    #[cfg(feature = "oidc")]
    #[command(flatten)]
    pub oidc: Oidc,
}

/// The provider of logins, of a build with the feature `oidc`.
#[cfg(feature = "oidc")]
#[derive(Args)]
pub struct Oidc {
    /// 统一身份认证（OpenID Connect）的地址，例如 https://sso.example.gov.cn；不写就只用密码登录
    #[arg(long = "oidc-issuer", value_name = "URL", requires_all = ["client", "site"])]
    pub issuer: Option<String>,
    /// 本站在统一身份认证里的客户端编号
    #[arg(long = "oidc-client", value_name = "ID", requires = "issuer")]
    pub client: Option<String>,
    /// 客户端密钥文件；不写就没有密钥
    #[arg(long = "oidc-secret-file", value_name = "FILE", requires = "issuer")]
    pub secret: Option<PathBuf>,
    /// 大家打开本站的地址，例如 https://jinzhi.example.gov.cn
    #[arg(long = "oidc-site", value_name = "URL", requires = "issuer")]
    pub site: Option<String>,
    /// 统一身份认证的哪一项是本站的账号
    #[arg(long = "oidc-claim", value_name = "NAME", default_value = "preferred_username")]
    pub claim: String,
}

/// `jinzhi demo`.
#[derive(Args)]
pub struct Demo {
    /// 数据目录；不写就用临时目录，停止后删除
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// PostgreSQL 地址
    #[arg(long, requires = "data")]
    pub database_url: Option<String>,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// 本站的字体目录
    #[arg(long)]
    pub fonts: Option<PathBuf>,
}

/// `jinzhi admin`.
#[derive(Args)]
pub struct Admin {
    /// Where the record lies.
    #[command(flatten)]
    pub place: Place,
    /// 管理员忘了自己的密码：给这个账号一个一次性密码，其余不用写
    #[arg(long, value_name = "LOGIN", conflicts_with_all = ["name", "login", "institution", "division"])]
    pub reset: Option<String>,
    /// 姓名
    #[arg(long, required_unless_present = "reset")]
    pub name: Option<String>,
    /// 账号
    #[arg(long, required_unless_present = "reset")]
    pub login: Option<String>,
    /// 管理本站的机构，例如 濮阳市民政局
    #[arg(long, required_unless_present = "reset")]
    pub institution: Option<String>,
    /// 这个机构的区划代码
    #[arg(long, required_unless_present = "reset")]
    pub division: Option<String>,
}

/// `jinzhi policy …`.
#[derive(Subcommand)]
pub enum PolicyVerb {
    /// 核对一份文件依据；不成立时说明理由，退出码 1
    Check {
        /// 文件依据的目录
        pack: PathBuf,
    },
    /// 按查明的事实算结果
    Evaluate {
        /// 文件依据的目录
        pack: PathBuf,
        /// 查明的事实（JSON），- 表示标准输入
        #[arg(long)]
        findings: String,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

/// `jinzhi calendar …`.
#[derive(Subcommand)]
pub enum CalendarVerb {
    /// 读入一年的放假安排，重算暂定的期限
    Import {
        /// 年历文件
        file: PathBuf,
        /// Where the record lies.
        #[command(flatten)]
        place: Place,
    },
}

/// `jinzhi key …`.
#[derive(Subcommand)]
pub enum KeyVerb {
    /// 换主密钥：先停止服务；换好以后旧的不能再用
    Rotate {
        /// 主密钥不在数据目录里的：新主密钥的文件，没有就生成
        #[arg(long, value_name = "FILE")]
        new_key: Option<PathBuf>,
        /// Where the record lies.
        #[command(flatten)]
        place: Place,
    },
    /// 导出主密钥，分成两份交给两个人：管理员和另一名安全岗位的人都要输密码，设了第二道验证的再输码
    Export(Export),
    /// 用两份拼回主密钥，放进数据目录
    Restore {
        /// 第一份
        first: PathBuf,
        /// 第二份
        second: PathBuf,
        /// 数据目录
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
}

/// `jinzhi key export`.
#[derive(Args)]
pub struct Export {
    /// 管理员的账号
    #[arg(long, value_name = "LOGIN")]
    pub first: String,
    /// 另一个人的账号
    #[arg(long, value_name = "LOGIN")]
    pub second: String,
    /// 第一份写到哪个文件
    #[arg(long, value_name = "FILE")]
    pub first_half: PathBuf,
    /// 第二份写到哪个文件
    #[arg(long, value_name = "FILE")]
    pub second_half: PathBuf,
    /// Where the record lies.
    #[command(flatten)]
    pub place: Place,
}

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 文字
    Text,
    /// JSON
    Json,
}

/// Prints help, or in Chinese what is wrong with what was typed.
pub fn refuse(error: &clap::Error) -> ExitCode {
    let given = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { super::WRONG_USE } else { 0 });
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "“{}”不能用在 {}。",
                given(ContextKind::InvalidValue),
                given(ContextKind::InvalidArg)
            )
        }
        ErrorKind::UnknownArgument => format!("不认识“{}”。", given(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("不认识“{}”。", given(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("还缺 {}。", given(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "还没写要做什么。".into(),
        ErrorKind::ArgumentConflict => format!("{} 不能和别的一起用。", given(ContextKind::InvalidArg)),
        _ => "这样写不对。".into(),
    };
    eprintln!("{sentence}运行 jinzhi --help 看怎么写。");
    ExitCode::from(super::WRONG_USE)
}
