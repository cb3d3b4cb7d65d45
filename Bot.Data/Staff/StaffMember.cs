namespace Bot.Data.Staff;

/// <summary>Somebody who works here, as far as permissions need to know.</summary>
/// <param name="Name">What they sign in with; the audit log calls them so.</param>
/// <param name="Department">Its code; null for those who belong to no department. Officers and counters always have one.</param>
public sealed record StaffMember(long Id, string Name, string DisplayName, IReadOnlyList<StaffRole> Roles, string? Department)
{
    /// <summary>Whether they have one of <paramref name="roles"/>.</summary>
    public bool Is(params ReadOnlySpan<StaffRole> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
                return true;
        }

        return false;
    }

    /// <summary>Whether what belongs to <paramref name="department"/> is theirs to handle.</summary>
    public bool IsOf(string? department) => Department is not null && Department == department;
}

/// <summary>What somebody may do. One person may have several.</summary>
public enum StaffRole
{
    /// <summary>管理员: people, keys, settings.</summary>
    Administrator,

    /// <summary>坐席/受理员: takes in cases of all departments, answers conversations.</summary>
    Agent,

    /// <summary>部门办理员: handles what is dispatched to their own department.</summary>
    Officer,

    /// <summary>通知制单.</summary>
    NoticeMaker,

    /// <summary>通知审核.</summary>
    NoticeApprover,

    /// <summary>内容编辑: policies, keyword replies, menu.</summary>
    Editor,

    /// <summary>窗口: check-in and calls in their own department's halls.</summary>
    Counter,

    /// <summary>审计: reads the audit log and changes nothing.</summary>
    Auditor,
}
