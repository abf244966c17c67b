//! Administrative acts: typed, audited, written by the same door, but no state machine.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    collection::{InformationDraft, MeasureDraft},
    digest::{Digest, Reminders},
    erasure::{ErasureGround, ErasureTarget},
    ids::{AccountId, CaseId, PersonId, RowId, SubjectId},
    import::GivenUpWhy,
    letter::Letter,
    merkle::Hash,
    moment::Micros,
    office::{OfficeDetails, OfficeDraft, Rank},
    personal::Sealed,
    process::Process,
    refusal::Reason,
    repair::PlatformAnswer,
};

/// One administrative act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum AdminAct {
    /// One office or a whole file of them: all of it or nothing.
    AddOffices {
        offices: Vec<OfficeDraft>,
    },
    /// A new name; what was made under the old one keeps it.
    RenameOffice {
        key: String,
        zh: String,
        en: String,
    },
    /// The office acts no more; what is open there passes to its successor.
    EndOffice {
        key: String,
        successor: Option<String>,
    },
    /// Where an office is found, and who reviews its acts.
    ChangeOffice {
        key: String,
        details: OfficeDetails,
    },
    /// Account, password and seats are one act: none of them stands without the others.
    AddAccount {
        id: AccountId,
        login: Sealed,
        login_key: String,
        person: PersonId,
        name: Sealed,
        email: Option<Sealed>,
        language: String,
        seats: Vec<SeatDraft>,
    },
    /// Somebody who opened a link sent by mail made an own account; it acts for nobody yet.
    RegisterAccount {
        id: AccountId,
        login: Sealed,
        login_key: String,
        person: PersonId,
        name: Sealed,
        email: Sealed,
        language: String,
    },
    /// An account that registered itself and never acted for anybody ends.
    EndRegistration {
        id: AccountId,
    },
    DisableAccount {
        id: AccountId,
    },
    EnableAccount {
        id: AccountId,
    },
    /// The password itself is not part of the trail; that it was set is.
    NotePasswordReset {
        id: AccountId,
    },
    /// The account is signed in to by an identity that another house vouches for: its issuer, and a keyed hash of what the
    /// issuer calls the person.
    LinkIdentity {
        id: RowId,
        account: AccountId,
        issuer: String,
        subject_key: String,
    },
    UnlinkIdentity {
        id: RowId,
        account: AccountId,
    },
    GrantRole {
        id: RowId,
        account: AccountId,
        rank: Rank,
        office: Option<String>,
    },
    /// A second person says yes to a seat that was asked for: of an administrator, a head or a leader.
    ConfirmRole {
        id: RowId,
    },
    RevokeRole {
        id: RowId,
    },
    /// Somebody stands in for the holder of a seat, for stated days.
    AppointDeputy {
        id: RowId,
        principal: AccountId,
        deputy: AccountId,
        rank: Rank,
        office: Option<String>,
        from_day: Date,
        until: Date,
    },
    ChangeSetting {
        key: String,
        value: String,
    },
    /// Begins the import of a checked file; each row follows as an act of its own.
    ImportFile {
        id: RowId,
        file_sha256: String,
        layout: String,
        process: Option<Process>,
        office: String,
        rows: u32,
    },
    /// Rows of a register file, which follow so many that are there.
    KeepInformation {
        import: RowId,
        cause: u64,
        from: i64,
        rows: Vec<InformationDraft>,
    },
    /// Rates as they stand on a day, counted on the house as it was after so many entries.
    FreezeMeasures {
        as_of: Date,
        at_size: u64,
        lines: Vec<MeasureDraft>,
    },
    /// Every row has arrived: from here on they count.
    FinishImport {
        id: RowId,
        cause: u64,
    },
    /// None of the rows ever counts.
    GiveUpImport {
        id: RowId,
        cause: Option<u64>,
        why: GivenUpWhy,
        row: Option<u32>,
        reasons: Vec<Reason>,
    },
    /// What an import that was given up has left goes: deadlines, work, letters and personal values of these cases, which
    /// follow so many that were cleared before.
    ClearImport {
        id: RowId,
        cause: Option<u64>,
        from: i64,
        cases: Vec<CaseId>,
        subjects: Vec<SubjectId>,
        values: Vec<uuid::Uuid>,
    },
    /// The answers to these applications stand in a file of this digest for Credit China.
    NoteAnswers {
        file_sha256: String,
        cases: Vec<(CaseId, PlatformAnswer)>,
    },
    /// Gives an empty database a clock of its own; every entry in it says that it is simulated.
    StartDemoClock {
        at: Micros,
    },
    AdvanceClock {
        to: Micros,
    },
    /// Someone read a full resident identity number.
    NoteIdentityRead {
        subject: SubjectId,
        purpose: Sealed,
    },
    /// How an account is reminded of deadlines; as the house's setting says where none is chosen.
    ChooseReminders {
        account: AccountId,
        reminders: Option<Reminders>,
    },
    /// The day's digests, one letter an officer.
    SendDigests {
        digests: Vec<Digest>,
    },
    /// Salts and ciphertexts of these values go; their commitments stay.
    ErasePersonal {
        id: RowId,
        target: ErasureTarget,
        ground: ErasureGround,
        values: Vec<uuid::Uuid>,
    },
    /// Letters, papers and logs of an erasure are gone too.
    NoteSwept {
        id: RowId,
        letters: u32,
        papers: u32,
    },
    /// The key that an office signs receipts with from now on.
    PublishReceiptKey {
        office: String,
        key: String,
    },
    /// A law file holds from here on: a calendar, a rulebook, a process table, settings, list types.
    LoadLaw {
        path: String,
        text: String,
    },
    /// Claimed work whose claimant no longer sits at its desk goes back to the desk: a deputy's days have ended.
    ReturnClaims,
    /// Somebody vouches that the machine's clock shows the right day.
    ConfirmDay {
        day: Date,
    },
    /// Letters that were given up go out once more: one, those that failed for a cause, those of a kind.
    ResendLetters {
        letter: Option<uuid::Uuid>,
        code: Option<String>,
        kind: Option<Letter>,
    },
    /// The working days of a year that comes or runs are not known.
    WarnOfCalendar {
        year: i32,
    },
    /// Runs a plan from here on, or a newer version of one that runs: its tasks are opened, moved and closed by it.
    StartPlan {
        version: String,
    },
    /// A plan has ended: its tasks are closed with it.
    ClosePlan {
        run: String,
    },
    /// An acceptance pack of a plan went out: as of which day, the digest of its manifest, and whether the whole log went with it.
    NotePack {
        run: String,
        as_of: Date,
        manifest_sha256: String,
        with_log: bool,
    },
    /// Binds the house to the published list as it stood after so many entries: the root of its map, made with salts of that day.
    NotePublished {
        as_of: Micros,
        at_size: u64,
        root: Hash,
        rows: u64,
        salted_by: String,
    },
}

