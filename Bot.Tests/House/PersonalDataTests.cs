using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Tests.Infrastructure;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.House;

/// <summary>Whoever adds a table with personal data is told here what else it needs.</summary>
public sealed class PersonalDataTests
{
    private TestDatabase _database = null!;

    [OneTimeSetUp]
    public async Task Start() => _database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [Test]
    public async Task Every_column_of_bytes_is_sealed_anew_when_the_keys_change_or_known_to_be_something_else()
    {
        var columns = await ColumnsAsync("data_type = 'bytea' or udt_name = '_bytea'");
        var known = SealedColumns.All.Select(c => c.Field).Concat(SealedColumns.Others).ToArray();
        Assert.That(columns.Except(known), Is.Empty, "add these to SealedColumns: as sealed, or to the others");
        Assert.That(known.Except(columns), Is.Empty, "SealedColumns names columns that are gone");
    }

    [Test]
    public async Task Every_table_that_leads_to_a_citizen_is_exported_and_erased()
    {
        var tables = (await ColumnsAsync("column_name like '%openid%' and table_name not in ('privacy_request')")).Select(c => c.Split('.')[0]).Distinct().ToArray();
        await using var services = _database.NewServices();
        var answered = services.GetServices<ICitizenRecords>().SelectMany(part => part.Tables).ToArray();
        Assert.That(tables.Except(answered), Is.Empty, "an ICitizenRecords must answer for these: see Bot.Data/Postgres/Records");
        Assert.That(answered.Except(await ColumnsAsync("true", "table_name")), Is.Empty, "tables that are gone");
        Assert.That(answered, Is.Unique);
    }

    [Test]
    public async Task Every_table_that_leads_to_a_person_is_forgotten_in_time()
    {
        await using var services = _database.NewServices();
        var told = RetentionRules.All.Select(rule => rule.Table).Concat(RetentionRules.Elsewhere.Keys).ToArray();
        Assert.That(services.GetServices<ICitizenRecords>().SelectMany(part => part.Tables).Except(told), Is.Empty, "how long are these kept? See RetentionRules");
        Assert.That(told.Except(await ColumnsAsync("true", "table_name")), Is.Empty, "tables that are gone");
        Assert.That(told, Is.Unique);
    }

    private async Task<string[]> ColumnsAsync(string which, string name = "table_name || '.' || column_name")
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(
            $"""
            select distinct {name} from information_schema.columns
            where table_schema = 'public' and ({which})
                and not exists (select from pg_inherits where inhrelid = format('%I.%I', table_schema, table_name)::regclass)
            """)];
    }
}
