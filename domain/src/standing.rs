//! Where a row stands: whether it holds, waits, or has ended.

use crate::process::titled;

titled! {
    /// Of an account, a role, an office, a measure, a binding. A role alone may be pending: asked for, and not yet confirmed;
    /// a measure alone suspended: it waits for a plan.
    Standing {
        Active = "active" "有效" "active",
        Pending = "pending" "待确认" "pending",
        Suspended = "suspended" "暂停" "suspended",
        Ended = "ended" "已终止" "ended",
    }
}

titled! {
    /// Whether a deadline runs, and how it ended.
    DeadlineStatus {
        Open = "open" "进行中" "open",
        Paused = "paused" "中止" "paused",
        Met = "met" "按期完成" "met",
        Missed = "missed" "逾期" "missed",
        Lapsed = "lapsed" "期满未行使" "lapsed unused",
        Void = "void" "不再适用" "void",
    }
}

titled! {
    /// Of a point of a list, or of work at a desk.
    ItemStatus {
        Open = "open" "待办" "open",
        Settled = "settled" "已完成" "settled",
        Dropped = "dropped" "已取消" "dropped",
    }
}

titled! {
    /// Of a letter in the outbox; moved on by the mail worker, outside the tree. What an arriving file would tell is held until
    /// the file is whole, and dropped where it is given up.
    NoticeStatus {
        Held = "held" "暂存" "held",
        Waiting = "waiting" "待发" "waiting",
        Handed = "handed" "发送中" "handed over",
        Sent = "sent" "已发" "sent",
        Unknown = "unknown" "结果不明" "unknown",
        Dead = "dead" "发送失败" "dead",
        Dropped = "dropped" "已取消" "dropped",
    }
}

titled! {
    /// Of an entry in the published list.
    ListedStatus {
        Shown = "shown" "公示中" "shown",
        Hidden = "hidden" "不再公示" "hidden",
    }
}

titled! {
    /// What an office wrote in a case.
    NoteKind {
        Note = "note" "记事" "note",
        /// To another office, which answers it.
        Question = "question" "征求意见" "question",
    }
}

titled! {
    /// Where what an office wrote stands.
    NoteStatus {
        /// A note, which waits for nothing.
        Noted = "noted" "已记录" "noted",
        Asked = "asked" "待答复" "waits for an answer",
        Answered = "answered" "已答复" "answered",
        /// The case ended first.
        Fallen = "fallen" "案件已了结，无须答复" "the case came to its end; no answer is needed",
    }
}
