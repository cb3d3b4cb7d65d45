using System.Text.RegularExpressions;
using NUnit.Framework.Constraints;

namespace Bot.Tests;

/// <summary>Equal, but that a line “…” stands for any lines.</summary>
internal sealed class Transcript(string expected) : Constraint
{
    public override string Description => $"\n{expected}\n";

    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        var pattern = string.Join("\n", expected.Split('\n').Select(line => line == "…" ? "(?:.*?)" : Regex.Escape(line)));
        var text = (string)(object)actual!;
        return new(this, $"\n{text}\n", Regex.IsMatch(text, $"^{pattern}$", RegexOptions.Singleline));
    }
}
