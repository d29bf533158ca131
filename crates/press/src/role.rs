//! The faces an official document is set in, by role, and which fonts may play each.

use std::fmt;

/// A role of GB/T 9704. Templates name faces by these words only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 仿宋: the text.
    FangSong,
    /// 小标宋: the red head and titles.
    XiaoBiaoSong,
    /// 黑体: headings of the first level.
    HeiTi,
    /// 楷体: headings of the second level.
    KaiTi,
    /// 宋体: page numbers, and the full face behind every other role.
    Song,
}

/// How well a font plays a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// A face of that style.
    Proper,
    /// Another style, put in its place.
    StandIn,
}

impl Role {
    /// Every role, the full fallback last.
    pub const ALL: [Role; 5] = [Role::FangSong, Role::XiaoBiaoSong, Role::HeiTi, Role::KaiTi, Role::Song];

    /// The name templates use.
    pub fn name(self) -> &'static str {
        match self {
            Role::FangSong => "仿宋",
            Role::XiaoBiaoSong => "小标宋",
            Role::HeiTi => "黑体",
            Role::KaiTi => "楷体",
            Role::Song => "宋体",
        }
    }

    /// What a font's names hold, lower-case and without separators, that may play this role; the best first.
    pub(crate) fn wanted(self) -> &'static [(&'static str, Fit)] {
        use Fit::{Proper, StandIn};
        match self {
            Role::FangSong => &[
                ("仿宋gb2312", Proper),
                ("fangsonggb2312", Proper),
                ("方正仿宋", Proper),
                ("fzfangsong", Proper),
                ("fangsong", Proper),
                ("仿宋", Proper),
                ("fandolfang", Proper),
            ],
            Role::XiaoBiaoSong => &[
                ("小标宋", Proper),
                ("xiaobiaosong", Proper),
                ("fzxbs", Proper),
                ("notoserifcjkscblack", StandIn),
                ("sourcehanserifscheavy", StandIn),
                ("notoserifcjkscbold", StandIn),
                ("sourcehanserifscbold", StandIn),
                ("fandolsongbold", StandIn),
            ],
            Role::HeiTi => &[
                ("simhei", Proper),
                ("方正黑体", Proper),
                ("fzhei", Proper),
                ("notosanscjkscmedium", Proper),
                ("sourcehansansscmedium", Proper),
                ("notosanscjkscregular", Proper),
                ("sourcehansansscregular", Proper),
                ("fandolheiregular", Proper),
            ],
            Role::KaiTi => &[
                ("楷体gb2312", Proper),
                ("kaitigb2312", Proper),
                ("方正楷体", Proper),
                ("fzkai", Proper),
                ("kaiti", Proper),
                ("楷体", Proper),
                ("lxgwwenkai", Proper),
                ("fandolkai", Proper),
                ("arplukai", Proper),
            ],
            Role::Song => &[
                ("notoserifcjkscregular", Proper),
                ("sourcehanserifscregular", Proper),
                ("simsun", Proper),
                ("fandolsongregular", StandIn),
            ],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
