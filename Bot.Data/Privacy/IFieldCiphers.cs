namespace Bot.Data.Privacy;

/// <summary>The keys of personal fields, read from the database once and made there when there are none.</summary>
public interface IFieldCiphers
{
    ValueTask<FieldCipher> GetAsync(CancellationToken ct);

    /// <summary>The keys that are there, and null where none were made yet: to look changes nothing.</summary>
    Task<FieldCipher?> LookAsync(CancellationToken ct);

    /// <summary>Reads the keys anew: another host may have made one.</summary>
    Task ReloadAsync(CancellationToken ct);
}
