namespace Bot.WeChat;

/// <summary>Why a callback was refused. For logs and counters: the sender gets a status and an empty body.</summary>
public enum CallbackFault
{
    None,

    /// <summary>Not signed with our token.</summary>
    BadSignature,

    /// <summary>Signed, but for a moment outside <see cref="WeChatOptions.TimestampWindow"/>, or for none at all.</summary>
    StaleTimestamp,

    /// <summary>Decrypts well, but was made for another appid.</summary>
    WrongAccount,

    /// <summary>Neither the current nor the previous key opens it.</summary>
    Undecryptable,

    /// <summary>In clear although the account is set to safe mode; a signature of the address proves nothing about the body.</summary>
    NotEncrypted,

    /// <summary>Not a message: neither XML nor JSON as the platform writes it, or without its type, time or id.</summary>
    Malformed,

    /// <summary>FromUserName is missing, empty or longer than <see cref="OpenId.MaxLength"/>.</summary>
    NoSender,
}

public static class CallbackFaults
{
    extension(CallbackFault fault)
    {
        /// <summary>403 when we do not believe the sender, 400 when we do not understand it, 200 for none.</summary>
        public int Status => fault switch
        {
            CallbackFault.None => 200,
            CallbackFault.Malformed or CallbackFault.NoSender => 400,
            CallbackFault.BadSignature or CallbackFault.StaleTimestamp or CallbackFault.WrongAccount
                or CallbackFault.Undecryptable or CallbackFault.NotEncrypted => 403,
        };
    }
}
