namespace Bot.WeChat.Api;

/// <summary>What a caller should do about a call that did not succeed. Switch on this, never on the errcode's text.</summary>
public enum ErrorClass
{
    /// <summary>A state, not a failure: no menu yet, already typing.</summary>
    Normal,

    /// <summary>The platform is busy. Repeat with back-off when a double is harmless.</summary>
    Retry,

    /// <summary>A quota is used up: pause this API until <see cref="ApiError.PausedUntil"/>.</summary>
    Backoff,

    /// <summary>This recipient cannot be reached on this channel now; repeating changes nothing.</summary>
    DropRecipient,

    /// <summary>Our request or its data is wrong; never repeat it as it is.</summary>
    FixRequest,

    /// <summary>Stop the feature and tell an operator: secret, whitelist, right, punishment.</summary>
    Alert,

    /// <summary>The access token was refused. Handled inside; callers see <see cref="Alert"/> when a fresh token is refused too.</summary>
    RefreshToken,

    /// <summary>Send the citizen through web authorisation again.</summary>
    ReauthoriseUser,

    /// <summary>The request never left us, so nothing happened there: repeating is always safe.</summary>
    NotSent,

    /// <summary>The request left us and no usable answer came: it may have been carried out. Repeat only with a dedup id.</summary>
    OutcomeUnknown,
}
