using System.Security.Cryptography;
using Bot.Data.Privacy;

namespace Bot.Tests.Flows;

/// <summary>A field key in memory, which can be lost.</summary>
internal sealed class OneKey : IFieldCiphers
{
    private FieldCipher _cipher = Made(1);

    /// <summary>What was sealed does not open any more.</summary>
    public void Lose() => _cipher = Made(2);

    public ValueTask<FieldCipher> GetAsync(CancellationToken ct) => new(_cipher);

    public Task<FieldCipher?> LookAsync(CancellationToken ct) => Task.FromResult<FieldCipher?>(_cipher);

    public Task ReloadAsync(CancellationToken ct) => Task.CompletedTask;

    private static FieldCipher Made(int id) => new(
        new Dictionary<int, ISealKey> { [id] = CipherSuite.Aes.SealKey(RandomNumberGenerator.GetBytes(32)) }, id, CipherSuite.Aes.LookUpKey(new byte[32]));
}
