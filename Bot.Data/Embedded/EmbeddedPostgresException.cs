namespace Bot.Data.Embedded;

/// <summary>The private PostgreSQL cannot serve. The message is one sentence for whoever typed the command: what failed, and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
