namespace Bot.Host.Pages.Console;

/// <summary>A masked value that a clerk may see for a reason; see _Reveal.cshtml.</summary>
/// <param name="Field">What the page's handler <c>Reveal</c> is told; lower-case letters.</param>
/// <param name="Label">Of the button, such as 查看号码.</param>
public sealed record Reveal(string Field, string Label);
