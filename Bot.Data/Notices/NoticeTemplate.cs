using Bot.WeChat.Api;

namespace Bot.Data.Notices;

/// <summary>A message template of the account.</summary>
/// <param name="Code">What the office calls it; a letter, then letters, digits, <c>_</c> or <c>-</c>, at most 40.</param>
/// <param name="TemplateId">WeChat's id.</param>
/// <param name="Active">False once WeChat no longer lists it; nothing new is made with it then.</param>
/// <param name="Latest">What new notices are made with.</param>
/// <param name="Departments">Codes of those that may send by it; empty for everybody who makes notices.</param>
/// <param name="Category">How the office sorts it; empty for none.</param>
/// <param name="Defined">Written down by hand, because WeChat does not list it.</param>
public sealed record NoticeTemplate(
    long Id, string Code, string TemplateId, bool Active, TemplateVersion Latest, IReadOnlyList<string> Departments, string Category = "", bool Defined = false)
{
    /// <summary>Whether somebody of that department may send by it.</summary>
    public bool IsFor(string? department) => Departments.Count == 0 || department is not null && Departments.Contains(department);
}

/// <summary>A template as it was at one time; never changes.</summary>
/// <param name="Content">Lines such as <c>申请事项:{{thing1.DATA}}</c>.</param>
/// <param name="Industry">Old templates only.</param>
public sealed record TemplateVersion(long Id, int Version, string Title, string Content, string Example, string Industry)
{
    private IReadOnlyList<TemplateField>? _fields;

    /// <summary>In the order of the notice.</summary>
    public IReadOnlyList<TemplateField> Fields => _fields ??= TemplateField.AllOf(Content);
}

/// <summary>What a template was like before.</summary>
/// <param name="Template"><see cref="NoticeTemplate.Id"/>.</param>
public sealed record FormerVersion(long Template, int Version, string Title, string Content, DateTimeOffset MadeAt);

/// <summary>A template written down by hand.</summary>
/// <param name="Content">Lines such as <c>申请事项:{{thing1.DATA}}</c>, with a field at least.</param>
public sealed record DefinedTemplate(string Code, string TemplateId, string Title, string Content);

public enum TemplateDefinition
{
    Kept,

    /// <summary>Another template is called so, or nothing may be.</summary>
    BadCode,

    /// <summary>WeChat lists this one, and knows better.</summary>
    Synced,
}
