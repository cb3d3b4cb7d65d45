using Bot.Host.Pages.Console;
using Microsoft.AspNetCore.Mvc;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

public sealed class FieldBoundsTests
{
    /// <summary>A day in the year 202 or 20226 is a slip of the keyboard, and the clerk who made it is told where.</summary>
    [Test]
    public void Every_day_and_time_that_a_form_sends_is_in_years_that_somebody_may_mean()
    {
        Type[] times = [typeof(DateOnly), typeof(DateTime), typeof(DateTimeOffset)];
        var open = typeof(ConsolePage).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Bot.Host.Pages", StringComparison.Ordinal) == true && type.GetConstructor(Type.EmptyTypes) is not null || typeof(ConsolePage).IsAssignableFrom(type))
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod?.IsPublic == true && times.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            // A list's filter that means nothing is its usual period; two pages tell of the nearest days themselves.
            .Where(property => Attribute.GetCustomAttribute(property, typeof(BindPropertyAttribute)) is not BindPropertyAttribute { SupportsGet: true } && !Attribute.IsDefined(property, typeof(ToldAttribute)))
            .Where(property => !Attribute.IsDefined(property, typeof(MeantAttribute)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        Assert.That(open, Is.Empty);
    }
}
