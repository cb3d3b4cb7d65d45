using System.Diagnostics.CodeAnalysis;

namespace Bot.WeChat.Api;

/// <summary>What a call to the platform came to: a value or an error, never an exception, except when the caller itself cancels.</summary>
public sealed record ApiResult<T>
{
    private ApiResult(T? value, ApiError? error) => (Value, Error) = (value, error);

    /// <summary>Set when <see cref="Ok"/>.</summary>
    public T? Value { get; }

    /// <summary>Null when <see cref="Ok"/>.</summary>
    public ApiError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    public static implicit operator ApiResult<T>(T value) => new(value, null);

    public static implicit operator ApiResult<T>(ApiError error) => new(default, error);

    /// <summary>An answer that lacks what it must hold is no success: null becomes “outcome unknown”.</summary>
    internal ApiResult<TOther> Map<TOther>(Func<T, TOther?> of)
        where TOther : class =>
        !Ok ? Error : of(Value) is { } value ? value : ApiError.OutcomeUnknown("the answer lacks a field");

    internal ApiResult<TOther> Pick<TOther>(Func<T, TOther?> of)
        where TOther : struct =>
        !Ok ? Error : of(Value) is { } value ? value : ApiError.OutcomeUnknown("the answer lacks a field");
}

/// <summary>The value of a call that answers only that it succeeded.</summary>
public readonly record struct Done;
