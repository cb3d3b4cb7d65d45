namespace Bot.Data.Audit;

/// <summary>For acts that change nothing in the database: a sign-in, a look at a phone number. What changes something is written in its own transaction.</summary>
public interface IAuditLog
{
    Task WriteAsync(AuditAct act, CancellationToken ct);
}
