namespace Bot.Data;

/// <summary>What only an operator can mend or wait out. The message is one sentence for whoever typed the command.</summary>
public sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
