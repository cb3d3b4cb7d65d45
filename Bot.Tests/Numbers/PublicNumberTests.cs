using Bot.Data.Numbers;
using Bot.Data.Postgres;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.Numbers;

public sealed class PublicNumberTests
{
    private static readonly DateOnly s_day = new(2026, 11, 22);

    [Test]
    public void Reads_what_it_wrote_however_it_is_typed()
    {
        var number = PublicNumber.Make("TS", s_day, 7);
        Assert.That(number.Text, Does.Match("^TS20261122-0007-[0-9A-Z]$"));
        foreach (var typed in (string[])[number.Text, number.Text.ToLowerInvariant(), number.Text.Replace("-", "", StringComparison.Ordinal), $" {number.Text.Replace('-', ' ')} ", number.Text.Replace('T', 'Ｔ')])
            Assert.That(PublicNumber.TryParse(typed), Is.EqualTo(number), typed);
        Assert.That(PublicNumber.TryParse(PublicNumber.Make("YY", s_day, 123_456).Text), Is.Not.Null);
    }

    [Test]
    public void Notices_every_slip_in_one_character_and_every_swap_of_two()
    {
        var number = PublicNumber.Make("TS", s_day, 7).Text;
        for (var i = 0; i < number.Length; i++)
        {
            foreach (var other in "0123456789TS".Where(c => c != number[i] && number[i] != '-'))
                Assert.That(PublicNumber.TryParse($"{number[..i]}{other}{number[(i + 1)..]}"), Is.Null);
            if (i > 0 && number[i] != number[i - 1] && number[i] != '-' && number[i - 1] != '-')
                Assert.That(PublicNumber.TryParse($"{number[..(i - 1)]}{number[i]}{number[i - 1]}{number[(i + 1)..]}"), Is.Null);
        }
    }

    [TestCase("")]
    [TestCase("TS")]
    [TestCase("TS20261322-0007-3")]
    [TestCase("1234567890123456")]
    [TestCase("'; drop table job; --")]
    public void Refuses_what_is_no_number(string text) => Assert.That(PublicNumber.TryParse(text), Is.Null);

    [Test]
    public async Task Serials_have_no_doubles_and_no_gaps()
    {
        await using var database = await TestDatabase.CreateAsync();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await using var connection = await database.DataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var number = await PublicNumberSql.NextAsync(connection, transaction, "TS", s_day, default);
            await transaction.CommitAsync();
            return number.Text;
        })));
        Assert.That(numbers, Is.EquivalentTo(Enumerable.Range(1, 20).Select(i => PublicNumber.Make("TS", s_day, i).Text)));
    }
}
