namespace Bot.Handlers.Texts;

/// <summary>A link of ours within a sentence; nobody else's words become one.</summary>
public readonly record struct Link(string Address, string Words)
{
    /// <summary>Such as a line break.</summary>
    public string Ends { get; init; } = "";

    public override string ToString() => $"<a href=\"{Address}\">{Words}</a>{Ends}";
}
