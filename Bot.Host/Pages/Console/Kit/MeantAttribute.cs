using System.ComponentModel.DataAnnotations;
using Bot.Handlers;

namespace Bot.Host.Pages.Console;

/// <summary>A day or a time in years that somebody may mean: another is a slip of the keyboard, told beside the field. The field itself offers no other (<see cref="BoundsTagHelper"/>).</summary>
/// <param name="first">A document may be older than the office's computers.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeantAttribute(int first = Beijing.FirstYear) : ValidationAttribute
{
    public int First => first;

    public override bool IsValid(object? value) => value switch
    {
        DateOnly day => day.Year >= first && day.Year <= Beijing.LastYear,
        DateTime time => time.Year >= first && time.Year <= Beijing.LastYear,
        _ => true,
    };
}
