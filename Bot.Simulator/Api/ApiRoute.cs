namespace Bot.Simulator.Api;

/// <param name="Method">GET, POST, or <c>*</c> for either.</param>
/// <param name="Path">From the root of the API.</param>
/// <param name="Handle">Runs under <see cref="World.Citizens.Gate"/>; a body of the wrong shape may throw, which is 47001.</param>
internal sealed record ApiRoute(string Method, string Path, Func<ApiCall, ApiAnswer> Handle)
{
    /// <summary>False where the call is signed in another way.</summary>
    public bool NeedsToken { get; init; } = true;

    public static ApiRoute Get(string path, Func<ApiCall, ApiAnswer> handle) => new("GET", path, handle);

    public static ApiRoute Post(string path, Func<ApiCall, ApiAnswer> handle) => new("POST", path, handle);

    public static ApiRoute Either(string path, Func<ApiCall, ApiAnswer> handle) => new("*", path, handle);
}

/// <summary>Calls that belong together.</summary>
internal interface IApiGroup
{
    IEnumerable<ApiRoute> Routes { get; }
}
