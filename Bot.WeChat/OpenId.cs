namespace Bot.WeChat;

/// <summary>A citizen's identity within one official account: opaque, case-sensitive, 1 to 128 characters of any kind.</summary>
/// <remarks>Personal data. <see cref="ToString"/> is masked so that a careless log line gives nothing away; ask for <see cref="Value"/>.</remarks>
public readonly record struct OpenId(string Value)
{
    public const int MaxLength = 128;

    public override string ToString() => Value is { Length: > 8 } ? $"{Value[..2]}…{Value[^2..]}" : "…";
}
