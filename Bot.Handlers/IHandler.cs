namespace Bot.Handlers;

/// <summary>Answers in one turn. Anything that must collect several answers before it acts is a flow.</summary>
public interface IHandler
{
    Task<Answer> HandleAsync(Request request, CancellationToken ct);
}