/// A seat that an account is given when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatDraft {
    pub id: RowId,
    pub rank: Rank,
    pub office: Option<String>,
}

impl AdminAct {
    /// (zh, en) of the act that an entry names, for people.
    pub fn title(key: &str) -> Option<(&'static str, &'static str)> {
        Some(match key {
            "add_offices" => ("增设单位", "Add offices"),
            "rename_office" => ("单位更名", "Rename an office"),
            "end_office" => ("撤并单位", "End an office"),
            "change_office" => ("更改单位联系信息", "Change an office's particulars"),
            "add_account" => ("开立账号", "Add an account"),
            "register_account" => ("自助注册账号", "An account registers itself"),
            "end_registration" => ("注销未绑定的注册账号", "End an account that was never bound"),
            "disable_account" => ("停用账号", "Disable an account"),
            "enable_account" => ("启用账号", "Enable an account"),
            "note_password_reset" => ("登记重置密码", "Note a password reset"),
            "link_identity" => ("关联统一身份", "Link an identity"),
            "unlink_identity" => ("解除统一身份关联", "Unlink an identity"),
            "grant_role" => ("授予岗位", "Grant a role"),
            "confirm_role" => ("确认岗位", "Confirm a role"),
            "revoke_role" => ("收回岗位", "Revoke a role"),
            "appoint_deputy" => ("指定代理人", "Appoint a deputy"),
            "change_setting" => ("更改设置", "Change a setting"),
            "import_file" => ("导入文件", "Import a file"),
            "keep_information" => ("登记归集信息", "Keep collected information"),
            "freeze_measures" => ("固定指标", "Freeze rates"),
            "finish_import" => ("完成导入", "Finish an import"),
            "give_up_import" => ("放弃导入", "Give up an import"),
            "clear_import" => ("清除放弃的导入", "Clear an import that was given up"),
            "note_answers" => ("答复信用中国", "Answer Credit China"),
            "start_demo_clock" => ("启用演示时钟", "Start a demo clock"),
            "advance_clock" => ("拨动演示时钟", "Advance a demo clock"),
            "note_identity_read" => ("登记查阅身份证号", "Note the reading of an identity number"),
            "choose_reminders" => ("选择提醒方式", "Choose how to be reminded"),
            "send_digests" => ("发送待办汇总", "Send the day's digests"),
            "erase_personal" => ("删除个人信息", "Erase personal values"),
            "note_swept" => ("登记清除完毕", "Note that an erasure is carried out"),
            "publish_receipt_key" => ("公布回执密钥", "Publish a receipt key"),
            "load_law" => ("导入法律文件", "Load a law file"),
            "return_claims" => ("退回认领的待办", "Return claimed work to its desk"),
            "confirm_day" => ("确认机器日期", "Confirm the machine's day"),
            "resend_letters" => ("重新发送邮件", "Send letters again"),
            "warn_of_calendar" => ("提示导入工作日历", "Warn of a missing calendar"),
            "start_plan" => ("启动工作方案", "Start a plan"),
            "close_plan" => ("结束工作方案", "Close a plan"),
            "note_pack" => ("登记验收材料包", "Note an acceptance pack"),
            "note_published" => ("登记公示名单的根值", "Note the root of the published list"),
            _ => return None,
        })
    }

