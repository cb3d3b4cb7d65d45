namespace Bot.Data.Staff;

public static class StaffRoles
{
    private static readonly Dictionary<StaffRole, (string Stored, string Shown)> s_words = new()
    {
        [StaffRole.Administrator] = ("administrator", "管理员"),
        [StaffRole.Agent] = ("agent", "受理员"),
        [StaffRole.Officer] = ("officer", "部门办理员"),
        [StaffRole.NoticeMaker] = ("notice_maker", "通知制单"),
        [StaffRole.NoticeApprover] = ("notice_approver", "通知审核"),
        [StaffRole.Editor] = ("editor", "内容编辑"),
        [StaffRole.Counter] = ("counter", "窗口"),
        [StaffRole.Auditor] = ("auditor", "审计"),
    };

    public static IReadOnlyCollection<StaffRole> All => s_words.Keys;

    extension(StaffRole role)
    {
        /// <summary>As the database and the command line spell it: <c>notice_maker</c>.</summary>
        public string Stored => s_words[role].Stored;

        /// <summary>As staff read it.</summary>
        public string Shown => s_words[role].Shown;
    }

    /// <returns>Null for a word that names no role.</returns>
    public static StaffRole? Read(string word)
    {
        foreach (var (role, (stored, shown)) in s_words)
        {
            if (word.Equals(stored, StringComparison.OrdinalIgnoreCase) || word == shown || word.Equals(role.ToString(), StringComparison.OrdinalIgnoreCase))
                return role;
        }

        return null;
    }
}
