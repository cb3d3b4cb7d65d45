using Bot.WeChat.Api;

namespace Bot.Data.Notices;

/// <summary>The account's templates as this office knows them.</summary>
public interface INoticeTemplates
{
    /// <summary>By code; those that WeChat no longer lists too.</summary>
    Task<IReadOnlyList<NoticeTemplate>> AllAsync(CancellationToken ct);

    /// <param name="codeOrId">The office's code or WeChat's template id.</param>
    Task<NoticeTemplate?> FindAsync(string codeOrId, CancellationToken ct);

    /// <summary>The version that a notice was made with.</summary>
    Task<TemplateVersion?> VersionAsync(long id, CancellationToken ct);

    /// <summary>
    /// Takes over what WeChat lists: a template that is new gets a code, one whose words changed a new version, one that is
    /// missing becomes inactive unless it was written down by hand. Any number of hosts may do so at once.
    /// </summary>
    /// <param name="codes">Codes for new templates by title; others are called T1, T2, ….</param>
    Task<TemplatesSynced> SyncAsync(IReadOnlyList<TemplateInfo> listed, IReadOnlyDictionary<string, string> codes, CancellationToken ct);

    /// <returns>False when there is no such template or the code is taken.</returns>
    /// <param name="category">At most 20 characters; empty for none.</param>
    /// <param name="by">The clerk's account.</param>
    Task<bool> NameAsync(long id, string code, string category, string by, CancellationToken ct);

    /// <summary>Keeps a template that WeChat does not list; one that was written down before gets a new version and is active again.</summary>
    Task<TemplateDefinition> DefineAsync(DefinedTemplate template, string by, CancellationToken ct);

    /// <summary>Nothing new is made with it any more. Only one that was written down by hand: WeChat decides about the others.</summary>
    Task<bool> RetireAsync(long id, string by, CancellationToken ct);

    /// <summary>The platform says that it has no such template (any more): nothing new is made with it until it is listed, or written down, again.</summary>
    /// <param name="templateId">WeChat's id.</param>
    Task GoneAsync(string templateId, CancellationToken ct);

    /// <summary>Versions before the latest, of all templates, newest first.</summary>
    Task<IReadOnlyList<FormerVersion>> FormerAsync(CancellationToken ct);

    /// <summary>Who may send by it from now on; none is everybody who makes notices.</summary>
    Task AllowAsync(long id, IReadOnlyCollection<string> departments, string by, CancellationToken ct);
}

/// <param name="Added">Templates seen for the first time.</param>
/// <param name="Changed">Templates with a new version.</param>
/// <param name="Gone">Templates that became inactive.</param>
public sealed record TemplatesSynced(int Added, int Changed, int Gone);
