using System.Security.Cryptography;
using Bot.Data.Privacy;

namespace Bot.Handlers.Flows;

/// <summary>Personal answers as they lie in the session: sealed, each to its form and step.</summary>
internal sealed class SealedAnswers(IFieldCiphers ciphers)
{
    private const string Field = "session.answer";

    public async Task<FlowAnswer> SealAsync(Guid run, string step, string answer, CancellationToken ct) =>
        new(step, Convert.ToBase64String((await ciphers.GetAsync(ct)).Seal(Field, $"{run:N}{step}", answer)), Sealed: true);

    /// <returns>The state with its answers readable; one whose key is gone is left out, and so asked for again.</returns>
    public async Task<FlowState> OpenAsync(FlowState state, CancellationToken ct)
    {
        var cipher = await ciphers.GetAsync(ct);
        return state with { Answers = [.. state.Answers.Select(a => a.Sealed ? Opened(a) : (FlowAnswer?)a).OfType<FlowAnswer>()] };

        FlowAnswer? Opened(FlowAnswer answer)
        {
            try
            {
                return new(answer.Step, cipher.Open(Field, $"{state.Run:N}{answer.Step}", Convert.FromBase64String(answer.Value)));
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
