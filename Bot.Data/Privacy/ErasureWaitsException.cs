namespace Bot.Data.Privacy;

/// <summary>What lies with somebody else could not be erased yet; everything of our own was.</summary>
public sealed class ErasureWaitsException(string message) : Exception(message);
