using System.Globalization;
using Bot.Data.Audit;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCasePhrases(NpgsqlDataSource db) : ICasePhrases
{
    public async Task<IReadOnlyList<CasePhrase>> AllAsync(CancellationToken ct) => await db.ReadAsync(
        "select act, name, words, id from case_phrase order by act, id limit @Most", new { ICasePhrases.Most },
        row => new CasePhrase(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)), ct);

    public Task<bool> SaveAsync(CasePhrase phrase, StaffMember actor, CancellationToken ct) => ChangeAsync(
        phrase.Id == 0
            ? """
              insert into case_phrase (act, name, words)
              select @Act, @Name, @Words where (select count(*) from case_phrase) < @Most on conflict do nothing returning id
              """
            : """
              update case_phrase p set act = @Act, name = @Name, words = @Words
              where id = @Id and not exists (select 1 from case_phrase o where o.act = @Act and o.name = @Name and o.id <> p.id) returning id
              """,
        new { phrase.Id, phrase.Act, phrase.Name, phrase.Words, ICasePhrases.Most }, "case_phrase.save", phrase.Name, actor, ct);

    public Task<bool> DeleteAsync(long id, StaffMember actor, CancellationToken ct) =>
        ChangeAsync("delete from case_phrase where id = @id returning id", new { id }, "case_phrase.delete", null, actor, ct);

    private async Task<bool> ChangeAsync(string sql, object parameters, string act, string? name, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } id)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new AuditAct(actor.Name, act, "case_phrase", id.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["name"] = name },
        }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
