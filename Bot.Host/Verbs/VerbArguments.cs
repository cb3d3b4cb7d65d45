namespace Bot.Host.Verbs;

/// <summary>The options of a verb, such as <c>--openid X</c>; what is none of them are settings for the host.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> _values = [];

    private VerbArguments(string[] settings) => Settings = settings;

    public string[] Settings { get; private set; }

    /// <summary>Null when it was not given.</summary>
    public string? this[string option] => _values.GetValueOrDefault(option);

    /// <param name="options">Names with their dashes, each followed by a value.</param>
    public static VerbArguments Read(string[] args, params string[] options)
    {
        var read = new VerbArguments([]);
        List<string> settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (options.Contains(args[i], StringComparer.Ordinal) && i + 1 < args.Length)
                read._values[args[i]] = args[++i];
            else
                settings.Add(args[i]);
        }

        read.Settings = [.. settings];
        return read;
    }
}
