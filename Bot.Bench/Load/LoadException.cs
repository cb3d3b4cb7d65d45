namespace Bot.Bench.Load;

/// <summary>The run cannot go on; the message is for whoever started it.</summary>
internal sealed class LoadException(string message) : Exception(message);
