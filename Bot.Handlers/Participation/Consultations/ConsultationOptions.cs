using System.ComponentModel.DataAnnotations;

namespace Bot.Handlers.Participation.Consultations;

/// <summary><c>Participation:…</c></summary>
public sealed class ConsultationOptions
{
    /// <summary>Days that the public has to speak on a draft policy; with fewer, staff are warned and tell the public why.</summary>
    /// <remarks>Source: 重大行政决策程序暂行条例, article 15: as a rule at least 30 days.</remarks>
    [Range(1, 365)]
    public int ConsultationDays { get; set; } = 30;
}