    /// Ids of the personal values that the act takes away.
    pub fn erased_values(&self) -> &[uuid::Uuid] {
        match self {
            Self::ErasePersonal { values, .. } | Self::ClearImport { values, .. } => values,
            _ => &[],
        }
    }

    /// The word that names the act in audit entries.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::AddOffices { .. } => "add_offices",
            Self::RenameOffice { .. } => "rename_office",
            Self::EndOffice { .. } => "end_office",
            Self::ChangeOffice { .. } => "change_office",
            Self::AddAccount { .. } => "add_account",
            Self::RegisterAccount { .. } => "register_account",
            Self::EndRegistration { .. } => "end_registration",
            Self::DisableAccount { .. } => "disable_account",
            Self::EnableAccount { .. } => "enable_account",
            Self::NotePasswordReset { .. } => "note_password_reset",
            Self::LinkIdentity { .. } => "link_identity",
            Self::UnlinkIdentity { .. } => "unlink_identity",
            Self::GrantRole { .. } => "grant_role",
            Self::ConfirmRole { .. } => "confirm_role",
            Self::RevokeRole { .. } => "revoke_role",
            Self::AppointDeputy { .. } => "appoint_deputy",
            Self::ChangeSetting { .. } => "change_setting",
            Self::ImportFile { .. } => "import_file",
            Self::KeepInformation { .. } => "keep_information",
            Self::FreezeMeasures { .. } => "freeze_measures",
            Self::FinishImport { .. } => "finish_import",
            Self::GiveUpImport { .. } => "give_up_import",
            Self::ClearImport { .. } => "clear_import",
            Self::NoteAnswers { .. } => "note_answers",
            Self::StartDemoClock { .. } => "start_demo_clock",
            Self::AdvanceClock { .. } => "advance_clock",
            Self::NoteIdentityRead { .. } => "note_identity_read",
            Self::ChooseReminders { .. } => "choose_reminders",
            Self::SendDigests { .. } => "send_digests",
            Self::ErasePersonal { .. } => "erase_personal",
            Self::NoteSwept { .. } => "note_swept",
            Self::PublishReceiptKey { .. } => "publish_receipt_key",
            Self::LoadLaw { .. } => "load_law",
            Self::ReturnClaims => "return_claims",
            Self::ConfirmDay { .. } => "confirm_day",
            Self::ResendLetters { .. } => "resend_letters",
            Self::WarnOfCalendar { .. } => "warn_of_calendar",
            Self::StartPlan { .. } => "start_plan",
            Self::ClosePlan { .. } => "close_plan",
            Self::NotePack { .. } => "note_pack",
            Self::NotePublished { .. } => "note_published",
        }
    }
}
