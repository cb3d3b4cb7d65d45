using System.Text.Json;
using Bot.Data.Policies;

namespace Bot.Handlers.Policies.Import;

/// <summary>Gathers the documents of a file, and what is wrong with its rows.</summary>
internal sealed class PolicyRows
{
    private readonly List<Policy> _policies = [];
    private readonly List<RowError> _errors = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(int number, JsonElement row)
    {
        Count++;
        var fields = new PolicyRow(row);
        var policy = fields.Read();
        if (policy is { Id.Length: > 0 } && !_ids.Add(policy.Id))
            fields.Wrong("id", $"编号 {policy.Id} 在文件中重复");
        _errors.AddRange(fields.Errors.Select(e => e with { Row = number }));
        if (policy is not null && fields.Errors.Count == 0)
            _policies.Add(policy);
    }

    public PolicyFile Done() => Count == 0
        ? PolicyFile.Wrong("文件里没有一条内容。")
        : new(_errors.Count == 0 ? _policies : [], _errors, null);
}
