using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Privacy;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresSensitiveWords(NpgsqlDataSource db) : ISensitiveWords
{
    public async Task<IReadOnlyList<SensitiveWord>> AllAsync(CancellationToken ct) => await db.ReadAsync(
        "select word, added_by, added_at from sensitive_word order by word", new { },
        row => new SensitiveWord(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)), ct);

    public Task<int> AddAsync(IReadOnlyCollection<string> words, string actor, CancellationToken ct) => ChangeAsync(
        "insert into sensitive_word (word, added_by) select distinct word, @actor from unnest(@words) as word on conflict (word) do nothing",
        words, actor, "sensitive_word.add", ct);

    public async Task<bool> RemoveAsync(string word, string actor, CancellationToken ct) =>
        await ChangeAsync("delete from sensitive_word where word = any(@words)", [word], actor, "sensitive_word.remove", ct) > 0;

    // The change, its audit row and the news for all hosts: together or not at all.
    private async Task<int> ChangeAsync(string sql, IReadOnlyCollection<string> words, string actor, string act, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var changed = await connection.ExecuteAsync(new CommandDefinition(sql, new { words = words.ToArray(), actor }, transaction, cancellationToken: ct));
        if (changed > 0)
        {
            await AuditSql.WriteAsync(connection, transaction, new AuditAct(actor, act, "sensitive_word", words.First())
            {
                Details = new Dictionary<string, string?> { ["count"] = changed.ToString(CultureInfo.InvariantCulture) },
            }, ct);
            await ContentChanges.AnnounceAsync(connection, transaction, ct);
        }

        await transaction.CommitAsync(ct);
        return changed;
    }
}
